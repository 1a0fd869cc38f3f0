"""Names that say no more than a shorter name of the same skill: "Linux环境" beside "Linux", "GDPR compliance" beside "GDPR".

Enters: a folded spelling, and a look-up of who owns a spelling. Leaves: whether it is left out, so that the shorter name is found
in its place. The shortest words that name the skill are its mention (`eval/gold/skills/README.md`): a tool and what is done with
it is the tool, and two tools joined by a slash are two. The taxonomy keeps such names, for searches and as labels. Which ends are
needless was read off the development split of the gold set.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

_LATIN_NAME: Final = r"[a-z][a-z0-9+#./ -]*[a-z0-9+#]"
_LATIN_ENDS: Final = (
    "系统 基础 环境 集群 协议 函数 查询 基本操作 操作 应用 使用 运用 分析 工具 技术 技术应用 语法 入门 实战 "
    "脚本 操作系统 管理系统"
)
_LATIN_TOOL_ENDS: Final = (
    "建模 三维建模 建模软件 编程基础 应用基础 软件 框架 平台 开发 应用开发 程序开发 软件开发 项目开发"
)
_ENGLISH_TOOL_ENDS: Final = (
    "families themes plugins syntax scripts queries databases? software developers? programming coding pipelines? "
    "clusters?"
)
_AFTER_LATIN: Final = re.compile(rf"({_LATIN_NAME}) ?(?:{'|'.join(_LATIN_ENDS.split())})")
_AFTER_LATIN_TOOL: Final = re.compile(rf"({_LATIN_NAME}) ?(?:{'|'.join(_LATIN_TOOL_ENDS.split())})")
_AFTER_CHINESE: Final = re.compile(r"(.*[\u4e00-\u9fff](?:技术|学|论|力|性|心|法))(?:基础|应用|强)")
_BEFORE_CHINESE: Final = re.compile(r"(?:有|常规|良好的|较强的|具备)([\u4e00-\u9fff]{2,})")
_AFTER_ENGLISH: Final = re.compile(r"(.{3,}) (?:compliance|basics|fundamentals|20\d\d)")
_AFTER_ENGLISH_TOOL: Final = re.compile(rf"(.{{3,}}) (?:{'|'.join(_ENGLISH_TOOL_ENDS.split())})")
_JOINED: Final = re.compile(r"([a-z0-9+#.]{3,})(?:/|和|与)([a-z0-9+#.]{3,})")
_JOINED_TOOLS: Final = re.compile(r"([a-z0-9+#.]{3,})(?:/| and | & |和|与)([a-z0-9+#.]{3,})")
_ENDS: Final = (_AFTER_LATIN, _AFTER_CHINESE, _BEFORE_CHINESE, _AFTER_ENGLISH)
_ENDS_OF_TOOL: Final = (*_ENDS, _AFTER_LATIN_TOOL, _AFTER_ENGLISH_TOOL)

Owners = Callable[[str], frozenset[str]]


def is_needlessly_long(key: str, owners: Owners, *, is_tool: bool) -> bool:
    """Whether a shorter name within this one names its skill already, and nothing but that is lost.

    Args:
        key: a folded spelling.
        owners: ids of the skills that a spelling names in any letter case, none where it is no name.
        is_tool: whether the spelling names a tool.
    """
    joined = (_JOINED_TOOLS if is_tool else _JOINED).fullmatch(key)
    if joined is not None and owners(joined[1]) and owners(joined[2]) and owners(key) & owners(joined[1]):
        return True
    for end in _ENDS_OF_TOOL if is_tool else _ENDS:
        match = end.fullmatch(key)
        if match is not None and (shorter := owners(match[1])) and shorter == owners(key):
            return True
    return False
