"""What a syllabus asks to be known beforehand.

Enters: the redacted text and its shadow. Leaves: the items as written and where they stand, or None when the text does not
say or says that nothing is needed. It refuses nothing.
"""

from __future__ import annotations

import re
from typing import Final

from matcher.domain.document import Span

_PREREQUISITE: Final = re.compile(
    r"(?:先修|前置|前导|先导|预修|前续|前修)(?:课程|要求|知识|条件|技能)?(?:建议)?(?:["
    r" /]{0,3}prerequisites?)?\s?[】\]]?\**\s?(?:[:：]\s*\**|[】\]]?\n)\s*|(?:^|[|\n])\s*先修(?:课程)?\s+(?!prereq)(?=\S)"
    r"|(?<![a-z])(?<!no )(?<!without )(?:pre-?requisites?(?: courses?)?|prerequisite\(s\)|recommended background"
    r"|required background|assumed knowledge)\**(?:\s[\u4e00-\u9fff]{2,4})?\s?\**:\s*\**\s*"
    r"|(?:^|\n)[#\s*]*prerequisites?\**[ \t]*\n+"
)
_PREREQUISITE_SIGNS: Final = (
    "先修",
    "前置",
    "前导",
    "先导",
    "预修",
    "前续",
    "前修",
    "requisite",
    "d background",
    "assumed knowledge",
)
_PREREQUISITE_END: Final = re.compile(
    r"\n|。|\s-\s\**[A-Z\u4e00-\u9fff]|\s##|\.(?=\s+[A-Z]|\s*$)|\||｜|\t|[;；,，\s]\s*(?=(?:[\u4e00-\u9fff]{2,6}"
    r"|[A-Z][a-z]+(?: [a-z]+)?)\s?[:：])|[;；,，\s]\s*(?=(?:后续课程|学时|学分|授课|考核|编程语言|课程难度"
    r"|开设))|[;；]?建议先"
)
_NONE_NEEDED: Final = re.compile(
    r"\s*(?:无|没有|不需要|不要求|不限|none|nil|n/a|no prerequisites?|no formal prerequisites?|not required"
    r"|-)\s*(?:$|[。.,,;(（\s])",
    re.IGNORECASE,
)
# "动力电池及管理系统" and "DC and AC Circuits" are one course each: a conjunction splits only before a course code or 《.
_ITEM_SPLIT: Final = re.compile(r"[、,，;；]|(?<=》)\s?(?:和|及|以及|与|或)\s?(?=《)|\s+and\s+(?=[A-Z]{2,}\s?\d)|以及")
_MAX_ITEM_CHARS: Final = 80
_MAX_ITEMS: Final = 20


def find_prerequisites(text: str, shadow: str) -> tuple[tuple[str, ...], Span] | None:
    """What must be known beforehand, each as written; None when the text does not say or says "none"."""
    if not any(sign in shadow for sign in _PREREQUISITE_SIGNS):
        return None
    label = _PREREQUISITE.search(shadow)
    if not label:
        return None
    end_match = _PREREQUISITE_END.search(text, label.end(), label.end() + 400)
    end = end_match.start() if end_match else min(len(text), label.end() + 400)
    value = text[label.end() : end]
    if not value.strip() or _NONE_NEEDED.match(value):
        return None
    items = tuple(item for part in _split_items(value) if (item := _clean(part)))
    return (items[:_MAX_ITEMS], Span(label.end(), end)) if items else None


def _split_items(value: str) -> list[str]:
    """Parts of a list; separators inside brackets do not split."""
    depth, kept = 0, []
    for char in value:
        depth += (char in "(（《") - (char in ")）》")
        kept.append(
            char
            if depth <= 0 or char not in "、,，;；/"
            else {"、": "\x01", ",": "\x02", "，": "\x03", ";": "\x04", "；": "\x05", "/": "\x06"}[char]
        )
    restore = str.maketrans("\x01\x02\x03\x04\x05\x06", "、,，;；/")
    return [part.translate(restore) for part in _ITEM_SPLIT.split("".join(kept))]


def _clean(part: str) -> str:
    item = re.sub(r"^(?:and|or|以及|和|或|及)\s+|^[\s*《\"“-]+|[\s*》\"”。.]+$", "", part.strip())
    item = item.strip("《》 ")
    if item.startswith(("无", "不要求", "不需要")):
        return ""
    return item if 1 < len(item) <= _MAX_ITEM_CHARS else ""
