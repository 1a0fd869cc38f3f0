"""The taxonomy: every skill by id, the tree over them, how far one skill stands in for another, and the occupations.

Enters: skills, relations, occupations and task skills from a loader. Leaves: an immutable `Taxonomy`. It refuses duplicate
ids, unknown skills, cycles and strengths out of range; faults of a file (rows, columns, aliases at two skills) are the
loader's to find, because only it can name the place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from matcher.domain.occupation import Occupation
from matcher.domain.skill import Skill, SkillKind
from matcher.domain.skill_relation import RelationType, SkillRelation
from matcher.domain.task_skill import TaskSkill
from matcher.errors import ResourceNotFound
from matcher.taxonomy.consistency import HELD_OR_NOT, check_consistency
from matcher.taxonomy.content_hash import content_hash

# What having a skill k levels below (narrower) or above (broader) the required one is worth. Set by judgement, not yet
# fitted: who tests COD tests water quality; who "knows databases" may or may not know MySQL.
CREDIT_BY_LEVELS_BELOW: Final = (0.95, 0.85)
CREDIT_BY_LEVELS_ABOVE: Final = (0.3, 0.15)
# Only of a professional skill does the broader one prove a part. Who knows Python has not used LangChain, who knows
# generative AI has not read its regulations, and who works well in teams is not therefore a leader.
LEARNT_FROM_ABOVE: Final = frozenset({SkillKind.HARD})


class Taxonomy:
    """Immutable set of skills with their tree and relations, and of the occupations that ask for them.

    Args:
        name: release name, for example `starter-1`.
        skills: in any order; iteration is by id.
        relations: prerequisites and substitutes, in any order.
        occupations: in any order.
        task_skills: generic skills with how often postings name them.

    Raises:
        InvalidTaxonomy: no skill, an id or relation twice, an unknown skill, a cycle in the tree or among prerequisites, or
            a strength out of (0, 1].
    """

    def __init__(
        self,
        name: str,
        skills: Iterable[Skill],
        relations: Iterable[SkillRelation] = (),
        occupations: Iterable[Occupation] = (),
        task_skills: Iterable[TaskSkill] = (),
    ) -> None:
        self.name = name
        ordered = sorted(skills, key=lambda skill: skill.id)
        self._by_id: dict[str, Skill] = {skill.id: skill for skill in ordered}
        self.relations: tuple[SkillRelation, ...] = tuple(sorted(relations))
        self.occupations: tuple[Occupation, ...] = tuple(sorted(occupations, key=lambda o: o.id))
        self.task_skills: tuple[TaskSkill, ...] = tuple(sorted(task_skills, key=lambda t: t.key))
        check_consistency(name, ordered, self._by_id, self.relations, self.occupations, self.task_skills)
        narrower: dict[str, list[str]] = {skill.id: [] for skill in ordered}
        for skill in ordered:
            for parent in skill.broader:
                narrower[parent].append(skill.id)
        self._narrower: dict[str, tuple[str, ...]] = {id_: tuple(children) for id_, children in narrower.items()}
        self._occupation_by_id = {occupation.id: occupation for occupation in self.occupations}
        self._relations_of: dict[str, list[SkillRelation]] = {}
        for relation in self.relations:
            self._relations_of.setdefault(relation.from_id, []).append(relation)
        self._version = f"{name}+{content_hash(ordered, self.relations, self.occupations, self.task_skills)[:8]}"
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
            raise ResourceNotFound(f"no skill {skill_id} in this taxonomy", field="name", taxonomy=self._version)
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

        The skill itself 1.0; a narrower one 0.95 (one level below) or 0.85 (two); a broader one 0.3 or 0.15; a substitute its
        strength, where that is more. Roots of the tree give and take no partial credit: a field such as
        `software-engineering` is met by itself only, and having it says nothing of what stands below it, else all skills of a
        field were interchangeable. Having a broader soft skill gives nothing either: "communication" is no evidence of
        negotiating. A prerequisite gives nothing: who knows what comes before has not yet learnt what comes after. Nor does a
        substitute's substitute, or what stands below or above a substitute: strengths are judged for one pair.

        Args:
            required_id: the skill that is asked for.

        Returns:
            Skill id → credit, highest first, then by id. Computed when the taxonomy is loaded; a look-up.

        Raises:
            ResourceNotFound: no such skill.
        """
        self.get(required_id)
        return self._related[required_id]

    def relations_of(self, skill_id: str) -> tuple[SkillRelation, ...]:
        """Relations that begin at this skill: its prerequisites, then its substitutes, each by id.

        Raises:
            ResourceNotFound: no such skill.
        """
        self.get(skill_id)
        return tuple(self._relations_of.get(skill_id, ()))

    def occupation(self, occupation_id: str) -> Occupation:
        """The occupation with this id (without `occupations/`).

        Raises:
            ResourceNotFound: no such occupation; field `name`.
        """
        found = self._occupation_by_id.get(occupation_id)
        if found is None:
            raise ResourceNotFound(
                f"no occupation {occupation_id} in this taxonomy", field="name", taxonomy=self._version
            )
        return found

    def posting_counts(self) -> Mapping[str, int]:
        """Skill id → postings that name it by the task skill table; skills that are not in the table are left out.

        Where several rows lead to one skill the greatest count stands: it is certain, while a posting that names two of the
        rows would be counted twice in a sum.
        """
        counts: dict[str, int] = {}
        for row in self.task_skills:
            counts[row.skill_id] = max(counts.get(row.skill_id, 0), row.n_postings)
        return MappingProxyType(counts)

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
            for relation in self._relations_of.get(required_id, ()):
                if relation.type is RelationType.SUBSTITUTE:
                    credit[relation.to_id] = max(credit.get(relation.to_id, 0.0), relation.strength)
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
