"""A parsed filter, and which documents pass it.

Enters: `FactColumns`. Leaves: a mask over their rows. Refuses nothing: all checks are made by the parser.

Logic is three-valued (Kleene). A comparison with a fact that the document does not state is neither true nor false but
unknown; NOT of unknown is unknown; AND is false if a part is false, else unknown if a part is unknown; OR is true if a part is
true, else unknown if a part is unknown. Only true passes. So neither `hours > 40` nor `NOT hours > 40` finds a course that
does not state its hours; `hours:*` and `NOT hours:*` ask whether it does, and are never unknown. Skills are always known: a
document that does not name a skill does not have it.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from matcher.match.filter.columns import FactColumns
from matcher.match.filter.fields import Field, FieldType

Mask: TypeAlias = NDArray[np.bool_]


class Verdict(NamedTuple):
    """For each row whether it is true and whether it is false, (n,) bool each; neither: unknown."""

    true: Mask
    false: Mask


@dataclass(frozen=True, slots=True)
class Comparison:
    """`field comparator value`; the value as `fields.read_value` gives it."""

    field: Field
    comparator: str
    value: float | str


@dataclass(frozen=True, slots=True)
class Known:
    """`field:*`: the document states the fact."""

    field: Field


@dataclass(frozen=True, slots=True)
class Not:
    """True where `part` is false."""

    part: Expression


@dataclass(frozen=True, slots=True)
class And:
    """All of two or more `parts`."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of two or more `parts`."""

    parts: tuple[Expression, ...]


Expression: TypeAlias = Comparison | Known | Not | And | Or


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter as parsed; `expression` is `None` for the empty filter, which every document passes."""

    expression: Expression | None

    def mask(self, columns: FactColumns) -> Mask:
        """Which rows pass, (n,) bool with n = `columns.n`; rows that hold no document do not."""
        if self.expression is None:
            return columns.present.copy()
        return _verdict(self.expression, columns).true & columns.present


_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def _verdict(expression: Expression, columns: FactColumns) -> Verdict:
    match expression:
        case Not(part):
            verdict = _verdict(part, columns)
            return Verdict(verdict.false, verdict.true)
        case And(parts) | Or(parts):
            verdicts = [_verdict(part, columns) for part in parts]
            if isinstance(expression, And):
                return Verdict(_all([v.true for v in verdicts]), _any([v.false for v in verdicts]))
            return Verdict(_any([v.true for v in verdicts]), _all([v.false for v in verdicts]))
        case Known(field):
            known = columns.known(field.name)
            return Verdict(known, ~known)
        case Comparison():
            return _compared(expression, columns)


def _all(masks: list[Mask]) -> Mask:
    both = masks[0].copy()
    for mask in masks[1:]:
        both &= mask
    return both


def _any(masks: list[Mask]) -> Mask:
    either = masks[0].copy()
    for mask in masks[1:]:
        either |= mask
    return either


def _compared(comparison: Comparison, columns: FactColumns) -> Verdict:
    field, comparator, value = comparison.field, comparison.comparator, comparison.value
    if isinstance(value, float):
        column = columns.numbers(field.name)
        known = column == column  # noqa: PLR0124  # NaN alone differs from itself; 3 times as fast as isnan
        true = _COMPARE[comparator](column, value)
        if comparator == "!=":
            true &= known
        return Verdict(true, known & ~true)
    if field.type is FieldType.TEXT and comparator == ":":
        equal = columns.containing(field.name, value)
    else:
        equal = columns.equal(field.name, value)
    known = columns.known(field.name, sets_are_known=field.name == "skill")
    true, false = equal & known, ~equal & known
    return Verdict(false, true) if comparator == "!=" else Verdict(true, false)
