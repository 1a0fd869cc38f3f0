"""What a syllabus states about its size and form: hours, credits, practice share, delivery.

Enters: the shadow (fold.py) of the text. Leaves: each fact and where it stands, or None when the text does not say. Hours
per week, per module and per day are not the course's hours. It refuses nothing.
"""

from __future__ import annotations

import re
from typing import Final

from matcher.domain.document import Delivery, Kind, Span

Number = tuple[float, Span]

_N: Final = r"(\d{1,4}(?:\.\d{1,2})?)(?!\.?\d)"
_RANGE_TAIL: Final = r"(?:\s?(?:-|~|至|到|to)\s?(\d{1,4}(?:\.\d{1,2})?))?"
_NOT_WEEKLY: Final = r"(?!\s?(?:小时)?\s?(?:/|per|a|each|every)\s?(?:周|week|day|天|次|session))"
_UNIT_ZH: Final = r"(?:个?学时|个?课时)"
_HOURS: Final = (
    re.compile(
        rf"总\s?(?:计|共)?\s?(?:学时|课时|教学时数)(?:数)?\s?(?:\([^()\d]{{0,10}}\))?\s?(?:为"
        rf"|[:：])?\s?(?:约)?{_N}{_RANGE_TAIL}|(?:共计?|合计|总计)\s?{_N}\s?{_UNIT_ZH}|(?<![a-z])total (?:contact"
        rf" |teaching |class |course |study |learning |notional )?hours\s?:?\s?{_N}{_RANGE_TAIL}|{_N}\s?(?:hours"
        rf" (?:in )?total|total hours|hours? in total)"
    ),
    re.compile(rf"(?<!每周)(?<!周)(?:学时|课时)(?:数|安排)?\s?/\s?学分(?:数)?\s?(?:[:：]|\s)\s?{_N}"),
    re.compile(
        rf"(?<!每周)(?<!周)(?<!践)(?<!论)(?<!验)(?<!训)(?:学时|课时)(?:数"
        rf"|安排)?\s?(?:\([^()\d]{{0,10}}\))?\s?(?:[:：]|为)\s?(?:约"
        rf"|共)?{_N}(?!\s?[-~]?\d*\s?小时\s?/\s?[周天])(?!\s?学分(?!\s?[:\d])){_RANGE_TAIL}|(?<![\d个践论验训])(?:学时"
        rf"|课时)(?:|(?<!\d\s学时)(?<!\d\s课时)\s{{1,2}}){_N}(?!\s?(?:学分(?!\s?[:\d])|/\s?周))|(?<![a-z])(?:(?:contact|class"
        rf"|teaching|estimated|course|study|scheduled|taught) hours?|hours?|estimated study time|class"
        rf" hour)\**\s?:\s?\**\s?(?:approx\.?\s|about\s|~)?{_N}{_RANGE_TAIL}(?!\s?(?:hours?\s?)?(?:/|per|a"
        rf"|each)\s?(?:week|day))"
    ),
    re.compile(
        rf"(?<![\d.~-]){_N}\s?{_UNIT_ZH}(?!\s?/\s?周)(?!\d)|(?<![\d.~-]){_N}\s?-?\s?(?:contact|class|teaching"
        rf"|taught|scheduled|classroom|guided learning|study) hours?{_NOT_WEEKLY}|(?<![\d.~-]){_N}\s?(?:hours"
        rf"|hrs){_NOT_WEEKLY}(?!\s?(?:of (?:practice|lab|practical|independent|self|home|pre|on|remote)|a\s"
        rf"|before|after|in advance|notice|on duty|shift))"
    ),
)
_LECTURES_AND_LABS: Final = re.compile(
    r"(?<![\d.])(\d{1,3})\s?(?:h|hours?)?\s?(?:of\s)?(?:lectures?|theory|classroom)\s?(?:,|\+|/|and"
    r"|&)\s?(\d{1,3})\s?(?:h|hours?)?\s?(?:of\s)?(?:[a-z]+\s)?(?:labs?|laboratory|practicals?|practice"
    r"|workshops?|shop)(?![a-z])(?!\s?(?:hours?\s)?(?:per|a|/)\s?w)"
)
_AFTER_TOTALS: Final = 1
_MIN_LECTURE_HOURS: Final = 8  # fewer are hours per week
_PER_WEEK_BEFORE: Final = re.compile(
    r"(?:每周|周|每天|每日|每次|weekly|per week|module|lab|practice|practical|实践|实训|实验|理论|theory|lecture"
    r"|每学期)[\s:：(（]{0,3}$"
)
_CREDITS: Final = (
    re.compile(rf"(?:学时|课时)(?:数)?\s?/\s?学分(?:数)?\s?(?:[:：]|\s)\s?\d{{1,4}}(?:\.\d)?\s?/\s?{_N}"),
    re.compile(
        rf"(?<![\d个])学分(?:数)?(?:\s?(?:\([^()\d]{{0,8}}\))?\s?(?:[:：]|为)\s?|(?<!\d\s学分)\s{{1,2}}"
        rf"|){_N}(?!\s?(?:学时|课时)(?!\s?[:\d]))|(?<![a-z])(?:credits?|credit points|credit hours|ects(?: credits)?|credit"
        rf" value)\**(?:[ ]?:[ ]?\**)?[ ]?{_N}(?!\s?-)|(?<![a-z])units[ ]?:[ ]?{_N}(?=\s*(?:[.,;|]\s|\n|$))"
    ),
    re.compile(
        rf"(?<![\d.-]){_N}\s?(?:个)?学分(?!\d)|(?<![\d.-]){_N}\s?-?\s?(?:ects|credits?(?!\s?(?:card|risk|rating"
        rf"|control|score|note))|credit (?:points|hours))(?![a-z])"
    ),
)
_SHARE: Final = re.compile(
    r"(?:实践|实训|实操|实验|动手)(?:教学|学时|课时|环节|部分)?(?:的)?(?:占比|比例|比重|占总?学时(?:的|比例)?"
    r"|占)?\s?(?:约|为|:|达|不低于|≥|>=)*\s?(\d{1,3}(?:\.\d)?)\s?%(?!\s?(?:考|成绩|期末|技能|理论考))"
    r"|(?<![a-z])(?:practice|practical|hands-on|lab(?:oratory)?|workshop)(?:\s(?:work|share|hours?|sessions?"
    r"|time|component|teaching))*\s?(?:makes? up|is|accounts? for|:|=|about|approx\.?|of|at least"
    r"|\s)*\s?(\d{1,3})\s?(?:%|per ?cent)(?!\s?(?:exam|of the (?:grade|mark)))"
    r"|(\d{1,3})\s?(?:%|per ?cent)\s?(?:of (?:the )?(?:class |contact |teaching |total |course )?(?:hours"
    r"|time)?\s?(?:is|are|in|spent in)?\s?)?(?:(?:the )?(?:practical|practice|hands-on|lab|workshop"
    r"|laboratory)(?!\s(?:exam|test|assessment|report|mark))|实践|实训|实操)"
)
_GRADE_NEAR: Final = re.compile(r"考核|成绩|评价|期末|平时|笔试|assess|grad|exam|mark|quiz")
_PRACTICE_HOURS: Final = re.compile(
    rf"(?:实践|实训|实操|实验|上机|实战)(?:教学|操作)?(?:学时|课时)?\s?(?:[:：为]|共)?\s?{_N}\s?(?:{_UNIT_ZH}"
    rf"|h(?![a-z]))?(?![\d%年月.])|(?<![a-z])(?:practice|practicals?|practical work|hands-on|lab(?:s|oratory|"
    rf" work)?|workshops?)\s?(?:hours\s?)?(?::[ ]?{_N}(?:\s?(?:hours?|h)(?![a-z]))?|[ ]{_N}(?:\s?(?:hours?"
    rf"|h)(?![a-z])|(?=[ ]?[),;+|]|$)))(?![\d%])|(?<![\d.]){_N}\s?(?:hours?|h)?\s?(?:of\s"
    rf"|in\s)?(?:the\s)?(?:[a-z]+\s)?(?:practicals?|practice|hands-on|lab(?:s|oratory)?|workshops?|shop)(?![a-z])"
)
_THEORY_HOURS: Final = re.compile(
    rf"(?:理论|讲授|授课)(?:教学)?(?:学时|课时)?\s?[:：为]?\s?{_N}(?![\d%])|(?<![a-z])(?:theory|lectures?"
    rf"|classroom)\s?:?\s?{_N}(?![\d%])|(?<![\d.]){_N}\s?(?:hours?|h)?\s?(?:of\s)?(?:theory|lectures?"
    rf"|classroom)(?![a-z])"
)
_NEAR_CHARS: Final = 48
# Smaller numbers beside the total are hours per week ("2 lecture, 4 lab"), whose ratio is the same share.
_MIN_SHARE: Final = 0.15
_ONLINE: Final = (
    r"线上(?!线下)|在线(?:课程|学习|授课|教学)|网络(?:授课|教学|课程)|慕课|mooc|远程(?:办公|工作|授课|教学)|居家办公"
    r"|(?<![a-z])(?:fully |100% |100 % )?(?:online|remote(?:ly)?|distance learning|self-paced|work from home|virtual"
    r" classroom)(?![a-z])"
)
_BLENDED: Final = (
    r"线上(?:\([^()]{0,10}\)|\d{0,3}(?:学时)?)\s?[+与和、/]?\s?线下|线下\s?[+与和、/]\s?线上|混合(?:式|教学|办公"
    r"|授课)|(?<![a-z])(?:blended|hybrid|flipped classroom|partly online|part online)(?![a-z])"
)
_ONSITE: Final = (
    r"线下|面授|现场(?:授课|教学|办公)|课堂教学|集中授课|校内实训|驻场|(?<![a-z])(?:on[- ]?site|in[- ]person|face[-"
    r" ]to[- ]face|classroom|on[- ]campus|in the workshop|workshop-based)(?![a-z])"
)
_MODES: Final = (
    (Delivery.BLENDED, re.compile(_BLENDED)),
    (Delivery.ONLINE, re.compile(_ONLINE)),
    (Delivery.ONSITE, re.compile(_ONSITE)),
)
_MODE_SIGNS: Final = (
    "线上",
    "线下",
    "在线",
    "网络授",
    "慕课",
    "远程",
    "居家",
    "混合",
    "面授",
    "现场",
    "课堂",
    "集中授",
    "校内",
    "驻场",
    "mooc",
    "online",
    "remote",
    "distance learn",
    "self-paced",
    "from home",
    "virtual",
    "blended",
    "hybrid",
    "flipped",
    "on-site",
    "onsite",
    "on site",
    "in-person",
    "in person",
    "face-to",
    "face to",
    "classroom",
    "campus",
    "in the workshop",
    "workshop-based",
)
_MODE_LABEL: Final = re.compile(
    r"(?:授课|教学|上课|学习|课程|开课|办公|工作|培训)(?:方式|形式|模式)\s?[:：]\s*|(?<![a-z])(?:mode of"
    r" (?:delivery|study)|delivery(?: mode)?|mode|format|teaching mode|study mode|work(?:ing)? (?:mode|model"
    r"|arrangement|pattern)|workplace type)\s?:\s*"
)
_MODE_PLAIN: Final = {
    Kind.COURSE: re.compile(
        r"线上(?:\([^()]{0,10}\)|\d{0,3}(?:学时)?)\s?[+与和、/]?\s?线下|混合式|线上(?:课程|授课|教学为主)"
        r"|线下(?:授课|教学|面授)|(?<![a-z])(?:online (?:course|class|delivery|only)|fully online|delivered"
        r" (?:fully )?online|blended (?:course|delivery|learning)|delivered in person|taught (?:in person|on"
        r" campus|online)|in-person (?:course|delivery|classes))|(?:^|[|·,;.(\n]|\s{2,})\s*(?:online|blended"
        r"|hybrid|on-?site|in person|face-to-face|on campus|线上|线下|面授|混合式?)(?=\s*(?:$|[|·,;:.)\n+]|\())"
    ),
    Kind.POSTING: re.compile(
        r"(?:支持|可|接受|全)?远程(?:办公|工作)|居家办公|混合办公|驻场|(?<![a-z])(?:fully remote|remote"
        r" (?:position|role|job|work|working|within)|work from home|hybrid(?: work| working|\s\d| role|,)"
        r"|on-?site (?:position|role|only|work)|fully on-?site)|(?:^|[|·,;(\n])\s*(?:remote|hybrid"
        r"|on-?site)(?=\s*(?:$|[|·,;.)\n]|\())"
    ),
}


