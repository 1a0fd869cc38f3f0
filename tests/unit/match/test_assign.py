"""Assignments: the optimal one against enumeration, the stable one without blocking pairs, capacities never exceeded."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from matcher.match.assign import NOWHERE, assign_optimal, assign_stable, blocking_pairs

Instance = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_], NDArray[np.int64]]


@st.composite
def instances(draw: st.DrawFn) -> Instance:
    """(wish, worth, allowed, capacities) of up to 5 rows and 3 columns; worths from a coarse grid, so that ties occur."""
    n, m = draw(st.integers(1, 5)), draw(st.integers(1, 3))

    def grid(values: st.SearchStrategy[float]) -> NDArray[np.float64]:
        return np.array(draw(st.lists(values, min_size=n * m, max_size=n * m))).reshape(n, m)

    tenths = st.integers(0, 10).map(lambda i: i / 10)
    allowed = np.array(draw(st.lists(st.booleans(), min_size=n * m, max_size=n * m))).reshape(n, m)
    capacities = np.array(draw(st.lists(st.integers(0, 3), min_size=m, max_size=m)), dtype=np.int64)
    return grid(tenths), grid(tenths), allowed, capacities


def total(worth: NDArray[np.float64], assigned: NDArray[np.int64]) -> float:
    return sum(float(worth[row, column]) for row, column in enumerate(assigned.tolist()) if column != NOWHERE)


def by_enumeration(worth: NDArray[np.float64], allowed: NDArray[np.bool_], capacities: NDArray[np.int64]) -> float:
    n, m = worth.shape
    best = 0.0
    for choice in itertools.product(range(-1, m), repeat=n):
        fits = all(choice.count(j) <= capacities[j] for j in range(m))
        if fits and all(j < 0 or allowed[i, j] for i, j in enumerate(choice)):
            best = max(best, sum(worth[i, j] for i, j in enumerate(choice) if j >= 0))
    return best


def assert_feasible(assigned: NDArray[np.int64], allowed: NDArray[np.bool_], capacities: NDArray[np.int64]) -> None:
    for row, column in enumerate(assigned.tolist()):
        assert column == NOWHERE or allowed[row, column]
    taken = np.bincount(assigned[assigned != NOWHERE], minlength=len(capacities))
    assert (taken <= capacities).all()


@settings(max_examples=150, deadline=None)
@given(instances())
def test_the_optimal_assignment_is_worth_what_enumeration_finds(instance: Instance) -> None:
    _, worth, allowed, capacities = instance
    found = assign_optimal(worth, allowed, capacities)
    assert_feasible(found, allowed, capacities)
    assert total(worth, found) == pytest.approx(by_enumeration(worth, allowed, capacities), abs=1e-5)


@settings(max_examples=150, deadline=None)
@given(instances())
def test_the_stable_assignment_has_no_blocking_pair(instance: Instance) -> None:
    wish, worth, allowed, capacities = instance
    found = assign_stable(wish, worth, allowed, capacities)
    assert_feasible(found, allowed, capacities)
    assert blocking_pairs(found, wish, worth, allowed, capacities) == []


@settings(max_examples=60, deadline=None)
@given(instances())
def test_no_stable_assignment_suits_a_row_better(instance: Instance) -> None:
    """Without ties the proposing side gets the best that any stable assignment gives it."""
    wish, worth, allowed, capacities = instance
    n, m = wish.shape
    # a distinct share per pair breaks all ties without turning an order round
    wish = wish + np.arange(n * m).reshape(n, m) / 10_000
    worth = worth + np.arange(n * m)[::-1].reshape(n, m) / 10_000
    found = assign_stable(wish, worth, allowed, capacities)
    for choice in itertools.product(range(-1, m), repeat=n):
        other = np.array(choice)
        if any(choice.count(j) > capacities[j] for j in range(m)):
            continue
        if any(j >= 0 and not allowed[i, j] for i, j in enumerate(choice)):
            continue
        if blocking_pairs(other, wish, worth, allowed, capacities):
            continue
        for row in range(n):
            have = wish[row, found[row]] if found[row] != NOWHERE else -1.0
            assert have >= (wish[row, other[row]] if other[row] != NOWHERE else -1.0)


def test_the_two_modes_differ_where_the_total_asks_for_a_sacrifice() -> None:
    worth = np.array([[0.9, 0.8], [0.8, 0.1]])
    allowed, capacities = np.ones((2, 2), bool), np.ones(2, np.int64)
    assert assign_optimal(worth, allowed, capacities).tolist() == [1, 0]
    assert assign_stable(worth, worth, allowed, capacities).tolist() == [0, 1]
    assert blocking_pairs(np.array([1, 0]), worth, worth, allowed, capacities) == [(0, 0)]


@pytest.mark.parametrize("n", [0, 3])
def test_nothing_allowed_assigns_nobody(n: int) -> None:
    allowed = np.zeros((n, 2), bool)
    worth, capacities = np.ones((n, 2)), np.ones(2, np.int64)
    assert assign_optimal(worth, allowed, capacities).tolist() == [NOWHERE] * n
    assert assign_stable(worth, worth, allowed, capacities).tolist() == [NOWHERE] * n
