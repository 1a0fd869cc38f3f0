"""AssignCandidates over the wire: scores are those of Match, openings and rules are kept, reasons are true."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import grpc
import pytest

from matcher._gen.skillmatch.v1 import assignment_pb2 as pb
from matcher._gen.skillmatch.v1 import document_pb2 as doc
from matcher.serve.client import ServiceClient, error_info
from tests.rpc.messages import CANDIDATE, explain, get, match, refusal

CANDIDATES = [
    "candidates/water-lab-graduate-zh-01",
    "candidates/food-lab-chemist-en-01",
    "candidates/software-tester-en-01",
    "candidates/cnc-operator-zh-01",
    "candidates/livestream-host-zh-01",
]
POSTINGS = [
    "postings/water-lab-analyst-zh-01",
    "postings/software-tester-zh-01",
    "postings/water-quality-analyst-en-01",
]


def assign(client: ServiceClient, **fields: Any) -> pb.AssignCandidatesResponse:
    chosen: dict[str, Any] = {
        "candidates": pb.CandidateSelection(names=CANDIDATES),
        "postings": pb.PostingSelection(names=POSTINGS),
    }
    reply: pb.AssignCandidatesResponse = client.assignments.AssignCandidates(
        pb.AssignCandidatesRequest(**(chosen | fields))
    )
    return reply


def pairs(reply: pb.AssignCandidatesResponse) -> dict[str, str]:
    return {a.candidate: a.posting for a in reply.assigned}


def openings(**by_id: int) -> list[pb.PostingOpenings]:
    return [pb.PostingOpenings(posting=f"postings/{i.replace('_', '-')}", openings=n) for i, n in by_id.items()]


@pytest.mark.parametrize("mode", [pb.ASSIGNMENT_MODE_OPTIMAL, pb.ASSIGNMENT_MODE_STABLE])
def test_everybody_goes_where_the_score_of_match_says(client: ServiceClient, mode: pb.AssignmentMode) -> None:
    reply = assign(client, mode=mode)
    assert reply.mode == mode
    found = pairs(reply)
    assert found["candidates/software-tester-en-01"] == "postings/software-tester-zh-01"
    assert len(found) == 3
    assert len(set(found.values())) == 3
    for pair in reply.assigned:
        assert pair.score == pytest.approx(explain(client, pair.posting, pair.candidate).score, abs=1e-9)
        assert pair.worth == pair.score
    assert reply.total_worth == pytest.approx(sum(p.worth for p in reply.assigned))
    assert {u.candidate for u in reply.unassigned} | set(found) == set(CANDIDATES)
    assert {u.reason for u in reply.unassigned} == {pb.UNASSIGNED_REASON_CAPACITY}
    assert [(p.posting, p.openings, p.taken) for p in reply.postings] == [(p, 1, 1) for p in sorted(POSTINGS)]
    if mode == pb.ASSIGNMENT_MODE_STABLE:
        assert reply.blocking_count == 0


def test_openings_are_those_given_or_the_default(client: ServiceClient) -> None:
    reply = assign(client, openings=openings(water_lab_analyst_zh_01=0), default_openings=4)
    assert {p.posting: (p.openings, p.taken) for p in reply.postings}["postings/water-lab-analyst-zh-01"] == (0, 0)
    assert len(reply.assigned) == len(CANDIDATES)
    assert "postings/water-lab-analyst-zh-01" not in pairs(reply).values()


def test_openings_that_a_posting_states_count(client: ServiceClient, forget: Callable[[str], None]) -> None:
    name = "postings/assign-three-openings"
    forget(name)
    text = get(client, POSTINGS[0]).text
    stated = doc.Document(name=name, text=text, facts=doc.Facts(openings=3))
    client.documents.UpsertDocument(doc.UpsertDocumentRequest(document=stated))
    reply = assign(client, postings=pb.PostingSelection(names=[name]))
    (posting,) = reply.postings
    assert (posting.openings, posting.taken) == (3, 3)
    best = [m.name for m in match(client, name, CANDIDATE, page_size=100).matches if m.name in CANDIDATES][:3]
    assert set(pairs(reply)) == set(best)


def test_rules_forbidden_pairs_and_the_minimum_are_kept_and_named(client: ServiceClient) -> None:
    graduate, tester = CANDIDATES[0], CANDIDATES[2]
    reply = assign(
        client,
        rules=[pb.PairRule(posting_filter='title:"软件"', candidate_filter="skill:python AND NOT skill:python")],
        forbidden=[pb.ForbiddenPair(candidate=graduate, posting=p) for p in POSTINGS],
        min_score=0.3,
        default_openings=9,
    )
    reasons = {u.candidate: u.reason for u in reply.unassigned}
    assert "postings/software-tester-zh-01" not in pairs(reply).values()
    assert reasons[graduate] == pb.UNASSIGNED_REASON_NO_ALLOWED_PAIR
    assert reasons[tester] == pb.UNASSIGNED_REASON_BELOW_MINIMUM
    assert all(a.score >= 0.3 for a in reply.assigned)
    assert reply.assigned


def test_worth_on_both_sides_is_half_the_score_where_nothing_else_is_known(client: ServiceClient) -> None:
    reply = assign(client, worth=pb.ASSIGNMENT_WORTH_BOTH_SIDED)
    assert reply.worth == pb.ASSIGNMENT_WORTH_BOTH_SIDED
    for pair in reply.assigned:
        fit = pair.candidate_fit if pair.HasField("candidate_fit") else 0.0
        assert pair.worth == pytest.approx(pair.score * (1 + fit) / 2)


def test_all_of_the_demo_corpus_is_assigned_at_once(client: ServiceClient, corpus: dict[str, str]) -> None:
    reply = assign(
        client, candidates=pb.CandidateSelection(), postings=pb.PostingSelection(filter='title:"测试"'), min_score=0.2
    )
    n_candidates = sum(name.startswith("candidates/") for name in corpus)
    assert len(reply.assigned) + len(reply.unassigned) == n_candidates
    assert all(p.taken <= p.openings for p in reply.postings)


BAD: list[tuple[dict[str, Any], str, str]] = [
    ({"candidates": pb.CandidateSelection(names=["candidates/none-such"])}, "RESOURCE_NOT_FOUND", "candidates.names"),
    ({"postings": pb.PostingSelection(filter="hours <")}, "INVALID_FILTER", "postings.filter"),
    ({"postings": pb.PostingSelection(names=["courses/x"])}, "INVALID_REQUEST", "postings.names[0]"),
    ({"rules": [pb.PairRule(candidate_filter="nonsense = 1")]}, "INVALID_FILTER", "rules[0].candidate_filter"),
    (
        {"forbidden": [pb.ForbiddenPair(candidate=CANDIDATES[0], posting="postings/none-such")]},
        "RESOURCE_NOT_FOUND",
        "forbidden[0].posting",
    ),
    ({"openings": openings(none_such=1)}, "RESOURCE_NOT_FOUND", "openings"),
    ({"openings": [*openings(a=1), *openings(a=2)]}, "INVALID_REQUEST", "openings"),
    ({"min_score": 1.5}, "INVALID_REQUEST", "min_score"),
    ({"default_openings": -1}, "INVALID_REQUEST", "default_openings"),
]


@pytest.mark.parametrize(("fields", "reason", "field"), BAD)
def test_bad_input_is_refused_by_name(client: ServiceClient, fields: dict[str, Any], reason: str, field: str) -> None:
    with pytest.raises(grpc.RpcError) as error:
        assign(client, **fields)
    status = refusal(error)
    assert error_info(status).reason == reason
    assert error_info(status).metadata["field"] == field
