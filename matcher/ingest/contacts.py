"""Finds the data by which a person is reached or identified: phones, mail, identity numbers, accounts, pages, addresses.

Enters: a text and its shadow (fold.py). Leaves: (category, start, end) for each find. Refuses nothing. Salaries, dates,
version numbers and course codes have digits too: each pattern states what tells its numbers from those.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from matcher.domain.document import Kind

Find = tuple[str, int, int]

_EMAIL: Final = re.compile(
    r"(?<![a-z0-9._%+-])[a-z0-9][a-z0-9._%+-]{0,63}\s?(?:@"
    r"|[\[(]at[\])])\s?[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}\.[a-z]{2,24}(?![a-z])"
)
# Every phone or identity number holds a run like this; most texts hold none.
_DIGIT_RUN: Final = re.compile(r"\d[\d\s().*-]{5}")
_CN_MOBILE: Final = re.compile(r"(?<![\d.])(?:(?:\+|00)?86[\s-]{0,2})?1[3-9]\d(?:[\s-]?\d{4}){2}(?!\d)")
# Some sites mask only the middle: 138****0000.
_CN_MOBILE_MASKED: Final = re.compile(r"(?<!\d)1[3-9]\d\*{4}\d{4}(?!\d)")
_CN_LANDLINE: Final = re.compile(
    r"(?<![\d.])(?:\(0\d{2,3}\)\s?|0\d{2,3}[-\s]|(?:\+|00)86[\s-]?\d{2,3}[-\s])\d{7,8}(?:[-转*]\d{1,6})?(?!\d)"
)
_CN_HOTLINE: Final = re.compile(r"(?<![\d.])[48]00[-\s]?(?:\d{3}[-\s]?\d{4}|\d{4}[-\s]?\d{3})(?!\d)")
_INTERNATIONAL: Final = re.compile(r"(?<![\d+\w])\+\d{1,3}(?:[\s.-]?\(?\d{1,5}\)?){2,6}(?!\d)")
# Seven digits with a dash are also a range ("800-1200"): only ten digits, or the fictional 555, count without a label.
_US_PHONE: Final = re.compile(
    r"(?<![\d.(-])(?:\(\d{3}\)\s?|\d{3}[-.\s])\d{3}[-.\s]\d{4}(?![\d-])|(?<![\d.-])555-\d{4}(?![\d-])"
)
_UK_PHONE: Final = re.compile(r"(?<![\d.])0\d{3,4}\s\d{3}\s?\d{3,4}(?!\d)")
_LABELLED_PHONE: Final = re.compile(
    r"(?:电\s?话|手\s?机|联系方式|联络方式|传真|热线|座机|(?<![a-z])(?:tel|telephone|phone|mobile|cell|cellphone"
    r"|fax|whatsapp))(?:号码?|\s(?:no\.?|number))?\s?[:(]?\s*(?=[+(\d])"
    r"(?!(?:19|20)\d\d\s?[-./年])(\+?\(?\d[\d\s().*-]{4,18}[\d*])"
)
_ID_18: Final = re.compile(
    r"(?<!\d)[1-8]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dx](?![\da-z])"
)
_ID_15: Final = re.compile(r"(?<!\d)[1-8]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?!\d)")
_LABELLED_ID: Final = re.compile(
    r"(?:身\s?份\s?证(?:件)?(?:号码?|编号)?|证件号码?|护照(?:号码?|编号)?|社保号码?|(?<![a-z])(?:id|passport|ssn"
    r"|social security|national insurance)(?:\s(?:no\.?|number|card))?)\s?[:#]\s*([a-z]{0,2}\d[\dx*-]{5,19})"
)
_PROVINCES_TEXT: Final = (
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82"
)
_PROVINCES: Final = frozenset(_PROVINCES_TEXT.split())
_ACCOUNT_DIGITS: Final = re.compile(
    r"(?<![a-z])(?:qq|微信|wechat|weixin|vx)\s?(?:号码?|群|id)?\s?[:是为]?\s?([1-9]\d{4,11})(?!\d)"
)
_ACCOUNT_NAME: Final = re.compile(
    r"(?:微信号|(?<![a-z])wechat\s?id|(?:微信|v信|(?<![a-z])(?:wechat|weixin|vx|skype|telegram|line"
    r" id))\s?[:])\s?[:]?\s?([a-z@][a-z0-9_.-]{4,30})"
)
_PROFILE: Final = re.compile(r"(?:https?://)?(?:[a-z]{2,3}\.)?linkedin\.com/(?:in|pub)/[^\s,;)\]>\"'，。；）]+")
_CANDIDATE_PROFILE: Final = re.compile(
    r"(?:https?://)?(?:[a-z0-9-]+\.)?(?:github\.com|github\.io|gitee\.com|gitlab\.com|zhihu\.com|weibo\.com"
    r"|csdn\.net|cnblogs\.com|juejin\.cn|jianshu\.com"
    r"|leetcode\.(?:com|cn)|stackoverflow\.com|twitter\.com|facebook\.com|instagram\.com|medium\.com"
    r"|behance\.net|dribbble\.com|(?<![a-z])x\.com|douyin\.com|bilibili\.com)"
    r"(?:/[^\s,;)\]>\"'，。；）]*)?"
)
_OWN_PAGE: Final = re.compile(
    r"(?:个人(?:主页|网站|博客|作品集?)|博客|主页|(?<![a-z])(?:personal\s)?(?:website|homepage|home page|blog"
    r"|portfolio|linkedin|github))\s?(?:地址|链接)?\s?:\s?"
    r"((?:https?://)?[a-z0-9-]+(?:\.[a-z0-9-]+)+[^\s,;)，。；]*|(?<=linkedin: )[a-z0-9-]{3,}|(?<=github: )@?[a-z0-9-]{3,})"
)
_LABELLED_ADDRESS: Final = re.compile(
    r"(?:家庭(?:住址|地址)|详细地址|通[讯信]地址|联系地址|现?居?住址|居住地址|户籍地址|邮寄地址"
    r"|(?<![a-z])(?:home |mailing |postal |street |current )?address)\s?:\s*"
)
_ADDRESS_END: Final = re.compile(
    r"[\n;|。；\t]| {3,}|\s(?=[\u4e00-\u9fff]{2,4}:)|\s(?=(?:phone|tel|email|e-mail|mobile)\b)|$"
)
_AREA_PREFIX: Final = re.compile(
    r"\s*(?:[\u4e00-\u9fff]{2,8}?(?:省|自治区))?(?:[\u4e00-\u9fff]{2,7}?市)?(?:[\u4e00-\u9fff]{1,5}?[区县])?"
)
_CN_STREET: Final = re.compile(
    r"[^\W\d_a-z省市区县镇乡在于]{1,8}(?:路|街|大道|巷|胡同|弄)\s?\d{1,5}(?:-\d{1,4})?\s?(?:号"
    r"|弄)(?:[^\W_]{0,8}?\d{0,4}(?:号楼|室|栋|幢|单元|楼|层|座)){0,4}"
)
_CN_HOME: Final = re.compile(
    r"[^\W\d_a-z省市区县镇乡]{2,8}(?:小区|花园|公寓|家园|苑|新村)\s?[a-z]?\d{1,4}(?:-\d{1,4}){0,2}\s?(?:号楼|栋"
    r"|幢|号|座|单元)(?:[^\W_]{0,4}?\d{1,5}(?:室|单元|号|楼|层)){0,3}"
)
_EN_STREET_WORD: Final = re.compile(
    r"Street|St\b|Ave|Road|Rd|Lane|Ln|Drive|Dr|B(?:oule)?v(?:ar)?d|Court|Terrace|Crescent|Close|Place"
)
_EN_STREET: Final = re.compile(
    r"(?<![\d.$£€])\d{1,5}[A-Za-z]?,?\s(?:[NSEW]\.?\s)?(?:[A-Z][A-Za-z'.]+\s){1,3}(?:Street|St|Avenue|Ave|Road"
    r"|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Terrace|Crescent|Close|Place)\b\.?"
    r"(?:,?\s(?:Apt|Apartment|Suite|Unit|Flat|#)\.?\s?\w{1,6})?"
)


def find_contacts(text: str, shadow: str, kind: Kind) -> Iterator[Find]:
    """Yield contact data and identity numbers in any order; finds may overlap.

    Args:
        text: the text.
        shadow: `fold(text)`.
        kind: user pages and street addresses are personal only in a candidate; a posting's address is an office.

    Yields:
        (category, start, end), category one of email, phone, id_number, account, profile, address.
    """
    if "@" in shadow or "at)" in shadow or "at]" in shadow:
        yield from _all(_EMAIL, shadow, "email")
    if _DIGIT_RUN.search(shadow):
        yield from _phones(shadow)
        yield from _identity_numbers(shadow)
    if any(sign in shadow for sign in ("qq", "微信", "wechat", "weixin", "vx", "v信", "skype", "telegram", "line id")):
        yield from _all(_ACCOUNT_DIGITS, shadow, "account", group=1)
        for match in _ACCOUNT_NAME.finditer(shadow):
            # "wechat: operations" in a posting is a task; an account there has a digit or an underscore.
            if kind is Kind.CANDIDATE or re.search(r"[\d_@]", match[1]):
                yield "account", match.start(1), match.end(1)
    if "linkedin" in shadow:
        yield from _all(_PROFILE, shadow, "profile")
    if kind is Kind.CANDIDATE:
        if any(
            sign in shadow
            for sign in (
                ".com",
                ".cn",
                ".io",
                ".net",
                "github",
                "linkedin",
                "主页",
                "博客",
                "网站",
                "作品",
                "website",
                "homepage",
                "blog",
                "portfolio",
            )
        ):
            yield from _all(_CANDIDATE_PROFILE, shadow, "profile")
            yield from _all(_OWN_PAGE, shadow, "profile", group=1)
        yield from _addresses(text, shadow)


def _phones(shadow: str) -> Iterator[Find]:
    for pattern in (_CN_MOBILE, _CN_LANDLINE, _CN_HOTLINE, _US_PHONE, _UK_PHONE):
        yield from _all(pattern, shadow, "phone")
    if "****" in shadow:
        yield from _all(_CN_MOBILE_MASKED, shadow, "phone")
    if "+" in shadow:
        for match in _INTERNATIONAL.finditer(shadow):
            if 8 <= sum(map(str.isdigit, match[0])) <= 15:
                yield "phone", *match.span()
    for match in _LABELLED_PHONE.finditer(shadow):
        if sum(char in "0123456789*" for char in match[1]) >= 7:
            yield "phone", *match.span(1)


def _identity_numbers(shadow: str) -> Iterator[Find]:
    """Chinese identity numbers by structure (province, birth date); others by label.

    The check digit is not demanded: a mistyped number still shows birth date, birthplace and sex.
    """
    for pattern in (_ID_18, _ID_15):
        for match in pattern.finditer(shadow):
            if match[0][:2] in _PROVINCES:
                yield "id_number", *match.span()
    yield from _all(_LABELLED_ID, shadow, "id_number", group=1)


def _addresses(text: str, shadow: str) -> Iterator[Find]:
    """Street and house; province, city and district before them stay, for they are the candidate's region."""
    if "址" in shadow or "address" in shadow:
        for match in _LABELLED_ADDRESS.finditer(shadow):
            end_of_value = _ADDRESS_END.search(shadow, match.end(), min(len(shadow), match.end() + 120))
            end = end_of_value.start() if end_of_value else min(len(shadow), match.end() + 120)
            area = _AREA_PREFIX.match(shadow, match.end(), end)
            start = area.end() if area else match.end()
            if start < end and "@" not in shadow[start:end]:
                yield "address", start, end
    if "号" in shadow or "弄" in shadow or "室" in shadow or "栋" in shadow or "幢" in shadow:
        yield from _all(_CN_STREET, shadow, "address")
        yield from _all(_CN_HOME, shadow, "address")
    if _EN_STREET_WORD.search(text):
        yield from _all(_EN_STREET, text, "address")


def _all(pattern: re.Pattern[str], shadow: str, category: str, group: int = 0) -> Iterator[Find]:
    for match in pattern.finditer(shadow):
        yield category, match.start(group), match.end(group)
