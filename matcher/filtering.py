"""Filters on the documents in memory: which slots pass, and why none do.

Enters: a shelf and the text of a filter. Leaves: slots, or what each clause does. It refuses what the filter language
refuses. Call while reading the working set.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.match.filter import ClauseEffect, parse_filter, why_nothing
from matcher.working_set import Shelf


def allowed_slots(shelf: Shelf, filter_text: str) -> NDArray[np.int64] | None:
    """Slots that pass the filter, ascending; None for an empty filter.

    Raises:
        InvalidFilter: the filter does not parse or type-check.
    """
    if not filter_text.strip():
        return None
    mask = parse_filter(filter_text).mask(shelf.facts)
    in_use = shelf.catalog.slots_in_use()
    return in_use[mask[in_use]]


def filter_effects(shelf: Shelf, filter_text: str, own: int) -> tuple[ClauseEffect, ...]:
    """What each clause of a filter that leaves nothing does; the query's own slot (-1: none) is not counted."""
    among = shelf.facts.present.copy()
    if own >= 0:
        among[own] = False
    return why_nothing(filter_text, shelf.facts, among)
