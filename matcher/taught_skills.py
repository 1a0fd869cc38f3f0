"""What a programme teaches, skill by skill: by which courses, to which level, and what that weighs in a target.

Enters: the courses of a programme, all of them read, and all requirements of a target. Leaves: skills with quotes. Soft skills and
certificates are left out: no programme is changed for "communication" taught in five syllabi.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from matcher.crediting import credits_of, demand_profile, level_of, quotes_of
from matcher.domain.coverage import TaughtSkill, Teaching, by_weight
from matcher.domain.skill import SkillKind
from matcher.domain.target import TargetRequirement
from matcher.match.explain import Explained
from matcher.match.profile import Profile
from matcher.match.skillspace import SkillSpace
from matcher.plan.audit import taught_by
from matcher.plan.coverage import MISSING
from matcher.programmes import CoursePool
from matcher.taxonomy import Taxonomy

APART = frozenset({SkillKind.SOFT, SkillKind.CERTIFICATE})


class TaughtSkills:
    """Every hard skill that a pool teaches, with what it weighs in a target.

    Args:
        space: skills by number.
        taxonomy: whose skills.
        pool: courses, all of them at hand.
        requirements: all of a target's, also those that few ask for: what one posting in a hundred wants is not undemanded.
        with_evidence: quote the syllabi.
    """

    def __init__(
        self,
        space: SkillSpace,
        taxonomy: Taxonomy,
        pool: CoursePool,
        requirements: Sequence[TargetRequirement],
        *,
        with_evidence: bool,
    ) -> None:
        self._space = space
        self._pool = pool
        self._kinds = {n: taxonomy.get(space.ids[n]).kind for p in pool.profiles for n in p.supply_skills.tolist()}
        self._quoted: Mapping[int, Explained] = pool.at_hand if with_evidence else {}
        by_course = [self.of_course(i) for i in range(len(pool))]
        self.courses_by_skill = taught_by(by_course)
        self._weights = self._demand_weights(requirements)

    def of_course(self, course: int) -> frozenset[int]:
        """Numbers of the hard skills that a course teaches."""
        skills = self._pool.profiles[course].supply_skills.tolist()
        return frozenset(n for n in skills if self._kinds[n] not in APART)

    def weight(self, skill: int) -> float:
        """Weight of the heaviest requirement that a skill taught helps to meet, 0 when there is none."""
        return self._weights[skill]

    def described(self, skills: Iterable[int]) -> tuple[TaughtSkill, ...]:
        """Skills with who teaches them: by demand weight, then by number of courses, then by id."""
        found = [
            TaughtSkill(self._space.ids[n], self._kinds[n], self.weight(n), self._teaching(n, self.courses_by_skill[n]))
            for n in skills
        ]
        return by_weight(found)

    def _teaching(self, skill: int, courses: Iterable[int]) -> tuple[Teaching, ...]:
        return tuple(teaching(self._space, self._pool, course, skill, self._quoted) for course in courses)

    def _demand_weights(self, requirements: Sequence[TargetRequirement]) -> dict[int, float]:
        """Each skill held against all requirements as if a course taught nothing else, at every level at which one teaches it."""
        skills = list(self.courses_by_skill)
        if not skills or not requirements:
            return dict.fromkeys(skills, 0.0)
        alone = [_teaching_only(self._pool, skill, self.courses_by_skill[skill]) for skill in skills]
        given = credits_of(demand_profile(requirements, self._space), alone, self._space)
        weights = np.array([r.weight for r in requirements])
        heaviest = np.where(given.status > MISSING, weights, 0.0).max(axis=1)
        return dict(zip(skills, heaviest.tolist(), strict=True))


def teaching(space: SkillSpace, pool: CoursePool, course: int, skill: int, quoted: Mapping[int, Explained]) -> Teaching:
    """That a course teaches a skill, with quotes where it is among `quoted`."""
    level = level_of(pool.profiles[course], skill)
    return Teaching(pool.names[course], level, quotes_of(quoted.get(course), space.ids[skill]))


def _teaching_only(pool: CoursePool, skill: int, courses: Sequence[int]) -> Profile:
    """A course that teaches one skill, at each of the levels at which these courses do."""
    levels = sorted({int(level_of(pool.profiles[c], skill) or 0) for c in courses})
    return replace(
        pool.profiles[courses[0]],
        supply_skills=np.full(len(levels), skill, dtype=np.int32),
        supply_levels=np.array(levels, dtype=np.int8),
    )
