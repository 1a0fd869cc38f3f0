"""The metrics, against values worked out by hand from their definitions."""

from __future__ import annotations

import math

import numpy as np
import pytest

from eval.metrics import average_precision, mean_scores, ndcg, precision_at_1, recall, reciprocal_rank


def gains(*values: float) -> np.ndarray:
    return np.asarray(values, dtype=np.float64)


def test_average_precision_of_relevant_at_ranks_1_and_3() -> None:
    # precision 1/1 at rank 1, 2/3 at rank 3; two relevant items: (1 + 2/3) / 2
    assert average_precision(gains(1, 0, 1, 0), 2) == pytest.approx(5 / 6)


def test_average_precision_counts_relevant_items_never_retrieved_as_zero() -> None:
    # precision 1/2 at rank 2, three relevant items in all: (1/2) / 3
    assert average_precision(gains(0, 1, 0), 3) == pytest.approx(1 / 6)


def test_average_precision_is_1_only_when_all_relevant_items_lead() -> None:
    assert average_precision(gains(1, 1, 0, 0), 2) == 1.0
    assert average_precision(gains(1, 0, 1, 0), 2) < 1.0


def test_average_precision_refuses_a_query_without_relevant_items() -> None:
    with pytest.raises(ValueError, match="n_relevant"):
        average_precision(gains(0, 0), 0)


@pytest.mark.parametrize(("ranked", "expected"), [((0, 0, 1, 1), 1 / 3), ((1, 0), 1.0), ((0, 0), 0.0), ((), 0.0)])
def test_reciprocal_rank_is_that_of_the_first_relevant_item(ranked: tuple[float, ...], expected: float) -> None:
    assert reciprocal_rank(gains(*ranked)) == pytest.approx(expected)


def test_ndcg_of_one_relevant_item_at_rank_2_of_two() -> None:
    # by hand: DCG = 1 / log2(3); the ideal = 1 / log2(2) + 1 / log2(3)
    discount = 1 / math.log2(3)
    assert ndcg(gains(0, 1, 0), gains(1, 1)) == pytest.approx(discount / (1 + discount))


def test_ndcg_uses_linear_graded_gain() -> None:
    # by hand: DCG is 1 + 3 / log2(3); ideal = 3 + 1 / log2(3)
    discount = 1 / math.log2(3)
    assert ndcg(gains(1, 3), gains(1, 3)) == pytest.approx((1 + 3 * discount) / (3 + discount))


def test_ndcg_at_10_ignores_rank_11_and_caps_the_ideal_at_10_items() -> None:
    assert ndcg(gains(*[0] * 10, 1), gains(1)) == 0.0
    assert ndcg(gains(*[1] * 10), gains(*[1] * 12)) == pytest.approx(1.0)


def test_recall_at_10_divides_by_all_relevant_items() -> None:
    assert recall(gains(*[1] * 10, *[1] * 10), 20) == pytest.approx(0.5)


def test_precision_at_1_looks_at_the_first_item_only() -> None:
    assert precision_at_1(gains(0, 1)) == 0.0
    assert precision_at_1(gains(2, 0)) == 1.0


def test_mean_scores_average_over_queries() -> None:
    scores = mean_scores([(gains(1, 0), gains(1)), (gains(0, 1), gains(1))])
    assert scores.n_queries == 2
    assert scores.mean_average_precision == pytest.approx(0.75)
    assert scores.mean_reciprocal_rank == pytest.approx(0.75)
    assert scores.precision_at_1 == pytest.approx(0.5)
    assert scores.recall_at_10 == pytest.approx(1.0)
    assert scores.ndcg_at_10 == pytest.approx((1 + 1 / math.log2(3)) / 2)


def test_mean_scores_refuse_an_empty_set() -> None:
    with pytest.raises(ValueError, match="no query"):
        mean_scores([])
