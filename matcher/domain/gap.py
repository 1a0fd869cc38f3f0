"""Gaps: what of a target a person's text shows, and what it does not say. Plain frozen values.

Enters: nothing. A gap never says that somebody lacks something: a text that is silent on a skill is no evidence against it, and
only `denied_evidence` holds words that deny it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from matcher.domain.document import EducationLevel
from matcher.domain.match import Evidence
from matcher.domain.skill import Importance, Proficiency, SkillKind
from matcher.domain.target import Target, TargetRequirement


class GapStatus(StrEnum):
    """How far a requirement is met. It says the same as `RequirementStatus` of a match, told apart further where partial."""

    MET = "met"
    """Credit of at least `match.credit.COVERED_AT`."""
    MET_AT_LOWER_LEVEL = "met_at_lower_level"
    """The skill is shown, but at a lower level than asked, or at a level that the text does not state."""
    NEAR = "near"
    """Only a related skill is shown, which the taxonomy counts for a part (`relation`)."""
    MISSING = "missing"
    """The text does not say so."""


@dataclass(frozen=True, slots=True)
class RequirementGap:
    """One requirement of a target and how a person's text meets it.

    `credit` in [0, 1]: 0 or at least `match.credit.PARTIAL_AT`; the rule is that of match.credit, so a match and a gap agree.
    `met_by`: id of the skill that gave the credit, the same or a related one; "" when missing. `relation` in (0, 1]: what the
    taxonomy says that `met_by` is worth for the skill asked, 1 for itself, 0 when missing. `held_level`: of `met_by`, None: not
    stated. `evidence`: at most 3 quotes that show it, empty when missing. `denied_evidence`: quotes that deny the skill asked;
    `wished_evidence`: quotes that wish for it where nothing shows it.
    """

    requirement: TargetRequirement
    status: GapStatus
    credit: float
    met_by: str = ""
    relation: float = 0.0
    held_level: Proficiency | None = None
    evidence: tuple[Evidence, ...] = ()
    denied_evidence: tuple[Evidence, ...] = ()
    wished_evidence: tuple[Evidence, ...] = ()

    @property
    def open_weight(self) -> float:
        """What of the requirement's weight is not met, ≥ 0."""
        return self.requirement.weight * (1.0 - self.credit)


class FactStatus(StrEnum):
    """How a fact that is asked for compares with what is shown. Unknown never counts as agreement."""

    NOT_ASKED = "not_asked"
    NOT_SHOWN = "not_shown"
    MET = "met"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class EducationGap:
    """Education asked at least and the highest shown; None: the text does not say."""

    asked: EducationLevel | None
    shown: EducationLevel | None

    @property
    def status(self) -> FactStatus:
        """How the two compare."""
        return _fact_status(self.asked, self.shown)


@dataclass(frozen=True, slots=True)
class ExperienceGap:
    """Years of experience asked at least and shown in total; None: the text does not say."""

    asked: float | None
    shown: float | None

    @property
    def status(self) -> FactStatus:
        """How the two compare; 0 years are met by anybody, also where the text does not say."""
        return FactStatus.MET if self.asked == 0 else _fact_status(self.asked, self.shown)


@dataclass(frozen=True, slots=True)
class Gap:
    """A person held against a target. `candidate`: resource name, "" for an inline one.

    `requirements`: one entry per requirement of the target, in its order. Coverages are shares of weight in [0, 1] and None where
    nothing of that group is asked, never 1. Hard is all that is not soft, credentials included, as in the score of a match.
    """

    candidate: str
    target: Target
    requirements: tuple[RequirementGap, ...]
    education: EducationGap
    experience: ExperienceGap

    @property
    def essential_coverage(self) -> float | None:
        """Of hard essential requirements; for a posting equal to `essential_coverage` of its match."""
        return _coverage(r for r in self._hard() if r.requirement.importance is Importance.ESSENTIAL)

    @property
    def preferred_coverage(self) -> float | None:
        """Of hard preferred requirements; for a posting equal to `preferred_coverage` of its match."""
        return _coverage(r for r in self._hard() if r.requirement.importance is Importance.PREFERRED)

    @property
    def soft_coverage(self) -> float | None:
        """Of soft requirements, essential and preferred ones by their weights."""
        return _coverage(r for r in self.requirements if r.requirement.kind is SkillKind.SOFT)

    @property
    def credential_coverage(self) -> float | None:
        """Of certificates asked for, which are among the hard requirements too."""
        return _coverage(r for r in self.requirements if r.requirement.kind is SkillKind.CERTIFICATE)

    @property
    def open_weight(self) -> float:
        """Gap weight: sum of weight × (1 - credit) over all requirements, ≥ 0."""
        return sum(r.open_weight for r in self.requirements)

    @property
    def weight(self) -> float:
        """Weight of all requirements, ≥ 0; 0 only when nothing is asked."""
        return sum(r.requirement.weight for r in self.requirements)

    def _hard(self) -> Iterable[RequirementGap]:
        return (r for r in self.requirements if r.requirement.kind is not SkillKind.SOFT)


def _coverage(requirements: Iterable[RequirementGap]) -> float | None:
    """Met weight ÷ all weight; None when nothing is required."""
    group = tuple(requirements)
    total = sum(r.requirement.weight for r in group)
    return sum(r.requirement.weight * r.credit for r in group) / total if total else None


def _fact_status(asked: float | None, shown: float | None) -> FactStatus:
    if asked is None:
        return FactStatus.NOT_ASKED
    if shown is None:
        return FactStatus.NOT_SHOWN
    return FactStatus.MET if shown >= asked else FactStatus.BELOW
