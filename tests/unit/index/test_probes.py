"""How many lists are read, on numbers small enough to follow by hand."""

from __future__ import annotations

import numpy as np
import pytest

from matcher.index.probes import ProbePlan, calibrated

PLAN = ProbePlan(ranks=(10, 100), lists=(2, 4), n_lists=8, recall_target=0.95)


@pytest.mark.parametrize(("rank", "lists"), [(1, 2), (10, 2), (31.7, 4), (100, 4), (100.5, np.inf)])
def test_lists_grow_with_rank_and_end_with_the_table(rank: float, lists: float) -> None:
    assert PLAN.lists_for(np.array([rank])).tolist() == [lists]


def test_filter_reads_on_until_the_rank_of_its_kth_row_is_covered() -> None:
    total = np.full((4, 4), 5)
    allowed = np.array(
        [
            [5, 5, 5, 5],  # everything allowed: 2 rows are met among the first 5, so lists for rank 5
            [1, 1, 0, 0],  # the second allowed row is met after 10 rows
            [0, 0, 0, 2],  # after 20 rows: 2 + 2 lg 2 = 2.6 lists, but it is in the fourth
            [0, 1, 0, 0],  # never: only an exact search is sure
        ]
    )
    assert PLAN.stops(2, allowed, total).tolist() == [2, 2, 4, 0]


def test_filter_whose_rows_lie_beyond_the_table_is_searched_exactly() -> None:
    assert PLAN.stops(1, np.array([[0, 1, 0, 0]]), np.array([[90, 90, 5, 5]])).tolist() == [0]


def test_calibration_counts_the_lists_that_hold_the_neighbours() -> None:
    # All 40 queries read lists 0, 1, 2, 3 in this order; their 20 neighbours lie 10 in list 0, 9 in list 1, 1 in list 2.
    neighbours = np.tile([0] * 10 + [1] * 9 + [2], (40, 1))
    order = np.tile(np.arange(4), (40, 1))
    plan = calibrated(neighbours, order, 0.95)
    assert (plan.ranks, plan.lists, plan.n_lists) == ((10, 20), (1, 2), 4)
    assert calibrated(neighbours, order, 0.96).lists == (1, 3)


def test_calibration_is_wary_of_queries_that_differ() -> None:
    # 96 of 100 queries find all in list 0: recall 0.96 on average, but 0.93 at the lower end of the interval.
    neighbours = np.array([[0]] * 96 + [[1]] * 4)
    order = np.tile(np.arange(2), (100, 1))
    assert calibrated(neighbours, order, 0.95).lists == (2,)
    assert calibrated(neighbours, order, 0.92).lists == (1,)


def test_described_plan_is_read_back() -> None:
    assert ProbePlan.from_described(PLAN.described()) == PLAN
