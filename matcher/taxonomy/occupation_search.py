"""Occupations by what a posting is titled: exact titles, then variants of a title, then beginnings, parts and misspellings.

Enters: a title in any language. Leaves: ranked occupations, a page at a time. Postings name one occupation in many ways that
differ in rank and role word only (高级数据治理工程师, 数据治理专家, 数据治理师; senior data engineer II); such variants
resolve to one occupation without being listed. It refuses what the search of skills refuses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from matcher.domain.occupation import Occupation
from matcher.taxonomy.search import ALIAS_EXACT, LABEL_EXACT, MAX_QUERY_CHARS, NameIndex, checked_key
from matcher.taxonomy.taxonomy import Taxonomy

# A title that is equal but for rank and role words: below an equal alias (0.98), above any beginning (< 0.95).
VARIANT: Final = 0.96
# Ranks and conditions that say nothing of the work itself. All are folded: lower case, simplified characters, no hyphen.
_RANK: Final = re.compile(
    r"^(?:高级|资深|初级|中级|助理|实习|senior|junior|sr\.?|jr\.?|lead|principal|intern|trainee|assistant) ?"
    r"|[(（【\[].*?[)）】\]]|(?:实习生| (?:intern|trainee|i{1,3}|iv|[1-5]))$"
)
# Role words that stand for one another behind the same work. 经理, 主管, 总监 and officer are other work and are kept.
_ROLE: Final = re.compile(
    r"(?:工程师|专家|专员|技术员|技术人员|从业人员|人员|师|员|工)$"
    r"| (?:engineer|specialist|expert|technician|practitioner|professional)s?$"
)
_MIN_STEM_CHARS: Final = 2
_BETWEEN_PARTS: Final = re.compile(
    r"[/／|｜,，、()（）【】\[\]—–]+|(?<=[\u3400-\u9fff])\s+(?=[A-Za-z])|(?<=[A-Za-z])\s+(?=[\u3400-\u9fff])"
)


@dataclass(frozen=True, slots=True)
class OccupationHit:
    """An occupation found. `matched_form`: its title that fits best; `score` in (0, 1], for ranking only."""

    occupation: Occupation
    matched_form: str
    language: str
    score: float


@dataclass(frozen=True, slots=True)
class OccupationPage:
    """One page of hits. `next_offset` is None on the last page; `total` counts the hits of all pages."""

    hits: tuple[OccupationHit, ...]
    total: int
    next_offset: int | None


class OccupationSearch:
    """Searches the occupations of one taxonomy. Build once; a search only reads, so threads may share it.

    Args:
        taxonomy: what to search.
    """

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._occupations = taxonomy.occupations
        self._names = NameIndex(self._occupations)
        self._forms_by_stem: dict[str, list[int]] = {}
        self._forms_by_key: dict[str, list[int]] = {}
        for position, key in enumerate(self._names.keys):
            self._forms_by_key.setdefault(key, []).append(position)
            for stem in stems(key):
                self._forms_by_stem.setdefault(stem, []).append(position)

    def search(self, query: str, *, page_size: int = 20, offset: int = 0) -> OccupationPage:
        """Occupations whose titles fit `query`, best first; ties by id.

        Args:
            query: 1 to 200 characters that are not all blank.
            page_size: hits at most, 1 to 100.
            offset: hits to leave out, ≥ 0.

        Raises:
            InvalidRequest: an argument out of its limits; names it.
        """
        key = checked_key(query, page_size, offset)
        scores = self._names.scores(key)
        for stem in stems(key):
            for position in self._forms_by_stem.get(stem, ()):
                scores[position] = max(scores.get(position, 0.0), VARIANT)
        ranked = self._names.ranked(scores)
        end = offset + page_size
        page = tuple(
            OccupationHit(self._occupations[hit.form.concept], hit.form.text, hit.form.language, hit.score)
            for hit in ranked[offset:end]
        )
        return OccupationPage(page, len(ranked), end if end < len(ranked) else None)

    def resolve(self, title: str) -> Occupation | None:
        """The occupation that a title names, exactly or as a variant; None when none or more than one does.

        Raises:
            InvalidRequest: the title is empty or too long.
        """
        key = checked_key(title, 1, 0)
        scores = dict.fromkeys((p for stem in stems(key) for p in self._forms_by_stem.get(stem, ())), VARIANT)
        for position in self._forms_by_key.get(key, ()):
            scores[position] = LABEL_EXACT if self._names.forms[position].is_label else ALIAS_EXACT
        ranked = self._names.ranked(scores)
        if not ranked or (len(ranked) > 1 and ranked[1].score == ranked[0].score):
            return None
        return self._occupations[ranked[0].form.concept]

    def resolve_posting(self, title: str) -> Occupation | None:
        """The occupation that a posting's title names, as a whole or by the parts of it that name any.

        Parts stand between slashes, bars, commas and brackets, and on either side of a change of script: 前厅接待员 / Receptionist,
        等保测评师／安全合规顾问. None when no part names one, or two parts name two.
        """
        if not 0 < len(title.strip()) <= MAX_QUERY_CHARS:
            return None
        if (whole := self.resolve(title)) is not None:
            return whole
        parts = [part for part in _BETWEEN_PARTS.split(title) if part.strip()]
        found = {o.id: o for part in parts if (o := self.resolve(part)) is not None}
        return next(iter(found.values())) if len(found) == 1 else None


def stems(key: str) -> tuple[str, ...]:
    """What is left of a folded title without its rank, and what is left of that without its role word, marked by `…`.

    By the first `高级数据分析师` is `数据分析师`, by the second `数据治理专家` is `数据治理工程师`. None that is too short to tell.
    """
    bare = key
    while (shorter := _RANK.sub("", bare, count=1).strip()) != bare and shorter:
        bare = shorter
    stem = _ROLE.sub("", bare).strip()
    return tuple(found for found in (bare, f"{stem}…") if len(found.rstrip("…")) >= _MIN_STEM_CHARS)
