"""Stored courses → what planning chooses from: what each closes of a gap, what it presupposes, what it costs.

Enters: the courses of a working set at one moment, a gap, and the candidate's skills. Leaves: `Options`. Credits are those of
match/credit.py, computed for all courses in one call; a prerequisite is fulfilled by a skill from `COVERED_AT` on, like any
requirement. Only courses that close something, must be in or are completed, and what may fulfil their prerequisites, become
options.

Refuses (ResourceNotFound): a limit that names no stored course.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from matcher.course_book import CourseEntry, Courses
from matcher.domain.document import Facts, Kind
from matcher.domain.gap import Gap
from matcher.domain.plan import CourseOption, PlanLimits, Prerequisite
from matcher.domain.skill import SkillKind
from matcher.errors import ResourceNotFound
from matcher.match.credit import COVERED_AT, LEVEL_FACTOR, credit_of_suppliers
from matcher.match.profile import Profile, make_profile
from matcher.match.skillspace import SkillSpace
from matcher.plan.prerequisite_groups import Asked


@dataclass(frozen=True, slots=True, eq=False)
class Offered:
    """All stored courses by position, ascending by name. `allowed`: positions that pass the filter."""

    names: list[str]
    row_ids: list[int]
    revisions: list[int]
    profiles: list[Profile]
    allowed: frozenset[int]

    @property
    def revision_by_row(self) -> dict[int, int]:
        """Revision of each row."""
        return dict(zip(self.row_ids, self.revisions, strict=True))


@dataclass(slots=True, eq=False)
class Options:
    """What there is to choose from.

    `met_by`: (course, skill id of a requirement) → skill that the course teaches. `row_by_name`: where its document is. `unfound`,
    `recommended`: course → prerequisites as written that lead nowhere, or are not insisted on. `held`: prerequisites that the
    candidate fulfils.
    """

    courses: list[CourseOption] = field(default_factory=list)
    met_by: dict[tuple[str, str], str] = field(default_factory=dict)
    row_by_name: dict[str, int] = field(default_factory=dict)
    unfound: dict[str, list[str]] = field(default_factory=dict)
    recommended: dict[str, list[str]] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)


class OptionsMaker:
    """Makes the options of one request.

    Args:
        offered: all stored courses.
        courses: their facts.
        space: skills by number.
        person: the candidate's skills.
        strict: whether a prerequisite that leads nowhere rules its course out.
    """

    def __init__(self, offered: Offered, courses: Courses, space: SkillSpace, person: Profile, *, strict: bool) -> None:
        self._offered = offered
        self._courses = courses
        self._space = space
        self._person = person
        self._strict = strict
        self._position = {name: p for p, name in enumerate(offered.names)}
        self._taught = _Taught(offered.profiles)
        self._provers: dict[str, frozenset[int]] = {}
        self._options = Options()

    def options(self, gap: Gap, limits: PlanLimits) -> Options:
        """The options for a gap under limits.

        Raises:
            ResourceNotFound: a limit names no stored course.
        """
        for where in ("completed", "must_include", "must_exclude"):
            for name in getattr(limits, where):
                if name not in self._position:
                    raise ResourceNotFound(f"no course {name}", field=f"limits.{where}")
        named = {self._position[name] for name in (*limits.completed, *limits.must_include, *limits.must_exclude)}
        credit, met_by = self._credits(gap)
        chosen = self._reachable(np.flatnonzero(credit.any(axis=1)).tolist(), named)
        skills = [r.requirement.skill_id for r in gap.requirements]
        for position in sorted(chosen):
            closes = {}
            for column in np.flatnonzero(credit[position]).tolist():
                closes[skills[column]] = float(credit[position, column])
                proof = self._space.ids[met_by[position, column]]
                self._options.met_by[self._offered.names[position], skills[column]] = proof
            self._add(position, closes, chosen[position])
        self._note_provers()
        if not self._strict:
            self._break_circles(limits)
        return self._options

    def _credits(self, gap: Gap) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
        """(courses, requirements) credit, and the skill that gives it; a course earns no certificate."""
        requirements = [r.requirement for r in gap.requirements]
        demand = make_profile(Kind.POSTING, requirements, {}, Facts(), self._space)
        credit, met_by = credit_of_suppliers(demand, self._offered.profiles, self._space)
        credit[:, [r.kind is SkillKind.CERTIFICATE for r in requirements]] = 0.0
        return credit, met_by

    def _reachable(self, closing: Iterable[int], named: set[int]) -> dict[int, tuple[Prerequisite, ...]]:
        """Positions of courses that may come into a plan, with their prerequisites."""
        usable = self._offered.allowed | named
        found: dict[int, tuple[Prerequisite, ...]] = {}
        left = [p for p in closing if p in usable] + sorted(named)
        while left:
            position = left.pop()
            if position in found or position not in usable:
                continue
            found[position] = prerequisites = self._prerequisites(position)
            for asked in prerequisites:
                left += [self._position[name] for name in asked.courses]
                left += [p for key in asked.skills for p in self._proving(key)]
        return found

    def _prerequisites(self, position: int) -> tuple[Prerequisite, ...]:
        """What a course presupposes; what is recommended only, or leads nowhere, is noted."""
        entry = self._entry(position)
        if entry is None:
            return ()
        kept: list[Prerequisite] = []
        for asked in self._courses.asked(entry):
            if asked.is_recommended:
                self._options.recommended.setdefault(entry.name, []).append(asked.text)
            elif found := self._fulfillable(asked, position):
                kept += found
            elif self._strict:
                kept.append(Prerequisite(text=asked.text))
            else:
                self._options.unfound.setdefault(entry.name, []).append(asked.text)
        return tuple(kept)

    def _fulfillable(self, asked: Asked, position: int) -> list[Prerequisite]:
        """The groups of an item that some stored course or the candidate fulfils; a strict plan asks for all of them."""
        return [
            g
            for g in asked.groups
            if self._strict
            or g.courses
            or any(map(self._is_held, g.skills))
            or any(self._proving(key) - {position} for key in g.skills)
        ]

    def _is_held(self, key: str) -> bool:
        if _covers(key, self._person.supply_skills, self._person.supply_levels, self._space).any():
            self._options.held.add(key)
            return True
        return False

    def _proving(self, key: str) -> frozenset[int]:
        """Positions of courses that teach a skill at a level."""
        if key not in self._provers:
            self._provers[key] = self._taught.covering(key, self._space)
        return self._provers[key]

    def _entry(self, position: int) -> CourseEntry | None:
        """Facts of a course; None when it changed since it was scored."""
        return self._courses.entries.get(self._offered.row_ids[position])

    def _add(self, position: int, closes: Mapping[str, float], prerequisites: tuple[Prerequisite, ...]) -> None:
        entry = self._entry(position)
        if entry is None:
            return
        for asked in prerequisites:
            for key in asked.skills:
                self._is_held(key)
        facts = entry.facts
        self._options.row_by_name[entry.name] = entry.row_id
        self._options.courses.append(
            CourseOption(
                name=entry.name,
                title=entry.title,
                hours=facts.hours,
                cost_fen=facts.cost_fen,
                credits=facts.credits,
                practice_share=facts.practice_share,
                delivery=facts.delivery,
                languages=entry.languages,
                organisation=facts.organisation,
                start_dates=facts.start_dates,
                closes=closes,
                prerequisites=prerequisites,
            )
        )

    def _note_provers(self) -> None:
        """Notes for each option which prerequisites of others it fulfils."""
        keys = {key for c in self._options.courses for p in c.prerequisites for key in p.skills}
        by_course: dict[int, set[str]] = {}
        for key in keys:
            for position in self._proving(key):
                by_course.setdefault(position, set()).add(key)
        self._options.courses = [
            replace(c, proves=frozenset(by_course.get(self._position[c.name], ()))) for c in self._options.courses
        ]

    def _break_circles(self, limits: PlanLimits) -> None:
        """Lets go of skills asked beforehand that are taught only by courses that cannot come before.

        「C语言程序设计」 is asked for by two courses that both teach C, and is not stored itself: each would wait for
        the other. A circle of courses that ask for each other by title is none of these and stays.
        """
        by_name = {c.name: c for c in self._options.courses}
        while True:
            reached = _takeable(by_name, self._options.held, limits.completed)
            known = self._options.held.union(*(by_name[name].proves for name in reached))
            changed = False
            for course in [c for name, c in by_name.items() if name not in reached]:
                kept = [p for p in course.prerequisites if p.courses or known.intersection(p.skills)]
                if len(kept) < len(course.prerequisites):
                    texts = [p.text for p in course.prerequisites if p not in kept]
                    self._options.unfound.setdefault(course.name, []).extend(dict.fromkeys(texts))
                    by_name[course.name] = replace(course, prerequisites=tuple(kept))
                    changed = True
            if not changed:
                break
        self._options.courses = list(by_name.values())


def _takeable(by_name: Mapping[str, CourseOption], held: set[str], completed: Iterable[str]) -> set[str]:
    """Courses that can be taken in some order, whatever the limits."""
    reached = set(completed) & by_name.keys()
    while True:
        known = held.union(*(by_name[name].proves for name in reached))
        new = {
            name
            for name, course in by_name.items()
            if name not in reached
            and all(reached.intersection(p.courses) or known.intersection(p.skills) for p in course.prerequisites)
        }
        if not new:
            return reached
        reached |= new


class _Taught:
    """Who teaches which skill at which level, as arrays over all courses."""

    def __init__(self, profiles: list[Profile]) -> None:
        self._owners = np.repeat(np.arange(len(profiles)), [len(p.supply_skills) for p in profiles])
        self._skills = np.concatenate([p.supply_skills for p in profiles] or [np.zeros(0, np.int32)])
        self._levels = np.concatenate([p.supply_levels for p in profiles] or [np.zeros(0, np.int8)])

    def covering(self, key: str, space: SkillSpace) -> frozenset[int]:
        """Courses that cover a skill at a level."""
        return frozenset(self._owners[_covers(key, self._skills, self._levels, space)].tolist())


def _covers(key: str, skills: NDArray[np.int32], levels: NDArray[np.int8], space: SkillSpace) -> NDArray[np.bool_]:
    """Which of the skills shown cover the one that a prerequisite names, at its level."""
    skill_id, _, level = key.rpartition("@")
    number = space.number_by_id.get(skill_id)
    if number is None:
        return np.zeros(len(skills), dtype=bool)
    had, value = space.met_by(number)
    relation = np.zeros(len(space), dtype=np.float32)
    relation[had] = value
    covered: NDArray[np.bool_] = relation[skills] * LEVEL_FACTOR[int(level)][levels] >= COVERED_AT
    return covered
