"""The transition journey: what a person or an occupation shows → the nearest occupations and cohorts, with gap and demand.

Enters: an origin and, where the caller narrows them, destinations. Leaves: transitions, nearest first, each with its whole gap, so
that every distance recomputes. All occupations are measured in one call of the credit rule; only what is returned is explained.

Refuses: unknown occupations, and what `GapAnalysis.candidate` and `Targets` refuse. It types nobody, and it holds no statistics:
the caller names the origin, and whether a destination grows is read from the dates of stored postings or said by the caller.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from matcher.domain.document import Facts, Kind, RawDocument, ReadWarning
from matcher.domain.gap import Gap
from matcher.domain.match import Evidence, Versions
from matcher.domain.occupation import Occupation
from matcher.domain.requirement import Supply
from matcher.domain.skill import Importance, Proficiency
from matcher.domain.target import OccupationTarget, Target, requirement_weight
from matcher.domain.transition import Demand, PresentJob, Transition, TransitionQuery, Trend, TrendSource
from matcher.field_paths import standing_at
from matcher.gap_analysis import GapAnalysis, candidate_warnings, held_against, without_evidence
from matcher.in_force import InForce, Present
from matcher.ingest import present_job_words
from matcher.match.credit import credit_of_demanders
from matcher.match.explain import Explained, sentence_around
from matcher.match.profile import Profile, make_profile
from matcher.match.skillspace import SkillSpace
from matcher.plan.transition import distances, ranked
from matcher.plan.transition_text import transition_text
from matcher.planning import CoursePlanning, PlanQuery, PlanReply
from matcher.posting_demand import CountedPostings, PostingDemand
from matcher.targeting import Targets
from matcher.taxonomy import Taxonomy

PLAN_SOLVE_S = 2.0
"""For each plan; where it does not suffice, the best plan found is given with its bound."""


@dataclass(frozen=True, slots=True)
class TransitionReply:
    """Transitions, nearest first. `plans`: course plans of the first ones, in their order. `present`: what the person does today.

    `n_considered`: destinations that were measured. `n_postings` pass the filter; the titles of `n_unnamed` of them name no
    occupation, or more than one.
    """

    origin_title: str
    transitions: tuple[Transition, ...]
    n_considered: int
    n_postings: int
    n_unnamed: int
    versions: Versions
    warnings: tuple[ReadWarning, ...]
    plans: tuple[PlanReply, ...] = ()
    present: tuple[PresentJob, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Origin:
    """Where transitions start. `person` None: an occupation, of which there is no text to quote."""

    name: str
    title: str
    profile: Profile
    person: Explained | None
    warnings: tuple[ReadWarning, ...] = ()
    present: tuple[PresentJob, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Destination:
    """A destination as measured. `gap` explains it, which is done for those that are returned."""

    name: str
    title: str
    distance: float
    demand: Demand
    gap: Callable[[], Gap]


@dataclass(frozen=True, slots=True)
class OccupationDemand:
    """A skill that an occupation asks for."""

    skill_id: str
    importance: Importance
    level: Proficiency | None


class Transitions:
    """Finds transitions.

    Args:
        taxonomy: whose occupations.
        present: the model in force, with the postings in memory.
        targets: resolves destinations.
        gaps: reads candidates.
        planning: plans courses towards a destination.
    """

    def __init__(
        self, taxonomy: Taxonomy, present: Present, targets: Targets, gaps: GapAnalysis, planning: CoursePlanning
    ) -> None:
        self._taxonomy = taxonomy
        self._present = present
        self._targets = targets
        self._gaps = gaps
        self._planning = planning
        self._postings = PostingDemand(taxonomy)
        self._measured: tuple[SkillSpace, dict[str, tuple[Profile, NDArray[np.float64]]]] | None = None
        self._measuring = threading.Lock()

    def recommend(self, query: TransitionQuery) -> TransitionReply:
        """The nearest destinations that the query admits.

        Raises:
            ResourceNotFound: the origin, or an occupation or posting that is named, does not exist.
            InvalidRequest, InvalidDocument: the origin is no candidate, or an inline one cannot be read.
            InvalidFilter, EmptyCohort, IndexNotReady: as for `Targets.resolve`; of courses as for `CoursePlanning.plan_gap`.
        """
        with self._present.held() as in_force:
            origin = self._origin(in_force, query)
            counted = self._postings.count(in_force, query.posting_filter, "posting_filter")
            destinations = [
                *self._to_occupations(in_force, origin, counted, query),
                *self._to_cohorts(in_force, origin, counted, query),
            ]
            admitted = [d for d in destinations if _is_admitted(d.demand, query)]
            best = ranked(admitted, query.max_distance)[: query.n_transitions]
            transitions = tuple(self._transition(rank, d, query) for rank, d in enumerate(best, 1))
            plans = tuple(self._plan(in_force, origin, t, query) for t in transitions[: query.n_plans])
            versions = in_force.matching.versions(in_force.working_set.revision)
        return TransitionReply(
            origin.title,
            transitions,
            len(destinations),
            len(counted.days),
            counted.n_unnamed,
            versions,
            origin.warnings + candidate_warnings(origin.profile),
            plans,
            origin.present,
        )

    def _origin(self, in_force: InForce, query: TransitionQuery) -> Origin:
        if isinstance(query.origin, RawDocument) or not query.origin.startswith("occupations/"):
            person, warnings = self._gaps.candidate(in_force, query.origin, "candidate")
            present = self._present_jobs(person, query.language)
            return Origin(person.name, person.document.title, person.profile, person, warnings, present)
        occupation = self._occupation(query.origin, "occupation")
        held = (*occupation.essential, *(occupation.optional if query.assume_optional else ()))
        supply = {s.skill_id: Supply(s.skill_id, s.level, 1.0, ()) for s in held}
        profile = make_profile(Kind.CANDIDATE, (), supply, Facts(), in_force.deriver.space)
        return Origin(occupation.name, occupation.label(query.language), profile, None)

    def _present_jobs(self, person: Explained, language: str) -> tuple[PresentJob, ...]:
        """Occupations that the person's text names beside a date range that is still open, each once."""
        found: dict[str, PresentJob] = {}
        for words, span in present_job_words(person.document):
            if (named := self._postings.named_by(words)) and named not in found:
                occupation = self._taxonomy.occupation(named)
                sentence = " ".join(sentence_around(person.document.text, span).split())
                evidence = Evidence(person.name, span, words, sentence, 1.0)
                found[named] = PresentJob(occupation.name, occupation.label(language), evidence)
        return tuple(found.values())

    def _to_occupations(
        self, in_force: InForce, origin: Origin, counted: CountedPostings, query: TransitionQuery
    ) -> Iterator[Destination]:
        """The occupations asked for, or all where nothing is, as measured from the origin."""
        excluded = {self._occupation(n, "excluded_occupations").name for n in query.excluded} | {origin.name}
        if not query.occupations:  # who names it wants it measured
            excluded |= {job.occupation for job in origin.present}
        growing = {self._occupation(n, "growing_occupations").name for n in query.growing}
        named = [self._occupation(name, "occupations") for name in query.occupations]
        wanted = named or ([] if query.cohorts else self._taxonomy.occupations)
        occupations = [o for o in wanted if o.name not in excluded]
        for occupation, distance in zip(occupations, self._distances(in_force, origin, occupations), strict=True):
            demand = counted.of_occupation(occupation.id)
            if occupation.name in growing:
                demand = replace(demand, trend=Trend.GROWING, source=TrendSource.CALLER)
            gap = partial(self._to_occupation, in_force, origin, occupation.name, query.language)
            yield Destination(occupation.name, occupation.label(query.language), distance, demand, gap)

    def _to_cohorts(
        self, in_force: InForce, origin: Origin, counted: CountedPostings, query: TransitionQuery
    ) -> Iterator[Destination]:
        for number, named in enumerate(query.cohorts):
            place = f"cohorts[{number}]"
            gap = _gap(in_force, origin, self._targets.resolve_with(in_force, named.cohort, query.language, place))
            days = self._targets.first_days(in_force, named.cohort, place)
            yield Destination("", named.title, _distance(gap), counted.of_days(days), partial(replace, gap))

    def _to_occupation(self, in_force: InForce, origin: Origin, name: str, language: str) -> Gap:
        return _gap(in_force, origin, self._targets.resolve_with(in_force, OccupationTarget(name), language))

    def _distances(self, in_force: InForce, origin: Origin, occupations: list[Occupation]) -> list[float]:
        """Distance of each occupation, 1 of one that asks for nothing, by one call of the credit rule."""
        space = in_force.deriver.space
        with in_force.working_set.reading():
            rarity = in_force.working_set.rarity()
        measured = self._measures(space)
        profiles = [measured[o.id][0] for o in occupations]
        credit, lengths = credit_of_demanders(origin.profile, profiles, space)
        if not len(credit):
            return [1.0] * len(occupations)
        skills = np.concatenate([p.demand_skills for p in profiles])
        weights = np.concatenate([measured[o.id][1] for o in occupations]) * rarity[skills]
        found: list[float] = np.nan_to_num(distances(weights, credit, lengths), nan=1.0).round(6).tolist()
        return found

    def _measures(self, space: SkillSpace) -> dict[str, tuple[Profile, NDArray[np.float64]]]:
        """Occupation id → (demands, weights without rarity); made once per taxonomy."""
        with self._measuring:
            if self._measured is None or self._measured[0] is not space:
                self._measured = (space, {o.id: self._measure(o, space) for o in self._taxonomy.occupations})
            return self._measured[1]

    def _measure(self, occupation: Occupation, space: SkillSpace) -> tuple[Profile, NDArray[np.float64]]:
        demands = [
            OccupationDemand(s.skill_id, importance, s.level)
            for importance, skills in (
                (Importance.ESSENTIAL, occupation.essential),
                (Importance.PREFERRED, occupation.optional),
            )
            for s in skills
        ]
        kinds = [self._taxonomy.get(d.skill_id).kind for d in demands]
        base = [requirement_weight(d.importance, kind, 1.0, 1.0) for d, kind in zip(demands, kinds, strict=True)]
        return make_profile(Kind.POSTING, demands, {}, Facts(), space), np.array(base, dtype=np.float64)

    def _occupation(self, name: str, field: str) -> Occupation:
        with standing_at(field, of="name"):
            return self._taxonomy.occupation(name.removeprefix("occupations/"))

    def _plan(self, in_force: InForce, origin: Origin, transition: Transition, query: TransitionQuery) -> PlanReply:
        asked = PlanQuery(
            candidate=query.origin,
            target=OccupationTarget(transition.occupation),
            filter_text=query.course_filter,
            limits=query.limits,
            objectives=query.objectives,
            solve_limit_s=PLAN_SOLVE_S,
            language=query.language,
            with_evidence=query.with_evidence,
        )
        with standing_at("course_filter", of="filter"), standing_at("plan_limits", of="limits"):
            return self._planning.plan_gap(in_force, asked, transition.gap, origin.profile)

    def _transition(self, rank: int, destination: Destination, query: TransitionQuery) -> Transition:
        gap = destination.gap()
        found = Transition(rank, destination.name, destination.title, _distance(gap), gap, destination.demand)
        if not query.with_evidence:
            return replace(found, gap=without_evidence(gap))
        text = transition_text(
            found, lambda skill_id: self._taxonomy.get(skill_id).label(query.language), query.language
        )
        return replace(found, explanation=text)


def _gap(in_force: InForce, origin: Origin, target: Target) -> Gap:
    return held_against(target, origin.profile, origin.person, in_force.deriver.space)


def _distance(gap: Gap) -> float:
    """Open weight ÷ weight, 1 for what asks for nothing: nothing of it is shown."""
    return gap.open_weight / gap.weight if gap.weight else 1.0


def _is_admitted(demand: Demand, query: TransitionQuery) -> bool:
    return demand.n_postings >= query.min_postings and (demand.trend is Trend.GROWING or not query.only_growing)
