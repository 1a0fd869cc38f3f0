"""Whether words stand as an item of their own: between signs, or words that lead in or close.

Enters: the aligned folded text and where the words begin or end. Leaves: yes or no for either side. It refuses nothing. One word or
two Chinese characters that are part of a longer run ("对接印刷厂", "moves containers, not models") seldom name a skill.
"""

from __future__ import annotations

import re
from typing import Final

# One word or two Chinese characters say a skill only where they stand as an item: between signs, or words that lead in or close.
# Of such names the free ones were right 107 times in 124 on the development split, the others 44 times in 122 (2026-11-30).
_SHORT_CHINESE: Final = 2
_LOOKBACK_CHARS: Final = 16
_SIGNS: Final = r"[\n、,。;/():.·•*|&+!?>\"“”《》\]\[–—-]"
_LEADING_ZH: Final = (
    "和 与 及 或 到 的 熟悉 掌握 了解 精通 会 懂 负责 从事 擅长 做 做过 能 包括 如 有 学习 参与 完成 进行 要求 无 "
    "对 需 用 使用 处理 监察 统筹 现场 常规 年"
)
_LEADING_EN: Final = (
    "and or of in with for to on by using including no basic good strong advanced some prior own is configure write "
    "build about"
)
_CLOSING_ZH: Final = (
    "和 与 及 或 等 经验 工作 能力 基础 知识 技能 者 优先 流程 方法 原理 方面 相关 岗位 实训 实验 操作 规范 背景 均 "
    "都 即可 就行 熟练 一般 良好 强 为主 不"
)
_CLOSING_EN: Final = (
    "and or experience skills? knowledge is are in for from to with work training preferred required using of on at "
    "by a"
)
_FREE_LEFT: Final = re.compile(
    rf"(?:^|{_SIGNS}|{'|'.join(_LEADING_ZH.split())}|\d|项目[一二三四五六七八九十]|\b(?:{'|'.join(_LEADING_EN.split())}))\s*$"
)
_FREE_RIGHT: Final = re.compile(
    rf"\s*(?:$|{_SIGNS}|{'|'.join(_CLOSING_ZH.split())}|(?:{'|'.join(_CLOSING_EN.split())})\b)"
)


def is_free_left(aligned: str, start: int) -> bool:
    """Whether nothing before `start` makes the words part of a longer run."""
    return bool(_FREE_LEFT.search(aligned[max(0, start - _LOOKBACK_CHARS) : start]))


def is_free_right(aligned: str, end: int) -> bool:
    """Whether nothing from `end` on makes the words part of a longer run."""
    return bool(_FREE_RIGHT.match(aligned, end))


def is_no_part(key: str, aligned: str, start: int, end: int) -> bool:
    """Whether a name is long enough to stand anywhere, or stands as an item.

    Args:
        key: the name, folded.
        aligned: aligned folded text.
        start: of the name.
        end: behind it.
    """
    is_short = " " not in key if key.isascii() else len(key) <= _SHORT_CHINESE
    return not is_short or (is_free_left(aligned, start) and is_free_right(aligned, end))
