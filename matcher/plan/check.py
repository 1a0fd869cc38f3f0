"""What a problem must be before it is planned.

Enters: a `PlanProblem`. Leaves: nothing, or a typed error that names the field and the limit. Limits that contradict each other
are not refused here: they are answered by a stated infeasibility.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import pairwise

from matcher.domain.plan import MAX_TERMS, CourseOption, PlanLimits, PlanProblem
from matcher.errors import InvalidRequest, ResourceNotFound

MAX_QUANTITY = 1e9
"""Hours, credits and weights above it are errors of unit; cost in fen may be a thousand times as much."""


def check_problem(problem: PlanProblem) -> None:
    """Refuses what no plan can be made of.

    Raises:
        InvalidRequest: a number that is negative, not finite or out of range, a name given twice, a course that is to be both
        taken and
            completed, no objective, a limit of time that is not positive.
        ResourceNotFound: a limit names a course that is not given.
    """
    if not problem.objectives or len(set(problem.objectives)) != len(problem.objectives):
        raise InvalidRequest("objectives must be given, each once", field="objectives", limit="1 or more, distinct")
    _number(problem.limit_s, "solve_limit_s", low=1e-3)
    _number(problem.covered_at, "covered_at", low=1e-6, high=1.0)
    _distinct([i.skill_id for i in problem.items], "items")
    _distinct([c.name for c in problem.courses], "courses")
    for item in problem.items:
        _number(item.weight, "items.weight", low=1e-9)
        _number(item.credit, "items.credit", high=1.0)
    for course in problem.courses:
        _check_course(course)
    _check_limits(problem.limits)
    _check_names(problem)


def _check_course(course: CourseOption) -> None:
    _number(course.hours, "courses.hours", course=course.name)
    _number(course.cost_fen, "courses.cost_fen", high=MAX_QUANTITY * 1000, course=course.name)
    _number(course.credits, "courses.credits", course=course.name)
    _number(course.practice_share, "courses.practice_share", high=1.0, course=course.name)
    for credit in course.closes.values():
        _number(credit, "courses.closes", high=1.0, course=course.name)


def _check_limits(limits: PlanLimits) -> None:
    for name in ("max_hours", "max_credits", "min_credits", "max_hours_per_term", "max_courses", "min_course_value"):
        _number(getattr(limits, name), f"limits.{name}")
    _number(limits.max_cost_fen, "limits.max_cost_fen", high=MAX_QUANTITY * 1000)
    _number(limits.min_practice_share, "limits.min_practice_share", high=1.0)
    _number(limits.max_terms, "limits.max_terms", low=1, high=MAX_TERMS)
    if len(limits.term_starts) > MAX_TERMS:
        raise InvalidRequest("too many terms", field="limits.term_starts", limit=f"{MAX_TERMS} terms")
    if any(later <= earlier for earlier, later in pairwise(limits.term_starts)):
        raise InvalidRequest("terms must start one after the other", field="limits.term_starts", limit="ascending")


def _check_names(problem: PlanProblem) -> None:
    given, limits = {c.name for c in problem.courses}, problem.limits
    for field in ("completed", "must_include", "must_exclude"):
        names = getattr(limits, field)
        _distinct(names, f"limits.{field}")
        for name in names:
            if name not in given:
                raise ResourceNotFound(f"no course {name}", field=f"limits.{field}")
    for name in limits.must_include:
        if name in limits.completed:
            raise InvalidRequest(f"{name} is completed and cannot be planned again", field="limits.must_include")


def _number(value: float | None, field: str, *, low: float = 0.0, high: float = MAX_QUANTITY, course: str = "") -> None:
    if value is None or (math.isfinite(value) and low <= value <= high):
        return
    where = f" of {course}" if course else ""
    raise InvalidRequest(f"{field}{where} is out of range or no number", field=field, limit=f"{low:g} to {high:g}")


def _distinct(names: Iterable[str], field: str) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise InvalidRequest(f"{name} is given twice", field=field, limit="each once")
        seen.add(name)
