from __future__ import annotations

import pytest
from pydantic import ValidationError

from matcher.domain.skill import Proficiency
from matcher.extract import ExtractConfig, SkillExtractor
from matcher.taxonomy import Taxonomy


def years(extractor: SkillExtractor, text: str) -> dict[str, float | None]:
    return {mention.skill_id: mention.years for mention in extractor.extract_text(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3年以上Java经验", {"java": 3}),
        ("３年以上的Java开发经验", {"java": 3}),
        ("具有三年及以上Java、Python开发经验", {"java": 3, "python": 3}),
        ("3-5年Java经验", {"java": 3}),
        ("两年半Java开发", {"java": 2.5}),
        ("18个月Docker使用经验", {"docker": 1.5}),
        ("做过3年餐厅服务员", {"restaurant": 3}),
        ("Java开发经验5年以上，Docker2年", {"java": 5, "docker": 2}),
        ("Java（5年）、Python（3年）", {"java": 5, "python": 3}),
        ("有Java、Python开发经验三年", {"java": 3, "python": 3}),
        ("5年以上大型互联网公司Java开发经验", {"java": 5}),
        ("5+ years of Python", {"python": 5}),
        ("5 years of experience in Python, Java and Docker", {"python": 5, "java": 5, "docker": 5}),
        ("at least three years' hands-on experience with Docker", {"docker": 3}),
        ("2-4 years Python, 1 year Docker", {"python": 2, "docker": 1}),
        ("Python (5 years), Docker: 18 months", {"python": 5, "docker": 1.5}),
        ("used Docker for two years", {"docker": 2}),
        ("half a year of Docker", {"docker": 0.5}),
        ("5年 Python experience", {"python": 5}),
        ("Java, Python and Docker, five years minimum", {"java": 5, "python": 5, "docker": 5}),
        ("六年平台开发经验（Java、Docker）", {"java": 6, "docker": 6}),
        ("Two years in Java, Docker a bonus", {"java": 2, "docker": None}),
    ],
)
def test_years_beside_a_skill_are_its_own(wide: SkillExtractor, text: str, expected: dict[str, float]) -> None:
    assert years(wide, text) == pytest.approx(expected)


@pytest.mark.parametrize(
    "text",
    [
        "3年以上工作经验，熟悉Java",
        "3年以上工作经验熟悉Java",
        "2019年起做Java",
        "近三年用Java",
        "Java岗位，三年级学生",
        "5 years of experience as a lead with strong Java",
        "in the last 3 years Java changed",
        "3 year degree, Java",
        "10 years old system in Java",
        "没有3年Java经验",
        "Java 3",
    ],
)
def test_years_of_something_else_are_not_the_skills(wide: SkillExtractor, text: str) -> None:
    assert years(wide, text) == {"java": None}


def test_years_are_no_level_unless_the_table_says_so(wide_taxonomy: Taxonomy) -> None:
    plain = SkillExtractor(wide_taxonomy)
    table = ({"years": 1, "level": "familiar"}, {"years": 3, "level": "proficient"})
    mapped = SkillExtractor(wide_taxonomy, ExtractConfig.model_validate({"level_from_years": table}))
    text = "5年Java经验，1年Docker经验，半年Python经验，精通Go语言3年"
    assert {m.skill_id: m.level for m in plain.extract_text(text)} == {
        "java": None, "docker": None, "python": None, "go": Proficiency.EXPERT,
    }  # fmt: skip
    assert {m.skill_id: m.level for m in mapped.extract_text(text)} == {
        "java": Proficiency.PROFICIENT, "docker": Proficiency.FAMILIAR, "python": None, "go": Proficiency.EXPERT,
    }  # fmt: skip


@pytest.mark.parametrize(
    "table",
    [
        [{"years": 1, "level": "guru"}],
        [{"years": 3, "level": "familiar"}, {"years": 1, "level": "expert"}],
        [{"years": 1, "level": "expert"}, {"years": 3, "level": "aware"}],
        [{"years": -1, "level": "aware"}],
    ],
)
def test_table_that_does_not_rise_is_refused(table: list[dict[str, object]]) -> None:
    with pytest.raises(ValidationError):
        ExtractConfig.model_validate({"level_from_years": table})
