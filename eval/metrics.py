"""Ranking metrics in their information-retrieval definitions (Manning, Raghavan & Schütze 2008, chapter 8).

What enters: one query's ranked relevance (``gains`` in rank order, best rank first) and its number of relevant items.
What leaves: numbers in [0, 1], higher is better, comparable between systems on the same set only. Queries without any
relevant item have no defined value; callers leave them out and say so.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class RankingScores:
    """Means over the queries of one set; each in [0, 1]."""

    mean_average_precision: float
    mean_reciprocal_rank: float
    ndcg_at_10: float
    recall_at_10: float
    precision_at_1: float
    n_queries: int


def _require_relevant(n_relevant: int) -> None:
    if n_relevant < 1:
        raise ValueError(f"n_relevant must be at least 1, got {n_relevant}: the metric is undefined without")


def average_precision(gains: FloatArray, n_relevant: int) -> float:
    """Return the mean of the precision at each relevant rank; relevant items never retrieved count as 0.

    Raises:
        ValueError: When ``n_relevant`` is below 1.
    """
    _require_relevant(n_relevant)
    ranks = np.flatnonzero(gains > 0) + 1
    return float((np.arange(1, len(ranks) + 1) / ranks).sum() / n_relevant)


def reciprocal_rank(gains: FloatArray) -> float:
    """Return 1 / rank of the first relevant item, 0 when none was retrieved."""
    ranks = np.flatnonzero(gains > 0)
    return 1.0 / float(ranks[0] + 1) if len(ranks) else 0.0


def ndcg(gains: FloatArray, ideal_gains: FloatArray, k: int = 10) -> float:
    """Return DCG@k over the best possible DCG@k, with linear gain and a log2(rank + 1) discount.

    Source: Järvelin & Kekäläinen 2002; linear gain as in trec_eval.

    Args:
        gains: Relevance in rank order.
        ideal_gains: Relevance of every relevant item, in any order.
        k: Cut-off rank.

    Raises:
        ValueError: When no ideal gain is positive.
    """
    best = np.sort(ideal_gains)[::-1][:k]
    ideal = float((best / np.log2(np.arange(2, len(best) + 2))).sum())
    if ideal <= 0:
        raise ValueError("ideal_gains holds no positive gain: nDCG is undefined without")
    top = gains[:k]
    return float((top / np.log2(np.arange(2, len(top) + 2))).sum()) / ideal


def recall(gains: FloatArray, n_relevant: int, k: int = 10) -> float:
    """Return the share of the relevant items among the first k.

    Raises:
        ValueError: When ``n_relevant`` is below 1.
    """
    _require_relevant(n_relevant)
    return float((gains[:k] > 0).sum()) / n_relevant


def precision_at_1(gains: FloatArray) -> float:
    """Return 1 when the first ranked item is relevant, else 0."""
    return float(len(gains) > 0 and gains[0] > 0)


def mean_scores(rankings: list[tuple[FloatArray, FloatArray]]) -> RankingScores:
    """Return the mean of every metric over queries.

    Args:
        rankings: Per query (gains in rank order over the whole corpus, gains of all relevant items).

    Raises:
        ValueError: When there is no query, or one without relevant items.
    """
    if not rankings:
        raise ValueError("no query with a relevant item")
    rows = [
        (
            average_precision(gains, len(ideal)),
            reciprocal_rank(gains),
            ndcg(gains, ideal),
            recall(gains, len(ideal)),
            precision_at_1(gains),
        )
        for gains, ideal in rankings
    ]
    means = [float(mean) for mean in np.asarray(rows).mean(axis=0)]
    return RankingScores(means[0], means[1], means[2], means[3], means[4], len(rows))
