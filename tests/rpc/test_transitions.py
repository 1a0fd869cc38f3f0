"""RecommendTransitions over the wire, on the demo corpus and on postings with dates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import grpc
import pytest
from google.type.date_pb2 import Date

from matcher._gen.skillmatch.v1 import course_plan_pb2 as plan_pb
from matcher._gen.skillmatch.v1 import document_pb2 as doc
from matcher._gen.skillmatch.v1 import match_pb2 as match_pb
from matcher._gen.skillmatch.v1 import plan_pb2 as pb
from matcher._gen.skillmatch.v1 import target_pb2 as tgt
from matcher._gen.skillmatch.v1 import taxonomy_pb2 as tax
from matcher.engine import Engine
from matcher.serve.client import ServiceClient, error_info
from tests.rpc.messages import get, refusal

CLERK = "candidates/data-entry-clerk-zh-01"
AT_RISK = (
    "office-clerk",
    "data-entry-clerk",
    "customer-service-representative",
    "telesales-representative",
    "bank-teller",
)


def transitions(client: ServiceClient, origin: str | doc.Document, **fields: Any) -> pb.RecommendTransitionsResponse:
    if isinstance(origin, str) and origin.startswith("occupations/"):
        request = pb.RecommendTransitionsRequest(occupation=origin, **fields)
    else:
        query = match_pb.Query(name=origin) if isinstance(origin, str) else match_pb.Query(document=origin)
        request = pb.RecommendTransitionsRequest(candidate=query, **fields)
    reply: pb.RecommendTransitionsResponse = client.plans.RecommendTransitions(request)
    return reply


def rows_of(found: pb.Gap) -> list[pb.RequirementGap]:
    return [*found.essential_skills, *found.preferred_skills, *found.credentials, *found.soft_skills]


def test_a_clerk_is_near_to_training_ai(client: ServiceClient) -> None:
    reply = transitions(client, CLERK, min_postings=1)
    nearest = {t.occupation: t for t in reply.transitions[:2]}
    assert nearest.keys() == {"occupations/ai-trainer", "occupations/data-annotation-engineer"}
    assert [t.rank for t in reply.transitions] == list(range(1, len(reply.transitions) + 1))
    trainer = nearest["occupations/ai-trainer"]
    assert (trainer.title, trainer.demand.posting_count) == ("人工智能训练师", 1)
    # the demo postings have no dates
    assert (trainer.demand.trend, trainer.demand.trend_source) == (pb.TREND_UNKNOWN, pb.TREND_SOURCE_UNSPECIFIED)
    assert "标注工具" in trainer.explanation
    assert trainer.gap.candidate == CLERK
    assert any(r.evidence for r in rows_of(trainer.gap))


def test_every_distance_recomputes_from_its_gap(client: ServiceClient) -> None:
    reply = transitions(client, CLERK, max_transitions=50)
    assert len(reply.transitions) == 50
    for t in reply.transitions:
        rows = rows_of(t.gap)
        weight = sum(r.requirement.weight for r in rows)
        assert t.distance == pytest.approx(sum(r.requirement.weight * (1 - r.credit) for r in rows) / weight)
        assert 0 <= t.distance < 1
    found = [t.distance for t in reply.transitions]
    assert found == pytest.approx(sorted(found), abs=1e-6)


@pytest.mark.parametrize("occupation", AT_RISK)
def test_an_occupation_is_an_origin(client: ServiceClient, occupation: str) -> None:
    reply = transitions(client, f"occupations/{occupation}", max_transitions=5)
    assert len(reply.transitions) == 5
    assert f"occupations/{occupation}" not in [t.occupation for t in reply.transitions]
    essential = client.taxonomy.GetOccupation(
        tax.GetOccupationRequest(name=f"occupations/{occupation}")
    ).occupation.essential
    held = {s.skill for s in essential}
    for t in reply.transitions:
        assert {r.met_by for r in rows_of(t.gap) if r.met_by} <= held
        assert not any(r.evidence for r in rows_of(t.gap))


def test_optional_skills_of_an_origin_bring_it_nearer(client: ServiceClient) -> None:
    only = {"occupations": ["occupations/ai-trainer", "occupations/data-entry-clerk"]}
    bare = transitions(client, "occupations/office-clerk", **only)
    full = transitions(client, "occupations/office-clerk", assume_optional_skills=True, **only)
    assert full.transitions[0].distance < bare.transitions[0].distance


def test_a_cohort_is_a_destination(client: ServiceClient) -> None:
    cohort = tgt.Cohort(filter='skill = "excel"')
    named = pb.NamedCohort(title="用表格的岗位", cohort=cohort)
    reply = transitions(client, CLERK, cohorts=[named], occupations=["occupations/data-entry-clerk"])
    assert reply.considered_count == 2
    by_title = {t.title: t for t in reply.transitions}
    found = by_title["用表格的岗位"]
    gap = client.plans.AnalyzeGap(
        pb.AnalyzeGapRequest(candidate=match_pb.Query(name=CLERK), target=tgt.Target(cohort=cohort))
    ).gap
    assert found.gap.totals == gap.totals
    assert found.demand.posting_count == gap.posting_count
    assert found.occupation == ""


def test_titles_that_name_no_occupation_are_told(client: ServiceClient) -> None:
    reply = transitions(client, CLERK, posting_filter='skill = "excel"')
    all_of_it = transitions(client, CLERK)
    assert 0 < reply.posting_count < all_of_it.posting_count
    assert 0 < all_of_it.unnamed_posting_count < all_of_it.posting_count


def test_what_is_excluded_or_too_far_is_left_out(client: ServiceClient) -> None:
    near = transitions(client, CLERK, max_distance=0.53, excluded_occupations=["occupations/data-entry-clerk"])
    assert near.transitions
    assert all(t.distance <= 0.53 for t in near.transitions)
    assert "occupations/data-entry-clerk" not in [t.occupation for t in near.transitions]


def test_growing_is_what_the_caller_or_the_store_says(client: ServiceClient) -> None:
    assert not transitions(client, CLERK, only_growing=True).transitions
    (only,) = transitions(client, CLERK, only_growing=True, growing_occupations=["occupations/ai-trainer"]).transitions
    assert (only.demand.trend, only.demand.trend_source) == (pb.TREND_GROWING, pb.TREND_SOURCE_CALLER)


@pytest.fixture
def dated(client: ServiceClient) -> Iterator[None]:
    """24 postings of two occupations: what one gains in the second half-year the other loses."""
    names = []
    for n in range(24):
        title, month = ("提示词工程师", 11 if n < 10 else 4) if n < 12 else ("测试工程师", 11 if n < 14 else 4)
        names.append(f"postings/dated-{n}")
        document = doc.Document(
            name=names[-1],
            title=title,
            text=f"任职要求\n熟悉Python\n第{n}号",
            facts=doc.Facts(valid_from=Date(year=2026, month=month, day=20)),
        )
        client.documents.UpsertDocument(doc.UpsertDocumentRequest(document=document))
    yield
    for name in names:
        client.documents.DeleteDocument(doc.DeleteDocumentRequest(name=name))


@pytest.mark.usefixtures("dated")
def test_dates_of_postings_show_what_grows(client: ServiceClient) -> None:
    origin = doc.Document(kind=doc.KIND_CANDIDATE, text="熟悉Python，熟悉软件测试，熟悉提示词工程")
    wanted = ["occupations/prompt-engineer", "occupations/test-engineer"]
    reply = transitions(client, origin, occupations=wanted, posting_filter="valid_from > 2026-01-01")
    demand = {t.occupation: t.demand for t in reply.transitions}
    grows, shrinks = (demand[name] for name in wanted)
    assert (grows.posting_count, grows.recent_count, grows.earlier_count) == (12, 10, 2)
    assert (grows.trend, grows.trend_source) == (pb.TREND_GROWING, pb.TREND_SOURCE_STORE)
    assert (shrinks.trend, shrinks.recent_count, shrinks.earlier_count) == (pb.TREND_SHRINKING, 2, 10)
    assert "需求上升（近半年 10 条，此前半年 2 条）" in next(
        t.explanation for t in reply.transitions if t.occupation == wanted[0]
    )


def test_nothing_shown_leads_nowhere(client: ServiceClient) -> None:
    reply = transitions(client, doc.Document(kind=doc.KIND_CANDIDATE, text="周末喜欢和家人去公园散步。"))
    assert not reply.transitions
    assert "CANDIDATE_SHOWS_NO_SKILLS" in [w.code for w in reply.warnings]


def test_evidence_can_be_left_out(client: ServiceClient) -> None:
    bare, full = transitions(client, CLERK, omit_evidence=True), transitions(client, CLERK)
    assert [(t.occupation, t.distance) for t in bare.transitions] == [
        (t.occupation, t.distance) for t in full.transitions
    ]
    assert not any(t.explanation or any(r.evidence for r in rows_of(t.gap)) for t in bare.transitions)


def test_ranking_at_once_agrees_with_each_gap(client: ServiceClient, engine: Engine) -> None:
    """All occupations are measured by arrays, those returned by their gaps: both must be one order."""
    names = [o.name for o in engine.taxonomy.occupations][:200]
    at_once = transitions(client, CLERK, occupations=names, max_transitions=50, omit_evidence=True).transitions
    one_by_one = []
    for name in names:
        found = transitions(client, CLERK, occupations=[name], omit_evidence=True).transitions
        one_by_one += [(round(t.distance, 6), -t.demand.posting_count, name) for t in found]
    assert [t.occupation for t in at_once] == [name for _, _, name in sorted(one_by_one)][:50]


@pytest.mark.parametrize(
    ("origin", "fields", "code", "reason", "field"),
    [
        ("postings/ai-trainer-zh-01", {}, grpc.StatusCode.INVALID_ARGUMENT, "NO_CANDIDATE", "candidate"),
        ("candidates/none", {}, grpc.StatusCode.NOT_FOUND, "RESOURCE_NOT_FOUND", "candidate.name"),
        ("occupations/none", {}, grpc.StatusCode.NOT_FOUND, "RESOURCE_NOT_FOUND", "occupation"),
        (
            CLERK,
            {"occupations": ["occupations/none"]},
            grpc.StatusCode.NOT_FOUND,
            "RESOURCE_NOT_FOUND",
            "occupations",
        ),
        (
            CLERK,
            {"growing_occupations": ["occupations/none"]},
            grpc.StatusCode.NOT_FOUND,
            "RESOURCE_NOT_FOUND",
            "growing_occupations",
        ),
        (
            CLERK,
            {"posting_filter": "education >"},
            grpc.StatusCode.INVALID_ARGUMENT,
            "INVALID_FILTER",
            "posting_filter",
        ),
        (
            CLERK,
            {"cohorts": [pb.NamedCohort(title="x", cohort=tgt.Cohort(filter="education = DOCTORATE"))]},
            grpc.StatusCode.FAILED_PRECONDITION,
            "EMPTY_COHORT",
            "cohorts[0].cohort",
        ),
        (CLERK, {"max_transitions": 51}, grpc.StatusCode.INVALID_ARGUMENT, "INVALID_REQUEST", "max_transitions"),
        (CLERK, {"max_distance": -0.1}, grpc.StatusCode.INVALID_ARGUMENT, "INVALID_REQUEST", "max_distance"),
    ],
)
def test_bad_input_is_refused_by_name(
    client: ServiceClient, origin: str, fields: dict[str, Any], code: grpc.StatusCode, reason: str, field: str
) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        transitions(client, origin, **fields)
    status = refusal(caught)
    info = error_info(status)
    assert (status.code, info.reason, info.metadata["field"]) == (code.value[0], reason, field)


def test_a_transition_comes_with_the_shortest_plan(client: ServiceClient) -> None:
    reply = transitions(client, CLERK, min_postings=1, max_transitions=3, plan_count=2)
    assert [t.HasField("course_plan") for t in reply.transitions] == [True, True, False]
    for t in reply.transitions[:2]:
        whole = client.plans.PlanCourses(
            plan_pb.PlanCoursesRequest(
                candidate=match_pb.Query(name=CLERK),
                target=tgt.Target(occupation=t.occupation),
                objectives=[plan_pb.PLAN_OBJECTIVE_MOST_CLOSED, plan_pb.PLAN_OBJECTIVE_LEAST_HOURS],
            )
        )
        assert t.course_plan.status == plan_pb.PLAN_STATUS_OPTIMAL
        assert t.course_plan.plan.courses
        assert [c.course for c in t.course_plan.plan.courses] == [c.course for c in whole.plan.courses]
        assert t.course_plan.plan.closed_weight == pytest.approx(whole.plan.closed_weight)
        assert t.course_plan.explanation == whole.explanation


def test_an_occupation_has_a_plan_too_within_limits(client: ServiceClient) -> None:
    limits = plan_pb.PlanLimits(max_courses=1)
    reply = transitions(
        client, "occupations/data-entry-clerk", max_transitions=1, plan_count=1, plan_limits=limits, omit_evidence=True
    )
    assert len(reply.transitions[0].course_plan.plan.courses) <= 1
    assert reply.transitions[0].course_plan.explanation == ""


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"course_filter": "education >"}, "course_filter"),
        ({"plan_limits": plan_pb.PlanLimits(must_include=["courses/none"])}, "plan_limits.must_include"),
    ],
)
def test_bad_limits_of_a_plan_are_refused_by_name(client: ServiceClient, fields: dict[str, Any], field: str) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        transitions(client, CLERK, plan_count=1, **fields)
    assert error_info(refusal(caught)).metadata["field"] == field


def test_the_present_job_is_told_with_its_quote_and_is_no_destination(client: ServiceClient) -> None:
    reply = transitions(client, CLERK, max_transitions=50)
    (job,) = reply.present_jobs
    assert (job.occupation, job.title) == ("occupations/data-entry-clerk", "数据录入员")
    text = get(client, CLERK).text
    assert text[job.evidence.start : job.evidence.end] == job.evidence.quote == "数据录入员"
    assert job.occupation not in {t.occupation for t in reply.transitions}
    assert reply.considered_count == 664
    # who names it wants it measured
    named = transitions(client, CLERK, occupations=[job.occupation])
    assert [t.occupation for t in named.transitions] == [job.occupation]


def test_a_job_that_has_ended_is_a_destination_like_any_other(client: ServiceClient) -> None:
    text = "工作经历\n2018.07—2020.07  某公司  数据录入员\n每日录入单据，熟练使用Excel，打字快"
    reply = transitions(client, doc.Document(kind=doc.KIND_CANDIDATE, text=text), max_transitions=50)
    assert not reply.present_jobs
    assert "occupations/data-entry-clerk" in {t.occupation for t in reply.transitions}
