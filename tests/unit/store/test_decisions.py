"""Decisions and feedback at rest: what is written is read back, and a deleted document is in none of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from matcher.domain.decision import DecidedEntry, Decision, DecisionQuery, Feedback, FeedbackResult, Outcome
from matcher.domain.document import Kind
from matcher.domain.match import Versions
from matcher.store import DocumentStore, StoreConfig
from tests.unit.store.samples import small

T0 = 1_700_000_000.0
VERSIONS = Versions("model+1", "taxonomy+2", "weights+3", 7)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture
def store(path: Path) -> Iterator[DocumentStore]:
    opened = DocumentStore(StoreConfig(path=path))
    yield opened
    opened.close()


@pytest.fixture
def rows(store: DocumentStore) -> dict[str, int]:
    """Row ids by document id of a posting and three candidates."""
    written = store.write(
        [small("post", "要Python", kind=Kind.POSTING), *(small(i, f"会{i}") for i in ("ann", "bob", "cy"))]
    )
    return {result.name.partition("/")[2]: result.row_id for result in written}


def decision(number: int, query: int | None, *row_ids: int, caller: str = "portal", query_hash: str = "") -> Decision:
    return Decision(
        number=number,
        time_s=T0 + number,
        caller=caller,
        query_kind=Kind.POSTING,
        target_kind=Kind.CANDIDATE,
        query_row_id=query,
        query_hash=query_hash,
        request='{"page_size":3}',
        filter_text="education >= BACHELOR",
        filter_hash="f" * 64,
        offset=0,
        versions=VERSIONS,
        filtered_size=3,
        entries=tuple(DecidedEntry(rank, row_id, 1.0 / (rank + 1)) for rank, row_id in enumerate(row_ids, start=1)),
    )


def test_a_decision_is_read_back_with_the_names_of_its_documents(store: DocumentStore, rows: dict[str, int]) -> None:
    made = decision(1, rows["post"], rows["bob"], rows["ann"])
    store.decisions.write([made])
    found = store.decisions.get(1)
    named = (DecidedEntry(1, rows["bob"], 0.5, "candidates/bob"), DecidedEntry(2, rows["ann"], 1 / 3, "candidates/ann"))
    assert found == replace(made, entries=named, query_name="postings/post")
    assert store.decisions.get(2) is None


def test_decisions_are_listed_newest_first_by_time_caller_and_document(
    store: DocumentStore, rows: dict[str, int]
) -> None:
    store.decisions.write(
        [
            decision(1, rows["post"], rows["ann"]),
            decision(2, rows["post"], rows["bob"], caller="college"),
            decision(3, None, rows["ann"], query_hash="a" * 64),
        ]
    )

    def numbers(query: DecisionQuery, limit: int = 10) -> list[int]:
        return [d.number for d in store.decisions.listed(query, limit)]

    assert numbers(DecisionQuery()) == [3, 2, 1]
    assert numbers(DecisionQuery(), limit=2) == [3, 2]
    assert numbers(DecisionQuery(before=3)) == [2, 1]
    assert numbers(DecisionQuery(caller="college")) == [2]
    assert numbers(DecisionQuery(row_id=rows["ann"])) == [3, 1]
    assert numbers(DecisionQuery(row_id=rows["post"])) == [2, 1]
    start, end = datetime.fromtimestamp(T0 + 2, UTC), datetime.fromtimestamp(T0 + 3, UTC)
    assert numbers(DecisionQuery(start=start)) == [3, 2]
    assert numbers(DecisionQuery(start=start, end=end)) == [2]


def test_a_deleted_document_is_overwritten_in_every_decision(store: DocumentStore, rows: dict[str, int]) -> None:
    own_hash = store.content_hashes(["candidates/ann"])["candidates/ann"]
    store.decisions.write(
        [
            decision(1, rows["post"], rows["bob"], rows["ann"]),
            decision(2, rows["ann"], rows["bob"]),
            decision(3, None, rows["bob"], query_hash=own_hash),
        ]
    )
    store.delete("candidates/ann")
    returned, asked, inline = (store.decisions.get(n) for n in (1, 2, 3))
    assert returned is not None
    assert [(e.rank, e.row_id, e.score, e.name) for e in returned.entries] == [
        (1, rows["bob"], 0.5, "candidates/bob"),
        (2, None, None, ""),
    ]
    assert asked is not None
    assert asked.query_is_deleted
    assert inline is not None
    assert inline.query_is_deleted, "the same content sent inline was the same person"
    assert store.decisions.listed(DecisionQuery(row_id=rows["ann"]), 10) == []


def test_a_decision_that_arrives_after_a_deletion_is_written_without_the_document(
    store: DocumentStore, rows: dict[str, int]
) -> None:
    store.delete("candidates/ann")
    store.decisions.write([decision(1, rows["ann"], rows["ann"], rows["bob"])])
    found = store.decisions.get(1)
    assert found is not None
    assert found.query_is_deleted
    assert [e.row_id for e in found.entries] == [None, rows["bob"]]
    assert found.entries[0].score is None


def test_a_deleted_document_leaves_no_byte_in_the_file(store: DocumentStore, path: Path, rows: dict[str, int]) -> None:
    row_hash = store.content_hashes(["candidates/cy"])["candidates/cy"]
    store.decisions.write([decision(1, None, rows["cy"], query_hash=row_hash), decision(2, rows["cy"], rows["bob"])])
    store.feedback.record(feedback(2, rows["cy"], rows["bob"]))
    assert row_hash.encode() in b"".join(p.read_bytes() for p in path.parent.iterdir())
    store.delete("candidates/cy")
    store.close()
    content = b"".join(p.read_bytes() for p in path.parent.iterdir())
    assert row_hash.encode() not in content
    assert b"candidates/cy" not in content
    assert b"candidates/bob" in content


def test_old_decisions_are_forgotten_and_their_feedback_stays(store: DocumentStore, rows: dict[str, int]) -> None:
    store.decisions.write([decision(n, rows["post"], rows["ann"]) for n in range(1, 6)])
    store.feedback.record(feedback(1, rows["post"], rows["ann"]))
    assert store.decisions.forget_before(T0 + 4) == 3
    assert [d.number for d in store.decisions.listed(DecisionQuery(), 10)] == [5, 4]
    assert store.decisions.listed(DecisionQuery(row_id=rows["ann"]), 10)[-1].number == 4
    assert store.feedback.pairs() == [(rows["post"], rows["ann"], Outcome.HIRED)]


def feedback(
    number: int, query: int | None, row_id: int, outcome: Outcome = Outcome.HIRED, *, consent: bool = True
) -> Feedback:
    return Feedback(number, query, row_id, Kind.POSTING, Kind.CANDIDATE, outcome, "portal", T0, consent)


def test_feedback_is_kept_once_with_consent(store: DocumentStore, rows: dict[str, int]) -> None:
    told = feedback(1, rows["post"], rows["ann"])
    assert store.feedback.record(told) is FeedbackResult.STORED
    assert store.feedback.record(told) is FeedbackResult.UNCHANGED
    assert store.feedback.record(replace(told, outcome=Outcome.COMPLETED)) is FeedbackResult.STORED
    assert store.feedback.of_document("candidates/ann") == [Outcome.HIRED, Outcome.COMPLETED]
    assert store.feedback.counts() == {}


def test_feedback_without_consent_is_only_counted_and_withdraws_what_was_kept(
    store: DocumentStore, rows: dict[str, int]
) -> None:
    told = feedback(1, rows["post"], rows["ann"])
    store.feedback.record(told)
    assert store.feedback.record(feedback(1, rows["post"], rows["bob"], consent=False)) is FeedbackResult.COUNTED
    assert store.feedback.record(replace(told, consent=False)) is FeedbackResult.WITHDRAWN
    assert store.feedback.pairs() == []
    assert store.feedback.counts() == {Outcome.HIRED: 2}


@pytest.mark.parametrize("deleted", ["candidates/ann", "postings/post"])
def test_feedback_goes_with_either_document(store: DocumentStore, rows: dict[str, int], deleted: str) -> None:
    store.feedback.record(feedback(1, rows["post"], rows["ann"]))
    store.feedback.record(feedback(2, None, rows["bob"]))
    store.delete(deleted)
    assert store.feedback.pairs() == []
    assert store.feedback.of_document("candidates/bob") == [Outcome.HIRED]
