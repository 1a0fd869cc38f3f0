"""A bounded cache of what was made of stored documents; an entry counts only for the revision that it was made of.

Enters: row ids with revisions. Leaves: what was kept, never what was made of another revision. It refuses nothing.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Generic, TypeVar

T = TypeVar("T")


class RevisionCache(Generic[T]):
    """What was made of documents, by row id and revision, least recently used out first; safe to share between threads."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._entries: OrderedDict[int, tuple[int, T]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, row_id: int, revision: int) -> T | None:
        """What was made of the document as it was at its revision, or None."""
        with self._lock:
            entry = self._entries.get(row_id)
            if entry is None or entry[0] != revision:
                return None
            self._entries.move_to_end(row_id)
            return entry[1]

    def put(self, row_id: int, revision: int, made: T) -> None:
        """Keeps what was made of a document."""
        with self._lock:
            self._entries[row_id] = (revision, made)
            while len(self._entries) > self._capacity:
                self._entries.popitem(last=False)

    def forget(self, row_id: int) -> None:
        """Drops what was made of a document."""
        with self._lock:
            self._entries.pop(row_id, None)
