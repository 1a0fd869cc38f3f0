"""Plans: which courses to take in which term, what each closes, and how good the plan provably is.

Enters: nothing; plain frozen values. A `PlanProblem` is all that planning needs to know and a `PlanOutcome` all that it answers.
Terms are numbered from 1. An unknown quantity is None and never counts as agreement: see `PlanLimits`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from matcher.domain.document import Delivery, ReadWarning
from matcher.domain.match import Evidence
from matcher.domain.skill import Proficiency

MAX_TERMS = 12


@dataclass(frozen=True, slots=True)
class GapItem:
    """One requirement to close.

    `weight` > 0. `credit` in [0, 1]: what the candidate shows already, by the rule of match/credit.py.
    """

    skill_id: str
    level: Proficiency | None
    weight: float
    credit: float = 0.0


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """Either-or: fulfilled by any of `courses` (resource names) or `skills` (ids). `text`: as the syllabus writes it.

    A course fulfils it when it is completed or stands in a term strictly before; a skill when the candidate has it, or when a
    course that proves it is completed or stands before. Without courses and skills it can never be fulfilled.
    """

    courses: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class CourseOption:
    """A course that may be planned. `name`: its resource name. Facts as in `Facts`; None or empty: unknown.

    `closes`: skill id of a gap item → credit in (0, 1] that the course proves for it at the level asked for (relation × level
    factor, match/credit.py). `proves`: skills for which it fulfils a prerequisite. `prerequisites`: all of them must be
    fulfilled.
    """

    name: str
    title: str = ""
    hours: float | None = None
    cost_fen: int | None = None
    credits: float | None = None
    practice_share: float | None = None
    delivery: Delivery | None = None
    languages: tuple[str, ...] = ()
    organisation: str | None = None
    start_dates: tuple[date, ...] = ()
    closes: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    proves: frozenset[str] = frozenset()
    prerequisites: tuple[Prerequisite, ...] = ()


class Quantity(StrEnum):
    """What a course may be silent about."""

    HOURS = "hours"
    COST = "cost"
    CREDITS = "credits"


@dataclass(frozen=True, slots=True)
class PlanLimits:
    """What a plan must keep. None or empty: not limited.

    A course whose hours, cost or credits are unknown is not planned where a limit or an objective rests on them, unless
    `allow_unknown` names the quantity; it then counts as 0, which the answer says. A course of unknown delivery, language or
    organisation passes no restriction of these. An unknown practice share counts as no practice.

    `max_hours_per_term`: hours. `max_terms`: 1 to `MAX_TERMS`. `term_starts`: first days of the terms, ascending; a course with
    known start dates is offered in the terms in which one falls (the last term is as long as the one before it, 183 days when it
    is the only one), one without in every term unless `require_known_dates`. `min_practice_share` in [0, 1]: practical hours ÷
    hours of the plan. `min_course_value`: gap weight that a course must close by itself, unless it must be in or is a
    prerequisite of a course in the plan. `completed`: courses taken already: they prove their skills, fulfil prerequisites, and
    are not planned.
    """

    max_hours: float | None = None
    max_cost_fen: int | None = None
    max_credits: float | None = None
    min_credits: float | None = None
    max_courses: int | None = None
    max_terms: int | None = None
    max_hours_per_term: float | None = None
    term_starts: tuple[date, ...] = ()
    require_known_dates: bool = False
    min_practice_share: float | None = None
    min_course_value: float | None = None
    deliveries: tuple[Delivery, ...] = ()
    languages: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    completed: tuple[str, ...] = ()
    must_include: tuple[str, ...] = ()
    must_exclude: tuple[str, ...] = ()
    allow_unknown: frozenset[Quantity] = frozenset()


class Objective(StrEnum):
    """What is to be best. All but `MOST_CLOSED` ask for full closure, unless `MOST_CLOSED` stands before them in the list."""

    MOST_CLOSED = "most_closed"  # weight of the gap closed, the more the better
    LEAST_HOURS = "least_hours"
    LEAST_COST = "least_cost"  # CNY fen
    FEWEST_COURSES = "fewest_courses"
    FEWEST_TERMS = "fewest_terms"  # number of the last term used


@dataclass(frozen=True, slots=True)
class PlanProblem:
    """What to plan. `objectives`: each is made as good as those before it allow.

    `covered_at`: credit from which a gap item counts as closed (COVERED_AT of match/credit.py). `held_skills`: skills of the
    candidate that fulfil prerequisites. `n_alternatives`: further plans wanted. `n_explained`: how many of the best courses that
    are not in the plan are to be explained. `limit_s`: seconds for everything.
    """

    items: tuple[GapItem, ...]
    courses: tuple[CourseOption, ...]
    covered_at: float
    limits: PlanLimits = PlanLimits()
    objectives: tuple[Objective, ...] = (Objective.MOST_CLOSED,)
    held_skills: frozenset[str] = frozenset()
    n_alternatives: int = 0
    n_explained: int = 0
    limit_s: float = 10.0


class PlanStatus(StrEnum):
    """How much is proven."""

    OPTIMAL = "optimal"  # no plan is better
    FEASIBLE = "feasible"  # time ran out; `bound` says how much better a plan could be
    INFEASIBLE = "infeasible"  # no plan keeps all limits
    UNKNOWN = "unknown"  # time ran out before any plan was found


@dataclass(frozen=True, slots=True)
class ObjectiveValue:
    """One objective of a plan. `bound`: no plan is better than it (among those as good in the objectives before).

    `gap`: |value - bound| ÷ max(|value|, |bound|), 0 when proven. Unit: gap weight, hours, fen, courses or terms.
    """

    objective: Objective
    value: float
    bound: float
    solve_s: float

    @property
    def gap(self) -> float:
        """Optimality gap, [0, 1]."""
        largest = max(abs(self.value), abs(self.bound))
        return abs(self.value - self.bound) / largest if largest > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a course closes of one gap item: `gain = weight × (closure(credit_after) - closure(credit_before))`, see `closure`.

    `credit_before`: of the candidate, completed courses, and the courses that stand before it in the plan. `evidence`: where the
    syllabus says so. `met_by`: the skill that it teaches, the gap's own or a related one; "" before evidence is added.
    """

    skill_id: str
    weight: float
    credit_before: float
    credit_after: float
    gain: float
    met_by: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedCourse:
    """A course of a plan. `term` ≥ 1. `contributions` is empty for a course taken as a prerequisite or because it must be in."""

    course: CourseOption
    term: int
    contributions: tuple[Contribution, ...]
    needed_for: tuple[str, ...] = ()
    """Courses of the plan that have it as a prerequisite, by name."""
    by_catch: tuple[Contribution, ...] = ()
    """What it closes of requirements that no course is planned for; it counts in no sum."""

    @property
    def gain(self) -> float:
        """Gap weight that it closes."""
        return sum(c.gain for c in self.contributions)


