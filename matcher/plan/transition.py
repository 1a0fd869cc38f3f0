"""Distances from what is shown to many destinations, their order, and whether one of them grows.

Enters: weights and credits as arrays, counts of dated postings. Leaves: distances, a ranking, trends.

    distance = sum of weight × (1 - credit) ÷ sum of weight

over all requirements of the destination: 0 when everything is shown at the level asked, 1 when nothing is. The weights are those of
a target (essential 1, preferred 0.4, × rarity, soft × 0.3), the credits those of a match. It is directed: from a nurse to a care
worker it is nearer than back.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from matcher.domain.transition import Demand, Trend

HALF_YEAR_DAYS = 182
MIN_DATED = 10
"""Dated postings of a destination in the year, below which no trend is told: of fewer, one more or less turns the sign."""
Z_95 = 1.96


def distances(
    weights: NDArray[np.float64], credit: NDArray[np.float32], lengths: NDArray[np.int64]
) -> NDArray[np.float64]:
    """(n,) distance in [0, 1] of each of n destinations, NaN of one that asks for nothing.

    Args:
        weights: (r,) > 0, of the requirements of all destinations, one after the other.
        credit: (r,) in [0, 1].
        lengths: (n,) requirements of each.
    """
    owner = np.repeat(np.arange(len(lengths)), lengths)
    weight = np.bincount(owner, weights=weights, minlength=len(lengths))
    met = np.bincount(owner, weights=weights * credit.astype(np.float64), minlength=len(lengths))
    result = np.full(len(lengths), np.nan)
    np.divide(weight - met, weight, out=result, where=weight > 0)
    clipped: NDArray[np.float64] = np.clip(result, 0.0, 1.0)
    return clipped


class Place(Protocol):
    """A destination to rank."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def distance(self) -> float: ...  # noqa: D102
    @property
    def demand(self) -> Demand: ...  # noqa: D102


P = TypeVar("P", bound=Place)


def ranked(places: Sequence[P], max_distance: float) -> list[P]:
    """Nearest first, then most postings, then by name and title; without those of which nothing is shown, and those too far."""
    kept = [p for p in places if p.distance < 1.0 and p.distance <= max_distance]
    return sorted(kept, key=lambda p: (p.distance, -p.demand.n_postings, p.name, p.title))


def trend_of(days: NDArray[np.float64], all_days: NDArray[np.float64]) -> tuple[Trend, int, int]:
    """Whether a destination's share of the postings grew between the last two half-years, and its postings in the newer and older.

    The half-years end with the newest date of all postings. Shares, not counts, are compared, so that a store which fills does
    not make everything grow: the two-proportion z-test at 95 %. UNKNOWN with fewer than `MIN_DATED` dated postings in the year,
    or where all postings of the year are of the destination or of one half.

    Args:
        days: first days of the destination's postings, as ordinals; NaN: not stated.
        all_days: the same of all postings.
    """
    dated = all_days[~np.isnan(all_days)]
    if not len(dated):
        return Trend.UNKNOWN, 0, 0
    newest = float(dated.max())
    recent, earlier = _halves(days, newest)
    all_recent, all_earlier = _halves(dated, newest)
    pooled = (recent + earlier) / (all_recent + all_earlier)
    if recent + earlier < MIN_DATED or not all_earlier or pooled >= 1.0:
        return Trend.UNKNOWN, recent, earlier
    spread = math.sqrt(pooled * (1 - pooled) * (1 / all_recent + 1 / all_earlier))
    z = (recent / all_recent - earlier / all_earlier) / spread
    return (Trend.GROWING if z >= Z_95 else Trend.SHRINKING if z <= -Z_95 else Trend.STEADY), recent, earlier


def _halves(days: NDArray[np.float64], newest: float) -> tuple[int, int]:
    """How many days lie in the half-year up to `newest`, and in the one before it."""
    age = newest - days  # NaN compares false
    return int(np.sum((age >= 0) & (age < HALF_YEAR_DAYS))), int(
        np.sum((age >= HALF_YEAR_DAYS) & (age < 2 * HALF_YEAR_DAYS))
    )
