"""Limits by name: which are set, what a plan would be without one, and which courses one rules out by itself.

Enters: `PlanLimits` and courses. Leaves: names and values. A name is a field of `PlanLimits` or `must_include:courses/x`; it is
what a conflict and a course left out are explained with. Refuses nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from matcher.domain.plan import CourseOption, Objective, PlanLimits, Quantity

FULL_CLOSURE: Final = "full_closure"
PREREQUISITES: Final = "prerequisites"
OBJECTIVES: Final = "objectives"
MUST_INCLUDE: Final = "must_include:"
SINGLE_TERM_DAYS: Final = 183

_UNSET: Final[dict[str, Any]] = {
    "max_hours": None,
    "max_cost_fen": None,
    "max_credits": None,
    "min_credits": None,
    "max_courses": None,
    "max_terms": None,
    "max_hours_per_term": None,
    "term_starts": (),
    "require_known_dates": False,
    "min_practice_share": None,
    "min_course_value": None,
    "deliveries": (),
    "languages": (),
    "organisations": (),
    "must_exclude": (),
}
_RESTING_ON: Final = {
    Quantity.HOURS: ("max_hours", "max_hours_per_term", "min_practice_share"),
    Quantity.COST: ("max_cost_fen",),
    Quantity.CREDITS: ("max_credits",),
}
_VALUE: Final = {Quantity.HOURS: "hours", Quantity.COST: "cost_fen", Quantity.CREDITS: "credits"}
_OBJECTIVE: Final = {Quantity.HOURS: Objective.LEAST_HOURS, Quantity.COST: Objective.LEAST_COST}


def limits_set(limits: PlanLimits) -> list[str]:
    """Names of the limits that are set, in a fixed order; each course that must be in is one of its own."""
    fields = [name for name, unset in _UNSET.items() if getattr(limits, name) != unset]
    return fields + [MUST_INCLUDE + name for name in limits.must_include]


def without(limits: PlanLimits, name: str) -> PlanLimits:
    """The same limits but for the one of that name."""
    if name.startswith(MUST_INCLUDE):
        left = tuple(n for n in limits.must_include if n != name.removeprefix(MUST_INCLUDE))
        return replace(limits, must_include=left)
    return replace(limits, **{name: _UNSET[name]})


def rules_out(course: CourseOption, limits: PlanLimits, objectives: Collection[Objective]) -> tuple[str, ...]:
    """Names of the limits each of which keeps a course out by itself, in a fixed order; empty: it may be planned."""
    found = [
        name
        for name, is_out in (
            ("must_exclude", course.name in limits.must_exclude),
            ("deliveries", bool(limits.deliveries) and course.delivery not in limits.deliveries),
            ("languages", bool(limits.languages) and not set(course.languages) & set(limits.languages)),
            ("organisations", bool(limits.organisations) and course.organisation not in limits.organisations),
            ("require_known_dates", limits.require_known_dates and not course.start_dates),
            ("term_starts", bool(limits.term_starts) and not offered_terms(course, limits, len(limits.term_starts))),
        )
        if is_out
    ]
    for quantity, field in _VALUE.items():
        if getattr(course, field) is None and quantity not in limits.allow_unknown:
            found += [name for name in _RESTING_ON[quantity] if getattr(limits, name) is not None]
            if _OBJECTIVE.get(quantity) in objectives:
                found.append(OBJECTIVES)
    return tuple(dict.fromkeys(found))


def rests_on(quantity: Quantity, limits: PlanLimits, objectives: Collection[Objective]) -> bool:
    """Whether a limit or an objective rests on a quantity."""
    names = (*_RESTING_ON[quantity], *(["min_credits"] if quantity is Quantity.CREDITS else []))
    return any(getattr(limits, name) is not None for name in names) or _OBJECTIVE.get(quantity) in objectives


def offered_terms(course: CourseOption, limits: PlanLimits, n_terms: int) -> list[int]:
    """Terms (from 1) in which a course is offered, ascending."""
    starts = limits.term_starts
    if not starts or not course.start_dates:
        return list(range(1, n_terms + 1))
    length = starts[-1] - starts[-2] if len(starts) > 1 else timedelta(days=SINGLE_TERM_DAYS)
    end = starts[-1] + length
    terms = {bisect_right(starts, day) for day in course.start_dates if starts[0] <= day < end}
    return sorted(term for term in terms if term <= n_terms)