@dataclass(frozen=True, slots=True)
class Plan:
    """Courses by term, then by name. Sums count unknown quantities as 0; `n_unknown_*` says of how many courses.

    `practice_share`: practical hours ÷ hours, None without known hours. `closed_weight`: sum of all gains.
    """

    courses: tuple[PlannedCourse, ...]
    objectives: tuple[ObjectiveValue, ...]
    closed_weight: float
    hours: float
    cost_fen: int
    credits: float
    practice_share: float | None
    n_unknown_hours: int = 0
    n_unknown_cost: int = 0
    n_unknown_credits: int = 0


class ResidualReason(StrEnum):
    """Why a gap item stays open."""

    NO_COURSE = "no_course"  # no course proves anything of it
    ONLY_PARTLY = "only_partly"  # no course reaches the level, or only a related skill is taught
    LIMITS = "limits"  # a course would close it; the limits or the objective leave it out
    CERTIFICATE = "certificate"  # it is earned by an examination, for which a course prepares at best
    SOFT_SKILL = "soft_skill"  # no course is planned for a soft skill unless the query says so


@dataclass(frozen=True, slots=True)
class Residual:
    """A gap item that the plan does not close. `credit`: with the plan. `best_course`: what would give it the most, "" for none."""

    item: GapItem
    credit: float
    reason: ResidualReason
    best_credit: float
    best_course: str


class LeftOutReason(StrEnum):
    """Why a course that closes much by itself is not in the plan."""

    UNAVAILABLE = "unavailable"  # a limit rules it out by itself: `limits`
    CONFLICT = "conflict"  # with it no plan keeps `limits`, the smallest such set
    LOSS = "loss"  # the best plan with it is worse by `loss`
    NO_GAIN = "no_gain"  # a plan with it is as good; other courses close the same: `covered_by`
    UNDETERMINED = "undetermined"  # time ran out


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A course that is not in the plan. `value`: gap weight that it would close by itself.

    `objective`, `loss`: the first objective that suffers and by how much, found by solving again with the course forced in.
    `covered_by`: courses of the plan that close what it would, by name; those alone when they close all of it (`is_covered`).
    """

    course: str
    value: float
    reason: LeftOutReason
    objective: Objective | None = None
    loss: float = 0.0
    limits: tuple[str, ...] = ()
    covered_by: tuple[str, ...] = ()
    is_covered: bool = False


@dataclass(frozen=True, slots=True)
class PlanOutcome:
    """The answer. `plan` None: `status` is INFEASIBLE or UNKNOWN.

    `conflict`: the smallest set of limits that no plan keeps together, proven where `conflict_is_minimal` says so; each
    is a field of `PlanLimits` or `full_closure`, `must_include:courses/x`. `n_courses`: given; `n_relevant`: entered the model.
    `items`: the gap with the credit of completed courses in it. `alternatives`: next best plans; each lacks a course of every
    better one.
    """

    status: PlanStatus
    plan: Plan | None
    items: tuple[GapItem, ...]
    residuals: tuple[Residual, ...] = ()
    alternatives: tuple[Plan, ...] = ()
    alternatives_complete: bool = True
    """False: time ran out before all alternatives were found. True with fewer than asked for: there are no more."""
    left_out: tuple[LeftOut, ...] = ()
    conflict: tuple[str, ...] = ()
    conflict_is_minimal: bool = True
    warnings: tuple[ReadWarning, ...] = ()
    n_courses: int = 0
    n_relevant: int = 0
    solve_s: float = 0.0


def closure(credit: float, covered_at: float) -> float:
    """How far a requirement counts as closed, [0, 1]: whole from `covered_at` on, else by its credit.

    So a course at 了解 moves a gap at 熟练 by its credit and does not close it, and no course is taken for the last hundredths of a
    requirement that counts as covered everywhere else in the service.
    """
    return 1.0 if credit >= covered_at else credit
