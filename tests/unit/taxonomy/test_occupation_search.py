"""Occupations by title: exact, as a variant, misspelt; in Chinese and English."""

from __future__ import annotations

import pytest

from matcher.domain.occupation import Occupation
from matcher.domain.skill import Skill, SkillKind
from matcher.errors import InvalidRequest
from matcher.taxonomy import OccupationSearch, Taxonomy, load_starter
from matcher.taxonomy.occupation_search import VARIANT, stems


def occupation(id_: str, zh: str, en: str, *aliases_zh: str) -> Occupation:
    return Occupation(id_, "f", {"zh": zh, "en": en}, {"zh": aliases_zh} if aliases_zh else {})


OCCUPATIONS = [
    occupation("data-governance-engineer", "数据治理工程师", "data governance engineer"),
    occupation("data-analyst", "数据分析师", "data analyst", "商业分析师"),
    occupation("chief-data-officer", "首席数据官", "chief data officer", "CDO"),
    occupation("data-engineer", "数据工程师", "data engineer"),
    occupation("driving-developer", "智能驾驶开发工程师", "intelligent driving developer", "智能自动驾驶算法工程师"),
    occupation("driving-tester", "智能驾驶测试工程师", "intelligent driving tester"),
    occupation("service-manager", "客服经理", "customer service manager"),
    occupation("service-agent", "客服专员", "customer service specialist"),
]


@pytest.fixture(scope="module")
def search() -> OccupationSearch:
    return OccupationSearch(Taxonomy("t", [Skill("s", SkillKind.HARD, "f", {"en": "s"}, {})], (), OCCUPATIONS))


@pytest.mark.parametrize(
    ("title", "id_", "score"),
    [
        ("数据治理工程师", "data-governance-engineer", 1.0),
        ("數據治理工程師", "data-governance-engineer", 1.0),
        ("Data Governance Engineer", "data-governance-engineer", 1.0),
        ("商业分析师", "data-analyst", 0.98),
        ("数据治理专家", "data-governance-engineer", VARIANT),
        ("数据治理师", "data-governance-engineer", VARIANT),
        ("资深数据治理工程师（上海）", "data-governance-engineer", VARIANT),
        ("Senior Data Analyst II", "data-analyst", VARIANT),
        ("data governance specialist", "data-governance-engineer", VARIANT),
        ("智能自动驾驶算法专家", "driving-developer", VARIANT),
        ("智能驾驶测试员", "driving-tester", VARIANT),
        ("客服人员", "service-agent", VARIANT),
        ("cdo", "chief-data-officer", 0.98),
    ],
)
def test_variants_of_a_title_resolve_to_one_occupation(
    search: OccupationSearch, title: str, id_: str, score: float
) -> None:
    best = search.search(title).hits[0]
    assert (best.occupation.id, best.score) == (id_, score)
    resolved = search.resolve(title)
    assert resolved is not None
    assert resolved.id == id_


@pytest.mark.parametrize("title", ["数据治理经理", "数据官员", "chief data engineer", "焊工", "智能驾驶"])
def test_a_title_of_other_work_resolves_to_none(search: OccupationSearch, title: str) -> None:
    assert search.resolve(title) is None


@pytest.mark.parametrize(
    ("title", "id_"),
    [
        ("数据分析师（上海）", "data-analyst"),
        ("数据分析师 / Data Analyst", "data-analyst"),
        ("数据分析师 Data Scientist", "data-analyst"),
        ("急聘、客服专员", "service-agent"),
        ("数据分析师/数据工程师", None),
        ("焊工/电工", None),
        ("", None),
        ("　", None),
        ("数" * 201, None),
    ],
)
def test_a_posting_counts_for_the_one_occupation_that_its_title_names(
    search: OccupationSearch, title: str, id_: str | None
) -> None:
    found = search.resolve_posting(title)
    assert (found and found.id) == id_


@pytest.mark.parametrize(
    "title", ["数据治理工程师", "商业分析师", "数据治理师", "Senior Data Analyst II", "数据工程", "焊工", "cdo"]
)
def test_resolving_agrees_with_searching(search: OccupationSearch, title: str) -> None:
    hits = [hit for hit in search.search(title, page_size=2).hits if hit.score >= VARIANT]
    is_plain = len(hits) == 1 or (len(hits) > 1 and hits[0].score > hits[1].score)
    assert search.resolve(title) == (hits[0].occupation if is_plain else None)


@pytest.mark.parametrize(
    ("typed", "id_"),
    [("data govrnance enginer", "data-governance-engineer"), ("数据治里工程师", "data-governance-engineer")],
)
def test_a_misspelt_title_is_found_below_any_other_fit(search: OccupationSearch, typed: str, id_: str) -> None:
    best = search.search(typed).hits[0]
    assert best.occupation.id == id_
    assert 0 < best.score <= 0.55
    assert search.resolve(typed) is None


def test_pages_join_and_count_all(search: OccupationSearch) -> None:
    whole = search.search("数据", page_size=20)
    first, second = (search.search("数据", page_size=2, offset=offset) for offset in (0, 2))
    assert [*first.hits, *second.hits] == list(whole.hits)[:4]
    assert first.total == whole.total == 4
    assert (first.next_offset, second.next_offset, whole.next_offset) == (2, None, None)


def test_what_the_search_of_skills_refuses_is_refused(search: OccupationSearch) -> None:
    for arguments in (
        {"query": " "},
        {"query": "x" * 201},
        {"query": "x", "page_size": 0},
        {"query": "x", "offset": -1},
    ):
        with pytest.raises(InvalidRequest):
            search.search(**arguments)


def test_a_stem_of_one_character_tells_nothing() -> None:
    assert stems("电工") == ("电工",)
    assert stems("高级数据分析师") == ("数据分析师", "数据分析…")


@pytest.mark.parametrize(
    "titles",
    [
        ("智能驾驶开发工程师", "智能自动驾驶开发工程师", "智能自动驾驶算法工程师"),
        ("数据治理工程师", "数据治理专家", "数据治理师"),
    ],
)
def test_the_starters_name_variants_resolve_together(titles: tuple[str, ...]) -> None:
    starter = OccupationSearch(load_starter())
    found = {resolved.id for title in titles if (resolved := starter.resolve(title)) is not None}
    assert len(found) == 1
    assert all(starter.resolve(title) is not None for title in titles)
