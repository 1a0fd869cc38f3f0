"""Years of experience that a sentence names beside a skill: "3年以上Java经验", "Python (5 years)", "做过3年餐厅服务员".

Enters: a masked sentence (aligned folded text, skills overwritten) and where its skills and segments stand. Leaves: years per
skill, the lower end of a range, or None. It refuses years that say something else: general experience ("3年以上工作经验，
熟悉Java"), dates, ages, lengths of study, "近三年". Years are never turned into a level here; `config.ExtractConfig` has the
only table that does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from matcher.extract.cues import MASK

_DIGITS_ZH: Final = {
    "半": 0.5,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
}
_COUNTED_EN: Final = "one two three four five six seven eight nine ten eleven twelve"
_WORDS_EN: Final = {word: i for i, word in enumerate(_COUNTED_EN.split(), 1)}
_NUMBER_ZH: Final = r"\d{1,2}(?:\.\d)?|十[一二三四五]?|[一二两三四五六七八九半]"
_CHINESE: Final = re.compile(
    rf"(?<![\d.第近前后每])(?P<low>{_NUMBER_ZH})\s?(?:[-~—–至到]\s?(?:{_NUMBER_ZH})\s?)?\+?\s?(?:多|余|来)?个?(?P<half>半)?"
    r"(?P<unit>年半|年|月(?<=个月))(?!级|龄|度|底|初|代|薪|终|会|检|报|制|生|假|期|前|后|[\d./月])"
)
_NUMBER_EN: Final = r"\d{1,2}(?:\.\d)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half an?"
_ENGLISH: Final = re.compile(
    rf"\b(?P<low>{_NUMBER_EN})(?:\s?(?:-|–|to)\s?(?:{_NUMBER_EN}))?\s?(?:\+|plus)?[ -]?(?:or more |full )?"
    r"(?P<unit>years?|yrs?|months?)\b['\u2019]?(?! old| ago| degree| diploma| program| college| warranty| contract| plan)"
)
# "近三年", "in the last five years": when, not how long.
_RECENT: Final = re.compile(r"(?:近|过去|最近|未来|前|后|满龄|last|past|next|first|within|every)\s?$")
_MORE: Final = r"及?以上|以下|左右|or more|plus|\+|over|at least|more than|约|超过|不少于|至少|达|有|满|已"
_FILLER_ZH: Final = (
    r"的|之|相关|行业|领域|方面|岗位|工作|从业|实际|实战|实践|实操|项目|开发|研发|使用|应用|编程|操作"
    r"|一线|独立|专职|全职|在|从事|做|过|担任|任"
)
_JOINT: Final = r"[、/&]|和|与|及|或|以及"
# Between the years and the skill that follows; experience itself may be named only as "经验的".
_BEFORE_ZH: Final = re.compile(rf"(?:{_MORE}|{_FILLER_ZH}|{_JOINT}|{MASK}|[\s(:])*(?:(?:经验|经历)的?)?")
_BEFORE_EN: Final = re.compile(
    rf"(?:\s|\+|'|\(|:|{MASK}|(?:s|or|more|plus|of|in|with|using|on|as|an?|the|and|to|professional|commercial|hands-on|relevant|proven|solid"
    rf"|practical|working|industry|work|experience|experiences|programming|developing|development|writing|building|doing|real|recent"
    rf"|strong|progressive|direct|related|software|production|teaching|full[- ]time)\b|[,/&-])*"
)
# Between the skill and the years that follow.
_AFTER_ZH: Final = re.compile(rf"(?:{_MORE}|{_FILLER_ZH}|经验|经历|背景|时间|[\s(:-]|[\u4e00-\u9fff]{{0,2}}(?=经验))*")
_AFTER_LIST_ZH: Final = re.compile(rf"(?:{_MORE}|{_FILLER_ZH}|{_JOINT}|{MASK}|经验|经历|时间|[\s:])*")
_AFTER_EN: Final = re.compile(
    r"(?:[\s(:–-]|(?:experience|development|programming|for|over|of|at|least|more|than|about|with|has|have|been|used|using|daily|is)\b)*"
)
# "5年以上大型互联网公司Java开发经验": words between are let pass where experience is named right behind.
_LOOSE_GAP: Final = re.compile(
    rf"(?:及?以上)?(?:(?!经验|经历|熟|掌握|了解|精通|负责|并|且)[\u4e00-\u9fffa-z0-9{MASK}/、 ]){{0,16}}"
)
# "六年平台开发经验(A、B": the bracket says of what.
_IN_BRACKET: Final = re.compile(
    rf"(?:及?以上)?(?:(?!熟|掌握|了解|精通|负责|并|且)[\u4e00-\u9fffa-z0-9{MASK} -]){{0,20}}(?:经验|经历|experience)"
    rf"\s?\([{MASK}、/, ]*"
)
_EXPERIENCE_BEHIND: Final = re.compile(rf"[\u4e00-\u9fffa-z0-9{MASK}/、 ]{{0,12}}?(?:经验|经历|背景)")
_ALONE: Final = re.compile(r"(?:[\s,.;。]|及?以上|左右|经验|minimum|at least|or more|plus|\+|experience|in total)*")
_BRACKET: Final = re.compile(r"\(\s?$")


@dataclass(frozen=True, slots=True)
class YearsCue:
    """`[start, end)` of a length of time in a sentence, and how many years it is."""

    start: int
    end: int
    years: float


def years_in(masked: str) -> list[YearsCue]:
    """Lengths of time that a sentence names, in order of place."""
    found = []
    if "年" in masked or "月" in masked:
        found = [
            _cue(match, "half" in match.groupdict() and bool(match["half"])) for match in _CHINESE.finditer(masked)
        ]
    if "year" in masked or "yr" in masked or "month" in masked:
        found += [_cue(match, False) for match in _ENGLISH.finditer(masked)]
        found.sort(key=lambda cue: cue.start)
    return [cue for cue in found if not _RECENT.search(masked[max(0, cue.start - 8) : cue.start])]


def years_of(
    masked: str,
    found: Sequence[YearsCue],
    place: tuple[int, int],
    segment: tuple[int, int],
    leads: Sequence[tuple[int, int]],
) -> float | None:
    """Years that hold for one skill.

    Args:
        masked: the sentence.
        found: from `years_in`.
        place: of the skill.
        segment: bounds of the skill's segment.
        leads: of the segments that this one continues as a list, the part before their first skill, nearest first.
    """
    for cue in found:
        if place[1] <= cue.start < segment[1] and _reaches_back(masked, place[1], cue.start):
            return cue.years
    for cue in reversed(found):
        if segment[0] <= cue.start and cue.end <= place[0]:
            return cue.years if _reaches_on(masked, cue.end, place, segment[1]) else None
    for start, end in leads:
        for cue in reversed(found):
            if start <= cue.start and cue.end <= end and _fills(masked, cue.end, end):
                return cue.years
    return None


def years_alone(masked: str, found: Sequence[YearsCue], start: int, end: int) -> float | None:
    """Years that a part of a sentence names and nothing else: "five years minimum", "三年以上"."""
    for cue in found:
        if (
            start <= cue.start
            and cue.end <= end
            and _ALONE.fullmatch(masked[start : cue.start] + masked[cue.end : end])
        ):
            return cue.years
    return None


def _cue(match: re.Match[str], half: bool) -> YearsCue:
    low, unit = match["low"], match["unit"]
    number = _number(low) + (0.5 if half or unit == "年半" else 0.0)
    return YearsCue(match.start(), match.end(), number / 12 if unit.startswith("month") or unit == "月" else number)


def _number(text: str) -> float:
    if text[0].isdigit():
        return float(text)
    if text.startswith("half"):
        return 0.5
    if text in _WORDS_EN:
        return float(_WORDS_EN[text])
    return float(sum(_DIGITS_ZH[char] for char in text))


def _reaches_back(masked: str, end: int, start: int) -> bool:
    """Whether years behind a skill are its own."""
    gap = masked[end:start]
    if _AFTER_ZH.fullmatch(gap) or _AFTER_EN.fullmatch(gap):
        return True
    # Along a list only where the years close it: "Java、Python开发经验3年", not "Java、Python(3年)".
    return not _BRACKET.search(gap) and MASK in gap and bool(_AFTER_LIST_ZH.fullmatch(gap))


def _reaches_on(masked: str, end: int, place: tuple[int, int], segment_end: int) -> bool:
    """Whether years before a skill are its own."""
    if _fills(masked, end, place[0]):
        return True
    gap = masked[end : place[0]]
    if _IN_BRACKET.fullmatch(gap):
        return True
    return bool(_LOOSE_GAP.fullmatch(gap)) and bool(_EXPERIENCE_BEHIND.match(masked, place[1], segment_end))


def _fills(masked: str, end: int, start: int) -> bool:
    gap = masked[end:start]
    return bool(_BEFORE_ZH.fullmatch(gap) or _BEFORE_EN.fullmatch(gap))
