"""Laws of plans: limits are never broken, more room is never worse, the same problem gives the same plan, what is said is true."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.domain.plan import (
    CourseOption,
    GapItem,
    LeftOutReason,
    Objective,
    Plan,
    PlanLimits,
    PlanOutcome,
    PlanProblem,
    PlanStatus,
    Prerequisite,
    Quantity,
)
from matcher.errors import InvalidRequest
from matcher.plan.clock import Clock
from matcher.plan.model import Demands, PlanModel
from matcher.plan.packing import packing_bounds
from matcher.plan.planner import make_plan
from matcher.plan.pool import make_pool
from tests.unit.plan.small_problems import COVERED_AT, Enumeration, random_problem

FEW = settings(max_examples=12, deadline=None)
seeds = st.integers(10_000, 1_000_000)


def middling_problem(seed: int) -> PlanProblem:
    """30 courses in chains, 12 items: too many to enumerate."""
    pick = random.Random(seed)  # noqa: S311
    skills = [f"s{i}" for i in range(12)]
    courses: list[CourseOption] = []
    for j in range(30):
        ways = [c.name for c in pick.sample(courses, min(len(courses), pick.randint(0, 2)))]
        courses.append(
            CourseOption(
                name=f"courses/c{j:02}",
                hours=float(pick.choice([16, 32, 48, 64])),
                cost_fen=pick.choice([0, 30_000, 60_000]),
                practice_share=pick.choice([0.2, 0.5, 0.8]),
                closes={s: pick.choice([1.0, 0.95, 0.7, 0.5]) for s in pick.sample(skills, pick.randint(1, 3))},
                prerequisites=(Prerequisite(tuple(ways)),) if ways else (),
            )
        )
    items = tuple(GapItem(s, None, round(pick.uniform(0.1, 1), 3)) for s in skills)
    limits = PlanLimits(
        max_hours=160, max_cost_fen=150_000, max_terms=3, max_hours_per_term=80, min_practice_share=0.45
    )
    return PlanProblem(items, tuple(courses), COVERED_AT, limits, limit_s=20)


def plan_of(problem: PlanProblem) -> Plan:
    found = make_plan(problem)
    assert found.status is PlanStatus.OPTIMAL
    assert found.plan is not None
    return found.plan


@FEW
@given(seeds)
def test_no_limit_is_ever_broken(seed: int) -> None:
    problem = middling_problem(seed)
    found = make_plan(replace(problem, n_alternatives=2))
    assert found.plan is not None
    every = Enumeration(problem)
    for plan in (found.plan, *found.alternatives):
        assert every.keeps_limits({p.course.name: p.term for p in plan.courses})


@FEW
@given(seeds, st.sampled_from(["max_hours", "max_cost_fen", "max_terms", "max_hours_per_term"]))
def test_more_room_is_never_worse(seed: int, name: str) -> None:
    problem = middling_problem(seed)
    more = replace(problem.limits, **{name: getattr(problem.limits, name) * 2})
    assert plan_of(replace(problem, limits=more)).closed_weight >= plan_of(problem).closed_weight - 1e-6


@FEW
@given(seeds)
def test_alternatives_are_distinct_and_no_better(seed: int) -> None:
    found = make_plan(replace(middling_problem(seed), n_alternatives=3))
    assert found.plan is not None
    plans = [found.plan, *found.alternatives]
    for place, plan in enumerate(plans):
        names = {p.course.name for p in plan.courses}
        for better in plans[:place]:
            assert better.closed_weight >= plan.closed_weight - 1e-6
            assert not {p.course.name for p in better.courses} <= names


@FEW
@given(seeds)
def test_the_order_of_courses_and_items_does_not_matter(seed: int) -> None:
    problem = middling_problem(seed)
    shuffled = replace(problem, courses=problem.courses[::-1])
    first, second = plan_of(problem), plan_of(shuffled)
    assert [(p.course.name, p.term) for p in first.courses] == [(p.course.name, p.term) for p in second.courses]


@FEW
@given(seeds)
def test_a_short_time_gives_a_true_bound(seed: int) -> None:
    problem = middling_problem(seed)
    best = plan_of(problem).closed_weight
    quick = make_plan(replace(problem, limit_s=0.001))
    assert quick.plan is not None
    (value,) = quick.plan.objectives
    assert value.value - 1e-6 <= best <= value.bound + 1e-6
    assert Enumeration(problem).keeps_limits({p.course.name: p.term for p in quick.plan.courses})


@FEW
@given(seeds)
def test_what_is_said_of_a_course_left_out_is_what_forcing_it_in_gives(seed: int) -> None:
    problem = replace(middling_problem(seed), n_explained=2)
    found = make_plan(problem)
    assert found.plan is not None
    for left in found.left_out:
        forced = make_plan(replace(problem, n_explained=0, limits=replace(problem.limits, must_include=(left.course,))))
        if left.reason is LeftOutReason.CONFLICT:
            assert forced.status is PlanStatus.INFEASIBLE
            assert set(forced.conflict) == {*left.limits, f"must_include:{left.course}"}
        else:
            assert forced.plan is not None
            assert left.reason in (LeftOutReason.LOSS, LeftOutReason.NO_GAIN)
            assert left.loss == pytest.approx(found.plan.closed_weight - forced.plan.closed_weight, abs=2e-6)


A = CourseOption("courses/a", hours=40, closes={"x": 1.0})
B = CourseOption("courses/b", hours=20, closes={"y": 0.5})
ITEMS = (GapItem("x", None, 1.0), GapItem("y", None, 0.5))


def solve(*courses: CourseOption, limits: PlanLimits | None = None, **fields: object) -> PlanOutcome:
    return make_plan(PlanProblem(ITEMS, courses, COVERED_AT, limits or PlanLimits(), **fields))  # type: ignore[arg-type]


def names(found: PlanOutcome) -> list[str]:
    assert found.plan is not None
    return [p.course.name for p in found.plan.courses]


def test_a_lower_level_moves_a_gap_and_does_not_close_it() -> None:
    found = solve(B)
    assert names(found) == ["courses/b"]
    assert found.plan is not None
    assert found.plan.closed_weight == pytest.approx(0.25)
    assert [r.item.skill_id for r in found.residuals] == ["x", "y"]


def test_a_course_of_unknown_hours_is_not_planned_under_a_limit_on_hours() -> None:
    unknown = CourseOption("courses/u", closes={"x": 1.0})
    assert names(solve(unknown, limits=PlanLimits(max_hours=100))) == []
    assert names(solve(unknown, objectives=(Objective.LEAST_HOURS,))) == []
    allowed = PlanLimits(max_hours=100, allow_unknown=frozenset({Quantity.HOURS}))
    found = solve(unknown, limits=allowed)
    assert names(found) == ["courses/u"]
    assert [w.code for w in found.warnings] == ["UNKNOWN_HOURS"]


def test_a_completed_course_proves_its_skills_and_is_not_planned_again() -> None:
    found = solve(A, B, limits=PlanLimits(completed=("courses/a",)))
    assert names(found) == ["courses/b"]
    assert [i.credit for i in found.items] == [1.0, 0.0]


def test_a_skill_held_fulfils_a_prerequisite() -> None:
    asks = replace(A, prerequisites=(Prerequisite(skills=("python@0",)),))
    assert names(solve(asks)) == []
    assert names(solve(asks, held_skills=frozenset({"python@0"}))) == ["courses/a"]
    teaches = CourseOption("courses/p", hours=10, proves=frozenset({"python@0"}))
    found = solve(asks, teaches)
    assert found.plan is not None
    assert [(p.course.name, p.term, p.needed_for) for p in found.plan.courses] == [
        ("courses/p", 1, ("courses/a",)),
        ("courses/a", 2, ()),
    ]


def test_a_course_that_closes_too_little_is_planned_as_a_prerequisite_only() -> None:
    little = CourseOption("courses/little", hours=10, closes={"y": 1.0}, proves=frozenset({"k@0"}))
    limits = PlanLimits(min_course_value=0.6)
    found = solve(A, little, limits=limits, n_explained=1)
    assert names(found) == ["courses/a"]
    assert [(c.course, c.reason, c.limits) for c in found.left_out] == [
        ("courses/little", LeftOutReason.UNAVAILABLE, ("min_course_value",))
    ]
    asks = replace(A, prerequisites=(Prerequisite(skills=("k@0",)),))
    assert names(solve(asks, little, limits=limits)) == ["courses/little", "courses/a"]


def test_a_circle_elsewhere_breaks_no_plan_and_a_needed_one_is_named() -> None:
    one = CourseOption("courses/one", closes={"y": 1.0}, prerequisites=(Prerequisite(("courses/two",)),))
    two = CourseOption("courses/two", prerequisites=(Prerequisite(("courses/one",)),))
    found = solve(A, one, two)
    assert names(found) == ["courses/a"]
    (warning,) = (w for w in found.warnings if w.code == "CYCLIC_PREREQUISITES")
    assert "courses/one → courses/two → courses/one" in warning.detail
    with pytest.raises(InvalidRequest) as refused:
        solve(A, one, two, limits=PlanLimits(must_include=("courses/one",)))
    assert refused.value.code == "CYCLIC_PREREQUISITES"
    assert refused.value.metadata["circle"] == "courses/one, courses/two"
    idle = replace(one, closes={})
    assert not any(w.code == "CYCLIC_PREREQUISITES" for w in solve(A, idle, two).warnings)


def test_contradicting_limits_are_named() -> None:
    limits = PlanLimits(max_hours=30, max_courses=5, must_include=("courses/a",))
    assert solve(A, B, limits=limits).conflict == ("max_hours", "must_include:courses/a")
    both = PlanLimits(must_include=("courses/a",), must_exclude=("courses/a",))
    assert solve(A, B, limits=both).conflict == ("must_exclude", "must_include:courses/a")


@pytest.mark.parametrize("seed", range(6))
def test_a_load_that_binds_is_solved_as_by_the_model_with_terms(seed: int) -> None:
    """Where the selection finds no terms, what is then tried must end at the same optimum."""
    problem = middling_problem(seed)
    tight = replace(problem, limits=PlanLimits(max_terms=3, max_hours_per_term=64))
    at_once = PlanModel(make_pool(tight), Demands()).solve((Objective.MOST_CLOSED,), Clock(20))
    assert plan_of(tight).closed_weight == pytest.approx(at_once.stages[0].value, abs=2e-6)


@FEW
@given(seeds)
def test_the_fewest_terms_are_fewest(seed: int) -> None:
    """One term less, and no plan closes as much."""
    problem = middling_problem(seed)
    quickest = plan_of(replace(problem, objectives=(Objective.MOST_CLOSED, Objective.FEWEST_TERMS)))
    assert quickest.closed_weight == pytest.approx(plan_of(problem).closed_weight, abs=2e-6)
    n_terms = max(p.term for p in quickest.courses)
    assert quickest.objectives[1].value == n_terms
    if n_terms > 1:
        fewer = plan_of(replace(problem, limits=replace(problem.limits, max_terms=n_terms - 1)))
        assert fewer.closed_weight < quickest.closed_weight - 1e-6


def test_without_courses_or_gap_the_plan_is_empty() -> None:
    assert names(solve()) == []
    empty = make_plan(PlanProblem((), (A,), COVERED_AT))
    assert empty.status is PlanStatus.OPTIMAL
    assert names(empty) == []


def test_random_problems_are_the_same_when_made_again() -> None:
    assert random_problem(7) == random_problem(7)
    assert random_problem(7) != random_problem(8)


@given(st.lists(st.integers(1, 60), min_size=1, max_size=6), st.integers(20, 60))
def test_no_term_breaks_what_the_load_says_of_all(hours: list[int], room: int) -> None:
    """Every set of courses that fits into one term keeps each bound; so do terms together."""
    for weights, most in packing_bounds(hours, room):
        for taken in range(2 ** len(hours)):
            chosen = [i for i in range(len(hours)) if taken >> i & 1]
            if sum(hours[i] for i in chosen) <= room:
                assert sum(weights[i] for i in chosen) <= most
