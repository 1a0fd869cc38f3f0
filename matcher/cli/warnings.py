"""Warnings of a reply, in its language. The service words them in English under stable codes; people who read Chinese get Chinese.

Enters: a warning. Leaves: a printed line. A code that is not known here is printed as the service words it.
"""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape

from matcher._gen.skillmatch.v1 import document_pb2 as doc
from matcher.cli.words import is_chinese

CHINESE = {
    "TEXT_SAMPLED": "文本过长，模型只读了其中均匀抽取的部分；技能在全文中查找",
    "QUERY_NAMES_NO_SKILLS": "查询中没有找到技能，排序只依据标题和文本",
    "PROFILE_NAMES_NO_SKILLS": "这份文档中没有找到技能，因此没有一项要求算作满足",
    "CANDIDATE_SHOWS_NO_SKILLS": "候选人文本中没有找到技能，因此没有一项要求算作满足",
    "TARGET_ASKS_NOTHING": "目标中没有找到技能要求，满足度无定义",
    "UNKNOWN_HOURS": "以下课程学时未说明，按 0 计：{names}",
    "UNKNOWN_COST": "以下课程价格未说明，按 0 计：{names}",
    "UNKNOWN_CREDITS": "以下课程学分未说明，按 0 计：{names}",
}


def print_warning(console: Console, warning: doc.Warning, language: str) -> None:
    """Prints one warning as one line."""
    console.print(f"[yellow]{escape(warning_text(warning, language))}[/yellow]", highlight=False, soft_wrap=True)


def warning_text(warning: doc.Warning, language: str) -> str:
    """The words of a warning; names stand behind the last colon of what the service says."""
    if not is_chinese(language) or warning.code not in CHINESE:
        return warning.detail
    return CHINESE[warning.code].format(names=warning.detail.rpartition(": ")[2])
