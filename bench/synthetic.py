"""Many synthetic documents as matching holds them: skills by Zipf's law, vectors that go with the skills.

Enters: how many, and a seed. Leaves: a shelf (catalog, vector index, facts) of one kind, and documents to ask with. No text is
made and no model is used, so 100,000 documents take a minute; the skills and their relations are those of the starter taxonomy.

The generator: 300 occupations of 30 hard skills each, drawn by popularity 1 / (10 + rank); occupations themselves are drawn by
1 / rank. A document names 3–14 skills of its occupation and 0–3 others, with random levels; of a posting's three in ten are
preferred, and a course presupposes 0–2. Each skill has a random direction; a document's body vector is the sum of those of its
skills, of its occupation's and of noise of twice that length, its title vector the occupation's with noise. `salary_min` is uniform
in [0, 1), so a filter on it has any selectivity; `hours` is the occupation's number, so a filter on it keeps whole occupations.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.domain.document import Kind
from matcher.index.config import IndexConfig
from matcher.index.factory import make_index
from matcher.match.catalog import Catalog, Entry
from matcher.match.filter import FactColumns, FactRow
from matcher.match.profile import Profile
from matcher.match.score import Side
from matcher.match.skillspace import SkillSpace
from matcher.taxonomy import load_starter
from matcher.working_set import Shelf

DIMENSION = 256
N_OCCUPATIONS, SKILLS_EACH = 300, 30
NOISE = 2.0
BATCH = 5000


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """One synthetic document and the occupation that it was made of."""

    side: Side
    occupation: int


class World:
    """Makes documents; the same seed makes the same ones in the same order."""

    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng(seed)
        self.space = SkillSpace(load_starter())
        hard = self.rng.permutation(np.flatnonzero(~self.space.soft))
        popularity = 1.0 / (10.0 + np.arange(len(hard)))
        chance = popularity / popularity.sum()
        self._hard, self._chance = hard, chance
        self._skills = [self.rng.choice(hard, SKILLS_EACH, replace=False, p=chance) for _ in range(N_OCCUPATIONS)]
        ranks = 1.0 / (1.0 + np.arange(N_OCCUPATIONS))
        self._occupation_chance = ranks / ranks.sum()
        self._of_skill = self._directions(len(self.space))
        self._of_occupation = self._directions(N_OCCUPATIONS)

    def document(self, kind: Kind) -> Made:
        """The next document."""
        rng = self.rng
        occupation = int(rng.choice(N_OCCUPATIONS, p=self._occupation_chance))
        own = rng.choice(self._skills[occupation], rng.integers(3, 15), replace=False)
        others = rng.choice(self._hard, rng.integers(0, 4), p=self._chance)
        named = np.unique(np.concatenate([own, others])).astype(np.int32)
        levels = rng.integers(0, 5, len(named)).astype(np.int8)
        none = np.zeros(0, np.int32)
        demand = named if kind is Kind.POSTING else none
        if kind is Kind.COURSE:
            demand = rng.choice(self._skills[occupation], rng.integers(0, 3), replace=False).astype(np.int32)
        supply = none if kind is Kind.POSTING else named
        profile = Profile(
            kind=kind,
            demand_skills=demand,
            demand_importance=(rng.random(len(demand)) < 0.3).astype(np.int8),
            demand_levels=rng.integers(0, 5, len(demand)).astype(np.int8),
            supply_skills=supply,
            supply_levels=levels[: len(supply)],
            overlap_skills=named,
            education=None,
            experience_years=None,
        )
        meaning = self._of_skill[named].sum(axis=0) / np.sqrt(len(named)) + self._of_occupation[occupation]
        body = self._unit(meaning + NOISE * self._noise())
        title = self._unit(self._of_occupation[occupation] + self._noise())
        return Made(Side(profile, title, body), occupation)

    def shelf(self, kind: Kind, n: int, config: IndexConfig) -> Shelf:
        """N documents as the working set holds them; an index that has outgrown its kind is rebuilt, as a service does."""
        shelf = Shelf(Catalog(DIMENSION), make_index(config, DIMENSION), FactColumns(kind))
        for start in range(0, n, BATCH):
            made = [self.document(kind) for _ in range(start, min(start + BATCH, n))]
            for row_id, one in enumerate(made, start):
                slot = shelf.catalog.put(Entry(row_id, 1, f"{kind.collection}/{row_id:07d}", one.side))
                pay, hours = float(self.rng.random()), float(one.occupation)
                shelf.facts.put(slot, FactRow(id=f"{row_id:07d}", salary_min=pay, hours=hours))
            shelf.index.add(np.arange(start, start + len(made)), np.stack([one.side.body for one in made]))
        if shelf.index.needs_rebuild():
            shelf.index.rebuild(np.stack([self.document(kind).side.body for _ in range(512)]))
        return shelf

    def _directions(self, n: int) -> NDArray[np.float64]:
        raw = self.rng.standard_normal((n, DIMENSION))
        unit: NDArray[np.float64] = raw / np.linalg.norm(raw, axis=1, keepdims=True)
        return unit

    def _noise(self) -> NDArray[np.float64]:
        noise: NDArray[np.float64] = self.rng.standard_normal(DIMENSION) / np.sqrt(DIMENSION)
        return noise

    def _unit(self, vector: NDArray[np.float64]) -> NDArray[np.float32]:
        unit: NDArray[np.float32] = (vector / np.linalg.norm(vector)).astype(np.float32)
        return unit
