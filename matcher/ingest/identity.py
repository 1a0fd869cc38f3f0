"""The content hash of a document, and the id derived from it.

Enters: a RawDocument and its text as sent. Leaves: a SHA-256 hex digest that changes with kind, given title, given facts
or text and with nothing else, and `h-` + its first 16 digits for documents without id. It refuses nothing.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields
from datetime import date
from typing import Any

from matcher.domain.document import Facts, RawDocument, Salary


def content_hash(raw: RawDocument, text: str) -> str:
    """SHA-256 hex over kind, given title, given facts and the text as sent.

    Args:
        raw: the document as given; its id and media type do not count.
        text: its text before redaction (for a file: the text read from it).

    Returns:
        64 lower-case hex digits.
    """
    given = [raw.kind.value, raw.title, _plain_facts(raw.facts)]
    digest = hashlib.sha256(json.dumps(given, ensure_ascii=True, sort_keys=True).encode("ascii"))
    digest.update(b"\n")
    digest.update(text.encode("utf-8"))
    return digest.hexdigest()


def derived_id(digest: str) -> str:
    """Id of a document that came without one: `h-` and the first 16 digits of its content hash."""
    return f"h-{digest[:16]}"


def _plain_facts(facts: Facts) -> dict[str, Any]:
    """Given facts that are set, as JSON values. Spans point into the text and are no facts of their own."""
    plain: dict[str, Any] = {}
    for field in fields(facts):
        value = getattr(facts, field.name)
        if field.name == "spans" or value is None or value == ():
            continue
        plain[field.name] = _plain(value)
    return plain


def _plain(value: object) -> Any:
    if isinstance(value, Salary):
        return [value.currency, value.monthly_min_minor, value.monthly_max_minor]
    if isinstance(value, date):
        return value.isoformat()
    return [_plain(item) for item in value] if isinstance(value, tuple) else value
