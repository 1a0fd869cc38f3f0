"""Distances, order and trends, worked by hand, and the laws that they keep."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from matcher.domain.document import EducationLevel
from matcher.domain.gap import EducationGap, ExperienceGap, Gap, GapStatus, RequirementGap
from matcher.domain.skill import Importance, SkillKind
from matcher.domain.target import Target, TargetRequirement, TargetSource
from matcher.domain.transition import Demand, Transition, Trend, TrendSource
from matcher.errors import InvalidRequest
from matcher.plan.transition import HALF_YEAR_DAYS, MIN_DATED, distances, ranked, trend_of
from matcher.plan.transition_text import transition_text

TODAY = date(2026, 11, 30).toordinal()
RECENT, EARLIER, LONG_AGO = TODAY, TODAY - HALF_YEAR_DAYS, TODAY - 2 * HALF_YEAR_DAYS


def days(*counts: tuple[int, float]) -> NDArray[np.float64]:
    """(how many, on which day)."""
    return np.array([day for n, day in counts for _ in range(n)], dtype=np.float64)


def test_distances_are_worked_by_hand() -> None:
    weights = np.array([1.0, 0.5, 0.4, 0.8])
    credit = np.array([1.0, 0.5, 0.0, 0.25], dtype=np.float32)
    found = distances(weights, credit, np.array([3, 0, 1]))
    assert found[0] == pytest.approx((0.25 + 0.4) / 1.9)
    assert math.isnan(found[1])
    assert found[2] == pytest.approx(0.75)


rows = st.lists(st.tuples(st.floats(0.01, 1.0), st.floats(0, 1, width=32)), min_size=1, max_size=8)


@given(rows)
def test_a_distance_is_a_share_and_falls_with_what_is_shown(requirements: list[tuple[float, float]]) -> None:
    weights = np.array([w for w, _ in requirements])
    credit = np.array([c for _, c in requirements], dtype=np.float32)
    (found,) = distances(weights, credit, np.array([len(requirements)]))
    (nearer,) = distances(weights, np.minimum(credit + 0.1, 1.0).astype(np.float32), np.array([len(requirements)]))
    (all_shown,) = distances(weights, np.ones_like(credit), np.array([len(requirements)]))
    assert 0 <= nearer <= found + 1e-9 <= 1 + 1e-9
    assert all_shown == pytest.approx(0, abs=1e-9)


@dataclass(frozen=True)
class Somewhere:
    """A destination."""

    name: str
    distance: float
    demand: Demand
    title: str = ""


def test_the_nearest_come_first_then_those_in_demand() -> None:
    places = [
        Somewhere("far", 0.9, Demand(100)),
        Somewhere("b", 0.5, Demand(1)),
        Somewhere("a", 0.5, Demand(1)),
        Somewhere("wanted", 0.5, Demand(7)),
        Somewhere("strange", 1.0, Demand(500)),
    ]
    assert [p.name for p in ranked(places, 1.0)] == ["wanted", "a", "b", "far"]
    assert [p.name for p in ranked(places, 0.5)] == ["wanted", "a", "b"]


@pytest.mark.parametrize(
    ("mine", "others", "trend"),
    [
        # 15 of 50 against 5 of 50: z = 2.5
        (days((15, RECENT), (5, EARLIER)), days((35, RECENT), (45, EARLIER)), Trend.GROWING),
        (days((5, RECENT), (15, EARLIER)), days((45, RECENT), (35, EARLIER)), Trend.SHRINKING),
        # twice as many, but so are all
        (days((20, RECENT), (10, EARLIER)), days((80, RECENT), (40, EARLIER)), Trend.STEADY),
        (days((6, RECENT), (5, EARLIER)), days((50, RECENT), (50, EARLIER)), Trend.STEADY),
        (days((MIN_DATED - 1, RECENT)), days((1, RECENT), (50, EARLIER)), Trend.UNKNOWN),
        (days((30, RECENT)), days((30, RECENT)), Trend.UNKNOWN),
        (days((30, RECENT), (5, EARLIER)), days(), Trend.UNKNOWN),
        (days((30, math.nan)), days((30, math.nan)), Trend.UNKNOWN),
        (days(), days(), Trend.UNKNOWN),
    ],
)
def test_a_trend_is_a_change_of_share_that_chance_does_not_explain(
    mine: NDArray[np.float64], others: NDArray[np.float64], trend: Trend
) -> None:
    found, n_recent, n_earlier = trend_of(mine, np.concatenate([mine, others]))
    assert found is trend
    assert (n_recent, n_earlier) == (int(np.sum(mine == RECENT)), int(np.sum(mine == EARLIER)))


def test_the_half_years_end_with_the_newest_posting() -> None:
    mine = days((1, TODAY), (2, EARLIER + 1), (4, EARLIER), (8, LONG_AGO + 1), (16, LONG_AGO))
    _, n_recent, n_earlier = trend_of(mine, mine)
    assert (n_recent, n_earlier) == (1 + 2, 4 + 8)


def test_a_store_that_fills_makes_nothing_grow() -> None:
    mine, all_days = days((30, RECENT), (3, EARLIER)), days((300, RECENT), (30, EARLIER))
    assert trend_of(mine, all_days)[0] is Trend.STEADY


# --- text ------------------------------------------------------------------------------------------------------------


def requirement(skill: str, importance: Importance = Importance.ESSENTIAL) -> TargetRequirement:
    return TargetRequirement(skill, SkillKind.HARD, importance, None, 1.0, 1.0, 1.0)


def transition(demand: Demand, *statuses: GapStatus) -> Transition:
    gaps = tuple(
        RequirementGap(
            requirement(f"{status.value}-{n}", Importance.PREFERRED if n == 3 else Importance.ESSENTIAL), status, 0.0
        )
        for n, status in enumerate(statuses)
    )
    target = Target(TargetSource.OCCUPATION, "occupations/x", "x", 0, tuple(g.requirement for g in gaps))
    gap = Gap("", target, gaps, EducationGap(None, EducationLevel.MASTER), ExperienceGap(None, None))
    return Transition(1, "occupations/x", "x", 0.25, gap, demand)


def test_the_text_says_what_the_transition_says() -> None:
    found = transition(
        Demand(12, Trend.GROWING, TrendSource.STORE, 9, 2),
        GapStatus.MET,
        GapStatus.NEAR,
        GapStatus.MISSING,
        GapStatus.MISSING,
    )
    assert transition_text(found, str.upper, "en").splitlines() == [
        "x: distance 0.25",
        "Shown: MET-0",
        "Shown in part: NEAR-1",
        "Not shown, essential: MISSING-2",
        "Not shown, preferred: MISSING-3",
        "Postings stored: 12, growing (9 in the last half-year, 2 in the one before)",
    ]


def test_an_unknown_trend_is_called_unknown() -> None:
    text = transition_text(transition(Demand(0), GapStatus.MET), str, "zh")
    assert text.endswith("库内岗位 0 条，趋势未知")
    by_caller = transition(Demand(0, Trend.GROWING, TrendSource.CALLER), GapStatus.MET)
    assert transition_text(by_caller, str, "zh").endswith("需求上升（由调用方提供）")


def test_a_long_list_says_how_many_there_are() -> None:
    many = transition(Demand(0), *[GapStatus.MET] * 15)
    assert "met-11 and more, 15 in all" in transition_text(many, str, "en")


def test_no_third_language_is_rendered() -> None:
    with pytest.raises(InvalidRequest):
        transition_text(replace(transition(Demand(0)), title="y"), str, "fr")
