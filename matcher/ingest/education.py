"""The education that a text states: a posting's minimum, a candidate's highest, a course's entry level.

Enters: a shadow (fold.py) and sections. Leaves: a level and where it stands, or None when the text makes no claim. It
refuses nothing.
"""

from __future__ import annotations

import re
from typing import Final

from matcher.domain.document import EducationLevel, Kind, Section, SectionKind, Span

_L = EducationLevel
# Level → words; the look-aheads keep out what merely contains the word (本科室, 高中物理教师, 专科护士).
_ZH: Final = {
    _L.DOCTORATE: r"博士(?!后|生导师|点|站|服|眼镜)",
    _L.MASTER: r"硕士(?!生?导师|点)|研究生(?!导师|院)|硕博|本硕|硕本",
    _L.BACHELOR: r"本科(?![室目普教课院])|学士(?!后)",
    _L.ASSOCIATE: r"大专(?!院校|生?教学)|专科(?![医护门诊病室])|高职(?!院校|高专院校|教师|教育|学校|扩招)|专升本",
    _L.SECONDARY: r"高中(?!生?[数语英物化生历地政]|教|部|阶段|课程)|中专(?!教|学校教)|中职(?!教|学校教|院校|衔接)|职高|技校"
    r"|初中(?![数语英物化生历地政教部阶])|中技",
}
_EN: Final = {
    _L.DOCTORATE: r"ph\.?\s?d\b|doctorates?\b|doctoral\b|d\.phil\b",
    _L.MASTER: r"master'?s?(?:'s)?\s(?:degree|of|in\b|or\b|level|student)|masters?'?\s(?:degree|preferred|or)|masters\b"
    r"|m\.?sc\b|m\.?eng\b|mba\b|m\.s\.|ms\s(?:in|degree|or)\b|m\.?phil\b|postgraduate (?:degree|diploma"
    r"|qualification)|graduate degree",
    _L.BACHELOR: r"bachelor'?s?\b|b\.?sc\b|b\.?eng\b|b\.a\.|ba\s(?:in|\(|degree|hons|history|english)|b\.s\.|bs\s(?:in|degree"
    r"|or|nursing)\b|undergraduate degree|university degree|college degree|btech\b|b\.?com\b|(?:honours|first"
    r"|four-year) degree|degree in\b",
    _L.ASSOCIATE: r"associate'?s?(?:'s)?\s(?:degree|of|in\b|or\b|diploma)|aas\b|a\.a\.s\b|foundation degree|hnd\b|hnc\b|higher"
    r" (?:national|vocational)|advanced diploma|college diploma|polytechnic diploma|(?:technical|vocational)"
    r" (?:college )?(?:diploma|degree)|(?:two|three)-year (?:college|degree|diploma)|level 5 diploma|diploma"
    r" (?:in|of)\b|national diploma|diploma or (?:higher|above)",
    _L.SECONDARY: r"high school (?:diploma|graduate|education|or)|secondary (?:school|education|vocational)|ged\b|gcses?\b|a[-"
    r" ]levels?\b|vocational (?:high )?school|high school\b",
}
_ZH_LEVELS: Final = re.compile("|".join(f"(?P<l{level.value}>{pattern})" for level, pattern in _ZH.items()))
_EN_LEVELS: Final = re.compile(
    "(?<![a-z])(?:" + "|".join(f"(?P<l{level.value}>{pattern})" for level, pattern in _EN.items()) + ")"
)
# A character class is scanned several times faster than five named alternatives.
_ZH_FIRST: Final = re.compile("[博硕研本学大专高中职技初](?=[士究博硕本科专职升中高校技])")
_EN_WORDS: Final = (
    "degree",
    "bachelor",
    "master",
    "ph.",
    "phd",
    "ph d",
    "doctor",
    "diploma",
    "school",
    "bsc",
    "msc",
    "b.",
    "m.",
    "beng",
    "meng",
    "associate",
    "mba",
    "hnd",
    "hnc",
    "gcse",
    "level",
    "secondary",
    "bs ",
    "ms ",
    "ba ",
    "aas",
    "btech",
    "bcom",
    "mphil",
    "ged",
    "higher ",
)
_CLAUSE: Final = "。；;\n!！"
_REACH: Final = 120
_WISH: Final = re.compile(
    r"优先|更佳|尤佳|加分|为佳|preferred|a plus|desirable|advantage|nice to have|bonus|ideally|would be"
)
_EXCEPTION: Final = re.compile(
    r"(?:优秀|能力|特别|条件|经验|丰富)[^,;。]{0,12}(?:放宽|不限|可)|可放宽|exceptional|in place of a|in lieu of"
    r"|instead of a degree"
)
_FLOOR: Final = re.compile(
    r"\s{0,2}(?:\([^)]{0,8}\))?(?:学历|学位)?\s{0,2}(?:\(含\))?(?:及|或|与)?(?:其)?(?:以上|更高|同等)|\s?起"
    r"|(?:'s)?[\w\s']{0,12}(?:or (?:above|higher|equivalent|better)|minimum|and above)"
)
# "本科或硕士以上": the lower of the two is the minimum.
_OR_HIGHER: Final = re.compile(r"\s?(?:学历|学位)?\s?(?:或者?|/)\s?(?:本科|学士|硕士|研究生|博士|大专)[^,;。]{0,4}以上")
_OF_OTHERS: Final = re.compile(r"(?:指导|带教|辅导|培养|面向|教授|讲授|招收)[^,;。\n]{0,6}$|(?:导师|与|和|给)\s?$")
_STUDYING: Final = re.compile(
    r"[^,;。\n]{0,10}(?:在读|在校|就读中|肄业|未毕业|备考)|[^,;\n]{0,40}(?:in progress|ongoing|expected|not"
    r" completed|unfinished|withdrawn|current student)"
)
_ENTRY_LABEL: Final = re.compile(
    r"(?:入学(?:学历|要求)|学历要求|entry requirements?|admission requirements?)\s?:\s*([^\n]{2,80})"
)
_NO_DEGREE: Final = re.compile(
    r"学历不限|不限学历|无学历要求|不要求学历|no (?:formal )?(?:degree|qualifications?) (?:is )?(?:required"
    r"|needed|necessary)|degree (?:is )?not (?:required|necessary|needed)"
)
_EDUCATION_SECTIONS: Final = frozenset({SectionKind.EDUCATION})
_HEAD_CHARS: Final = 300
_LABEL_CANDIDATE: Final = re.compile(
    r"(?:最高)?(?:学\s?历|学位|文化程度)\s?[:|]\s*|highest (?:qualification|degree|education)\s?:\s*|education\s?:\s*"
)


