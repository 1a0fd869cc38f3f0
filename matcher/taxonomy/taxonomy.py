"""The taxonomy: every skill by id, the tree over them, and how far one skill stands in for another.

Enters: skills from a loader. Leaves: an immutable `Taxonomy`. It refuses duplicate ids, unknown broader skills and cycles;
faults of a file (rows, columns, aliases at two skills) are the loader's to find, because only it can name the place.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from matcher.domain.skill import Skill, SkillKind
from matcher.errors import InvalidTaxonomy, ResourceNotFound

# What having a skill k levels below (narrower) or above (broader) the required one is worth. Set by judgement, not yet
# fitted: who tests COD tests water quality; who "knows databases" may or may not know MySQL.
CREDIT_BY_LEVELS_BELOW: Final = (0.95, 0.85)
CREDIT_BY_LEVELS_ABOVE: Final = (0.3, 0.15)
# Only of a professional skill does the broader one prove a part. Who knows Python has not used LangChain, who knows
# generative AI has not read its regulations, and who works well in teams is not therefore a leader.
LEARNT_FROM_ABOVE: Final = frozenset({SkillKind.HARD})
# Who can do the work has not thereby sat the exam: no skill stands in for these, only another of their kind below or above.
HELD_OR_NOT: Final = frozenset({SkillKind.CERTIFICATE, SkillKind.LANGUAGE})


class Taxonomy:
    """Immutable set of skills with their tree.

    Args:
        name: release name, for example `starter-1`.
        skills: in any order; iteration is by id.

    Raises:
        InvalidTaxonomy: no skill, an id twice, an unknown broader skill, or a cycle.
    """

    def __init__(self, name: str, skills: Iterable[Skill]) -> None:
        ordered = sorted(skills, key=lambda skill: skill.id)
        self._by_id: dict[str, Skill] = {skill.id: skill for skill in ordered}
        _check(name, ordered, self._by_id)
        narrower: dict[str, list[str]] = {skill.id: [] for skill in ordered}
        for skill in ordered:
            for parent in skill.broader:
                narrower[parent].append(skill.id)
        self._narrower: dict[str, tuple[str, ...]] = {id_: tuple(children) for id_, children in narrower.items()}
        self._version = f"{name}+{content_hash(ordered)[:8]}"
        self._related: dict[str, Mapping[str, float]] = {skill.id: self._credits(skill.id) for skill in ordered}

    @property
    def version(self) -> str:
        """Release name and the first 8 hex digits of the content hash, for example `starter-1+ab12cd34`."""
        return self._version

    def __len__(self) -> int:
        return len(self._by_id)

    def __iter__(self) -> Iterator[Skill]:
        """Skills in id order."""
        return iter(self._by_id.values())

    def __contains__(self, skill_id: object) -> bool:
        return skill_id in self._by_id

    def get(self, skill_id: str) -> Skill:
        """The skill with this id (without `skills/`).

        Raises:
            ResourceNotFound: no such skill; field `name`.
        """
        skill = self._by_id.get(skill_id)
        if skill is None:
            raise ResourceNotFound("no such skill in this taxonomy", field="name", taxonomy=self._version)
        return skill

    def is_root(self, skill_id: str) -> bool:
        """Whether the skill only heads a field: nothing is broader, something is narrower.

        Raises:
            ResourceNotFound: no such skill.
        """
        return not self.get(skill_id).broader and bool(self._narrower[skill_id])

    def broader(self, skill_id: str, max_depth: int | None = None) -> Mapping[str, int]:
        """Every skill above this one → how many levels up (the shortest way), nearest first, then by id.

        Args:
            skill_id: where to start; not in the result.
            max_depth: go so many levels up, ≥ 0; None: to the top.

        Raises:
            ResourceNotFound: no such skill.
        """
        self.get(skill_id)
        return self._closure(skill_id, {id_: skill.broader for id_, skill in self._by_id.items()}, max_depth)

    def narrower(self, skill_id: str, max_depth: int | None = None) -> Mapping[str, int]:
        """Every skill below this one → how many levels down (the shortest way), nearest first, then by id.

        Args:
            skill_id: where to start; not in the result.
            max_depth: go so many levels down, ≥ 0; None: to the leaves.

        Raises:
            ResourceNotFound: no such skill.
        """
        self.get(skill_id)
        return self._closure(skill_id, self._narrower, max_depth)

    def related(self, required_id: str) -> Mapping[str, float]:
        """What having each skill is worth towards a required one, in (0, 1]; skills not in it are worth nothing.

        The skill itself 1.0; a narrower one 0.95 (one level below) or 0.85 (two); a broader one 0.3 or 0.15. Roots of the
        tree give and take no partial credit: a field such as `software-engineering` is met by itself only, and having it
        says nothing of what stands below it, else all skills of a field were interchangeable. Having a broader soft skill
        gives nothing either: "communication" is no evidence of negotiating.

        Args:
            required_id: the skill that is asked for.

        Returns:
            Skill id → credit, highest first, then by id. Computed when the taxonomy is loaded; a look-up.

        Raises:
            ResourceNotFound: no such skill.
        """
        self.get(required_id)
        return self._related[required_id]

    def _closure(self, start: str, edges: Mapping[str, tuple[str, ...]], max_depth: int | None) -> Mapping[str, int]:
        depth_by_id: dict[str, int] = {}
        frontier, depth = [start], 0
        while frontier and (max_depth is None or depth < max_depth):
            depth += 1
            reached = {id_ for origin in frontier for id_ in edges[origin]}
            frontier = sorted(id_ for id_ in reached if id_ not in depth_by_id)
            depth_by_id.update(dict.fromkeys(frontier, depth))
        return MappingProxyType(depth_by_id)

    def _credits(self, required_id: str) -> Mapping[str, float]:
        credit = {required_id: 1.0}
        if not self.is_root(required_id):
            for id_, depth in self._closure(required_id, self._narrower, len(CREDIT_BY_LEVELS_BELOW)).items():
                credit[id_] = CREDIT_BY_LEVELS_BELOW[depth - 1]
            kind = self._by_id[required_id].kind
            for id_, depth in self._levels_above(required_id).items() if kind in LEARNT_FROM_ABOVE else ():
                if not self.is_root(id_) and self._by_id[id_].kind is not SkillKind.SOFT:
                    credit.setdefault(id_, CREDIT_BY_LEVELS_ABOVE[depth - 1])
            if kind in HELD_OR_NOT:
                credit = {id_: value for id_, value in credit.items() if self._by_id[id_].kind in HELD_OR_NOT}
        return MappingProxyType(dict(sorted(credit.items(), key=lambda item: (-item[1], item[0]))))

    def _levels_above(self, skill_id: str) -> dict[str, int]:
        """Skills above, as far as credit reaches; without a table over all skills, since it is asked for each of them."""
        depth_by_id: dict[str, int] = {}
        frontier: list[str] = [skill_id]
        for depth in range(1, len(CREDIT_BY_LEVELS_ABOVE) + 1):
            frontier = [p for id_ in frontier for p in self._by_id[id_].broader if p not in depth_by_id]
            for parent in frontier:
                depth_by_id.setdefault(parent, depth)
        return depth_by_id


def content_hash(skills: Iterable[Skill]) -> str:
    """SHA-256 hex over everything that skills in id order say; the same content always hashes the same."""
    digest = hashlib.sha256()
    for skill in skills:
        row = [
            skill.id,
            skill.kind.value,
            skill.field_code,
            sorted(skill.broader),
            sorted(skill.labels.items()),
            sorted((language, sorted(forms)) for language, forms in skill.aliases.items()),
            sorted(skill.definitions.items()),
            sorted(skill.exact_forms),
        ]
        digest.update(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode())
    return digest.hexdigest()


def find_cycle(broader_by_id: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """A cycle in "is narrower than" as ids, first repeated at the end; empty when there is none.

    Args:
        broader_by_id: id → ids above it; ids that are no key are taken as tops.
    """
    done: set[str] = set()
    for root in sorted(broader_by_id):
        path: list[str] = []
        on_path: set[str] = set()
        stack: list[tuple[str, bool]] = [(root, False)]
        while stack:
            id_, leaving = stack.pop()
            if leaving:
                path.pop()
                on_path.discard(id_)
                done.add(id_)
            elif id_ in on_path:
                return (*path[path.index(id_) :], id_)
            elif id_ not in done:
                path.append(id_)
                on_path.add(id_)
                stack.append((id_, True))
                stack.extend((parent, False) for parent in reversed(broader_by_id.get(id_, ())))
    return ()


def _check(name: str, skills: list[Skill], by_id: Mapping[str, Skill]) -> None:
    if not skills:
        raise InvalidTaxonomy(f"taxonomy {name} holds no skill")
    if len(by_id) != len(skills):
        twice = next(skill.id for skill, after in pairwise(skills) if skill.id == after.id)
        raise InvalidTaxonomy(f"taxonomy {name}: id {twice} stands twice", field="id")
    for skill in skills:
        for parent in skill.broader:
            if parent not in by_id:
                raise InvalidTaxonomy(f"taxonomy {name}: {skill.id} has unknown broader {parent}", field="broader")
    cycle = find_cycle({skill.id: skill.broader for skill in skills})
    if cycle:
        raise InvalidTaxonomy(f"taxonomy {name}: cycle {' → '.join(cycle)}", field="broader")
