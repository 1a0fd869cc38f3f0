"""Errors → gRPC status. Each error class is mapped once, here; everything else is INTERNAL with a fixed text.

Enters: exceptions. Leaves: google.rpc.Status with ErrorInfo, field violations, retry delay and the request id. No exception
text of others and no document text leaves the process.
"""

from __future__ import annotations

import grpc
from google.protobuf.any_pb2 import Any
from google.protobuf.message import Message
from google.rpc.error_details_pb2 import BadRequest, ErrorInfo, RequestInfo, RetryInfo
from google.rpc.status_pb2 import Status

from matcher.errors import (
    DeadlineExceeded,
    EmptyCohort,
    IndexModelMismatch,
    IndexNotReady,
    InvalidConfig,
    InvalidDocument,
    InvalidFilter,
    InvalidPageToken,
    InvalidRequest,
    InvalidTaxonomy,
    MatcherError,
    ModelSwapRefused,
    Overloaded,
    ReplayRefused,
    ResourceExists,
    ResourceNotFound,
    ShuttingDown,
    TaxonomyUpgradeRefused,
)

DOMAIN = "skillmatch"
NOT_READY_RETRY_S = 2.0

CODE_BY_ERROR: dict[type[MatcherError], grpc.StatusCode] = {
    InvalidDocument: grpc.StatusCode.INVALID_ARGUMENT,
    InvalidRequest: grpc.StatusCode.INVALID_ARGUMENT,
    InvalidFilter: grpc.StatusCode.INVALID_ARGUMENT,
    InvalidPageToken: grpc.StatusCode.INVALID_ARGUMENT,
    ResourceNotFound: grpc.StatusCode.NOT_FOUND,
    ResourceExists: grpc.StatusCode.ALREADY_EXISTS,
    EmptyCohort: grpc.StatusCode.FAILED_PRECONDITION,
    IndexModelMismatch: grpc.StatusCode.FAILED_PRECONDITION,
    ModelSwapRefused: grpc.StatusCode.FAILED_PRECONDITION,
    TaxonomyUpgradeRefused: grpc.StatusCode.FAILED_PRECONDITION,
    ReplayRefused: grpc.StatusCode.FAILED_PRECONDITION,
    IndexNotReady: grpc.StatusCode.UNAVAILABLE,
    ShuttingDown: grpc.StatusCode.UNAVAILABLE,
    Overloaded: grpc.StatusCode.RESOURCE_EXHAUSTED,
    DeadlineExceeded: grpc.StatusCode.DEADLINE_EXCEEDED,
    # raised at start-up only; a call never sees them, but no member of the family is without a row
    InvalidConfig: grpc.StatusCode.FAILED_PRECONDITION,
    InvalidTaxonomy: grpc.StatusCode.FAILED_PRECONDITION,
}


def status_of(error: BaseException, request_id: str) -> Status:
    """The wire form of an error."""
    if not isinstance(error, MatcherError):
        return _status(
            grpc.StatusCode.INTERNAL,
            f"internal error; quote request id {request_id} when reporting it",
            [ErrorInfo(reason="INTERNAL", domain=DOMAIN), RequestInfo(request_id=request_id)],
        )
    metadata = dict(error.metadata)
    if error.field:
        metadata["field"] = error.field
    if error.limit:
        metadata["limit"] = error.limit
    details: list[Message] = [ErrorInfo(reason=error.code, domain=DOMAIN, metadata=metadata)]
    if error.violations:
        details.append(
            BadRequest(
                field_violations=[BadRequest.FieldViolation(field=f, description=d) for f, d in error.violations]
            )
        )
    if (delay := _retry_delay_s(error)) is not None:
        retry = RetryInfo()
        retry.retry_delay.FromNanoseconds(int(delay * 1e9))
        details.append(retry)
    details.append(RequestInfo(request_id=request_id))
    return _status(CODE_BY_ERROR[type(error)], error.message, details)


def _retry_delay_s(error: MatcherError) -> float | None:
    if isinstance(error, Overloaded):
        return error.retry_delay_s
    return NOT_READY_RETRY_S if isinstance(error, IndexNotReady | ShuttingDown) else None


def _status(code: grpc.StatusCode, message: str, details: list[Message]) -> Status:
    status = Status(code=code.value[0], message=message)
    for detail in details:
        packed = Any()
        packed.Pack(detail)
        status.details.append(packed)
    return status
