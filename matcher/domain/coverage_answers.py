"""What the coverage journeys find. Plain frozen values; `domain.coverage` holds what they are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.domain.coverage import (
    Alignment,
    CourseSummary,
    CoveringSets,
    GroupCoverage,
    MissingPrerequisite,
    PostingChange,
    RequirementCoverage,
    RequirementGroup,
    TaughtSkill,
    group_of,
)
from matcher.domain.match import RequirementStatus, Versions
from matcher.domain.target import Target, TargetRequirement


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """What all coverage replies share. `target`: with the requirements that count.

    `n_left_out`: how many do not, because a smaller share of a cohort's postings asks for them than `CohortTarget.min_share`.
    """

    target: Target
    n_left_out: int
    versions: Versions
    explanation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingCovered(Covered):
    """A matrix. `rows`: all requirements, in the target's order, with cells of `courses` only.

    `n_courses`: how many were held against the target, `n_helpful`: how many of them cover anything in part at least.
    """

    rows: tuple[RequirementCoverage, ...]
    courses: tuple[CourseSummary, ...]
    groups: tuple[GroupCoverage, ...]
    sets: CoveringSets
    n_courses: int
    n_helpful: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeAudited(Covered):
    """An audit. `rows`: all requirements, heaviest first. `undemanded`, `overlaps`: by demand weight, then by number of courses.

    `n_prerequisites`: skills and written prerequisites presupposed, course by course; `missing_prerequisites`: those that no other
    course gives before.
    """

    title: str
    courses: tuple[CourseSummary, ...]
    rows: tuple[RequirementCoverage, ...]
    groups: tuple[GroupCoverage, ...]
    alignment: Alignment
    undemanded: tuple[TaughtSkill, ...]
    overlaps: tuple[TaughtSkill, ...]
    missing_prerequisites: tuple[MissingPrerequisite, ...]
    n_prerequisites: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A programme before or after an edit. `n_postings_covered`: of the postings with essential requirements."""

    courses: tuple[CourseSummary, ...]
    rows: tuple[RequirementCoverage, ...]
    groups: tuple[GroupCoverage, ...]
    alignment: Alignment
    n_postings_covered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseSimulated(Covered):
    """An edit. Rows of `before` and `after` stand side by side. `newly_covered`, `lost`: postings that cross the threshold.

    `n_postings`: of the target, of which `n_undefined` ask for nothing essential and can be neither covered nor uncovered.
    """

    before: Standing
    after: Standing
    covered_from: float
    newly_covered: tuple[PostingChange, ...]
    lost: tuple[PostingChange, ...]
    n_postings: int
    n_undefined: int


@dataclass(frozen=True, slots=True)
class ProgrammeStanding:
    """One of several programmes. `only`: skills that none of the others teaches, demanded ones first.

    `hours`: of the courses that state them; `n_hours_unknown`: how many do not. `hours_per_weight`: hours ÷ met weight of hard
    requirements; None when nothing is met, or when some course does not state its hours.
    """

    title: str
    courses: tuple[CourseSummary, ...]
    rows: tuple[RequirementCoverage, ...]
    groups: tuple[GroupCoverage, ...]
    alignment: Alignment
    only: tuple[TaughtSkill, ...]
    hours: float
    n_hours_unknown: int
    hours_per_weight: float | None


@dataclass(frozen=True, slots=True)
class ComparedRequirement:
    """One requirement in all programmes: (p,) status and credit, in the order of the programmes."""

    requirement: TargetRequirement
    statuses: Sequence[RequirementStatus]
    credits: Sequence[float]

    @property
    def group(self) -> RequirementGroup:
        """Where it is counted."""
        return group_of(self.requirement.kind, self.requirement.importance)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammesCompared(Covered):
    """A comparison. `shared`: skills that all programmes teach, demanded ones first."""

    programmes: tuple[ProgrammeStanding, ...]
    requirements: tuple[ComparedRequirement, ...]
    shared: tuple[TaughtSkill, ...]
