"""Evidence: quotes stand where they are said to stand, and each number is the one that was scored."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.domain.document import REDACTION_MARK, Kind, Span
from matcher.domain.match import RequirementMatch, RequirementStatus
from matcher.domain.skill import Importance, Proficiency
from matcher.match.credit import COVERED_AT, PARTIAL_AT
from matcher.match.explain import (
    MAX_ADDITIONAL,
    MAX_QUOTES,
    SENTENCE_CHARS,
    Explained,
    additional_skills,
    explain_requirements,
    sentence_around,
)
from matcher.match.score import COLUMN, part_values, requirement_groups
from tests.unit.match.profiles import demands, supplies
from tests.unit.match.small_world import (
    IDS,
    SPACE,
    Demand,
    E,
    Naming,
    P,
    candidate,
    even_rarity,
    explained,
    pool,
    posting,
    rarity_of,
    side,
)

COVERED, PARTIAL, MISSING = RequirementStatus
POSTING_ZH = explained(
    Kind.POSTING,
    "water-lab",
    "🚰岗位要求：\n1、熟练掌握水质分析；2、会Python者优先。\n3、精通SQL；具备良好的沟通能力",
    Naming("water-analysis", "水质分析", E, Proficiency.PROFICIENT),
    Naming("python", "Python", P),
    Naming("sql", "SQL", E, Proficiency.EXPERT),
    Naming("communication", "沟通", E),
)
CANDIDATE_EN = explained(
    Kind.CANDIDATE,
    "ann",
    "Ran COD tests daily in the plant lab. Wrote Python scripts. Familiar with MySQL! Also welding.",
    Naming("cod-test", "COD tests", level=Proficiency.EXPERT),
    Naming("python", "Python"),
    Naming("mysql", "MySQL", level=Proficiency.FAMILIAR),
    Naming("welding", "welding"),
)


def explanation(demand: Explained = POSTING_ZH, supply: Explained = CANDIDATE_EN) -> dict[str, RequirementMatch]:
    """Requirement by skill id, under even rarity."""
    return {r.skill_id: r for r in explain_requirements(demand, supply, SPACE, even_rarity())}


def without(of: Explained, skill_id: str) -> Explained:
    """The same document had it not shown this skill."""
    kept = {s: list(m) for s, m in of.shown.items() if s != skill_id}
    mentions = [Naming(s, m[0].surface, m[0].importance, m[0].level) for s, m in kept.items()]
    return explained(of.document.kind, of.document.id, of.document.text, *mentions)


# --- requirements --------------------------------------------------------------------------------------------------


def test_requirements_are_told_with_status_credit_and_the_skill_that_met_them() -> None:
    got = {
        s: (r.status, round(r.credit, 4), r.met_by, r.importance, r.required_level, r.held_level)
        for s, r in explanation().items()
    }
    ess, pro, exp = Importance.ESSENTIAL, Proficiency.PROFICIENT, Proficiency.EXPERT
    assert got == {
        "water-analysis": (COVERED, 0.95, "cod-test", ess, pro, exp),
        "sql": (PARTIAL, 0.57, "mysql", ess, exp, Proficiency.FAMILIAR),
        "python": (COVERED, 1.0, "python", Importance.PREFERRED, None, None),
        "communication": (MISSING, 0.0, "", ess, None, None),
    }


def test_order_is_hard_essential_by_weight_then_preferred_then_soft() -> None:
    rare_sql = explain_requirements(POSTING_ZH, CANDIDATE_EN, SPACE, rarity_of(water_analysis=0.5))
    assert [r.skill_id for r in rare_sql] == ["sql", "water-analysis", "python", "communication"]
    assert [round(r.weight, 4) for r in rare_sql] == [0.6667, 0.3333, 1.0, 1.0]
    even = explain_requirements(POSTING_ZH, CANDIDATE_EN, SPACE, even_rarity())
    assert [r.skill_id for r in even] == ["water-analysis", "sql", "python", "communication"]  # ties: order of the text


def test_quotes_are_the_text_at_their_offsets_in_both_languages() -> None:
    quotes = {}
    for skill_id, requirement in explanation().items():
        for of, evidence in [(POSTING_ZH, requirement.demand_evidence), (CANDIDATE_EN, requirement.supply_evidence)]:
            for e in evidence:
                assert e.document == of.name
                assert e.quote == of.document.text[e.span.start : e.span.end]
                assert e.quote in e.sentence
                assert e.confidence == 0.9
        quotes[skill_id] = [
            [(e.quote, e.sentence) for e in side_of]
            for side_of in (requirement.demand_evidence, requirement.supply_evidence)
        ]
    assert quotes == {
        "water-analysis": [
            [("水质分析", "1、熟练掌握水质分析")],
            [("COD tests", "Ran COD tests daily in the plant lab")],
        ],
        "python": [[("Python", "2、会Python者优先")], [("Python", "Wrote Python scripts")]],
        "sql": [[("SQL", "3、精通SQL")], [("MySQL", "Familiar with MySQL")]],
        "communication": [[("沟通", "具备良好的沟通能力")], []],
    }


def test_a_skill_named_often_is_quoted_at_its_first_places_only() -> None:
    (mention,) = CANDIDATE_EN.shown["python"]
    often = replace(CANDIDATE_EN, shown={**CANDIDATE_EN.shown, "python": [mention] * (MAX_QUOTES + 4)})
    assert len(explanation(supply=often)["python"].supply_evidence) == MAX_QUOTES


def test_two_skills_named_by_one_span_keep_their_own_confidence() -> None:
    (sure,) = CANDIDATE_EN.shown["python"]
    unsure = replace(sure, skill_id="sql", confidence=0.4)
    both = replace(CANDIDATE_EN, shown={"python": [sure], "mysql": [unsure]})
    for _ in range(2):
        got = explanation(supply=both)
        assert [got[s].supply_evidence[0].confidence for s in ("python", "sql")] == [0.9, 0.4]


def test_an_inline_document_has_no_name_in_its_evidence() -> None:
    inline = replace(CANDIDATE_EN, name="")
    assert explanation(supply=inline)["python"].supply_evidence[0].document == ""


def test_statuses_follow_the_thresholds() -> None:
    demand = posting(("sql", E, None))
    status_by_supply = {}
    for shown, level in [("sql", None), ("mysql", None), ("databases", None), ("welding", None)]:
        supply = explained(Kind.CANDIDATE, "x", shown, Naming(shown, shown, level=level))
        (got,) = explain_requirements(replace(POSTING_ZH, profile=demand), supply, SPACE, even_rarity())
        status_by_supply[shown] = (got.status, round(got.credit, 4))
    assert status_by_supply == {
        "sql": (COVERED, 1.0),
        "mysql": (COVERED, 0.95),
        "databases": (PARTIAL, 0.3),
        "welding": (MISSING, 0.0),
    }


@pytest.mark.parametrize("skill_id", ["cod-test", "python", "mysql"])
def test_removing_a_cited_skill_changes_the_match(skill_id: str) -> None:
    (cited,) = [r for r in explanation().values() if r.met_by == skill_id]
    bereft = without(CANDIDATE_EN, skill_id)
    after = explanation(supply=bereft)[cited.skill_id]
    assert (after.status, after.credit, after.met_by, after.supply_evidence) == (MISSING, 0.0, "", ())
    full, less = (
        part_values(side(POSTING_ZH.profile), pool(side(of.profile)), SPACE, even_rarity())[0]
        for of in (CANDIDATE_EN, bereft)
    )
    part = COLUMN["preferred_coverage" if cited.importance is P else "essential_coverage"]
    assert less[part] == pytest.approx(full[part] - cited.credit * cited.weight, abs=1e-6)


def test_removing_an_uncited_skill_changes_no_requirement() -> None:
    assert explanation(supply=without(CANDIDATE_EN, "welding")) == explanation()


def bare(profile_of: Explained, demand: list[Demand]) -> Explained:
    return replace(profile_of, profile=posting(*demand), demanded={})


@settings(max_examples=120, deadline=None)
@given(demands, supplies, st.lists(st.integers(200, 1000), min_size=len(IDS), max_size=len(IDS)))
def test_credits_and_weights_sum_to_the_scored_coverage(
    demand: list[Demand], supply: dict[str, Proficiency | None], raw: list[int]
) -> None:
    rarity = (np.array(raw) / 1000).astype(np.float32)
    job, person = bare(POSTING_ZH, demand), replace(CANDIDATE_EN, profile=candidate(supply), shown={})
    entries = {r.skill_id: r for r in explain_requirements(job, person, SPACE, rarity)}
    values = part_values(side(job.profile), pool(side(person.profile)), SPACE, rarity)[0]
    assert set(entries) == {skill for skill, _, _ in demand}
    for part, mask in requirement_groups(job.profile, SPACE).items():
        group = [entries[IDS[s]] for s in job.profile.demand_skills[mask]]
        if group:
            assert math.fsum(r.weight for r in group) == pytest.approx(1.0, abs=1e-6)
            coverage = math.fsum(r.weight * r.credit for r in group)
            assert values[COLUMN[part]] == pytest.approx(coverage, abs=2e-6)
        else:
            assert math.isnan(values[COLUMN[part]])
    for r in entries.values():
        assert r.status is (COVERED if r.credit >= COVERED_AT else PARTIAL if r.credit >= PARTIAL_AT else MISSING)
        assert (r.met_by == "") == (r.status is MISSING)


# --- additional skills ---------------------------------------------------------------------------------------------


def test_additional_skills_exclude_what_meets_a_requirement() -> None:
    assert [(s, e.quote) for s, e in additional_skills(POSTING_ZH, CANDIDATE_EN, SPACE)] == [("welding", "welding")]


def test_a_related_skill_that_proves_nothing_is_additional() -> None:
    demand = explained(Kind.POSTING, "p", "mysql", Naming("mysql", "mysql", E))
    supply = explained(Kind.CANDIDATE, "c", "databases, sql", Naming("databases", "databases"), Naming("sql", "sql"))
    # sql is worth 0.3 for mysql; databases, two levels above, 0.15, which is below PARTIAL_AT
    assert [s for s, _ in additional_skills(demand, supply, SPACE)] == ["databases"]


def test_a_skill_outdone_by_another_is_not_additional() -> None:
    demand = explained(Kind.POSTING, "p", "sql", Naming("sql", "sql", E))
    supply = explained(Kind.CANDIDATE, "c", "sql, mysql", Naming("sql", "sql"), Naming("mysql", "mysql"))
    assert explanation(demand, supply)["sql"].met_by == "sql"
    assert additional_skills(demand, supply, SPACE) == ()


def test_additional_skills_leave_out_soft_ones_and_those_the_taxonomy_lacks_in_text_order() -> None:
    text = "welding python communication gone"
    supply = explained(
        Kind.CANDIDATE,
        "c",
        text,
        Naming("python", "python"),
        Naming("communication", "communication"),
        Naming("welding", "welding"),
        Naming("retired-skill", "gone"),
    )
    found = additional_skills(explained(Kind.POSTING, "p", "x"), supply, SPACE)
    assert [s for s, _ in found] == ["welding", "python"]
    assert len(found) <= MAX_ADDITIONAL


# --- sentences -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "quote", "sentence"),
    [
        ("精通SQL", "SQL", "精通SQL"),
        ("要求。精通SQL！会画图？", "SQL", "精通SQL"),
        ("SQL", "SQL", "SQL"),
        ("\n\n  SQL  \n", "SQL", "SQL"),
        ("一；二SQL三;四", "SQL", "二SQL三"),
        ("I cook well. I write SQL daily. I sing.", "SQL", "I write SQL daily"),
        ("Uses Node.js, e.g. SQL 3.5 for Dr. Li. Sings.", "SQL", "Uses Node.js, e.g. SQL 3.5 for Dr. Li. Sings"),
        ("Knows mysql.", "mysql", "Knows mysql"),
        (f"张{REDACTION_MARK * 3}熟悉SQL，电话{REDACTION_MARK * 11}", "SQL", "张熟悉SQL，电话"),
    ],
)
def test_sentence_around(text: str, quote: str, sentence: str) -> None:
    start = text.index(quote)
    assert sentence_around(text, Span(start, start + len(quote))) == sentence


def test_a_long_sentence_is_cut_evenly_around_the_quote() -> None:
    text = "前" * 300 + "SQL" + "后" * 300
    cut = sentence_around(text, Span(300, 303))
    assert (len(cut), cut.count("前"), cut.count("后")) == (SENTENCE_CHARS, 59, 58)


def test_room_left_on_one_side_is_used_on_the_other() -> None:
    text = "前" * 300 + "SQL。" + "后" * 300
    assert sentence_around(text, Span(300, 303)) == "前" * (SENTENCE_CHARS - 3) + "SQL"
    text = "SQL" + "后" * 300
    assert sentence_around(text, Span(0, 3)) == "SQL" + "后" * (SENTENCE_CHARS - 3)


def test_a_quote_longer_than_the_limit_is_cut() -> None:
    assert sentence_around("长" * 200, Span(20, 180)) == "长" * SENTENCE_CHARS


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="aB中。.;\n !█", min_size=1, max_size=400), st.data())
def test_a_sentence_holds_its_quote_and_never_exceeds_the_limit(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, min(len(text), start + 40)))
    sentence = sentence_around(text, Span(start, end))
    assert len(sentence) <= SENTENCE_CHARS
    assert text[start:end].replace(REDACTION_MARK, "").strip() in sentence
    assert REDACTION_MARK not in sentence
    assert sentence in text.replace(REDACTION_MARK, "")


def test_a_credit_is_the_relation_times_the_level_factor() -> None:
    found = {r.skill_id: r for r in explain_requirements(POSTING_ZH, CANDIDATE_EN, SPACE, even_rarity())}
    for requirement in found.values():
        assert requirement.credit == pytest.approx(requirement.relation * requirement.level_factor, abs=1e-6)
    # SQL at expert level is asked; MySQL at familiar level is shown: directly below, two levels short
    assert (found["sql"].relation, found["sql"].level_factor) == pytest.approx((0.95, 0.6))
    assert (found["python"].relation, found["python"].level_factor) == (1.0, 1.0)
    assert (found["communication"].relation, found["communication"].level_factor) == (0.0, 0.0)
