"""A profile with skills added and removed, as if its text said so. The text, and so its vectors, stay what they are.

Enters: a profile and changes by skill. Leaves: another profile. Refuses nothing; ids that the space lacks are the caller's to
refuse.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from matcher.domain.document import Kind
from matcher.domain.inquiry import SkillChange
from matcher.domain.skill import Importance
from matcher.match.profile import ESSENTIAL, PREFERRED, Profile
from matcher.match.skillspace import SkillSpace


def changed_profile(profile: Profile, changes: Iterable[SkillChange], space: SkillSpace) -> Profile:
    """The profile after the changes, in their order: a posting demands what is added, a candidate or course shows it.

    A skill that is added again takes the new level; one that is removed is neither demanded nor shown. An added demand stands
    after those of the text.
    """
    demand = dict(
        zip(
            profile.demand_skills.tolist(),
            zip(profile.demand_importance.tolist(), profile.demand_levels.tolist(), strict=True),
            strict=True,
        )
    )
    supply = dict(zip(profile.supply_skills.tolist(), profile.supply_levels.tolist(), strict=True))
    about = set(profile.overlap_skills.tolist())
    for change in changes:
        number, level = space.number_by_id[change.skill_id], int(change.level or 0)
        if change.remove:
            demand.pop(number, None)
            supply.pop(number, None)
            about.discard(number)
            continue
        about.add(number)
        if profile.kind is Kind.POSTING:
            demand[number] = (PREFERRED if change.importance is Importance.PREFERRED else ESSENTIAL, level)
        else:
            supply[number] = level
    shown = sorted(supply.items())
    return replace(
        profile,
        demand_skills=np.array(list(demand), dtype=np.int32),
        demand_importance=np.array([importance for importance, _ in demand.values()], dtype=np.int8),
        demand_levels=np.array([level for _, level in demand.values()], dtype=np.int8),
        supply_skills=np.array([skill for skill, _ in shown], dtype=np.int32),
        supply_levels=np.array([level for _, level in shown], dtype=np.int8),
        overlap_skills=np.array(sorted(about), dtype=np.int32),
    )
