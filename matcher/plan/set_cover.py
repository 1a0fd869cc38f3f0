"""The smallest set of courses that covers all that any of them covers, exactly and greedily.

Enters: which requirements each course covers, and its hours. Leaves: positions of chosen courses. Courses that do not state
their hours count as the longest one that does, never as free. It refuses nothing: no courses cover nothing.

Exact is lexicographic: fewest courses, then least hours, found by two runs of CP-SAT. Greedy takes the course that covers most of
what is left (Chvátal 1979; at most 1 + ln n times the smallest), then least hours, then the first.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, CpSolver, IntVar

HOURS_SCALE = 100  # CP-SAT counts in whole numbers: hundredths of an hour
SEED = 20261130


@dataclass(frozen=True)
class CoverProblem:
    """What each course covers: (c) sets of requirement numbers, and (c) hours > 0 or None where unknown."""

    covers: Sequence[frozenset[int]]
    hours: Sequence[float | None]

    @cached_property
    def to_cover(self) -> frozenset[int]:
        """Requirements that some course covers."""
        return frozenset().union(*self.covers)

    @cached_property
    def priced(self) -> tuple[float, ...]:
        """(c,) hours, the longest known ones for courses that do not state theirs; 1 each where none does."""
        longest = max((h for h in self.hours if h is not None), default=1.0)
        return tuple(longest if h is None else h for h in self.hours)

    @cached_property
    def candidates(self) -> tuple[int, ...]:
        """Courses that may be in a best set: of those that cover the same, the shortest, then the first."""
        best: dict[frozenset[int], int] = {}
        for course, covered in enumerate(self.covers):
            if covered and (covered not in best or self.priced[course] < self.priced[best[covered]]):
                best[covered] = course
        return tuple(sorted(best.values()))


@dataclass(frozen=True, slots=True)
class SmallestCover:
    """Courses by position, ascending, and what is proven of them; see `domain.coverage.CoveringSets`."""

    courses: tuple[int, ...]
    is_smallest: bool
    size_bound: int
    has_least_hours: bool
    solve_s: float


def greedy_cover(problem: CoverProblem) -> tuple[int, ...]:
    """Courses that cover all of `to_cover`, by position, ascending."""
    left, chosen = set(problem.to_cover), []
    while left:
        best = max(problem.candidates, key=lambda c: (len(problem.covers[c] & left), -problem.priced[c], -c))
        chosen.append(best)
        left -= problem.covers[best]
    return tuple(sorted(chosen))


def smallest_cover(problem: CoverProblem, limit_s: float) -> SmallestCover:
    """The set of fewest courses, and of those the one of least hours, that covers all of `to_cover`.

    Args:
        problem: what covers what.
        limit_s: seconds > 0 after which the best set found is returned, with what is proven of it by then.
    """
    started = time.monotonic()
    greedy = greedy_cover(problem)
    if len(greedy) <= 1:
        # one course: no smaller set covers anything; the greedy choice is the shortest that covers it all
        return SmallestCover(greedy, True, len(greedy), True, time.monotonic() - started)
    fewest, size_bound = _fewest(problem, greedy, limit_s)
    is_smallest = size_bound == len(fewest)
    left_s = limit_s - (time.monotonic() - started)
    chosen, is_least = _least_hours(problem, fewest, left_s) if is_smallest and left_s > 0 else (fewest, False)
    return SmallestCover(chosen, is_smallest, size_bound, is_least, time.monotonic() - started)


def _fewest(problem: CoverProblem, hint: tuple[int, ...], limit_s: float) -> tuple[tuple[int, ...], int]:
    """A covering set and how small one can be at the least."""
    model, is_chosen = _model(problem, hint)
    model.minimize(sum(is_chosen.values()))
    solver = _solver(limit_s)
    found = _solved(model, solver, is_chosen)
    # a bound holds for whole courses only: 2.01 means 3
    bound = max(1, ceil(solver.best_objective_bound - 1e-6)) if found else 1
    best = found if found and len(found) <= len(hint) else hint
    return best, min(bound, len(best))


def _least_hours(problem: CoverProblem, fewest: tuple[int, ...], limit_s: float) -> tuple[tuple[int, ...], bool]:
    """Of the covering sets as small as `fewest` one of least hours, and whether that is proven."""
    model, is_chosen = _model(problem, fewest)
    price = {c: round(problem.priced[c] * HOURS_SCALE) for c in is_chosen}
    model.add(sum(is_chosen.values()) == len(fewest))
    model.minimize(sum(price[c] * variable for c, variable in is_chosen.items()))
    solver = _solver(limit_s)
    found = _solved(model, solver, is_chosen)
    if not found:
        return fewest, False
    return found, floor(solver.best_objective_bound + 0.5) >= sum(price[c] for c in found)


def _model(problem: CoverProblem, hint: tuple[int, ...]) -> tuple[CpModel, dict[int, IntVar]]:
    """Each requirement is covered by a chosen course; nothing is minimised yet."""
    from ortools.sat.python import cp_model  # noqa: PLC0415  (loads a third of a second; most calls need no solver)

    model = cp_model.CpModel()
    is_chosen = {course: model.new_bool_var(f"course {course}") for course in problem.candidates}
    for requirement in sorted(problem.to_cover):
        model.add_bool_or(is_chosen[c] for c in problem.candidates if requirement in problem.covers[c])
    for course, variable in is_chosen.items():
        model.add_hint(variable, course in hint)
    return model, is_chosen


def _solver(limit_s: float) -> CpSolver:
    from ortools.sat.python import cp_model  # noqa: PLC0415

    solver = cp_model.CpSolver()
    # one worker: with more, which of two equally good sets is found first depends on the machine's mood
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = SEED
    solver.parameters.max_time_in_seconds = limit_s
    return solver


def _solved(model: CpModel, solver: CpSolver, is_chosen: dict[int, IntVar]) -> tuple[int, ...]:
    """The courses chosen; empty when the time was too short to find any set."""
    from ortools.sat.python import cp_model  # noqa: PLC0415

    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return ()
    return tuple(course for course, variable in is_chosen.items() if solver.boolean_value(variable))
