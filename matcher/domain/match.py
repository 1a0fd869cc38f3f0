"""Results of matching: scores with their parts, and per requirement the evidence on both sides."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from matcher.domain.document import Kind, ReadWarning, Span
from matcher.domain.skill import Importance, Proficiency


class RequirementStatus(StrEnum):
    """Whether a requirement is met. `MISSING` means that the text does not say so, not that it is false."""

    COVERED = "covered"
    PARTIAL = "partial"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quote: `quote == text[span.start:span.end]` of document `document` ("" for an inline one).

    `completion`: of a syllabus that is quoted for a candidate, the completion by which it counts; else "".
    """

    document: str
    span: Span
    quote: str
    sentence: str
    confidence: float
    completion: str = ""


@dataclass(frozen=True, slots=True)
class RequirementMatch:
    """One requirement and how it is met. `credit` and `weight` in [0, 1].

    Weights of one group (hard essential, hard preferred, soft) sum to 1. `credit = relation * level_factor`: what the skill
    that met it is worth for the one asked for (1 for the same), and what the level shown is worth for the level asked for;
    both 0 when nothing met it. See `match.credit` for the thresholds between covered, partial and missing.
    """

    skill_id: str
    importance: Importance
    required_level: Proficiency | None
    held_level: Proficiency | None
    status: RequirementStatus
    credit: float
    weight: float
    met_by: str
    demand_evidence: tuple[Evidence, ...]
    supply_evidence: tuple[Evidence, ...]
    relation: float = 0.0
    level_factor: float = 0.0


@dataclass(frozen=True, slots=True)
class SharedSkill:
    """A skill that both documents are about, quoted from each."""

    skill_id: str
    query_evidence: Evidence
    target_evidence: Evidence


@dataclass(frozen=True, slots=True)
class ScorePart:
    """One part of a score: `contribution = (value or 0) * weight`, in log-odds. `value` None: undefined."""

    part: str
    value: float | None
    weight: float

    @property
    def contribution(self) -> float:
        """What it adds to the log-odds."""
        return (self.value or 0.0) * self.weight


@dataclass(frozen=True, slots=True)
class Scored:
    """Score of a pair: `score == 1 / (1 + exp(-(intercept + sum of contributions)))`."""

    score: float
    intercept: float
    parts: tuple[ScorePart, ...]


class BothSided(StrEnum):
    """Whether a match tells how far the posting suits the candidate too, and whether that decides the order."""

    OFF = "off"
    SHOW = "show"
    RANK = "rank"


@dataclass(frozen=True, slots=True)
class FitPart:
    """One fact of a candidate's side; None where either side does not state it."""

    part: str
    value: float | None


@dataclass(frozen=True, slots=True)
class CandidateFit:
    """How far a posting suits a candidate, [0, 1]: the mean of the parts that both sides state, None when they state none."""

    parts: tuple[FitPart, ...]
    value: float | None


@dataclass(frozen=True, slots=True)
class Match:
    """One ranked document. `rank` is 1-based; 0 for a pair that was not ranked.

    `repeats`: (name, share of common text) of documents that repeat this one and were ranked below it.
    """

    name: str
    kind: Kind
    title: str
    rank: int
    scored: Scored
    requirements: tuple[RequirementMatch, ...] = ()
    shared: tuple[SharedSkill, ...] = ()
    additional: tuple[tuple[str, Evidence], ...] = ()
    explanation: str = ""
    repeats: tuple[tuple[str, float], ...] = ()
    warnings: tuple[ReadWarning, ...] = ()
    candidate_fit: CandidateFit | None = None
    both_sided_score: float | None = None


@dataclass(frozen=True, slots=True)
class Versions:
    """What decided an answer."""

    model: str
    taxonomy: str
    weights: str
    index_revision: int
