"""Ranks a corpus for each query by cosine and scores the ranking against its judgements."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import numpy.typing as npt

from eval.beir import RankingSet
from eval.metrics import RankingScores, mean_scores


class TextEncoder(Protocol):
    """Anything that turns texts into vectors."""

    def encode(self, texts: list[str]) -> npt.NDArray[np.float32]:
        """Return (n, dim) float32 vectors, rows unit length (or all zero for a text without content)."""
        ...


def score_ranking_set(encoder: TextEncoder, ranking_set: RankingSet) -> RankingScores:
    """Return the scores of the encoder on one set.

    The whole corpus is ranked by cosine, ties in corpus order. A query that is itself in the corpus stays in its
    ranking, relevant only when judged so: the published figures of these sets are made that way.

    Raises:
        ValueError: When no query has a relevant item.
    """
    items = list(ranking_set.corpus)
    queries = [query for query in ranking_set.queries if query in ranking_set.gains]
    corpus_vectors = encoder.encode(list(ranking_set.corpus.values()))
    query_vectors = encoder.encode([ranking_set.queries[query] for query in queries])
    rankings: list[tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]] = []
    for query, vector in zip(queries, query_vectors, strict=True):
        relevant = ranking_set.gains[query]
        order = np.argsort(-(corpus_vectors @ vector), kind="stable")
        gains = [relevant.get(items[row], 0.0) for row in order]
        rankings.append((np.asarray(gains), np.asarray(list(relevant.values()))))
    return mean_scores(rankings)
