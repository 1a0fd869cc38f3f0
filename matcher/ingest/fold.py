"""A shadow of a text for pattern matching that keeps every offset.

Enters: any text. Leaves: a text of exactly the same number of code points in which full-width forms are ASCII, letters
are lower case, dashes are `-`, and the traditional characters that our patterns use are simplified. It refuses nothing.
The stored text itself is never normalised: offsets found in the shadow hold in the original.
"""

from __future__ import annotations

from typing import Final

# Only characters that occur in this stage's patterns: a full conversion table would cost start-up time for nothing.
_TRADITIONAL: Final = (
    "學歷職責資經驗薪專業證書課時實踐線電話號別齡貫戶籍聯係繫點區廣東蘇魯滬圳遠處項負責應屆個優條範圍評價"
    "開簡獎勵費與後習練務會計術標準達於選擇僅無參團隊認識級碩臺灣縣鄉鎮門樓棟單羣眾黨員婚現龍衛慶陝寧貴雲"
    "長濟無錫溫廈漢陽"
)
_SIMPLIFIED: Final = (
    "学历职责资经验薪专业证书课时实践线电话号别龄贯户籍联系系点区广东苏鲁沪圳远处项负责应届个优条范围评价"
    "开简奖励费与后习练务会计术标准达于选择仅无参团队认识级硕台湾县乡镇门楼栋单群众党员婚现龙卫庆陕宁贵云"
    "长济无锡温厦汉阳"
)

_TABLE: Final[dict[int, int]] = {
    **{0xFF01 + i: 0x21 + i for i in range(94)},
    **{ord(mark): ord(" ") for mark in "\u3000\u00a0\u2002\u2003\u2009\u202f\ufeff\u200b"},
    **{ord(mark): ord("-") for mark in "‐‑‒–—―−－"},
    **{ord(mark): ord("~") for mark in "〜∼"},
    **{ord(mark): ord("'") for mark in "‘’"},
    **{ord(mark): ord('"') for mark in "“”"},
    **{ord(old): ord(new) for old, new in zip(_TRADITIONAL, _SIMPLIFIED, strict=True)},
}


def fold(text: str) -> str:
    """Text for matching: same length as `text`, lower case, ASCII punctuation and digits, simplified key characters.

    Args:
        text: any text.

    Returns:
        A string with `len(result) == len(text)`; position i stands for position i of `text`.
    """
    if text.isascii():
        return text.lower()
    narrow = text.translate(_TABLE)
    lower = narrow.lower()
    if len(lower) == len(narrow):
        return lower
    # A few letters (İ) have a lower case of two code points; they stay as they are, so that offsets hold.
    return "".join(low if len(low := char.lower()) == 1 else char for char in narrow)
