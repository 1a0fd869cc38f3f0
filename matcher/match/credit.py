"""How far skills shown meet skills demanded.

The rule, for one demand (skill t, level q) and everything the other side shows:

    credit = max over shown (skill s, level h) of relation(t, s) * level_factor(q, h), 0 when below PARTIAL_AT

`relation` is the taxonomy's (1 for the same skill). The two functions below compute the same rule from either end, so that a
pair has one score whichever side asks; a test holds them together.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.match.profile import Profile
from matcher.match.skillspace import SkillSpace

# Row: level demanded, column: level shown (0 unknown, 1 aware … 4 expert). A demand without a level is met by any showing. A
# showing without a level is taken as working knowledge at the least, since people list what they use, but it proves no more:
# "proficient" demanded and nothing said of the level is a partial match, never a full one.
LEVEL_FACTOR = np.array(
    [
        [1.0, 1.0, 1.0, 1.0, 1.0],
        [1.0, 1.0, 1.0, 1.0, 1.0],
        [1.0, 0.7, 1.0, 1.0, 1.0],
        [0.85, 0.5, 0.8, 1.0, 1.0],
        [0.75, 0.3, 0.6, 0.85, 1.0],
    ],
    dtype=np.float32,
)
COVERED_AT = 0.9  # credit from which a requirement counts as covered: the same skill, or one directly below it (0.95)
PARTIAL_AT = 0.25  # credit below which a related skill proves nothing; it then enters no score either


def credit_of_suppliers(
    demand: Profile, suppliers: list[Profile], space: SkillSpace
) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    """Credit of every demand of one document by each of n others.

    Returns:
        (credit, met_by): (n, r) float32 in [0, 1], and (n, r) int32 skill that gave it, -1 where credit is 0.
    """
    n, r = len(suppliers), len(demand.demand_skills)
    credit = np.zeros((n, r), dtype=np.float32)
    met_by = np.full((n, r), -1, dtype=np.int32)
    if not n or not r:
        return credit, met_by
    lengths = np.array([len(p.supply_skills) for p in suppliers])
    filled = np.flatnonzero(lengths)
    if not len(filled):
        return credit, met_by
    skills = np.concatenate([p.supply_skills for p in suppliers])
    levels = np.concatenate([p.supply_levels for p in suppliers])
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])[filled]
    relation = np.zeros((r, len(space)), dtype=np.float32)
    for row, skill in enumerate(demand.demand_skills):
        had, value = space.met_by(int(skill))
        relation[row, had] = value
    each = relation[:, skills] * LEVEL_FACTOR[demand.demand_levels][:, levels]
    each[each < PARTIAL_AT] = 0.0
    best = np.maximum.reduceat(each, starts, axis=1)
    credit[filled] = best.T
    # first shown skill that reaches the best credit: ties go to the lowest skill number
    owner = np.repeat(np.arange(len(filled)), lengths[filled])
    hit = (each == best[:, owner]) & (each > 0)
    for row in np.flatnonzero(hit.any(axis=1)).tolist():
        positions = np.flatnonzero(hit[row])[::-1]
        met_by[filled[owner[positions]], row] = skills[positions]
    return credit, met_by


def credit_of_demanders(
    supply: Profile, demanders: list[Profile], space: SkillSpace
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Credit of every demand of each of n documents by one supplier.

    Returns:
        ((sum of r_i,) credits, document by document; (n,) lengths r_i).
    """
    lengths = np.array([len(p.demand_skills) for p in demanders], dtype=np.int64)
    if not lengths.sum():
        return np.zeros(0, np.float32), lengths
    best = np.zeros((len(LEVEL_FACTOR), len(space)), dtype=np.float32)
    for skill, level in zip(supply.supply_skills, supply.supply_levels, strict=True):
        required, value = space.gives(int(skill))
        best[:, required] = np.maximum(best[:, required], LEVEL_FACTOR[:, level][:, None] * value[None, :])
    best[best < PARTIAL_AT] = 0.0
    skills = np.concatenate([p.demand_skills for p in demanders])
    levels = np.concatenate([p.demand_levels for p in demanders])
    return best[levels, skills], lengths
