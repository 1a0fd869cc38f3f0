"""A parsed filter, and which documents pass it.

Enters: `FactColumns`. Leaves: a mask over their rows. Refuses nothing: all checks are made by the parser. How one comparison
is decided stands in `compare.py`.

Logic is three-valued (Kleene). A comparison with a fact that the document does not state is neither true nor false but
unknown; NOT of unknown is unknown; AND is false if a part is false, else unknown if a part is unknown; OR is true if a part is
true, else unknown if a part is unknown. Only true passes. So neither `hours > 40` nor `NOT hours > 40` finds a course that
does not state its hours; `hours:*` and `NOT hours:*` ask whether it does, and are never unknown. Skills are always known: a
document that does not name a skill does not have it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from matcher.match.filter.columns import FactColumns
from matcher.match.filter.compare import Mask, Verdict, all_true, any_true, compared
from matcher.match.filter.fields import Field, Value


@dataclass(frozen=True, slots=True)
class Comparison:
    """`field comparator value`; the value as `fields.read_value` gives it."""

    field: Field
    comparator: str
    value: Value


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
class Clause:
    """One of the conditions that a filter joins by AND at its top level, and where it stands: `text[start:end]`."""

    expression: Expression
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter as parsed; `expression` is `None` for the empty filter, which every document passes.

    `clauses`: what the expression joins by AND outside all parentheses, in the order of the text; one, when it joins nothing.
    """

    expression: Expression | None
    clauses: tuple[Clause, ...] = field(default=(), compare=False)

    def mask(self, columns: FactColumns) -> Mask:
        """Which rows pass, (n,) bool with n = `columns.n`; rows that hold no document do not."""
        if self.expression is None:
            return columns.present.copy()
        return verdict(self.expression, columns).true & columns.present


def verdict(expression: Expression, columns: FactColumns) -> Verdict:
    """Whether each row fulfils an expression; rows that hold no document have a verdict too."""
    match expression:
        case Not(part):
            inner = verdict(part, columns)
            return Verdict(inner.false, inner.true)
        case And(parts) | Or(parts):
            verdicts = [verdict(part, columns) for part in parts]
            return all_true(verdicts) if isinstance(expression, And) else any_true(verdicts)
        case Known(asked):
            known = columns.known(asked.name)
            return Verdict(known, ~known)
        case Comparison(asked, comparator, value):
            return compared(asked, comparator, value, columns)
