"""Bundles and completions at rest: kept over a restart, told apart, and gone for good with the candidate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from matcher.domain.bundle import Completion, Credential
from matcher.domain.target import CohortTarget
from matcher.errors import InvalidRequest, ResourceExists, ResourceNotFound
from matcher.store import DocumentStore, StoreConfig
from tests.unit.store.samples import small

THEN = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
WATER = Credential(
    "smart-water",
    "智慧水务 “微专业”",
    ("courses/b", "courses/a"),
    CohortTarget('region = "上海"', ("postings/x",), 0.25),
    "说明",
    THEN,
)
DONE = Completion(
    "c1", "candidates/li", "courses/a", (("courses/a", "ab" * 32),), date(2026, 6, 30), "某某学院教务处", THEN
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DocumentStore]:
    opened = DocumentStore(StoreConfig(path=tmp_path / "s.db"))
    opened.bind_model("m", 4)
    opened.write([small("li"), small("wang", "另一个人")])
    yield opened
    opened.close()


def test_a_bundle_is_kept_as_it_was_given(store: DocumentStore, tmp_path: Path) -> None:
    assert store.credentials.create(WATER) == WATER
    store.close()
    again = DocumentStore(StoreConfig(path=tmp_path / "s.db"))
    assert again.credentials.get("smart-water") == WATER
    assert again.credentials.all() == [WATER]
    assert again.credentials.get("other") is None
    again.close()


def test_the_same_bundle_again_is_the_first_one_and_another_of_its_id_is_refused(store: DocumentStore) -> None:
    store.credentials.create(WATER)
    assert store.credentials.create(replace(WATER, create_time=datetime.now(UTC))) == WATER
    with pytest.raises(ResourceExists) as error:
        store.credentials.create(replace(WATER, courses=("courses/a", "courses/b")))
    assert error.value.field == "credential_id"
    assert store.credentials.all() == [WATER]


def test_a_deleted_bundle_is_gone_and_no_document_changes_revision(store: DocumentStore) -> None:
    revision = store.revision()
    store.credentials.create(WATER)
    assert store.credentials.delete("smart-water")
    assert not store.credentials.delete("smart-water")
    assert store.credentials.all() == []
    assert store.revision() == revision


def test_completions_come_by_day_and_belong_to_their_candidate(store: DocumentStore) -> None:
    later = replace(DONE, id="c2", subject="credentials/smart-water", completed_on=date(2026, 9, 1), verified_by="")
    store.completions.record(later)
    store.completions.record(DONE)
    store.completions.record(replace(DONE, id="c3", candidate="candidates/wang"))
    assert store.completions.of_candidate("candidates/li") == [DONE, later]
    assert [c.id for c in store.completions.of_candidate("candidates/wang")] == ["c3"]
    assert store.completions.of_candidate("candidates/nobody") == []


def test_a_completion_survives_a_new_version_of_the_resume(store: DocumentStore) -> None:
    store.completions.record(DONE)
    store.write([small("li", "熟悉Python 和 SQL")])
    assert store.completions.of_candidate("candidates/li") == [DONE]


def test_the_same_report_is_stored_once(store: DocumentStore) -> None:
    assert store.completions.record(DONE, "r1") == DONE
    assert store.completions.record(replace(DONE, id="c9"), "r1") == DONE
    assert store.completions.record(replace(DONE, id="c9")) == DONE
    assert store.completions.of_candidate("candidates/li") == [DONE]


def test_contradicting_reports_are_refused(store: DocumentStore) -> None:
    store.completions.record(DONE, "r1")
    with pytest.raises(InvalidRequest) as reused:
        store.completions.record(replace(DONE, id="c9", subject="courses/b"), "r1")
    assert (reused.value.code, reused.value.field) == ("REQUEST_ID_REUSED", "request_id")
    with pytest.raises(ResourceExists):
        store.completions.record(replace(DONE, id="c9", verified_by="another"))
    with pytest.raises(ResourceNotFound) as unknown:
        store.completions.record(replace(DONE, id="c9", candidate="candidates/nobody"))
    assert unknown.value.field == "candidate"
    assert store.completions.of_candidate("candidates/li") == [DONE]


def test_a_completion_is_deleted_by_its_own_candidate_only(store: DocumentStore) -> None:
    store.completions.record(DONE)
    assert not store.completions.delete("candidates/wang", "c1")
    assert not store.completions.delete("candidates/nobody", "c1")
    assert store.completions.delete("candidates/li", "c1")
    assert store.completions.of_candidate("candidates/li") == []


@pytest.mark.parametrize("way", ["candidate", "completion"])
def test_what_is_deleted_stands_nowhere_in_the_files(store: DocumentStore, tmp_path: Path, way: str) -> None:
    told = replace(DONE, subject="courses/xyzzy-secret", verified_by="某某学院Plugh教务处")
    store.completions.record(told, "request-frobozz")
    files = [tmp_path / "s.db", tmp_path / "s.db-wal"]
    marks = [b"xyzzy-secret", b"Plugh", b"request-frobozz"]
    before = b"".join(f.read_bytes() for f in files)
    assert all(mark in before for mark in marks)
    if way == "candidate":
        store.delete("candidates/li")
    else:
        assert store.completions.delete("candidates/li", "c1")
    after = b"".join(f.read_bytes() for f in files)
    assert [mark for mark in marks if mark in after] == []
    # a new person of the same name starts with an empty file
    store.write([small("li", "又一个人")])
    assert store.completions.of_candidate("candidates/li") == []
