from __future__ import annotations

from pathlib import Path

import pytest

from matcher.errors import InvalidRequest
from matcher.taxonomy import SkillHit, SkillSearch, load_taxonomy

CSV = """\
id,kind,field,broader,label_zh,label_en,aliases_zh,aliases_en
java,tool,so,,Java,Java,Java开发,J2EE
javascript,tool,so,,JavaScript,JavaScript,,JS
python,tool,so,,Python,Python,,Py
numpy,tool,so,,数值计算,NumPy,Python数值计算,
water,hard,wa,,水质检测,water quality testing,水质化验,water analysis
waste,hard,wa,,污水处理,wastewater treatment,,
b-same,hard,wa,,同名乙,same form b,,
a-same,hard,wa,,同名甲,same form a,,
"""


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> SkillSearch:
    file: Path = tmp_path_factory.mktemp("search") / "s.csv"
    file.write_text(CSV, encoding="utf-8")
    return SkillSearch(load_taxonomy(file))


def ids(search: SkillSearch, query: str) -> list[str]:
    return [hit.skill.id for hit in search.search(query).hits]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Java", ["java", "javascript"]),
        ("ＪＡＶＡ", ["java", "javascript"]),
        ("js", ["javascript"]),
        ("Python", ["python", "numpy"]),
        ("水質檢測", ["water"]),
        ("水质", ["water"]),
        ("water-quality testing", ["water"]),
        ("quality", ["water"]),
        ("pyhton", ["python"]),
        ("watre quality testng", ["water"]),
        ("同名", ["a-same", "b-same"]),
        ("wate", ["water"]),
        ("焊接", []),
    ],
)
def test_exact_then_prefix_then_part_then_misspelling(search: SkillSearch, query: str, expected: list[str]) -> None:
    assert ids(search, query)[: len(expected)] == expected
    if not expected:
        assert ids(search, query) == []


def test_hit_tells_the_form_and_scores_by_kind_of_fit(search: SkillSearch) -> None:
    label, alias, prefix, part, misspelt = (
        search.search(query).hits[0] for query in ("Java", "j2ee", "javas", "analysis", "wastewatr treatment")
    )
    assert (label.matched_form, label.score) == ("Java", 1.0)
    assert (alias.matched_form, alias.language, alias.score) == ("J2EE", "en", 0.98)
    assert (prefix.matched_form, part.matched_form, misspelt.matched_form) == (
        "JavaScript",
        "water analysis",
        "wastewater treatment",
    )
    assert 1.0 > alias.score > prefix.score > part.score > misspelt.score > 0


def test_pages_join_to_the_whole_ranking(search: SkillSearch) -> None:
    whole = search.search("a", page_size=100)
    assert whole.next_offset is None
    assert whole.total == len(whole.hits) > 3
    joined: list[SkillHit] = []
    offset: int | None = 0
    while offset is not None:
        page = search.search("a", page_size=2, offset=offset)
        assert page.total == whole.total
        joined += page.hits
        offset = page.next_offset
    assert tuple(joined) == whole.hits
    assert search.search("a", offset=1000).hits == ()


@pytest.mark.parametrize(
    ("query", "page_size", "offset", "field"),
    [
        ("", 20, 0, "query"),
        (" \n", 20, 0, "query"),
        ("x" * 201, 20, 0, "query"),
        ("x", 0, 0, "page_size"),
        ("x", 101, 0, "page_size"),
        ("x", 1, -1, "offset"),
    ],
)
def test_arguments_out_of_limits_are_named(
    search: SkillSearch, query: str, page_size: int, offset: int, field: str
) -> None:
    with pytest.raises(InvalidRequest) as caught:
        search.search(query, page_size=page_size, offset=offset)
    assert caught.value.field == field
    assert caught.value.limit
