"""Skills and occupations by what a person types: exact names first, then beginnings, then parts, then misspellings.

Enters: a query in any language. Leaves: ranked hits, a page at a time. It refuses empty and over-long queries and impossible
paging.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from rapidfuzz import fuzz, process

from matcher.domain.folding import fold_key
from matcher.domain.skill import Skill
from matcher.errors import InvalidRequest
from matcher.taxonomy.form_keys import name_key
from matcher.taxonomy.taxonomy import Taxonomy

MAX_QUERY_CHARS: Final = 200
MAX_PAGE_SIZE: Final = 100
LABEL_EXACT: Final = 1.0
ALIAS_EXACT: Final = 0.98
# A prefix or part scores in [floor, floor + span) by the share of the form that was typed; the ranges do not meet.
_PREFIX: Final = (0.8, 0.15)
_PART: Final = (0.6, 0.15)
_FUZZY_MAX: Final = 0.55
# Below 70 of 100 (normalised indel similarity) hits share letters only by accident; two-character Chinese names sit at 50.
_FUZZY_CUTOFF: Final = 70.0
_MIN_FUZZY_CHARS: Final = 3


class Concept(Protocol):
    """What can be searched: a skill or an occupation."""

    @property
    def id(self) -> str:
        """What tells it apart."""

    @property
    def labels(self) -> Mapping[str, str]:
        """Preferred name by language."""

    @property
    def aliases(self) -> Mapping[str, tuple[str, ...]]:
        """Other names by language."""


@dataclass(frozen=True, slots=True)
class Form:
    """One name of the concept with this position in the list that was indexed."""

    concept: int
    text: str
    language: str
    is_label: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A concept found by a query, by its position. `form`: its name that fits best; `score` in (0, 1], for ranking only."""

    form: Form
    score: float


class NameIndex:
    """All names of some concepts, and how well each fits a query. Build once; afterwards only read, so threads may share it.

    Args:
        concepts: what to search.
    """

    def __init__(self, concepts: Sequence[Concept]) -> None:
        self.forms: list[Form] = []
        for position, concept in enumerate(concepts):
            for language, label in concept.labels.items():
                self.forms.append(Form(position, label, language, is_label=True))
            for language, aliases in concept.aliases.items():
                self.forms.extend(Form(position, alias, language, is_label=False) for alias in aliases)
        self.keys = [name_key(form.text) for form in self.forms]
        self._ids = [concept.id for concept in concepts]

    def ranked(self, scores: Mapping[int, float]) -> list[Hit]:
        """One hit per concept, best first, ties by id.

        Args:
            scores: position of a form → score.
        """
        best: dict[int, Hit] = {}
        for position, score in scores.items():
            form = self.forms[position]
            known = best.get(form.concept)
            if known is None or score > known.score:
                best[form.concept] = Hit(form, score)
        return sorted(best.values(), key=lambda hit: (-hit.score, self._ids[hit.form.concept]))

    def scores(self, key: str) -> dict[int, float]:
        """Position of a form → score, for every form that fits a folded query."""
        scores: dict[int, float] = {}
        if len(key) >= _MIN_FUZZY_CHARS:
            for _, similarity, position in process.extract(
                key, self.keys, scorer=fuzz.ratio, score_cutoff=_FUZZY_CUTOFF, limit=None
            ):
                scores[position] = similarity / 100 * _FUZZY_MAX
        for position, known in enumerate(self.keys):
            if key in known:
                share = len(key) / len(known)
                if share == 1.0:
                    scores[position] = LABEL_EXACT if self.forms[position].is_label else ALIAS_EXACT
                else:
                    floor, span = _PREFIX if known.startswith(key) else _PART
                    scores[position] = floor + span * share
        return scores


def checked_key(query: str, page_size: int, offset: int) -> str:
    """The folded query.

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
    return key


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


class SkillSearch:
    """Searches the skills of one taxonomy. Build once; a search only reads, so threads may share it.

    Args:
        taxonomy: what to search.
    """

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._skills = list(taxonomy)
        self._names = NameIndex(self._skills)

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
        key = checked_key(query, page_size, offset)
        ranked = self._names.ranked(self._names.scores(key))
        end = offset + page_size
        page = tuple(
            SkillHit(self._skills[hit.form.concept], hit.form.text, hit.form.language, hit.score)
            for hit in ranked[offset:end]
        )
        return SkillPage(page, len(ranked), end if end < len(ranked) else None)
