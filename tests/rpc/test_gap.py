"""AnalyzeGap over the wire, on the demo corpus: it agrees with Explain on every pair, and refuses what is no gap."""

from __future__ import annotations

from collections.abc import Sequence

import grpc
import pytest

from matcher._gen.skillmatch.v1 import document_pb2 as doc
from matcher._gen.skillmatch.v1 import match_pb2 as match_pb
from matcher._gen.skillmatch.v1 import plan_pb2 as pb
from matcher._gen.skillmatch.v1 import target_pb2 as tgt
from matcher._gen.skillmatch.v1 import taxonomy_pb2 as tax
from matcher.domain.gap import GapStatus
from matcher.domain.match import RequirementStatus
from matcher.domain.target import PostingTarget
from matcher.engine import Engine
from matcher.match.explain import explain_requirements
from matcher.serve.client import ServiceClient, error_info
from tests.rpc.messages import explain, refusal

TRAINER = "postings/ai-trainer-zh-01"
CLERK = "candidates/data-entry-clerk-zh-01"
MATCH_STATUS = {
    GapStatus.MET: RequirementStatus.COVERED,
    GapStatus.MET_AT_LOWER_LEVEL: RequirementStatus.PARTIAL,
    GapStatus.NEAR: RequirementStatus.PARTIAL,
    GapStatus.MISSING: RequirementStatus.MISSING,
}


def query(source: str | doc.Document) -> match_pb.Query:
    return match_pb.Query(name=source) if isinstance(source, str) else match_pb.Query(document=source)


def posting(source: str | doc.Document) -> tgt.Target:
    return tgt.Target(posting=query(source))


def inline(text: str, kind: doc.Kind = doc.KIND_CANDIDATE) -> doc.Document:
    return doc.Document(kind=kind, text=text)


def gap(
    client: ServiceClient, candidate: str | doc.Document, target: tgt.Target, language: str = ""
) -> pb.AnalyzeGapResponse:
    reply: pb.AnalyzeGapResponse = client.plans.AnalyzeGap(
        pb.AnalyzeGapRequest(candidate=query(candidate), target=target, language=language)
    )
    return reply


def rows_of(found: pb.Gap) -> list[pb.RequirementGap]:
    return [*found.essential_skills, *found.preferred_skills, *found.credentials, *found.soft_skills]


def row(found: pb.Gap, skill: str) -> pb.RequirementGap:
    return next(r for r in rows_of(found) if r.requirement.skill == f"skills/{skill}")


def test_a_gap_agrees_with_the_match_on_every_pair(
    client: ServiceClient, engine: Engine, corpus: dict[str, str]
) -> None:
    in_force = engine.present.now
    space = in_force.deriver.space
    with in_force.working_set.reading():
        rarity = in_force.working_set.rarity()
    people = [engine.gaps.candidate(in_force, n, "candidate")[0] for n in corpus if n.startswith("candidates/")]
    n_compared = 0
    for name in (n for n in corpus if n.startswith("postings/")):
        demand = engine.targets.posting(in_force, name, "target")
        target = engine.targets.resolve(PostingTarget(name))
        for person in people:
            found = {r.requirement.skill_id: r for r in engine.gaps.gap_of(in_force, person, target).requirements}
            for explained in explain_requirements(demand, person, space, rarity):
                mine = found.pop(explained.skill_id)
                assert MATCH_STATUS[mine.status] is explained.status
                assert mine.credit == explained.credit
                assert (mine.met_by, mine.held_level) == (explained.met_by, explained.held_level)
                assert (mine.requirement.importance, mine.requirement.level) == (
                    explained.importance,
                    explained.required_level,
                )
                assert mine.evidence == explained.supply_evidence
                assert mine.requirement.evidence == explained.demand_evidence
                n_compared += 1
            assert not found
    assert n_compared > 50_000


