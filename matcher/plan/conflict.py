"""Which limits no plan keeps together: an irreducible set, found by leaving out one after the other.

Enters: a problem without a plan. Leaves: names of limits, in a fixed order; the set itself has no plan, and each set that lacks
one of them has. Refuses nothing; what the time does not allow to decide is kept and said not to be minimal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from matcher.domain.plan import PlanProblem
from matcher.plan.clock import Clock
from matcher.plan.limits import FULL_CLOSURE, MUST_INCLUDE, OBJECTIVES, PREREQUISITES, limits_set, without
from matcher.plan.model import Demands, PlanModel, Waiting
from matcher.plan.pool import make_pool


def conflict_of(
    problem: PlanProblem, closing: frozenset[str], clock: Clock, waiting: Waiting
) -> tuple[tuple[str, ...], bool]:
    """An irreducible set of limits in conflict, and whether that is proven.

    Args:
        problem: has no plan under all its limits.
        closing: skills of the items that must be closed whole; together they are the limit `full_closure`.
        clock: seconds left.
        waiting: see `PlanModel`.
    """
    kept = limits_set(problem.limits) + ([FULL_CLOSURE] if closing else [])
    is_minimal = True
    for name in list(kept):
        fewer = [n for n in kept if n != name]
        feasible = _has_plan(problem, fewer, closing, clock, waiting)
        if feasible is False:
            kept = fewer
        is_minimal = is_minimal and feasible is not None
    return tuple(kept + _inherent(problem, kept)), is_minimal


def _has_plan(
    problem: PlanProblem, names: Sequence[str], closing: frozenset[str], clock: Clock, waiting: Waiting
) -> bool | None:
    """Whether a plan keeps the limits of these names; None: not decided in time."""
    limits = problem.limits
    for name in limits_set(limits):
        if name not in names:
            limits = without(limits, name)
    pool = make_pool(replace(problem, limits=limits))
    demands = Demands(closing if FULL_CLOSURE in names else frozenset())
    for with_terms in (False, True):  # what the selection rules out is decided without terms
        feasible = PlanModel(pool, demands, with_terms=with_terms, waiting=waiting).is_feasible(clock)
        if not feasible:
            return feasible
    return True


def _inherent(problem: PlanProblem, kept: Sequence[str]) -> list[str]:
    """What a course that must be in conflicts with when no other limit does: its prerequisites, or what an objective asks of it."""
    if len(kept) != 1 or not kept[0].startswith(MUST_INCLUDE):
        return []
    limits = problem.limits
    for name in limits_set(limits):
        if name not in kept:
            limits = without(limits, name)
    reasons = make_pool(replace(problem, limits=limits)).unavailable.get(kept[0].removeprefix(MUST_INCLUDE), ())
    return [reason for reason in (PREREQUISITES, OBJECTIVES) if reason in reasons]
