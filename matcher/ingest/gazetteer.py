"""Names of places, in Chinese and English, to canonical names.

Enters: places.txt beside this module, read once. Leaves: a table of folded names and a pattern that finds them. Chinese
places have their Chinese short name as canonical name (上海), all others their English name (London).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from matcher.ingest.fold import fold



@dataclass(frozen=True, slots=True)
class Place:
    """A place. `within` is the canonical name of its province or country, "" for those themselves."""

    name: str
    within: str
    is_country: bool = False


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Folded name → place, and a pattern over all names, longest first."""

    by_name: dict[str, Place]
    pattern: re.Pattern[str]


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The gazetteer; read on the first call."""
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
    names = sorted(by_name, key=len, reverse=True)
    chinese = "|".join(re.escape(name) for name in names if not name.isascii() and len(name) > 1)
    latin = "|".join(re.escape(name) for name in names if name[0].isascii())
    return Gazetteer(by_name, re.compile(rf"(?:{chinese})(?![路街道门山大]学?)|(?<![a-z])(?:{latin})(?![a-z])"))


def _add(by_name: dict[str, Place], entry: str, within: str, *, in_china: bool, is_country: bool = False) -> str:
    """Enter one place under all its names; the first place with a name keeps it."""
    chinese, *others = (name.strip() for name in entry.split("|"))
    canonical = chinese.removesuffix("市") if in_china and len(chinese) > 2 else chinese
    if not in_china:
        canonical = others[0]
    place = Place(canonical, within, is_country)
    for name in (chinese, *others):
        if not (name.endswith(")") and name.isascii()):
            by_name.setdefault(fold(name), place)
    return canonical
