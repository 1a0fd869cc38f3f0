"""The full ranking of a query: every document that passes the filter is scored, whether or not Match would retrieve it.

Enters: one side, the documents of a kind in memory, slots that a filter allows. Leaves: part values and scores in the order of the
slots, and ranks in them. Scores are those of Match: the same functions on the same arrays. Call while reading the working set.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.match.score import Pool, Side, part_values, scores
from matcher.match.skillspace import SkillSpace
from matcher.match.weights import N_PARTS, PairWeights
from matcher.working_set import Shelf

# Documents scored in one NumPy call: larger ones gain nothing and hold more memory.
CHUNK = 2048


@dataclass(frozen=True, slots=True, eq=False)
class FullRanking:
    """n scored documents. `values`: (n, N_PARTS) float32, NaN where undefined; `scores`: (n,) float64."""

    slots: NDArray[np.int64]
    names: list[str]
    values: NDArray[np.float32]
    scores: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.slots)

    def order(self) -> list[int]:
        """Positions, highest score first, equal scores by name."""
        return sorted(range(len(self)), key=lambda i: (-self.scores[i], self.names[i]))

    def rank_of(self, score: float, name: str) -> int:
        """1-based rank that a document of this score and name has, or would have among these."""
        ties = np.flatnonzero(self.scores == score).tolist()
        return 1 + int((self.scores > score).sum()) + sum(self.names[i] < name for i in ties)


def rank_all(
    side: Side,
    shelf: Shelf,
    slots: NDArray[np.int64],
    space: SkillSpace,
    rarity: NDArray[np.float32],
    weights: PairWeights,
    told: Callable[[int], None] | None = None,
) -> FullRanking:
    """Scores documents against one side; `told` hears after each chunk how many are done."""
    values = np.full((len(slots), N_PARTS), np.nan, dtype=np.float32)
    for start in range(0, len(slots), CHUNK):
        chunk = slots[start : start + CHUNK]
        values[start : start + CHUNK] = part_values(side, shelf.catalog.pool(chunk), space, rarity)
        if told is not None:
            told(start + len(chunk))
    names = [shelf.catalog.names[s] for s in slots.tolist()]
    return FullRanking(slots, names, values, scores(values, weights))


def pair_values(query: Side, target: Side, space: SkillSpace, rarity: NDArray[np.float32]) -> NDArray[np.float32]:
    """(1, N_PARTS) part values of one pair."""
    pool = Pool([target.profile], target.title[None, :], target.body[None, :])
    return part_values(query, pool, space, rarity)
