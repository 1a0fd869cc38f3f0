"""The load-bearing claim: a skill named in Chinese and in English text is one id, so that matches cross languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from matcher.domain.skill import FoundBy, Importance
from matcher.extract import SkillExtractor
from matcher.taxonomy import Taxonomy, load_starter, load_taxonomy


@pytest.fixture(scope="module")
def starter() -> Taxonomy:
    return load_starter()


@pytest.fixture(scope="module")
def extractor(starter: Taxonomy) -> SkillExtractor:
    return SkillExtractor(starter)


def ids(extractor: SkillExtractor, text: str) -> list[str]:
    """Skills that the text names; what a certificate implies is not named."""
    return [m.skill_id for m in extractor.extract_text(text) if m.found_by is not FoundBy.IMPLIED]


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("熟悉Java开发", "Java development"),
        ("负责水质检测", "water quality testing"),
        ("掌握机器学习", "machine learning"),
        ("会做单元测试", "unit tests"),
        ("微服务架构", "micro-services"),
        ("大学英语四级", "CET-4"),
        ("持有驾驶证", "a driving licence"),
        ("PLC编程", "PLC programming"),
        ("数据标注", "data annotation"),
        ("个案工作", "case work"),
        ("增值税申报", "VAT returns"),
        ("变频器调试", "variable frequency drives"),
        ("跨境电商", "cross-border e-commerce"),
        ("数控车床操作", "CNC turning"),
        ("急救技能", "first aid"),
        ("沟通协调能力", "communication skills"),
    ],
)
def test_same_skill_in_both_languages_is_one_id(extractor: SkillExtractor, chinese: str, english: str) -> None:
    in_chinese, in_english = set(ids(extractor, chinese)), set(ids(extractor, english))
    assert in_chinese & in_english, (in_chinese, in_english)


def test_labels_of_both_languages_lead_to_their_own_skill(starter: Taxonomy, extractor: SkillExtractor) -> None:
    lost = [
        (skill.id, language)
        for skill in starter
        for language, label in skill.labels.items()
        if label.casefold() not in {form.casefold() for form in skill.exact_forms}
        and ids(extractor, label) != [skill.id]
    ]
    assert lost == []


def test_mixed_text_is_read_in_one_pass(extractor: SkillExtractor) -> None:
    text = "熟悉 Kubernetes 集群运维 and Docker；familiar with 机器学习；有 Terraform 经验者优先"
    assert {m.skill_id: m.importance for m in extractor.extract_text(text)} == {
        "kubernetes": Importance.ESSENTIAL,
        "docker": Importance.ESSENTIAL,
        "machine-learning": Importance.ESSENTIAL,
        "terraform": Importance.PREFERRED,
    }


def test_traditional_text_reads_as_simplified(extractor: SkillExtractor) -> None:
    simplified, traditional = (
        "熟悉机器学习和单元测试，有数据标注经验者优先",
        "熟悉機器學習和單元測試，有數據標註經驗者優先",
    )
    read = [
        [(m.skill_id, m.span, m.importance, m.level) for m in extractor.extract_text(t)]
        for t in (simplified, traditional)
    ]
    assert read[0] == read[1]
    assert [skill_id for skill_id, *_ in read[1]] == ["machine-learning", "unit-testing", "data-annotation"]


def test_further_language_by_columns_shares_the_id(tmp_path: Path) -> None:
    file = tmp_path / "three.csv"
    file.write_text(
        "id,kind,field,broader,label_zh,label_en,label_de,aliases_de\nwelding,hard,metal,,焊接,welding,Schweißen,Lichtbogen-Schweißen\n",
        encoding="utf-8",
    )
    extractor = SkillExtractor(load_taxonomy(file))
    assert ids(extractor, "会焊接; welding; SCHWEISSEN, Lichtbogen-Schweißen") == ["welding"] * 4


@pytest.mark.parametrize(
    "text",
    [
        "Our spring 2026 trip: go to the lake, excel at chess, take vitamin C.",
        "五险一金，带薪年假，氛围好，有下午茶",
        "Plan C is to spark joy.",
    ],
)
def test_everyday_text_names_no_skill(extractor: SkillExtractor, text: str) -> None:
    assert ids(extractor, text) == []
