"""ModelService: starts, watches and cancels a model swap. The swap itself runs in the engine, whoever watches it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from matcher._gen.skillmatch.v1 import model_pb2 as md
from matcher._gen.skillmatch.v1 import model_pb2_grpc as md_grpc
from matcher.engine import Engine
from matcher.errors import MatcherError
from matcher.records import SwapPhase, SwapProgress

# Progress is looked at so often; at most four replies a second reach who watches.
LOOK_EVERY_S = 0.25


class ModelServicer(md_grpc.ModelServiceServicer):
    """ModelService."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def SwapModel(self, request: md.SwapModelRequest, context: Any) -> AsyncIterator[md.SwapModelResponse]:  # noqa: N802, D102, ARG002
        # a thread beside those of the calls: to read gigabytes of weights for their digest must not hold up a match
        progress = await asyncio.to_thread(self._engine.swap_model, request.model)
        told: md.SwapModelResponse | None = None
        while True:
            response = md.SwapModelResponse(swap=swap_to(progress))
            if told is None or _differ(told.swap, response.swap):
                yield response
                told = response
            if progress.is_over or progress.phase is SwapPhase.PAUSED:
                break
            await asyncio.sleep(LOOK_EVERY_S)
            progress = self._engine.swap_progress() or progress
        if progress.error is not None:
            raise progress.error

    async def CancelModelSwap(  # noqa: N802, D102
        self,
        request: md.CancelModelSwapRequest,  # noqa: ARG002
        context: Any,  # noqa: ARG002
    ) -> md.CancelModelSwapResponse:
        progress = await asyncio.to_thread(self._engine.cancel_swap)
        return md.CancelModelSwapResponse(swap=swap_to(progress))


def swap_to(progress: SwapProgress) -> md.ModelSwap:
    """A swap; of an unexpected fault only that there was one."""
    error = progress.error
    told = error.message if isinstance(error, MatcherError) else "internal error; the log names its place"
    return md.ModelSwap(
        model=progress.model_id,
        phase=f"SWAP_PHASE_{progress.phase.name}",
        embedded_count=progress.n_embedded,
        document_count=progress.n_documents,
        elapsed_s=progress.seconds,
        checks=[
            md.SelfCheckResult(name=c.name, precision_at_1=c.precision_at_1, floor=c.floor) for c in progress.checks
        ],
        error="" if error is None else told,
    )


def _differ(before: md.ModelSwap, now: md.ModelSwap) -> bool:
    """Whether there is news: more than the clock has changed."""
    return (before.phase, before.embedded_count, before.document_count) != (
        now.phase,
        now.embedded_count,
        now.document_count,
    )
