"""The fewest terms: the problem solved without that objective, under one term more each time until the plan is as good.

Enters: a pool whose objectives name FEWEST_TERMS. Leaves: a `Solution` with that objective in its place. A number of terms is ruled
out by a proof that no plan keeps to it, or that none is as good in the objectives before; where the time does not suffice for
one, the bound says so. Each step is a selection without terms, which is solved in a fraction of the time of a model that counts
them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from matcher.domain.plan import Objective, PlanStatus
from matcher.plan.clock import Clock
from matcher.plan.model import Demands, Waiting
from matcher.plan.pool import Pool
from matcher.plan.scheduling import Scheduling
from matcher.plan.worth import Solution, Stage, is_as_good, proven_only, stage


def solved(
    pool: Pool, demands: Demands, clock: Clock, waiting: Waiting, start: Mapping[int, int] | None = None
) -> Solution:
    """The best plan by all objectives of the pool's problem.

    Args:
        pool: the courses.
        demands: what is asked beyond the pool's limits.
        clock: seconds left.
        waiting: see `PlanModel`.
        start: a plan that keeps all, to begin with.
    """
    objectives = pool.problem.objectives
    if Objective.FEWEST_TERMS not in objectives:
        return Scheduling(pool, objectives, demands, clock, waiting, start).solution()
    return _Counting(pool, demands, clock, waiting, start).solution()


class _Counting:
    """FEWEST_TERMS among other objectives; arguments as of `solved`."""

    def __init__(
        self, pool: Pool, demands: Demands, clock: Clock, waiting: Waiting, start: Mapping[int, int] | None
    ) -> None:
        self._pool = pool
        self._demands = demands
        self._clock = clock
        self._waiting = waiting
        self._start = start
        objectives = pool.problem.objectives
        self._place = objectives.index(Objective.FEWEST_TERMS)
        others = objectives[: self._place] + objectives[self._place + 1 :]
        self._others = others or (Objective.LEAST_HOURS,)
        self._is_alone = not others

    def solution(self) -> Solution:
        """The best plan, with the fewest terms in their place."""
        pool = self._pool
        whole = self._under(pool.n_terms)
        if not whole.is_plan:
            return whole
        open_at: int | None = None  # the least number of terms that is not ruled out
        for n_terms in range(pool.n_terms):
            found = self._under(n_terms) if self._clock.left_s > 0 else Solution(PlanStatus.UNKNOWN, {})
            if found.is_plan and self._is_as_good(found, whole):
                return self._told(found, whole, n_terms if open_at is None else open_at)
            is_ruled_out = found.status in (PlanStatus.INFEASIBLE, PlanStatus.OPTIMAL)
            if not is_ruled_out and open_at is None:
                open_at = n_terms
            if self._clock.left_s <= 0:
                break
        return self._told(whole, whole, pool.n_terms if open_at is None else open_at)

    def _under(self, n_terms: int) -> Solution:
        """The best plan of at most so many terms by the other objectives."""
        start = self._start
        if start is not None and max(start.values(), default=0) > n_terms:
            start = None
        pool = self._pool.within(n_terms)
        return Scheduling(pool, self._others, self._demands, self._clock.share(0.5), self._waiting, start).solution()

    def _is_as_good(self, found: Solution, whole: Solution) -> bool:
        """Whether a plan is as good as the best in the objectives that stand before the terms."""
        before = self._place
        return is_as_good(replace(found, stages=found.stages[:before]), replace(whole, stages=whole.stages[:before]))

    def _told(self, found: Solution, whole: Solution, bound: int) -> Solution:
        """The plan with all its objectives: bounds before the terms are those of the whole, and none hold behind an open one."""
        used = max(found.terms.values(), default=0)
        bound = min(bound, used)
        terms = stage(self._pool, Objective.FEWEST_TERMS, found.terms, bound, bound == used, 0.0)
        before: tuple[Stage, ...] = whole.stages[: self._place]
        after = () if self._is_alone else found.stages[self._place :]
        stages = proven_only(self._pool, (*before, terms, *after))
        is_proven = all(s.is_proven for s in stages)
        return Solution(PlanStatus.OPTIMAL if is_proven else PlanStatus.FEASIBLE, found.terms, stages)
