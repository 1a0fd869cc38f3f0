"""The documents of one kind in memory, as matching needs them: profiles, vectors, facts, and who shows which skill.

Enters: rows of the store, in any order, again when they change. Leaves: pools to score and rows to retrieve. Not safe for
writers beside readers; the engine holds its lock around both.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.match.profile import Profile
from matcher.match.score import Pool, Side

FIRST_CAPACITY = 1024
# Of 0, 10, 25, 50 and 100 the largest that lowers no nDCG@10 of the service in `python -m eval match` in its third digit (demo
# corpus of 294 documents, 100 task skills, 2026-11-22): 50 costs posting → course of the test queries 0.002.
PRIOR_DOCUMENTS = 25


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One document to hold. Vectors are (dim,) float32, unit length or zero."""

    row_id: int
    revision: int
    name: str
    side: Side


class Catalog:
    """Documents of one kind by slot; a slot is a position in memory, reused after a deletion."""

    def __init__(self, dimension: int) -> None:
        self.slot_by_row_id: dict[int, int] = {}
        self.slot_by_name: dict[str, int] = {}
        self.names: list[str] = []
        self._profiles: list[Profile | None] = []
        self._free: list[int] = []
        self.row_ids = np.full(FIRST_CAPACITY, -1, dtype=np.int64)
        self.revisions = np.zeros(FIRST_CAPACITY, dtype=np.int64)
        self.skills_named = np.zeros(FIRST_CAPACITY, dtype=np.int32)  # by slot: how many skills the document is about
        self._titles = np.zeros((FIRST_CAPACITY, dimension), dtype=np.float32)
        self._bodies = np.zeros((FIRST_CAPACITY, dimension), dtype=np.float32)
        self._slots_by_skill: dict[int, set[int]] = {}
        self._arrays_by_skill: dict[int, NDArray[np.int32]] = {}
        self._named_weights: tuple[NDArray[np.float32], NDArray[np.float32]] | None = None  # (rarity, of each slot)

    def __len__(self) -> int:
        return len(self.slot_by_row_id)

    @property
    def n_slots(self) -> int:
        """Slots in use or freed; every slot is below it."""
        return len(self.names)

    def put(self, entry: Entry) -> int:
        """Adds a document or replaces the one with the same row id; returns its slot."""
        slot = self.slot_by_row_id.get(entry.row_id)
        if slot is None:
            slot = self._free.pop() if self._free else self._new_slot()
            self.slot_by_row_id[entry.row_id] = slot
        else:
            self._forget_skills(slot)
            del self.slot_by_name[self.names[slot]]
        self.names[slot] = entry.name
        self.slot_by_name[entry.name] = slot
        self.row_ids[slot] = entry.row_id
        self.revisions[slot] = entry.revision
        self.skills_named[slot] = len(entry.side.profile.overlap_skills)
        self._profiles[slot] = entry.side.profile
        self._titles[slot] = entry.side.title
        self._bodies[slot] = entry.side.body
        self._named_weights = None
        for skill in entry.side.profile.overlap_skills.tolist():
            self._slots_by_skill.setdefault(skill, set()).add(slot)
            self._arrays_by_skill.pop(skill, None)
        return slot

    def remove(self, row_id: int) -> int | None:
        """Removes a document and overwrites what was known of it; returns its former slot, None when it was not there."""
        slot = self.slot_by_row_id.pop(row_id, None)
        if slot is None:
            return None
        self._forget_skills(slot)
        del self.slot_by_name[self.names[slot]]
        self.names[slot] = ""
        self.row_ids[slot] = -1
        self.skills_named[slot] = 0
        self._profiles[slot] = None
        self._titles[slot] = 0.0
        self._bodies[slot] = 0.0
        self._free.append(slot)
        return slot

    def side(self, slot: int) -> Side:
        """The document at a slot in use."""
        return Side(self._profile(slot), self._titles[slot], self._bodies[slot])

    def pool(self, slots: NDArray[np.int64]) -> Pool:
        """The documents at slots in use, in that order."""
        return Pool(self.profiles(slots), self._titles[slots], self._bodies[slots])

    def profiles(self, slots: NDArray[np.int64]) -> list[Profile]:
        """Profiles of the documents at slots in use, in that order."""
        return [self._profile(s) for s in slots.tolist()]

    def bodies_at(self, slots: NDArray[np.int64]) -> NDArray[np.float32]:
        """(n, dim) body vectors of slots, a copy."""
        return self._bodies[slots]

    def bodies(self, n: int) -> NDArray[np.float32]:
        """(at most n, dim) copies of body vectors of unit length, evenly spread over the slots."""
        slots = self.slots_in_use()
        chosen = slots[:: max(1, len(slots) // n)][:n]
        rows = self._bodies[chosen]
        return rows[rows.any(axis=1)]

    def slots_in_use(self) -> NDArray[np.int64]:
        """All slots in use, ascending."""
        return np.flatnonzero(self.row_ids[: self.n_slots] >= 0)

    def with_skill(self, skill: int) -> NDArray[np.int32]:
        """Slots of documents that are about a skill, ascending."""
        found = self._arrays_by_skill.get(skill)
        if found is None:
            found = np.array(sorted(self._slots_by_skill.get(skill, ())), dtype=np.int32)
            self._arrays_by_skill[skill] = found
        return found

    def named_weights(self, rarity: NDArray[np.float32]) -> NDArray[np.float32]:
        """(n_slots,) sum of the weights of the skills that each document is about; made once per write and weights."""
        kept = self._named_weights
        if kept is not None and kept[0] is rarity and len(kept[1]) == self.n_slots:
            return kept[1]
        weights = np.zeros(self.n_slots, dtype=np.float32)
        for skill in sorted(self._slots_by_skill):
            weights[self.with_skill(skill)] += rarity[skill]
        self._named_weights = rarity, weights
        return weights

    def skill_counts(self, n_skills: int) -> NDArray[np.int64]:
        """(n_skills,) documents that are about each skill."""
        counts = np.zeros(n_skills, dtype=np.int64)
        for skill, slots in self._slots_by_skill.items():
            counts[skill] = len(slots)
        return counts

    def _profile(self, slot: int) -> Profile:
        profile = self._profiles[slot]
        if profile is None:
            raise IndexError(f"slot {slot} is free")
        return profile

    def _new_slot(self) -> int:
        slot = len(self.names)
        self.names.append("")
        self._profiles.append(None)
        if slot >= len(self.row_ids):
            grow = len(self.row_ids)
            self.row_ids = np.concatenate([self.row_ids, np.full(grow, -1, dtype=np.int64)])
            self.revisions = np.concatenate([self.revisions, np.zeros_like(self.revisions)])
            self.skills_named = np.concatenate([self.skills_named, np.zeros_like(self.skills_named)])
            self._titles = np.concatenate([self._titles, np.zeros_like(self._titles)])
            self._bodies = np.concatenate([self._bodies, np.zeros_like(self._bodies)])
        return slot

    def _forget_skills(self, slot: int) -> None:
        self._named_weights = None
        for skill in self._profile(slot).overlap_skills.tolist():
            self._slots_by_skill[skill].discard(slot)
            self._arrays_by_skill.pop(skill, None)


def rarity(
    catalogs: Iterable[Catalog], n_skills: int, prevalence: NDArray[np.float32] | None = None
) -> NDArray[np.float32]:
    """(n_skills,) weight of each skill over all documents: ln((N + 1) / (df + 1)) / ln(N + 1), scaled to [0.2, 1].

    The smoothed inverse document frequency (Spärck Jones 1972), divided by its maximum so that weights of small and large
    stores are comparable. The floor keeps an ubiquitous skill from counting as nothing when it is demanded.

    With `prevalence` the documents are counted together with `PRIOR_DOCUMENTS` imagined ones, in which skills occur as often
    as it says: N + 25 for N, df + 25 · prevalence for df. So 数据分析 does not weigh as much as Python while a store is too
    small to show that everybody asks for it; the more documents there are, the less the imagined ones count.

    Args:
        catalogs: all documents.
        n_skills: size of the skill space.
        prevalence: (n_skills,) in [0, 1], see `SkillSpace`; None: no prior.
    """
    catalogs = list(catalogs)
    n: float = sum(len(c) for c in catalogs)
    frequency = sum((c.skill_counts(n_skills) for c in catalogs), np.zeros(n_skills, dtype=np.float64))
    if prevalence is not None and prevalence.any():
        n, frequency = n + PRIOR_DOCUMENTS, frequency + PRIOR_DOCUMENTS * prevalence.astype(np.float64)
    if not n:
        return np.ones(n_skills, dtype=np.float32)
    inverse = np.log((n + 1) / (frequency + 1)) / np.log(n + 1)
    scaled: NDArray[np.float32] = (0.2 + 0.8 * inverse).astype(np.float32)
    return scaled
