"""A small client of the service, as the command line and the tests use it.

Enters: an address. Leaves: stubs with the service's message limit, and errors as one readable line.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import grpc
from google.rpc.error_details_pb2 import BadRequest, ErrorInfo
from google.rpc.status_pb2 import Status

from matcher._gen.skillmatch.v1.assignment_pb2_grpc import AssignmentServiceStub
from matcher._gen.skillmatch.v1.coverage_pb2_grpc import CoverageServiceStub
from matcher._gen.skillmatch.v1.credential_pb2_grpc import CredentialServiceStub
from matcher._gen.skillmatch.v1.decision_pb2_grpc import DecisionServiceStub
from matcher._gen.skillmatch.v1.document_pb2_grpc import DocumentServiceStub
from matcher._gen.skillmatch.v1.inquiry_pb2_grpc import InquiryServiceStub
from matcher._gen.skillmatch.v1.match_pb2_grpc import MatchServiceStub
from matcher._gen.skillmatch.v1.model_pb2_grpc import ModelServiceStub
from matcher._gen.skillmatch.v1.plan_pb2_grpc import PlanServiceStub
from matcher._gen.skillmatch.v1.screening_pb2_grpc import ScreeningServiceStub
from matcher._gen.skillmatch.v1.status_pb2_grpc import StatusServiceStub
from matcher._gen.skillmatch.v1.taxonomy_pb2_grpc import TaxonomyServiceStub

MAX_MESSAGE_BYTES = 256 * 2**20
STATUS_DETAILS = "grpc-status-details-bin"


class ServiceClient:
    """Blocking stubs over one channel."""

    def __init__(self, channel: grpc.Channel) -> None:
        self.documents = DocumentServiceStub(channel)
        self.matches = MatchServiceStub(channel)
        self.inquiries = InquiryServiceStub(channel)
        self.screenings = ScreeningServiceStub(channel)
        self.assignments = AssignmentServiceStub(channel)
        self.decisions = DecisionServiceStub(channel)
        self.taxonomy = TaxonomyServiceStub(channel)
        self.models = ModelServiceStub(channel)
        self.credentials = CredentialServiceStub(channel)
        self.plans = PlanServiceStub(channel)
        self.coverage = CoverageServiceStub(channel)
        self.status = StatusServiceStub(channel)


@contextmanager
def connect(address: str) -> Iterator[ServiceClient]:
    """A client of the service at `host:port`; nothing is sent before the first call."""
    options = [
        ("grpc.max_receive_message_length", MAX_MESSAGE_BYTES),
        ("grpc.max_send_message_length", MAX_MESSAGE_BYTES),
    ]
    with grpc.insecure_channel(address, options=options) as channel:
        yield ServiceClient(channel)


def status_of_call(error: grpc.RpcError) -> Status:
    """The google.rpc.Status of a failed call; without details when the server sent none."""
    trailer: Any = error.trailing_metadata() or ()  # the type stubs take it for one pair
    for key, value in trailer:
        if key == STATUS_DETAILS:
            return Status.FromString(value)
    return Status(code=error.code().value[0], message=error.details() or "")


def error_info(status: Status) -> ErrorInfo:
    """The ErrorInfo of a status; an empty one when there is none."""
    info = ErrorInfo()
    for detail in status.details:
        if detail.Is(ErrorInfo.DESCRIPTOR):
            detail.Unpack(info)
    return info


def field_violations(status: Status) -> list[tuple[str, str]]:
    """(field, description) of each broken rule."""
    request = BadRequest()
    for detail in status.details:
        if detail.Is(BadRequest.DESCRIPTOR):
            detail.Unpack(request)
    return [(v.field, v.description) for v in request.field_violations]


def one_line(status: Status) -> str:
    """An error for a person: message, reason, and the limit where one was broken."""
    info = error_info(status)
    limit = f", limit: {info.metadata['limit']}" if info.metadata.get("limit") else ""
    return f"{status.message} [{info.reason or status.code}{limit}]"
