"""Cohort targets as they were resolved last: a counsellor holds one person after another against the same postings.

Enters: targets with the revision of memory that they were computed at. Leaves: the same, while nothing was written. The first
look at another revision drops all, so that nothing of a deleted posting is kept.
"""

from __future__ import annotations

import threading
from collections import OrderedDict

from matcher.domain.target import CohortTarget, Target
from matcher.working_set import WorkingSet


class TargetCache:
    """Targets by query at one revision, least recently used out first; safe to share between threads.

    Args:
        capacity: targets kept at most.
    """

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._state: tuple[WorkingSet, int] | None = None
        self._entries: OrderedDict[CohortTarget, Target] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, working_set: WorkingSet, revision: int, query: CohortTarget) -> Target | None:
        """The target of a query at a revision, or None."""
        with self._lock:
            self._enter(working_set, revision)
            found = self._entries.get(query)
            if found is not None:
                self._entries.move_to_end(query)
            return found

    def put(self, working_set: WorkingSet, revision: int, query: CohortTarget, target: Target) -> None:
        """Keeps a target, unless memory has moved on since it was computed."""
        with self._lock:
            if self._state != (working_set, revision):
                return
            self._entries[query] = target
            while len(self._entries) > self._capacity:
                self._entries.popitem(last=False)

    def _enter(self, working_set: WorkingSet, revision: int) -> None:
        if self._state != (working_set, revision):
            self._entries.clear()
            self._state = (working_set, revision)
