"""Splits a text into sections by its headings.

Enters: a text and its shadow (fold.py). Leaves: sections in order that cover the whole text without overlap; each begins
with its heading. Headings are found alone on a line, in brackets (【任职要求】), before a colon, and within run-on text
("岗位职责:1.…任职资格:1.…"). It refuses nothing: a text without headings is one section.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import ahocorasick

from matcher.domain.document import Kind, Section, SectionKind, Span
from matcher.ingest.headings import HEADINGS, WEAK

# Decoration that may stand before a heading on its line: numbering, bullets, Markdown, brackets.
_LEAD: Final = (
    r"[ \t]*(?:(?:[#>*+\-•·●■◆◇★▶▪~=\|]+|第?[一二三四五六七八九十]{1,3}[、.)章节部分]+"
    r"|[(]?[一二三四五六七八九十\d]{1,2}[)、.]|【|\[|「|<|《|\*\*|\"|\d{1,2}\s|[^\w\s]{1,3})[ \t]*){0,4}"
)
_LINE_START: Final = re.compile(rf"(?:^|\n){_LEAD}\Z")
_TAIL_EOL: Final = re.compile(
    r"[ \t]*(?:[】\]」>》*:\-=_~|\"]|\(.{0,30}\)|/[ \t]?[a-z &]{3,30}|[a-z][a-z &]{2,30}(?=\n|$))*[ \t]*(?:\n|$)"
)
_TAIL_BRACKET: Final = re.compile(r"[ \t]*(?:\([^()\n]{0,20}\))?[ \t]*[】\]」]")
_TAIL_COLON: Final = re.compile(r"[ \t]*(?:\([^()\n]{0,30}\)|/[ \t]?[a-z &]{3,30})?[】\]」*]{0,3}[ \t]*:")
_TAIL_LIST: Final = re.compile(r"[ \t]*(?:\*{2})?[ \t]*(?:[(]?1[)、.](?!\d)|[一①][、.]?|[·•●◆★])")
# A run-on heading without punctuation before it is believed only for these, which are never part of a sentence.
_STRONG_ZH: Final = re.compile(
    r"(?:岗位|职位|任职|工作|招聘|应聘|应职)(?:职责|要求|资格|条件|描述|内容)|课程(?:目标|内容|简介)|教学内容"
    r"|工作(?:经历|地点|地址)|教育背景|加分项|福利待遇|薪资待遇|公司地址|先修(?:课程|要求)|考核方式|项目经[历验]"
    r"|专业技能|自我评价"
)
# What follows a heading on its line, and the lines that go on with it.
_INLINE_CONTENT: Final = re.compile(
    r"[^\S\n]*(?:[(（][^()（）\n]{0,30}[)）])?[】\]」*]{0,3}[^\S\n]*[:：]\**[^\S\n]*[^\s*][^\n]*\n"
    r"(?:[^\S\n]*(?:[-•·*–●]|[(（]?\d{1,2}[.)、）]|[a-z])[^\n]*(?:\n|\Z))*"
)
# "- pay" is an item of a list, "## Pay" and "- Pay: 12K" are headings.
_BULLET: Final = re.compile(r"(?<!\*)[-+*•·●▪][ \t]*\Z")
_SENTENCE_END: Final = frozenset("。;.!?,】)》、…:·-\"'█*|~ \t")
_DEFAULT: Final = {
    Kind.POSTING: SectionKind.OTHER,
    Kind.CANDIDATE: SectionKind.SUMMARY,
    Kind.COURSE: SectionKind.SUMMARY,
}


def split_sections(text: str, shadow: str, kind: Kind, title_span: Span | None = None) -> tuple[Section, ...]:
    """Sections of `text`.

    Args:
        text: the text, already redacted.
        shadow: `fold(text)`.
        kind: which headings to expect.
        title_span: where the title stands, when it stands before the first heading; its line becomes a TITLE section.

    Returns:
        Sections in order; the first starts at 0, each next one where the one before ends, the last ends at `len(text)`.
        Empty for an empty text.
    """
    if not text:
        return ()
    cuts: list[tuple[int, SectionKind, str]] = []
    for start, end, section_kind in _headings(shadow, kind):
        line_start = _decoration_start(shadow, start)
        if cuts and line_start <= cuts[-1][0]:
            continue
        cuts.append((line_start, section_kind, text[start:end]))
    if kind is Kind.COURSE:
        cuts = _ended_prerequisites(text, cuts)
    first = cuts[0][0] if cuts else len(text)
    if first > 0:
        cuts[:0] = _preamble(text, first, kind, title_span)
    ends = [cut[0] for cut in cuts[1:]] + [len(text)]
    return tuple(
        Section(kind, Span(start, end), heading) for (start, kind, heading), end in zip(cuts, ends, strict=True)
    )


def _ended_prerequisites(text: str, cuts: list[tuple[int, SectionKind, str]]) -> list[tuple[int, SectionKind, str]]:
    """The cuts, and one more where prerequisites on the line of their own heading end.

    「先修：电工基础」 is one line, whatever heading comes next: without the cut a syllabus that begins with it would presuppose all
    that it teaches. Lines that go on with it (a list, or a sentence broken by the width of the page) stay.
    """
    ended = []
    ends = [*(start for start, _, _ in cuts[1:]), len(text)] if cuts else []
    for (start, section_kind, heading), end in zip(cuts, ends, strict=True):
        ended.append((start, section_kind, heading))
        if section_kind is not SectionKind.PREREQUISITES:
            continue
        line = _INLINE_CONTENT.match(text, text.index(heading, start) + len(heading), end)
        if line is not None and text[line.end() : end].strip():
            ended.append((line.end(), _DEFAULT[Kind.COURSE], ""))
    return ended


def _preamble(text: str, first: int, kind: Kind, title_span: Span | None) -> list[tuple[int, SectionKind, str]]:
    """Sections before the first heading: the title's line, and what stands around it."""
    default = _DEFAULT[kind]
    if title_span is None or title_span.start >= first:
        return [(0, default, "")]
    line_start = text.rfind("\n", 0, title_span.start) + 1
    line_end = text.find("\n", title_span.end)
    line_end = first if line_end < 0 else min(line_end + 1, first)
    cuts = [(0, default, "")] if text[:line_start].strip() else []
    cuts.append((line_start if cuts else 0, SectionKind.TITLE, ""))
    if line_end < first:
        cuts.append((line_end, default, ""))
    return cuts


