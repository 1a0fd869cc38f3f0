"""Sets by row, turned round: which rows hold a member.

Enters: one set per row, under a row number that the caller keeps. Leaves: masks over rows. It refuses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

_FIRST_CAPACITY = 1024


class Inverted:
    """Sets by row, kept as rows by member. Rows of a member are in no order, so that one is added or removed cheaply."""

    def __init__(self) -> None:
        self._number: dict[str, int] = {}
        self._rows: list[NDArray[np.int32]] = []  # longer than it is full, see _n_rows
        self._n_rows: list[int] = []
        self._members_of: dict[int, tuple[int, ...]] = {}
        self._filled = np.zeros(_FIRST_CAPACITY, np.bool_)  # rows in _members_of

    def put(self, row: int, members: Iterable[str]) -> None:
        """Give a row without members its set."""
        numbers = tuple(sorted({self._numbered(member) for member in members}))
        if not numbers:
            return
        if row >= len(self._filled):
            self._filled = np.concatenate([self._filled, np.zeros(max(row, len(self._filled)), np.bool_)])
        self._members_of[row] = numbers
        self._filled[row] = True
        for number in numbers:
            n = self._n_rows[number]
            if n == len(self._rows[number]):
                self._rows[number] = np.concatenate([self._rows[number], np.zeros(max(4, n // 2), np.int32)])
            self._rows[number][n] = row
            self._n_rows[number] = n + 1

    def remove(self, row: int) -> None:
        """Empty a row's set."""
        numbers = self._members_of.pop(row, ())
        if numbers:
            self._filled[row] = False
        for number in numbers:
            last = self._n_rows[number] - 1
            rows = self._rows[number]
            rows[np.flatnonzero(rows[: last + 1] == row)[0]] = rows[last]
            self._n_rows[number] = last

    def mask(self, member: str, n: int) -> NDArray[np.bool_]:
        """Rows whose set holds `member`, (n,)."""
        mask = np.zeros(n, np.bool_)
        number = self._number.get(member)
        if number is not None:
            mask[self._rows[number][: self._n_rows[number]]] = True
        return mask

    def members(self) -> Iterable[str]:
        """All members of any set so far, also those that no row holds any more."""
        return self._number.keys()

    def mask_of_any(self, members: Iterable[str], n: int) -> NDArray[np.bool_]:
        """Rows whose set holds one of `members` or more, (n,)."""
        mask = np.zeros(n, np.bool_)
        for member in members:
            mask |= self.mask(member, n)
        return mask

    def any(self, n: int) -> NDArray[np.bool_]:
        """Rows whose set is not empty, (n,)."""
        mask = np.zeros(n, np.bool_)
        filled = self._filled[:n]
        mask[: len(filled)] = filled
        return mask

    def _numbered(self, member: str) -> int:
        number = self._number.setdefault(member, len(self._rows))
        if number == len(self._rows):
            self._rows.append(np.zeros(4, np.int32))
            self._n_rows.append(0)
        return number
