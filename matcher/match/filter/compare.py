"""How one comparison of a filter is decided for all documents at once.

Enters: a field, a comparator and a value, and `FactColumns`. Leaves: a `Verdict`. It refuses nothing: the parser has checked.

What is made of two facts is decided as far as one of them tells. Asked for 8,000–12,000, a posting from 9,000 on fits whatever its
upper end is, one from 15,000 on does not, and of one from 5,000 on it is unknown.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from datetime import date
from functools import reduce
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from matcher.match.filter.columns import MADE_OF, FactColumns
from matcher.match.filter.fields import Field, FieldType, Interval, Value
from matcher.match.filter.regions import Relation, relation

Mask: TypeAlias = NDArray[np.bool_]
# a document that does not name a skill does not have it, so both are always known
_ALWAYS_KNOWN = frozenset({"skill", "credential"})


class Verdict(NamedTuple):
    """For each row whether it is true and whether it is false, (n,) bool each; neither: unknown."""

    true: Mask
    false: Mask


def all_true(verdicts: Sequence[Verdict]) -> Verdict:
    """Kleene's AND of one or more."""
    return Verdict(reduce(operator.and_, (v.true for v in verdicts)), reduce(operator.or_, (v.false for v in verdicts)))


def any_true(verdicts: Sequence[Verdict]) -> Verdict:
    """Kleene's OR of one or more."""
    return Verdict(reduce(operator.or_, (v.true for v in verdicts)), reduce(operator.and_, (v.false for v in verdicts)))


def compared(field: Field, comparator: str, value: Value, columns: FactColumns) -> Verdict:
    """Whether each row fulfils `field comparator value`."""
    if field.type is FieldType.DAY and isinstance(value, float):
        verdict = _standing_on(value, field, columns)
        return Verdict(verdict.false, verdict.true) if comparator == "!=" else verdict
    if isinstance(value, Interval):
        return (
            _overlapping(value, field, columns)
            if field.type is FieldType.BAND
            else _dated(field, comparator, value, columns)
        )
    if isinstance(value, float):
        return _ordered(columns.numbers(field.name), comparator, value)
    if field.type is FieldType.REGION:
        verdict = _in_region(value, field, columns)
        return Verdict(verdict.false, verdict.true) if comparator == "!=" else verdict
    is_part = comparator == ":" and field.type in (FieldType.TEXT, FieldType.PHRASE)
    equal = columns.containing(field.name, value) if is_part else columns.equal(field.name, value)
    known = columns.known(field.name, sets_are_known=field.name in _ALWAYS_KNOWN)
    true, false = equal & known, ~equal & known
    return Verdict(false, true) if comparator == "!=" else Verdict(true, false)


_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def _ordered(column: NDArray[np.float64], comparator: str, value: float) -> Verdict:
    known = column == column  # noqa: PLR0124  # NaN alone differs from itself; 3 times as fast as isnan
    true = _COMPARE[comparator](column, value)
    if comparator == "!=":
        true &= known
    return Verdict(true, known & ~true)


def _standing_on(day: float, field: Field, columns: FactColumns) -> Verdict:
    first, last = (columns.numbers(name) for name in MADE_OF[field.name])
    return all_true([_ordered(first, "<=", day), _ordered(last, ">=", day)])


def _overlapping(asked: Interval, field: Field, columns: FactColumns) -> Verdict:
    """Whether the band of a row overlaps the one asked for; what one end tells of the other is used where that is unknown."""
    low, high = (columns.numbers(name) for name in MADE_OF[field.name])
    verdicts = [Verdict(~np.isnan(low) | ~np.isnan(high), np.zeros(columns.n, np.bool_))]
    for end, bound, other, comparator in ((asked.low, high, low, ">="), (asked.high, low, high, "<=")):
        if end is not None:
            by_own, by_other = _ordered(bound, comparator, end), _ordered(other, comparator, end)
            # "pays 9,000 or more" says that the upper end is 9,000 or more, never that it is less
            verdicts.append(Verdict(by_own.true | by_other.true, by_own.false))
    return all_true(verdicts)


def _dated(field: Field, comparator: str, asked: Interval, columns: FactColumns) -> Verdict:
    """Whether one of a row's dates lies as asked."""
    low, high = asked.low, asked.high

    def fits(day: float) -> bool:
        if comparator == ":":
            return (low is None or day >= low) and (high is None or day <= high)
        return bool(_COMPARE[comparator](day, low))

    fitting = [day for day in columns.members(field.name) if fits(date.fromisoformat(day).toordinal())]
    true = columns.holding_any(field.name, fitting)
    return Verdict(true, columns.known(field.name) & ~true)


def _in_region(asked: str, field: Field, columns: FactColumns) -> Verdict:
    by_relation: dict[Relation, list[str]] = {kind: [] for kind in Relation}
    for stated in columns.strings(field.name):
        by_relation[relation(stated, asked)].append(stated)
    within, apart = (columns.whose_string(field.name, by_relation[kind]) for kind in (Relation.WITHIN, Relation.APART))
    return Verdict(within, apart)
