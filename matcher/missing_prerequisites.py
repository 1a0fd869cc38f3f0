"""What the courses of a programme presuppose and no other course of it gives before them.

Enters: the courses of a programme, all of them read. Leaves: what is missing, with quotes from the syllabus that asks for it. Both
readings of a prerequisite count: the skills found in its words, and the course whose title the words are. What a syllabus only
recommends is never missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from matcher.crediting import credits_of
from matcher.domain.coverage import MissingPrerequisite, PrerequisiteStatus, Teaching
from matcher.domain.skill import Proficiency, SkillMention
from matcher.match.explain import MAX_QUOTES, Explained, evidence_of
from matcher.match.profile import ESSENTIAL, Profile
from matcher.match.skillspace import SkillSpace
from matcher.plan.audit import Presupposed, is_before, missing_prerequisites
from matcher.plan.prerequisite_courses import AskedCourse, CourseTitles
from matcher.programmes import CoursePool
from matcher.taught_skills import teaching


@dataclass(frozen=True, slots=True)
class PrerequisitesChecked:
    """`missing` by course name, skills before words. `n_checked`: skills and written prerequisites that were looked for."""

    missing: tuple[MissingPrerequisite, ...]
    n_checked: int


def check_prerequisites(space: SkillSpace, pool: CoursePool, *, with_evidence: bool) -> PrerequisitesChecked:
    """What is presupposed in a programme, and what of it is not taught before."""
    titles = CourseTitles({name: pool.at_hand[i].document.title for i, name in enumerate(pool.names)})
    missing: list[MissingPrerequisite] = []
    n_checked = 0
    for course, name in enumerate(pool.names):
        text = pool.at_hand[course]
        asked = [item for item in titles.asked(text.document.facts.prerequisites, name) if item.firm]
        by_title = [item for item in asked if _given_before(pool, course, item)]
        profile = _asked_firmly(space, pool.profiles[course], text, by_title)
        words = [item for item in asked if item not in by_title and (item.courses or not _names_a_skill(text, item))]
        n_checked += len(profile.demand_skills) + len(by_title) + len(words)
        missing += _skills_missing(space, pool, course, profile, pool.at_hand if with_evidence else {})
        missing += [_words_missing(pool, course, item) for item in words]
    return PrerequisitesChecked(tuple(missing), n_checked)


def _given_before(pool: CoursePool, course: int, item: AskedCourse) -> bool:
    return any(is_before(pool.terms[pool.names.index(n)], pool.terms[course]) for n in item.courses)


def _asked_firmly(space: SkillSpace, profile: Profile, text: Explained, given: Sequence[AskedCourse]) -> Profile:
    """The essential skills presupposed, but for those named only as part of the title of a course that is given before."""
    kept = np.array(
        [
            importance == ESSENTIAL and not _only_in(text.demanded[space.ids[skill]], given)
            for skill, importance in zip(profile.demand_skills.tolist(), profile.demand_importance, strict=True)
        ],
        dtype=np.bool_,
    )
    return replace(
        profile,
        demand_skills=profile.demand_skills[kept],
        demand_importance=profile.demand_importance[kept],
        demand_levels=profile.demand_levels[kept],
    )


def _only_in(mentions: Sequence[SkillMention], items: Sequence[AskedCourse]) -> bool:
    return all(any(mention.surface in item.text for item in items) for mention in mentions)


def _names_a_skill(text: Explained, item: AskedCourse) -> bool:
    return any(mention.surface in item.text for mentions in text.demanded.values() for mention in mentions)


def _skills_missing(
    space: SkillSpace, pool: CoursePool, course: int, profile: Profile, quoted: Mapping[int, Explained]
) -> Iterator[MissingPrerequisite]:
    if not len(profile.demand_skills):
        return
    given = credits_of(profile, pool.profiles, space)
    for problem in missing_prerequisites(course, given, pool.terms):
        met_by = given.met_by[:, problem.requirement].tolist()
        taught_by = tuple(teaching(space, pool, c, met_by[c], quoted) for c in problem.courses)
        yield _described(space, pool, profile, problem, taught_by, quoted.get(course))


def _described(
    space: SkillSpace,
    pool: CoursePool,
    profile: Profile,
    problem: Presupposed,
    taught_by: tuple[Teaching, ...],
    text: Explained | None,
) -> MissingPrerequisite:
    skill_id = space.ids[int(profile.demand_skills[problem.requirement])]
    level = int(profile.demand_levels[problem.requirement])
    return MissingPrerequisite(
        course=pool.names[problem.course],
        status=problem.status,
        skill_id=skill_id,
        level=Proficiency(level) if level else None,
        demand_evidence=()
        if text is None
        else tuple(evidence_of(text, m) for m in text.demanded[skill_id][:MAX_QUOTES]),
        taught_by=taught_by,
    )


def _words_missing(pool: CoursePool, course: int, item: AskedCourse) -> MissingPrerequisite:
    status = PrerequisiteStatus.TITLE_LATER if item.courses else PrerequisiteStatus.NOT_RECOGNISED
    taught_by = tuple(Teaching(name, None) for name in item.courses)
    return MissingPrerequisite(pool.names[course], status, text=item.text, taught_by=taught_by)
