"""What an audit finds beside coverage: who teaches what, what nobody asks for, and prerequisites out of order."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.crediting import credits_of
from matcher.domain.coverage import PrerequisiteStatus
from matcher.domain.skill import Proficiency
from matcher.plan.audit import missing_prerequisites, taught_by
from matcher.plan.comparison import only_here, shared_by_all
from matcher.plan.coverage import Credits
from matcher.taught_skills import TaughtSkills
from tests.unit.match.small_world import TAXONOMY
from tests.unit.plan.courses import SPACE, asked, course, pool

NOT_TAUGHT, IN_PART, LATER = (
    PrerequisiteStatus.NOT_TAUGHT,
    PrerequisiteStatus.TAUGHT_IN_PART,
    PrerequisiteStatus.TAUGHT_LATER,
)


def given_credit(*rows: Sequence[float]) -> Credits:
    """(courses, presupposed skills) credits, with the statuses that they have."""
    credit = np.array(rows, dtype=np.float64)
    status = ((credit >= 0.25).astype(np.int8) + (credit >= 0.9)).astype(np.int8)
    return Credits(credit, status, np.where(credit > 0, 0, -1).astype(np.int32))


@pytest.mark.parametrize(
    ("credit", "terms", "found"),
    [
        ([[1.0], [1.0]], [None, None], []),  # taught by the other one; its order is not known
        ([[1.0], [0.0]], [None, None], [(NOT_TAUGHT, ())]),  # a course does not teach its own prerequisites
        ([[0.0], [0.5], [0.85]], [None, None, None], [(IN_PART, (2, 1))]),
        ([[0.0], [1.0]], [2, 1], []),
        ([[0.0], [1.0]], [2, 2], [(LATER, (1,))]),
        ([[0.0], [1.0]], [1, 2], [(LATER, (1,))]),
        ([[0.0], [1.0]], [1, None], []),
        ([[0.0], [1.0]], [None, 5], []),
        ([[0.0], [1.0], [0.5]], [2, 3, 1], [(LATER, (1, 2))]),  # in part before is not enough
        ([[0.0], [1.0], [0.95]], [2, 3, 1], []),
    ],
)
def test_a_prerequisite_is_to_be_taught_before_by_another_course(
    credit: list[list[float]], terms: list[int | None], found: list[tuple[PrerequisiteStatus, tuple[int, ...]]]
) -> None:
    missing = missing_prerequisites(0, given_credit(*credit), terms)
    assert [(m.status, m.courses) for m in missing] == found


def test_each_presupposed_skill_is_told_by_its_number() -> None:
    missing = missing_prerequisites(1, given_credit([1.0, 0.0, 0.3], [1.0, 1.0, 1.0]), [None, None])
    assert [(m.requirement, m.status) for m in missing] == [(1, NOT_TAUGHT), (2, IN_PART)]


@given(credit=st.lists(st.sampled_from((0.0, 0.3, 0.85, 1.0)), min_size=2, max_size=6), data=st.data())
def test_a_further_earlier_course_that_teaches_it_ends_the_gap(credit: list[float], data: st.DataObject) -> None:
    terms = data.draw(st.lists(st.integers(2, 5), min_size=len(credit), max_size=len(credit)))
    rows = [[c] for c in credit]
    assert missing_prerequisites(0, given_credit(*rows, [1.0]), [*terms, 1]) == []
    still = missing_prerequisites(0, given_credit(*rows, [0.0]), [*terms, 1])
    assert still == missing_prerequisites(0, given_credit(*rows), terms)


def test_a_course_of_the_small_world_presupposes_what_another_teaches_at_the_level_asked() -> None:
    needs = course({"python": None}, {"sql": Proficiency.PROFICIENT, "welding": None})
    weak, strong = course({"sql": Proficiency.AWARE}), course({"mysql": Proficiency.EXPERT})
    for others, found in (([weak], [(0, IN_PART), (1, NOT_TAUGHT)]), ([weak, strong], [(1, NOT_TAUGHT)])):
        profiles = [needs, *others]
        missing = missing_prerequisites(0, credits_of(needs, profiles, SPACE), [None] * len(profiles))
        assert [(m.requirement, m.status) for m in missing] == found


def test_who_teaches_a_skill() -> None:
    assert taught_by([{3, 1}, set(), {1}]) == {1: [0, 2], 3: [0]}


def test_taught_skills_weigh_as_the_heaviest_requirement_that_they_help_to_meet() -> None:
    courses = pool({"mysql": None, "welding": None}, {"mysql": Proficiency.EXPERT, "communication": None})
    wanted = [asked("sql", rarity=0.9), asked("databases", rarity=1.0, demand_share=0.1), asked("python")]
    skills = TaughtSkills(SPACE, TAXONOMY, courses, wanted, with_evidence=False)
    found = {t.skill_id: t for t in skills.described(skills.courses_by_skill)}
    assert list(found) == ["mysql", "welding"]  # soft skills are left out, demanded ones come first
    assert found["mysql"].demand_weight == pytest.approx(0.9)
    assert found["welding"].demand_weight == 0.0
    assert [(t.course, t.level) for t in found["mysql"].teaching] == [
        ("courses/0", None),
        ("courses/1", Proficiency.EXPERT),
    ]


def test_a_skill_that_is_taught_too_low_to_count_is_undemanded() -> None:
    courses = pool({"databases": Proficiency.FAMILIAR})
    wanted = [asked("sql", Proficiency.PROFICIENT)]  # 0.3 × 0.8 is below the least that counts
    assert TaughtSkills(SPACE, TAXONOMY, courses, wanted, with_evidence=False).described(
        [SPACE.number_by_id["databases"]]
    )[0].demand_weight == pytest.approx(0.0)


def test_nothing_is_demanded_where_nothing_is_asked() -> None:
    skills = TaughtSkills(SPACE, TAXONOMY, pool({"sql": None}), [], with_evidence=False)
    assert [t.demand_weight for t in skills.described(skills.courses_by_skill)] == [0.0]


def test_what_one_set_holds_alone_and_what_all_share() -> None:
    assert only_here([{1, 2, 3}, {2, 4}, {2, 3}]) == [{1}, {4}, set()]
    assert shared_by_all([{1, 2, 3}, {2, 4}, {2, 3}]) == {2}
    assert shared_by_all([]) == set()
    assert only_here([{1}]) == [{1}]
