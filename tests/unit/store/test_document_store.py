"""The store: what is acknowledged is there whole, what is deleted is gone whole."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.domain.document import Document, EducationLevel, Facts, Kind, Salary
from matcher.errors import IndexModelMismatch, InvalidRequest
from matcher.store import DocumentStore, PreparedDocument, Receipt, StoreConfig, WriteOutcome
from matcher.store import store as store_module
from matcher.store.codec import decode_document, encode_payload
from tests.unit.store.samples import FULL, FULL_MENTIONS, small, vectors

CREATED, UPDATED, UNCHANGED = WriteOutcome


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "store.db"


@pytest.fixture
def store(path: Path) -> Iterator[DocumentStore]:
    opened = DocumentStore(StoreConfig(path=path))
    yield opened
    opened.close()


def named(store: DocumentStore, revision: int) -> list[str]:
    """Names of the documents written after a revision."""
    return [stored.document.name for stored, _ in store.changed_since(revision)]


# --- round trip ----------------------------------------------------------------------------------------------------


def test_a_document_with_every_field_comes_back_equal(store: DocumentStore, path: Path) -> None:
    before = datetime.now(UTC)
    (result,) = store.write([PreparedDocument(FULL, FULL_MENTIONS, vectors(0.5))])
    for reader in (store, DocumentStore(StoreConfig(path=path))):
        stored = reader.get("courses/digital-twin-01")
        assert stored is not None
        assert stored.document == FULL
        assert stored.mentions == FULL_MENTIONS
        assert (stored.row_id, stored.revision) == (result.row_id, result.revision) == (1, 1)
        assert before <= stored.create_time == stored.update_time <= datetime.now(UTC)
        assert reader.get_many([result.row_id, 99]) == {result.row_id: stored}
        found = reader.vectors_of([result.row_id, 99])
        assert list(found) == [result.row_id]
        np.testing.assert_array_equal(found[1].title, vectors(0.5).title)
        np.testing.assert_array_equal(found[1].body, vectors(0.5).body)
        assert found[1].title.dtype == np.float32
        reader.close()


def test_a_document_that_says_nothing_comes_back_saying_nothing(store: DocumentStore) -> None:
    silent = Document(Kind.POSTING, "p", "", "x", (), (), Facts(), "00")
    store.write([PreparedDocument(silent, (), vectors(0))])
    stored = store.get("postings/p")
    assert stored is not None
    assert stored.document == silent
    assert stored.mentions == ()


amounts = st.none() | st.integers(0, 10**12)
numbers = st.none() | st.floats(0, 1e6, allow_nan=False)
words = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@settings(max_examples=100, deadline=None)
@given(
    st.builds(
        Facts,
        region=words,
        education=st.none() | st.sampled_from(EducationLevel),
        experience_years=numbers,
        salary=st.none() | st.builds(Salary, st.sampled_from(["CNY", "EUR"]), amounts, amounts),
        hours=numbers,
        credits=numbers,
        practice_share=numbers,
        prerequisites=st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=3).map(tuple),
        organisation=words,
        cost_fen=st.none() | st.integers(0, 10**10),
        start_dates=st.lists(st.dates(), max_size=3).map(tuple),
        openings=st.none() | st.integers(1, 10**6),
        valid_from=st.none() | st.dates(),
        valid_until=st.none() | st.dates(),
        tags=st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=3).map(tuple),
    )
)
def test_any_facts_survive_the_codec(facts: Facts) -> None:
    document = replace(FULL, facts=facts)
    again = decode_document(
        document.name, document.title, document.text, document.content_hash, encode_payload(document)
    )
    assert again == document


def test_what_is_not_there_is_none(store: DocumentStore) -> None:
    assert store.get("candidates/none") is None
    for found in (store.get_many([7]), store.vectors_of([7]), store.content_hashes(["candidates/none"])):
        assert not found
    assert store.delete("candidates/none") is None
    assert store.revision() == 0
    assert store.counts() == dict.fromkeys(Kind, 0)


# --- outcomes and revisions ----------------------------------------------------------------------------------------


def test_outcomes_row_ids_and_revisions(store: DocumentStore) -> None:
    a, b = small("a"), small("b")
    assert [(r.name, r.outcome, r.row_id, r.revision) for r in store.write([a, b])] == [
        ("candidates/a", CREATED, 1, 1),
        ("candidates/b", CREATED, 2, 1),
    ]
    changed = small("b", "熟悉Java，会SQL", number=9.0)
    assert [(r.outcome, r.row_id, r.revision) for r in store.write([a, changed])] == [
        (UNCHANGED, 1, 1),
        (UPDATED, 2, 2),
    ]
    assert store.revision() == 2
    assert store.write([a])[0].outcome is UNCHANGED
    assert store.revision() == 2  # nothing changed, so no index has anything to catch up
    stored = store.get("candidates/b")
    assert stored is not None
    assert stored.document.text == "熟悉Java，会SQL"
    assert stored.create_time < stored.update_time
    assert store.vectors_of([2])[2].title[0] == 9.0
    assert store.content_hashes(["candidates/a", "candidates/b"]) == {
        "candidates/a": a.document.content_hash,
        "candidates/b": changed.document.content_hash,
    }
    assert store.counts() == {Kind.CANDIDATE: 2, Kind.POSTING: 0, Kind.COURSE: 0}


def test_an_update_replaces_all_mentions(store: DocumentStore) -> None:
    store.write([PreparedDocument(FULL, FULL_MENTIONS, vectors(1))])
    shorter = replace(FULL, content_hash="cd" * 32)
    store.write([PreparedDocument(shorter, FULL_MENTIONS[1:], vectors(1))])
    stored = store.get(FULL.name)
    assert stored is not None
    assert stored.mentions == FULL_MENTIONS[1:]


def test_of_a_name_given_twice_in_one_batch_the_last_stays(store: DocumentStore) -> None:
    outcomes = [r.outcome for r in store.write([small("a", "一二"), small("a", "三四"), small("a", "三四")])]
    assert outcomes == [CREATED, UPDATED, UNCHANGED]
    stored = store.get("candidates/a")
    assert stored is not None
    assert stored.document.text == "三四"


def test_one_id_may_be_used_by_every_kind(store: DocumentStore) -> None:
    store.write([small("x", kind=kind) for kind in Kind])
    assert store.counts() == dict.fromkeys(Kind, 1)


def test_changes_and_deletions_are_told_since_a_revision(store: DocumentStore) -> None:
    store.write([small("a"), small("b")])
    store.write([small("c", kind=Kind.POSTING)])
    store.write([small("a", "新的文字")])
    assert store.delete("candidates/b") == (2, 4)
    assert named(store, 0) == ["candidates/a", "postings/c"]
    assert named(store, 1) == ["candidates/a", "postings/c"]
    assert named(store, 2) == ["candidates/a"]
    assert named(store, 3) == named(store, 4) == []
    assert store.deleted_since(0) == store.deleted_since(3) == [(Kind.CANDIDATE, 2)]
    assert store.deleted_since(4) == []


def test_changes_are_read_whole_over_several_batches(store: DocumentStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "READ_BATCH", 3)
    store.write([small(f"d{n}", f"第{n}份", number=n) for n in range(9)])  # a multiple of the batch, too
    seen = [(s.document.text, s.mentions[0].surface, v.title[0]) for s, v in store.changed_since(0)]
    assert seen == [(f"第{n}份", f"第{n}", n) for n in range(9)]


# --- atomicity -----------------------------------------------------------------------------------------------------


def test_an_error_in_the_middle_of_a_batch_leaves_nothing(store: DocumentStore) -> None:
    store.write([replace(small("old"), request_id="used")])
    broken = [small("a"), replace(small("b"), request_id="used"), small("c")]
    with pytest.raises(InvalidRequest):
        store.write(broken)
    assert named(store, 0) == ["candidates/old"]
    assert store.revision() == 1
    with pytest.raises(AttributeError):
        store.write([small("a"), replace(small("b"), vectors=None)])  # type: ignore[arg-type]
    assert store.get("candidates/a") is None
    assert [(r.outcome, r.row_id, r.revision) for r in store.write([small("a")])] == [(CREATED, 2, 2)]


def test_an_acknowledged_write_is_in_the_file_before_it_is_closed(store: DocumentStore, path: Path) -> None:
    store.write([small("a")])
    with sqlite3.connect(path) as other:
        assert other.execute("SELECT name FROM documents").fetchall() == [("candidates/a",)]
    other.close()


# --- receipts ------------------------------------------------------------------------------------------------------


def test_a_receipt_tells_what_the_first_write_did(store: DocumentStore) -> None:
    item = replace(small("a"), request_id="r1")
    store.write([item])
    store.write([item])  # a retry
    receipt = Receipt("candidates/a", item.document.content_hash, CREATED)
    assert store.receipts(["r1", "r2"]) == {"r1": receipt}


def test_a_request_id_is_refused_for_other_content_or_another_name(store: DocumentStore) -> None:
    store.write([replace(small("a"), request_id="r1")])
    for other in (small("a", "别的内容"), small("b")):
        with pytest.raises(InvalidRequest) as caught:
            store.write([replace(other, request_id="r1")])
        assert (caught.value.code, caught.value.field) == ("REQUEST_ID_REUSED", "request_id")
        assert "别的" not in caught.value.message
    assert named(store, 0) == ["candidates/a"]


def test_receipts_expire_after_seven_days(store: DocumentStore, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_000_000.0
    monkeypatch.setattr(time, "time", lambda: now)
    store.write([replace(small("a"), request_id="r1")])
    now += 7 * 24 * 3600
    assert list(store.receipts(["r1"])) == ["r1"]
    now += 1
    assert store.receipts(["r1"]) == {}
    store.write([replace(small("b"), request_id="r1")])  # free again
    assert store.receipts(["r1"])["r1"].name == "candidates/b"


def test_no_receipt_is_kept_without_a_request_id(store: DocumentStore) -> None:
    store.write([small("a")])
    assert store.receipts([""]) == {}


# --- deletion ------------------------------------------------------------------------------------------------------

SECRET = "独一无二的秘密文字UniqueSecret"  # noqa: S105


def bytes_on_disk(path: Path) -> bytes:
    """Everything below the folder of the store, whatever the file is called."""
    return b"".join(f.read_bytes() for f in sorted(path.parent.iterdir()))


def test_a_deletion_leaves_no_byte_of_the_document_on_disk(store: DocumentStore, path: Path) -> None:
    person = small("zhang-unique-id", SECRET * 400, title="标题SecretTitle", number=1234.5)
    store.write([small(f"other{n}") for n in range(20)])
    store.write([replace(person, request_id="r1")])
    traces = [SECRET.encode(), b"zhang-unique-id", b"SecretTitle", person.document.content_hash.encode()]
    traces.append(person.vectors.title.tobytes())
    assert all(trace in bytes_on_disk(path) for trace in traces)
    assert store.delete("candidates/zhang-unique-id") == (21, 3)
    assert [trace for trace in traces if trace in bytes_on_disk(path)] == []
    assert store.get("candidates/zhang-unique-id") is None
    for found in (store.get_many([21]), store.vectors_of([21]), store.receipts(["r1"])):
        assert not found
    assert store.counts()[Kind.CANDIDATE] == 20


def test_a_log_that_a_reader_keeps_from_being_emptied_is_emptied_by_the_next_write(path: Path) -> None:
    store = DocumentStore(StoreConfig(path=path, busy_timeout_s=0.05))
    store.write([small("a", SECRET)])
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM documents").fetchone()
    store.delete("candidates/a")
    assert SECRET.encode() in bytes_on_disk(path)  # the reader still needs the old pages
    reader.execute("ROLLBACK")
    reader.close()
    store.write([small("b")])
    assert SECRET.encode() not in bytes_on_disk(path)
    store.close()


def test_a_row_id_is_never_given_out_again(store: DocumentStore) -> None:
    store.write([small("a"), small("b")])
    store.delete("candidates/b")
    (result,) = store.write([small("b")])
    assert (result.row_id, result.outcome) == (3, CREATED)
    assert store.deleted_since(0) == [(Kind.CANDIDATE, 2)]


# --- bindings ------------------------------------------------------------------------------------------------------


def test_another_model_is_refused_with_the_command_that_helps(store: DocumentStore) -> None:
    store.bind_model("static@1", 256)
    store.bind_model("static@2", 256)  # empty: takes the new model
    store.write([small("a")])
    store.bind_model("static@2", 256)
    for model, dimension in [("static@1", 256), ("static@2", 128)]:
        with pytest.raises(IndexModelMismatch, match="`matcher reembed`") as caught:
            store.bind_model(model, dimension)
        assert caught.value.metadata == {
            "stored_model": "static@2:256",
            "configured_model": f"{model}:{dimension}",
        }


def test_the_taxonomy_version_is_remembered(store: DocumentStore, path: Path) -> None:
    assert store.taxonomy_version() is None
    store.bind_taxonomy("starter-1+ab")
    store.bind_taxonomy("starter-2+cd")
    again = DocumentStore(StoreConfig(path=path))
    assert again.taxonomy_version() == "starter-2+cd"
    again.close()


# --- several writers -----------------------------------------------------------------------------------------------


def write_many(store: DocumentStore, writer: int, n: int, errors: list[Exception]) -> None:
    try:
        for i in range(n):
            store.write([small(f"w{writer}-{i}"), small("shared", f"由{writer}写第{i}次")])
    except Exception as error:  # noqa: BLE001 (told to the test)
        errors.append(error)


@pytest.mark.parametrize("n_stores", [1, 2])
def test_concurrent_writers_lose_nothing_and_share_no_revision(path: Path, n_stores: int) -> None:
    """Two stores stand for two processes: only the file's own lock lies between them."""
    stores = [DocumentStore(StoreConfig(path=path)) for _ in range(n_stores)]
    errors: list[Exception] = []
    threads = [threading.Thread(target=write_many, args=(stores[w % n_stores], w, 15, errors)) for w in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    written = {s.document.name: s for s, _ in stores[0].changed_since(0)}
    assert len(written) == 4 * 15 + 1
    revisions = [s.revision for name, s in written.items() if name != "candidates/shared"]
    assert sorted(revisions) == list(range(1, 61))
    assert {s.revision() for s in stores} == {60}
    assert written["candidates/shared"].revision == 60
    for store in stores:
        store.close()


def test_a_second_store_on_the_file_sees_what_the_first_wrote(store: DocumentStore, path: Path) -> None:
    other = DocumentStore(StoreConfig(path=path))
    store.write([small("a")])
    assert other.write([small("a")])[0].outcome is UNCHANGED
    other.delete("candidates/a")
    assert store.get("candidates/a") is None
    assert store.deleted_since(0) == [(Kind.CANDIDATE, 1)]
    other.close()


def test_mentions_always_belong_to_the_text_they_come_with(store: DocumentStore) -> None:
    versions = ["甲" * 10, "乙" * 10]
    store.write([small("a", versions[0])])
    stop = threading.Event()

    def rewrite() -> None:
        n = 0
        while not stop.is_set():
            n += 1
            text = versions[n % 2]
            prepared = small("a", text)
            moved = replace(prepared.mentions[0], skill_id=text[0])
            store.write([replace(prepared, mentions=(moved,))])

    writer = threading.Thread(target=rewrite)
    writer.start()
    try:
        torn = []
        for _ in range(300):
            stored = store.get("candidates/a")
            assert stored is not None
            if stored.mentions[0].skill_id not in ("python", stored.document.text[0]):
                torn.append(stored.revision)
    finally:
        stop.set()
        writer.join()
    assert torn == []


def test_config_refuses_unknown_keys_and_no_patience() -> None:
    for bad in ({"pth": "x"}, {"busy_timeout_s": 0}):
        with pytest.raises(ValueError, match=next(iter(bad))):
            StoreConfig.model_validate(bad)
