"""Targets: proto → what a caller names, and resolved requirements → proto. One function per message."""

from __future__ import annotations

from matcher._gen.skillmatch.v1 import target_pb2 as pb
from matcher.domain.target import CohortTarget, OccupationTarget, PostingTarget, TargetQuery, TargetRequirement
from matcher.serve.convert_match import evidence_to, query_from
from matcher.taxonomy import Taxonomy


def target_from(message: pb.Target, field: str = "target") -> TargetQuery:
    """What is to be met; `field` is where the target stands in its request.

    Raises:
        InvalidDocument: an inline document has no kind.
    """
    match message.WhichOneof("source"):
        case "posting":
            return PostingTarget(query_from(message.posting, f"{field}.posting"))
        case "cohort":
            return cohort_from(message.cohort)
        case _:  # the schema requires one of the three
            return OccupationTarget(message.occupation)


def cohort_from(message: pb.Cohort) -> CohortTarget:
    """A set of stored postings."""
    return CohortTarget(message.filter, tuple(message.postings), message.min_demand_share)


def target_requirement_to(requirement: TargetRequirement, taxonomy: Taxonomy, language: str) -> pb.TargetRequirement:
    """One skill that a target asks for."""
    skill = taxonomy.get(requirement.skill_id)
    return pb.TargetRequirement(
        skill=skill.name,
        label=skill.label(language),
        kind=f"SKILL_KIND_{skill.kind.name}",
        importance=f"IMPORTANCE_{requirement.importance.name}",
        level=int(requirement.level or 0),  # type: ignore[arg-type]
        demand_share=requirement.demand_share,
        rarity=requirement.rarity,
        weight=requirement.weight,
        demand_evidence=[evidence_to(e) for e in requirement.evidence],
    )
