"""Rungs of ladders that a text names: 高级工, 国家职业资格三级, 副高级职称, P6.

Enters: any text. Leaves: rungs with their places, in order. It refuses nothing; what only looks like a rung (英语四级,
二级建造师, L4自动驾驶, T4 GPU, 技师学院) is left out. A place that names rungs of two ladders ("三级/高级工") gives both, each
of its own type: see `matcher.domain.ladders` for why none is turned into another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from matcher.domain.document import EducationLevel, Span
from matcher.domain.folding import fold
from matcher.domain.ladders import FirmGrade, ProfessionalTitle, QualificationLevel, WorkerGrade

AnyRung = WorkerGrade | QualificationLevel | ProfessionalTitle | EducationLevel | FirmGrade


@dataclass(frozen=True, slots=True)
class RungMention:
    """A place where a text names a rung. `surface` equals `text[span.start:span.end]`."""

    rung: AnyRung
    surface: str
    span: Span


_W, _Q, _T, _E = WorkerGrade, QualificationLevel, ProfessionalTitle, EducationLevel
_WORKER: Final[dict[str, WorkerGrade]] = {
    "学徒工": _W.APPRENTICE, "初级工": _W.JUNIOR, "中级工": _W.INTERMEDIATE, "高级工": _W.SENIOR, "技师": _W.TECHNICIAN,
    "高级技师": _W.SENIOR_TECHNICIAN, "特级技师": _W.SPECIAL_TECHNICIAN, "首席技师": _W.CHIEF_TECHNICIAN,
}  # fmt: skip
_WORKER_NAME: Final = re.compile(
    r"(?:学徒工|(?:初|中|高)级工(?!程|作|艺|具|业|科|厂|人|会|商|种|序|笔|资|时)|(?<![助中医药美康理职检影摄配讲])(?:高级|特级|首席)?技师(?!学院|证书考试))"
)
_NUMERALS: Final = {"五": _Q.FIVE, "四": _Q.FOUR, "三": _Q.THREE, "二": _Q.TWO, "一": _Q.ONE}
_NUMERALS_DIGIT: Final = {"5": _Q.FIVE, "4": _Q.FOUR, "3": _Q.THREE, "2": _Q.TWO, "1": _Q.ONE}
_QUALIFICATION: Final = re.compile(
    r"(?:国家)?职业(?:资格|技能)(?:等级)?(?:证书|认定)?[\s(:]{0,2}(?P<behind>[一二三四五1-5])级"
    r"|(?<![第\d])(?P<before>[一二三四五])级\s?(?=(?:\(|/|、)?\s?(?:初级工|中级工|高级工|高级技师|技师)|(?:国家)?职业(?:资格|技能))"
    r"|(?<=员|工)(?P<trade>[一二三四五])级(?=证|\(|/|及以上|以上|$|[,。;、\s])"
)
_TITLE_PATTERNS: Final[tuple[tuple[re.Pattern[str], ProfessionalTitle], ...]] = (
    (
        re.compile(r"正高级?(?:职称|及以上|以上|工程师|会计师|经济师|教师|农艺师)?|教授级高(?:级工程师|工)|(?<!副)教授(?!级|的|学|法|课|知)|(?<!副)主任(?:医|护|药|技)师"),
        _T.FULL_SENIOR,
    ),
    (
        re.compile(r"副高级?(?:职称|及以上|以上)?|副教授|副主任(?:医|护|药|技)师|高级职称|高级(?:工程|会计|经济|审计|统计|农艺|政工|工艺美术)师|高级讲师|副研究员"),
        _T.ASSOCIATE_SENIOR,
    ),
    (
        re.compile(r"中级(?:及以上|以上)?(?:专业技术)?职称|中级(?:工程|会计|经济|审计|统计|农艺)师|主治医师|主管(?:护|药|检验|技)师|(?<![高助])讲师(?!团)|(?<!副)助理研究员"),
        _T.INTERMEDIATE,
    ),
    (
        re.compile(r"初级(?:及以上|以上)?(?:专业技术)?职称|助理(?:工程|会计|经济|审计|统计|农艺)师|初级(?:会计|经济|审计|统计|护)师|助教(?!机)|助理讲师|助理级职称|员级职称"),
        _T.JUNIOR,
    ),
)  # fmt: skip
_EDUCATION: Final[dict[str, EducationLevel]] = {
    "中职": _E.SECONDARY, "中专": _E.SECONDARY, "职高": _E.SECONDARY, "技校": _E.SECONDARY,
    "大专": _E.ASSOCIATE, "专科": _E.ASSOCIATE, "高职": _E.ASSOCIATE,
    "本科": _E.BACHELOR, "学士": _E.BACHELOR, "硕士": _E.MASTER, "研究生": _E.MASTER, "博士": _E.DOCTORATE,
}  # fmt: skip
# 副高职称 is a title, 专科护理 a field of nursing.
_EDUCATION_NAME: Final = re.compile(
    "中职|中专|职高|技校|大专|专科(?=及|以上|学历|毕业|生|[,。、/;)\\s]|$)|高职(?!称|级)|本科|学士|硕士|研究生|博士"
)
_FIRMS: Final = "阿里巴巴|阿里|蚂蚁|腾讯|字节跳动|字节|美团|百度|京东|滴滴|快手|华为"
_FIRM_GRADE: Final = re.compile(
    rf"(?P<firm>{_FIRMS})?(?P<cue>(?:职级|级别|定级|对标|等级|序列|level|grade|band)?[\s:(]{{0,2}})"
    r"(?<![a-z0-9])(?P<letter>[ptmlde])(?P<number>1[0-4]|[1-9])(?:-(?P<step>[1-3]))?"
    r"(?![a-z0-9.]|-\d{2}|\s?(?:gpu|显卡|芯片|自动驾驶|级自动|螺|钢|mm))"
    r"(?=(?P<after>\s?(?:[-~至到/]\s?[ptmlde]\d|级|职级|及以上|以上|\+|or above)?))"
)
_RANGE: Final = re.compile(r"\s?[-~至到/]\s?")
_POST_BEFORE: Final = re.compile(r"(?:工程师|专家|架构师|经理|开发|engineer|developer|manager|architect)[\s(]{0,2}$")


def find_rungs(text: str) -> tuple[RungMention, ...]:
    """Rungs named in a text, by place, then by length. Education levels are found by name only; facts come from `ingest`."""
    aligned = fold(text).aligned
    found = sorted({*_named(aligned), *_graded(aligned)}, key=lambda item: (item[1], item[2], type(item[0]).__name__))
    return tuple(RungMention(rung, text[start:end], Span(start, end)) for rung, start, end in found)


def _named(aligned: str) -> Iterator[tuple[AnyRung, int, int]]:
    for match in _WORKER_NAME.finditer(aligned):
        yield _WORKER[match[0]], match.start(), match.end()
    for match in _QUALIFICATION.finditer(aligned):
        numeral = match["behind"] or match["before"] or match["trade"]
        rung = _NUMERALS.get(numeral) or _NUMERALS_DIGIT[numeral]
        yield rung, match.start(), match.end()
    taken: list[tuple[int, int]] = []
    for pattern, title in _TITLE_PATTERNS:
        for match in pattern.finditer(aligned):
            # "正高级工程师" is not also "高级工程师"
            if not any(a < match.end() and match.start() < b for a, b in taken):
                taken.append(match.span())
                yield title, match.start(), match.end()
    for match in _EDUCATION_NAME.finditer(aligned):
        yield _EDUCATION[match[0]], match.start(), match.end()


def _graded(aligned: str) -> Iterator[tuple[AnyRung, int, int]]:
    last, firm = 0, ""
    for match in _FIRM_GRADE.finditer(aligned):
        is_p = match["letter"] == "p" and int(match["number"]) >= 4
        named = bool(match["firm"] or match["cue"].strip(" :("))
        start = match.start("letter")
        end = match.end("step") if match["step"] else match.end("number")
        at_post = is_p and bool(_POST_BEFORE.search(aligned, max(0, start - 12), start))
        # the upper end of a range is of the firm of the lower one
        continues = bool(last) and bool(_RANGE.fullmatch(aligned[last:start]))
        if named or at_post or continues or (is_p and match["after"].strip()):
            firm = firm if continues else match["firm"] or ""
            yield FirmGrade(match["letter"].upper(), int(match["number"]), int(match["step"] or 0), firm), start, end
            last = end
