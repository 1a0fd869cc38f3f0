"""What stands straight behind a skill's name and qualifies it: a version ("Java 8", "Python 3.x"), a rank ("Python（主要）").

Enters: the aligned folded text and where a name ends. Leaves: the version as written, and the rank. It refuses numbers that count
something else: years ("Python 3年"), things ("Vue 2个项目"), dates, and the numbers of a list ("1、熟悉Java 2、熟悉Python").
"""

from __future__ import annotations

import re
from typing import Final

from matcher.domain.skill import Rank

_VERSION: Final = re.compile(
    r"(?P<gap>[ \u3000]?)(?:v|version |版本)?(?P<version>\d{1,4}(?:\.(?:\d{1,3}|x))*(?:/\d{1,2}(?!\d))*)\+?"
    r"(?![a-z0-9%]|\.\d|-\d{3})"
)
_BEFORE_VERSION: Final = frozenset(" \u3000v版")
_COUNTS: Final = re.compile(
    r"\s?(?:[-~至到—–]\s?\d+\s?)?\+?\s?(?:[年个名人天周月日时分次门项款台套万千元位条种岁级倍页章节]|小时|课时|学时|学分|余|多"
    r"|years?|yrs?|months?|weeks?|days?|hours?|hrs?|projects?|people|engineers?|courses?|credits?|times|weeks?|modules?|%)"
)
_LIST_MARK: Final = re.compile(r"\s?[、.)](?![0-9x])")
_DATE_AFTER: Final = re.compile(r"\s?[-–—~至./年]\s?\d|年")
_LAST_PLAIN_VERSION: Final = 60
_FIRST_YEAR, _LAST_YEAR = 1990, 2040
_LIST_LOOKBACK: Final = 400
_RANK: Final = re.compile(
    r"\s{0,2}\((?:(?P<primary>primary|main|major|主要|主力|首选|主)|(?P<secondary>secondary|minor|次要|辅助|备选|辅|次))"
    r"(?:语言|技能|方向| language| skill)?\)"
)


def version_behind(aligned: str, end: int) -> str:
    """Version named straight behind a name that ends at `end`, "" when none is."""
    following = aligned[end : end + 1]
    if not (following.isdigit() or following in _BEFORE_VERSION):
        return ""
    match = _VERSION.match(aligned, end)
    if match is None or _COUNTS.match(aligned, match.end("version")):
        return ""
    version = match["version"]
    first = int(re.split(r"[./]", version, maxsplit=1)[0])
    if first > _LAST_PLAIN_VERSION:
        is_year = _FIRST_YEAR <= first <= _LAST_YEAR and not _DATE_AFTER.match(aligned, match.end("version"))
        if not is_year:
            return ""
    if match["gap"] and version.isdigit() and _continues_list(aligned, match.start("version"), match.end(), first):
        return ""
    return version


def rank_behind(aligned: str, end: int) -> Rank | None:
    """Rank in brackets straight behind a name (or its version) that ends at `end`."""
    match = _RANK.match(aligned, end)
    if match is None:
        return None
    return Rank.PRIMARY if match["primary"] else Rank.SECONDARY


def version_end(aligned: str, end: int, version: str) -> int:
    """Where the version ends that `version_behind` gave for a name that ends at `end`."""
    if not version:
        return end
    match = _VERSION.match(aligned, end)
    return match.end() if match else end


def _continues_list(aligned: str, start: int, end: int, number: int) -> bool:
    """Whether a number before a list mark is the next of a list whose number before it stands earlier."""
    if number < 2 or not _LIST_MARK.match(aligned, end):
        return False
    before = aligned[max(0, start - _LIST_LOOKBACK) : start]
    return bool(re.search(rf"(?<![\d.]){number - 1}\s?[、.)](?!\d)", before))
