"""What passes between the service and its match processes: length-prefixed frames over a socket pair.

Enters: a question (which call, for whom, until when, on which state) with the bytes of its request. Leaves: frames, and what stands
in them. Both ends are ours and of one version, so nothing here is checked twice or kept compatible.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum

LENGTH = struct.Struct("<I")
_QUESTION = struct.Struct("<BqdHH")


class Method(IntEnum):
    """What is asked of a match process. `FLUSH`: write the decisions that are queued."""

    MATCH = 1
    EXPLAIN = 2
    FLUSH = 3


class Outcome(IntEnum):
    """How a question was answered. `STALE`: the process serves another model than the one in force; nobody answered."""

    REPLY = 1
    FAILED = 2
    STALE = 3
    READY = 4


@dataclass(frozen=True, slots=True)
class Question:
    """One call. `revision`: the answer must know all writes up to it. `limit_s`: seconds until nobody wants it.

    `in_force`: tag of the model and vectors in force. `request`: serialised message of the method.
    """

    method: Method
    revision: int
    limit_s: float
    in_force: str
    caller: str
    request: bytes


def sized(body: bytes) -> bytes:
    """A body with its length before it."""
    return LENGTH.pack(len(body)) + body


def question_frame(question: Question) -> bytes:
    """A question with its length before it."""
    tag, caller = question.in_force.encode(), question.caller.encode()
    head = _QUESTION.pack(question.method, question.revision, question.limit_s, len(tag), len(caller))
    return sized(b"".join((head, tag, caller, question.request)))


def question_of(body: bytes) -> Question:
    """Inverse of `question_frame`, without the length."""
    method, revision, limit_s, n_tag, n_caller = _QUESTION.unpack_from(body)
    tag_end = _QUESTION.size + n_tag
    caller_end = tag_end + n_caller
    return Question(
        Method(method),
        revision,
        limit_s,
        body[_QUESTION.size : tag_end].decode(),
        body[tag_end:caller_end].decode(),
        body[caller_end:],
    )


def answer_frame(outcome: Outcome, content: bytes = b"") -> bytes:
    """An answer with its length before it. `content`: the serialised reply, or the google.rpc.Status of a failure."""
    return sized(bytes((outcome,)) + content)


def answer_of(body: bytes) -> tuple[Outcome, bytes]:
    """Inverse of `answer_frame`, without the length."""
    return Outcome(body[0]), body[1:]
