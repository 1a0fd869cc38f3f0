"""The candidate's side of a match over the wire: told apart from the score, and in the order only where asked for."""

from __future__ import annotations

from collections.abc import Callable

import grpc
import pytest

from matcher._gen.skillmatch.v1 import decision_pb2 as dec
from matcher._gen.skillmatch.v1 import document_pb2 as doc
from matcher._gen.skillmatch.v1 import match_pb2 as pb
from matcher.serve.client import ServiceClient, error_info
from tests.rpc.messages import CANDIDATE, COURSE, POSTING, match, refusal

LAB = "postings/water-lab-analyst-zh-01"
SHOW, RANK = pb.BOTH_SIDED_SHOW, pb.BOTH_SIDED_RANK


def store(client: ServiceClient, document: doc.Document) -> None:
    client.documents.UpsertDocument(doc.UpsertDocumentRequest(document=document))


def test_showing_it_changes_no_score_and_no_rank(client: ServiceClient) -> None:
    plain = match(client, LAB, CANDIDATE, page_size=50)
    shown = match(client, LAB, CANDIDATE, page_size=50, both_sided=SHOW)
    assert [(m.name, m.score, m.breakdown) for m in shown.matches] == [
        (m.name, m.score, m.breakdown) for m in plain.matches
    ]
    assert not any(m.HasField("candidate_fit") for m in plain.matches)
    for found in shown.matches:
        known = [p.value for p in found.candidate_fit.parts if p.HasField("value")]
        assert found.candidate_fit.HasField("value") == bool(known)
        if known:
            assert found.candidate_fit.value == pytest.approx(sum(known) / len(known))
        assert not found.HasField("both_sided_score")
    assert any(m.candidate_fit.HasField("value") for m in shown.matches)


def test_ranking_by_both_sides_goes_by_score_and_fit(client: ServiceClient) -> None:
    reply = match(client, LAB, CANDIDATE, page_size=50, both_sided=RANK)
    for found in reply.matches:
        fit = found.candidate_fit.value if found.candidate_fit.HasField("value") else 0.0
        assert found.both_sided_score == pytest.approx(found.score * (1 + fit) / 2)
    keys = [(-m.both_sided_score, m.name) for m in reply.matches]
    assert keys == sorted(keys)
    assert [m.score for m in reply.matches] != sorted((m.score for m in reply.matches), reverse=True)


def test_both_directions_agree_on_what_is_stated(client: ServiceClient, forget: Callable[[str], None]) -> None:
    posting, candidate = "postings/both-sides", "candidates/both-sides"
    text = "熟练掌握水质化验、离子色谱。"
    salary = [
        doc.Salary(currency="CNY", monthly_min_minor=low, monthly_max_minor=high)
        for low, high in [(600_000, 800_000), (1_000_000, 1_200_000)]
    ]
    for name, region, pay in zip((posting, candidate), ("苏州", "江苏"), salary, strict=True):
        forget(name)
        facts = doc.Facts(region=region, salary=pay)
        store(client, doc.Document(name=name, title="水质化验员", text=text, facts=facts))
    there = match(client, posting, CANDIDATE, page_size=100, both_sided=SHOW).matches
    back = match(client, candidate, POSTING, page_size=100, both_sided=SHOW).matches
    fits = [
        next(m for m in found if m.name == name).candidate_fit for found, name in [(there, candidate), (back, posting)]
    ]
    assert fits[0] == fits[1]
    parts = {p.part: p.value for p in fits[0].parts if p.HasField("value")}
    assert parts["salary"] == pytest.approx(0.8)
    assert parts["region"] == 1.0
    assert parts["wish"] == pytest.approx(1.0, abs=1e-5)


def test_a_decision_by_both_sides_is_replayed_as_such(client: ServiceClient) -> None:
    reply = match(client, LAB, CANDIDATE, page_size=5, both_sided=RANK)
    assert client.decisions.Replay(dec.ReplayRequest(name=reply.decision)).reproduced


def test_other_kinds_are_refused(client: ServiceClient) -> None:
    with pytest.raises(grpc.RpcError) as error:
        match(client, LAB, COURSE, both_sided=SHOW)
    info = error_info(refusal(error))
    assert (info.reason, info.metadata["field"]) == ("INVALID_REQUEST", "both_sided")
