"""What changed from one release of a taxonomy to the next.

Enters: two taxonomies. Leaves: a `TaxonomyDiff`: skills added and removed, relabelled, moved in the tree, with other aliases, of
another kind; merged and split, told by where their names went; relations and occupations that came, went or changed. Nothing
is guessed beyond names: a skill whose id and names all changed is one removed and one added.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final

from matcher.domain.skill import Skill
from matcher.domain.skill_forms import forms_of
from matcher.taxonomy.form_keys import form_key, holders
from matcher.taxonomy.taxonomy import Taxonomy

# A skill that went counts as merged into the one that took over at least half of its names.
MERGED_FROM_SHARE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Relabelled:
    """Another preferred label in a language; "" where there was or is none."""

    skill_id: str
    language: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Moved:
    """Other broader skills."""

    skill_id: str
    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reclassified:
    """Another kind or field, each as `kind, field`."""

    skill_id: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class AliasChange:
    """Aliases of one language that came and went. One that only changed between exact and plain is in both, `=` before it."""

    skill_id: str
    language: str
    added: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """Skills that went, most of whose names are those of one other skill now. One that was only given another id is one of one."""

    old_ids: tuple[str, ...]
    new_id: str


@dataclass(frozen=True, slots=True)
class Split:
    """A skill some of whose names are those of skills now that were not there before. `old_id` itself may have stayed."""

    old_id: str
    new_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TaxonomyDiff:
    """All differences; ids ascending throughout. Relations are written `type from → to`, with strength where it changed."""

    old_version: str
    new_version: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    relabelled: tuple[Relabelled, ...] = ()
    moved: tuple[Moved, ...] = ()
    reclassified: tuple[Reclassified, ...] = ()
    aliases: tuple[AliasChange, ...] = ()
    merged: tuple[Merged, ...] = ()
    split: tuple[Split, ...] = ()
    redefined: tuple[str, ...] = ()
    relations_added: tuple[str, ...] = ()
    relations_removed: tuple[str, ...] = ()
    relations_changed: tuple[str, ...] = ()
    occupations_added: tuple[str, ...] = ()
    occupations_removed: tuple[str, ...] = ()
    occupations_changed: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing but the name of the release differs."""
        return not any(self.counts().values())

    def counts(self) -> dict[str, int]:
        """How many there are of each difference, in the order of the fields."""
        return {f.name: len(getattr(self, f.name)) for f in fields(self)[2:]}

    def as_json(self) -> dict[str, Any]:
        """The same as JSON values."""
        return asdict(self)

    def successor(self, skill_id: str) -> str:
        """The skill that took over the names of one that went; empty when none did."""
        return next((merged.new_id for merged in self.merged if skill_id in merged.old_ids), "")


def diff_taxonomies(old: Taxonomy, new: Taxonomy) -> TaxonomyDiff:
    """What changed from `old` to `new`."""
    old_by_id, new_by_id = {s.id: s for s in old}, {s.id: s for s in new}
    kept = [(old_by_id[id_], new_by_id[id_]) for id_ in old_by_id if id_ in new_by_id]
    added = tuple(id_ for id_ in new_by_id if id_ not in old_by_id)
    removed = tuple(id_ for id_ in old_by_id if id_ not in new_by_id)
    old_relations = {(r.type.value, r.from_id, r.to_id): r.strength for r in old.relations}
    new_relations = {(r.type.value, r.from_id, r.to_id): r.strength for r in new.relations}
    old_work, new_work = ({o.id: o for o in taxonomy.occupations} for taxonomy in (old, new))
    holder = holders(new)
    return TaxonomyDiff(
        old_version=old.version,
        new_version=new.version,
        added=added,
        removed=removed,
        relabelled=tuple(change for a, b in kept for change in _relabelled(a, b)),
        moved=tuple(Moved(a.id, a.broader, b.broader) for a, b in kept if set(a.broader) != set(b.broader)),
        reclassified=tuple(
            Reclassified(a.id, f"{a.kind.value}, {a.field_code}", f"{b.kind.value}, {b.field_code}")
            for a, b in kept
            if (a.kind, a.field_code) != (b.kind, b.field_code)
        ),
        aliases=tuple(change for a, b in kept for change in _alias_changes(a, b)),
        merged=_merged([old_by_id[id_] for id_ in removed], holder),
        split=_split(old, holder, frozenset(added)),
        redefined=tuple(a.id for a, b in kept if a.definitions != b.definitions),
        relations_added=_written(new_relations.keys() - old_relations.keys()),
        relations_removed=_written(old_relations.keys() - new_relations.keys()),
        relations_changed=tuple(
            f"{text} {old_relations[key]:g} → {new_relations[key]:g}"
            for key in sorted(old_relations.keys() & new_relations.keys())
            if old_relations[key] != new_relations[key]
            for text in _written([key])
        ),
        occupations_added=tuple(sorted(new_work.keys() - old_work.keys())),
        occupations_removed=tuple(sorted(old_work.keys() - new_work.keys())),
        occupations_changed=tuple(
            id_ for id_ in sorted(old_work.keys() & new_work.keys()) if old_work[id_] != new_work[id_]
        ),
    )


def _relabelled(old: Skill, new: Skill) -> Iterable[Relabelled]:
    for language in sorted({*old.labels, *new.labels}):
        before, after = old.labels.get(language, ""), new.labels.get(language, "")
        if before != after:
            yield Relabelled(old.id, language, before, after)


def _alias_changes(old: Skill, new: Skill) -> Iterable[AliasChange]:
    for language in sorted({*old.aliases, *new.aliases}):
        before, after = (
            {f"={form}" if form in skill.exact_forms else form for form in skill.aliases.get(language, ())}
            for skill in (old, new)
        )
        if before != after:
            yield AliasChange(old.id, language, tuple(sorted(after - before)), tuple(sorted(before - after)))


def _heirs(skill: Skill, holder: Mapping[str, str]) -> Counter[str]:
    """New skill → how many of the old skill's names it has."""
    keys = {form_key(form) for form in forms_of(skill)}
    return Counter(holder[key] for key in keys if key in holder)


def _merged(removed: Iterable[Skill], holder: Mapping[str, str]) -> tuple[Merged, ...]:
    by_heir: dict[str, list[str]] = {}
    for skill in removed:
        heirs = _heirs(skill, holder)
        n_names = len({form_key(form) for form in forms_of(skill)})
        if heirs:
            heir, count = min(heirs.items(), key=lambda item: (-item[1], item[0]))
            if count >= MERGED_FROM_SHARE * n_names:
                by_heir.setdefault(heir, []).append(skill.id)
    return tuple(Merged(tuple(sorted(ids)), heir) for heir, ids in sorted(by_heir.items()))


def _split(old: Taxonomy, holder: Mapping[str, str], added: frozenset[str]) -> tuple[Split, ...]:
    """Skills whose names two or more skills have now, at least one of them new."""
    found = []
    for skill in old:
        heirs = _heirs(skill, holder)
        if len(heirs) > 1 and not added.isdisjoint(heirs):
            found.append(Split(skill.id, tuple(sorted(id_ for id_ in heirs if id_ in added or id_ == skill.id))))
    return tuple(split for split in found if len(split.new_ids) > 1)


def _written(relations: Iterable[tuple[str, str, str]]) -> tuple[str, ...]:
    return tuple(f"{type_} {from_id} → {to_id}" for type_, from_id, to_id in sorted(relations))
