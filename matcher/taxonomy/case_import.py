"""Taxonomies from CASE 1.0-style JSON as `case_export` writes it.

Enters: a CFPackage of ours. Leaves: a `Taxonomy` with the same skills, relations and occupations; task skills and codes of
occupations are not in such a file. It refuses packages of others: CASE does not say which items are skills, of what kind, and
which are one concept in two languages, so those conventions are ours, see `case_export`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from matcher.domain.occupation import Occupation, OccupationSkill
from matcher.domain.skill import OWNER_MARK, Proficiency, Skill, SkillKind
from matcher.domain.skill_relation import RelationType, SkillRelation
from matcher.errors import InvalidTaxonomy
from matcher.taxonomy.case_export import OCCUPATION_TYPE, SKILL_TYPE
from matcher.taxonomy.taxonomy import Taxonomy

_ASKING: Final = ("essential", "optional")
Items = dict[str, list[Mapping[str, Any]]]
"""Our resource name → the items of its languages."""


def load_case(file: Path) -> Taxonomy:
    """The taxonomy of a CFPackage that `export_case` made; its release name is the title of the document.

    Raises:
        InvalidTaxonomy: no JSON, no package of ours, or its parts contradict each other.
    """
    try:
        package = json.loads(file.read_text(encoding="utf-8"))
        return _taxonomy(package)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InvalidTaxonomy(
            f"{file.name} is no CASE package of ours: {type(error).__name__}", file=file.name
        ) from error


def _taxonomy(package: Mapping[str, Any]) -> Taxonomy:
    items: Items = {}
    name_by_identifier: dict[str, str] = {}
    for item in package["CFItems"]:
        collection = "occupations" if item["CFItemType"] == OCCUPATION_TYPE else "skills"
        name = f"{collection}/{item['humanCodingScheme']}"
        items.setdefault(name, []).append(item)
        name_by_identifier[item["identifier"]] = name
    broader: dict[str, list[str]] = {}
    asked: dict[tuple[str, str], list[OccupationSkill]] = {}
    relations: list[SkillRelation] = []
    for association in package["CFAssociations"]:
        origin, destination = (
            name_by_identifier[association[end]["identifier"]] for end in ("originNodeURI", "destinationNodeURI")
        )
        (origin_id, other_id), kind = (_id(origin), _id(destination)), association["associationType"]
        grouping, _, detail = association.get("CFAssociationGroupingURI", {}).get("title", "").partition(" ")
        if kind == "isChildOf":
            broader.setdefault(origin, []).append(other_id)
        elif kind == "precedes":
            relations.append(SkillRelation(other_id, RelationType(grouping), origin_id, float(detail)))
        elif kind == "isRelatedTo" and grouping in _ASKING:
            level = Proficiency[detail.upper()] if detail else None
            asked.setdefault((origin, grouping), []).append(OccupationSkill(other_id, level))
        elif kind == "isRelatedTo":
            relations.append(SkillRelation(origin_id, RelationType(grouping), other_id, float(detail)))
        elif kind != "exactMatchOf":
            raise ValueError(kind)
    skills = [_skill(name, own, broader.get(name, [])) for name, own in items.items() if name.startswith("skills/")]
    occupations = [_occupation(name, own, asked) for name, own in items.items() if name.startswith("occupations/")]
    return Taxonomy(str(package["CFDocument"]["title"]), skills, relations, occupations)


def _skill(name: str, items: list[Mapping[str, Any]], broader: list[str]) -> Skill:
    skill_id, owner = _id(name), _id(name).partition(OWNER_MARK)
    keywords = {item["language"]: tuple(item.get("conceptKeywords", ())) for item in items}
    return Skill(
        id=skill_id,
        kind=SkillKind(items[0]["CFItemType"].removeprefix(SKILL_TYPE)),
        field_code=items[0]["subject"][0],
        labels=_statements(items),
        aliases=MappingProxyType(
            {language: tuple(form.removeprefix("=") for form in forms) for language, forms in keywords.items() if forms}
        ),
        broader=tuple(broader),
        definitions=_notes(items),
        exact_forms=frozenset(form[1:] for forms in keywords.values() for form in forms if form.startswith("=")),
        owner=owner[0] if owner[1] else "",
    )


def _occupation(
    name: str, items: list[Mapping[str, Any]], asked: Mapping[tuple[str, str], list[OccupationSkill]]
) -> Occupation:
    return Occupation(
        id=_id(name),
        field_code=items[0]["subject"][0],
        labels=_statements(items),
        aliases=MappingProxyType({i["language"]: tuple(i["conceptKeywords"]) for i in items if "conceptKeywords" in i}),
        essential=tuple(asked.get((name, "essential"), ())),
        optional=tuple(asked.get((name, "optional"), ())),
        definitions=_notes(items),
    )


def _statements(items: list[Mapping[str, Any]]) -> Mapping[str, str]:
    return MappingProxyType({item["language"]: item["fullStatement"] for item in items})


def _notes(items: list[Mapping[str, Any]]) -> Mapping[str, str]:
    return MappingProxyType({item["language"]: item["notes"] for item in items if "notes" in item})


def _id(name: str) -> str:
    return name.partition("/")[2]
