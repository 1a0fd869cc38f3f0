"""A gap from numbers: the status of each requirement, and the gap as a whole.

Enters: a target, and per requirement the credit that a person's skills give by the rule of match.credit. Leaves: a `Gap` in the
order of the target. It computes no credit of its own, so that a gap and a match cannot disagree, and it refuses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from matcher.domain.document import EducationLevel
from matcher.domain.gap import EducationGap, ExperienceGap, Gap, GapStatus, RequirementGap
from matcher.domain.match import Evidence
from matcher.domain.skill import Proficiency
from matcher.domain.target import Target, TargetRequirement


@dataclass(frozen=True, slots=True)
class Met:
    """How one requirement is met: by which skill ("": by none), how much that is worth, and the level shown of it.

    `credit` and `relation` in [0, 1], both 0 when it is met by none.
    """

    credit: float
    met_by: str = ""
    relation: float = 0.0
    held_level: Proficiency | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """What a person's text shows beside skills. `evidence`, `denied`, `wished`: skill id → quotes; `name` "": an inline text."""

    name: str
    education: EducationLevel | None
    experience_years: float | None
    evidence: Mapping[str, Sequence[Evidence]]
    denied: Mapping[str, Sequence[Evidence]]
    wished: Mapping[str, Sequence[Evidence]] = field(default_factory=dict)


def gap_status(met: Met, covered_at: float) -> GapStatus:
    """What the credit of a requirement says; `covered_at`: credit from which it counts as met.

    A skill that is worth at least that much for the one asked stands for it, so that what is wanting is its level.
    """
    if not met.met_by:
        return GapStatus.MISSING
    if met.credit >= covered_at:
        return GapStatus.MET
    return GapStatus.MET_AT_LOWER_LEVEL if met.relation >= covered_at else GapStatus.NEAR


def make_gap(target: Target, met: Sequence[Met], shown: Shown, covered_at: float) -> Gap:
    """A person held against a target.

    Args:
        target: what is asked.
        met: one entry per requirement of the target, in its order.
        shown: the person's text.
        covered_at: credit from which a requirement counts as met.
    """
    return Gap(
        candidate=shown.name,
        target=target,
        requirements=tuple(
            _requirement(requirement, one, shown, covered_at)
            for requirement, one in zip(target.requirements, met, strict=True)
        ),
        education=EducationGap(target.education, shown.education),
        experience=ExperienceGap(target.experience_years, shown.experience_years),
    )


def _requirement(requirement: TargetRequirement, met: Met, shown: Shown, covered_at: float) -> RequirementGap:
    return RequirementGap(
        requirement=requirement,
        status=gap_status(met, covered_at),
        credit=met.credit,
        met_by=met.met_by,
        relation=met.relation,
        held_level=met.held_level,
        evidence=tuple(shown.evidence.get(met.met_by, ())),
        denied_evidence=tuple(shown.denied.get(requirement.skill_id, ())),
        wished_evidence=tuple(shown.wished.get(requirement.skill_id, ())),
    )
