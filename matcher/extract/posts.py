"""Titles of posts that are made of skill words: "后端开发工程师", "Data Engineer", "UI设计师". A title names a person, no mastery.

Enters: the aligned folded text, its original, and the place and kind of a skill's name in it. Leaves: whether the name is, or
opens, the title of a post. It refuses nothing. Tools are left alone: who was a "Java developer" has used Java.
"""

from __future__ import annotations

import re
from typing import Final

_RANK: Final = r"(?:高级|资深|初级|中级|主任|首席|助理|实习|见习)?"
_TITLE_ZH: Final = re.compile(
    rf"{_RANK}(?:及?[\u4e00-\u9fff]{{0,4}})?(?:工程师|架构师|设计师|分析师|咨询师|培训师|会计师|技师|专员|主管(?!部门)|经理|总监|专家|顾问|技术员|操作员|管理员|程序员|实习生|负责人)"
)
_SUFFIX_ZH: Final = re.compile(rf"{_RANK}(?:师(?![资范傅生])|岗(?![前位]))")
_IS_TITLE_ZH: Final = re.compile(r"(?:工程师|[^教]师|专员|经理|程序员|(?:总账|成本|往来|税务|主办|主管)会计)$")
_WORDS_EN: Final = (
    "engineer|developer|analyst|manager|technician|officer|specialist|consultant|designer|architect|administrator|coordinator"
    "|generalist|assistant|technologist|associate|executive|supervisor|director|planner|operator|advisor|adviser|instructor|trainer"
    "|intern|trainee|apprentice|lead|paralegal|accountant|nurse|pharmacist|scientist|electrician|surveyor|fitter|tester|programmer"
)
_TITLE_EN: Final = re.compile(rf" (?:{_WORDS_EN})s?(?![a-z])")
_IS_TITLE_EN: Final = re.compile(rf"(?:^| )(?:{_WORDS_EN})s?$")


def is_post(aligned: str, start: int, end: int) -> bool:
    """Whether `[start, end)` is a post's title or, with what follows, begins one.

    Args:
        aligned: aligned folded text.
        start: of the name of a skill that is no tool.
        end: behind it.
    """
    if aligned[end - 1] >= "\u2e80":
        return bool(
            _TITLE_ZH.match(aligned, end) or _SUFFIX_ZH.match(aligned, end) or _IS_TITLE_ZH.search(aligned, start, end)
        )
    return bool(
        _TITLE_EN.match(aligned, end) or _TITLE_ZH.match(aligned, end) or _IS_TITLE_EN.search(aligned[start:end])
    )
