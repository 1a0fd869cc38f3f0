"""The place that a document names as its own: where the post is, where the candidate lives, where the course is held.

Enters: the redacted text and its shadow. Leaves: a canonical place name and where it stands, or None. Only places that the
text offers as such count: after a label (工作地点：…, Location: …), between separators in the first lines, or after "based in".
A city inside the name of a company or school is not the document's place. It refuses nothing.
"""

from __future__ import annotations

import re
from typing import Final

from matcher.domain.document import Kind, Span
from matcher.ingest.fold import fold
from matcher.ingest.gazetteer import Found as PlaceFound
from matcher.ingest.gazetteer import place_named, places_in

Found = tuple[str, Span]

_LABELS: Final = {
    Kind.POSTING: re.compile(
        r"(?:工作|上班|办公|岗位|实习|面试)(?:地点|地址|地区|区域|城市|所在地)[】\]]?|公司(?:地址|地点)"
        r"|(?<![a-z])(?:(?:work |job )?location|region|place of work|workplace|office|base|site|city)\s?:"
        r"|(?<![a-z])(?:located in|based in)\s|(?<![\u4e00-\u9fff])(?:地点|地址|城市|坐标|地区|base)(?=\s?:|\s)"
    ),
    Kind.CANDIDATE: re.compile(
        r"现居住?(?:地|于|城市)?|现住址?|现?所在(?:地|城市)|居住(?:地址?|于|城市)?|目前(?:所在地|居住|在)"
        r"|常住地?|坐标|(?<![a-z])(?:(?:current )?location|residence|address|city|region)\s?:|(?<![a-z])(?:based"
        r" in|living in|lives? in|now in)\s"
        r"|(?:期望|意向|目标|求职|工作)(?:工作)?(?:城市|地点|地区|区域)|期望(?=\s?:)|(?:家庭|通讯|联系)?(?:地址"
        r"|住址)(?=\s?:)|城市(?=\s?:)"
    ),
    Kind.COURSE: re.compile(
        r"(?:授课|上课|教学|开课)(?:地点|地址|城市|校区)|(?<![a-z])(?:location|campus|venue)(?=\s?:)"
    ),
}
# One of these is in every label, and a plain search for each is far cheaper than the patterns.
_WORDS: Final = (
    "地",
    "址",
    "城市",
    "坐标",
    "居",
    "所在",
    "期望",
    "base",
    "locat",
    "region",
    "city",
    "place",
    "office",
    "site",
    "campus",
    "venue",
    "liv",
    "resid",
    "now in",
    "目前在",
)
_WINDOW: Final = 40
_VALUE_STOP: Final = re.compile(r"[。;\n]")
_MUNICIPAL: Final = re.compile(r"[\s:：]*([\u4e00-\u9fff]{2,3})市(?![场政区])")
_ORGANISATION_AFTER: Final = re.compile(
    r"(?:市|省)?\s?\)?[\u4e00-\u9fff]{0,14}?(?:公司|事务所|集团|大学|学院|学校|中学|医院|银行|研究院|研究所|有限|股份|科技"
    r"|电力|职业|技术|师范|工业|理工|交通|农业|日报|户籍|户口|生源|话|菜|人(?![民])|籍|某)"
)
_ORGANISATION_EN: Final = re.compile(
    r"\s(?:university|college|institute|polytechnic|school|hospital|bank|ltd|limited|inc|co\.|gmbh|corporation"
    r"|group|airlines|branch|stock|water|based)\b"
)
_ORGANISATION_BEFORE_EN: Final = re.compile(r"(?:university|college|institute|bank|school|city) of\s$")
_SEPARATOR_BEFORE: Final = re.compile(r"(?:^|[\n|·•/,;:()\[【\]】\t—-]|\s{2,})\s*$")
_BLANK_BEFORE: Final = re.compile(r"\s$")
_SEPARATOR_AFTER: Final = re.compile(
    r"\s*(?:市|省)?\s*(?:[\u4e00-\u9fff]{1,5}[区县镇]|[\u4e00-\u9fff]{1,6}(?:园区|开发区|高新区|新区))?\s*(?:$"
    r"|[\n|·•/,;.。()\[【\]】\t—-]|\s|、|或|及|和|area\b)"
)
_HEAD_LINES: Final = {Kind.POSTING: 5, Kind.CANDIDATE: 2, Kind.COURSE: 0}
_YEAR: Final = re.compile(r"(?:19|20)\d{2}")
_HEAD_CHARS: Final = 320
_PROVINCE_GAP: Final = re.compile(r"\s?(?:省|自治区)?[\s·/,-]{0,3}")
_BASED: Final = re.compile(r"(?<![a-z])(?:based|located|live|living|lives) (?:in|near|at)\s")


