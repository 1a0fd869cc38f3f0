"""Bundles: proto requests → domain, and bundles → proto. One function per message; absent stays absent."""

from __future__ import annotations

from collections.abc import Iterable

from google.protobuf.timestamp_pb2 import Timestamp

from matcher._gen.skillmatch.v1 import credential_pb2 as pb
from matcher._gen.skillmatch.v1 import document_pb2 as doc
from matcher._gen.skillmatch.v1 import target_pb2
from matcher.credential_records import (
    DEFAULT_TIME_LIMIT_S,
    CredentialView,
    Design,
    DesignQuery,
    ExportFormat,
    NewCredential,
    Step,
)
from matcher.domain.bundle import (
    MAX_COURSES,
    MIN_COURSES,
    Bundle,
    BundleCourse,
    BundleGoal,
    BundleLimits,
    BundleScore,
    BundleSkill,
    Credential,
    Overlap,
    Solved,
    TargetOccupation,
)
from matcher.domain.match import RequirementStatus
from matcher.serve.convert import DELIVERIES, warnings_to
from matcher.serve.convert_match import DEFAULT_LANGUAGE, evidence_to, versions_to
from matcher.serve.convert_target import cohort_from

GOALS = {
    BundleGoal.PER_HOUR: pb.BUNDLE_GOAL_PER_HOUR,
    BundleGoal.COVERED: pb.BUNDLE_GOAL_COVERED,
}
GOAL_BY_NUMBER = {number: goal for goal, number in GOALS.items()}
FORMAT_BY_NUMBER = {
    pb.EXPORT_FORMAT_MARKDOWN: ExportFormat.MARKDOWN,
    pb.EXPORT_FORMAT_DOCX: ExportFormat.DOCX,
    pb.EXPORT_FORMAT_CTDL: ExportFormat.CTDL,
    pb.EXPORT_FORMAT_OPEN_BADGE: ExportFormat.OPEN_BADGE,
}


def design_query_from(message: pb.DesignCredentialRequest) -> DesignQuery:
    """A checked request with its defaults filled in."""
    return DesignQuery(
        cohort=cohort_from(message.cohort),
        title=message.title.strip(),
        goal=GOAL_BY_NUMBER.get(message.goal, BundleGoal.PER_HOUR),
        limits=limits_from(message.limits),
        course_filter=message.course_filter,
        compare=tuple(message.compare_courses),
        language=message.language or DEFAULT_LANGUAGE,
        time_limit_s=message.time_limit_s or DEFAULT_TIME_LIMIT_S,
    )


def limits_from(message: pb.BundleLimits) -> BundleLimits:
    """What a draft must keep to."""
    least = message.min_courses or min(MIN_COURSES, message.max_courses or MIN_COURSES)
    return BundleLimits(
        min_courses=least,
        max_courses=message.max_courses or max(MAX_COURSES, least),
        max_hours=message.max_hours if message.HasField("max_hours") else None,
        min_practice_share=message.min_practice_share if message.HasField("min_practice_share") else None,
        min_coverage=message.min_coverage if message.HasField("min_coverage") else None,
        required=tuple(message.required_courses),
        excluded=tuple(message.excluded_courses),
    )


def new_credential_from(message: pb.Credential) -> NewCredential:
    """A bundle to store."""
    return NewCredential(
        id=message.name.removeprefix("credentials/"),
        title=message.title.strip(),
        courses=tuple(message.courses),
        cohort=cohort_from(message.cohort) if message.HasField("cohort") else None,
        summary=message.summary,
    )


def design_response(design: Design, language: str) -> pb.DesignCredentialResponse:
    """A draft."""
    return pb.DesignCredentialResponse(
        bundle=bundle_to(design.bundle, language),
        solution=solution_to(design.solved),
        found=score_to(design.found),
        greedy=None if design.greedy is None else score_to(design.greedy),
        compared=None if design.compared is None else score_to(design.compared),
        overlaps=overlaps_to(design.overlaps),
        left_out=[pb.IneligibleCourse(course=out.course, reason=out.reason) for out in design.left_out],
        versions=versions_to(design.versions),
        warnings=warnings_to(design.warnings),
    )


def view_to(view: CredentialView, language: str) -> pb.CredentialView:
    """A stored bundle with what it comes to."""
    return pb.CredentialView(
        credential=credential_to(view.credential),
        bundle=bundle_to(view.bundle, language),
        overlaps=overlaps_to(view.overlaps),
        versions=versions_to(view.versions),
        warnings=warnings_to(view.warnings),
    )


