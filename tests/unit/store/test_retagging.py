"""Mentions of another taxonomy: made beside those in force, put in force whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from matcher.domain.skill import SkillMention
from matcher.errors import TaxonomyUpgradeRefused
from matcher.store import DocumentStore, StoreConfig, StoredDocument
from tests.unit.store.samples import small


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DocumentStore]:
    opened = DocumentStore(StoreConfig(path=tmp_path / "s.db"))
    opened.bind_taxonomy("t-1")
    opened.write([small("a"), small("b"), small("c")])
    yield opened
    opened.close()


def stored(store: DocumentStore, name: str) -> StoredDocument:
    found = store.get(name)
    assert found is not None
    return found


def renamed(document: StoredDocument) -> tuple[SkillMention, ...]:
    return tuple(replace(m, skill_id="new-id") for m in document.mentions)


def state(store: DocumentStore) -> tuple[str | None, int, dict[str, tuple[str, ...]]]:
    """Version, revision, skills by document."""
    documents = [found for found, _ in store.changed_since(0)]
    skills = {d.document.name: tuple(m.skill_id for m in d.mentions) for d in documents}
    return store.taxonomy_version(), store.revision(), skills


def test_nothing_in_force_changes_until_the_switch(store: DocumentStore) -> None:
    before = state(store)
    store.retagging.begin("t-2")
    for document in store.retagging.lacking(0, 10):
        store.retagging.put([(document, renamed(document))])
    assert state(store) == before
    assert store.retagging.progress() == (3, 3)
    assert store.retagging.taxonomy() == "t-2"


def test_the_switch_puts_mentions_and_version_in_force_and_leaves_vectors(store: DocumentStore) -> None:
    vectors = store.vectors_of([1])[1].body.tobytes()
    store.retagging.begin("t-2")
    first, second, third = store.retagging.lacking(0, 10)
    store.retagging.put([(first, renamed(first)), (second, second.mentions), (third, ())])
    switched = store.retagging.switch("t-2")
    assert (switched.n_documents, switched.n_changed, switched.revision) == (3, 2, 2)
    version, revision, skills = state(store)
    assert (version, revision) == ("t-2", 2)
    old = tuple(m.skill_id for m in second.mentions)
    assert old
    assert skills == {"candidates/a": ("new-id",) * len(old), "candidates/b": old, "candidates/c": ()}
    # what did not change keeps its revision, so that an index need not read it again
    assert stored(store, "candidates/b").revision == 1
    assert stored(store, "candidates/a") == replace(first, mentions=renamed(first), revision=2)
    assert store.vectors_of([1])[1].body.tobytes() == vectors
    assert store.retagging.taxonomy() is None


def test_a_switch_without_any_change_takes_no_revision(store: DocumentStore) -> None:
    store.retagging.begin("t-2")
    store.retagging.put([(d, d.mentions) for d in store.retagging.lacking(0, 10)])
    assert store.retagging.switch("t-2").n_changed == 0
    assert (store.taxonomy_version(), store.revision()) == ("t-2", 1)


def test_a_switch_is_refused_while_a_document_lacks_its_mentions(store: DocumentStore) -> None:
    store.retagging.begin("t-2")
    first, second, third = store.retagging.lacking(0, 10)
    store.retagging.put([(first, ()), (second, ())])
    before = state(store)
    with pytest.raises(TaxonomyUpgradeRefused) as caught:
        store.retagging.switch("t-2")
    assert caught.value.code == "UPGRADE_INCOMPLETE"
    assert state(store) == before
    store.retagging.put([(third, ())])
    assert store.retagging.switch("t-2").n_changed == 3


def test_a_document_written_meanwhile_lacks_its_mentions_again(store: DocumentStore) -> None:
    store.retagging.begin("t-2")
    store.retagging.put([(d, d.mentions) for d in store.retagging.lacking(0, 10)])
    store.write([small("b", "another text"), small("d")])
    assert [d.document.name for d in store.retagging.lacking(0, 10)] == ["candidates/b", "candidates/d"]
    assert store.retagging.progress() == (2, 4)


def test_a_deleted_document_is_no_longer_waited_for_nor_brought_back(store: DocumentStore) -> None:
    store.retagging.begin("t-2")
    batch = store.retagging.lacking(0, 10)
    store.retagging.put([(batch[0], renamed(batch[0]))])
    store.delete("candidates/a")
    store.delete("candidates/b")
    store.retagging.put([(d, renamed(d)) for d in batch[1:]])
    store.retagging.switch("t-2")
    assert list(state(store)[2]) == ["candidates/c"]


def test_what_was_found_survives_a_restart_and_is_gone_on_with(store: DocumentStore, tmp_path: Path) -> None:
    store.retagging.begin("t-2")
    first = store.retagging.lacking(0, 1)[0]
    store.retagging.put([(first, renamed(first))])
    again = DocumentStore(StoreConfig(path=tmp_path / "s.db"))
    again.retagging.begin("t-2")
    assert [d.document.name for d in again.retagging.lacking(0, 10)] == ["candidates/b", "candidates/c"]
    again.close()


def test_an_upgrade_to_another_version_starts_anew(store: DocumentStore) -> None:
    store.retagging.begin("t-2")
    store.retagging.put([(d, ()) for d in store.retagging.lacking(0, 10)])
    store.retagging.begin("t-3")
    assert store.retagging.progress() == (0, 3)
    with pytest.raises(TaxonomyUpgradeRefused):
        store.retagging.switch("t-2")


def test_a_given_up_upgrade_leaves_no_trace_and_takes_nothing_more(store: DocumentStore) -> None:
    before = state(store)
    store.retagging.begin("t-2")
    batch = store.retagging.lacking(0, 10)
    store.retagging.put([(d, renamed(d)) for d in batch])
    store.retagging.abandon()
    assert state(store) == before
    for refused in (lambda: store.retagging.put([(batch[0], ())]), lambda: store.retagging.switch("t-2")):
        with pytest.raises(TaxonomyUpgradeRefused) as caught:
            refused()
        assert caught.value.code == "NO_UPGRADE"