def find_hours(shadow: str) -> Number | None:
    """Total teaching hours. Of a range ("50–70 hours") the upper end: a plan that fits it fits any."""
    if (
        "学时" not in shadow
        and "课时" not in shadow
        and "hour" not in shadow
        and "hrs" not in shadow
        and "lecture" not in shadow
    ):
        return None
    for index, pattern in enumerate(_HOURS):
        if index == _AFTER_TOTALS and (split := _lectures_and_labs(shadow)):
            return split
        for match in pattern.finditer(shadow):
            if _PER_WEEK_BEFORE.search(shadow, max(0, match.start() - 12), match.start()):
                continue
            numbers = [float(group) for group in match.groups() if group]
            if numbers and 0 < numbers[-1] <= 2_000:
                return max(numbers), Span(*match.span())
    return None


def _lectures_and_labs(shadow: str) -> Number | None:
    """Sum of "45 lecture + 60 laboratory"; small numbers are per week and no total."""
    for match in _LECTURES_AND_LABS.finditer(shadow):
        if int(match[1]) >= _MIN_LECTURE_HOURS:
            return float(match[1]) + float(match[2]), Span(*match.span())
    return None


def find_credits(shadow: str) -> Number | None:
    """Credits as the school counts them (学分, ECTS, credit hours are not converted into each other)."""
    if "学分" not in shadow and "credit" not in shadow and "ects" not in shadow and "units:" not in shadow:
        return None
    for pattern in _CREDITS:
        for match in pattern.finditer(shadow):
            value = _first(match)
            if 0 < value <= 240:
                return value, Span(*match.span())
    return None


