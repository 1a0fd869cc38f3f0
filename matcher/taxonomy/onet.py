"""Taxonomies from the O*NET database, text edition.

Enters: a folder with `Occupation Data.txt`, `Skills.txt`, `Knowledge.txt`, `Technology Skills.txt`, `Alternate Titles.txt`, each
tab separated with a header, as the O*NET data dictionary of releases 20 to 30 describes them. Leaves: a `Taxonomy` of O*NET's
skills, knowledge and technologies in English, and its occupations. It refuses files without the columns it needs, malformed
codes, ratings that are no number, and elements that two files name differently.

What becomes of what: `Skills.txt` elements of 2.B.1 (social skills) → soft, others → hard; `Knowledge.txt` → hard, but 2.C.7.a and
2.C.7.b (English, foreign language) → language; each commodity of `Technology Skills.txt` → hard, each example below it → tool. An
element is essential to an occupation from importance 3.0 of 5 on, optional from 2.0 on; technologies are optional. Rows that
O*NET recommends to suppress are left out. The level scale (LV, 0–7) is another ladder than ours and is not equated with it.

O*NET is published by the U.S. Department of Labor, Employment and Training Administration, CC-BY 4.0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from matcher.domain.occupation import Occupation, OccupationScheme, OccupationSkill
from matcher.domain.skill import Skill, SkillKind
from matcher.errors import InvalidTaxonomy
from matcher.taxonomy.form_keys import name_key
from matcher.taxonomy.taxonomy import Taxonomy

FIELD_CODE: Final = "onet"
OCCUPATIONS: Final = "Occupation Data.txt"
TITLES: Final = "Alternate Titles.txt"
RATED: Final = ("Skills.txt", "Knowledge.txt")
TECHNOLOGY: Final = "Technology Skills.txt"
ESSENTIAL_FROM, OPTIONAL_FROM = 3.0, 2.0  # importance (IM), 1 to 5: 2 somewhat important, 3 important
_CODE: Final = re.compile(r"\d{2}-\d{4}\.\d{2}")
_ELEMENT: Final = re.compile(r"2(\.[A-Z0-9a-z]{1,2}){2,4}")
_SOCIAL: Final = "2.B.1"
_LANGUAGES: Final = frozenset({"2.C.7.a", "2.C.7.b"})
_ABSENT: Final = frozenset({"", "n/a", "NULL"})
Row = tuple[int, dict[str, str]]


def is_onet_folder(folder: Path) -> bool:
    """Whether the folder holds O*NET's file of occupations."""
    return (folder / OCCUPATIONS).is_file()


def load_onet(folder: Path) -> Taxonomy:
    """O*NET's skills, knowledge, technologies and occupations.

    Ids: `onet-2-a-1-a` for element 2.A.1.a, `onet-c43232306` for a commodity, `onet-t-mysql` for an example of technology.

    Args:
        folder: the unpacked text database; its name becomes the release name.

    Raises:
        InvalidTaxonomy: a file is missing, unreadable, lacks a column, or breaks its format; names file and row.
    """
    skills: dict[str, Skill] = {}
    asked: dict[str, dict[str, bool]] = {}  # occupation code → skill id → whether it is essential
    for name in RATED:
        _read_rated(folder, name, skills, asked)
    _read_technology(folder, skills, asked)
    titles = _read_titles(folder)
    occupations = []
    for line, row in _rows(folder, OCCUPATIONS, ("O*NET-SOC Code", "Title", "Description")):
        code = _checked(row["O*NET-SOC Code"], _CODE, OCCUPATIONS, line, "O*NET-SOC Code")
        occupations.append(_occupation(code, row, titles.get(code, []), asked.pop(code, {})))
    if asked:
        raise InvalidTaxonomy(f"{OCCUPATIONS}: no occupation {min(asked)}", field="O*NET-SOC Code", file=OCCUPATIONS)
    return Taxonomy(re.sub(r"[^a-z0-9.]+", "-", folder.name.lower()), _without_shared_names(skills), (), occupations)


def _read_rated(folder: Path, name: str, skills: dict[str, Skill], asked: dict[str, dict[str, bool]]) -> None:
    """Elements of the content model with their importance to occupations."""
    columns = ("O*NET-SOC Code", "Element ID", "Element Name", "Scale ID", "Data Value", "Recommend Suppress")
    for line, row in _rows(folder, name, columns):
        element = _checked(row["Element ID"], _ELEMENT, name, line, "Element ID")
        code = _checked(row["O*NET-SOC Code"], _CODE, name, line, "O*NET-SOC Code")
        social = element.startswith(_SOCIAL)
        kind = SkillKind.SOFT if social else SkillKind.LANGUAGE if element in _LANGUAGES else SkillKind.HARD
        skill_id = f"onet-{element.lower().replace('.', '-')}"
        skill = skills.setdefault(skill_id, _skill(skill_id, kind, row["Element Name"]))
        if skill.labels["en"] != row["Element Name"]:
            raise _fault(name, line, "Element Name", f"{element} has two names")
        if row["Scale ID"] != "IM" or row["Recommend Suppress"] == "Y":
            continue
        try:
            importance = float(row["Data Value"])
        except ValueError:
            raise _fault(name, line, "Data Value", "is no number") from None
        if importance >= OPTIONAL_FROM:
            asked.setdefault(code, {})[skill_id] = importance >= ESSENTIAL_FROM


