"""Short ways to write requests and to read errors in tests."""

from __future__ import annotations

from typing import Any

import grpc
import pytest
from google.rpc.status_pb2 import Status

from matcher._gen.skillmatch.v1 import document_pb2 as doc
from matcher._gen.skillmatch.v1 import match_pb2 as pb
from matcher.serve.client import ServiceClient, status_of_call

CANDIDATE, POSTING, COURSE = doc.KIND_CANDIDATE, doc.KIND_POSTING, doc.KIND_COURSE


def match(client: ServiceClient, query: str | doc.Document, target: doc.Kind, **fields: Any) -> pb.MatchResponse:
    reply: pb.MatchResponse = client.matches.Match(match_request(query, target, **fields))
    return reply


def match_request(query: str | doc.Document, target: doc.Kind, **fields: Any) -> pb.MatchRequest:
    return pb.MatchRequest(query=query_of(query), target_kind=target, **fields)


def answer(reply: pb.MatchResponse) -> pb.MatchResponse:
    """A reply without the name of its record, which no two replies share."""
    copy = pb.MatchResponse()
    copy.CopyFrom(reply)
    copy.ClearField("decision")
    return copy


def explain(
    client: ServiceClient, query: str | doc.Document, target: str | doc.Document, language: str = ""
) -> pb.Match:
    request = pb.ExplainRequest(query=query_of(query), target=query_of(target), language=language)
    found: pb.Match = client.matches.Explain(request).match
    return found


def query_of(query: str | doc.Document) -> pb.Query:
    return pb.Query(name=query) if isinstance(query, str) else pb.Query(document=query)


def get(client: ServiceClient, name: str) -> doc.Document:
    found: doc.Document = client.documents.GetDocument(doc.GetDocumentRequest(name=name)).document
    return found


def import_all(client: ServiceClient, *items: doc.ImportDocumentsRequest) -> list[doc.ImportDocumentsResponse]:
    return list(client.documents.ImportDocuments(iter(items)))


def item(name: str, text: str, request_id: str = "") -> doc.ImportDocumentsRequest:
    return doc.ImportDocumentsRequest(document=doc.Document(name=name, text=text), request_id=request_id)


def refusal(error: pytest.ExceptionInfo[grpc.RpcError]) -> Status:
    """The status of a refused call, checked to be the same in the trailer and on the call itself."""
    status = status_of_call(error.value)
    assert error.value.code().value[0] == status.code
    assert error.value.details() == status.message
    return status
