"""Names of places, in Chinese and English, to canonical names.

Enters: the places of `domain.places`. Leaves: a table of folded names and a finder of them. It refuses nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import ahocorasick

from matcher.domain.places import Place, named_places
from matcher.ingest.fold import fold

# "中山路", "南京街道", "北京大学": the name of a street or school, not a place named as such.
_PARTS_OF_OTHER_NAMES: Final = frozenset("路街道门")


@dataclass(frozen=True, slots=True)
class Found:
    """A place name in a text: `text[start:end]` names `place`."""

    place: Place
    start: int
    end: int


def places_in(shadow: str, start: int, end: int) -> Iterator[Found]:
    """Places named in `shadow[start:end]`, longest names first where they overlap, in order.

    Args:
        shadow: a folded text.
        start: where to begin.
        end: where to stop; a name that crosses it is not found.

    Yields:
        Each place with its offsets in `shadow`.
    """
    if start >= end:
        return
    _, finder = _tables()
    for last, (name, place) in finder.iter_long(shadow, start, end):
        first = last + 1 - len(name)
        if name[0].isascii():
            if (first and shadow[first - 1].isascii() and shadow[first - 1].isalnum()) or _is_latin_letter(
                shadow, last + 1
            ):
                continue
        elif shadow[last + 1 : last + 2] in _PARTS_OF_OTHER_NAMES:
            continue
        yield Found(place, first, last + 1)


def place_named(name: str) -> Place | None:
    """The place with exactly this folded name, or None."""
    return _tables()[0].get(name)


def _is_latin_letter(shadow: str, position: int) -> bool:
    return position < len(shadow) and shadow[position].isascii() and shadow[position].isalpha()


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, Place], ahocorasick.Automaton]:
    by_name: dict[str, Place] = {}
    for named in named_places():
        # the first place with a name keeps it; "Suzhou (Anhui)" is a name to ask with, not one that texts use, and 朝阳 in a
        # text is a district of 北京 as often as the city, which is meant where 朝阳市 stands
        for name in named.names:
            if not (name.endswith(")") and name.isascii()) and f"{name}市" not in named.names:
                by_name.setdefault(fold(name), named.place)
    finder = ahocorasick.Automaton()
    for name, place in by_name.items():
        if len(name) > 1:
            finder.add_word(name, (name, place))
    finder.make_automaton()
    return by_name, finder
