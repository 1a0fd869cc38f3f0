"""Prerequisites as written → stored courses: by whole titles only, and the syllabus's own reservations are kept."""

from __future__ import annotations

import pytest

from matcher.plan.prerequisite_courses import CourseTitles

TITLES = CourseTitles(
    {
        "courses/basics": "智慧水务基础",
        "courses/data": "大数据分析（水务方向）",
        "courses/iot": "物联网技术应用（智慧水务微专业）",
        "courses/iot-2": "物联网技术应用",
        "courses/python": "Python数据处理与分析 Python for Data Analysis",
        "courses/social": "Introduction to Social Work",
        "courses/electrical": "设备电气控制与检修",
        "courses/twin": "《数字孪生》课程标准",
    }
)


@pytest.mark.parametrize(
    ("text", "courses", "firm"),
    [
        ("智慧水务基础", ("courses/basics",), True),
        ("智慧水务基础（建议）", ("courses/basics",), False),
        ("《大数据分析》", ("courses/data",), True),
        ("物联网技术应用", ("courses/iot", "courses/iot-2"), True),
        ("SOWK 1010 Introduction to Social Work", ("courses/social",), True),
        ("introduction to social work recommended", ("courses/social",), False),
        ("Python数据处理与分析或同等基础", ("courses/python",), False),
        ("Python for Data Analysis", ("courses/python",), True),
        ("数字孪生", ("courses/twin",), True),
        ("电气控制", (), True),
        ("基础", (), True),
        ("plant experience", (), True),
        ("Python", (), True),
    ],
)
def test_an_item_names_the_courses_that_are_titled_so(text: str, courses: tuple[str, ...], firm: bool) -> None:
    (asked,) = TITLES.asked([text], "courses/other")
    assert (asked.text, asked.courses, asked.firm) == (text, courses, firm)


def test_a_course_does_not_presuppose_itself() -> None:
    (asked,) = TITLES.asked(["物联网技术应用"], "courses/iot")
    assert asked.courses == ("courses/iot-2",)
