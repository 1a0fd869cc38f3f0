"""Skills by what a person types: exact names first, then beginnings, then parts, then misspellings.

Enters: a query in any language. Leaves: ranked skills, a page at a time. It refuses empty and over-long queries and
impossible paging.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process

from matcher.domain.folding import fold_key
from matcher.domain.skill import Skill
from matcher.errors import InvalidRequest
from matcher.taxonomy.taxonomy import Taxonomy

MAX_QUERY_CHARS: Final = 200
MAX_PAGE_SIZE: Final = 100
_LABEL_EXACT: Final = 1.0
_ALIAS_EXACT: Final = 0.98
# A prefix or part scores in [floor, floor + span) by the share of the form that was typed; the ranges do not meet.
_PREFIX: Final = (0.8, 0.15)
_PART: Final = (0.6, 0.15)
_FUZZY_MAX: Final = 0.55
# Below 70 of 100 (normalised indel similarity) hits share letters only by accident; two-character Chinese names sit at 50.
_FUZZY_CUTOFF: Final = 70.0
_MIN_FUZZY_CHARS: Final = 3


@dataclass(frozen=True, slots=True)
class SkillHit:
    """A skill found by a query. `matched_form`: its label or alias that fits best; `score` in (0, 1], for ranking only."""

    skill: Skill
    matched_form: str
    language: str
    score: float


@dataclass(frozen=True, slots=True)
class SkillPage:
    """One page of hits. `next_offset` is None on the last page; `total` counts the hits of all pages."""

    hits: tuple[SkillHit, ...]
    total: int
    next_offset: int | None


@dataclass(frozen=True, slots=True)
class _Form:
    skill: Skill
    text: str
    language: str
    is_label: bool


class SkillSearch:
    """Searches one taxonomy. Build once; a search only reads, so threads may share it.

    Args:
        taxonomy: what to search.
    """

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._forms: list[_Form] = []
        for skill in taxonomy:
            for language, label in skill.labels.items():
                self._forms.append(_Form(skill, label, language, is_label=True))
            for language, aliases in skill.aliases.items():
                self._forms.extend(_Form(skill, alias, language, is_label=False) for alias in aliases)
        self._keys = [fold_key(form.text) for form in self._forms]

    def search(self, query: str, *, page_size: int = 20, offset: int = 0) -> SkillPage:
        """Skills whose names fit `query`, best first; ties by id.

        Width, letter case, traditional characters, hyphens and blanks make no difference, nor does the language.

        Args:
            query: 1 to 200 characters that are not all blank.
            page_size: hits at most, 1 to 100.
            offset: hits to leave out, ≥ 0.

        Raises:
            InvalidRequest: an argument out of its limits; names it.
        """
        key = fold_key(query)
        if not key.strip() or len(query) > MAX_QUERY_CHARS:
            raise InvalidRequest(
                "query must not be empty or too long", field="query", limit=f"1..{MAX_QUERY_CHARS} characters"
            )
        if not 1 <= page_size <= MAX_PAGE_SIZE:
            raise InvalidRequest("page_size out of range", field="page_size", limit=f"1..{MAX_PAGE_SIZE}")
        if offset < 0:
            raise InvalidRequest("offset is negative", field="offset", limit="0..")
        best: dict[str, SkillHit] = {}
        for position, score in self._scores(key).items():
            form = self._forms[position]
            known = best.get(form.skill.id)
            if known is None or score > known.score:
                best[form.skill.id] = SkillHit(form.skill, form.text, form.language, score)
        ranked = sorted(best.values(), key=lambda hit: (-hit.score, hit.skill.id))
        end = offset + page_size
        return SkillPage(tuple(ranked[offset:end]), len(ranked), end if end < len(ranked) else None)

    def _scores(self, key: str) -> dict[int, float]:
        """Position of a form → score, for every form that fits."""
        scores: dict[int, float] = {}
        if len(key) >= _MIN_FUZZY_CHARS:
            for _, similarity, position in process.extract(
                key, self._keys, scorer=fuzz.ratio, score_cutoff=_FUZZY_CUTOFF, limit=None
            ):
                scores[position] = similarity / 100 * _FUZZY_MAX
        for position, known in enumerate(self._keys):
            if key in known:
                share = len(key) / len(known)
                if share == 1.0:
                    scores[position] = _LABEL_EXACT if self._forms[position].is_label else _ALIAS_EXACT
                else:
                    floor, span = _PREFIX if known.startswith(key) else _PART
                    scores[position] = floor + span * share
        return scores
