"""Several sets side by side: what one holds alone and what all share. Enters: sets. Leaves: sets, in the same order."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import TypeVar

T = TypeVar("T")


def only_here(sets: Sequence[Set[T]]) -> list[frozenset[T]]:
    """Per set what none of the others holds."""
    return [
        frozenset(own).difference(*(other for at, other in enumerate(sets) if at != place))
        for place, own in enumerate(sets)
    ]


def shared_by_all(sets: Sequence[Set[T]]) -> frozenset[T]:
    """What every set holds; nothing when there is no set."""
    return frozenset(sets[0]).intersection(*sets[1:]) if sets else frozenset()
