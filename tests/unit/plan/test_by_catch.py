"""Soft skills beside a plan: each course is held against those before it, and no sum changes."""

from __future__ import annotations

from dataclasses import replace

from matcher.domain.plan import CourseOption, GapItem, PlanProblem, ResidualReason
from matcher.plan.by_catch import with_by_catch
from matcher.plan.plan_notes import plan_notes
from matcher.plan.planner import make_plan

AT = 0.9
WRITING, CARE = GapItem("writing", None, 0.2), GapItem("care", None, 0.1, credit=0.95)
COURSES = (
    CourseOption("courses/a", hours=10, closes={"python": 1.0, "writing": 0.5, "care": 1.0}),
    CourseOption("courses/b", hours=10, closes={"sql": 1.0, "writing": 1.0}),
    CourseOption("courses/c", hours=10, closes={"writing": 1.0}),
)
PROBLEM = PlanProblem(items=(GapItem("python", None, 1.0), GapItem("sql", None, 1.0)), courses=COURSES, covered_at=AT)


def test_courses_tell_what_they_add_to_those_before_and_none_is_taken_for_it() -> None:
    planned = make_plan(PROBLEM)
    told = with_by_catch(planned, [WRITING, CARE], COURSES, (), AT)
    assert told.plan is not None
    by_course = {
        p.course.name: [(c.skill_id, c.credit_before, c.credit_after) for c in p.by_catch] for p in told.plan.courses
    }
    # "care" is covered already; what b adds stands on what a gives
    assert by_course == {"courses/a": [("writing", 0.0, 0.5)], "courses/b": [("writing", 0.5, 1.0)]}
    assert planned.plan is not None
    assert (told.plan.closed_weight, told.plan.hours) == (planned.plan.closed_weight, planned.plan.hours) == (2.0, 20.0)
    assert told.residuals == planned.residuals == ()


def test_what_stays_open_is_told_with_the_course_that_would_give_it() -> None:
    only_a = make_plan(replace(PROBLEM, items=PROBLEM.items[:1]))
    (left,) = with_by_catch(only_a, [WRITING, CARE], COURSES, (), AT).residuals
    assert (left.item.skill_id, left.reason, left.credit) == ("writing", ResidualReason.SOFT_SKILL, 0.5)
    assert (left.best_course, left.best_credit) == ("courses/b", 1.0)


def test_a_completed_course_counts() -> None:
    told = with_by_catch(make_plan(PROBLEM), [WRITING], COURSES, ("courses/c",), AT)
    assert told.plan is not None
    assert not any(p.by_catch for p in told.plan.courses)


def test_a_gap_of_soft_skills_alone_is_told_as_such_in_the_language_of_the_reply() -> None:
    met = make_plan(replace(PROBLEM, items=(GapItem("python", None, 1.0, credit=1.0),)))
    assert [n.code for n in plan_notes(met, {}, {}, AT, "en")] == ["NOTHING_OPEN"]
    assert "but soft skills" not in plan_notes(met, {}, {}, AT, "en")[0].detail
    soft_left = with_by_catch(met, [WRITING], COURSES, (), AT)
    assert "but soft skills" in plan_notes(soft_left, {}, {}, AT, "en")[0].detail
    assert plan_notes(soft_left, {}, {}, AT, "zh")[0].detail.startswith("除软技能外")
