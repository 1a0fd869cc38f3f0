"""Health, reflection, deadlines, limits, overload and unexpected faults: what every call passes through."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.rpc.error_details_pb2 import RequestInfo, RetryInfo
from google.rpc.status_pb2 import Status as RpcStatus
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc
from structlog.testing import capture_logs

from matcher import errors
from matcher._gen.skillmatch.v1 import document_pb2 as doc
from matcher._gen.skillmatch.v1 import match_pb2 as pb
from matcher._gen.skillmatch.v1 import status_pb2 as st
from matcher.config import ServerConfig, Settings
from matcher.domain.document import Kind
from matcher.engine import Engine
from matcher.serve.client import ServiceClient, connect, error_info
from matcher.serve.status import CODE_BY_ERROR, status_of
from matcher.store.store import StoreConfig
from tests.rpc.messages import import_all, item, match, match_request, refusal
from tests.rpc.running import running_server

SERVICES = {f"skillmatch.v1.{name}Service" for name in ("Document", "Match", "Taxonomy", "Status")}
SECRET = "王小明 13800001234"  # noqa: S105  (no password: what an exception's text might quote)


class StandIn:
    """Stands where the engine stands: `get` waits until it is let go, or raises what it is given."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.let_go = threading.Event()
        self.entered = threading.Semaphore(0)

    def get(self, _name: str) -> Any:
        self.entered.release()
        if self.error is not None:
            raise self.error
        self.let_go.wait(20)
        raise errors.ResourceNotFound("gone", field="name")

    def match(self, _query: object, _caller: str) -> Any:
        return self.get("")

    def import_documents(self, _items: object, _seen: object) -> Any:
        return self.get("")

    def end_background_work(self) -> None:
        pass

    def close(self) -> None:
        self.let_go.set()


@contextlib.contextmanager
def served(stand_in: StandIn, **config: Any) -> Iterator[ServiceClient]:
    with running_server(stand_in, ServerConfig(port=0, drain_s=0.0, **config), load=False) as address:
        with connect(address) as client:
            yield client
        stand_in.let_go.set()


def get_one(client: ServiceClient, **options: Any) -> Any:
    return client.documents.GetDocument(doc.GetDocumentRequest(name="postings/some"), **options)


def detail(status: RpcStatus, kind: Any) -> Any:
    found = [d for d in status.details if d.Is(kind.DESCRIPTOR)]
    message = kind()
    found[0].Unpack(message)
    return message


# --- health, reflection, status ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("service", ["", *sorted(SERVICES)])
def test_health_is_serving_once_loaded(client: ServiceClient, channel: grpc.Channel, service: str) -> None:
    reply = health_pb2_grpc.HealthStub(channel).Check(health_pb2.HealthCheckRequest(service=service))
    assert reply.status == health_pb2.HealthCheckResponse.SERVING


def test_before_loading_health_says_not_serving_and_matches_are_unavailable_with_a_delay(
    engine: Engine, tmp_path: Path
) -> None:
    unloaded = Engine(Settings(store=StoreConfig(path=tmp_path / "empty.db")), engine.encoder)
    with running_server(unloaded, ServerConfig(port=0), load=False) as address:
        with grpc.insecure_channel(address) as channel:
            reply = health_pb2_grpc.HealthStub(channel).Check(health_pb2.HealthCheckRequest())
            assert reply.status == health_pb2.HealthCheckResponse.NOT_SERVING
        with connect(address) as client, pytest.raises(grpc.RpcError) as error:
            client.documents.ListDocuments(doc.ListDocumentsRequest(kind=doc.KIND_COURSE))
    status = refusal(error)
    assert (error.value.code(), error_info(status).reason) == (grpc.StatusCode.UNAVAILABLE, "INDEX_NOT_READY")
    assert detail(status, RetryInfo).retry_delay.seconds > 0