@pytest.mark.parametrize(
    ("candidate", "target"),
    [(CLERK, TRAINER), ("candidates/software-tester-en-01", "postings/prompt-engineer-zh-03")],
)
def test_coverages_are_those_of_the_match_score(client: ServiceClient, candidate: str, target: str) -> None:
    totals = gap(client, candidate, posting(target)).gap.totals
    parts = {p.part: p for p in explain(client, candidate, target).breakdown.parts}
    assert totals.essential_coverage == pytest.approx(parts["essential_coverage"].value, abs=2e-6)
    assert totals.preferred_coverage == pytest.approx(parts["preferred_coverage"].value, abs=2e-6)


def test_the_clerk_and_the_trainer(client: ServiceClient, corpus: dict[str, str]) -> None:
    reply = gap(client, CLERK, posting(TRAINER))
    found, text = reply.gap, corpus[CLERK]
    assert (found.candidate, found.target, found.posting_count) == (CLERK, TRAINER, 1)
    excel = row(found, "excel")
    assert (excel.status, excel.held_level) == (pb.GAP_STATUS_MET, tax.PROFICIENCY_PROFICIENT)
    for quote in excel.evidence:
        assert quote.quote == text[quote.start : quote.end]
    assert row(found, "prompt-engineering").status == pb.GAP_STATUS_MISSING
    assert [r.requirement.kind for r in found.credentials] == [tax.SKILL_KIND_CERTIFICATE]
    assert "统计报表" in reply.explanation
    assert "学历：要求大专，体现大专（满足）" in reply.explanation


def test_a_related_skill_is_near_and_says_what_it_is_worth(client: ServiceClient) -> None:
    found = gap(client, inline("技能\n熟悉数据标注"), posting(TRAINER)).gap
    near = row(found, "text-annotation")
    assert (near.status, near.met_by, near.met_by_label) == (pb.GAP_STATUS_NEAR, "skills/data-annotation", "数据标注")
    assert near.credit == pytest.approx(near.relation) == pytest.approx(0.3)
    assert near.evidence[0].quote == "数据标注"


def test_numbers_of_the_reply_recompute(client: ServiceClient) -> None:
    found = gap(client, CLERK, tgt.Target(cohort=tgt.Cohort(filter='skill = "excel"'))).gap
    rows = rows_of(found)
    assert found.posting_count > 10
    for r in rows:
        assert r.open_weight == pytest.approx(r.requirement.weight * (1 - r.credit))
    assert found.totals.open_weight == pytest.approx(sum(r.open_weight for r in rows))
    assert found.totals.weight == pytest.approx(sum(r.requirement.weight for r in rows))
    hard = [r for r in rows if r.requirement.kind != tax.SKILL_KIND_SOFT]
    essential = [r for r in hard if r.requirement.importance == tax.IMPORTANCE_ESSENTIAL]
    assert found.totals.essential_coverage == pytest.approx(_coverage(essential))
    counts = [
        found.totals.met_count,
        found.totals.lower_level_count,
        found.totals.near_count,
        found.totals.missing_count,
    ]
    assert counts == [sum(r.status == s for r in rows) for s in (1, 2, 3, 4)]


def _coverage(rows: Sequence[pb.RequirementGap]) -> float:
    return sum(r.requirement.weight * r.credit for r in rows) / sum(r.requirement.weight for r in rows)


def test_an_english_resume_against_a_chinese_posting_is_quoted_in_both(client: ServiceClient) -> None:
    reply = gap(client, "candidates/software-tester-en-01", posting("postings/prompt-engineer-zh-03"), "en")
    english = row(reply.gap, "english")
    assert english.status == pb.GAP_STATUS_MET
    assert english.requirement.demand_evidence[0].quote == "英文"
    assert english.evidence[0].quote == "English"
    assert "prompt engineering" in reply.explanation


def test_soft_skills_stand_apart(client: ServiceClient) -> None:
    found = gap(client, CLERK, posting("postings/presales-architect-zh-03")).gap
    assert "skills/communication-coordination" in [r.requirement.skill for r in found.soft_skills]
    for r in (*found.essential_skills, *found.preferred_skills, *found.credentials):
        assert r.requirement.kind != tax.SKILL_KIND_SOFT


