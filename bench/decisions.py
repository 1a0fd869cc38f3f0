"""`python -m bench.decisions`: what recording decisions costs a match; prints Markdown.

Enters: the demo corpus. Leaves: processor time of one match with and without the record, the writer's thread included, of the
best of alternating rounds in one process, and how long it takes to read a decision back.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import typer

from bench.__main__ import ROOT, commit, machine
from matcher.config import Settings
from matcher.decision_writer import DecisionsConfig
from matcher.domain.document import Kind, RawDocument
from matcher.engine import Engine
from matcher.ingest import RecordError, read_path
from matcher.logs import configure_logs
from matcher.records import ImportItem, MatchQuery
from matcher.store import StoreConfig

ROUNDS, WARM_UP = 15, 2


@contextmanager
def demo_engine(folder: Path, *, enabled: bool) -> Iterator[Engine]:
    """An engine with the demo corpus that records its decisions, or does not."""
    settings = Settings(store=StoreConfig(path=folder / f"{enabled}.db"), decisions=DecisionsConfig(enabled=enabled))
    engine = Engine(settings)
    engine.load()
    raws: list[RawDocument] = []
    for record in read_path(ROOT / "demo" / "corpus"):
        if isinstance(record, RecordError):
            raise typer.BadParameter(f"{record.source}: {record.message}")
        raws.append(record.document)
    engine.import_documents([ImportItem(raw) for raw in raws])
    yield engine
    engine.close()


def main() -> None:
    """Measure and print."""
    configure_logs()
    with (
        tempfile.TemporaryDirectory() as folder,
        demo_engine(Path(folder), enabled=True) as recording,
        demo_engine(Path(folder), enabled=False) as plain,
    ):
        names = sorted(recording.store.content_hashes([f"postings/{p.stem}" for p in _postings()]))
        rounds = [(_ms(recording, names), _ms(plain, names)) for _ in range(ROUNDS + WARM_UP)][WARM_UP:]
        name = recording.match(MatchQuery(names[0], Kind.CANDIDATE)).decision
        started = time.perf_counter()
        recording.get_decision(name)
        read_ms = (time.perf_counter() - started) * 1000
    recorded, unrecorded = (min(column) for column in zip(*rounds, strict=True))
    typer.echo(
        f"Measured {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, `python -m bench.decisions`, {machine()}, commit {commit()}.\n\n"
        f"| one match, ten with evidence | processor ms |\n|---|---|\n| recorded | {recorded:.2f} |\n"
        f"| not recorded | {unrecorded:.2f} |\n\n"
        f"The record costs {(recorded / unrecorded - 1):+.1%}. A decision just made is read back in {read_ms:.1f} ms."
    )


def _round(recording: Engine, plain: Engine, names: list[str], turn: int) -> tuple[float, float]:
    """(recorded, not recorded) in ms; who goes first changes with each turn."""
    if turn % 2:
        second = _ms(plain, names)
        return _ms(recording, names), second
    return _ms(recording, names), _ms(plain, names)


def _ms(engine: Engine, names: list[str]) -> float:
    """Processor time of one match, in ms, with what its record cost in the writer's thread."""
    started = time.process_time()
    for name in names:
        engine.match(MatchQuery(name, Kind.CANDIDATE))
    engine.decisions.flush()
    return (time.process_time() - started) / len(names) * 1000


def _postings() -> list[Path]:
    return sorted((ROOT / "demo" / "corpus" / "postings").glob("*.txt"))


if __name__ == "__main__":
    typer.run(main)
