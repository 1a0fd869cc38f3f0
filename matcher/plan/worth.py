"""What a set of courses is worth by each objective, in whole numbers for the solver and in its own unit for people.

Enters: a pool, an objective, course numbers with their terms. Leaves: numbers. Whole numbers are hundredths of hours, fen,
courses, terms, and gap weight in parts of `WEIGHT_PARTS` of the whole gap, so that the solver's optimum is the optimum to that
part.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from matcher.domain.plan import Objective, PlanStatus
from matcher.plan.pool import Pool

HUNDREDTHS = 100
WEIGHT_PARTS = 10**7


@dataclass(frozen=True, slots=True)
class Stage:
    """One objective as solved, in its own unit. `is_proven`: no plan is better; `bound` then equals `value`."""

    objective: Objective
    value: float
    bound: float
    solve_s: float
    is_proven: bool


@dataclass(frozen=True, slots=True)
class Solution:
    """Course number → term. `status`: OPTIMAL, FEASIBLE, INFEASIBLE or UNKNOWN; the last two have no courses."""

    status: PlanStatus
    terms: Mapping[int, int]
    stages: tuple[Stage, ...] = ()

    @property
    def is_plan(self) -> bool:
        """Whether there is a plan, be it empty."""
        return self.status in (PlanStatus.OPTIMAL, PlanStatus.FEASIBLE)


def sign_of(objective: Objective) -> int:
    """What turns the objective into one that is minimised."""
    return -1 if objective is Objective.MOST_CLOSED else 1


def parts(quantity: float | None) -> int:
    """Hours or credits in hundredths, unknown as 0."""
    return round((quantity or 0.0) * HUNDREDTHS)


def weight_parts(pool: Pool, weight: float, reached: float) -> int:
    """Gap weight that an item closed to `reached` counts."""
    return round(weight * reached / _part(pool))


def worth(pool: Pool, objective: Objective, terms: Mapping[int, int]) -> int:
    """What courses are worth, in whole numbers."""
    if objective is Objective.MOST_CLOSED:
        return sum(
            weight_parts(pool, item.weight, reached) - weight_parts(pool, item.weight, held)
            for item, (held, reached) in zip(pool.items, reached_by(pool, terms), strict=True)
        )
    if objective is Objective.LEAST_HOURS:
        return sum(parts(pool.courses[j].hours) for j in terms)
    if objective is Objective.LEAST_COST:
        return sum(pool.courses[j].cost_fen or 0 for j in terms)
    return len(terms) if objective is Objective.FEWEST_COURSES else max(terms.values(), default=0)


def trivial_bound(pool: Pool, objective: Objective) -> int:
    """What no plan beats, known without solving; as `worth`."""
    return worth(pool, objective, dict.fromkeys(range(len(pool.courses)), 1)) if sign_of(objective) < 0 else 0


def stage(
    pool: Pool, objective: Objective, terms: Mapping[int, int], bound: int, is_proven: bool, solve_s: float
) -> Stage:
    """A solved objective. Its value is computed from the courses themselves, so that it recomputes to the last digit."""
    value = float(worth(pool, objective, terms))
    if objective is Objective.MOST_CLOSED:
        value = closed_weight(pool, terms)
    elif objective is Objective.LEAST_HOURS:
        value = sum(pool.courses[j].hours or 0.0 for j in terms)
    return Stage(objective, value, value if is_proven else bound / _unit(pool, objective), solve_s, is_proven)


def _unit(pool: Pool, objective: Objective) -> float:
    """How many of what the solver counts make one of the objective's unit."""
    return {Objective.MOST_CLOSED: 1 / _part(pool), Objective.LEAST_HOURS: float(HUNDREDTHS)}.get(objective, 1.0)


def unproven(pool: Pool, objectives: Sequence[Objective], terms: Mapping[int, int]) -> Solution:
    """A plan that was found without the solver, with the bounds that hold of any plan."""
    stages = []
    for objective in objectives:
        bound = trivial_bound(pool, objective)
        stages.append(stage(pool, objective, terms, bound, bound == worth(pool, objective, terms), 0.0))
    return Solution(PlanStatus.FEASIBLE, terms, tuple(stages))


def proven_only(pool: Pool, stages: Sequence[Stage]) -> tuple[Stage, ...]:
    """The stages with bounds that hold: behind an objective that is not proven, only what is known without solving."""
    found: list[Stage] = []
    for own in stages:
        if all(s.is_proven for s in found):
            found.append(own)
        else:
            bound = trivial_bound(pool, own.objective) / _unit(pool, own.objective)
            found.append(replace(own, bound=bound, is_proven=False))
    return tuple(found)


def tie_hours(pool: Pool) -> list[int]:
    """Hours of each course by which ties are broken; unknown ones count as the longest known."""
    longest = max((parts(c.hours) for c in pool.courses), default=0)
    return [parts(c.hours) if c.hours is not None else longest for c in pool.courses]


def is_as_good(one: Solution, other: Solution) -> bool:
    """Whether a plan is at least as good as another, objective by objective."""
    return _signed(one) <= _signed(other)


def bounded(pool: Pool, solution: Solution, bounds: tuple[Stage, ...], *, own_hold: bool = False) -> Solution:
    """A plan with bounds that come from elsewhere; OPTIMAL where it reaches all of them.

    The bound of an objective holds only for plans that are as good in the objectives before it; behind one in which the plan
    falls short nothing is known. `own_hold`: the plan's own bounds hold too; they do not when it was planned among some
    courses only.
    """
    stages: list[Stage] = []
    reaches = True
    for own, other in zip(solution.stages, bounds, strict=True):
        sign = sign_of(own.objective)
        known = [trivial_bound(pool, own.objective) / _unit(pool, own.objective)]
        known += [other.bound] * reaches + [own.bound] * (reaches and own_hold)
        bound = max(known, key=lambda value, sign=sign: sign * value)  # type: ignore[misc]
        reaches = reaches and sign * own.value <= sign * bound + 1e-9 * max(1.0, abs(bound))
        stages.append(replace(own, bound=own.value if reaches else bound, is_proven=reaches))
    status = PlanStatus.OPTIMAL if reaches else PlanStatus.FEASIBLE
    return replace(solution, status=status, stages=tuple(stages))


def _signed(solution: Solution) -> tuple[float, ...]:
    return tuple(round(sign_of(s.objective) * s.value, 9) for s in solution.stages)


def closed_weight(pool: Pool, chosen: Iterable[int]) -> float:
    """Gap weight that courses close."""
    return sum(
        item.weight * (reached - held)
        for item, (held, reached) in zip(pool.items, reached_by(pool, chosen), strict=True)
    )


def reached_by(pool: Pool, chosen: Iterable[int]) -> list[tuple[float, float]]:
    """Closure of each item without and with courses."""
    held = [pool.held(i) for i in range(len(pool.items))]
    best = list(held)
    for j in chosen:
        for i, value in pool.steps[j].items():
            best[i] = max(best[i], value)
    return list(zip(held, best, strict=True))


def _part(pool: Pool) -> float:
    """Gap weight of one part."""
    return (sum(item.weight for item in pool.items) or 1.0) / WEIGHT_PARTS
