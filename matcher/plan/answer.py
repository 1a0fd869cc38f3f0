"""Solution → plan: what each course closes, the sums, and what stays open.

Enters: a pool, and course numbers with their terms. Leaves: `Plan`, `Residual`. Every figure is computed from the courses
themselves, not taken from the solver, so that it recomputes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from matcher.domain.plan import (
    Contribution,
    CourseOption,
    GapItem,
    ObjectiveValue,
    Plan,
    PlannedCourse,
    PlanProblem,
    Residual,
    ResidualReason,
    closure,
)
from matcher.plan.pool import Pool


def plan_of(pool: Pool, terms: Mapping[int, int], objectives: tuple[ObjectiveValue, ...] = ()) -> Plan:
    """The plan of a solution: courses by term, then by name, each with what it adds to those before it."""
    covered_at = pool.problem.covered_at
    credit = [item.credit for item in pool.items]
    planned: list[PlannedCourse] = []
    for j in sorted(terms, key=lambda j: (terms[j], j)):
        course = pool.courses[j]
        found = contributions(course, pool.items, credit, covered_at)
        planned.append(PlannedCourse(course, terms[j], found, _needed_for(j, pool, terms)))
    courses = [p.course for p in planned]
    hours = sum(c.hours or 0.0 for c in courses)
    practice = sum((c.hours or 0.0) * (c.practice_share or 0.0) for c in courses)
    return Plan(
        courses=tuple(planned),
        objectives=objectives,
        closed_weight=sum(p.gain for p in planned),
        hours=hours,
        cost_fen=sum(c.cost_fen or 0 for c in courses),
        credits=sum(c.credits or 0.0 for c in courses),
        practice_share=practice / hours if hours else None,
        n_unknown_hours=sum(c.hours is None for c in courses),
        n_unknown_cost=sum(c.cost_fen is None for c in courses),
        n_unknown_credits=sum(c.credits is None for c in courses),
    )


def contributions(
    course: CourseOption, items: tuple[GapItem, ...], credit: list[float], covered_at: float
) -> tuple[Contribution, ...]:
    """What a course adds to `credit` of each item, largest gain first, then by skill; `credit` is raised to what it proves."""
    found = []
    for i, item in enumerate(items):
        before, after = credit[i], course.closes.get(item.skill_id, 0.0)
        gain = item.weight * (closure(after, covered_at) - closure(before, covered_at))
        if gain > 0:
            found.append(Contribution(item.skill_id, item.weight, before, after, gain))
        credit[i] = max(before, after)
    return tuple(sorted(found, key=lambda c: (-c.gain, c.skill_id)))


def _needed_for(j: int, pool: Pool, terms: Mapping[int, int]) -> tuple[str, ...]:
    """Planned courses of which one prerequisite is fulfilled by course j."""
    return tuple(
        pool.courses[k].name
        for k in sorted(terms)
        if terms[k] > terms[j] and any(j in group for group in pool.groups[k])
    )


def credits_with(pool: Pool, courses: Iterable[CourseOption]) -> list[float]:
    """Credit of each item with courses taken."""
    taken = list(courses)
    return [max([i.credit, *(c.closes.get(i.skill_id, 0.0) for c in taken)]) for i in pool.items]


def value_alone(course: CourseOption, items: tuple[GapItem, ...], covered_at: float) -> float:
    """Gap weight that a course would close by itself."""
    return sum(c.gain for c in contributions(course, items, [item.credit for item in items], covered_at))


def residuals(pool: Pool, problem: PlanProblem, plan: Plan | None) -> tuple[Residual, ...]:
    """Items that stay open, heaviest first, then by skill."""
    reached = credits_with(pool, [p.course for p in plan.courses] if plan else [])
    found = []
    for item, credit in zip(pool.items, reached, strict=True):
        if credit >= problem.covered_at:
            continue
        best_credit, best_course = best_of(problem.courses, item)
        if best_credit <= item.credit:
            reason, best_course = ResidualReason.NO_COURSE, ""
        elif best_credit < problem.covered_at:
            reason = ResidualReason.ONLY_PARTLY
        else:
            reason = ResidualReason.LIMITS
        found.append(Residual(item, credit, reason, best_credit, best_course))
    return tuple(sorted(found, key=lambda r: (-r.item.weight, r.item.skill_id)))


def best_of(courses: tuple[CourseOption, ...], item: GapItem) -> tuple[float, str]:
    """The highest credit that any course gives an item, and the first course by name that does."""
    best, name = 0.0, ""
    for course in courses:
        credit = course.closes.get(item.skill_id, 0.0)
        if credit > best or (credit == best and credit > 0 and course.name < name):
            best, name = credit, course.name
    return best, name
