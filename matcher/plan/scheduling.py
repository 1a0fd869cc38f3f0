"""Solves a pool: which courses first, then in which terms, and both at once where that does not come out.

Enters: a pool and what is asked beyond its limits. Leaves: a `Solution`. The selection leaves out what only terms decide, so no
plan is better than its optimum; when terms are found for that, it is the optimum of the plan, proven. Else the courses selected
so far are planned with terms by themselves: a plan as good as the selection is proven too, and any other is kept. Then the
same selection is excluded (unless others that may fulfil its prerequisites come with it) and made again, a few times; after
that the model with terms decides over all courses. On 500 courses the selection has a sixth of the variables, and is what makes
a proof quick.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from matcher.domain.plan import Objective, PlanStatus
from matcher.plan.clock import Clock
from matcher.plan.model import Demands, PlanModel, Waiting, helpers_of
from matcher.plan.pool import Pool
from matcher.plan.worth import Solution, bounded, is_as_good, tie_hours, unproven

SELECTION_SHARE = 0.9
"""Of the time left; the rest is for finding terms."""
MAX_SELECTIONS = 8
"""Selections made before the model with terms is solved over all courses."""
SMALL = 600
"""Courses times terms up to which the model with terms is as quick as a few selections."""


class Scheduling:
    """One pool under way.

    Args:
        pool: the courses.
        objectives: in order; FEWEST_TERMS is not among them, see term_count.py.
        demands: what is asked beyond the pool's limits.
        clock: seconds left.
        waiting: see `PlanModel`.
        start: a plan that keeps all, to begin with.
    """

    def __init__(
        self,
        pool: Pool,
        objectives: tuple[Objective, ...],
        demands: Demands,
        clock: Clock,
        waiting: Waiting,
        start: Mapping[int, int] | None = None,
    ) -> None:
        self._pool = pool
        self._objectives = objectives
        self._demands = demands
        self._clock = clock
        self._waiting = waiting
        self._best = unproven(pool, objectives, start) if start is not None else Solution(PlanStatus.UNKNOWN, {})

    def solution(self) -> Solution:
        """The best plan; FEASIBLE, where the clock leaves no time for a proof."""
        pool, objectives = self._pool, self._objectives
        selected: set[int] = set()
        n_selections = 1 if len(pool.courses) * pool.n_terms <= SMALL else MAX_SELECTIONS
        for _ in range(n_selections):
            if self._clock.left_s <= 0:
                break
            model = PlanModel(pool, self._demands, with_terms=False, waiting=self._waiting)
            start = self._best.terms if self._best.is_plan else None
            selection = model.solve(objectives, self._clock.share(SELECTION_SHARE), start)
            if not selection.is_plan:
                return selection if selection.status is PlanStatus.INFEASIBLE else self._best
            if self._best.is_plan:
                self._best = bounded(pool, self._best, selection.stages)
            chosen = frozenset(selection.terms)
            place = self._placed(chosen)
            if place.is_plan:
                return replace(selection, terms=place.terms)
            selected |= chosen | helpers_of(pool, chosen)
            if self._kept(self._planned_among(sorted(selected)), selection):
                return self._best
            unplaceable = (*self._demands.unplaceable, (chosen, helpers_of(pool, chosen)))
            self._demands = replace(self._demands, unplaceable=unplaceable)
        return self._with_terms()

    def _with_terms(self) -> Solution:
        """The plan of the model with terms over all courses, where it is found in time."""
        is_small = len(self._pool.courses) * self._pool.n_terms <= SMALL
        if self._clock.left_s <= 0 or (self._best.status is PlanStatus.OPTIMAL and not is_small):
            return self._best
        start = self._best.terms if self._best.is_plan else None
        model = PlanModel(self._pool, self._demands, waiting=self._waiting)
        found = model.solve(self._objectives, self._clock, start)
        if found.status is PlanStatus.UNKNOWN:
            return self._best
        if not found.is_plan or not self._best.is_plan:
            return found
        return bounded(self._pool, found, self._best.stages, own_hold=True)

    def _placed(self, chosen: frozenset[int]) -> Solution:
        """The earliest terms for a set of courses; INFEASIBLE when there are none, UNKNOWN when none were found in time."""
        numbers = sorted(chosen)
        demands = Demands(forced=tuple(range(len(numbers))))
        model = PlanModel(self._pool.only(numbers), demands, waiting=self._waiting)
        return _renumbered(model.solve([Objective.FEWEST_COURSES], self._clock), numbers)

    def _planned_among(self, numbers: list[int]) -> Solution:
        """The best plan of some of the courses."""
        model = PlanModel(self._pool.only(numbers), self._demands.within(numbers), waiting=self._waiting)
        return _renumbered(model.solve(self._objectives, self._clock.share(0.5)), numbers)

    def _kept(self, found: Solution, selection: Solution) -> bool:
        """Keeps a plan that is as good as the best; whether it is proven by a selection that is no better, nor shorter."""
        if not found.is_plan:
            return False
        found = bounded(self._pool, found, selection.stages)
        if not self._best.is_plan or is_as_good(found, self._best):
            self._best = found
        hours = tie_hours(self._pool)
        is_short = sum(hours[j] for j in found.terms) <= sum(hours[j] for j in selection.terms)
        return is_short and self._best.status is PlanStatus.OPTIMAL


def _renumbered(solution: Solution, numbers: list[int]) -> Solution:
    return replace(solution, terms={numbers[j]: term for j, term in solution.terms.items()})
