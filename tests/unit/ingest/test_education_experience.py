"""Education and years of experience: a posting's minimum, a candidate's highest and total."""

from datetime import date

import pytest

from matcher.domain.document import EducationLevel, Kind
from matcher.ingest.education import find_education
from matcher.ingest.experience import find_experience
from matcher.ingest.fold import fold
from matcher.ingest.sections import split_sections

AS_OF = date(2026, 11, 15)
A, B, M, D, S = (
    EducationLevel.ASSOCIATE,
    EducationLevel.BACHELOR,
    EducationLevel.MASTER,
    EducationLevel.DOCTORATE,
    EducationLevel.SECONDARY,
)


def education_of(text: str, kind: Kind) -> EducationLevel | None:
    shadow = fold(text)
    found = find_education(shadow, kind, split_sections(text, shadow, kind))
    return found[0] if found else None


def years_of(text: str, kind: Kind) -> float | None:
    shadow = fold(text)
    found = find_experience(shadow, kind, split_sections(text, shadow, kind), AS_OF)
    return found[0] if found else None


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("大专及以上学历，3年经验", A),
        ("本科以上学历，硕士优先", B),
        ("统招本科及以上，计算机专业", B),
        ("硕士研究生及以上学历", M),
        ("博士学历，发表论文", D),
        ("中专以上学历", S),
        ("高中及以上，能倒班", S),
        ("學歷要求：本科", B),
        ("大专或以上；有本科学历者优先", A),
        ("微电子专业本科或者硕士以上学历", B),
        ("硕士及以上学历,或本科及以上5年经验", B),
        ("Bachelor's degree in computer science", B),
        ("Associate degree or higher in chemistry", A),
        ("MSc or PhD preferred. Bachelor's required.", B),
        ("High school diploma or equivalent", S),
        ("Master's degree in statistics; PhD is a plus", M),
        ("HND in engineering", A),
    ],
)
def test_posting_demands_a_minimum(text: str, level: EducationLevel) -> None:
    assert education_of(text, Kind.POSTING) is level


@pytest.mark.parametrize(
    "text",
    [
        "学历不限，经验不限",
        "带教本科生，与大专院校合作",
        "负责高中物理教研",
        "专科护士，本科室工作",
        "No degree required",
        "博士后工作站秘书",
        "熟悉 mastering 流程，做过 undegreed",
    ],
)
def test_posting_without_a_claim_has_no_education(text: str) -> None:
    assert education_of(text, Kind.POSTING) is None


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("教育背景\n2015-2019 某理工大学 自动化 本科\n2019-2022 某大学 硕士", M),
        ("学历：中专（某工业学校）\n工作经历\n带教本科实习生", S),
        ("2021-2024 某城市职业学院 会展策划与管理（大专）", A),
        ("教育\n大专 2016-2019；本科在读", A),
        ("EDUCATION\nBSc Chemistry, Lakeshore University, 2016-2020", B),
        ("Diploma in Mechanical Design (2023)", A),
        ("Education: BA History, 2014–2018; MSc in progress", B),
    ],
)
def test_candidate_holds_the_highest_finished_level(text: str, level: EducationLevel) -> None:
    assert education_of(text, Kind.CANDIDATE) is level


def test_course_states_education_only_as_entry_level() -> None:
    assert education_of("入学要求：高中毕业\n面向本科生", Kind.COURSE) is S
    assert education_of("面向本科生开设", Kind.COURSE) is None


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("3年以上工作经验", 3.0),
        ("3-5年测试经验", 3.0),
        ("三年以上相关工作经验", 3.0),
        ("1、5年以上IT行业经验，其中3年以上售前工作经验", 5.0),
        ("具有５年及以上开发经验", 5.0),
        ("经验：3-5年 | 本科", 3.0),
        ("本科5年以上或硕士3年以上工作经验", 3.0),
        ("2年以上；有5年经验者优先", 2.0),
        ("硕士优先;2.2年以上数据建模工作经验", 2.0),
        ("1.5年以上测试经验", 1.5),
        ("5+ years of experience with Java", 5.0),
        ("At least two years in a laboratory", 2.0),
        ("2–4 years with batteries", 2.0),
        ("Minimum of 3 years' experience", 3.0),
        ("经验不限，学历不限", 0.0),
        ("应届毕业生亦可", 0.0),
        ("无经验要求，带薪培训", 0.0),
        ("No experience required, we train you", 0.0),
        ("Fresh graduates welcome", 0.0),
    ],
)
def test_posting_demands_years(text: str, years: float) -> None:
    assert years_of(text, Kind.POSTING) == years


@pytest.mark.parametrize(
    "text",
    [
        "公司成立10年以上",
        "签订3年合同",
        "面向3年级学生",
        "有3年经验者优先",
        "质保5年",
        "薪资不限",
        "Founded 20 years ago",
        "3-year degree programme",
        "5 years' experience is a plus",
    ],
)
def test_posting_without_a_claim_has_no_years(text: str) -> None:
    assert years_of(text, Kind.POSTING) is None


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("8年机修经验，懂电工\n工作经历\n2020-2022 某厂", 8.0),
        ("数据分析师｜2年经验｜本科\n工作经历\n2020.07-至今 某集团", 2.0),
        ("IDC运维，2年，能倒班。\n2022.07–2023.09 某电子厂", 2.0),
        ("Night auditor, 3 years, wants day shift\nSeabreeze Inn, 2020-2025", 3.0),
        ("PROFILE\nAnalyst with four years in a laboratory", 4.0),
        # 24 months, both ends named
        ("工作经历\n2019.07-2021.06 某厂 测试", 2.0),
        # year-only ranges by difference
        ("Work history\n2018-2021: Tester, Northbridge", 3.0),
        # overlapping jobs count once: 2019-01 to 2021-12
        ("工作经历\n2019.01-2020.12 甲公司\n2020.01-2021.12 乙公司", 3.0),
        # gaps do not count
        ("工作经历\n2015.01-2015.12 甲公司\n2020.01-2020.12 乙公司", 2.0),
        # until the day of reading, 2026-11
        ("工作经历\n2024年12月—至今 某公司 测试", 2.0),
        ("EXPERIENCE\nDec 2024 – present: Tester", 2.0),
        ("EXPERIENCE\n03/2020 - 02/2021 Fitter", 1.0),
        # studies and internships do not count
        ("工作经历\n2020.01-2020.06 某公司实习\n2021.01-2021.12 某公司", 1.0),
        ("教育背景\n2016-2019 某学院 大专\n工作经历\n2019.07-2020.06 某厂", 1.0),
        ("2016-2019 某职业学院 机电\n2019.07-2020.06 某厂 电工", 1.0),
        ("2012-2022 公办小学 语文教师", 10.0),
    ],
)
def test_candidate_total(text: str, years: float) -> None:
    assert years_of(text, Kind.CANDIDATE) == years


def test_candidate_without_jobs_has_no_total() -> None:
    assert years_of("教育背景\n2016-2019 某学院 大专\n技能\nPython", Kind.CANDIDATE) is None


def test_backward_and_absurd_ranges_are_left_out() -> None:
    assert years_of("工作经历\n2021.06-2019.07 某厂\n1900-2020 某厂", Kind.CANDIDATE) is None
