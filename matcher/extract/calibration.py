"""Calibration of confidences: what the extractor calls 0.9 should be right 9 times in 10.

Enters: a raw confidence, the language of the words, and how the mention was found. Leaves: a calibrated one, by a
piecewise-linear table per language and way (calibration.toml). It refuses tables that do not rise from raw 0 to raw 1. The
shipped table changes nothing: `python -m eval skills` will fit it on the development part of the gold set.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from matcher.domain.skill import FoundBy
from matcher.errors import InvalidConfig

DEFAULT_CALIBRATION: Final = Path(__file__).parent / "calibration.toml"
LANGUAGES: Final = ("zh", "en")
_DIGITS: Final = 4
_FIRST_CHINESE: Final = "\u2e80"


class Calibration:
    """Piecewise-linear tables by language and way of finding.

    Args:
        points: (language, way) → (raw, calibrated) points, rising in both, from raw 0 to raw 1; all pairs must be there.

    Raises:
        InvalidConfig: a table is missing or does not rise from 0 to 1.
    """

    def __init__(self, points: Mapping[tuple[str, FoundBy], Sequence[tuple[float, float]]]) -> None:
        for language in LANGUAGES:
            for way in FoundBy:
                _check(f"{language}.{way}", points.get((language, way), ()))
        self._points = MappingProxyType({key: tuple(table) for key, table in points.items()})
        # Asked for every mention of every document: tables that change nothing are not looked up.
        self._is_identity = all(x == y for table in self._points.values() for x, y in table)

    def confidence(self, raw: float, surface: str, way: FoundBy) -> float:
        """Calibrated confidence in (0, 1], 4 digits.

        Args:
            raw: in (0, 1].
            surface: the words; one Chinese character makes them Chinese.
            way: how they were found.
        """
        if self._is_identity:
            return round(raw, _DIGITS)
        table = self._points[language_of(surface), way]
        i = min(bisect_right(table, (raw, 2.0)), len(table) - 1)
        (x0, y0), (x1, y1) = table[i - 1], table[i]
        return max(round(y0 + (raw - x0) * (y1 - y0) / (x1 - x0), _DIGITS), 10**-_DIGITS)


def language_of(surface: str) -> str:
    """`zh` for words with a Chinese character, else `en`."""
    if surface.isascii():
        return "en"
    return "zh" if any(char >= _FIRST_CHINESE for char in surface) else "en"


def load_calibration(path: Path = DEFAULT_CALIBRATION) -> Calibration:
    """The tables of a file.

    Raises:
        InvalidConfig: unreadable, another layout, or a table that does not rise from 0 to 1; names the table.
    """
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        points = {
            (language, FoundBy(way)): [(float(x), float(y)) for x, y in table]
            for language, ways in data.items()
            for way, table in ways.items()
        }
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InvalidConfig(f"calibration {path} cannot be read: {error}", field="extract.calibration") from error
    except (ValueError, TypeError, AttributeError) as error:
        raise InvalidConfig(f"calibration {path} is no table of points", field="extract.calibration") from error
    return Calibration(points)


def _check(name: str, table: Sequence[tuple[float, float]]) -> None:
    rises = all(x0 < x1 and y0 <= y1 for (x0, y0), (x1, y1) in pairwise(table))
    if (
        len(table) < 2
        or not rises
        or table[0][0] != 0.0
        or table[-1][0] != 1.0
        or not 0 <= table[0][1] <= table[-1][1] <= 1
    ):
        raise InvalidConfig(
            f"calibration {name} does not rise from raw 0 to raw 1 within [0, 1]", field="extract.calibration"
        )
