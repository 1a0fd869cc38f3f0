"""PlanService: each method converts, calls the engine in a worker thread, and converts back."""

from __future__ import annotations

from typing import Any

from matcher._gen.skillmatch.v1 import course_plan_pb2 as course_pb
from matcher._gen.skillmatch.v1 import plan_pb2 as pb
from matcher._gen.skillmatch.v1 import plan_pb2_grpc as pb_grpc
from matcher.engine import Engine
from matcher.serve.convert_gap import gap_query_from, gap_response
from matcher.serve.convert_plan import plan_query_from, plan_response
from matcher.serve.convert_transition import transition_query_from, transition_response
from matcher.serve.edge import Workers


class PlanServicer(pb_grpc.PlanServiceServicer):
    """PlanService."""

    def __init__(self, engine: Engine, workers: Workers) -> None:
        self._engine = engine
        self._workers = workers

    async def AnalyzeGap(self, request: pb.AnalyzeGapRequest, context: Any) -> pb.AnalyzeGapResponse:  # noqa: N802, D102, ARG002
        return await self._workers.run(lambda: self._analyze_gap(request))

    async def RecommendTransitions(  # noqa: N802, D102
        self,
        request: pb.RecommendTransitionsRequest,
        context: Any,  # noqa: ARG002
    ) -> pb.RecommendTransitionsResponse:
        return await self._workers.run(lambda: self._recommend_transitions(request))

    async def PlanCourses(self, request: course_pb.PlanCoursesRequest, context: Any) -> course_pb.PlanCoursesResponse:  # noqa: N802, D102, ARG002
        return await self._workers.run(lambda: self._plan_courses(request))

    def _plan_courses(self, request: course_pb.PlanCoursesRequest) -> course_pb.PlanCoursesResponse:
        query = plan_query_from(request)
        return plan_response(self._engine.plan_courses(query), self._engine.taxonomy, query.language)

    def _analyze_gap(self, request: pb.AnalyzeGapRequest) -> pb.AnalyzeGapResponse:
        query = gap_query_from(request)
        return gap_response(self._engine.analyze_gap(query), self._engine.taxonomy, query.language)

    def _recommend_transitions(self, request: pb.RecommendTransitionsRequest) -> pb.RecommendTransitionsResponse:
        query = transition_query_from(request)
        return transition_response(self._engine.recommend_transitions(query), self._engine.taxonomy, query.language)
