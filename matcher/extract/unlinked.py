"""Phrases that look like skills and are in no taxonomy.

Enters: a text, its aligned folded copy, and the spots of known skills. Leaves: their places in order, disjoint from each other
and from known skills. Three signs make a phrase look like a skill: it follows a cue ("熟悉…", "experience with …"), it stands in
a list beside a known tool, or it is a Latin word of a tool's shape in Chinese text. It refuses what is a clause, a common word,
a redacted run, or a name of a firm: a phrase missed here costs little, a wrong one costs a reviewer's time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from matcher.domain.document import REDACTION_MARK, Span
from matcher.domain.skill import SkillKind
from matcher.extract.spotting import Spot

_CUE_ZH: Final = re.compile(
    r"(?:熟练掌握|熟练使用|熟练运用|熟练应用|熟悉|掌握|精通|擅长|会使用|会用|能使用|了解)(?:并?(?:使用|运用|应用|掌握|操作))?"
    r"(?:至少一种|一种或多种)?(?:常用的?|主流的?|各类|各种|相关的?|基本的?)?"
)
_CUE_EN: Final = re.compile(
    r"\b(?:experienced? (?:with|in|using)|proficien(?:t|cy) (?:in|with)|familiar(?:ity)? with|knowledge of|skilled in|expertise in"
    r"|expert in|hands-on with|working with|fluent in|command of|certified in|trained in|background in|tools? such as|tools? like) "
)
_JOINT: Final = re.compile(r"\s?(?:[、/&,]|以及|和|与|及|或|,? and |,? or )\s?")
_SPLIT: Final = re.compile(r"[、/,&]|以及|和|与|及|或者?|\band\b|\bor\b")
_CLAUSE_END: Final = re.compile(
    r"[。;!?:\n\r•●|]|\.(?:\s|$)|[,](?=[\u4e00-\u9fff]{0,4}(?:有|能|会|具|熟|掌|精|了解|可|对))"
)
_ITEM_END: Final = re.compile(r"[、/,&;。:!?()\n]|\.\s|和|与|及|或|\band\b|\bor\b|$")
_ITEM_BEFORE: Final = re.compile(
    r"(?:^|[、/,&;。:!?()\n]|和|与|及|或|\band |\bor )\s?([^、/,&;。:!?()\n]{1,30}?)\s?[、/&]\s?$"
)
_ITEM_CHARS: Final = 36
_MAX_CLAUSE: Final = 120
_MAX_ITEMS: Final = 12
_CHINESE: Final = re.compile("[\u4e00-\u9fff]")
_LATIN_TOKEN: Final = re.compile(
    r"(?<![A-Za-z0-9@._/\\-])[A-Z0-9]?[A-Za-z][A-Za-z0-9]*(?:[.+#-][A-Za-z0-9]+)*(?:\+\+|#)?"
    r"(?: [A-Z][A-Za-z0-9]+){0,2}(?![A-Za-z0-9@_\\])"
)
_TOOL_SHAPE: Final = re.compile(r"[A-Z].*[A-Z]|[a-z][A-Z]|[A-Za-z].*\d|\.[a-z]{2,4}$|[+#]$|^[A-Z][a-z]{3,}$")
_NOT_IN_NAME: Final = re.compile(r"[*=%~^]|[一多][项个种门]|\d{3,}")
# What ends a name inside an item: brackets, "matlab等语言", "以及".
_CLOSING: Final = re.compile(r"[()\[\]【】<>《》\"“”*]|(?<=[a-z0-9\u4e00-\u9fff])等")
_LEAD: Final = re.compile(
    r"^(?:(?:[一多][项个种门]|相关(?!性)|常用|常见|主流|各类|各种|一些|做过|用过|学过|写过|研究过|参与过|看得懂|基本|基础|一定|至少|一种|一门|多种|多门|其他|其它|等|的|使用|运用|应用|操作|掌握|熟悉|了解|精通"
    r"|并(?![行发网购])|且|能(?![源耗量效])|会(?![计员议展])|对(?![象称比抗])|在(?!线)|及|如|例如|包括|如下|以下|以上|国内外?|行业|公司|岗位)+"
    r"|(?:(?:the|a|an|our|various|common|modern|relevant|related|similar|other|any|some|using|such as|like|at least|one of"
    r"|e\.g\.)\s)+)"
)
_TAIL: Final = re.compile(
    r"(?:(?:等|相关|方面|类|的|工作|经验|知识|能力|技能|优先|者|考虑|加分|更佳|为佳|中的?|至少|一种|一门|之一|以上|及以上|其中|操作|使用|应用|基础|原理|流程"
    r"|编程|开发|语言|工具|软件|框架|技术|平台|系统)*(?:等|优先|者|经验|知识|能力|技能|之一|一种|一门|的|相关|中)"
    r"|(?:\s(?:etc\.?|experience|knowledge|skills?|preferred|required|is|are|a plus|or similar|or equivalent|tools?)\b.*))$"
)
# Characters and words that make a run of Chinese a clause and no name.
_CLAUSE_WORD: Final = re.compile(
    r"[的了吗呢我你他她们其该此让给把被若者请]|自己|得懂|就行|扎实|过(?![程滤载敏渡热流])|应该|应当|可以|能够|能力|需要|必须|没有|不能|不会|不限|是否|并且|并能|因为|所以|如果|但是"
    r"|公司|岗位|客户|领导|上级|部门|以上|以下|优先|负责|学历|专业$|经验|工作|\d年|独立|较强|良好|优秀|要求"
)
# Words that name no skill by themselves.
_PLAIN_ZH: Final = (
    "发展 施工 推送 维护 函数 运营 推广 培训 沟通 数据说话 "
    "算法 分类 方法 模型 工具 技术 原理 优化 实现 调试 标准 流程 开发 框架 网络 数学 识别 "
    "回归 聚类 跟踪 仿真 建模 分割 图像 设备 仪器 编码 匹配 预处理 编程 语言 系统 软件 硬件 "
    "平台 设计 测试 分析 管理 理论 基础 知识 操作 使用 应用 业务 产品 项目 行业 市场 数据 "
    "文档 资料 方案 制度 法规 政策 规范 办公 前沿技术 开发工具 脚本语言 编程语言 程序语言 "
    "开发语言 高级语言 开发环境 开发流程 基本原理 工作原理 基础理论 相关技术 专业知识 管理流程 "
    "常用算法 疾病 材料 工艺 结构 性能 功能 接口 协议 架构 环境 过程 结果 问题 需求 报告 服务 "
    "电脑 计算机 互联网 英文 外语 文献 论文 期刊 会议 竞赛 社交习惯"
)
_PLAIN: Final = frozenset(_PLAIN_ZH.split())
_COMMON_EN: Final = (
    "the a an and or our your their its this that these those all any each other more most new good strong excellent great high"
    " team teams people work working company companies business industry office staff members environment projects project role"
    " ability years year experience knowledge skills skill tools systems technology technologies customers clients equal similar"
    " required preferred plus degree related equivalent us we you they it he she one two three both well day days time"
    " of to in for on at by with from as be is are was will can not how what which who when where why via only also into about etc"
    " e.g i.e following several such basic different material materials topics techniques technique methods method processes use"
    " course courses class students student instructor permission lecture lectures week weeks semester following various over"
)
_COMMON: Final = frozenset(_COMMON_EN.split())
_NOT_TOOLS: Final = (
    "EDUCATION LANGUAGES SKILLS EXPERIENCE PROJECTS SUMMARY CERTIFICATES Education Languages Skills Experience Projects"
    " Summary Certificates Requirements Responsibilities Benefits About "
    "IT HR CEO CTO CFO COO PM HC BOSS OK APP App KPI OKR ID VIP QQ WX TEL Tel EMAIL Email No NO Q A AM PM GDP CNY RMB USD K W B C"
    " PC TOB TOC ToB ToC B2B B2C O2O C2C MM CM KG GB MB TB HTTP HTTPS WWW COM II III IV VI VII VIII IX XI GPA AI BAT IDC SaaS PaaS"
    " IaaS DIY PK USB WiFi Wifi LOGO Logo TOP Top UTC GMT CN US UK EU PPTV NBA iOS Android Mac Part Full Base Offer offer Title"
    " Team Leader Manager Senior Junior Intern Bachelor Master January February March April May June July August September October"
    " November December Monday Friday University College School China Beijing Shanghai Shenzhen Hangzhou"
)
_NO_TOOL: Final = frozenset(_NOT_TOOLS.split())
_MIN_ZH, _MAX_ZH = 2, 12
_MAX_WORDS_EN: Final = 4
_AROUND: Final = 12


def find_phrases(text: str, aligned: str, spots: Sequence[Spot], names: Sequence[tuple[int, int]]) -> list[Span]:
    """Places of phrases that look like skills, in order, disjoint.

    Args:
        text: the original.
        aligned: its aligned folded copy.
        spots: of known skills, in order.
        names: places of firms and schools; nothing inside them is a skill.
    """
    # one byte per character, 1 where it belongs to something else
    taken = bytearray(len(aligned))
    for start, end in (*((s.start, s.end) for s in spots), *names):
        taken[start:end] = b"\1" * (end - start)
    found: list[Span] = []
    for start, end in (*_after_cues(aligned), *_beside_tools(aligned, spots), *_latin_tokens(text, aligned)):
        trimmed = _trimmed(aligned, start, end)
        if trimmed is None:
            continue
        first, last = trimmed
        if 1 not in taken[first:last] and _looks_like_one(text, first, last):
            taken[first:last] = b"\1" * (last - first)
            found.append(Span(first, last))
    return sorted(found, key=lambda span: span.start)


def _after_cues(aligned: str) -> Iterator[tuple[int, int]]:
    """Items of the list that a cue opens."""
    cues = [*_CUE_ZH.finditer(aligned), *_CUE_EN.finditer(aligned)]
    for cue in cues:
        limit = min(len(aligned), cue.end() + _MAX_CLAUSE)
        stop = _CLAUSE_END.search(aligned, cue.end(), limit)
        end = stop.start() if stop else limit
        start = cue.end()
        for _ in range(_MAX_ITEMS):
            joint = _SPLIT.search(aligned, start, end)
            yield start, joint.start() if joint else end
            if joint is None:
                break
            start = joint.end()


def _beside_tools(aligned: str, spots: Sequence[Spot]) -> Iterator[tuple[int, int]]:
    """Items next to a known tool in a list."""
    for spot in spots:
        if spot.pattern.kind is not SkillKind.TOOL:
            continue
        after = _JOINT.match(aligned, spot.end)
        if after is not None and after.end() > spot.end:
            stop = _ITEM_END.search(aligned, after.end())
            yield after.end(), stop.start() if stop else len(aligned)
        shift = max(0, spot.start - _ITEM_CHARS)
        before = _ITEM_BEFORE.search(aligned[shift : spot.start])
        if before is not None:
            yield shift + before.start(1), shift + before.end(1)


def _latin_tokens(text: str, aligned: str) -> Iterator[tuple[int, int]]:
    """Latin words of a tool's shape with Chinese around them."""
    if not _CHINESE.search(aligned):
        return
    for token in _LATIN_TOKEN.finditer(text):
        if _TOOL_SHAPE.search(token[0]) and _CHINESE.search(
            aligned, max(0, token.start() - _AROUND), token.end() + _AROUND
        ):
            yield token.span()


