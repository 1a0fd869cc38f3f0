"""Questions about a ranking: what if a document had other skills, and why is a document not among the best.

Enters: nothing; plain frozen values. Ranks are 1-based in the full ranking: every document that passes the filter is scored.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from matcher.domain.match import Scored, Versions
from matcher.domain.skill import Importance, Proficiency


class ChangedSide(StrEnum):
    """Which of the two documents a change is made to."""

    QUERY = "query"
    TARGET = "target"


@dataclass(frozen=True, slots=True)
class SkillChange:
    """One skill added (or given another level) or removed. `level` None: not said. `importance`: of a demand, else ignored."""

    side: ChangedSide
    skill_id: str
    remove: bool = False
    level: Proficiency | None = None
    importance: Importance = Importance.ESSENTIAL


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a document stands: its score with its parts, and its rank among `n_ranked`, itself counted."""

    scored: Scored
    rank: int
    n_ranked: int


@dataclass(frozen=True, slots=True)
class CreditChange:
    """A requirement that is met otherwise; credit None: not asked on that side of the change."""

    skill_id: str
    old_credit: float | None
    new_credit: float | None


@dataclass(frozen=True, slots=True)
class WhatIfAnswer:
    """A target's standing before and after changes. `passes_filter`: of the target; its rank is told either way."""

    target_name: str
    before: Standing
    after: Standing
    credits: tuple[CreditChange, ...]
    passes_filter: bool
    versions: Versions
    explanation: str = ""


class WhyNotReason(StrEnum):
    """The first thing that keeps a document from being returned, or that nothing does."""

    RETURNED = "returned"
    FILTERED = "filtered"
    NOT_RETRIEVED = "not_retrieved"
    NEAR_DUPLICATE = "near_duplicate"
    BELOW_CUTOFF = "below_cutoff"


@dataclass(frozen=True, slots=True)
class FailedClause:
    """A clause of the filter that a document does not pass. `unknown`: it does not state the fact."""

    text: str
    column: int
    unknown: bool


@dataclass(frozen=True, slots=True)
class PartCost:
    """A part of the score in which the target lies behind the document at the cut-off, in log-odds."""

    part: str
    target: float
    cutoff: float

    @property
    def cost(self) -> float:
        """By how much it lies behind."""
        return self.cutoff - self.target


@dataclass(frozen=True, slots=True)
class WhyNotAnswer:
    """Why a document is not among the best `k`.

    `standing`: among the documents that pass the filter, itself counted whether or not it passes. `cutoff_*`: of the document at
    rank k, None when fewer than k others pass. `costs`: greatest first. `missing`: skills that the document at the cut-off meets
    better, by what they weigh, at most 5. `duplicate_of`: name of the near-duplicate that stands for it, "" when none does.
    """

    target_name: str
    reason: WhyNotReason
    standing: Standing
    k: int
    cutoff_name: str
    cutoff_score: float | None
    failed: tuple[FailedClause, ...]
    retrieved: bool
    costs: tuple[PartCost, ...]
    missing: tuple[str, ...]
    versions: Versions
    duplicate_of: str = ""
    explanation: str = ""

    @property
    def distance(self) -> float | None:
        """Score that it lacks to the cut-off, below 0 when it is above it."""
        return None if self.cutoff_score is None else self.cutoff_score - self.standing.scored.score
