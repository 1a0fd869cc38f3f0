"""The place and the title that a document names as its own."""

import pytest

from matcher.domain.document import Kind
from matcher.ingest.fold import fold
from matcher.ingest.region import canonical_region, find_region
from matcher.ingest.title import find_title, plain_title


def region_of(text: str, kind: Kind = Kind.POSTING) -> str | None:
    found = find_region(text, fold(text), kind)
    return found[0] if found else None


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("工作地点：上海市浦东新区", "上海"),
        ("职责略。工作地点:北京或长沙。", "北京"),
        ("【工作地点】 四川成都", "成都"),
        ("工作地點：廣東省深圳市", "深圳"),
        ("工作地点：浙江", "浙江"),
        ("工作地点：临江市经开区", "临江"),
        ("上班地点：深圳宝安西乡", "深圳"),
        ("化验员 | 苏州 | 大专", "苏州"),
        ("工艺员 宁德 5500-9000 大专", "宁德"),
        ("芯片测试工程师·无锡\n职责", "无锡"),
        ("Analyst\nLocation: Manchester (hybrid)", "Manchester"),
        ("Analyst\nNorthbridge, Gothenburg, Sweden | permanent", "Gothenburg"),
        ("Analyst based in Xi'an, China", "西安"),
        ("Region: Greater Melbourne", "Melbourne"),
        ("Location: Shanghai", "上海"),
        ("Location: Singapore", "Singapore"),
    ],
)
def test_posting_names_its_place(text: str, region: str) -> None:
    assert region_of(text) == region


@pytest.mark.parametrize(
    "text",
    [
        "上海某科技有限公司招聘测试员",
        "北京大学合作项目",
        "华夏经纬(广州)数据科技股份有限公司是软件企业",
        "毕业于 武汉理工大学",
        "中山路门店",
        "Bank of Shanghai is hiring",
        "We serve visitors from the US, UK and Australia",
        "熟悉杭州地铁信号系统",
        "Location: Riverside Park",
    ],
)
def test_city_in_a_name_or_sentence_is_no_place(text: str) -> None:
    assert region_of(text) is None


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("求职：电工\n现居武汉，期望宁波", "武汉"),
        ("意向城市：广州、佛山", "广州"),
        ("居住地：江苏省南通市", "南通"),
        ("Nurse, now in Melbourne", "Melbourne"),
        ("2020-2024 长沙 某公司\n电工", None),
        ("RN (Philippines)\n6 years", None),
    ],
)
def test_candidate_names_where_they_live(text: str, region: str | None) -> None:
    assert region_of(text, Kind.CANDIDATE) == region


def test_region_span_points_at_the_name() -> None:
    text = "岗位：化验员 工作地点：江苏省苏州市工业园区"
    found = find_region(text, fold(text), Kind.POSTING)
    assert found is not None
    assert text[found[1].start : found[1].end] == "江苏省苏州"


@pytest.mark.parametrize(
    ("given", "canonical"),
    [
        ("上海市", "上海"),
        ("Shanghai", "上海"),
        ("江苏 苏州", "苏州"),
        ("new york", "New York"),
        (" 临江 ", "临江"),
        ("Hong Kong", "香港"),
        ("广东省", "广东"),
        ("伦敦", "London"),
    ],
)
def test_given_regions_get_their_canonical_name(given: str, canonical: str) -> None:
    assert canonical_region(given) == canonical


def title_of(text: str, kind: Kind) -> str:
    title, span = find_title(text, fold(text), kind)
    assert span is None or text[span.start : span.end] == title
    return title


