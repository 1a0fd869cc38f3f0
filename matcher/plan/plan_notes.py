"""What a reader should know of a plan beside the plan, in the language of the reply.

Enters: an outcome, and the prerequisites that were not counted. Leaves: warnings. It refuses nothing; any language but Chinese gets
English.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from matcher.domain.document import ReadWarning
from matcher.domain.plan import PlanOutcome, ResidualReason

NOTHING_OPEN, SOFT_ONLY = "NOTHING_OPEN", "SOFT_ONLY"
NOT_FOUND, RECOMMENDED, NOT_STORED = "PREREQUISITE_NOT_FOUND", "PREREQUISITE_RECOMMENDED", "COMPLETED_NOT_STORED"
_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "zh": {
        NOTHING_OPEN: "各项要求都已满足，没有需要规划的",
        SOFT_ONLY: "除软技能外各项要求都已满足，没有需要规划的",
        NOT_FOUND: "{course}：先修要求“{text}”没有对应的库内课程，也没有已体现或在前讲授的技能，未计入",
        RECOMMENDED: "{course}：先修要求“{text}”只是建议，未计入",
        NOT_STORED: "已修课程不在库内：{text}",
        "join": "、",
    },
    "en": {
        NOTHING_OPEN: "every requirement is met already, so there is nothing to plan",
        SOFT_ONLY: "every requirement but soft skills is met already, so there is nothing to plan",
        NOT_FOUND: "{course}: prerequisite “{text}” leads to no stored course and no skill that is shown or taught before; "
        "it was not counted",
        RECOMMENDED: "{course}: prerequisite “{text}” is recommended only; it was not counted",
        NOT_STORED: "completed courses that are not stored: {text}",
        "join": ", ",
    },
}


def plan_notes(
    outcome: PlanOutcome,
    unfound: Mapping[str, Sequence[str]],
    recommended: Mapping[str, Sequence[str]],
    covered_at: float,
    language: str,
) -> tuple[ReadWarning, ...]:
    """What was not counted of the planned courses' prerequisites, and that a gap is none.

    Args:
        outcome: what was planned.
        unfound: course → prerequisites as written that lead nowhere.
        recommended: course → those that are not insisted on.
        covered_at: credit from which a requirement counts as closed.
        language: of the notes.
    """
    words = _words(language)
    found: list[ReadWarning] = []
    soft_open = any(r.reason is ResidualReason.SOFT_SKILL for r in outcome.residuals)
    if (outcome.items or soft_open) and all(i.credit >= covered_at for i in outcome.items):
        found.append(ReadWarning(NOTHING_OPEN, words[SOFT_ONLY if soft_open else NOTHING_OPEN]))
    plans = ([outcome.plan] if outcome.plan else []) + list(outcome.alternatives)
    planned = sorted({p.course.name for plan in plans for p in plan.courses})
    for code, by_course in ((NOT_FOUND, unfound), (RECOMMENDED, recommended)):
        for name in planned:
            found += [ReadWarning(code, words[code].format(course=name, text=t)) for t in by_course.get(name, ())]
    return tuple(found)


def not_stored_note(courses: Sequence[str], language: str) -> tuple[ReadWarning, ...]:
    """Names the completed courses that are not stored; none where all are."""
    words = _words(language)
    told = words[NOT_STORED].format(text=words["join"].join(courses))
    return (ReadWarning(NOT_STORED, told),) if courses else ()


def _words(language: str) -> Mapping[str, str]:
    return _WORDS["zh" if language in ("", "zh") else "en"]
