"""Filters on facts of documents: the text of a request in, the documents that pass out.

Start at `parser.py` (text → `Filter`), then `fields.py` (what can be asked), `columns.py` (the facts) and `syntax.py`
(how a filter is decided, and what unknown facts do to it).
"""

from matcher.match.filter.columns import FactColumns, FactRow
from matcher.match.filter.parser import parse_filter
from matcher.match.filter.syntax import Filter

__all__ = ["FactColumns", "FactRow", "Filter", "parse_filter"]
