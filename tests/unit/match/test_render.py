"""The rendered explanation says what the evidence says, in Chinese and in English, and nothing else."""

from __future__ import annotations

import re

import pytest

from matcher.domain.document import Kind, Span
from matcher.domain.match import Evidence, Match, RequirementMatch, RequirementStatus, Scored, ScorePart
from matcher.domain.skill import Importance, Proficiency
from matcher.errors import InvalidRequest
from matcher.match.render import LANGUAGES, render
from matcher.match.weights import PARTS
from tests.unit.match.small_world import TAXONOMY


def evidence(sentence: str) -> Evidence:
    return Evidence("candidates/ann", Span(0, 1), sentence[:1], sentence, 0.9)


def requirement(
    skill_id: str,
    status: RequirementStatus,
    *,
    met_by: str = "",
    credit: float = 0.0,
    levels: tuple[Proficiency | None, Proficiency | None] = (None, None),
    importance: Importance = Importance.ESSENTIAL,
    proof: tuple[str, str] = ("", ""),
) -> RequirementMatch:
    demand, supply = proof
    return RequirementMatch(
        skill_id=skill_id,
        importance=importance,
        required_level=levels[0],
        held_level=levels[1],
        status=status,
        credit=credit,
        weight=0.5,
        met_by=met_by,
        demand_evidence=(evidence(demand),) if demand else (),
        supply_evidence=(evidence(supply),) if supply else (),
    )


MATCH = Match(
    name="candidates/ann",
    kind=Kind.CANDIDATE,
    title="ann",
    rank=1,
    scored=Scored(
        0.734,
        -4.0,
        (
            ScorePart("essential_coverage", 0.475, 4.0),
            ScorePart("title_similarity", 0.0, 1.5),
            ScorePart("education_fit", None, 0.4),
        ),
    ),
    requirements=(
        requirement(
            "python",
            RequirementStatus.COVERED,
            met_by="python",
            credit=1.0,
            importance=Importance.PREFERRED,
            proof=("会Python者优先", "Wrote  Python\nscripts"),
        ),
        requirement(
            "sql",
            RequirementStatus.PARTIAL,
            met_by="mysql",
            credit=0.57,
            levels=(Proficiency.EXPERT, Proficiency.FAMILIAR),
            proof=("精通SQL", "熟悉MySQL"),
        ),
        requirement("welding", RequirementStatus.MISSING, levels=(Proficiency.AWARE, None), proof=("会焊接", "")),
    ),
    additional=(("communication", evidence("沟通")), ("water-analysis", evidence("水质"))),
)


def in_language(language: str, match: Match = MATCH) -> str:
    return render(match, lambda s: TAXONOMY.get(s).label(language), language)


def test_chinese_text() -> None:
    assert in_language("zh").splitlines() == [
        "匹配分 0.734（必备要求满足度 48%；名称相似度 0%；学历符合度：文本未说明）",
        "已满足：",
        "  · Python编程（优先）：“会Python者优先” ← “Wrote Python scripts”",
        "部分满足：",
        "  · SQL语言（必备，要求精通，体现熟悉）：“精通SQL” ← “熟悉MySQL”（凭“MySQL数据库”，按 57% 计）",
        "文本未体现：welding（必备）",
        "另外具备：沟通；水质分析",
    ]


def test_english_text() -> None:
    assert in_language("en").splitlines() == [
        "Score 0.734 (essential requirements met 48%; title similarity 0%; education fit: the text does not say)",
        "Covered:",
        "  · python (preferred): “会Python者优先” ← “Wrote Python scripts”",
        "Partly covered:",
        "  · sql (essential, asked expert, shown familiar): “精通SQL” ← “熟悉MySQL” (through “mysql”, counted 57%)",
        "Not shown by the text: welding (essential)",
        "Also shows: communication; water-analysis",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_in_the_text_is_in_the_evidence(language: str) -> None:
    numbers = set(re.findall(r"\d+(?:\.\d+)?%?", in_language(language)))
    parts = {f"{p.value:.0%}" for p in MATCH.scored.parts if p.value is not None}
    counted = {f"{r.credit:.0%}" for r in MATCH.requirements}
    assert numbers <= {f"{MATCH.scored.score:.3f}"} | parts | counted
    assert f"{MATCH.scored.score:.3f}" in numbers
    assert parts <= numbers


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_has_a_name(language: str) -> None:
    for part in PARTS:
        match = Match("c", Kind.CANDIDATE, "", 1, Scored(0.5, 0.0, (ScorePart(part, 0.5, 1.0),)))
        text = in_language(language, match)
        assert part not in text
        assert "50%" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_match_without_requirements_is_its_score_alone(language: str) -> None:
    match = Match("c", Kind.CANDIDATE, "", 1, Scored(0.5, 0.0, (ScorePart("text_similarity", 0.5, 1.0),)))
    assert len(in_language(language, match).splitlines()) == 1


def test_an_unstated_level_is_said_to_be_unstated() -> None:
    unstated = requirement(
        "sql",
        RequirementStatus.PARTIAL,
        met_by="sql",
        credit=0.85,
        levels=(Proficiency.PROFICIENT, None),
        proof=("熟练SQL", "SQL"),
    )
    match = Match("c", Kind.CANDIDATE, "", 1, MATCH.scored, (unstated,))
    assert "要求熟练，体现程度未说明" in in_language("zh", match)
    assert "asked proficient, shown level unstated" in in_language("en", match)


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "{score} {0} {x!r}", "%s %(a)d", "[bold]\\n[/bold]"])
def test_markup_and_placeholders_in_a_document_pass_as_plain_text(hostile: str) -> None:
    item = requirement("sql", RequirementStatus.COVERED, met_by="sql", credit=1.0, proof=(hostile, hostile))
    text = in_language("en", Match("c", Kind.CANDIDATE, "", 1, MATCH.scored, (item,)))
    assert f"“{hostile}” ← “{hostile}”" in text


@pytest.mark.parametrize("language", ["de", "", "ZH", "zh-CN"])
def test_another_language_is_refused(language: str) -> None:
    with pytest.raises(InvalidRequest) as caught:
        render(MATCH, str, language)
    assert (caught.value.field, caught.value.limit) == ("language", "zh, en")
