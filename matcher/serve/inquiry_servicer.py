"""InquiryService: what if a document had other skills, and why is a document not among the best."""

from __future__ import annotations

from typing import Any

from matcher._gen.skillmatch.v1 import inquiry_pb2 as pb
from matcher._gen.skillmatch.v1 import inquiry_pb2_grpc as pb_grpc
from matcher.domain.inquiry import ChangedSide, SkillChange, Standing, WhatIfAnswer, WhyNotAnswer
from matcher.domain.skill import Importance, Proficiency
from matcher.engine import Engine
from matcher.inquiry import WhatIfQuery, WhyNotQuery
from matcher.serve.convert_match import (
    DEFAULT_LANGUAGE,
    DUPLICATE_SIMILARITY,
    breakdown_to,
    chosen_weights,
    query_from,
    versions_to,
)
from matcher.serve.edge import Workers
from matcher.taxonomy import Taxonomy

DEFAULT_TOP = 10
SIDES = {pb.CHANGED_SIDE_QUERY: ChangedSide.QUERY, pb.CHANGED_SIDE_TARGET: ChangedSide.TARGET}
IMPORTANCES = (Importance.ESSENTIAL, Importance.ESSENTIAL, Importance.PREFERRED)


class InquiryServicer(pb_grpc.InquiryServiceServicer):
    """InquiryService."""

    def __init__(self, engine: Engine, workers: Workers) -> None:
        self._engine = engine
        self._workers = workers

    async def WhatIf(self, request: pb.WhatIfRequest, context: Any) -> pb.WhatIfResponse:  # noqa: N802, D102, ARG002
        return await self._workers.run(lambda: self._what_if(request))

    async def WhyNot(self, request: pb.WhyNotRequest, context: Any) -> pb.WhyNotResponse:  # noqa: N802, D102, ARG002
        return await self._workers.run(lambda: self._why_not(request))

    def _what_if(self, request: pb.WhatIfRequest) -> pb.WhatIfResponse:
        language = request.language or DEFAULT_LANGUAGE
        asked = WhatIfQuery(
            query=query_from(request.query),
            target=query_from(request.target, "target"),
            changes=tuple(change_from(c) for c in request.changes),
            filter_text=request.filter,
            language=language,
            chosen=chosen_weights(request),
        )
        return what_if_response(self._engine.what_if(asked), self._engine.taxonomy, language)

    def _why_not(self, request: pb.WhyNotRequest) -> pb.WhyNotResponse:
        language = request.language or DEFAULT_LANGUAGE
        query = query_from(request.query)
        similarity = request.duplicate_similarity or DUPLICATE_SIMILARITY
        asked = WhyNotQuery(
            query=query,
            target=request.target,
            k=request.top or DEFAULT_TOP,
            filter_text=request.filter,
            language=language,
            chosen=chosen_weights(request),
            collapse=similarity if request.collapse_duplicates else 0.0,
        )
        return why_not_response(self._engine.why_not(asked), self._engine.taxonomy, language)


def change_from(message: pb.SkillChange) -> SkillChange:
    """A checked change."""
    return SkillChange(
        side=SIDES[message.side],
        skill_id=message.skill.removeprefix("skills/"),
        remove=message.remove,
        level=Proficiency(message.level) if message.level else None,
        importance=IMPORTANCES[message.importance],
    )


def standing_to(standing: Standing) -> pb.Standing:
    """Where a document stands."""
    return pb.Standing(
        score=standing.scored.score,
        breakdown=breakdown_to(standing.scored),
        rank=standing.rank,
        ranked_count=standing.n_ranked,
    )


def what_if_response(answer: WhatIfAnswer, taxonomy: Taxonomy, language: str) -> pb.WhatIfResponse:
    """What would become of a document."""
    return pb.WhatIfResponse(
        target=answer.target_name,
        before=standing_to(answer.before),
        after=standing_to(answer.after),
        credits=[
            pb.CreditChange(
                skill=f"skills/{c.skill_id}",
                label=taxonomy.get(c.skill_id).label(language),
                old_credit=c.old_credit,
                new_credit=c.new_credit,
            )
            for c in answer.credits
        ],
        passes_filter=answer.passes_filter,
        explanation=answer.explanation,
        versions=versions_to(answer.versions),
    )


def why_not_response(answer: WhyNotAnswer, taxonomy: Taxonomy, language: str) -> pb.WhyNotResponse:
    """Why a document is not among the best."""
    return pb.WhyNotResponse(
        reason=f"WHY_NOT_REASON_{answer.reason.name}",
        standing=standing_to(answer.standing),
        cutoff=answer.cutoff_name,
        cutoff_score=answer.cutoff_score,
        distance=answer.distance,
        failed_clauses=[pb.FailedClause(text=c.text, column=c.column, unknown=c.unknown) for c in answer.failed],
        retrieved=answer.retrieved,
        duplicate_of=answer.duplicate_of,
        costs=[
            pb.PartCost(part=c.part, target_contribution=c.target, cutoff_contribution=c.cutoff, cost=c.cost)
            for c in answer.costs
        ],
        missing=[
            pb.MissingRequirement(skill=f"skills/{s}", label=taxonomy.get(s).label(language)) for s in answer.missing
        ],
        explanation=answer.explanation,
        versions=versions_to(answer.versions),
    )
