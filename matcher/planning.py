"""The plan journey: gap → courses that close it → the best ordered plan, with the sentence that proves each step.

Enters: a candidate, a target, and what the plan must keep. Leaves: a `PlanReply`. The gap is that of `GapAnalysis`, the choice
that of `matcher.plan.make_plan`; here the stored courses become options (course_options.py) and the plan gets its quotes. A plan
is made on the documents of one moment; if one of its courses is rewritten meanwhile, it is made again.

Refuses: what `GapAnalysis`, `Targets`, the filter and `check_problem` refuse, and names of courses that are not stored.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from matcher.course_book import CourseBook
from matcher.course_options import Offered, Options, OptionsMaker
from matcher.domain.document import Kind, ReadWarning
from matcher.domain.gap import Gap, RequirementGap
from matcher.domain.match import Evidence, Versions
from matcher.domain.plan import (
    Contribution,
    GapItem,
    Objective,
    Plan,
    PlanLimits,
    PlanOutcome,
    PlanProblem,
    ResidualReason,
    closure,
)
from matcher.domain.skill import SkillKind
from matcher.domain.target import TargetQuery
from matcher.embed.call import current_call
from matcher.filtering import allowed_slots
from matcher.gap_analysis import GapAnalysis, candidate_warnings, target_warnings
from matcher.in_force import InForce, Present
from matcher.match.credit import COVERED_AT
from matcher.match.explain import MAX_QUOTES, Explained, evidence_of
from matcher.match.profile import Profile
from matcher.matching import RACE_RETRIES
from matcher.plan.by_catch import with_by_catch
from matcher.plan.plan_notes import not_stored_note, plan_notes
from matcher.plan.plan_text import plan_text
from matcher.plan.planner import make_plan
from matcher.records import Query
from matcher.solve_time import within_deadline
from matcher.store import DocumentStore
from matcher.targeting import Targets
from matcher.taxonomy import Taxonomy

DEFAULT_SOLVE_S = 10.0


@dataclass(frozen=True, slots=True)
class PlanQuery:
    """A plan to make; fields as in `PlanProblem`. `filter_text`: AIP-160, on courses. `solve_limit_s` None: `DEFAULT_SOLVE_S`.

    `include_soft_skills`: courses are planned for soft skills too; else these are closed only by courses taken for something else.
    """

    candidate: Query
    target: TargetQuery
    filter_text: str = ""
    limits: PlanLimits = field(default_factory=PlanLimits)
    objectives: tuple[Objective, ...] = (Objective.MOST_CLOSED,)
    n_alternatives: int = 0
    n_left_out: int = 0
    solve_limit_s: float | None = None
    strict_prerequisites: bool = False
    include_soft_skills: bool = False
    language: str = "zh"
    with_evidence: bool = True


@dataclass(frozen=True, slots=True)
class PlanReply:
    """A plan with its gap and rendering ("" without evidence). `title_by_course`: of all courses that the outcome names."""

    outcome: PlanOutcome
    gap: Gap
    title_by_course: Mapping[str, str]
    explanation: str
    versions: Versions
    warnings: tuple[ReadWarning, ...]

    @property
    def open_weight(self) -> float:
        """Gap weight that is open before the plan."""
        return sum(i.weight * (1.0 - closure(i.credit, COVERED_AT)) for i in self.outcome.items)


class CoursePlanning:
    """Plans courses.

    Args:
        store: where courses and completions rest.
        taxonomy: whose skills.
        present: the model in force, with the documents in memory.
        gaps: holds candidates against targets.
        targets: resolves what is asked.
    """

    def __init__(
        self, store: DocumentStore, taxonomy: Taxonomy, present: Present, gaps: GapAnalysis, targets: Targets
    ) -> None:
        self._store = store
        self._taxonomy = taxonomy
        self._present = present
        self._gaps = gaps
        self._targets = targets
        self._book = CourseBook(store)
        self._turns = threading.BoundedSemaphore(os.cpu_count() or 1)

    def plan(self, query: PlanQuery) -> PlanReply:
        """The best plan for a candidate and a target.

        Raises:
            ResourceNotFound: the candidate, the target or a course that a limit names is not stored.
            InvalidRequest: a limit is out of range; CYCLIC_PREREQUISITES of a course that must be in.
            InvalidFilter: the filter on courses does not parse or type-check.
            MatcherError: as for `GapAnalysis.analyze`.
        """
        with self._present.held() as in_force:
            person, warnings = self._gaps.candidate(in_force, query.candidate, "candidate")
            target = self._targets.resolve_with(in_force, query.target, query.language)
            reply = self.plan_gap(in_force, query, self._gaps.gap_of(in_force, person, target), person.profile)
        return replace(reply, warnings=warnings + reply.warnings)

    def plan_gap(self, in_force: InForce, query: PlanQuery, gap: Gap, profile: Profile) -> PlanReply:
        """`plan` of a gap that is there already, with the profile that it was drawn from.

        Raises:
            ResourceNotFound, InvalidRequest, InvalidFilter: as for `plan`, of courses and limits.
        """
        limits, gone = self._with_completions(query.limits, gap.candidate)
        for _ in range(RACE_RETRIES):
            offered = _offered(in_force, query.filter_text)
            courses = self._book.at(offered.revision_by_row)
            space = in_force.deriver.space
            maker = OptionsMaker(offered, courses, space, profile, strict=query.strict_prerequisites)
            options = maker.options(gap, limits)
            problem = _problem(query, gap, options, limits, within_deadline(query.solve_limit_s or DEFAULT_SOLVE_S))
            outcome = make_plan(problem, self._waiting)
            outcome = with_by_catch(outcome, _apart(query, gap), problem.courses, limits.completed, COVERED_AT)
            explained = _documents(in_force, outcome, options, offered)
            if explained is not None:
                break
        versions = in_force.matching.versions(in_force.working_set.revision)
        outcome = _certificates_told(outcome, gap)
        if query.with_evidence:
            outcome = _with_evidence(outcome, options, explained or {})
        titles = {c.name: c.title for c in options.courses}
        warnings = target_warnings(gap.target) + candidate_warnings(profile)
        notes = plan_notes(outcome, options.unfound, options.recommended, COVERED_AT, query.language)
        said = warnings + not_stored_note(gone, query.language) + outcome.warnings + notes
        return PlanReply(outcome, gap, titles, self._text(query, outcome, titles), versions, said)

    def _text(self, query: PlanQuery, outcome: PlanOutcome, titles: Mapping[str, str]) -> str:
        if not query.with_evidence:
            return ""
        return plan_text(outcome, lambda s: self._taxonomy.get(s).label(query.language), titles, query.language)

    def _with_completions(self, limits: PlanLimits, candidate: str) -> tuple[PlanLimits, list[str]]:
        """The limits with the courses that a stored candidate is recorded to have completed; those that are stored no more."""
        recorded = self._store.completions.of_candidate(candidate) if candidate else []
        names = dict.fromkeys(name for completion in recorded for name, _ in completion.courses)
        stored = self._store.content_hashes(list(names))
        gone = [name for name in names if name not in stored]
        completed = tuple(dict.fromkeys((*limits.completed, *(n for n in names if n in stored))))
        return replace(limits, completed=completed), gone

    @contextmanager
    def _waiting(self) -> Iterator[None]:
        """While CP-SAT works, other calls may run; as many problems are solved at once as there are cores."""
        with current_call().stepping_aside(), self._turns:
            yield


def _offered(in_force: InForce, filter_text: str) -> Offered:
    """All stored courses, ascending by name, so that the same store gives the same plan."""
    with in_force.working_set.reading() as shelves:
        shelf = shelves[Kind.COURSE]
        catalog, allowed = shelf.catalog, allowed_slots(shelf, filter_text)
        slots = sorted(catalog.slots_in_use().tolist(), key=catalog.names.__getitem__)
        passing = set(slots if allowed is None else allowed.tolist())
        return Offered(
            names=[catalog.names[s] for s in slots],
            row_ids=[int(catalog.row_ids[s]) for s in slots],
            revisions=[int(catalog.revisions[s]) for s in slots],
            profiles=[catalog.side(s).profile for s in slots],
            allowed=frozenset(position for position, s in enumerate(slots) if s in passing),
        )


def _problem(query: PlanQuery, gap: Gap, options: Options, limits: PlanLimits, limit_s: float) -> PlanProblem:
    return PlanProblem(
        items=tuple(_item(r) for r in gap.requirements if _is_planned_for(query, r)),
        courses=tuple(options.courses),
        covered_at=COVERED_AT,
        limits=limits,
        objectives=query.objectives,
        held_skills=frozenset(options.held),
        n_alternatives=query.n_alternatives,
        n_explained=query.n_left_out,
        limit_s=limit_s,
    )


def _is_planned_for(query: PlanQuery, found: RequirementGap) -> bool:
    """Whether courses may be taken for its sake."""
    return query.include_soft_skills or found.requirement.kind is not SkillKind.SOFT


def _apart(query: PlanQuery, gap: Gap) -> list[GapItem]:
    """What is closed by the way only."""
    return [_item(r) for r in gap.requirements if not _is_planned_for(query, r)]


def _item(found: RequirementGap) -> GapItem:
    asked = found.requirement
    return GapItem(asked.skill_id, asked.level, asked.weight, found.credit)


def _plans(outcome: PlanOutcome) -> list[Plan]:
    return ([outcome.plan] if outcome.plan else []) + list(outcome.alternatives)


def _documents(
    in_force: InForce, outcome: PlanOutcome, options: Options, offered: Offered
) -> dict[str, Explained] | None:
    """The planned courses as they were when they were planned; None when one changed or went since."""
    names = {p.course.name for plan in _plans(outcome) for p in plan.courses}
    revisions, rows = offered.revision_by_row, options.row_by_name
    found = in_force.matching.explained_at({rows[name]: revisions[rows[name]] for name in sorted(names)})
    return {name: found[rows[name]] for name in names} if len(found) == len(names) else None


def _with_evidence(outcome: PlanOutcome, options: Options, explained: Mapping[str, Explained]) -> PlanOutcome:
    """The outcome with the sentence behind each contribution."""

    def proven(course: str, contribution: Contribution) -> Contribution:
        met_by = options.met_by[course, contribution.skill_id]
        return replace(contribution, met_by=met_by, evidence=_quotes(explained.get(course), met_by))

    def quoted(plan: Plan) -> Plan:
        courses = []
        for p in plan.courses:
            closing, by_catch = (tuple(proven(p.course.name, c) for c in of) for of in (p.contributions, p.by_catch))
            courses.append(replace(p, contributions=closing, by_catch=by_catch))
        return replace(plan, courses=tuple(courses))

    plan = quoted(outcome.plan) if outcome.plan else None
    return replace(outcome, plan=plan, alternatives=tuple(quoted(a) for a in outcome.alternatives))


def _quotes(course: Explained | None, skill_id: str) -> tuple[Evidence, ...]:
    if course is None:
        return ()
    return tuple(evidence_of(course, mention) for mention in course.shown.get(skill_id, ())[:MAX_QUOTES])


def _certificates_told(outcome: PlanOutcome, gap: Gap) -> PlanOutcome:
    """Certificates that stay open say that no course could have closed them."""
    certificates = {r.requirement.skill_id for r in gap.requirements if r.requirement.kind is SkillKind.CERTIFICATE}
    residuals = tuple(
        replace(r, reason=ResidualReason.CERTIFICATE) if r.item.skill_id in certificates else r
        for r in outcome.residuals
    )
    return replace(outcome, residuals=residuals)
