"""Tables for people that keep to 80 columns: thin rules, one line per row, heads in the language of the reply."""

from __future__ import annotations

from rich import box
from rich.table import Column, Table

from matcher.cli.words import word


def narrow_table(language: str, *heads: str) -> Table:
    """A table of which only the last column may take more than a line.

    Args:
        language: of the reply.
        heads: words of `matcher.cli.words`, or "" for a column without a head.
    """
    columns = [Column(word(h, language) if h else "", no_wrap=h != heads[-1]) for h in heads]
    return Table(*columns, box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
