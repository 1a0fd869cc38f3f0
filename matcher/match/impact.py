"""Impact ratios: whether a selection takes as large a share of one group as of another.

Enters: (group, selected or not) pairs that the caller supplies; nothing is kept. Leaves: per group how many were selected, the
rate, and its ratio to the highest rate. It refuses nothing; groups too small to speak of are suppressed, not estimated.

The four-fifths rule (US Uniform Guidelines on Employee Selection Procedures, 29 CFR 1607.4 D): a rate below 80 % of the highest is
taken as evidence of adverse impact. It is a sign to look at, no proof: with small groups one person changes the verdict, which is
what `n_short` tells.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

FOUR_FIFTHS = 0.8
MIN_GROUP = 10


@dataclass(frozen=True, slots=True)
class GroupImpact:
    """One group. `ratio`: of its rate to the highest, None when nobody was selected at all.

    `n_short`: how many more of it would have to be selected for a ratio of four fifths; 0: it is not below.
    """

    group: str
    n: int
    n_selected: int
    ratio: float | None
    n_short: int

    @property
    def rate(self) -> float:
        """Share selected, [0, 1]."""
        return self.n_selected / self.n

    @property
    def is_below(self) -> bool:
        """Whether the four-fifths rule speaks of adverse impact."""
        return self.n_short > 0


@dataclass(frozen=True, slots=True)
class ImpactReport:
    """Groups by name. `suppressed`: names of groups with fewer than `min_group` members; nothing is told of them."""

    groups: tuple[GroupImpact, ...]
    suppressed: tuple[str, ...]
    min_group: int


def impact_ratios(outcomes: Iterable[tuple[str, bool]], min_group: int = MIN_GROUP) -> ImpactReport:
    """How selection rates of groups compare with the highest of them.

    Args:
        outcomes: one pair per person, (group, whether selected).
        min_group: least number of members of a group that is spoken of, at least 1.
    """
    counts: dict[str, list[int]] = {}
    for group, selected in outcomes:
        count = counts.setdefault(group, [0, 0])
        count[0] += 1
        count[1] += selected
    told = {group: (n, taken) for group, (n, taken) in counts.items() if n >= min_group}
    highest = max((taken / n for n, taken in told.values()), default=0.0)
    groups = tuple(
        GroupImpact(group, n, taken, taken / n / highest if highest else None, _short(n, taken, highest))
        for group, (n, taken) in sorted(told.items())
    )
    return ImpactReport(groups, tuple(sorted(set(counts) - set(told))), min_group)


def _short(n: int, taken: int, highest: float) -> int:
    # rounding keeps 0.8 · 0.5 · 10 from asking for a fifth person by a last digit
    return max(0, math.ceil(round(FOUR_FIFTHS * highest * n, 9)) - taken)
