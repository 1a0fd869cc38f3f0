"""Names of places, in Chinese and English, to canonical names.

Enters: places.txt beside this module, read once. Leaves: a table of folded names and a finder of them. Chinese places have
their Chinese short name as canonical name (上海), all others their English name (London). It refuses nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

import ahocorasick

from matcher.ingest.fold import fold

# "中山路", "南京街道", "北京大学": the name of a street or school, not a place named as such.
_PARTS_OF_OTHER_NAMES: Final = frozenset("路街道门")


@dataclass(frozen=True, slots=True)
class Place:
    """A place. `within` is the canonical name of its province or country, "" for those themselves."""

    name: str
    within: str
    is_country: bool = False


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
    in_china = True
    for line in files("matcher.ingest").joinpath("places.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            in_china = line == "[china]"
        elif line and not line.startswith("#"):
            area, _, cities = line.partition(":")
            within = _add(by_name, area, "", in_china=in_china, is_country=not in_china and bool(cities.strip()))
            for city in filter(None, map(str.strip, cities.split(","))):
                _add(by_name, city, within, in_china=in_china)
    finder = ahocorasick.Automaton()
    for name, place in by_name.items():
        if len(name) > 1:
            finder.add_word(name, (name, place))
    finder.make_automaton()
    return by_name, finder


def _add(by_name: dict[str, Place], entry: str, within: str, *, in_china: bool, is_country: bool = False) -> str:
    """Enter one place under all its names; the first place with a name keeps it. Returns its canonical name."""
    chinese, *others = (name.strip() for name in entry.split("|"))
    canonical = (chinese.removesuffix("市") if len(chinese) > 2 else chinese) if in_china else others[0]
    place = Place(canonical, within, is_country)
    for name in (chinese, *others):
        if not (name.endswith(")") and name.isascii()):
            by_name.setdefault(fold(name), place)
    return canonical
