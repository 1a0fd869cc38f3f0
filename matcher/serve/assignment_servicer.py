"""AssignmentService: many candidates to many postings, in a thread beside those of the calls, since it may take seconds."""

from __future__ import annotations

import asyncio
from typing import Any

from matcher._gen.skillmatch.v1 import assignment_pb2 as pb
from matcher._gen.skillmatch.v1 import assignment_pb2_grpc as pb_grpc
from matcher.assigning import AssignmentQuery, PairRule, Selection
from matcher.domain.assignment import Assignment, AssignmentMode, Worth
from matcher.engine import Engine
from matcher.errors import InvalidRequest, Overloaded
from matcher.serve.convert_match import chosen_weights, versions_to

MAX_RUNNING = 2


class AssignmentServicer(pb_grpc.AssignmentServiceServicer):
    """AssignmentService."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._n_running = 0

    async def AssignCandidates(  # noqa: N802, D102
        self,
        request: pb.AssignCandidatesRequest,
        context: Any,  # noqa: ARG002
    ) -> pb.AssignCandidatesResponse:
        query = assignment_query_from(request)
        if self._n_running >= MAX_RUNNING:
            raise Overloaded(f"{MAX_RUNNING} assignments are under way; try again", retry_delay_s=5.0)
        self._n_running += 1
        try:
            return assignment_to(await asyncio.to_thread(self._engine.assign, query))
        finally:
            self._n_running -= 1


def assignment_query_from(message: pb.AssignCandidatesRequest) -> AssignmentQuery:
    """A checked request with its defaults filled in.

    Raises:
        InvalidRequest: a posting has openings twice.
    """
    openings = {o.posting: o.openings for o in message.openings}
    if len(openings) < len(message.openings):
        raise InvalidRequest("a posting is named twice", field="openings")
    stable = message.mode == pb.ASSIGNMENT_MODE_STABLE
    mixed = message.worth == pb.ASSIGNMENT_WORTH_BOTH_SIDED
    return AssignmentQuery(
        candidates=Selection(message.candidates.filter, tuple(message.candidates.names)),
        postings=Selection(message.postings.filter, tuple(message.postings.names)),
        openings=openings,
        default_openings=message.default_openings or 1,
        rules=tuple(PairRule(r.posting_filter, r.candidate_filter) for r in message.rules),
        forbidden=tuple((f.candidate, f.posting) for f in message.forbidden),
        min_score=message.min_score,
        mode=AssignmentMode.STABLE if stable else AssignmentMode.OPTIMAL,
        worth=Worth.BOTH_SIDED if mixed else Worth.SCORE,
        chosen=chosen_weights(message),
    )


def assignment_to(found: Assignment) -> pb.AssignCandidatesResponse:
    """An assignment."""
    return pb.AssignCandidatesResponse(
        mode=f"ASSIGNMENT_MODE_{found.mode.name}",
        worth=f"ASSIGNMENT_WORTH_{found.worth.name}",
        assigned=[
            pb.AssignedPair(
                candidate=a.candidate,
                posting=a.posting,
                score=a.score,
                worth=a.worth,
                candidate_fit=a.candidate_fit,
            )
            for a in found.assigned
        ],
        unassigned=[
            pb.UnassignedCandidate(
                candidate=u.candidate,
                reason=f"UNASSIGNED_REASON_{u.reason.name}",
                best_posting=u.best_posting,
                best_worth=u.best_worth,
            )
            for u in found.unassigned
        ],
        postings=[pb.FilledPosting(posting=p.posting, openings=p.n_openings, taken=p.n_taken) for p in found.postings],
        total_worth=found.total_worth,
        blocking_count=found.n_blocking,
        versions=versions_to(found.versions),
    )
