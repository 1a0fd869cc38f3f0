"""Bundles of courses (微专业): the limits of a draft, what was found, and what a bundle comes to.

Enters: nothing; plain frozen values. A bundle is a list of courses in an order that respects their prerequisites; everything else
that is said of it is computed from the stored syllabi and, where it has a target, from the stored postings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from matcher.domain.document import Delivery
from matcher.domain.match import Evidence, RequirementStatus
from matcher.domain.skill import Importance, Proficiency, SkillKind
from matcher.domain.target import CohortTarget

MIN_COURSES, MAX_COURSES = 4, 8
"""Size of a micro-major where the caller gives none."""


class BundleGoal(StrEnum):
    """What a draft makes as large as it can be."""

    PER_HOUR = "per_hour"  # covered demand ÷ teaching hours
    COVERED = "covered"  # covered demand


@dataclass(frozen=True, slots=True)
class BundleLimits:
    """What a draft must keep to. `min_courses` ≤ `max_courses`, both ≥ 1.

    `max_hours` > 0 in teaching hours; `min_practice_share` and `min_coverage` in [0, 1]; None: no such limit. A course whose
    syllabus does not tell its practice share counts as having none. `required`, `excluded`: resource names of courses.
    """

    min_courses: int = MIN_COURSES
    max_courses: int = MAX_COURSES
    max_hours: float | None = None
    min_practice_share: float | None = None
    min_coverage: float | None = None
    required: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BundleScore:
    """A set of courses held against a target. `covered` in [0, 1]: weight × credit, by all weight. `per_hour` = covered ÷ hours."""

    courses: tuple[str, ...]
    covered: float
    hours: float

    @property
    def per_hour(self) -> float:
        """Covered demand per teaching hour, 0 for no hours."""
        return self.covered / self.hours if self.hours else 0.0


@dataclass(frozen=True, slots=True)
class Solved:
    """How a draft was found. `value`, `bound`: of the goal; `value` ≤ optimum ≤ `bound`, equal when `optimal`.

    `n_solves`: models solved (Dinkelbach steps and the choice among equals). `seconds`: wall time.
    """

    goal: BundleGoal
    value: float
    bound: float
    optimal: bool
    n_solves: int
    n_courses: int
    seconds: float


@dataclass(frozen=True, slots=True)
class BundleCourse:
    """One course of a bundle. `hours`, `credits`, `practice_share`: None when the syllabus does not say.

    `after`: courses of the bundle that come before it by its prerequisites. `entry`: its prerequisites, as written, that no
    course of the bundle meets. `assessment`: what its syllabus says of assessment, quoted. `adds` in [0, 1]: covered demand that
    the bundle loses without it, None without a target. `stored`: false when it was deleted; then only its name is known.
    """

    name: str
    title: str
    hours: float | None = None
    credits: float | None = None
    practice_share: float | None = None
    delivery: Delivery | None = None
    after: tuple[str, ...] = ()
    entry: tuple[str, ...] = ()
    assessment: tuple[Evidence, ...] = ()
    adds: float | None = None
    stored: bool = True


@dataclass(frozen=True, slots=True)
class BundleSkill:
    """One skill of a bundle: what is asked of it and what the bundle teaches of it.

    Demanded skills have `weight` > 0 and `demand_share` in (0, 1]; without a target both are 0 and `status` is None. `course`: the
    course that teaches it best, "" when none does; `met_by`: the skill it teaches, the same or a related one, and its labels.
    `taught_level` None: the syllabus names none.
    """

    skill_id: str
    labels: Mapping[str, str]
    kind: SkillKind
    importance: Importance | None
    asked_level: Proficiency | None
    taught_level: Proficiency | None
    weight: float
    demand_share: float
    credit: float
    status: RequirementStatus | None
    course: str
    met_by: str
    met_by_labels: Mapping[str, str]
    demand_evidence: tuple[Evidence, ...] = ()
    course_evidence: tuple[Evidence, ...] = ()
    taught_elsewhere: tuple[str, ...] = ()
    """Stored courses outside the bundle that teach it better, best first, at most 3."""


@dataclass(frozen=True, slots=True)
class TargetOccupation:
    """An occupation that a bundle prepares for. `id` "" and empty `labels`: titles that name no occupation of the taxonomy.

    `n_postings`: postings of the cohort that are titled so. `titles`: these titles, most frequent first, at most 5.
    """

    id: str
    labels: Mapping[str, str]
    n_postings: int
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Overlap:
    """A stored bundle that shares something with this one. `shared_skills`: ids of skills that both teach."""

    credential: str
    title: str
    shared_courses: tuple[str, ...]
    shared_skills: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Credential:
    """A stored bundle. `courses` in order, each once. `cohort` None: no target. `title`, `summary`: words of people."""

    id: str
    title: str
    courses: tuple[str, ...]
    cohort: CohortTarget | None
    summary: str
    create_time: datetime

    @property
    def name(self) -> str:
        """AIP resource name, for example `credentials/smart-water`."""
        return f"credentials/{self.id}"


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a set of courses comes to, as of now. Courses in order; skills by weight descending, then by id.

    `hours`, `credits`: sums of what the syllabi say; `practice_share`: practice hours ÷ hours over the courses that tell both,
    None when none does. `untold`: names of the courses whose syllabus says no hours. `skills`: demanded ones first, covered or
    not, then what is taught beside them. `n_postings` 0: no target. `covered`: as `BundleScore.covered`, None without a target.
    """

    title: str
    summary: str
    courses: tuple[BundleCourse, ...]
    hours: float
    credits: float
    practice_share: float | None
    untold: tuple[str, ...]
    occupations: tuple[TargetOccupation, ...]
    skills: tuple[BundleSkill, ...]
    n_postings: int
    covered: float | None


@dataclass(frozen=True, slots=True)
class Completion:
    """A course or credential that a candidate completed, as somebody reported it; nothing of it is inferred.

    `subject`: name of the course or credential. `courses`: the courses that it stood for when it was recorded, with the content
    hash of each syllabus then. `verified_by`: who vouches for it, "" when nobody is named.
    """

    id: str
    candidate: str
    subject: str
    courses: tuple[tuple[str, str], ...]
    completed_on: date
    verified_by: str
    record_time: datetime

    @property
    def name(self) -> str:
        """Resource name, for example `candidates/li/completions/4f2a`."""
        return f"{self.candidate}/completions/{self.id}"
