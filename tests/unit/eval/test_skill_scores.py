"""Counts and ratios against hand-worked examples, and how claims are made of what the extractor finds."""

from __future__ import annotations

import pytest

from eval.skill_gold import GoldMention, GoldText
from eval.skill_prediction import Claim, Prediction, own_words, predict
from eval.skill_scores import SkillScores, errors, score
from matcher.domain.document import Kind, Span
from matcher.domain.skill import FoundBy, Importance, Proficiency
from matcher.extract import SkillExtractor

STATED, ESSENTIAL = Importance.STATED, Importance.ESSENTIAL


def gold(
    start: int, skill: str | None, importance: Importance = STATED, level: Proficiency | None = None
) -> GoldMention:
    return GoldMention(Span(start, start + 2), "xx", skill, importance, level, None)


def claim(start: int, skill: str, importance: Importance = STATED, years: float | None = None) -> Claim:
    return Claim(Span(start, start + 2), "xx", skill, importance, None, years, 0.9, FoundBy.ALIAS)


# Six marked places: a right; b right but importance wrong; c right place, wrong skill; d missed; two unknown, one returned.
# Claims: those three, one on an unknown place, one on no marked place.
GOLD = (
    gold(0, "a", level=Proficiency.EXPERT),
    gold(10, "b", ESSENTIAL),
    gold(20, "c"),
    gold(30, "d"),
    gold(40, None),
    gold(50, None),
)
PREDICTION = Prediction(
    (claim(0, "a", years=2.0), claim(10, "b"), claim(20, "x"), claim(50, "y"), claim(60, "z")),
    (Span(40, 42), Span(70, 72)),
)


def test_strict_and_span_scores_by_hand() -> None:
    s = score([(GOLD, PREDICTION)])
    assert (s.gold, s.claimed, s.right, s.right_spans) == (4, 5, 2, 3)
    assert s.strict_precision == pytest.approx(2 / 5)
    assert s.strict_recall == pytest.approx(2 / 4)
    assert s.strict_f1 == pytest.approx(4 / 9)
    assert s.span_f1 == pytest.approx(6 / 9)
    assert s.id_accuracy == pytest.approx(2 / 3)


def test_importance_level_and_years_are_judged_on_right_claims_only() -> None:
    s = score([(GOLD, PREDICTION)])
    assert s.importance_accuracy == 0.5
    assert s.level_accuracy == 0.5  # b: none on both sides
    assert (s.levels_named, s.named_level_accuracy) == (1, 0.0)
    assert (s.years_named, s.years_accuracy) == (1, 0.0)


def test_unknown_skills_count_for_phrases_alone() -> None:
    s = score([(GOLD, PREDICTION)])
    assert s.unknown_recall == 0.5
    assert s.unknown_precision == 0.5


def test_what_was_not_measured_is_undefined_and_neither_0_nor_1() -> None:
    empty = SkillScores()
    assert [empty.strict_f1, empty.importance_accuracy, empty.years_accuracy, empty.unknown_recall] == [None] * 4
    assert score([((), Prediction((claim(0, "a"),), ()))]).strict_f1 == 0.0


def test_two_claims_on_one_place_make_one_of_them_wrong() -> None:
    s = score([((gold(0, "a"),), Prediction((claim(0, "a"), claim(0, "b")), ()))])
    assert (s.strict_precision, s.strict_recall, s.span_f1, s.id_accuracy) == (0.5, 1.0, 1.0, 1.0)


def test_every_error_is_listed_once_in_order_of_place() -> None:
    lines = list(errors("t-1", GOLD, PREDICTION))
    assert [line.partition(" at ")[2].partition(": ")[0] for line in lines] == [
        "0",
        "0",
        "10",
        "20",
        "30",
        "50",
        "50",
        "60",
    ]
    kinds = [line.split(": ")[1] for line in lines]
    assert sorted(kinds) == sorted(
        [
            "wrong level",
            "wrong years",
            "wrong importance",
            "wrong skill",
            "missed",
            "unknown skill not returned",
            "not in gold",
            "not in gold",
        ]
    )
    assert list(errors("t-1", (gold(0, "a"),), Prediction((claim(0, "a"),), ()))) == []


@pytest.mark.parametrize(
    ("text", "span", "others", "words"),
    [
        ("产品/架构/系统设计", (0, 10), [(3, 10), (6, 10)], "产品"),
        ("产品/架构/系统设计", (3, 10), [(0, 10), (6, 10)], "架构"),
        ("系统设计与开发", (0, 7), [(0, 4)], "开发"),
        ("unit and system testing", (0, 23), [(9, 23)], "unit"),
        ("系统设计", (0, 4), [(5, 9)], "系统设计"),
        ("系统设计", (0, 4), [(0, 4)], "系统设计"),
    ],
)
def test_of_a_list_item_its_own_words_are_taken(
    text: str, span: tuple[int, int], others: list[tuple[int, int]], words: str
) -> None:
    own = own_words(Span(*span), [Span(*span), *(Span(*o) for o in others)], text)
    assert text[own.start : own.end] == words


def test_a_sentence_is_read_as_plain_text(extractor: SkillExtractor) -> None:
    text = "Front-end and back-end development; expert in Java. Nothing of JavaScripture."
    found = predict(extractor, GoldText("s-en-1", "en", text, None))
    assert [(text[c.span.start : c.span.end], c.skill_id) for c in found.claims] == [
        ("Front-end", "front-end"),
        ("back-end development", "back-end"),
        ("Java", "java"),
    ]
    assert found.claims[2].level is Proficiency.EXPERT


def test_a_document_is_read_with_its_sections_and_offsets_are_those_of_the_file(extractor: SkillExtractor) -> None:
    text = "后端开发工程师\n\n岗位职责：\n负责前端开发\n\n任职要求：\n3年以上Java经验\n"
    found = predict(extractor, GoldText("posting-zh-02", "zh", text, Kind.POSTING))
    by_skill = {c.skill_id: c for c in found.claims if c.span.start > 8}
    java = by_skill["java"]
    assert text[java.span.start : java.span.end] == "Java"
    assert (java.importance, java.years) == (Importance.ESSENTIAL, 3.0)
    assert by_skill["front-end"].importance is Importance.STATED
