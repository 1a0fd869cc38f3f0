"""Facts of the documents of one kind as columns, so that a filter is decided for all of them at once.

Enters: one `FactRow` per document, under a row number that the caller keeps (a catalog's slot). Leaves: columns and masks over
rows 0 … n-1. Refused with `InvalidDocument`: a time without a zone. Not safe for writers beside readers; the engine holds its
lock around both.

Numbers, enum codes, times (microseconds) and interned strings share one float64 matrix, NaN where unknown: about 90 bytes per
row. Skills and languages are inverted: one array of rows per skill.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from matcher.domain.document import Delivery, Document, EducationLevel, Kind
from matcher.errors import InvalidDocument
from matcher.match.filter.fields import FIELDS, FieldType, folded, microseconds

_NUMERIC = tuple(
    field.name
    for field in FIELDS.values()
    if field.type in (FieldType.NUMBER, FieldType.ENUM, FieldType.TIME, FieldType.STRING) and field.name != "kind"
)
_COLUMN = {name: number for number, name in enumerate(_NUMERIC)}
_FIRST_CAPACITY = 1024
# ISO 4217 currencies without minor units; all others that postings use have two decimals.
_NO_MINOR_UNITS = frozenset({"CLP", "ISK", "JPY", "KRW", "VND", "XAF", "XOF", "XPF"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRow:
    """Facts of one document. `None` or empty: the document does not say.

    `salary_min`, `salary_max`: currency units (not minor units) per month. `practice_share`: [0, 1]. `skills`: ids.
    Times have a zone.
    """

    id: str
    title: str = ""
    languages: tuple[str, ...] = ()
    skills: frozenset[str] = frozenset()
    region: str | None = None
    education: EducationLevel | None = None
    experience_years: float | None = None
    currency: str | None = None
    salary_min: float | None = None
    salary_max: float | None = None
    hours: float | None = None
    credits: float | None = None
    practice_share: float | None = None
    delivery: Delivery | None = None
    create_time: datetime | None = None
    update_time: datetime | None = None

    @classmethod
    def of(
        cls,
        document: Document,
        skills: Iterable[str],
        *,
        create_time: datetime | None = None,
        update_time: datetime | None = None,
    ) -> FactRow:
        """Facts of a document that shows or demands `skills` (ids)."""
        facts, salary = document.facts, document.facts.salary
        units = 1.0 if salary is not None and salary.currency in _NO_MINOR_UNITS else 100.0
        low, high = (None, None) if salary is None else (salary.monthly_min_minor, salary.monthly_max_minor)
        return cls(
            id=document.id,
            title=document.title,
            languages=document.languages,
            skills=frozenset(skills),
            region=facts.region,
            education=facts.education,
            experience_years=facts.experience_years,
            currency=None if salary is None else salary.currency,
            salary_min=None if low is None else low / units,
            salary_max=None if high is None else high / units,
            hours=facts.hours,
            credits=facts.credits,
            practice_share=facts.practice_share,
            delivery=facts.delivery,
            create_time=create_time,
            update_time=update_time,
        )


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
        self._codes: dict[str, dict[str, int]] = {name: {} for name in _COLUMN if FIELDS[name].type is FieldType.STRING}
        self._ids: list[str] = []
        self._titles: list[str] = []  # folded
        self._row_by_id: dict[str, int] = {}
        self._members = {"skill": _Inverted(), "language": _Inverted()}

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
        self._members["language"].put(row, facts.languages)

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

    def known(self, field: str, *, sets_are_known: bool = False) -> NDArray[np.bool_]:
        """Rows that state the field, (n,). With `sets_are_known` an empty set counts as stated."""
        if field in ("kind", "id") or sets_are_known:
            return np.ones(self.n, np.bool_)
        if field == "title":
            return np.fromiter(map(bool, self._titles), np.bool_, self.n)
        if field in self._members:
            return self._members[field].any(self.n)
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
        """Rows whose text holds `part` (folded), (n,); `title` is the only text.

        Raises:
            KeyError: another field.
        """
        return np.fromiter((part in title for title in {"title": self._titles}[field]), np.bool_, self.n)

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


class _Inverted:
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
