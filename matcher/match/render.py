"""Evidence → a short text in Chinese or English. Every word comes from the structured evidence; nothing is added.

Enters: a match with its requirements. Leaves: the text. Refuses: no other language than `LANGUAGES`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from matcher.domain.match import Evidence, Match, RequirementMatch, RequirementStatus, SharedSkill
from matcher.domain.skill import Importance, Proficiency
from matcher.errors import InvalidRequest

LANGUAGES = ("zh", "en")
BULLET = "\n  · "
Label = Callable[[str], str]

PART_NAMES = {
    "zh": {
        "essential_coverage": "必备要求满足度",
        "preferred_coverage": "优先条件满足度",
        "soft_coverage": "软技能满足度",
        "skill_overlap": "技能重合度",
        "next_step": "进阶程度",
        "title_similarity": "名称相似度",
        "text_similarity": "文本相似度",
        "education_fit": "学历符合度",
        "experience_fit": "经验符合度",
    },
    "en": {
        "essential_coverage": "essential requirements met",
        "preferred_coverage": "preferred requirements met",
        "soft_coverage": "soft skills met",
        "skill_overlap": "skill overlap",
        "next_step": "next step",
        "title_similarity": "title similarity",
        "text_similarity": "text similarity",
        "education_fit": "education fit",
        "experience_fit": "experience fit",
    },
}
_WORDS = {
    "zh": {
        "score": "匹配分 {score:.3f}（{parts}）",
        "part": "{part} {value:.0%}",
        "undefined": "{part}：文本未说明",
        "join": "；",
        RequirementStatus.COVERED: "已满足",
        RequirementStatus.PARTIAL: "部分满足",
        RequirementStatus.MISSING: "文本未体现",
        "essential": "必备",
        "preferred": "优先",
        "open": "（",
        "close": "）",
        "colon": "：",
        "via": "（凭“{label}”，按 {credit:.0%} 计）",
        "line": "{status}：{items}",
        "levels": "，要求{required}，体现{held}",
        "shared": "双方共有：{items}",
        "both": "{label}：“{query}” — “{target}”",
        "extra": "另外具备：{items}",
    },
    "en": {
        "score": "Score {score:.3f} ({parts})",
        "part": "{part} {value:.0%}",
        "undefined": "{part}: the text does not say",
        "join": "; ",
        RequirementStatus.COVERED: "Covered",
        RequirementStatus.PARTIAL: "Partly covered",
        RequirementStatus.MISSING: "Not shown by the text",
        "essential": "essential",
        "preferred": "preferred",
        "open": " (",
        "close": ")",
        "colon": ": ",
        "via": " (through “{label}”, counted {credit:.0%})",
        "line": "{status}: {items}",
        "levels": ", asked {required}, shown {held}",
        "shared": "In both:{items}",
        "both": "{label}: “{query}” — “{target}”",
        "extra": "Also shows: {items}",
    },
}
_LEVELS = {
    "zh": {1: "了解", 2: "熟悉", 3: "熟练", 4: "精通", None: "程度未说明"},
    "en": {1: "aware", 2: "familiar", 3: "proficient", 4: "expert", None: "level unstated"},
}


def render(match: Match, label: Label, language: str) -> str:
    """The explanation of a match: score with its parts, then covered, partial, missing, and what else is shown.

    Raises:
        InvalidRequest: `language` is none of `LANGUAGES`.
    """
    if language not in LANGUAGES:
        raise InvalidRequest("explanations are rendered in zh or en", field="language", limit="zh, en")
    words = _WORDS[language]
    lines = [_score_line(match, language)]
    for status in RequirementStatus:
        items = [_item(r, label, language) for r in match.requirements if r.status is status]
        if items:
            # what is proven gets a line each, to be read beside its quotes; what is missing is a plain list
            if status is RequirementStatus.MISSING:
                lines.append(words["line"].format(status=words[status], items=words["join"].join(items)))
            else:
                heading = words["line"].format(status=words[status], items="").rstrip()
                lines.append(heading + "".join(BULLET + item for item in items))
    if match.shared:
        items = [_shared(s, label, language) for s in match.shared]
        lines.append(words["shared"].format(items="".join(BULLET + i for i in items)))
    if match.additional:
        labels = [label(skill_id) for skill_id, _ in match.additional[:8]]
        lines.append(words["extra"].format(items=words["join"].join(labels)))
    return "\n".join(lines)


def _score_line(match: Match, language: str) -> str:
    words, names = _WORDS[language], PART_NAMES[language]
    parts = [
        words["undefined"].format(part=names[p.part])
        if p.value is None
        else words["part"].format(part=names[p.part], value=p.value)
        for p in match.scored.parts
    ]
    return words["score"].format(score=match.scored.score, parts=words["join"].join(parts))


def _item(requirement: RequirementMatch, label: Label, language: str) -> str:
    words = _WORDS[language]
    importance = "preferred" if requirement.importance is Importance.PREFERRED else "essential"
    item = f"{label(requirement.skill_id)}{words['open']}{words[importance]}{_levels(requirement, language)}{words['close']}"
    if requirement.status is RequirementStatus.MISSING:
        return item
    through = requirement.met_by != requirement.skill_id
    via = words["via"].format(label=label(requirement.met_by), credit=requirement.credit) if through else ""
    demand, supply = _quote(requirement.demand_evidence), _quote(requirement.supply_evidence)
    return f"{item}{words['colon']}“{demand}” ← “{supply}”{via}"


def _shared(shared: SharedSkill, label: Label, language: str) -> str:
    return _WORDS[language]["both"].format(
        label=label(shared.skill_id), query=_quote([shared.query_evidence]), target=_quote([shared.target_evidence])
    )


def _levels(requirement: RequirementMatch, language: str) -> str:
    """Named only where a level was asked for and something of the skill is shown."""
    if requirement.required_level is None or requirement.status is RequirementStatus.MISSING:
        return ""
    names = _LEVELS[language]
    return _WORDS[language]["levels"].format(
        required=names[int(requirement.required_level)], held=names[_number(requirement.held_level)]
    )


def _number(level: Proficiency | None) -> int | None:
    return None if level is None else int(level)


def _quote(evidence: Sequence[Evidence]) -> str:
    """The first sentence of evidence, in one line."""
    return " ".join(evidence[0].sentence.split()) if evidence else "—"
