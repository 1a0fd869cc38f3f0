"""The steps of one plan: solve, answer, alternatives, explanations, each within what is left of the time.

Enters: a pool. Leaves: a `PlanOutcome`. The plan itself comes first; what the time then does not allow is said to be missing.
"""

from __future__ import annotations

import dataclasses

from matcher.domain.document import ReadWarning
from matcher.domain.plan import ObjectiveValue, Plan, PlanOutcome, PlanStatus, Quantity
from matcher.plan.answer import plan_of, residuals
from matcher.plan.clock import Clock
from matcher.plan.conflict import conflict_of
from matcher.plan.greedy import greedy_terms
from matcher.plan.left_out import explain_left_out
from matcher.plan.limits import rests_on
from matcher.plan.model import Demands, Waiting
from matcher.plan.pool import Pool
from matcher.plan.term_count import solved
from matcher.plan.worth import Solution

_FIELD = {Quantity.HOURS: "hours", Quantity.COST: "cost_fen", Quantity.CREDITS: "credits"}


class Solving:
    """One problem under way.

    Args:
        pool: the courses.
        closing: skills of the items that must be closed whole.
        clock: seconds left.
        waiting: see `PlanModel`.
    """

    def __init__(self, pool: Pool, closing: frozenset[str], clock: Clock, waiting: Waiting) -> None:
        self._pool = pool
        self._closing = closing
        self._clock = clock
        self._waiting = waiting

    def outcome(self) -> PlanOutcome:
        """The answer."""
        pool, problem = self._pool, self._pool.problem
        start = greedy_terms(pool, self._closing)
        solution = solved(pool, Demands(self._closing), self._clock, self._waiting, start)
        plan = self._plan(solution)
        found = PlanOutcome(
            status=solution.status,
            plan=plan,
            items=pool.items,
            residuals=residuals(pool, problem, plan),
            warnings=pool.warnings + (self._unknown_warnings(plan) if plan else ()),
            n_courses=len(problem.courses),
            n_relevant=len(pool.courses),
        )
        if solution.status is PlanStatus.INFEASIBLE:
            conflict, is_minimal = conflict_of(problem, self._closing, self._clock, self._waiting)
            found = dataclasses.replace(found, conflict=conflict, conflict_is_minimal=is_minimal)
        elif plan is not None:
            alternatives, complete = self._alternatives(solution)
            left_out = explain_left_out(pool, plan, self._closing, self._clock, self._waiting)
            found = dataclasses.replace(
                found, alternatives=alternatives, alternatives_complete=complete, left_out=left_out
            )
        return dataclasses.replace(found, solve_s=self._clock.passed_s)

    def _plan(self, solution: Solution) -> Plan | None:
        if not solution.is_plan:
            return None
        values = tuple(ObjectiveValue(s.objective, s.value, s.bound, s.solve_s) for s in solution.stages)
        return plan_of(self._pool, solution.terms, values)

    def _alternatives(self, best: Solution) -> tuple[tuple[Plan, ...], bool]:
        """The next best plans; each lacks a course of every better one. An empty plan has none."""
        found: list[Plan] = []
        sets = [frozenset(best.terms)]
        while len(found) < self._pool.problem.n_alternatives and sets[-1]:
            demands = Demands(self._closing, lacking=tuple(sets))
            solution = solved(self._pool, demands, self._clock, self._waiting)
            plan = self._plan(solution)
            if plan is None or not solution.terms:
                return tuple(found), solution.status is not PlanStatus.UNKNOWN
            found.append(plan)
            sets.append(frozenset(solution.terms))
        return tuple(found), True

    def _unknown_warnings(self, plan: Plan) -> tuple[ReadWarning, ...]:
        """Says which quantities that a limit or an objective rests on count as 0 because nothing is known of them."""
        found, problem = [], self._pool.problem
        for quantity, field in _FIELD.items():
            if not rests_on(quantity, problem.limits, problem.objectives):
                continue
            names = [p.course.name for p in plan.courses if getattr(p.course, field) is None]
            if names:
                detail = (
                    f"{quantity.value} of {len(names)} planned courses are unknown and count as 0: {', '.join(names)}"
                )
                found.append(ReadWarning(f"UNKNOWN_{quantity.name}", detail))
        return tuple(found)
