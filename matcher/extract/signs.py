"""How sure a mention is, from the signs around it: a weighing of what can be seen without understanding the text.

Enters: the prior of the name that was met, and signs: what kind of skill it is, whether the words stand as an item of their own, in
which section, whether a cue speaks of them, how much of the text is about the same field. Leaves: a raw confidence, which
`calibration.py` makes true. It refuses weights of unknown signs.

The weights are those of a logistic regression on the development split of the gold set (`python -m eval skills
--fit-calibration`), one row per language of the words. With an empty file the prior stands as it is.
"""

from __future__ import annotations

import math
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from matcher.domain.document import SectionKind
from matcher.domain.skill import Importance, SkillKind
from matcher.errors import InvalidConfig
from matcher.extract.calibration import LANGUAGES, language_of
from matcher.extract.free_standing import is_free_left, is_free_right
from matcher.extract.spotting import Spot

DEFAULT_SIGNS: Final = Path(__file__).parent / "signs.toml"
INTERCEPT: Final = "intercept"
SIGNS: Final = (
    "prior", "length", "tool", "soft", "certificate", "regulation", "language", "composed", "topical", "study", "title", "company",
    "education", "listed", "told", "lone", "cued", "negated", "free_left", "free_right", "general", "kin", "alone",
)  # fmt: skip
_COMPANY: Final = frozenset({SectionKind.COMPANY, SectionKind.BENEFITS})
_LISTED: Final = frozenset(
    {
        SectionKind.SKILLS,
        SectionKind.REQUIREMENTS,
        SectionKind.PREFERRED,
        SectionKind.PREREQUISITES,
        SectionKind.CONTENT,
    }
)
_TOLD: Final = frozenset({SectionKind.DUTIES, SectionKind.EXPERIENCE, SectionKind.PROJECTS, SectionKind.SUMMARY})
_WITHOUT_FIELD: Final = frozenset({SkillKind.SOFT, SkillKind.LANGUAGE})
_GENERAL: Final = "general"
# A prior of 0 or 1 has no odds.
_MIN_PRIOR, _MAX_PRIOR = 0.01, 0.99


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known of a mention beside its spot. `lone`: the text has no sections; `study`: it is named as a field of study."""

    section: SectionKind
    importance: Importance | None
    has_level: bool
    study: bool
    lone: bool


class FieldShares:
    """Which part of a text's skills is of which field, and how many skills these are."""

    def __init__(self, spots: Iterable[Spot]) -> None:
        fields = {
            spot.pattern.skill_id: spot.pattern.field_code
            for spot in spots
            if spot.pattern.kind not in _WITHOUT_FIELD and spot.pattern.field_code != _GENERAL
        }
        self._counts = Counter(fields.values())
        self._total = len(fields)

    def kin(self, field_code: str) -> float:
        """Share, in [0, 1], of the other skills of the text that are of this field; 0 when there are no others."""
        others = self._total - 1
        return max(0, self._counts[field_code] - 1) / others if others > 0 else 0.0

    @property
    def alone(self) -> bool:
        """Whether at most one skill of any field is named."""
        return self._total <= 1


class SignWeights:
    """Weights by language.

    Args:
        weights: language → sign → weight, with an intercept; an empty mapping: the prior stands.

    Raises:
        InvalidConfig: an unknown language or sign, or a language without all of them.
    """

    def __init__(self, weights: Mapping[str, Mapping[str, float]]) -> None:
        wanted = {INTERCEPT, *SIGNS}
        for language, row in weights.items():
            if language not in LANGUAGES or set(row) != wanted:
                raise InvalidConfig(f"{language}: not one weight for each sign", field="extract.signs")
        if weights and set(weights) != set(LANGUAGES):
            raise InvalidConfig("weights are wanted for every language or for none", field="extract.signs")
        self._rows = {
            language: (row[INTERCEPT], tuple(row[sign] for sign in SIGNS)) for language, row in weights.items()
        }

    def confidence(self, prior: float, surface: str, signs: Sequence[float], factor: float = 1.0) -> float:
        """Raw confidence in (0, 1]: of the prior where there are no weights.

        Args:
            prior: of the name, in (0, 1].
            surface: the words, for their language.
            signs: as `signs_of` gives them.
            factor: in (0, 1], what is left of it where the text only wishes for the skill.
        """
        if not self._rows:
            return prior * factor
        intercept, row = self._rows[language_of(surface)]
        return factor / (1.0 + math.exp(-intercept - sum(w * x for w, x in zip(row, signs, strict=True))))


def signs_of(spot: Spot, aligned: str, around: Surroundings, shares: FieldShares) -> tuple[float, ...]:
    """The signs of a mention, in the order of SIGNS.

    Args:
        spot: where it stands.
        aligned: aligned folded text.
        around: what its sentence and section say.
        shares: of the text.
    """
    start, end = spot.cover or (spot.start, spot.end)
    prior = min(max(spot.confidence, _MIN_PRIOR), _MAX_PRIOR)
    kind = spot.pattern.kind
    field = spot.pattern.field_code
    is_general = field == _GENERAL or kind in _WITHOUT_FIELD
    return (
        math.log(prior / (1 - prior)),
        math.log2(end - start),
        kind is SkillKind.TOOL,
        kind is SkillKind.SOFT,
        kind is SkillKind.CERTIFICATE,
        kind is SkillKind.REGULATION,
        kind is SkillKind.LANGUAGE,
        spot.cover is not None,
        spot.topical,
        around.study,
        around.section is SectionKind.TITLE,
        around.section in _COMPANY,
        around.section is SectionKind.EDUCATION,
        around.section in _LISTED,
        around.section in _TOLD,
        around.lone,
        around.importance is not None or around.has_level,
        around.importance is Importance.NEGATED,
        is_free_left(aligned, start),
        is_free_right(aligned, end),
        is_general,
        0.0 if is_general else shares.kin(field),
        shares.alone,
    )


def load_signs(path: Path = DEFAULT_SIGNS) -> SignWeights:
    """The weights of a file.

    Raises:
        InvalidConfig: unreadable, another layout, or signs that are not known.
    """
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        weights = {language: {sign: float(w) for sign, w in row.items()} for language, row in data.items()}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InvalidConfig(f"signs {path} cannot be read: {error}", field="extract.signs") from error
    except (ValueError, TypeError, AttributeError) as error:
        raise InvalidConfig(f"signs {path} is no table of weights", field="extract.signs") from error
    return SignWeights(weights)
