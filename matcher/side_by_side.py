"""Programmes side by side: what each covers, what only one teaches, what all do, and what it costs in hours.

Enters: programmes that were held against the same target. Leaves: what differs. It refuses nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from matcher.domain.coverage import HARD, TaughtSkill, by_weight
from matcher.domain.coverage_answers import ComparedRequirement, ProgrammeStanding, Standing
from matcher.plan.comparison import only_here, shared_by_all
from matcher.taught_skills import TaughtSkills


def programmes_beside(
    titles: Sequence[str], standings: Sequence[Standing], taught: Sequence[TaughtSkills]
) -> tuple[ProgrammeStanding, ...]:
    """Each programme with what only it teaches, in order."""
    only = only_here([t.courses_by_skill.keys() for t in taught])
    return tuple(
        _programme(title, standing, skills.described(alone))
        for title, standing, skills, alone in zip(titles, standings, taught, only, strict=True)
    )


def requirements_beside(standings: Sequence[Standing]) -> tuple[ComparedRequirement, ...]:
    """Each requirement with its status and credit in every programme, heaviest first."""
    columns = zip(*(standing.rows for standing in standings), strict=True)
    compared = [
        ComparedRequirement(rows[0].requirement, tuple(r.status for r in rows), tuple(r.credit for r in rows))
        for rows in columns
    ]
    return tuple(sorted(compared, key=lambda c: (-c.requirement.weight, c.requirement.skill_id)))


def shared_skills(taught: Sequence[TaughtSkills]) -> tuple[TaughtSkill, ...]:
    """Skills that every programme teaches, with the courses of all of them."""
    shared = shared_by_all([t.courses_by_skill.keys() for t in taught])
    found: dict[str, TaughtSkill] = {}
    for described in (skill for t in taught for skill in t.described(shared)):
        known = found.get(described.skill_id)
        teaching = {t.course: t for t in (*(known.teaching if known else ()), *described.teaching)}
        found[described.skill_id] = TaughtSkill(
            described.skill_id,
            described.kind,
            max(described.demand_weight, known.demand_weight if known else 0.0),
            tuple(teaching[name] for name in sorted(teaching)),
        )
    return by_weight(found.values())


def _programme(title: str, standing: Standing, only: tuple[TaughtSkill, ...]) -> ProgrammeStanding:
    known = [course.hours for course in standing.courses if course.hours is not None]
    n_unknown = len(standing.courses) - len(known)
    met = sum(group.met_weight for group in standing.groups if group.group in HARD)
    return ProgrammeStanding(
        title=title,
        courses=standing.courses,
        rows=standing.rows,
        groups=standing.groups,
        alignment=standing.alignment,
        only=only,
        hours=sum(known),
        n_hours_unknown=n_unknown,
        hours_per_weight=sum(known) / met if met and not n_unknown else None,
    )
