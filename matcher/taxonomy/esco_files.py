"""The files of ESCO as records: the official CSV files, the multilingual lines, and our own Chinese labels.

Enters: paths. Leaves: rows and labels by concept, with what is wrong named by file and line. Refuses what cannot be read.

ESCO is published by the European Commission, CC-BY 4.0. It has no Chinese labels; those in `esco_zh/` are our own.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from matcher.errors import InvalidTaxonomy

MULTILINGUAL: Final = "esco_multilingual.jsonl.gz"
OWN_CHINESE: Final = Path(__file__).parent / "esco_zh"
_URI: Final = re.compile(
    r"http://data\.europa\.eu/esco/(skill|occupation)/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
)
_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
Names = Mapping[str, tuple[str, list[str]]]
"""Language → (preferred name, other names)."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One line of the multilingual file. `skill_type` empty: a group of skills, or no skill."""

    uri: str
    kind: str
    skill_type: str
    names: Names
    reuse: str
    description: str


def concept_id(uri: str, kind: str, file: str) -> str:
    """Our id of a concept, `esco-<uuid>`.

    Raises:
        InvalidTaxonomy: the URI is none of ESCO's, or of another kind.
    """
    match = _URI.fullmatch(uri)
    if not match or match[1] != kind:
        raise InvalidTaxonomy(f"{file}: {uri!r} is no ESCO {kind} URI", field="conceptUri", file=file)
    return f"esco-{match[2]}"


def csv_file(folder: Path, name: str) -> Path | None:
    """An official file, plain or gzip; None when it is not there."""
    return next((folder / f"{name}{end}" for end in ("", ".gz") if (folder / f"{name}{end}").is_file()), None)


def csv_rows(folder: Path, name: str, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Records of an official file, plain or gzip.

    Raises:
        InvalidTaxonomy: no such file, a column is missing, or a record breaks the format.
    """
    file = csv_file(folder, name)
    if file is None:
        raise InvalidTaxonomy(f"no {name} or {name}.gz in {folder}", file=name)
    reader = csv.DictReader(io.StringIO(read_text(file), newline=""), strict=True)
    try:
        missing = [column for column in columns if column not in (reader.fieldnames or ())]
        if missing:
            raise InvalidTaxonomy(f"{name}: no column {', '.join(missing)}", field=missing[0], file=name, row="1")
        for row in reader:
            if None in row or None in row.values():
                raise InvalidTaxonomy(f"{name}:{reader.line_num}: wrong number of cells", file=name)
            yield row
    except csv.Error as error:
        raise InvalidTaxonomy(f"{name}:{reader.line_num}: not RFC 4180: {error}", file=name) from error


def multilingual_concepts(file: Path) -> Iterator[Concept]:
    """Concepts of the multilingual JSON lines, plain or gzip.

    A language without a preferred name takes its first other name; one without any name is left out.

    Raises:
        InvalidTaxonomy: the file cannot be read, or a line is no such record; names the line.
    """
    for number, line in enumerate(read_text(file).split("\n"), start=1):
        if not line:
            continue
        try:
            concept: dict[str, Any] = json.loads(line)
            names = {}
            for language, forms in concept["labels"].items():
                listed = [form for form in (forms["pref"], *forms["alt"]) if form]
                if not all(isinstance(form, str) for form in listed):
                    raise TypeError("a name is no text")
                if listed:
                    names[str(language)] = (listed[0], listed[1:])
            found = Concept(
                uri=str(concept["uri"]),
                kind=str(concept["kind"]),
                skill_type=str(concept.get("type") or ""),
                names=names,
                reuse=str(concept.get("reuse") or ""),
                description=str(concept.get("desc_en") or ""),
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InvalidTaxonomy(f"{file.name}:{number}: no ESCO record", file=file.name, row=str(number)) from error
        if not names:
            raise InvalidTaxonomy(f"{file.name}:{number}: no name", file=file.name, row=str(number))
        yield found


def own_chinese(kind: str, folder: Path = OWN_CHINESE) -> dict[str, tuple[str, list[str]]]:
    """Id → our Chinese names of ESCO's concepts, from `skills.tsv` (uuid, zh) or `occupations.tsv` (uuid, zh, en).

    They cover several releases of ESCO, so concepts that a release does not hold are no fault. The `en` column tells readers
    which concept is meant and is not loaded.

    Args:
        kind: `skill` or `occupation`.
        folder: where the two files are.

    Raises:
        InvalidTaxonomy: no such file, another header, a malformed line, a concept or a name twice; names the line.
    """
    header = {"skill": ["uuid", "zh"], "occupation": ["uuid", "zh", "en"]}[kind]
    file = folder / f"{kind}s.tsv"
    if not file.is_file():
        raise InvalidTaxonomy(f"no {file}", file=file.name)
    found: dict[str, tuple[str, list[str]]] = {}
    for number, line in enumerate(read_text(file).removesuffix("\n").split("\n"), start=1):
        cells = line.split("\t")
        if number == 1:
            if cells != header:
                raise InvalidTaxonomy(f"{file.name}:1: the header is not {header}", file=file.name, row="1")
            continue
        names = cells[1].split("|") if len(cells) == len(header) else []
        good = names and _UUID.fullmatch(cells[0]) and all(name and name == name.strip() for name in names)
        if not good or f"esco-{cells[0]}" in found or len(set(names)) != len(names):
            raise InvalidTaxonomy(
                f"{file.name}:{number}: not {' and '.join(header)}, each concept and name once",
                field="zh",
                file=file.name,
                row=str(number),
            )
        found[f"esco-{cells[0]}"] = (names[0], names[1:])
    return found


def read_text(file: Path) -> str:
    """The text of a file, plain or gzip.

    Raises:
        InvalidTaxonomy: it cannot be read as UTF-8.
    """
    try:
        raw = file.read_bytes()
        return (gzip.decompress(raw) if file.suffix == ".gz" else raw).decode("utf-8-sig")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise InvalidTaxonomy(f"{file.name} cannot be read as UTF-8 text", file=file.name) from error
