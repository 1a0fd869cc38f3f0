"""The command line: a client of the running service, and the commands that hold a store themselves."""

# importing these registers their commands
from matcher.cli import assigning, fairness, gaps, inquiring, planning, screening  # noqa: F401
from matcher.cli.app import MATCHES, PROGRAMMES, TAXONOMY, app
from matcher.cli.coverage import coverage_app
from matcher.cli.credentials import credential_app
from matcher.cli.decisions import decision_app
from matcher.cli.occupations import occupation_app
from matcher.cli.taxonomies import taxonomy_app

app.add_typer(coverage_app, name="coverage", rich_help_panel=PROGRAMMES)
app.add_typer(credential_app, name="credential", rich_help_panel=PROGRAMMES)
app.add_typer(decision_app, name="decision", rich_help_panel=MATCHES)
app.add_typer(occupation_app, name="occupation", rich_help_panel=TAXONOMY)
app.add_typer(taxonomy_app, name="taxonomy", rich_help_panel=TAXONOMY)

__all__ = ["app"]
