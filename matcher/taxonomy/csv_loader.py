"""Taxonomies from our own CSV files.

Enters: one CSV file or a folder of them (UTF-8, RFC 4180; columns `id,kind,field,broader`, then `label_<language>` and, where
wanted, `aliases_<language>`, `definition_<language>` for any BCP-47 primary tags). Leaves: a `Taxonomy`. It refuses files that
break the format in any way and lists up to 50 faults at once, each with file, row and column; nothing is repaired.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final

from matcher.domain.folding import fold_key
from matcher.domain.skill import Skill, SkillKind
from matcher.domain.skill_forms import forms_of
from matcher.errors import InvalidTaxonomy
from matcher.taxonomy.taxonomy import Taxonomy, find_cycle

MAX_FAULTS: Final = 50
MAX_FORM_CHARS: Final = 120
MAX_DEFINITION_CHARS: Final = 1000
FIXED_COLUMNS: Final = ("id", "kind", "field", "broader")
_ID: Final = re.compile(r"[a-z][a-z0-9-]{1,62}")
_LANGUAGE_COLUMN: Final = re.compile(r"(label|aliases|definition)_([a-z]{2,3})")
_SEPARATOR: Final = "|"
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\ufffd]")


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault of a file. `row` is the 1-based line of the record's end, 0 for the file as a whole; the header is row 1."""

    file: str
    row: int
    column: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.row}: {self.column}: {self.message}"


@dataclass(frozen=True, slots=True)
class Row:
    """A parsed record and where it stood."""

    file: str
    line: int
    skill: Skill


@dataclass(slots=True)
class Faults:
    """Collects faults until the list is full."""

    found: list[Fault] = field(default_factory=list)

    def add(self, file: str, row: int, column: str, message: str) -> None:
        """Notes one fault."""
        self.found.append(Fault(file, row, column, message))

    def raise_if_any(self) -> None:
        """Ends the load if anything was noted.

        Raises:
            InvalidTaxonomy: with the first 50 faults, in the order of files and rows.
        """
        if not self.found:
            return
        shown = sorted(self.found)[:MAX_FAULTS]
        more = f" (the first {MAX_FAULTS} shown)" if len(self.found) > MAX_FAULTS else ""
        first = shown[0]
        raise InvalidTaxonomy(
            f"{len(self.found)} fault(s) in the taxonomy{more}:\n" + "\n".join(map(str, shown)),
            field=first.column,
            file=first.file,
            row=str(first.row),
            n_faults=str(len(self.found)),
        )


def load_csv(path: Path, name: str) -> Taxonomy:
    """Taxonomy from a CSV file or from all `*.csv` of a folder (not of its subfolders).

    Args:
        path: file or folder.
        name: release name for the version string.

    Raises:
        InvalidTaxonomy: the path has no CSV, or any file breaks the format; metadata `file`, `row`, `n_faults` and the
            field of the first fault; the message lists up to 50.
    """
    files = sorted(path.glob("*.csv")) if path.is_dir() else [path]
    if not files or not all(file.is_file() for file in files):
        raise InvalidTaxonomy(f"no CSV file at {path}", file=str(path))
    faults = Faults()
    rows = [row for file in files for row in read_rows(file, faults)]
    check_rows(rows, faults)
    faults.raise_if_any()
    return Taxonomy(name, (row.skill for row in rows))


