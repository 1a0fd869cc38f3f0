"""Names that mean a skill only in a text about its field: "screening" is a step of waste-water treatment, or of recruitment.

Enters: a CSV file of such names (`fields,skill,names_zh,names_en`; several fields or names in a cell joined by `|`), the skills
of the taxonomy, and the skills that a text names outright. Leaves: these and what the names of the text's fields add. It refuses a
file that breaks the format, and a name at two skills of one field. Rows about skills that the taxonomy lacks are for another
taxonomy and left out.

A course on dyeing that lists "preparation, printing, finishing, testing" names four skills of textile technology; none of the
four words could stand in the taxonomy itself. A text is about a field when enough different skills of it are named outright.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from matcher.domain.folding import FoldedText, fold_key
from matcher.domain.skill import Skill, SkillKind
from matcher.errors import InvalidTaxonomy
from matcher.extract.forms import build_automaton
from matcher.extract.free_standing import is_no_part
from matcher.extract.spotting import Spot, find_spots

STARTER_TOPICAL_NAMES: Final = Path(__file__).parents[1] / "taxonomy" / "starter" / "topical_names.csv"
_COLUMNS: Final = ["fields", "skill", "names_zh", "names_en"]
# The field and the kinds that say nothing of what a text is about.
_NO_TOPIC: Final = "general"
_OF_NO_TOPIC: Final = frozenset({SkillKind.SOFT, SkillKind.LANGUAGE})
# A text is about a field when so many of the skills that it names outright, and such a share of them, are of it. Chosen on the
# development split of the gold set, 2026-11-30.
_MIN_SKILLS: Final = 2
_MIN_SHARE: Final = 0.25
# A topical name is a little less sure than a name; by judgement, as all priors.
_FACTOR: Final = 0.95


@dataclass(frozen=True, slots=True)
class TopicalRow:
    """In texts about any of `fields`, the names mean the skill. A name that begins with `=` matches in its letter case only."""

    fields: tuple[str, ...]
    skill_id: str
    names: tuple[str, ...]


class TopicalNames:
    """Names by field. Built once; afterwards only read."""

    def __init__(self, rows: Iterable[TopicalRow], skills: Sequence[Skill]) -> None:
        by_id = {skill.id: skill for skill in skills}
        self._field_of = {s.id: s.field_code for s in skills if s.kind not in _OF_NO_TOPIC}
        names: dict[str, dict[str, list[str]]] = {}
        for row in rows:
            for field in row.fields if row.skill_id in by_id else ():
                names.setdefault(field, {}).setdefault(row.skill_id, []).extend(row.names)
        self._automata = {
            field: build_automaton((_called(by_id[skill_id], called) for skill_id, called in held.items()), traps=())
            for field, held in names.items()
        }

    def add_to(self, spots: list[Spot], text: str, folded: FoldedText) -> list[Spot]:
        """`spots` and those of the names of the fields that the text is about, in order, disjoint.

        A topical name goes before names that it holds whole, and before an equal one of a field that the text is not about
        ("internal audit" in a text about food); one that crosses a name is left alone.
        """
        topics = self._topics(spots)
        if not topics:
            return spots
        for topic in topics:
            found = find_spots(text, folded, self._automata[topic])
            free = [
                s
                for s in found
                if text[s.start : s.end].isupper() or is_no_part(s.pattern.key, folded.aligned, s.start, s.end)
            ]
            spots = _merged(spots, [replace(s, confidence=s.confidence * _FACTOR, topical=True) for s in free], topics)
        return spots

    def _topics(self, spots: Sequence[Spot]) -> list[str]:
        """Fields with topical names that a text with these spots is about, the one with most skills first."""
        skills = {spot.pattern.skill_id for spot in spots}
        fields = [field for id_ in skills if (field := self._field_of.get(id_, _NO_TOPIC)) != _NO_TOPIC]
        return [
            field
            for field, n in sorted(Counter(fields).items(), key=lambda item: (-item[1], item[0]))
            if n >= _MIN_SKILLS and n >= _MIN_SHARE * len(fields) and field in self._automata
        ]


def load_topical_names(path: Path, skills: Sequence[Skill]) -> TopicalNames:
    """The names of a file.

    Args:
        path: the CSV file (UTF-8).
        skills: of the taxonomy in use.

    Raises:
        InvalidTaxonomy: the file cannot be read, has other columns, an empty cell, or a name at two skills of one field; names file
            and row.
    """
    owner: dict[tuple[str, str], str] = {}
    rows = []
    for line, row in _rows(path):
        for name in row.names:
            key = name if name.startswith("=") else fold_key(name)
            if not key.strip("= "):
                raise _fault(path, line, "names", f"{name!r} folds to nothing")
            for field in row.fields:
                if owner.setdefault((field, key), row.skill_id) != row.skill_id:
                    raise _fault(path, line, "names", f"{name!r} is {owner[field, key]} in {field} already")
        rows.append(row)
    return TopicalNames(rows, skills)


def _called(skill: Skill, names: Sequence[str]) -> Skill:
    """A skill that goes by other names."""
    exact = frozenset(name.removeprefix("=") for name in names if name.startswith("="))
    return replace(skill, labels={}, aliases={"": tuple(name.removeprefix("=") for name in names)}, exact_forms=exact)


def _merged(spots: Sequence[Spot], found: Sequence[Spot], topics: Sequence[str]) -> list[Spot]:
    kept = list(spots)
    for new in found:
        near = [s for s in kept if s.start < new.end and new.start < s.end]
        if any(not _yields(s, new, topics) for s in near):
            continue
        kept = [s for s in kept if s not in near]
        kept.append(new)
    return sorted(kept, key=lambda spot: spot.start)


def _yields(spot: Spot, new: Spot, topics: Sequence[str]) -> bool:
    if not (new.start <= spot.start and spot.end <= new.end):
        return False
    return spot.end - spot.start < new.end - new.start or spot.pattern.field_code not in topics


def _rows(path: Path) -> list[tuple[int, TopicalRow]]:
    try:
        records = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines(), strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InvalidTaxonomy(f"{path} cannot be read: {type(error).__name__}", file=str(path)) from error
    if not records or records[0] != _COLUMNS:
        raise _fault(path, 1, "", f"the header is not {','.join(_COLUMNS)}")
    rows = []
    for line, cells in enumerate(records[1:], 2):
        if len(cells) != len(_COLUMNS) or not cells[0] or not cells[1] or not (cells[2] or cells[3]):
            raise _fault(path, line, "", "not four cells with a field, a skill and a name")
        names = tuple(name for cell in cells[2:] for name in cell.split("|") if name)
        rows.append((line, TopicalRow(tuple(cells[0].split("|")), cells[1], names)))
    return rows


def _fault(path: Path, line: int, column: str, message: str) -> InvalidTaxonomy:
    return InvalidTaxonomy(f"{path.name}:{line}: {column}: {message}", field=column, file=str(path), row=str(line))
