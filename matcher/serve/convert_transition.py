"""Transitions: proto requests → domain, and transitions → proto. One function per message."""

from __future__ import annotations

from itertools import zip_longest

from matcher._gen.skillmatch.v1 import plan_pb2 as pb
from matcher.domain.plan import Objective, PlanLimits
from matcher.domain.transition import Demand, NamedCohort, Transition, TransitionQuery, Trend, TrendSource
from matcher.field_paths import standing_at
from matcher.planning import PlanReply
from matcher.serve.convert import warnings_to
from matcher.serve.convert_gap import gap_to
from matcher.serve.convert_match import DEFAULT_LANGUAGE, evidence_to, query_from, versions_to
from matcher.serve.convert_plan import OBJECTIVE_BY_NUMBER, limits_from, plan_response
from matcher.serve.convert_target import cohort_from
from matcher.taxonomy import Taxonomy
from matcher.transitions import TransitionReply

DEFAULT_TRANSITIONS = 10
DEFAULT_OBJECTIVES = (Objective.MOST_CLOSED, Objective.LEAST_HOURS)
TRENDS = {
    Trend.UNKNOWN: pb.TREND_UNKNOWN,
    Trend.GROWING: pb.TREND_GROWING,
    Trend.STEADY: pb.TREND_STEADY,
    Trend.SHRINKING: pb.TREND_SHRINKING,
}
SOURCES = {
    None: pb.TREND_SOURCE_UNSPECIFIED,
    TrendSource.STORE: pb.TREND_SOURCE_STORE,
    TrendSource.CALLER: pb.TREND_SOURCE_CALLER,
}


def transition_query_from(message: pb.RecommendTransitionsRequest) -> TransitionQuery:
    """A checked request with its defaults filled in.

    Raises:
        InvalidDocument: an inline document has no kind.
        InvalidRequest: a term starts on no day of the calendar.
    """
    from_candidate = message.WhichOneof("origin") == "candidate"
    return TransitionQuery(
        origin=query_from(message.candidate, "candidate") if from_candidate else message.occupation,
        assume_optional=message.assume_optional_skills,
        occupations=tuple(message.occupations),
        cohorts=tuple(NamedCohort(c.title, cohort_from(c.cohort)) for c in message.cohorts),
        excluded=frozenset(message.excluded_occupations),
        posting_filter=message.posting_filter,
        min_postings=message.min_postings,
        max_distance=message.max_distance if message.HasField("max_distance") else 1.0,
        growing=frozenset(message.growing_occupations),
        only_growing=message.only_growing,
        n_transitions=message.max_transitions or DEFAULT_TRANSITIONS,
        language=message.language or DEFAULT_LANGUAGE,
        with_evidence=not message.omit_evidence,
        n_plans=message.plan_count,
        course_filter=message.course_filter,
        limits=_limits_from(message),
        objectives=tuple(OBJECTIVE_BY_NUMBER[o] for o in message.plan_objectives) or DEFAULT_OBJECTIVES,
    )


def _limits_from(message: pb.RecommendTransitionsRequest) -> PlanLimits:
    with standing_at("plan_limits", of="limits"):
        return limits_from(message.plan_limits)


def transition_response(reply: TransitionReply, taxonomy: Taxonomy, language: str) -> pb.RecommendTransitionsResponse:
    """Transitions, nearest first."""
    return pb.RecommendTransitionsResponse(
        origin_title=reply.origin_title,
        transitions=[
            transition_to(t, plan, taxonomy, language) for t, plan in zip_longest(reply.transitions, reply.plans)
        ],
        considered_count=reply.n_considered,
        posting_count=reply.n_postings,
        unnamed_posting_count=reply.n_unnamed,
        versions=versions_to(reply.versions),
        warnings=warnings_to(reply.warnings),
        present_jobs=[
            pb.PresentJob(occupation=job.occupation, title=job.title, evidence=evidence_to(job.evidence))
            for job in reply.present
        ],
    )


def transition_to(transition: Transition, plan: PlanReply | None, taxonomy: Taxonomy, language: str) -> pb.Transition:
    """One destination; `plan` None: none was asked for."""
    return pb.Transition(
        rank=transition.rank,
        occupation=transition.occupation,
        title=transition.title,
        distance=transition.distance,
        gap=gap_to(transition.gap, taxonomy, language),
        demand=demand_to(transition.demand),
        explanation=transition.explanation,
        course_plan=None if plan is None else plan_response(plan, taxonomy, language),
    )


def demand_to(demand: Demand) -> pb.TransitionDemand:
    """Stored postings of a destination."""
    return pb.TransitionDemand(
        posting_count=demand.n_postings,
        trend=TRENDS[demand.trend],
        trend_source=SOURCES[demand.source],
        recent_count=demand.n_recent,
        earlier_count=demand.n_earlier,
    )
