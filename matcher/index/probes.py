"""How many lists of an inverted file must be read, so that a given share of the true neighbours is found.

Enters: for sampled queries, the true neighbours' lists and the order in which lists would be read. Leaves: a `ProbePlan`,
which answers "how many lists for the k nearest", for any k and under any filter. Refuses nothing.

Under a filter the k nearest allowed rows are about the r nearest of all, where r rows have been read when k allowed ones have
been met: one table, lists against neighbour rank, serves both large k and filters, also filters that follow the clusters and
leave no row near the query (r is large there; beyond the table only an exact search is sure).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.index.protocol import Int64

RANKS = (10, 30, 100, 300, 1000, 3000)
_Z_95 = 1.645  # one-sided 95 % normal quantile


@dataclass(frozen=True, slots=True)
class ProbePlan:
    """Lists to read against neighbour rank, measured.

    Attributes:
        ranks: ascending neighbour ranks.
        lists: for each rank r, how many lists hold `recall_target` of the r nearest rows; never falls.
        n_lists: how many lists there are.
        recall_target: share of true neighbours, in (0, 1).
    """

    ranks: tuple[int, ...]
    lists: tuple[int, ...]
    n_lists: int
    recall_target: float

    def lists_for(self, rank: NDArray[np.float64]) -> NDArray[np.float64]:
        """Lists to read for the `rank` nearest rows; infinity beyond the table, where only an exact search is sure."""
        needed = np.ceil(np.interp(np.log(rank), np.log(self.ranks), self.lists))
        return np.where(rank > self.ranks[-1], np.inf, needed)

    def stops(self, k: int, allowed: Int64, total: Int64) -> Int64:
        """After how many lists each query may stop under a filter; 0 where no number is sure to be enough.

        Args:
            k: neighbours wanted, at least 1.
            allowed: (q, n) allowed rows in each of the first n lists, in the order of reading; n >= `lists[-1]`.
            total: (q, n) all rows in each list, in that order.
        """
        enough = np.cumsum(allowed, axis=1) >= k
        first = np.argmax(enough, axis=1)[:, None]
        rank = np.take_along_axis(np.cumsum(total, axis=1), first, axis=1)[:, 0]
        needed = np.maximum(self.lists_for(np.maximum(rank, k).astype(np.float64)), first[:, 0] + 1)
        return np.where(enough[:, -1] & np.isfinite(needed), needed, 0).astype(np.int64)

    def described(self) -> Mapping[str, int | float | str]:
        """The plan as plain values, for `VectorIndex.parameters` and for the snapshot."""
        return {
            "n_lists": self.n_lists,
            "recall_target": self.recall_target,
            "probe_ranks": ",".join(map(str, self.ranks)),
            "probe_lists": ",".join(map(str, self.lists)),
        }

    @classmethod
    def from_described(cls, values: Mapping[str, int | float | str]) -> ProbePlan:
        """The inverse of `described`.

        Raises:
            KeyError: a value is missing.
            ValueError: a value cannot be read.
        """
        ranks, lists = (
            tuple(int(part) for part in str(values[key]).split(",")) for key in ("probe_ranks", "probe_lists")
        )
        return cls(ranks, lists, int(values["n_lists"]), float(values["recall_target"]))


def calibrated(neighbour_lists: Int64, order: Int64, recall_target: float) -> ProbePlan:
    """The plan that reaches `recall_target` on the sampled queries, by the lower end of a 95 % interval.

    Args:
        neighbour_lists: (q, r) the list of each query's true neighbours, nearest first; q >= 2.
        order: (q, n_lists) all lists in the order in which each query reads them.
        recall_target: in (0, 1).
    """
    n_queries, n_lists = order.shape
    place = np.empty_like(order)
    np.put_along_axis(place, order, np.arange(n_lists)[None, :], axis=1)
    found_at = np.take_along_axis(place, neighbour_lists, axis=1)  # the list that must be reached, counted from 0
    ranks = [rank for rank in RANKS if rank < neighbour_lists.shape[1]] + [min(neighbour_lists.shape[1], RANKS[-1])]
    lists: list[int] = []
    for rank in ranks:
        found = np.zeros((n_queries, n_lists), np.int64)
        np.add.at(found, (np.arange(n_queries)[:, None], found_at[:, :rank]), 1)
        recall = np.cumsum(found, axis=1) / rank
        sure = recall.mean(axis=0) - _Z_95 * recall.std(axis=0, ddof=1) / math.sqrt(n_queries)
        needed = int(np.argmax(sure >= recall_target)) + 1  # the last list always gives 1.0
        lists.append(max(needed, lists[-1] if lists else 1))
    return ProbePlan(tuple(ranks), tuple(lists), n_lists, recall_target)
