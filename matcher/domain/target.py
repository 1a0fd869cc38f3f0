"""Targets: what a person, a course set or a programme is held against, as weighted requirements.

Enters: nothing; plain frozen values. A target is a posting, a cohort of postings, or an occupation; all three become the same list
of requirements, so that gaps, plans and coverage need to know one thing only.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from matcher.domain.document import EducationLevel, RawDocument
from matcher.domain.match import Evidence
from matcher.domain.skill import Importance, Proficiency, SkillKind

PREFERRED_WEIGHT = 0.4
"""Of a preferred requirement, relative to an essential one: policy, stated in target.proto, not fitted."""
SOFT_WEIGHT = 0.3
"""Factor of soft skills: they are shown apart and weigh little, because a text proves them badly."""


class TargetSource(StrEnum):
    """Where a target's requirements come from."""

    POSTING = "posting"
    COHORT = "cohort"
    OCCUPATION = "occupation"


@dataclass(frozen=True, slots=True)
class PostingTarget:
    """One posting: the name of a stored one, or an inline one."""

    posting: str | RawDocument


@dataclass(frozen=True, slots=True)
class CohortTarget:
    """Stored postings: those of `postings` (all when empty) that `filter_text` (AIP-160) passes.

    `min_share` in [0, 1]: skills that a smaller share of them asks for are no requirements.
    """

    filter_text: str = ""
    postings: tuple[str, ...] = ()
    min_share: float = 0.0


@dataclass(frozen=True, slots=True)
class OccupationTarget:
    """An occupation by resource name, for example `occupations/data-analyst`."""

    occupation: str


TargetQuery = PostingTarget | CohortTarget | OccupationTarget
"""What a caller names; resolved to a `Target`."""


@dataclass(frozen=True, slots=True)
class TargetRequirement:
    """One skill that a target asks for.

    `importance`: ESSENTIAL or PREFERRED; of a cohort, essential if at least half of the postings that ask for the skill call it
    so. `level`: of a cohort the lowest level that satisfies at least half of the postings that name one; None: none is named.
    `demand_share` in (0, 1]: share of the target's postings that ask for it, 1 for a single posting and for an occupation.
    `rarity` in (0, 1]: see `match.catalog.rarity`. `weight` > 0: see `requirement_weight`. `evidence`: at most 3 quotes, of a
    cohort each from another posting; empty for an occupation, and in a cohort for all but the heaviest (`targeting.N_QUOTED`).
    """

    skill_id: str
    kind: SkillKind
    importance: Importance
    level: Proficiency | None
    demand_share: float
    rarity: float
    weight: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """A resolved target. Requirements: essential first, then by weight descending, then by skill id; each skill once.

    `name`: of the stored posting or occupation, "" for an inline posting and a cohort. `n_postings`: 1 for a posting, 0 for an
    occupation. An empty `requirements` means that nothing is known to be asked, never that everything is met. `education`,
    `experience_years`: the minimum; of a cohort the lowest that satisfies at least half of the postings that name one; None: none
    is named.
    """

    source: TargetSource
    name: str
    title: str
    n_postings: int
    requirements: tuple[TargetRequirement, ...]
    education: EducationLevel | None = None
    experience_years: float | None = None


def requirement_weight(importance: Importance, kind: SkillKind, demand_share: float, rarity: float) -> float:
    """Weight of a requirement, > 0, as `TargetRequirement.weight` says."""
    base = 1.0 if importance is Importance.ESSENTIAL else PREFERRED_WEIGHT
    return base * demand_share * rarity * (SOFT_WEIGHT if kind is SkillKind.SOFT else 1.0)
