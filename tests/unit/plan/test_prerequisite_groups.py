"""Prerequisites as syllabi write them, and what fulfils them."""

from __future__ import annotations

import pytest

from matcher.domain.skill import Proficiency
from matcher.plan.prerequisite_courses import CourseTitles
from matcher.plan.prerequisite_groups import Asked, NamedSkill, asked_of

TITLES = {
    "courses/python-north": "Python程序设计",
    "courses/python-south": "Python程序设计",
    "courses/smart-water": "智慧水务基础",
    "courses/shop": "网店运营",
    "courses/video": "短视频制作",
    "courses/networks": "计算机网络",
    "courses/circuits": "DC/AC Circuits",
    "courses/cis-101": "CIS 101 Computing",
    "courses/self": "智慧水务应用",
}
ORGANISATIONS = {
    "courses/python-north": "north",
    "courses/python-south": "south",
    "courses/self": "north",
}
PYTHON = NamedSkill("Python", "python", None)
LINUX = NamedSkill("Linux操作系统", "linux", Proficiency.FAMILIAR)
EXCEL = NamedSkill("Excel", "excel", None)


def asked(text: str, *named: NamedSkill, course: str = "courses/self") -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """(courses, skills) of each group of one item."""
    (found,) = ask(text, *named, course=course)
    return [(g.courses, g.skills) for g in found.groups]


def ask(*parts: str | NamedSkill, course: str = "courses/self") -> tuple[Asked, ...]:
    texts = [p for p in parts if isinstance(p, str)]
    named = [p for p in parts if isinstance(p, NamedSkill)]
    return asked_of(course, texts, named, CourseTitles(TITLES), ORGANISATIONS)


@pytest.mark.parametrize(
    ("text", "named", "groups"),
    [
        ("智慧水务基础", (), [(("courses/smart-water",), ())]),
        # the course of the own college; or the skill itself
        ("Python程序设计或同等基础", (PYTHON,), [(("courses/python-north",), ("python@0",))]),
        ("网店运营或短视频制作任一门", (), [(("courses/shop", "courses/video"), ())]),
        ("网店运营/短视频制作", (), [(("courses/shop", "courses/video"), ())]),
        ("CIS 101 Computing or consent of instructor", (), [(("courses/cis-101",), ())]),
        ("DC/AC Circuits", (), [(("courses/circuits",), ())]),
        ("Linux操作系统", (LINUX,), [((), ("linux@2",))]),
        ("Python或Linux操作系统", (PYTHON, LINUX), [((), ("python@0", "linux@2"))]),
        # two skills and no course: both are asked for
        ("会用Excel和Python", (EXCEL, PYTHON), [((), ("excel@0",)), ((), ("python@0",))]),
        ("高等数学", (), []),
        ("HUS 101 or SOWK 1010", (), []),
    ],
)
def test_an_item_leads_to_courses_and_skills(
    text: str, named: tuple[NamedSkill, ...], groups: list[tuple[tuple[str, ...], tuple[str, ...]]]
) -> None:
    assert asked(text, *named) == groups


def test_without_a_course_of_the_own_college_any_will_do() -> None:
    assert asked("Python程序设计", course="courses/smart-water") == [
        (("courses/python-north", "courses/python-south"), ())
    ]


def test_a_course_does_not_presuppose_itself() -> None:
    assert asked("智慧水务应用") == []


@pytest.mark.parametrize("text", ["智慧水务基础（建议）", "basic Linux recommended", "会使用三维软件者更佳"])
def test_what_is_only_recommended_is_said_to_be(text: str) -> None:
    (found,) = ask(text)
    assert found.is_recommended


@pytest.mark.parametrize("text", ["no machine-learning background assumed", "无编程要求"])
def test_what_is_denied_is_not_asked(text: str) -> None:
    assert ask(text) == ()
