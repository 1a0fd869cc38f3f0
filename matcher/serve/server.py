"""Starts, drains and stops the gRPC server: our services, health, reflection."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable

import grpc
import structlog
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_health.v1._async import HealthServicer
from grpc_reflection.v1alpha import reflection

from matcher._gen.skillmatch.v1 import (
    assignment_pb2,
    coverage_pb2,
    credential_pb2,
    decision_pb2,
    document_pb2,
    inquiry_pb2,
    match_pb2,
    model_pb2,
    plan_pb2,
    screening_pb2,
    status_pb2,
    taxonomy_pb2,
)
from matcher._gen.skillmatch.v1.assignment_pb2_grpc import add_AssignmentServiceServicer_to_server
from matcher._gen.skillmatch.v1.coverage_pb2_grpc import add_CoverageServiceServicer_to_server
from matcher._gen.skillmatch.v1.credential_pb2_grpc import add_CredentialServiceServicer_to_server
from matcher._gen.skillmatch.v1.decision_pb2_grpc import add_DecisionServiceServicer_to_server
from matcher._gen.skillmatch.v1.document_pb2_grpc import add_DocumentServiceServicer_to_server
from matcher._gen.skillmatch.v1.inquiry_pb2_grpc import add_InquiryServiceServicer_to_server
from matcher._gen.skillmatch.v1.match_pb2_grpc import add_MatchServiceServicer_to_server
from matcher._gen.skillmatch.v1.model_pb2_grpc import add_ModelServiceServicer_to_server
from matcher._gen.skillmatch.v1.plan_pb2_grpc import add_PlanServiceServicer_to_server
from matcher._gen.skillmatch.v1.screening_pb2_grpc import add_ScreeningServiceServicer_to_server
from matcher._gen.skillmatch.v1.status_pb2_grpc import add_StatusServiceServicer_to_server
from matcher._gen.skillmatch.v1.taxonomy_pb2_grpc import add_TaxonomyServiceServicer_to_server
from matcher.config import ServerConfig
from matcher.engine import Engine
from matcher.serve.assignment_servicer import AssignmentServicer
from matcher.serve.coverage_servicer import CoverageServicer
from matcher.serve.credential_servicer import CredentialServicer
from matcher.serve.decision_servicer import DecisionServicer
from matcher.serve.edge import EdgeInterceptor, Workers
from matcher.serve.inquiry_servicer import InquiryServicer
from matcher.serve.match_processes import MatchProcesses
from matcher.serve.models import ModelServicer
from matcher.serve.plan_servicer import PlanServicer
from matcher.serve.screening_servicer import ScreeningServicer
from matcher.serve.servicers import DocumentServicer, MatchServicer, StatusServicer
from matcher.serve.taxonomy_servicer import TaxonomyServicer

log = structlog.get_logger()
# for replies that are written but not yet sent when the last call has ended
STOP_GRACE_S = 1.0
DECISIONS = f"/{decision_pb2.DESCRIPTOR.services_by_name['DecisionService'].full_name}/"
DELETE_DOCUMENT = f"/{document_pb2.DESCRIPTOR.services_by_name['DocumentService'].full_name}/DeleteDocument"
SERVICES = tuple(
    service.full_name
    for module in (
        document_pb2,
        match_pb2,
        inquiry_pb2,
        screening_pb2,
        assignment_pb2,
        decision_pb2,
        taxonomy_pb2,
        model_pb2,
        plan_pb2,
        coverage_pb2,
        credential_pb2,
        status_pb2,
    )
    for service in module.DESCRIPTOR.services_by_name.values()
)


class MatcherServer:
    """A gRPC server over one engine. `start`, then `load`, then `stop`; or `run` for all of it until a signal."""

    def __init__(self, engine: Engine, config: ServerConfig) -> None:
        self._engine = engine
        self._config = config
        self._workers = Workers(config)
        self._health = HealthServicer()
        self._processes = MatchProcesses(engine, config)
        self._edge = EdgeInterceptor(config, self._prepare)
        limit = config.max_message_mib * 2**20
        self._server = grpc.aio.server(
            interceptors=[self._edge],
            options=[
                ("grpc.max_receive_message_length", limit),
                ("grpc.max_send_message_length", limit),
                # two servers on one port would each hold half of the truth
                ("grpc.so_reuseport", 0),
            ],
        )
        add_DocumentServiceServicer_to_server(DocumentServicer(engine, self._workers), self._server)
        add_MatchServiceServicer_to_server(MatchServicer(engine, self._workers, self._processes), self._server)
        add_InquiryServiceServicer_to_server(InquiryServicer(engine, self._workers), self._server)
        add_ScreeningServiceServicer_to_server(ScreeningServicer(engine), self._server)
        add_AssignmentServiceServicer_to_server(AssignmentServicer(engine), self._server)
        add_DecisionServiceServicer_to_server(DecisionServicer(engine, self._workers), self._server)
        add_TaxonomyServiceServicer_to_server(TaxonomyServicer(engine, self._workers), self._server)
        add_ModelServiceServicer_to_server(ModelServicer(engine), self._server)
        add_PlanServiceServicer_to_server(PlanServicer(engine, self._workers), self._server)
        add_CoverageServiceServicer_to_server(CoverageServicer(engine, self._workers), self._server)
        add_CredentialServiceServicer_to_server(CredentialServicer(engine, self._workers), self._server)
        add_StatusServiceServicer_to_server(StatusServicer(engine, self._workers), self._server)
        health_pb2_grpc.add_HealthServicer_to_server(self._health, self._server)
        names = (*SERVICES, health_pb2.DESCRIPTOR.services_by_name["Health"].full_name, reflection.SERVICE_NAME)
        reflection.enable_server_reflection(names, self._server)
        self.port = 0

    async def start(self) -> int:
        """Listens, answering NOT_SERVING until `load` is done; returns the port.

        Raises:
            RuntimeError: the address is taken.
        """
        await self._set_health(serving=False)
        self.port = self._server.add_insecure_port(f"{self._config.host}:{self._config.port}")
        await self._server.start()
        return self.port

    async def load(self) -> None:
        """Loads the engine in a thread; calls are answered UNAVAILABLE meanwhile.

        Raises:
            IndexModelMismatch: the stored vectors are of another model.
        """
        await asyncio.to_thread(self._engine.load)
        await self._processes.start()
        await self._set_health(serving=True)

    async def stop(self) -> None:
        """Says NOT_SERVING, refuses new calls, lets running ones finish for `drain_s`, then closes the engine."""
        await self._set_health(serving=False)
        self._engine.end_background_work()
        await self._edge.drain(self._config.drain_s)
        await self._server.stop(STOP_GRACE_S)
        await self._processes.stop()
        await asyncio.to_thread(self._workers.close)
        await asyncio.to_thread(self._engine.close)

    async def run(self, on_ready: Callable[[int], None]) -> None:
        """Serves until SIGTERM or SIGINT, then drains; `on_ready` is called with the port once matches are answered."""
        stopping = asyncio.Event()
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, stopping.set)
        port = await self.start()
        try:
            await self.load()
            await asyncio.to_thread(on_ready, port)
            await stopping.wait()
            log.info("draining", seconds=self._config.drain_s)
        finally:
            await self.stop()

    async def _prepare(self, method: str) -> None:
        """Before decisions are read, and before a person is deleted from them, those that wait elsewhere are written."""
        if method.startswith(DECISIONS) or method == DELETE_DOCUMENT:
            await self._processes.flush()

    async def _set_health(self, *, serving: bool) -> None:
        status = health_pb2.HealthCheckResponse
        for name in ("", *SERVICES):
            await self._health.set(name, status.SERVING if serving else status.NOT_SERVING)
