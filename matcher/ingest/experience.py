"""Years of experience: a posting's minimum, a candidate's total.

Enters: a shadow (fold.py), sections, and the day that "present" means. Leaves: years and where they stand, or None when
the text makes no claim. 0.0 is returned only when the text says that none is needed. It refuses nothing.

A candidate's total is the stated one (5年工作经验, "5 years of experience") when there is one in the head or summary. Else the
job date ranges are merged (overlaps count once) and added up: months are counted inclusively when both ends name a month
(2019.07–2021.06 is 24 months), year-only ranges by difference (2018–2021 is 3 years). Studies and internships do not count.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from matcher.domain.document import Kind, Section, SectionKind, Span

Years = tuple[float, Span]

_NUMBERS: Final = {
    "一": 1,
    "两": 2,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
    "半": 0.5,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
# "2.2年以上" is item 2 of a list without a blank: only halves are decimals here.
_N: Final = r"(?:(?<![\d.])|(?<=[^\d.]\d\.)(?!5年))(\d{1,2}(?:\.5)?|[一两二三四五六七八九十])"
_ZH: Final = re.compile(
    rf"(?:(?:经验|年限)(?:要求)?\s?[:]?\s?)?{_N}\s?年?\s?(?:-{{1,2}}|~|至|到|或)\s?(?:\d{{1,2}}"
    rf"|[一两二三四五六七八九十])\s?年(?![级制度代月])(?=(?P<after>[^;。\n]{{0,24}}))"
    rf"|{_N}\s?年\s?(?:\(含\)|\(以上\))?\s?(?P<over>以上|及以上|或以上|多|以内|左右"
    rf"|\+)?(?![级制度代月])(?=(?P<after2>[^;。\n]{{0,24}}))"
)
_WORK: Final = re.compile(r"经验|经历|工作|从业|从事|任职|背景|资历|年限|工龄")
_STOP: Final = re.compile(r"[,、]")
_NOT_EXPERIENCE: Final = re.compile(
    r"(?:成立|创立|创办|深耕|历史|合同|服务期|质保|保修|签订|近|最近|未来|每|满|第|连续|工作满|入职|稳定"
    r"|至少工作|规划|试用|学制|有效期|持续|共|制|前|后)\s?$"
)
_EN_N: Final = r"(?<![\d.$£€])(\d{1,2}(?:\.\d)?|(?<![a-z])(?:one|two|three|four|five|six|seven|eight|nine|ten))"
_EN: Final = re.compile(
    rf"{_EN_N}\s?(?:\+|plus|or more)?\s?(?:(?:-|to|~)\s?(?:\d{{1,2}}|two|three|four|five|six|seven|eight|nine"
    rf"|ten)\s?\+?\s?)?(?:or more |full |solid )?(?:years?|yrs?)'?(?=(?P<after>[^.;\n]{{0,60}}))"
)
_EN_WORK: Final = re.compile(
    r"experience|\bin (?:an?|the|this|similar)?\s?\w+|\bas an?\b|\bat an?\b|\bwith\b|working|background|of"
    r" (?!age|study|school|college)[a-z]|proven|track record|\bor more\b|\bminimum\b"
)
_EN_BEFORE: Final = re.compile(r"(?:minimum|at least|min\.?|over|more than|experience\s?:?|least)\s(?:of\s)?$")
_EN_NOT: Final = re.compile(
    r"^\s?(?:old|ago|of age|contract|warranty|fixed|degree|program|college|course|later|in (?:a row|business)"
    r"|-?\s?year)|^[^.;]{0,12}(?:company|firm history)"
)
_ZERO: Final = re.compile(
    r"经验不限|不限(?:工作)?经验|无(?:需|须)?(?:工作|相关)?经验(?:要求|也?可|亦可|者亦可|均可)|无经验要求"
    r"|(?:不要求|无需|无须|不需要)(?:有)?(?:相关|工作)*经验|零经验|零基础可|应届(?:毕业)?生?(?:者)?(?:亦|也|均"
    r"|皆)?(?:可|优先|欢迎)|(?:接受|欢迎|招收|招聘|面向)(?:优秀)?应届|经验\s?:\s?(?:不限|应届)"
    r"|no (?:prior |previous |work |relevant )*experience (?:is )?(?:required|necessary|needed|expected)"
    r"|experience (?:is )?not (?:required|necessary|needed)|(?:recent|fresh|new) graduates? (?:are )?(?:welcome"
    r"|encouraged|considered)|graduates? (?:are )?welcome|entry[- ]level"
)
# Without a noun, years count only at the head of a résumé: "Night auditor, 3 years, …", "IDC运维，2年，…".
_HEAD_YEARS: Final = re.compile(
    rf"(?:^|[,|\s-]){_N}\s?年(?:经验)?(?=\s*(?:[,。|;\n]|$))|[,|-]\s?{_EN_N}\s?\+?\s?years?(?=\s*(?:[,.|;\n]|$))"
)
# "本科5年或硕士3年" offers a choice, "5年经验，其中3年售前" does not.
_ALTERNATIVE: Final = re.compile(r"(?<!及)或(?!以上|更高)|\bor\b(?! more| above)")
_WISH: Final = re.compile(r"优先|更佳|尤佳|加分|为佳|preferred|a plus|desirable|nice to have|bonus|ideally|advantage")
_DATE: Final = (
    r"(?:(?P<y{0}>(?:19|20)\d{{2}})(?:\s?[年./-]\s?(?P<m{0}>0?[1-9]|1[0-2])(?!\d))?\s?[年月]?|(?P<n{0}>jan|feb|mar"
    r"|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s(?P<z{0}>(?:19|20)\d{{2}})|(?P<p{0}>0[1-9]"
    r"|1[0-2])[/.](?P<q{0}>(?:19|20)\d{{2}}))"
)
JOB_RANGE: Final = re.compile(
    rf"(?<!\d){_DATE.format(1)}\s?(?:-{{1,3}}|~|至|到|to|until|→)\s?(?:{_DATE.format(2)}|(?P<now>至今|今|现在"
    rf"|目前|present|now|current|today|date|ongoing|\.{{3}}))(?!\d)"
)
_MONTH_NAMES: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS: Final = {name: index for index, name in enumerate(_MONTH_NAMES, 1)}
_STUDY: Final = re.compile(
    r"大学|学院|学校|本科|硕士|博士|大专|中专|高中|高职|职校|技校|专业|在读|university|college|school|bsc|msc"
    r"|bachelor|master|degree|diploma|b\.?eng|academy|polytechnic|institute of technology|培训班|bootcamp"
)
_TEACHING: Final = re.compile(
    r"教师|讲师|老师|辅导员|任教|teacher|lecturer|instructor|tutor|administrator|librarian|technician at"
)
_INTERN: Final = re.compile(
    r"实习|实训|志愿|见习|兼职|intern\b|internship|placement|volunteer|trainee|part-time|student job"
)
NO_JOBS: Final = frozenset({SectionKind.EDUCATION, SectionKind.PROJECTS, SectionKind.CERTIFICATES, SectionKind.SKILLS})
_STATED_SECTIONS: Final = frozenset({SectionKind.SUMMARY, SectionKind.TITLE, SectionKind.OTHER})
_HEAD_CHARS: Final = 250


def find_experience(shadow: str, kind: Kind, sections: tuple[Section, ...], as_of: date) -> Years | None:
    """Years of experience stated in a text.

    Posting: the first demanded number ("3-5年" gives 3); several numbers in one item (本科5年或硕士3年) give the lowest; wishes
    do not count. Without a number, "经验不限" and "应届生可" give 0.0. Candidate: see the module's paragraph.

    Returns:
        (years, where), or None when the text does not say; always None for a course.
    """
    if kind is Kind.COURSE:
        return None
    if kind is Kind.POSTING:
        return _demanded(shadow)
    stated = [
        years
        for section in sections
        if section.kind in _STATED_SECTIONS
        for years in _stated(shadow, section.span.start, section.span.end)
    ]
    stated += _stated(shadow, 0, min(_HEAD_CHARS, len(shadow)))
    line_end = shadow.find("\n", len(shadow) - len(shadow.lstrip()))
    for match in _HEAD_YEARS.finditer(shadow, 0, min(120, line_end if line_end > 0 else len(shadow))):
        stated.append((_value(match[1] or match[2]), Span(*match.span())))
    if stated:
        return max(stated, key=lambda years: (years[0], -years[1].start))
    return _from_ranges(shadow, sections, as_of)


def _demanded(shadow: str) -> Years | None:
    found = sorted(
        ((years, span) for years, span in _stated(shadow, 0, len(shadow)) if not _is_wish(shadow, span)),
        key=lambda item: item[1].start,
    )
    if found:
        first = found[0]
        item_end = min((end for mark in ";。\n" if (end := shadow.find(mark, first[1].end)) >= 0), default=len(shadow))
        limit = min(item_end, first[1].end + 80)
        others = [
            years
            for years in found[1:]
            if years[1].start < limit and _ALTERNATIVE.search(shadow, first[1].start, years[1].start)
        ]
        return min([first, *others], key=lambda years: (years[0], years[1].start))
    zero = _ZERO.search(shadow)
    return (0.0, Span(*zero.span())) if zero else None


def _is_wish(shadow: str, span: Span) -> bool:
    end = min((position for mark in ";。\n,." if (position := shadow.find(mark, span.end)) >= 0), default=len(shadow))
    return bool(_WISH.search(shadow, span.start, min(end, span.end + 60)))


def _stated(shadow: str, start: int, end: int) -> list[Years]:
    """Every number of years that is said of work, in order of place."""
    found: list[Years] = []
    if "年" in shadow:
        for match in _ZH.finditer(shadow, start, end):
            number = match[1] or match[3]
            after = match["after"] if match["after"] is not None else match["after2"]
            near = _STOP.split(after, maxsplit=1)[0]
            before = shadow[max(0, match.start() - 6) : match.start()]
            labelled = match[0].startswith(("经验", "年限")) or before.endswith(
                ("经验", "经验:", "年限", "年限:", "经验: ")
            )
            bare_floor = match["over"] in {"以上", "及以上", "或以上"} and not near
            if (
                match["over"] == "以内"
                or _NOT_EXPERIENCE.search(before)
                or not (labelled or _WORK.search(near) or bare_floor)
            ):
                continue
            tail = match.start("after") if match["after"] is not None else match.start("after2")
            work = _WORK.search(near)
            found.append((_value(number), Span(match.start(), tail + (work.end() if work else 0))))
    if "year" in shadow or "yr" in shadow:
        for match in _EN.finditer(shadow, start, end):
            after = match["after"]
            if _EN_NOT.match(after):
                continue
            work = _EN_WORK.search(after)
            if work or _EN_BEFORE.search(shadow, max(0, match.start() - 16), match.start()):
                found.append(
                    (_value(match[1]), Span(match.start(), match.start("after") + (work.end() if work else 0)))
                )
    return [years for years in found if years[0] <= 50]


def _value(number: str) -> float:
    return float(_NUMBERS.get(number) or number)


def _from_ranges(shadow: str, sections: tuple[Section, ...], as_of: date) -> Years | None:
    """Total of the merged job date ranges, in years to one decimal."""
    has_jobs_section = any(section.kind is SectionKind.EXPERIENCE for section in sections)
    months: set[int] = set()
    first = last = -1
    for section in sections:
        if section.kind in NO_JOBS or (has_jobs_section and section.kind is not SectionKind.EXPERIENCE):
            continue
        for match in JOB_RANGE.finditer(shadow, section.span.start, section.span.end):
            if not _is_job(shadow, match, in_jobs_section=section.kind is SectionKind.EXPERIENCE):
                continue
            months |= _months_of(match, as_of)
            first = match.start() if first < 0 else first
            last = match.end()
    return (round(len(months) / 12, 1), Span(first, last)) if months else None


def _is_job(shadow: str, match: re.Match[str], *, in_jobs_section: bool) -> bool:
    line_start = shadow.rfind("\n", 0, match.start()) + 1
    line_end = shadow.find("\n", match.end())
    after = shadow[match.end() : min(line_end if line_end >= 0 else len(shadow), match.end() + 60)]
    next_range = JOB_RANGE.search(after)
    around = (
        shadow[max(line_start, match.start() - 40) : match.start()]
        + after[: next_range.start() if next_range else None]
    )
    if _INTERN.search(around):
        return False
    return in_jobs_section or not _STUDY.search(around) or bool(_TEACHING.search(around))


def _months_of(match: re.Match[str], as_of: date) -> set[int]:
    """Calendar months (year × 12 + month − 1) that a range covers; empty when it runs backwards or is absurdly long."""
    start_year, start_month = _when(match, 1)
    today = as_of.year * 12 + as_of.month - 1
    if match["now"]:
        start = start_year * 12 + (start_month or 1) - 1
        stop = today + 1
    else:
        end_year, end_month = _when(match, 2)
        inclusive = bool(start_month and end_month)
        start = start_year * 12 + (start_month or 1) - 1
        stop = min(end_year * 12 + (end_month or 1) - 1 + inclusive, today + 1)
    return set(range(start, stop)) if 0 < stop - start <= 50 * 12 else set()


def _when(match: re.Match[str], end: int) -> tuple[int, int | None]:
    if match[f"y{end}"]:
        return int(match[f"y{end}"]), int(match[f"m{end}"]) if match[f"m{end}"] else None
    if match[f"z{end}"]:
        return int(match[f"z{end}"]), _MONTHS[match[f"n{end}"]]
    return int(match[f"q{end}"]), int(match[f"p{end}"])
