"""What a syllabus asks beforehand → prerequisites that a plan can keep: all of them, each either-or.

Enters: the items of `Facts.prerequisites` as written, the titles of stored courses, and the skills that the items name.
Leaves: per item what fulfils it. 「或」, "or", "/" between two names make either-or; 「任一门」 too. Of courses with the title
asked for those of the same organisation stand before all others. A skill that an item names fulfils it as well as the course of
that title: who knows Python need not sit in 「Python程序设计」. What is only recommended is said to be, and "no background assumed"
asks for nothing. It refuses nothing; an item that leads nowhere comes back with no way to fulfil it, and the caller decides
what that means.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from matcher.domain.folding import fold_key
from matcher.domain.plan import Prerequisite
from matcher.domain.skill import Proficiency
from matcher.plan.prerequisite_courses import CourseTitles

_CoursesOf = Callable[[str], tuple[str, ...]]
_EITHER_OR: Final = re.compile(r"\s*(?:或者|或|/|／|(?<![a-z])or(?![a-z]))\s*", re.IGNORECASE)
_ANY_OF: Final = re.compile(r"(?:中的?)?(?:任[一意选]?[一两]?门?|之一|其中一门)(?:即可|均可)?$|(?:即可|均可)$")
_RECOMMENDED: Final = re.compile(
    r"建议|优先|更佳|推荐|recommended|helpful|preferred|desirable|an advantage", re.IGNORECASE
)
_NOT_ASKED: Final = re.compile(
    r"^(?:no|without)(?![a-z])|^(?:无|不要求|不需要)|not (?:required|needed|assumed)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class NamedSkill:
    """A skill that a prerequisite names. `surface`: its words there. `level` None: none is named."""

    surface: str
    skill_id: str
    level: Proficiency | None

    @property
    def key(self) -> str:
        """What stands in `Prerequisite.skills`: the skill at its level."""
        return skill_key(self.skill_id, self.level)


@dataclass(frozen=True, slots=True)
class Asked:
    """One item.

    `groups`: all of them fulfil it; empty: it leads to no stored course and no skill. `is_recommended`: not insisted on.
    """

    text: str
    groups: tuple[Prerequisite, ...]
    is_recommended: bool


def skill_key(skill_id: str, level: Proficiency | None) -> str:
    """A skill at a level as one text."""
    return f"{skill_id}@{int(level or 0)}"


def asked_of(
    course: str,
    texts: Sequence[str],
    named: Sequence[NamedSkill],
    titles: CourseTitles,
    organisation_by_name: Mapping[str, str | None],
) -> tuple[Asked, ...]:
    """What the prerequisites of a course ask for, item by item.

    Args:
        course: whose they are; it does not presuppose itself.
        texts: the items as written.
        named: skills that the items name.
        titles: of all stored courses.
        organisation_by_name: resource name → organisation.
    """

    def courses(title: str) -> tuple[str, ...]:
        found = tuple(name for name in titles.named(title) if name != course)
        own = organisation_by_name.get(course)
        same = tuple(name for name in found if own is not None and organisation_by_name.get(name) == own)
        return same or found

    return tuple(
        Asked(text, _groups(text, [n for n in named if n.surface in text], courses), bool(_RECOMMENDED.search(text)))
        for text in texts
        if not _NOT_ASKED.search(text)
    )


def _groups(text: str, named: Sequence[NamedSkill], courses: _CoursesOf) -> tuple[Prerequisite, ...]:
    plain = _ANY_OF.sub("", text).strip()
    pieces = [p for p in _EITHER_OR.split(plain) if p.strip()]
    whole = courses(plain)
    # "DC/AC Circuits" is one title, whatever stands in it
    if whole and not any(courses(piece) for piece in pieces[1:]):
        return (Prerequisite(whole, _only([n for n in named if n.surface in plain]), text),)
    if len(pieces) > 1:
        found = tuple(name for piece in pieces for name in courses(piece))
        skills = tuple(key for piece in pieces for key in _only([n for n in named if n.surface in piece]))
        return (_prerequisite(found, skills, text),) if found or skills else ()
    # several skills and no course: each of them is asked for
    return tuple(Prerequisite((), (n.key,), text) for n in _distinct(named))


def _prerequisite(courses: Sequence[str], skills: Sequence[str], text: str) -> Prerequisite:
    return Prerequisite(tuple(dict.fromkeys(courses)), tuple(dict.fromkeys(skills)), text)


def _only(named: Sequence[NamedSkill]) -> tuple[str, ...]:
    """The skill that words are about when they name one only; of several, none alone stands for the course."""
    found = _distinct(named)
    return (found[0].key,) if len(found) == 1 else ()


def _distinct(named: Sequence[NamedSkill]) -> list[NamedSkill]:
    """The first of each skill, without those that stand within a longer name."""
    surfaces = {fold_key(n.surface) for n in named}
    kept = {
        n.skill_id: n
        for n in reversed(named)
        if not any(fold_key(n.surface) in other and fold_key(n.surface) != other for other in surfaces)
    }
    return sorted(kept.values(), key=lambda n: n.key)