def test_an_occupation_is_a_target(client: ServiceClient) -> None:
    found = gap(client, CLERK, tgt.Target(occupation="occupations/data-entry-clerk")).gap
    assert (found.target, found.posting_count) == ("occupations/data-entry-clerk", 0)
    entry = row(found, "data-entry")
    # the occupation asks for a level, the résumé names none
    assert (entry.requirement.level, entry.held_level) == (tax.PROFICIENCY_PROFICIENT, tax.PROFICIENCY_UNSPECIFIED)
    assert entry.status == pb.GAP_STATUS_MET_AT_LOWER_LEVEL
    assert entry.credit == pytest.approx(0.85)


def test_inline_texts_are_read_and_forgotten(client: ServiceClient, corpus: dict[str, str]) -> None:
    stored = gap(client, CLERK, posting(TRAINER))
    read = gap(client, inline(corpus[CLERK]), posting(inline(corpus[TRAINER], doc.KIND_POSTING)))
    assert (read.gap.candidate, read.gap.target) == ("", "")
    assert [(r.requirement.skill, r.status, r.credit) for r in rows_of(read.gap)] == [
        (r.requirement.skill, r.status, r.credit) for r in rows_of(stored.gap)
    ]


def test_what_is_denied_is_missing_with_the_words_that_deny_it(client: ServiceClient) -> None:
    text = "技能\n熟悉Excel，没有项目管理经验，不会Python"
    found = gap(client, inline(text), posting(inline("任职要求\n会Python\n有项目管理经验", doc.KIND_POSTING))).gap
    for skill in ("python", "project-management"):
        denied = row(found, skill)
        assert (denied.status, denied.credit, list(denied.evidence)) == (pb.GAP_STATUS_MISSING, 0.0, [])
        (quote,) = denied.denied_evidence
        assert text[quote.start : quote.end] == quote.quote


def test_a_wish_meets_nothing_and_is_told(client: ServiceClient) -> None:
    text = "求职意向：想转行做数据标注\n技能\n熟悉Excel"
    reply = gap(client, inline(text), posting(inline("任职要求\n熟悉数据标注\n熟悉Excel", doc.KIND_POSTING)))
    wished = row(reply.gap, "data-annotation")
    assert (wished.status, wished.credit, list(wished.evidence)) == (pb.GAP_STATUS_MISSING, 0.0, [])
    (quote,) = wished.wished_evidence
    assert text[quote.start : quote.end] == quote.quote == "数据标注"
    assert row(reply.gap, "excel").status == pb.GAP_STATUS_MET
    assert "文本仅表明意愿“求职意向：想转行做数据标注”" in reply.explanation


def test_an_irrelevant_sentence_changes_nothing(client: ServiceClient, corpus: dict[str, str]) -> None:
    before = gap(client, inline(corpus[CLERK]), posting(TRAINER)).gap
    after = gap(client, inline(corpus[CLERK] + "\n周末喜欢和家人去公园散步。"), posting(TRAINER)).gap
    assert after == before


def test_evidence_can_be_left_out(client: ServiceClient) -> None:
    request = pb.AnalyzeGapRequest(candidate=query(CLERK), target=posting(TRAINER), omit_evidence=True)
    bare, full = client.plans.AnalyzeGap(request), gap(client, CLERK, posting(TRAINER))
    assert bare.explanation == ""
    assert bare.gap.totals == full.gap.totals
    assert not any(r.evidence or r.requirement.demand_evidence for r in rows_of(bare.gap))


def test_a_target_that_asks_for_nothing_is_said_to(client: ServiceClient) -> None:
    reply = gap(client, CLERK, posting(inline("招聘启事\n任职要求\n身体健康", doc.KIND_POSTING)))
    assert [w.code for w in reply.warnings] == ["TARGET_ASKS_NOTHING"]
    assert not reply.gap.totals.HasField("essential_coverage")
    assert reply.explanation == "目标文本未提出任何技能要求，满足度无定义"


def test_a_candidate_without_skills_is_said_to_show_none(client: ServiceClient) -> None:
    reply = gap(client, inline("周末喜欢和家人去公园散步。"), posting(TRAINER))
    assert "CANDIDATE_SHOWS_NO_SKILLS" in [w.code for w in reply.warnings]
    assert reply.gap.totals.essential_coverage == 0.0
    assert reply.gap.education.status == pb.FACT_STATUS_NOT_SHOWN


