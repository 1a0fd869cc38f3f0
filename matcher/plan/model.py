"""The plan as a CP-SAT model, and its solution objective by objective.

Enters: a `Pool`. Leaves: a `Solution` in which courses are numbers and terms stand from 1. This module and no other of the course
plan imports ortools, which takes a second, so it is itself imported by the first plan only.

Two models of one class. The selection says which courses are taken and leaves the terms open: what it asks of prerequisites and
load is necessary but not sufficient, so its optimum bounds that of the plan. The model with terms has a variable for each course
and term that it may stand in; a prerequisite is kept in cumulative form (taken by term t ≤ how many of the group are taken before
t), which is tighter than a comparison of terms. scheduling.py says when which is solved.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from ortools.sat.python import cp_model

from matcher.domain.plan import Objective, PlanStatus
from matcher.plan.clock import Clock
from matcher.plan.packing import packing_bounds
from matcher.plan.pool import Pool
from matcher.plan.worth import Solution, Stage, parts, sign_of, stage, tie_hours, trivial_bound, weight_parts, worth

Linear = cp_model.LinearExprT
Waiting = Callable[[], AbstractContextManager[None]]
SHARE_PARTS = 10_000
SEED = 20261130
TIE_BREAK_WORK = 1.0
"""Deterministic seconds for the choice among equally good plans; so that it does not depend on the machine's load."""


@dataclass(frozen=True, slots=True)
class Demands:
    """What is asked of a plan beyond the limits of its pool.

    `closing`: skills of items that must be closed whole. `forced`: courses that must be taken. `lacking`: sets of courses, of
    each of which one at least must not be taken. `unplaceable`: (set, helpers): a set of courses that no terms can be found for
    unless a helper is taken too.
    """

    closing: frozenset[str] = frozenset()
    forced: tuple[int, ...] = ()
    lacking: tuple[frozenset[int], ...] = ()
    unplaceable: tuple[tuple[frozenset[int], frozenset[int]], ...] = ()

    def within(self, numbers: Sequence[int]) -> Demands:
        """The same on the pool of some of the courses, the forced ones among them; see `Pool.only`."""
        new = {old: position for position, old in enumerate(numbers)}
        lacking = tuple(frozenset(new[j] for j in chosen) for chosen in self.lacking if chosen <= new.keys())
        return Demands(self.closing, tuple(new[j] for j in self.forced), lacking)


