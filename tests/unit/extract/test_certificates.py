from __future__ import annotations

from pathlib import Path

import pytest

from matcher.domain.document import Document, Facts, Kind, Section, SectionKind, Span
from matcher.domain.skill import FoundBy, Importance, Proficiency, SkillMention
from matcher.errors import InvalidTaxonomy
from matcher.extract import SkillExtractor, derive_requirements, derive_supply
from matcher.extract.certificates import STARTER_CERTIFICATES, ImpliedSkill, load_certificate_skills
from matcher.taxonomy import Taxonomy, load_starter


def document(kind: Kind, text: str) -> Document:
    section = Section(SectionKind.CERTIFICATES, Span(0, len(text)))
    return Document(kind, "d-1", "", text, ("zh",), (section,), Facts(), "0" * 64)


def implied(mentions: tuple[SkillMention, ...]) -> list[SkillMention]:
    return [mention for mention in mentions if mention.found_by is FoundBy.IMPLIED]


def test_certificate_implies_skills_on_its_own_words(wide: SkillExtractor) -> None:
    certificate, skill = wide.extract_text("持有PMP证书")
    assert (certificate.skill_id, certificate.found_by, certificate.implied_by) == ("pmp", FoundBy.ALIAS, "")
    assert (skill.skill_id, skill.surface, skill.span) == ("project-management", "PMP证书", certificate.span)
    assert (skill.found_by, skill.implied_by, skill.level) == (FoundBy.IMPLIED, "pmp", Proficiency.PROFICIENT)
    assert skill.confidence < certificate.confidence


def test_level_the_table_leaves_open_stays_unknown_and_denied_certificates_imply_nothing(wide: SkillExtractor) -> None:
    assert [m.level for m in implied(wide.extract_text("welder certificate (expert)"))] == [None]
    assert implied(wide.extract_text("不要求焊工证")) == []
    assert implied(wide.extract_text("no welder certificate needed")) == []


@pytest.mark.parametrize(
    ("text", "level", "is_implied"),
    [
        ("PMP证书", Proficiency.PROFICIENT, True),
        ("PMP证书；了解项目管理", Proficiency.AWARE, False),
        ("了解项目管理；PMP证书", Proficiency.AWARE, False),
    ],
)
def test_what_a_certificate_implies_gives_way_to_what_the_text_says(
    wide: SkillExtractor, text: str, level: Proficiency, is_implied: bool
) -> None:
    supply = derive_supply(Kind.CANDIDATE, wide.extract_skills(document(Kind.CANDIDATE, text)))["project-management"]
    assert (supply.level, supply.implied) == (level, is_implied)
    assert len(supply.mentions) == 1


def test_denied_skill_is_not_brought_back_by_a_certificate(wide: SkillExtractor) -> None:
    mentions = wide.extract_skills(document(Kind.CANDIDATE, "PMP证书，没有项目管理经验"))
    assert list(derive_supply(Kind.CANDIDATE, mentions)) == ["pmp"]


def test_posting_that_asks_for_a_certificate_asks_for_nothing_implied(wide: SkillExtractor) -> None:
    mentions = wide.extract_skills(document(Kind.POSTING, "必须持有PMP证书"))
    assert [m.skill_id for m in implied(mentions)] == ["project-management"]
    requirements = derive_requirements(Kind.POSTING, mentions)
    assert [(r.skill_id, r.importance) for r in requirements] == [("pmp", Importance.ESSENTIAL)]


def test_course_that_names_a_certificate_does_not_thereby_teach_its_skills(wide: SkillExtractor) -> None:
    mentions = wide.extract_skills(document(Kind.COURSE, "对接焊工证"))
    assert list(derive_supply(Kind.COURSE, mentions)) == ["welder"]


def test_rows_of_another_taxonomy_are_left_out(wide_taxonomy: Taxonomy, certificates_file: Path) -> None:
    assert load_certificate_skills(certificates_file, wide_taxonomy) == {
        "pmp": (ImpliedSkill("project-management", Proficiency.PROFICIENT),),
        "welder": (ImpliedSkill("welding", None),),
    }


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("pmp,project-management", "not three cells"),
        ("pmp,project-management,guru", "guru"),
        ("java,python,familiar", "java is no certificate"),
        ("pmp,welding,\npmp,welding,", "twice"),
        ("pmp,pmp,", "itself"),
    ],
)
def test_broken_rows_are_refused_with_their_place(
    wide_taxonomy: Taxonomy, tmp_path: Path, rows: str, message: str
) -> None:
    file = tmp_path / "broken.csv"
    file.write_text(f"certificate,skill,level\n{rows}\n", encoding="utf-8")
    with pytest.raises(InvalidTaxonomy, match=message) as caught:
        load_certificate_skills(file, wide_taxonomy)
    assert caught.value.metadata["row"] == str(len(rows.splitlines()) + 1)


def test_file_that_is_not_there_or_has_another_header_is_refused(wide_taxonomy: Taxonomy, tmp_path: Path) -> None:
    with pytest.raises(InvalidTaxonomy):
        load_certificate_skills(tmp_path / "none.csv", wide_taxonomy)
    other = tmp_path / "other.csv"
    other.write_text("certificate,skill\n", encoding="utf-8")
    with pytest.raises(InvalidTaxonomy, match="header"):
        load_certificate_skills(other, wide_taxonomy)


def test_every_shipped_row_speaks_of_skills_of_the_starter_taxonomy() -> None:
    starter = load_starter()
    shipped = load_certificate_skills(STARTER_CERTIFICATES, starter)
    n_rows = len(STARTER_CERTIFICATES.read_text(encoding="utf-8").splitlines()) - 1
    assert sum(map(len, shipped.values())) == n_rows > 100
