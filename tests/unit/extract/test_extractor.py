from __future__ import annotations

from collections.abc import Sequence

import pytest

from matcher.domain.document import Document, Facts, Kind, Section, SectionKind, Span
from matcher.domain.skill import Importance, SkillMention
from matcher.extract import SkillExtractor, derive_requirements, derive_supply

E, P, S, N = Importance.ESSENTIAL, Importance.PREFERRED, Importance.STATED, Importance.NEGATED


def document(kind: Kind, parts: Sequence[tuple[SectionKind, str]]) -> Document:
    sections, text = [], ""
    for section_kind, part in parts:
        sections.append(Section(section_kind, Span(len(text), len(text) + len(part))))
        text += part
    return Document(kind, "d-1", "", text, ("zh",), tuple(sections), Facts(), "0" * 64)


def by_skill(mentions: Sequence[SkillMention]) -> dict[str, Importance]:
    return {mention.skill_id: mention.importance for mention in mentions}


POSTING = [
    (SectionKind.TITLE, "Java工程师\n"),
    (SectionKind.COMPANY, "我们做大数据\n"),
    (SectionKind.DUTIES, "按要求维护Docker，须会Kubernetes，用Terraform\n"),
    (SectionKind.REQUIREMENTS, "熟悉Python；无需Terraform经验；软件工程等相关专业\n"),
    (SectionKind.PREFERRED, "Go语言\n"),
    (SectionKind.BENEFITS, "免费Excel课程\n"),
]


def test_posting_importance_comes_from_section_unless_a_cue_speaks(extractor: SkillExtractor) -> None:
    mentions = extractor.extract_skills(document(Kind.POSTING, POSTING))
    assert [(m.skill_id, m.importance, m.section) for m in mentions] == [
        ("java", S, SectionKind.TITLE),
        ("big-data", S, SectionKind.COMPANY),
        ("docker", S, SectionKind.DUTIES),
        ("kubernetes", S, SectionKind.DUTIES),
        ("terraform", S, SectionKind.DUTIES),
        ("python", E, SectionKind.REQUIREMENTS),
        ("terraform", N, SectionKind.REQUIREMENTS),
        ("software-engineering", P, SectionKind.REQUIREMENTS),
        ("go", P, SectionKind.PREFERRED),
    ]


def test_posting_requirements_leave_out_firm_benefits_and_what_is_denied(extractor: SkillExtractor) -> None:
    mentions = extractor.extract_skills(document(Kind.POSTING, POSTING))
    assert [
        (r.skill_id, r.importance, r.mentions, r.from_duties) for r in derive_requirements(Kind.POSTING, mentions)
    ] == [
        ("java", E, (0,), False),
        ("docker", E, (2,), True),
        ("kubernetes", E, (3,), True),
        ("python", E, (5,), False),
        ("software-engineering", P, (7,), False),
        ("go", P, (8,), False),
    ]
    assert derive_supply(Kind.POSTING, mentions) == {}


def test_posting_without_requirement_section_demands_what_it_names(extractor: SkillExtractor) -> None:
    mentions = extractor.extract_skills(
        document(Kind.POSTING, [(SectionKind.OTHER, "找人写Java，懂Docker优先，不要求Python。提供Excel培训")])
    )
    assert [(r.skill_id, r.importance) for r in derive_requirements(Kind.POSTING, mentions)] == [
        ("java", E),
        ("docker", P),
    ]


def test_essential_wins_over_preferred_and_level_is_that_of_the_winning_mentions(extractor: SkillExtractor) -> None:
    mentions = extractor.extract_skills(
        document(Kind.POSTING, [(SectionKind.REQUIREMENTS, "了解Java。精通Java者优先。熟悉Java")])
    )
    (requirement,) = derive_requirements(Kind.POSTING, mentions)
    assert (requirement.importance, requirement.level, requirement.mentions) == (E, 2, (0, 2))
    assert requirement.confidence == max(mention.confidence for mention in mentions)