class PlanModel:
    """One model over a pool; `with_terms` False: the selection. `waiting`: what the thread stands in while the solver works."""

    def __init__(
        self, pool: Pool, demands: Demands, *, with_terms: bool = True, waiting: Waiting = nullcontext
    ) -> None:
        self._pool = pool
        self._waiting = waiting
        self._model = cp_model.CpModel()
        self._taken = [self._model.new_bool_var("") for _ in pool.courses]
        self._at = [self._places(j) if with_terms else {} for j in range(len(pool.courses))]
        if with_terms:
            self._order()
        else:
            self._select()
        self._keep_limits(with_terms, is_packed=bool(demands.unplaceable) and not with_terms)
        self._keep_to_purpose()
        self._keep_demands(demands)

    def solve(self, objectives: Sequence[Objective], clock: Clock, hint: Mapping[int, int] | None = None) -> Solution:
        """Makes each objective as good as those before it allow, then breaks ties; keeps to the clock.

        Ties: least hours (of unknown hours: the longest known), fewest courses, then first names; with terms the earliest ones.

        `objectives`: all but FEWEST_TERMS, for which see term_count.py.
        """
        terms: Mapping[int, int] | None = None
        stages: list[Stage] = []
        if hint is not None:
            self._hint(hint)
        for objective in objectives:
            started, sign = time.monotonic(), sign_of(objective)
            expression = self._expression(objective)
            self._model.minimize(sign * expression)
            solver, status = self._run(clock)
            if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                terms = self._terms(solver)
                self._hint(terms)
            elif terms is None:
                return Solution(PlanStatus.INFEASIBLE if status == cp_model.INFEASIBLE else PlanStatus.UNKNOWN, {})
            value = worth(self._pool, objective, terms)
            bound = sign * trivial_bound(self._pool, objective)
            if status != cp_model.UNKNOWN:
                bound = max(bound, round(solver.best_objective_bound))
            is_proven = status == cp_model.OPTIMAL or bound == sign * value
            stages.append(stage(self._pool, objective, terms, sign * bound, is_proven, time.monotonic() - started))
            self._model.add(sign * expression <= sign * value)
        terms = self._tie_broken(terms or {}, clock)
        is_proven = all(s.is_proven for s in stages)
        return Solution(PlanStatus.OPTIMAL if is_proven else PlanStatus.FEASIBLE, terms, tuple(stages))

    def is_feasible(self, clock: Clock) -> bool | None:
        """Whether any plan keeps all; None when the clock ran out. To be asked of a model that was not solved."""
        _, status = self._run(clock)
        return None if status == cp_model.UNKNOWN else status != cp_model.INFEASIBLE

    # --- constraints ---------------------------------------------------------------------------------------------

    def _places(self, j: int) -> dict[int, cp_model.IntVar]:
        """Term → variable of a course."""
        pool, taken = self._pool, self._taken[j]
        terms = pool.terms[j]
        # without a load limit and prerequisites of its own a course stands best in the first term that offers it
        if len(terms) == 1 or (terms and pool.limits.max_hours_per_term is None and not pool.groups[j]):
            return {terms[0]: taken}
        at = {t: self._model.new_bool_var("") for t in terms}
        self._model.add(cp_model.LinearExpr.sum(list(at.values())) == taken)
        return at

    def _order(self) -> None:
        """Prerequisites stand in earlier terms."""
        for j, groups in enumerate(self._pool.groups):
            for group in groups:
                for term in sorted(self._at[j]):
                    before = [v for k in sorted(group) for t, v in self._at[k].items() if t < term]
                    by_now = [v for t, v in self._at[j].items() if t <= term]
                    self._model.add(cp_model.LinearExpr.sum(by_now) <= cp_model.LinearExpr.sum(before))

    def _select(self) -> None:
        """What a plan with terms implies of the courses taken: each prerequisite is taken too, each has a term and fits into it."""
        room = self._pool.limits.max_hours_per_term
        for j, groups in enumerate(self._pool.groups):
            for group in groups:
                ways = [self._taken[k] for k in sorted(group)]
                self._model.add_bool_or([self._taken[j].negated(), *ways])
            is_too_long = room is not None and parts(self._pool.courses[j].hours) > parts(room)
            if is_too_long or not self._pool.terms[j]:
                self._model.add(self._taken[j] == 0)

    def _keep_limits(self, with_terms: bool, *, is_packed: bool) -> None:
        """`is_packed`: a selection that found no terms before; it is told what a load says of all of them together."""
        limits, courses = self._pool.limits, self._pool.courses
        hours = [parts(c.hours) for c in courses]
        all_credits = self._total([parts(c.credits) for c in courses])
        at_most: list[tuple[Linear, int | None]] = [
            (self._total(hours), _limit(limits.max_hours)),
            (self._total([c.cost_fen or 0 for c in courses]), limits.max_cost_fen),
            (all_credits, _limit(limits.max_credits)),
            (self._total([1] * len(courses)), limits.max_courses),
        ]
        if limits.min_credits is not None:
            self._model.add(all_credits >= parts(limits.min_credits))
        if limits.min_practice_share is not None:
            asked = round(limits.min_practice_share * SHARE_PARTS)
            over = [
                h * (round((c.practice_share or 0.0) * SHARE_PARTS) - asked)
                for h, c in zip(hours, courses, strict=True)
            ]
            self._model.add(self._total(over) >= 0)
        if limits.max_hours_per_term is not None:
            room = parts(limits.max_hours_per_term)
            at_most.append((self._total(hours), room * self._pool.n_terms))
            if is_packed:
                bounds = packing_bounds(hours, room)
                at_most += [(self._total(weights), most * self._pool.n_terms) for weights, most in bounds]
            for term in range(1, self._pool.n_terms + 1) if with_terms else ():
                here = [(at[term], hours[j]) for j, at in enumerate(self._at) if term in at]
                at_most.append((cp_model.LinearExpr.weighted_sum([v for v, _ in here], [h for _, h in here]), room))
        for total, limit in at_most:
            if limit is not None:
                self._model.add(total <= limit)

    def _keep_to_purpose(self) -> None:
        """A course that closes too little by itself is taken only with one that has it as a prerequisite."""
        for j, is_wanted in enumerate(self._pool.is_wanted):
            if not is_wanted:
                after = [self._taken[k] for k, groups in enumerate(self._pool.groups) if any(j in g for g in groups)]
                self._model.add_bool_or([self._taken[j].negated(), *after])

    def _keep_demands(self, demands: Demands) -> None:
        pool, model = self._pool, self._model
        numbers = {c.name: j for j, c in enumerate(pool.courses)}
        for name in pool.limits.must_include:
            model.add_bool_or([self._taken[numbers[name]]] if name in numbers else [])
        for j in demands.forced:
            model.add(self._taken[j] == 1)
        for i, item in enumerate(pool.items):
            if item.skill_id in demands.closing and pool.held(i) < 1:
                model.add_bool_or([self._taken[j] for j, steps in enumerate(pool.steps) if steps.get(i, 0.0) >= 1])
        for chosen in demands.lacking:
            model.add_bool_or(self._untaken(chosen))
        for chosen, helpers in demands.unplaceable:
            model.add_bool_or(self._untaken(chosen) + [self._taken[k] for k in sorted(helpers)])

    def _untaken(self, chosen: Collection[int]) -> list[cp_model.LiteralT]:
        return [self._taken[j].negated() for j in sorted(chosen)]

    # --- objectives ----------------------------------------------------------------------------------------------

    def _expression(self, objective: Objective) -> Linear:
        courses = self._pool.courses
        if objective is Objective.MOST_CLOSED:
            return self._closed()
        if objective is Objective.LEAST_HOURS:
            return self._total([parts(c.hours) for c in courses])
        if objective is Objective.LEAST_COST:
            return self._total([c.cost_fen or 0 for c in courses])
        return self._total([1] * len(courses))

    def _closed(self) -> Linear:
        """Gap weight closed, by variables "item i is closed to v or more"."""
        pool, variables, gains = self._pool, [], []
        for i, item in enumerate(pool.items):
            below = pool.held(i)
            for value in sorted({steps[i] for steps in pool.steps if i in steps}):
                reached = self._model.new_bool_var("")
                givers = [self._taken[j] for j, steps in enumerate(pool.steps) if steps.get(i, 0.0) >= value]
                self._model.add(reached <= cp_model.LinearExpr.sum(givers))
                variables.append(reached)
                gains.append(weight_parts(pool, item.weight, value) - weight_parts(pool, item.weight, below))
                below = value
        return cp_model.LinearExpr.weighted_sum(variables, gains)

    def _total(self, quantities: list[int]) -> Linear:
        return cp_model.LinearExpr.weighted_sum(self._taken, quantities)

    def _tie_broken(self, terms: Mapping[int, int], clock: Clock) -> Mapping[int, int]:
        """The plan of least hours, then of fewest courses and first names among those as good; with terms, of the earliest ones."""
        n = len(self._pool.courses)
        for cost in (tie_hours(self._pool), [n * n + j for j in range(n)]):
            total = self._total(cost)
            self._model.minimize(total)
            terms = self._improved(terms, lambda plan, cost=cost: sum(cost[j] for j in plan), clock)  # type: ignore[misc]
            self._model.add(total <= sum(cost[j] for j in terms))
        if any(self._at):
            places = [(variable, term) for at in self._at for term, variable in at.items()]
            self._model.minimize(cp_model.LinearExpr.weighted_sum([v for v, _ in places], [t for _, t in places]))
            terms = self._improved(terms, lambda plan: sum(plan.values()), clock)
        return terms

    def _improved(
        self, terms: Mapping[int, int], cost: Callable[[Mapping[int, int]], int], clock: Clock
    ) -> Mapping[int, int]:
        """What the solver finds that costs less, else the same."""
        solver, status = self._run(clock, TIE_BREAK_WORK)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return terms
        found = self._terms(solver)
        if cost(found) >= cost(terms):
            return terms
        self._hint(found)
        return found

    # --- solving -------------------------------------------------------------------------------------------------

    def _hint(self, terms: Mapping[int, int]) -> None:
        self._model.clear_hints()  # type: ignore[no-untyped-call]
        for j, (taken, at) in enumerate(zip(self._taken, self._at, strict=True)):
            self._model.add_hint(taken, j in terms)
            for term, variable in at.items():
                if variable is not taken:
                    self._model.add_hint(variable, terms.get(j) == term)

    def _run(self, clock: Clock, work: float | None = None) -> tuple[cp_model.CpSolver, cp_model.CpSolverStatus]:
        solver = cp_model.CpSolver()
        solver.parameters.random_seed = SEED
        solver.parameters.num_workers = 1
        # a covering problem under budgets is decided by its linear relaxation: 500 courses are proven in half a second with the
        # full one, and not in ten seconds with the default (`python -m bench.plan`, 2026-11-30)
        solver.parameters.linearization_level = 2
        # what presolve finds here is little against what it takes: without these 5,000 courses take 2.9 s, with them 1.7 s
        solver.parameters.symmetry_level = 0
        solver.parameters.cp_model_probing_level = 0
        solver.parameters.max_presolve_iterations = 1
        if work is not None:
            solver.parameters.max_deterministic_time = work
        with self._waiting():  # for its turn too, so that the limit is read behind it
            if clock.left_s <= 0:
                return solver, cp_model.UNKNOWN
            solver.parameters.max_time_in_seconds = clock.left_s
            return solver, solver.solve(self._model)

    def _terms(self, solver: cp_model.CpSolver) -> dict[int, int]:
        """Course number → term, 0 where the model has no terms."""
        chosen = [j for j, taken in enumerate(self._taken) if solver.boolean_value(taken)]
        return {j: next((t for t, v in self._at[j].items() if solver.boolean_value(v)), 0) for j in chosen}


def helpers_of(pool: Pool, chosen: frozenset[int]) -> frozenset[int]:
    """Courses one of which must be taken too where no terms can be found for a set: others that may fulfil its prerequisites.

    Without them each prerequisite of the set is fulfilled within the set, so that terms of a larger plan would be terms of the set.
    """
    return frozenset(k for j in chosen for group in pool.groups[j] for k in group) - chosen


def _limit(quantity: float | None) -> int | None:
    return None if quantity is None else parts(quantity)
