"""Whether confidences are true: precision by band, and the tables that make them so.

Enters: (confidence, right or wrong) of claims. Leaves: the reliability of bands and the expected calibration error; and, from raw
confidences of the development split, tables for `matcher/extract/calibration.toml`. A fit is isotonic regression by pooling of
adjacent violators (Ayer et al. 1955), each pool at least `MIN_POOL` claims wide, joined by straight lines. With fewer than
`MIN_CLAIMS` claims a table stays the identity. Skills implied by certificates are never fitted: the gold set holds none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from matcher.domain.skill import FoundBy
from matcher.extract.calibration import LANGUAGES

N_BANDS: Final = 10
# A precision of fewer claims is off by .1 or more as likely as not; half a hundred give two or three pools.
MIN_POOL: Final = 20
MIN_CLAIMS: Final = 50
_DIGITS: Final = 4

Outcome = tuple[float, bool]
Point = tuple[float, float]
IDENTITY: Final[tuple[Point, ...]] = ((0.0, 0.0), (1.0, 1.0))


@dataclass(frozen=True, slots=True)
class Band:
    """Claims with a confidence in [low, low + 0.1), the last band with 1.0."""

    low: float
    claims: int
    mean_confidence: float
    precision: float


def bands(outcomes: Sequence[Outcome]) -> list[Band]:
    """Bands that hold claims, ascending.

    Args:
        outcomes: confidence in [0, 1], and whether the claim was right.
    """
    members: dict[int, list[Outcome]] = {}
    for confidence, right in outcomes:
        # 0.3 * 10 is a little less than 3 for some spellings of 0.3; four digits are exact enough for confidences.
        members.setdefault(min(int(round(confidence, _DIGITS) * N_BANDS + 1e-9), N_BANDS - 1), []).append(
            (confidence, right)
        )
    return [
        Band(
            number / N_BANDS,
            len(held),
            sum(confidence for confidence, _ in held) / len(held),
            sum(right for _, right in held) / len(held),
        )
        for number, held in sorted(members.items())
    ]


def calibration_error(outcomes: Sequence[Outcome]) -> float | None:
    """Expected calibration error: mean gap of confidence and precision over bands, by their claims (Naeini et al. 2015).

    None without claims.
    """
    if not outcomes:
        return None
    return sum(band.claims * abs(band.mean_confidence - band.precision) for band in bands(outcomes)) / len(outcomes)


def isotonic(outcomes: Sequence[Outcome]) -> list[tuple[float, float, int]]:
    """Pools (mean confidence, share right, claims), rising in the first and not falling in the second.

    Least squares under monotony; equal confidences share a pool.
    """
    by_confidence: dict[float, list[float]] = {}
    for confidence, right in outcomes:
        total = by_confidence.setdefault(confidence, [0.0, 0.0, 0.0])
        total[0] += confidence
        total[1] += right
        total[2] += 1
    pools: list[list[float]] = []
    for confidence in sorted(by_confidence):
        pools.append(by_confidence[confidence])
        while len(pools) > 1 and pools[-2][1] / pools[-2][2] >= pools[-1][1] / pools[-1][2]:
            _join(pools, len(pools) - 2)
    return [(total / n, right / n, int(n)) for total, right, n in pools]


def fit_table(outcomes: Sequence[Outcome]) -> tuple[Point, ...]:
    """Points (raw, calibrated) from raw 0 to raw 1, rising in raw and not falling in calibrated.

    Args:
        outcomes: raw confidences in (0, 1] of one language and way, and whether each claim was right.
    """
    if len(outcomes) < MIN_CLAIMS:
        return IDENTITY
    pools = [[mean * n, share * n, float(n)] for mean, share, n in isotonic(outcomes)]
    while (
        len(pools) > 1 and (small := next((i for i, pool in enumerate(pools) if pool[2] < MIN_POOL), None)) is not None
    ):
        _join(pools, _first_of_join(pools, small))
    points = [(0.0, 0.0)]
    for total, right, n in pools:
        raw, calibrated = round(total / n, _DIGITS), round(right / n, _DIGITS)
        if points[-1][0] < raw < 1.0:
            points.append((raw, calibrated))
    return (*points, (1.0, round(pools[-1][1] / pools[-1][2], _DIGITS)))


def calibration_toml(
    tables: Mapping[tuple[str, FoundBy], Sequence[Point]], claims: Mapping[tuple[str, FoundBy], int]
) -> str:
    """The file that `matcher.extract.calibration.load_calibration` reads.

    Args:
        tables: points by language and way; the identity where one is missing.
        claims: how many claims of the development split each was fitted on, for the comment.
    """
    fitted = [
        f"{language} {way}: {claims.get((language, way), 0)}"
        for language in LANGUAGES
        for way in FoundBy
        if tuple(tables.get((language, way), IDENTITY)) != IDENTITY
    ]
    lines = [
        "# Raw confidence → calibrated confidence, as points of a piecewise-linear table per language of the words and per way of",
        "# finding (alias: by a name; linked: by likeness of meaning; implied: by a certificate). Raw rises from 0 to 1. Fitted by",
        f"# `python -m eval skills --fit-calibration` on the development split, {datetime.now(UTC):%Y-%m-%d}; claims per table:",
        f"# {', '.join(fitted) or 'none, all are identities'}. A table without a fit is the identity.",
    ]
    for language in LANGUAGES:
        lines += ["", f"[{language}]"]
        for way in FoundBy:
            points = ", ".join(f"[{x}, {y}]" for x, y in tables.get((language, way), IDENTITY))
            lines.append(f"{way} = [{points}]")
    return "\n".join(lines) + "\n"


def _first_of_join(pools: list[list[float]], small: int) -> int:
    """Whether a small pool joins the one below or above it: the smaller neighbour, so that pools stay fine."""
    if small == 0:
        return 0
    if small + 1 == len(pools) or pools[small - 1][2] <= pools[small + 1][2]:
        return small - 1
    return small


def _join(pools: list[list[float]], at: int) -> None:
    """Makes one pool of the one at a place and the next."""
    following = pools.pop(at + 1)
    pools[at] = [a + b for a, b in zip(pools[at], following, strict=True)]
