"""Why a filter leaves nothing: what each of its clauses lets through alone, and what would pass without it.

Enters: the text of a filter, the facts that it is applied to. Leaves: one `ClauseEffect` per condition that the filter joins by AND
at its top level. It refuses what the parser refuses.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np

from matcher.match.filter.columns import FactColumns
from matcher.match.filter.compare import Mask
from matcher.match.filter.fields import Field, FieldType
from matcher.match.filter.parser import parse_filter
from matcher.match.filter.syntax import Comparison, Expression, verdict


@dataclass(frozen=True, slots=True)
class ClauseEffect:
    """One clause of a filter that leaves nothing; counts are of documents.

    `text`: the clause as written, from 1-based `column` on, in code points. `n_alone`: pass this clause and need pass no other.
    `n_without`: pass all others; above 0, this clause alone stands in their way. `loosened`: this clause with the nearest bound
    that lets something pass all clauses, "" where there is none or the clause compares no order; `n_loosened`: how many pass then.
    """

    text: str
    column: int
    n_alone: int
    n_without: int
    loosened: str = ""
    n_loosened: int = 0


def why_nothing(filter_text: str, columns: FactColumns, among: Mask) -> tuple[ClauseEffect, ...]:
    """What each clause does, in the order of the text; nothing for an empty filter.

    Args:
        filter_text: the filter.
        columns: the facts of all documents.
        among: (n,) bool, which rows the filter is applied to.

    Raises:
        InvalidFilter: as `parse_filter`.
    """
    clauses = parse_filter(filter_text).clauses
    passing = [verdict(clause.expression, columns).true & among for clause in clauses]
    n_failed = np.zeros(columns.n, np.int64)
    for mask in passing:
        n_failed += ~mask
    effects = []
    for clause, mask in zip(clauses, passing, strict=True):
        others = among & (n_failed - ~mask == 0)
        loosened, n_loosened = _loosened(clause.expression, columns, others)
        effects.append(
            ClauseEffect(
                filter_text[clause.start : clause.end],
                clause.start + 1,
                int(mask.sum()),
                int(others.sum()),
                loosened,
                n_loosened,
            )
        )
    return tuple(effects)


def _loosened(expression: Expression, columns: FactColumns, others: Mask) -> tuple[str, int]:
    """The clause with the nearest bound that a row of `others` keeps, and how many of them keep it."""
    if not isinstance(expression, Comparison) or expression.comparator in ("=", "!=", ":"):
        return "", 0
    field = expression.field
    if field.type not in (FieldType.NUMBER, FieldType.ENUM, FieldType.TIME, FieldType.DATE):
        return "", 0
    values = columns.numbers(field.name)[others]
    values = values[~np.isnan(values)]
    if not len(values):
        return "", 0
    is_minimum = expression.comparator.startswith(">")
    bound = float(values.max() if is_minimum else values.min())
    comparator = ">=" if is_minimum else "<="
    return f"{field.name} {comparator} {_written(field, bound)}", int((values == bound).sum())


def _written(field: Field, value: float) -> str:
    """A value as a filter writes it."""
    if field.type is FieldType.ENUM:
        return next(name for name, code in field.codes.items() if code == value)
    if field.type is FieldType.DATE:
        return date.fromordinal(int(value)).isoformat()
    if field.type is FieldType.TIME:
        return f'"{(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=value)).isoformat()}"'
    return np.format_float_positional(value, trim="-")
