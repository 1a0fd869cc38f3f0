"""Which courses make a bundle that covers most demand per hour, exactly.

Enters: credit of each course for each requirement, weights, hours, prerequisites, limits. Leaves: the chosen courses with the value
of the goal, a bound and whether it is proven best. Demand that several courses cover counts once, at the best of them. Refuses:
nothing; limits that no bundle meets are told as such (None).

Covered demand per hour is a ratio G(x) / H(x). It is made largest by Dinkelbach's method (On Nonlinear Fractional Programming,
Management Science 13, 1967): with the best ratio found so far g/h, a bundle with h·G(x) − g·H(x) > 0 is better; when the largest
such value is 0, none is. Gains and hours are whole numbers, so each step and the end are exact.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from matcher.domain.bundle import BundleGoal
from matcher.errors import DeadlineExceeded
from matcher.plan.bundle_model import BundleModel
from matcher.plan.bundle_problem import GAIN_UNITS, HOUR_UNITS, BundleProblem


@dataclass(frozen=True, slots=True)
class FoundBundle:
    """Chosen courses, ascending. `gain`, `hours`: whole units. `bound`: of the goal in its own unit, ≥ its value."""

    chosen: tuple[int, ...]
    gain: int
    hours: int
    bound: float
    optimal: bool
    n_solves: int
    seconds: float

    @property
    def per_hour(self) -> float:
        """Covered demand per hour."""
        return _ratio(self.gain, self.hours)


@dataclass(slots=True)
class _Search:
    """The best bundle so far, and what was spent on it."""

    model: BundleModel
    deadline: float
    best: tuple[int, ...] | None = None
    gain: int = 0
    hours: int = 0
    n_solves: int = 0
    proven: bool = False
    none_exists: bool = False
    bound: float = field(default=float("inf"))

    def left_s(self) -> float:
        return max(0.05, self.deadline - time.monotonic())

    def take(self, chosen: tuple[int, ...]) -> None:
        self.best, self.gain, self.hours = chosen, self.model.gain_of(chosen), self.model.hours_of(chosen)


def best_bundle(problem: BundleProblem, time_limit_s: float) -> FoundBundle | None:
    """The bundle with the largest value of the goal, of equals the one that covers most, then the one of least hours.

    Args:
        problem: what to choose from.
        time_limit_s: how long to search; then the best found is returned with its bound.

    Returns:
        None when no bundle meets the limits.

    Raises:
        DeadlineExceeded: no bundle was found in time, and none was proven not to exist.
    """
    started = time.monotonic()
    search = _Search(BundleModel(problem.gains(), problem.whole_hours(), problem), started + time_limit_s)
    if problem.goal is BundleGoal.PER_HOUR:
        _by_ratio(search)
    else:
        _by_coverage(search)
    if search.best is None:
        if not search.none_exists:
            raise DeadlineExceeded(f"no bundle within the limits was found in {time_limit_s:g} s")
        return None
    seconds = time.monotonic() - started
    return FoundBundle(search.best, search.gain, search.hours, search.bound, search.proven, search.n_solves, seconds)


def _by_coverage(search: _Search) -> None:
    """Largest gain, then least hours: one hour less never outweighs one unit of gain."""
    scale = search.model.total_hours + 1
    outcome = search.model.maximise(scale, 1, search.left_s())
    search.n_solves += 1
    search.none_exists = outcome.chosen is None and outcome.optimal
    if outcome.chosen is not None:
        search.take(outcome.chosen)
        search.proven = outcome.optimal
        bound = search.gain if outcome.optimal else min(GAIN_UNITS, (outcome.bound + search.model.total_hours) // scale)
        search.bound = max(search.gain, bound) / GAIN_UNITS


def _by_ratio(search: _Search) -> None:
    """Dinkelbach's steps from the greedy bundle; the last step proves that nothing is better."""
    start = greedy_bundle(search.model)
    if start is None:
        outcome = search.model.maximise(1, 0, search.left_s())
        search.n_solves += 1
        start = outcome.chosen
        if start is None:
            search.none_exists = outcome.optimal
            return
    search.take(start)
    # before any proof: all demand in the least hours
    search.bound = _ratio(GAIN_UNITS, max(1, search.model.least_hours))
    while time.monotonic() < search.deadline:
        outcome = search.model.maximise(search.hours, search.gain, search.left_s(), hint=search.best)
        search.n_solves += 1
        search.bound = min(search.bound, _ratio_bound(search, outcome.bound))
        better = outcome.chosen is not None and outcome.value > 0
        if better and outcome.chosen is not None:
            search.take(outcome.chosen)
        elif outcome.optimal:
            search.proven = True
            break
        else:
            break
    if search.proven:
        search.bound = _ratio(search.gain, search.hours)
        _choose_among_equals(search)


def _choose_among_equals(search: _Search) -> None:
    """Of the bundles with the best ratio the one that covers most: it has the most hours for the same price per hour."""
    outcome = search.model.maximise(1, 0, search.left_s(), ratio_at_least=(search.gain, search.hours), hint=search.best)
    search.n_solves += 1
    if outcome.chosen is not None and outcome.value >= search.gain:
        search.take(outcome.chosen)


def _ratio_bound(search: _Search, slack: int) -> float:
    """No bundle has a higher ratio, when h·G(x) − g·H(x) ≤ slack for all: G/H ≤ g/h + slack / (h · least hours)."""
    least = max(1, search.model.least_hours)
    return _ratio(search.gain, search.hours) + max(0, slack) / (search.hours * least) * HOUR_UNITS / GAIN_UNITS


def _ratio(gain: int, hours: int) -> float:
    """Covered demand per hour."""
    return gain / hours * HOUR_UNITS / GAIN_UNITS


def greedy_bundle(model: BundleModel) -> tuple[int, ...] | None:
    """What a planner without a solver does: again and again the course that adds most demand per hour, with what it presupposes.

    Goes on beyond the least number of courses for as long as the ratio of the whole rises, or the gain where that is the goal.
    Ties go to the course that comes first. None when it ends outside the limits.
    """
    chosen = model.closed(tuple(sorted(model.problem.required))) or ()
    while len(chosen) < model.problem.max_courses:
        step = _best_step(model, chosen)
        if step is None or (len(chosen) >= model.problem.min_courses and not _is_better(model, step, chosen)):
            break
        chosen = step
    return chosen if model.meets_limits(chosen) else None


def _best_step(model: BundleModel, chosen: tuple[int, ...]) -> tuple[int, ...] | None:
    gain, hours = model.gain_of(chosen), model.hours_of(chosen)
    best: tuple[float, tuple[int, ...]] | None = None
    for course in range(model.n_courses):
        wider = None if course in chosen else model.closed((*chosen, course))
        if wider is None or len(wider) > model.problem.max_courses or not model.within_hours(wider):
            continue
        rate = (model.gain_of(wider) - gain) / (model.hours_of(wider) - hours)
        if best is None or rate > best[0]:
            best = rate, wider
    return best[1] if best else None


def _is_better(model: BundleModel, wider: tuple[int, ...], chosen: tuple[int, ...]) -> bool:
    if model.problem.goal is BundleGoal.COVERED:
        return model.gain_of(wider) > model.gain_of(chosen)
    return model.gain_of(wider) * model.hours_of(chosen) > model.gain_of(chosen) * model.hours_of(wider)
