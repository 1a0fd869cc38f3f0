"""A taxonomy of twelve skills and builders of documents over it, small enough to work examples by hand.

The tree (roots give and take no partial credit):

    it ─ databases ─ sql ─ mysql, postgres      water ─ water-analysis ─ cod-test      communication ─ negotiation (soft)
       ─ python                                                                        welding
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.domain.document import Document, EducationLevel, Facts, Kind, Section, SectionKind, Span
from matcher.domain.requirement import Requirement, Supply
from matcher.domain.skill import Importance, Proficiency, Skill, SkillKind, SkillMention
from matcher.extract import derive_requirements, derive_supply
from matcher.match.explain import Explained
from matcher.match.profile import Profile, make_profile
from matcher.match.score import Pool, Side
from matcher.match.skillspace import SkillSpace
from matcher.taxonomy import Taxonomy

_BROADER: Mapping[str, tuple[str, ...]] = {
    "it": (),
    "databases": ("it",),
    "sql": ("databases",),
    "mysql": ("sql",),
    "postgres": ("sql",),
    "python": ("it",),
    "water": (),
    "water-analysis": ("water",),
    "cod-test": ("water-analysis",),
    "communication": (),
    "negotiation": ("communication",),
    "welding": (),
}
_SOFT = ("communication", "negotiation")
CHINESE = {
    "sql": "SQL语言",
    "mysql": "MySQL数据库",
    "python": "Python编程",
    "water-analysis": "水质分析",
    "communication": "沟通",
}
TAXONOMY = Taxonomy(
    "small",
    [
        Skill(
            id=skill_id,
            kind=SkillKind.SOFT if skill_id in _SOFT else SkillKind.HARD,
            field_code="test",
            labels={"en": skill_id, "zh": CHINESE.get(skill_id, skill_id)},
            aliases={},
            broader=broader,
        )
        for skill_id, broader in _BROADER.items()
    ],
)
SPACE = SkillSpace(TAXONOMY)
NUMBER = SPACE.number_by_id
IDS = tuple(SPACE.ids)
E, P = Importance.ESSENTIAL, Importance.PREFERRED
Demand = tuple[str, Importance, Proficiency | None]


def even_rarity() -> NDArray[np.float32]:
    """Every skill weighs 1."""
    return np.ones(len(SPACE), dtype=np.float32)


def rarity_of(**weights: float) -> NDArray[np.float32]:
    """Every skill weighs 1 but those named (`_` for `-`)."""
    rarity = even_rarity()
    for skill_id, weight in weights.items():
        rarity[NUMBER[skill_id.replace("_", "-")]] = weight
    return rarity


def profile(
    kind: Kind,
    demand: Sequence[Demand] = (),
    supply: Mapping[str, Proficiency | None] | None = None,
    education: EducationLevel | None = None,
    years: float | None = None,
) -> Profile:
    """A profile of what is demanded and shown."""
    return make_profile(
        kind,
        [Requirement(skill, importance, level, 1.0, (0,)) for skill, importance, level in demand],
        {skill: Supply(skill, level, 1.0, (0,)) for skill, level in (supply or {}).items()},
        Facts(education=education, experience_years=years),
        SPACE,
    )


def posting(*demand: Demand, education: EducationLevel | None = None, years: float | None = None) -> Profile:
    """A posting's profile."""
    return profile(Kind.POSTING, demand, None, education, years)


def candidate(
    supply: Mapping[str, Proficiency | None] | None = None,
    education: EducationLevel | None = None,
    years: float | None = None,
) -> Profile:
    """A candidate's profile."""
    return profile(Kind.CANDIDATE, (), supply, education, years)


def vector(*values: float) -> NDArray[np.float32]:
    """A float32 vector."""
    return np.array(values, dtype=np.float32)


def side(
    of: Profile, title: NDArray[np.float32] | None = None, body: NDArray[np.float32] | None = None, dim: int = 2
) -> Side:
    """One document to score; vectors that are not given are zero."""
    zero = np.zeros(dim, dtype=np.float32)
    return Side(of, zero if title is None else title, zero if body is None else body)


def pool(*sides: Side) -> Pool:
    """Documents to score together."""
    return Pool([s.profile for s in sides], np.stack([s.title for s in sides]), np.stack([s.body for s in sides]))


@dataclass(frozen=True, slots=True)
class Naming:
    """A skill named in a text by `surface`, at its first place."""

    skill_id: str
    surface: str
    importance: Importance = Importance.STATED
    level: Proficiency | None = None


def explained(kind: Kind, document_id: str, text: str, *namings: Naming) -> Explained:
    """A document of one section in which the named skills were found, as the service would hold it."""
    section = SectionKind.REQUIREMENTS if kind is Kind.POSTING else SectionKind.SKILLS
    mentions = []
    for naming in namings:
        start = text.index(naming.surface)
        span = Span(start, start + len(naming.surface))
        mentions.append(
            SkillMention(naming.skill_id, naming.surface, span, 0.9, naming.importance, naming.level, section)
        )
    document = Document(
        kind, document_id, "t", text, ("zh",), (Section(section, Span(0, len(text))),), Facts(), content_hash="0" * 64
    )
    requirements = derive_requirements(kind, mentions)
    supply = derive_supply(kind, mentions)
    return Explained(
        name=document.name,
        document=document,
        profile=make_profile(kind, requirements, supply, document.facts, SPACE),
        demanded={r.skill_id: [mentions[i] for i in r.mentions] for r in requirements},
        shown={s.skill_id: [mentions[i] for i in s.mentions] for s in supply.values()},
    )
