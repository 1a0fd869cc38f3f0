"""Scores of one document against many: every part in [0, 1] or undefined, and one calibrated number.

Enters: the query's profile and vectors, those of n documents, rarity of skills. Leaves: an (n, N_PARTS) matrix of part values,
NaN where a text says nothing, and (n,) scores. An undefined part contributes 0: missing data never counts as agreement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.domain.document import Kind
from matcher.domain.match import Scored, ScorePart
from matcher.match.credit import credit_of_demanders, credit_of_suppliers
from matcher.match.profile import ESSENTIAL, PREFERRED, Profile
from matcher.match.skillspace import SkillSpace
from matcher.match.weights import N_PARTS, PARTS, PairWeights

COLUMN = {part: n for n, part in enumerate(PARTS)}
# Share of what a course teaches that a person should know already, so that they can follow it. Of 0.1, 0.15, 0.2, 0.25, 0.3, 0.4
# and 0.5 the one with the best nDCG@10 of candidate → course on the development queries, five-fold over queries: .722, .757,
# .780, .791, .791, .788, .779 (2026-11-30).
FOOTHOLD = 0.3


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One document as scoring sees it. Vectors are (dim,) float32, unit length or zero."""

    profile: Profile
    title: NDArray[np.float32]
    body: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """The documents to score: n profiles of one kind, (n, dim) title and body vectors."""

    profiles: list[Profile]
    titles: NDArray[np.float32]
    bodies: NDArray[np.float32]


def demanding_side(left: Kind, right: Kind) -> Kind | None:
    """Which kind's requirements are to be met: the posting's, else the course's prerequisites; None between equals."""
    if left is right:
        return None
    return Kind.POSTING if Kind.POSTING in (left, right) else Kind.COURSE


def part_values(query: Side, pool: Pool, space: SkillSpace, rarity: NDArray[np.float32]) -> NDArray[np.float32]:
    """(n, N_PARTS) float32 in [0, 1], NaN where undefined, columns in the order of `PARTS`.

    `rarity`: (skills,) float32 > 0, weight of a skill (see `catalog.rarity`).
    """
    n = len(pool.profiles)
    values = np.full((n, N_PARTS), np.nan, dtype=np.float32)
    if not n:
        return values
    kind, other = query.profile.kind, pool.profiles[0].kind
    demanding = demanding_side(kind, other)
    if demanding is kind:
        _coverage_by_pool(values, query.profile, pool.profiles, space, rarity)
    elif demanding is other:
        _coverage_by_query(values, query.profile, pool.profiles, space, rarity)
    values[:, COLUMN["skill_overlap"]] = _overlap(query.profile, pool.profiles, rarity)
    if {kind, other} == {Kind.CANDIDATE, Kind.COURSE}:
        values[:, COLUMN["next_step"]] = _next_step(query.profile, pool.profiles, space, rarity)
    values[:, COLUMN["title_similarity"]] = _similarity(query.title, pool.titles)
    values[:, COLUMN["text_similarity"]] = _similarity(query.body, pool.bodies)
    if {kind, other} == {Kind.POSTING, Kind.CANDIDATE}:
        postings, candidates = (
            ([query.profile], pool.profiles) if kind is Kind.POSTING else (pool.profiles, [query.profile])
        )
        values[:, COLUMN["education_fit"]] = education_fit(postings, candidates)
        values[:, COLUMN["experience_fit"]] = experience_fit(postings, candidates)
    # float32 products summed in double differ by less than 1e-12 with the order of summing; rounding removes even that, so
    # a pair has one score whichever side asks and whatever it is compared with
    return np.round(values, 6)


def essential_coverage(
    supply: Profile, demanders: list[Profile], space: SkillSpace, rarity: NDArray[np.float32]
) -> NDArray[np.float64]:
    """(n,) the part `essential_coverage` of one supplier with each of n postings in [0, 1]; NaN where undefined."""
    values = np.full((len(demanders), N_PARTS), np.nan, dtype=np.float32)
    _coverage_by_query(values, supply, demanders, space, rarity)
    return np.round(values[:, COLUMN["essential_coverage"]].astype(np.float64), 6).astype(np.float64)


