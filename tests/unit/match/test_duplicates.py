"""Repeats among ranked texts, caps by organisation, and diversification: worked by hand, and what must hold of them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.match.diversify import capped, diversified
from matcher.match.duplicates import PERMUTATIONS, lookalikes, repeats, signature


def random_text(seed: int, n: int = 400) -> str:
    letters = np.random.default_rng(seed).choice(list("水质化验检测数据分析实验室仪器abcdefgh，。"), n)
    return "".join(letters.tolist())


def jaccard(left: str, right: str) -> float:
    """Exact, over 5-character shingles of what is a letter or digit."""
    plain = ["".join(c for c in text if c.isalnum()) for text in (left, right)]
    a, b = ({p[i : i + 5] for i in range(len(p) - 4)} for p in plain)
    return len(a & b) / len(a | b)


@pytest.mark.parametrize("kept", [400, 380, 300, 200])
def test_signatures_estimate_the_share_of_common_shingles(kept: int) -> None:
    one = random_text(1)
    other = one[:kept] + random_text(2, 400 - kept)
    estimate = float((signature(one) == signature(other)).mean())
    assert estimate == pytest.approx(jaccard(one, other), abs=4 * 0.5 / math.sqrt(PERMUTATIONS))


def test_case_blanks_punctuation_and_what_was_redacted_make_no_difference() -> None:
    assert (signature("姓名：███\n水质化验员，Python 3") == signature("姓名： 水质化验员 python3")).all()
    assert (signature("") == signature("。█ ")).all()
    assert not (signature("水质化验员") == signature("电工")).all()


def test_a_repeat_is_told_with_the_best_document_that_repeats_none() -> None:
    text = random_text(3)
    signatures = {0: signature(random_text(4)), 1: signature(text), 2: signature(text), 5: signature(text + "，急聘")}
    found = repeats(signatures, 0.8)
    assert {position: first for position, (first, _) in found.items()} == {2: 1, 5: 1}
    assert found[2][1] == 1.0
    assert 0.8 <= found[5][1] < 1.0 + 1e-9
    assert repeats(signatures, 1.0)[2] == (1, 1.0)
    assert repeats({}, 0.8) == {}


def test_only_rows_that_resemble_another_are_read() -> None:
    rows = np.array([[1, 0, 0], [0.9, math.sqrt(0.19), 0], [0, 0, 1], [0, 0, 0], [0, 0, 0]], dtype=np.float32)
    assert lookalikes(rows) == [0, 1]
    assert lookalikes(rows[:1]) == []
    assert lookalikes(rows[:0]) == []


def test_caps_keep_the_best_of_each_organisation_and_all_of_unknown_ones() -> None:
    organisations = np.array([1.0, 1.0, np.nan, 2.0, 1.0, np.nan, np.nan])
    assert capped([0, 1, 2, 3, 4, 5, 6], organisations, 1) == [0, 2, 3, 5, 6]
    assert capped([4, 1, 0, 3], organisations, 2) == [4, 1, 3]
    assert capped([0, 1], organisations, 5) == [0, 1]


def test_diversification_worked_by_hand() -> None:
    bodies = np.array([[1, 0], [1, 0], [0, 1]], dtype=np.float32)
    scores = np.array([0.9, 0.8, 0.5])
    # after 0: 1 is worth 0.5 · 0.8 - 0.5 · 1 < 0, 2 is worth 0.5 · 0.5
    assert diversified([0, 1, 2], scores, bodies, 0.5) == [0, 2, 1]
    assert diversified([0, 1, 2], scores, bodies, 0.1) == [0, 1, 2]
    assert diversified([0, 1, 2], scores, bodies, 1.0) == [0, 2, 1]
    assert diversified([], scores, bodies, 0.5) == []


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 30), st.floats(0, 1))
def test_diversification_keeps_all_and_begins_with_the_best(seed: int, n: int, diversity: float) -> None:
    rng = np.random.default_rng(seed)
    bodies = rng.standard_normal((n, 4)).astype(np.float32)
    bodies /= np.linalg.norm(bodies, axis=1, keepdims=True)
    scores = np.sort(rng.random(n))[::-1]
    order = diversified(list(range(n)), scores, bodies, diversity)
    assert sorted(order) == list(range(n))
    if diversity < 1.0:
        assert order[0] == 0
    assert diversified(list(range(n)), scores, bodies, 0.0) == list(range(n))
