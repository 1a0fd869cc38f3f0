"""Which skills a certificate implies, from `certificate,skill,level` rows.

Enters: a CSV file and the skills of the taxonomy. Leaves: certificate id → what it implies. It refuses a file that breaks the
format, a level that is none, and a row whose certificate is in the taxonomy and is no certificate. Rows about ids that the
taxonomy does not hold are for another taxonomy and left out.

A certificate implies skills only of who holds it, and only as far as nothing else is known of them: `requirements.derive_supply`
sets what is implied aside wherever the text speaks of the skill itself. Whether the certificate is genuine or has expired is
never inferred.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from matcher.domain.skill import Proficiency, Skill, SkillKind
from matcher.errors import InvalidTaxonomy

STARTER_CERTIFICATES: Final = Path(__file__).parents[1] / "taxonomy" / "starter" / "certificate_skills.csv"
_COLUMNS: Final = ["certificate", "skill", "level"]
_LEVELS: Final = {"": None, **{level.name.lower(): level for level in Proficiency}}


@dataclass(frozen=True, slots=True)
class ImpliedSkill:
    """A skill that a certificate implies. `level` None: the certificate says nothing of it."""

    skill_id: str
    level: Proficiency | None


def load_certificate_skills(path: Path, skills: Iterable[Skill]) -> Mapping[str, tuple[ImpliedSkill, ...]]:
    """Certificate id → skills it implies, in the order of the file.

    Args:
        path: the CSV file (UTF-8); `level` is empty or the lower-case name of a Proficiency.
        skills: of the taxonomy in use.

    Raises:
        InvalidTaxonomy: the file cannot be read, has other columns, an unknown level, the same pair twice, or a row whose
            certificate is another kind of skill; names file and row.
    """
    kind_by_id = {skill.id: skill.kind for skill in skills}
    implied: dict[str, dict[str, ImpliedSkill]] = {}
    for line, cells in _records(path):
        certificate, skill_id, level = cells
        if level not in _LEVELS:
            raise _fault(path, line, "level", f"{level!r} is none of {', '.join(filter(None, _LEVELS))}")
        if kind_by_id.get(certificate, SkillKind.CERTIFICATE) is not SkillKind.CERTIFICATE:
            raise _fault(path, line, "certificate", f"{certificate} is no certificate")
        if certificate == skill_id or skill_id in implied.setdefault(certificate, {}):
            raise _fault(path, line, "skill", f"{certificate} implies itself, or {skill_id} twice")
        implied[certificate][skill_id] = ImpliedSkill(skill_id, _LEVELS[level])
    return {
        certificate: kept
        for certificate, found in implied.items()
        if certificate in kind_by_id and (kept := tuple(i for i in found.values() if i.skill_id in kind_by_id))
    }


def _records(path: Path) -> list[tuple[int, list[str]]]:
    try:
        rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines(), strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InvalidTaxonomy(f"{path} cannot be read: {type(error).__name__}", file=str(path)) from error
    if not rows or rows[0] != _COLUMNS:
        raise _fault(path, 1, "", f"the header is not {','.join(_COLUMNS)}")
    for line, cells in enumerate(rows[1:], 2):
        if len(cells) != len(_COLUMNS) or not cells[0] or not cells[1]:
            raise _fault(path, line, "", "not three cells with a certificate and a skill")
    return list(enumerate(rows[1:], 2))


def _fault(path: Path, line: int, column: str, message: str) -> InvalidTaxonomy:
    return InvalidTaxonomy(f"{path.name}:{line}: {column}: {message}", field=column, file=str(path), row=str(line))
