"""Personal data is cut, everything else stays, and nothing moves."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.domain.document import REDACTION_MARK, Kind
from matcher.ingest.privacy import redact


def cut_of(text: str, kind: Kind) -> list[tuple[str, str]]:
    """(category, text that was cut) of each redaction."""
    _, redactions = redact(text, kind)
    return [(item.category, text[item.span.start : item.span.end]) for item in redactions]


CANDIDATE_CUTS = [
    # phones
    ("技能：Python\n电话：13800000000", "phone", "13800000000"),
    ("技能：Python\n手机 138-0000-0012，可微信联系", "phone", "138-0000-0012"),
    ("技能：Python\n电话：１３８００００００１２", "phone", "１３８００００００１２"),
    ("技能：Python\n+86 138 0000 0012", "phone", "+86 138 0000 0012"),
    ("技能：Python\n手机：138****0000", "phone", "138****0000"),
    ("座机 0512-66668888", "phone", "0512-66668888"),
    ("座机 (010)66668888 转接", "phone", "(010)66668888"),
    ("热线 400-800-1234", "phone", "400-800-1234"),
    ("Skills: Java. Phone: 555-0100", "phone", "555-0100"),
    ("Skills: Java. Call +1 (212) 555-0134 please", "phone", "+1 (212) 555-0134"),
    ("Skills: Java. Mobile: 07700 900123", "phone", "07700 900123"),
    ("Skills: Java. +44 20 7946 0958", "phone", "+44 20 7946 0958"),
    ("Skills: Java\n(212) 555-0187", "phone", "(212) 555-0187"),
    # mail and accounts
    ("邮箱：demo@example.com", "email", "demo@example.com"),
    ("邮箱demo.a+b@mail.example.com。", "email", "demo.a+b@mail.example.com"),
    ("Mail: demo(at)example.com", "email", "demo(at)example.com"),
    ("微信号：zhang_san99", "account", "zhang_san99"),
    ("WeChat: zhangsan", "account", "zhangsan"),
    ("QQ：123456789", "account", "123456789"),
    ("主页 https://www.linkedin.com/in/demo-user-1", "profile", "https://www.linkedin.com/in/demo-user-1"),
    ("代码 github.com/demo-user 欢迎", "profile", "github.com/demo-user"),
    ("个人博客：https://demo.example.org/me", "profile", "https://demo.example.org/me"),
    # identity numbers
    ("身份证 110101199003070012", "id_number", "110101199003070012"),
    ("证件 32050119950307001X。", "id_number", "32050119950307001X"),
    ("旧证 320501950307001", "id_number", "320501950307001"),
    ("身份证号：3205**********0012", "id_number", "3205**********0012"),
    # addresses: the area stays
    ("现住址：江苏省苏州市姑苏区观前街12号3幢502室", "address", "观前街12号3幢502室"),
    ("住在碧波路635号2楼", "address", "碧波路635号2楼"),
    ("Lives at 12 Baker Street, London", "address", "12 Baker Street"),
    ("Address: 4 Elm Close\nSkills: SQL", "address", "4 Elm Close"),
    # names
    ("姓名：张三 性别：男", "name", "张三"),
    ("姓  名：欧阳小明", "name", "欧阳小明"),
    ("姓名：张三性别：男", "name", "张三"),
    ("姓名：张三毕业于某校", "name", "张三"),
    ("Name: Jane A. Doe\nSkills: SQL", "name", "Jane A. Doe"),
    ("Full name: Zhang San | Data Analyst", "name", "Zhang San"),
    ("张三\n软件测试工程师", "name", "张三"),
    ("张 三\n软件测试工程师", "name", "张 三"),
    ("王春生 | 电工 | 8年", "name", "王春生"),
    ("欧阳小明\n求职意向：会计", "name", "欧阳小明"),
    ("李小明的个人简历\n教育背景", "name", "李小明"),
    ("个人简历\n李小明\n教育背景", "name", "李小明"),
    ("刘洋，男，1995年出生", "name", "刘洋"),
    ("Jane Doe\nData Analyst", "name", "Jane Doe"),
    ("JANE DOE\nData Analyst", "name", "JANE DOE"),
    ("Zhang Wei, Network Technician", "name", "Zhang Wei"),
    ("Mary-Jane O'Neil | Nurse", "name", "Mary-Jane O'Neil"),
    ("J. Smith\nData Analyst", "name", "J. Smith"),
    ("Resume of Jane Doe\nSkills: SQL", "name", "Jane Doe"),
    # sex, age, birth
    ("性别：男 技能", "sex", "男"),
    ("性 别: 女", "sex", "女"),
    ("Gender: female; skills", "sex", "female"),
    ("求职：电工\n男，38岁，已婚", "sex", "男"),
    ("求职：电工\n女 | 28岁", "sex", "女"),
    ("Machinist\nMale, 45, own tools", "sex", "Male"),
    ("年龄：28 学历：大专", "age", "28"),
    ("求职：护理员。48岁，原来在电子厂", "age", "48岁"),
    ("本人今年28岁的机修工", "age", "28岁"),
    ("Welder, aged 28, three tickets", "age", "aged 28"),
    ("Age: 31 | Leeds", "age", "31"),
    ("I am 28 years old.", "age", "28 years old"),
    ("会计，90后，细心", "age", "90后"),
    ("出生年月：1993年5月 电工", "birth", "1993年5月"),
    ("生日 1995-03-07", "birth", "1995-03-07"),
    ("1995年3月出生，电工", "birth", "1995年3月"),
    ("1995年生，电工", "birth", "1995年"),
    ("Date of birth: 3 May 1995\nSkills", "birth", "3 May 1995"),
    ("DOB 03/05/1995, nurse", "birth", "03/05/1995"),
    ("Nurse. Born 1997.", "birth", "1997"),
    # origin, status, body, photo, rank
    ("籍贯：江苏南通 学历：大专", "origin", "江苏南通"),
    ("民族：汉 学历：大专", "origin", "汉"),
    ("户口所在地：安庆", "origin", "安庆"),
    ("电工，河南人，肯吃苦", "origin", "河南人"),
    ("Nationality: Irish\nSkills", "origin", "Irish"),
    ("Nurse, born in Foshan, now in Leeds", "origin", "Foshan"),
    ("婚姻状况：已婚 电工", "marital", "已婚"),
    ("Marital status: single\nSkills", "marital", "single"),
    ("电工，38岁，未婚，C1驾照", "marital", "未婚"),
    ("政治面貌：中共党员 学历：本科", "political", "中共党员"),
    ("会计，党员，细心", "political", "党员"),
    ("身高：175cm 学历：中专", "body", "175cm"),
    ("照片：me.jpg\n技能：Excel", "photo", "照片：me.jpg"),
    ("毕业于某大学（211）机械系", "school_rank", "211"),
    ("985/211院校本科", "school_rank", "985"),
    ("双一流高校硕士", "school_rank", "双一流"),
    ("MSc from a QS Top 50 university", "school_rank", "QS Top 50"),
    ("An Ivy League degree in law", "school_rank", "Ivy League"),
]


@pytest.mark.parametrize(("text", "category", "cut"), CANDIDATE_CUTS)
def test_personal_data_of_a_candidate_is_cut(text: str, category: str, cut: str) -> None:
    assert (category, cut) in cut_of(text, Kind.CANDIDATE)


CANDIDATE_KEEPS = [
    "3年以上工作经验，2岁以上幼儿教学",
    "3 years' experience in testing",
    "2019.07-2021.06 某公司 测试工程师",
    "2019/07 - 2021/06 Tester, Northbridge Robotics",
    "期望薪资 8000-12000 元/月",
    "课程代码 CS211，211 学时，985元培训费",
    "Python 3.11.2，MySQL 8.0.36，Spring 5.3.211",
    "设计男装和女装，负责男鞋类目",
    "Saved 1200 man-hours a year",
    "照护60岁以上老人，服务75岁以上长者30名",
    "Cared for adults aged 65 and over",
    "端口 8080-8443，IP 192.168.100.200",
    "ISBN 978-7-111-64124-7 教材译者",
    "产量 800-1200 件/天",
    "高级工程师\n负责设计",
    "应届毕业生\n计算机网络技术专业",
    "毕业生\n计算机网络技术专业",
    "Water Treatment Operator\n5 years",
    "Senior Data Analyst\nLeeds",
    "Career Summary\nFive years in logistics",
    "金融分析\n三年经验",
    "水务管理\n三年经验",
    "Project name: Smart Water Platform",
    "Company name: Northbridge Robotics",
    "开发微信小程序、企业微信应用，使用 QQ 音乐接口",
    "熟悉少数民族文化，会户籍管理系统",
    "负责党员信息管理系统开发",
    "负责婚恋平台的后端",
    "会拍照片，修图，剪辑",
    "重点项目负责人，一流服务",
    "Top 10 customers, tier 1 support",
    "班主任，带过三届学生",
    "Served 12-year-old pumps",
    "C++ 11/14/17，TCP 20000 连接",
    "GB 18918-2002 一级A标准",
    "2023年12月31日前完成 1500000 元预算",
]


@pytest.mark.parametrize("text", CANDIDATE_KEEPS)
def test_ordinary_text_of_a_candidate_stays(text: str) -> None:
    assert redact(text, Kind.CANDIDATE) == (text, ())


POSTING_DEMANDS = [
    ("任职要求：1、男性优先；2、会开车", "demand_sex", "男性优先"),
    ("要求：限女性，细心", "demand_sex", "限女性"),
    ("要求：性别：男，能出差", "demand_sex", "性别：男"),
    ("要求：1、女，大专以上", "demand_sex", "女"),
    ("Male candidates only, driving licence", "demand_sex", "Male candidates only"),
    ("Female preferred. Good English.", "demand_sex", "Female preferred"),
    ("要求：35岁以下，大专", "demand_age", "35岁以下"),
    ("要求：年龄18-45周岁，能倒班", "demand_age", "年龄18-45周岁"),
    ("要求：年龄35岁以内", "demand_age", "年龄35岁以内"),
    ("要求1.28岁-38岁,大专", "demand_age", "28岁-38岁"),
    ("原则上年龄不超过35周岁", "demand_age", "年龄不超过35周岁"),
    ("Applicants must be under 35 years old", "demand_age", "under 35 years old"),
    ("Applicants aged 20-30 only", "demand_age", "aged 20-30 only"),
    ("要求：形象气质佳，会英语", "demand_looks", "形象气质佳"),
    ("要求：五官端正，身高165cm以上", "demand_looks", "身高165cm以上"),
    ("要求：本地户籍优先", "demand_household", "本地户籍优先"),
    ("要求：限本市户口，有驾照", "demand_household", "限本市户口"),
    ("要求：北京户口优先", "demand_household", "北京户口优先"),
    ("要求：已婚已育优先", "demand_marital", "已婚已育优先"),
    ("985院校优先，3年经验", "school_rank", "985"),
    ("国内重点大学本科", "school_rank", "国内重点"),
    ("联系人：张先生 13800000001", "phone", "13800000001"),
    ("联系人：张小明 电话见官网", "name", "张小明"),
    ("联系人:刘楠招聘邮箱:见官网", "name", "刘楠"),
    ("简历投递 hr@example.com", "email", "hr@example.com"),
    ("咨询请找 朱小姐联系电话见下", "name", "朱小姐"),
]


@pytest.mark.parametrize(("text", "category", "cut"), POSTING_DEMANDS)
def test_demands_on_traits_and_contacts_in_a_posting_are_cut(text: str, category: str, cut: str) -> None:
    assert (category, cut) in cut_of(text, Kind.POSTING)


POSTING_KEEPS = [
    "性别不限，男女不限，年龄不限",
    "男女均可，户籍不限",
    "负责8-12岁学员的编程课，面向3-6岁幼儿",
    "照护60岁以上老人，服务65岁及以上居民",
    "Care for adults aged 65 and over, children aged 5 to 11",
    "维护公司良好的市场形象，提升企业形象好评度",
    "3年以上工作经验，5-8年优先，18-24K·16薪",
    "解决北京户口，配偶户口随迁",
    "负责空气质量模型，掌握气象模式",
    "开发男装商城，女包类目运营",
    "负责党员发展材料的审核",
    "课程 211 学时，985元补贴，A211教室",
    "一流的团队，重点项目",
    "向老师请教，与老师沟通",
    "薪资 6000-9000元/月，工作年限3-5年",
    "Must be over 18 years of experience level",
    "Manage 35 people; ages of wells 20-30",
    "联系人力资源部，见官网",
    "工作地点：上海市浦东新区碧波路635号2楼",
]


@pytest.mark.parametrize("text", POSTING_KEEPS)
def test_ordinary_text_of_a_posting_stays(text: str) -> None:
    assert redact(text, Kind.POSTING) == (text, ())


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Topics: trees. Instructors: Desbrun, Barr.", [("name", "Desbrun, Barr")]),
        ("授课教师：郑明、杨坚\n学分：3", [("name", "郑明、杨坚")]),
        ("Instructors: Staff. Units 9.", []),
        ("Name: Web Programming\n男装设计，28岁", []),
    ],
)
def test_a_course_loses_only_its_teachers_and_contacts(text: str, cut: list[tuple[str, str]]) -> None:
    assert cut_of(text, Kind.COURSE) == cut


def test_name_at_the_head_is_cut_wherever_it_returns() -> None:
    redacted, _ = redact("Jane Doe\nAnalyst\nJane Doe - page 2", Kind.CANDIDATE)
    assert redacted == "████████\nAnalyst\n████████ - page 2"


def test_redactions_are_ordered_disjoint_and_without_blank_ends() -> None:
    text = "张三 男 28岁\n电话：13800000000 邮箱：13800000000@example.com"
    _, redactions = redact(text, Kind.CANDIDATE)
    spans = [(item.span.start, item.span.end) for item in redactions]
    assert spans == [(0, 2), (3, 4), (5, 8), (12, 23), (27, 50)]


PIECES = st.sampled_from(
    [case[0] for case in CANDIDATE_CUTS + POSTING_DEMANDS]
    + CANDIDATE_KEEPS
    + POSTING_KEEPS
    + ["\n", " ", "😀", "İ", "ﬁ", "█", "\u0301", "男", "@", "+86 "]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=20)), max_size=6).map("".join), st.sampled_from(list(Kind)))
def test_redaction_keeps_length_and_every_other_code_point(text: str, kind: Kind) -> None:
    redacted, redactions = redact(text, kind)
    assert len(redacted) == len(text)
    marked = {index for item in redactions for index in range(item.span.start, item.span.end)}
    assert all(redacted[i] == (REDACTION_MARK if i in marked else text[i]) for i in range(len(text)))
    ends = [0] + [end for item in redactions for end in (item.span.start, item.span.end)]
    assert ends == sorted(ends)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=4).map("\n".join))
def test_no_phone_or_mail_survives_in_a_candidate(text: str) -> None:
    redacted, _ = redact(text, Kind.CANDIDATE)
    assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)|[\w.]+@[\w.]+\.com", redacted)


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize(
    "unit", ["a", "1", "岁", "1 ", "a@", "@", "(", "男，", "985/", "name: A ", "电话：1", "姓名：张", "- ", "（", "+1 "]
)
def test_hostile_repetition_is_read_in_linear_time(unit: str, kind: Kind) -> None:
    text = (unit * 40_000)[:40_000]
    redacted, _ = redact(text, kind)
    assert len(redacted) == 40_000


@pytest.mark.parametrize(
    ("text", "gone", "kept"),
    [
        ("籍贯安徽，现居合肥", "安徽", "现居合肥"),
        ("个人信息：男，籍贯河南周口，大专", "河南周口", "大专"),
        ("女，25岁，汉族，湖南湘潭人　大专", "湖南湘潭", "大专"),
        ("本人祖籍浙江。熟悉户籍管理", "浙江", "熟悉户籍管理"),
        ("男 28岁 上海负责人", "28岁", "上海负责人"),
    ],
)
def test_origin_is_cut_however_it_is_joined_to_its_label(text: str, gone: str, kept: str) -> None:
    redacted, _ = redact(text, Kind.CANDIDATE)
    assert gone not in redacted
    assert kept in redacted
    assert len(redacted) == len(text)
