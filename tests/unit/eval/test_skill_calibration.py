"""Reliability and the fit, against hand-worked values; what is written can be read by the extractor."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.skill_calibration import (
    IDENTITY,
    MIN_POOL,
    Outcome,
    bands,
    calibration_error,
    calibration_toml,
    fit_table,
    isotonic,
)
from matcher.domain.skill import FoundBy
from matcher.extract.calibration import Calibration, load_calibration

outcome_lists = st.lists(st.tuples(st.integers(1, 100).map(lambda n: n / 100), st.booleans()), min_size=1, max_size=200)


def test_bands_hold_their_lower_end_and_the_last_one_holds_1() -> None:
    found = bands([(0.3, True), (0.35, False), (0.9, True), (1.0, True)])
    assert [(b.low, b.claims, b.precision) for b in found] == [(0.3, 2, 0.5), (0.9, 2, 1.0)]
    assert found[0].mean_confidence == pytest.approx(0.325)


def test_calibration_error_by_hand() -> None:
    # band .9: 2 claims, mean .95, precision .5, gap .45; band .2: 2 claims, mean .2, precision 0, gap .2
    outcomes = [(0.9, True), (1.0, False), (0.2, False), (0.2, False)]
    assert calibration_error(outcomes) == pytest.approx((2 * 0.45 + 2 * 0.2) / 4)
    assert calibration_error([]) is None


def test_isotonic_pools_adjacent_violators() -> None:
    # shares by confidence: 0, 1, 0, 1: the middle two violate and pool to 1/2
    outcomes = [(0.1, False), (0.2, True), (0.4, False), (0.8, True)]
    assert isotonic(outcomes) == [(0.1, 0.0, 1), (pytest.approx(0.3), 0.5, 2), (0.8, 1.0, 1)]


def test_isotonic_pools_backwards_as_far_as_needed() -> None:
    # shares 1, 1, 0: 1 and 1 pool, then with 0 to 2/3
    outcomes = [(0.1, True), (0.2, True), (0.3, False)]
    (pool,) = isotonic(outcomes)
    assert pool == pytest.approx((0.2, 2 / 3, 3))


def test_isotonic_counts_equal_confidences_as_one_place() -> None:
    assert isotonic([(0.5, True), (0.5, False), (0.7, True)]) == [(0.5, 0.5, 2), (0.7, 1.0, 1)]


@given(outcome_lists)
def test_isotonic_rises_and_keeps_the_number_of_right_claims(outcomes: list[Outcome]) -> None:
    pools = isotonic(outcomes)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(pools))
    assert sum(n for *_, n in pools) == len(outcomes)
    assert sum(share * n for _, share, n in pools) == pytest.approx(sum(right for _, right in outcomes))


def test_a_fit_joins_pools_by_straight_lines_and_few_claims_give_the_identity() -> None:
    outcomes = [(0.4, i < 10) for i in range(40)] + [(0.9, i < 30) for i in range(40)]
    assert fit_table(outcomes) == ((0.0, 0.0), (0.4, 0.25), (0.9, 0.75), (1.0, 0.75))
    assert fit_table(outcomes[:49]) == IDENTITY


def test_pools_too_small_to_trust_join_a_neighbour() -> None:
    few = MIN_POOL - 1
    outcomes = [(0.4, i < 10) for i in range(40)] + [(0.9, True)] * few
    (point,) = fit_table(outcomes)[1:-1]
    assert point == pytest.approx(((40 * 0.4 + few * 0.9) / (40 + few), (10 + few) / (40 + few)), abs=1e-4)


@given(outcome_lists.filter(lambda o: len(o) >= 60))
def test_every_fit_is_a_table_that_the_extractor_takes(outcomes: list[Outcome]) -> None:
    table = fit_table(outcomes)
    Calibration({(language, way): table for language in ("zh", "en") for way in FoundBy})


def test_what_is_written_is_what_the_extractor_reads(tmp_path: Path) -> None:
    file = tmp_path / "calibration.toml"
    tables = {("zh", FoundBy.ALIAS): ((0.0, 0.0), (0.5, 0.2), (1.0, 0.8))}
    file.write_text(calibration_toml(tables, {("zh", FoundBy.ALIAS): 77}), encoding="utf-8")
    calibration = load_calibration(file)
    assert calibration.confidence(0.5, "压力测试", FoundBy.ALIAS) == 0.2
    assert calibration.confidence(0.75, "压力测试", FoundBy.ALIAS) == 0.5
    assert calibration.confidence(0.75, "load testing", FoundBy.ALIAS) == 0.75
    assert "zh alias: 77" in file.read_text(encoding="utf-8")
