"""Taxonomies from ESCO: the official English CSV folder, and the multilingual label lines.

Enters: a folder with `skills_en.csv`, `broaderRelationsSkillPillar.csv` (each plain or gzip), or a JSON-lines file of
concepts. Leaves: a `Taxonomy` of ESCO's skills, ids `esco-<uuid>`. It refuses files without the columns it needs and
broken URIs. ESCO gives one label to many concepts; a form stays with one skill only (preferred label first, then by id),
because one spelling must lead to one id. Skill groups and occupations are not skills here and are left out.

ESCO is published by the European Commission, CC-BY 4.0.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from matcher.domain.folding import fold_key
from matcher.domain.skill import Skill, SkillKind
from matcher.errors import InvalidTaxonomy
from matcher.taxonomy.taxonomy import Taxonomy, find_cycle

FIELD_CODE: Final = "esco"
_SKILLS: Final = "skills_en.csv"
_BROADER: Final = "broaderRelationsSkillPillar.csv"
_UUID: Final = re.compile(r"http://data\.europa\.eu/esco/skill/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
# Tops of the official hierarchy: "language skills and knowledge" (L) and "transversal skills and competences" (T).
_LANGUAGE_TOP: Final = "http://data.europa.eu/esco/skill/e35a5936-091d-4e87-bafe-f264e55bd656"
_TRANSVERSAL_TOP: Final = "http://data.europa.eu/esco/skill/04a13491-b58c-4d33-8b59-8fad0d55fe9e"


def is_esco_folder(folder: Path) -> bool:
    """Whether the folder holds the official skills file."""
    return any((folder / f"{_SKILLS}{end}").is_file() for end in ("", ".gz"))


def load_esco(folder: Path) -> Taxonomy:
    """ESCO's skills and knowledge concepts with their broader concepts, English labels and definitions.

    Kinds: concepts under "language skills" → language, under "transversal skills" or of transversal reuse → soft, all
    others → hard (ESCO does not tell tools and regulations apart).

    Args:
        folder: the official CSV download; its name becomes the release name, for example `esco-1.1.1`.

    Raises:
        InvalidTaxonomy: a file is missing, unreadable, lacks a column, or holds a malformed URI.
    """
    above: dict[str, list[str]] = {}
    for row in _csv_rows(folder, _BROADER, ("conceptUri", "broaderUri")):
        above.setdefault(row["conceptUri"], []).append(row["broaderUri"])
    columns = ("conceptUri", "preferredLabel", "altLabels", "reuseLevel", "description")
    rows = {row["conceptUri"]: row for row in _csv_rows(folder, _SKILLS, columns)}
    languages, transversal = _under(_LANGUAGE_TOP, above), _under(_TRANSVERSAL_TOP, above)
    skills = []
    for uri, row in rows.items():
        soft = row["reuseLevel"] == "transversal" or uri in transversal
        kind = SkillKind.LANGUAGE if uri in languages else SkillKind.SOFT if soft else SkillKind.HARD
        broader = tuple(sorted({_skill_id(top, _BROADER) for top in above.get(uri, ()) if top in rows}))
        labels = {"en": (row["preferredLabel"], row["altLabels"].split("\n"))}
        skills.append(_skill(_skill_id(uri, _SKILLS), kind, labels, broader, row["description"]))
    return Taxonomy(folder.name.replace("-v", "-"), _one_owner_per_form(_without_cycles(skills)))


def load_esco_multilingual(file: Path) -> Taxonomy:
    """ESCO's skills with labels in every language of the file; the lines carry no broader relations.

    Args:
        file: JSON lines, plain or gzip: `uri`, `kind` (`skill` or other, left out), `labels` {language: {pref, alt}},
            `reuse`, `desc_en`. Concepts without a skill type (groups) are left out.

    Raises:
        InvalidTaxonomy: the file cannot be read, or a line is no such record; names the line.
    """
    skills = []
    lines = _read_text(file).split("\n")
    for number, line in enumerate(lines, start=1):
        if not line:
            continue
        try:
            concept: dict[str, Any] = json.loads(line)
            if concept["kind"] != "skill" or "type" not in concept:
                continue
            labels = {
                str(language): (str(forms["pref"]), [str(alt) for alt in forms["alt"]])
                for language, forms in concept["labels"].items()
            }
            kind = SkillKind.SOFT if concept.get("reuse") == "transversal" else SkillKind.HARD
            uri, definition = str(concept["uri"]), str(concept.get("desc_en") or "")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InvalidTaxonomy(f"{file.name}:{number}: no ESCO record", file=file.name, row=str(number)) from error
        skills.append(_skill(_skill_id(uri, file.name), kind, labels, (), definition))
    name = file.name.split(".")[0].replace("_", "-")
    return Taxonomy(name, _one_owner_per_form(skills))


def _skill(
    id_: str, kind: SkillKind, labels: Mapping[str, tuple[str, list[str]]], broader: tuple[str, ...], definition: str
) -> Skill:
    aliases = {}
    for language, (label, alternatives) in labels.items():
        distinct = dict.fromkeys(form.strip() for form in alternatives)
        kept = tuple(form for form in distinct if form and form != label)
        if kept:
            aliases[language] = kept
    return Skill(
        id=id_,
        kind=kind,
        field_code=FIELD_CODE,
        labels=MappingProxyType({language: label for language, (label, _) in labels.items()}),
        aliases=MappingProxyType(aliases),
        broader=broader,
        definitions=MappingProxyType({"en": definition} if definition else {}),
    )


def _one_owner_per_form(skills: Iterable[Skill]) -> list[Skill]:
    """The skills, each alias kept only where no label and no earlier skill (by id) has it."""
    ordered = sorted(skills, key=lambda skill: skill.id)
    owner: dict[str, str] = {}
    for skill in ordered:
        for label in skill.labels.values():
            owner.setdefault(fold_key(label), skill.id)
    result = []
    for skill in ordered:
        aliases = {}
        for language, forms in skill.aliases.items():
            kept = tuple(form for form in forms if owner.setdefault(fold_key(form), skill.id) == skill.id)
            if kept:
                aliases[language] = kept
        result.append(replace(skill, aliases=MappingProxyType(aliases)))
    return result


def _without_cycles(skills: list[Skill]) -> list[Skill]:
    """Checks the tree before forms are settled, so that the message speaks of ESCO's own file."""
    cycle = find_cycle({skill.id: skill.broader for skill in skills})
    if cycle:
        raise InvalidTaxonomy(f"{_BROADER}: cycle {' → '.join(cycle)}", file=_BROADER)
    return skills


