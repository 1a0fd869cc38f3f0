"""What is no problem to plan: a typed error that names field and limit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from matcher.domain.plan import CourseOption, GapItem, Objective, PlanLimits, PlanProblem
from matcher.errors import InvalidRequest, ResourceNotFound
from matcher.plan.planner import make_plan

COURSE = CourseOption("courses/a", hours=40, closes={"x": 1.0})
PROBLEM = PlanProblem((GapItem("x", None, 1.0),), (COURSE,), 0.9)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"items": (GapItem("x", None, -1.0),)}, "items.weight"),
        ({"items": (GapItem("x", None, 1.0, 1.5),)}, "items.credit"),
        ({"items": (GapItem("x", None, 1.0), GapItem("x", None, 1.0))}, "items"),
        ({"courses": (replace(COURSE, hours=-1),)}, "courses.hours"),
        ({"courses": (replace(COURSE, hours=float("nan")),)}, "courses.hours"),
        ({"courses": (replace(COURSE, cost_fen=-1),)}, "courses.cost_fen"),
        ({"courses": (replace(COURSE, practice_share=1.2),)}, "courses.practice_share"),
        ({"courses": (replace(COURSE, closes={"x": float("nan")}),)}, "courses.closes"),
        ({"courses": (COURSE, COURSE)}, "courses"),
        ({"objectives": ()}, "objectives"),
        ({"objectives": (Objective.LEAST_HOURS, Objective.LEAST_HOURS)}, "objectives"),
        ({"limit_s": 0.0}, "solve_limit_s"),
        ({"limit_s": float("inf")}, "solve_limit_s"),
    ],
)
def test_a_bad_problem_is_refused(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        make_plan(replace(PROBLEM, **changes))
    assert refused.value.field == field
    assert refused.value.limit


@pytest.mark.parametrize(
    ("limits", "field"),
    [
        (PlanLimits(max_hours=-1), "limits.max_hours"),
        (PlanLimits(max_hours=float("nan")), "limits.max_hours"),
        (PlanLimits(max_cost_fen=-1), "limits.max_cost_fen"),
        (PlanLimits(max_terms=0), "limits.max_terms"),
        (PlanLimits(max_terms=13), "limits.max_terms"),
        (PlanLimits(min_practice_share=1.1), "limits.min_practice_share"),
        (PlanLimits(term_starts=(date(2026, 9, 1), date(2026, 9, 1))), "limits.term_starts"),
        (PlanLimits(must_include=("courses/a", "courses/a")), "limits.must_include"),
        (PlanLimits(must_include=("courses/a",), completed=("courses/a",)), "limits.must_include"),
    ],
)
def test_a_bad_limit_is_refused(limits: PlanLimits, field: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        make_plan(replace(PROBLEM, limits=limits))
    assert refused.value.field == field


@pytest.mark.parametrize("field", ["completed", "must_include", "must_exclude"])
def test_a_course_that_is_not_there_is_not_found(field: str) -> None:
    with pytest.raises(ResourceNotFound) as refused:
        make_plan(replace(PROBLEM, limits=PlanLimits(**{field: ("courses/b",)})))  # type: ignore[arg-type]
    assert refused.value.field == f"limits.{field}"
