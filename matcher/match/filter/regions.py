"""Places as filters ask for them: by name in Chinese or English or by code, and with all that lies in them.

Enters: what a person wrote (江苏, 江苏省, Jiangsu, 320000), and canonical names as documents hold them. Leaves: folded canonical
names and how two places lie to each other. Refused with `UnknownCode`: six digits that GB/T 2260 gives to no province or city.
A name that the gazetteer does not know stands for itself.
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum
from functools import lru_cache

from matcher.domain.places import Place, named_places

_CODE = re.compile(r"[0-9]{6}")
_SUFFIX = re.compile(r"(?:省|市|特别行政区|地区|盟|林区|州| (?:city|province))$")
_AUTONOMOUS = ("自治区", "自治州")  # 延边朝鲜族自治州: the peoples stand between the name and the rank


class Relation(Enum):
    """How the place of a document lies to the one asked for."""

    WITHIN = "within"  # it is the place asked for, or lies in it
    AROUND = "around"  # the place asked for lies in it, so the document may or may not be there
    APART = "apart"


class UnknownCode(ValueError):
    """A code of no province or city; the message says what it may have been meant for."""


def folded(text: str) -> str:
    """`text` without differences of case and of width (full-width Latin letters and digits, half-width kana)."""
    return unicodedata.normalize("NFKC", text).casefold()


def region_named(written: str) -> str:
    """Folded canonical name of a place; a name that is unknown comes back folded.

    Raises:
        UnknownCode: six digits that no place of the gazetteer has.
    """
    asked = folded(written).strip()
    if _CODE.fullmatch(asked):
        return _coded(asked)
    by_name = _tables()[0]
    place = by_name.get(asked) or by_name.get(_SUFFIX.sub("", asked))
    if place is None and asked.endswith(_AUTONOMOUS):
        place = next((by_name[asked[:end]] for end in range(len(asked), 1, -1) if asked[:end] in by_name), None)
    return asked if place is None else folded(place.name)


def relation(stated: str, asked: str) -> Relation:
    """How a document's region lies to the one asked for; both are folded canonical names."""
    if stated == asked:
        return Relation.WITHIN
    by_name = _tables()[0]
    own, other = by_name.get(stated), by_name.get(asked)
    if own is None or other is None:
        return Relation.APART
    if own.is_within(other):
        return Relation.WITHIN
    return Relation.AROUND if other.is_within(own) else Relation.APART


def _coded(code: str) -> str:
    by_code = _tables()[1]
    place = by_code.get(code)
    if place is not None:
        return folded(place.name)
    outer = by_code.get(f"{code[:4]}00") or by_code.get(f"{code[:2]}0000")
    hint = f"; regions are known down to the city: {outer.code} is {outer.name}" if outer else ""
    raise UnknownCode(f"{code} is no code of a province or city in GB/T 2260{hint}")


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, Place], dict[str, Place]]:
    """Places by folded name and by code; a canonical name wins over another place's further name, then the first does."""
    by_name = {folded(named.place.name): named.place for named in named_places()}
    for named in named_places():
        for name in named.names:
            by_name.setdefault(folded(name), named.place)
    return by_name, {named.place.code: named.place for named in named_places() if named.place.code}
