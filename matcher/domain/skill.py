"""Skills: taxonomy concepts, and the places in a text where they are named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from types import MappingProxyType

from matcher.domain.document import SectionKind, Span


class SkillKind(StrEnum):
    """What sort of thing a skill is. Soft skills are shown apart and weigh less."""

    HARD = "hard"
    SOFT = "soft"
    TOOL = "tool"
    REGULATION = "regulation"
    LANGUAGE = "language"
    CERTIFICATE = "certificate"


class Importance(StrEnum):
    """How the text speaks of a skill. `STATED` is the plain case: named, neither demanded nor wished for nor denied."""

    ESSENTIAL = "essential"
    PREFERRED = "preferred"
    STATED = "stated"
    NEGATED = "negated"


class Proficiency(IntEnum):
    """Ordered level of mastery. Unknown is `None`."""

    AWARE = 1  # 了解, basic knowledge
    FAMILIAR = 2  # 熟悉, 掌握, familiar, working knowledge
    PROFICIENT = 3  # 熟练, 熟练掌握, proficient, solid
    EXPERT = 4  # 精通, expert, deep


@dataclass(frozen=True, slots=True)
class Skill:
    """A taxonomy concept: one id in every language.

    `labels`: BCP-47 primary tag → preferred label. `aliases`: tag → other forms, without the label. A form that starts
    with `=` in the source file is in `exact_forms` (without the `=`): it matches only case-sensitively and as a whole token.
    """

    id: str
    kind: SkillKind
    field_code: str
    labels: Mapping[str, str]
    aliases: Mapping[str, tuple[str, ...]]
    broader: tuple[str, ...] = ()
    definitions: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    exact_forms: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """AIP resource name, for example `skills/python`."""
        return f"skills/{self.id}"

    def label(self, language: str) -> str:
        """Preferred label in `language`, else English, else any."""
        return self.labels.get(language) or self.labels.get("en") or next(iter(self.labels.values()))


@dataclass(frozen=True, slots=True)
class SkillMention:
    """A place where a text names a skill. `surface` equals `text[span.start:span.end]`. `confidence` in (0, 1]."""

    skill_id: str
    surface: str
    span: Span
    confidence: float
    importance: Importance
    level: Proficiency | None
    section: SectionKind
