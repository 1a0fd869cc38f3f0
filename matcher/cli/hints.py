"""What to do about a refusal, in one clause.

Enters: the status of a refused call. Leaves: a hint, "" where the message itself says all. It refuses nothing.
"""

from __future__ import annotations

import re

from google.rpc.status_pb2 import Status

from matcher.serve.client import error_info

_DOCUMENT = re.compile(r"\b(candidates|postings|courses)/")
_CONCEPT = re.compile(r"\b(skill|occupation)s?\b(?:/| )([a-z0-9._-]+)")
_SEARCHES = {"skill": "matcher skills search", "occupation": "matcher occupation search"}


def hint_of(status: Status) -> str:
    """The command or page that helps."""
    reason = error_info(status).reason
    if reason == "INVALID_FILTER":
        return "docs/filter.md describes fields and operators"
    if reason == "EMPTY_COHORT":
        return "`matcher list postings --filter …` shows what a filter passes"
    if reason != "RESOURCE_NOT_FOUND":
        return ""
    if found := _DOCUMENT.search(status.message):
        return f"`matcher list {found[1]}` shows what is stored"
    if found := _CONCEPT.search(status.message):
        return f"`{_SEARCHES[found[1]]} {found[2].replace('-', ' ')}` finds names"
    return ""