def _read_technology(folder: Path, skills: dict[str, Skill], asked: dict[str, dict[str, bool]]) -> None:
    """Technologies below their UNSPSC commodities. One example may stand under several commodities."""
    columns = ("O*NET-SOC Code", "Example", "Commodity Code", "Commodity Title")
    above: dict[str, dict[str, None]] = {}
    label: dict[str, str] = {}
    for line, row in _rows(folder, TECHNOLOGY, columns):
        code = _checked(row["O*NET-SOC Code"], _CODE, TECHNOLOGY, line, "O*NET-SOC Code")
        commodity = (
            f"onet-c{_checked(row['Commodity Code'], re.compile(r'[0-9]{8}'), TECHNOLOGY, line, 'Commodity Code')}"
        )
        skills.setdefault(commodity, _skill(commodity, SkillKind.HARD, row["Commodity Title"]))
        tool = f"onet-t-{_slug(row['Example'])}"
        if label.setdefault(tool, row["Example"]) != row["Example"]:
            raise _fault(TECHNOLOGY, line, "Example", f"two examples have the id {tool}")
        above.setdefault(tool, {})[commodity] = None
        asked.setdefault(code, {}).setdefault(tool, False)
    for tool, commodities in above.items():
        skills[tool] = _skill(tool, SkillKind.TOOL, label[tool], tuple(sorted(commodities)))


def _read_titles(folder: Path) -> dict[str, list[str]]:
    """Occupation code → other titles, long before short, in the order of the file."""
    found: dict[str, list[str]] = {}
    for line, row in _rows(folder, TITLES, ("O*NET-SOC Code", "Alternate Title", "Short Title")):
        code = _checked(row["O*NET-SOC Code"], _CODE, TITLES, line, "O*NET-SOC Code")
        titles = (row["Alternate Title"], row["Short Title"])
        found.setdefault(code, []).extend(title for title in titles if title not in _ABSENT)
    return found


def _occupation(code: str, row: Mapping[str, str], titles: list[str], asked: Mapping[str, bool]) -> Occupation:
    aliases = tuple(dict.fromkeys(title for title in titles if title != row["Title"]))
    return Occupation(
        id=f"onet-{code.replace('.', '-')}",
        field_code=FIELD_CODE,
        labels=MappingProxyType({"en": row["Title"]}),
        aliases=MappingProxyType({"en": aliases} if aliases else {}),
        essential=tuple(OccupationSkill(id_) for id_, essential in sorted(asked.items()) if essential),
        optional=tuple(OccupationSkill(id_) for id_, essential in sorted(asked.items()) if not essential),
        definitions=MappingProxyType({"en": row["Description"]} if row["Description"] else {}),
        codes=MappingProxyType({OccupationScheme.ONET_SOC: code}),
    )


def _skill(id_: str, kind: SkillKind, label: str, broader: tuple[str, ...] = ()) -> Skill:
    return Skill(id_, kind, FIELD_CODE, MappingProxyType({"en": label}), MappingProxyType({}), broader)


def _without_shared_names(skills: Mapping[str, Skill]) -> list[Skill]:
    """Refuses two skills of one name, because one spelling must lead to one id; a knowledge and a skill may share one.

    Where they do (Mathematics is both), the element of `Skills.txt` keeps the bare name and the other says what it is.
    """
    taken: set[str] = set()
    result = []
    for skill in sorted(skills.values(), key=lambda skill: skill.id):
        label = skill.labels["en"]
        if name_key(label) in taken:
            label = f"{label} ({'knowledge' if skill.id.startswith('onet-2-c') else skill.id.removeprefix('onet-')})"
        taken.add(name_key(label))
        result.append(_skill(skill.id, skill.kind, label, skill.broader))
    return result


def _slug(example: str) -> str:
    """An id of a product name: lower case, signs as words where they tell products apart (C, C++, C#)."""
    spelt = example.lower().replace("++", " plus plus").replace("#", " sharp").replace(".net", " dotnet")
    return re.sub(r"[^a-z0-9]+", "-", spelt).strip("-")[:50].rstrip("-")


def _checked(value: str, shape: re.Pattern[str], file: str, line: int, column: str) -> str:
    if not shape.fullmatch(value):
        raise _fault(file, line, column, f"{value!r} is malformed")
    return value


def _fault(file: str, line: int, column: str, problem: str) -> InvalidTaxonomy:
    return InvalidTaxonomy(f"{file}:{line}: {column}: {problem}", field=column, file=file, row=str(line))


def _rows(folder: Path, name: str, columns: tuple[str, ...]) -> Iterator[Row]:
    """(line, cells by column) of a tab separated file; further columns are not looked at."""
    try:
        lines = (folder / name).read_bytes().decode("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidTaxonomy(f"{name} cannot be read as UTF-8 text in {folder}", file=name) from error
    header = lines[0].split("\t") if lines else []
    missing = [column for column in columns if column not in header]
    if missing:
        raise InvalidTaxonomy(f"{name}:1: no column {', '.join(missing)}", field=missing[0], file=name, row="1")
    for number, line in enumerate(lines[1:], start=2):
        cells = line.split("\t")
        if len(cells) != len(header):
            raise _fault(name, number, "", f"{len(cells)} cells, the header has {len(header)}")
        yield number, dict(zip(header, (cell.strip() for cell in cells), strict=True))
