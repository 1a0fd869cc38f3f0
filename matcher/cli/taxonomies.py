"""`matcher taxonomy`: releases compared, checked, converted, and gone over to. Works on files and on a stopped service's store."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from matcher.errors import MatcherError

# The taxonomy and the engine are imported where they are used: the other commands should start at once.
# ruff: noqa: PLC0415

taxonomy_app = typer.Typer(
    no_args_is_help=True, help="Compare, check and convert releases of the taxonomy, and go over to another one."
)
console = Console()
errors = Console(stderr=True)

Release = Annotated[str, typer.Argument(help="path of a taxonomy in any format that is read, or `starter`")]
AsJson = Annotated[bool, typer.Option("--json", help="print the result as JSON")]
OverlayOption = Annotated[Path | None, typer.Option("--overlay", help="folder with tenants' own skills and aliases")]
FORMATS = ("release", "csv", "case")


@contextmanager
def readable_errors() -> Iterator[None]:
    """Ends the command with status 1 and a line that says why."""
    try:
        yield
    except MatcherError as error:
        errors.print(f"[red]{escape(str(error))}[/red]", highlight=False, soft_wrap=True)
        raise typer.Exit(1) from error


@taxonomy_app.command("diff")
def diff_command(old: Release, new: Release, as_json: AsJson = False) -> None:
    """Show what changed from one release to another. Exit status 0 whether or not they differ."""
    from matcher.cli.upgrading import print_diff, print_json
    from matcher.configured_taxonomy import base_taxonomy
    from matcher.taxonomy import diff_taxonomies

    with readable_errors():
        diff = diff_taxonomies(base_taxonomy(old), base_taxonomy(new))
    if as_json:
        print_json(diff.as_json())
    else:
        print_diff(diff, console)


@taxonomy_app.command("upgrade")
def upgrade_command(
    to: Annotated[str, typer.Option("--to", help="the taxonomy to go over to: a path, or `starter`")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="only report what would change; nothing is written")
    ] = False,
    sample: Annotated[int, typer.Option(min=0, help="postings whose best matches the dry run compares")] = 50,
    config: Annotated[Path | None, typer.Option(help="configuration file (TOML)")] = None,
    store: Annotated[Path | None, typer.Option(help="SQLite file, instead of the configured one")] = None,
    as_json: AsJson = False,
) -> None:
    """Find the skills of all stored documents again with another taxonomy. Stop the service first; look at --dry-run first.

    The new mentions take the place of the old ones in one step; an interrupted run is gone on with when the command is given
    again. Then name the taxonomy in the configuration (`[taxonomy] path`) and start the service.
    """
    from matcher.cli.upgrading import preview, upgrade

    with readable_errors():
        if dry_run:
            preview(to, sample, config, store, as_json, console)
        else:
            upgrade(to, config, store, console, errors)


@taxonomy_app.command("overlay")
def overlay_command(
    folder: Annotated[Path, typer.Argument(help="folder with tenants' own skills and aliases")],
    base: Annotated[str, typer.Option("--base", help="the taxonomy it is laid over: a path, or `starter`")] = "starter",
    written_over: Annotated[
        str,
        typer.Option("--written-over", help="release that the overlay was written over; names successors of skills"),
    ] = "",
) -> None:
    """Check an overlay: list every name and skill of it that has no effect over a base. Exit status 1 when there is any."""
    from matcher.configured_taxonomy import base_taxonomy, with_overlay
    from matcher.taxonomy import diff_taxonomies

    with readable_errors():
        below = base_taxonomy(base)
        diff = diff_taxonomies(base_taxonomy(written_over), below) if written_over else None
        taxonomy, report = with_overlay(below, folder, diff)
    for conflict in report.conflicts:
        console.print(escape(str(conflict)), highlight=False, soft_wrap=True)
    console.print(
        f"{taxonomy.version}: {report.n_skills} skills and {report.n_aliases} aliases of tenants in effect, "
        f"{len(report.conflicts)} without effect",
        highlight=False,
    )
    if report.conflicts:
        raise typer.Exit(1)


@taxonomy_app.command("suggest")
def suggest_command(
    out: Annotated[Path | None, typer.Option(help="CSV file to write the list to; none: standard output")] = None,
    min_documents: Annotated[int, typer.Option(min=1, help="list phrases that so many documents hold")] = 3,
    limit: Annotated[int, typer.Option(min=1, help="list so many at most")] = 200,
    rescan: Annotated[bool, typer.Option("--rescan", help="find the phrases again in all stored texts")] = False,
    apply: Annotated[
        Path | None, typer.Option("--apply", exists=True, dir_okay=False, help="reviewed list to write into an overlay")
    ] = None,
    owner: Annotated[str, typer.Option(help="with --apply: tenant whose skills they become")] = "",
    reviewer: Annotated[str, typer.Option(help="with --apply: who decided; kept in the audit file")] = "",
    into: Annotated[
        Path | None, typer.Option(help="with --apply: overlay folder, instead of the configured one")
    ] = None,
    config: Annotated[Path | None, typer.Option(help="configuration file (TOML)")] = None,
    store: Annotated[Path | None, typer.Option(help="SQLite file, instead of the configured one")] = None,
) -> None:
    """List frequent phrases that look like skills and are in no taxonomy; or write a reviewed list into an overlay.

    Fill the column `decision` with approve, alias (and `alias_of`) or reject, then give the file back with --apply.
    """
    from matcher.cli.suggesting import apply_suggestions, list_suggestions

    with readable_errors():
        if apply is None:
            list_suggestions(config, store, out, min_documents, limit, rescan, console)
        elif not owner or not reviewer:
            raise typer.BadParameter("say whose they become and who decided", param_hint="--owner, --reviewer")
        else:
            apply_suggestions(apply, owner, reviewer, into, config, console)


@taxonomy_app.command("export")
def export_command(
    release: Release,
    target: Annotated[
        Path, typer.Argument(help="folder for `release`, file for `csv` and `case`; - for standard output")
    ],
    form: Annotated[str, typer.Option("--format", help="release, csv (skills only) or case")] = "release",
    overlay: OverlayOption = None,
    source: Annotated[str, typer.Option(help="where the numbers of the task skills are from, for `release`")] = "",
    uri: Annotated[str, typer.Option(help="where the package will be found, for `case`")] = "urn:skillmatch",
) -> None:
    """Write a taxonomy in another format."""
    from matcher.configured_taxonomy import base_taxonomy, with_overlay
    from matcher.taxonomy import export_case, export_csv, export_release

    if form not in FORMATS:
        raise typer.BadParameter(f"{form!r} is none of {', '.join(FORMATS)}", param_hint="--format")
    with readable_errors():
        taxonomy, _ = with_overlay(base_taxonomy(release), overlay)
        if form == "release":
            export_release(taxonomy, target, source)
        elif form == "csv":
            export_csv(taxonomy, target)
        else:
            text = json.dumps(export_case(taxonomy, uri), ensure_ascii=False, indent=1) + "\n"
            if str(target) == "-":
                sys.stdout.write(text)
            else:
                target.write_text(text, encoding="utf-8")
    if str(target) != "-":
        console.print(f"{taxonomy.version} written to {escape(str(target))}", highlight=False, soft_wrap=True)
