"""The queue of decisions: bounded, written in order, retried, emptied at a stop, cleaned of what is too old."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from matcher.decision_writer import BATCH, DecisionsConfig, DecisionWriter
from matcher.decisions import Decisions
from matcher.domain.decision import Decision
from matcher.domain.document import Kind
from matcher.domain.match import Versions
from matcher.records import Decided, MatchPage, MatchQuery
from matcher.store import DocumentStore, StoreConfig


def decision(number: int) -> Decision:
    versions = Versions("m", "t", "w", 1)
    return Decision(
        number, 0.0, "a", Kind.POSTING, Kind.COURSE, 1, "", "{}", "", "", 0, versions, 0, ()
    )  # fmt: skip


class Shelf:
    """Stands in for the store: keeps what is written, fails when told to."""

    def __init__(self) -> None:
        self.written: list[int] = []
        self.batches: list[int] = []
        self.failing = False
        self.forgotten: list[float] = []
        self.wrote = threading.Event()

    def write(self, batch: Sequence[Decision]) -> None:
        if self.failing:
            raise OSError("disk full")
        self.written += [d.number for d in batch]
        self.batches.append(len(batch))
        self.wrote.set()

    def forget_before(self, time_s: float) -> int:
        self.forgotten.append(time_s)
        return 0

    def writer(self, **config: float) -> DecisionWriter:
        return DecisionWriter(DecisionsConfig(**config), self.write, self.forget_before)


def test_decisions_are_written_beside_the_call_within_the_interval() -> None:
    shelf = Shelf()
    writer = shelf.writer(flush_interval_s=0.01)
    assert writer.record(decision(1))
    assert shelf.wrote.wait(5)
    writer.close()
    assert shelf.written == [1]


def test_a_reader_finds_what_was_recorded_before_it_asked() -> None:
    shelf = Shelf()
    writer = shelf.writer(flush_interval_s=60)
    for number in range(BATCH + 3):
        writer.record(decision(number))
    assert shelf.written == []
    writer.flush()
    assert shelf.written == list(range(BATCH + 3))
    assert shelf.batches == [BATCH, 3]
    writer.close()


def test_a_stop_writes_everything_and_then_refuses() -> None:
    shelf = Shelf()
    writer = shelf.writer(flush_interval_s=60)
    writer.record(decision(1))
    writer.close()
    assert shelf.written == [1]
    assert not writer.record(decision(2))


def test_a_full_queue_refuses_the_record_and_never_waits() -> None:
    shelf = Shelf()
    writer = shelf.writer(flush_interval_s=60, max_queued=2)
    assert [writer.record(decision(n)) for n in range(4)] == [True, True, False, False]
    assert writer.n_lost == 2
    writer.close()
    assert shelf.written == [0, 1]


def test_what_could_not_be_written_is_written_later_in_order() -> None:
    shelf = Shelf()
    shelf.failing = True
    with capture_logs() as lines:
        writer = shelf.writer(flush_interval_s=0.01)
        writer.record(decision(1))
        writer.record(decision(2))
        with pytest.raises(OSError, match="disk full"):
            writer.flush()
        shelf.failing = False
        assert shelf.wrote.wait(5)
        writer.close()
    assert shelf.written == [1, 2]
    assert "disk full" not in repr(lines), "the text of an error may quote a row"


def test_what_is_lost_at_a_stop_is_counted_in_the_log() -> None:
    shelf = Shelf()
    shelf.failing = True
    with capture_logs() as lines:
        writer = shelf.writer(flush_interval_s=60)
        writer.record(decision(1))
        writer.close()
    assert {"event": "decisions_lost", "n": 1, "log_level": "error"} in lines


def test_what_is_older_than_the_retention_is_deleted() -> None:
    shelf = Shelf()
    writer = shelf.writer(flush_interval_s=0.01, retention_days=2)
    writer.record(decision(1))
    assert shelf.wrote.wait(5)
    deadline = time.monotonic() + 5
    while not shelf.forgotten and time.monotonic() < deadline:
        time.sleep(0.005)
    writer.close()
    assert time.time() - shelf.forgotten[0] == pytest.approx(2 * 86_400, abs=60)


def test_two_processes_never_give_out_the_same_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At one and the same microsecond, on one store, and after a restart."""
    monkeypatch.setattr(time, "time_ns", lambda: 1_800_000_000_000_000_000)
    found: list[str] = []
    for _ in range(3):
        store = DocumentStore(StoreConfig(path=tmp_path / "store.db"))
        decisions = Decisions(DecisionsConfig(), store)
        page = MatchPage([], "", 0, Versions("m", "t", "w", 1), decided=Decided(Kind.POSTING, None, "a" * 64, (), 0))
        names = [decisions.recorded(MatchQuery("postings/p", Kind.COURSE), page, "a").decision for _ in range(5)]
        assert names == sorted(names)
        found += names
        decisions.close()
        store.close()
    assert len(set(found)) == 15