@lru_cache(maxsize=len(Kind))
def _finder(kind: Kind) -> ahocorasick.Automaton:
    finder = ahocorasick.Automaton()
    for phrase in HEADINGS[kind]:
        finder.add_word(phrase, phrase)
    finder.make_automaton()
    return finder


def _headings(shadow: str, kind: Kind) -> list[tuple[int, int, SectionKind]]:
    table = HEADINGS[kind]
    found = []
    for last, phrase in _finder(kind).iter_long(shadow):
        start, end = last + 1 - len(phrase), last + 1
        if _is_whole_word(shadow, start, end, phrase) and _is_heading(shadow, start, end, phrase):
            found.append((start, end, table[phrase]))
    return found


def _is_whole_word(shadow: str, start: int, end: int, phrase: str) -> bool:
    """Whether Latin letters do not run on, nor a Chinese phrase into a clause (要求是…)."""
    after = shadow[end : end + 1]
    if not phrase[-1].isascii():
        return after not in {"为", "是", "的"}
    before = shadow[start - 1 : start]
    return not (
        (before.isascii() and before.isalnum()) or (after.isascii() and (after.isalnum() or after in {"'", "-"}))
    )


def _is_heading(shadow: str, start: int, end: int, phrase: str) -> bool:
    after_colon = bool(_TAIL_COLON.match(shadow, end))
    if _line_starts_at(shadow, start):
        is_bullet = phrase in WEAK and bool(_BULLET.search(shadow, max(0, start - 4), start))
        if after_colon or (not is_bullet and (_TAIL_EOL.match(shadow, end) or _TAIL_LIST.match(shadow, end))):
            return True
    before = shadow[start - 1] if start else "\n"
    if before in "【[「" and _TAIL_BRACKET.match(shadow, end):
        return True
    if before == "#" or shadow[max(0, start - 2) : start] in {"# ", "**"}:
        return True
    if phrase.isascii():
        return after_colon and shadow[max(0, start - 2) : start].strip()[-1:] in set(".;:!?)。")
    if phrase in WEAK:
        return False
    if before in _SENTENCE_END:
        return bool(after_colon or (_STRONG_ZH.match(phrase) and _TAIL_LIST.match(shadow, end)))
    return bool(after_colon and _STRONG_ZH.match(phrase))


def _line_starts_at(shadow: str, start: int) -> bool:
    """Whether only decoration stands between the line's start and `start`."""
    line_start = shadow.rfind("\n", 0, start)
    if start - line_start > 16:
        return False
    return bool(_LINE_START.match(shadow, max(line_start, 0), start))


def _decoration_start(shadow: str, start: int) -> int:
    """Where the heading begins with its brackets, numbering or Markdown marks."""
    line_start = shadow.rfind("\n", 0, start) + 1
    if start - line_start <= 16 and _line_starts_at(shadow, start):
        return line_start
    while start > line_start and shadow[start - 1] in "【[「#*《<":
        start -= 1
    return start
