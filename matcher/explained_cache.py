"""Documents decoded for evidence, kept between matches.

Enters: a document as it was at a revision. Leaves: the same, as long as it is among those used last and of that revision. It
refuses nothing.
"""

from __future__ import annotations

import threading
from collections import OrderedDict

from matcher.match.explain import Explained


class ExplainedCache:
    """Decoded documents by row id and revision, least recently used out first; safe to share between threads."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._entries: OrderedDict[int, tuple[int, Explained]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, row_id: int, revision: int) -> Explained | None:
        """The document as it was at its revision, or None."""
        with self._lock:
            entry = self._entries.get(row_id)
            if entry is None or entry[0] != revision:
                return None
            self._entries.move_to_end(row_id)
            return entry[1]

    def put(self, row_id: int, revision: int, explained: Explained) -> None:
        """Keeps a document."""
        with self._lock:
            self._entries[row_id] = (revision, explained)
            while len(self._entries) > self._capacity:
                self._entries.popitem(last=False)

    def forget(self, row_id: int) -> None:
        """Drops a document."""
        with self._lock:
            self._entries.pop(row_id, None)
