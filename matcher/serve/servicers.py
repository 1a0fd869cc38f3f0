"""The services of the contract: each method converts, calls the engine in a worker thread, and converts back."""

from __future__ import annotations

import os
import time
from collections.abc import AsyncIterator
from typing import Any

from google.protobuf.message import Message

from matcher import __version__
from matcher._gen.skillmatch.v1 import document_pb2 as doc
from matcher._gen.skillmatch.v1 import document_pb2_grpc as doc_grpc
from matcher._gen.skillmatch.v1 import match_pb2 as pb
from matcher._gen.skillmatch.v1 import match_pb2_grpc as pb_grpc
from matcher._gen.skillmatch.v1 import status_pb2 as st
from matcher._gen.skillmatch.v1 import status_pb2_grpc as st_grpc
from matcher.embed.batching import BatchingEncoder
from matcher.embed.call import current_call
from matcher.engine import Engine
from matcher.errors import MatcherError
from matcher.serve.answers import explain_answer, match_answer
from matcher.serve.caller import caller_of
from matcher.serve.convert import (
    KIND_BY_NUMBER,
    KINDS,
    OUTCOMES,
    document_full,
    document_summary,
    raw_document,
    warnings_to,
)
from matcher.serve.convert_match import versions_to
from matcher.serve.edge import Undecodable, Workers, checked
from matcher.serve.frames import Method
from matcher.serve.import_stream import import_stream
from matcher.serve.mapped import MappedFailure
from matcher.serve.match_processes import MatchProcesses
from matcher.serve.models import swap_to
from matcher.serve.status import status_of

LIST_PAGE_SIZE = 50
NO_LIMIT_S = 3600.0


class DocumentServicer(doc_grpc.DocumentServiceServicer):
    """DocumentService."""

    def __init__(self, engine: Engine, workers: Workers) -> None:
        self._engine = engine
        self._workers = workers

    async def UpsertDocument(self, request: doc.UpsertDocumentRequest, context: Any) -> doc.UpsertDocumentResponse:  # noqa: N802, D102, ARG002
        raw = raw_document(request.document)
        stored, result = await self._workers.write(lambda: self._engine.upsert(raw, request.request_id))
        return doc.UpsertDocumentResponse(
            document=document_full(stored, self._engine.taxonomy),
            outcome=OUTCOMES[result.outcome] if result.outcome else doc.WRITE_OUTCOME_UNSPECIFIED,
            warnings=warnings_to(result.warnings),
        )

    async def ImportDocuments(  # noqa: N802, D102
        self,
        request_iterator: AsyncIterator[doc.ImportDocumentsRequest | Undecodable],
        context: Any,  # noqa: ARG002
    ) -> AsyncIterator[doc.ImportDocumentsResponse]:
        async for response in import_stream(self._engine, self._workers, request_iterator):
            yield response

    async def GetDocument(self, request: doc.GetDocumentRequest, context: Any) -> doc.GetDocumentResponse:  # noqa: N802, D102, ARG002
        stored = await self._workers.run(lambda: self._engine.get(request.name))
        return doc.GetDocumentResponse(document=document_full(stored, self._engine.taxonomy))

    async def ListDocuments(self, request: doc.ListDocumentsRequest, context: Any) -> doc.ListDocumentsResponse:  # noqa: N802, D102, ARG002
        size = request.page_size or LIST_PAGE_SIZE
        kind = KIND_BY_NUMBER[request.kind]
        page = await self._workers.run(
            lambda: self._engine.list_documents(kind, request.filter, size, request.page_token)
        )
        return doc.ListDocumentsResponse(
            documents=[document_summary(s) for s in page.documents],
            next_page_token=page.next_page_token,
            total_size=page.total,
        )

    async def DeleteDocument(self, request: doc.DeleteDocumentRequest, context: Any) -> doc.DeleteDocumentResponse:  # noqa: N802, D102, ARG002
        await self._workers.write(lambda: self._engine.delete(request.name))
        return doc.DeleteDocumentResponse()


class MatchServicer(pb_grpc.MatchServiceServicer):
    """MatchService."""

    def __init__(self, engine: Engine, workers: Workers, processes: MatchProcesses | None = None) -> None:
        self._engine = engine
        self._workers = workers
        self._processes = processes

    async def Match(self, request: pb.MatchRequest, context: Any) -> pb.MatchResponse | bytes:  # noqa: N802, D102
        return await self._matched(request, caller_of(context))

    async def BatchMatch(  # noqa: N802, D102
        self,
        request: pb.BatchMatchRequest,
        context: Any,
    ) -> AsyncIterator[pb.BatchMatchResponse]:
        caller = caller_of(context)
        for position, item in enumerate(request.requests):
            try:
                checked(item)
                reply = await self._matched(item, caller)
                response = pb.MatchResponse.FromString(reply) if isinstance(reply, bytes) else reply
                yield pb.BatchMatchResponse(request_index=position, response=response)
            except MappedFailure as failure:
                yield pb.BatchMatchResponse(request_index=position, error=failure.status)
            except MatcherError as error:
                yield pb.BatchMatchResponse(request_index=position, error=status_of(error, f"batch-{position}"))

    async def Explain(self, request: pb.ExplainRequest, context: Any) -> pb.ExplainResponse | bytes:  # noqa: N802, D102, ARG002
        inline = "document" in (request.query.WhichOneof("source"), request.target.WhichOneof("source"))
        reply = await self._beside(Method.EXPLAIN, request, "", inline=inline)
        return reply if reply is not None else await self._workers.run(lambda: explain_answer(self._engine, request))

    async def _matched(self, request: pb.MatchRequest, caller: str) -> pb.MatchResponse | bytes:
        inline = request.query.WhichOneof("source") == "document"
        reply = await self._beside(Method.MATCH, request, caller, inline=inline)
        if reply is not None:
            return reply
        return await self._workers.run(lambda: match_answer(self._engine, request, caller))

    async def _beside(self, method: Method, request: Message, caller: str, *, inline: bool) -> bytes | None:
        """The reply of a match process. An inline document is embedded here where calls share the model's forward passes."""
        if self._processes is None or (inline and isinstance(self._engine.encoder, BatchingEncoder)):
            return None
        deadline = current_call().deadline
        limit_s = NO_LIMIT_S if deadline is None else deadline - time.monotonic()
        return await self._processes.answer(method, request, caller, limit_s)


class StatusServicer(st_grpc.StatusServiceServicer):
    """StatusService."""

    def __init__(self, engine: Engine, workers: Workers) -> None:
        self._engine = engine
        self._workers = workers
        self._started = time.monotonic()

    async def GetStatus(self, request: st.GetStatusRequest, context: Any) -> st.GetStatusResponse:  # noqa: N802, D102, ARG002
        status = await self._workers.run(self._engine.status)
        return st.GetStatusResponse(
            service_version=__version__,
            versions=versions_to(status.versions),
            dimension=status.dimension,
            skill_count=status.n_skills,
            kinds=[
                st.KindStatus(kind=KINDS[kind], document_count=count, index=status.indexes[kind])
                for kind, count in status.counts.items()
            ],
            uptime_s=time.monotonic() - self._started,
            resident_bytes=resident_bytes(),
            model_swap=None if status.swap is None else swap_to(status.swap),
        )


def resident_bytes() -> int:
    """Resident memory of this process, from /proc; 0 where there is none."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