def scores(values: NDArray[np.float32], weights: PairWeights) -> NDArray[np.float64]:
    """(n,) scores in (0, 1) of the part values, in double precision.

    Parts are added one after the other, as a reader of the breakdown would: a matrix product may round two equal rows apart.
    """
    known = np.nan_to_num(values.astype(np.float64))
    contributions = np.zeros(len(values))
    for column, weight in zip(known.T, weights.vector(), strict=True):
        contributions += column * weight
    logit = weights.intercept + contributions
    result: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-logit))
    return result


def scored(values: NDArray[np.float32], score: float, weights: PairWeights) -> Scored:
    """One row of `part_values` with its score as a breakdown; parts that weigh nothing for this pair are left out."""
    parts = tuple(
        ScorePart(part, None if np.isnan(value) else float(value), weight)
        for part, value, weight in zip(PARTS, values, weights.vector(), strict=True)
        if weight > 0
    )
    return Scored(float(score), weights.intercept, parts)


def requirement_weights(profile: Profile, rarity: NDArray[np.float32]) -> NDArray[np.float32]:
    """(r,) weight of each demand before it is shared out: the rarity of its skill."""
    result: NDArray[np.float32] = rarity[profile.demand_skills]
    return result


def requirement_groups(profile: Profile, space: SkillSpace) -> dict[str, NDArray[np.bool_]]:
    """Part → (r,) mask of the demands that it covers. Soft skills stand apart whatever their importance."""
    soft = space.soft[profile.demand_skills]
    return {
        "essential_coverage": ~soft & (profile.demand_importance == ESSENTIAL),
        "preferred_coverage": ~soft & (profile.demand_importance == PREFERRED),
        "soft_coverage": soft,
    }


def _coverage_by_pool(
    values: NDArray[np.float32], demand: Profile, pool: list[Profile], space: SkillSpace, rarity: NDArray[np.float32]
) -> None:
    credit, _ = credit_of_suppliers(demand, pool, space)
    weights = requirement_weights(demand, rarity)
    for part, mask in requirement_groups(demand, space).items():
        if mask.any():
            met = (credit[:, mask] * weights[mask]).sum(axis=1, dtype=np.float64)
            values[:, COLUMN[part]] = met / weights[mask].sum(dtype=np.float64)


def _coverage_by_query(
    values: NDArray[np.float32], supply: Profile, pool: list[Profile], space: SkillSpace, rarity: NDArray[np.float32]
) -> None:
    credit, lengths = credit_of_demanders(supply, pool, space)
    if not len(credit):
        return
    skills = np.concatenate([p.demand_skills for p in pool])
    importance = np.concatenate([p.demand_importance for p in pool])
    owner = np.repeat(np.arange(len(pool)), lengths)
    weights, soft = rarity[skills], space.soft[skills]
    masks = {
        "essential_coverage": ~soft & (importance == ESSENTIAL),
        "preferred_coverage": ~soft & (importance == PREFERRED),
        "soft_coverage": soft,
    }
    for part, mask in masks.items():
        all_weight = np.bincount(owner[mask], weights=weights[mask], minlength=len(pool))
        met = np.bincount(owner[mask], weights=(weights * credit)[mask], minlength=len(pool))
        asked = all_weight > 0
        values[asked, COLUMN[part]] = met[asked] / all_weight[asked]


def _overlap(query: Profile, pool: list[Profile], rarity: NDArray[np.float32]) -> NDArray[np.float32]:
    """How far the rarity-weighted skill sets are the same; NaN where either side names no skill.

    Their cosine; between a posting and a candidate the share of the posting's that the candidate names, for what a person can do
    besides is nothing against them: a further skill must never lower a candidate's score.
    """
    result = np.full(len(pool), np.nan, dtype=np.float32)
    lengths = np.array([len(p.overlap_skills) for p in pool])
    if not len(query.overlap_skills) or not lengths.any():
        return result
    squared = rarity**2
    in_query = np.zeros(len(rarity), dtype=np.float32)
    in_query[query.overlap_skills] = squared[query.overlap_skills]
    skills = np.concatenate([p.overlap_skills for p in pool])
    owner = np.repeat(np.arange(len(pool)), lengths)
    shared = np.bincount(owner, weights=in_query[skills], minlength=len(pool))
    own = squared[query.overlap_skills].sum(dtype=np.float64)
    others = np.bincount(owner, weights=squared[skills], minlength=len(pool))
    kinds = query.kind, pool[0].kind
    length = np.sqrt(own * others)
    if set(kinds) == {Kind.POSTING, Kind.CANDIDATE}:
        length = np.full(len(pool), own) if kinds[0] is Kind.POSTING else others
    named = lengths > 0
    result[named] = np.minimum(shared[named] / length[named], 1.0)
    return result


