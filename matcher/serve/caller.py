"""Who asks: the metadata key `x-caller-id` of a call. Enters: a call's context. Leaves: a name for the record of its decision."""

from __future__ import annotations

from typing import Any

from matcher.decisions import caller_id

CALLER_ID = "x-caller-id"


def caller_of(context: Any) -> str:
    """The caller as told, sanitised; `anonymous` where nothing is told. What is not told is not guessed from addresses."""
    for key, value in context.invocation_metadata() or ():
        if key == CALLER_ID and isinstance(value, str):
            return caller_id(value)
    return caller_id("")
