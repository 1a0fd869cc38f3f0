"""Coverage over an engine of a few documents: the pool of all courses, and what a rewrite in between means."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from matcher.config import Settings
from matcher.coverage_queries import AuditQuery, CoverQuery, SimulateQuery
from matcher.domain.coverage import AlignmentBand, RequirementGroup
from matcher.domain.document import Facts, Kind, RawDocument
from matcher.domain.match import RequirementStatus
from matcher.domain.target import CohortTarget, PostingTarget
from matcher.engine import Engine
from matcher.errors import IndexNotReady
from matcher.programmes import ProgrammeQuery, explained, pool_of_all
from matcher.records import ImportItem
from matcher.store import StoreConfig

POSTINGS = {
    "sql": "数据分析师\n任职要求\n熟悉SQL\n熟练掌握Python",
    "excel": "招聘启事\n任职要求\n熟悉Excel\n熟悉SQL",
    "silent": "招聘启事\n任职要求\n身体健康",
}
COURSES = {
    "a": "课程一\n课程内容：熟悉SQL",
    "b": "课程二\n课程内容：熟练掌握Python、Photoshop",
    "c": "体育\n课程内容：篮球",
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = Engine(Settings(store=StoreConfig(path=tmp_path_factory.mktemp("covering") / "c.db")))
    engine.load()
    postings = [RawDocument(Kind.POSTING, key, text=text) for key, text in POSTINGS.items()]
    courses = [RawDocument(Kind.COURSE, key, text=text, facts=Facts(hours=32.0)) for key, text in COURSES.items()]
    results = engine.import_documents([ImportItem(raw) for raw in (*postings, *courses)])
    assert not [r.error for r in results if r.error]
    yield engine
    engine.close()


def test_all_stored_courses_are_the_pool_where_no_programme_is_named(engine: Engine) -> None:
    found = engine.cover_posting(CoverQuery(target=PostingTarget("postings/sql")))
    assert (found.n_courses, found.n_helpful) == (3, 2)
    assert [(c.name, c.hours, c.n_covered) for c in found.courses] == [("courses/a", 32.0, 1), ("courses/b", 32.0, 1)]
    assert found.sets.exact.courses == ("courses/a", "courses/b")
    assert found.sets.exact.hours == 64.0
    assert {r.status for r in found.rows} == {RequirementStatus.COVERED}
    assert found.groups[0].coverage == 1.0


def test_a_course_rewritten_meanwhile_is_no_proof(engine: Engine) -> None:
    in_force = engine.present.now
    pool = pool_of_all(in_force)
    engine.upsert(RawDocument(Kind.COURSE, "c", text="体育\n课程内容：足球"))
    with pytest.raises(IndexNotReady) as error:
        explained(in_force, pool, [1, 2])
    assert error.value.code == "COURSES_REWRITTEN"
    assert set(explained(in_force, pool, [1])) == {1}


def test_a_posting_that_asks_for_nothing_leaves_everything_undefined(engine: Engine) -> None:
    programme = ProgrammeQuery(courses=("courses/a",))
    found = engine.audit_programme(AuditQuery(target=PostingTarget("postings/silent"), programme=programme))
    assert (found.rows, found.alignment.band, found.alignment.share) == ((), None, None)
    assert [g.coverage for g in found.groups] == [None] * 4
    assert "无定义" in found.explanation
    covered = engine.cover_posting(CoverQuery(target=PostingTarget("postings/silent")))
    assert (covered.courses, covered.sets.exact.courses, covered.sets.n_to_cover) == ((), (), 0)
    query = SimulateQuery(
        target=CohortTarget(), programme=programme, replaces="courses/a", course=None, covered_from=0.5
    )
    simulated = engine.simulate_course(query)
    assert (len(POSTINGS), simulated.n_undefined) == (3, 1)
    # half of what each of the two asks for is SQL, by rarity rather more or less than half
    assert simulated.after.n_postings_covered == 0


def test_a_band_follows_the_courses(engine: Engine) -> None:
    def band(*courses: str) -> AlignmentBand | None:
        programme = ProgrammeQuery(courses=tuple(f"courses/{c}" for c in courses))
        query = AuditQuery(target=PostingTarget("postings/sql"), programme=programme)
        return engine.audit_programme(query).alignment.band

    assert [band("c"), band("a"), band("a", "b")] == [AlignmentBand.LOW, AlignmentBand.MEDIUM, AlignmentBand.HIGH]


def test_what_nobody_asks_for_is_told_beside_what_is_asked(engine: Engine) -> None:
    programme = ProgrammeQuery(courses=("courses/a", "courses/b"))
    found = engine.audit_programme(AuditQuery(target=CohortTarget(), programme=programme))
    assert [t.skill_id for t in found.undemanded] == ["photoshop"]
    untaught = [r for r in found.rows if r.status is RequirementStatus.MISSING]
    assert [(r.requirement.skill_id, r.group) for r in untaught] == [("excel", RequirementGroup.ESSENTIAL)]
