"""A transition → a short text in Chinese or English. Every word and number comes from the structured transition.

Enters: a transition. Leaves: the text. Refuses: no other language than `LANGUAGES` of the gap's text.
"""

from __future__ import annotations

from collections.abc import Sequence

from matcher.domain.gap import GapStatus, RequirementGap
from matcher.domain.skill import Importance
from matcher.domain.transition import Transition, Trend, TrendSource
from matcher.errors import InvalidRequest
from matcher.plan.gap_text import LANGUAGES, Label

MAX_LABELS = 12

_WORDS = {
    "zh": {
        "head": "{title}：距离 {distance:.2f}",
        "shared": "已体现：{labels}",
        "part": "部分体现：{labels}",
        "open": "文本未体现（必备）：{labels}",
        "wished": "文本未体现（优先）：{labels}",
        "join": "、",
        "more": "等 {n} 项",
        "demand": "库内岗位 {n} 条，{trend}",
        Trend.UNKNOWN: "趋势未知",
        Trend.GROWING: "需求上升",
        Trend.STEADY: "需求平稳",
        Trend.SHRINKING: "需求下降",
        TrendSource.STORE: "（近半年 {recent} 条，此前半年 {earlier} 条）",
        TrendSource.CALLER: "（由调用方提供）",
    },
    "en": {
        "head": "{title}: distance {distance:.2f}",
        "shared": "Shown: {labels}",
        "part": "Shown in part: {labels}",
        "open": "Not shown, essential: {labels}",
        "wished": "Not shown, preferred: {labels}",
        "join": ", ",
        "more": " and more, {n} in all",
        "demand": "Postings stored: {n}, {trend}",
        Trend.UNKNOWN: "trend unknown",
        Trend.GROWING: "growing",
        Trend.STEADY: "steady",
        Trend.SHRINKING: "shrinking",
        TrendSource.STORE: " ({recent} in the last half-year, {earlier} in the one before)",
        TrendSource.CALLER: " (the caller says so)",
    },
}


def transition_text(transition: Transition, label: Label, language: str) -> str:
    """The transition for a reader: distance, what is shown, what is open, demand.

    Raises:
        InvalidRequest: `language` is none of `LANGUAGES`.
    """
    if language not in LANGUAGES:
        raise InvalidRequest("explanations are rendered in zh or en", field="language", limit="zh, en")
    words, rows = _WORDS[language], transition.gap.requirements
    missing = [r for r in rows if r.status is GapStatus.MISSING]
    groups = {
        "shared": [r for r in rows if r.status is GapStatus.MET],
        "part": [r for r in rows if r.status in (GapStatus.MET_AT_LOWER_LEVEL, GapStatus.NEAR)],
        "open": [r for r in missing if r.requirement.importance is Importance.ESSENTIAL],
        "wished": [r for r in missing if r.requirement.importance is not Importance.ESSENTIAL],
    }
    lines = [words["head"].format(title=transition.title, distance=transition.distance)]
    lines += [words[name].format(labels=_labels(found, label, words)) for name, found in groups.items() if found]
    return "\n".join([*lines, _demand(transition, words)])


def _labels(rows: Sequence[RequirementGap], label: Label, words: dict[str, str]) -> str:
    named = words["join"].join(label(r.requirement.skill_id) for r in rows[:MAX_LABELS])
    return named if len(rows) <= MAX_LABELS else named + words["more"].format(n=len(rows))


def _demand(transition: Transition, words: dict[str, str]) -> str:
    demand = transition.demand
    source = "" if demand.source is None else words[demand.source]
    counted = source.format(recent=demand.n_recent, earlier=demand.n_earlier)
    return words["demand"].format(n=demand.n_postings, trend=words[demand.trend] + counted)
