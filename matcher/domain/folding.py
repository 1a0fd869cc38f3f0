"""A folded copy of a text for matching skill names, with the way back to the original offsets.

Enters: any text. Leaves: a copy in which width, letter case, traditional characters, hyphens, blanks and line breaks no
longer tell two spellings apart, and for each of its positions the code point it came from. It refuses nothing. The
taxonomy folds its forms with the same function, so that one spelling leads to one skill wherever it is met.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from matcher.domain.chinese_variants import SIMPLIFIED, TRADITIONAL

# From here on scripts write without blanks (CJK radicals, kana, Hangul, ideographs), so edges need no word boundary.
_FIRST_UNSPACED: Final = "\u2e80"
_HYPHENS: Final = "\u2010\u2011\u2012\u2013\u2014\u2212\u00ad"
_INVISIBLE: Final = "\u200b\u200c\u200d\u2060\ufeff"


def _char_tables() -> tuple[dict[int, int], dict[int, int], str]:
    """One-to-one folding without and with letter case, and the letters whose folding is longer than one character."""
    cased: dict[int, int] = {}
    folded: dict[int, int] = {}
    longer: list[str] = []
    for point in range(0x80, 0x10000):
        char = chr(point)
        category = unicodedata.category(char)
        if category in ("Cs", "Cn", "Co"):
            continue
        wide = unicodedata.normalize("NFKC", char)
        small = wide.casefold()
        if len(small) == 1:
            if wide != char:
                cased[point] = ord(wide)
            if small != char:
                folded[point] = ord(small)
        elif category[0] in "LM" or wide.isalpha():
            longer.append(char)
    for table in (cased, folded):
        table.update(dict(zip(map(ord, TRADITIONAL), map(ord, SIMPLIFIED), strict=True)))
        table.update({ord(mark): ord("-") for mark in _HYPHENS})
        table.update({ord(mark): ord(" ") for mark in _INVISIBLE})
        table[ord("\u2019")] = ord("'")
    folded.update({point: point + 32 for point in range(ord("A"), ord("Z") + 1)})
    return cased, folded, "".join(longer)


_CASED, _FOLDED, _LONGER = _char_tables()
_HARD: Final = re.compile(f"[{re.escape(_LONGER)}\u0300-\u036f\u3099\u309a]")
_UNSPACED_CLASS: Final = "\u2e80-\u2fff\u3005-\u3007\u3021-\u3029\u3031-\ua4cf\uac00-\ud7ff\uf900-\ufaff"
# Runs that may have to change: more than one blank or hyphen, any hyphen or line break, a blank beside a Chinese character.
_RUN: Final = re.compile(
    rf"[\s-]{{2,}}|[\t-\r\x1c-\x1f\x85\u2028\u2029-]| (?=[{_UNSPACED_CLASS}])|(?<=[{_UNSPACED_CLASS}]) "
)


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A text folded for matching.

    `text` is what patterns are looked for in. `aligned` is folded one character to one, so it has the length and the
    offsets of the original; cues and clause bounds are read from it. `_folded_at[i]` → `_original_at[i]` are the places from
    which on the two run in step.
    """

    text: str
    aligned: str
    _folded_at: Sequence[int]
    _original_at: Sequence[int]

    def original(self, position: int) -> int:
        """Offset in the original, in code points, of the character at `position` of `text`, `0 <= position < len(text)`."""
        step = bisect_right(self._folded_at, position) - 1
        return self._original_at[step] + position - self._folded_at[step]


def needs_boundary(char: str) -> bool:
    """Whether `char` belongs to a script that sets words apart, so that a name must not begin or end inside a word."""
    return char < _FIRST_UNSPACED and char.isalnum()


def fold(text: str, *, keep_case: bool = False) -> FoldedText:
    """Folded copy of `text` with its map back.

    Width (NFKC), case, traditional characters are folded. Between words of spaced scripts a run of blanks, one line break
    or a hyphen becomes one blank, a hyphen at a line end vanishes; beside a Chinese character blanks vanish. An empty line
    always parts.

    Args:
        text: any text.
        keep_case: leave the letter case as it is.
    """
    table = _CASED if keep_case else _FOLDED
    aligned = text.translate(table)
    if _HARD.search(text):
        source, starts = _expand(text, keep_case=keep_case)
    else:
        source, starts = aligned, None
    pieces: list[str] = []
    folded_at, original_at = [0], [0]
    length = done = 0
    for run in _RUN.finditer(source):
        begin, end = run.span()
        joined = _joint(source, begin, end)
        if joined == run[0]:
            continue
        pieces.append(source[done:begin])
        pieces.append(joined)
        length += begin - done
        folded_at.append(length)
        original_at.append(begin)
        length += len(joined)
        folded_at.append(length)
        original_at.append(end)
        done = end
    pieces.append(source[done:])
    if starts is None:
        return FoldedText("".join(pieces), aligned, folded_at, original_at)
    per_char = _compose(folded_at, original_at, starts, length + len(source) - done)
    return FoldedText("".join(pieces), aligned, *per_char)


def fold_key(form: str, *, keep_case: bool = False) -> str:
    """Folded form of a skill name: two names with one key are the same name. May be empty for a form of blanks."""
    return fold(form.strip(), keep_case=keep_case).text


def _joint(source: str, begin: int, end: int) -> str:
    """What a run of blanks and hyphens is folded to, by what stands on its two sides."""
    run = source[begin:end]
    if begin == 0 or end == len(source):
        return run if "-" in run else " "
    if run.count("\n") > 1:
        return "\n"
    left, right = source[begin - 1], source[end]
    hyphen = "-" in run
    if left >= _FIRST_UNSPACED or right >= _FIRST_UNSPACED:
        return "-" if hyphen else ""
    if not (left.isalnum() and right.isalnum()):
        return run if hyphen else " "
    if not hyphen:
        return " "
    if run == "-":
        return " "
    # "develop-\nment" was broken at the line end; " - " between words parts two things.
    return "" if run[0] == "-" and "\n" in run else "-"


def _expand(text: str, *, keep_case: bool) -> tuple[str, list[int]]:
    """Folding by base character with its combining marks, for texts with ligatures or decomposed letters."""
    table = _CASED if keep_case else _FOLDED
    out: list[str] = []
    starts: list[int] = []
    bounds = [i for i, char in enumerate(text) if not unicodedata.combining(char)]
    if not bounds or bounds[0] != 0:
        bounds.insert(0, 0)
    bounds.append(len(text))
    for begin, end in pairwise(bounds):
        cluster = text[begin:end]
        if end - begin == 1 and cluster not in _LONGER:
            folded = cluster.translate(table)
        else:
            folded = unicodedata.normalize("NFKC", cluster)
            folded = (folded if keep_case else folded.casefold()).translate(table)
        out.append(folded)
        starts.extend([begin] * len(folded))
    return "".join(out), starts


def _compose(
    folded_at: list[int], source_at: list[int], starts: list[int], length: int
) -> tuple[Sequence[int], Sequence[int]]:
    """Map of every folded position through the expanded text to the original (texts with hard characters only)."""
    targets: list[int] = []
    for position in range(length):
        step = bisect_right(folded_at, position) - 1
        targets.append(starts[min(source_at[step] + position - folded_at[step], len(starts) - 1)])
    return range(length) if length else [0], targets or [0]
