"""How a skill's name may be spread, qualified, shortened, or hidden in another name."""

from __future__ import annotations

import pytest

from matcher.domain.skill import Rank
from matcher.extract import SkillExtractor


def spans(extractor: SkillExtractor, text: str) -> list[tuple[str, str]]:
    mentions = extractor.extract_text(text)
    for mention in mentions:
        assert mention.surface == text[mention.span.start : mention.span.end]
    return [(mention.skill_id, mention.surface) for mention in mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "负责产品/架构/系统设计工作",
            [
                ("product-design", "产品/架构/系统设计"),
                ("architecture-design", "架构/系统设计"),
                ("system-design", "系统设计"),
            ],
        ),
        (
            "产品、架构和系统设计",
            [
                ("product-design", "产品、架构和系统设计"),
                ("architecture-design", "架构和系统设计"),
                ("system-design", "系统设计"),
            ],
        ),
        ("產品／架構設計", [("product-design", "產品／架構設計"), ("architecture-design", "架構設計")]),
        ("前后端开发", [("front-end", "前后端开发"), ("back-end", "后端开发")]),
        ("前/后端开发经验", [("front-end", "前/后端开发"), ("back-end", "后端开发")]),
        ("系统设计与开发", [("system-design", "系统设计"), ("system-development", "系统设计与开发")]),
        (
            "系统设计、开发、测试。",
            [
                ("system-design", "系统设计"),
                ("system-development", "系统设计、开发"),
                ("system-testing", "系统设计、开发、测试"),
            ],
        ),
        ("测试用例设计与执行", [("test-cases", "测试用例设计"), ("test-execution", "测试用例设计与执行")]),
        (
            "unit, integration and system testing",
            [
                ("unit-test", "unit, integration and system testing"),
                ("integration-testing", "integration and system testing"),
                ("system-testing", "system testing"),
            ],
        ),
        (
            "Unit/Integration Testing",
            [("unit-test", "Unit/Integration Testing"), ("integration-testing", "Integration Testing")],
        ),
        ("integration and acceptance testing", [("integration-testing", "integration and acceptance testing")]),
        (
            "design and implementation of test cases",
            [
                ("test-cases", "design and implementation of test cases"),
                ("test-execution", "implementation of test cases"),
            ],
        ),
        ("the design of databases", [("database-design", "design of databases"), ("databases", "databases")]),
        (
            "risk and project management",
            [("risk-management", "risk and project management"), ("project-management", "project management")],
        ),
        (
            "精通Java/Python开发与风险、项目管理",
            [
                ("java", "Java"),
                ("python", "Python"),
                ("risk-management", "风险、项目管理"),
                ("project-management", "项目管理"),
            ],
        ),
    ],
)  # fmt: skip
def test_list_items_take_the_shared_head_where_that_is_a_known_name(
    wide: SkillExtractor, text: str, expected: list[tuple[str, str]]
) -> None:
    assert spans(wide, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("数据库、系统设计", ["databases", "system-design"]),  # a skill by itself stays that
        ("部门/系统设计", ["system-design"]),  # 部门设计 is no known name
        ("产品，系统设计", ["system-design"]),  # a comma parts two statements
        ("系统设计与开发者关系", ["system-design"]),  # 开发者 is another word
        ("communication and system testing", ["system-testing"]),
        ("cats and dogs of the house", []),
    ],
)
def test_nothing_is_composed_that_is_not_a_known_name(wide: SkillExtractor, text: str, expected: list[str]) -> None:
    assert [skill_id for skill_id, _ in spans(wide, text)] == expected


def test_what_is_composed_is_less_sure_than_what_is_written_out(wide: SkillExtractor) -> None:
    composed, written = wide.extract_text("产品/架构设计")
    assert composed.confidence < written.confidence


