"""Checks requests against the protovalidate rules of the schema.

Enters: messages. Leaves: nothing, or InvalidRequest with one field violation per broken rule.
"""

from __future__ import annotations

import protovalidate
from google.protobuf.message import Message

from matcher.errors import InvalidRequest


def check(message: Message, prefix: str = "") -> None:
    """Checks one message; `prefix` is put before the field paths.

    Raises:
        InvalidRequest: a rule is broken.
    """
    found = protovalidate.collect_violations(message)
    if found:
        raise InvalidRequest.of_violations(tuple((prefix + _path(v), v.proto.message) for v in found))


def _path(violation: protovalidate.Violation) -> str:
    """Field path as `document.facts.hours` or `requests[3].page_size`; oneof rules name the oneof."""
    parts: list[str] = []
    for element in violation.proto.field.elements if violation.proto.field is not None else ():
        subscript = element.subscript
        shown = f"[{subscript.value}]" if subscript is not None else ""
        parts.append(f"{element.field_name}{shown}")
    return ".".join(parts)
