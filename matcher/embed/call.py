"""What an encoder should know of the call that it works for: until when the answer is wanted, and how urgent it is.

Enters: set where a call comes in. Leaves: read by the encoder, so that the journeys between the two need not pass it on. A
context variable, since it belongs to the call and not to a thread; it refuses nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Call:
    """The call under way.

    `deadline`: time.monotonic() after which nobody wants the answer, None: never. `bulk`: part of an import, so that queries
    go before it. `stepping_aside`: what its thread stands in while it waits for the model, so that another call may run.
    """

    deadline: float | None = None
    bulk: bool = False
    stepping_aside: Callable[[], AbstractContextManager[None]] = nullcontext

    @property
    def is_late(self) -> bool:
        """Whether the deadline has passed."""
        return self.deadline is not None and time.monotonic() >= self.deadline


_CALL: ContextVar[Call] = ContextVar("call", default=Call())  # noqa: B039  (frozen: nothing of it is shared that changes)


def current_call() -> Call:
    """The call that this code works for."""
    return _CALL.get()


def set_deadline(seconds: float) -> None:
    """Gives the call of this context a deadline, `seconds` from now."""
    _CALL.set(replace(_CALL.get(), deadline=time.monotonic() + seconds))


@contextmanager
def calling(**changes: Any) -> Iterator[None]:
    """The present call with some of its fields changed, while the context lasts."""
    token = _CALL.set(replace(_CALL.get(), **changes))
    try:
        yield
    finally:
        _CALL.reset(token)
