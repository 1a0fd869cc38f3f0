"""Profiles with skills added and removed, and ranks in a full ranking."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.inquiry import ChangedSide, SkillChange
from matcher.domain.skill import Proficiency
from matcher.full_ranking import FullRanking
from matcher.match.changed import changed_profile
from matcher.match.profile import Profile
from matcher.match.weights import N_PARTS
from tests.unit.match.small_world import IDS, SPACE, E, P, candidate, posting

T = ChangedSide.TARGET


def equal(one: Profile, other: Profile) -> bool:
    fields = ("demand_skills", "demand_importance", "demand_levels", "supply_skills", "supply_levels", "overlap_skills")
    return all(np.array_equal(getattr(one, f), getattr(other, f)) for f in fields)


def test_a_candidate_shows_what_is_added_as_if_its_text_said_so() -> None:
    changes = [SkillChange(T, "sql", level=Proficiency.EXPERT), SkillChange(T, "welding", remove=True)]
    before = candidate({"python": None, "welding": Proficiency.FAMILIAR})
    assert equal(changed_profile(before, changes, SPACE), candidate({"python": None, "sql": Proficiency.EXPERT}))


def test_a_posting_demands_what_is_added() -> None:
    changes = [
        SkillChange(T, "python", remove=True),
        SkillChange(T, "sql", level=Proficiency.FAMILIAR, importance=P),
        SkillChange(T, "mysql"),
    ]
    before = posting(("python", E, None), ("sql", E, Proficiency.EXPERT))
    assert equal(changed_profile(before, changes, SPACE), posting(("sql", P, Proficiency.FAMILIAR), ("mysql", E, None)))


@given(st.sets(st.sampled_from(IDS)), st.sampled_from(IDS))
def test_adding_and_removing_a_skill_that_was_not_there_changes_nothing(shown: set[str], skill: str) -> None:
    before = candidate(dict.fromkeys(shown - {skill}))
    changes = [SkillChange(T, skill), SkillChange(T, skill, remove=True)]
    assert equal(changed_profile(before, changes, SPACE), before)


def test_a_rank_counts_higher_scores_and_earlier_names_of_equal_ones() -> None:
    names = ["candidates/a", "candidates/c", "candidates/b", "candidates/d"]
    scores = np.array([0.5, 0.5, 0.9, 0.1])
    ranking = FullRanking(np.arange(4), names, np.zeros((4, N_PARTS), np.float32), scores)
    assert ranking.order() == [2, 0, 1, 3]
    assert ranking.rank_of(0.95, "candidates/z") == 1
    assert ranking.rank_of(0.5, "candidates/b") == 3
    assert ranking.rank_of(0.5, "candidates/0") == 2
    assert ranking.rank_of(0.05, "candidates/0") == 5
