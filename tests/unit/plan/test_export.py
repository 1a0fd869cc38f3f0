"""Exports of a bundle: what each format must hold by its specification, and hostile text that must stay text."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.bundle import Bundle, BundleCourse, BundleSkill, TargetOccupation
from matcher.domain.document import Delivery, Span
from matcher.domain.match import Evidence, RequirementStatus
from matcher.domain.skill import Importance, Proficiency, SkillKind
from matcher.plan.export.ctdl import ctdl_of, ctid
from matcher.plan.export.docx import docx_of
from matcher.plan.export.filing_sheet import Grid, Heading, Items, filing_sheet
from matcher.plan.export.markdown import markdown_of
from matcher.plan.export.open_badge import open_badge_of
from matcher.plan.export.record import FiledBundle, json_text, markdown, plain
from matcher.plan.export.sheet_words import DELIVERIES, IMPORTANCES, LEVELS, STATUSES, WORDS

EVIL = (
    "<script>alert(1)</script>![x](javascript:1)[a](http://evil.test)| `q` \u202egnp\x00\x07 **b** www.evil.test\n# h"
)


def quote(document: str, text: str) -> Evidence:
    return Evidence(document, Span(0, len(text)), text, text, 1.0)


def skill(skill_id: str, status: RequirementStatus | None, course: str, **more: Any) -> BundleSkill:
    labels = {"zh": f"技能{skill_id}", "en": f"skill {skill_id}"}
    demanded = status is not None
    return BundleSkill(
        skill_id=skill_id,
        labels=labels,
        kind=SkillKind.HARD,
        importance=Importance.ESSENTIAL if demanded else None,
        asked_level=Proficiency.FAMILIAR if demanded else None,
        taught_level=Proficiency.PROFICIENT if course else None,
        weight=0.5 if demanded else 0.0,
        demand_share=0.4 if demanded else 0.0,
        credit=1.0 if course else 0.0,
        status=status,
        course=course,
        met_by=skill_id if course else "",
        met_by_labels=labels if course else {},
        **more,
    )


BUNDLE = Bundle(
    title="智慧水务",
    summary="面向水厂",
    courses=(
        BundleCourse(
            "courses/a", "水务基础", 48, 3, 0.5, Delivery.BLENDED, assessment=(quote("courses/a", "考试30%"),)
        ),
        BundleCourse("courses/b", "Digital Twin", 36.5, 2, None, None, ("courses/a",), ("会使用三维软件",)),
        BundleCourse("courses/gone", "", stored=False),
    ),
    hours=84.5,
    credits=5,
    practice_share=0.5,
    untold=(),
    occupations=(
        TargetOccupation("water-operator", {"zh": "水处理工", "en": "water operator"}, 3, ("水处理运行工",)),
        TargetOccupation("", {}, 1, ("怪岗位",)),
    ),
    skills=(
        skill("pump", RequirementStatus.COVERED, "courses/a", demand_evidence=(quote("postings/p", "会操作水泵"),)),
        skill("plc", RequirementStatus.MISSING, "", taught_elsewhere=("courses/z",)),
        skill("cert", RequirementStatus.MISSING, ""),
        skill("bim", None, "courses/b"),
    ),
    n_postings=4,
    covered=0.5,
)
FILED = FiledBundle(
    BUNDLE, "credentials/water", "某某学院", "https://example.edu/", "starter-1", datetime(2026, 11, 30, tzinfo=UTC)
)
HOSTILE = replace(
    FILED,
    issuer=EVIL,
    bundle=replace(
        BUNDLE,
        title=EVIL,
        summary=EVIL,
        courses=(
            BundleCourse("courses/a", EVIL, 10, entry=(EVIL,), assessment=(quote("courses/a", EVIL),)),
            *BUNDLE.courses[1:],
        ),
        occupations=(TargetOccupation("", {}, 1, (EVIL,)),),
        skills=(skill("pump", RequirementStatus.COVERED, "courses/a", demand_evidence=(quote("postings/p", EVIL),)),),
    ),
)


def cells(filed: FiledBundle, language: str) -> list[str]:
    """All texts of a sheet."""
    found = []
    for block in filing_sheet(filed, language).blocks:
        if isinstance(block, Grid):
            found += [cell for row in (block.header, *block.rows) for cell in row]
        else:
            found += list(block.items) if isinstance(block, Items) else [block.text]
    return found


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("zh", ["84.5", "5", "50%", "水处理工", "未对应到职业", "技能pump", "熟悉", "熟练", "覆盖", "线上线下混合"]),
        ("en", ["84.5", "water operator", "no occupation found", "skill pump", "familiar", "proficient", "blended"]),
    ],
)
def test_a_sheet_names_figures_occupations_skills_and_levels(language: str, expected: list[str]) -> None:
    found = cells(FILED, language)
    assert [e for e in expected if e not in found] == []


def test_a_sheet_says_what_is_quoted_what_is_not_covered_and_what_nobody_teaches() -> None:
    found = "\n".join(cells(FILED, "zh"))
    assert "水务基础: “考试30%”" in found
    assert "Digital Twin: 课程大纲未写明考核方式" in found
    assert "“会操作水泵” [postings/p]" in found
    assert "已有课程可覆盖: courses/z" in found
    assert "没有课程覆盖" in found
    assert "courses/gone (课程已从库中删除)" in found
    assert "会使用三维软件" in found
    assert f"{0.5 / 84.5:.6f}" in found


def test_a_sheet_without_a_target_claims_no_demand() -> None:
    bare = replace(FILED, bundle=replace(BUNDLE, skills=BUNDLE.skills[3:], occupations=(), n_postings=0, covered=None))
    sheet = filing_sheet(bare, "en")
    headings = [b.text for b in sheet.blocks if isinstance(b, Heading)]
    assert WORDS["en"]["demand"] not in headings
    assert WORDS["en"]["residual"] not in headings
    assert WORDS["en"]["covered"] not in cells(bare, "en")


def test_both_languages_know_the_same_words() -> None:
    for words in (WORDS, LEVELS, STATUSES, IMPORTANCES, DELIVERIES):
        assert set(words["zh"]) == set(words["en"])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_row_of_a_markdown_table_has_as_many_cells_as_its_header(language: str) -> None:
    for filed in (FILED, HOSTILE):
        text = markdown_of(filing_sheet(filed, language))
        for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
            assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}) == 1


def test_hostile_text_is_no_markup_in_markdown() -> None:
    text = markdown_of(filing_sheet(HOSTILE, "zh"))
    assert "<" not in text
    assert not re.search(r"(?<!\\)(?:!\[|\]\()", text)
    assert not re.search(r"(?<![\\a-z])https?:(?=//)", text)
    assert "www.evil" not in text
    assert "\u202e" not in text
    assert "\x00" not in text
    assert not re.search(r"^# h", text, re.MULTILINE)
    assert not re.search(r"(?<!\\)\*\*b", text)


@given(st.text(max_size=60))
def test_escaped_markdown_reads_as_the_plain_text(text: str) -> None:
    escaped = markdown(text)
    shown = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", escaped)
    for entity, char in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        shown = shown.replace(entity, char)
    assert "<" not in escaped
    assert "\n" not in escaped
    if "&" not in text and "\\" not in text:  # unescaping by hand would read these twice
        assert shown == plain(text)


def test_hostile_text_is_plain_text_in_word() -> None:
    content = docx_of(filing_sheet(HOSTILE, "en"))
    document = Document(io.BytesIO(content))
    told = "\n".join(p.text for p in document.paragraphs)
    told += "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert "<script>alert(1)</script>" in told, "it is shown, not run"
    with ZipFile(io.BytesIO(content)) as archive:
        xml = archive.read("word/document.xml").decode()
    assert "<script" not in xml
    assert "instrText" not in xml
    assert "w:hyperlink" not in xml


@pytest.mark.parametrize("language", ["zh", "en"])
def test_word_and_markdown_hold_the_same_texts(language: str) -> None:
    document = Document(io.BytesIO(docx_of(filing_sheet(FILED, language))))
    told = {p.text for p in document.paragraphs}
    told |= {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert [c for c in cells(FILED, language) if c and plain(c) not in told] == []


@pytest.mark.parametrize("filed", [FILED, HOSTILE], ids=["plain", "hostile"])
def test_an_open_badge_achievement_has_what_the_specification_asks_for(filed: FiledBundle) -> None:
    badge = json.loads(open_badge_of(filed, "en"))
    assert badge["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert badge["@context"][1].startswith("https://purl.imsglobal.org/spec/ob/v3p0/context-3")
    assert badge["type"] == ["Achievement"]
    assert badge["id"] == "https://example.edu/credentials/water"
    assert badge["achievementType"] == "MicroCredential"
    # required of an Achievement: id, type, name, description, criteria
    assert all(isinstance(badge[key], str) and badge[key] for key in ("id", "name", "description", "humanCode"))
    assert badge["criteria"]["narrative"]
    assert re.fullmatch(r"[a-z]{2}(-[A-Z]{2})?", badge["inLanguage"])
    assert badge["creator"]["type"] == ["Profile"]
    for alignment in badge["alignment"]:  # required: type, targetName, targetUrl
        assert alignment["type"] == ["Alignment"]
        assert alignment["targetName"]
        assert alignment["targetUrl"] == f"https://example.edu/skills/{alignment['targetCode']}"
        assert alignment["targetType"] == "CFItem"
    assert "issuer" not in badge, "an achievement is a definition, not a credential of a person"
    assert "credentialSubject" not in badge


def test_a_badge_aligns_only_with_what_is_taught() -> None:
    badge = json.loads(open_badge_of(FILED, "zh"))
    assert [a["targetCode"] for a in badge["alignment"]] == ["pump", "bim"]
    assert badge["alignment"][0]["targetName"] == "技能pump"
    assert badge["alignment"][0]["targetDescription"] == "熟练"
    assert badge["creditsAvailable"] == 5
    assert badge["tag"] == ["水处理工"]


def test_ctdl_names_credential_and_courses_with_stable_identifiers() -> None:
    graph = json.loads(ctdl_of(FILED))
    assert graph["@context"] == "https://credreg.net/ctdl/schema/context/json"
    credential, *courses = graph["@graph"]
    assert credential["@type"] == "ceterms:MicroCredential"
    assert re.fullmatch(r"ce-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", credential["ceterms:ctid"])
    assert credential["ceterms:ctid"] == ctid("https://example.edu/credentials/water")
    assert credential["ceterms:name"] == {"zh": "智慧水务"}
    assert credential["ceterms:estimatedDuration"][0]["ceterms:exactDuration"] == "PT84H30M"
    assert credential["ceterms:creditValue"][0]["schema:value"] == 5
    assert [o["ceterms:targetNodeName"]["en"] for o in credential["ceterms:occupationType"]] == ["water operator"]
    assert [c["@id"] for c in courses] == ["https://example.edu/courses/a", "https://example.edu/courses/b"]
    assert all(c["@type"] == "ceterms:Course" and c["ceterms:ctid"] and c["ceterms:name"] for c in courses)
    assert courses[1]["ceterms:name"] == {"en": "Digital Twin"}
    condition = courses[1]["ceterms:prerequisite"][0]
    assert condition["ceterms:targetLearningOpportunity"] == ["https://example.edu/courses/a"]
    assert condition["ceterms:condition"] == {"zh": ["会使用三维软件"]}
    assert [t["ceterms:codedNotation"] for t in courses[0]["ceterms:teaches"]] == ["pump"]
    assert courses[0]["ceterms:assessmentMethodDescription"] == {"zh": "考试30%"}


@pytest.mark.parametrize("text", [open_badge_of(HOSTILE, "zh"), ctdl_of(HOSTILE)], ids=["badge", "ctdl"])
def test_json_may_stand_in_a_web_page(text: str) -> None:
    assert not re.search(r"[<>&]", text)
    assert "<script>" in json.dumps(json.loads(text)), "the value itself is kept"
    assert "\u202e" not in text


def test_json_text_reads_as_the_value() -> None:
    value = {"a": ["<b>&", "ü"], "n": 1.5}
    assert json.loads(json_text(value)) == value
