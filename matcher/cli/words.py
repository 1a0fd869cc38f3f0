"""The words of tables in the language of the reply, so that a Chinese reply has no English column heads.

Enters: an English word and a language. Leaves: the word. Every language but Chinese gets English, as in the replies themselves.
"""

from __future__ import annotations

from matcher._gen.skillmatch.v1 import coverage_pb2 as pb
from matcher._gen.skillmatch.v1 import taxonomy_pb2 as tax

CHINESE = {
    "requirement": "要求",
    "need": "需要",
    "level": "程度",
    "all": "合计",
    "share": "岗位占比",
    "weight": "权重",
    "by": "课程",
    "before": "之前",
    "after": "之后",
    "essential": "必备",
    "preferred": "优先",
    "soft": "软技能",
    "certificate": "证书",
    "aware": "了解",
    "familiar": "熟悉",
    "proficient": "熟练",
    "expert": "精通",
    "covered": "覆盖",
    "in part": "部分覆盖",
    "not shown": "未见",
    "h": "学时",
    "hours not stated": "未说明学时",
    "no.": "方案",
    "status": "状态",
    "credit": "折算",
    "demanded as": "岗位原文",
    "shown as": "简历或课程原文",
    "partial": "部分",
    "missing": "未体现",
    "skill": "技能编号",
    "label": "名称",
    "text": "原文",
    "span": "位置",
    "confidence": "可信度",
    "notes": "备注",
    "stated": "提及",
    "negated": "否定",
    "optional": "可选",
    "condition": "条件",
    "pass it": "符合该条件",
    "pass all others": "符合其余条件",
    "would let some pass": "放宽后可有结果",
    "titles": "名称",
    "fits": "对应",
    "score": "得分",
    "occupation": "职业编号",
    "title": "职业",
    "distance": "距离",
    "postings": "岗位",
    "trend": "趋势",
    "unknown": "未知",
    "growing": "增长",
    "steady": "平稳",
    "shrinking": "下降",
}
SENTENCES = {
    "considered": (
        "比较了{n}个去向；库内岗位{postings}条，其中{unnamed}条的名称对不上任何职业",
        "{n} destinations; {postings} postings, {unnamed} of them under titles that name no occupation",
    ),
    "present job": (
        "现职：{title}（“{quote}”），不作为去向",
        "Present job: {title} (“{quote}”), no destination",
    ),
    "solved": (
        "{all}门课程中{n}门与缺口有关 · 求解{s:.2f}秒 · 尚缺权重{open:.3f}",
        "{n} of {all} courses are relevant · solved in {s:.2f} s · open weight {open:.3f}",
    ),
    "no room": (
        "另有{n}门课程在此宽度下放不下：加宽终端，或用 --json",
        "{n} more courses do not fit this width: widen the terminal, or take --json",
    ),
}


def sentence(name: str, language: str) -> str:
    """A template of `SENTENCES` in the language of a reply."""
    return SENTENCES[name][0 if is_chinese(language) else 1]


def is_chinese(language: str) -> bool:
    """Whether a reply is in Chinese, which it is unless another language is asked for."""
    return language in ("", "zh")


def word(text: str, language: str) -> str:
    """A word of `CHINESE` in the language of a reply."""
    return CHINESE[text] if is_chinese(language) else text


def group_word(group: pb.RequirementGroup, language: str) -> str:
    """Where a requirement is counted."""
    return word(pb.RequirementGroup.Name(group).removeprefix("REQUIREMENT_GROUP_").lower(), language)


def importance_word(importance: tax.Importance, language: str) -> str:
    """How a text asks for a skill."""
    return word(tax.Importance.Name(importance).removeprefix("IMPORTANCE_").lower(), language)


def level_word(level: tax.Proficiency, language: str) -> str:
    """A level; "" where none is asked for."""
    return word(tax.Proficiency.Name(level).removeprefix("PROFICIENCY_").lower(), language) if level else ""