def test_reflection_lists_our_services_and_describes_their_methods(
    client: ServiceClient, channel: grpc.Channel
) -> None:
    stub = reflection_pb2_grpc.ServerReflectionStub(channel)
    asked = [
        reflection_pb2.ServerReflectionRequest(list_services=""),
        reflection_pb2.ServerReflectionRequest(file_containing_symbol="skillmatch.v1.MatchService"),
    ]
    listed, described = stub.ServerReflectionInfo(iter(asked))
    names = {s.name for s in listed.list_services_response.service}
    assert names >= SERVICES | {"grpc.health.v1.Health"}
    assert b"BatchMatch" in described.file_descriptor_response.file_descriptor_proto[0]


def test_status_counts_what_is_stored(client: ServiceClient, corpus: dict[str, str]) -> None:
    reply = client.status.GetStatus(st.GetStatusRequest())
    counts = {k.kind: k.document_count for k in reply.kinds}
    for kind, number in ((Kind.CANDIDATE, doc.KIND_CANDIDATE), (Kind.COURSE, doc.KIND_COURSE)):
        assert counts[number] == sum(n.startswith(kind.collection) for n in corpus)
    assert (reply.dimension, reply.skill_count > 600) == (256, True)
    assert all("flat" in k.index for k in reply.kinds)
    assert reply.resident_bytes > 50 * 2**20
    assert reply.uptime_s > 0


# --- deadlines, limits, overload ---------------------------------------------------------------------------------------


def test_the_callers_deadline_is_kept() -> None:
    with served(StandIn()) as client:
        started = time.monotonic()
        with pytest.raises(grpc.RpcError) as error:
            get_one(client, timeout=0.2)
        assert error.value.code() is grpc.StatusCode.DEADLINE_EXCEEDED
        assert time.monotonic() - started < 5


def test_a_call_without_a_deadline_gets_the_servers() -> None:
    with served(StandIn(), default_deadline_s=0.2) as client, pytest.raises(grpc.RpcError) as error:
        get_one(client)
    status = refusal(error)
    assert (error.value.code(), error_info(status).reason) == (
        grpc.StatusCode.DEADLINE_EXCEEDED,
        "DEADLINE_EXCEEDED",
    )


def test_a_stream_without_a_deadline_gets_the_servers() -> None:
    with served(StandIn(), stream_deadline_s=0.2) as client:
        for call in (
            lambda: list(
                client.matches.BatchMatch(
                    pb.BatchMatchRequest(requests=[match_request("postings/a", doc.KIND_CANDIDATE)])
                )
            ),
            lambda: import_all(client, item("postings/a", "x")),
        ):
            with pytest.raises(grpc.RpcError) as error:
                call()
            assert error_info(refusal(error)).reason == "DEADLINE_EXCEEDED"


def test_a_callers_longer_deadline_wins_over_the_servers_default() -> None:
    stand_in = StandIn()
    with served(stand_in, default_deadline_s=0.2) as client:
        threading.Timer(0.6, stand_in.let_go.set).start()
        with pytest.raises(grpc.RpcError) as error:
            get_one(client, timeout=10)
    assert error.value.code() is grpc.StatusCode.NOT_FOUND


def test_a_message_above_the_size_limit_is_refused(client: ServiceClient) -> None:
    with pytest.raises(grpc.RpcError) as error:
        match(client, doc.Document(kind=doc.KIND_POSTING, content=b"a" * (13 * 2**20)), doc.KIND_CANDIDATE)
    assert error.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED


def test_overload_is_refused_at_once_with_a_delay_and_passes() -> None:
    stand_in = StandIn()
    with served(stand_in, workers=1, max_queued=1) as client:
        request = doc.GetDocumentRequest(name="postings/some")
        held = [client.documents.GetDocument.future(request) for _ in range(2)]
        assert stand_in.entered.acquire(timeout=10)
        refused = None
        for _ in range(50):  # the second held call may reach the queue a moment later
            with pytest.raises(grpc.RpcError) as error:
                get_one(client, timeout=0.2)
            if error.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED:
                refused = refusal(error)
                break
        assert refused is not None
        assert error_info(refused).reason == "OVERLOADED"
        assert detail(refused, RetryInfo).retry_delay.ToNanoseconds() == 1_000_000_000
        stand_in.let_go.set()
        assert [call.code() for call in held] == [grpc.StatusCode.NOT_FOUND] * 2
        with pytest.raises(grpc.RpcError) as error:
            get_one(client, timeout=5)
        assert error.value.code() is grpc.StatusCode.NOT_FOUND


