"""Where a text names skills: automaton hits that stand at word boundaries, do not overlap, and are no traps.

Enters: a text and its folded copy. Leaves: `Spot`s in order, with offsets of the original. It refuses nothing; a doubtful
hit (a lone letter without company, a name inside a web address) is left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from matcher.domain.folding import FoldedText, fold_key, needs_boundary
from matcher.domain.skill import FoundBy, SkillKind
from matcher.extract.forms import Pattern

_ADDRESS: Final = re.compile(r"https?://[\x21-\x7e]+|www\.[\x21-\x7e]+|[\w.+-]+@[\w-]+\.[\w.]+")
_VERSION: Final = re.compile(r"\d{1,4}(?:\.(?:\d{1,2}|x))*(?![a-z0-9])")
# What a lone letter needs beside it to be a language: the word itself, or another skill in the same enumeration.
_LANGUAGE_AFTER: Final = re.compile(
    r"\s{0,2}(?:语言|程序设计|编程|开发|代码|脚本|programming|language\b|code\b|coding|developer|compiler)"
)
_LANGUAGE_BEFORE: Final = re.compile(
    r"(?:语言|编程|languages?|programming|coding)(?:\s?(?:如|包括|为|such as|like|including|in|:|\())?\s{0,2}$"
)
_LIST_JOINT: Final = re.compile(r"\s{0,2}(?:[/、,|+&]|和|及|与|或|或者|以及|,? ?and|,? ?or)\s{0,2}")
_LOOKAROUND_CHARS: Final = 24
_CHINESE: Final = re.compile("[\u4e00-\u9fff]")
# "软件工程师" is a person's title and names no mastery of 软件工程.
_JOB_SUFFIX: Final = "师"


@dataclass(frozen=True, slots=True)
class Spot:
    """A named skill: `[start, end)` in code points of the original text, and the pattern that was met.

    `confidence` in (0, 1]: the pattern's prior, lowered when the name runs over a line break or has another letter case
    than it should. `other_case`: an exact form in another letter case. `cover`: what is claimed as its span, where the name is
    spread over a list ("产品/系统设计" for 产品设计); None: `[start, end)`. `found_by`: as in `SkillMention`. `topical`: the name
    counts only because the text is about its field.
    """

    start: int
    end: int
    pattern: Pattern
    confidence: float
    other_case: bool = False
    cover: tuple[int, int] | None = None
    found_by: FoundBy = FoundBy.ALIAS
    topical: bool = False


# By judgement, as all priors here.
_BROKEN_LINE_FACTOR: Final = 0.9
_OTHER_CASE_FACTOR: Final = 0.9


def find_spots(text: str, folded: FoldedText, automaton: Any) -> list[Spot]:
    """Skills named in `text`, in order, without overlaps: the longest name wins, among equals the first.

    Args:
        text: the original.
        folded: `fold(text)`.
        automaton: from `build_automaton`.
    """
    hits = _whole_words(text, folded, automaton)
    spots = [spot for spot in _longest(hits) if spot.pattern.skill_id]
    if any(_is_doubtful(spot) for spot in spots):
        spots = _in_company(spots, folded.aligned)
    if "@" in text or "://" in text or "www." in text:
        addresses = [match.span() for match in _ADDRESS.finditer(text)]
        spots = [spot for spot in spots if not any(a <= spot.start < b for a, b in addresses)]
    return spots


def _whole_words(text: str, folded: FoldedText, automaton: Any) -> Iterator[Spot]:
    """Hits that do not begin or end inside a word and have the letter case their pattern asks for."""
    shadow, size = folded.text, len(folded.text)
    for last, patterns in automaton.iter(shadow):
        for pattern in patterns:
            begin, end = last + 1 - len(pattern.key), last + 1
            if pattern.bound_left and begin and needs_boundary(shadow[begin - 1]):
                continue
            if pattern.bound_right and end < size:
                end = _word_end(shadow, end, pattern)
                if not end:
                    continue
            start = folded.original(begin)
            stop = folded.original(end - 1) + 1
            while stop < len(text) and unicodedata.combining(text[stop]):
                stop += 1
            surface = text[start:stop]
            other_case = bool(pattern.exact) and pattern.exact not in (surface, fold_key(surface, keep_case=True))
            if other_case and not pattern.skill_id:
                continue
            if pattern.job_suffix and shadow.startswith(_JOB_SUFFIX, end):
                continue
            factor = (_BROKEN_LINE_FACTOR if "\n" in surface else 1.0) * (_OTHER_CASE_FACTOR if other_case else 1.0)
            yield Spot(start, stop, pattern, pattern.confidence * factor, other_case)
            if not other_case:
                break


def _word_end(shadow: str, end: int, pattern: Pattern) -> int:
    """Where the word ends that begins with the pattern: there, after a plural s, or before a version; 0 for another word."""
    following = shadow[end]
    if not needs_boundary(following):
        return 0 if following in "+#" and following == pattern.key[-1] else end
    if following.isdigit():
        if pattern.key[-1] in "+#" or (pattern.version and _VERSION.match(shadow, end)):
            return end
        return 0
    if pattern.plural and following == "s" and (end + 1 == len(shadow) or not needs_boundary(shadow[end + 1])):
        return end + 1
    return 0


def _longest(hits: Iterable[Spot]) -> list[Spot]:
    """Non-overlapping hits in order.

    In each clump of overlapping ones the longest are kept first, then the leftmost ("大数据分析" is 数据分析). Among words set
    apart by blanks the leftmost come first, then the longest: "Power BI dashboards" is Power BI. A trap ("" as id) goes before
    a skill of the same extent.
    """
    ordered = sorted(hits, key=lambda hit: (hit.start, -hit.end, hit.pattern.skill_id))
    kept: list[Spot] = []
    position = 0
    while position < len(ordered):
        clump = [ordered[position]]
        reach = ordered[position].end
        position += 1
        while position < len(ordered) and ordered[position].start < reach:
            reach = max(reach, ordered[position].end)
            clump.append(ordered[position])
            position += 1
        if len(clump) == 1:
            kept.append(clump[0])
            continue
        if not all(hit.pattern.bound_left and hit.pattern.bound_right for hit in clump):
            clump.sort(key=lambda hit: (hit.start - hit.end, hit.start, hit.pattern.skill_id))
        chosen: list[Spot] = []
        for hit in clump:
            if all(hit.end <= other.start or hit.start >= other.end for other in chosen):
                chosen.append(hit)
        kept.extend(sorted(chosen, key=lambda hit: hit.start))
    return kept


def _is_doubtful(spot: Spot) -> bool:
    return spot.other_case or spot.pattern.lone_letter


def _in_company(spots: list[Spot], aligned: str) -> list[Spot]:
    """Drops doubtful spots that do not stand in the company that settles them.

    A lone letter is settled by the word for language beside it, or by another tool in the same list ("C, R and Python").
    An exact form in another letter case ("spark" for Spark) is settled by a tool in the same list in Chinese text, where a
    Latin word is a name and not an ordinary word ("熟悉hive、spark"); in English text it never is.
    """
    sound = [not _is_doubtful(spot) or _is_called_language(spot, aligned) for spot in spots]
    # Company is passed along the list from either end.
    for i in (*range(len(spots)), *reversed(range(len(spots)))):
        for j in (i - 1, i + 1):
            if not sound[i] and 0 <= j < len(spots) and sound[j]:
                sound[i] = _keeps_company(spots[i], spots[j], aligned)
    return [spot for spot, is_sound in zip(spots, sound, strict=True) if is_sound]


def _keeps_company(spot: Spot, other: Spot, aligned: str) -> bool:
    """Whether `other` is a tool in one list with `spot`, in text of a script that settles it."""
    between = aligned[min(spot.end, other.end) : max(spot.start, other.start)]
    if other.pattern.kind is not SkillKind.TOOL or not _LIST_JOINT.fullmatch(between):
        return False
    if not spot.other_case:
        return True
    around = aligned[
        max(0, min(spot.start, other.start) - _LOOKAROUND_CHARS) : max(spot.end, other.end) + _LOOKAROUND_CHARS
    ]
    return bool(_CHINESE.search(around))


def _is_called_language(spot: Spot, aligned: str) -> bool:
    if spot.other_case:
        return False
    before = aligned[max(0, spot.start - _LOOKAROUND_CHARS) : spot.start]
    return bool(_LANGUAGE_AFTER.match(aligned, spot.end) or _LANGUAGE_BEFORE.search(before))
