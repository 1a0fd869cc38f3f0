"""Names of firms, schools and products that are made of skill words: "杭州数据库科技有限公司", "Database Solutions Ltd".

Enters: the original text and its aligned folded copy. Leaves: the places of such names; what is spotted inside them is no skill. It
refuses nothing. A name without a word that gives it away ("甲骨文") is not recognised.
"""

from __future__ import annotations

import re
from typing import Final

# Gate: texts without any of these hold no name we know by its ending.
_MAY_NAME: Final = re.compile(
    r"公司|集团|大学|学院|学校|中学|研究院|研究所|事务所|工作室|大师|管家|卫士|精灵|之家|杯"
    r"|inc\b|ltd\b|llc\b|gmbh|corp|limited|universit|institute|college|academy"
    r"|(?:department|school|faculty|division) of|[程术学理]系(?![统列数])"
)
_CHINESE_ENDING: Final = re.compile(
    r"(?:股份|集团|控股)?有限(?:责任)?公司|股份公司|集团公司|集团(?![化军作体])|研究院|研究所|事务所|工作室"
    r"|大学(?![英语物数化生计城堂士本专学毕课教]|以上)|(?:职业(?:技术)?|技师|技术)?学院(?![派式])|(?:技工|职业|中等)?学校|(?<=[程术学理])系(?![统列数])|中学(?![生数英])"
)
# "某软件外包公司", "一家数据分析公司": what the firm does, not what the person can.
_SOME_FIRM: Final = re.compile(r"(?:某|一家|这家|那家)[\u4e00-\u9fffa-z0-9()]{1,14}?公司")
_RUN_BEFORE: Final = re.compile(r"[\u4e00-\u9fffa-z0-9()·&]{1,24}$")
# Where the sentence ends and the name begins; none of these opens a word inside a firm's name.
_STOP: Final = re.compile(
    r".*(?:于|在(?!线)|是|为|与|和|由(?!自)|自(?!动|主|然|由|控)|从|到|加入|担任|入职|就职|任职|来自|创办|成立|负责|熟悉|掌握|精通|了解|使用"
    r"|基于|通过|经验|能力|至今|毕业|[年月日岁]|\d[-~.]\d+)"
)
# Straight behind a skill's name: a product or a contest.
_PRODUCT_ENDING: Final = re.compile(
    r"大师|管家|卫士|精灵|宝典|之家|之星|杯(?!子)|(?:助手|快车|云)(?=app|小程序|软件|平台|v\d)|[®™]"
)
_PRODUCT_OPENING: Final = frozenset("大管卫精宝之杯助快云®™")
_ENGLISH_ENDING: Final = re.compile(
    r"\b(?:Inc|Ltd|LLC|GmbH|Corp|Corporation|Limited|University|Institute|College|Academy)\b"
)
_CAPITALISED_BEFORE: Final = re.compile(r"(?:(?:[A-Z][\w&.'’-]*|of|and|&) ){1,6}(?:Co\.?,? )?$")
_PLACE_AFTER: Final = re.compile(r"(?: (?:of|for) (?:[A-Z][\w-]*(?: (?:and|&) )? ?){1,4})")
_DEPARTMENT: Final = re.compile(
    r"\b(?:Department|School|Faculty|Division) of (?:[A-Z][\w-]*(?:,? (?:and|&|of) |, | )?){1,8}"
)
_NAME_CHARS: Final = 60


def name_spans(text: str, aligned: str) -> list[tuple[int, int]]:
    """Places of names of firms, schools and the like, in no order; they may overlap.

    Args:
        text: the original.
        aligned: its aligned folded copy.
    """
    if not _MAY_NAME.search(aligned):
        return []
    found = [match.span() for match in _SOME_FIRM.finditer(aligned)]
    for match in _CHINESE_ENDING.finditer(aligned):
        run = _RUN_BEFORE.search(aligned, max(0, match.start() - 24), match.start())
        if run is not None:
            stop = _STOP.match(run[0])
            found.append((run.start() + (stop.end() if stop else 0), match.end()))
    found.extend(match.span() for match in _DEPARTMENT.finditer(text))
    for match in _ENGLISH_ENDING.finditer(text):
        before = _CAPITALISED_BEFORE.search(text, max(0, match.start() - _NAME_CHARS), match.start())
        after = _PLACE_AFTER.match(text, match.end())
        found.append((before.start() if before else match.start(), after.end() if after else match.end()))
    return found


def is_product(aligned: str, end: int) -> bool:
    """Whether what ends there is the first part of a product's or a contest's name."""
    return aligned[end : end + 1] in _PRODUCT_OPENING and bool(_PRODUCT_ENDING.match(aligned, end))
