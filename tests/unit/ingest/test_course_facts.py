"""Hours, credits, practice share, delivery and prerequisites of a course."""

import pytest

from matcher.domain.document import Delivery, Kind
from matcher.ingest.course import find_credits, find_delivery, find_hours, find_practice_share
from matcher.ingest.fold import fold
from matcher.ingest.prerequisites import find_prerequisites


@pytest.mark.parametrize(
    ("text", "hours", "n_credits"),
    [
        ("学时：64　学分：4", 64, 4),
        ("学时64　学分4　适合：机电专业（选修16学时补修）", 64, 4),
        ("学分3　学时54　实训30", 54, 3),
        ("3 学分 | 48 学时，lab 32", 48, 3),
        ("学时/学分：64/4", 64, 4),
        ("学分/学时：3.5学分，56学时（理论16＋实训40）", 56, 3.5),
        ("学时学分：96学时/6学分（实验60学时）", 96, 6),
        ("总学时 72，学分 4.5；模块一（8学时）", 72, 4.5),
        ("课程（代码 DS3107）3学分 48学时 其中直播实战32学时", 48, 3),
        ("预计学时：１００ 小时", 100, None),
        ("预计学时:50-70 小时", 70, None),
        ("4 credits, 60 hours (30 lecture + 30 lab)", 60, 4),
        ("Credits: 4 Contact hours: 30 lecture, 60 lab", 90, 4),
        ("3 credits. 24 hours theory, 36 hours metrology lab.", 60, 3),
        ("Credits 4 (2 lecture, 4 lab hours per week, 15 weeks = 90 hours)", 90, 4),
        ("Class Hour: 100 hours", 100, None),
        ("5 ECTS, total hours: 125", 125, 5),
        ("7.5 credits", None, 7.5),
    ],
)
def test_hours_and_credits(text: str, hours: float | None, n_credits: float | None) -> None:
    found_hours, found_credits = find_hours(fold(text)), find_credits(fold(text))
    assert (found_hours and found_hours[0], found_credits and found_credits[0]) == (hours, n_credits)


@pytest.mark.parametrize(
    "text",
    [
        "预计学时：每周 2 小时",
        "每周4学时",
        "2 hours per week",
        "credit card risk, 24 hour service",
        "课时费优厚",
        "Units: 1 modelling 2 SQL",
    ],
)
def test_other_hours_and_credits_are_not_the_course_total(text: str) -> None:
    assert (find_hours(fold(text)), find_credits(fold(text))) == (None, None)


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("实践占比60%", 0.6),
        ("实训比例65%，考核：理论40%", 0.65),
        ("学时：64（理论32，实践32）", 0.5),
        ("学时：72（理论28 / 实训44）", 44 / 72),
        ("总学时 64（其中实训 40 学时）", 0.625),
        ("学时72，其中实践46。", 46 / 72),
        ("practice share 70%", 0.7),
        ("60% hands-on", 0.6),
        ("60 hours (24 theory, 36 practical)", 0.6),
        ("36 hours | classroom 16, TMS lab 20", 20 / 36),
        ("2 lecture, 4 lab hours per week, 15 weeks = 90 hours", 4 / 6),
    ],
)
def test_practice_share(text: str, share: float) -> None:
    hours = find_hours(fold(text))
    found = find_practice_share(fold(text), hours[0] if hours else None)
    assert found is not None
    assert found[0] == pytest.approx(share)


@pytest.mark.parametrize(
    "text", ["考核：实操60%，理论40%", "Grading: lab reports 40%, exam 60%", "学时：64", "Claims Practice\n4 credits"]
)
def test_grading_is_no_practice_share(text: str) -> None:
    assert find_practice_share(fold(text), 64.0) is None


@pytest.mark.parametrize(
    ("text", "kind", "delivery"),
    [
        ("授课方式：线下面授", Kind.COURSE, Delivery.ONSITE),
        ("授课方式：线上", Kind.COURSE, Delivery.ONLINE),
        ("线上线下混合\n课程简介", Kind.COURSE, Delivery.BLENDED),
        ("线上（慕课）+线下研讨", Kind.COURSE, Delivery.BLENDED),
        ("线上28+线下28", Kind.COURSE, Delivery.BLENDED),
        ("Delivery: blended, one evening a week", Kind.COURSE, Delivery.BLENDED),
        ("3 credits | online | no prerequisite", Kind.COURSE, Delivery.ONLINE),
        ("Delivered in person.", Kind.COURSE, Delivery.ONSITE),
        ("可远程办公", Kind.POSTING, Delivery.ONLINE),
        ("Gothenburg | hybrid 3 days on site", Kind.POSTING, Delivery.BLENDED),
        ("Remote position in Europe", Kind.POSTING, Delivery.ONLINE),
        ("负责线上推广和在线客服", Kind.POSTING, None),
        ("remote sensing, online monitoring of water", Kind.POSTING, None),
        ("在线监测技术，混合现实", Kind.COURSE, None),
    ],
)
def test_delivery(text: str, kind: Kind, delivery: Delivery | None) -> None:
    found = find_delivery(fold(text), kind)
    assert (found and found[0]) == delivery


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("先修课程：Python程序设计、Linux操作系统；后续课程：综合实训", ("Python程序设计", "Linux操作系统")),
        (
            "先修课程：动力电池及管理系统检修、驱动电机及控制技术\n一、目标",
            ("动力电池及管理系统检修", "驱动电机及控制技术"),
        ),
        ("先修：《电工基础》和《电子技术》", ("电工基础", "电子技术")),
        ("课程号 1 ｜ 先修 数据库原理与SQL\n线上", ("数据库原理与SQL",)),
        ("- 先修要求：线性代数,高等数学,Python - 编程语言：Python", ("线性代数", "高等数学", "Python")),
        ("先修：物流基础　对应证书：物流管理", ("物流基础",)),
        ("先修：汽车电子技术（含电工、电路）、C语言", ("汽车电子技术（含电工、电路）", "C语言")),
        ("Prerequisites: CS 21 and CS 38, or consent.", ("CS 21", "CS 38", "consent")),
        ("Prerequisite: EET 112 DC and AC Circuits.\nText", ("EET 112 DC and AC Circuits",)),
        (
            "Prerequisites: AUTO 130 Electrical Systems; AUTO 101 Shop Safety\n",
            ("AUTO 130 Electrical Systems", "AUTO 101 Shop Safety"),
        ),
        ("Prerequisites\nlinear algebra, probability\n\nContent", ("linear algebra", "probability")),
    ],
)
def test_prerequisites_as_written(text: str, items: tuple[str, ...]) -> None:
    found = find_prerequisites(text, fold(text))
    assert found is not None
    assert found[0] == items


@pytest.mark.parametrize(
    "text",
    [
        "先修课程：无",
        "先修要求：无\n编程",
        "Prerequisites: none",
        "no prerequisites\n\nThis course covers",
        "Prerequisite: None. Text",
        "指导教师与导论",
    ],
)
def test_none_needed_gives_no_prerequisites(text: str) -> None:
    assert find_prerequisites(text, fold(text)) is None
