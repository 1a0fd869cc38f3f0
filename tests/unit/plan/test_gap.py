"""Gaps from numbers: statuses, coverages worked by hand, and the laws that every gap keeps."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.document import EducationLevel, Facts, Kind, Span
from matcher.domain.gap import FactStatus, Gap, GapStatus
from matcher.domain.match import Evidence
from matcher.domain.requirement import Supply
from matcher.domain.skill import Importance, Proficiency, SkillKind
from matcher.domain.target import Target, TargetRequirement, TargetSource, requirement_weight
from matcher.errors import InvalidRequest
from matcher.gap_analysis import met_by_profile
from matcher.match.credit import COVERED_AT
from matcher.match.profile import Profile, make_profile
from matcher.match.skillspace import SkillSpace
from matcher.plan.gap import Met, Shown, gap_status, make_gap
from matcher.plan.gap_text import MAX_ITEMS, gap_text, groups_of
from tests.unit.match.small_world import TAXONOMY

SPACE = SkillSpace(TAXONOMY)
SKILLS = ("databases", "sql", "mysql", "postgres", "python", "water-analysis", "cod-test", "communication", "welding")
LEVELS = (None, *Proficiency)
SILENT = Shown("", None, None, {}, {})


def asked(
    skill_id: str, level: Proficiency | None = None, importance: Importance = Importance.ESSENTIAL, rarity: float = 0.5
) -> TargetRequirement:
    kind = TAXONOMY.get(skill_id).kind
    weight = requirement_weight(importance, kind, 1.0, rarity)
    return TargetRequirement(skill_id, kind, importance, level, 1.0, rarity, weight)


def target(*requirements: TargetRequirement, education: EducationLevel | None = None) -> Target:
    return Target(TargetSource.POSTING, "postings/x", "x", 1, requirements, education)


def shows(**level_by_skill: Proficiency | None) -> Profile:
    supply = {s.replace("_", "-"): Supply(s, level, 1.0, (0,)) for s, level in level_by_skill.items()}
    return make_profile(Kind.CANDIDATE, (), supply, Facts(), SPACE)


def gap(what: Target, profile: Profile, shown: Shown = SILENT) -> Gap:
    return make_gap(what, met_by_profile(what, profile, SPACE), shown, COVERED_AT)


@pytest.mark.parametrize(
    ("skill_id", "level", "shown", "status", "credit", "met_by"),
    [
        ("sql", None, {"sql": None}, GapStatus.MET, 1.0, "sql"),
        ("sql", Proficiency.PROFICIENT, {"sql": Proficiency.EXPERT}, GapStatus.MET, 1.0, "sql"),
        # one level directly below stands for it
        ("sql", None, {"mysql": None}, GapStatus.MET, 0.95, "mysql"),
        ("sql", Proficiency.PROFICIENT, {"sql": Proficiency.AWARE}, GapStatus.MET_AT_LOWER_LEVEL, 0.5, "sql"),
        ("sql", Proficiency.PROFICIENT, {"sql": None}, GapStatus.MET_AT_LOWER_LEVEL, 0.85, "sql"),
        ("sql", Proficiency.PROFICIENT, {"mysql": Proficiency.AWARE}, GapStatus.MET_AT_LOWER_LEVEL, 0.475, "mysql"),
        # two levels below is a part, whatever the level
        ("databases", None, {"mysql": Proficiency.EXPERT}, GapStatus.NEAR, 0.85, "mysql"),
        ("mysql", None, {"sql": None}, GapStatus.NEAR, 0.3, "sql"),
        # 0.3 × 0.85 is worth something, 0.3 × 0.75 is below the floor
        ("mysql", Proficiency.PROFICIENT, {"sql": None}, GapStatus.NEAR, 0.255, "sql"),
        ("mysql", Proficiency.EXPERT, {"sql": None}, GapStatus.MISSING, 0.0, ""),
        ("sql", None, {"python": Proficiency.EXPERT}, GapStatus.MISSING, 0.0, ""),
        ("sql", None, {}, GapStatus.MISSING, 0.0, ""),
    ],
)
def test_status_follows_the_credit_rule(
    skill_id: str,
    level: Proficiency | None,
    shown: dict[str, Proficiency | None],
    status: GapStatus,
    credit: float,
    met_by: str,
) -> None:
    (row,) = gap(target(asked(skill_id, level)), shows(**shown)).requirements
    assert (row.status, row.met_by) == (status, met_by)
    assert row.credit == pytest.approx(credit, abs=1e-6)
    assert row.open_weight == pytest.approx(row.requirement.weight * (1 - credit), abs=1e-6)
    assert row.relation == (pytest.approx(TAXONOMY.related(skill_id)[met_by]) if met_by else 0.0)


def test_totals_are_worked_by_hand() -> None:
    what = target(
        asked("sql", rarity=1.0),
        asked("welding", rarity=0.5),
        asked("python", importance=Importance.PREFERRED, rarity=1.0),
        asked("communication", rarity=1.0),
    )
    found = gap(what, shows(mysql=None, communication=None))
    assert found.essential_coverage == pytest.approx(0.95 / 1.5)
    assert found.preferred_coverage == 0.0
    assert found.soft_coverage == 1.0
    assert found.credential_coverage is None
    assert found.weight == pytest.approx(1.0 + 0.5 + 0.4 + 0.3)
    assert found.open_weight == pytest.approx(0.05 + 0.5 + 0.4)


def test_what_asks_for_nothing_has_no_coverage() -> None:
    found = gap(target(), shows(sql=Proficiency.EXPERT))
    assert (found.essential_coverage, found.preferred_coverage, found.soft_coverage) == (None, None, None)
    assert (found.weight, found.open_weight) == (0, 0)


@pytest.mark.parametrize(
    ("wanted", "shown", "status"),
    [
        (None, EducationLevel.MASTER, FactStatus.NOT_ASKED),
        (EducationLevel.ASSOCIATE, None, FactStatus.NOT_SHOWN),
        (EducationLevel.ASSOCIATE, EducationLevel.BACHELOR, FactStatus.MET),
        (EducationLevel.BACHELOR, EducationLevel.ASSOCIATE, FactStatus.BELOW),
    ],
)
def test_unknown_education_is_neither_met_nor_short(
    wanted: EducationLevel | None, shown: EducationLevel | None, status: FactStatus
) -> None:
    found = gap(target(education=wanted), shows(), replace(SILENT, education=shown))
    assert found.education.status is status


def test_no_experience_asked_for_is_met_by_anybody() -> None:
    what = replace(target(), experience_years=0.0)
    assert gap(what, shows()).experience.status is FactStatus.MET
    assert gap(replace(what, experience_years=1.0), shows()).experience.status is FactStatus.NOT_SHOWN


def test_every_requirement_stands_in_one_group() -> None:
    certificate = replace(asked("welding"), kind=SkillKind.CERTIFICATE, importance=Importance.PREFERRED)
    what = target(asked("sql"), asked("communication"), asked("python", importance=Importance.PREFERRED), certificate)
    groups = {g: [r.requirement.skill_id for r in rows] for g, rows in groups_of(gap(what, shows())).items()}
    assert groups == {
        "essential_skills": ["sql"],
        "preferred_skills": ["python"],
        "credentials": ["welding"],
        "soft_skills": ["communication"],
    }


# --- laws ------------------------------------------------------------------------------------------------------------

requirements = st.builds(
    asked,
    st.sampled_from(SKILLS),
    st.sampled_from(LEVELS),
    st.sampled_from((Importance.ESSENTIAL, Importance.PREFERRED)),
    st.floats(0.2, 1.0),
)
targets = st.lists(requirements, max_size=6, unique_by=lambda r: r.skill_id).map(lambda rows: target(*rows))
supplies = st.dictionaries(st.sampled_from([s.replace("-", "_") for s in SKILLS]), st.sampled_from(LEVELS), max_size=6)


@given(targets)
def test_a_silent_candidate_meets_nothing(what: Target) -> None:
    found = gap(what, shows())
    assert all(r.status is GapStatus.MISSING and r.credit == 0 for r in found.requirements)
    assert found.open_weight == pytest.approx(found.weight)


@given(targets, supplies)
def test_numbers_of_a_gap_recompute(what: Target, supply: dict[str, Proficiency | None]) -> None:
    found = gap(what, shows(**supply))
    assert [r.requirement for r in found.requirements] == list(what.requirements)
    for row in found.requirements:
        assert 0 <= row.credit <= row.relation <= 1
        assert (row.status is GapStatus.MISSING) == (row.credit == 0) == (not row.met_by)
        assert (row.status is GapStatus.MET) == (row.credit >= COVERED_AT)
    for coverage in (found.essential_coverage, found.preferred_coverage, found.soft_coverage):
        assert coverage is None or 0 <= coverage <= 1
    assert 0 <= found.open_weight <= found.weight + 1e-9


@given(targets, supplies, st.data())
def test_a_higher_level_never_lowers_coverage(
    what: Target, supply: dict[str, Proficiency | None], data: st.DataObject
) -> None:
    raised = dict(supply)
    for skill, level in supply.items():
        if level is not None:
            raised[skill] = data.draw(st.sampled_from([q for q in Proficiency if q >= level]))
    before, after = gap(what, shows(**supply)), gap(what, shows(**raised))
    for one, other in zip(before.requirements, after.requirements, strict=True):
        assert other.credit >= one.credit


@given(targets, supplies, st.sampled_from(LEVELS))
def test_one_more_skill_never_lowers_coverage_and_an_unrelated_one_changes_nothing(
    what: Target, supply: dict[str, Proficiency | None], level: Proficiency | None
) -> None:
    known = {k: v for k, v in supply.items() if k != "negotiation"}
    before, after = gap(what, shows(**known)), gap(what, shows(**known, negotiation=level))
    for one, other in zip(before.requirements, after.requirements, strict=True):
        if "negotiation" in TAXONOMY.related(one.requirement.skill_id):
            assert other.credit >= one.credit
        else:
            assert other == one


@given(targets, supplies, st.data())
def test_the_order_of_lists_changes_nothing(
    what: Target, supply: dict[str, Proficiency | None], data: st.DataObject
) -> None:
    rows = data.draw(st.permutations(what.requirements))
    skills = data.draw(st.permutations(list(supply)))
    one, other = gap(what, shows(**supply)), gap(target(*rows), shows(**{s: supply[s] for s in skills}))
    by_skill = {r.requirement.skill_id: r for r in other.requirements}
    assert {r.requirement.skill_id: r for r in one.requirements} == by_skill
    assert one.open_weight == pytest.approx(other.open_weight)


# --- text ------------------------------------------------------------------------------------------------------------


def quote(document: str, text: str) -> Evidence:
    return Evidence(document, Span(0, len(text)), text, text, 0.9)


def label(skill_id: str) -> str:
    return TAXONOMY.get(skill_id).label("en")


def test_the_text_says_what_the_gap_says() -> None:
    what = replace(
        target(
            replace(asked("sql", Proficiency.PROFICIENT), evidence=(quote("postings/x", "solid SQL"),)),
            asked("welding"),
            asked("python", Proficiency.AWARE, Importance.PREFERRED),
            asked("communication", importance=Importance.PREFERRED),
            education=EducationLevel.BACHELOR,
        ),
        experience_years=3.0,
    )
    shown = Shown(
        "candidates/y",
        None,
        1.5,
        {"sql": [quote("candidates/y", "some SQL")]},
        {"python": [quote("candidates/y", "no Python yet")]},
    )
    assert gap_text(gap(what, shows(sql=Proficiency.AWARE), shown), label, "en").splitlines() == [
        "Met: essential 25%; preferred 0%; soft skills 0%; open weight 1.01 of 1.26",
        "Education: asked bachelor, shown unstated (the text does not say)",
        "Experience: asked 3 years, shown 1.5 years (below)",
        "Essential skills · at a lower or unstated level (1)",
        "  · sql, asked proficient, shown aware: “solid SQL” ← “some SQL” (counted 50%)",
        "Essential skills · not shown by the text (1)",
        "  · welding",
        "Preferred skills · not shown by the text (1)",
        "  · python, asked aware: the text says “no Python yet”",
        "Soft skills · not shown by the text (1)",
        "  · communication (preferred)",
    ]


def test_a_wish_is_told_as_a_wish() -> None:
    wishing = replace(SILENT, wished={"sql": [quote("candidates/y", "wants to learn SQL")]})
    text = gap_text(gap(target(asked("sql")), shows(), wishing), label, "en")
    assert text.endswith("· sql: wished for only, “wants to learn SQL”")


def test_a_long_list_is_cut_and_says_so() -> None:
    many = [replace(asked("sql"), weight=float(n)) for n in range(1, MAX_ITEMS + 3)]
    text = gap_text(gap(target(*many), shows()), label, "zh")
    assert f"必备技能 · 文本未体现 ({MAX_ITEMS + 2})" in text
    assert text.endswith("\n  · 另有 2 项")


def test_a_gap_without_requirements_says_so() -> None:
    assert gap_text(gap(target(), shows()), label, "zh") == "目标文本未提出任何技能要求，满足度无定义"


def test_no_third_language_is_rendered() -> None:
    with pytest.raises(InvalidRequest):
        gap_text(gap(target(), shows()), label, "fr")


def test_a_skill_that_stands_for_the_one_asked_wants_a_level_only() -> None:
    assert gap_status(Met(0.76, "mysql", 0.95), COVERED_AT) is GapStatus.MET_AT_LOWER_LEVEL
    assert gap_status(Met(0.76, "mysql", 0.85), COVERED_AT) is GapStatus.NEAR
