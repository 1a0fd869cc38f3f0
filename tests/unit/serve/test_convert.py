"""Wire ↔ domain: what is absent stays absent, what is given comes back, and no enum value is without its counterpart."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from matcher._gen.skillmatch.v1 import document_pb2 as doc
from matcher._gen.skillmatch.v1 import match_pb2 as pb
from matcher._gen.skillmatch.v1 import taxonomy_pb2 as tax
from matcher.domain.document import Delivery, EducationLevel, Facts, Kind, Salary, SectionKind, Span
from matcher.domain.match import RequirementStatus
from matcher.domain.skill import FoundBy, Importance, Proficiency, Rank, SkillKind, SkillMention, UnlinkedPhrase
from matcher.errors import InvalidDocument
from matcher.extract import find_rungs
from matcher.serve.convert import facts_from, facts_to, mentions_to, phrases_to, raw_document, section_name
from matcher.serve.convert_match import match_query_from, query_from
from matcher.serve.convert_taxonomy import rungs_to
from matcher.taxonomy import load_starter

numbers = some.none() | some.floats(0, 60, allow_nan=False)
words = some.none() | some.text(some.characters(codec="utf-8"), min_size=1, max_size=20)
ends = some.integers(0, 10**12)
salaries = some.none() | some.builds(Salary, some.just("CNY"), ends, some.none() | ends)
any_facts = some.builds(
    Facts,
    region=words,
    education=some.none() | some.sampled_from(EducationLevel),
    experience_years=numbers,
    salary=salaries,
    hours=numbers,
    credits=numbers,
    practice_share=some.none() | some.floats(0, 1),
    delivery=some.none() | some.sampled_from(Delivery),
    prerequisites=some.lists(some.text(some.characters(codec="utf-8"), max_size=9), max_size=3).map(tuple),
    organisation=words,
    cost_fen=some.none() | some.integers(0, 10**10),
    start_dates=some.lists(some.dates(), max_size=3).map(tuple),
    openings=some.none() | some.integers(1, 10**6),
    valid_from=some.none() | some.dates(),
    valid_until=some.none() | some.dates(),
    tags=some.lists(some.text(some.characters(codec="utf-8"), max_size=9), max_size=3).map(tuple),
    spans=some.just(Facts().spans),
)


@given(any_facts)
def test_facts_come_back_from_the_wire_as_they_went(facts: Facts) -> None:
    message = facts_to(facts)
    assert facts_from(doc.Facts.FromString(message.SerializeToString())) == facts


def test_unknown_facts_are_absent_on_the_wire_and_zero_is_not_unknown() -> None:
    assert facts_to(Facts()) == doc.Facts()
    message = facts_to(Facts(experience_years=0.0))
    assert message.HasField("experience_years")
    assert facts_from(message).experience_years == 0.0
    assert facts_from(doc.Facts()).experience_years is None


@pytest.mark.parametrize(
    ("wire", "domain", "prefix"),
    [
        (tax.Importance, Importance, "IMPORTANCE_"),
        (tax.Proficiency, Proficiency, "PROFICIENCY_"),
        (tax.FoundBy, FoundBy, "FOUND_BY_"),
        (tax.Rank, Rank, "RANK_"),
        (tax.SkillKind, SkillKind, "SKILL_KIND_"),
        (pb.RequirementStatus, RequirementStatus, "REQUIREMENT_STATUS_"),
        (doc.EducationLevel, EducationLevel, "EDUCATION_LEVEL_"),
        (doc.Delivery, Delivery, "DELIVERY_"),
        (doc.Kind, Kind, "KIND_"),
    ],
)
def test_every_domain_value_has_its_own_on_the_wire(wire: object, domain: object, prefix: str) -> None:
    names = {name.removeprefix(prefix) for name in wire.keys()}  # type: ignore[attr-defined]  # noqa: SIM118
    assert names == {value.name for value in domain} | {"UNSPECIFIED"}  # type: ignore[attr-defined]


def test_ordered_values_have_the_same_numbers_on_both_sides() -> None:
    for level in EducationLevel:
        assert doc.EducationLevel.Value(f"EDUCATION_LEVEL_{level.name}") == level
    for proficiency in Proficiency:
        assert tax.Proficiency.Value(f"PROFICIENCY_{proficiency.name}") == proficiency


def test_every_section_kind_has_a_name_on_the_wire() -> None:
    numbers_used = {doc.SectionKind.Value(section_name(kind)) for kind in SectionKind}
    assert numbers_used == set(doc.SectionKind.values())


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("candidates/a", doc.KIND_UNSPECIFIED, (Kind.CANDIDATE, "a")),
        ("postings/a.b-c", doc.KIND_POSTING, (Kind.POSTING, "a.b-c")),
        ("courses/1", doc.KIND_COURSE, (Kind.COURSE, "1")),
        ("", doc.KIND_COURSE, (Kind.COURSE, "")),
    ],
)
def test_kind_and_id_are_read_from_the_name_or_the_kind(name: str, kind: doc.Kind, expected: tuple[Kind, str]) -> None:
    raw = raw_document(doc.Document(name=name, kind=kind, text="x"))
    assert (raw.kind, raw.id) == expected


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (doc.Document(text="x"), "KIND_MISSING"),
        (doc.Document(name="courses/a", kind=doc.KIND_POSTING), "KIND_CONTRADICTS_NAME"),
    ],
)
def test_a_query_whose_kind_is_unclear_is_refused_at_its_place_in_the_request(
    message: doc.Document, reason: str
) -> None:
    with pytest.raises(InvalidDocument) as error:
        query_from(pb.Query(document=message), "target")
    assert (error.value.code, error.value.field) == (reason, "target.document.kind")
    assert error.value.violations[0][0] == "target.document.kind"


def test_an_unset_page_size_and_language_get_the_documented_defaults() -> None:
    query = match_query_from(pb.MatchRequest(query=pb.Query(name="courses/a"), target_kind=doc.KIND_POSTING))
    assert (query.page_size, query.language, query.with_evidence) == (10, "zh", True)


def test_what_a_mention_says_beyond_its_skill_goes_over_the_wire_and_what_it_does_not_say_stays_absent() -> None:
    taxonomy = load_starter()
    plain = SkillMention("python", "Py", Span(0, 2), 0.5, Importance.STATED, None, SectionKind.OTHER)
    rich = replace(
        plain, years=0.0, version="3.x", rank=Rank.SECONDARY, found_by=FoundBy.IMPLIED, implied_by="cda-certificate"
    )
    first, second = mentions_to([plain, rich], taxonomy, "en")
    assert not first.HasField("years")
    assert (first.version, first.rank, first.found_by, first.implied_by) == (
        "", tax.RANK_UNSPECIFIED, tax.FOUND_BY_ALIAS, "",
    )  # fmt: skip
    assert second.HasField("years")
    assert (second.years, second.version, second.rank, second.found_by, second.implied_by) == (
        0.0, "3.x", tax.RANK_SECONDARY, tax.FOUND_BY_IMPLIED, "skills/cda-certificate",
    )  # fmt: skip


def test_unknown_phrases_keep_their_place_and_cluster() -> None:
    phrase = UnlinkedPhrase("FooBar", Span(3, 9), "u-c3ab8ff13720", SectionKind.SKILLS)
    assert phrases_to([phrase]) == [tax.UnlinkedPhrase(surface="FooBar", start=3, end=9, cluster="u-c3ab8ff13720")]


def test_rungs_name_their_ladder() -> None:
    text = "高级工，国家职业资格三级，副高职称，本科，阿里P6"
    assert [(m.ladder, m.rung, m.firm, text[m.start : m.end]) for m in rungs_to(find_rungs(text))] == [
        (tax.LADDER_WORKER_GRADE, "SENIOR", "", "高级工"),
        (tax.LADDER_QUALIFICATION_LEVEL, "THREE", "", "国家职业资格三级"),
        (tax.LADDER_PROFESSIONAL_TITLE, "ASSOCIATE_SENIOR", "", "副高职称"),
        (tax.LADDER_EDUCATION, "BACHELOR", "", "本科"),
        (tax.LADDER_FIRM_GRADE, "P6", "阿里", "P6"),
    ]
