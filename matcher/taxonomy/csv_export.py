"""Skills of a taxonomy to our own CSV format: what `csv_loader` reads back as the same skills.

Enters: a `Taxonomy` and a file path. Leaves: one UTF-8 CSV file with LF line ends, rows in id order. Relations, occupations and
task skills have files of their own, see `release.export_release`.
"""

from __future__ import annotations

import csv
from pathlib import Path

from matcher.domain.skill import Skill
from matcher.errors import InvalidTaxonomy
from matcher.taxonomy.csv_loader import FIXED_COLUMNS, OWNER_COLUMN
from matcher.taxonomy.taxonomy import Taxonomy


def export_csv(taxonomy: Taxonomy, file: Path) -> None:
    """Writes all skills to one file; loading it gives the same skills.

    Args:
        taxonomy: what to write.
        file: target; its folder must exist, an existing file is replaced.

    Raises:
        InvalidTaxonomy: a form holds `|` or a line break (possible in ESCO), which the format cannot carry.
        OSError: the file cannot be written.
    """
    languages = sorted({language for skill in taxonomy for language in skill.labels})
    columns = [
        *FIXED_COLUMNS,
        *([OWNER_COLUMN] if any(skill.owner for skill in taxonomy) else []),
        *(f"{what}_{language}" for what in ("label", "aliases", "definition") for language in languages),
    ]
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(_record(skill) for skill in taxonomy)


def _record(skill: Skill) -> dict[str, str]:
    forms = [*skill.labels.values(), *(alias for aliases in skill.aliases.values() for alias in aliases)]
    if any("|" in form or "\n" in form for form in forms):
        raise InvalidTaxonomy(f"a form of {skill.id} holds '|' or a line break", field="aliases")
    record = {
        "id": skill.id,
        "kind": skill.kind.value,
        "field": skill.field_code,
        "broader": "|".join(skill.broader),
    }
    if skill.owner:
        record[OWNER_COLUMN] = skill.owner
    record.update((f"label_{language}", label) for language, label in skill.labels.items())
    record.update((f"definition_{language}", text) for language, text in skill.definitions.items())
    for language, aliases in skill.aliases.items():
        marked = (f"={alias}" if alias in skill.exact_forms else alias for alias in aliases)
        record[f"aliases_{language}"] = "|".join(marked)
    return record
