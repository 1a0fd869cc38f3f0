"""Demand: what one posting or many ask for, skill by skill.

Enters: the demands of postings as arrays of skill numbers. Leaves: per skill how many ask for it, how importantly, at which level,
and who; and the facts that at least half of those that state them ask for. A single posting is a cohort of one. It refuses
nothing: no postings demand nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

N_LEVELS = 5  # 0 unknown, 1–4 Proficiency
T = TypeVar("T", bound=float)


class DemandLike(Protocol):
    """The demands of one posting, as `matcher.match.profile.Profile`."""

    @property
    def demand_skills(self) -> NDArray[np.int32]: ...  # noqa: D102
    @property
    def demand_importance(self) -> NDArray[np.int8]: ...  # noqa: D102
    @property
    def demand_levels(self) -> NDArray[np.int8]: ...  # noqa: D102


@dataclass(frozen=True, slots=True, eq=False)
class Demand:
    """Demand by skill; all arrays (d,), skills ascending.

    `skills`: int32 dense numbers. `n_asking`: int64 postings that ask for each, ≥ 1. `is_essential`: at least half of those call
    it so. `levels`: int8, the lowest level that satisfies at least half of those that name one, 0 where none does.
    `n_postings`: all postings, also those that ask for nothing.
    """

    skills: NDArray[np.int32]
    n_asking: NDArray[np.int64]
    is_essential: NDArray[np.bool_]
    levels: NDArray[np.int8]
    n_postings: int

    @property
    def shares(self) -> NDArray[np.float64]:
        """(d,) share of the postings that ask for each skill, in (0, 1]."""
        return self.n_asking / max(self.n_postings, 1)


def demand_of(postings: Sequence[DemandLike], n_skills: int) -> Demand:
    """What the postings ask for together; each names a skill at most once.

    Args:
        postings: their demands; importance 0 is essential.
        n_skills: size of the skill space.
    """
    skills, importance, levels = _joined(postings)
    n_asking = np.bincount(skills, minlength=n_skills)
    n_essential = np.bincount(skills[importance == 0], minlength=n_skills)
    by_level = np.bincount(skills * N_LEVELS + levels, minlength=n_skills * N_LEVELS).reshape(n_skills, N_LEVELS)
    demanded = np.flatnonzero(n_asking)
    return Demand(
        skills=demanded.astype(np.int32),
        n_asking=n_asking[demanded],
        is_essential=2 * n_essential[demanded] >= n_asking[demanded],
        levels=_satisfying_half(by_level[demanded]),
        n_postings=len(postings),
    )


def asking(postings: Sequence[DemandLike], skills: Iterable[int], n_skills: int) -> dict[int, NDArray[np.int64]]:
    """Skill number → positions of the postings that ask for it, ascending."""
    all_skills, _, _ = _joined(postings)
    owner = np.repeat(np.arange(len(postings)), [len(p.demand_skills) for p in postings])
    order = np.argsort(all_skills, kind="stable")
    starts = np.searchsorted(all_skills[order], np.arange(n_skills + 1))
    return {s: owner[order[starts[s] : starts[s + 1]]] for s in skills}


def satisfying_half(values: Iterable[T]) -> T | None:
    """The lowest of the values that is no lower than at least half of them, None when there are none."""
    ordered = sorted(values)
    return ordered[(len(ordered) - 1) // 2] if ordered else None


def quoted_postings(asking_by_skill: dict[int, NDArray[np.int64]], n_quotes: int) -> dict[int, list[int]]:
    """Skill → at most `n_quotes` positions of postings to quote it from, ascending.

    Skills are served in the order given; a posting that is quoted already goes before one that is not, and an earlier one before
    a later, so that few documents need to be read and the same cohort is always quoted alike.
    """
    used: set[int] = set()
    chosen: dict[int, list[int]] = {}
    for skill, postings in asking_by_skill.items():
        places = postings.tolist()
        known = [p for p in places if p in used][:n_quotes]
        fresh = [p for p in places if p not in used][: n_quotes - len(known)]
        used.update(fresh)
        chosen[skill] = sorted(known + fresh)
    return chosen


def _joined(
    postings: Sequence[DemandLike],
) -> tuple[NDArray[np.int64], NDArray[np.int8], NDArray[np.int64]]:
    if not postings:
        return np.zeros(0, np.int64), np.zeros(0, np.int8), np.zeros(0, np.int64)
    return (
        np.concatenate([p.demand_skills for p in postings]).astype(np.int64),
        np.concatenate([p.demand_importance for p in postings]),
        np.concatenate([p.demand_levels for p in postings]).astype(np.int64),
    )


def _satisfying_half(counts: NDArray[np.int64]) -> NDArray[np.int8]:
    """(d,) per row of (d, N_LEVELS) counts the lowest level named that satisfies half of those naming one; 0: none is named."""
    named = counts[:, 1:]
    satisfied = 2 * np.cumsum(named, axis=1) >= named.sum(axis=1, keepdims=True)
    levels = np.argmax(satisfied, axis=1) + 1
    return np.where(named.any(axis=1), levels, 0).astype(np.int8)
