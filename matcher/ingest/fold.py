"""A shadow of a text for pattern matching that keeps every offset.

Enters: any text. Leaves: a text of exactly the same number of code points in which full-width forms are ASCII, letters
are lower case, dashes are `-`, and traditional characters are simplified. It refuses nothing.
The stored text itself is never normalised: offsets found in the shadow hold in the original.
"""

from __future__ import annotations

from typing import Final

from matcher.domain.chinese_variants import SIMPLIFIED, TRADITIONAL

_TABLE: Final[dict[int, int]] = {
    **{0xFF01 + i: 0x21 + i for i in range(94)},
    **{ord(mark): ord(" ") for mark in "\u3000\u00a0\u2002\u2003\u2009\u202f\ufeff\u200b"},
    **{ord(mark): ord("-") for mark in "‐‑‒–—―−－"},
    **{ord(mark): ord("~") for mark in "〜∼"},
    **{ord(mark): ord("'") for mark in "‘’"},
    **{ord(mark): ord('"') for mark in "“”"},
    **{ord(old): ord(new) for old, new in zip(TRADITIONAL, SIMPLIFIED, strict=True)},
}


def fold(text: str) -> str:
    """Text for matching: same length as `text`, lower case, ASCII punctuation and digits, simplified characters.

    Args:
        text: any text.

    Returns:
        A string with `len(result) == len(text)`; position i stands for position i of `text`.
    """
    if text.isascii():
        return text.lower()
    narrow = text.translate(_TABLE)
    lower = narrow.lower()
    if len(lower) == len(narrow):
        return lower
    # A few letters (İ) have a lower case of two code points; they stay as they are, so that offsets hold.
    return "".join(low if len(low := char.lower()) == 1 else char for char in narrow)