def test_importance_and_level_hold_for_all_items_of_a_shared_head(wide: SkillExtractor) -> None:
    mentions = wide.extract_text("必须熟练掌握产品/架构/系统设计")
    assert [(m.importance.value, m.level) for m in mentions] == [("essential", 3)] * 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Java 8、Python 3.x和Docker", {"java": "8", "python": "3.x", "docker": ""}),
        ("Java8, Python3.6, Spring v5.3", {"java": "8", "python": "3.6", "spring": "5.3"}),
        ("Ｐｙｔｈｏｎ　３．６", {"python": "3.6"}),
        ("C++11/14 and C# 7.0", {"cpp": "11/14", "csharp": "7.0"}),
        ("Excel 2016", {"excel": "2016"}),
        ("Python 3年以上经验", {"python": ""}),
        ("Docker 2个项目, Java 5+ years", {"docker": "", "java": ""}),
        ("Python 2019.07—2021.06", {"python": ""}),
        ("Java 1200 users", {"java": ""}),
        ("1、熟悉Java 2、熟悉Python 3、熟悉Docker", {"java": "", "python": "", "docker": ""}),
        ("熟悉Java 8、Docker", {"java": "8", "docker": ""}),
        ("数据分析 2", {"data-analysis": ""}),
    ],
)
def test_version_behind_a_tool_is_kept_and_other_numbers_are_not(
    wide: SkillExtractor, text: str, expected: dict[str, str]
) -> None:
    assert {m.skill_id: m.version for m in wide.extract_text(text)} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Python (primary), Java (secondary), Docker (AWS)", [Rank.PRIMARY, Rank.SECONDARY, None]),
        ("Python（主要）、Java（辅助）", [Rank.PRIMARY, Rank.SECONDARY]),
        ("Python 3.6 (main)", [Rank.PRIMARY]),
        ("Python（熟悉）", [None]),
    ],
)
def test_rank_in_brackets_behind_a_skill_is_kept(wide: SkillExtractor, text: str, expected: list[Rank | None]) -> None:
    assert [m.rank for m in wide.extract_text(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("convolutional neural network (CNN). CNNs run", ["convolutional neural network", "CNN", "CNNs"]),
        ("卷积神经网络（CNN），用CNN做检测", ["卷积神经网络", "CNN", "CNN"]),
        ("CNN (convolutional neural networks)", ["CNN", "convolutional neural networks"]),
        ("Internet of Things (IoT): IoT", ["Internet of Things", "IoT", "IoT"]),
        ("CNN reports from abroad", []),
        ("卷积神经网络（GAN）与GAN", ["卷积神经网络"]),
        ("convolutional neural network (for images), CNN", ["convolutional neural network"]),
    ],
)
def test_short_form_defined_in_the_text_names_the_skill_there_only(
    wide: SkillExtractor, text: str, expected: list[str]
) -> None:
    assert [surface for _, surface in spans(wide, text)] == expected


def test_definition_in_the_text_outweighs_the_taxonomy(wide: SkillExtractor) -> None:
    assert {i for i, s in spans(wide, "PMP") if s == "PMP"} == {"pmp", "project-management"}
    text = "Our people do Product Management Planning (PMP)"
    assert "pmp" in {i for i, _ in spans(wide, text)}
    text = "product design (PD) and PD"
    assert [i for i, _ in spans(wide, text)] == ["product-design"] * 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("就职于杭州数据库科技有限公司，负责Java", ["java"]),
        ("杭州系统设计有限责任公司", []),
        ("2019年7月 深圳市物联网集团 系统测试", ["system-testing"]),
        ("在某大数据公司做焊接", ["welding"]),
        ("毕业于西岭软件工程学院，熟悉数据库", ["databases"]),
        ("软件工程 大学本科", ["software-engineering"]),
        ("Java developer at Deep Learning Systems Ltd", ["java"]),
        ("University of Software Engineering, Python", ["python"]),
        ("Department of Software Engineering and Databases\nDatabases", ["databases"]),
        ("软件工程系教师，软件工程系统", ["software-engineering"]),
        ("用数据库大师备份数据库", ["databases"]),
        ("数据库公司文档管理", ["databases"]),
        ("熟悉数据库和系统设计，服务集团公司", ["databases", "system-design"]),
    ],
)
def test_names_of_firms_schools_and_products_are_no_skills(
    wide: SkillExtractor, text: str, expected: list[str]
) -> None:
    assert [skill_id for skill_id, _ in spans(wide, text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("負責資料庫、數據庫設計", ["databases", "database-design"]),
        ("integra-\ntion test-\ning", ["integration-testing"]),
        ("集成\n测试", ["integration-testing"]),
        ("集成\n\n测试", []),
        ("ｉｎｔｅｇｒａｔｉｏｎ　ｔｅｓｔｉｎｇ", ["integration-testing"]),
    ],
)
def test_width_script_and_line_breaks_do_not_hide_a_name(wide: SkillExtractor, text: str, expected: list[str]) -> None:
    assert [skill_id for skill_id, _ in spans(wide, text)] == expected


@pytest.mark.parametrize(
    "text",
    ["A、B、C三类客户", "选C", "C1驾照", "go与stop", "Let's go!", "R室", "type C and grade R", "Plan A, B or C"],
)
def test_letters_and_words_that_spell_a_language_are_not_one(wide: SkillExtractor, text: str) -> None:
    assert spans(wide, text) == []
