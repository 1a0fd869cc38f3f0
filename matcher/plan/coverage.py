"""What a set of courses covers, from what each of its courses covers.

Enters: the credit that each course gives for each requirement (the rule of match.credit, applied by the journey). Leaves: the
credit of the set, which course decides it, and the sets that the search for a smallest one needs. It refuses nothing: no courses
cover nothing.

Credit of a set is the highest of its courses: two courses that each teach half of a skill are not taken for one that teaches it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.domain.match import RequirementStatus

MISSING, PARTIAL, COVERED = 0, 1, 2
STATUSES = (RequirementStatus.MISSING, RequirementStatus.PARTIAL, RequirementStatus.COVERED)


@dataclass(frozen=True, slots=True, eq=False)
class Credits:
    """How far each of c courses meets each of r requirements.

    `credit`: (c, r) float64 in [0, 1]. `status`: (c, r) int8, MISSING, PARTIAL or COVERED. `met_by`: (c, r) int32 skill that gave
    the credit, -1 where it is 0.
    """

    credit: NDArray[np.float64]
    status: NDArray[np.int8]
    met_by: NDArray[np.int32]

    def best(self) -> Best:
        """The credit of all courses together; of equally good courses the first decides."""
        n_courses, n_requirements = self.credit.shape
        if not n_courses:
            nothing = np.zeros(n_requirements)
            return Best(nothing, nothing.astype(np.int8), np.full(n_requirements, -1, dtype=np.int64))
        course = self.credit.argmax(axis=0)
        columns = np.arange(n_requirements)
        status = self.status[course, columns]
        return Best(self.credit[course, columns], status, np.where(status == MISSING, -1, course))

    def covering(self, wanted: NDArray[np.bool_], at_least: int) -> list[frozenset[int]]:
        """Per course the numbers of the wanted requirements that it reaches a status for."""
        reached = (self.status >= at_least) & wanted
        return [frozenset(np.flatnonzero(row).tolist()) for row in reached]

    def helpful(self) -> list[int]:
        """Courses that give credit for anything, ascending."""
        return np.flatnonzero((self.status > MISSING).any(axis=1)).tolist()


@dataclass(frozen=True, slots=True, eq=False)
class Best:
    """What a set of courses covers; arrays (r,). `course`: position of the deciding one, -1 where nothing is shown."""

    credit: NDArray[np.float64]
    status: NDArray[np.int8]
    course: NDArray[np.int64]


def met_weights(given: Credits, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """(c,) sum of weight × credit that each course gives by itself."""
    met: NDArray[np.float64] = (given.credit * weights).sum(axis=1)
    return met


def shown_courses(given: Credits, weights: NDArray[np.float64], always: Sequence[int], n_most: int) -> list[int]:
    """Positions of the courses to show, ascending: those of `always`, then those that meet most weight, `n_most` in all at most.

    More are shown only where `always` itself holds more. Courses that meet nothing are left out; ties go to the first.
    """
    met = met_weights(given, weights)
    chosen = dict.fromkeys(always)
    for course in sorted(given.helpful(), key=lambda c: (-met[c], c)):
        if len(chosen) >= n_most:
            break
        chosen.setdefault(course)
    return sorted(chosen)
