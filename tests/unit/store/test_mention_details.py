"""What a mention says beyond its skill, and unknown phrases: kept, read back, absent in older stores, gone with the document."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.document import Kind, SectionKind, Span
from matcher.domain.skill import FoundBy, Importance, Rank, SkillMention, UnlinkedPhrase
from matcher.store import DocumentStore, StoreConfig, StoredPhrase
from matcher.store.mention_details import decode_details, encode_details
from tests.unit.store.samples import small

PLAIN = SkillMention("java", "熟悉", Span(0, 2), 0.9, Importance.STATED, None, SectionKind.SKILLS)
RICH = replace(
    PLAIN, years=2.5, version="8/11", rank=Rank.PRIMARY, found_by=FoundBy.IMPLIED, implied_by="pmp", wished=True
)
PHRASES = (
    UnlinkedPhrase("Python", Span(2, 8), "u-0123456789ab", SectionKind.SKILLS),
    UnlinkedPhrase("熟", Span(0, 1), "u-ba9876543210", SectionKind.OTHER),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


def opened(path: Path) -> DocumentStore:
    return DocumentStore(StoreConfig(path=path))


def test_details_and_phrases_come_back_equal(path: Path) -> None:
    store = opened(path)
    store.write([replace(small("a"), mentions=(RICH, PLAIN), phrases=PHRASES)])
    stored = store.get("candidates/a")
    assert stored is not None
    assert (stored.mentions, stored.phrases) == ((RICH, PLAIN), PHRASES)
    text = stored.document.text
    assert list(store.phrases()) == [
        StoredPhrase(1, Kind.CANDIDATE, text, p.span, p.cluster) for p in PHRASES
    ]  # fmt: skip
    store.close()


def test_a_mention_with_nothing_to_add_takes_no_room() -> None:
    assert encode_details(PLAIN) is None
    assert decode_details(None) == {}


@given(
    years=st.none() | st.floats(0, 60),
    version=st.sampled_from(["", "8", "3.x", "2020"]),
    rank=st.none() | st.sampled_from(Rank),
    found_by=st.sampled_from(FoundBy),
    implied_by=st.sampled_from(["", "pmp"]),
    wished=st.booleans(),
)
def test_details_of_every_combination_come_back(
    years: float | None, version: str, rank: Rank | None, found_by: FoundBy, implied_by: str, wished: bool
) -> None:
    mention = replace(
        PLAIN, years=years, version=version, rank=rank, found_by=found_by, implied_by=implied_by, wished=wished
    )
    assert replace(PLAIN, **decode_details(encode_details(mention))) == mention


def test_a_store_of_an_older_release_is_read_and_written_on(path: Path) -> None:
    store = opened(path)
    store.write([replace(small("old"), mentions=(PLAIN,))])
    store.close()
    with sqlite3.connect(path) as raw:
        for table in ("mentions", "retagged_mentions"):
            raw.execute(f"ALTER TABLE {table} DROP COLUMN details")
        raw.execute("DROP TABLE phrases")
    again = opened(path)
    old = again.get("candidates/old")
    assert old is not None
    assert (old.mentions, old.phrases) == ((PLAIN,), ())
    again.write([replace(small("new"), mentions=(RICH,), phrases=PHRASES)])
    new = again.get("candidates/new")
    assert new is not None
    assert (new.mentions, new.phrases) == ((RICH,), PHRASES)
    again.close()


def test_phrases_are_replaced_and_deleted_with_their_document(path: Path) -> None:
    store = opened(path)
    store.write([replace(small("a"), phrases=PHRASES), replace(small("b"), phrases=PHRASES[:1])])
    store.write([replace(small("a", "熟悉Python和Go"), phrases=PHRASES[:1])])
    assert [(p.row_id, p.span) for p in store.phrases()] == [(1, Span(2, 8)), (2, Span(2, 8))]
    store.delete("candidates/a")
    assert [p.row_id for p in store.phrases()] == [2]
    store.close()


def test_many_phrases_are_read_in_order_over_several_batches(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matcher.store.mention_details._READ_BATCH", 2)
    store = opened(path)
    store.write([replace(small(name), phrases=PHRASES) for name in ("a", "b", "c")])
    places = [(p.row_id, p.span.start) for p in store.phrases()]
    assert places == [(1, 2), (1, 0), (2, 2), (2, 0), (3, 2), (3, 0)]
    store.close()


def test_details_go_along_when_mentions_are_exchanged_for_those_of_another_taxonomy(path: Path) -> None:
    store = opened(path)
    store.write([replace(small("a"), mentions=(PLAIN,))])
    stored = store.get("candidates/a")
    assert stored is not None
    store.retagging.begin("t-2")
    store.retagging.put([(stored, (RICH,))])
    assert store.retagging.switch("t-2").n_changed == 1
    again = store.get("candidates/a")
    assert again is not None
    assert again.mentions == (RICH,)
    store.close()
