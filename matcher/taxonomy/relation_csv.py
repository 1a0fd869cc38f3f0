"""Relations between skills from our own CSV file.

Enters: a file with the columns `from,type,to,strength`: a `prerequisite` `to` should be known before `from`; having a
`substitute` `to` covers a demand for `from` to the share `strength`. Leaves: relations. What is wrong is noted with its row:
unknown skills and types, strengths out of (0, 1], duplicates, cycles of prerequisites, substitutes for certificates.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from matcher.domain.skill import Skill
from matcher.domain.skill_relation import RelationType, SkillRelation
from matcher.taxonomy.consistency import relation_faults
from matcher.taxonomy.faults import Faults
from matcher.taxonomy.records import exact_header, note_stray_characters, read_records

COLUMNS: Final = ("from", "type", "to", "strength")
_STRENGTH: Final = re.compile(r"\d(\.\d{1,4})?")


def read_relations(file: Path, skills: Mapping[str, Skill], faults: Faults) -> list[SkillRelation]:
    """Relations of the file, checked against the skills; what is wrong is noted."""
    relations: list[SkillRelation] = []
    line_of: dict[int, int] = {}
    for line, cells in read_records(file, exact_header(COLUMNS), faults):
        before = len(faults.found)
        note_stray_characters(file.name, line, cells, faults)
        if cells["type"] not in set(RelationType):
            faults.add(file.name, line, "type", f"{cells['type']!r} is none of {', '.join(RelationType)}")
        if not _STRENGTH.fullmatch(cells["strength"]):
            faults.add(file.name, line, "strength", f"{cells['strength']!r} is no number such as 0.75")
        if len(faults.found) == before:
            relation = SkillRelation(cells["from"], RelationType(cells["type"]), cells["to"], float(cells["strength"]))
            line_of[id(relation)] = line
            relations.append(relation)
    for relation, column, problem in relation_faults(relations, skills):
        faults.add(file.name, line_of[id(relation)], column, problem)
    return relations
