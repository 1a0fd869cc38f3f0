"""What the credential journeys take and give, beyond domain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from matcher.domain.bundle import (
    Bundle,
    BundleGoal,
    BundleLimits,
    BundleScore,
    Completion,
    Credential,
    Overlap,
    Solved,
)
from matcher.domain.document import ReadWarning
from matcher.domain.match import Evidence, Versions
from matcher.domain.skill import Proficiency
from matcher.domain.target import CohortTarget

DEFAULT_TIME_LIMIT_S = 10.0


@dataclass(frozen=True, slots=True)
class DesignQuery:
    """A bundle to draft. `title` "": one is proposed. `course_filter` (AIP-160): courses to choose from, "" all.

    `compare`: courses of a bundle of the caller's own, held against the same demand; empty: none.
    """

    cohort: CohortTarget
    title: str = ""
    goal: BundleGoal = BundleGoal.PER_HOUR
    limits: BundleLimits = field(default_factory=BundleLimits)
    course_filter: str = ""
    compare: tuple[str, ...] = ()
    language: str = "zh"
    time_limit_s: float = DEFAULT_TIME_LIMIT_S


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A course that could not be chosen. `reason`: NO_HOURS, CYCLIC_PREREQUISITES, EXCLUDED or BEYOND_POOL."""

    course: str
    reason: str


@dataclass(frozen=True, slots=True)
class Design:
    """A draft: what it comes to, how good it provably is, and what it stands beside.

    `found`, `greedy`, `compared`: held against the same demand; `greedy` None: it ends outside the limits. `left_out`: relevant
    courses that could not be chosen, by reason and name.
    """

    bundle: Bundle
    solved: Solved
    found: BundleScore
    greedy: BundleScore | None
    compared: BundleScore | None
    overlaps: tuple[Overlap, ...]
    left_out: tuple[LeftOut, ...]
    versions: Versions
    warnings: tuple[ReadWarning, ...] = ()


@dataclass(frozen=True, slots=True)
class NewCredential:
    """A bundle to store. `id` "": made of its content."""

    id: str
    title: str
    courses: tuple[str, ...]
    cohort: CohortTarget | None = None
    summary: str = ""


@dataclass(frozen=True, slots=True)
class CredentialView:
    """A stored bundle and what it comes to now."""

    credential: Credential
    bundle: Bundle
    overlaps: tuple[Overlap, ...]
    versions: Versions
    warnings: tuple[ReadWarning, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A stored bundle for somebody who has completed courses. Courses in the order of the bundle.

    `hours_left`: of the courses left whose syllabus tells hours. `is_held`: nothing is left.
    """

    credential: Credential
    completed: tuple[str, ...]
    left: tuple[str, ...]
    hours_left: float

    @property
    def is_held(self) -> bool:
        """Whether all of its courses are completed."""
        return not self.left


class ExportFormat(StrEnum):
    """What a bundle is written as."""

    MARKDOWN = "markdown"
    DOCX = "docx"
    CTDL = "ctdl"
    OPEN_BADGE = "open_badge"


@dataclass(frozen=True, slots=True)
class Exported:
    """A file. `media_type` as registered with IANA."""

    content: bytes
    media_type: str
    filename: str


@dataclass(frozen=True, slots=True)
class ProvedSkill:
    """A skill that a completion proves: the level that the syllabus states (None: none) and its sentences."""

    skill_id: str
    level: Proficiency | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class CompletionView:
    """A completion with what it proves by the syllabi as they are now; `warnings`: what has changed since."""

    completion: Completion
    proved: tuple[ProvedSkill, ...]
    warnings: tuple[ReadWarning, ...] = ()
