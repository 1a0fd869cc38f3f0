"""CredentialService: each method converts, calls the engine in a worker thread, and converts back."""

from __future__ import annotations

from typing import Any

from matcher._gen.skillmatch.v1 import credential_pb2 as pb
from matcher._gen.skillmatch.v1 import credential_pb2_grpc as pb_grpc
from matcher.engine import Engine
from matcher.paging import decode_offset, encode_token, fingerprint
from matcher.serve.convert_completion import completion_view_to, growth_response, new_completion_from
from matcher.serve.convert_credential import (
    FORMAT_BY_NUMBER,
    credential_to,
    design_query_from,
    design_response,
    new_credential_from,
    step_to,
    view_to,
)
from matcher.serve.convert_match import DEFAULT_LANGUAGE
from matcher.serve.convert_target import target_from
from matcher.serve.edge import Workers

LIST_PAGE_SIZE = 50


class CredentialServicer(pb_grpc.CredentialServiceServicer):
    """CredentialService."""

    def __init__(self, engine: Engine, workers: Workers) -> None:
        self._engine = engine
        self._workers = workers

    # --- bundles -------------------------------------------------------------------------------------------------

    async def DesignCredential(  # noqa: N802, D102
        self,
        request: pb.DesignCredentialRequest,
        context: Any,  # noqa: ARG002
    ) -> pb.DesignCredentialResponse:
        query = design_query_from(request)
        design = await self._workers.run(lambda: self._engine.credentials.drafts.design(query))
        return design_response(design, query.language)

    async def CreateCredential(  # noqa: N802, D102
        self,
        request: pb.CreateCredentialRequest,
        context: Any,  # noqa: ARG002
    ) -> pb.CreateCredentialResponse:
        new = new_credential_from(request.credential)
        view = await self._workers.write(lambda: self._engine.credentials.bundles.create(new))
        return pb.CreateCredentialResponse(view=view_to(view, request.language or DEFAULT_LANGUAGE))

    async def GetCredential(self, request: pb.GetCredentialRequest, context: Any) -> pb.GetCredentialResponse:  # noqa: N802, D102, ARG002
        view = await self._workers.run(lambda: self._engine.credentials.bundles.get(request.name))
        return pb.GetCredentialResponse(view=view_to(view, request.language or DEFAULT_LANGUAGE))

    async def ListCredentials(self, request: pb.ListCredentialsRequest, context: Any) -> pb.ListCredentialsResponse:  # noqa: N802, D102, ARG002
        tied_to = fingerprint("credentials", str(request.page_size))
        offset = decode_offset(request.page_token, tied_to)
        end = offset + (request.page_size or LIST_PAGE_SIZE)
        stored = await self._workers.run(self._engine.credentials.bundles.all)
        return pb.ListCredentialsResponse(
            credentials=[credential_to(credential) for credential in stored[offset:end]],
            next_page_token=encode_token(tied_to, str(end)) if end < len(stored) else "",
            total_size=len(stored),
        )

    async def DeleteCredential(  # noqa: N802, D102
        self,
        request: pb.DeleteCredentialRequest,
        context: Any,  # noqa: ARG002
    ) -> pb.DeleteCredentialResponse:
        await self._workers.write(lambda: self._engine.credentials.bundles.delete(request.name))
        return pb.DeleteCredentialResponse()

    async def StackCredentials(  # noqa: N802, D102
        self,
        request: pb.StackCredentialsRequest,
        context: Any,  # noqa: ARG002
    ) -> pb.StackCredentialsResponse:
        held = tuple(request.held_credentials)
        steps = await self._workers.run(lambda: self._engine.credentials.bundles.stack(request.candidate, held))
        return pb.StackCredentialsResponse(steps=[step_to(step) for step in steps])

    async def ExportCredential(  # noqa: N802, D102
        self,
        request: pb.ExportCredentialRequest,
        context: Any,  # noqa: ARG002
    ) -> pb.ExportCredentialResponse:
        written_as, language = FORMAT_BY_NUMBER[request.format], request.language or DEFAULT_LANGUAGE
        file = await self._workers.run(
            lambda: self._engine.credentials.bundles.export(
                request.name, written_as, language, request.issuer.strip(), request.base_url
            )
        )
        return pb.ExportCredentialResponse(content=file.content, media_type=file.media_type, filename=file.filename)

    # --- completions ---------------------------------------------------------------------------------------------

    async def RecordCompletion(  # noqa: N802, D102
        self,
        request: pb.RecordCompletionRequest,
        context: Any,  # noqa: ARG002
    ) -> pb.RecordCompletionResponse:
        new = new_completion_from(request)
        view = await self._workers.write(lambda: self._engine.completions.record(new))
        language = request.language or DEFAULT_LANGUAGE
        return pb.RecordCompletionResponse(view=completion_view_to(view, self._engine.taxonomy, language))

    async def ListCompletions(self, request: pb.ListCompletionsRequest, context: Any) -> pb.ListCompletionsResponse:  # noqa: N802, D102, ARG002
        views = await self._workers.run(lambda: self._engine.completions.of_candidate(request.candidate))
        taxonomy, language = self._engine.taxonomy, request.language or DEFAULT_LANGUAGE
        return pb.ListCompletionsResponse(completions=[completion_view_to(v, taxonomy, language) for v in views])

    async def DeleteCompletion(  # noqa: N802, D102
        self,
        request: pb.DeleteCompletionRequest,
        context: Any,  # noqa: ARG002
    ) -> pb.DeleteCompletionResponse:
        await self._workers.write(lambda: self._engine.completions.delete(request.name))
        return pb.DeleteCompletionResponse()

    async def GetGrowth(self, request: pb.GetGrowthRequest, context: Any) -> pb.GetGrowthResponse:  # noqa: N802, D102, ARG002
        target = target_from(request.target)
        growth = await self._workers.run(lambda: self._engine.credentials.growth.growth(request.candidate, target))
        return growth_response(growth, self._engine.taxonomy, request.language or DEFAULT_LANGUAGE)
