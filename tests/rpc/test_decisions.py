"""Decisions over the wire: recorded, listed, replayed, judged; and nothing of a deleted person stays in them."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import grpc
import pytest
from google.protobuf.timestamp_pb2 import Timestamp

from matcher._gen.skillmatch.v1 import decision_pb2 as pb
from matcher._gen.skillmatch.v1 import document_pb2 as doc
from matcher._gen.skillmatch.v1 import match_pb2 as match_pb
from matcher.domain.decision import Outcome
from matcher.engine import Engine
from matcher.serve.client import ServiceClient, error_info
from tests.rpc.messages import CANDIDATE, COURSE, POSTING, import_all, item, match, match_request, refusal
from tests.rpc.test_privacy import bytes_on_disk

LAB = "postings/water-lab-analyst-zh-01"
RESUME = "求职意向：水质化验员\n熟练掌握水质化验、离子色谱，会用LIMS系统，熟悉GB/T 5750。"


def decision_of(client: ServiceClient, name: str) -> pb.Decision:
    found: pb.Decision = client.decisions.GetDecision(pb.GetDecisionRequest(name=name)).decision
    return found


def listed(client: ServiceClient, **fields: object) -> pb.ListDecisionsResponse:
    reply: pb.ListDecisionsResponse = client.decisions.ListDecisions(pb.ListDecisionsRequest(**fields))  # type: ignore[arg-type]
    return reply


def replayed(client: ServiceClient, name: str, **fields: object) -> pb.ReplayResponse:
    reply: pb.ReplayResponse = client.decisions.Replay(pb.ReplayRequest(name=name, **fields))  # type: ignore[arg-type]
    return reply


def feedback(client: ServiceClient, decision: str, document: str, outcome: str, *, consent: bool) -> str:
    request = pb.RecordFeedbackRequest(
        decision=decision, document=document, outcome=f"FEEDBACK_OUTCOME_{outcome}", consent=consent
    )
    return pb.FeedbackResult.Name(client.decisions.RecordFeedback(request).result).removeprefix("FEEDBACK_RESULT_")


def test_each_reply_names_the_record_of_what_it_says(client: ServiceClient) -> None:
    request = match_request(LAB, CANDIDATE, page_size=3, filter="education >= ASSOCIATE", language="en")
    reply = client.matches.Match(
        request, metadata=[("x-caller-id", "portal/Zürich 7".encode("ascii", "replace").decode())]
    )
    found = decision_of(client, reply.decision)
    assert [(e.name, e.rank, e.score, e.deleted) for e in found.entries] == [
        (m.name, m.rank, m.score, False) for m in reply.matches
    ]
    assert (found.query, found.query_hash, found.query_deleted) == (LAB, "", False)
    assert (found.caller, found.filter, found.filter_withheld) == ("portal_Z_rich_7", "education >= ASSOCIATE", False)
    assert (found.query_kind, found.target_kind) == (POSTING, CANDIDATE)
    assert found.versions == reply.versions
    assert found.filtered_size == reply.filtered_size
    assert abs(found.create_time.ToDatetime(UTC) - datetime.now(UTC)) < timedelta(minutes=1)
    assert '"language":"en"' in found.options


def test_who_does_not_say_who_asks_is_anonymous(client: ServiceClient) -> None:
    assert decision_of(client, match(client, LAB, COURSE).decision).caller == "anonymous"


def test_each_page_and_each_item_of_a_batch_is_a_decision_of_its_own(client: ServiceClient) -> None:
    first = match(client, LAB, COURSE, page_size=4)
    second = match(client, LAB, COURSE, page_size=4, page_token=first.next_page_token)
    found = decision_of(client, second.decision)
    assert (found.offset, [e.rank for e in found.entries]) == (4, [5, 6, 7, 8])
    batch = match_pb.BatchMatchRequest(requests=[match_request(LAB, COURSE), match_request(LAB, CANDIDATE)])
    replies = list(client.matches.BatchMatch(batch, metadata=[("x-caller-id", "night-run")]))
    assert [decision_of(client, r.response.decision).caller for r in replies] == ["night-run"] * 2
    assert len({first.decision, second.decision, *(r.response.decision for r in replies)}) == 4


def test_decisions_are_listed_newest_first_in_pages(client: ServiceClient) -> None:
    caller = f"list-{time.time_ns()}"
    start = Timestamp()
    start.GetCurrentTime()
    names = [
        client.matches.Match(match_request(LAB, COURSE), metadata=[("x-caller-id", caller)]).decision for _ in range(5)
    ]
    first = listed(client, caller=caller, page_size=3)
    assert [d.name for d in first.decisions] == names[:1:-1]
    second = listed(client, caller=caller, page_size=3, page_token=first.next_page_token)
    assert [d.name for d in second.decisions] == names[1::-1]
    assert not second.next_page_token
    assert {d.name for d in listed(client, start_time=start).decisions} >= set(names)
    assert not set(names) & {d.name for d in listed(client, end_time=start, page_size=1000).decisions}
    about = listed(client, document=LAB, caller=caller)
    assert len(about.decisions) == 5
    assert not listed(client, document="candidates/cnc-operator-zh-01", caller=caller).decisions


@pytest.mark.parametrize("page", [1, 2])
def test_a_replay_reproduces_a_decision(client: ServiceClient, page: int) -> None:
    fields = {"page_size": 5, "filter": "hours <= 100"}
    reply = match(client, LAB, COURSE, **fields)
    if page == 2:
        reply = match(client, LAB, COURSE, **fields, page_token=reply.next_page_token)
    found = replayed(client, reply.decision)
    assert found.reproduced
    assert not found.differences
    assert not found.changes
    assert found.versions == reply.versions
    assert [e.name for e in found.decision.entries] == [m.name for m in reply.matches]


def test_a_replay_says_which_version_changed_and_what_differs(
    client: ServiceClient, forget: Callable[[str], None]
) -> None:
    reply = match(client, LAB, CANDIDATE, page_size=3)
    name = "candidates/replay-newcomer"
    forget(name)
    import_all(client, item(name, RESUME + "持有化学检验员证书，会微生物检测、原子吸收、化学分析、试剂配制。"))
    found = replayed(client, reply.decision)
    assert [(c.part, c.was) for c in found.changes] == [
        (pb.VERSION_PART_INDEX_REVISION, str(reply.versions.index_revision))
    ]
    assert found.changes[0].now == str(found.versions.index_revision)
    now = match(client, LAB, CANDIDATE, page_size=3)
    assert name in [m.name for m in now.matches], "the newcomer is made to displace somebody"
    assert not found.reproduced
    newcomer = next(d for d in found.differences if d.name == name)
    stands = next(m for m in now.matches if m.name == name)
    assert (newcomer.new_rank, newcomer.new_score) == (stands.rank, stands.score)
    assert not newcomer.HasField("old_rank")
    displaced = [d for d in found.differences if not d.HasField("new_rank")]
    assert [d.name for d in displaced] == sorted({m.name for m in reply.matches} - {m.name for m in now.matches})


def test_an_inline_query_is_kept_as_its_hash_and_replayed_with_its_document(
    client: ServiceClient, engine: Engine
) -> None:
    sent = doc.Document(kind=CANDIDATE, text=RESUME + "暗号甲乙丙")
    reply = match(client, sent, POSTING, page_size=3)
    found = decision_of(client, reply.decision)
    assert found.query == ""
    assert len(found.query_hash) == 64
    assert not found.query_deleted
    assert "暗号甲乙丙".encode() not in bytes_on_disk(engine.settings.store.path)
    assert replayed(client, reply.decision, document=sent).reproduced
    for other, reason in [
        (None, "DOCUMENT_NEEDED"),
        (doc.Document(kind=CANDIDATE, text=RESUME), "DOCUMENT_DIFFERS"),
        (doc.Document(kind=POSTING, text=sent.text), "DOCUMENT_DIFFERS"),
        (doc.Document(text=sent.text), "KIND_MISSING"),
        (doc.Document(kind=CANDIDATE), "EMPTY_TEXT"),
    ]:
        with pytest.raises(grpc.RpcError) as error:
            replayed(client, reply.decision, document=other)
        status = refusal(error)
        assert status.code == grpc.StatusCode.INVALID_ARGUMENT.value[0]
        assert error_info(status).reason == reason
        assert error_info(status).metadata["field"].startswith("document")


def test_a_filter_that_may_name_a_person_is_withheld_and_replayed_with_its_text(
    client: ServiceClient, engine: Engine
) -> None:
    text = 'NOT title:"欧阳雪莹测试" AND education >= ASSOCIATE'
    reply = match(client, LAB, CANDIDATE, filter=text)
    found = decision_of(client, reply.decision)
    assert (found.filter, found.filter_withheld) == ("", True)
    assert "欧阳雪莹测试".encode() not in bytes_on_disk(engine.settings.store.path)
    assert replayed(client, reply.decision, filter=text).reproduced
    for other, reason in [(None, "FILTER_NEEDED"), ("education >= ASSOCIATE", "FILTER_DIFFERS")]:
        with pytest.raises(grpc.RpcError) as error:
            replayed(client, reply.decision, filter=other)
        assert error_info(refusal(error)).reason == reason


def test_a_deleted_person_is_in_no_decision_and_no_feedback(client: ServiceClient, engine: Engine) -> None:
    name, text = "candidates/forgotten-person-7", RESUME + "还会原子吸收。"
    import_all(client, item(name, text))
    returned = match(client, LAB, CANDIDATE, page_size=100)
    place = next(m for m in returned.matches if m.name == name)
    asked = match(client, name, POSTING, page_size=2)
    sent = match(client, doc.Document(kind=CANDIDATE, text=text), POSTING, page_size=2)
    assert feedback(client, returned.decision, name, "SHORTLISTED", consent=True) == "STORED"
    hash_before = decision_of(client, sent.decision).query_hash
    client.documents.DeleteDocument(doc.DeleteDocumentRequest(name=name))
    tombstone = decision_of(client, returned.decision).entries[place.rank - 1]
    assert (tombstone.name, tombstone.deleted, tombstone.rank) == ("", True, place.rank)
    assert not tombstone.HasField("score")
    assert decision_of(client, asked.decision).query_deleted
    for decision in (returned.decision, asked.decision):
        assert name not in str(decision_of(client, decision))
    on_disk = bytes_on_disk(engine.settings.store.path)
    assert name.encode() not in on_disk
    assert hash_before.encode() not in on_disk
    assert decision_of(client, sent.decision).query_deleted, "the same content sent inline was the same person"
    assert engine.store.feedback.of_document(name) == []
    assert not replayed(client, returned.decision).reproduced
    with pytest.raises(grpc.RpcError) as error:
        replayed(client, asked.decision)
    status = refusal(error)
    assert status.code == grpc.StatusCode.FAILED_PRECONDITION.value[0]
    assert error_info(status).reason == "REPLAY_REFUSED"


def test_feedback_is_kept_with_consent_only(
    client: ServiceClient, engine: Engine, forget: Callable[[str], None]
) -> None:
    name = "candidates/feedback-person"
    forget(name)
    import_all(client, item(name, RESUME))
    decision = match(client, LAB, CANDIDATE, page_size=100).decision
    counted = engine.store.feedback.counts().get(Outcome.HIRED, 0)
    assert feedback(client, decision, name, "HIRED", consent=False) == "COUNTED"
    assert engine.store.feedback.of_document(name) == []
    assert engine.store.feedback.counts()[Outcome.HIRED] == counted + 1
    assert feedback(client, decision, name, "HIRED", consent=True) == "STORED"
    assert feedback(client, decision, name, "HIRED", consent=True) == "UNCHANGED"
    assert engine.store.feedback.of_document(name) == [Outcome.HIRED]
    assert feedback(client, decision, name, "REJECTED", consent=False) == "WITHDRAWN"
    assert engine.store.feedback.of_document(name) == []


BAD = [
    (lambda c: decision_of(c, "decisions/0000000000000001"), "NOT_FOUND", "RESOURCE_NOT_FOUND", "name"),
    (lambda c: decision_of(c, "decisions/ffffffffffffffff"), "INVALID_ARGUMENT", "INVALID_REQUEST", "name"),
    (lambda c: replayed(c, "decisions/0000000000000001"), "NOT_FOUND", "RESOURCE_NOT_FOUND", "name"),
    (lambda c: listed(c, caller="Zürich"), "INVALID_ARGUMENT", "INVALID_REQUEST", "caller"),
    (lambda c: listed(c, page_token="zzz"), "INVALID_ARGUMENT", "INVALID_PAGE_TOKEN", "page_token"),  # noqa: S106
    (lambda c: listed(c, document="postings/none-such"), "NOT_FOUND", "RESOURCE_NOT_FOUND", "document"),
    (
        lambda c: listed(c, start_time=Timestamp(seconds=9), end_time=Timestamp(seconds=9)),
        "INVALID_ARGUMENT",
        "INVALID_REQUEST",
        "end_time",
    ),
    (lambda c: listed(c, end_time=Timestamp(seconds=2**60)), "INVALID_ARGUMENT", "INVALID_REQUEST", "end_time"),
    (
        lambda c: feedback(c, "decisions/0000000000000001", LAB, "HIRED", consent=True),
        "NOT_FOUND",
        "RESOURCE_NOT_FOUND",
        "name",
    ),
    (
        lambda c: feedback(c, match(c, LAB, COURSE).decision, "courses/none-such", "ENROLLED", consent=True),
        "INVALID_ARGUMENT",
        "NOT_IN_DECISION",
        "document",
    ),
    (
        lambda c: feedback(c, "decisions/0000000000000001", LAB, "UNSPECIFIED", consent=True),
        "INVALID_ARGUMENT",
        "INVALID_REQUEST",
        "outcome",
    ),
]


@pytest.mark.parametrize(("call", "code", "reason", "field"), BAD)
def test_bad_input_is_refused_by_name(
    client: ServiceClient, call: Callable[[ServiceClient], object], code: str, reason: str, field: str
) -> None:
    with pytest.raises(grpc.RpcError) as error:
        call(client)
    status = refusal(error)
    assert status.code == grpc.StatusCode[code].value[0]
    assert error_info(status).reason == reason
    assert error_info(status).metadata["field"] == field
