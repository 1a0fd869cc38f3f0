"""Which occupations the postings of a cohort are of.

Enters: titles of postings with the skills that each asks for. Leaves: occupations with counts. A title counts as an occupation
only when its words name one and the posting asks for a skill of it that is of the occupation's own field: 「集控值班员」 names an
occupation of power stations, and a waterworks that writes it asks for no skill of power generation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Set

from matcher.domain.bundle import TargetOccupation
from matcher.domain.occupation import Occupation
from matcher.errors import InvalidRequest
from matcher.taxonomy import OccupationSearch, Taxonomy

MAX_TITLES = 5
_MAX_TITLE_CHARS = 200  # what the search of occupations takes


def target_occupations(
    postings: Iterable[tuple[str, Set[str]]], search: OccupationSearch, taxonomy: Taxonomy
) -> tuple[TargetOccupation, ...]:
    """Occupations of (title, ids of skills asked for), most postings first, then by id; what named none comes last."""
    known: dict[str, Occupation | None] = {}
    titles: dict[str, Counter[str]] = {}
    labels = {}
    for title, skills in postings:
        if title not in known:
            known[title] = _named(title, search)
        found = known[title]
        if found is not None and not _of_its_field(found, skills, taxonomy):
            found = None
        key = found.id if found else ""
        labels[key] = found.labels if found else {}
        titles.setdefault(key, Counter())[title] += 1
    ordered = sorted(titles, key=lambda key: (key == "", -titles[key].total(), key))
    return tuple(TargetOccupation(key, labels[key], titles[key].total(), _most(titles[key])) for key in ordered)


def _named(title: str, search: OccupationSearch) -> Occupation | None:
    try:
        return search.resolve(title[:_MAX_TITLE_CHARS])
    except InvalidRequest:  # nothing but blanks and marks is no title
        return None


def _of_its_field(occupation: Occupation, skills: Set[str], taxonomy: Taxonomy) -> bool:
    """Whether one of the skills is one of the occupation's and of its field."""
    own = {s.skill_id for s in (*occupation.essential, *occupation.optional)}
    return any(taxonomy.get(s).field_code == occupation.field_code for s in skills & own)


def _most(counted: Counter[str]) -> tuple[str, ...]:
    """Titles, most frequent first, ties by title; blank ones are left out."""
    named = [title for title in counted if title.strip()]
    return tuple(sorted(named, key=lambda title: (-counted[title], title))[:MAX_TITLES])
