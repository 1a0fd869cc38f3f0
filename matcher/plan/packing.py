"""What a load limit says of a set of courses, whatever their terms: sums that no packing into terms exceeds.

Enters: hours of courses and of a term, in whole numbers. Leaves: weights, so that the weights of the courses in one term never
sum to more than a bound. Source: dual feasible functions (Lueker 1983; Fekete and Schepers 2001), of which "at most one course of
more than half a term's hours in each term" is the simplest. Refuses nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

MAX_ROUNDINGS = 5
MAX_THRESHOLDS = 8


def packing_bounds(hours: list[int], room: int) -> Iterator[tuple[list[int], int]]:
    """(weights, most of them in one term); courses longer than a term are to be ruled out otherwise."""
    if room <= 0:
        return
    for k in range(1, MAX_ROUNDINGS + 1):
        # u(x) = x where (k + 1) x is whole, else floor((k + 1) x) / k; times k * room
        yield [_rounded(h, room, k) for h in hours], k * room
    halves = sorted({h for h in hours if 0 < h <= room // 2})
    for least in halves[-MAX_THRESHOLDS:]:
        # u(x) = 1 above 1 - e, 0 below e, else x
        yield [room if h > room - least else 0 if h < least else h for h in hours], room


def _rounded(hours: int, room: int, k: int) -> int:
    steps, rest = divmod((k + 1) * hours, room)
    return hours * k if rest == 0 else steps * room
