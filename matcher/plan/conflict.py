"""Which limits no plan keeps together: the smallest set of them.

Enters: a problem without a plan. Leaves: names of limits, in a fixed order; the set itself has no plan, and every set of fewer
limits has. One limit after the other is left out first, which gives a set that lacks none; then all smaller sets are tried that no
set known to have a plan holds. Refuses nothing; what the time does not allow to decide is kept and said not to be minimal.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations

from matcher.domain.plan import PlanProblem
from matcher.plan.clock import Clock
from matcher.plan.limits import FULL_CLOSURE, MUST_INCLUDE, OBJECTIVES, PREREQUISITES, limits_set, without
from matcher.plan.model import Demands, PlanModel, Waiting
from matcher.plan.pool import make_pool


def conflict_of(
    problem: PlanProblem, closing: frozenset[str], clock: Clock, waiting: Waiting
) -> tuple[tuple[str, ...], bool]:
    """The smallest set of limits in conflict, and whether that is proven.

    Args:
        problem: has no plan under all its limits.
        closing: skills of the items that must be closed whole; together they are the limit `full_closure`.
        clock: seconds left.
        waiting: see `PlanModel`.
    """
    names = limits_set(problem.limits) + ([FULL_CLOSURE] if closing else [])

    def has_plan(chosen: Sequence[str]) -> bool | None:
        return _has_plan(problem, chosen, closing, clock, waiting)

    kept, feasible, is_minimal = list(names), [], True
    for name in names:
        fewer = [n for n in kept if n != name]
        answer = has_plan(fewer)
        if answer is False:
            kept = fewer
        elif answer:
            feasible.append(frozenset(fewer))
        is_minimal = is_minimal and answer is not None
    smaller, is_smallest = _smaller(names, len(kept), feasible, has_plan)
    kept = kept if smaller is None else smaller
    return tuple(kept + _inherent(problem, kept)), is_minimal and is_smallest


def _smaller(
    names: Sequence[str], size: int, feasible: list[frozenset[str]], has_plan: Callable[[Sequence[str]], bool | None]
) -> tuple[list[str] | None, bool]:
    """The first of the smallest sets of fewer than `size` names without a plan, None when all have one; and whether that is proven.

    `feasible`: sets known to have a plan, and with them all that they hold; added to.
    """
    is_proven = True
    for n in range(1, size):
        for chosen in combinations(names, n):
            if any(known.issuperset(chosen) for known in feasible):
                continue
            answer = has_plan(chosen)
            if answer is False:
                return list(chosen), is_proven
            if answer:
                feasible.append(frozenset(chosen))
            is_proven = is_proven and answer is not None
    return None, is_proven


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
