"""What every call passes through: decoding, rules of the schema, admission, deadline, error mapping, a log line.

Enters: raw requests. Leaves: replies or a mapped status. Refuses early (Overloaded) what it cannot do in time; a log line holds
method, outcome, duration and request id, never anything of the request.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

import grpc
import structlog
from google.protobuf.message import DecodeError, Message

from matcher.config import ServerConfig
from matcher.embed.call import set_deadline
from matcher.errors import DeadlineExceeded, InvalidRequest, MatcherError, Overloaded, ShuttingDown
from matcher.serve.mapped import MappedFailure
from matcher.serve.status import status_of
from matcher.serve.turns import TurnPool
from matcher.serve.validate import check

log = structlog.get_logger()
T = TypeVar("T")
STATUS_DETAILS = "grpc-status-details-bin"
OURS = "/skillmatch.v1."


class Undecodable:
    """Stands for request bytes that are no message, so that the call gets a typed error instead of a broken stream."""


class Workers:
    """Threads that do the work of calls, with a bound on what waits for them.

    Writes have a turn of their own: they are serialised by the store anyway, and an import batch must not hold up a match. A
    call that waits for the model lends its turn to the next one.
    """

    def __init__(self, config: ServerConfig) -> None:
        self._readers = TurnPool(config.workers, "read")
        self._writer = TurnPool(1, "write")
        self._max = config.max_queued + config.workers
        self._n_pending = 0

    async def run(self, work: Callable[[], T]) -> T:
        """Runs blocking work that only reads in a thread.

        Raises:
            Overloaded: too much is waiting already.
        """
        return await self._submit(self._readers, work)

    async def write(self, work: Callable[[], T]) -> T:
        """Runs blocking work that changes documents, one at a time.

        Raises:
            Overloaded: too much is waiting already.
        """
        return await self._submit(self._writer, work)

    async def _submit(self, pool: TurnPool, work: Callable[[], T]) -> T:
        if self._n_pending >= self._max:
            raise Overloaded("the service has more work queued than it can do in time; try again")
        self._n_pending += 1
        future = pool.submit(work)
        # counted until the thread is done with it, not until the caller gives up
        loop = asyncio.get_running_loop()
        future.add_done_callback(lambda _: loop.call_soon_threadsafe(self._done))
        done: T = await asyncio.wrap_future(future)
        return done

    def close(self) -> None:
        """Lets running work end and drops what waits."""
        for pool in (self._readers, self._writer):
            pool.shutdown()

    def _done(self) -> None:
        self._n_pending -= 1


# the base is generic in the type stubs only
class EdgeInterceptor(grpc.aio.ServerInterceptor):  # type: ignore[misc]
    """Wraps each method of our services; those of others (health, reflection) pass unchanged.

    `prepare`: awaited with the method's path before each unary call.
    """

    def __init__(self, config: ServerConfig, prepare: Callable[[str], Awaitable[None]]) -> None:
        self._config = config
        self._prepare = prepare
        self._n_running = 0
        self._draining = False
        self._idle = asyncio.Event()
        self._idle.set()

    async def drain(self, limit_s: float) -> None:
        """Refuses calls from now on and waits until the running ones are done, at most `limit_s` seconds.

        grpc's own stop would cancel a call that arrives meanwhile; a client takes that for its own doing and does not retry.
        """
        self._draining = True
        with suppress(TimeoutError):
            await asyncio.wait_for(self._idle.wait(), limit_s)

    @contextmanager
    def _running(self) -> Iterator[None]:
        """Counts a call while it runs.

        Raises:
            ShuttingDown: the service drains.
        """
        if self._draining:
            raise ShuttingDown("the service is shutting down; try again")
        self._n_running += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._n_running -= 1
            if not self._n_running:
                self._idle.set()

    async def intercept_service(
        self,
        continuation: Callable[[grpc.HandlerCallDetails], Awaitable[Any]],
        handler_call_details: grpc.HandlerCallDetails,
    ) -> Any:
        """The wrapped handler of a method."""
        handler = await continuation(handler_call_details)
        method = handler_call_details.method
        if handler is None or not method.startswith(OURS):
            return handler
        decode = _tolerant(handler.request_deserializer)
        if handler.unary_unary:
            return grpc.unary_unary_rpc_method_handler(
                self._unary(method, handler.unary_unary), decode, _serialised(handler.response_serializer)
            )
        if handler.unary_stream:
            return grpc.unary_stream_rpc_method_handler(
                self._streaming(method, handler.unary_stream), decode, handler.response_serializer
            )
        return grpc.stream_stream_rpc_method_handler(
            self._streaming(method, handler.stream_stream), decode, handler.response_serializer
        )

    def _unary(
        self, method: str, behaviour: Callable[..., Awaitable[Message | bytes]]
    ) -> Callable[..., Awaitable[Message | bytes]]:
        async def call(request: Message | Undecodable, context: Any) -> Message | bytes:
            started = time.monotonic()
            limit_s = _limit_s(context, self._config.default_deadline_s)
            set_deadline(limit_s)  # each call has a task of its own, and with it a context of its own
            try:
                with self._running():
                    async with asyncio.timeout(limit_s):
                        checked_request = checked(request)
                        await self._prepare(method)
                        reply = await behaviour(checked_request, context)
            except Exception as error:
                await _abort(context, method, started, error)
                raise  # abort raises; this tells the type checker
            log.info("call", method=method, code="OK", duration_ms=_ms(started))
            return reply

        return call

    def _streaming(
        self, method: str, behaviour: Callable[..., AsyncIterator[Message]]
    ) -> Callable[..., AsyncIterator[Message]]:
        async def call(request: Any, context: Any) -> AsyncIterator[Message]:
            started = time.monotonic()
            limit_s = _limit_s(context, self._config.stream_deadline_s)
            set_deadline(limit_s)
            try:
                whole = isinstance(request, Message | Undecodable)
                with self._running():
                    async with asyncio.timeout(limit_s):
                        async for reply in behaviour(checked(request) if whole else request, context):
                            yield reply
            except Exception as error:  # noqa: BLE001  (the edge: everything is mapped)
                await _abort(context, method, started, error)
            log.info("call", method=method, code="OK", duration_ms=_ms(started))

        return call


def checked(request: Message | Undecodable) -> Message:
    """The request, if it is one and keeps the rules of the schema.

    Raises:
        InvalidRequest: it is not, or does not.
    """
    if isinstance(request, Undecodable):
        raise InvalidRequest(
            "the request cannot be decoded: a string field is not valid UTF-8, or the bytes are no message of this type",
            reason="UNDECODABLE_REQUEST",
            field="request",
        )
    check(request)
    return request


def _tolerant(deserializer: Callable[[bytes], Message]) -> Callable[[bytes], Message | Undecodable]:
    def decode(content: bytes) -> Message | Undecodable:
        try:
            return deserializer(content)
        except (DecodeError, UnicodeDecodeError):
            return Undecodable()

    return decode


def _serialised(serializer: Callable[[Message], bytes]) -> Callable[[Message | bytes], bytes]:
    """The serializer for replies of which some come serialised already, from a match process."""
    return lambda reply: reply if isinstance(reply, bytes) else serializer(reply)


def _limit_s(context: Any, default_s: float) -> float:
    """Seconds that a call may take: the caller's deadline, else the server's."""
    remaining = context.time_remaining()
    return default_s if remaining is None else float(remaining)


async def _abort(context: Any, method: str, started: float, error: Exception) -> None:
    request_id = uuid.uuid4().hex
    if isinstance(error, TimeoutError):
        error = DeadlineExceeded("the deadline passed before the work was done")
    status = error.status if isinstance(error, MappedFailure) else status_of(error, request_id)
    code = next(c for c in grpc.StatusCode if c.value[0] == status.code)
    if isinstance(error, MatcherError):
        log.info(
            "call", method=method, code=code.name, reason=error.code, duration_ms=_ms(started), request_id=request_id
        )
    elif isinstance(error, MappedFailure):
        log.info("call", method=method, code=code.name, duration_ms=_ms(started), answered_by="match process")
    else:
        # the type and the place, not the text: an exception's text may quote a document
        frame = place_of(error)
        log.error("call_failed", method=method, error=type(error).__name__, at=frame, request_id=request_id)
    await context.abort(code, status.message, ((STATUS_DETAILS, status.SerializeToString()),))


def place_of(error: Exception) -> str:
    """File and line where an error was raised: what a log may say of it."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace is not None else ""


def _ms(started: float) -> float:
    return round((time.monotonic() - started) * 1000, 2)
