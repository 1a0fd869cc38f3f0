"""Relations between skills beside the tree: what should be known first, and what stands in for what.

Enters: values from a loader. Leaves: frozen values.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RelationType(StrEnum):
    """What `to_id` is to `from_id`.

    `PREREQUISITE`: to be known before; it orders learning and gives no credit. `SUBSTITUTE`: having it covers a demand for
    `from_id` to the share `strength`; the other direction is a relation of its own.
    """

    PREREQUISITE = "prerequisite"
    SUBSTITUTE = "substitute"


@dataclass(frozen=True, slots=True, order=True)
class SkillRelation:
    """One typed relation. `strength` in (0, 1]: 1 is "cannot do without" or "covers all"."""

    from_id: str
    type: RelationType
    to_id: str
    strength: float
