"""Which documents are worth scoring: dense neighbours united with documents that share weighted skills.

Enters: the query's side, the catalog of the target kind, its vector index, and the slots that a filter allows. Leaves: slots,
ascending. When the filter leaves no more than `pool_size` documents all of them are scored, so a selective filter never
costs recall.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from matcher.domain.document import Kind
from matcher.match.catalog import Catalog
from matcher.match.profile import Profile
from matcher.match.skillspace import SkillSpace

Neighbours = Callable[[NDArray[np.float32], int, NDArray[np.int64] | None], NDArray[np.int64]]


class RetrieveConfig(BaseModel):
    """How many documents are scored per query."""

    model_config = ConfigDict(extra="forbid")

    dense: int = Field(100, ge=1, le=10_000, description="neighbours by body vector")
    skills: int = Field(300, ge=0, le=10_000, description="documents with the highest weight of shared skills")
    postings: int = Field(
        600,
        ge=0,
        le=10_000,
        description="the same of postings for a candidate or course: many are met whole, so more are scored",
    )
    pool_size: int = Field(500, ge=1, le=100_000, description="when a filter allows no more, all are scored")


def retrieve(
    profile: Profile,
    body: NDArray[np.float32],
    catalog: Catalog,
    allowed: NDArray[np.int64] | None,
    neighbours: Neighbours,
    space: SkillSpace,
    rarity: NDArray[np.float32],
    config: RetrieveConfig,
    target: Kind,
) -> NDArray[np.int64]:
    """Slots to score, ascending.

    Args:
        profile: skills of the query.
        body: (dim,) body vector of the query; zero when it has no text.
        catalog: documents of the target kind.
        allowed: slots that pass the filter, ascending; None when there is no filter.
        neighbours: (vector, k, allowed row ids or None) → row ids, best first.
        space: relations between skills.
        rarity: (skills,) weight of each skill.
        config: sizes.
        target: kind of the documents in the catalog.
    """
    n_allowed = len(catalog) if allowed is None else len(allowed)
    if n_allowed <= config.pool_size:
        return catalog.slots_in_use() if allowed is None else allowed
    chosen: set[int] = set()
    if body.any():
        row_ids = None if allowed is None else catalog.row_ids[allowed]
        found = neighbours(body, config.dense, row_ids)
        chosen.update(catalog.slot_by_row_id[r] for r in found.tolist() if r in catalog.slot_by_row_id)
    chosen.update(_by_skills(profile, target, catalog, allowed, space, rarity, config))
    return np.array(sorted(chosen), dtype=np.int64)


def _by_skills(
    profile: Profile,
    target: Kind,
    catalog: Catalog,
    allowed: NDArray[np.int64] | None,
    space: SkillSpace,
    rarity: NDArray[np.float32],
    config: RetrieveConfig,
) -> list[int]:
    """The slots with the highest weight of skills that the score would count; ties by ascending row id.

    Row ids do not change when the service restarts, slots do: the same store must give the same pool.
    """
    gain, length = _gains(profile, target, space, rarity)
    k = config.postings if length == 1.0 else config.skills
    if not k or not gain.any():
        return []
    weight = np.zeros(catalog.n_slots, dtype=np.float32)
    for skill in np.flatnonzero(gain > 0).tolist():
        weight[catalog.with_skill(skill)] += gain[skill]
    if allowed is not None:
        blocked = np.ones(len(weight), dtype=bool)
        blocked[allowed] = False
        weight[blocked] = 0.0
    sharing = np.flatnonzero(weight > 0)
    if length == 1.0:
        weight[sharing] /= catalog.named_weights(rarity)[sharing]
    elif length:
        weight[sharing] /= np.sqrt(catalog.skills_named[sharing])
    if len(sharing) <= k:
        return list(sharing.tolist())
    last = np.partition(weight[sharing], len(sharing) - k)[len(sharing) - k]
    above, level = np.flatnonzero(weight > last), np.flatnonzero(weight == last)
    level = level[np.argsort(catalog.row_ids[level])][: k - len(above)]
    return [*above.tolist(), *level.tolist()]


def _gains(
    profile: Profile, target: Kind, space: SkillSpace, rarity: NDArray[np.float32]
) -> tuple[NDArray[np.float32], float]:
    """(skills,) what naming a skill adds to a document of the target kind, and the power of its length to divide the sum by.

    The length is the number of skills that the document names, with the power 1 their weight.

    As the score of the pair of kinds has it: of a posting the share of its demands that the query's skills meet (power 1), of a
    candidate how many of a posting's demands they meet, whatever else they can do (0), else what a cosine says (1/2).
    Of the best ten of scoring all 40,000 synthetic postings for a candidate 0.73 came back with the power 1/2 for all and 200
    documents by skills, 0.99 with this and 400; of 100,000 0.63 then, 0.99 with 600; candidates for a posting 0.98 then, 1.00
    with 150 (bench/synthetic.py, 2026-11-30).
    """
    gain = np.zeros(len(space), dtype=np.float32)
    if target is Kind.POSTING and profile.kind is not Kind.POSTING:
        for skill in profile.supply_skills.tolist():
            demanded, value = space.gives(skill)
            gain[demanded] = np.maximum(gain[demanded], value)
        gain *= rarity
        length = 1.0
    elif profile.kind is Kind.POSTING and target is not Kind.POSTING:
        for skill in _hard(profile.demand_skills, space):
            shown, value = space.met_by(skill)
            gain[shown] = np.maximum(gain[shown], value * rarity[skill])
        length = 0.0 if target is Kind.CANDIDATE else 0.5
    else:
        for skill in _hard(np.union1d(profile.demand_skills, profile.supply_skills), space):
            for related, value in (space.met_by(skill), space.gives(skill)):
                gain[related] = np.maximum(gain[related], value * rarity[skill])
        length = 0.5
    gain[space.soft] = 0.0
    return gain, length


def _hard(skills: NDArray[np.int32], space: SkillSpace) -> list[int]:
    return [skill for skill in skills.tolist() if not space.soft[skill]]