@pytest.mark.parametrize(
    ("text", "kind", "title"),
    [
        ("招聘岗位：水质化验员（2名）\n公司：某公司", Kind.POSTING, "水质化验员"),
        ("软件测试工程师 8-12K·13薪\n职责", Kind.POSTING, "软件测试工程师"),
        ("【急聘】芯片测试工程师 某半导体企业·无锡 年薪12-18万\n职责", Kind.POSTING, "芯片测试工程师"),
        ("【定制旅行计调】云途旅行社\n薪酬", Kind.POSTING, "定制旅行计调"),
        ("急招养老护理员\n要求", Kind.POSTING, "养老护理员"),
        ("招聘专员\n要求", Kind.POSTING, "招聘专员"),
        ("# Data Engineer – Energy Analytics\n\nWe", Kind.POSTING, "Data Engineer"),
        (
            "Chef de Partie (Hot Kitchen / Asian section)\nThe Quayside",
            Kind.POSTING,
            "Chef de Partie (Hot Kitchen / Asian section)",
        ),
        ("Front Office Supervisor — Harbour Lights Hotel (186 rooms)\nx", Kind.POSTING, "Front Office Supervisor"),
        ("职位名称:图像算法工程师工作目标:视频处理1.优化", Kind.POSTING, "图像算法工程师"),
        ("Job title: QA Engineer\nLocation: Leeds", Kind.POSTING, "QA Engineer"),
        ("《水质分析与检验技术》教学大纲\n课程代码", Kind.COURSE, "水质分析与检验技术"),
        ("课程名称：药品调剂与用药指导\n课程号", Kind.COURSE, "药品调剂与用药指导"),
        ("SOWK 1010 – Introduction to Social Work\n3 credits", Kind.COURSE, "Introduction to Social Work"),
        ("COURSE OUTLINE – IoT Applications Development\nCode", Kind.COURSE, "IoT Applications Development"),
        ("Fluid Power: Hydraulics and Pneumatics\n60 hours", Kind.COURSE, "Fluid Power: Hydraulics and Pneumatics"),
        ("求职意向：会展策划/活动执行\n2021", Kind.CANDIDATE, "会展策划/活动执行"),
        ("██\n软件测试工程师\n工作经历", Kind.CANDIDATE, "软件测试工程师"),
        ("████████\nData Analyst\nEducation", Kind.CANDIDATE, "Data Analyst"),
        ("数据分析师｜2年经验｜本科\n工作经历", Kind.CANDIDATE, "数据分析师"),
        ("个人简历\n██ | 电工\n教育", Kind.CANDIDATE, "电工"),
    ],
)
def test_title(text: str, kind: Kind, title: str) -> None:
    assert title_of(text, kind) == title


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("岗位职责:1.负责系统开发;2.完成测试", Kind.POSTING),
        ("1. 负责模块的详细设计\n2. 参与分析", Kind.POSTING),
        ("任职要求\n1、大专", Kind.POSTING),
        ("岗位职责及要求\n1、大专", Kind.POSTING),
        ("熟悉Java开发，具有良好的沟通能力", Kind.POSTING),
        ("我们是一家做水质监测的公司。\n要求", Kind.POSTING),
        ("We are looking for an analyst.\nRequirements", Kind.POSTING),
        ("个人简历\n出生年月：████", Kind.CANDIDATE),
        ("2021-2024 某职业学院 会展策划\n技能", Kind.CANDIDATE),
        ("Email: ████\nEducation", Kind.CANDIDATE),
        ("This course introduces the principles of databases.", Kind.COURSE),
    ],
)
def test_sentences_headings_and_fact_lines_are_no_title(text: str, kind: Kind) -> None:
    assert title_of(text, kind) == ""


@pytest.mark.parametrize(
    ("given", "kind", "title"),
    [
        ("张三的简历 - 电工", Kind.CANDIDATE, "电工"),
        ("Jane Doe - Data Analyst", Kind.CANDIDATE, "Data Analyst"),
        ("<b>QA</b> Engineer", Kind.POSTING, "QA Engineer"),
        ("数据分析师", Kind.CANDIDATE, "数据分析师"),
    ],
)
def test_given_title_loses_personal_data_and_markup(given: str, kind: Kind, title: str) -> None:
    assert plain_title(given, kind) == title
