"""One row per bad input: which code, reason, field and limit it is answered with, and that the reply quotes no text."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import grpc
import pytest

from matcher._gen.skillmatch.v1 import document_pb2 as doc
from matcher._gen.skillmatch.v1 import match_pb2 as pb
from matcher._gen.skillmatch.v1 import taxonomy_pb2 as tax
from matcher.serve.client import ServiceClient, error_info, field_violations, status_of_call
from tests.rpc.messages import CANDIDATE, COURSE, POSTING, import_all, match, match_request, refusal

INVALID, NOT_FOUND = grpc.StatusCode.INVALID_ARGUMENT, grpc.StatusCode.NOT_FOUND
# stands in every refused text, so that a reply that quotes its request is caught
SECRET = "机密甲乙丙SECRET-947138520066"  # noqa: S105  (no password)
STORED = "postings/water-lab-analyst-zh-01"
MALFORMED_TOKENS = {
    "not base64": "%%%",
    "not JSON": base64.urlsafe_b64encode(b"hello").decode(),
    "not a pair": base64.urlsafe_b64encode(b'"x"').decode(),
    "not text": base64.urlsafe_b64encode(json.dumps(["a", 5]).encode()).decode(),
    "not ASCII": "页",
}


def upsert(**fields: Any) -> Callable[[ServiceClient], Any]:
    """A call that upserts a document of these fields."""
    return lambda c: c.documents.UpsertDocument(doc.UpsertDocumentRequest(document=doc.Document(**fields)))


def matching(query: Any = STORED, target: Any = CANDIDATE, **fields: Any) -> Callable[[ServiceClient], Any]:
    return lambda c: match(c, query, target, **fields)


def posting(text: str = SECRET, **fields: Any) -> Callable[[ServiceClient], Any]:
    return upsert(**{"name": "postings/rpc-bad", "text": text} | fields)


def posting_file(content: bytes, media_type: str = "") -> Callable[[ServiceClient], Any]:
    return upsert(name="postings/rpc-bad", content=content, media_type=media_type)


def stored_in_match(name: str) -> Callable[[ServiceClient], Any]:
    return matching(query=name)


@dataclass(frozen=True)
class Bad:
    """One bad input and its answer. `limit` is a part of the limit that must be named, "" when there is none."""

    call: Callable[[ServiceClient], Any]
    reason: str
    field: str
    limit: str = ""
    code: grpc.StatusCode = INVALID


BAD_INPUTS = {
    "empty text": Bad(posting(""), "EMPTY_TEXT", "document.text", "letter or digit"),
    "text of blanks and signs": Bad(posting(" \n　。！\t"), "EMPTY_TEXT", "document.text", "letter or digit"),
    "5 MB text": Bad(posting(SECRET * 300_000), "TOO_LARGE", "document.text", "200000 code points"),
    "11 MiB file": Bad(posting_file(b"a" * (11 * 2**20)), "TOO_LARGE", "document.content", "10485760 bytes"),
    "binary text": Bad(posting(SECRET + "\0\1\2" * 40), "BINARY_CONTENT", "document.text", "NUL"),
    "binary file": Bad(posting_file(bytes(range(256)) * 30), "BINARY_CONTENT", "document.content"),
    "wrong encoding": Bad(
        posting("熟练掌握水质化验".encode().decode("latin-1")), "WRONG_ENCODING", "document.text", "correctly decoded"
    ),
    "text of personal data only": Bad(
        upsert(name="candidates/rpc-bad", text="13800000046"), "EMPTY_AFTER_REDACTION", "document.text", "personal data"
    ),
    "hostile PDF": Bad(
        posting_file(b"%PDF-1.7\n1 0 obj<</Length 99999999>>stream\n" + b"\xff" * 500 + SECRET.encode()),
        "UNREADABLE_FILE",
        "document.content",
    ),
    "hostile DOCX": Bad(posting_file(b"PK\x03\x04" + b"\0" * 400), "UNREADABLE_FILE", "document.content"),
    "media type not read": Bad(
        posting_file(b"x" * 9, "image/png"), "UNSUPPORTED_MEDIA_TYPE", "document.media_type", "text/plain"
    ),
    "text and content": Bad(posting(content=b"more"), "INVALID_DOCUMENT", "document.content", "one of"),
    "no kind": Bad(upsert(text=SECRET), "KIND_MISSING", "document.kind", "candidate, posting or course"),
    "unknown kind": Bad(upsert(kind=99, text=SECRET), "INVALID_REQUEST", "document.kind"),
    "unknown target kind": Bad(matching(target=7), "INVALID_REQUEST", "target_kind"),
    "no target kind": Bad(matching(target=0), "INVALID_REQUEST", "target_kind"),
    "kind contradicts name": Bad(posting(kind=COURSE), "KIND_CONTRADICTS_NAME", "document.kind"),
    "no document": Bad(
        lambda c: c.documents.UpsertDocument(doc.UpsertDocumentRequest()), "INVALID_REQUEST", "document"
    ),
    "id with bad characters": Bad(posting(name="postings/Ünïcode id"), "INVALID_REQUEST", "document.name"),
    "id that climbs folders": Bad(posting(name="postings/../../etc"), "INVALID_REQUEST", "document.name"),
    "id too long": Bad(posting(name="postings/" + "a" * 65), "INVALID_REQUEST", "document.name"),
    "unknown collection": Bad(posting(name="jobs/some-id"), "INVALID_REQUEST", "document.name"),
    "NaN hours": Bad(posting(facts=doc.Facts(hours=float("nan"))), "INVALID_REQUEST", "document.facts.hours"),
    "infinite credits": Bad(
        posting(facts=doc.Facts(credits=float("inf"))), "INVALID_REQUEST", "document.facts.credits"
    ),
    "negative years": Bad(
        posting(facts=doc.Facts(experience_years=-1)), "INVALID_REQUEST", "document.facts.experience_years"
    ),
    "salary upside down": Bad(
        posting(facts=doc.Facts(salary=doc.Salary(currency="CNY", monthly_min_minor=2, monthly_max_minor=1))),
        "INVALID_DOCUMENT",
        "document.facts.salary",
        "minimum <= maximum",
    ),
    "unknown id": Bad(stored_in_match("postings/none"), "RESOURCE_NOT_FOUND", "query.name", code=NOT_FOUND),
    "unknown id to get": Bad(
        lambda c: c.documents.GetDocument(doc.GetDocumentRequest(name="courses/none")),
        "RESOURCE_NOT_FOUND",
        "name",
        code=NOT_FOUND,
    ),
    "unknown id to explain": Bad(
        lambda c: c.matches.Explain(
            pb.ExplainRequest(query=pb.Query(name=STORED), target=pb.Query(name="candidates/none"))
        ),
        "RESOURCE_NOT_FOUND",
        "target.name",
        code=NOT_FOUND,
    ),
    "unknown skill": Bad(
        lambda c: c.taxonomy.GetSkill(tax.GetSkillRequest(name="skills/none-such")),
        "RESOURCE_NOT_FOUND",
        "name",
        code=NOT_FOUND,
    ),
    "no query": Bad(lambda c: c.matches.Match(pb.MatchRequest(target_kind=CANDIDATE)), "INVALID_REQUEST", "query"),
    "empty query": Bad(
        lambda c: c.matches.Match(pb.MatchRequest(query=pb.Query(), target_kind=CANDIDATE)),
        "INVALID_REQUEST",
        "query.source",
    ),
    "inline query without kind": Bad(matching(query=doc.Document(text=SECRET)), "KIND_MISSING", "query.document.kind"),
    "empty inline query": Bad(
        matching(query=doc.Document(kind=POSTING)), "EMPTY_TEXT", "query.document.text", "letter or digit"
    ),
    "bad inline target": Bad(
        lambda c: c.matches.Explain(
            pb.ExplainRequest(query=pb.Query(name=STORED), target=pb.Query(document=doc.Document(kind=CANDIDATE)))
        ),
        "EMPTY_TEXT",
        "target.document.text",
        "letter or digit",
    ),
    "unknown field in filter": Bad(matching(filter="hourz <= 3"), "INVALID_FILTER", "filter"),
    "filter too long": Bad(matching(filter="hours=1 " * 300), "INVALID_REQUEST", "filter"),
    "huge page size": Bad(matching(page_size=101), "INVALID_REQUEST", "page_size"),
    "negative page size": Bad(matching(page_size=-1), "INVALID_REQUEST", "page_size"),
    "huge page size of a listing": Bad(
        lambda c: c.documents.ListDocuments(doc.ListDocumentsRequest(kind=POSTING, page_size=2**31 - 1)),
        "INVALID_REQUEST",
        "page_size",
    ),
    "unknown language": Bad(matching(language="fr"), "INVALID_REQUEST", "language"),
    "long page token": Bad(matching(page_token="A" * 513), "INVALID_REQUEST", "page_token"),
    "empty text to extract from": Bad(
        lambda c: c.taxonomy.ExtractSkills(tax.ExtractSkillsRequest()), "INVALID_REQUEST", "text"
    ),
    "5 MB text to extract from": Bad(
        lambda c: c.taxonomy.ExtractSkills(tax.ExtractSkillsRequest(text=SECRET * 300_000)),
        "TOO_LARGE",
        "text",
        "200000 code points",
    ),
    "long skill search": Bad(
        lambda c: c.taxonomy.SearchSkills(tax.SearchSkillsRequest(query="a" * 201)), "INVALID_REQUEST", "query"
    ),
    "long request id": Bad(
        lambda c: c.documents.UpsertDocument(
            doc.UpsertDocumentRequest(document=doc.Document(name="postings/x", text=SECRET), request_id="k" * 65)
        ),
        "INVALID_REQUEST",
        "request_id",
    ),
    "empty batch": Bad(lambda c: list(c.matches.BatchMatch(pb.BatchMatchRequest())), "INVALID_REQUEST", "requests"),
} | {
    f"page token that is {what}": Bad(matching(page_token=token), "INVALID_PAGE_TOKEN", "page_token")
    for what, token in MALFORMED_TOKENS.items()
}


@pytest.mark.parametrize("bad", BAD_INPUTS.values(), ids=BAD_INPUTS.keys())
def test_bad_input_is_answered_with_code_reason_field_and_limit(client: ServiceClient, bad: Bad) -> None:
    with pytest.raises(grpc.RpcError) as error:
        bad.call(client)
    status = refusal(error)
    info = error_info(status)
    assert (error.value.code(), info.reason, info.metadata["field"]) == (bad.code, bad.reason, bad.field)
    assert info.domain == "skillmatch"
    assert bad.limit in info.metadata.get("limit", "")
    assert bool(bad.limit) <= ("limit" in info.metadata)
    violated = field_violations(status)
    assert violated[0][0] == bad.field
    assert violated[0][1]
    told = status.SerializeToString()
    assert not any(piece.encode() in told for piece in (SECRET, "机密", "SECRET", "947138520066"))


@pytest.mark.parametrize(
    ("filter_text", "position"),
    [
        ("hours <", 8),
        ("hours <= 80 AND", 16),
        ("education >= PHD", 14),
        ("区域 = 上海", 1),
        ('region = "上海', 10),
        ("hours = 1) ", 10),
        ("hours = nan", 9),
    ],
)
def test_a_bad_filter_is_refused_with_the_column_of_the_fault(
    client: ServiceClient, filter_text: str, position: int
) -> None:
    for call in (
        lambda: match(client, STORED, COURSE, filter=filter_text),
        lambda: client.documents.ListDocuments(doc.ListDocumentsRequest(kind=COURSE, filter=filter_text)),
    ):
        with pytest.raises(grpc.RpcError) as error:
            call()
        info = error_info(refusal(error))
        assert (error.value.code(), info.reason) == (INVALID, "INVALID_FILTER")
        assert (info.metadata["field"], info.metadata["position"]) == ("filter", str(position))


def string_field(number: int, content: bytes) -> bytes:
    """A length-delimited protobuf field of fewer than 128 bytes, written by hand."""
    return bytes([number << 3 | 2, len(content)]) + content


LONE_SURROGATE = b"\xed\xa0\x80 SECRET-947138520066"
RAW_DOCUMENT = string_field(1, b"postings/rpc-raw") + string_field(4, LONE_SURROGATE)


@pytest.mark.parametrize(
    ("method", "request_bytes"),
    [
        ("DocumentService/UpsertDocument", string_field(1, RAW_DOCUMENT)),
        ("MatchService/Match", string_field(1, string_field(2, RAW_DOCUMENT))),
        ("TaxonomyService/ExtractSkills", string_field(1, LONE_SURROGATE)),
        ("TaxonomyService/SearchSkills", b"\xff\xff\xff\xff"),
    ],
)
def test_lone_surrogates_and_broken_bytes_are_a_typed_error(
    channel: grpc.Channel, client: ServiceClient, method: str, request_bytes: bytes
) -> None:
    call = channel.unary_unary(f"/skillmatch.v1.{method}", lambda b: b, lambda b: b)
    with pytest.raises(grpc.RpcError) as error:
        call(request_bytes)
    status = refusal(error)
    info = error_info(status)
    assert (error.value.code(), info.reason) == (INVALID, "UNDECODABLE_REQUEST")
    assert b"SECRET" not in status.SerializeToString()


def test_an_undecodable_import_item_does_not_end_the_stream(
    channel: grpc.Channel, client: ServiceClient, forget: Callable[[str], None]
) -> None:
    forget("postings/rpc-after-raw")
    call = channel.stream_stream(
        "/skillmatch.v1.DocumentService/ImportDocuments", lambda b: b, doc.ImportDocumentsResponse.FromString
    )
    good = doc.ImportDocumentsRequest(document=doc.Document(name="postings/rpc-after-raw", text="熟练掌握Python。"))
    results = list(call(iter([string_field(1, RAW_DOCUMENT), good.SerializeToString()])))
    assert [r.item_index for r in results] == [0, 1]
    assert error_info(results[0].error).reason == "UNDECODABLE_REQUEST"
    assert results[1].outcome == doc.WRITE_OUTCOME_CREATED


@pytest.mark.parametrize(
    ("name", "reason", "field"),
    [
        ("empty text", "EMPTY_TEXT", "document.text"),
        ("NaN hours", "INVALID_REQUEST", "document.facts.hours"),
        ("id that climbs folders", "INVALID_REQUEST", "document.name"),
        ("kind contradicts name", "KIND_CONTRADICTS_NAME", "document.kind"),
    ],
)
def test_a_bad_import_item_is_answered_as_the_single_call_is(
    client: ServiceClient, name: str, reason: str, field: str
) -> None:
    documents = {
        "empty text": doc.Document(name="postings/rpc-bad"),
        "NaN hours": doc.Document(name="postings/rpc-bad", text=SECRET, facts=doc.Facts(hours=float("nan"))),
        "id that climbs folders": doc.Document(name="postings/../../etc", text=SECRET),
        "kind contradicts name": doc.Document(name="postings/rpc-bad", text=SECRET, kind=COURSE),
    }
    (result,) = import_all(client, doc.ImportDocumentsRequest(document=documents[name]))
    info = error_info(result.error)
    assert (result.error.code, info.reason, info.metadata["field"]) == (INVALID.value[0], reason, field)
    with pytest.raises(grpc.RpcError) as error:
        BAD_INPUTS[name].call(client)
    assert status_of_call(error.value).message == result.error.message


def test_bad_items_name_their_place_in_a_batch(client: ServiceClient) -> None:
    requests = [match_request(STORED, CANDIDATE, page_size=1), match_request(STORED, CANDIDATE, page_size=999)]
    answers = list(client.matches.BatchMatch(pb.BatchMatchRequest(requests=requests)))
    assert [a.WhichOneof("result") for a in answers] == ["response", "error"]
    assert field_violations(answers[1].error)[0][0] == "page_size"


def test_injected_markup_is_cut_and_comes_back_nowhere(client: ServiceClient, forget: Callable[[str], None]) -> None:
    name = "postings/rpc-injected"
    forget(name)
    html = "<html><script>alert('x')</script><h1>数据工程师</h1><p onclick=evil()>熟练掌握Python和SQL</p></html>"
    reply = client.documents.UpsertDocument(doc.UpsertDocumentRequest(document=doc.Document(name=name, text=html)))
    assert "MARKUP_REMOVED" in [w.code for w in reply.warnings]
    told = reply.SerializeToString() + match(client, name, CANDIDATE).SerializeToString()
    assert not any(piece in told for piece in (b"<script", b"alert(", b"onclick", b"<p", b"<h1"))
    assert {"skills/python", "skills/sql"} <= {m.skill for m in reply.document.mentions}
