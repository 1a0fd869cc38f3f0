"""Tables for people that keep to 80 columns: thin rules, names that can be copied, heads in the language of the reply."""

from __future__ import annotations

from collections.abc import Collection

from rich import box
from rich.table import Column, Table

from matcher.cli.words import word


def narrow_table(language: str, *heads: str, wraps: Collection[str] = ()) -> Table:
    """A table of which only some columns may take more than a line, so that names are never cut.

    Args:
        language: of the reply.
        heads: words of `matcher.cli.words`, or "" for a column without a head.
        wraps: heads of the columns that may be broken into lines; none given: the last one.
    """
    broken = set(wraps) or {heads[-1]}
    columns = [Column(word(h, language) if h else "", no_wrap=h not in broken, overflow="fold") for h in heads]
    return Table(*columns, box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
