"""A release of a taxonomy as a folder, `taxonomy/{version}`, read and written.

Enters: a folder with `skills/*.csv` and, where wanted, `occupations/*.csv`, `relations.csv`, `task_skills.csv` with its source.
Leaves: a `Taxonomy` with all of them, or such a folder, which reads back as the same taxonomy. Faults of all files are told at
once.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from matcher.domain.occupation import Occupation, OccupationSkill
from matcher.errors import InvalidTaxonomy
from matcher.taxonomy import occupation_csv, relation_csv, task_skill_csv
from matcher.taxonomy.csv_export import export_csv
from matcher.taxonomy.csv_loader import skill_rows
from matcher.taxonomy.faults import Faults
from matcher.taxonomy.taxonomy import Taxonomy

SKILLS: Final = "skills"
OCCUPATIONS: Final = "occupations"
RELATIONS: Final = "relations.csv"
TASK_SKILLS: Final = "task_skills.csv"


def is_release_folder(folder: Path) -> bool:
    """Whether the folder is laid out as a release."""
    return (folder / SKILLS).is_dir()


def load_release(folder: Path, name: str) -> Taxonomy:
    """Everything that a release folder holds.

    Args:
        folder: with `skills/` in it; files and folders of other names are not read.
        name: release name for the version string.

    Raises:
        InvalidTaxonomy: a file breaks its format or contradicts another; as `csv_loader.load_csv`, over all files.
    """
    faults = Faults()
    skills = {row.skill.id: row.skill for row in skill_rows(folder / SKILLS, faults)}
    occupations = occupation_csv.read_occupations(sorted((folder / OCCUPATIONS).glob("*.csv")), skills, faults)
    relations, tasks = folder / RELATIONS, folder / TASK_SKILLS
    found = relation_csv.read_relations(relations, skills, faults) if relations.is_file() else []
    rows = task_skill_csv.read_task_skills(tasks, skills, faults) if tasks.is_file() else []
    faults.raise_if_any()
    return Taxonomy(name, skills.values(), found, occupations, rows)


def export_release(taxonomy: Taxonomy, folder: Path, task_skill_source: str = "") -> None:
    """Writes a release folder; loading it under the same name gives a taxonomy of the same version.

    Args:
        taxonomy: what to write.
        folder: target, made when absent; files of a release in it are replaced.
        task_skill_source: where the numbers of the task skills are from; needed when there are any.

    Raises:
        InvalidTaxonomy: a form holds what CSV cells of ours cannot carry, or the table of task skills lacks its source.
        OSError: a file cannot be written.
    """
    if taxonomy.task_skills and not task_skill_source.strip():
        raise InvalidTaxonomy("a table of task skills is not written without its source", field="task_skill_source")
    (folder / SKILLS).mkdir(parents=True, exist_ok=True)
    export_csv(taxonomy, folder / SKILLS / "skills.csv")
    if taxonomy.occupations:
        (folder / OCCUPATIONS).mkdir(exist_ok=True)
        _write_occupations(taxonomy.occupations, folder / OCCUPATIONS / "occupations.csv")
    if taxonomy.relations:
        rows = ([r.from_id, r.type.value, r.to_id, f"{r.strength:g}"] for r in taxonomy.relations)
        _write(folder / RELATIONS, relation_csv.COLUMNS, rows)
    if taxonomy.task_skills:
        table = folder / TASK_SKILLS
        cells = (
            [t.category_zh, t.category_en, t.name_zh, t.name_en, t.skill_id, str(t.n_postings)]
            for t in taxonomy.task_skills
        )
        _write(table, task_skill_csv.COLUMNS, cells)
        table.with_suffix(task_skill_csv.SOURCE_SUFFIX).write_text(task_skill_source.strip() + "\n", encoding="utf-8")


def _write_occupations(occupations: Iterable[Occupation], file: Path) -> None:
    occupations = list(occupations)
    languages = sorted({language for occupation in occupations for language in occupation.labels})
    names = [f"{what}_{language}" for what in ("label", "aliases", "definition") for language in languages]
    rows = []
    for occupation in occupations:
        record = {
            "id": occupation.id,
            "field": occupation.field_code,
            "essential": _skills_cell(occupation.essential),
            "optional": _skills_cell(occupation.optional),
            **{f"label_{language}": label for language, label in occupation.labels.items()},
            **{f"aliases_{language}": "|".join(aliases) for language, aliases in occupation.aliases.items()},
            **{f"definition_{language}": text for language, text in occupation.definitions.items()},
            **{
                column: occupation.codes[scheme]
                for column, (scheme, _) in occupation_csv.CODES.items()
                if scheme in occupation.codes
            },
        }
        if any("|" in title for aliases in occupation.aliases.values() for title in aliases):
            raise InvalidTaxonomy(f"a title of {occupation.id} holds '|'", field="aliases")
        rows.append(record)
    columns = [*occupation_csv.FIXED_COLUMNS, *occupation_csv.CODES, *names]
    _write(file, columns, ([record.get(column, "") for column in columns] for record in rows))


def _skills_cell(skills: Iterable[OccupationSkill]) -> str:
    return "|".join(s.skill_id if s.level is None else f"{s.skill_id}:{s.level.name.lower()}" for s in skills)


def _write(file: Path, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
