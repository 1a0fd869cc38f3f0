"""The content of a taxonomy as one number, by which a version is told from another.

Enters: what a taxonomy holds. Leaves: SHA-256 hex; the same content always hashes the same, in whatever order it was given.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from matcher.domain.occupation import Occupation
from matcher.domain.skill import Skill
from matcher.domain.skill_relation import SkillRelation
from matcher.domain.task_skill import TaskSkill


def content_hash(
    skills: Iterable[Skill],
    relations: Iterable[SkillRelation] = (),
    occupations: Iterable[Occupation] = (),
    task_skills: Iterable[TaskSkill] = (),
) -> str:
    """SHA-256 hex over everything that is given, each in its own order of ids.

    Args:
        skills: in id order.
        relations: sorted.
        occupations: in id order.
        task_skills: in the order of their keys.
    """
    digest = hashlib.sha256()
    rows: Iterable[list[Any]]
    for rows in (
        map(_skill_row, skills),
        ([r.from_id, r.type.value, r.to_id, r.strength] for r in relations),
        map(_occupation_row, occupations),
        ([*t.key, t.category_en, t.name_en, t.skill_id, t.n_postings] for t in task_skills),
    ):
        for row in rows:
            digest.update(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode())
    return digest.hexdigest()


def _skill_row(skill: Skill) -> list[Any]:
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
    return [*row, skill.owner] if skill.owner else row


def _occupation_row(occupation: Occupation) -> list[Any]:
    return [
        occupation.id,
        occupation.field_code,
        sorted(occupation.labels.items()),
        sorted((language, sorted(forms)) for language, forms in occupation.aliases.items()),
        sorted((s.skill_id, s.level) for s in occupation.essential),
        sorted((s.skill_id, s.level) for s in occupation.optional),
        sorted(occupation.definitions.items()),
        sorted(occupation.codes.items()),
    ]
