"""Skills from our own CSV files.

Enters: one CSV file or a folder of them (UTF-8, RFC 4180; columns `id,kind,field,broader`, then `label_<language>` and, where
wanted, `aliases_<language>`, `definition_<language>` for any BCP-47 primary tags, and `owner`). A folder with a `skills`
folder in it is a release with occupations, relations and task skills, see `release.py`. Leaves: a `Taxonomy`. It refuses
files that break the format in any way and lists up to 50 faults at once, each with file, row and column; nothing is repaired.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from matcher.domain.skill import OWNER_MARK, Skill, SkillKind
from matcher.domain.skill_forms import forms_of
from matcher.errors import InvalidTaxonomy
from matcher.taxonomy.cycles import find_cycle
from matcher.taxonomy.faults import Faults
from matcher.taxonomy.form_keys import form_key
from matcher.taxonomy.records import (
    ID,
    MAX_DEFINITION_CHARS,
    MAX_FORM_CHARS,
    SEPARATOR,
    Cells,
    language_column,
    language_header,
    note_bad_forms,
    note_stray_characters,
    read_records,
)
from matcher.taxonomy.taxonomy import Taxonomy

FIXED_COLUMNS: Final = ("id", "kind", "field", "broader")
OWNER_COLUMN: Final = "owner"
_KINDS: Final = frozenset(SkillKind)


@dataclass(frozen=True, slots=True)
class Row:
    """A parsed record and where it stood."""

    file: str
    line: int
    skill: Skill


@dataclass(frozen=True, slots=True)
class Named:
    """Names and definitions of a record by language, and which of its names match exactly only."""

    labels: dict[str, str]
    aliases: dict[str, tuple[str, ...]]
    definitions: dict[str, str]
    exact: frozenset[str]


def load_csv(path: Path, name: str) -> Taxonomy:
    """Taxonomy of skills from a CSV file or from all `*.csv` of a folder (not of its subfolders).

    Args:
        path: file or folder.
        name: release name for the version string.

    Raises:
        InvalidTaxonomy: the path has no CSV, or any file breaks the format; metadata `file`, `row`, `n_faults` and the
            field of the first fault; the message lists up to 50.
    """
    faults = Faults()
    rows = skill_rows(path, faults)
    faults.raise_if_any()
    return Taxonomy(name, (row.skill for row in rows))


def skill_rows(path: Path, faults: Faults) -> list[Row]:
    """Records of a CSV file or of all `*.csv` of a folder, checked against each other.

    Raises:
        InvalidTaxonomy: the path has no CSV.
    """
    files = sorted(path.glob("*.csv")) if path.is_dir() else [path]
    if not files or not all(file.is_file() for file in files):
        raise InvalidTaxonomy(f"no CSV file at {path}", file=str(path))
    rows = [row for file in files for row in read_rows(file, faults)]
    check_rows(rows, faults)
    return rows


def read_rows(file: Path, faults: Faults) -> list[Row]:
    """Records of one file; what is wrong with a record is noted and the record left out."""
    header = language_header(FIXED_COLUMNS, (OWNER_COLUMN,))
    rows: list[Row] = []
    for line, cells in read_records(file, header, faults):
        rows += _read_record(file.name, line, cells, faults)
    return rows


def _read_record(file: str, line: int, cells: Cells, faults: Faults) -> list[Row]:
    """The record as a list of one, or an empty list after a fault."""
    before = len(faults.found)
    note_stray_characters(file, line, cells, faults)
    if not ID.fullmatch(cells["id"]):
        faults.add(file, line, "id", f"{cells['id']!r} is not lower-case kebab-case of 2 to 63 characters")
    owner = cells.get(OWNER_COLUMN, "")
    if cells["id"].partition(OWNER_MARK)[:2] != (owner, OWNER_MARK) if owner else OWNER_MARK in cells["id"]:
        faults.add(file, line, "id", f"an id begins with its owner and {OWNER_MARK!r}, and only then holds that mark")
    if cells["kind"] not in _KINDS:
        faults.add(file, line, "kind", f"{cells['kind']!r} is none of {', '.join(SkillKind)}")
    if not ID.fullmatch(cells["field"]):
        faults.add(file, line, "field", f"{cells['field']!r} is no field code")
    broader = tuple(cells["broader"].split(SEPARATOR)) if cells["broader"] else ()
    if len(set(broader)) != len(broader):
        faults.add(file, line, "broader", "an id stands twice")
    named = read_languages(file, line, cells, faults)
    if not named.labels:
        faults.add(file, line, "label_*", "no label in any language")
    if len(faults.found) != before:
        return []
    skill = Skill(
        id=cells["id"],
        kind=SkillKind(cells["kind"]),
        field_code=cells["field"],
        labels=MappingProxyType(named.labels),
        aliases=MappingProxyType(named.aliases),
        broader=broader,
        definitions=MappingProxyType(named.definitions),
        exact_forms=named.exact,
        owner=owner,
    )
    return [Row(file, line, skill)]


def read_languages(file: str, line: int, cells: Cells, faults: Faults) -> Named:
    """Labels, aliases and definitions by language, and the exact forms; what is wrong with them is noted."""
    labels: dict[str, str] = {}
    aliases: dict[str, tuple[str, ...]] = {}
    definitions: dict[str, str] = {}
    exact: set[str] = set()
    for column, cell in cells.items():
        meaning = language_column(column) if cell else None
        if meaning is None:
            continue
        what, language = meaning
        if what == "label":
            if cell.startswith("=") or SEPARATOR in cell or len(cell) > MAX_FORM_CHARS:
                faults.add(file, line, column, f"a label has no '=' or '|' and at most {MAX_FORM_CHARS} characters")
            labels[language] = cell
        elif what == "definition":
            if len(cell) > MAX_DEFINITION_CHARS:
                faults.add(file, line, column, f"longer than {MAX_DEFINITION_CHARS} characters")
            definitions[language] = cell
        else:
            forms = cell.split(SEPARATOR)
            if "=" in cell:
                exact.update(form[1:] for form in forms if form.startswith("="))
                aliases[language] = tuple(form.removeprefix("=") for form in forms)
            else:
                aliases[language] = tuple(forms)
            note_bad_forms(file, line, column, forms, faults)
    return Named(labels, aliases, definitions, frozenset(exact))


def check_rows(rows: list[Row], faults: Faults) -> None:
    """Notes what is wrong between records: ids and forms at two skills, unknown broader skills, cycles."""
    place_by_id: dict[str, Row] = {}
    for row in rows:
        first = place_by_id.setdefault(row.skill.id, row)
        if first is not row:
            faults.add(row.file, row.line, "id", f"{row.skill.id} stands already at {first.file}:{first.line}")
    for row in rows:
        for parent in row.skill.broader:
            if parent not in place_by_id:
                faults.add(row.file, row.line, "broader", f"{row.skill.id}: no skill {parent}")
    _check_shared_forms(rows, faults)
    cycle = find_cycle({id_: row.skill.broader for id_, row in place_by_id.items()})
    if cycle:
        row = place_by_id[cycle[0]]
        faults.add(row.file, row.line, "broader", f"cycle {' → '.join(cycle)}")


def _check_shared_forms(rows: list[Row], faults: Faults) -> None:
    """Notes forms that lead to two skills once they are folded as texts are. Exact forms clash only in the same letter case."""
    holder_by_key: dict[str, Row] = {}
    for row, form in ((r, form) for r in rows for form in forms_of(r.skill)):
        key = form_key(form)
        first = holder_by_key.setdefault(key, row)
        if first.skill.id == row.skill.id and key.strip("= "):
            continue
        column = f"{'label' if form.is_label else 'aliases'}_{form.language}"
        if not key.strip("= "):
            faults.add(row.file, row.line, column, "a form of nothing but signs that texts are cleared of")
        else:
            where = f"{first.skill.id} ({first.file}:{first.line})"
            faults.add(row.file, row.line, column, f"{form.text!r} of {row.skill.id} stands already at {where}")
