"""Solves a pool: which courses first, then in which terms, and both at once where that does not come out.

Enters: a pool and what is asked beyond its limits. Leaves: a `Solution`. The selection leaves out what only terms decide, so no
plan is better than its optimum; when terms are found for that, it is the optimum of the plan, proven. Else the same courses are
excluded (unless others that may fulfil their prerequisites come with them) and the selection is made again, a few times; after
that the model with terms decides. On 500 courses the selection has a sixth of the variables and is what makes a proof quick.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from matcher.domain.plan import Objective, PlanStatus
from matcher.plan.clock import Clock
from matcher.plan.model import Demands, PlanModel, Waiting, helpers_of
from matcher.plan.pool import Pool
from matcher.plan.worth import Solution, unproven

SELECTION_SHARE = 0.9
"""Of the time left; the rest is for finding terms."""
MAX_SELECTIONS = 8
"""Selections made before the model with terms is solved."""


def solved(
    pool: Pool, demands: Demands, clock: Clock, waiting: Waiting, start: Mapping[int, int] | None = None
) -> Solution:
    """The best plan; FEASIBLE with `start`, where the clock leaves no time for another.

    Args:
        pool: the courses.
        demands: what is asked beyond the pool's limits.
        clock: seconds left.
        waiting: see `PlanModel`.
        start: a plan that keeps all, to begin with.
    """
    objectives = pool.problem.objectives
    for _ in range(0 if Objective.FEWEST_TERMS in objectives else MAX_SELECTIONS):
        if clock.left_s <= 0:
            break
        model = PlanModel(pool, demands, with_terms=False, waiting=waiting)
        selection = model.solve(objectives, clock.share(SELECTION_SHARE), start)
        if selection.status is PlanStatus.INFEASIBLE:
            return selection
        if not selection.is_plan:
            break
        chosen = frozenset(selection.terms)
        place = placed(pool, chosen, clock, waiting)
        if place.is_plan:
            return replace(selection, terms=place.terms)
        if place.status is PlanStatus.UNKNOWN:
            break
        demands = replace(demands, unplaceable=(*demands.unplaceable, (chosen, helpers_of(pool, chosen))))
    solution = Solution(PlanStatus.UNKNOWN, {})
    if clock.left_s > 0:
        solution = PlanModel(pool, demands, waiting=waiting).solve(objectives, clock, start)
    return unproven(pool, start) if solution.status is PlanStatus.UNKNOWN and start is not None else solution


def placed(pool: Pool, chosen: frozenset[int], clock: Clock, waiting: Waiting) -> Solution:
    """The earliest terms for a set of courses; INFEASIBLE when there are none, UNKNOWN when none were found in time."""
    numbers = sorted(chosen)
    demands = Demands(forced=tuple(range(len(numbers))))
    found = PlanModel(pool.only(numbers), demands, waiting=waiting).solve([Objective.FEWEST_COURSES], clock)
    return replace(found, terms={numbers[j]: term for j, term in found.terms.items()})
