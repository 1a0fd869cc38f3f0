"""ESCO's occupations with the skills that they ask for.

Enters: the official CSV folder and names in further languages. Leaves: occupations, ids `esco-<uuid>`. It refuses files
without the columns it needs, broken URIs, and relations to skills that the release does not hold.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from matcher.domain.occupation import Occupation, OccupationScheme, OccupationSkill
from matcher.errors import InvalidTaxonomy
from matcher.taxonomy.esco_files import Names, concept_id, csv_file, csv_rows

FIELD_CODE: Final = "esco"
_OCCUPATIONS: Final = "occupations_en.csv"
_RELATIONS: Final = "occupationSkillRelations.csv"
_RELATION_TYPES: Final = ("essential", "optional")


def has_occupations(folder: Path) -> bool:
    """Whether the folder holds one of the two files; then it must hold both."""
    return any(csv_file(folder, name) is not None for name in (_OCCUPATIONS, _RELATIONS))


def load_occupations(folder: Path, skills: Container[str], names_by_id: Mapping[str, Names]) -> list[Occupation]:
    """Occupations with essential and optional skills, English titles and definitions, ISCO-08 codes.

    A skill that is both essential and optional to an occupation is essential. Relations of occupations that are not in the
    file of occupations are left out (v1.1.1 has 67 of one such occupation).

    Args:
        folder: the official CSV download.
        skills: ids of the release's skills.
        names_by_id: our id → names in further languages.

    Raises:
        InvalidTaxonomy: a file is missing, lacks a column, holds a malformed URI, or names an unknown skill or relation.
    """
    asked: dict[str, dict[str, dict[str, None]]] = {}
    for row in csv_rows(folder, _RELATIONS, ("occupationUri", "relationType", "skillUri")):
        if row["relationType"] not in _RELATION_TYPES:
            raise InvalidTaxonomy(
                f"{_RELATIONS}: relation {row['relationType']!r}", field="relationType", file=_RELATIONS
            )
        skill_id = concept_id(row["skillUri"], "skill", _RELATIONS)
        if skill_id not in skills:
            raise InvalidTaxonomy(f"{_RELATIONS}: no skill {row['skillUri']}", field="skillUri", file=_RELATIONS)
        by_type = asked.setdefault(row["occupationUri"], {name: {} for name in _RELATION_TYPES})
        by_type[row["relationType"]][skill_id] = None
    columns = ("conceptUri", "iscoGroup", "preferredLabel", "altLabels", "description")
    return [
        _occupation(row, asked.get(row["conceptUri"], {}), names_by_id)
        for row in csv_rows(folder, _OCCUPATIONS, columns)
    ]


def _occupation(
    row: Mapping[str, str], asked: Mapping[str, Mapping[str, None]], names_by_id: Mapping[str, Names]
) -> Occupation:
    occupation_id = concept_id(row["conceptUri"], "occupation", _OCCUPATIONS)
    names = {
        **names_by_id.get(occupation_id, {}),
        "en": (row["preferredLabel"], row["altLabels"].split("\n")),
    }
    essential = asked.get("essential", {})
    optional = [skill_id for skill_id in asked.get("optional", {}) if skill_id not in essential]
    return Occupation(
        id=occupation_id,
        field_code=FIELD_CODE,
        labels=MappingProxyType({language: label for language, (label, _) in sorted(names.items())}),
        aliases=MappingProxyType(aliases_of(names)),
        essential=tuple(OccupationSkill(skill_id) for skill_id in sorted(essential)),
        optional=tuple(OccupationSkill(skill_id) for skill_id in sorted(optional)),
        definitions=MappingProxyType({"en": row["description"]} if row["description"] else {}),
        codes=MappingProxyType({OccupationScheme.ISCO_08: row["iscoGroup"]} if row["iscoGroup"] else {}),
    )


def aliases_of(names: Names) -> dict[str, tuple[str, ...]]:
    """Other names by language, each once and without the label; languages that have none are left out."""
    aliases = {}
    for language, (label, others) in sorted(names.items()):
        distinct = dict.fromkeys(other.strip() for other in others)
        kept = tuple(other for other in distinct if other and other != label)
        if kept:
            aliases[language] = kept
    return aliases
