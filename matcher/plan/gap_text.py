"""A gap → a short text in Chinese or English. Every word and number comes from the structured gap; nothing is added.

Enters: a gap. Leaves: the text, group by group: essential, preferred, credentials, soft skills. Refuses: no other language than
`LANGUAGES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from matcher.domain.document import EducationLevel
from matcher.domain.gap import FactStatus, Gap, GapStatus, RequirementGap
from matcher.domain.match import Evidence
from matcher.domain.skill import Importance, Proficiency, SkillKind
from matcher.errors import InvalidRequest

LANGUAGES = ("zh", "en")
BULLET = "\n  · "
MAX_ITEMS = 30  # per group and status; a cohort asks for hundreds of skills
Label = Callable[[str], str]

_WORDS = {
    "zh": {
        "coverage": "满足度：{parts}；尚缺权重 {open:.2f}（共 {weight:.2f}）",
        "nothing": "目标文本未提出任何技能要求，满足度无定义",
        "join": "；",
        "essential": "必备 {value:.0%}",
        "preferred": "优先 {value:.0%}",
        "soft": "软技能 {value:.0%}",
        "essential_skills": "必备技能",
        "preferred_skills": "优先技能",
        "credentials": "证书与资格",
        "soft_skills": "软技能",
        GapStatus.MET: "已满足",
        GapStatus.MET_AT_LOWER_LEVEL: "程度不足或未说明",
        GapStatus.NEAR: "相近技能",
        GapStatus.MISSING: "文本未体现",
        "importance": "（{importance}）",
        "is_preferred": "优先",
        "proof": "{label}{note}{levels}：{demand}“{supply}”{via}",
        "demand": "“{quote}” ← ",
        "levels": "，要求{asked}，体现{shown}",
        "asked": "{label}{note}，要求{asked}",
        "via": "（凭“{label}”，按 {credit:.0%} 计）",
        "counted": "（按 {credit:.0%} 计）",
        "denied": "{item}：文本明言“{quote}”",
        "wished": "{item}：文本仅表明意愿“{quote}”",
        "education": "学历：要求{asked}，体现{shown}（{status}）",
        "experience": "经验：要求 {asked:g} 年，体现{shown}（{status}）",
        "years": " {value:g} 年",
        "unsaid": "未说明",
        "more": "另有 {n} 项",
    },
    "en": {
        "coverage": "Met: {parts}; open weight {open:.2f} of {weight:.2f}",
        "nothing": "The target names no skill, so no coverage is defined",
        "join": "; ",
        "essential": "essential {value:.0%}",
        "preferred": "preferred {value:.0%}",
        "soft": "soft skills {value:.0%}",
        "essential_skills": "Essential skills",
        "preferred_skills": "Preferred skills",
        "credentials": "Credentials",
        "soft_skills": "Soft skills",
        GapStatus.MET: "met",
        GapStatus.MET_AT_LOWER_LEVEL: "at a lower or unstated level",
        GapStatus.NEAR: "near",
        GapStatus.MISSING: "not shown by the text",
        "importance": " ({importance})",
        "is_preferred": "preferred",
        "proof": "{label}{note}{levels}: {demand}“{supply}”{via}",
        "demand": "“{quote}” ← ",
        "levels": ", asked {asked}, shown {shown}",
        "asked": "{label}{note}, asked {asked}",
        "via": " (through “{label}”, counted {credit:.0%})",
        "counted": " (counted {credit:.0%})",
        "denied": "{item}: the text says “{quote}”",
        "wished": "{item}: wished for only, “{quote}”",
        "education": "Education: asked {asked}, shown {shown} ({status})",
        "experience": "Experience: asked {asked:g} years, shown {shown} ({status})",
        "years": "{value:g} years",
        "unsaid": "unstated",
        "more": "and {n} more",
    },
}
_FACTS = {
    "zh": {FactStatus.MET: "满足", FactStatus.BELOW: "不足", FactStatus.NOT_SHOWN: "文本未说明"},
    "en": {FactStatus.MET: "met", FactStatus.BELOW: "below", FactStatus.NOT_SHOWN: "the text does not say"},
}
_LEVELS = {
    "zh": {
        Proficiency.AWARE: "了解",
        Proficiency.FAMILIAR: "熟悉",
        Proficiency.PROFICIENT: "熟练",
        Proficiency.EXPERT: "精通",
        None: "程度未说明",
    },
    "en": {
        Proficiency.AWARE: "aware",
        Proficiency.FAMILIAR: "familiar",
        Proficiency.PROFICIENT: "proficient",
        Proficiency.EXPERT: "expert",
        None: "level unstated",
    },
}
_EDUCATION = {
    "zh": dict(zip(EducationLevel, ("高中及以下", "大专", "本科", "硕士", "博士"), strict=True)),
    "en": dict(zip(EducationLevel, ("secondary", "associate", "bachelor", "master", "doctorate"), strict=True)),
}


def groups_of(gap: Gap) -> dict[str, tuple[RequirementGap, ...]]:
    """The four lists of a gap by name, in the order in which they are shown: every requirement stands in exactly one."""
    rows = gap.requirements
    apart = (SkillKind.SOFT, SkillKind.CERTIFICATE)
    hard = [r for r in rows if r.requirement.kind not in apart]
    return {
        "essential_skills": tuple(r for r in hard if r.requirement.importance is Importance.ESSENTIAL),
        "preferred_skills": tuple(r for r in hard if r.requirement.importance is not Importance.ESSENTIAL),
        "credentials": tuple(r for r in rows if r.requirement.kind is SkillKind.CERTIFICATE),
        "soft_skills": tuple(r for r in rows if r.requirement.kind is SkillKind.SOFT),
    }


def gap_text(gap: Gap, label: Label, language: str) -> str:
    """The gap for a reader: totals, facts, then each group by status.

    Raises:
        InvalidRequest: `language` is none of `LANGUAGES`.
    """
    if language not in LANGUAGES:
        raise InvalidRequest("explanations are rendered in zh or en", field="language", limit="zh, en")
    lines = [_totals(gap, language), *_facts(gap, language)]
    for group, rows in groups_of(gap).items():
        lines += _group(group, rows, label, language)
    return "\n".join(lines)


def _totals(gap: Gap, language: str) -> str:
    words = _WORDS[language]
    if not gap.requirements:
        return words["nothing"]
    values = {"essential": gap.essential_coverage, "preferred": gap.preferred_coverage, "soft": gap.soft_coverage}
    parts = [words[name].format(value=value) for name, value in values.items() if value is not None]
    return words["coverage"].format(parts=words["join"].join(parts), open=gap.open_weight, weight=gap.weight)


def _facts(gap: Gap, language: str) -> Iterable[str]:
    words, education = _WORDS[language], _EDUCATION[language]
    if gap.education.asked is not None:
        shown = words["unsaid"] if gap.education.shown is None else education[gap.education.shown]
        yield words["education"].format(
            asked=education[gap.education.asked], shown=shown, status=_FACTS[language][gap.education.status]
        )
    if gap.experience.asked is not None:
        years = gap.experience.shown
        shown = words["unsaid"] if years is None else words["years"].format(value=years)
        yield words["experience"].format(
            asked=gap.experience.asked, shown=shown, status=_FACTS[language][gap.experience.status]
        )


def _group(group: str, rows: Sequence[RequirementGap], label: Label, language: str) -> Iterable[str]:
    words, mixed = _WORDS[language], group in ("credentials", "soft_skills")
    for status in GapStatus:
        mine = [row for row in rows if row.status is status]
        if mine:
            items = [_item(row, label, language, mixed=mixed) for row in mine[:MAX_ITEMS]]
            if len(mine) > MAX_ITEMS:
                items.append(words["more"].format(n=len(mine) - MAX_ITEMS))
            yield f"{words[group]} · {words[status]} ({len(mine)})" + "".join(BULLET + item for item in items)


def _item(row: RequirementGap, label: Label, language: str, *, mixed: bool) -> str:
    """One requirement; in a group that is `mixed`, preferred ones are marked."""
    words, levels, asked = _WORDS[language], _LEVELS[language], row.requirement
    is_marked = mixed and asked.importance is not Importance.ESSENTIAL
    note = words["importance"].format(importance=words["is_preferred"]) if is_marked else ""
    name = label(asked.skill_id)
    if row.status is GapStatus.MISSING:
        item = words["asked"].format(label=name, note=note, asked=levels[asked.level]) if asked.level else name + note
        if row.denied_evidence:
            return words["denied"].format(item=item, quote=_quote(row.denied_evidence))
        wished = row.wished_evidence
        return words["wished"].format(item=item, quote=_quote(wished)) if wished else item
    shown = words["levels"].format(asked=levels[asked.level], shown=levels[row.held_level]) if asked.level else ""
    demand = words["demand"].format(quote=_quote(asked.evidence)) if asked.evidence else ""
    if row.met_by != asked.skill_id:
        via = words["via"].format(label=label(row.met_by), credit=row.credit)
    else:
        via = "" if row.status is GapStatus.MET else words["counted"].format(credit=row.credit)
    return words["proof"].format(
        label=name, note=note, levels=shown, demand=demand, supply=_quote(row.evidence), via=via
    )


def _quote(evidence: Sequence[Evidence]) -> str:
    """The first sentence of evidence, in one line."""
    return " ".join(evidence[0].sentence.split()) if evidence else "—"
