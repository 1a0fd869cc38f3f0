"""Task skills: generic skills as postings name them, with the number of postings that did.

Enters: values from a reference table. Leaves: frozen values. They say how common a skill is, not what it is.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TaskSkill:
    """One row: a name under a category. The same name may stand under two categories; `skill_id` may stand in several rows.

    `n_postings`: postings of the table's source that named it under this category, ≥ 1.
    """

    category_zh: str
    category_en: str
    name_zh: str
    name_en: str
    skill_id: str
    n_postings: int

    @property
    def key(self) -> tuple[str, str]:
        """(category, name), both Chinese: what the row is told apart by."""
        return self.category_zh, self.name_zh
