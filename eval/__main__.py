"""``python -m eval``: one subcommand per thing that can be judged; each lives in its own module."""

from __future__ import annotations

import typer

from eval.encoder import evaluate_encoder
from eval.match import evaluate_match
from eval.skills import evaluate_skills
from eval.tune import tune_match
from matcher.logs import configure_logs

app = typer.Typer(add_completion=False, no_args_is_help=True, help=__doc__)


@app.callback()
def main() -> None:
    """Judge a model or a match: benchmarks in, a Markdown report out."""
    configure_logs()


app.command("encoder")(evaluate_encoder)
app.command("match")(evaluate_match)
app.command("skills")(evaluate_skills)
app.command("tune")(tune_match)


if __name__ == "__main__":
    app()
