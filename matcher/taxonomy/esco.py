"""Taxonomies from ESCO: the official English CSV folder with further languages, and the multilingual label lines.

Enters: a folder with `skills_en.csv`, `broaderRelationsSkillPillar.csv` and, where wanted, `occupations_en.csv` with
`occupationSkillRelations.csv`, and `skillSkillRelations.csv` (each plain or gzip); or a JSON-lines file of concepts. Leaves: a
`Taxonomy` of ESCO's skills and occupations, ids `esco-<uuid>`, with names in every language that the files and our own
Chinese labels give. It refuses files without the columns it needs and broken URIs. ESCO gives one label to many concepts; a
form stays with one skill only (preferred label first, then by id), because one spelling must lead to one id. Skill groups are
not skills here and are left out.

ESCO is published by the European Commission, CC-BY 4.0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from matcher.domain.skill import Skill, SkillKind
from matcher.domain.skill_relation import RelationType, SkillRelation
from matcher.errors import InvalidTaxonomy
from matcher.taxonomy.cycles import find_cycle
from matcher.taxonomy.esco_files import (
    MULTILINGUAL,
    OWN_CHINESE,
    Names,
    concept_id,
    csv_file,
    csv_rows,
    multilingual_concepts,
    own_chinese,
)
from matcher.taxonomy.esco_occupations import FIELD_CODE, aliases_of, has_occupations, load_occupations
from matcher.taxonomy.form_keys import name_key
from matcher.taxonomy.taxonomy import Taxonomy

_SKILLS: Final = "skills_en.csv"
_BROADER: Final = "broaderRelationsSkillPillar.csv"
_SKILL_RELATIONS: Final = "skillSkillRelations.csv"
# Tops of the official hierarchy: "language skills and knowledge" (L) and "transversal skills and competences" (T).
_LANGUAGE_TOP: Final = "http://data.europa.eu/esco/skill/e35a5936-091d-4e87-bafe-f264e55bd656"
_TRANSVERSAL_TOP: Final = "http://data.europa.eu/esco/skill/04a13491-b58c-4d33-8b59-8fad0d55fe9e"


def is_esco_folder(folder: Path) -> bool:
    """Whether the folder holds the official skills file."""
    return csv_file(folder, _SKILLS) is not None


def load_esco(folder: Path, multilingual: Path | None = None, chinese: Path = OWN_CHINESE) -> Taxonomy:
    """ESCO's skills and knowledge concepts with their broader concepts, its occupations, and names in all languages.

    Kinds: concepts under "language skills" → language, under "transversal skills" or of transversal reuse → soft, all
    others → hard (ESCO does not tell tools and regulations apart). English names and definitions are those of the folder. A
    skill that is essential to another is its prerequisite; optional ones only may help and are left out.

    Args:
        folder: the official CSV download; its name becomes the release name, for example `esco-1.1.1`.
        multilingual: the multilingual lines; None: `esco_multilingual.jsonl.gz` in the folder or beside it, where there is one.
        chinese: folder of our own Chinese labels.

    Raises:
        InvalidTaxonomy: a file is missing, unreadable, lacks a column, or holds a malformed URI.
    """
    above: dict[str, list[str]] = {}
    for row in csv_rows(folder, _BROADER, ("conceptUri", "broaderUri")):
        above.setdefault(row["conceptUri"], []).append(row["broaderUri"])
    columns = ("conceptUri", "preferredLabel", "altLabels", "reuseLevel", "description")
    rows = {row["conceptUri"]: row for row in csv_rows(folder, _SKILLS, columns)}
    languages, transversal = _under(_LANGUAGE_TOP, above), _under(_TRANSVERSAL_TOP, above)
    names_by_id = _further_names(multilingual or _multilingual_beside(folder), chinese)
    skills = []
    for uri, row in rows.items():
        soft = row["reuseLevel"] == "transversal" or uri in transversal
        kind = SkillKind.LANGUAGE if uri in languages else SkillKind.SOFT if soft else SkillKind.HARD
        broader = tuple(sorted({concept_id(top, "skill", _BROADER) for top in above.get(uri, ()) if top in rows}))
        skill_id = concept_id(uri, "skill", _SKILLS)
        names = {
            **names_by_id["skill"].get(skill_id, {}),
            "en": (row["preferredLabel"], row["altLabels"].split("\n")),
        }
        skills.append(_skill(skill_id, kind, names, broader, row["description"]))
    ids = {skill.id for skill in skills}
    occupations = load_occupations(folder, ids, names_by_id["occupation"]) if has_occupations(folder) else []
    owned = _one_holder_per_form(_without_cycles(skills))
    return Taxonomy(folder.name.replace("-v", "-"), owned, _prerequisites(folder), occupations)


def load_esco_multilingual(file: Path, chinese: Path = OWN_CHINESE) -> Taxonomy:
    """ESCO's skills with names in every language of the file and ours in Chinese; the lines carry no relations.

    Args:
        file: JSON lines, plain or gzip: `uri`, `kind` (`skill` or other, left out), `labels` {language: {pref, alt}},
            `reuse`, `desc_en`. Concepts without a skill type (groups) are left out.
        chinese: folder of our own Chinese labels.

    Raises:
        InvalidTaxonomy: the file cannot be read, or a line is no such record; names the line.
    """
    ours = own_chinese("skill", chinese)
    skills = []
    for concept in multilingual_concepts(file):
        if concept.kind != "skill" or not concept.skill_type:
            continue
        kind = SkillKind.SOFT if concept.reuse == "transversal" else SkillKind.HARD
        skill_id = concept_id(concept.uri, "skill", file.name)
        names = {**concept.names, "zh": ours[skill_id]} if skill_id in ours else concept.names
        skills.append(_skill(skill_id, kind, names, (), concept.description))
    name = file.name.split(".")[0].replace("_", "-")
    return Taxonomy(name, _one_holder_per_form(skills))


def _multilingual_beside(folder: Path) -> Path | None:
    return next((place / MULTILINGUAL for place in (folder, folder.parent) if (place / MULTILINGUAL).is_file()), None)


def _further_names(multilingual: Path | None, chinese: Path) -> dict[str, dict[str, Names]]:
    """Kind of concept → id → names in languages beside the official English."""
    found: dict[str, dict[str, Names]] = {"skill": {}, "occupation": {}}
    for concept in multilingual_concepts(multilingual) if multilingual is not None else ():
        if concept.kind in found:
            found[concept.kind][concept_id(concept.uri, concept.kind, MULTILINGUAL)] = concept.names
    for kind, names_by_id in found.items():
        for id_, names in own_chinese(kind, chinese).items():
            names_by_id[id_] = {**names_by_id.get(id_, {}), "zh": names}
    return found


def _prerequisites(folder: Path) -> list[SkillRelation]:
    """What ESCO calls essential between two skills."""
    if csv_file(folder, _SKILL_RELATIONS) is None:
        return []
    pairs = {
        tuple(concept_id(row[column], "skill", _SKILL_RELATIONS) for column in ("originalSkillUri", "relatedSkillUri"))
        for row in csv_rows(folder, _SKILL_RELATIONS, ("originalSkillUri", "relationType", "relatedSkillUri"))
        if row["relationType"] == "essential"
    }
    return [SkillRelation(after, RelationType.PREREQUISITE, before, 1.0) for after, before in pairs]


def _skill(id_: str, kind: SkillKind, names: Names, broader: tuple[str, ...], definition: str) -> Skill:
    return Skill(
        id=id_,
        kind=kind,
        field_code=FIELD_CODE,
        labels=MappingProxyType({language: label for language, (label, _) in sorted(names.items())}),
        aliases=MappingProxyType(aliases_of(names)),
        broader=broader,
        definitions=MappingProxyType({"en": definition} if definition else {}),
    )


def _one_holder_per_form(skills: Iterable[Skill]) -> list[Skill]:
    """The skills, each alias kept only where no label and no earlier skill (by id) has it."""
    ordered = sorted(skills, key=lambda skill: skill.id)
    holder: dict[str, str] = {}
    for skill in ordered:
        for label in skill.labels.values():
            holder.setdefault(name_key(label), skill.id)
    result = []
    for skill in ordered:
        aliases = {}
        for language, forms in skill.aliases.items():
            kept = tuple(form for form in forms if holder.setdefault(name_key(form), skill.id) == skill.id)
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
