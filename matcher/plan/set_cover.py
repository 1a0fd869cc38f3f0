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

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, CpSolver, IntVar

DOMINANCE_CHUNK = 512
LEAST_SOLVE_S = 0.02
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

    @cached_property
    def maximal(self) -> tuple[int, ...]:
        """Candidates that cover something which no single other one covers beside all the rest: enough for a smallest set."""
        return self._without_dominated(np.zeros(len(self.candidates)))

    @cached_property
    def undominated(self) -> tuple[int, ...]:
        """Candidates but for those of which another covers more in no more hours: enough for a smallest set of least hours."""
        return self._without_dominated(np.array([self.priced[c] for c in self.candidates]))

    @cached_property
    def covering(self) -> dict[int, frozenset[int]]:
        """Requirement → candidates that cover it."""
        found: dict[int, set[int]] = {requirement: set() for requirement in sorted(self.to_cover)}
        for course in self.candidates:
            for requirement in self.covers[course]:
                found[requirement].add(course)
        return {requirement: frozenset(courses) for requirement, courses in found.items()}

    def _without_dominated(self, prices: NDArray[np.float64]) -> tuple[int, ...]:
        number = {requirement: n for n, requirement in enumerate(self.covering)}
        covers = np.zeros((len(self.candidates), len(number)), dtype=np.float32)
        for row, course in enumerate(self.candidates):
            covers[row, [number[r] for r in self.covers[course]]] = 1.0
        sizes = covers.sum(axis=1)
        kept: list[int] = []
        for start in range(0, len(self.candidates), DOMINANCE_CHUNK):
            part = slice(start, start + DOMINANCE_CHUNK)
            # no two candidates cover the same, so whatever shares all of a course's requirements and covers more dominates it
            is_within = (covers[part] @ covers.T == sizes[part, None]) & (sizes[None, :] > sizes[part, None])
            is_dominated = (is_within & (prices[None, :] <= prices[part, None])).any(axis=1)
            kept += (start + np.flatnonzero(~is_dominated)).tolist()
        return tuple(self.candidates[row] for row in kept)


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


def apart(problem: CoverProblem) -> int:
    """How many requirements can be named of which no course covers two: no covering set is smaller. Not always the most."""
    left, n = dict(problem.covering), 0
    while left:
        rarest = min(left, key=lambda requirement: (len(left[requirement]), requirement))
        taken = left[rarest]
        left = {requirement: courses for requirement, courses in left.items() if courses.isdisjoint(taken)}
        n += 1
    return n


def smallest_cover(problem: CoverProblem, limit_s: float) -> SmallestCover:
    """The set of fewest courses, and of those the one of least hours, that covers all of `to_cover`.

    Args:
        problem: what covers what.
        limit_s: seconds > 0 after which the best set found is returned, with what is proven of it by then.
    """
    started = time.monotonic()
    deadline = started + limit_s
    greedy = greedy_cover(problem)
    if len(greedy) <= 1:
        # one course: no smaller set covers anything; the greedy choice is the shortest that covers it all
        return SmallestCover(greedy, True, len(greedy), True, time.monotonic() - started)
    fewest, size_bound = _fewest(problem, greedy, deadline)
    is_smallest = size_bound == len(fewest)
    goes_on = is_smallest and time.monotonic() < deadline
    chosen, is_least = _least_hours(problem, fewest, deadline) if goes_on else (fewest, False)
    return SmallestCover(chosen, is_smallest, size_bound, is_least, time.monotonic() - started)


def _fewest(problem: CoverProblem, hint: tuple[int, ...], deadline: float) -> tuple[tuple[int, ...], int]:
    """A covering set and how small one can be at the least."""
    model, is_chosen = _model(problem, problem.maximal, hint)
    model.minimize(sum(is_chosen.values()))
    solver = _solver(deadline)
    found = _solved(model, solver, is_chosen)
    # a bound holds for whole courses only: 2.01 means 3
    proven = ceil(solver.best_objective_bound - 1e-6) if found else 0
    bound = max(proven, apart(problem))
    best = found if found and len(found) <= len(hint) else hint
    return best, min(bound, len(best))


def _least_hours(problem: CoverProblem, fewest: tuple[int, ...], deadline: float) -> tuple[tuple[int, ...], bool]:
    """Of the covering sets as small as `fewest` one of least hours, and whether that is proven."""
    model, is_chosen = _model(problem, problem.undominated, fewest)
    price = {c: round(problem.priced[c] * HOURS_SCALE) for c in is_chosen}
    model.add(sum(is_chosen.values()) == len(fewest))
    model.minimize(sum(price[c] * variable for c, variable in is_chosen.items()))
    solver = _solver(deadline)
    found = _solved(model, solver, is_chosen)
    if not found:
        return fewest, False
    return found, floor(solver.best_objective_bound + 0.5) >= sum(price[c] for c in found)


def _model(problem: CoverProblem, courses: Sequence[int], hint: Sequence[int]) -> tuple[CpModel, dict[int, IntVar]]:
    """Each requirement is covered by a chosen course of `courses`; nothing is minimised yet."""
    from ortools.sat.python import cp_model  # noqa: PLC0415  (loads a third of a second; most calls need no solver)

    model = cp_model.CpModel()
    is_chosen = {course: model.new_bool_var(f"course {course}") for course in courses}
    for covering in problem.covering.values():
        # as a sum, not as a clause: the linear relaxation is what gives a bound worth stating
        model.add(sum(is_chosen[c] for c in sorted(covering) if c in is_chosen) >= 1)
    for course, variable in is_chosen.items():
        model.add_hint(variable, course in hint)
    return model, is_chosen


def _solver(deadline: float) -> CpSolver:
    from ortools.sat.python import cp_model  # noqa: PLC0415

    solver = cp_model.CpSolver()
    # one worker: with more, which of two equally good sets is found first depends on the machine's mood
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = SEED
    # the relaxation of each covering constraint: 264 courses and 27 requirements took more than 8 s without it, 0.01 s with it
    solver.parameters.linearization_level = 2
    solver.parameters.max_time_in_seconds = max(LEAST_SOLVE_S, deadline - time.monotonic())
    return solver


def _solved(model: CpModel, solver: CpSolver, is_chosen: dict[int, IntVar]) -> tuple[int, ...]:
    """The courses chosen; empty when the time was too short to find any set."""
    from ortools.sat.python import cp_model  # noqa: PLC0415

    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return ()
    return tuple(course for course, variable in is_chosen.items() if solver.boolean_value(variable))
