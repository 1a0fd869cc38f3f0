"""DecisionService: recorded answers of Match, their replay, and feedback on them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from google.protobuf.timestamp_pb2 import Timestamp

from matcher._gen.skillmatch.v1 import decision_pb2 as pb
from matcher._gen.skillmatch.v1 import decision_pb2_grpc as pb_grpc
from matcher.decisions import DecisionList
from matcher.domain.decision import Decision, DecisionQuery, Outcome, Replay
from matcher.engine import Engine
from matcher.errors import InvalidRequest
from matcher.field_paths import standing_at
from matcher.serve.caller import caller_of
from matcher.serve.convert import KINDS, raw_document
from matcher.serve.convert_match import versions_to
from matcher.serve.edge import Workers

LIST_PAGE_SIZE = 50


class DecisionServicer(pb_grpc.DecisionServiceServicer):
    """DecisionService."""

    def __init__(self, engine: Engine, workers: Workers) -> None:
        self._engine = engine
        self._workers = workers

    async def GetDecision(self, request: pb.GetDecisionRequest, context: Any) -> pb.GetDecisionResponse:  # noqa: N802, D102, ARG002
        found = await self._workers.run(lambda: self._engine.get_decision(request.name))
        return pb.GetDecisionResponse(decision=decision_to(found))

    async def ListDecisions(self, request: pb.ListDecisionsRequest, context: Any) -> pb.ListDecisionsResponse:  # noqa: N802, D102, ARG002
        query = DecisionQuery(
            caller=request.caller,
            start=_moment(request, "start_time"),
            end=_moment(request, "end_time"),
        )
        size = request.page_size or LIST_PAGE_SIZE
        wanted = DecisionList(query, request.document, size, request.page_token)
        page = await self._workers.run(lambda: self._engine.list_decisions(wanted))
        return pb.ListDecisionsResponse(
            decisions=[decision_to(d) for d in page.decisions], next_page_token=page.next_page_token
        )

    async def Replay(self, request: pb.ReplayRequest, context: Any) -> pb.ReplayResponse:  # noqa: N802, D102, ARG002
        return await self._workers.run(lambda: self._replay(request))

    async def RecordFeedback(self, request: pb.RecordFeedbackRequest, context: Any) -> pb.RecordFeedbackResponse:  # noqa: N802, D102
        caller = caller_of(context)
        outcome = Outcome[pb.FeedbackOutcome.Name(request.outcome).removeprefix("FEEDBACK_OUTCOME_")]
        kept = await self._workers.write(
            lambda: self._engine.record_feedback(
                request.decision, request.document, outcome, caller, consent=request.consent
            )
        )
        return pb.RecordFeedbackResponse(result=f"FEEDBACK_RESULT_{kept.name}")

    def _replay(self, request: pb.ReplayRequest) -> pb.ReplayResponse:
        document = None
        if request.HasField("document"):
            with standing_at("document"):
                document = raw_document(request.document)
        filter_text = request.filter if request.HasField("filter") else None
        return replay_to(self._engine.replay(request.name, document, filter_text))


def decision_to(decision: Decision) -> pb.Decision:
    """A decision."""
    made = Timestamp()
    made.FromMicroseconds(int(decision.time_s * 1e6))
    return pb.Decision(
        name=decision.name,
        create_time=made,
        caller=decision.caller,
        query=decision.query_name,
        query_hash=decision.query_hash,
        query_deleted=decision.query_is_deleted,
        query_kind=KINDS[decision.query_kind],
        target_kind=KINDS[decision.target_kind],
        filter=decision.filter_text or "",
        filter_withheld=decision.filter_text is None,
        offset=decision.offset,
        options=decision.request,
        versions=versions_to(decision.versions),
        filtered_size=decision.filtered_size,
        entries=[
            pb.DecisionEntry(name=e.name, deleted=e.row_id is None, rank=e.rank, score=e.score)
            for e in decision.entries
        ],
        journey=f"DECISION_JOURNEY_{decision.journey.name}",
    )


def replay_to(found: Replay) -> pb.ReplayResponse:
    """A replay."""
    return pb.ReplayResponse(
        decision=decision_to(found.decision),
        reproduced=found.reproduced,
        versions=versions_to(found.versions),
        changes=[pb.VersionChange(part=f"VERSION_PART_{c.part.name}", was=c.was, now=c.now) for c in found.changes],
        differences=[
            pb.DecisionDifference(
                name=d.name, old_rank=d.old_rank, old_score=d.old_score, new_rank=d.new_rank, new_score=d.new_score
            )
            for d in found.differences
        ],
    )


def _moment(request: pb.ListDecisionsRequest, field: str) -> datetime | None:
    """A moment of a request, None when it has none.

    Raises:
        InvalidRequest: outside the calendar.
    """
    if not request.HasField(field):
        return None
    try:
        moment: datetime = getattr(request, field).ToDatetime(UTC)
    except (ValueError, OverflowError):
        raise InvalidRequest(f"{field} is no moment of the calendar", field=field, limit="year 1-9999") from None
    return moment
