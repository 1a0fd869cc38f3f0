"""The courses that a plan may be made of: available, reachable through their prerequisites, and of use for the gap.

Enters: a checked problem. Leaves: a `Pool` in which courses are numbers in the order of their names and each prerequisite is a
set of such numbers. Refuses a course that must be in and can never be taken, because its prerequisites run in a circle.

A course enters the pool when it closes something that is still open, is a (transitive) prerequisite of such a course, or must be
in. No other course can make a plan better, so leaving them out changes no objective.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from matcher.domain.document import ReadWarning
from matcher.domain.plan import MAX_TERMS, CourseOption, GapItem, Objective, PlanLimits, PlanProblem, closure
from matcher.errors import InvalidRequest
from matcher.plan.limits import PREREQUISITES, offered_terms, rules_out

Group = frozenset[int]
LEAST_VALUE = 1e-9
"""Gap weight below which a sum of weights may differ by rounding."""


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """What a model is built of. Courses by number, ascending by name.

    `groups[j]`: unfulfilled prerequisites of course j, each the courses any of which fulfils it. `terms[j]`: terms (from 1) in
    which it may stand, ascending. `steps[j]`: item number → closure that it gives, only where that is more than the candidate
    has. `is_wanted[j]`: it closes enough by itself or must be in; any other course is in the pool as a prerequisite only.
    `unavailable`: courses that are out, by name, and which limits keep each out (`prerequisites` when nothing fulfils one).
    """

    problem: PlanProblem
    items: tuple[GapItem, ...]
    courses: tuple[CourseOption, ...]
    groups: tuple[tuple[Group, ...], ...]
    terms: tuple[tuple[int, ...], ...]
    steps: tuple[dict[int, float], ...]
    is_wanted: tuple[bool, ...]
    n_terms: int
    unavailable: dict[str, tuple[str, ...]]
    warnings: tuple[ReadWarning, ...]

    @property
    def limits(self) -> PlanLimits:
        """Limits of the problem."""
        return self.problem.limits

    def number(self, name: str) -> int | None:
        """Number of a course, None when it is not in the pool."""
        return next((j for j, course in enumerate(self.courses) if course.name == name), None)

    def only(self, numbers: list[int]) -> Pool:
        """The pool of some of the courses, numbered anew in their order."""
        new = {old: position for position, old in enumerate(numbers)}
        return replace(
            self,
            courses=tuple(self.courses[j] for j in numbers),
            groups=tuple(tuple(frozenset(new[k] for k in g if k in new) for g in self.groups[j]) for j in numbers),
            terms=tuple(self.terms[j] for j in numbers),
            steps=tuple(self.steps[j] for j in numbers),
            is_wanted=tuple(self.is_wanted[j] for j in numbers),
        )

    def within(self, n_terms: int) -> Pool:
        """The same courses in the first terms only."""
        terms = tuple(tuple(t for t in offered if t <= n_terms) for offered in self.terms)
        return replace(self, terms=terms, n_terms=n_terms)

    def held(self, item: int) -> float:
        """Closure of an item before the plan."""
        return closure(self.items[item].credit, self.problem.covered_at)

    def closable(self) -> frozenset[str]:
        """Skills of the items that some course of the pool closes whole; what full closure asks for."""
        return frozenset(
            self.items[i].skill_id
            for steps, is_wanted in zip(self.steps, self.is_wanted, strict=True)
            for i, reached in steps.items()
            if is_wanted and reached >= 1
        )


def make_pool(problem: PlanProblem) -> Pool:
    """The pool of a problem.

    Raises:
        InvalidRequest: CYCLIC_PREREQUISITES, of a course that must be in; the message names the circle.
    """
    limits = problem.limits
    done = [c for c in problem.courses if c.name in limits.completed]
    items = items_after(problem.items, done)
    unavailable: dict[str, tuple[str, ...]] = {}
    available: list[CourseOption] = []
    for course in sorted(problem.courses, key=lambda c: c.name):
        if course.name in limits.completed:
            continue
        if out := rules_out(course, limits, problem.objectives):
            unavailable[course.name] = out
        else:
            available.append(course)
    steps = [_steps(course, items, problem.covered_at) for course in available]
    least = limits.min_course_value or 0.0
    wanted = [
        j
        for j, course in enumerate(available)
        if course.name in limits.must_include
        or (steps[j] and _value(steps[j], items, problem.covered_at) >= least - LEAST_VALUE)
    ]
    groups = _groups_of_relevant(available, wanted, problem, done)
    earliest = _earliest(groups)
    blocked = [j for j in groups if j not in earliest]
    warnings = _warn_of_blocked(blocked, groups, available, problem)
    unavailable.update({available[j].name: (PREREQUISITES,) for j in blocked})
    kept = _needed([j for j in wanted if j in earliest], groups, earliest)
    return _assembled(problem, items, available, kept, set(wanted), groups, earliest, steps, unavailable, warnings)


def asks_full_closure(problem: PlanProblem) -> bool:
    """Whether the first objective is to be reached by plans only that close all that can be closed."""
    return problem.objectives[0] is not Objective.MOST_CLOSED


def items_after(items: tuple[GapItem, ...], completed: list[CourseOption]) -> tuple[GapItem, ...]:
    """The gap with what completed courses prove."""
    return tuple(replace(i, credit=max([i.credit, *(c.closes.get(i.skill_id, 0.0) for c in completed)])) for i in items)


def _value(steps: dict[int, float], items: tuple[GapItem, ...], covered_at: float) -> float:
    """Gap weight that a course closes by itself."""
    return sum(items[i].weight * (reached - closure(items[i].credit, covered_at)) for i, reached in steps.items())


def _steps(course: CourseOption, items: tuple[GapItem, ...], covered_at: float) -> dict[int, float]:
    """Item number → closure, where the course gives more than is held."""
    if not course.closes:
        return {}
    found = {}
    for number, item in enumerate(items):
        reached = closure(course.closes.get(item.skill_id, 0.0), covered_at)
        if reached > closure(item.credit, covered_at):
            found[number] = reached
    return found


def _groups_of_relevant(
    available: list[CourseOption], wanted: list[int], problem: PlanProblem, done: list[CourseOption]
) -> dict[int, list[Group]]:
    """Unfulfilled prerequisites of the wanted courses and of all that may fulfil one, transitively."""
    number = {course.name: j for j, course in enumerate(available)}
    provers: dict[str, list[int]] = {}
    for j, course in enumerate(available):
        for skill in course.proves:
            provers.setdefault(skill, []).append(j)
    held = problem.held_skills.union(*(c.proves for c in done))
    completed = set(problem.limits.completed)
    groups: dict[int, list[Group]] = {}
    left = list(wanted)
    while left:
        j = left.pop()
        if j in groups:
            continue
        groups[j] = []
        for asked in available[j].prerequisites:
            if completed.intersection(asked.courses) or held.intersection(asked.skills):
                continue
            ways = {number[name] for name in asked.courses if name in number}
            ways.update(k for skill in asked.skills for k in provers.get(skill, ()))
            group = frozenset(ways - {j})
            if group not in groups[j]:
                groups[j].append(group)
            left.extend(group)
    return groups


def _earliest(groups: dict[int, list[Group]]) -> dict[int, int]:
    """First term in which each course may stand when all is offered always; courses that can never be taken are left out."""
    found: dict[int, int] = {}
    term = 1
    while True:
        new = [j for j, asked in groups.items() if j not in found and all(any(k in found for k in g) for g in asked)]
        if not new:
            return found
        found.update(dict.fromkeys(new, term))
        term += 1


def _needed(wanted: list[int], groups: dict[int, list[Group]], earliest: dict[int, int]) -> list[int]:
    """Wanted courses and what may fulfil their prerequisites, transitively, ascending."""
    kept: set[int] = set()
    left = list(wanted)
    while left:
        j = left.pop()
        if j not in kept:
            kept.add(j)
            left.extend(k for group in groups[j] for k in group if k in earliest)
    return sorted(kept)


def _warn_of_blocked(
    blocked: list[int], groups: dict[int, list[Group]], available: list[CourseOption], problem: PlanProblem
) -> tuple[ReadWarning, ...]:
    """Says which prerequisites run in a circle.

    Raises:
        InvalidRequest: a course that must be in stands in or behind the circle.
    """
    circular = set(blocked)
    while lacking := {j for j in circular if any(_is_closed(g, blocked) and not g & circular for g in groups[j])}:
        circular -= lacking  # blocked by what is not there at all, not by a circle
    if not circular:
        return ()
    circle = [available[j].name for j in _circle(circular, groups, blocked)]
    shown = " → ".join([*circle, circle[0]])
    for name in problem.limits.must_include:
        if name in {available[j].name for j in circular}:
            raise InvalidRequest(
                f"{name} can never be taken, its prerequisites run in a circle: {shown}",
                reason="CYCLIC_PREREQUISITES",
                field="limits.must_include",
                circle=", ".join(circle),
            )
    return (ReadWarning("CYCLIC_PREREQUISITES", f"{len(circular)} courses are left out, a circle: {shown}"),)


def _is_closed(group: Group, blocked: list[int]) -> bool:
    return not group.difference(blocked)


def _circle(circular: set[int], groups: dict[int, list[Group]], blocked: list[int]) -> list[int]:
    """One circle, beginning with its lowest number: each has the next as a prerequisite."""
    path: list[int] = []
    j = min(circular)
    while j not in path:
        path.append(j)
        j = min(k for g in groups[j] if _is_closed(g, blocked) for k in g & circular)
    circle = path[path.index(j) :]
    first = circle.index(min(circle))
    return circle[first:] + circle[:first]


def _assembled(
    problem: PlanProblem,
    items: tuple[GapItem, ...],
    available: list[CourseOption],
    kept: list[int],
    wanted: set[int],
    groups: dict[int, list[Group]],
    earliest: dict[int, int],
    steps: list[dict[int, float]],
    unavailable: dict[str, tuple[str, ...]],
    warnings: tuple[ReadWarning, ...],
) -> Pool:
    """The pool over the courses kept, numbered anew."""
    renumbered = {old: new for new, old in enumerate(kept)}
    own = [tuple(frozenset(renumbered[k] for k in g if k in renumbered) for g in groups[j]) for j in kept]
    n_terms = _n_terms(problem.limits, own)
    offered = [offered_terms(available[j], problem.limits, n_terms) for j in kept]
    return Pool(
        problem=problem,
        items=items,
        courses=tuple(available[j] for j in kept),
        groups=tuple(own),
        terms=tuple(tuple(t for t in offered[n] if t >= earliest[j]) for n, j in enumerate(kept)),
        steps=tuple(steps[j] for j in kept),
        is_wanted=tuple(j in wanted for j in kept),
        n_terms=n_terms,
        unavailable=unavailable,
        warnings=warnings,
    )


def _n_terms(limits: PlanLimits, groups: list[tuple[Group, ...]]) -> int:
    """Terms of the plan: as limited, else as many as the longest chain of prerequisites or a load may ask for."""
    given = [n for n in (limits.max_terms, len(limits.term_starts)) if n]
    if given:
        return min(given)
    if limits.max_hours_per_term is not None:
        return MAX_TERMS
    behind = {j for j, asked in enumerate(groups) if asked}
    n, level = 1, behind
    while level and n < MAX_TERMS:
        n += 1
        level = {j for j in behind if any(g & level for g in groups[j])}
    return n
