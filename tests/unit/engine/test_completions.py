"""Completions: what they prove, how they count with a résumé, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.bundles import credits_of
from matcher.completions import NewCompletion, check_day, check_verifier, merged_supply
from matcher.config import Settings
from matcher.credential_records import NewCredential
from matcher.domain.document import Kind, RawDocument
from matcher.domain.match import RequirementStatus
from matcher.domain.skill import Importance, Proficiency, SkillKind
from matcher.domain.target import PostingTarget, TargetRequirement
from matcher.engine import Engine
from matcher.errors import InvalidRequest, ResourceExists, ResourceNotFound
from matcher.gap_analysis import GapQuery
from matcher.match.credit import LEVEL_FACTOR
from matcher.records import ImportItem
from matcher.store import StoreConfig
from tests.unit.match.small_world import IDS, SPACE, candidate

DAY = date(2026, 6, 30)
TEXTS = {
    "candidates/li": "求职意向：数据分析师\n技能\n了解SQL；熟练掌握Excel",
    "postings/analyst": "数据分析师\n任职要求\n熟练掌握SQL\n熟悉Python\n熟练使用Excel\n持低压电工证者优先",
    "courses/sql": "《SQL数据库》课程大纲\n学时：40\n课程目标\n熟练掌握SQL查询，对接低压电工证\n考核方式\n上机100%",
    "courses/python": "《Python程序设计》课程大纲\n学时：60\n课程目标\n了解Python语言\n考核方式\n期末考试",
    "courses/python-2": "《Python数据分析》课程大纲\n学时：60\n课程目标\n熟练掌握Python\n考核方式\n期末考试",
}


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = Engine(Settings(store=StoreConfig(path=tmp_path_factory.mktemp("completions") / "c.db")))
    engine.load()
    yield engine
    engine.close()


@pytest.fixture
def engine(loaded: Engine) -> Engine:
    """The engine with the documents of this module as written, no bundles and no completions."""
    for kind in Kind:
        for stored in loaded.list_documents(kind, "", 100, "").documents:
            loaded.delete(stored.document.name)
    for credential in loaded.credentials.bundles.all():
        loaded.credentials.bundles.delete(credential.name)
    items = [
        ImportItem(RawDocument(kind=Kind(name.partition("s/")[0]), id=name.partition("/")[2], text=text))
        for name, text in TEXTS.items()
    ]
    assert not [r.error for r in loaded.import_documents(items) if r.error]
    return loaded


def complete(engine: Engine, subject: str, day: date = DAY, **more: str) -> str:
    return engine.completions.record(NewCompletion("candidates/li", subject, day, **more)).completion.name


def gap(engine: Engine) -> dict[str, tuple[float, Proficiency | None]]:
    found = engine.analyze_gap(GapQuery("candidates/li", PostingTarget("postings/analyst"))).gap
    return {r.requirement.skill_id: (round(r.credit, 4), r.held_level) for r in found.requirements}


def test_a_completed_course_counts_at_the_level_its_syllabus_states(engine: Engine) -> None:
    assert gap(engine)["sql"] == (0.5, Proficiency.AWARE)
    assert gap(engine)["python"] == (0.0, None)
    name = complete(engine, "courses/sql")
    complete(engine, "courses/python")
    assert gap(engine)["sql"] == (1.0, Proficiency.PROFICIENT)
    assert gap(engine)["python"] == (0.7, Proficiency.AWARE), "了解 does not close a gap at 熟悉"
    assert gap(engine)["excel"] == (1.0, Proficiency.PROFICIENT), "what the résumé shows stays"
    found = engine.analyze_gap(GapQuery("candidates/li", PostingTarget("postings/analyst"))).gap
    (sql,) = [r for r in found.requirements if r.requirement.skill_id == "sql"]
    assert [(e.document, e.completion) for e in sql.evidence[:1]] == [("courses/sql", name)]
    text = TEXTS["courses/sql"]
    assert all(e.quote == text[e.span.start : e.span.end] for e in sql.evidence if e.document == "courses/sql")
    (excel,) = [r for r in found.requirements if r.requirement.skill_id == "excel"]
    assert {(e.document, e.completion) for e in excel.evidence} == {("candidates/li", "")}


def test_a_course_proves_no_certificate_that_its_syllabus_names(engine: Engine) -> None:
    certificate = "low-voltage-electrician-certificate"
    assert certificate in {m.skill_id for m in engine.get("courses/sql").mentions}
    complete(engine, "courses/sql")
    assert gap(engine)[certificate] == (0.0, None)
    (view,) = engine.completions.of_candidate("candidates/li")
    assert certificate not in {p.skill_id for p in view.proved}


def test_a_match_is_not_changed_by_a_completion(engine: Engine) -> None:
    from matcher.records import Pair

    pair = Pair("postings/analyst", "candidates/li")
    before = engine.explain(pair).match
    complete(engine, "courses/sql")
    assert engine.explain(pair).match == before


def test_deleting_a_completion_opens_the_gap_again(engine: Engine) -> None:
    before = gap(engine)
    name = complete(engine, "courses/sql")
    assert gap(engine) != before
    engine.completions.delete(name)
    assert gap(engine) == before
    with pytest.raises(ResourceNotFound):
        engine.completions.delete(name)


def test_a_bundle_counts_with_the_courses_that_it_had(engine: Engine) -> None:
    engine.credentials.bundles.create(NewCredential("data", "数据", ("courses/sql", "courses/python-2")))
    complete(engine, "credentials/data")
    engine.credentials.bundles.delete("credentials/data")
    assert gap(engine)["python"] == (1.0, Proficiency.PROFICIENT)
    (view,) = engine.completions.of_candidate("candidates/li")
    assert [course for course, _ in view.completion.courses] == ["courses/sql", "courses/python-2"]
    assert {p.skill_id: p.level for p in view.proved}["sql"] is Proficiency.PROFICIENT


def test_changed_and_deleted_syllabi_are_told(engine: Engine) -> None:
    engine.credentials.bundles.create(NewCredential("data", "数据", ("courses/sql", "courses/python")))
    complete(engine, "credentials/data")
    engine.upsert(RawDocument(kind=Kind.COURSE, id="sql", text=TEXTS["courses/sql"].replace("熟练掌握", "了解")))
    engine.delete("courses/python")
    (view,) = engine.completions.of_candidate("candidates/li")
    assert [w.code for w in view.warnings] == ["SYLLABUS_CHANGED", "COURSE_DELETED"]
    assert gap(engine)["sql"][1] is Proficiency.AWARE
    assert gap(engine)["python"] == (0.0, None)


def test_growth_tells_point_by_point_what_each_completion_closed(engine: Engine) -> None:
    later = complete(engine, "courses/python-2", date(2026, 9, 1))
    first = complete(engine, "courses/sql")
    growth = engine.credentials.growth.growth("candidates/li", PostingTarget("postings/analyst"))
    start, one, two = growth.points
    assert [p.completion.name if p.completion else None for p in growth.points] == [None, first, later]
    assert start.steps == ()
    (step,) = one.steps
    assert (step.skill_id, step.status_before, step.status_after) == (
        "sql",
        RequirementStatus.PARTIAL,
        RequirementStatus.COVERED,
    )
    assert start.open_weight - one.open_weight == pytest.approx(step.weight * (step.credit_after - step.credit_before))
    assert [s.skill_id for s in two.steps] == ["python"]
    assert start.open_weight > one.open_weight > two.open_weight
    for point in growth.points:
        assert point.coverage == pytest.approx(1 - point.open_weight / growth.weight)
    told = engine.analyze_gap(GapQuery("candidates/li", PostingTarget("postings/analyst"))).gap
    assert two.open_weight == pytest.approx(told.open_weight), "the last point is the gap of today"


def test_nothing_of_the_growth_file_outlives_the_candidate(engine: Engine) -> None:
    complete(engine, "courses/sql")
    engine.delete("candidates/li")
    with pytest.raises(ResourceNotFound):
        engine.credentials.growth.growth("candidates/li", PostingTarget("postings/analyst"))
    with pytest.raises(ResourceNotFound):
        engine.completions.of_candidate("candidates/li")
    engine.upsert(RawDocument(kind=Kind.CANDIDATE, id="li", text=TEXTS["candidates/li"]))
    assert len(engine.credentials.growth.growth("candidates/li", PostingTarget("postings/analyst")).points) == 1


def test_the_same_report_twice_is_one_completion(engine: Engine) -> None:
    assert complete(engine, "courses/sql", request_id="r") == complete(engine, "courses/sql", request_id="r")
    assert len(engine.completions.of_candidate("candidates/li")) == 1
    with pytest.raises(InvalidRequest) as reused:
        complete(engine, "courses/python", request_id="r")
    assert reused.value.code == "REQUEST_ID_REUSED"
    with pytest.raises(ResourceExists):
        complete(engine, "courses/sql", verified_by="教务处")


@pytest.mark.parametrize(
    ("candidate_name", "subject", "field"),
    [
        ("candidates/nobody", "courses/sql", "candidate"),
        ("candidates/li", "courses/none", "completion.subject"),
        ("candidates/li", "credentials/none", "completion.subject"),
    ],
)
def test_what_is_not_stored_is_named(engine: Engine, candidate_name: str, subject: str, field: str) -> None:
    with pytest.raises(ResourceNotFound) as error:
        engine.completions.record(NewCompletion(candidate_name, subject, DAY))
    assert error.value.field == field


def test_a_day_is_in_the_past_wherever_it_is_written() -> None:
    now = datetime(2026, 11, 30, 20, 0, tzinfo=UTC)
    check_day(now.date(), now)
    check_day(now.date() + timedelta(days=1), now)  # it is the next day already in China
    for day in (now.date() + timedelta(days=2), date(1949, 12, 31)):
        with pytest.raises(InvalidRequest) as error:
            check_day(day, now)
        assert error.value.field == "completion.completed_on"
    with pytest.raises(InvalidRequest):
        check_day(now.date() + timedelta(days=1), now.replace(hour=9))


@pytest.mark.parametrize("text", ["电话13912345678", "教师：张伟", "王老师 教务处", "registry@college.edu"])
def test_a_verifier_is_no_person(text: str) -> None:
    with pytest.raises(InvalidRequest) as error:
        check_verifier(text)
    assert error.value.code == "PERSONAL_DATA"
    assert text not in str(error.value)


@pytest.mark.parametrize("text", ["", "某某学院教务处", "某市教育局 备案号 2026-0012", "Registry, Northbridge College"])
def test_an_office_may_verify(text: str) -> None:
    check_verifier(text)


def test_levels_have_one_order_of_worth_whatever_is_asked() -> None:
    for better, worse in ((4, 3), (3, 0), (0, 2), (2, 1)):
        assert (LEVEL_FACTOR[:, better] >= LEVEL_FACTOR[:, worse]).all()
        assert LEVEL_FACTOR[:, better].sum() > LEVEL_FACTOR[:, worse].sum()


LEVELS = st.sampled_from([None, *Proficiency])
SHOWN = st.dictionaries(st.sampled_from(IDS), LEVELS, max_size=6)


@given(st.lists(SHOWN, min_size=2, max_size=4), st.data())
def test_credit_after_completions_is_the_highest_that_resume_or_course_gives(
    shown: list[dict[str, Proficiency | None]], data: st.DataObject
) -> None:
    asked = tuple(
        TargetRequirement(i, SkillKind.HARD, Importance.ESSENTIAL, data.draw(LEVELS), 1.0, 1.0, 1.0) for i in IDS
    )
    profiles = [candidate(s) for s in shown]
    merged = merged_supply(profiles[0], profiles[1:])
    apart = credits_of(asked, profiles, SPACE).credit.max(axis=0)
    together = credits_of(asked, [merged], SPACE).credit[0]
    assert np.array_equal(apart, together)
    assert sorted(set(merged.supply_skills.tolist())) == merged.supply_skills.tolist()
