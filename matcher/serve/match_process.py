"""A match process: answers Match and Explain from memory of its own, one after the other, for the service that started it.

Enters: frames of `frames.py` on the socket whose number is the first argument, before them the settings as JSON. Leaves:
answers. It never writes documents: before each answer, and while it is idle, it takes in what the service has committed, so that
a write that was acknowledged is seen by every later match. It ends when the socket is closed, also by the death of the service.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import uuid

import structlog
from google.protobuf.message import Message

from matcher._gen.skillmatch.v1 import match_pb2 as pb
from matcher.config import Settings
from matcher.embed.call import set_deadline
from matcher.engine_beside import EngineBeside
from matcher.errors import MatcherError
from matcher.logs import configure_logs
from matcher.serve.answers import explain_answer, match_answer
from matcher.serve.edge import place_of
from matcher.serve.frames import LENGTH, Method, Outcome, Question, answer_frame, question_of
from matcher.serve.status import status_of

log = structlog.get_logger()
IDLE_S = 0.5  # how often an idle process looks for new documents, so that a first match after an import need not wait for them


def main(descriptor: int) -> None:
    """Loads, says READY, and answers until the other end is closed."""
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.SIG_IGN)  # the service decides when its processes end
    with socket.socket(fileno=descriptor) as channel:
        settings = Settings(**json.loads(_frame(channel)))
        engine = EngineBeside(settings)
        engine.load()
        channel.sendall(answer_frame(Outcome.READY))
        while (body := _next_frame(channel, engine)) is not None:
            channel.sendall(_answer(engine, question_of(body)))
    engine.close()


def _next_frame(channel: socket.socket, engine: EngineBeside) -> bytes | None:
    """The next question; None at the end. Catches up while there is none."""
    channel.settimeout(IDLE_S)
    while True:
        try:
            head = channel.recv(LENGTH.size, socket.MSG_PEEK)
            break
        except TimeoutError:
            engine.catch_up()
    channel.settimeout(None)
    if len(head) == 0:
        return None
    return _frame(channel)


def _frame(channel: socket.socket) -> bytes:
    (length,) = LENGTH.unpack(_exactly(channel, LENGTH.size))
    return _exactly(channel, length)


def _exactly(channel: socket.socket, n: int) -> bytes:
    content = bytearray(n)
    view, filled = memoryview(content), 0
    while filled < n:
        got = channel.recv_into(view[filled:])
        if not got:
            raise SystemExit(0)  # the service died in the middle of a question
        filled += got
    return bytes(content)


def _answer(engine: EngineBeside, question: Question) -> bytes:
    try:
        if question.method is Method.FLUSH:
            engine.decisions.flush()
            return answer_frame(Outcome.REPLY)
        if question.in_force != engine.present.now.tag:
            return answer_frame(Outcome.STALE)
        engine.catch_up(question.revision)
        set_deadline(question.limit_s)
        return answer_frame(Outcome.REPLY, _reply(engine, question).SerializeToString())
    except Exception as error:  # noqa: BLE001  (mapped, and sent to whoever asked)
        request_id = uuid.uuid4().hex
        if not isinstance(error, MatcherError):
            # the type and the place, not the text: an exception's text may quote a document
            log.error("call_failed", error=type(error).__name__, at=place_of(error), request_id=request_id)  # noqa: TRY400
        return answer_frame(Outcome.FAILED, status_of(error, request_id).SerializeToString())


def _reply(engine: EngineBeside, question: Question) -> Message:
    if question.method is Method.MATCH:
        return match_answer(engine, pb.MatchRequest.FromString(question.request), question.caller)
    return explain_answer(engine, pb.ExplainRequest.FromString(question.request))


if __name__ == "__main__":
    # NumPy and FAISS are held to one thread: the processes are as many as the cores
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    configure_logs()
    main(int(sys.argv[1]))