def test_course_requires_its_prerequisites_and_teaches_the_rest(extractor: SkillExtractor) -> None:
    course = document(
        Kind.COURSE,
        [
            (SectionKind.PREREQUISITES, "先修：Python；Docker（建议）\n"),
            (SectionKind.CONTENT, "大数据与Python，必须掌握Java。不涉及Go语言\n"),
            (SectionKind.OTHER, "3 credits, Excel. Prerequisite: C++"),
        ],
    )
    mentions = extractor.extract_skills(course)
    assert [(r.skill_id, r.importance) for r in derive_requirements(Kind.COURSE, mentions)] == [
        ("python", E),
        ("docker", P),
        ("cpp", E),
    ]
    supply = derive_supply(Kind.COURSE, mentions)
    assert list(supply) == ["big-data", "python", "java", "excel"]
    assert supply["java"].level == 2
    assert {m.importance for m in mentions if m.section is not SectionKind.PREREQUISITES} == {S, N}


def test_candidate_supplies_what_is_not_denied_and_requires_nothing(extractor: SkillExtractor) -> None:
    mentions = extractor.extract_skills(
        document(
            Kind.CANDIDATE,
            [
                (SectionKind.SUMMARY, "求职意向：Java开发\n"),
                (SectionKind.SKILLS, "了解Python；精通Python；没有Docker经验；必须说会C++\n"),
            ],
        )
    )
    assert by_skill(mentions) == {"java": S, "python": S, "docker": N, "cpp": S}
    supply = derive_supply(Kind.CANDIDATE, mentions)
    assert {skill_id: (s.level, s.mentions) for skill_id, s in supply.items()} == {
        "java": (None, (0,)),
        "python": (4, (1, 2)),
        "cpp": (None, (4,)),
    }
    assert supply["java"].confidence < 0.5 < supply["python"].confidence
    assert {skill_id: s.wished for skill_id, s in supply.items()} == {"java": True, "python": False, "cpp": False}
    assert derive_requirements(Kind.CANDIDATE, mentions) == ()


@pytest.mark.parametrize(
    ("text", "wished"),
    [
        ("求职意向：Java开发", True),
        ("Interested in learning Java", True),
        ("Looking for a role in Java", True),
        # what stands before the wish, or is said to be mastered, is shown
        ("用Java做过网站，想系统学习", False),
        ("Java developer seeking a new role", False),
        ("想从事开发，精通Java", False),
        ("希望从事开发，有3年Java经验", False),
        ("熟悉Java", False),
    ],
)
def test_a_wish_is_told_from_a_showing(extractor: SkillExtractor, text: str, wished: bool) -> None:
    mentions = extractor.extract_skills(document(Kind.CANDIDATE, [(SectionKind.SUMMARY, text)]))
    assert [m.wished for m in mentions if m.skill_id == "java"] == [wished]
    assert derive_supply(Kind.CANDIDATE, mentions)["java"].wished is wished


def test_only_a_candidate_wishes(extractor: SkillExtractor) -> None:
    for kind in (Kind.POSTING, Kind.COURSE):
        mentions = extractor.extract_skills(document(kind, [(SectionKind.OTHER, "求职意向：Java开发")]))
        assert [m.wished for m in mentions] == [False]


def test_what_is_shown_anywhere_is_not_wished_for_only(extractor: SkillExtractor) -> None:
    mentions = extractor.extract_skills(
        document(Kind.CANDIDATE, [(SectionKind.SUMMARY, "求职意向：Java开发\n"), (SectionKind.SKILLS, "熟悉Java\n")])
    )
    supply = derive_supply(Kind.CANDIDATE, mentions)["java"]
    assert (supply.wished, supply.mentions, supply.level) == (False, (1,), 2)


def test_text_without_skills_yields_nothing(extractor: SkillExtractor) -> None:
    empty = extractor.extract_skills(document(Kind.POSTING, [(SectionKind.OTHER, "招人，待遇好")]))
    assert (empty, derive_requirements(Kind.POSTING, empty), derive_supply(Kind.CANDIDATE, empty)) == ((), (), {})


def test_language_hint_does_not_hide_names_of_the_other_language(extractor: SkillExtractor) -> None:
    text = "负责水质检测 and water quality testing"
    assert extractor.extract_text(text, "en") == extractor.extract_text(text, "zh")
    assert [m.skill_id for m in extractor.extract_text(text)] == ["water", "water"]
