"""Completions and growth: proto requests → domain, and domain → proto. One function per message."""

from __future__ import annotations

from datetime import date

from google.protobuf.timestamp_pb2 import Timestamp
from google.type.date_pb2 import Date

from matcher._gen.skillmatch.v1 import credential_pb2 as pb
from matcher.completions import NewCompletion
from matcher.credential_records import CompletionView
from matcher.domain.bundle import Completion
from matcher.errors import InvalidRequest
from matcher.growth import GrowthFile, GrowthPoint, GrowthStep
from matcher.serve.convert import warnings_to
from matcher.serve.convert_credential import status_to
from matcher.serve.convert_match import evidence_to, versions_to
from matcher.taxonomy import Taxonomy


def new_completion_from(message: pb.RecordCompletionRequest) -> NewCompletion:
    """A completion to record.

    Raises:
        InvalidRequest: its day is none of the calendar.
    """
    day = message.completion.completed_on
    try:
        completed_on = date(day.year, day.month, day.day)
    except ValueError:
        raise InvalidRequest(
            "a date is no day of the calendar", field="completion.completed_on", limit="year 1-9999, month and day"
        ) from None
    return NewCompletion(
        candidate=message.candidate,
        subject=message.completion.subject,
        completed_on=completed_on,
        verified_by=message.completion.verified_by.strip(),
        request_id=message.request_id,
    )


def completion_to(completion: Completion) -> pb.Completion:
    """A completion as it was recorded."""
    recorded = Timestamp()
    recorded.FromDatetime(completion.record_time)
    day = completion.completed_on
    return pb.Completion(
        name=completion.name,
        subject=completion.subject,
        completed_on=Date(year=day.year, month=day.month, day=day.day),
        verified_by=completion.verified_by,
        courses=[course for course, _ in completion.courses],
        record_time=recorded,
    )


def completion_view_to(view: CompletionView, taxonomy: Taxonomy, language: str) -> pb.CompletionView:
    """A completion with what it proves."""
    return pb.CompletionView(
        completion=completion_to(view.completion),
        proved_skills=[
            pb.ProvedSkill(
                skill=f"skills/{proved.skill_id}",
                label=_label(proved.skill_id, taxonomy, language),
                level=int(proved.level or 0),  # type: ignore[arg-type]
                evidence=[evidence_to(e) for e in proved.evidence],
            )
            for proved in view.proved
        ],
        warnings=warnings_to(view.warnings),
    )


def growth_response(growth: GrowthFile, taxonomy: Taxonomy, language: str) -> pb.GetGrowthResponse:
    """A growth file."""
    return pb.GetGrowthResponse(
        points=[point_to(point, taxonomy, language) for point in growth.points],
        weight=growth.weight,
        versions=versions_to(growth.versions),
        warnings=warnings_to(growth.warnings),
    )


def point_to(point: GrowthPoint, taxonomy: Taxonomy, language: str) -> pb.GrowthPoint:
    """How things stood after a completion."""
    return pb.GrowthPoint(
        completion=None if point.completion is None else completion_to(point.completion),
        open_weight=point.open_weight,
        coverage=point.coverage,
        steps=[growth_step_to(step, taxonomy, language) for step in point.steps],
    )


def growth_step_to(step: GrowthStep, taxonomy: Taxonomy, language: str) -> pb.GrowthStep:
    """One requirement that a completion brought further."""
    return pb.GrowthStep(
        skill=f"skills/{step.skill_id}",
        label=_label(step.skill_id, taxonomy, language),
        status_before=status_to(step.status_before),
        status_after=status_to(step.status_after),
        credit_before=step.credit_before,
        credit_after=step.credit_after,
        weight=step.weight,
        met_by=f"skills/{step.met_by}",
        evidence=[evidence_to(e) for e in step.evidence],
    )


def _label(skill_id: str, taxonomy: Taxonomy, language: str) -> str:
    """Label of a skill; one that left the taxonomy is named by its id."""
    return taxonomy.get(skill_id).label(language) if skill_id in taxonomy else skill_id
