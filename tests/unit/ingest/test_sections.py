"""Sections by heading, in every form in which headings occur."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.domain.document import Kind, SectionKind, Span
from matcher.ingest.fold import fold
from matcher.ingest.headings import HEADINGS
from matcher.ingest.sections import split_sections


def parts(text: str, kind: Kind) -> list[tuple[str, str]]:
    """(kind, text) of each section."""
    return [
        (section.kind.value, text[section.span.start : section.span.end])
        for section in split_sections(text, fold(text), kind)
    ]


def kinds(text: str, kind: Kind) -> list[str]:
    return [name for name, _ in parts(text, kind)]


def test_run_on_posting_is_split_at_inline_headings() -> None:
    text = "岗位职责:1.写代码;2.测试。任职资格:1.大专;2.熟悉C++优先。工作地点:上海"
    assert parts(text, Kind.POSTING) == [
        ("duties", "岗位职责:1.写代码;2.测试。"),
        ("requirements", "任职资格:1.大专;2.熟悉C++优先。"),
        ("other", "工作地点:上海"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("【岗位职责】\n写代码\n【任职要求】\n大专\n【加分项】\n有证书", ["duties", "requirements", "preferred"]),
        (
            "岗位职责：\n写\n岗位要求\n大专\n优先条件：\n证书\n福利待遇：\n双休\n公司介绍：\n好",
            ["duties", "requirements", "preferred", "benefits", "company"],
        ),
        ("一、工作内容\n写\n二、任职条件\n大专", ["duties", "requirements"]),
        ("## 任职要求\n大专\n## 薪资福利\n双休", ["requirements", "benefits"]),
        ("職責：寫\n要求：大專", ["duties", "requirements"]),
        ("薪资面议岗位职责:1.写代码任职要求:1.大专", ["other", "duties", "requirements"]),
        (
            "Responsibilities:\n- write\nRequirements:\n- degree\nNice to have\n- Go\nWhat we offer\n- pay",
            ["duties", "requirements", "preferred", "benefits"],
        ),
        (
            "We build pumps. Responsibilities: test. Requirements: care. Nice to have: Go.",
            ["other", "duties", "requirements", "preferred"],
        ),
        ("**About us**\nWe\n**What you will do**\nx\n**Must have:**\ny", ["company", "duties", "requirements"]),
        ("具有需求分析能力，满足客户要求，工作内容丰富", ["other"]),
        ("He meets requirements and knows the company well", ["other"]),
    ],
)
def test_posting_headings(text: str, expected: list[str]) -> None:
    assert kinds(text, Kind.POSTING) == expected


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        (
            "教育背景\nx\n工作经历\n主要职责：y\n项目经验\nz\n专业技能\nC\n证书：电工证\n自我评价：细心",
            Kind.CANDIDATE,
            ["education", "experience", "projects", "skills", "certificates", "summary"],
        ),
        ("EDUCATION: BA\nEXPERIENCE\nx\nSkills\nSQL", Kind.CANDIDATE, ["education", "experience", "skills"]),
        ("我有三年工作经验，掌握多种技能", Kind.CANDIDATE, ["summary"]),
        (
            "课程目标\nx\n教学内容\ny\n先修课程：z\n考核方式\nw",
            Kind.COURSE,
            ["objectives", "content", "prerequisites", "assessment"],
        ),
        (
            "Learning outcomes\nx\nCourse content\ny\nPrerequisites: z\nAssessment\nw",
            Kind.COURSE,
            ["objectives", "content", "prerequisites", "assessment"],
        ),
        ("【教学目标】会测水【教学内容】取样", Kind.COURSE, ["objectives", "content"]),
    ],
)
def test_headings_of_candidates_and_courses(text: str, kind: Kind, expected: list[str]) -> None:
    assert kinds(text, kind) == expected


def test_title_line_before_the_first_heading_is_its_own_section() -> None:
    text = "化验员\n双休\n任职要求\n大专"
    sections = split_sections(text, fold(text), Kind.POSTING, Span(0, 3))
    assert [(section.kind, section.span.start, section.span.end, section.heading) for section in sections] == [
        (SectionKind.TITLE, 0, 4, ""),
        (SectionKind.OTHER, 4, 7, ""),
        (SectionKind.REQUIREMENTS, 7, 14, "任职要求"),
    ]


@pytest.mark.parametrize(
    ("prerequisites", "rest"),
    [
        ("先修：电工基础\n", "\n本课程教会学生查障修复"),
        ("Prerequisite: INS 120 Electrical Circuits or permission\n", "\nWhat it covers\n- Modbus, ladder logic"),
        ("**Prerequisites:** SQL\n", "Day 1 Firewalls"),
        ("先修课程：\n1. 电工基础\n2. 电路分析\n", ""),  # alone on its line the heading heads what is below
        ("先修课程：电工基础\n- 电路分析\n", "\n教师介绍"),
        ("Prerequisites: one semester of chemistry\nand some Excel\n", "\nThis course teaches"),
        ("先修：电工基础", ""),
    ],
)
def test_prerequisites_on_the_line_of_their_heading_end_there(prerequisites: str, rest: str) -> None:
    expected = [("prerequisites", prerequisites), *([("summary", rest)] if rest else [])]
    assert parts(prerequisites + rest, Kind.COURSE) == expected


def test_empty_text_has_no_sections() -> None:
    assert split_sections("", "", Kind.POSTING) == ()


WORDS = st.sampled_from(
    [
        *sorted({phrase for table in HEADINGS.values() for phrase in table})[::7],
        "\n",
        ":",
        "：",
        "。",
        "1.",
        "【",
        "】",
        "## ",
        " ",
        "文",
        "a",
        "İ",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=14).map("".join), st.sampled_from(list(Kind)))
def test_sections_cover_the_text_in_order_without_overlap(text: str, kind: Kind) -> None:
    sections = split_sections(text, fold(text), kind)
    assert sections[0].span.start == 0
    assert sections[-1].span.end == len(text)
    assert all(first.span.end == second.span.start for first, second in pairwise(sections))
    assert all(section.span.start < section.span.end for section in sections)
