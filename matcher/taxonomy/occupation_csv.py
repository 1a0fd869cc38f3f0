"""Occupations from our own CSV files.

Enters: files with the columns `id,field,essential,optional`, then `label_<language>` and, where wanted, `aliases_<language>`,
`definition_<language>`, and `code_isco`, `code_cn`, `code_onet`. Skills are ids joined by `|`, each with an optional level
behind a colon: `python:proficient|sql`. Leaves: occupations, each with its place. What is wrong is noted with file and row:
unknown skills and levels, ids and titles at two occupations, an occupation that asks for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from matcher.domain.occupation import Occupation, OccupationScheme, OccupationSkill
from matcher.domain.skill import Proficiency, Skill
from matcher.taxonomy.consistency import occupation_faults
from matcher.taxonomy.csv_loader import read_languages
from matcher.taxonomy.faults import Faults
from matcher.taxonomy.form_keys import name_key
from matcher.taxonomy.records import (
    ID,
    SEPARATOR,
    Cells,
    language_header,
    note_stray_characters,
    read_records,
)

FIXED_COLUMNS: Final = ("id", "field", "essential", "optional")
LEVELS: Final = {level.name.lower(): level for level in Proficiency}
# column → scheme and the shape of its codes: ISCO-08 unit group 2519, 职业分类大典 4-04-05-05, O*NET-SOC 15-1252.00
CODES: Final = {
    "code_isco": (OccupationScheme.ISCO_08, re.compile(r"\d{1,4}")),
    "code_cn": (OccupationScheme.CN_2022, re.compile(r"\d-\d{2}-\d{2}-\d{2}")),
    "code_onet": (OccupationScheme.ONET_SOC, re.compile(r"\d{2}-\d{4}\.\d{2}")),
}


@dataclass(frozen=True, slots=True)
class OccupationRow:
    """A parsed record and where it stood."""

    file: str
    line: int
    occupation: Occupation


def read_occupations(files: Iterable[Path], skills: Mapping[str, Skill], faults: Faults) -> list[Occupation]:
    """Occupations of all files, checked against the skills and each other; what is wrong is noted."""
    header = language_header(FIXED_COLUMNS, tuple(CODES))
    rows = [
        row
        for file in files
        for line, cells in read_records(file, header, faults)
        for row in _read_record(file.name, line, cells, faults)
    ]
    place = {id(row.occupation): row for row in rows}
    for occupation, column, problem in occupation_faults([row.occupation for row in rows], skills):
        row = place[id(occupation)]
        faults.add(row.file, row.line, column, problem)
    _check_shared_titles(rows, faults)
    return [row.occupation for row in rows]


def _read_record(file: str, line: int, cells: Cells, faults: Faults) -> list[OccupationRow]:
    """The record as a list of one, or an empty list after a fault."""
    before = len(faults.found)
    note_stray_characters(file, line, cells, faults)
    for column in ("id", "field"):
        if not ID.fullmatch(cells[column]):
            faults.add(file, line, column, f"{cells[column]!r} is not lower-case kebab-case of 2 to 63 characters")
    named = read_languages(file, line, cells, faults)
    if not named.labels:
        faults.add(file, line, "label_*", "no label in any language")
    if named.exact:
        faults.add(file, line, "aliases_*", "a title has no '='")
    if not cells["essential"]:
        faults.add(file, line, "essential", "no skill is essential to the occupation")
    essential, optional = (_read_skills(file, line, c, cells[c], faults) for c in ("essential", "optional"))
    codes = _read_codes(file, line, cells, faults)
    if len(faults.found) != before:
        return []
    occupation = Occupation(
        id=cells["id"],
        field_code=cells["field"],
        labels=MappingProxyType(named.labels),
        aliases=MappingProxyType(named.aliases),
        essential=essential,
        optional=optional,
        definitions=MappingProxyType(named.definitions),
        codes=MappingProxyType(codes),
    )
    return [OccupationRow(file, line, occupation)]


def _read_skills(file: str, line: int, column: str, cell: str, faults: Faults) -> tuple[OccupationSkill, ...]:
    found = []
    for item in cell.split(SEPARATOR) if cell else ():
        skill_id, colon, level = item.partition(":")
        if colon and level not in LEVELS:
            faults.add(file, line, column, f"{item!r}: the level is none of {', '.join(LEVELS)}")
        else:
            found.append(OccupationSkill(skill_id, LEVELS[level] if colon else None))
    return tuple(found)


def _read_codes(file: str, line: int, cells: Cells, faults: Faults) -> dict[OccupationScheme, str]:
    found = {}
    for column, (scheme, shape) in CODES.items():
        code = cells.get(column, "")
        if code and not shape.fullmatch(code):
            faults.add(file, line, column, f"{code!r} is no code of {scheme.value}")
        elif code:
            found[scheme] = code
    return found


def _check_shared_titles(rows: Iterable[OccupationRow], faults: Faults) -> None:
    """Notes titles that lead to two occupations once they are folded as texts are."""
    first_by_key: dict[str, OccupationRow] = {}
    for row in rows:
        own = row.occupation
        titles = [(f"label_{language}", title) for language, title in own.labels.items()]
        titles += [(f"aliases_{language}", title) for language, aliases in own.aliases.items() for title in aliases]
        for column, title in titles:
            first = first_by_key.setdefault(name_key(title), row)
            if first.occupation.id != own.id:
                where = f"{first.occupation.id} ({first.file}:{first.line})"
                faults.add(row.file, row.line, column, f"{title!r} of {own.id} stands already at {where}")
