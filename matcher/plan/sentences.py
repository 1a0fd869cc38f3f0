"""Sentences of a text, each with where it stands. Enters: a text. Leaves: spans that cover what is not blank, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

# as in match/explain.py: a full stop ends a sentence behind a word of three letters and before a blank
_END: Final = re.compile(r"[。！？!?；;\n]+|(?<=\w{3})\.(?!\S)")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each sentence without blanks at its ends and without its end mark, in code points."""
    start = 0
    for end in [*(m.span() for m in _END.finditer(text)), (len(text), len(text))]:
        piece = text[start : end[0]]
        if piece.strip():
            yield start + len(piece) - len(piece.lstrip()), end[0] - (len(piece) - len(piece.rstrip()))
        start = end[1]
