"""Records of a CSV file of ours, whatever it holds.

Enters: a file (UTF-8, RFC 4180) and a check of its header. Leaves: records as cells by column, each with its line. What is
wrong is noted as a fault with its place, and the record left out; nothing is repaired.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from matcher.taxonomy.faults import Faults

ID: Final = re.compile(r"[a-z][a-z0-9-]{1,62}")
SEPARATOR: Final = "|"
MAX_FORM_CHARS: Final = 120
MAX_DEFINITION_CHARS: Final = 1000
LANGUAGE_COLUMN: Final = re.compile(r"(label|aliases|definition)_([a-z]{2,3})")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\ufffd]")
Cells = dict[str, str]
HeaderCheck = Callable[[str, list[str], Faults], bool]
"""(file name, cells of the header, where to note) → whether the file can be read on."""


@cache
def language_column(column: str) -> tuple[str, str] | None:
    """(label, aliases or definition; language) of a column, None for one of another name."""
    match = LANGUAGE_COLUMN.fullmatch(column)
    return (match[1], match[2]) if match else None


def read_records(file: Path, header_is_good: HeaderCheck, faults: Faults) -> Iterator[tuple[int, Cells]]:
    """(line, cells by column) of each record with the right number of cells and no stray characters in them."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        faults.add(file.name, line, "", f"not UTF-8 at byte {error.start}")
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    columns: list[str] = []
    try:
        for cells in reader:
            if not columns:
                if not header_is_good(file.name, cells, faults):
                    return
                columns = cells
            elif len(cells) != len(columns):
                faults.add(file.name, reader.line_num, "", f"{len(cells)} cells, the header has {len(columns)}")
            else:
                yield reader.line_num, dict(zip(columns, cells, strict=True))
    except csv.Error as error:
        faults.add(file.name, reader.line_num, "", f"not RFC 4180: {error}")
    if not columns:
        faults.add(file.name, 0, "", "the file is empty")


def exact_header(columns: Sequence[str], optional: Sequence[str] = ()) -> HeaderCheck:
    """A check for files whose columns are fixed but for a few that may be left out."""

    def check(file: str, cells: list[str], faults: Faults) -> bool:
        before = len(faults.found)
        for column in columns:
            if column not in cells:
                faults.add(file, 1, column, "column is missing")
        note_odd_columns(file, cells, {*columns, *optional}, faults)
        return len(faults.found) == before

    return check


def language_header(fixed: Sequence[str], optional: Sequence[str] = ()) -> HeaderCheck:
    """A check for files with `label_<language>` and, where wanted, `aliases_…`, `definition_…` beside fixed columns."""

    def check(file: str, cells: list[str], faults: Faults) -> bool:
        before = len(faults.found)
        for column in fixed:
            if column not in cells:
                faults.add(file, 1, column, "column is missing")
        matches = [match for cell in cells if (match := LANGUAGE_COLUMN.fullmatch(cell))]
        labels = {match[2] for match in matches if match[1] == "label"}
        if not labels:
            faults.add(file, 1, "label_*", "no label column")
        for match in matches:
            if match[2] not in labels:
                faults.add(file, 1, match[0], f"no column label_{match[2]}")
        note_odd_columns(file, cells, {*fixed, *optional, *(match[0] for match in matches)}, faults)
        return len(faults.found) == before

    return check


def note_odd_columns(file: str, cells: list[str], known: set[str], faults: Faults) -> None:
    """Notes columns that are unknown or stand twice."""
    for position, column in enumerate(cells):
        if column not in known:
            faults.add(file, 1, column, "unknown column")
        elif column in cells[:position]:
            faults.add(file, 1, column, "column stands twice")


def note_stray_characters(file: str, line: int, cells: Cells, faults: Faults) -> None:
    """Notes control characters, and blanks at the ends of cells."""
    values = list(cells.values())
    if not _CONTROL.search("".join(values)) and list(map(str.strip, values)) == values:
        return
    for column, cell in cells.items():
        if _CONTROL.search(cell):
            faults.add(file, line, column, "control or replacement character")
        elif cell != cell.strip():
            faults.add(file, line, column, "blank at the start or end")


def note_bad_forms(file: str, line: int, column: str, forms: Iterable[str], faults: Faults) -> None:
    """Notes aliases that are empty, too long, or stand twice in a cell. A leading `=` belongs to no alias."""
    seen: set[str] = set()
    for form in forms:
        bare = form.removeprefix("=")
        if not bare or bare != bare.strip():
            faults.add(file, line, column, "an alias is empty or has blanks at its ends")
        elif len(bare) > MAX_FORM_CHARS:
            faults.add(file, line, column, f"an alias is longer than {MAX_FORM_CHARS} characters")
        elif form in seen:
            faults.add(file, line, column, f"alias {form!r} stands twice")
        seen.add(form)
