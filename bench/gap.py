"""`python -m bench.gap`: how long a gap and a transition take with some 2,900 postings stored; prints Markdown.

Enters: the demo corpus and the postings of `../shared/data/corpus`. Leaves: wall and processor time of one engine call, median and
95th percentile of 30 after a first one. gRPC is not in it: it adds 0.2 to 0.4 ms (MEASURED.md).
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import typer

from bench.__main__ import DATA, ROOT, commit, machine
from matcher.config import Settings
from matcher.domain.document import Kind, RawDocument
from matcher.domain.target import CohortTarget, OccupationTarget, PostingTarget
from matcher.domain.transition import TransitionQuery
from matcher.engine import Engine
from matcher.gap_analysis import GapQuery
from matcher.ingest import RecordError, read_path
from matcher.records import ImportItem
from matcher.store.store import StoreConfig

DEMO = ROOT / "demo" / "corpus"
CANDIDATE, POSTING = "candidates/data-entry-clerk-zh-01", "postings/ai-trainer-zh-01"
N_CALLS = 30
BATCH = 256


def fill(engine: Engine) -> None:
    """Imports both corpora."""
    items = []
    for path, kind in ((DEMO, None), (DATA / "corpus" / "postings-zh.jsonl.gz", Kind.POSTING)):
        items += [ImportItem(r.document) for r in read_path(path, kind) if not isinstance(r, RecordError)]
    for start in range(0, len(items), BATCH):
        engine.import_documents(items[start : start + BATCH])


def row(what: str, call: Callable[[], object]) -> str:
    """One row of the table; the first call is not counted."""
    call()
    wall, processor = [], []
    for _ in range(N_CALLS):
        started, used = time.perf_counter(), time.process_time()
        call()
        wall.append((time.perf_counter() - started) * 1000)
        processor.append((time.process_time() - used) * 1000)
    p50, p95 = np.percentile(wall, [50, 95])
    return f"| {what} | {p50:.1f} | {p95:.1f} | {np.median(processor):.1f} |"


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        engine = Engine(Settings(store=StoreConfig(path=Path(folder) / "gap.db")))
        engine.load()
        fill(engine)
        n = engine.store.counts()[Kind.POSTING]
        inline = RawDocument(Kind.CANDIDATE, text=(DEMO / f"{CANDIDATE}.txt").read_text(encoding="utf-8"))
        posting = RawDocument(Kind.POSTING, text=(DEMO / f"{POSTING}.txt").read_text(encoding="utf-8"))
        stored = PostingTarget(POSTING)
        rows = [
            row("gap, stored × posting", lambda: engine.analyze_gap(GapQuery(CANDIDATE, stored))),
            row("gap, inline × posting", lambda: engine.analyze_gap(GapQuery(inline, stored))),
            row("gap, inline × inline posting", lambda: engine.analyze_gap(GapQuery(inline, PostingTarget(posting)))),
            row(
                "gap, stored × occupation",
                lambda: engine.analyze_gap(GapQuery(CANDIDATE, OccupationTarget("occupations/data-analyst"))),
            ),
            row(
                f"gap, stored × cohort of all {n} postings, skills of 1 % of them",
                lambda: engine.analyze_gap(GapQuery(CANDIDATE, CohortTarget(min_share=0.01))),
            ),
            row(
                f"gap, stored × cohort of all {n} postings, every skill",
                lambda: engine.analyze_gap(GapQuery(CANDIDATE, CohortTarget())),
            ),
            row("transitions over all occupations", lambda: engine.recommend_transitions(TransitionQuery(CANDIDATE))),
        ]
        engine.close()
    typer.echo(
        f"Measured {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, `python -m bench.gap`, {machine()}, commit {commit()}.\n"
    )
    typer.echo("| call | wall p50 ms | wall p95 ms | processor p50 ms |\n|---|---|---|---|\n" + "\n".join(rows))


if __name__ == "__main__":
    typer.run(main)
