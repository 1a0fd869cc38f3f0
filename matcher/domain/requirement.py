"""What a document asks for and what it offers, skill by skill, drawn from its mentions."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.domain.skill import Importance, Proficiency


@dataclass(frozen=True, slots=True)
class Requirement:
    """One skill that a posting demands or a course presupposes.

    `importance` is ESSENTIAL or PREFERRED, never another. `level` None: the text names none. `confidence` in (0, 1]: that of
    the surest mention. `mentions`: indices into the document's mentions, ascending, never empty. `from_duties`: the skill
    is named in the duties only, so that the demand is inferred, not stated.
    """

    skill_id: str
    importance: Importance
    level: Proficiency | None
    confidence: float
    mentions: tuple[int, ...]
    from_duties: bool = False


@dataclass(frozen=True, slots=True)
class Supply:
    """One skill that a candidate has or a course teaches.

    `level`: the highest that a mention states, None when none does. `confidence` in (0, 1]: that of the surest mention.
    `mentions`: indices into the document's mentions, ascending, never empty. `implied`: only a certificate says so; false
    wherever the text speaks of the skill itself. `wished`: the text says no more than that the candidate wishes for it; it meets no
    demand, but is what the document is about.
    """

    skill_id: str
    level: Proficiency | None
    confidence: float
    mentions: tuple[int, ...]
    implied: bool = False
    wished: bool = False
