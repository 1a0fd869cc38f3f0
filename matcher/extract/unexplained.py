"""Clauses that may speak of a skill without naming it, for the linker.

Enters: the aligned folded text, its sentences with their sections, and the spots found by name. Leaves: clauses without the
words that only lead in or close ("能独立完成", "者优先"). It refuses clauses that names explain for the greater part, clauses
of formalities (education, place, pay), and those too short or long to mean one thing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from matcher.domain.document import REDACTION_MARK, SectionKind
from matcher.extract.clauses import segment_bounds
from matcher.extract.spotting import Spot

LINKED_SECTIONS: Final = frozenset(
    {
        SectionKind.DUTIES,
        SectionKind.REQUIREMENTS,
        SectionKind.PREFERRED,
        SectionKind.SKILLS,
        SectionKind.EXPERIENCE,
        SectionKind.PROJECTS,
        SectionKind.OBJECTIVES,
        SectionKind.CONTENT,
        SectionKind.PREREQUISITES,
        SectionKind.SUMMARY,
        SectionKind.OTHER,
    }
)
_LEAD: Final = re.compile(
    r"[\s\d()、.\-•●·*:①-⑳]*(?:(?:能够?|可以?|会|独立|负责|参与|协助|配合|完成|进行|从事|具备|具有|具|有|熟悉|熟练|掌握|了解|精通|擅长"
    r"|良好的?|较强的?|优秀的?|一定的?|丰富的?|相关的?|主要|日常|公司|部门|并|且|及|对(?![公外账])|做好|做过|做|曾|善于"
    r"|根据|按照?|的)+"
    r"|(?:(?:able to|ability to|responsible for|you will|you'll|will|can|to|and|experience (?:in|with|of)|experienced in"
    r"|knowledge of|skilled in|proficient in|familiar with|good|strong|solid|help|assist (?:in|with)|support|be|the|our|your"
    r"|we|i|have|has|had|been|used to|worked on|working on)\s)+)?"
)
_TAIL: Final = re.compile(
    r"(?:等?(?:相关)?(?:工作|任务|事宜|经验|能力|经历|等)?(?:者?优先|者|更佳|加分)?"
    r"|\s(?:experience|skills?|preferred|required|is a plus|etc))[\s.。;!?]*$"
)
_FORMAL: Final = re.compile(
    r"学历|本科|大专|硕士|年龄|周岁|性别|户籍|专业$|月薪|薪资|底薪|提成|地点|地址|双休|加班|五险"
    r"|社保|公积金|福利|补贴|上班|面试|简历|待遇|晋升|出差"
    r"|\bdegree\b|\bbachelor|\bsalary\b|\bbenefits?\b|\blocation\b|\bweekends?\b|\bapply\b|\bequal opportunit|€|\$|£"
)
# Headings, lines of a timetable, and half sentences.
_HEADING: Final = re.compile(
    r":|学时|课时|学分|第[一二三四五六七八九十\d]+[章节讲周单模]|单元|项目[一二三四五六七八九十\d]|模块|hours?\b|credits?\b|^(?:what|how|why|who|or|and|with|main)\b"
    r"|(?:工程师|专员|经理|主管|技术员|助理|操作工|顾问|专业)$|\b(?:engineer|analyst|technician|manager|planner|designer|developer)s?$"
    r"|^[与和及或]|[与和及或的]$|\b(?:a|an|the|in|of|to|with|and|or|for)$"
)
_WORD: Final = re.compile(r"[a-z][a-z'-]+")
_CHINESE: Final = re.compile("[\u4e00-\u9fff]")
_MIN_ZH, _MAX_ZH = 4, 30
_MIN_WORDS, _MAX_WORDS = 2, 14
# From so large a share of named characters on, a clause is explained by its names.
_EXPLAINED: Final = 0.5


@dataclass(frozen=True, slots=True)
class OpenClause:
    """A clause to link. `[start, end)`: the clause; `own`: the part of it that no name explains, for the place of what is found."""

    start: int
    end: int
    own: tuple[int, int]


def open_clauses(
    aligned: str, sentences: Sequence[tuple[int, int, SectionKind]], spots: Sequence[Spot]
) -> list[OpenClause]:
    """Clauses to link, in order; their own parts are disjoint from all spots.

    Args:
        aligned: aligned folded text.
        sentences: `(begin, end, section)` of all sentences, in order.
        spots: found by name, in order.
    """
    found: list[OpenClause] = []
    position = 0
    for begin, end, section in sentences:
        if section not in LINKED_SECTIONS:
            continue
        for first, last in segment_bounds(aligned[begin:end]):
            start, stop = begin + first, begin + last
            while position < len(spots) and spots[position].end <= start:
                position += 1
            named = []
            for spot in spots[position:]:
                if spot.start >= stop:
                    break
                named.append((max(spot.start, start), min(spot.end, stop)))
            clause = _open_clause(aligned, start, stop, named)
            if clause is not None:
                found.append(clause)
    return found


def _open_clause(aligned: str, start: int, stop: int, named: Sequence[tuple[int, int]]) -> OpenClause | None:
    """The clause without what leads in and closes, None when it is not to be linked."""
    begin, end = _bare(aligned, start, stop)
    clause = aligned[begin:end]
    if not _has_size(clause) or _FORMAL.search(clause) or REDACTION_MARK in clause or _HEADING.search(clause):
        return None
    inside = [(max(a, begin), min(b, end)) for a, b in named if a < end and b > begin]
    if sum(b - a for a, b in inside) >= _EXPLAINED * (end - begin):
        return None
    edges = [begin, *(edge for span in inside for edge in span), end]
    own = max(zip(edges[::2], edges[1::2], strict=True), key=lambda part: part[1] - part[0])
    return OpenClause(begin, end, own)


def _bare(aligned: str, start: int, stop: int) -> tuple[int, int]:
    lead = _LEAD.match(aligned, start, stop)
    start = lead.end() if lead else start
    tail = _TAIL.search(aligned[start:stop])
    stop = start + tail.start() if tail else stop
    text = aligned[start:stop]
    return start + len(text) - len(text.lstrip()), start + len(text.rstrip(" \t\n;。•●-"))


def _has_size(clause: str) -> bool:
    if _CHINESE.search(clause):
        return _MIN_ZH <= len(clause) <= _MAX_ZH
    return _MIN_WORDS <= len(_WORD.findall(clause)) <= _MAX_WORDS
