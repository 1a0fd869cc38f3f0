"""The order of a ranking when it should not hold too much of the same: caps by organisation, and diversification.

Enters: positions of ranked documents, best first, with what is known of them. Leaves: fewer positions, or the same in another
order. Scores stay as they are. It refuses nothing.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray


def capped(positions: list[int], organisations: NDArray[np.float64], most: int) -> list[int]:
    """The positions without those of an organisation that `most` better ones belong to.

    Args:
        positions: best first.
        organisations: (n,) number of each document's organisation; NaN, unknown, is never capped.
        most: documents of one organisation, at least 1.
    """
    taken: Counter[float] = Counter()
    kept = []
    for position in positions:
        organisation = float(organisations[position])
        if organisation == organisation:  # noqa: PLR0124  # NaN alone differs from itself
            taken[organisation] += 1
            if taken[organisation] > most:
                continue
        kept.append(position)
    return kept


def diversified(
    positions: list[int], scores: NDArray[np.float64], bodies: NDArray[np.float32], diversity: float
) -> list[int]:
    """The positions by maximal marginal relevance (Carbonell & Goldstein 1998).

    One after the other that position is taken whose (1 - diversity) · score - diversity · (highest cosine of its body to one taken
    before) is highest; of equal ones the one that stood first.

    Args:
        positions: best first.
        scores: (n,) in [0, 1].
        bodies: (n, dim) unit or zero rows.
        diversity: 0, as ranked, to 1, whatever differs most from what was taken.
    """
    left = list(positions)
    rows = bodies[left]
    relevance = (1.0 - diversity) * scores[left]
    nearest = np.zeros(len(left))
    is_left = np.ones(len(left), dtype=bool)
    order = []
    for _ in left:
        value = np.where(is_left, relevance - diversity * nearest, -np.inf)
        place = int(np.argmax(value))
        order.append(left[place])
        is_left[place] = False
        nearest = np.maximum(nearest, np.round(np.einsum("ij,j->i", rows, rows[place]), 6))
    return order
