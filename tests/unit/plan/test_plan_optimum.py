"""The plan against all plans enumerated, on 200 random problems with every kind of limit; and that all it says recomputes."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from matcher.domain.plan import Objective, Plan, PlanOutcome, PlanProblem, PlanStatus, ResidualReason, closure
from matcher.errors import InvalidRequest
from matcher.plan.limits import limits_set, without
from matcher.plan.planner import make_plan
from tests.unit.plan.small_problems import COVERED_AT, Enumeration, random_problem

N_PROBLEMS = 200


def signed(plan: Plan) -> tuple[float, ...]:
    """Values of a plan, all to be minimised."""
    return tuple(-v.value if v.objective is Objective.MOST_CLOSED else v.value for v in plan.objectives)


def placed(plan: Plan) -> dict[str, int]:
    return {p.course.name: p.term for p in plan.courses}


def outcome_of(problem: PlanProblem) -> PlanOutcome | None:
    """None where a course that must be in stands in a circle."""
    try:
        return make_plan(problem)
    except InvalidRequest as error:
        if error.code != "CYCLIC_PREREQUISITES":
            raise
        return None


@pytest.mark.parametrize("seed", range(N_PROBLEMS))
def test_no_plan_is_better_and_all_that_is_said_recomputes(seed: int) -> None:
    problem = replace(random_problem(seed), n_alternatives=1)
    every = Enumeration(problem)
    best = every.best()
    found = outcome_of(problem)
    if found is None:
        assert best is None
        return
    assert (found.plan is None) == (best is None)
    if found.plan is None or best is None:
        assert found.status is PlanStatus.INFEASIBLE
        assert_conflict_is_smallest(problem, found, every.closing)
        return
    assert found.status is PlanStatus.OPTIMAL
    assert signed(found.plan) == pytest.approx(best, abs=2e-6)
    assert all(v.gap == 0 for v in found.plan.objectives)
    if all(c.hours is not None for c in problem.courses):
        assert found.plan.hours == every.least_hours(best)
    assert every.keeps_limits(placed(found.plan))
    assert_contributions_recompute(found, found.plan)
    assert_residuals_are_true(problem, found, found.plan)
    second = every.best(lacking=frozenset(placed(found.plan)))
    if found.alternatives:
        assert second is not None
        assert signed(found.alternatives[0]) == pytest.approx(second, abs=2e-6)
        assert every.keeps_limits(placed(found.alternatives[0]))
    else:
        # that nothing could be taken instead is no alternative worth telling
        assert second is None or (every.keeps_limits({}) and second == every.worth({}))


def assert_contributions_recompute(found: PlanOutcome, plan: Plan) -> None:
    credit = {i.skill_id: i.credit for i in found.items}
    weight = {i.skill_id: i.weight for i in found.items}
    for planned in plan.courses:
        said = {c.skill_id: c for c in planned.contributions}
        for skill, before in list(credit.items()):
            after = max(before, planned.course.closes.get(skill, 0.0))
            gain = weight[skill] * (closure(after, COVERED_AT) - closure(before, COVERED_AT))
            assert (skill in said) == (gain > 0)
            if skill in said:
                assert (said[skill].credit_before, said[skill].credit_after) == (before, after)
                assert said[skill].gain == pytest.approx(gain)
            credit[skill] = after
    assert plan.closed_weight == pytest.approx(sum(c.gain for p in plan.courses for c in p.contributions))
    for value in plan.objectives:
        if value.objective is Objective.MOST_CLOSED:
            assert value.value == pytest.approx(plan.closed_weight, abs=1e-9)
        if value.objective is Objective.LEAST_HOURS:
            assert value.value == plan.hours == sum(p.course.hours or 0 for p in plan.courses)


def assert_residuals_are_true(problem: PlanProblem, found: PlanOutcome, plan: Plan) -> None:
    by_skill = {r.item.skill_id: r for r in found.residuals}
    for item in found.items:
        credit = max([item.credit, *(p.course.closes.get(item.skill_id, 0.0) for p in plan.courses)])
        assert (item.skill_id in by_skill) == (credit < COVERED_AT)
        if residual := by_skill.get(item.skill_id):
            best = max(c.closes.get(item.skill_id, 0.0) for c in problem.courses)
            assert residual.credit == credit
            assert (residual.reason is ResidualReason.LIMITS) == (best >= COVERED_AT)
            assert (residual.reason is ResidualReason.NO_COURSE) == (best <= item.credit)


def assert_conflict_is_smallest(problem: PlanProblem, found: PlanOutcome, closing: frozenset[str]) -> None:
    """The limits named have no plan together; each set that lacks one of them has, and so has every set of fewer limits."""
    named = [n for n in found.conflict if n not in ("prerequisites", "objectives")]
    assert found.conflict_is_minimal
    assert named
    assert not has_plan(problem, named, closing)
    for name in named:
        assert has_plan(problem, [n for n in named if n != name], closing)
    names = [*limits_set(problem.limits), "full_closure"]
    for fewer in combinations(names, len(named) - 1):
        assert has_plan(problem, list(fewer), closing)


def has_plan(problem: PlanProblem, names: list[str], closing: frozenset[str]) -> bool:
    limits = problem.limits
    for name in limits_set(limits):
        if name not in names:
            limits = without(limits, name)
    if limits.max_terms is None and not limits.term_starts:
        limits = replace(limits, max_terms=5)  # more than any of these problems needs
    every = Enumeration(replace(problem, limits=limits), closing if "full_closure" in names else frozenset())
    return next(every.plans(), None) is not None