def test_a_posting_that_asks_for_an_associate_degree_is_not_filtered_away_by_a_bachelor_norm(
    client: ServiceClient,
) -> None:
    """`education <= BACHELOR` is what a bachelor may apply for; what asks for less is within it and met."""
    text = "软件测试工程师\n任职要求\n熟悉软件测试\n大专及以上学历"
    person = inline("本科\n熟悉软件测试")
    document = client.documents.UpsertDocument(
        doc.UpsertDocumentRequest(document=doc.Document(name="postings/gap-tester", text=text))
    ).document
    try:
        assert document.facts.education == doc.EDUCATION_LEVEL_ASSOCIATE
        cohort = tgt.Cohort(filter="education <= BACHELOR", postings=[document.name])
        found = gap(client, person, tgt.Target(cohort=cohort)).gap
        assert found.posting_count == 1
        assert (found.education.asked, found.education.shown, found.education.status) == (
            doc.EDUCATION_LEVEL_ASSOCIATE,
            doc.EDUCATION_LEVEL_BACHELOR,
            pb.FACT_STATUS_MET,
        )
        only = tgt.Cohort(filter="education = BACHELOR", postings=[document.name])
        with pytest.raises(grpc.RpcError) as caught:
            gap(client, person, tgt.Target(cohort=only))
        assert error_info(refusal(caught)).reason == "EMPTY_COHORT"
    finally:
        client.documents.DeleteDocument(doc.DeleteDocumentRequest(name=document.name))


@pytest.mark.parametrize(
    ("candidate", "target", "code", "reason", "field"),
    [
        (TRAINER, posting(TRAINER), grpc.StatusCode.INVALID_ARGUMENT, "NO_CANDIDATE", "candidate"),
        (CLERK, posting(CLERK), grpc.StatusCode.INVALID_ARGUMENT, "TARGET_IS_NO_POSTING", "target.posting"),
        ("candidates/none", posting(TRAINER), grpc.StatusCode.NOT_FOUND, "RESOURCE_NOT_FOUND", "candidate.name"),
        (CLERK, posting("postings/none"), grpc.StatusCode.NOT_FOUND, "RESOURCE_NOT_FOUND", "target.posting.name"),
        (
            CLERK,
            tgt.Target(cohort=tgt.Cohort(filter="education = DOCTORATE")),
            grpc.StatusCode.FAILED_PRECONDITION,
            "EMPTY_COHORT",
            "target.cohort",
        ),
        (
            CLERK,
            tgt.Target(cohort=tgt.Cohort(filter="education >")),
            grpc.StatusCode.INVALID_ARGUMENT,
            "INVALID_FILTER",
            "target.cohort.filter",
        ),
        (
            CLERK,
            tgt.Target(cohort=tgt.Cohort(postings=[TRAINER, "postings/none"])),
            grpc.StatusCode.NOT_FOUND,
            "RESOURCE_NOT_FOUND",
            "target.cohort.postings",
        ),
        (
            CLERK,
            tgt.Target(occupation="occupations/none"),
            grpc.StatusCode.NOT_FOUND,
            "RESOURCE_NOT_FOUND",
            "target.occupation",
        ),
        (CLERK, tgt.Target(), grpc.StatusCode.INVALID_ARGUMENT, "INVALID_REQUEST", "target.source"),
        (
            inline(" "),
            posting(TRAINER),
            grpc.StatusCode.INVALID_ARGUMENT,
            "EMPTY_TEXT",
            "candidate.document.text",
        ),
    ],
)
def test_bad_input_is_refused_by_name(
    client: ServiceClient,
    candidate: str | doc.Document,
    target: tgt.Target,
    code: grpc.StatusCode,
    reason: str,
    field: str,
) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        gap(client, candidate, target)
    status = refusal(caught)
    info = error_info(status)
    assert (status.code, info.reason, info.metadata["field"]) == (code.value[0], reason, field)
