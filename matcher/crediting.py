"""Courses held against a target: the credit rule of matching, applied to requirements, with the quotes that prove it.

Enters: requirements and course profiles. Leaves: credits as `plan.coverage` takes them, and rows with evidence. The one place where
coverage meets match.credit, so that a course's match with a posting and its cell in a matrix never disagree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.domain.coverage import (
    Cell,
    CourseSet,
    CourseSummary,
    CoveringSets,
    RequirementCoverage,
    RequirementGroup,
    Shortfall,
    group_of,
)
from matcher.domain.document import Facts, Kind
from matcher.domain.match import Evidence
from matcher.domain.skill import Proficiency
from matcher.domain.target import TargetRequirement
from matcher.match.credit import COVERED_AT, PARTIAL_AT, credit_of_suppliers
from matcher.match.explain import MAX_QUOTES, Explained, evidence_of
from matcher.match.profile import Profile, RequirementLike, make_profile
from matcher.match.skillspace import SkillSpace
from matcher.plan.coverage import COVERED, MISSING, PARTIAL, STATUSES, Best, Credits, met_weights
from matcher.plan.set_cover import CoverProblem, greedy_cover, smallest_cover
from matcher.programmes import CoursePool

CHUNK = 256
"""Requirements that are credited at once: memory grows with their number times the skills that all courses teach."""


def demand_profile(requirements: Sequence[RequirementLike], space: SkillSpace) -> Profile:
    """The requirements as a posting that asks for them, in their order."""
    return make_profile(Kind.POSTING, requirements, {}, Facts(), space)


def credits_of(demand: Profile, suppliers: list[Profile], space: SkillSpace) -> Credits:
    """How far each supplier meets each demand."""
    n = len(demand.demand_skills)
    parts = [
        credit_of_suppliers(_part(demand, slice(start, start + CHUNK)), suppliers, space)
        for start in range(0, max(n, 1), CHUNK)
    ]
    # in double precision before any comparison: 0.9 as a float32 is a little less than COVERED_AT
    credit = np.concatenate([c for c, _ in parts], axis=1).astype(np.float64)
    status = (credit >= PARTIAL_AT).astype(np.int8) + (credit >= COVERED_AT)
    return Credits(credit, status.astype(np.int8), np.concatenate([m for _, m in parts], axis=1))


class Matrix:
    """A pool of courses held against requirements.

    Args:
        space: skills by number.
        pool: the courses.
        requirements: of a target, in its order.
    """

    def __init__(self, space: SkillSpace, pool: CoursePool, requirements: Sequence[TargetRequirement]) -> None:
        self._space = space
        self._pool = pool
        self._requirements = requirements
        self.credits = credits_of(demand_profile(requirements, space), pool.profiles, space)
        self.weights = np.array([r.weight for r in requirements], dtype=np.float64)

    def in_groups(self, *groups: RequirementGroup) -> NDArray[np.bool_]:
        """(r,) mask of the requirements of some groups."""
        return np.array([group_of(r.kind, r.importance) in groups for r in self._requirements], dtype=np.bool_)

    def rows(self, shown: Sequence[int], quoted: Mapping[int, Explained]) -> tuple[RequirementCoverage, ...]:
        """One row per requirement, in order.

        Args:
            shown: positions of the courses that get a cell where they give credit.
            quoted: position → the course to quote; cells of other courses come without evidence.
        """
        best = self.credits.best()
        return tuple(self._row(number, shown, quoted, best) for number in range(len(self._requirements)))

    def summaries(self, shown: Sequence[int], texts: Mapping[int, Explained]) -> tuple[CourseSummary, ...]:
        """The courses shown, by name."""
        met = met_weights(self.credits, self.weights)
        n_covered = (self.credits.status == COVERED).sum(axis=1)
        return tuple(
            CourseSummary(
                name=self._pool.names[course],
                title=texts[course].document.title,
                hours=self._pool.hours[course],
                term=self._pool.terms[course],
                n_covered=int(n_covered[course]),
                met_weight=float(met[course]),
            )
            for course in shown
        )

    def _row(
        self, number: int, shown: Sequence[int], quoted: Mapping[int, Explained], best: Best
    ) -> RequirementCoverage:
        credit, deciding = self.credits.credit[:, number], int(best.course[number])
        giving = [c for c in shown if self.credits.status[c, number] > MISSING]
        return RequirementCoverage(
            requirement=self._requirements[number],
            credit=float(best.credit[number]),
            status=STATUSES[best.status[number]],
            best_course=self._pool.names[deciding] if deciding >= 0 else "",
            shortfall=self._shortfall(deciding, number) if deciding >= 0 else None,
            cells=tuple(self._cell(c, number, quoted) for c in sorted(giving, key=lambda c: (-credit[c], c))),
        )

    def _cell(self, course: int, number: int, quoted: Mapping[int, Explained]) -> Cell:
        met_by = int(self.credits.met_by[course, number])
        return Cell(
            course=self._pool.names[course],
            credit=float(self.credits.credit[course, number]),
            status=STATUSES[self.credits.status[course, number]],
            met_by=self._space.ids[met_by],
            level=level_of(self._pool.profiles[course], met_by),
            shortfall=self._shortfall(course, number),
            evidence=quotes_of(quoted.get(course), self._space.ids[met_by]),
        )

    def _shortfall(self, course: int, number: int) -> Shortfall | None:
        """Why a partial credit is partial. Where the relation alone would cover the requirement, the level falls short."""
        if self.credits.status[course, number] != PARTIAL:
            return None
        met_by = int(self.credits.met_by[course, number])
        had, worth = self._space.met_by(self._space.number_by_id[self._requirements[number].skill_id])
        if float(worth[had == met_by][0]) < COVERED_AT:
            return Shortfall.RELATED_SKILL
        level = level_of(self._pool.profiles[course], met_by)
        return Shortfall.LEVEL_UNSTATED if level is None else Shortfall.LOWER_LEVEL


def _part(demand: Profile, part: slice) -> Profile:
    """Some of the demands."""
    return replace(
        demand,
        demand_skills=demand.demand_skills[part],
        demand_importance=demand.demand_importance[part],
        demand_levels=demand.demand_levels[part],
    )


def level_of(profile: Profile, skill: int) -> Proficiency | None:
    """To which level a course teaches a skill that it teaches."""
    level = int(profile.supply_levels[np.searchsorted(profile.supply_skills, skill)])
    return Proficiency(level) if level else None


def quotes_of(explained: Explained | None, skill_id: str) -> tuple[Evidence, ...]:
    """At most `MAX_QUOTES` quotes in which a text shows a skill; none of a course that is not at hand."""
    if explained is None:
        return ()
    return tuple(evidence_of(explained, mention) for mention in explained.shown.get(skill_id, ())[:MAX_QUOTES])


@dataclass(frozen=True, slots=True)
class ToCover:
    """What a covering set must cover: the requirements of some groups, from a status of `plan.coverage` on."""

    groups: tuple[RequirementGroup, ...]
    at_least: int


def covering_sets(pool: CoursePool, matrix: Matrix, wanted: ToCover, limit_s: float) -> CoveringSets:
    """The smallest set of courses that covers all that any course covers of what is wanted, beside the greedy one.

    Args:
        pool: the courses.
        matrix: the same, held against the requirements.
        wanted: what is to be covered.
        limit_s: seconds that the search may take.
    """
    covers = matrix.credits.covering(matrix.in_groups(*wanted.groups), wanted.at_least)
    problem = CoverProblem(covers, pool.hours)
    exact = smallest_cover(problem, limit_s)
    return CoveringSets(
        n_to_cover=len(problem.to_cover),
        exact=_course_set(pool, exact.courses),
        greedy=_course_set(pool, greedy_cover(problem)),
        is_smallest=exact.is_smallest,
        size_bound=exact.size_bound,
        has_least_hours=exact.has_least_hours,
        solve_s=exact.solve_s,
    )


def _course_set(pool: CoursePool, courses: Sequence[int]) -> CourseSet:
    known = [hours for c in courses if (hours := pool.hours[c]) is not None]
    return CourseSet(tuple(pool.names[c] for c in courses), sum(known), len(courses) - len(known))
