"""The import stream: items in, batched into transactions, results out in order, each only after its commit."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from matcher._gen.skillmatch.v1 import document_pb2 as doc
from matcher.engine import Engine
from matcher.errors import MatcherError
from matcher.records import ImportItem, ImportResult
from matcher.serve.convert import OUTCOMES, raw_document, truncation_to, warnings_to
from matcher.serve.edge import Undecodable, Workers, checked
from matcher.serve.status import status_of
from matcher.serve.validate import check

# Larger batches store faster but acknowledge later; 64 documents take about 0.2 s.
BATCH_ITEMS = 64
BATCH_BYTES = 8 * 2**20
# How long a batch waits for the next item before it is stored: bounds the delay of a slow sender's acknowledgement.
LINGER_S = 0.05
Incoming = doc.ImportDocumentsRequest | Undecodable | None


async def import_stream(
    engine: Engine, workers: Workers, requests: AsyncIterator[doc.ImportDocumentsRequest | Undecodable]
) -> AsyncIterator[doc.ImportDocumentsResponse]:
    """One response per request, in order.

    Raises:
        Overloaded: no thread was free for a batch; everything answered so far is stored.
    """
    queue: asyncio.Queue[Incoming] = asyncio.Queue(2 * BATCH_ITEMS)
    reader = asyncio.create_task(_read(requests, queue))
    seen: dict[str, str] = {}
    position = 0
    try:
        while batch := await _next_batch(queue):
            results = await workers.write(lambda batch=batch: _store(engine, batch, seen))  # type: ignore[misc]
            for result in results:
                yield _response(position, result)
                position += 1
        await reader
    finally:
        reader.cancel()


async def _read(
    requests: AsyncIterator[doc.ImportDocumentsRequest | Undecodable], queue: asyncio.Queue[Incoming]
) -> None:
    """Feeds the queue; None marks the end, also when the client broke off."""
    try:
        async for request in requests:
            await queue.put(request)
    except asyncio.CancelledError:
        raise  # nobody reads the queue any more: to wait for room in it would be to wait for ever
    except Exception:
        await queue.put(None)
        raise
    await queue.put(None)


async def _next_batch(queue: asyncio.Queue[Incoming]) -> list[doc.ImportDocumentsRequest | Undecodable]:
    """The next items, at least one unless the stream is at its end."""
    batch: list[doc.ImportDocumentsRequest | Undecodable] = []
    size = 0
    while len(batch) < BATCH_ITEMS and size < BATCH_BYTES:
        try:
            item = await (asyncio.wait_for(queue.get(), LINGER_S) if batch else queue.get())
        except TimeoutError:
            break
        if item is None:
            if batch:
                queue.put_nowait(None)  # the end is met again by the next call
            break
        batch.append(item)
        size += 0 if isinstance(item, Undecodable) else item.ByteSize()
    return batch


def _store(
    engine: Engine, batch: list[doc.ImportDocumentsRequest | Undecodable], seen: dict[str, str]
) -> list[ImportResult]:
    """Results of a batch in order; items that break the schema are refused one by one."""
    results: list[ImportResult | None] = [None] * len(batch)
    items: list[tuple[int, ImportItem]] = []
    for position, request in enumerate(batch):
        try:
            items.append((position, _item(request)))
        except MatcherError as error:
            name = "" if isinstance(request, Undecodable) else request.document.name
            results[position] = ImportResult(name=name[:80], error=error)
    stored = engine.import_documents([item for _, item in items], seen)
    for (position, _), result in zip(items, stored, strict=True):
        results[position] = result
    return [r for r in results if r is not None]


def _item(request: doc.ImportDocumentsRequest | Undecodable) -> ImportItem:
    message = checked(request)
    check(request.document, prefix="document.")  # type: ignore[union-attr]
    return ImportItem(raw_document(message.document), message.request_id)  # type: ignore[attr-defined]


def _response(position: int, result: ImportResult) -> doc.ImportDocumentsResponse:
    response = doc.ImportDocumentsResponse(
        item_index=position,
        name=result.name,
        warnings=warnings_to(result.warnings),
        mention_count=result.mention_count,
        truncation=truncation_to(result.truncation),
    )
    if result.error is not None:
        response.error.CopyFrom(status_of(result.error, f"import-{position}"))
    elif result.outcome is not None:
        response.outcome = OUTCOMES[result.outcome]
    return response
