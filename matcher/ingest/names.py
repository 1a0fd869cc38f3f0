"""Finds the names of persons: labelled ones anywhere, and the unlabelled one at the head of a résumé.

Enters: a text and its shadow. Leaves: ("name", start, end) for each find. Refuses nothing. Without a label only the first
lines of a candidate are looked at, and only tokens that can be a name and are no title, heading or trade word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from matcher.domain.document import Kind
from matcher.ingest.contacts import Find
from matcher.ingest.name_words import COMPOUND_SURNAMES, NOT_NAMES_EN, NOT_NAMES_ZH, SURNAMES, TITLE_ENDINGS_ZH

_HAN: Final = "\u4e00-\u9fff"
_ZH_NEXT: Final = (
    r"(?=\s|[,.;:。、|/()█【\[<*-]|$|性\s?别|年\s?龄|民\s?族|籍\s?贯|电\s?话|手\s?机|出\s?生|学\s?历|邮\s?箱|联\s?系"
    r"|男|女|先生|政治|婚姻|求职|应聘|招聘|专\s?业|毕业|微信|简历|地址|qq)"
)
_LABEL_ZH: Final = re.compile(
    rf"(?:(?<![{_HAN}])|(?<=[:。;,]))(?:姓\s{{0,8}}名|名\s{{0,4}}字|联\s?系\s?人|紧急联系人|中文名|推荐人|证明人"
    rf"|申请人|应聘人|招聘负责人|导\s?师|负\s?责\s?人)\s?[:|]\s*([{_HAN}](?:[ ]?[{_HAN}]){{0,3}}?"
    rf"|[{_HAN}]{{1,7}}·[{_HAN}]{{1,7}}){_ZH_NEXT}"
)
# "联系人:刘楠招聘邮箱" runs on; a contact label after any character is still a label.
_LABEL_ZH_RUN_ON: Final = re.compile(rf"(?:姓\s{{0,8}}名|联系人)\s?[:|]\s*([{_HAN}]{{2,3}})")
_LABEL_ZH_SPACED: Final = re.compile(rf"(?:^|\n)\s*姓\s{{0,8}}名[\s|]+([{_HAN}](?:\s?[{_HAN}]){{1,3}}){_ZH_NEXT}")
_LABEL_ZH_LATIN: Final = re.compile(
    r"(?:姓\s{0,8}名|联系人|英文名)\s?[:：|]\s*([A-Za-z][A-Za-z'.-]+(?:[ \t][A-Z][A-Za-z'.-]*){0,3})"
)
_NAME_VALUE: Final = r"([A-Z\u00c0-\u00de][\w'’.-]*(?:[ \t][A-Z\u00c0-\u00de][\w'’.-]*){0,3}|[\u4e00-\u9fff·]{2,6})"
_LABEL_EN: Final = re.compile(
    rf"(?:^|[\n|;,·•*])[ \t*#-]*(?i:(?:full|first|last|family|given|middle|my|candidate|applicant|student|sur)["
    rf" '’s]{{0,3}})?(?i:name)\**[ \t]?[:：]\**[ \t]*{_NAME_VALUE}",
    re.MULTILINE,
)
_CONTACT_EN: Final = re.compile(
    rf"(?<![A-Za-z])(?i:contact(?:\s(?:person|name))?|referee|reference|hiring manager|emergency contact)["
    rf" \t]?[:：][ \t]*{_NAME_VALUE}"
)
_TEACHER_EN: Final = re.compile(
    r"(?<![A-Za-z])(?i:instructors?|lecturers?|professors?|taught by|course leader|teaching staff|tutors?)[ \t]?[:：][ \t]*"
    r"((?:(?:Dr|Prof|Mr|Ms|Mrs|Professor)\.?[ \t])?[A-Z][\w'’-]+(?:(?:[ \t]|\.[ \t]?|,[ \t]|/|[ \t]and[ \t])[A-Z][\w'’-]+){0,6})"
)
_TEACHER_ZH: Final = re.compile(
    rf"(?:授课|主讲|任课|指导|课程负责)?(?:教师|老师|负责人|主讲人"
    rf"|讲师)\s?:\s*([{_HAN}]{{2,4}}(?:[、,][{_HAN}]{{2,4}}){{0,5}}){_ZH_NEXT}"
)
_COURTESY: Final = re.compile(
    rf"(?<![{_HAN}])([{_HAN}]{{1,3}}?)(?:先生|女士|小姐|老师)(?:(?![{_HAN}])|(?=联系|简历|电话|邮箱|收))"
)
_NO_TEACHER: Final = frozenset({"Staff", "TBA", "TBD", "Not", "None", "Various"})
_OFFICES: Final = ("部", "处", "科", "办", "室", "公司", "招聘", "小组", "中心", "老师", "经理")
# Surnames that are also ordinary words before 老师 ("向老师请教", "和老师").
_PREPOSITIONS: Final = frozenset("向和于时应全成由与从及随班师官封查连")
_RESUME_WORD: Final = re.compile(r"\s*(?:的?(?:个人)?(?:求职)?简历|的?履历)")
_HEADING_LINE: Final = re.compile(
    r"[\s#*【\[]*(?:(?:个人|求职|我的|电子)?\s?(?:简\s{0,4}历|履历(?:表)?|信息|资料|基本信息|基本资料|概况)"
    r"|个人简介|resume|résumé|curriculum vitae|cv|personal (?:details|information|data|profile))[\s:】\]*]*$"
)
_HEAD_PREFIX: Final = re.compile(
    r"[\s#>*•·\-【\[]*(?:(?:个人|求职)?简历\s?[-—:|·_]?\s*|(?:resume|cv|curriculum vitae)(?:\s+of|\s?[-–—:|])\s*)?",
    re.IGNORECASE,
)
_ZH_TOKEN: Final = re.compile(
    rf"[{_HAN}]{{2,4}}(?![{_HAN}])|[{_HAN}](?:[ \u3000]{{1,3}}(?![男女])[{_HAN}]){{1,2}}(?![{_HAN}])"
    rf"|[{_HAN}]{{2,4}}(?=的?(?:个人|求职)?简历|男|女)"
)
_EN_WORD: Final = r"(?:[A-Z][a-z]+(?:[-'’][A-Z][a-z]+)?|[A-Z]{2,}|[A-Z]['’][A-Z][a-z]+|Mc[A-Z][a-z]+)"
_EN_TOKEN: Final = re.compile(
    rf"(?:{_EN_WORD}(?: [A-Z]\.?)?(?: {_EN_WORD}){{1,2}}|(?:[A-Z]\. ?){{1,2}}{_EN_WORD})(?=\s*(?:$|[\n,|(–—·•/]|-\s| {{2,}}|\t))"
)
_HEAD_LINES: Final = 3


def find_names(text: str, shadow: str, kind: Kind) -> Iterator[Find]:
    """Yield names of persons in any order; finds may overlap.

    Args:
        text: the text (letter case matters for English names).
        shadow: `fold(text)`.
        kind: only a candidate's head is searched for a name without label.

    Yields:
        ("name", start, end).
    """
    yield from _labelled(text, shadow, kind)
    if kind is Kind.CANDIDATE:
        head = _head_name(text, shadow)
        if head is not None:
            yield "name", *head
            yield from _repeated(text, *head)


def _labelled(text: str, shadow: str, kind: Kind) -> Iterator[Find]:
    if "姓" in shadow or "名" in shadow or "人" in shadow or "导" in shadow:
        ended = set()
        for pattern in (_LABEL_ZH, _LABEL_ZH_SPACED) if kind is Kind.CANDIDATE else (_LABEL_ZH,):
            for match in pattern.finditer(shadow):
                ended.add(match.start(1))
                if match[1] not in NOT_NAMES_ZH and not match[1].endswith(_OFFICES):
                    yield "name", match.start(1), match.end(1)
        for match in _LABEL_ZH_RUN_ON.finditer(shadow):
            if match.start(1) not in ended and _is_run_on_name(shadow, match):
                yield "name", match.start(1), match.end(1)
        for match in _LABEL_ZH_LATIN.finditer(text):
            yield "name", match.start(1), match.end(1)
    if "name" in shadow and kind is Kind.CANDIDATE:
        for match in _LABEL_EN.finditer(text):
            yield "name", match.start(1), match.end(1)
    if "contact" in shadow or "refer" in shadow or "manager" in shadow:
        for match in _CONTACT_EN.finditer(text):
            if not _is_trade(match[1]):
                yield "name", match.start(1), match.end(1)
    if kind is Kind.COURSE:
        for pattern, where in ((_TEACHER_EN, text), (_TEACHER_ZH, shadow)):
            for match in pattern.finditer(where):
                if match[1].split()[0].rstrip(".,") not in _NO_TEACHER and match[1] not in NOT_NAMES_ZH:
                    yield "name", match.start(1), match.end(1)
    for match in _COURTESY.finditer(shadow):
        if match[1][0] not in _PREPOSITIONS and (
            _could_be_name_zh(match[1]) or match[1] in SURNAMES or match[1] in COMPOUND_SURNAMES
        ):
            yield "name", match.start(1), match.end()


def _is_run_on_name(shadow: str, match: re.Match[str]) -> bool:
    """Whether the two or three characters after 姓名: that nothing ends ("姓名:张三毕业于") begin like a name."""
    return (
        match[1][0] in SURNAMES
        and match[1][-2:] not in {"招聘", "联系"}
        and not shadow.startswith(("部", "处", "科"), match.end())
    )


def _head_name(text: str, shadow: str) -> tuple[int, int] | None:
    """Span of an unlabelled name on the first line that is not a heading such as "个人简历", or None."""
    position, seen = 0, 0
    while position < len(text) and seen < _HEAD_LINES:
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        line = shadow[position:end]
        if line.strip():
            seen += 1
            if not _HEADING_LINE.fullmatch(line):
                return _name_at(text, shadow, position, end)
        position = end + 1
    return None


def _name_at(text: str, shadow: str, start: int, end: int) -> tuple[int, int] | None:
    prefix = _HEAD_PREFIX.match(shadow, start, end)
    start = prefix.end() if prefix else start
    match = _ZH_TOKEN.match(shadow, start, end)
    if match and _could_be_name_zh(re.sub(r"\s", "", match[0])):
        return match.span()
    # "张三简历", "李小明的个人简历": the name runs into the word.
    for length in (4, 3, 2):
        if _RESUME_WORD.match(shadow, start + length, end) and _could_be_name_zh(shadow[start : start + length]):
            return start, start + length
    latin = _EN_TOKEN.match(text, start, end)
    if latin and not _is_trade(latin[0]):
        return latin.span()
    return None


def _could_be_name_zh(token: str) -> bool:
    """Whether 2–4 characters can be a Chinese name: a common surname in front, and no trade or heading word."""
    if token in NOT_NAMES_ZH or token.endswith(TITLE_ENDINGS_ZH) or not 2 <= len(token) <= 4:
        return False
    if token[:2] in COMPOUND_SURNAMES:
        return len(token) >= 3
    return len(token) <= 3 and token[0] in SURNAMES


def _is_trade(words: str) -> bool:
    """Whether one of the words is a title, heading or trade word, so that the phrase names no person."""
    return any(word.strip(".,").lower() in NOT_NAMES_EN for word in re.split(r"[\s-]+", words))


def _repeated(text: str, start: int, end: int) -> Iterator[Find]:
    """Further places of the name found at the head (page footers, "Li Wei – page 2")."""
    name = text[start:end]
    if " " in name or len(name) >= 3:
        boundary = r"(?![A-Za-z])" if name.isascii() else ""
        for match in re.finditer(re.escape(name) + boundary, text):
            if match.start() != start:
                yield "name", *match.span()