def _next_step(
    query: Profile, pool: list[Profile], space: SkillSpace, rarity: NDArray[np.float32]
) -> NDArray[np.float64]:
    """How far a course goes on from what a person knows; NaN where it teaches, or they show, nothing.

    With `known`, the rarity-weighted share of what the course teaches that the person's skills meet:
    min(1, known / `FOOTHOLD`) · (1 - known) / (1 - `FOOTHOLD`), which is 0 for a course of which nothing is known, 1 where the
    person has a foothold in it, and 0 again where they know all of it.
    """
    if query.kind is Kind.COURSE:
        taught = [_taught(query)] * len(pool)
        met = list(credit_of_suppliers(taught[0], pool, space)[0])
        shown = [len(p.supply_skills) for p in pool]
    else:
        taught = [_taught(p) for p in pool]
        credit, lengths = credit_of_demanders(query, taught, space)
        met = np.split(credit, np.cumsum(lengths)[:-1])
        shown = [len(query.supply_skills)] * len(pool)
    result = np.full(len(pool), np.nan)
    for place, (course, credit) in enumerate(zip(taught, met, strict=True)):
        if shown[place] and len(course.demand_skills):
            weights = rarity[course.demand_skills].astype(np.float64)
            known = float((credit * weights).sum() / weights.sum())
            result[place] = max(0.0, min(1.0, known / FOOTHOLD) * (1.0 - known) / (1.0 - FOOTHOLD))
    return result


def _taught(course: Profile) -> Profile:
    """A course's profile with what it teaches, at any level, in the place of what it demands."""
    n = len(course.overlap_skills)
    return replace(
        course,
        demand_skills=course.overlap_skills,
        demand_importance=np.zeros(n, dtype=np.int8),
        demand_levels=np.zeros(n, dtype=np.int8),
    )


def _similarity(vector: NDArray[np.float32], rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Cosine clipped to [0, 1]; NaN where either side has no vector. Row by row, so the value does not depend on the pool."""
    if not vector.any():
        return np.full(len(rows), np.nan, dtype=np.float32)
    cosine = np.einsum("ij,j->i", rows, vector)
    return np.where(rows.any(axis=1), np.clip(cosine, 0.0, 1.0), np.nan).astype(np.float32)


def education_fit(postings: Sequence[Profile], candidates: Sequence[Profile]) -> NDArray[np.float64]:
    """(n,) fit of n pairs; of one and many, the one stands in all pairs.

    1 where the candidate's level reaches the posting's minimum, 0.5 one level below, else 0; NaN where either is unknown.
    """
    short = _known([p.education for p in postings]) - _known([c.education for c in candidates])
    return np.where(np.isnan(short), np.nan, np.where(short <= 0, 1.0, np.where(short == 1, 0.5, 0.0)))


def experience_fit(postings: Sequence[Profile], candidates: Sequence[Profile]) -> NDArray[np.float64]:
    """(n,) fit of n pairs; of one and many, the one stands in all pairs.

    The share of the years demanded that the candidate has, at most 1; 1 where none are demanded; NaN where unknown.
    """
    asked = _known([p.experience_years for p in postings])
    shown = _known([c.experience_years for c in candidates])
    share = shown / np.where(asked == 0, np.nan, asked)
    return np.where(asked == 0, 1.0, np.where(np.isnan(share), np.nan, np.minimum(1.0, share)))


def _known(numbers: Sequence[float | None]) -> NDArray[np.float64]:
    """Numbers with NaN for what is unknown."""
    return np.array(numbers, dtype=np.float64)
