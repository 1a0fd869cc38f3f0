"""Sentences, segments and list headings of a text: how far a cue word reaches.

Enters: the aligned folded copy of a text (lower case, half width, offsets of the original). Leaves: sentence bounds, segment
bounds inside a sentence, and the reach of headings such as "加分项:" that stand inside running text. It refuses nothing.

A *sentence* ends at 。 ; ! ? or a line end, at a full stop that is not part of a name or number, and before a list number.
A *segment* is a part of a sentence between commas or contrasts (but, 但, 并能); commas in brackets do not part.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

from matcher.domain.skill import Importance

# Opens with one set, so that the engine skips to the next candidate; what it is, is told behind it.
_SENTENCE_END: Final = re.compile(
    r"[。;!?\n\x0b\x0c\r•●▪◆■★▶►◇□○✓✔.·(0-9①-⑳]"
    r"(?:(?<=[。;!?\n\x0b\x0c\r•●▪◆■★▶►◇□○✓✔])[。;!?\s•●▪◆■★▶►◇□○✓✔]*"
    r"|(?<=·)(?=\s)|(?<=\.)(?![a-z0-9_])(?<!e\.g\.)(?<!i\.e\.)(?<!etc\.)(?<!vs\.)(?<!\be\.)(?<!\bi\.)"
    r"|(?P<number>(?<=[①-⑳])|(?<=\()\d{1,2}\)|(?<=\d)\d?[、.)](?![\da-z])))"
)
_CHINESE_SEGMENT_END: Final = re.compile(
    r",|、(?=能|会|有|具|对|了解|熟悉|掌握|精通|熟练)|但是?|不过|同时|而且|并且"
    r"|并(?=具|能|有|可|会|对|熟|了解|掌握|精通|通过|使用|负责|在)|且(?=具|能|有|可|会|对|熟|了解|掌握|精通)"
)
_ENGLISH_SEGMENT_END: Final = re.compile(
    r",|\s-\s|\b(?:but|however|while|whereas|plus(?= (?:experience|knowledge|some|good))"
    r"|and(?= (?:have|has|able|a |an |the ability|is |are |experience|knowledge|familiar|proficien|strong|solid|basic|good"
    r"|working|some|ideally|preferably)))\b"
)
_GLUED: Final = re.compile(r"[a-z0-9.+#/-]")
_DIGITS: Final = re.compile(r"[0-9]+")
_LATIN_BEFORE: Final = re.compile(r"[a-z+#] ")
_HAS_WORDS: Final = re.compile(r"[a-z]{2}| - ")
_BRACKET: Final = re.compile(r"\([^()\n]{0,120}\)")
# A heading inside running text: a short run that says what follows, a colon, then a line end or a list number.
_HEADING: Final = re.compile(
    r"(?:^|(?<=[\n。;.!?\s]))([^\n。;:,.]{2,40}?):(?=\s*(?:\n|\(?\d{1,2}[、.)]|[①-⑳]|[•●▪◆■★·*-])|$)", re.M
)
_INLINE_HEADING: Final = re.compile(
    r"(任职要求|任职资格|任职条件|岗位要求|职位要求|招聘要求|应聘要求|资格要求"
    r"|岗位职责|工作职责|职位描述|岗位描述|工作内容|主要职责"
    r"|加分项|优先条件"
    r"|福利待遇|薪资福利|公司福利|岗位福利)\s*[::]?"
)
_PREFERRED_LINE: Final = re.compile(
    r"(?:优先(?:条件|考虑)?|加分项?|更好|更佳|者佳|nice to have|good to have|preferred|desirable|bonus(?: points)?|big plus)"
    r"\s?:(?!\s*\n)"
)
_DUTIES_HEADING: Final = re.compile(r"职责|内容|描述|福利|待遇|responsibilit|duties|benefits|what you.ll do|about")
_PREFERRED_HEADING: Final = re.compile(
    r"优先|加分|nice|bonus|plus\b|preferred|preferable|desirable|desired|advantage|good to have|would be great"
)
_ESSENTIAL_HEADING: Final = re.compile(
    r"要求|资格|任职条件|应聘条件|必备|require|qualification|must|essential|you (?:have|bring|need)|looking for|what we expect"
)


@dataclass(frozen=True, slots=True)
class Reach:
    """From `start` on, up to the next one, an importance set by a heading; None: a heading that says nothing of it."""

    start: int
    importance: Importance | None


def sentence_starts(aligned: str) -> list[int]:
    """Ascending offsets at which sentences begin; the first is 0."""
    starts = [0]
    last_number = 0
    for match in _SENTENCE_END.finditer(aligned):
        if match["number"] is None:
            start = match.end()
        else:
            start = match.start()
            # "3.5", "s7-1200)", "c++11、" hold no list number.
            if start and _GLUED.match(aligned[start - 1]):
                continue
            digits = _DIGITS.search(match[0])
            number = int(digits[0]) if digits else last_number + 1
            # "Java 8、微服务" is a version, "熟悉Java 2、熟悉Python" after a 1 is the next item.
            if number != last_number + 1 and _LATIN_BEFORE.match(aligned, max(0, start - 2), start):
                continue
            last_number = number
        if starts[-1] < start < len(aligned):
            starts.append(start)
    return starts


def sentence_bounds(starts: list[int], position: int, size: int) -> tuple[int, int]:
    """Bounds of the sentence that holds `position`."""
    i = bisect_right(starts, position)
    return starts[i - 1], starts[i] if i < len(starts) else size


def segment_bounds(sentence: str) -> list[tuple[int, int]]:
    """Bounds of the segments of one sentence, relative to it, in order; the separators belong to none."""
    brackets = [match.span() for match in _BRACKET.finditer(sentence)] if "(" in sentence else []
    matches = list(_CHINESE_SEGMENT_END.finditer(sentence))
    if _HAS_WORDS.search(sentence):
        matches = sorted([*matches, *_ENGLISH_SEGMENT_END.finditer(sentence)], key=lambda match: match.start())
    bounds: list[tuple[int, int]] = []
    start = 0
    for match in matches:
        if any(a < match.start() < b for a, b in brackets):
            continue
        if match.start() > start:
            bounds.append((start, match.start()))
        start = match.end()
    if start < len(sentence):
        bounds.append((start, len(sentence)))
    return bounds


def heading_reaches(aligned: str) -> list[Reach]:
    """Importance set by headings in the text, in order of place.

    A heading before a list holds until the next one; "优先:" before the rest of a line holds for that line. Headings of
    duties, firm and benefits end the reach of the one before.
    """
    found: dict[int, tuple[int, str]] = {}
    for match in _HEADING.finditer(aligned):
        found[match.start(1)] = (match.end(), match[1])
    for match in _INLINE_HEADING.finditer(aligned):
        found.setdefault(match.start(), (match.end(), match[0]))
    reaches: list[Reach] = []
    for _, (end, heading) in sorted(found.items()):
        if _PREFERRED_HEADING.search(heading):
            reaches.append(Reach(end, Importance.PREFERRED))
        elif _DUTIES_HEADING.search(heading):
            reaches.append(Reach(end, None))
        elif _ESSENTIAL_HEADING.search(heading):
            reaches.append(Reach(end, Importance.ESSENTIAL))
    return sorted([*reaches, *_line_reaches(aligned, reaches)], key=lambda reach: reach.start)


def _line_reaches(aligned: str, headings: list[Reach]) -> list[Reach]:
    """Wishes that hold for the rest of their line, each followed by what held before it."""
    reaches = []
    for match in _PREFERRED_LINE.finditer(aligned):
        held = next((r.importance for r in reversed(headings) if r.start <= match.start()), None)
        line_end = aligned.find("\n", match.end())
        # An open line is followed by a list and was found as a heading.
        if aligned[match.end() : line_end if line_end >= 0 else None].strip():
            reaches.append(Reach(match.end(), Importance.PREFERRED))
            if line_end >= 0:
                reaches.append(Reach(line_end, held))
    return reaches
