"""The choice of courses as a CP-SAT model, and its arithmetic outside the solver.

Enters: whole gains and hours, and the limits. Leaves: the best bundle for one linear goal `a · gain − b · hours`, with a bound. The
gain of a requirement is the best of the chosen courses; it is written as steps: a step is reached when one of the courses that
reach it is chosen. Steps that the same courses reach are one variable, which keeps the model small and its relaxation tight.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from matcher.plan.bundle_problem import GAIN_UNITS, HOUR_UNITS, BundleProblem

PARTS_PER_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """One solved model. `chosen` None: no bundle, proven when `optimal`. `value` ≤ optimum ≤ `bound`."""

    chosen: tuple[int, ...] | None
    value: int
    bound: int
    optimal: bool


class BundleModel:
    """Gains, hours and limits of one problem; each `maximise` solves a model of its own."""

    def __init__(self, gains: NDArray[np.int64], hours: NDArray[np.int64], problem: BundleProblem) -> None:
        self.problem = problem
        self.n_courses = len(hours)
        self._gains = gains
        self._hours = hours
        self.total_hours = int(hours.sum())
        self.least_hours = int(np.sort(hours)[: problem.min_courses].sum())
        self._steps = _steps(gains)

    # --- arithmetic ----------------------------------------------------------------------------------------------

    def gain_of(self, chosen: Sequence[int]) -> int:
        """Gain of a bundle."""
        return int(self._gains[list(chosen)].max(axis=0, initial=0).sum()) if chosen else 0

    def hours_of(self, chosen: Sequence[int]) -> int:
        """Hours of a bundle, in whole units."""
        return int(self._hours[list(chosen)].sum())

    def closed(self, chosen: tuple[int, ...]) -> tuple[int, ...] | None:
        """The courses with what they presuppose, ascending; of courses that stand for one another the one of least hours."""
        found, waiting = set(chosen), list(chosen)
        while waiting:
            for group in self.problem.prerequisites[waiting.pop()]:
                if not found.intersection(group):
                    if not group:
                        return None
                    first = min(group, key=lambda c: (self._hours[c], c))
                    found.add(first)
                    waiting.append(first)
        return tuple(sorted(found))

    def within_hours(self, chosen: Sequence[int]) -> bool:
        """Whether a bundle keeps to the most hours."""
        most = self.problem.max_hours
        return most is None or self.hours_of(chosen) <= round(most * HOUR_UNITS)

    def meets_limits(self, chosen: tuple[int, ...]) -> bool:
        """Whether a bundle keeps to every limit and holds what its courses presuppose."""
        p = self.problem
        held = set(chosen)
        practice = self._practice_surplus()
        return (
            p.min_courses <= len(chosen) <= p.max_courses
            and p.required <= held
            and all(held.intersection(group) for c in chosen for group in p.prerequisites[c])
            and self.within_hours(chosen)
            and (practice is None or int(practice[list(chosen)].sum()) >= 0)
            and self.gain_of(chosen) >= self._least_gain()
        )

    def _practice_surplus(self) -> NDArray[np.int64] | None:
        """(n,) practice hours beyond the share asked for, in millionths of a unit; a bundle needs a sum ≥ 0."""
        share = self.problem.min_practice_share
        if share is None:
            return None
        asked = self._hours * round(share * PARTS_PER_MILLION)
        has = np.rint(self.problem.practice_hours / self.problem.hours * self._hours * PARTS_PER_MILLION)
        return (has.astype(np.int64) - asked).astype(np.int64)

    def _least_gain(self) -> int:
        share = self.problem.min_coverage or 0.0
        return int(np.ceil(share * GAIN_UNITS))

    # --- solving -------------------------------------------------------------------------------------------------

    def maximise(
        self,
        per_gain: int,
        per_hour: int,
        time_limit_s: float,
        *,
        ratio_at_least: tuple[int, int] | None = None,
        hint: Sequence[int] | None = None,
    ) -> Outcome:
        """The bundle with the largest `per_gain · gain − per_hour · hours`.

        Args:
            per_gain: ≥ 0.
            per_hour: ≥ 0.
            time_limit_s: then the best found is returned with its bound.
            ratio_at_least: (g, h): only bundles whose gain ÷ hours is at least g ÷ h.
            hint: courses of a bundle to begin with.
        """
        model = cp_model.CpModel()
        courses = [model.new_bool_var(f"course{c}") for c in range(self.n_courses)]
        reached = [model.new_bool_var(f"step{s}") for s in range(len(self._steps))]
        gain = sum(step.gain * r for step, r in zip(self._steps, reached, strict=True))
        hours = sum(int(h) * c for h, c in zip(self._hours, courses, strict=True))
        for step, r in zip(self._steps, reached, strict=True):
            model.add_bool_or([*(courses[c] for c in step.courses), r.negated()])
        self._add_limits(model, courses, gain, hours)
        if ratio_at_least is not None:
            g, h = ratio_at_least
            model.add(h * gain - g * hours >= 0)
        if hint is not None:
            for c, variable in enumerate(courses):
                model.add_hint(variable, c in hint)
            for step, r in zip(self._steps, reached, strict=True):
                model.add_hint(r, not set(hint).isdisjoint(step.courses))
        model.maximize(per_gain * gain - per_hour * hours)
        return self._solved(model, courses, per_gain, per_hour, time_limit_s)

    def _add_limits(
        self,
        model: cp_model.CpModel,
        courses: list[cp_model.IntVar],
        gain: cp_model.LinearExprT,
        hours: cp_model.LinearExprT,
    ) -> None:
        p = self.problem
        model.add(sum(courses) >= p.min_courses)
        model.add(sum(courses) <= p.max_courses)
        for c in p.required:
            model.add(courses[c] == 1)
        for c, groups in enumerate(p.prerequisites):
            for group in groups:
                model.add_bool_or([courses[c].negated(), *(courses[g] for g in group)])
        if p.max_hours is not None:
            model.add(hours <= round(p.max_hours * HOUR_UNITS))
        practice = self._practice_surplus()
        if practice is not None:
            model.add(sum(int(s) * c for s, c in zip(practice, courses, strict=True)) >= 0)
        if p.min_coverage:
            model.add(gain >= self._least_gain())

    def _solved(
        self,
        model: cp_model.CpModel,
        courses: list[cp_model.IntVar],
        per_gain: int,
        per_hour: int,
        time_limit_s: float,
    ) -> Outcome:
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = time_limit_s
        solver.parameters.num_workers = 1  # the same request gives the same bundle, also among equals
        solver.parameters.random_seed = 0
        # the relaxation with every clause in it is nearly whole: of 400 courses and 40 skills the default proves nothing in
        # 3 s, this proves the best in 0.1 s (2026-11-30)
        solver.parameters.linearization_level = 2
        status = solver.solve(model)
        if status == cp_model.INFEASIBLE:
            return Outcome(None, 0, 0, optimal=True)
        bound = int(np.floor(solver.best_objective_bound + 0.5)) if status in _WITH_BUNDLE else 2**62
        if status not in _WITH_BUNDLE:
            return Outcome(None, 0, bound, optimal=False)
        chosen = tuple(c for c, variable in enumerate(courses) if solver.boolean_value(variable))
        value = per_gain * self.gain_of(chosen) - per_hour * self.hours_of(chosen)
        return Outcome(chosen, value, max(bound, value), optimal=status == cp_model.OPTIMAL)


_WITH_BUNDLE = (cp_model.OPTIMAL, cp_model.FEASIBLE)


@dataclass(frozen=True, slots=True)
class _Step:
    """`gain` is had when one of `courses` is chosen."""

    courses: tuple[int, ...]
    gain: int


def _steps(gains: NDArray[np.int64]) -> list[_Step]:
    """Gains of all requirements as steps: step k of one is had by the courses that gain at least its k-th value."""
    gain_by_courses: dict[tuple[int, ...], int] = {}
    for column in gains.T:
        below = 0
        for value in np.unique(column[column > 0]).tolist():
            courses = tuple(np.flatnonzero(column >= value).tolist())
            gain_by_courses[courses] = gain_by_courses.get(courses, 0) + value - below
            below = value
    return [_Step(courses, gain) for courses, gain in sorted(gain_by_courses.items())]
