"""Agreement of annotators, against hand-worked values."""

from __future__ import annotations

import pytest

from eval.skill_agreement import agreement, cohen_kappa
from eval.skill_gold import GoldMention
from matcher.domain.document import Span
from matcher.domain.skill import Importance


def mention(start: int, skill: str, importance: Importance = Importance.STATED) -> GoldMention:
    return GoldMention(Span(start, start + 1), "x", skill, importance, None, None)


def test_kappa_of_the_textbook_example() -> None:
    # 50 items: 20 both yes, 15 both no, 5 yes/no, 10 no/yes. Observed .7; expected .5·.6 + .5·.4 = .5; (.7 - .5) / .5 = .4
    labels = [("y", "y")] * 20 + [("n", "n")] * 15 + [("y", "n")] * 5 + [("n", "y")] * 10
    assert cohen_kappa(labels) == pytest.approx(0.4)


def test_kappa_is_1_for_full_agreement_and_undefined_where_chance_explains_it() -> None:
    assert cohen_kappa([("a", "a"), ("b", "b")]) == 1.0
    assert cohen_kappa([("a", "b"), ("b", "a")]) == -1.0
    assert cohen_kappa([("a", "a"), ("a", "a")]) is None
    assert cohen_kappa([]) is None


def test_agreement_counts_the_texts_asked_for_only() -> None:
    first = {"t": (mention(0, "a"), mention(2, "b"), mention(4, "c")), "other": (mention(0, "z"),)}
    second = {"t": (mention(0, "a"), mention(2, "x"), mention(6, "d", Importance.ESSENTIAL), mention(8, "e"))}
    found = agreement(first, second, ["t"])
    assert (found.first, found.second, found.shared) == (3, 4, 2)
    assert found.strict_f1 == pytest.approx(2 / 7)
    assert found.span_f1 == pytest.approx(4 / 7)
    # a/a, b/x: observed 1/2, expected 1/2·1/2 = 1/4; (1/2 - 1/4) / (3/4) = 1/3
    assert found.skill_kappa == pytest.approx(1 / 3)
    assert found.importance_kappa is None
