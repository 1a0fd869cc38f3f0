"""The reference table of task skills from our own CSV file.

Enters: a file with the columns `category_zh,category_en,name_zh,name_en,skill,postings`, and beside it the same name with
`.source.txt`, which says where the numbers are from. Leaves: rows. What is wrong is noted with its row: unknown skills, counts
that are no whole number from 1, a name that stands twice under one category, a table without its source.
"""

from __future__ import annotations

import re
from collections.abc import Container
from pathlib import Path
from typing import Final

from matcher.domain.task_skill import TaskSkill
from matcher.taxonomy.faults import Faults
from matcher.taxonomy.records import exact_header, note_stray_characters, read_records

COLUMNS: Final = ("category_zh", "category_en", "name_zh", "name_en", "skill", "postings")
SOURCE_SUFFIX: Final = ".source.txt"
_COUNT: Final = re.compile(r"[1-9]\d{0,8}")


def read_task_skills(file: Path, skills: Container[str], faults: Faults) -> list[TaskSkill]:
    """Rows of the table, checked against the skills; what is wrong is noted."""
    source = file.with_suffix(SOURCE_SUFFIX)
    if not source.is_file() or not source.read_text(encoding="utf-8").strip():
        faults.add(file.name, 0, "", f"a reference table ships with its source, in {source.name}")
    found: dict[tuple[str, str], TaskSkill] = {}
    for line, cells in read_records(file, exact_header(COLUMNS), faults):
        before = len(faults.found)
        note_stray_characters(file.name, line, cells, faults)
        for column in COLUMNS[:4]:
            if not cells[column]:
                faults.add(file.name, line, column, "is empty")
        if cells["skill"] not in skills:
            faults.add(file.name, line, "skill", f"no skill {cells['skill']}")
        if not _COUNT.fullmatch(cells["postings"]):
            faults.add(file.name, line, "postings", f"{cells['postings']!r} is no whole number from 1")
        if (cells["category_zh"], cells["name_zh"]) in found:
            faults.add(file.name, line, "name_zh", f"{cells['name_zh']} stands twice under {cells['category_zh']}")
        if len(faults.found) == before:
            category_zh, category_en, name_zh, name_en, skill, postings = (cells[column] for column in COLUMNS)
            row = TaskSkill(category_zh, category_en, name_zh, name_en, skill, int(postings))
            found[row.key] = row
    return list(found.values())
