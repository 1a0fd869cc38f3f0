"""Why a course that closes much by itself is not in the plan, found by forcing it in and solving again.

Enters: a solved pool. Leaves: `LeftOut` of the best courses. What the time does not allow to decide is said to be undetermined.
"""

from __future__ import annotations

from dataclasses import replace

from matcher.domain.plan import CourseOption, LeftOut, LeftOutReason, ObjectiveValue, Plan, PlanStatus, closure
from matcher.plan.answer import value_alone
from matcher.plan.clock import Clock
from matcher.plan.conflict import conflict_of
from matcher.plan.limits import MUST_INCLUDE
from matcher.plan.model import Demands, Waiting
from matcher.plan.pool import Pool
from matcher.plan.term_count import solved
from matcher.plan.worth import Stage

LEAST_LOSS = 1e-6
"""Share of a value below which two plans are equally good: gap weight is counted in 10⁻⁷ of the whole gap."""


def explain_left_out(
    pool: Pool, plan: Plan, closing: frozenset[str], clock: Clock, waiting: Waiting
) -> tuple[LeftOut, ...]:
    """The `n_explained` courses of highest value that are not in the plan, highest first, then by name."""
    if not pool.problem.n_explained:
        return ()
    gone = {p.course.name for p in plan.courses} | set(pool.limits.completed)
    valued = [
        (-value_alone(course, pool.items, pool.problem.covered_at), course.name, course)
        for course in pool.problem.courses
        if course.name not in gone
    ]
    best = sorted(v for v in valued if v[0] < 0)[: pool.problem.n_explained]
    return tuple(_explained(pool, plan, course, -less, closing, clock, waiting) for less, _, course in best)


def _explained(
    pool: Pool, plan: Plan, course: CourseOption, value: float, closing: frozenset[str], clock: Clock, waiting: Waiting
) -> LeftOut:
    covered_by, is_covered = _covered_by(pool, plan, course)
    found = LeftOut(course.name, value, LeftOutReason.UNDETERMINED, covered_by=covered_by, is_covered=is_covered)
    if (out := pool.unavailable.get(course.name)) is not None:
        return replace(found, reason=LeftOutReason.UNAVAILABLE, limits=out)
    j = pool.number(course.name)
    if j is None or not pool.is_wanted[j]:  # it closes something, but less than a course must
        return replace(found, reason=LeftOutReason.UNAVAILABLE, limits=("min_course_value",))
    solution = solved(pool, Demands(closing, forced=(j,)), clock, waiting)
    if solution.status is PlanStatus.INFEASIBLE:
        forced = replace(pool.limits, must_include=(*pool.limits.must_include, course.name))
        limits, _ = conflict_of(replace(pool.problem, limits=forced), closing, clock, waiting)
        others = tuple(name for name in limits if name != MUST_INCLUDE + course.name)
        return replace(found, reason=LeftOutReason.CONFLICT, limits=others)
    if solution.status is not PlanStatus.OPTIMAL:
        return found
    return _compared(found, plan.objectives, solution.stages)


def _compared(found: LeftOut, best: tuple[ObjectiveValue, ...], forced: tuple[Stage, ...]) -> LeftOut:
    """The first objective in which the best plan with the course is worse."""
    for with_all, stage in zip(best, forced, strict=True):
        loss = abs(stage.value - with_all.value)
        if loss > LEAST_LOSS * max(abs(stage.value), abs(with_all.value), 1e-9):
            return replace(found, reason=LeftOutReason.LOSS, objective=stage.objective, loss=loss)
    return replace(found, reason=LeftOutReason.NO_GAIN)


def _covered_by(pool: Pool, plan: Plan, course: CourseOption) -> tuple[tuple[str, ...], bool]:
    """Courses of the plan that close what a course would, and whether they close all of it."""
    covered_at, by, is_covered = pool.problem.covered_at, set(), True
    for item in pool.items:
        own = closure(course.closes.get(item.skill_id, 0.0), covered_at)
        if own <= closure(item.credit, covered_at):
            continue
        givers = [p.course for p in plan.courses if closure(p.course.closes.get(item.skill_id, 0.0), covered_at) >= own]
        if givers:
            by.add(givers[0].name)
        is_covered = is_covered and bool(givers)
    return tuple(sorted(by)), is_covered
