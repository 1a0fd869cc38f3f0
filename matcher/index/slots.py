"""Rows in memory: which slot of a dense matrix holds which id.

Enters: checked ids and unit rows. Leaves: slots (positions `0 <= slot < n`, without holes), rows, ids. A removed row's
place is taken by the last row, so slots move; whoever keeps slots must follow `drop`. Not safe for threads by itself.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.index.protocol import Float32, Int64

NO_SLOT = -1
_PAGE_BITS = 12
_PAGE = 1 << _PAGE_BITS


class SlotById:
    """id → slot for whole arrays at once, in 4 bytes per id where ids are dense.

    A two-level table of pages of 4,096 ids: as fast as one flat array, but a lone id of 2^31 costs a page and 2 MiB of
    page numbers, not 8 GiB.
    """

    def __init__(self) -> None:
        self._page_of = np.zeros(0, np.int32)  # page 0 is shared by all ranges without ids
        self._pages = np.full((1, _PAGE), NO_SLOT, np.int32)
        self._n_pages = 1

    def get(self, ids: Int64) -> Int64:
        """Slots of `ids`, (n,) int64; `NO_SLOT` for unknown ones, negative and huge ones included."""
        if not len(ids):
            return np.zeros(0, np.int64)
        if ids.min() < 0 or ids.max() >> _PAGE_BITS >= len(self._page_of):
            slots = np.full(len(ids), NO_SLOT, np.int64)
            inside = (ids >= 0) & (ids >> _PAGE_BITS < len(self._page_of))
            slots[inside] = self.get(ids[inside])
            return slots
        places = self._page_of.take(ids >> _PAGE_BITS).astype(np.int64)
        places <<= _PAGE_BITS
        places += ids & (_PAGE - 1)
        return self._pages.ravel().take(places).astype(np.int64)

    def set(self, ids: Int64, slots: Int64) -> None:
        """Point `ids` (all >= 0) to `slots`."""
        if not len(ids):
            return
        number = ids >> _PAGE_BITS
        self._grow(np.unique(number))
        self._pages[self._page_of[number], ids & (_PAGE - 1)] = slots

    def _grow(self, numbers: Int64) -> None:
        missing = int(numbers[-1]) + 1 - len(self._page_of)
        if missing > 0:
            room = max(missing, len(self._page_of) // 2)
            self._page_of = np.concatenate([self._page_of, np.zeros(room, np.int32)])
        fresh = numbers[self._page_of[numbers] == 0]
        if self._n_pages + len(fresh) > len(self._pages):
            room = max(len(fresh), len(self._pages) // 2)
            self._pages = np.concatenate([self._pages, np.full((room, _PAGE), NO_SLOT, np.int32)])
        self._page_of[fresh] = np.arange(self._n_pages, self._n_pages + len(fresh), dtype=np.int32)
        self._n_pages += len(fresh)


class RowTable:
    """Unit rows without holes, with the id of each and the time of its last change."""

    def __init__(self, dim: int) -> None:
        self.dim = dim
        self.n = 0
        self.clock = 0  # counts writes; `changed_since` compares with it
        self._rows = np.zeros((0, dim), np.float32)
        self._ids = np.zeros(0, np.int64)
        self._changed_at = np.zeros(0, np.int64)
        self._slot_by_id = SlotById()

    @property
    def rows(self) -> Float32:
        """(n, dim) float32, a view: valid until the next write."""
        return self._rows[: self.n]

    @property
    def ids(self) -> Int64:
        """(n,) int64, a view: valid until the next write."""
        return self._ids[: self.n]

    def slots_of(self, ids: Int64) -> Int64:
        """Slots of those `ids` that are here, ascending, each once."""
        slots = self._slot_by_id.get(ids)
        slots = slots[slots != NO_SLOT]
        # Marking is linear and beats sorting as soon as a good share of all rows is asked for.
        if len(slots) * 16 > self.n:
            mark = np.zeros(self.n, np.bool_)
            mark[slots] = True
            return np.flatnonzero(mark)
        return np.unique(slots)

    def put(self, ids: Int64, rows: Float32) -> Int64:
        """Store rows, replacing those of known ids; returns the slot of each distinct id, (m,) int64."""
        _, from_end = np.unique(ids[::-1], return_index=True)
        last = np.sort(len(ids) - 1 - from_end)  # of a repeated id the last row counts
        ids, rows = ids[last], rows[last]
        slots = self._slot_by_id.get(ids)
        new = slots == NO_SLOT
        n_new = int(new.sum())
        slots[new] = np.arange(self.n, self.n + n_new)
        self._reserve(self.n + n_new)
        self.n += n_new
        self.clock += 1
        self._rows[slots] = rows
        self._ids[slots] = ids
        self._changed_at[slots] = self.clock
        self._slot_by_id.set(ids[new], slots[new])
        return slots

    def drop(self, identifier: int) -> tuple[int, int] | None:
        """Remove one id. Returns (its slot, the slot of the row that has moved there), or `None` if it is not here.

        The two are equal if the removed row was the last one. The vacated place is zeroed, so that the row is gone.
        """
        slot = int(self._slot_by_id.get(np.array([identifier], np.int64))[0])
        if slot == NO_SLOT:
            return None
        last = self.n - 1
        self.clock += 1
        self._slot_by_id.set(self._ids[[slot]], np.array([NO_SLOT], np.int64))
        if slot != last:
            self._rows[slot] = self._rows[last]
            self._ids[slot] = self._ids[last]
            self._changed_at[slot] = self.clock
            self._slot_by_id.set(self._ids[[slot]], np.array([slot], np.int64))
        self._rows[last] = 0.0
        self.n = last
        return slot, last

    def changed_since(self, clock: int) -> NDArray[np.intp]:
        """Slots whose row or id was written after `clock`, ascending."""
        return np.flatnonzero(self._changed_at[: self.n] > clock)

    def _reserve(self, n: int) -> None:
        if n <= len(self._ids):
            return
        # Half as much again: amortised constant copying at a worst case of 50 % unused memory.
        extra = max(n, len(self._ids) * 3 // 2) - len(self._ids)
        self._rows = np.concatenate([self._rows, np.zeros((extra, self.dim), np.float32)])
        self._ids = np.concatenate([self._ids, np.zeros(extra, np.int64)])
        self._changed_at = np.concatenate([self._changed_at, np.zeros(extra, np.int64)])