def find_education(shadow: str, kind: Kind, sections: tuple[Section, ...]) -> tuple[EducationLevel, Span] | None:
    """Education stated in a text.

    Posting: the lowest level that is demanded; wishes (硕士优先) and exceptions (优秀者可放宽) do not count, and "学历不限"
    gives None. Candidate: the highest level held, from the education section, a label or the head, else from anywhere;
    studies still in progress do not count. Course: only a labelled entry level.

    Returns:
        (level, where), or None when the text does not say.
    """
    if kind is Kind.COURSE:
        label = _ENTRY_LABEL.search(shadow) if ":" in shadow else None
        mentions = _mentions(shadow, *label.span(1)) if label else []
        return min(mentions, key=lambda found: found[0]) if mentions else None
    return _demanded(shadow) if kind is Kind.POSTING else _held(shadow, sections)


def _demanded(shadow: str) -> tuple[EducationLevel, Span] | None:
    best: tuple[tuple[int, int], EducationLevel, Span] | None = None
    for level, span in _mentions(shadow, 0, len(shadow)):
        clause_start, clause_end = _clause(shadow, span)
        after = shadow[span.end : clause_end]
        is_floor = bool(_FLOOR.match(after) or _OR_HIGHER.match(after))
        wish = _WISH.search(re.split("[,,]", after, maxsplit=1)[0])
        if (
            (wish and not is_floor)
            or _EXCEPTION.search(shadow, clause_start, span.start)
            or _OF_OTHERS.search(shadow, clause_start, span.start)
        ):
            continue
        if wish and is_floor and wish.start() < 14:
            continue
        rank = (0 if is_floor else 1, level.value)
        if best is None or rank < best[0]:
            best = (rank, level, span)
    if best is None or (_NO_DEGREE.search(shadow) and best[0][0] == 1):
        return None
    return best[1], best[2]


def _held(shadow: str, sections: tuple[Section, ...]) -> tuple[EducationLevel, Span] | None:
    areas = [(section.span.start, section.span.end) for section in sections if section.kind in _EDUCATION_SECTIONS]
    areas += [(label.end(), min(len(shadow), label.end() + 40)) for label in _LABEL_CANDIDATE.finditer(shadow)]
    areas.append((0, min(len(shadow), _HEAD_CHARS)))
    for group in (areas, [(0, len(shadow))]):
        held = [
            found
            for start, end in group
            for found in _mentions(shadow, start, end)
            if not _STUDYING.match(shadow, found[1].end)
            and not _OF_OTHERS.search(shadow, max(start, found[1].start - 12), found[1].start)
        ]
        if held:
            return max(held, key=lambda found: (found[0], -found[1].start))
    return None


def _mentions(shadow: str, start: int, end: int) -> list[tuple[EducationLevel, Span]]:
    found = [
        match
        for first in _ZH_FIRST.finditer(shadow, start, end)
        if (match := _ZH_LEVELS.match(shadow, first.start(), end))
    ]
    if any(word in shadow for word in _EN_WORDS):
        found += _EN_LEVELS.finditer(shadow, start, end)
    return [(EducationLevel(int((match.lastgroup or "")[1:])), Span(*match.span())) for match in found]


def _clause(shadow: str, span: Span) -> tuple[int, int]:
    """Where the clause around a mention begins and ends, at most `_REACH` code points away on either side."""
    back, ahead = max(0, span.start - _REACH), min(len(shadow), span.end + _REACH)
    start = max(back, *(shadow.rfind(mark, back, span.start) + 1 for mark in _CLAUSE))
    ends = [position for mark in _CLAUSE if (position := shadow.find(mark, span.end, ahead)) >= 0]
    return start, min(ends, default=ahead)
