"""Pay in every form that real postings use, as monthly amounts in minor units."""

import pytest

from matcher.domain.document import Kind, Salary
from matcher.ingest.fold import fold
from matcher.ingest.salary import find_salary


def salary_of(text: str, kind: Kind = Kind.POSTING) -> tuple[str, int | None, int | None] | None:
    found = find_salary(fold(text), kind)
    return None if found is None else (found[0].currency, found[0].monthly_min_minor, found[0].monthly_max_minor)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("薪资：8-12K·13薪", 8_000, 12_000),
        ("软件测试 8k-12k 上海", 8_000, 12_000),
        ("6000-9000元/月", 6_000, 9_000),
        ("薪资：６０００－９０００元／月", 6_000, 9_000),
        ("月薪5-7k,13薪", 5_000, 7_000),
        ("工资 6000—8000", 6_000, 8_000),
        ("待遇：8千-1.2万", 8_000, 12_000),
        ("1-1.5万/月", 10_000, 15_000),
        ("底薪15K-20K元/月", 15_000, 20_000),
        ("年薪12-18万", 10_000, 15_000),
        ("年薪80-100万", 66_666.67, 83_333.33),
        ("10-15万/年", 8_333.33, 12_500),
        ("薪资 15-24万", 12_500, 20_000),
        ("年薪在30--60万之间", 25_000, 50_000),
        ("日薪200元", 4_350, 4_350),
        ("实习工资150—200元/天", 3_262.5, 4_350),
        ("20-30元/小时", 3_480, 5_220),
        ("时薪25元", 4_350, 4_350),
        ("¥8,000-10,000 per month", 8_000, 10_000),
        ("RMB 10-15K per month x 13", 10_000, 15_000),
        ("薪资6000以上", 6_000, None),
        ("工资 7K起", 7_000, None),
    ],
)
def test_yuan_amounts(text: str, low: float, high: float | None) -> None:
    assert salary_of(text) == ("CNY", round(low * 100), None if high is None else round(high * 100))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$60,000–75,000 a year", ("USD", 500_000, 625_000)),
        ("Salary: $45,000 – 57,000 a year, meals", ("USD", 375_000, 475_000)),
        ("£27,000 per annum", ("GBP", 225_000, 225_000)),
        ("Pay £24k-£30k plus bonus", ("GBP", 200_000, 250_000)),
        ("salary €48–60k", ("EUR", 400_000, 500_000)),
        ("EUR 60,000 - 72,000 gross per year", ("EUR", 500_000, 600_000)),
        ("$22–26 an hour, split tips", ("USD", 382_800, 452_400)),
        ("Package: AUD 78,000–96,000 plus super", ("AUD", 650_000, 800_000)),
        ("HK$18,000-20,000 per month", ("HKD", 1_800_000, 2_000_000)),
        ("£600 per week salary", ("GBP", 260_000, 260_000)),
    ],
)
def test_other_currencies(text: str, expected: tuple[str, int, int]) -> None:
    assert salary_of(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "薪资面议",
        "带薪年假，五险一金",
        "注册资本1000万，年营收3500亿",
        "获得300万元奖励补贴",
        "500元节日礼金，餐补15元/天",
        "每取得一项职业资格证书另增加3.6万元/年",
        "薪酬从优，报名截止：2018年12月31日",
        "3-5年经验，管理20-30人",
        "管网 800-1200 公里",
        "处理能力5万吨/日",
        "Salary by agreement",
        "Manages a budget of $60,000 a year",
        "Series A funding of $20m",
        "2019-2021, 401k plan",
        "Windows 10/11, Office 365",
    ],
)
def test_other_money_and_numbers_are_no_pay(text: str) -> None:
    assert salary_of(text) is None


def test_labelled_pay_wins_over_earlier_money() -> None:
    assert salary_of("入职奖金3000元/月。岗位：化验员，薪资：6000-8500元/月") == ("CNY", 600_000, 850_000)


def test_candidate_states_pay_only_with_a_label() -> None:
    assert salary_of("期望薪资：9-11K", Kind.CANDIDATE) == ("CNY", 900_000, 1_100_000)
    assert salary_of("负责 9-11K 单的分拣", Kind.CANDIDATE) is None


def test_span_covers_the_amount() -> None:
    text = "化验员，薪资：6000-8500元/月，双休"
    found = find_salary(fold(text), Kind.POSTING)
    assert found is not None
    assert found[0] == Salary("CNY", 600_000, 850_000)
    assert text[found[1].start : found[1].end] == "6000-8500元/月"
