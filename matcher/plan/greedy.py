"""The greedy plan: always the course that closes most per hour among those that still fit.

Enters: a pool. Leaves: course numbers with terms, or None when the plan so made does not keep the limits that ask for a minimum.
It is where the exact solver starts from, what is answered when there is no time for it, and what benchmarks compare it with.
"""

from __future__ import annotations

from matcher.domain.plan import CourseOption, PlanLimits
from matcher.plan.pool import Pool


class _Draft:
    """A plan in the making, with what it uses up."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self.terms: dict[int, int] = {}
        self.reached = [pool.held(i) for i in range(len(pool.items))]
        self.load = [0.0] * (pool.n_terms + 1)

    def gain(self, j: int) -> float:
        """Gap weight that a course would add."""
        items = self.pool.items
        return sum(
            items[i].weight * (v - self.reached[i]) for i, v in self.pool.steps[j].items() if v > self.reached[i]
        )

    def bundle(self, j: int) -> list[int] | None:
        """A course behind prerequisites that are not yet in, in order; None when it runs in a circle."""
        ordered: list[int] = []
        return ordered if self._collect(j, ordered, set()) else None

    def _collect(self, j: int, ordered: list[int], path: set[int]) -> bool:
        if j in self.terms or j in ordered:
            return True
        if j in path:
            return False
        for group in self.pool.groups[j]:
            ways = sorted(
                group, key=lambda k: (k not in self.terms and k not in ordered, _hours(self.pool.courses[k]), k)
            )
            if not any(self._collect(k, ordered, path | {j}) for k in ways):
                return False
        ordered.append(j)
        return True

    def place(self, bundle: list[int]) -> dict[int, int] | None:
        """A term for each course of a bundle, the earliest that has room; None when one finds none."""
        placed: dict[int, int] = {}
        room = self.pool.limits.max_hours_per_term
        extra = [0.0] * len(self.load)
        for j in bundle:
            term_of = {**self.terms, **placed}
            first = max((min(term_of[k] for k in g if k in term_of) for g in self.pool.groups[j]), default=0)
            hours = _hours(self.pool.courses[j])
            fitting = (
                t
                for t in self.pool.terms[j]
                if t > first and (room is None or self.load[t] + extra[t] + hours <= room + 1e-9)
            )
            term = next(fitting, None)
            if term is None:
                return None
            placed[j] = term
            extra[term] += hours
        return placed

    def fits(self, bundle: list[int]) -> bool:
        """Whether the plan with a bundle keeps the limits on what it comes to."""
        courses = [self.pool.courses[j] for j in (*self.terms, *bundle)]
        return keeps_maxima(courses, self.pool.limits) and keeps_practice(courses, self.pool.limits)

    def take(self, placed: dict[int, int]) -> None:
        """Adds courses."""
        for j, term in placed.items():
            self.terms[j] = term
            self.load[term] += _hours(self.pool.courses[j])
            for i, value in self.pool.steps[j].items():
                self.reached[i] = max(self.reached[i], value)


def greedy_terms(pool: Pool, closing: frozenset[str] = frozenset()) -> dict[int, int] | None:
    """Course number → term of the greedy plan; None when it misses a minimum, a course that must be in, or an item to close."""
    draft = _Draft(pool)
    needed = [pool.number(name) for name in pool.limits.must_include]
    for j in needed:
        if j is None or not _take(draft, j):
            return None
    open_courses = [j for j, steps in enumerate(pool.steps) if steps and pool.is_wanted[j]]
    while open_courses:
        gains = {j: gain for j in open_courses if (gain := draft.gain(j)) > 1e-12}
        ranked = sorted(gains, key=lambda j: (-gains[j] / (_hours(pool.courses[j]) or 1.0), j))
        taken = next((j for j in ranked if _take(draft, j)), None)
        if taken is None:
            break
        open_courses = [j for j in gains if j not in draft.terms]
    return draft.terms if _keeps_minima(draft, closing) else None


def _take(draft: _Draft, j: int) -> bool:
    bundle = draft.bundle(j)
    if bundle is None or not draft.fits(bundle):
        return False
    placed = draft.place(bundle)
    if placed is None:
        return False
    draft.take(placed)
    return True


def keeps_maxima(courses: list[CourseOption], limits: PlanLimits) -> bool:
    """Whether courses together keep the limits on hours, cost, credits and number."""
    return (
        _within(sum(_hours(c) for c in courses), limits.max_hours)
        and _within(sum(c.cost_fen or 0 for c in courses), limits.max_cost_fen)
        and _within(sum(c.credits or 0.0 for c in courses), limits.max_credits)
        and _within(len(courses), limits.max_courses)
    )


def keeps_practice(courses: list[CourseOption], limits: PlanLimits) -> bool:
    """Whether courses together have the practice share asked for."""
    asked = limits.min_practice_share
    return asked is None or sum(_hours(c) * ((c.practice_share or 0.0) - asked) for c in courses) >= -1e-9


def _keeps_minima(draft: _Draft, closing: frozenset[str]) -> bool:
    pool, limits = draft.pool, draft.pool.limits
    courses = [pool.courses[j] for j in draft.terms]
    if limits.min_credits is not None and sum(c.credits or 0.0 for c in courses) < limits.min_credits - 1e-9:
        return False
    return all(draft.reached[i] >= 1 for i, item in enumerate(pool.items) if item.skill_id in closing)


def _within(value: float, limit: float | None) -> bool:
    return limit is None or value <= limit + 1e-9


def _hours(course: CourseOption) -> float:
    return course.hours or 0.0
