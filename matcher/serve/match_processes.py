"""The match processes of a service: started beside it, asked in turn, replaced when they die or serve a model that was.

Enters: checked requests of Match and Explain. Leaves: serialised replies, or None where no process can answer and the service
should do so itself. Python runs one thread of a process at a time; with as many processes as cores, matches use all of them, and
the service itself is left with the wire and the writes.
"""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys

import structlog
from google.protobuf.message import Message
from google.rpc.status_pb2 import Status

from matcher.config import ServerConfig
from matcher.engine import Engine
from matcher.errors import Overloaded
from matcher.serve.frames import LENGTH, Method, Outcome, Question, answer_of, question_frame, sized
from matcher.serve.mapped import MappedFailure

log = structlog.get_logger()
START_LIMIT_S = 600.0
STOP_LIMIT_S = 10.0
RESTART_AFTER_S = 1.0


class _Process:
    """One process and the socket to it; used by one question at a time."""

    def __init__(
        self, popen: subprocess.Popen[bytes], reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.popen = popen
        self._reader = reader
        self._writer = writer

    async def next_answer(self) -> tuple[Outcome, bytes]:
        """The next frame.

        Raises:
            OSError, EOFError: the process died.
        """
        (length,) = LENGTH.unpack(await self._reader.readexactly(LENGTH.size))
        return answer_of(await self._reader.readexactly(length))

    async def ask(self, frame: bytes) -> tuple[Outcome, bytes]:
        """Sends a question and returns its answer.

        Raises:
            OSError, EOFError: the process died.
        """
        self._writer.write(frame)
        await self._writer.drain()
        return await self.next_answer()

    async def end(self) -> None:
        """Closes the socket, on which the process writes what it has queued and ends; kills it if it does not."""
        self._writer.close()
        try:
            await asyncio.to_thread(self.popen.wait, STOP_LIMIT_S)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """Ends it at once; what it had queued is lost."""
        self._writer.close()
        self.popen.kill()
        self.popen.wait()


class MatchProcesses:
    """`config.match_processes` processes for one engine. `start` once the engine is loaded, `stop` before it is closed."""

    def __init__(self, engine: Engine, config: ServerConfig) -> None:
        self._engine = engine
        self._max_waiting = config.max_queued
        self._n_wanted = config.match_processes
        self._idle: asyncio.Queue[_Process] = asyncio.Queue()
        self._n_alive = self._n_waiting = 0
        self._flushing = asyncio.Lock()
        self._starting: set[asyncio.Task[None]] = set()
        self._stopping = False

    async def start(self) -> None:
        """Starts all and waits until they answer; one that cannot be started is tried again in the background."""
        await asyncio.gather(*(self._begin() for _ in range(self._n_wanted)))

    async def stop(self) -> None:
        """Lets each end after the question under way; decisions that they have queued are written."""
        self._stopping = True
        for task in self._starting:
            task.cancel()
        await asyncio.gather(*self._starting, return_exceptions=True)
        ending = []
        while self._n_alive:
            try:
                process = await asyncio.wait_for(self._idle.get(), STOP_LIMIT_S)
            except (
                TimeoutError
            ):  # it died in the middle of a question, or has not ended it in time; the latter ends with us
                break
            ending.append(process.end())
            self._n_alive -= 1
        await asyncio.gather(*ending)

    async def answer(self, method: Method, request: Message, caller: str, limit_s: float) -> bytes | None:
        """The serialised reply; None when no process can answer.

        Raises:
            Overloaded: too much is waiting already.
            MappedFailure: the call was refused.
        """
        if not self._n_alive:
            return None
        if self._n_waiting >= self._max_waiting:
            raise Overloaded("the service has more work queued than it can do in time; try again")
        self._n_waiting += 1
        try:
            process = await self._idle.get()
        finally:
            self._n_waiting -= 1
        engine = self._engine
        frame = question_frame(
            Question(
                method,
                engine.working_set.revision,
                limit_s,
                engine.present.now.tag,
                caller,
                request.SerializeToString(),
            )
        )
        # a caller that gives up must not leave an answer behind for the next one
        outcome, content = await asyncio.shield(asyncio.ensure_future(self._exchange(process, frame)))
        if outcome is Outcome.FAILED:
            raise MappedFailure(Status.FromString(content))
        return content if outcome is Outcome.REPLY else None

    async def flush(self) -> None:
        """Has every process write the decisions that it has queued."""
        async with self._flushing:
            frame = question_frame(Question(Method.FLUSH, 0, 0.0, "", "", b""))
            held = [await self._idle.get() for _ in range(self._n_alive)]
            await asyncio.gather(*(self._exchange(process, frame) for process in held))

    async def _exchange(self, process: _Process, frame: bytes) -> tuple[Outcome, bytes]:
        """Asks and gives the process back; one that died or is of another model is replaced."""
        try:
            outcome, content = await process.ask(frame)
        except (OSError, EOFError):
            outcome, content = Outcome.STALE, b""
            log.warning("match_process_died", exit_code=process.popen.poll())
        if outcome is Outcome.STALE:
            self._n_alive -= 1
            await process.end()
            self._begin_again()
        else:
            self._idle.put_nowait(process)
        return outcome, content

    def _begin_again(self) -> None:
        if not self._stopping:
            task = asyncio.ensure_future(self._begin(RESTART_AFTER_S))
            self._starting.add(task)
            task.add_done_callback(self._starting.discard)

    async def _begin(self, after_s: float = 0.0) -> None:
        await asyncio.sleep(after_s)
        try:
            process = await asyncio.wait_for(self._started(), START_LIMIT_S)
        except (OSError, EOFError, TimeoutError) as error:
            log.warning("match_process_not_started", error=type(error).__name__)
            self._begin_again()
            return
        self._n_alive += 1
        self._idle.put_nowait(process)

    async def _started(self) -> _Process:
        """A process that has loaded.

        Raises:
            OSError, EOFError: it ended before.
        """
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-m", "matcher.serve.match_process", str(theirs.fileno())]
        with theirs:
            popen = subprocess.Popen(command, pass_fds=[theirs.fileno()], env=_environment())  # noqa: S603  (our own module)
        process = _Process(popen, *await asyncio.open_connection(sock=ours))
        try:
            await process.ask(sized(self._engine.settings.model_dump_json().encode()))
        except BaseException:
            process.kill()
            raise
        return process


def _environment() -> dict[str, str]:
    """Ours without our own variables: the settings are handed over as they are, with the command line's on top."""
    kept = {k: v for k, v in os.environ.items() if not k.upper().startswith("SKILLMATCH_")}
    return {**kept, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
