"""CoverageService: courses and programmes held against postings."""

from __future__ import annotations

from typing import Any

from matcher._gen.skillmatch.v1 import coverage_pb2 as pb
from matcher._gen.skillmatch.v1 import coverage_pb2_grpc as pb_grpc
from matcher.engine import Engine
from matcher.serve.convert_coverage import CoverageReplies
from matcher.serve.coverage_requests import (
    audit_query_from,
    compare_query_from,
    cover_query_from,
    simulate_query_from,
)
from matcher.serve.edge import Workers


class CoverageServicer(pb_grpc.CoverageServiceServicer):
    """CoverageService."""

    def __init__(self, engine: Engine, workers: Workers) -> None:
        self._engine = engine
        self._workers = workers

    async def CoverPosting(self, request: pb.CoverPostingRequest, context: Any) -> pb.CoverPostingResponse:  # noqa: N802, D102, ARG002
        query = cover_query_from(request)
        replies = CoverageReplies(self._engine.taxonomy, query.language)
        return await self._workers.run(lambda: replies.covered(self._engine.cover_posting(query)))

    async def AuditProgramme(self, request: pb.AuditProgrammeRequest, context: Any) -> pb.AuditProgrammeResponse:  # noqa: N802, D102, ARG002
        query = audit_query_from(request)
        replies = CoverageReplies(self._engine.taxonomy, query.language)
        return await self._workers.run(lambda: replies.audited(self._engine.audit_programme(query)))

    async def SimulateCourse(self, request: pb.SimulateCourseRequest, context: Any) -> pb.SimulateCourseResponse:  # noqa: N802, D102, ARG002
        query = simulate_query_from(request)
        replies = CoverageReplies(self._engine.taxonomy, query.language)
        return await self._workers.run(lambda: replies.simulated(self._engine.simulate_course(query)))

    async def CompareProgrammes(  # noqa: N802, D102
        self,
        request: pb.CompareProgrammesRequest,
        context: Any,  # noqa: ARG002
    ) -> pb.CompareProgrammesResponse:
        query = compare_query_from(request)
        replies = CoverageReplies(self._engine.taxonomy, query.language)
        return await self._workers.run(lambda: replies.compared(self._engine.compare_programmes(query)))
