"""Facts of the documents of one kind as columns, so that a filter is decided for all of them at once.

Enters: one `FactRow` per document, under a row number that the caller keeps (a catalog's slot). Leaves: columns and masks over
rows 0 … n-1. Refused with `InvalidDocument`: a time without a zone. Not safe for writers beside readers; the engine holds its
lock around both.

Numbers, enum codes, times (microseconds), dates (ordinals) and interned strings share one float64 matrix, NaN where unknown:
about 140 bytes per row. Skills, certificates, languages, tags and start dates are inverted: one array of rows per member.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from matcher.domain.document import Delivery, EducationLevel, Kind
from matcher.errors import InvalidDocument
from matcher.match.filter.facts import FactRow
from matcher.match.filter.fields import FIELDS, FieldType, microseconds
from matcher.match.filter.inverted import Inverted
from matcher.match.filter.regions import folded

_INTERNED = frozenset({FieldType.STRING, FieldType.PHRASE, FieldType.REGION})
_NUMERIC = _INTERNED | {FieldType.NUMBER, FieldType.ENUM, FieldType.TIME, FieldType.DATE}
_COLUMN = {
    name: number
    for number, name in enumerate(f.name for f in FIELDS.values() if f.type in _NUMERIC and f.name != "kind")
}
# fields that hold no fact of their own: known where one of those is that they are made of
MADE_OF = {"salary": ("salary_min", "salary_max"), "valid_on": ("valid_from", "valid_until")}
_FIRST_CAPACITY = 1024


class FactColumns:
    """Facts of documents of one kind by row.

    Args:
        kind: what `kind = …` is compared with.
    """

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.n = 0
        self._matrix = np.full((len(_COLUMN), _FIRST_CAPACITY), np.nan)
        self._present = np.zeros(_FIRST_CAPACITY, np.bool_)
        self._codes: dict[str, dict[str, int]] = {name: {} for name in _COLUMN if FIELDS[name].type in _INTERNED}
        self._ids: list[str] = []
        self._titles: list[str] = []  # folded
        self._row_by_id: dict[str, int] = {}
        self._members = {name: Inverted() for name in ("skill", "credential", "language", "tag", "start_date")}

    @property
    def present(self) -> NDArray[np.bool_]:
        """Rows that hold a document, (n,), a view: valid until the next write."""
        return self._present[: self.n]

    def put(self, row: int, facts: FactRow) -> None:
        """Hold the facts of one document under `row` (>= 0), in place of what was there.

        Raises:
            InvalidDocument: a time without a zone; nothing is changed then.
        """
        values = self._values(facts)
        if row < self.n:
            self.remove(row)
        self._reserve(row + 1)
        self._matrix[:, row] = values
        self._present[row] = True
        self._ids[row] = facts.id
        self._titles[row] = folded(facts.title)
        self._row_by_id[facts.id] = row
        self._members["skill"].put(row, facts.skills)
        self._members["credential"].put(row, facts.credentials)
        self._members["language"].put(row, facts.languages)
        self._members["tag"].put(row, map(folded, facts.tags))
        self._members["start_date"].put(row, (day.isoformat() for day in facts.start_dates))

    def remove(self, row: int) -> None:
        """Forget a row; one that holds nothing is left as it is."""
        if row >= self.n or not self._present[row]:
            return
        self._matrix[:, row] = np.nan
        self._present[row] = False
        if self._row_by_id.get(self._ids[row]) == row:
            del self._row_by_id[self._ids[row]]
        self._ids[row] = self._titles[row] = ""
        for inverted in self._members.values():
            inverted.remove(row)

    def numbers(self, field: str) -> NDArray[np.float64]:
        """A field's numbers or codes, (n,) float64, NaN where unknown; a view except for `kind`."""
        if field == "kind":
            return np.full(self.n, float(FIELDS["kind"].codes[self.kind.name]))
        return self._matrix[_COLUMN[field], : self.n]

    def title(self, row: int) -> str:
        """Title of a row, folded; "" where there is none."""
        return self._titles[row]

    def known(self, field: str, *, sets_are_known: bool = False) -> NDArray[np.bool_]:
        """Rows that state the field, (n,). With `sets_are_known` an empty set counts as stated."""
        if field in ("kind", "id") or sets_are_known:
            return np.ones(self.n, np.bool_)
        if field == "title":
            return np.fromiter(map(bool, self._titles), np.bool_, self.n)
        if field in self._members:
            return self._members[field].any(self.n)
        if field in MADE_OF:
            first, second = MADE_OF[field]
            either: NDArray[np.bool_] = ~(np.isnan(self.numbers(first)) & np.isnan(self.numbers(second)))
            return either
        return ~np.isnan(self.numbers(field))

    def equal(self, field: str, value: str) -> NDArray[np.bool_]:
        """Rows whose string is `value`, or whose set holds it, (n,)."""
        if field in self._members:
            return self._members[field].mask(value, self.n)
        if field == "id":
            mask = np.zeros(self.n, np.bool_)
            row = self._row_by_id.get(value)
            if row is not None:
                mask[row] = True
            return mask
        if field == "title":
            return np.fromiter((title == value for title in self._titles), np.bool_, self.n)
        coded: NDArray[np.bool_] = self.numbers(field) == self._codes[field].get(value, -1)
        return coded

    def containing(self, field: str, part: str) -> NDArray[np.bool_]:
        """Rows whose text holds `part` (folded), (n,).

        Raises:
            KeyError: the field is neither the title nor an interned string.
        """
        if field == "title":
            return np.fromiter((part in title for title in self._titles), np.bool_, self.n)
        return self.whose_string(field, (text for text in self._codes[field] if part in text))

    def strings(self, field: str) -> Iterable[str]:
        """All values (folded) of an interned field so far, also those that no row holds any more."""
        return self._codes[field].keys()

    def whose_string(self, field: str, wanted: Iterable[str]) -> NDArray[np.bool_]:
        """Rows whose interned string is one of those wanted (folded), (n,)."""
        codes = self._codes[field]
        is_wanted = np.zeros(len(codes) + 1, np.bool_)  # the last entry stands for unknown
        is_wanted[[codes[text] for text in wanted]] = True
        return is_wanted[np.nan_to_num(self.numbers(field), nan=len(codes)).astype(np.int32)]

    def members(self, field: str) -> Iterable[str]:
        """All members of a set field so far."""
        return self._members[field].members()

    def holding_any(self, field: str, members: Iterable[str]) -> NDArray[np.bool_]:
        """Rows whose set holds one of `members` or more, (n,)."""
        return self._members[field].mask_of_any(members, self.n)

    def _values(self, facts: FactRow) -> list[float]:
        values: list[float] = []
        for name in _COLUMN:
            value = getattr(facts, name)
            if value is None or value == "":
                values.append(np.nan)
            elif isinstance(value, datetime):
                if value.tzinfo is None:
                    raise InvalidDocument(f"{name} has no time zone", field=name)
                values.append(float(microseconds(value)))
            elif isinstance(value, date):
                values.append(float(value.toordinal()))
            elif isinstance(value, EducationLevel | Delivery):
                values.append(float(FIELDS[name].codes[value.name]))
            elif isinstance(value, str):
                codes = self._codes[name]
                values.append(float(codes.setdefault(folded(value), len(codes))))
            else:
                values.append(float(value))
        return values

    def _reserve(self, n: int) -> None:
        if n > len(self._present):
            extra = max(n, len(self._present) * 3 // 2) - len(self._present)
            self._matrix = np.concatenate([self._matrix, np.full((len(_COLUMN), extra), np.nan)], axis=1)
            self._present = np.concatenate([self._present, np.zeros(extra, np.bool_)])
        for texts in (self._ids, self._titles):
            texts.extend([""] * (n - len(texts)))
        self.n = max(self.n, n)
