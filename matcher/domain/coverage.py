"""Coverage: what a set of courses teaches of what a target asks. Plain frozen values.

Enters: nothing. A requirement that no course covers is one that no syllabus speaks of; whether it is taught all the same, the
service cannot know. Weights are those of the target (`TargetRequirement.weight`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from matcher.domain.match import Evidence, RequirementStatus
from matcher.domain.skill import Importance, Proficiency, SkillKind
from matcher.domain.target import TargetRequirement


class RequirementGroup(StrEnum):
    """Requirements that are counted together. Soft skills and certificates stand apart, whatever their importance."""

    ESSENTIAL = "essential"
    PREFERRED = "preferred"
    SOFT = "soft"
    CERTIFICATE = "certificate"


HARD = (RequirementGroup.ESSENTIAL, RequirementGroup.PREFERRED)
"""What a programme can be asked to teach; soft skills and certificates are shown apart."""


def group_of(kind: SkillKind, importance: Importance) -> RequirementGroup:
    """The group of a requirement."""
    if kind is SkillKind.SOFT:
        return RequirementGroup.SOFT
    if kind is SkillKind.CERTIFICATE:
        return RequirementGroup.CERTIFICATE
    return RequirementGroup.PREFERRED if importance is Importance.PREFERRED else RequirementGroup.ESSENTIAL


class Shortfall(StrEnum):
    """Why a requirement is covered in part only."""

    LOWER_LEVEL = "lower_level"  # the skill is taught at a lower level than asked
    LEVEL_UNSTATED = "level_unstated"  # the skill is taught, to which level the syllabus does not say
    RELATED_SKILL = "related_skill"  # only a related skill is taught


class AlignmentBand(StrEnum):
    """How well a programme stands to a target, by the share of its required skills with no evidence at all.

    High up to a fifth, medium up to a half, low above. Undefined (None, no member) when nothing is required.
    """

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Alignment:
    """A band with the count behind it: `n_without_evidence` of `n_required` essential hard skills, certificates left out."""

    n_required: int
    n_without_evidence: int

    @property
    def share(self) -> float | None:
        """Share of required skills with no evidence in [0, 1], None when nothing is required."""
        return self.n_without_evidence / self.n_required if self.n_required else None

    @property
    def band(self) -> AlignmentBand | None:
        """The band, None when nothing is required. Counted in whole numbers, so that the bounds are met exactly."""
        if not self.n_required:
            return None
        if 5 * self.n_without_evidence <= self.n_required:
            return AlignmentBand.HIGH
        return AlignmentBand.MEDIUM if 2 * self.n_without_evidence <= self.n_required else AlignmentBand.LOW


@dataclass(frozen=True, slots=True)
class Cell:
    """How far one course covers one requirement. `status` is never MISSING: cells without credit are not made.

    `course`: its name (see `CourseSummary.name`). `credit` in [PARTIAL_AT, 1], by the rule of match.credit. `met_by`: id of the
    skill that gave it. `level`: to which the course teaches that skill, None: not said. `shortfall`: of a PARTIAL cell. `evidence`:
    at most 3 quotes from the syllabus, empty where none was asked for.
    """

    course: str
    credit: float
    status: RequirementStatus
    met_by: str
    level: Proficiency | None
    shortfall: Shortfall | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class RequirementCoverage:
    """One requirement and who covers it. `cells`: best credit first, then by course name.

    `credit`, `status` and `shortfall` (of a PARTIAL one) are those of the whole course set, also where only some of its courses are
    among the cells. `best_course`: the one that decides it, the first of equally good ones; "" when nothing is shown.
    """

    requirement: TargetRequirement
    credit: float
    status: RequirementStatus
    best_course: str = ""
    shortfall: Shortfall | None = None
    cells: tuple[Cell, ...] = ()

    @property
    def group(self) -> RequirementGroup:
        """Where it is counted."""
        return group_of(self.requirement.kind, self.requirement.importance)


@dataclass(frozen=True, slots=True)
class GroupCoverage:
    """One group counted. `coverage` = met weight ÷ weight in [0, 1]; None, never 1, when nothing is required."""

    group: RequirementGroup
    n_required: int
    n_covered: int
    n_partial: int
    weight: float
    met_weight: float

    @property
    def n_missing(self) -> int:
        """Requirements of which no course shows anything."""
        return self.n_required - self.n_covered - self.n_partial

    @property
    def coverage(self) -> float | None:
        """Share of the weight that is met."""
        return self.met_weight / self.weight if self.weight else None


@dataclass(frozen=True, slots=True)
class CourseSummary:
    """A course as coverage speaks of it.

    `name`: resource name; of an inline syllabus without one its place in the request, such as `documents[0]`. `hours` None: the
    syllabus does not say. `term` None: none is given. `n_covered`: requirements that it covers by itself. `met_weight`: sum of
    weight × credit that it gives by itself.
    """

    name: str
    title: str
    hours: float | None = None
    term: int | None = None
    n_covered: int = 0
    met_weight: float = 0.0


@dataclass(frozen=True, slots=True)
class CourseSet:
    """Chosen courses, by name ascending. `hours`: of those that state them; `n_hours_unknown`: how many do not."""

    courses: tuple[str, ...]
    hours: float = 0.0
    n_hours_unknown: int = 0

    @property
    def size(self) -> int:
        """How many courses."""
        return len(self.courses)


@dataclass(frozen=True, slots=True)
class CoveringSets:
    """The smallest set of courses that covers all that any course covers, beside the one that a greedy choice finds.

    `n_to_cover`: requirements that some course covers. `is_smallest`: it is proven that no smaller set does. `size_bound`: no set
    is smaller than this. `has_least_hours`: it is proven that no set of this size takes fewer hours, where a course that does not
    state its hours counts as the longest one. `solve_s`: seconds that the search took.
    """

    n_to_cover: int
    exact: CourseSet
    greedy: CourseSet
    is_smallest: bool
    size_bound: int
    has_least_hours: bool
    solve_s: float


@dataclass(frozen=True, slots=True)
class TaughtSkill:
    """A skill and the courses that teach it, by name.

    `demand_weight`: weight of the heaviest requirement of the target that it helps to meet, 0 when there is none.
    """

    skill_id: str
    kind: SkillKind
    demand_weight: float
    teaching: tuple[Teaching, ...]


@dataclass(frozen=True, slots=True)
class Teaching:
    """That a course teaches a skill. `level` None: not said. `evidence`: at most 3 quotes."""

    course: str
    level: Proficiency | None
    evidence: tuple[Evidence, ...] = ()


class PrerequisiteStatus(StrEnum):
    """What is amiss with something that a course presupposes. What is taught before needs no mention."""

    NOT_TAUGHT = "not_taught"  # the skill is taught by no other course of the programme
    TAUGHT_IN_PART = "taught_in_part"  # the skill at a lower level only, or only a related one
    TAUGHT_LATER = "taught_later"  # the skill in the same term or later, as far as terms are known
    TITLE_LATER = "title_later"  # a course of the programme by its title, in the same term or later
    NOT_RECOGNISED = (
        "not_recognised"  # words in which no skill was found and which are the title of no course of the programme
    )


@dataclass(frozen=True, slots=True)
class MissingPrerequisite:
    """Something that `course` presupposes and that no other course of the programme gives before it.

    `skill_id`: "" where `text`, a prerequisite as written, is meant as a whole. `level`: presupposed, None: not said.
    `demand_evidence`: from the course that presupposes it. `taught_by`: courses that teach it in part or later, with evidence.
    """

    course: str
    status: PrerequisiteStatus
    skill_id: str = ""
    text: str = ""
    level: Proficiency | None = None
    demand_evidence: tuple[Evidence, ...] = ()
    taught_by: tuple[Teaching, ...] = ()


@dataclass(frozen=True, slots=True)
class PostingChange:
    """A posting whose essential coverage crosses the threshold. Coverages in [0, 1], as `essential_coverage` of a match."""

    posting: str
    title: str
    before: float
    after: float


def counted(rows: Iterable[RequirementCoverage]) -> tuple[GroupCoverage, ...]:
    """One entry per group, in the order of `RequirementGroup`, also for groups in which nothing is required."""
    by_group: dict[RequirementGroup, list[RequirementCoverage]] = {group: [] for group in RequirementGroup}
    for row in rows:
        by_group[row.group].append(row)
    return tuple(_counted(group, members) for group, members in by_group.items())


def _counted(group: RequirementGroup, rows: list[RequirementCoverage]) -> GroupCoverage:
    return GroupCoverage(
        group=group,
        n_required=len(rows),
        n_covered=sum(r.status is RequirementStatus.COVERED for r in rows),
        n_partial=sum(r.status is RequirementStatus.PARTIAL for r in rows),
        weight=sum(r.requirement.weight for r in rows),
        met_weight=sum(r.requirement.weight * r.credit for r in rows),
    )


def alignment_of(rows: Iterable[RequirementCoverage]) -> Alignment:
    """How many essential hard skills are required, and of how many no course shows anything."""
    essential = _counted(RequirementGroup.ESSENTIAL, [row for row in rows if row.group is RequirementGroup.ESSENTIAL])
    return Alignment(essential.n_required, essential.n_missing)


def by_weight(skills: Iterable[TaughtSkill]) -> tuple[TaughtSkill, ...]:
    """By demand weight, then by number of courses that teach them, both descending, then by id."""
    return tuple(sorted(skills, key=lambda t: (-t.demand_weight, -len(t.teaching), t.skill_id)))
