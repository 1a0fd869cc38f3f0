"""Pay stated in a posting, or wished for in a résumé, as monthly amounts before tax.

Enters: a shadow (fold.py). Leaves: a Salary and where it stands, or None when the text does not say (面议 says nothing). It
refuses nothing. Assumptions, as the contract wants months: a year has 12 months (extra months such as 13薪 are not
spread), a month has 21.75 paid days (the Chinese statutory figure) and 174 paid hours (21.75 × 8), 52/12 weeks.
Without a stated period, yuan are per month up to 80,000 and per year above; other currencies are per hour below 200, per
year from 10,000, per month between.
"""

from __future__ import annotations

import re
from typing import Final

from matcher.domain.document import Kind, Salary, Span

_MONTHS: Final = {"year": 1 / 12, "month": 1.0, "week": 52 / 12, "day": 21.75, "hour": 174.0}
_CURRENCIES: Final = {
    "us$": "USD",
    "hk$": "HKD",
    "s$": "SGD",
    "a$": "AUD",
    "au$": "AUD",
    "c$": "CAD",
    "ca$": "CAD",
    "nz$": "NZD",
    "nt$": "TWD",
    "$": "USD",
    "£": "GBP",
    "€": "EUR",
    "¥": "CNY",
    "￥": "CNY",
    "元": "CNY",
    "人民币": "CNY",
    "rmb": "CNY",
    "cny": "CNY",
    "usd": "USD",
    "eur": "EUR",
    "gbp": "GBP",
    "hkd": "HKD",
    "sgd": "SGD",
    "aud": "AUD",
    "cad": "CAD",
    "chf": "CHF",
    "sek": "SEK",
    "dkk": "DKK",
    "nok": "NOK",
    "jpy": "JPY",
    "euros": "EUR",
    "euro": "EUR",
    "yuan": "CNY",
    "dollars": "USD",
    "美元": "USD",
    "港币": "HKD",
    "欧元": "EUR",
    "英镑": "GBP",
    "日元": "JPY",
    "美金": "USD",
    "新币": "SGD",
    "kr": "SEK",
    "pln": "PLN",
    "inr": "INR",
    "myr": "MYR",
}
_NO_MINOR_UNIT: Final = frozenset({"JPY"})
_CURRENCY: Final = "|".join(re.escape(sign) for sign in sorted(_CURRENCIES, key=len, reverse=True))
_NUMBER: Final = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,7}(?:\.\d{1,2})?"
_SCALE: Final = r"万|千|k(?![a-z])|w(?![a-z])"
_AMOUNT: Final = re.compile(
    rf"(?<![\da-z.])(?P<c1>{_CURRENCY})?\s?(?P<low>{_NUMBER})\s?(?P<s1>{_SCALE})?\s?(?P<u1>元"
    rf"|{_CURRENCY})?\s?(?P<v1>/\s?[月年天时]|/(?:month|year|hour))?"
    rf"(?:\s?(?:-{{1,3}}|~|至|到|to"
    rf"|and)\s?(?P<c2>{_CURRENCY})?\s?(?P<high>{_NUMBER})\s?(?P<s2>{_SCALE})?\s?(?P<u2>元"
    rf"|{_CURRENCY})?)?(?![\d%])"
    r"\s?(?:元|块|人民币|rmb|cny)?\s?(?:\((?:税前|税后|before tax|gross)\)|税前|税后|gross)?\s?(?:salary|base)?\s?,?\s?"
    r"(?P<period>(?:/|每|一|per\s|a\s|an\s|p\.?)\s?(?:月|个月|年|天|日|小时|时|周|month|year|annum|day|hour|week"
    r"|hr|yr|mo|a(?![a-z]))|年薪|/月|annually|annual(?:ly)?|yearly|monthly|hourly|weekly|pa(?![a-z])|pcm|p\.a\.?"
    r"|年(?=[\s,;。)]|$))?"
    r"(?P<more>以上|起|\+)?\s?(?:[·*x×,\s]{0,3}\d{2}\s?薪)?"
)
_PERIODS: Final = (
    ("hour", re.compile(r"时|hour|hr")),
    ("day", re.compile(r"天|日|day")),
    ("week", re.compile(r"周|week")),
    ("year", re.compile(r"年|year|annum|annual|yr|p\.?a|/a|pa")),
    ("month", re.compile(r"月|month|mo|pcm")),
)
_LABEL: Final = re.compile(
    r"(?P<year>年薪|年收入|年度总?收入|annual (?:salary|pay)|年包|总包)|(?P<day>日薪|日工资|每日工资)"
    r"|(?P<hour>时薪|小时工资|hourly (?:rate|pay|wage))|(?P<month>月薪|月收入|月工资|monthly (?:salary|pay))"
    r"|薪资|薪酬|工资|薪水|底薪|薪金|综合薪|待遇|收入|期望薪|基本薪|salary|compensation|remuneration"
    r"|(?<![a-z])pay(?![a-z])|wage|stipend"
)
_LABEL_REACH: Final = 22
_LABEL_GAP: Final = re.compile(r"[^。;\n]*\Z")
_OTHER_MONEY: Final = re.compile(
    r"(?:奖励?|奖金|补贴|补助|津贴|礼金|融资|投资|营收|资本|资产|产值|经费|预算|销售额|流水|报销|红包|学费|费用"
    r"|学员|提成|另?增加|增长|全勤|餐补|房补|基金|福利金|用户|面积|bonus|allowance|budget|revenue|funding|turnover|tuition"
    r"|fee|stipends? of|worth|sales|reimburse\w*)[^,;。\n]{0,16}\Z"
)
_OTHER_MONEY_AFTER: Final = re.compile(
    r"\s?(?:的)?(?:奖励?|补贴|补助|津贴|礼金|融资|注册|年?终奖|期权|餐补|房补|bonus|allowance|signing|in funding"
    r"|budget|年\s?\d|名|人|家|台|条|㎡|平|公里|吨|户|people|users|employees|km|kw|kv|m3)"
)
_BOUNDS: Final = {"CNY": (500.0, 2_000_000.0)}
_ANY_BOUNDS: Final = (50.0, 5_000_000.0)
# No amount of pay is without one of these; most texts ("薪资面议", "带薪年假") hold none.
_HINT: Final = re.compile(
    r"\d\s?[k千万元w]|[$£€¥￥]\s?\d|(?:薪|工资|待遇|收入|salary|pay|wage|compensation|usd|eur|gbp|rmb|cny|chf"
    r"|sek|aud|cad)[^\d\n。;]{0,22}\d"
)