def find_region(text: str, shadow: str, kind: Kind) -> Found | None:
    """Place named by a text as its own.

    Several places in one label ("北京或长沙") give the first; a province followed by one of its cities gives the city. A
    labelled Chinese city that the gazetteer does not know counts when it says so itself (临江市 → 临江).

    Returns:
        (canonical name, where), or None when the text does not say.
    """
    if not any(word in shadow for word in _WORDS):
        return _in_head(shadow, kind)
    for label in _LABELS[kind].finditer(shadow):
        stop = _VALUE_STOP.search(shadow, label.end() + 2, label.end() + _WINDOW)
        found = _labelled(text, shadow, label.end(), stop.start() if stop else min(len(shadow), label.end() + _WINDOW))
        if found:
            return found
    if kind is Kind.COURSE:
        return None
    for based in _BASED.finditer(shadow):
        found = _labelled(text, shadow, based.end(), min(len(shadow), based.end() + 30))
        if found:
            return found
    return _in_head(shadow, kind)


def canonical_region(given: str) -> str:
    """Canonical name of a place as a client wrote it; the name itself, trimmed, when the gazetteer does not know it."""
    name = given.strip()
    folded = fold(name)
    for form in (folded, folded.removesuffix("市"), folded.removesuffix("省"), folded.removesuffix(" city")):
        place = place_named(form)
        if place is not None:
            return place.name
    first = next(places_in(folded, 0, len(folded)), None)
    return _more_exact(folded, first)[0] if first is not None and first.start == 0 else name


def _labelled(text: str, shadow: str, start: int, end: int) -> Found | None:
    for found in places_in(shadow, start, end):
        if not _is_in_organisation(shadow, found, labelled=True):
            return _more_exact(shadow, found)
    own = _MUNICIPAL.match(shadow, start, end)
    return (text[own.start(1) : own.end(1)], Span(*own.span(1))) if own else None


def _in_head(shadow: str, kind: Kind) -> Found | None:
    """A place that stands between separators in the first lines; of a candidate, before any date, for jobs name places too."""
    end = 0
    for _ in range(_HEAD_LINES[kind]):
        line_end = shadow.find("\n", end)
        end = len(shadow) if line_end < 0 else line_end + 1
    end = min(end, _HEAD_CHARS)
    if kind is Kind.CANDIDATE and (dated := _YEAR.search(shadow, 0, end)):
        end = dated.start()
    for found in places_in(shadow, 0, end):
        if found.place.is_country or _is_in_organisation(shadow, found, labelled=False):
            continue
        before = shadow[max(0, found.start - 12) : found.start]
        is_chinese = not shadow[found.start].isascii()
        is_apart = _SEPARATOR_BEFORE.search(before) or (is_chinese and _BLANK_BEFORE.search(before))
        if is_apart and _SEPARATOR_AFTER.match(shadow, found.end):
            return _more_exact(shadow, found)
    return None


def _is_in_organisation(shadow: str, found: PlaceFound, *, labelled: bool) -> bool:
    after = shadow[found.end : found.end + 20]
    if shadow[found.start].isascii():
        return bool(
            _ORGANISATION_EN.match(after)
            or _ORGANISATION_BEFORE_EN.search(shadow[max(0, found.start - 16) : found.start])
        )
    # "工作地点:上海市张江科技园" is a place; without a label, "上海某科技公司" is not.
    return not labelled and bool(_ORGANISATION_AFTER.match(after))


def _more_exact(shadow: str, found: PlaceFound) -> Found:
    """The city when a province's or country's name is directly followed by one of its cities."""
    if not found.place.within:
        gap = _PROVINCE_GAP.match(shadow, found.end)
        start = gap.end() if gap else found.end
        inner = next(places_in(shadow, start, min(len(shadow), start + 24)), None)
        if inner is not None and inner.start == start and inner.place.within == found.place.name:
            return inner.place.name, Span(found.start, inner.end)
    return found.place.name, Span(found.start, found.end)