def read_rows(file: Path, faults: Faults) -> list[Row]:
    """Records of one file; what is wrong with a record is noted and the record left out."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        faults.add(file.name, line, "", f"not UTF-8 at byte {error.start}")
        return []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    columns: list[str] = []
    try:
        for cells in reader:
            if not columns:
                columns = _read_header(file.name, cells, faults)
                if not columns:
                    return []
            elif len(cells) != len(columns):
                faults.add(file.name, reader.line_num, "", f"{len(cells)} cells, the header has {len(columns)}")
            else:
                row = _read_record(file.name, reader.line_num, dict(zip(columns, cells, strict=True)), faults)
                rows.extend(row)
    except csv.Error as error:
        faults.add(file.name, reader.line_num, "", f"not RFC 4180: {error}")
    if not columns:
        faults.add(file.name, 0, "", "the file is empty")
    return rows


def _read_header(file: str, cells: list[str], faults: Faults) -> list[str]:
    """Column names, or nothing after a fault."""
    before = len(faults.found)
    for column in FIXED_COLUMNS:
        if column not in cells:
            faults.add(file, 1, column, "column is missing")
    labels = {match[2] for cell in cells if (match := _LANGUAGE_COLUMN.fullmatch(cell)) and match[1] == "label"}
    if not labels:
        faults.add(file, 1, "label_*", "no label column")
    for position, column in enumerate(cells):
        match = _LANGUAGE_COLUMN.fullmatch(column)
        if column not in FIXED_COLUMNS and not match:
            faults.add(file, 1, column, "unknown column")
        elif column in cells[:position]:
            faults.add(file, 1, column, "column stands twice")
        elif match and match[2] not in labels:
            faults.add(file, 1, column, f"no column label_{match[2]}")
    return cells if len(faults.found) == before else []


def _read_record(file: str, line: int, cells: dict[str, str], faults: Faults) -> list[Row]:
    """The record as a list of one, or an empty list after a fault."""
    before = len(faults.found)
    for column, cell in cells.items():
        if _CONTROL.search(cell):
            faults.add(file, line, column, "control or replacement character")
        elif cell != cell.strip():
            faults.add(file, line, column, "blank at the start or end")
    if not _ID.fullmatch(cells["id"]):
        faults.add(file, line, "id", f"{cells['id']!r} is not lower-case kebab-case of 2 to 63 characters")
    if cells["kind"] not in set(SkillKind):
        faults.add(file, line, "kind", f"{cells['kind']!r} is none of {', '.join(SkillKind)}")
    if not _ID.fullmatch(cells["field"]):
        faults.add(file, line, "field", f"{cells['field']!r} is no field code")
    broader = tuple(cells["broader"].split(_SEPARATOR)) if cells["broader"] else ()
    if len(set(broader)) != len(broader):
        faults.add(file, line, "broader", "an id stands twice")
    labels, aliases, definitions, exact = _read_languages(file, line, cells, faults)
    if len(faults.found) != before:
        return []
    skill = Skill(
        id=cells["id"],
        kind=SkillKind(cells["kind"]),
        field_code=cells["field"],
        labels=MappingProxyType(labels),
        aliases=MappingProxyType(aliases),
        broader=broader,
        definitions=MappingProxyType(definitions),
        exact_forms=frozenset(exact),
    )
    return [Row(file, line, skill)]


def _read_languages(
    file: str, line: int, cells: dict[str, str], faults: Faults
) -> tuple[dict[str, str], dict[str, tuple[str, ...]], dict[str, str], set[str]]:
    """Labels, aliases and definitions by language, and the exact forms."""
    labels: dict[str, str] = {}
    aliases: dict[str, tuple[str, ...]] = {}
    definitions: dict[str, str] = {}
    exact: set[str] = set()
    for column, cell in cells.items():
        match = _LANGUAGE_COLUMN.fullmatch(column)
        if not match or not cell:
            continue
        what, language = match[1], match[2]
        if what == "label":
            if cell.startswith("=") or _SEPARATOR in cell or len(cell) > MAX_FORM_CHARS:
                faults.add(file, line, column, f"a label has no '=' or '|' and at most {MAX_FORM_CHARS} characters")
            labels[language] = cell
        elif what == "definition":
            if len(cell) > MAX_DEFINITION_CHARS:
                faults.add(file, line, column, f"longer than {MAX_DEFINITION_CHARS} characters")
            definitions[language] = cell
        else:
            forms = cell.split(_SEPARATOR)
            aliases[language] = tuple(form.removeprefix("=") for form in forms)
            exact.update(form[1:] for form in forms if form.startswith("="))
            _check_forms(file, line, column, forms, faults)
    if not labels:
        faults.add(file, line, "label_*", "no label in any language")
    return labels, aliases, definitions, exact


def _check_forms(file: str, line: int, column: str, forms: list[str], faults: Faults) -> None:
    for position, form in enumerate(forms):
        bare = form.removeprefix("=")
        if not bare or bare != bare.strip() or not fold_key(bare):
            faults.add(file, line, column, "an alias is empty or has blanks at its ends")
        elif len(bare) > MAX_FORM_CHARS:
            faults.add(file, line, column, f"an alias is longer than {MAX_FORM_CHARS} characters")
        elif form in forms[:position]:
            faults.add(file, line, column, f"alias {form!r} stands twice")


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
    owner_by_key: dict[str, Row] = {}
    for row in rows:
        for form in forms_of(row.skill):
            key = f"={fold_key(form.text, keep_case=True)}" if form.is_exact else fold_key(form.text)
            first = owner_by_key.setdefault(key, row)
            if first.skill.id != row.skill.id:
                column = f"{'label' if form.is_label else 'aliases'}_{form.language}"
                where = f"{first.skill.id} ({first.file}:{first.line})"
                faults.add(row.file, row.line, column, f"{form.text!r} of {row.skill.id} stands already at {where}")
