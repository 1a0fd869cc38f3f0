"""A choice of courses as numbers: what each covers of a demand, what it costs in hours, what it presupposes, and the limits.

Enters: arrays. Leaves: the same in whole units, in which the search is exact. It refuses nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.domain.bundle import BundleGoal

GAIN_UNITS = 100_000_000
"""All demand, in the whole units of gains; rounding each of 1,000 requirements moves a bundle by 5 millionths at most."""
HOUR_UNITS = 10
"""An hour, in the whole units of hours."""


@dataclass(frozen=True, slots=True, eq=False)
class BundleProblem:
    """n courses and r requirements.

    `credit`: (n, r) in [0, 1]. `weight`: (r,) > 0. `hours`: (n,) > 0. `practice_hours`: (n,) ≥ 0. `prerequisites`: per course
    groups of courses, of each of which one must be in the bundle with it; free of cycles. `required`: courses that must be in.
    The other limits are as in `domain.bundle.BundleLimits`.
    """

    credit: NDArray[np.float64]
    weight: NDArray[np.float64]
    hours: NDArray[np.float64]
    practice_hours: NDArray[np.float64]
    prerequisites: Sequence[Sequence[Sequence[int]]]
    min_courses: int
    max_courses: int
    max_hours: float | None = None
    min_practice_share: float | None = None
    min_coverage: float | None = None
    required: frozenset[int] = frozenset()
    goal: BundleGoal = BundleGoal.PER_HOUR

    def gains(self) -> NDArray[np.int64]:
        """(n, r) what each course gains for each requirement, in `GAIN_UNITS` of all demand."""
        share = self.weight / self.weight.sum()
        gains: NDArray[np.int64] = np.rint(self.credit * share[None, :] * GAIN_UNITS).astype(np.int64)
        return gains

    def whole_hours(self) -> NDArray[np.int64]:
        """(n,) hours in `HOUR_UNITS`."""
        hours: NDArray[np.int64] = np.rint(self.hours * HOUR_UNITS).astype(np.int64)
        return hours
