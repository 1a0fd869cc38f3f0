"""The covering sets: exact equals the enumeration of all sets, greedy never beats it, unknown hours are never free."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.plan.set_cover import CoverProblem, apart, greedy_cover, smallest_cover

LIMIT_S = 20.0


def enumerated(problem: CoverProblem) -> tuple[int, float]:
    """Size and hours of the best covering set, by trying all of them."""
    for size in range(len(problem.covers) + 1):
        hours = [
            sum(problem.priced[c] for c in chosen)
            for chosen in combinations(range(len(problem.covers)), size)
            if frozenset().union(*(problem.covers[c] for c in chosen)) == problem.to_cover
        ]
        if hours:
            return size, min(hours)
    raise AssertionError("all courses together cover what they cover")


def random_problem(seed: int) -> CoverProblem:
    chance = random.Random(seed)  # noqa: S311
    n_courses, n_requirements = chance.randint(1, 11), chance.randint(1, 12)
    density = chance.choice((0.1, 0.25, 0.4))
    covers = [frozenset(r for r in range(n_requirements) if chance.random() < density) for _ in range(n_courses)]
    hours = [None if chance.random() < 0.15 else chance.choice((16.0, 24.5, 32.0, 48.0, 64.25)) for _ in covers]
    return CoverProblem(covers, hours)


def covered_by(problem: CoverProblem, chosen: tuple[int, ...]) -> frozenset[int]:
    return frozenset().union(*(problem.covers[c] for c in chosen))


@pytest.mark.parametrize("block", range(10))
def test_the_smallest_set_is_that_of_enumeration(block: int) -> None:
    for seed in range(block * 30, block * 30 + 30):
        problem = random_problem(seed)
        found, greedy = smallest_cover(problem, LIMIT_S), greedy_cover(problem)
        size, hours = enumerated(problem)
        assert len(found.courses) == size
        assert sum(problem.priced[c] for c in found.courses) == pytest.approx(hours)
        assert (found.is_smallest, found.size_bound, found.has_least_hours) == (True, size, True)
        assert covered_by(problem, found.courses) == covered_by(problem, greedy) == problem.to_cover
        assert len(greedy) >= size


def test_the_random_problems_are_not_all_easy() -> None:
    harder = [s for s in range(300) if len(greedy_cover(p := random_problem(s))) > enumerated(p)[0]]
    assert len(harder) >= 5


def test_greedy_is_led_astray_where_the_exact_set_is_not() -> None:
    # the classic: the greedy choice takes the largest set first and then needs both halves' rests
    problem = CoverProblem([frozenset({0, 1, 3, 4}), frozenset({0, 1, 2}), frozenset({3, 4, 5})], [30.0, 30.0, 30.0])
    assert greedy_cover(problem) == (0, 1, 2)
    assert smallest_cover(problem, LIMIT_S).courses == (1, 2)


def test_of_equally_small_sets_the_shorter_one_is_chosen() -> None:
    problem = CoverProblem(
        [frozenset({0, 1}), frozenset({2}), frozenset({0}), frozenset({1, 2})], [40.0, 40.0, 16.0, 48.0]
    )
    assert smallest_cover(problem, LIMIT_S).courses == (2, 3)


def test_unknown_hours_count_as_the_longest_course() -> None:
    same = [frozenset({0}), frozenset({0}), frozenset({1})]
    assert smallest_cover(CoverProblem(same, [None, 64.0, 32.0]), LIMIT_S).courses == (0, 2)  # a tie: the first
    assert smallest_cover(CoverProblem(same, [None, 48.0, 64.0]), LIMIT_S).courses == (1, 2)


@pytest.mark.parametrize("covers", [[], [frozenset[int]()]])
def test_where_nothing_is_covered_the_smallest_set_is_empty(covers: list[frozenset[int]]) -> None:
    found = smallest_cover(CoverProblem(covers, [None] * len(covers)), LIMIT_S)
    assert (found.courses, found.is_smallest, found.size_bound) == ((), True, 0)


def test_a_passed_limit_gives_a_covering_set_and_an_honest_bound() -> None:
    chance = random.Random(7)  # noqa: S311
    covers = [frozenset(chance.sample(range(300), 12)) for _ in range(400)]
    problem = CoverProblem(covers, [32.0] * 400)
    found = smallest_cover(problem, 0.05)
    assert covered_by(problem, found.courses) == problem.to_cover
    assert found.size_bound <= len(found.courses) <= len(greedy_cover(problem))
    assert not found.is_smallest
    assert not found.has_least_hours


def test_a_college_sized_problem_is_proven() -> None:
    """Many courses that cover a few requirements each, common ones far more often: hard without the linear relaxation."""
    chance = random.Random(2)  # noqa: S311
    rarity = [1 / (rank + 1) for rank in range(27)]
    covers = [frozenset(chance.choices(range(27), rarity, k=chance.randint(0, 4))) for _ in range(1457)]
    problem = CoverProblem(covers, [chance.choice((None, 16.0, 32.0, 48.0, 64.0)) for _ in covers])
    found = smallest_cover(problem, LIMIT_S)
    assert (found.is_smallest, found.has_least_hours) == (True, True)
    assert (len(found.courses), len(greedy_cover(problem))) == (8, 10)
    assert covered_by(problem, found.courses) == problem.to_cover
    assert apart(problem) <= found.size_bound == 8


def test_dominated_courses_are_left_out_of_the_search_only() -> None:
    covers = [frozenset({0}), frozenset({0, 1}), frozenset({0, 1}), frozenset({2}), frozenset({1, 2}), frozenset[int]()]
    problem = CoverProblem(covers, [8.0, 16.0, 32.0, 64.0, 48.0, 8.0])
    assert problem.candidates == (0, 1, 3, 4)
    assert problem.maximal == (1, 4)
    assert problem.undominated == (0, 1, 4)  # the first is shorter than what covers more
    assert apart(problem) == 2


sets = st.lists(st.frozensets(st.integers(0, 7), max_size=5), min_size=1, max_size=7)


@settings(max_examples=60, deadline=None)
@given(covers=sets, extra=st.frozensets(st.integers(0, 7), max_size=8))
def test_a_further_course_never_enlarges_the_set_that_covers_the_same(
    covers: list[frozenset[int]], extra: frozenset[int]
) -> None:
    before = CoverProblem(covers, [32.0] * len(covers))
    after = CoverProblem([*covers, extra & before.to_cover], [32.0] * (len(covers) + 1))
    assert len(smallest_cover(after, LIMIT_S).courses) <= len(smallest_cover(before, LIMIT_S).courses)
