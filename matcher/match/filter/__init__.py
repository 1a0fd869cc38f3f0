"""Filters on facts of documents: the text of a request in, the documents that pass out.

Start at `parser.py` (text → `Filter`), then `fields.py` (what can be asked), `columns.py` (the facts),
`syntax.py` (how a filter is decided, and what unknown facts do to it) and `report.py` (why a filter leaves nothing).
"""

from matcher.match.filter.columns import FactColumns
from matcher.match.filter.facts import FactRow
from matcher.match.filter.parser import parse_filter
from matcher.match.filter.report import ClauseEffect, why_nothing
from matcher.match.filter.syntax import Filter

__all__ = ["ClauseEffect", "FactColumns", "FactRow", "Filter", "parse_filter", "why_nothing"]
