"""Demand by occupation: stored postings counted by the occupation that their titles name.

Enters: the postings in memory that a filter passes. Leaves: per occupation how many there are and whether their share grows,
and how many titles name no occupation. A title counts for one occupation or for none; nothing is estimated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matcher.domain.document import Kind
from matcher.domain.transition import Demand, Trend, TrendSource
from matcher.field_paths import standing_at
from matcher.filtering import allowed_slots
from matcher.in_force import InForce
from matcher.plan.transition import trend_of
from matcher.taxonomy import OccupationSearch, Taxonomy

MAX_TITLES_KEPT = 100_000


@dataclass(frozen=True, slots=True, eq=False)
class CountedPostings:
    """Postings that a filter passes. `days`: (n,) first days as ordinals, NaN: not stated; `places`: occupation id → positions."""

    days: NDArray[np.float64]
    places: Mapping[str, Sequence[int]]

    @property
    def n_unnamed(self) -> int:
        """Postings whose title names no occupation, or more than one."""
        return len(self.days) - sum(map(len, self.places.values()))

    def of_occupation(self, occupation_id: str) -> Demand:
        """Demand for an occupation by what the store shows."""
        mine = self.places.get(occupation_id, ())
        return self.of_days(self.days[list(mine)])

    def of_days(self, days: NDArray[np.float64]) -> Demand:
        """Demand of postings with these first days."""
        trend, n_recent, n_earlier = trend_of(days, self.days)
        source = None if trend is Trend.UNKNOWN else TrendSource.STORE
        return Demand(len(days), trend, source, n_recent, n_earlier)


class PostingDemand:
    """Counts postings by occupation; what a title names is kept.

    Args:
        taxonomy: whose occupations.
    """

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._taxonomy = taxonomy
        self._search: OccupationSearch | None = None
        self._id_of = lru_cache(MAX_TITLES_KEPT)(self._named_by)

    def count(self, in_force: InForce, filter_text: str, field: str) -> CountedPostings:
        """The stored postings that a filter passes, all for "", by occupation; `field`: where the filter stands.

        Raises:
            InvalidFilter: the filter does not parse or type-check.
            IndexNotReady: documents are still being loaded.
        """
        with in_force.working_set.reading() as shelves:
            shelf = shelves[Kind.POSTING]
            with standing_at(field, of="filter"):
                allowed = allowed_slots(shelf, filter_text)
            slots = shelf.catalog.slots_in_use() if allowed is None else allowed
            titles = [shelf.facts.title(slot) for slot in slots.tolist()]
            days = shelf.facts.numbers("valid_from")[slots]
        places: dict[str, list[int]] = {}
        for position, title in enumerate(titles):
            if occupation_id := self._id_of(title):
                places.setdefault(occupation_id, []).append(position)
        return CountedPostings(days, places)

    def named_by(self, title: str) -> str:
        """Id of the occupation that a title names, "" for none. Not kept: a résumé's words stay in the résumé."""
        return self._named_by(title)

    def _named_by(self, title: str) -> str:
        if self._search is None:
            self._search = OccupationSearch(self._taxonomy)
        found = self._search.resolve_posting(title)
        return found.id if found else ""
