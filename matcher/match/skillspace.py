"""The taxonomy as arrays: skills by dense number, and which skill gives how much credit for which.

Enters: the taxonomy, once. Leaves: lookups that score hundreds of documents in one NumPy call. A dense number is the position
of the skill id in ascending order; it is never stored.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from matcher.domain.skill import Skill, SkillKind


class SkillSource(Protocol):
    """What a skill space needs of a taxonomy."""

    @property
    def version(self) -> str:
        """Release and content hash."""

    def __iter__(self) -> Iterator[Skill]:
        """Skills in ascending id order."""

    def get(self, skill_id: str) -> Skill:
        """One skill."""

    def related(self, skill_id: str) -> Mapping[str, float]:
        """Skill id → credit in (0, 1] that having it gives for `skill_id`; itself 1.0."""

    def posting_counts(self) -> Mapping[str, int]:
        """Skill id → postings of a reference table that name it; skills that are not in the table are left out."""


class SkillSpace:
    """Dense numbers of skills and the credit relation in both directions (compressed rows).

    `soft`: (skills,) bool; `certificates`: ids of the skills that are certificates.
    `prevalence`: (skills,) float32 in [0, 1], how often a reference table's postings name a skill, relative to the one that is
    named most; 0 for skills that are not in the table. See `catalog.rarity`.
    """

    def __init__(self, taxonomy: SkillSource) -> None:
        self.version = taxonomy.version
        skills = list(taxonomy)
        self.ids: list[str] = [s.id for s in skills]
        self.number_by_id: dict[str, int] = {skill_id: n for n, skill_id in enumerate(self.ids)}
        self.soft = np.array([s.kind is SkillKind.SOFT for s in skills], dtype=bool)
        self.certificates = frozenset(s.id for s in skills if s.kind is SkillKind.CERTIFICATE)
        counts = taxonomy.posting_counts()
        most = max(counts.values(), default=1)
        self.prevalence = np.array([counts.get(skill_id, 0) / most for skill_id in self.ids], dtype=np.float32)
        triples = [
            (required, self.number_by_id[had], value)
            for required, skill_id in enumerate(self.ids)
            for had, value in taxonomy.related(skill_id).items()
        ]
        required, had, credit = (
            (np.array(column) for column in zip(*triples, strict=True)) if triples else _no_triples()
        )
        self._met_by = _Rows(required.astype(np.int32), had.astype(np.int32), credit, len(skills))
        self._gives = _Rows(had.astype(np.int32), required.astype(np.int32), credit, len(skills))

    def __len__(self) -> int:
        return len(self.ids)

    def met_by(self, required: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """(skills, credits): what having each skill is worth for the required one."""
        return self._met_by.row(required)

    def relation(self, required: int, had: int) -> float:
        """What having one skill is worth for a required one, [0, 1]; 1 for the same, 0 for an unrelated one."""
        if required == had:
            return 1.0
        skills, values = self._met_by.row(required)
        place = int(np.searchsorted(skills, had))
        return float(values[place]) if place < len(skills) and skills[place] == had else 0.0

    def gives(self, had: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """(skills, credits): for which required skills the skill had is worth how much."""
        return self._gives.row(had)


def _no_triples() -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float32]]:
    return np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.float32)


class _Rows:
    """Compressed sparse rows."""

    def __init__(
        self, rows: NDArray[np.int32], columns: NDArray[np.int32], values: NDArray[np.generic], n_rows: int
    ) -> None:
        order = np.lexsort((columns, rows))
        self._columns = columns[order]
        self._values = values[order].astype(np.float32)
        self._starts = np.searchsorted(rows[order], np.arange(n_rows + 1))

    def row(self, number: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        part = slice(self._starts[number], self._starts[number + 1])
        return self._columns[part], self._values[part]
