"""Gaps: proto requests → domain, and gaps → proto. One function per message; absent stays absent."""

from __future__ import annotations

from collections import Counter

from matcher._gen.skillmatch.v1 import plan_pb2 as pb
from matcher.domain.gap import EducationGap, ExperienceGap, FactStatus, Gap, GapStatus, RequirementGap
from matcher.gap_analysis import GapQuery, GapReply
from matcher.match.credit import COVERED_AT, PARTIAL_AT
from matcher.plan.gap_text import groups_of
from matcher.serve.convert import warnings_to
from matcher.serve.convert_match import DEFAULT_LANGUAGE, evidence_to, query_from, versions_to
from matcher.serve.convert_target import target_from, target_requirement_to
from matcher.taxonomy import Taxonomy

STATUSES = {
    GapStatus.MET: pb.GAP_STATUS_MET,
    GapStatus.MET_AT_LOWER_LEVEL: pb.GAP_STATUS_MET_AT_LOWER_LEVEL,
    GapStatus.NEAR: pb.GAP_STATUS_NEAR,
    GapStatus.MISSING: pb.GAP_STATUS_MISSING,
}
FACT_STATUSES = {
    FactStatus.NOT_ASKED: pb.FACT_STATUS_NOT_ASKED,
    FactStatus.NOT_SHOWN: pb.FACT_STATUS_NOT_SHOWN,
    FactStatus.MET: pb.FACT_STATUS_MET,
    FactStatus.BELOW: pb.FACT_STATUS_BELOW,
}


def gap_query_from(message: pb.AnalyzeGapRequest) -> GapQuery:
    """A checked request with its defaults filled in.

    Raises:
        InvalidDocument: an inline document has no kind.
    """
    return GapQuery(
        candidate=query_from(message.candidate, "candidate"),
        target=target_from(message.target),
        language=message.language or DEFAULT_LANGUAGE,
        with_evidence=not message.omit_evidence,
    )


def gap_response(reply: GapReply, taxonomy: Taxonomy, language: str) -> pb.AnalyzeGapResponse:
    """A gap with its rendering."""
    return pb.AnalyzeGapResponse(
        gap=gap_to(reply.gap, taxonomy, language),
        explanation=reply.explanation,
        versions=versions_to(reply.versions),
        warnings=warnings_to(reply.warnings),
    )


def gap_to(gap: Gap, taxonomy: Taxonomy, language: str) -> pb.Gap:
    """A person held against a target."""
    return pb.Gap(
        candidate=gap.candidate,
        target=gap.target.name,
        target_title=gap.target.title,
        posting_count=gap.target.n_postings,
        education=education_gap_to(gap.education),
        experience=experience_gap_to(gap.experience),
        totals=totals_to(gap),
        **{
            group: [requirement_gap_to(row, taxonomy, language) for row in rows]
            for group, rows in groups_of(gap).items()
        },
    )


def requirement_gap_to(row: RequirementGap, taxonomy: Taxonomy, language: str) -> pb.RequirementGap:
    """One requirement and how it is met."""
    return pb.RequirementGap(
        requirement=target_requirement_to(row.requirement, taxonomy, language),
        status=STATUSES[row.status],
        credit=row.credit,
        met_by=f"skills/{row.met_by}" if row.met_by else "",
        met_by_label=taxonomy.get(row.met_by).label(language) if row.met_by else "",
        relation=row.relation,
        held_level=int(row.held_level or 0),  # type: ignore[arg-type]
        open_weight=row.open_weight,
        evidence=[evidence_to(e) for e in row.evidence],
        denied_evidence=[evidence_to(e) for e in row.denied_evidence],
        wished_evidence=[evidence_to(e) for e in row.wished_evidence],
    )


def education_gap_to(gap: EducationGap) -> pb.EducationGap:
    """Education asked and shown."""
    return pb.EducationGap(
        asked=int(gap.asked or 0),  # type: ignore[arg-type]
        shown=int(gap.shown or 0),  # type: ignore[arg-type]
        status=FACT_STATUSES[gap.status],
    )


def experience_gap_to(gap: ExperienceGap) -> pb.ExperienceGap:
    """Experience asked and shown."""
    return pb.ExperienceGap(asked_years=gap.asked, shown_years=gap.shown, status=FACT_STATUSES[gap.status])


def totals_to(gap: Gap) -> pb.GapTotals:
    """Sums of a gap; an undefined coverage stays absent."""
    count = Counter(row.status for row in gap.requirements)
    return pb.GapTotals(
        essential_coverage=gap.essential_coverage,
        preferred_coverage=gap.preferred_coverage,
        soft_coverage=gap.soft_coverage,
        credential_coverage=gap.credential_coverage,
        open_weight=gap.open_weight,
        weight=gap.weight,
        met_count=count[GapStatus.MET],
        lower_level_count=count[GapStatus.MET_AT_LOWER_LEVEL],
        near_count=count[GapStatus.NEAR],
        missing_count=count[GapStatus.MISSING],
        met_at=COVERED_AT,
        near_at=PARTIAL_AT,
    )
