"""Demand of one posting and of many, against numbers worked by hand and against counting one by one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from matcher.plan.demand import asking, demand_of, quoted_postings, satisfying_half

N_SKILLS = 6


@dataclass(frozen=True)
class Posting:
    """Demands of one posting."""

    demand_skills: NDArray[np.int32]
    demand_importance: NDArray[np.int8]
    demand_levels: NDArray[np.int8]


def posting(*demands: tuple[int, int, int]) -> Posting:
    """(skill, 0 essential or 1 preferred, level) each."""
    columns = np.array(demands, dtype=np.int32).reshape(-1, 3).T
    return Posting(columns[0], columns[1].astype(np.int8), columns[2].astype(np.int8))


postings = st.lists(
    st.lists(
        st.tuples(st.integers(0, N_SKILLS - 1), st.integers(0, 1), st.integers(0, 4)),
        max_size=N_SKILLS,
        unique_by=lambda d: d[0],
    ).map(lambda demands: posting(*demands)),
    max_size=7,
)


def test_a_single_posting_demands_what_it_says() -> None:
    demand = demand_of([posting((4, 1, 0), (2, 0, 3))], N_SKILLS)
    assert demand.skills.tolist() == [2, 4]
    assert demand.is_essential.tolist() == [True, False]
    assert demand.levels.tolist() == [3, 0]
    assert demand.shares.tolist() == [1.0, 1.0]


def test_a_cohort_is_counted_by_hand() -> None:
    cohort = [posting((1, 0, 2), (3, 1, 0)), posting((1, 1, 4)), posting((1, 1, 3), (3, 0, 1)), posting()]
    demand = demand_of(cohort, N_SKILLS)
    assert demand.skills.tolist() == [1, 3]
    assert demand.n_asking.tolist() == [3, 2]
    assert demand.shares.tolist() == [0.75, 0.5]
    # skill 1: one of three calls it essential; skill 3: one of two, which is half
    assert demand.is_essential.tolist() == [False, True]
    # 2, 3 and 4 are named for skill 1: level 3 satisfies two of three, level 2 only one
    assert demand.levels.tolist() == [3, 1]


def test_no_postings_demand_nothing() -> None:
    demand = demand_of([], N_SKILLS)
    assert (len(demand.skills), demand.n_postings, len(demand.shares)) == (0, 0, 0)


@given(postings)
def test_counts_agree_with_counting_one_by_one(cohort: list[Posting]) -> None:
    demand = demand_of(cohort, N_SKILLS)
    rows = [
        (int(s), int(i), int(level))
        for p in cohort
        for s, i, level in zip(p.demand_skills, p.demand_importance, p.demand_levels, strict=True)
    ]
    assert demand.skills.tolist() == sorted({s for s, _, _ in rows})
    for at, skill in enumerate(demand.skills.tolist()):
        mine = [(i, level) for s, i, level in rows if s == skill]
        assert demand.n_asking[at] == len(mine)
        assert demand.is_essential[at] == (sum(i == 0 for i, _ in mine) >= len(mine) / 2)
        levels = [level for _, level in mine if level]
        candidates = [q for q in range(1, 5) if sum(level <= q for level in levels) >= len(levels) / 2]
        assert demand.levels[at] == (candidates[0] if levels else 0)


@given(postings, st.randoms())
def test_the_order_of_postings_does_not_matter(cohort: list[Posting], random: object) -> None:
    shuffled = list(cohort)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = demand_of(cohort, N_SKILLS), demand_of(shuffled, N_SKILLS)
    for field in ("skills", "n_asking", "is_essential", "levels"):
        assert getattr(one, field).tolist() == getattr(other, field).tolist()


@given(postings)
def test_those_that_ask_are_found(cohort: list[Posting]) -> None:
    found = asking(cohort, range(N_SKILLS), N_SKILLS)
    for skill in range(N_SKILLS):
        assert found[skill].tolist() == [n for n, p in enumerate(cohort) if skill in p.demand_skills]


@pytest.mark.parametrize(("values", "expected"), [([], None), ([3], 3), ([5, 1], 1), ([2, 3, 3], 3), ([4, 1, 2, 9], 2)])
def test_half_of_those_that_name_a_minimum_are_satisfied(values: list[int], expected: int | None) -> None:
    assert satisfying_half(values) == expected


def test_few_documents_are_quoted() -> None:
    by_skill = {7: np.array([4, 5, 6]), 8: np.array([1, 5, 6, 9]), 9: np.array([2])}
    assert quoted_postings(by_skill, 2) == {7: [4, 5], 8: [1, 5], 9: [2]}
