"""``python -m eval encoder``: scores an encoder on the bench sets and writes the report."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from eval.beir import is_ranking_set, read_ranking_set
from eval.ranking import TextEncoder, score_ranking_set
from eval.report import SetResult, render
from eval.sentence_encoder import REPOSITORY, SentenceEncoder

EXPECTED_SETS = (
    "title-similarity-en",
    "title-similarity-zh-dev",
    "title-similarity-de",
    "title-similarity-fr",
    "course-skills-en-dev",
    "skill-linking-en-skillskape-dev",
)


def bench_folder() -> Path:
    """Return ``$SKILLMATCH_DATA/bench``, by default ``../shared/data/bench`` beside the repository."""
    return Path(os.environ.get("SKILLMATCH_DATA", str(REPOSITORY.parent / "shared" / "data"))) / "bench"


def score_folder(encoder: TextEncoder, folder: Path, names: list[str]) -> list[SetResult]:
    """Return one result per named set of the folder; a set that is not there is skipped with its reason.

    Raises:
        ValueError: When a set is there but malformed.
    """
    results = []
    for name in names:
        path = folder / name
        language = next((part for part in name.split("-") if part in {"zh", "de", "fr", "es"}), "en")
        if not is_ranking_set(path):
            results.append(SetResult(name, language, None, f"{path} has no corpus, queries and qrels"))
            continue
        ranking_set = read_ranking_set(path)
        results.append(SetResult(name, ranking_set.language, score_ranking_set(encoder, ranking_set)))
    return results


def evaluate_encoder(
    model: Annotated[str, typer.Option(help="registry id, folder, `teacher`, or sentence-transformers name")],
    data: Annotated[
        Path | None, typer.Option(help="folder of BEIR-layout sets; default $SKILLMATCH_DATA/bench")
    ] = None,
    only: Annotated[list[str] | None, typer.Option("--set", help="score this set only (repeatable)")] = None,
    output: Annotated[Path | None, typer.Option(help="write the report here, too")] = None,
) -> None:
    """Score an encoder: MAP, MRR, nDCG@10, R@10, P@1 per set, one table per language."""
    folder = data or bench_folder()
    if not folder.is_dir():
        typer.echo(f"skipped: no bench data at {folder} (set SKILLMATCH_DATA or --data)", err=True)
        raise typer.Exit(0)
    found = sorted(path.name for path in folder.iterdir() if is_ranking_set(path))
    names = only or list(dict.fromkeys([*(EXPECTED_SETS if data is None else ()), *found]))
    encoder = SentenceEncoder(model)
    report = render(model, encoder.dimension, score_folder(encoder, folder, names))
    sys.stdout.write(report + "\n")
    if output is not None:
        output.write_text(report, encoding="utf-8")
