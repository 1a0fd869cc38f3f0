"""Transitions: from what a person or an occupation shows to other occupations, by what is shared and what is open.

Enters: nothing; plain frozen values. A transition rests on skills alone. Nobody is typed, and no statistics of others are held:
whether an occupation grows is what the stored postings show by their dates, or what the caller says it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from matcher.domain.document import RawDocument
from matcher.domain.gap import Gap
from matcher.domain.match import Evidence
from matcher.domain.plan import Objective, PlanLimits
from matcher.domain.target import CohortTarget


class Trend(StrEnum):
    """Whether a destination's share of the dated postings grew from one half-year to the next."""

    UNKNOWN = "unknown"
    """Too few postings have a date, and the caller says nothing."""
    GROWING = "growing"
    STEADY = "steady"
    SHRINKING = "shrinking"


class TrendSource(StrEnum):
    """Who says so."""

    STORE = "store"
    CALLER = "caller"


@dataclass(frozen=True, slots=True)
class Demand:
    """Stored postings of a destination. `source` None exactly when the trend is unknown.

    `n_recent`, `n_earlier`: of those with a date, how many began to stand in the newer and in the older half-year.
    """

    n_postings: int
    trend: Trend = Trend.UNKNOWN
    source: TrendSource | None = None
    n_recent: int = 0
    n_earlier: int = 0


@dataclass(frozen=True, slots=True)
class NamedCohort:
    """A set of stored postings as a destination, with the caller's words for it."""

    title: str
    cohort: CohortTarget


@dataclass(frozen=True, slots=True)
class TransitionQuery:
    """Transitions to find. `origin`: a candidate (name or inline) or the name of an occupation.

    `assume_optional`: of an origin occupation its optional skills count as shown, too. `occupations`, `cohorts`: the
    destinations; without both, all occupations of the taxonomy. `posting_filter`: which postings count as demand. `growing`:
    occupations that grow by a source of the caller's. `max_distance` in [0, 1]. `n_transitions` 1-50.

    `n_plans`: for so many of the first transitions the course plan, too, of the courses that `course_filter` passes, within
    `limits`, by `objectives`.
    """

    origin: str | RawDocument
    assume_optional: bool = False
    occupations: tuple[str, ...] = ()
    cohorts: tuple[NamedCohort, ...] = ()
    excluded: frozenset[str] = frozenset()
    posting_filter: str = ""
    min_postings: int = 0
    max_distance: float = 1.0
    growing: frozenset[str] = frozenset()
    only_growing: bool = False
    n_transitions: int = 10
    language: str = "zh"
    with_evidence: bool = True
    n_plans: int = 0
    course_filter: str = ""
    limits: PlanLimits = field(default_factory=PlanLimits)
    objectives: tuple[Objective, ...] = (Objective.MOST_CLOSED, Objective.LEAST_HOURS)


@dataclass(frozen=True, slots=True)
class PresentJob:
    """An occupation (resource name) that a person holds today, by the words of the text."""

    occupation: str
    title: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Transition:
    """One destination. `occupation`: resource name, "" for a cohort. `rank` is 1-based.

    `distance` in [0, 1): see `plan.transition`.
    """

    rank: int
    occupation: str
    title: str
    distance: float
    gap: Gap
    demand: Demand
    explanation: str = ""
