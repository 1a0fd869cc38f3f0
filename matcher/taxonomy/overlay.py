"""Tenants' own skills and names, laid over any taxonomy.

Enters: a folder of CSV files with the columns `owner,id,kind,field,broader`, then languages as in our skill files. A row whose id
begins with its owner, `acme--boiler-tuning`, is a skill of that tenant; any other row adds its aliases to the skill of the base
with that id, and leaves kind, field, broader, labels and definitions empty. Leaves: a taxonomy with both, and a report.

The base always wins: a name that it has already is not given to another skill, a row that speaks of a skill that it does not
have (any more) is set aside, and the report says so, with file and row. Nothing of the folder is changed, so what is set aside
for one release of the base takes effect again with another that has the skill. Refuses: files that break the format.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Final

from matcher.domain.skill import OWNER_MARK, Skill, SkillKind
from matcher.domain.skill_forms import SkillForm, forms_of
from matcher.errors import InvalidTaxonomy
from matcher.taxonomy.csv_loader import FIXED_COLUMNS, OWNER_COLUMN, Named, read_languages
from matcher.taxonomy.cycles import find_cycle
from matcher.taxonomy.faults import Faults
from matcher.taxonomy.form_keys import form_key, holders
from matcher.taxonomy.records import (
    ID,
    SEPARATOR,
    Cells,
    language_header,
    note_stray_characters,
    read_records,
)
from matcher.taxonomy.release_diff import TaxonomyDiff
from matcher.taxonomy.taxonomy import Taxonomy

_OWNER: Final = re.compile(r"[a-z][a-z0-9]{1,19}")


class OverlayProblem(StrEnum):
    """Why something of an overlay has no effect over this base."""

    NAME_TAKEN = "name_taken"  # the name leads to another skill already, of the base or of a tenant before in order
    BASE_SKILL_GONE = "base_skill_gone"  # the base has no skill with the id whose aliases the row adds
    BROADER_GONE = "broader_gone"  # the tenant's skill stands without a broader skill that the base does not have
    NAMELESS = "nameless"  # every label of the tenant's skill is taken, so that nothing is left to call it by


@dataclass(frozen=True, slots=True)
class OverlayRow:
    """A record of an overlay and where it stood. `kind` None: it adds aliases to a skill of the base."""

    file: str
    line: int
    owner: str
    id: str
    kind: SkillKind | None
    field_code: str
    broader: tuple[str, ...]
    named: Named


@dataclass(frozen=True, slots=True)
class Overlay:
    """The rows of an overlay folder, by owner and then as they stand in the files."""

    name: str
    rows: tuple[OverlayRow, ...]

    def of(self, owner: str) -> Overlay:
        """What one tenant wrote."""
        return replace(self, rows=tuple(row for row in self.rows if row.owner == owner))


@dataclass(frozen=True, slots=True)
class OverlayConflict:
    """One thing that has no effect. `name`: the name, or the id that is gone; `holder`: who has the name, or took it over."""

    problem: OverlayProblem
    file: str
    line: int
    owner: str
    skill_id: str
    name: str
    language: str = ""
    holder: str = ""

    def __str__(self) -> str:
        held = f", which {self.holder} has" if self.holder else ""
        return f"{self.file}:{self.line}: {self.owner}: {self.problem.value}: {self.skill_id}: {self.name!r}{held}"


@dataclass(frozen=True, slots=True)
class OverlayReport:
    """What became of an overlay: how many skills and aliases took effect, and everything that did not."""

    n_skills: int
    n_aliases: int
    conflicts: tuple[OverlayConflict, ...]


def load_overlay(folder: Path) -> Overlay:
    """The overlay of a folder with `*.csv` in it.

    Raises:
        InvalidTaxonomy: no CSV there, or a file breaks the format; the message lists up to 50 faults with file and row.
    """
    files = sorted(folder.glob("*.csv"))
    if not files:
        raise InvalidTaxonomy(f"no CSV file at {folder}", file=str(folder))
    faults = Faults()
    header = language_header((OWNER_COLUMN, *FIXED_COLUMNS))
    rows = [
        row
        for file in files
        for line, cells in read_records(file, header, faults)
        for row in _read_record(file.name, line, cells, faults)
    ]
    seen: dict[tuple[str, str], OverlayRow] = {}
    for row in rows:
        first = seen.setdefault((row.owner, row.id), row)
        if first is not row:
            faults.add(row.file, row.line, "id", f"{row.id} of {row.owner} stands already at {first.file}:{first.line}")
    own = {row.id: row for row in rows if row.kind is not None}
    cycle = find_cycle({id_: row.broader for id_, row in own.items()})
    if cycle:
        faults.add(own[cycle[0]].file, own[cycle[0]].line, "broader", f"cycle {' → '.join(cycle)}")
    faults.raise_if_any()
    return Overlay(folder.name, tuple(sorted(rows, key=lambda row: row.owner)))


def lay_over(base: Taxonomy, overlay: Overlay, diff: TaxonomyDiff | None = None) -> tuple[Taxonomy, OverlayReport]:
    """The base with the overlay over it, and what of the overlay has no effect.

    Args:
        base: any taxonomy; it is not changed.
        overlay: rows of any tenants. A name that two of them claim goes to the first by owner, then by file and row.
        diff: from the release that the overlay was written over; with it the report names successors of skills that went.

    Returns:
        (taxonomy named `base/overlay`, report).
    """
    laying = _Laying(base, diff)
    for row in overlay.rows:
        if row.kind is not None:
            laying.add_skill(row, {r.id for r in overlay.rows if r.kind is not None})
    for row in overlay.rows:
        if row.kind is None:
            laying.add_aliases(row)
    laying.drop_nameless_broader()
    taxonomy = Taxonomy(
        f"{base.name}/{overlay.name}", laying.skills.values(), base.relations, base.occupations, base.task_skills
    )
    return taxonomy, OverlayReport(laying.n_skills, laying.n_aliases, tuple(laying.conflicts))


class _Laying:
    """Lays rows over a base one by one."""

    def __init__(self, base: Taxonomy, diff: TaxonomyDiff | None) -> None:
        self.skills: dict[str, Skill] = {skill.id: skill for skill in base}
        self.conflicts: list[OverlayConflict] = []
        self.n_skills = self.n_aliases = 0
        self._holder = holders(base)
        self._diff = diff
        self._place: dict[str, OverlayRow] = {}

    def add_skill(self, row: OverlayRow, own_ids: set[str]) -> None:
        kept = self._free_names(row)
        if not kept.labels:
            self._note(OverlayProblem.NAMELESS, row, next(iter(row.named.labels.values())))
            return
        broader = []
        for parent in row.broader:
            if parent in self.skills or parent in own_ids:
                broader.append(parent)
            else:
                self._note(OverlayProblem.BROADER_GONE, row, parent, holder=self._successor(parent))
        self.skills[row.id] = Skill(
            id=row.id,
            kind=row.kind or SkillKind.HARD,
            field_code=row.field_code,
            labels=MappingProxyType(kept.labels),
            aliases=MappingProxyType(kept.aliases),
            broader=tuple(broader),
            definitions=MappingProxyType(row.named.definitions),
            exact_forms=kept.exact,
            owner=row.owner,
        )
        self._place[row.id] = row
        self.n_skills += 1
        self.n_aliases += sum(map(len, kept.aliases.values()))

    def add_aliases(self, row: OverlayRow) -> None:
        skill = self.skills.get(row.id)
        if skill is None:
            self._note(OverlayProblem.BASE_SKILL_GONE, row, row.id, holder=self._successor(row.id))
            return
        kept = self._free_names(row)
        aliases = dict(skill.aliases)
        for language, forms in kept.aliases.items():
            fresh = tuple(form for form in forms if form not in aliases.get(language, ()))
            aliases[language] = (*aliases.get(language, ()), *fresh)
            self.n_aliases += len(fresh)
        self.skills[row.id] = replace(
            skill, aliases=MappingProxyType(aliases), exact_forms=skill.exact_forms | kept.exact
        )

    def drop_nameless_broader(self) -> None:
        """Takes tenants' skills that were set aside out of the broader skills of others."""
        for skill_id, row in self._place.items():
            skill = self.skills[skill_id]
            gone = [parent for parent in skill.broader if parent not in self.skills]
            for parent in gone:
                self._note(OverlayProblem.BROADER_GONE, row, parent)
            if gone:
                left = tuple(parent for parent in skill.broader if parent in self.skills)
                self.skills[skill_id] = replace(skill, broader=left)

    def _free_names(self, row: OverlayRow) -> Named:
        """The names of a row that lead to no other skill; they lead to the row's from now on."""
        labels: dict[str, str] = {}
        aliases: dict[str, tuple[str, ...]] = {}
        exact: set[str] = set()
        for form in _forms(row):
            holder = self._holder.setdefault(form_key(form), row.id)
            if holder != row.id:
                self._note(OverlayProblem.NAME_TAKEN, row, form.text, form.language, holder)
            elif form.is_label:
                labels[form.language] = form.text
            else:
                aliases[form.language] = (*aliases.get(form.language, ()), form.text)
                exact.update([form.text] if form.is_exact else [])
        # a label that is a trap has an exact twin among the aliases, which stands for it in texts
        twins = {form.casefold() for form in exact}
        labels |= {language: label for language, label in row.named.labels.items() if label.casefold() in twins}
        return Named(labels, aliases, {}, frozenset(exact))

    def _successor(self, skill_id: str) -> str:
        return self._diff.successor(skill_id) if self._diff is not None else ""

    def _note(self, problem: OverlayProblem, row: OverlayRow, name: str, language: str = "", holder: str = "") -> None:
        self.conflicts.append(OverlayConflict(problem, row.file, row.line, row.owner, row.id, name, language, holder))