def find_salary(shadow: str, kind: Kind) -> tuple[Salary, Span] | None:
    """Pay stated in a posting, or expected in a candidate (only with a label such as 期望薪资).

    An amount counts as pay when it is labelled as pay, or names a period (8000元/月), or is a range in thousands (8-12K).
    Bonuses, allowances, fees and company figures do not count. The best-supported amount wins, the first among equals.

    Returns:
        (salary, where), or None when the text does not say.
    """
    if not _HINT.search(shadow):
        return None
    best: tuple[int, Salary, Span] | None = None
    for match in _AMOUNT.finditer(shadow):
        support, period = _support(shadow, match)
        if support < (4 if kind is Kind.CANDIDATE else 2) or (best and support <= best[0]):
            continue
        salary = _salary(match, period)
        if salary is not None:
            blank = len(match[0]) - len(match[0].lstrip())
            best = (support, salary, Span(match.start() + blank, match.start() + len(match[0].rstrip(" ,\t\r\n"))))
    return (best[1], best[2]) if best else None


def _support(shadow: str, match: re.Match[str]) -> tuple[int, str]:
    """How well an amount is supported as pay (0 = not), and its period, "" when not stated."""
    if _OTHER_MONEY.search(shadow, max(0, match.start() - 24), match.start()) or _OTHER_MONEY_AFTER.match(
        shadow, match.end()
    ):
        return 0, ""
    period = _period(match["period"] or match["v1"] or "")
    window_start = max(0, match.start() - _LABEL_REACH)
    label = None
    for found in _LABEL.finditer(shadow, window_start, match.start()):
        label = found
    if label and not _LABEL_GAP.match(shadow, label.end(), match.start()):
        label = None
    if label and label.lastgroup:
        period = period or label.lastgroup
    has_unit = any(match[name] for name in ("c1", "c2", "s1", "s2", "u1", "u2"))
    is_range = match["high"] is not None
    if label and not (has_unit or is_range or period or len(match["low"].replace(",", "")) >= 4):
        label = None
    support = (4 if label else 0) + (2 if period and (has_unit or is_range) else 0)
    support += 2 if is_range and (match["s1"] or match["s2"]) and match["s2"] != "万" else 0
    support += 2 if "薪" in match[0] else 0
    support += 2 if is_range and match["c1"] else 0
    return support + (1 if support and is_range else 0), period


def _period(words: str) -> str:
    return next((name for name, pattern in _PERIODS if words and pattern.search(words)), "")


def _salary(match: re.Match[str], period: str) -> Salary | None:
    sign = next((match[name] for name in ("c1", "u1", "c2", "u2") if match[name]), "")
    currency = _CURRENCIES.get(sign, "CNY")
    high_scale = match["s2"] or ""
    # "8-12k", "15-20万": the scale behind the second number holds for both; "8千-1.2万" has two.
    low_scale = match["s1"] or high_scale
    low = _number(match["low"], low_scale)
    high = _number(match["high"], high_scale or ("" if not match["s1"] else match["s1"])) if match["high"] else None
    if high is not None and high < low:
        return None
    top = high if high is not None else low
    factor = _MONTHS[period or _usual_period(currency, top)]
    minor = 1 if currency in _NO_MINOR_UNIT else 100
    lowest, highest = _BOUNDS.get(currency, _ANY_BOUNDS)
    if not (lowest <= low * factor <= highest and top * factor <= highest):
        return None
    low_minor = round(low * factor * minor)
    if high is None and match["more"]:
        return Salary(currency, low_minor, None)
    return Salary(currency, low_minor, round(top * factor * minor))


def _number(digits: str, scale: str) -> float:
    return float(digits.replace(",", "")) * {"": 1, "k": 1e3, "千": 1e3, "万": 1e4, "w": 1e4}[scale]


def _usual_period(currency: str, amount: float) -> str:
    if currency == "CNY":
        return "month" if amount <= 80_000 else "year"
    return "hour" if amount < 200 else "year" if amount >= 10_000 else "month"
