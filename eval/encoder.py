"""``python -m eval encoder``: scores an encoder on the bench sets and on held-out text, and checks its floors."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from eval.beir import RankingSet, is_ranking_set, read_ranking_set
from eval.gates import broken_floors, read_floors
from eval.parallel_retrieval import held_out_sets
from eval.ranking import TextEncoder, score_ranking_set
from eval.report import SetResult, render
from eval.sentence_encoder import REPOSITORY
from eval.service_encoder import open_encoder

# Short texts only: the quick subset takes under a minute on two cores for a transformer, too.
QUICK_SETS = ("title-similarity-en", "title-similarity-zh-dev", "title-similarity-de", "title-similarity-fr")
EXPECTED_SETS = (*QUICK_SETS, "course-skills-en-dev", "skill-linking-en-skillskape-dev")
QUICK_BITEXT_QUERIES = 500


def data_folder() -> Path:
    """Return ``$SKILLMATCH_DATA``, by default ``../shared/data`` beside the repository."""
    return Path(os.environ.get("SKILLMATCH_DATA", str(REPOSITORY.parent / "shared" / "data")))


def score_folder(encoder: TextEncoder, folder: Path, names: list[str]) -> list[SetResult]:
    """Return one result per named set of the folder; a set that is not there is skipped with its reason.

    Raises:
        ValueError: When a set is there but malformed.
    """
    results = []
    for name in names:
        path = folder / name
        if is_ranking_set(path):
            ranking_set = read_ranking_set(path)
            results.append(SetResult(name, ranking_set.language, score_ranking_set(encoder, ranking_set)))
        else:
            language = RankingSet(name, {}, {}, {}).language
            results.append(SetResult(name, language, None, f"{path} has no corpus, queries and qrels"))
    return results


def score_held_out(encoder: TextEncoder, root: Path, quick: bool) -> list[SetResult]:
    """Return the results on held-out bitext and ESCO labels (``quick``: a quarter of the bitext, no labels).

    Raises:
        OSError: When the parallel text or the taxonomy cannot be read.
    """
    sets = held_out_sets(root, QUICK_BITEXT_QUERIES) if quick else held_out_sets(root)
    chosen = [s for s in sets if not quick or s.name.startswith("bitext")]
    return [SetResult(s.name, s.language, score_ranking_set(encoder, s)) for s in chosen]


def check_floors(model: str, results: list[SetResult]) -> None:
    """Write every broken floor of the model to standard error.

    Raises:
        typer.Exit: With code 1 when a floor does not hold.
    """
    scores = {result.name: result.scores for result in results if result.scores is not None}
    broken = broken_floors(read_floors(model), scores)
    for sentence in broken:
        typer.echo(f"gate: {sentence}", err=True)
    if broken:
        raise typer.Exit(1)


def evaluate_encoder(
    model: Annotated[str, typer.Option(help="registry id, folder, `teacher`, or sentence-transformers name")],
    data: Annotated[Path | None, typer.Option(help="folder of BEIR-layout sets; default: the bench sets")] = None,
    only: Annotated[list[str] | None, typer.Option("--set", help="score this set only (repeatable)")] = None,
    quick: Annotated[bool, typer.Option(help="titles and 500 sentence pairs per language; check gates.toml")] = False,
    output: Annotated[Path | None, typer.Option(help="write the report here, too")] = None,
) -> None:
    """Score an encoder: MAP, MRR, nDCG@10, R@10, P@1 per set, one table per language."""
    root = data_folder()
    folder = data or root / "bench"
    if not folder.is_dir():
        typer.echo(f"skipped: no sets at {folder} (set SKILLMATCH_DATA or --data)", err=True)
        raise typer.Exit(0)
    found = sorted(path.name for path in folder.iterdir() if is_ranking_set(path))
    names = only or list(QUICK_SETS if quick else dict.fromkeys([*(EXPECTED_SETS if data is None else ()), *found]))
    encoder = open_encoder(model)
    results = score_folder(encoder, folder, names)
    if data is None and not only:
        results += score_held_out(encoder, root, quick)
    report = render(
        model, encoder.dimension, sorted(results, key=lambda r: ("en", "zh", "de", "fr", "es").index(r.language))
    )
    sys.stdout.write(report + "\n")
    if output is not None:
        output.write_text(report, encoding="utf-8")
    if quick:
        check_floors(model, results)
