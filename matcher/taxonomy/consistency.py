"""What must hold between the parts of any taxonomy, whichever format it came from.

Enters: its parts, sorted. Leaves: nothing. Refuses: duplicate ids, relations to unknown skills, cycles, strengths out of range,
substitutes that the rules of crediting forbid.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from matcher.domain.occupation import Occupation
from matcher.domain.skill import Skill, SkillKind
from matcher.domain.skill_relation import RelationType, SkillRelation
from matcher.domain.task_skill import TaskSkill
from matcher.errors import InvalidTaxonomy
from matcher.taxonomy.cycles import find_cycle

# Who can do the work has not thereby sat the exam: no skill stands in for these, only another of their kind below or above.
HELD_OR_NOT: Final = frozenset({SkillKind.CERTIFICATE, SkillKind.LANGUAGE})


def check_consistency(
    name: str,
    skills: Sequence[Skill],
    by_id: Mapping[str, Skill],
    relations: Sequence[SkillRelation],
    occupations: Sequence[Occupation],
    task_skills: Sequence[TaskSkill],
) -> None:
    """Checks the parts of a taxonomy against each other; all are sorted.

    Raises:
        InvalidTaxonomy: with the first fault that was found, and the field it is in.
    """
    if not skills:
        raise InvalidTaxonomy(f"taxonomy {name} holds no skill")
    if len(by_id) != len(skills):
        raise InvalidTaxonomy(f"taxonomy {name}: id {_twice(s.id for s in skills)} stands twice", field="id")
    for skill in skills:
        for parent in skill.broader:
            if parent not in by_id:
                raise InvalidTaxonomy(f"taxonomy {name}: {skill.id} has unknown broader {parent}", field="broader")
    cycle = find_cycle({skill.id: skill.broader for skill in skills})
    if cycle:
        raise InvalidTaxonomy(f"taxonomy {name}: cycle {' → '.join(cycle)}", field="broader")
    for _, column, problem in relation_faults(relations, by_id):
        raise InvalidTaxonomy(f"taxonomy {name}: {problem}", field=column)
    for occupation, column, problem in occupation_faults(occupations, by_id):
        raise InvalidTaxonomy(f"taxonomy {name}: {occupation.id}: {problem}", field=column)
    for task in task_skills:
        if task.skill_id not in by_id:
            raise InvalidTaxonomy(f"taxonomy {name}: task skill of unknown skill {task.skill_id}", field="skill")
    if len({task.key for task in task_skills}) != len(task_skills):
        raise InvalidTaxonomy(f"taxonomy {name}: a task skill stands twice under one category", field="name_zh")


def relation_faults(
    relations: Sequence[SkillRelation], by_id: Mapping[str, Skill]
) -> Iterator[tuple[SkillRelation, str, str]]:
    """(relation, column, what is wrong with it), in the order given; of a cycle the first relation that closes it."""
    headed = {parent for skill in by_id.values() for parent in skill.broader} if relations else set()
    seen: set[tuple[str, str, str]] = set()
    sound: list[SkillRelation] = []
    for relation in relations:
        key = (relation.from_id, relation.type.value, relation.to_id)
        unknown = [c for c, id_ in (("from", relation.from_id), ("to", relation.to_id)) if id_ not in by_id]
        if unknown:
            id_ = relation.from_id if unknown[0] == "from" else relation.to_id
            yield relation, unknown[0], f"no skill {id_}"
        elif relation.from_id == relation.to_id:
            yield relation, "to", f"{relation.to_id} is related to itself"
        elif not 0.0 < relation.strength <= 1.0:
            yield relation, "strength", f"{relation.strength} is not in (0, 1]"
        elif key in seen:
            yield relation, "to", f"{relation.type.value} {relation.from_id} → {relation.to_id} stands twice"
        elif problem := _forbidden(relation, by_id, headed):
            yield relation, "to", problem
        else:
            sound.append(relation)
        seen.add(key)
    yield from _prerequisite_cycle(sound)


def occupation_faults(
    occupations: Iterable[Occupation], by_id: Mapping[str, Skill]
) -> Iterator[tuple[Occupation, str, str]]:
    """(occupation, column, what is wrong with it): ids that stand twice, unknown skills, skills named twice."""
    ids: set[str] = set()
    for occupation in occupations:
        if occupation.id in ids:
            yield occupation, "id", f"{occupation.id} stands already"
        ids.add(occupation.id)
        named: set[str] = set()
        for column, asked in (("essential", occupation.essential), ("optional", occupation.optional)):
            for item in asked:
                if item.skill_id not in by_id:
                    yield occupation, column, f"no skill {item.skill_id}"
                elif item.skill_id in named:
                    yield occupation, column, f"{item.skill_id} is asked for twice"
                named.add(item.skill_id)


def _forbidden(relation: SkillRelation, by_id: Mapping[str, Skill], headed: set[str]) -> str:
    """Why a substitute would break the rules of crediting; empty when it does not, or is none."""
    if relation.type is not RelationType.SUBSTITUTE:
        return ""
    for id_ in (relation.from_id, relation.to_id):
        if not by_id[id_].broader and id_ in headed:
            return f"{id_} only heads a field: it stands in for nothing, and nothing for it"
    if by_id[relation.from_id].kind in HELD_OR_NOT and by_id[relation.to_id].kind not in HELD_OR_NOT:
        return f"{relation.from_id} is a certificate or language, for which no skill stands in"
    return ""


def _prerequisite_cycle(relations: Iterable[SkillRelation]) -> Iterator[tuple[SkillRelation, str, str]]:
    before: dict[str, tuple[str, ...]] = {}
    first: dict[tuple[str, str], SkillRelation] = {}
    for relation in relations:
        if relation.type is RelationType.PREREQUISITE:
            before[relation.from_id] = (*before.get(relation.from_id, ()), relation.to_id)
            first[relation.from_id, relation.to_id] = relation
    cycle = find_cycle(before)
    if cycle:
        closing = first[cycle[0], cycle[1]]
        yield closing, "to", f"cycle of prerequisites {' → '.join(cycle)}"


def _twice(ids: Iterable[str]) -> str:
    return next(id_ for id_, after in pairwise(sorted(ids)) if id_ == after)
