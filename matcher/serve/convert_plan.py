"""Course plans: proto requests → domain, and plans → proto. One function per message; absent stays absent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from google.type.date_pb2 import Date

from matcher._gen.skillmatch.v1 import course_plan_pb2 as pb
from matcher.domain.document import Facts
from matcher.domain.plan import (
    Contribution,
    CourseOption,
    LeftOut,
    LeftOutReason,
    Objective,
    ObjectiveValue,
    Plan,
    PlanLimits,
    PlannedCourse,
    PlanStatus,
    Quantity,
    Residual,
    ResidualReason,
)
from matcher.domain.skill import Proficiency
from matcher.errors import InvalidRequest
from matcher.match.credit import COVERED_AT
from matcher.planning import PlanQuery, PlanReply
from matcher.serve.convert import DELIVERY_BY_NUMBER, facts_to, warnings_to
from matcher.serve.convert_match import DEFAULT_LANGUAGE, evidence_to, query_from, versions_to
from matcher.serve.convert_target import target_from
from matcher.taxonomy import Taxonomy

OBJECTIVES = {
    Objective.MOST_CLOSED: pb.PLAN_OBJECTIVE_MOST_CLOSED,
    Objective.LEAST_HOURS: pb.PLAN_OBJECTIVE_LEAST_HOURS,
    Objective.LEAST_COST: pb.PLAN_OBJECTIVE_LEAST_COST,
    Objective.FEWEST_COURSES: pb.PLAN_OBJECTIVE_FEWEST_COURSES,
    Objective.FEWEST_TERMS: pb.PLAN_OBJECTIVE_FEWEST_TERMS,
}
OBJECTIVE_BY_NUMBER = {number: objective for objective, number in OBJECTIVES.items()}
QUANTITY_BY_NUMBER = {
    pb.PLAN_QUANTITY_HOURS: Quantity.HOURS,
    pb.PLAN_QUANTITY_COST: Quantity.COST,
    pb.PLAN_QUANTITY_CREDITS: Quantity.CREDITS,
}
STATUSES = {
    PlanStatus.OPTIMAL: pb.PLAN_STATUS_OPTIMAL,
    PlanStatus.FEASIBLE: pb.PLAN_STATUS_FEASIBLE,
    PlanStatus.INFEASIBLE: pb.PLAN_STATUS_INFEASIBLE,
    PlanStatus.UNKNOWN: pb.PLAN_STATUS_UNKNOWN,
}
RESIDUALS = {
    ResidualReason.NO_COURSE: pb.RESIDUAL_REASON_NO_COURSE,
    ResidualReason.ONLY_PARTLY: pb.RESIDUAL_REASON_ONLY_PARTLY,
    ResidualReason.LIMITS: pb.RESIDUAL_REASON_LIMITS,
    ResidualReason.CERTIFICATE: pb.RESIDUAL_REASON_CERTIFICATE,
    ResidualReason.SOFT_SKILL: pb.RESIDUAL_REASON_SOFT_SKILL,
}
LEFT_OUT = {
    LeftOutReason.UNAVAILABLE: pb.LEFT_OUT_REASON_UNAVAILABLE,
    LeftOutReason.CONFLICT: pb.LEFT_OUT_REASON_CONFLICT,
    LeftOutReason.LOSS: pb.LEFT_OUT_REASON_LOSS,
    LeftOutReason.NO_GAIN: pb.LEFT_OUT_REASON_NO_GAIN,
    LeftOutReason.UNDETERMINED: pb.LEFT_OUT_REASON_UNDETERMINED,
}
Levels = Mapping[str, Proficiency | None]
"""Skill id of a requirement → level asked for."""
SCALAR_LIMITS = (
    "max_hours",
    "max_cost_fen",
    "max_credits",
    "min_credits",
    "max_courses",
    "max_terms",
    "max_hours_per_term",
    "min_practice_share",
    "min_course_value",
)
NAME_LIMITS = ("languages", "organisations", "completed", "must_include", "must_exclude")


def plan_query_from(message: pb.PlanCoursesRequest) -> PlanQuery:
    """A checked request with its defaults filled in.

    Raises:
        InvalidDocument: an inline document has no kind.
        InvalidRequest: a term starts on no day of the calendar.
    """
    objectives = tuple(OBJECTIVE_BY_NUMBER[o] for o in message.objectives)
    return PlanQuery(
        candidate=query_from(message.candidate, "candidate"),
        target=target_from(message.target),
        filter_text=message.filter,
        limits=limits_from(message.limits),
        objectives=objectives or (Objective.MOST_CLOSED,),
        n_alternatives=message.alternative_count,
        n_left_out=message.left_out_count,
        solve_limit_s=message.solve_limit_s if message.HasField("solve_limit_s") else None,
        strict_prerequisites=message.strict_prerequisites,
        include_soft_skills=message.include_soft_skills,
        language=message.language or DEFAULT_LANGUAGE,
        with_evidence=not message.omit_evidence,
    )


def limits_from(message: pb.PlanLimits) -> PlanLimits:
    """Limits; absent ones are none.

    Raises:
        InvalidRequest: a term starts on no day of the calendar.
    """
    values: dict[str, Any] = {name: getattr(message, name) for name in SCALAR_LIMITS if message.HasField(name)}
    values.update({name: tuple(getattr(message, name)) for name in NAME_LIMITS})
    return PlanLimits(
        term_starts=tuple(_day(d) for d in message.term_starts),
        require_known_dates=message.require_known_dates,
        deliveries=tuple(DELIVERY_BY_NUMBER[d] for d in message.deliveries),
        allow_unknown=frozenset(QUANTITY_BY_NUMBER[q] for q in message.allow_unknown),
        **values,
    )


def _day(message: Date) -> date:
    try:
        return date(message.year, message.month, message.day)
    except ValueError:
        raise InvalidRequest(
            "a term starts on no day of the calendar", field="limits.term_starts", limit="year 1-9999, month and day"
        ) from None


def plan_response(reply: PlanReply, taxonomy: Taxonomy, language: str) -> pb.PlanCoursesResponse:
    """A plan with all that is said of it."""
    outcome = reply.outcome
    titles = reply.title_by_course
    levels = {r.requirement.skill_id: r.requirement.level for r in reply.gap.requirements}
    return pb.PlanCoursesResponse(
        status=STATUSES[outcome.status],
        plan=None if outcome.plan is None else plan_to(outcome.plan, levels, taxonomy, language),
        alternatives=[plan_to(a, levels, taxonomy, language) for a in outcome.alternatives],
        alternatives_complete=outcome.alternatives_complete,
        residual_gaps=[residual_to(r, taxonomy, language) for r in outcome.residuals],
        left_out_courses=[left_out_to(c, titles.get(c.course, "")) for c in outcome.left_out],
        conflict=outcome.conflict,
        conflict_is_minimal=outcome.conflict_is_minimal,
        open_weight=reply.open_weight,
        covered_at=COVERED_AT,
        course_count=outcome.n_courses,
        relevant_course_count=outcome.n_relevant,
        solve_s=outcome.solve_s,
        explanation=reply.explanation,
        warnings=warnings_to(reply.warnings),
        versions=versions_to(reply.versions),
    )


def plan_to(plan: Plan, levels: Levels, taxonomy: Taxonomy, language: str) -> pb.Plan:
    """One plan."""
    return pb.Plan(
        courses=[planned_to(p, levels, taxonomy, language) for p in plan.courses],
        objectives=[objective_to(v) for v in plan.objectives],
        closed_weight=plan.closed_weight,
        hours=plan.hours,
        cost_fen=plan.cost_fen,
        credits=plan.credits,
        practice_share=plan.practice_share,
        unknown_hours_count=plan.n_unknown_hours,
        unknown_cost_count=plan.n_unknown_cost,
        unknown_credits_count=plan.n_unknown_credits,
    )


def objective_to(value: ObjectiveValue) -> pb.PlanObjectiveValue:
    """One objective."""
    return pb.PlanObjectiveValue(
        objective=OBJECTIVES[value.objective],
        value=value.value,
        bound=value.bound,
        gap=value.gap,
        solve_s=value.solve_s,
    )


def planned_to(planned: PlannedCourse, levels: Levels, taxonomy: Taxonomy, language: str) -> pb.PlannedCourse:
    """One course of a plan."""
    return pb.PlannedCourse(
        course=planned.course.name,
        title=planned.course.title,
        term=planned.term,
        facts=facts_to(_facts(planned.course)),
        contributions=[contribution_to(c, levels, taxonomy, language) for c in planned.contributions],
        gain=planned.gain,
        needed_for=planned.needed_for,
        by_catch=[contribution_to(c, levels, taxonomy, language) for c in planned.by_catch],
    )


def _facts(course: CourseOption) -> Facts:
    return Facts(
        hours=course.hours,
        cost_fen=course.cost_fen,
        credits=course.credits,
        practice_share=course.practice_share,
        delivery=course.delivery,
        organisation=course.organisation,
        start_dates=course.start_dates,
    )


def contribution_to(
    contribution: Contribution, levels: Levels, taxonomy: Taxonomy, language: str
) -> pb.PlanContribution:
    """What a course closes of one requirement."""
    by = contribution.met_by
    return pb.PlanContribution(
        skill=f"skills/{contribution.skill_id}",
        label=taxonomy.get(contribution.skill_id).label(language),
        level=int(levels[contribution.skill_id] or 0),  # type: ignore[arg-type]
        weight=contribution.weight,
        credit_before=contribution.credit_before,
        credit_after=contribution.credit_after,
        gain=contribution.gain,
        met_by=f"skills/{by}" if by else "",
        met_by_label=taxonomy.get(by).label(language) if by else "",
        evidence=[evidence_to(e) for e in contribution.evidence],
    )


def residual_to(residual: Residual, taxonomy: Taxonomy, language: str) -> pb.ResidualGap:
    """A requirement that stays open."""
    skill = taxonomy.get(residual.item.skill_id)
    return pb.ResidualGap(
        skill=skill.name,
        label=skill.label(language),
        level=int(residual.item.level or 0),  # type: ignore[arg-type]
        weight=residual.item.weight,
        credit=residual.credit,
        reason=RESIDUALS[residual.reason],
        best_credit=residual.best_credit,
        best_course=residual.best_course,
    )


def left_out_to(left_out: LeftOut, title: str) -> pb.LeftOutCourse:
    """A course that is not in the plan."""
    return pb.LeftOutCourse(
        course=left_out.course,
        title=title,
        value=left_out.value,
        reason=LEFT_OUT[left_out.reason],
        objective=OBJECTIVES[left_out.objective] if left_out.objective else pb.PLAN_OBJECTIVE_UNSPECIFIED,
        loss=left_out.loss,
        limits=left_out.limits,
        covered_by=left_out.covered_by,
        is_covered=left_out.is_covered,
    )