def credential_to(credential: Credential) -> pb.Credential:
    """A bundle as it was stored."""
    stored = Timestamp()
    stored.FromDatetime(credential.create_time)
    cohort = credential.cohort
    return pb.Credential(
        name=credential.name,
        title=credential.title,
        courses=credential.courses,
        cohort=None
        if cohort is None
        else target_pb2.Cohort(filter=cohort.filter_text, postings=cohort.postings, min_demand_share=cohort.min_share),
        summary=credential.summary,
        create_time=stored,
    )


def step_to(step: Step) -> pb.CredentialStep:
    """What is done of a bundle and what is left."""
    return pb.CredentialStep(
        credential=step.credential.name,
        title=step.credential.title,
        completed_courses=step.completed,
        courses_left=step.left,
        hours_left=step.hours_left,
        held=step.is_held,
    )


def solution_to(solved: Solved) -> pb.BundleSolution:
    """How a draft was found."""
    return pb.BundleSolution(
        goal=GOALS[solved.goal],
        value=solved.value,
        bound=solved.bound,
        optimal=solved.optimal,
        solve_count=solved.n_solves,
        course_count=solved.n_courses,
        solve_s=solved.seconds,
    )


def score_to(score: BundleScore) -> pb.BundleScore:
    """A set of courses held against a demand."""
    return pb.BundleScore(
        courses=score.courses, covered=score.covered, hours=score.hours, covered_per_hour=score.per_hour
    )


def overlaps_to(overlaps: Iterable[Overlap]) -> list[pb.BundleOverlap]:
    """Bundles that share something."""
    return [
        pb.BundleOverlap(
            credential=o.credential,
            title=o.title,
            shared_courses=o.shared_courses,
            shared_skills=[f"skills/{skill_id}" for skill_id in o.shared_skills],
        )
        for o in overlaps
    ]


def bundle_to(bundle: Bundle, language: str) -> pb.Bundle:
    """What a set of courses comes to."""
    return pb.Bundle(
        title=bundle.title,
        summary=bundle.summary,
        courses=[course_to(course) for course in bundle.courses],
        hours=bundle.hours,
        credits=bundle.credits,
        practice_share=bundle.practice_share,
        courses_without_hours=bundle.untold,
        occupations=[occupation_to(occupation, language) for occupation in bundle.occupations],
        skills=[skill_to(skill, language) for skill in bundle.skills],
        posting_count=bundle.n_postings,
        covered=bundle.covered,
    )


def course_to(course: BundleCourse) -> pb.BundleCourse:
    """One course of a bundle."""
    return pb.BundleCourse(
        course=course.name,
        title=course.title,
        hours=course.hours,
        credits=course.credits,
        practice_share=course.practice_share,
        delivery=DELIVERIES[course.delivery] if course.delivery else doc.DELIVERY_UNSPECIFIED,
        after=course.after,
        entry_requirements=course.entry,
        assessment=[evidence_to(e) for e in course.assessment],
        adds=course.adds,
        deleted=not course.stored,
    )


def occupation_to(occupation: TargetOccupation, language: str) -> pb.TargetOccupation:
    """An occupation that a bundle prepares for."""
    labels = occupation.labels
    return pb.TargetOccupation(
        occupation=f"occupations/{occupation.id}" if occupation.id else "",
        label=labels.get(language) or labels.get("en") or next(iter(labels.values()), ""),
        posting_count=occupation.n_postings,
        titles=occupation.titles,
    )


def skill_to(skill: BundleSkill, language: str) -> pb.BundleSkill:
    """One skill of a bundle."""
    labels = skill.labels
    return pb.BundleSkill(
        skill=f"skills/{skill.skill_id}",
        label=labels.get(language) or labels.get("en") or next(iter(labels.values())),
        kind=f"SKILL_KIND_{skill.kind.name}",
        importance=f"IMPORTANCE_{skill.importance.name}" if skill.importance else "IMPORTANCE_UNSPECIFIED",
        asked_level=int(skill.asked_level or 0),  # type: ignore[arg-type]
        status=status_to(skill.status),
        weight=skill.weight,
        demand_share=skill.demand_share,
        credit=skill.credit,
        taught_level=int(skill.taught_level or 0),  # type: ignore[arg-type]
        course=skill.course,
        met_by=f"skills/{skill.met_by}" if skill.met_by else "",
        demand_evidence=[evidence_to(e) for e in skill.demand_evidence],
        course_evidence=[evidence_to(e) for e in skill.course_evidence],
        taught_elsewhere=skill.taught_elsewhere,
    )


def status_to(status: RequirementStatus | None) -> str:
    """Wire name of a status; None is unspecified."""
    return f"REQUIREMENT_STATUS_{status.name}" if status else "REQUIREMENT_STATUS_UNSPECIFIED"
