"""Assignments: many candidates put to many postings at once, each posting taking as many as it has openings.

Enters: nothing; plain frozen values.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from matcher.domain.match import Versions


class AssignmentMode(StrEnum):
    """How is decided. `OPTIMAL`: greatest total worth. `STABLE`: no pair would both rather have each other."""

    OPTIMAL = "optimal"
    STABLE = "stable"


class Worth(StrEnum):
    """What a pair is worth: its score, or its score with how far the posting suits the candidate."""

    SCORE = "score"
    BOTH_SIDED = "both_sided"


class UnassignedReason(StrEnum):
    """Why a candidate goes nowhere. `CAPACITY`: a pair is allowed, but others filled its openings."""

    NO_ALLOWED_PAIR = "no_allowed_pair"
    BELOW_MINIMUM = "below_minimum"
    CAPACITY = "capacity"


@dataclass(frozen=True, slots=True)
class Assigned:
    """A candidate and its posting. `worth`: what the objective counts; `candidate_fit` None: neither side states a fact of it."""

    candidate: str
    posting: str
    score: float
    worth: float
    candidate_fit: float | None


@dataclass(frozen=True, slots=True)
class Unassigned:
    """A candidate that goes nowhere, and the allowed posting that it is worth most to, "" when none is."""

    candidate: str
    reason: UnassignedReason
    best_posting: str
    best_worth: float | None


@dataclass(frozen=True, slots=True)
class Filled:
    """A posting with its openings and how many of them are taken."""

    posting: str
    n_openings: int
    n_taken: int


@dataclass(frozen=True, slots=True)
class Assignment:
    """All of it. `total_worth`: sum of the worths; `n_blocking`: pairs that would both rather have each other."""

    mode: AssignmentMode
    worth: Worth
    assigned: tuple[Assigned, ...]
    unassigned: tuple[Unassigned, ...]
    postings: tuple[Filled, ...]
    total_worth: float
    n_blocking: int
    versions: Versions
