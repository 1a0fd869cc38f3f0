"""What scoring needs to know of one document, as small arrays.

Enters: requirements and supplied skills as found by the extract stage, and facts. Leaves: a `Profile`. Skills that the
taxonomy does not hold (a stale mention) are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from matcher.domain.document import EducationLevel, Facts, Kind, Salary
from matcher.domain.skill import Importance, Proficiency
from matcher.match.skillspace import SkillSpace

ESSENTIAL, PREFERRED = 0, 1


class RequirementLike(Protocol):
    """A demand, as `matcher.domain.requirement.Requirement`."""

    @property
    def skill_id(self) -> str: ...  # noqa: D102
    @property
    def importance(self) -> Importance: ...  # noqa: D102
    @property
    def level(self) -> Proficiency | None: ...  # noqa: D102


class SupplyLike(Protocol):
    """A skill shown, as `matcher.domain.requirement.Supply`."""

    @property
    def level(self) -> Proficiency | None: ...  # noqa: D102
    @property
    def implied(self) -> bool: ...  # noqa: D102
    @property
    def wished(self) -> bool: ...  # noqa: D102


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """Skills demanded and shown, by dense number, and the facts that enter a score or its candidate's side.

    Levels: 0 unknown, 1–4 Proficiency.

    `demand_*`: (r,) in the order of the requirements. `supply_*`: (s,) ascending by skill. `overlap_skills`: (s,) the skills
    compared for overlap (what the document is about, either way round), ascending; what only a certificate implies meets demands,
    but is not what the document is about; what is wished for only is the other way round.
    """

    kind: Kind
    demand_skills: NDArray[np.int32]
    demand_importance: NDArray[np.int8]
    demand_levels: NDArray[np.int8]
    supply_skills: NDArray[np.int32]
    supply_levels: NDArray[np.int8]
    overlap_skills: NDArray[np.int32]
    education: EducationLevel | None
    experience_years: float | None
    region: str | None = None
    salary: Salary | None = None


def make_profile(
    kind: Kind,
    requirements: Iterable[RequirementLike],
    supply: Mapping[str, SupplyLike],
    facts: Facts,
    space: SkillSpace,
) -> Profile:
    """Builds the profile of one document."""
    demand = [(space.number_by_id[r.skill_id], r) for r in requirements if r.skill_id in space.number_by_id]
    shown = sorted((space.number_by_id[k], v) for k, v in supply.items() if k in space.number_by_id)
    demand_skills = np.array([n for n, _ in demand], dtype=np.int32)
    able = [(n, s) for n, s in shown if not s.wished]
    supply_skills = np.array([n for n, _ in able], dtype=np.int32)
    return Profile(
        kind=kind,
        demand_skills=demand_skills,
        demand_importance=np.array(
            [PREFERRED if r.importance is Importance.PREFERRED else ESSENTIAL for _, r in demand], dtype=np.int8
        ),
        demand_levels=np.array([int(r.level or 0) for _, r in demand], dtype=np.int8),
        supply_skills=supply_skills,
        supply_levels=np.array([int(s.level or 0) for _, s in able], dtype=np.int8),
        # a posting shows what it demands; a course is about what it teaches, not about what it presupposes
        overlap_skills=np.unique(demand_skills)
        if kind is Kind.POSTING
        else np.array([n for n, s in shown if not s.implied], dtype=np.int32),
        education=facts.education,
        experience_years=facts.experience_years,
        region=facts.region,
        salary=facts.salary,
    )