# --- errors ------------------------------------------------------------------------------------------------------------


def family(base: type[errors.MatcherError]) -> set[type[errors.MatcherError]]:
    return {base, *(found for sub in base.__subclasses__() for found in family(sub))}


def test_every_error_of_the_family_has_a_status() -> None:
    assert set(CODE_BY_ERROR) == family(errors.MatcherError) - {errors.MatcherError}
    assert grpc.StatusCode.INTERNAL not in CODE_BY_ERROR.values()


@pytest.mark.parametrize("error_type", CODE_BY_ERROR, ids=lambda t: t.__name__)
def test_an_error_raised_in_a_call_arrives_with_its_code_and_reason(error_type: type[errors.MatcherError]) -> None:
    options: dict[str, Any] = {"position": 3} if error_type is errors.InvalidFilter else {}
    with served(StandIn(error_type("what is wrong", **options))) as client, pytest.raises(grpc.RpcError) as error:
        get_one(client)
    status = refusal(error)
    assert error.value.code() is CODE_BY_ERROR[error_type]
    assert error_info(status).reason == error_type.reason
    assert len(detail(status, RequestInfo).request_id) == 32


@pytest.mark.parametrize("raised", [ValueError(SECRET), KeyError(SECRET), RuntimeError(SECRET)])
def test_an_unexpected_fault_is_internal_and_its_text_leaves_the_process_nowhere(
    raised: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with capture_logs() as lines, served(StandIn(raised)) as client:
        for call in (
            lambda: get_one(client),
            lambda: list(
                client.matches.BatchMatch(
                    pb.BatchMatchRequest(requests=[match_request("postings/a", doc.KIND_CANDIDATE)])
                )
            ),
            lambda: import_all(client, item("postings/a", SECRET)),
        ):
            with pytest.raises(grpc.RpcError) as error:
                call()
            status = refusal(error)
            assert error.value.code() is grpc.StatusCode.INTERNAL
            request_id = detail(status, RequestInfo).request_id
            assert status.message == f"internal error; quote request id {request_id} when reporting it"
            told = str(error.value) + status.SerializeToString().decode("utf-8", "replace")
            assert "王小明" not in told
            assert "13800001234" not in told
            (line,) = [entry for entry in lines if entry.get("request_id") == request_id]
            assert (line["event"], line["error"]) == ("call_failed", type(raised).__name__)
            assert "test_edge.py" in line["at"]
    logged = repr(lines) + caplog.text
    assert "王小明" not in logged
    assert "13800001234" not in logged


def test_an_internal_status_never_holds_the_exceptions_text() -> None:
    status = status_of(ValueError(SECRET), "id-1")
    assert SECRET not in str(status)
    assert status.code == grpc.StatusCode.INTERNAL.value[0]


def test_each_call_leaves_one_log_line_without_anything_of_the_request(client: ServiceClient) -> None:
    with capture_logs() as lines:
        match(client, doc.Document(kind=doc.KIND_POSTING, text="独特词语甲 熟练掌握Python"), doc.KIND_CANDIDATE)
        with pytest.raises(grpc.RpcError):
            match(client, "postings/secret-name-in-request", doc.KIND_CANDIDATE)
    assert [(entry["method"], entry["code"]) for entry in lines] == [
        ("/skillmatch.v1.MatchService/Match", "OK"),
        ("/skillmatch.v1.MatchService/Match", "NOT_FOUND"),
    ]
    assert "独特词语甲" not in repr(lines)
    assert "secret-name" not in repr(lines)
    assert all(entry["duration_ms"] >= 0 for entry in lines)