def find_practice_share(shadow: str, hours: float | None) -> Number | None:
    """Share of practical hours in [0, 1]: a stated percentage, else practical hours over all hours.

    Percentages in a sentence on grading are no share of hours. Practical hours count only near the total, since module
    lists repeat them.
    """
    if not any(sign in shadow for sign in ("实", "上机", "动手", "practic", "lab", "hands-on", "workshop", "shop")):
        return None
    for match in _SHARE.finditer(shadow) if "%" in shadow or "cent" in shadow else ():
        value = _first(match)
        line_start = max(shadow.rfind(mark, 0, match.start()) for mark in "\n。") + 1
        if value <= 100 and not _GRADE_NEAR.search(shadow, line_start, match.end()):
            return value / 100, Span(*match.span())
    weekly: Number | None = None
    for match in _PRACTICE_HOURS.finditer(shadow):
        practice = _first(match)
        start, end = max(0, match.start() - _NEAR_CHARS), min(len(shadow), match.end() + _NEAR_CHARS)
        theory = _THEORY_HOURS.search(shadow, start, end)
        both = practice + _first(theory) if theory else 0.0
        near_total = hours is not None and re.search(rf"(?<![\d.]){hours:g}(?![\d.])", shadow[start:end])
        if practice <= 0:
            continue
        if both and (hours is None or both == hours):
            return practice / both, Span(*match.span())
        if hours is not None and near_total and hours * _MIN_SHARE <= practice <= hours:
            return practice / hours, Span(*match.span())
        if both and hours is not None and both < hours * _MIN_SHARE and weekly is None:
            weekly = practice / both, Span(*match.span())
    return weekly


def _first(match: re.Match[str]) -> float:
    return float(next(group for group in match.groups() if group))


def find_delivery(shadow: str, kind: Kind) -> tuple[Delivery, Span] | None:
    """How a course is taught or a post is worked: after a label, else from plain phrases (混合式, fully remote)."""
    if not any(sign in shadow for sign in _MODE_SIGNS):
        return None
    for label in _MODE_LABEL.finditer(shadow):
        end = shadow.find("\n", label.end())
        end = min(len(shadow) if end < 0 else end, label.end() + 30)
        found = _mode(shadow, label.end(), end)
        if found:
            return found
    plain = _MODE_PLAIN[kind].search(shadow)
    return _mode(shadow, *plain.span()) if plain else None


def _mode(shadow: str, start: int, end: int) -> tuple[Delivery, Span] | None:
    for mode, pattern in _MODES:
        match = pattern.search(shadow, start, end)
        if match:
            return mode, Span(*match.span())
    return None