def _under(top: str, above: Mapping[str, list[str]]) -> set[str]:
    """Every concept below `top`."""
    below: dict[str, list[str]] = {}
    for uri, parents in above.items():
        for parent in parents:
            below.setdefault(parent, []).append(uri)
    found: set[str] = set()
    frontier = [top]
    while frontier:
        for uri in below.get(frontier.pop(), ()):
            if uri not in found:
                found.add(uri)
                frontier.append(uri)
    return found


def _skill_id(uri: str, file: str) -> str:
    match = _UUID.fullmatch(uri)
    if not match:
        raise InvalidTaxonomy(f"{file}: {uri!r} is no ESCO skill URI", field="conceptUri", file=file)
    return f"esco-{match[1]}"


def _csv_rows(folder: Path, name: str, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Records of an official file, plain or gzip."""
    file = next((folder / f"{name}{end}" for end in ("", ".gz") if (folder / f"{name}{end}").is_file()), None)
    if file is None:
        raise InvalidTaxonomy(f"no {name} or {name}.gz in {folder}", file=name)
    reader = csv.DictReader(io.StringIO(_read_text(file), newline=""), strict=True)
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


def _read_text(file: Path) -> str:
    try:
        raw = file.read_bytes()
        return (gzip.decompress(raw) if file.suffix == ".gz" else raw).decode("utf-8-sig")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise InvalidTaxonomy(f"{file.name} cannot be read as UTF-8 text", file=file.name) from error
