"""What a document demands and what it offers, from its mentions.

Enters: the kind of a document and its mentions, in order. Leaves: requirements (posting, course) or supply (candidate,
course) by skill. It refuses nothing; a document without mentions demands and offers nothing, which is not the same as
"everything is met": callers must treat an empty result as unknown.

Posting → requirements. If a requirement-like section (REQUIREMENTS, PREFERRED, SKILLS, CERTIFICATES, EDUCATION) names a
skill, those sections, the title and cues elsewhere decide; else the whole text does. COMPANY and BENEFITS never count. A skill is
essential if any deciding mention is essential or merely stated, else preferred. Skills named in the duties only are
essential too, flagged `from_duties`, unless the text says elsewhere that they are not required; if the posting has no section for
duties, the rest of its text stands in for it.
Course → requirements are what PREREQUISITES names; everything else that is not denied is taught (supply).
Candidate → no requirements; supply is every mention that is not denied. What is wished for only ("求职意向") is marked so.
What a certificate implies demands nothing, and is supply only of a skill that the text does not speak of otherwise: who writes
"没有项目管理经验" beside "PMP" has said more than the certificate.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Final

from matcher.domain.document import Kind, SectionKind
from matcher.domain.requirement import Requirement, Supply
from matcher.domain.skill import FoundBy, Importance, Proficiency, SkillMention

_REQUIREMENT_LIKE: Final = frozenset(
    {
        SectionKind.REQUIREMENTS,
        SectionKind.PREFERRED,
        SectionKind.SKILLS,
        SectionKind.CERTIFICATES,
        SectionKind.EDUCATION,
    }
)
_NEVER: Final = frozenset({SectionKind.COMPANY, SectionKind.BENEFITS})


def derive_requirements(kind: Kind, mentions: Sequence[SkillMention]) -> tuple[Requirement, ...]:
    """Requirements in the order in which the text first names them.

    Args:
        kind: of the document.
        mentions: all mentions of the document; `Requirement.mentions` are positions in it.
    """
    if kind is Kind.CANDIDATE:
        return ()
    by_skill: dict[str, list[int]] = {}
    for i, mention in enumerate(mentions):
        if mention.section not in _NEVER and mention.found_by is not FoundBy.IMPLIED:
            by_skill.setdefault(mention.skill_id, []).append(i)
    if kind is Kind.COURSE:
        found = (_prerequisite(skill_id, places, mentions) for skill_id, places in by_skill.items())
    else:
        named_in = {mention.section for mention in mentions}
        found = (_demand(skill_id, places, mentions, named_in) for skill_id, places in by_skill.items())
    return tuple(requirement for requirement in found if requirement)


def derive_supply(kind: Kind, mentions: Sequence[SkillMention]) -> dict[str, Supply]:
    """Skill id → what is offered of it, in the order of first naming. A posting offers nothing.

    Args:
        kind: of the document.
        mentions: all mentions of the document; `Supply.mentions` are positions in it.
    """
    if kind is Kind.POSTING:
        return {}
    by_skill: dict[str, list[int]] = {}
    spoken_of = {m.skill_id for m in mentions if m.found_by is not FoundBy.IMPLIED and not m.wished}
    for i, mention in enumerate(mentions):
        if mention.found_by is FoundBy.IMPLIED and (kind is not Kind.CANDIDATE or mention.skill_id in spoken_of):
            continue
        presupposed = kind is Kind.COURSE and mention.section is SectionKind.PREREQUISITES
        if mention.importance is not Importance.NEGATED and not presupposed:
            by_skill.setdefault(mention.skill_id, []).append(i)
    for skill_id, places in by_skill.items():
        # what is shown somewhere is proven there, not where it is wished for
        by_skill[skill_id] = [i for i in places if not mentions[i].wished] or places
    return {
        skill_id: Supply(
            skill_id,
            _highest_level(places, mentions),
            _surest(places, mentions),
            tuple(places),
            implied=all(mentions[i].found_by is FoundBy.IMPLIED for i in places),
            wished=all(mentions[i].wished for i in places),
        )
        for skill_id, places in by_skill.items()
    }


def _prerequisite(skill_id: str, places: list[int], mentions: Sequence[SkillMention]) -> Requirement | None:
    asked = [i for i in places if mentions[i].section is SectionKind.PREREQUISITES]
    return _settle(skill_id, asked, mentions, from_duties=False)


def _demand(
    skill_id: str, places: list[int], mentions: Sequence[SkillMention], named_in: Set[SectionKind]
) -> Requirement | None:
    explicit = (Importance.ESSENTIAL, Importance.PREFERRED)
    deciding = [
        i
        for i in places
        if not named_in & _REQUIREMENT_LIKE
        or mentions[i].section in _REQUIREMENT_LIKE
        or mentions[i].section is SectionKind.TITLE
        or (mentions[i].importance in explicit and mentions[i].section is not SectionKind.DUTIES)
    ]
    denied = any(mentions[i].importance is Importance.NEGATED for i in places)
    if deciding or denied:
        return _settle(skill_id, deciding, mentions, from_duties=False)
    # Where the duties have a section of their own, what stands outside all sections is talk of the firm and the place.
    has_duties = SectionKind.DUTIES in named_in
    implied = [i for i in places if mentions[i].section is SectionKind.DUTIES or not has_duties]
    return _settle(skill_id, implied, mentions, from_duties=True)


def _settle(
    skill_id: str, places: list[int], mentions: Sequence[SkillMention], *, from_duties: bool
) -> Requirement | None:
    """One requirement from the mentions that decide, None when all of them deny it."""
    preferred = [i for i in places if mentions[i].importance is Importance.PREFERRED]
    essential = [i for i in places if mentions[i].importance in (Importance.ESSENTIAL, Importance.STATED)]
    # "无需Docker经验" in the requirements outweighs a title or a duty that merely names Docker, not an open demand.
    stated_only = all(mentions[i].importance is Importance.STATED for i in essential)
    if stated_only and any(mentions[i].importance is Importance.NEGATED for i in places):
        essential = []
    used = essential or preferred
    if not used:
        return None
    importance = Importance.ESSENTIAL if essential else Importance.PREFERRED
    return Requirement(
        skill_id, importance, _highest_level(used, mentions), _surest(used, mentions), tuple(used), from_duties
    )


def _highest_level(places: list[int], mentions: Sequence[SkillMention]) -> Proficiency | None:
    return max((level for i in places if (level := mentions[i].level) is not None), default=None)


def _surest(places: list[int], mentions: Sequence[SkillMention]) -> float:
    return max(mentions[i].confidence for i in places)
