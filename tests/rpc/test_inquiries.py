"""WhatIf and WhyNot over the wire: their ranks and scores are those of Match, their changes those of a changed document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import grpc
import pytest

from matcher._gen.skillmatch.v1 import document_pb2 as doc
from matcher._gen.skillmatch.v1 import inquiry_pb2 as pb
from matcher._gen.skillmatch.v1 import screening_pb2 as scr
from matcher._gen.skillmatch.v1 import taxonomy_pb2 as tax
from matcher.serve.client import ServiceClient, error_info
from tests.rpc.messages import CANDIDATE, COURSE, POSTING, get, import_all, item, match, query_of, refusal

LAB = "postings/water-lab-analyst-zh-01"
QUERY, TARGET = pb.CHANGED_SIDE_QUERY, pb.CHANGED_SIDE_TARGET


def what_if(
    client: ServiceClient,
    query: str | doc.Document,
    target: str | doc.Document,
    *changes: pb.SkillChange,
    **fields: Any,
) -> pb.WhatIfResponse:
    request = pb.WhatIfRequest(query=query_of(query), target=query_of(target), changes=changes, **fields)
    reply: pb.WhatIfResponse = client.inquiries.WhatIf(request)
    return reply


def why_not(client: ServiceClient, query: str, target: str, **fields: Any) -> pb.WhyNotResponse:
    reply: pb.WhyNotResponse = client.inquiries.WhyNot(pb.WhyNotRequest(query=query_of(query), target=target, **fields))
    return reply


def add(skill: str, side: pb.ChangedSide = TARGET, **fields: Any) -> pb.SkillChange:
    return pb.SkillChange(side=side, skill=f"skills/{skill}", **fields)


def remove(skill: str, side: pb.ChangedSide = TARGET) -> pb.SkillChange:
    return pb.SkillChange(side=side, skill=f"skills/{skill}", remove=True)


@pytest.mark.parametrize(
    ("query", "kind", "filter_text"),
    [(LAB, CANDIDATE, ""), (LAB, COURSE, "hours <= 120"), ("candidates/software-tester-en-01", POSTING, "")],
)
def test_the_standing_is_that_of_match(client: ServiceClient, query: str, kind: doc.Kind, filter_text: str) -> None:
    reply = match(client, query, kind, page_size=100, filter=filter_text)
    for place in (reply.matches[0], reply.matches[7], reply.matches[-1]):
        found = why_not(client, query, place.name, filter=filter_text, top=5)
        assert (found.standing.rank, found.standing.score) == (place.rank, place.score)
        assert found.standing.breakdown == place.breakdown
        assert found.standing.ranked_count == reply.filtered_size
        assert found.retrieved


def test_an_added_skill_raises_rank_and_score_as_the_text_says(client: ServiceClient) -> None:
    reply = match(client, LAB, CANDIDATE, page_size=100)
    low = reply.matches[30]
    missing = next(r for r in low.requirements if r.status == 3 and r.importance == tax.IMPORTANCE_ESSENTIAL)
    skill = missing.skill.removeprefix("skills/")
    found = what_if(client, LAB, low.name, add(skill, level=tax.PROFICIENCY_EXPERT), language="en")
    assert (found.before.rank, found.before.score) == (low.rank, low.score)
    assert found.after.score > found.before.score
    assert found.after.rank < found.before.rank
    better = sum((m.score, found.target) > (found.after.score, m.name) for m in reply.matches if m.name != low.name)
    assert found.after.rank == 1 + better, "counted by hand among the scores that Match returned"
    (credit,) = [c for c in found.credits if c.skill == missing.skill]
    assert (credit.old_credit, credit.new_credit) == (0.0, 1.0)
    said = f"rank {found.before.rank} rises to {found.after.rank} of {found.after.ranked_count}"
    assert said in found.explanation
    assert credit.label in found.explanation


def test_a_change_scores_as_a_document_that_says_so(client: ServiceClient) -> None:
    """Skills added to an inline profile, against the same profile written with and without them: the skill parts agree."""
    with_skill = doc.Document(kind=CANDIDATE, title="分析员", text="技能：\n离子色谱\n原子吸收")
    without = doc.Document(kind=CANDIDATE, title="分析员", text="技能：\n离子色谱")
    written = what_if(client, LAB, with_skill, remove("python")).before
    added = what_if(client, LAB, without, add("atomic-absorption")).after
    for part in ("essential_coverage", "preferred_coverage", "skill_overlap"):
        assert value(written, part) == pytest.approx(value(added, part), abs=1e-6)


def value(standing: pb.Standing, part: str) -> float | None:
    return next((p.value if p.HasField("value") else None for p in standing.breakdown.parts if p.part == part), None)


def test_removing_a_shown_skill_lowers_the_candidate(client: ServiceClient) -> None:
    best = match(client, LAB, CANDIDATE, page_size=1).matches[0]
    shown = [r.met_by.removeprefix("skills/") for r in best.requirements if r.status == 1][:5]
    found = what_if(client, LAB, best.name, *map(remove, dict.fromkeys(shown)))
    assert found.before.rank == 1
    assert found.after.score < found.before.score
    assert "去掉" in found.explanation


def test_a_changed_posting_is_ranked_anew_for_everybody(client: ServiceClient) -> None:
    target = "candidates/cnc-operator-zh-01"
    demands = match(client, LAB, CANDIDATE, page_size=1).matches[0].requirements
    gone = [remove(r.skill.removeprefix("skills/"), QUERY) for r in demands]
    found = what_if(client, LAB, target, *gone[:40], add("cnc-machining", QUERY, importance=tax.IMPORTANCE_ESSENTIAL))
    assert found.after.rank < found.before.rank
    (credit,) = [c for c in found.credits if c.skill == "skills/cnc-machining"]
    assert not credit.HasField("old_credit")
    assert credit.new_credit > 0
    assert value(found.after, "essential_coverage") == pytest.approx(credit.new_credit, abs=1e-6)


def test_a_change_undone_changes_nothing(client: ServiceClient) -> None:
    target = "candidates/cnc-operator-zh-01"
    found = what_if(
        client, LAB, target, add("welding"), remove("welding"), add("welding", QUERY), remove("welding", QUERY)
    )
    assert found.after == found.before
    assert not found.credits


def test_a_failing_filter_clause_is_named_and_the_rank_told_all_the_same(client: ServiceClient) -> None:
    text = 'education >= ASSOCIATE AND skill:python AND (region = "上海" OR region = "北京")'
    graduate = "candidates/water-lab-graduate-zh-01"
    found = why_not(client, LAB, graduate, filter=text, language="en")
    assert found.reason == pb.WHY_NOT_REASON_FILTERED
    clauses = {c.text: c for c in found.failed_clauses}
    assert "skill:python" in clauses
    assert not clauses["skill:python"].unknown
    for clause in found.failed_clauses:
        assert text[clause.column - 1 :].startswith(clause.text)
        assert clause.text in found.explanation
    assert found.standing.rank == 1
    assert found.standing.ranked_count == match(client, LAB, CANDIDATE, filter=text).filtered_size + 1


def test_a_fact_that_is_not_stated_is_told_apart_from_one_that_fails(client: ServiceClient) -> None:
    found = why_not(client, LAB, "candidates/water-lab-graduate-zh-01", filter="hours > 10")
    assert [(c.text, c.unknown) for c in found.failed_clauses] == [("hours > 10", True)]
    assert "文本未说明" in found.explanation


def test_the_distance_to_the_cutoff_and_its_parts_add_up(client: ServiceClient) -> None:
    reply = match(client, LAB, CANDIDATE, page_size=100)
    low, kth = reply.matches[20], reply.matches[2]
    found = why_not(client, LAB, low.name, top=3, language="en")
    assert found.reason == pb.WHY_NOT_REASON_BELOW_CUTOFF
    assert (found.cutoff, found.cutoff_score) == (kth.name, kth.score)
    assert found.distance == pytest.approx(kth.score - low.score)
    by_part = {p.part: p.contribution for p in kth.breakdown.parts}
    mine = {p.part: p.contribution for p in low.breakdown.parts}
    behind = {part: by_part[part] - mine[part] for part in mine if by_part[part] > mine[part]}
    assert {c.part: c.cost for c in found.costs} == pytest.approx(behind)
    assert [c.cost for c in found.costs] == sorted(behind.values(), reverse=True)
    credits_of = [{r.skill: r.credit for r in m.requirements} for m in (low, kth)]
    for requirement in found.missing:
        assert credits_of[1][requirement.skill] > credits_of[0][requirement.skill]
    assert found.missing
    assert f"rank {low.rank}" in found.explanation.lower()


def test_what_is_returned_is_said_to_be(client: ServiceClient) -> None:
    found = why_not(client, LAB, "candidates/water-lab-graduate-zh-01")
    assert found.reason == pb.WHY_NOT_REASON_RETURNED
    assert found.distance < 0


def test_a_near_duplicate_is_named_with_what_stands_for_it(
    client: ServiceClient, forget: Callable[[str], None]
) -> None:
    best = match(client, LAB, CANDIDATE, page_size=1).matches[0].name
    copy = "candidates/nearly-the-same-person"
    forget(copy)
    import_all(client, item(copy, get(client, best).text + "\n爱好：书法。"))
    pair = {best, copy}
    shown = match(client, LAB, CANDIDATE, page_size=5, collapse_duplicates=True).matches
    first = next(m for m in shown if m.name in pair)
    (second,) = pair - {first.name}
    assert [r.name for r in first.repeats] == [second]
    found = why_not(client, LAB, second, collapse_duplicates=True, language="en")
    assert found.reason == pb.WHY_NOT_REASON_NEAR_DUPLICATE
    assert found.duplicate_of == first.name
    assert first.name in found.explanation
    assert why_not(client, LAB, second).reason == pb.WHY_NOT_REASON_RETURNED
    assert why_not(client, LAB, first.name, collapse_duplicates=True).duplicate_of == ""


def test_presets_and_weights_score_as_in_match(client: ServiceClient) -> None:
    chosen: dict[str, Any] = {"preset": "counsellor", "weights": {"text_similarity": 0.0}}
    reply = match(client, LAB, CANDIDATE, page_size=100, **chosen)
    place = reply.matches[11]
    found = why_not(client, LAB, place.name, **chosen)
    assert (found.standing.rank, found.standing.score) == (place.rank, place.score)
    assert found.versions == reply.versions
    changed = what_if(client, LAB, place.name, remove("welding"), **chosen)
    assert changed.before == found.standing
    setup = scr.Screening(query=query_of(LAB), names=[place.name], **chosen)
    replies = client.screenings.ScreenCandidates(iter([scr.ScreenCandidatesRequest(screening=setup)]))
    (screened,) = [c.match for r in replies for c in r.matches.candidates]
    assert screened.score == place.score
    assert screened.breakdown == place.breakdown


BAD = [
    (lambda c: what_if(c, LAB, "candidates/none-such", add("python")), "RESOURCE_NOT_FOUND", "target.name"),
    (lambda c: what_if(c, LAB, "candidates/cnc-operator-zh-01"), "INVALID_REQUEST", "changes"),
    (lambda c: what_if(c, LAB, "candidates/cnc-operator-zh-01", add("no-such")), "UNKNOWN_SKILL", "changes[0].skill"),
    (
        lambda c: what_if(c, LAB, "candidates/cnc-operator-zh-01", pb.SkillChange(skill="skills/python")),
        "INVALID_REQUEST",
        "changes[0].side",
    ),
    (
        lambda c: what_if(c, LAB, "candidates/cnc-operator-zh-01", add("python"), filter="hours <"),
        "INVALID_FILTER",
        "filter",
    ),
    (lambda c: what_if(c, LAB, doc.Document(text="x"), add("python")), "KIND_MISSING", "target.document.kind"),
    (lambda c: why_not(c, LAB, "candidates/none-such"), "RESOURCE_NOT_FOUND", "target.name"),
    (lambda c: why_not(c, LAB, "candidates/cnc-operator-zh-01", preset="none"), "INVALID_REQUEST", "preset"),
    (lambda c: why_not(c, LAB, "persons/x"), "INVALID_REQUEST", "target"),
    (lambda c: why_not(c, LAB, "candidates/cnc-operator-zh-01", top=201), "INVALID_REQUEST", "top"),
    (lambda c: why_not(c, LAB, "candidates/cnc-operator-zh-01", language="fr"), "INVALID_REQUEST", "language"),
]


@pytest.mark.parametrize(("call", "reason", "field"), BAD)
def test_bad_input_is_refused_by_name(
    client: ServiceClient, call: Callable[[ServiceClient], object], reason: str, field: str
) -> None:
    with pytest.raises(grpc.RpcError) as error:
        call(client)
    status = refusal(error)
    assert error_info(status).reason == reason
    assert error_info(status).metadata["field"] == field
