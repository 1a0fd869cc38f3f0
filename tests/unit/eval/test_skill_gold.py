"""The gold set: read exactly or refused, and split the same way for ever."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from eval.skill_gold import GOLD_FOLDER, find_occurrence, is_test, read_annotation, read_texts
from matcher.domain.document import Kind, Span
from matcher.domain.skill import Importance, Proficiency
from matcher.taxonomy import Taxonomy, load_starter

Write = Callable[..., Path]


def test_the_split_is_a_property_of_the_id_and_takes_about_a_third() -> None:
    named = ["s-zh-001", "s-zh-002", "s-en-001", "posting-zh-01", "course-en-02", "candidate-zh-03"]
    # Written down on 2026-11-22: a text that changes sides would bring the test third into tuning.
    assert [i for i in named if is_test(i)] == ["s-zh-001", "s-zh-002", "candidate-zh-03"]
    ids = [f"s-{language}-{n:03}" for language in ("zh", "en") for n in range(1, 501)]
    assert 0.28 < sum(map(is_test, ids)) / len(ids) < 0.39


def test_texts_are_sentences_in_file_order_then_documents_with_their_kind(gold_folder: Write) -> None:
    texts = read_texts(gold_folder())
    assert list(texts) == ["s-zh-001", "s-en-001", "posting-zh-01"]
    assert [(t.language, t.kind) for t in texts.values()] == [("zh", None), ("en", None), ("zh", Kind.POSTING)]


def test_an_occurrence_is_counted_from_one_and_without_overlaps() -> None:
    assert find_occurrence("熟悉Java，精通Java", "Java", 2) == Span(9, 13)
    assert find_occurrence("aaaa", "aa", 2) == Span(2, 4)
    with pytest.raises(ValueError, match="3 times"):
        find_occurrence("aaaa", "aa", 3)


def test_a_row_becomes_a_mention_with_its_span_and_readings(gold_folder: Write, taxonomy: Taxonomy) -> None:
    folder = gold_folder(
        gold=["s-zh-001\tJava\t2\tjava\tessential\texpert\t\t", "posting-zh-01\tJava\t2\tjava\tessential\tnone\t3\tok"]
    )
    gold = read_annotation(folder / "gold.tsv", read_texts(folder), taxonomy)
    assert set(gold) == {"s-zh-001", "posting-zh-01"}
    first, second = gold["s-zh-001"][0], gold["posting-zh-01"][0]
    assert (first.span, first.importance, first.level, first.years) == (
        Span(9, 13),
        Importance.ESSENTIAL,
        Proficiency.EXPERT,
        None,
    )
    assert (second.level, second.years) == (None, 3.0)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("s-zh-999\tJava\t1\tjava\tnone\tnone\t\t", "no text"),
        ("s-zh-001\tJava\t3\tjava\tnone\tnone\t\t", "3 times"),
        ("s-zh-001\tJava\tx\tjava\tnone\tnone\t\t", "occurrence"),
        ("s-zh-001\tJava\t1\tjava\tneeded\tnone\t\t", "importance"),
        ("s-zh-001\tJava\t1\tjava\tnone\t熟悉\t\t", "level"),
        ("s-zh-001\tJava\t1\tjava\tnone\tnone\t-1\t", "negative"),
        ("s-zh-001\tJava\t1\tcobol\tnone\tnone\t\t", "no skill cobol"),
        ("s-zh-001\tJava\t1\t\tnone\tnone\t\t", "written -"),
        ("s-zh-001\tJava\t1\tjava\tnone\tnone\t", "7 fields"),
    ],
)
def test_a_row_that_cannot_be_read_exactly_is_refused_with_its_line(
    gold_folder: Write, taxonomy: Taxonomy, row: str, reason: str
) -> None:
    folder = gold_folder(gold=[row])
    with pytest.raises(ValueError, match=rf"gold\.tsv:2: .*{reason}"):
        read_annotation(folder / "gold.tsv", read_texts(folder), taxonomy)


@pytest.mark.parametrize(
    ("ours", "theirs"), [("aware", "basic"), ("familiar", "intermediate"), ("proficient", "advanced")]
)
def test_a_level_may_stand_by_the_service_s_name_or_by_the_format_s(gold_folder: Write, ours: str, theirs: str) -> None:
    rows = [f"s-zh-001\tJava\t{n}\tjava\tnone\t{level}\t\t" for n, level in ((1, ours), (2, theirs))]
    folder = gold_folder(gold=rows)
    first, second = read_annotation(folder / "gold.tsv", read_texts(folder))["s-zh-001"]
    assert first.level is second.level is Proficiency[ours.upper()]


def test_overlapping_spans_are_refused(gold_folder: Write) -> None:
    folder = gold_folder(
        gold=["s-zh-001\tJava和\t1\tjava\tnone\tnone\t\t", "s-zh-001\t和Python\t1\tpython\tnone\tnone\t\t"]
    )
    with pytest.raises(ValueError, match="overlaps"):
        read_annotation(folder / "gold.tsv", read_texts(folder))


def test_the_gold_set_is_whole() -> None:
    texts = read_texts()
    gold = read_annotation(GOLD_FOLDER / "gold.tsv", texts, load_starter())
    sentences = [t for t in texts.values() if t.kind is None]
    assert len(sentences) >= 150
    assert len(texts) - len(sentences) >= 40
    assert {t.language for t in texts.values() if t.id in gold and t.is_test} == {"zh", "en"}
