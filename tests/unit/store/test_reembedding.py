"""The second set of vectors: what is lacking, what a crash leaves, and a switch that is whole or has not happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from matcher.domain.document import Truncation
from matcher.errors import IndexModelMismatch, ModelSwapRefused
from matcher.store import ChosenModel, DocumentStore, StoreConfig, StoredDocument, SwapRecord, VectorSet
from tests.unit.store.samples import small, vectors

RECORD, OTHER = SwapRecord("new", "new@1"), SwapRecord("third", "third@1")
CHOSEN = ChosenModel("old", "new")
CUT = Truncation(1000, 400, 300, 120)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture
def store(path: Path) -> Iterator[DocumentStore]:
    opened = DocumentStore(StoreConfig(path=path))
    opened.bind_model("old@1", 4)
    opened.write([small("a"), small("b"), small("c")])
    yield opened
    opened.close()


def lacking(store: DocumentStore) -> list[str]:
    return [s.document.id for s in store.reembedding.lacking(0, 100)]


def make(store: DocumentStore, *stored: StoredDocument, number: float = 7.0, cut: Truncation | None = None) -> None:
    store.reembedding.put([(s, vectors(number), cut) for s in stored])


def titles(store: DocumentStore, vector_set: VectorSet | None = None) -> dict[str, float]:
    return {s.document.id: float(v.title[0]) for s, v in store.changed_since(0, vector_set)}


def test_all_documents_lack_second_vectors_and_the_first_are_not_touched(store: DocumentStore) -> None:
    store.reembedding.begin(RECORD)
    assert lacking(store) == ["a", "b", "c"]
    assert store.reembedding.progress() == (0, 3)
    make(store, *store.reembedding.lacking(0, 2))
    assert lacking(store) == ["c"]
    assert [s.document.id for s in store.reembedding.lacking(3, 100)] == []
    assert store.reembedding.progress() == (2, 3)
    assert titles(store) == {"a": 1.0, "b": 1.0, "c": 1.0}
    assert titles(store, VectorSet.SECOND) == {"a": 7.0, "b": 7.0}
    assert store.vectors_of([1], VectorSet.SECOND)[1].title[0] == 7.0
    assert store.vector_set() is VectorSet.FIRST


def test_a_document_written_again_lacks_vectors_again_and_a_deleted_one_needs_none(store: DocumentStore) -> None:
    store.reembedding.begin(RECORD)
    a, b, c = store.reembedding.lacking(0, 100)
    make(store, a, b)
    store.write([small("a", "熟悉Java"), small("d")])
    store.delete("candidates/b")
    assert lacking(store) == ["a", "c", "d"]
    store.delete("candidates/c")
    make(store, c)  # embedded while it was being deleted
    assert titles(store, VectorSet.SECOND) == {"a": 7.0}


def test_vectors_of_an_older_text_do_not_count(store: DocumentStore) -> None:
    store.reembedding.begin(RECORD)
    a, *_ = store.reembedding.lacking(0, 100)
    store.write([small("a", "熟悉Java")])
    make(store, a)  # of the text before
    assert lacking(store) == ["a", "b", "c"]


def test_the_switch_exchanges_vectors_model_and_truncations_at_once(store: DocumentStore, path: Path) -> None:
    store.write([replace(small("d"), truncation=replace(CUT, tokens=1))])
    store.reembedding.begin(RECORD)
    a, *others = store.reembedding.lacking(0, 100)
    make(store, a, cut=CUT)
    make(store, *others)
    assert store.truncations(["candidates/a", "candidates/d"]) == {"candidates/d": replace(CUT, tokens=1)}
    store.reembedding.switch("new@1", 4, CHOSEN)
    assert set(titles(store).values()) == {7.0}
    assert store.truncations(["candidates/a", "candidates/d"]) == {"candidates/a": CUT}
    found = store.get("candidates/a")
    assert found is not None
    assert found.truncation == CUT
    assert (store.vector_set(), store.reembedding.n_switches()) == (VectorSet.SECOND, 1)
    assert (store.reembedding.record(), store.reembedding.chosen()) == (None, CHOSEN)
    store.bind_model("new@1", 4)
    with pytest.raises(IndexModelMismatch):
        store.bind_model("old@1", 4)
    store.write([small("e", number=9.0)])
    again = DocumentStore(StoreConfig(path=path))
    assert titles(again)["e"] == 9.0
    again.close()


def test_a_switch_is_refused_while_a_document_lacks_its_vectors(store: DocumentStore) -> None:
    store.reembedding.begin(RECORD)
    make(store, *store.reembedding.lacking(0, 2))
    with pytest.raises(ModelSwapRefused) as error:
        store.reembedding.switch("new@1", 4, CHOSEN)
    assert error.value.code == "SWAP_INCOMPLETE"
    store.bind_model("old@1", 4)
    assert titles(store) == {"a": 1.0, "b": 1.0, "c": 1.0}
    assert store.reembedding.record() == RECORD


def test_a_swap_is_gone_on_with_after_a_crash_and_another_begins_anew(store: DocumentStore, path: Path) -> None:
    store.reembedding.begin(RECORD)
    make(store, *store.reembedding.lacking(0, 2))
    again = DocumentStore(StoreConfig(path=path))  # nothing was closed
    assert again.reembedding.record() == RECORD
    again.reembedding.begin(RECORD)
    assert lacking(again) == ["c"]
    again.reembedding.begin(OTHER)
    assert lacking(again) == ["a", "b", "c"]
    again.close()


def test_after_a_cancel_nothing_is_taken_and_all_is_dropped(store: DocumentStore) -> None:
    store.reembedding.begin(RECORD)
    made = store.reembedding.lacking(0, 100)
    make(store, *made, cut=CUT)
    assert store.reembedding.drop_unused(100) == 0, "a swap under way is not robbed of its vectors"
    store.reembedding.abandon()
    with pytest.raises(ModelSwapRefused, match="no model swap"):
        make(store, *made)
    with pytest.raises(ModelSwapRefused, match="no model swap"):
        store.reembedding.switch("new@1", 4, CHOSEN)
    assert [store.reembedding.drop_unused(2) for _ in range(3)] == [2, 1, 0]
    assert titles(store, VectorSet.SECOND) == {}
    assert store.truncations(["candidates/a"]) == {}
    assert titles(store) == {"a": 1.0, "b": 1.0, "c": 1.0}


def test_the_old_vectors_are_dropped_after_a_switch_and_not_those_in_force(store: DocumentStore) -> None:
    store.reembedding.begin(RECORD)
    make(store, *store.reembedding.lacking(0, 100))
    store.reembedding.switch("new@1", 4, CHOSEN)
    while store.reembedding.drop_unused(2):
        pass
    assert titles(store, VectorSet.FIRST) == {}
    assert set(titles(store)) == {"a", "b", "c"}


def test_a_deleted_document_leaves_neither_set(store: DocumentStore, path: Path) -> None:
    store.reembedding.begin(RECORD)
    make(store, *store.reembedding.lacking(0, 100), cut=CUT)
    store.delete("candidates/a")
    assert (set(titles(store)), set(titles(store, VectorSet.SECOND))) == ({"b", "c"}, {"b", "c"})
    assert store.reembedding.progress() == (2, 2)
