"""Targets of an engine with five postings: what is demanded, how much it weighs, and who says so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from matcher.config import Settings
from matcher.domain.document import EducationLevel, Facts, Kind, RawDocument
from matcher.domain.skill import Importance, Proficiency, SkillKind
from matcher.domain.target import CohortTarget, OccupationTarget, PostingTarget, Target, TargetRequirement, TargetSource
from matcher.engine import Engine
from matcher.errors import EmptyCohort, InvalidFilter, InvalidRequest, MatcherError, ResourceNotFound
from matcher.records import ImportItem
from matcher.store import StoreConfig

TEXTS = {
    "a": "数据分析师\n任职要求\n熟练掌握Python\n熟悉SQL\n大专及以上学历",
    "b": "Data analyst\nRequirements\nProficient in SQL. Python is a plus.\nBachelor's degree required.",
    "c": "数据分析师\n任职要求\n精通SQL；会使用Excel；沟通能力强\n本科及以上学历",
    "d": "招聘启事\n任职要求\n身体健康",
    "e": "电工\n任职要求\n持低压电工证",
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    store = tmp_path_factory.mktemp("targets") / "t.db"
    engine = Engine(Settings(store=StoreConfig(path=store)))
    engine.load()
    postings = [ImportItem(RawDocument(kind=Kind.POSTING, id=key, text=text)) for key, text in TEXTS.items()]
    person = ImportItem(RawDocument(kind=Kind.CANDIDATE, id="p", text="熟悉Python"))
    assert not [r.error for r in engine.import_documents([*postings, person]) if r.error]
    yield engine
    engine.close()


def requirement(target: Target, skill_id: str) -> TargetRequirement:
    return next(r for r in target.requirements if r.skill_id == skill_id)


def cohort(*ids: str, filter_text: str = "") -> CohortTarget:
    return CohortTarget(filter_text, tuple(f"postings/{i}" for i in ids))


def test_a_posting_asks_for_what_its_text_says(engine: Engine) -> None:
    target = engine.targets.resolve(PostingTarget("postings/a"))
    assert (target.source, target.name, target.n_postings) == (TargetSource.POSTING, "postings/a", 1)
    assert target.education is EducationLevel.ASSOCIATE
    python = requirement(target, "python")
    assert (python.importance, python.level, python.demand_share) == (Importance.ESSENTIAL, Proficiency.PROFICIENT, 1.0)
    assert python.weight == pytest.approx(python.rarity)
    (quote,) = python.evidence
    text = engine.get("postings/a").document.text
    assert (quote.document, text[quote.span.start : quote.span.end]) == ("postings/a", "Python")


def test_an_inline_posting_is_as_a_stored_one_without_a_name(engine: Engine) -> None:
    inline = engine.targets.resolve(PostingTarget(RawDocument(kind=Kind.POSTING, text=TEXTS["a"])))
    stored = engine.targets.resolve(PostingTarget("postings/a"))
    assert inline.name == ""
    assert [(r.skill_id, r.weight, r.level) for r in inline.requirements] == [
        (r.skill_id, r.weight, r.level) for r in stored.requirements
    ]


def test_a_cohort_weighs_by_how_many_ask(engine: Engine) -> None:
    target = engine.targets.resolve(cohort("a", "b", "c"))
    assert (target.source, target.name, target.n_postings) == (TargetSource.COHORT, "", 3)
    sql, python = requirement(target, "sql"), requirement(target, "python")
    assert (sql.demand_share, sql.importance, sql.level) == (1.0, Importance.ESSENTIAL, Proficiency.PROFICIENT)
    assert sorted(e.document for e in sql.evidence) == ["postings/a", "postings/b", "postings/c"]
    # one of two that ask for Python calls it essential
    assert python.importance is Importance.ESSENTIAL
    assert python.demand_share == pytest.approx(2 / 3)
    assert python.weight == pytest.approx(2 / 3 * python.rarity)
    soft = requirement(target, "communication-coordination")
    assert soft.kind is SkillKind.SOFT
    assert soft.weight == pytest.approx(0.3 / 3 * soft.rarity)
    # an associate degree, and twice a bachelor's
    assert target.education is EducationLevel.BACHELOR


def test_a_preferred_requirement_weighs_less(engine: Engine) -> None:
    target = engine.targets.resolve(PostingTarget("postings/b"))
    python = requirement(target, "python")
    assert python.importance is Importance.PREFERRED
    assert python.weight == pytest.approx(0.4 * python.rarity)
    assert target.requirements[-1].importance is Importance.PREFERRED


def test_requirements_come_essential_first_then_heaviest(engine: Engine) -> None:
    rows = [(r.importance is not Importance.ESSENTIAL, -r.weight, r.skill_id) for r in _all(engine).requirements]
    assert rows == sorted(rows)


def _all(engine: Engine) -> Target:
    return engine.targets.resolve(CohortTarget())


def test_a_cohort_of_all_counts_postings_that_ask_for_nothing(engine: Engine) -> None:
    assert _all(engine).n_postings == len(TEXTS)
    assert requirement(_all(engine), "sql").demand_share == pytest.approx(3 / 5)


def test_a_filter_leaves_postings_out_of_those_named(engine: Engine) -> None:
    target = engine.targets.resolve(cohort("a", "c", filter_text="education = BACHELOR"))
    assert target.n_postings == 1
    assert {e.document for r in target.requirements for e in r.evidence} == {"postings/c"}


def test_an_occupation_asks_for_its_skills(engine: Engine) -> None:
    occupation = engine.get_occupation("occupations/data-analyst")
    target = engine.targets.resolve(OccupationTarget("occupations/data-analyst"), language="en")
    assert (target.name, target.title, target.n_postings) == ("occupations/data-analyst", occupation.label("en"), 0)
    asked = {r.skill_id: (r.importance, r.level, r.evidence) for r in target.requirements}
    assert asked == {
        **{s.skill_id: (Importance.ESSENTIAL, s.level, ()) for s in occupation.essential},
        **{s.skill_id: (Importance.PREFERRED, s.level, ()) for s in occupation.optional},
    }


def test_a_posting_that_names_no_skill_asks_for_nothing(engine: Engine) -> None:
    assert engine.targets.resolve(PostingTarget("postings/d")).requirements == ()


@pytest.mark.parametrize(
    ("query", "error", "field", "says"),
    [
        (PostingTarget("candidates/p"), InvalidRequest, "target.posting", "candidate"),
        (PostingTarget(RawDocument(kind=Kind.COURSE, text="SQL")), InvalidRequest, "target.posting", "course"),
        (PostingTarget("postings/none"), ResourceNotFound, "target.posting.name", "postings/none"),
        (cohort("a", "x", "y"), ResourceNotFound, "target.cohort.postings", "postings/x, postings/y"),
        (cohort("a", filter_text="education = DOCTORATE"), EmptyCohort, "target.cohort", "filter"),
        (cohort(filter_text="colour = 3"), InvalidFilter, "target.cohort.filter", "unknown field"),
        (OccupationTarget("occupations/none"), ResourceNotFound, "target.occupation", "occupation"),
    ],
)
def test_what_cannot_be_a_target_is_refused(
    engine: Engine, query: PostingTarget, error: type[MatcherError], field: str, says: str
) -> None:
    with pytest.raises(error) as caught:
        engine.targets.resolve(query)
    assert caught.value.field == field
    assert says in caught.value.message


def test_a_posting_is_quoted_as_it_is_now(engine: Engine) -> None:
    engine.upsert(RawDocument(kind=Kind.POSTING, id="f", text="数据员\n任职要求\n会Python", facts=Facts(region="上海")))
    before = engine.targets.resolve(cohort("f"))
    engine.upsert(RawDocument(kind=Kind.POSTING, id="f", text="任职要求\n现在要会Python", facts=Facts(region="上海")))
    after = engine.targets.resolve(cohort("f"))
    engine.delete("postings/f")
    text = "任职要求\n现在要会Python"
    assert before.requirements[0].skill_id == after.requirements[0].skill_id
    quote = after.requirements[0].evidence[0]
    assert text[quote.span.start : quote.span.end] == quote.quote
    with pytest.raises(ResourceNotFound):
        engine.targets.resolve(cohort("f"))


def test_a_cohort_is_computed_once_until_something_is_written(engine: Engine) -> None:
    first = engine.targets.resolve(cohort("a", "b"))
    assert engine.targets.resolve(cohort("a", "b")) is first
    assert engine.targets.resolve(cohort("b", "a")) == first
    engine.upsert(RawDocument(kind=Kind.POSTING, id="g", text="任职要求\n会Python"))
    second = engine.targets.resolve(cohort("a", "b"))
    engine.delete("postings/g")
    # one more posting asks for Python, which is rarer by less now
    assert requirement(second, "python").rarity < requirement(first, "python").rarity


def test_a_deleted_posting_is_no_longer_quoted(engine: Engine) -> None:
    engine.upsert(RawDocument(kind=Kind.POSTING, id="h", text="任职要求\n会Kubernetes"))
    everything = CohortTarget()
    before = requirement(engine.targets.resolve(everything), "kubernetes")
    engine.delete("postings/h")
    assert [e.document for e in before.evidence] == ["postings/h"]
    assert "kubernetes" not in [r.skill_id for r in engine.targets.resolve(everything).requirements]
