"""What an audit of a programme needs beside its coverage: who teaches which skill, and prerequisites out of order.

Enters: what each course teaches and presupposes, by skill number, with the term in which it is taught. Leaves: positions of
courses by skill. It refuses nothing: no courses overlap in nothing.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

import numpy as np

from matcher.domain.coverage import PrerequisiteStatus
from matcher.plan.coverage import COVERED, MISSING, Credits


@dataclass(frozen=True, slots=True)
class Presupposed:
    """A presupposed skill that is not taught before. `courses`: positions of those that teach it in part or later, best first."""

    course: int
    requirement: int
    status: PrerequisiteStatus
    courses: tuple[int, ...]


def taught_by(taught: Sequence[Set[int]]) -> dict[int, list[int]]:
    """Skill → positions of the courses that teach it, both ascending."""
    found: dict[int, list[int]] = {}
    for course, skills in enumerate(taught):
        for skill in skills:
            found.setdefault(skill, []).append(course)
    return dict(sorted(found.items()))


def missing_prerequisites(course: int, given: Credits, terms: Sequence[int | None]) -> list[Presupposed]:
    """What of the skills that a course presupposes is not covered by another course before it.

    Where the term of either course is unknown, the other one is taken to be taught before: an order that nobody gave is
    nobody's fault. A course never teaches its own prerequisites.

    Args:
        course: position of the course.
        given: credit of all courses for the skills that this one presupposes.
        terms: (courses,) 1 and above, None where unknown.
    """
    found = []
    for requirement in range(given.credit.shape[1]):
        credit, status = given.credit[:, requirement], given.status[:, requirement]
        others = [c for c in np.argsort(-credit, kind="stable").tolist() if c != course and status[c] > MISSING]
        teaching = [c for c in others if status[c] == COVERED]
        if any(is_before(terms[c], terms[course]) for c in teaching):
            continue
        problem = (
            PrerequisiteStatus.TAUGHT_LATER
            if teaching
            else PrerequisiteStatus.TAUGHT_IN_PART
            if others
            else PrerequisiteStatus.NOT_TAUGHT
        )
        found.append(Presupposed(course, requirement, problem, tuple(others)))
    return found


def is_before(term: int | None, other: int | None) -> bool:
    """Whether a course of one term is taught before one of another; an unknown term is taken to be."""
    return term is None or other is None or term < other
