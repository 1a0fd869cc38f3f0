from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import pytest

from matcher.domain.document import EducationLevel
from matcher.domain.ladders import FirmGrade, ProfessionalTitle, QualificationLevel, WorkerGrade
from matcher.domain.skill import Proficiency
from matcher.extract import find_rungs

W, Q, T, E = WorkerGrade, QualificationLevel, ProfessionalTitle, EducationLevel
ORDERS = [operator.lt, operator.le, operator.gt, operator.ge]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Proficiency.EXPERT, EducationLevel.BACHELOR),
        (Proficiency.EXPERT, WorkerGrade.SENIOR),
        (WorkerGrade.SENIOR, ProfessionalTitle.INTERMEDIATE),
        (QualificationLevel.THREE, WorkerGrade.SENIOR),
        (EducationLevel.MASTER, ProfessionalTitle.JUNIOR),
        (FirmGrade("P", 6), Proficiency.FAMILIAR),
        (FirmGrade("P", 6), FirmGrade("P", 7)),
        (FirmGrade("P", 6, firm="阿里"), FirmGrade("P", 7, firm="百度")),
        (FirmGrade("P", 6, firm="阿里"), FirmGrade("M", 3, firm="阿里")),
    ],
)
def test_comparing_across_ladders_is_a_type_error(
    order: Callable[[Any, Any], bool], one: object, other: object
) -> None:
    with pytest.raises(TypeError):
        order(one, other)
    assert one != other


def test_rungs_of_two_ladders_are_never_equal_though_their_numbers_are() -> None:
    assert Proficiency(3) != EducationLevel(3)
    assert len({Proficiency(3), EducationLevel(3)}) == 2
    assert Proficiency(3) == 3
    assert Proficiency(3) >= 2


def test_rungs_of_one_ladder_are_ordered() -> None:
    assert sorted([W.CHIEF_TECHNICIAN, W.SENIOR, W.APPRENTICE]) == [W.APPRENTICE, W.SENIOR, W.CHIEF_TECHNICIAN]
    assert Q.ONE > Q.FIVE
    assert T.JUNIOR < T.INTERMEDIATE < T.ASSOCIATE_SENIOR < T.FULL_SENIOR
    assert max(Proficiency) is Proficiency.EXPERT
    assert FirmGrade("T", 3, 1, "腾讯") < FirmGrade("T", 3, 2, "腾讯") <= FirmGrade("T", 4, firm="腾讯")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("持高级工证书", [(W.SENIOR, "高级工")]),
        ("学徒工、技师", [(W.APPRENTICE, "学徒工"), (W.TECHNICIAN, "技师")]),
        ("高级技師、首席技师", [(W.SENIOR_TECHNICIAN, "高级技師"), (W.CHIEF_TECHNICIAN, "首席技师")]),
        ("国家职业资格三级", [(Q.THREE, "国家职业资格三级")]),
        ("电工三级/高级工", [(Q.THREE, "三级"), (W.SENIOR, "高级工")]),
        ("养老护理员四级及以上", [(Q.FOUR, "四级")]),
        ("中级职称，副高优先", [(T.INTERMEDIATE, "中级职称"), (T.ASSOCIATE_SENIOR, "副高")]),
        ("正高级工程师", [(T.FULL_SENIOR, "正高级工程师")]),
        ("高级工程师、助理工程师", [(T.ASSOCIATE_SENIOR, "高级工程师"), (T.JUNIOR, "助理工程师")]),
        ("副教授或讲师", [(T.ASSOCIATE_SENIOR, "副教授"), (T.INTERMEDIATE, "讲师")]),
        ("大专或本科，硕士优先", [(E.ASSOCIATE, "大专"), (E.BACHELOR, "本科"), (E.MASTER, "硕士")]),
        ("副高职称或高职学历", [(T.ASSOCIATE_SENIOR, "副高职称"), (E.ASSOCIATE, "高职")]),
        ("技术专家（P7）", [(FirmGrade("P", 7), "P7")]),
        ("阿里P6-P7", [(FirmGrade("P", 6, firm="阿里"), "P6"), (FirmGrade("P", 7, firm="阿里"), "P7")]),
        ("职级T3-1", [(FirmGrade("T", 3, 1), "T3-1")]),
        ("Level P5 or above", [(FirmGrade("P", 5), "P5")]),
    ],
)  # fmt: skip
def test_rungs_are_found_with_their_places(text: str, expected: list[tuple[object, str]]) -> None:
    found = find_rungs(text)
    assert [(m.rung, m.surface) for m in found] == expected
    assert all(text[m.span.start : m.span.end] == m.surface for m in found)


@pytest.mark.parametrize(
    "text",
    ["英语四级", "计算机二级", "二级建造师", "三级医院", "技师学院", "高级工作人员", "L4自动驾驶",
        "T4 GPU", "M3螺丝", "p5.js", "P2P金融", "教授课程", "专科护理", "HTTP2", "按P0级故障处理"],
)  # fmt: skip
def test_what_only_looks_like_a_rung_is_none(text: str) -> None:
    assert find_rungs(text) == ()
