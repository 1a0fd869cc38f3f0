from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.document import REDACTION_MARK, Document, Facts, Kind, Section, SectionKind, Span
from matcher.extract import SkillExtractor, cluster_id, group_clusters


def phrases(extractor: SkillExtractor, text: str) -> list[str]:
    found = extractor.extract_plain(text).phrases
    assert all(text[p.span.start : p.span.end] == p.surface for p in found)
    return [p.surface for p in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("熟悉供应链金融、区块链溯源", ["供应链金融", "区块链溯源"]),
        ("熟练掌握模式识别和信号处理等相关知识", ["模式识别", "信号处理"]),
        ("熟悉并行计算，相关性分析", ["并行计算", "相关性分析"]),
        ("会使用FooBar3D、Java、Xyzzy", ["FooBar3D", "Xyzzy"]),
        ("日常用 KeilX 与 Visual Foo 调试", ["KeilX", "Visual Foo"]),
        ("Verdi等EDA工具", ["Verdi", "EDA"]),
        ("experience with FooBar, Python and Quuxly", ["FooBar", "Quuxly"]),
        ("proficient in wave propagation; knowledge of Lisp", ["wave propagation", "Lisp"]),
        ("Java, Frobnicate, Docker", ["Frobnicate"]),
        ("熟悉会员体系搭建，做过KubeEdgeX", ["会员体系搭建", "KubeEdgeX"]),
    ],
)
def test_words_that_look_like_skills_and_are_unknown_are_returned(
    wide: SkillExtractor, text: str, expected: list[str]
) -> None:
    assert phrases(wide, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "熟悉Java、Python、数据库",
        "了解客户需求，熟悉公司业务",
        "熟悉相关工作流程",
        "experience with people in our team",
        "knowledge of the business",
        "the office is in Berlin and the HR team",
        "联系HR，电话，QQ与VIP群",
        "EDUCATION 教育，Requirements：要求",
        "了解线上慢查询能自己定位，会用就行",
        f"熟悉{REDACTION_MARK * 3}",
        "就职于供应链Foobar有限公司",
        "see https://FooBar.example/Quux 与 mail@FooBar.com",
        "",
    ],
)
def test_ordinary_words_and_known_skills_are_not(wide: SkillExtractor, text: str) -> None:
    assert phrases(wide, text) == []


def test_phrases_carry_section_and_cluster_and_firms_sections_have_none(wide: SkillExtractor) -> None:
    text = "我们用FooBar\n熟悉FooBar 3"
    sections = (Section(SectionKind.COMPANY, Span(0, 11)), Section(SectionKind.REQUIREMENTS, Span(11, len(text))))
    document = Document(Kind.POSTING, "d", "", text, ("zh",), sections, Facts(), "0" * 64)
    (phrase,) = wide.extract(document).phrases
    assert (phrase.surface, phrase.section, phrase.cluster) == (
        "FooBar 3",
        SectionKind.REQUIREMENTS,
        cluster_id("foobar"),
    )


@pytest.mark.parametrize(
    "spellings",
    [
        ("FooBar", "foobar", "Foo-Bar", "foo bar", "ＦｏｏＢａｒ", "FooBar 3.x", "FooBar软件", "foobar framework"),
        ("供应链金融", "供應鏈金融", "供应链\n金融", "供应链金融技术"),
        ("neural renderer", "Neural Renderers", "neural-renderer tool"),
    ],
)
def test_spellings_of_one_thing_have_one_stable_id(spellings: tuple[str, ...]) -> None:
    assert len({cluster_id(spelling) for spelling in spellings}) == 1


def test_ids_do_not_change_between_releases() -> None:
    assert cluster_id("FooBar") == "u-c3ab8ff13720"  # SHA-256 of "foobar"
    assert cluster_id("C++20") != cluster_id("C")


def test_near_duplicates_share_a_group_headed_by_the_most_frequent() -> None:
    groups = group_clusters(
        {"langchain": 5, "langchian": 1, "云原生架构设计": 2, "云原生架构": 7, "供应链金融": 3, "供应链管理": 3}
    )
    assert [group.cluster for group in groups] == [
        cluster_id("云原生架构"), cluster_id("langchain"), cluster_id("供应链管理"), cluster_id("供应链金融"),
    ]  # fmt: skip
    assert set(groups[1].members) == {cluster_id("langchain"), cluster_id("langchian")}
    assert set(groups[0].members) == {cluster_id("云原生架构"), cluster_id("云原生架构设计")}


@given(st.dictionaries(st.text(alphabet="ab测试验", min_size=1, max_size=6), st.integers(1, 9), max_size=12))
def test_every_phrase_is_in_exactly_one_group_whatever_the_order(counts: dict[str, int]) -> None:
    groups = group_clusters(counts)
    members = [member for group in groups for member in group.members]
    assert sorted(members) == sorted({cluster_id(phrase) for phrase in counts})
    assert group_clusters(dict(reversed(counts.items()))) == groups
