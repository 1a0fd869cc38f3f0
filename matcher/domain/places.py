"""The gazetteer: places with their names, their codes by GB/T 2260, and what they lie in.

Enters: places.txt beside this module, read once. Leaves: frozen values, in the order of the file. Chinese places have their
Chinese short name as canonical name (上海), all others their English name (London). It refuses nothing. Districts, counties and
parks that the file names (昆山, 张江) are further names of their city: a document's place is known down to the city.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

_CODED: Final = re.compile(r"([0-9]{6}) (.+)")


@dataclass(frozen=True, slots=True)
class Place:
    """A place. `within` is the canonical name of its province or country, "" for those themselves.

    `code`: six digits of GB/T 2260, "" for places that have none (outside China, 雄安, cities of Taiwan).
    """

    name: str
    within: str
    is_country: bool = False
    code: str = ""

    def is_within(self, other: Place) -> bool:
        """Whether this place is `other` or lies in it."""
        if other.name in (self.name, self.within):
            return True
        prefix = division(other.code)
        return bool(prefix and self.code.startswith(prefix))


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place and what it is called, canonical name included. English names that two places share end with one in parentheses."""

    place: Place
    names: tuple[str, ...]


def division(code: str) -> str:
    """The digits that all codes inside a division begin with: 2 of a province, 4 of a prefecture, else all 6; "" for ""."""
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


@lru_cache(maxsize=1)
def named_places() -> tuple[NamedPlace, ...]:
    """All places, each province or country before what lies in it."""
    found: list[NamedPlace] = []
    in_china = True
    for line in files("matcher.domain").joinpath("places.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            in_china = line == "[china]"
        elif line and not line.startswith("#"):
            area, _, cities = line.partition(":")
            is_country = not in_china and bool(cities.strip())
            outer = _named(area, "", in_china=in_china, is_country=is_country)
            inner = [
                _named(city.strip(), outer.place.name, in_china=in_china) for city in cities.split(",") if city.strip()
            ]
            found += [outer, *inner]
    return tuple(found)


def _named(entry: str, within: str, *, in_china: bool, is_country: bool = False) -> NamedPlace:
    coded = _CODED.fullmatch(entry)
    code, rest = (coded[1], coded[2]) if coded else ("", entry)
    names = tuple(name.strip() for name in rest.split("|"))
    short = names[0].removesuffix("市")
    # 吉林市 lies in 吉林, and 沪 has no suffix to lose
    shortened = short if len(names[0]) > 2 and short != within else names[0]
    canonical = shortened if in_china else names[1]
    return NamedPlace(Place(canonical, within, is_country, code), tuple(dict.fromkeys((*names, canonical))))
