from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.domain.document import REDACTION_MARK
from matcher.domain.skill import Skill, SkillKind
from matcher.errors import InvalidTaxonomy
from matcher.extract import SkillExtractor
from matcher.extract.signs import SignWeights
from matcher.extract.traps import TRAPS


def found(extractor: SkillExtractor, text: str) -> list[tuple[str, str]]:
    mentions = extractor.extract_text(text)
    for mention in mentions:
        assert mention.surface == text[mention.span.start : mention.span.end]
    return [(mention.skill_id, mention.surface) for mention in mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("熟悉Java开发", [("java", "Java")]),
        ("熟悉java,会JAVA", [("java", "java"), ("java", "JAVA")]),
        ("只写JavaScript", [("javascript", "JavaScript")]),
        ("Javascript and JavaX", [("javascript", "Javascript")]),
        ("Ｊａｖａ　開發與 Ｄｏｃｋｅｒ", [("java", "Ｊａｖａ"), ("docker", "Ｄｏｃｋｅｒ")]),
        ("負責水質檢測", [("water", "水質檢測")]),
        ("Java8、Python3.6 与 Vue3", [("java", "Java"), ("python", "Python")]),
        ("C++11, C# and C++.", [("cpp", "C++"), ("csharp", "C#"), ("cpp", "C++")]),
        ("example.net and .NET and ASP.NET", [("dotnet", ".NET")]),
        ("Node.js, NodeJS, node js", [("node", "Node.js"), ("node", "NodeJS"), ("node", "node js")]),
        ("深度\n学习框架", [("dl", "深度\n学习")]),
        ("深度\n\n学习框架", []),
        (
            "micro-services, micro services, Microservice",
            [("micro", s) for s in ("micro-services", "micro services", "Microservice")],
        ),
        ("unit tests and unit-testing", [("unit-test", "unit tests"), ("unit-test", "unit-testing")]),
        ("bigdata, big\ndata, big - data", [("big-data", "bigdata"), ("big-data", "big\ndata")]),
        ("大数据分析", [("data-analysis", "数据分析")]),
        ("see https://x.org/java and mail java@python.org, Docker", [("docker", "Docker")]),
        ("招聘软件工程师,软件工程专业", [("software-engineering", "软件工程")]),
        ("", []),
    ],
)  # fmt: skip
def test_names_are_found_as_whole_tokens_in_any_width_and_script(
    extractor: SkillExtractor, text: str, expected: list[tuple[str, str]]
) -> None:
    assert found(extractor, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "go to market, Go to school, we go",
        "You excel at selling and excel in sales. To Excel at work",
        "Start: Spring 2026, spring festival, in spring",
        "Vitamin C, Plan C, C级, C轮融资, Series C, hepatitis C, R&D, Type C",
        "we like to spark joy and go on",
        "我们是沟通桥梁",
        f"{REDACTION_MARK * 4}{REDACTION_MARK}",
        "Ja█va Dock█er",
    ],
)
def test_traps_name_no_skill(extractor: SkillExtractor, text: str) -> None:
    assert found(extractor, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C, R and Python", ["c-lang", "r-lang", "python"]),
        ("精通c/c++", ["c-lang", "cpp"]),
        ("C and R", []),
        ("用C开发驱动", ["c-lang"]),
        ("programming in languages such as C", ["c-lang"]),
        ("熟悉hive、spark", ["hive", "spark"]),
        ("they spark, Hive joins", ["hive"]),
        ("We use Go and Spark", ["go", "spark"]),
    ],
)
def test_lone_letters_and_other_case_need_company(extractor: SkillExtractor, text: str, expected: list[str]) -> None:
    assert [skill_id for skill_id, _ in found(extractor, text)] == expected


def test_redaction_marks_part_names_and_are_never_quoted(extractor: SkillExtractor) -> None:
    assert found(extractor, f"{REDACTION_MARK}Java{REDACTION_MARK}") == [("java", "Java")]


def test_offsets_count_code_points_after_wide_and_composed_characters(extractor: SkillExtractor) -> None:
    text = "𠮷😀ﬁnance cafe\u0301 Ｄｏｃｋｅｒ"
    (mention,) = extractor.extract_text(text)
    assert (mention.span.start, mention.span.end, mention.surface) == (15, 21, "Ｄｏｃｋｅｒ")


def test_prior_is_lower_for_short_exact_and_broken_forms(extractor: SkillExtractor) -> None:
    priors = extractor.with_signs(SignWeights({}))
    by_text = {
        text: priors.extract_text(text)[0].confidence for text in ("深度学习", "深度\n学习", "沟通", "C语言", "C开发")
    }
    assert by_text["深度\n学习"] < by_text["深度学习"]
    assert by_text["沟通"] < by_text["深度学习"]
    assert by_text["C开发"] < by_text["C语言"]
    assert all(0 < value <= 1 for value in by_text.values())


def test_every_trap_alone_names_nothing(extractor: SkillExtractor) -> None:
    assert [trap for trap in TRAPS if found(extractor, trap.removeprefix("="))] == []


def test_form_that_folds_to_nothing_is_refused() -> None:
    class Source:
        version = "x"

        def __iter__(self):  # type: ignore[no-untyped-def]
            return iter([Skill("x", SkillKind.HARD, "f", {"en": " "}, {})])

    with pytest.raises(InvalidTaxonomy, match="x"):
        SkillExtractor(Source())


PIECES = st.sampled_from(
    ["Java", "java", "C", "C++", "深度", "学习", "\n", " ", "、", ",", "。", "-", "ﬁ", "e\u0301", "Ｇｏ", "█",
        "1.", "(", "unit", "testing", "大数据", "x"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(pieces=st.lists(PIECES | st.characters(exclude_categories=["Cs"]), max_size=25))
def test_mentions_are_ordered_disjoint_quotes_of_the_text(extractor: SkillExtractor, pieces: list[str]) -> None:
    text = "".join(pieces)
    last_end = 0
    for mention in extractor.extract_text(text):
        assert last_end <= mention.span.start < mention.span.end <= len(text)
        assert mention.surface == text[mention.span.start : mention.span.end]
        assert REDACTION_MARK not in mention.surface
        last_end = mention.span.end
