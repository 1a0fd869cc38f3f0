"""Coverage by a set of courses: worked by hand, agreeing with the credit rule, and the laws that it keeps."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.crediting import ToCover, covering_sets, credits_of, demand_profile
from matcher.domain.coverage import (
    HARD,
    Alignment,
    AlignmentBand,
    GroupCoverage,
    RequirementCoverage,
    RequirementGroup,
    Shortfall,
    alignment_of,
    counted,
    group_of,
)
from matcher.domain.document import Kind
from matcher.domain.match import RequirementStatus
from matcher.domain.skill import Importance, Proficiency, SkillKind
from matcher.domain.skill_relation import RelationType, SkillRelation
from matcher.domain.target import TargetRequirement
from matcher.match.credit import COVERED_AT, PARTIAL_AT, credit_of_suppliers
from matcher.match.explain import explain_requirements
from matcher.match.skillspace import SkillSpace
from matcher.plan.coverage import COVERED, PARTIAL, STATUSES, met_weights, shown_courses
from matcher.taxonomy import Taxonomy
from tests.unit.match.small_world import TAXONOMY, Naming, even_rarity, explained
from tests.unit.plan.courses import SKILLS, SPACE, Teaches, asked, matrix, pool, rows

AWARE, FAMILIAR, PROFICIENT, EXPERT = Proficiency
STATUS = RequirementStatus


def group(found: tuple[RequirementCoverage, ...], which: RequirementGroup) -> GroupCoverage:
    return next(g for g in counted(found) if g.group is which)


def coverage(found: tuple[RequirementCoverage, ...]) -> float | None:
    return group(found, RequirementGroup.ESSENTIAL).coverage


def test_a_requirement_is_covered_by_the_best_course_alone() -> None:
    courses = pool({"sql": AWARE}, {"sql": FAMILIAR, "python": None}, {"mysql": EXPERT})
    sql, python, welding = rows(courses, asked("sql", PROFICIENT), asked("python"), asked("welding"))
    # 0.95 for the narrower skill at full level beats 0.8 for the skill itself one level below
    assert (sql.status, sql.best_course) == (STATUS.COVERED, "courses/2")
    assert sql.credit == pytest.approx(0.95)
    assert [(c.course, c.met_by, round(c.credit, 4)) for c in sql.cells] == [
        ("courses/2", "mysql", 0.95),
        ("courses/1", "sql", 0.8),
        ("courses/0", "sql", 0.5),
    ]
    assert (python.status, python.best_course) == (STATUS.COVERED, "courses/1")
    assert (welding.status, welding.credit, welding.best_course, welding.cells) == (STATUS.MISSING, 0.0, "", ())


@pytest.mark.parametrize(
    ("skill", "level", "teaches", "shortfall", "credit"),
    [
        ("sql", PROFICIENT, {"sql": FAMILIAR}, Shortfall.LOWER_LEVEL, 0.8),
        ("sql", PROFICIENT, {"sql": None}, Shortfall.LEVEL_UNSTATED, 0.85),
        ("sql", EXPERT, {"mysql": AWARE}, Shortfall.LOWER_LEVEL, 0.285),  # one below counts as the skill itself
        ("sql", None, {"databases": EXPERT}, Shortfall.RELATED_SKILL, 0.3),
        ("databases", None, {"mysql": EXPERT}, Shortfall.RELATED_SKILL, 0.85),
        ("sql", FAMILIAR, {"sql": None}, None, 1.0),
    ],
)
def test_why_a_requirement_is_covered_in_part(
    skill: str, level: Proficiency | None, teaches: Teaches, shortfall: Shortfall | None, credit: float
) -> None:
    (found,) = rows(pool(teaches), asked(skill, level))
    assert found.shortfall is shortfall
    assert found.credit == pytest.approx(credit)
    assert found.cells[0].shortfall is shortfall


def test_groups_are_counted_apart_and_weighed() -> None:
    wanted = (
        asked("sql", rarity=0.4),
        asked("python", rarity=0.2),
        asked("welding", importance=Importance.PREFERRED, rarity=1.0),
        asked("communication", rarity=1.0),
    )
    found = rows(pool({"sql": None}, {"communication": None}), *wanted)
    essential, preferred, soft, certificates = counted(found)
    assert (essential.n_required, essential.n_covered, essential.n_partial, essential.n_missing) == (2, 1, 0, 1)
    assert essential.coverage == pytest.approx(0.4 / 0.6)
    assert (preferred.coverage, soft.coverage) == (0.0, 1.0)
    assert soft.weight == pytest.approx(0.3)
    assert (certificates.n_required, certificates.coverage) == (0, None)


def test_certificates_and_soft_skills_are_no_required_skills() -> None:
    assert group_of(SkillKind.CERTIFICATE, Importance.ESSENTIAL) is RequirementGroup.CERTIFICATE
    assert group_of(SkillKind.SOFT, Importance.PREFERRED) is RequirementGroup.SOFT
    assert group_of(SkillKind.TOOL, Importance.PREFERRED) is RequirementGroup.PREFERRED
    assert group_of(SkillKind.REGULATION, Importance.ESSENTIAL) is RequirementGroup.ESSENTIAL
    found = rows(pool({"sql": None}), asked("sql"), asked("communication"))
    assert alignment_of(found) == Alignment(n_required=1, n_without_evidence=0)


@pytest.mark.parametrize(
    ("n_required", "n_without", "band", "share"),
    [
        (0, 0, None, None),
        (5, 0, AlignmentBand.HIGH, 0.0),
        (5, 1, AlignmentBand.HIGH, 0.2),  # exactly 20 %
        (10, 2, AlignmentBand.HIGH, 0.2),
        (9, 2, AlignmentBand.MEDIUM, 2 / 9),
        (1000, 201, AlignmentBand.MEDIUM, 0.201),
        (4, 2, AlignmentBand.MEDIUM, 0.5),  # exactly 50 %
        (1000, 500, AlignmentBand.MEDIUM, 0.5),
        (1000, 501, AlignmentBand.LOW, 0.501),
        (3, 3, AlignmentBand.LOW, 1.0),
    ],
)
def test_the_band_at_its_bounds(
    n_required: int, n_without: int, band: AlignmentBand | None, share: float | None
) -> None:
    found = Alignment(n_required, n_without)
    assert (found.band, found.share) == (band, share)


@given(n_required=st.integers(1, 10_000), data=st.data())
def test_a_band_is_what_its_share_says(n_required: int, data: st.DataObject) -> None:
    n_without = data.draw(st.integers(0, n_required))
    found = Alignment(n_required, n_without)
    fifth, half = n_required / 5, n_required / 2
    expected = (
        AlignmentBand.HIGH if n_without <= fifth else AlignmentBand.MEDIUM if n_without <= half else AlignmentBand.LOW
    )
    assert found.band is expected


def test_an_empty_programme_covers_nothing() -> None:
    found = rows(pool(), asked("sql"), asked("python", EXPERT))
    assert [(r.status, r.credit, r.cells) for r in found] == [(STATUS.MISSING, 0.0, ())] * 2
    assert coverage(found) == 0.0
    assert alignment_of(found).band is AlignmentBand.LOW


def test_where_nothing_is_asked_coverage_is_undefined() -> None:
    found = rows(pool({"sql": None}))
    assert found == ()
    assert [g.coverage for g in counted(found)] == [None] * 4
    assert alignment_of(found).band is None


def test_status_at_the_bound_is_that_of_a_match() -> None:
    """0.9 as a float32 is a little less than COVERED_AT; a match compares in double precision and calls it partial."""
    substitute = SkillRelation("sql", RelationType.SUBSTITUTE, "python", 0.9)
    space = SkillSpace(Taxonomy("bound", list(TAXONOMY), [substitute]))
    # numbers of skills are the same: the ids are
    demand = explained(Kind.POSTING, "p", "会SQL", Naming("sql", "SQL"))
    supply = explained(Kind.COURSE, "c", "讲Python", Naming("python", "Python"))
    (in_match,) = explain_requirements(demand, supply, space, even_rarity())
    found = credits_of(demand.profile, [supply.profile], space)
    assert in_match.status is STATUSES[found.status[0, 0]] is STATUS.PARTIAL
    assert in_match.credit == found.credit[0, 0] == float(np.float32(0.9)) < COVERED_AT


def test_many_requirements_are_credited_as_one_by_one() -> None:
    wanted = [asked(SKILLS[i % len(SKILLS)], (None, *Proficiency)[i % 5]) for i in range(700)]  # beyond one chunk
    profiles = pool({"sql": FAMILIAR, "python": None}, {"cod-test": EXPERT}, {}).profiles
    together = credits_of(demand_profile(wanted, SPACE), profiles, SPACE)
    credit, met_by = credit_of_suppliers(demand_profile(wanted, SPACE), profiles, SPACE)
    assert together.credit.tolist() == credit.astype(np.float64).tolist()
    assert together.met_by.tolist() == met_by.tolist()


def test_covering_sets_cover_hard_requirements_that_some_course_covers() -> None:
    wanted = (
        asked("sql", FAMILIAR),
        asked("python"),
        asked("welding", importance=Importance.PREFERRED),
        asked("communication"),  # soft
        asked("cod-test"),  # only what is broader is taught
        asked("water-analysis", EXPERT),  # in part only
    )
    courses = pool(
        {"sql": None},
        {"python": None, "communication": None},
        {"sql": None, "python": None},
        {"welding": None, "water-analysis": AWARE},
        hours=(30.0, 30.0, 64.0, 16.0),
    )
    held = matrix(courses, *wanted)
    found = covering_sets(courses, held, ToCover(HARD, COVERED), 10.0)
    assert (found.n_to_cover, found.exact.courses, found.exact.hours) == (3, ("courses/2", "courses/3"), 80.0)
    assert (found.is_smallest, found.size_bound, found.has_least_hours) == (True, 2, True)
    essential = covering_sets(courses, held, ToCover(HARD[:1], COVERED), 10.0)
    assert (essential.n_to_cover, essential.exact.courses) == (2, ("courses/2",))
    partly = covering_sets(courses, held, ToCover(HARD, PARTIAL), 10.0)
    assert partly.n_to_cover == 5


def test_the_courses_shown_are_those_asked_for_then_the_heaviest() -> None:
    courses = pool({"sql": None}, {}, {"python": None}, {"sql": None, "python": None}, {"welding": None})
    held = matrix(courses, asked("sql", rarity=0.9), asked("python", rarity=0.3))
    assert met_weights(held.credits, held.weights).round(2).tolist() == [0.9, 0.0, 0.3, 1.2, 0.0]
    assert shown_courses(held.credits, held.weights, [2], 2) == [2, 3]
    assert shown_courses(held.credits, held.weights, [0, 2, 3], 1) == [0, 2, 3]
    assert shown_courses(held.credits, held.weights, [], 99) == [0, 2, 3]


levels = st.sampled_from((None, *Proficiency))
taught = st.dictionaries(st.sampled_from(SKILLS), levels, max_size=4)
requirements = st.lists(
    st.builds(
        asked,
        st.sampled_from(SKILLS),
        levels,
        st.sampled_from((Importance.ESSENTIAL, Importance.PREFERRED)),
        st.floats(0.05, 1.0),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda r: r.skill_id,
)


@settings(deadline=None)
@given(courses=st.lists(taught, max_size=5), further=taught, wanted=requirements)
def test_a_further_course_never_lowers_coverage(
    courses: list[Teaches], further: Teaches, wanted: list[TargetRequirement]
) -> None:
    before, after = rows(pool(*courses), *wanted), rows(pool(*courses, further), *wanted)
    assert all(now.credit >= was.credit for was, now in zip(before, after, strict=True))
    for was, now in zip(counted(before), counted(after), strict=True):
        assert now.met_weight >= was.met_weight
        assert now.n_covered >= was.n_covered
    assert alignment_of(after).n_without_evidence <= alignment_of(before).n_without_evidence


@settings(deadline=None)
@given(courses=st.lists(taught, min_size=1, max_size=5), wanted=requirements)
def test_without_its_evidence_a_requirement_is_less_covered(
    courses: list[Teaches], wanted: list[TargetRequirement]
) -> None:
    """Take every skill that by itself gives a requirement its credit out of every course: the credit must fall."""
    for row in rows(pool(*courses), *wanted):
        if row.status is STATUS.MISSING:
            continue
        alone = {
            (skill, level): rows(pool({skill: level}), row.requirement)[0].credit
            for teaches in courses
            for skill, level in teaches.items()
        }
        assert max(alone.values()) == row.credit
        bare = [{s: level for s, level in t.items() if alone[s, level] < row.credit} for t in courses]
        assert rows(pool(*bare), row.requirement)[0].credit < row.credit


@settings(deadline=None)
@given(courses=st.lists(taught, min_size=1, max_size=4), wanted=requirements)
def test_rows_add_up_to_their_groups(courses: list[Teaches], wanted: list[TargetRequirement]) -> None:
    found = rows(pool(*courses), *wanted)
    groups = counted(found)
    assert sum(g.n_required for g in groups) == len(wanted)
    assert sum(g.weight for g in groups) == pytest.approx(sum(r.weight for r in wanted))
    assert sum(g.met_weight for g in groups) == pytest.approx(sum(r.requirement.weight * r.credit for r in found))
    for row in found:
        assert (row.status is STATUS.COVERED) == (row.credit >= COVERED_AT)
        assert (row.status is STATUS.MISSING) == (row.credit < PARTIAL_AT) == (row.cells == ())
        assert row.credit == max((c.credit for c in row.cells), default=0.0)
