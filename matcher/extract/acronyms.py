"""Short forms that a text defines itself: "convolutional neural network (CNN)", "CNN（卷积神经网络）".

Enters: the original text, its spots, and which initials the English names of each skill have. Leaves: the spots with those of the
defined short form added, at the definition and wherever the text uses it again; inside this text the definition outweighs what
the taxonomy says of the short form. It refuses nothing; letters that are not the initials of the name define nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from matcher.domain.skill import Skill
from matcher.domain.skill_forms import forms_of
from matcher.extract.forms import Pattern
from matcher.extract.spotting import Spot

_BEHIND: Final = re.compile(
    r"\s{0,2}[(\uff08]\s?(?:简称|缩写|即|以下简称)?\s?[\"“]?([A-Z][A-Za-z]{0,8}[A-Z])(s?)[\"”]?\s?[)\uff09]"
)
_BEFORE: Final = re.compile(r"(?<![A-Za-z0-9])([A-Z][A-Za-z]{0,8}[A-Z])\s?[(\uff08]\s?$")
_CLOSE: Final = re.compile(r"\s?[,\uff0c)\uff09]")
_WORD: Final = re.compile(r"[A-Za-z][a-z]*")
_SMALL: Final = frozenset({"of", "and", "the", "for", "in", "to", "with", "a", "an", "on"})
_DEFINED_FACTOR: Final = 0.95  # by judgement
_BRACKETS: Final = re.compile(r"[(\uff08]")


def initials_by_skill(skills: Iterable[Skill]) -> dict[str, frozenset[str]]:
    """Skill id → initials, upper case, of its English names of several words; skills without any are left out."""
    found = {}
    for skill in skills:
        forms = (form.text for form in forms_of(skill) if form.language == "en")
        initials = frozenset(name for form in forms if len(name := initials_of(form)) > 1)
        if initials:
            found[skill.id] = initials
    return found


def initials_of(name: str) -> str:
    """First letters of the words of a name in upper case, small words left out; "" for a name of one word."""
    words = _WORD.findall(name)
    return "".join(word[0] for word in words if word.lower() not in _SMALL).upper() if len(words) > 1 else ""


def add_defined(text: str, spots: Sequence[Spot], initials: Mapping[str, frozenset[str]]) -> list[Spot]:
    """`spots` and those of short forms that the text defines beside one of them, in order, disjoint.

    Args:
        text: the original.
        spots: in order, disjoint.
        initials: from `initials_by_skill`.
    """
    if not _BRACKETS.search(text):
        return list(spots)
    defined: dict[str, Pattern] = {}
    for spot in spots:
        short = _definition(text, spot, initials)
        if short and short.casefold() != text[spot.start : spot.end].casefold():
            defined.setdefault(short, spot.pattern)
    return _with_uses(text, spots, defined) if defined else list(spots)


def _definition(text: str, spot: Spot, initials: Mapping[str, frozenset[str]]) -> str:
    """The short form defined beside a spot, "" when none is."""
    behind = _BEHIND.match(text, spot.end)
    before = _BEFORE.search(text, max(0, spot.start - 14), spot.start) if behind is None else None
    if behind is None and (before is None or not _CLOSE.match(text, spot.end)):
        return ""
    short = (behind or before)[1]  # type: ignore[index]
    own = initials_of(text[spot.start : spot.end])
    known = initials.get(spot.pattern.skill_id, frozenset())
    return short if short.upper() == own or short.upper() in known or _with_small(text, spot) == short.upper() else ""


def _with_small(text: str, spot: Spot) -> str:
    """Initials with the small words counted: "internet of things" is IOT."""
    words = _WORD.findall(text[spot.start : spot.end])
    return "".join(word[0] for word in words).upper() if len(words) > 1 else ""


def _with_uses(text: str, spots: Sequence[Spot], defined: Mapping[str, Pattern]) -> list[Spot]:
    names = "|".join(sorted(map(re.escape, defined), key=len, reverse=True))
    result = list(spots)
    for use in re.finditer(rf"(?<![A-Za-z0-9])({names})s?(?![A-Za-z0-9])", text):
        pattern = defined[use[1]]
        met = [i for i, spot in enumerate(result) if spot.start < use.end() and spot.end > use.start()]
        if not met:
            result.append(Spot(use.start(), use.end(), pattern, pattern.confidence * _DEFINED_FACTOR))
        elif len(met) == 1 and (result[met[0]].start, result[met[0]].end) == use.span():
            result[met[0]] = replace(result[met[0]], pattern=pattern)
    return sorted(result, key=lambda spot: spot.start)