def _forms(row: OverlayRow) -> Iterable[SkillForm]:
    """All names of a row, as those of a skill."""
    named: Mapping[str, str] = row.named.labels
    return forms_of(Skill(row.id, SkillKind.HARD, "", named, row.named.aliases, exact_forms=row.named.exact))


def _read_record(file: str, line: int, cells: Cells, faults: Faults) -> list[OverlayRow]:
    """The record as a list of one, or an empty list after a fault."""
    before = len(faults.found)
    note_stray_characters(file, line, cells, faults)
    owner, _, rest = cells["id"].rpartition(OWNER_MARK)
    is_own = bool(owner)
    if not _OWNER.fullmatch(cells[OWNER_COLUMN]):
        faults.add(file, line, OWNER_COLUMN, "an owner is 2 to 20 lower-case letters and digits, a letter first")
    elif not ID.fullmatch(cells["id"]) or (is_own and not ID.fullmatch(rest)):
        faults.add(file, line, "id", f"{cells['id']!r} is not lower-case kebab-case of 2 to 63 characters")
    elif is_own and owner != cells[OWNER_COLUMN]:
        faults.add(
            file, line, "id", f"a skill of {cells[OWNER_COLUMN]} has an id that begins with it and {OWNER_MARK!r}"
        )
    named = read_languages(file, line, cells, faults)
    broader = tuple(cells["broader"].split(SEPARATOR)) if cells["broader"] else ()
    if len(set(broader)) != len(broader):
        faults.add(file, line, "broader", "an id stands twice")
    if is_own:
        if cells["kind"] not in set(SkillKind):
            faults.add(file, line, "kind", f"{cells['kind']!r} is none of {', '.join(SkillKind)}")
        if not ID.fullmatch(cells["field"]):
            faults.add(file, line, "field", f"{cells['field']!r} is no field code")
        if not named.labels:
            faults.add(file, line, "label_*", "no label in any language")
    else:
        for column in ("kind", "field", "broader"):
            if cells[column]:
                faults.add(file, line, column, "a row for a skill of the base adds aliases only")
        if named.labels or named.definitions or not named.aliases:
            faults.add(file, line, "aliases_*", "a row for a skill of the base adds aliases, and nothing else")
    if len(faults.found) != before:
        return []
    kind = SkillKind(cells["kind"]) if is_own else None
    return [OverlayRow(file, line, cells[OWNER_COLUMN], cells["id"], kind, cells["field"], broader, named)]
