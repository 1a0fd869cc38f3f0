"""Skills: taxonomy concepts, and the places in a text where they are named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from matcher.domain.document import SectionKind, Span
from matcher.domain.ladders import NumberedRung

# Between owner and rest of a tenant's skill id, `acme--boiler-tuning`. Ids of a taxonomy itself never hold it, so that no
# release to come can take the id of a tenant's skill.
OWNER_MARK: Final = "--"


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


class Proficiency(NumberedRung):
    """Ordered level of mastery, the service's own ladder (see ladders.py). Unknown is `None`."""

    AWARE = 1  # 了解, basic knowledge
    FAMILIAR = 2  # 熟悉, 掌握, familiar, working knowledge
    PROFICIENT = 3  # 熟练, 熟练掌握, proficient, solid
    EXPERT = 4  # 精通, expert, deep


@dataclass(frozen=True, slots=True)
class Skill:
    """A taxonomy concept: one id in every language.

    `labels`: BCP-47 primary tag → preferred label. `aliases`: tag → other forms, without the label. A form that starts
    with `=` in the source file is in `exact_forms` (without the `=`): it matches only case-sensitively and as a whole token.
    `owner`: tenant whose overlay brought the skill, "" for a skill of the taxonomy itself; see `OWNER_MARK`.
    """

    id: str
    kind: SkillKind
    field_code: str
    labels: Mapping[str, str]
    aliases: Mapping[str, tuple[str, ...]]
    broader: tuple[str, ...] = ()
    definitions: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    exact_forms: frozenset[str] = frozenset()
    owner: str = ""

    @property
    def name(self) -> str:
        """AIP resource name, for example `skills/python`."""
        return f"skills/{self.id}"

    def label(self, language: str) -> str:
        """Preferred label in `language`, else English, else any."""
        return self.labels.get(language) or self.labels.get("en") or next(iter(self.labels.values()))


class FoundBy(StrEnum):
    """How a mention was found: by a name of the skill, by likeness of meaning, or by a certificate that implies it."""

    ALIAS = "alias"
    LINKED = "linked"
    IMPLIED = "implied"


class Rank(StrEnum):
    """What the text says of a skill's place among others: "Python (primary)". Unsaid is `None`."""

    PRIMARY = "primary"
    SECONDARY = "secondary"


@dataclass(frozen=True, slots=True)
class SkillMention:
    """A place where a text names a skill. `surface` equals `text[span.start:span.end]`. `confidence` in (0, 1].

    `years`: of experience named beside it, the lower end of a range, ≥ 0; None: none named. `version`: as written behind it,
    without "v" ("8", "3.x", "2020"), "" when none is. `rank`: "(primary)", "（主要）". `implied_by`: id of the certificate of a
    mention found by IMPLIED, whose span is then that of the certificate's name; "" for all others. Whether a certificate is
    genuine or has expired is never inferred. `wished`: a candidate says that they seek it or wish to learn it
    ("求职意向：数据标注"), which is no sign that they can do it.

    Spans of two mentions may overlap: of a list with one head ("产品/架构/系统设计") each runs from its own words to the head.
    """

    skill_id: str
    surface: str
    span: Span
    confidence: float
    importance: Importance
    level: Proficiency | None
    section: SectionKind
    years: float | None = None
    version: str = ""
    rank: Rank | None = None
    found_by: FoundBy = FoundBy.ALIAS
    implied_by: str = ""
    wished: bool = False


@dataclass(frozen=True, slots=True)
class UnlinkedPhrase:
    """Words that look like a skill and are in no taxonomy. `surface` equals `text[span.start:span.end]`.

    `cluster`: stable id of its normalised spelling, the same in every document and release.
    """

    surface: str
    span: Span
    cluster: str
    section: SectionKind
