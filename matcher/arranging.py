"""What a request may do to a finished ranking: tell repeats with the first of them, cap organisations, diversify.

Enters: the best documents of a ranking and what the request asks for. Leaves: which of them are answered, in which order, and which
repeat which. Scores stay as they are. It refuses nothing. Call while reading the working set.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from matcher.match.diversify import capped, diversified
from matcher.match.duplicates import Signature, lookalikes, repeats, signature
from matcher.match.explain import Explained
from matcher.records import MatchQuery
from matcher.revision_cache import RevisionCache
from matcher.working_set import Shelf

KEPT_SIGNATURES = 20_000  # 1 KB each


@dataclass(frozen=True, slots=True)
class Arranged:
    """Positions of the answer in its order. `repeats`: row id → (name, share of common text) of those told with it."""

    positions: list[int]
    repeats: Mapping[int, tuple[tuple[str, float], ...]] = field(default_factory=dict)
    n_collapsed: int = 0
    n_capped: int = 0


AS_RANKED = Arranged([])  # of a ranking that nothing was asked for


class Arranger:
    """Arranges rankings; signatures of texts are kept between calls.

    Args:
        read: row id → revision into row id → document as it was then; a document that changed meanwhile is left out.
    """

    def __init__(self, read: Callable[[Mapping[int, int]], dict[int, Explained]]) -> None:
        self._read = read
        self._signatures: RevisionCache[Signature] = RevisionCache(KEPT_SIGNATURES)

    def arranged(
        self,
        query: MatchQuery,
        shelf: Shelf,
        slots: NDArray[np.int64],
        scores: NDArray[np.float64],
        order: list[int],
    ) -> Arranged:
        """What is answered of `order`, positions in `slots` and `scores`, best first."""
        found: dict[int, tuple[tuple[str, float], ...]] = {}
        kept = order
        if query.collapse:
            kept, found = self._collapsed(shelf, slots, order, query.collapse)
        n_collapsed = len(order) - len(kept)
        n_before = len(kept)
        if query.max_per_organisation:
            kept = capped(kept, shelf.facts.numbers("organisation")[slots], query.max_per_organisation)
        n_capped = n_before - len(kept)
        if query.diversity:
            kept = diversified(kept, scores, shelf.catalog.bodies_at(slots), query.diversity)
        return Arranged(kept, found, n_collapsed, n_capped)

    def forget(self, row_id: int) -> None:
        """Drops a deleted document."""
        self._signatures.forget(row_id)

    def _collapsed(
        self, shelf: Shelf, slots: NDArray[np.int64], order: list[int], threshold: float
    ) -> tuple[list[int], dict[int, tuple[tuple[str, float], ...]]]:
        ranked = slots[order]
        alike = lookalikes(shelf.catalog.bodies_at(ranked))
        rows = {int(shelf.catalog.row_ids[ranked[n]]): int(shelf.catalog.revisions[ranked[n]]) for n in alike}
        by_row = self._signed(rows)
        row_of = {n: int(shelf.catalog.row_ids[ranked[n]]) for n in alike}
        repeated = repeats({n: by_row[row] for n, row in row_of.items() if row in by_row}, threshold)
        found: dict[int, list[tuple[str, float]]] = {}
        for n, (first, likeness) in sorted(repeated.items()):
            found.setdefault(row_of[first], []).append((shelf.catalog.names[ranked[n]], likeness))
        kept = [position for n, position in enumerate(order) if n not in repeated]
        return kept, {row: tuple(told) for row, told in found.items()}

    def _signed(self, revision_by_row: Mapping[int, int]) -> dict[int, Signature]:
        known = {
            row: kept for row, at in revision_by_row.items() if (kept := self._signatures.get(row, at)) is not None
        }
        for row, explained in self._read({r: at for r, at in revision_by_row.items() if r not in known}).items():
            known[row] = signature(explained.document.text)
            self._signatures.put(row, revision_by_row[row], known[row])
        return known
