"""PlanCourses over the wire, on the demo corpus: it recomputes, its quotes stand in the syllabi, bad limits are refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import grpc
import pytest
from google.type.date_pb2 import Date

from matcher._gen.skillmatch.v1 import course_plan_pb2 as pb
from matcher._gen.skillmatch.v1 import document_pb2 as doc
from matcher._gen.skillmatch.v1 import plan_pb2 as gap_pb
from matcher._gen.skillmatch.v1 import target_pb2 as tgt
from matcher.domain.bundle import Completion
from matcher.engine import Engine
from matcher.serve.client import ServiceClient, error_info, field_violations
from tests.rpc.messages import get, query_of, refusal

TRAINER = "postings/ai-trainer-zh-01"
CLERK = "candidates/data-entry-clerk-zh-01"
TRAINING = "courses/data-annotation-ai-training-zh-01"
PROMPTS = "courses/prompt-engineering-agents-zh-03"


def plan(client: ServiceClient, candidate: str | doc.Document = CLERK, **fields: Any) -> pb.PlanCoursesResponse:
    target = fields.pop("target", tgt.Target(posting=query_of(TRAINER)))
    request = pb.PlanCoursesRequest(candidate=query_of(candidate), target=target, **fields)
    reply: pb.PlanCoursesResponse = client.plans.PlanCourses(request)
    return reply


def names(found: pb.Plan) -> list[str]:
    return [c.course for c in found.courses]


def closure(credit: float, covered_at: float) -> float:
    return 1.0 if credit >= covered_at else credit


def test_the_clerk_gets_the_training_and_every_step_has_its_sentence(client: ServiceClient) -> None:
    reply = plan(client, limits=pb.PlanLimits(max_hours=120, max_terms=2))
    assert reply.status == pb.PLAN_STATUS_OPTIMAL
    assert TRAINING in names(reply.plan)
    assert reply.plan.hours <= 120
    for course in reply.plan.courses:
        text = get(client, course.course).text
        assert course.contributions or course.needed_for
        for c in course.contributions:
            assert c.met_by
            assert c.evidence
            assert all(text[e.start : e.end] == e.quote for e in c.evidence)
            assert (
                c.evidence[0].sentence in reply.explanation
                or " ".join(c.evidence[0].sentence.split()) in reply.explanation
            )


def test_what_the_plan_closes_recomputes_from_the_gap(client: ServiceClient) -> None:
    reply = plan(client, limits=pb.PlanLimits(max_hours=200), alternative_count=1)
    target = tgt.Target(posting=query_of(TRAINER))
    gap = client.plans.AnalyzeGap(gap_pb.AnalyzeGapRequest(candidate=query_of(CLERK), target=target)).gap
    rows = [*gap.essential_skills, *gap.preferred_skills, *gap.credentials]
    open_weight = sum(r.requirement.weight * (1 - closure(r.credit, reply.covered_at)) for r in rows)
    assert reply.open_weight == pytest.approx(open_weight)
    for found in (reply.plan, *reply.alternatives):
        credit = {r.requirement.skill: r.credit for r in rows}
        total = 0.0
        for course in found.courses:
            for c in course.contributions:
                assert c.credit_before == pytest.approx(credit[c.skill])
                gain = closure(c.credit_after, reply.covered_at) - closure(c.credit_before, reply.covered_at)
                assert c.gain == pytest.approx(c.weight * gain)
                credit[c.skill] = c.credit_after
                total += c.gain
        assert found.closed_weight == pytest.approx(total)
        assert found.objectives[0].value == pytest.approx(total)
    closed = {r.skill for r in reply.residual_gaps if r.reason != pb.RESIDUAL_REASON_SOFT_SKILL}
    assert closed == {skill for skill, c in _after(rows, reply.plan).items() if c < reply.covered_at}


def _after(rows: list[gap_pb.RequirementGap], found: pb.Plan) -> dict[str, float]:
    credit = {r.requirement.skill: r.credit for r in rows}
    for course in found.courses:
        for c in course.contributions:
            credit[c.skill] = max(credit[c.skill], c.credit_after)
    return credit


def test_prerequisites_by_title_stand_in_earlier_terms(client: ServiceClient) -> None:
    reply = plan(client, limits=pb.PlanLimits(must_include=["courses/membrane-water-reuse-mix-01"]))
    terms = {c.course: c.term for c in reply.plan.courses}
    before = [c for c in reply.plan.courses if "courses/membrane-water-reuse-mix-01" in c.needed_for]
    assert before
    assert all(c.term < terms["courses/membrane-water-reuse-mix-01"] for c in before)


def test_a_completed_course_is_recognised_and_not_planned_again(client: ServiceClient) -> None:
    reply = plan(client, limits=pb.PlanLimits(completed=[TRAINING]))
    assert TRAINING not in names(reply.plan)
    assert reply.open_weight < plan(client).open_weight


def test_other_plans_and_courses_left_out_are_told(client: ServiceClient) -> None:
    limits = pb.PlanLimits(max_hours=96)
    objectives = [pb.PLAN_OBJECTIVE_MOST_CLOSED, pb.PLAN_OBJECTIVE_LEAST_HOURS]
    reply = plan(client, limits=limits, objectives=objectives, alternative_count=2, left_out_count=3)
    assert names(reply.plan) == [TRAINING, PROMPTS]
    assert [v.objective for v in reply.plan.objectives] == objectives
    assert len(reply.alternatives) == 2
    assert reply.alternatives_complete
    assert len(reply.left_out_courses) == 3
    for left in reply.left_out_courses:
        assert left.course not in names(reply.plan)
        if left.reason == pb.LEFT_OUT_REASON_LOSS:
            forced = plan(client, limits=pb.PlanLimits(max_hours=96, must_include=[left.course]), objectives=objectives)
            values = {v.objective: v.value for v in forced.plan.objectives}
            best = {v.objective: v.value for v in reply.plan.objectives}
            assert left.loss == pytest.approx(abs(values[left.objective] - best[left.objective]), abs=1e-5)


def test_limits_in_conflict_are_named(client: ServiceClient) -> None:
    limits = pb.PlanLimits(max_hours=40, max_terms=3, must_include=[TRAINING])
    reply = plan(client, limits=limits, language="en")
    assert reply.status == pb.PLAN_STATUS_INFEASIBLE
    assert not reply.HasField("plan")
    assert list(reply.conflict) == ["max_hours", f"must_include:{TRAINING}"]
    assert "the limit on hours" in reply.explanation


def test_only_courses_that_pass_the_filter_are_planned(client: ServiceClient) -> None:
    reply = plan(client, filter='language = "en"')
    assert reply.plan.courses
    assert all("en" in get(client, name).languages for name in names(reply.plan))


def test_no_course_is_taken_for_little(client: ServiceClient) -> None:
    reply = plan(client, include_soft_skills=True, limits=pb.PlanLimits(min_course_value=0.5))
    needed = {c.course for c in reply.plan.courses if c.needed_for}
    assert all(c.gain >= 0.3 for c in reply.plan.courses if c.course not in needed)
    assert len(reply.plan.courses) < len(plan(client, include_soft_skills=True).plan.courses)


def test_no_course_is_taken_for_a_soft_skill_unless_the_request_says_so(client: ServiceClient) -> None:
    def soft_gains(found: pb.PlanCoursesResponse) -> dict[str, set[str]]:
        return {c.course: {g.skill for g in c.contributions} & soft for c in found.plan.courses}

    target = tgt.Target(posting=query_of(TRAINER))
    gap = client.plans.AnalyzeGap(gap_pb.AnalyzeGapRequest(candidate=query_of(CLERK), target=target)).gap
    soft = {r.requirement.skill for r in gap.soft_skills}
    reply, with_soft = plan(client), plan(client, include_soft_skills=True)
    assert not any(soft_gains(reply).values())
    assert all(c.contributions or c.needed_for for c in reply.plan.courses)
    assert any(soft_gains(with_soft).values())
    assert with_soft.plan.hours > reply.plan.hours
    assert with_soft.plan.closed_weight > reply.plan.closed_weight
    assert not any(c.by_catch for c in with_soft.plan.courses)
    left_open = {r.skill: r for r in reply.residual_gaps if r.reason == pb.RESIDUAL_REASON_SOFT_SKILL}
    assert left_open
    assert left_open.keys() <= soft
    assert all(r.credit < reply.covered_at for r in left_open.values())
    assert not any(r.reason == pb.RESIDUAL_REASON_SOFT_SKILL for r in with_soft.residual_gaps)
    assert all(r.label in reply.explanation.partition("软技能不单独排课：")[2] for r in left_open.values())


def test_what_a_course_gives_of_a_soft_skill_is_told_with_its_sentence_and_counts_in_no_sum(
    client: ServiceClient,
) -> None:
    with_soft = plan(client, include_soft_skills=True)
    open_soft = {r.skill for r in plan(client).residual_gaps if r.reason == pb.RESIDUAL_REASON_SOFT_SKILL}
    teaching = next(c.course for c in with_soft.plan.courses if open_soft & {g.skill for g in c.contributions})
    reply = plan(client, limits=pb.PlanLimits(must_include=[teaching]))
    course = next(c for c in reply.plan.courses if c.course == teaching)
    (caught,) = course.by_catch
    assert caught.skill in open_soft
    assert caught.credit_before < caught.credit_after
    text = get(client, teaching).text
    assert [text[e.start : e.end] for e in caught.evidence] == [e.quote for e in caught.evidence] != []
    assert f"顺带：{caught.label}" in reply.explanation
    assert reply.plan.closed_weight == pytest.approx(sum(c.gain for c in reply.plan.courses))
    assert course.gain == pytest.approx(sum(c.gain for c in course.contributions))
    assert caught.skill not in {r.skill for r in reply.residual_gaps}


def test_a_strict_plan_takes_no_course_whose_prerequisites_lead_nowhere(client: ServiceClient) -> None:
    lenient, strict = plan(client, language="en"), plan(client, strict_prerequisites=True)
    unfound = {w.detail.partition(":")[0] for w in lenient.warnings if w.code == "PREREQUISITE_NOT_FOUND"}
    assert unfound & set(names(lenient.plan))
    assert not unfound & set(names(strict.plan))
    assert not any(w.code == "PREREQUISITE_NOT_FOUND" for w in strict.warnings)
    assert strict.plan.closed_weight < lenient.plan.closed_weight


def test_a_recorded_completion_counts_by_itself(
    client: ServiceClient, engine: Engine, corpus: dict[str, str], forget: Callable[[str], None]
) -> None:
    person = "candidates/clerk-after-training"
    forget(person)
    client.documents.UpsertDocument(doc.UpsertDocumentRequest(document=doc.Document(name=person, text=corpus[CLERK])))
    before = plan(client, person)
    assert TRAINING in names(before.plan)
    hashes = engine.store.content_hashes([TRAINING])
    engine.store.completions.record(
        Completion(
            id="c1",
            candidate=person,
            subject=TRAINING,
            courses=((TRAINING, hashes[TRAINING]), ("courses/gone", "0" * 64)),
            completed_on=date(2026, 11, 1),
            verified_by="college",
            record_time=datetime.now(UTC),
        )
    )
    after = plan(client, person)
    assert TRAINING not in names(after.plan)
    assert after.open_weight < before.open_weight
    assert any(w.code == "COMPLETED_NOT_STORED" and "courses/gone" in w.detail for w in after.warnings)


def test_certificates_stay_open_and_say_why(client: ServiceClient) -> None:
    reasons = {r.skill: r.reason for r in plan(client).residual_gaps}
    assert pb.RESIDUAL_REASON_CERTIFICATE in reasons.values()
    assert pb.RESIDUAL_REASON_NO_COURSE in reasons.values()


def test_a_call_with_little_time_gets_the_best_plan_found(client: ServiceClient) -> None:
    reply = plan(client, solve_limit_s=0.001)
    assert reply.status in (pb.PLAN_STATUS_FEASIBLE, pb.PLAN_STATUS_OPTIMAL)
    value = reply.plan.objectives[0]
    assert value.bound >= plan(client).plan.objectives[0].value - 1e-6 >= value.value - 2e-6


def test_without_evidence_nothing_else_changes(client: ServiceClient) -> None:
    full, bare = plan(client), plan(client, omit_evidence=True)
    assert bare.explanation == ""
    assert names(bare.plan) == names(full.plan)
    assert bare.plan.closed_weight == full.plan.closed_weight
    assert not any(c.evidence for p in bare.plan.courses for c in p.contributions)


def test_courses_on_paper_that_run_in_a_circle_are_warned_of(
    client: ServiceClient, forget: Callable[[str], None]
) -> None:
    texts = {
        "courses/circle-a": "课程名称：甲圈课程\n学时：32\n先修课程：乙圈课程\n内容：Prompt工程、RAG检索增强生成、统计报表",
        "courses/circle-b": "课程名称：乙圈课程\n学时：32\n先修课程：甲圈课程\n内容：RAG检索增强生成、统计报表",
    }
    for name, text in texts.items():
        forget(name)
        client.documents.UpsertDocument(doc.UpsertDocumentRequest(document=doc.Document(name=name, text=text)))
    reply = plan(client)
    assert reply.status == pb.PLAN_STATUS_OPTIMAL
    assert any(w.code == "CYCLIC_PREREQUISITES" and "circle-a" in w.detail for w in reply.warnings)
    with pytest.raises(grpc.RpcError) as refused:
        plan(client, limits=pb.PlanLimits(must_include=["courses/circle-a"]))
    assert error_info(refusal(refused)).reason == "CYCLIC_PREREQUISITES"


NO_DAY = Date(year=2026, month=2, day=30)


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"limits": pb.PlanLimits(max_hours=-1)}, grpc.StatusCode.INVALID_ARGUMENT, "limits.max_hours"),
        ({"limits": pb.PlanLimits(max_hours=float("nan"))}, grpc.StatusCode.INVALID_ARGUMENT, "limits.max_hours"),
        ({"limits": pb.PlanLimits(max_terms=13)}, grpc.StatusCode.INVALID_ARGUMENT, "limits.max_terms"),
        (
            {"limits": pb.PlanLimits(min_practice_share=1.5)},
            grpc.StatusCode.INVALID_ARGUMENT,
            "limits.min_practice_share",
        ),
        ({"limits": pb.PlanLimits(must_include=["courses/none"])}, grpc.StatusCode.NOT_FOUND, "limits.must_include"),
        ({"limits": pb.PlanLimits(completed=["courses/none"])}, grpc.StatusCode.NOT_FOUND, "limits.completed"),
        (
            {"limits": pb.PlanLimits(term_starts=[NO_DAY])},
            grpc.StatusCode.INVALID_ARGUMENT,
            "limits.term_starts",
        ),
        ({"alternative_count": 6}, grpc.StatusCode.INVALID_ARGUMENT, "alternative_count"),
        ({"solve_limit_s": 0.0}, grpc.StatusCode.INVALID_ARGUMENT, "solve_limit_s"),
        ({"filter": "hours <"}, grpc.StatusCode.INVALID_ARGUMENT, "filter"),
        ({"objectives": [pb.PLAN_OBJECTIVE_UNSPECIFIED]}, grpc.StatusCode.INVALID_ARGUMENT, "objectives[0]"),
        ({"candidate": TRAINER}, grpc.StatusCode.INVALID_ARGUMENT, "candidate"),
        ({"candidate": "candidates/none"}, grpc.StatusCode.NOT_FOUND, "candidate.name"),
    ],
)
def test_a_bad_request_names_its_field(
    client: ServiceClient, fields: dict[str, Any], code: grpc.StatusCode, field: str
) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        plan(client, **fields)
    assert refused.value.code() is code
    status = refusal(refused)
    assert field in (error_info(status).metadata.get("field", ""), *violated(status))


def violated(status: Any) -> list[str]:
    return [name for name, _ in field_violations(status)]