def _trimmed(aligned: str, start: int, end: int) -> tuple[int, int] | None:
    """The phrase without blanks, brackets, leading and closing words; None when nothing is left."""
    closing = _CLOSING.search(aligned, start, end)
    if closing is not None:
        end = closing.start()
    phrase = aligned[start:end]
    start += len(phrase) - len(phrase.lstrip())
    phrase = phrase.strip()
    lead = _LEAD.match(phrase)
    if lead is not None:
        start, phrase = start + lead.end(), phrase[lead.end() :]
    phrase = _TAIL.sub("", phrase).rstrip(" .,-")
    return (start, start + len(phrase)) if phrase else None


def _looks_like_one(text: str, start: int, end: int) -> bool:
    phrase = text[start:end]
    if REDACTION_MARK in phrase or "\n" in phrase:
        return False
    if _CHINESE.search(phrase):
        is_name = phrase not in _PLAIN and not _CLAUSE_WORD.search(phrase)
        return _MIN_ZH <= len(phrase) <= _MAX_ZH and is_name and not _NOT_IN_NAME.search(phrase)
    words = phrase.split()
    plain = [word.lower() for word in words]
    return (
        1 <= len(words) <= _MAX_WORDS_EN
        and len(phrase) > 1
        and any(char.isalpha() for char in phrase)
        and phrase not in _NO_TOOL
        and not _COMMON.intersection(plain)
        # one small word alone is a word, not a name
        and (len(words) > 1 or phrase != phrase.lower() or not phrase.isalpha())
    )
