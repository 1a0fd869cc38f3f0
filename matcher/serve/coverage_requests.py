"""Coverage requests → queries, with their defaults filled in. Enters: checked messages. Refuses: documents without a kind."""

from __future__ import annotations

from matcher._gen.skillmatch.v1 import coverage_pb2 as pb
from matcher.coverage_queries import (
    COVERED_FROM,
    SOLVE_LIMIT_S,
    AuditQuery,
    CompareQuery,
    CoverQuery,
    SimulateQuery,
)
from matcher.errors import InvalidRequest
from matcher.field_paths import standing_at
from matcher.programmes import ProgrammeQuery
from matcher.serve.convert import raw_document
from matcher.serve.convert_match import DEFAULT_LANGUAGE
from matcher.serve.convert_target import target_from

DEFAULT_MAX_COURSES = 20


def programme_from(message: pb.Programme, field: str) -> ProgrammeQuery:
    """A programme; `field` is where it stands in its request.

    Raises:
        InvalidDocument: an inline syllabus has no kind.
        InvalidRequest: DUPLICATE_TERM, two terms are given for one course.
    """
    documents = []
    for number, document in enumerate(message.documents):
        with standing_at(f"{field}.documents[{number}]"):
            documents.append(raw_document(document))
    terms = {item.course: item.term for item in message.terms}
    if len(terms) < len(message.terms):
        raise InvalidRequest(
            "two terms are given for one course",
            reason="DUPLICATE_TERM",
            field=f"{field}.terms",
            limit="each course once",
        )
    return ProgrammeQuery(message.title, tuple(message.courses), message.filter, tuple(documents), terms)


def cover_query_from(message: pb.CoverPostingRequest) -> CoverQuery:
    """A checked request with its defaults filled in."""
    return CoverQuery(
        target=target_from(message.target),
        programme=programme_from(message.programme, "programme") if message.HasField("programme") else None,
        essential_only=message.essential_only,
        accept_partial=message.accept_partial,
        max_courses=message.max_courses or DEFAULT_MAX_COURSES,
        solve_limit_s=message.solve_limit_s or SOLVE_LIMIT_S,
        with_evidence=message.with_evidence,
        language=message.language or DEFAULT_LANGUAGE,
    )


def audit_query_from(message: pb.AuditProgrammeRequest) -> AuditQuery:
    """A checked request."""
    return AuditQuery(
        target=target_from(message.target),
        programme=programme_from(message.programme, "programme"),
        with_evidence=not message.omit_evidence,
        language=message.language or DEFAULT_LANGUAGE,
    )


def simulate_query_from(message: pb.SimulateCourseRequest) -> SimulateQuery:
    """A checked request with its defaults filled in.

    Raises:
        InvalidDocument: the new syllabus has no kind.
    """
    course = None
    if message.HasField("course"):
        with standing_at("course"):
            course = raw_document(message.course)
    return SimulateQuery(
        target=target_from(message.target),
        programme=programme_from(message.programme, "programme") if message.HasField("programme") else None,
        replaces=message.replaces,
        course=course,
        covered_from=message.covered_from if message.HasField("covered_from") else COVERED_FROM,
        with_evidence=not message.omit_evidence,
        language=message.language or DEFAULT_LANGUAGE,
    )


def compare_query_from(message: pb.CompareProgrammesRequest) -> CompareQuery:
    """A checked request."""
    return CompareQuery(
        target=target_from(message.target),
        programmes=tuple(programme_from(p, f"programmes[{number}]") for number, p in enumerate(message.programmes)),
        with_evidence=not message.omit_evidence,
        language=message.language or DEFAULT_LANGUAGE,
    )
