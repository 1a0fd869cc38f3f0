"""Calls over the wire share forward passes, and a call that waits for the model holds up no other."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import grpc
import pytest

from matcher._gen.skillmatch.v1 import document_pb2 as doc
from matcher._gen.skillmatch.v1 import match_pb2 as pb
from matcher._gen.skillmatch.v1 import status_pb2 as st
from matcher.config import ServerConfig, Settings
from matcher.embed.batching import BatchingEncoder
from matcher.engine import Engine
from matcher.serve.client import ServiceClient, connect, error_info
from matcher.store.store import StoreConfig
from tests.rpc.messages import import_all, item, match_request, refusal
from tests.rpc.running import running_server
from tests.unit.embed.gated_encoder import GatedEncoder

N_CALLS = 8
QUEUE_TEXTS = 24
MORE_THAN_FIT = QUEUE_TEXTS


@pytest.fixture
def gated() -> GatedEncoder:
    return GatedEncoder()


@pytest.fixture
def client(gated: GatedEncoder, tmp_path: Path) -> Iterator[ServiceClient]:
    """A service with one reading turn whose model is behind a gate."""
    batching = BatchingEncoder(gated, batch_texts=64, batch_tokens=100_000, queue_texts=QUEUE_TEXTS)
    engine = Engine(Settings(store=StoreConfig(path=tmp_path / "skillmatch.db")), batching)
    with running_server(engine, ServerConfig(port=0, workers=1)) as address:
        with connect(address) as connected:
            yield connected
        gated.let_through()


def inline(n: int) -> pb.MatchRequest:
    """A query whose texts, its title and its body, tell which query they are of."""
    return match_request(doc.Document(kind=doc.KIND_CANDIDATE, text=f"第{n}份：水质"), doc.KIND_POSTING)


def queries_of(gated: GatedEncoder) -> list[list[str]]:
    """Queries in each pass."""
    return [sorted({text for text in call if "水质" in text}) for call in gated.calls]


def test_calls_at_the_same_time_share_a_pass_though_one_thread_answers(
    client: ServiceClient, gated: GatedEncoder
) -> None:
    first = client.matches.Match.future(inline(0))
    gated.wait_for_pass()
    others = [client.matches.Match.future(inline(n)) for n in range(1, N_CALLS)]
    # answered while all the others wait for the model: they have lent the only turn
    for _ in range(50):
        assert client.status.GetStatus(st.GetStatusRequest(), timeout=10).dimension == GatedEncoder.dimension
    gated.let_through()
    assert all(call.result(20).versions.model == "letters@1" for call in [first, *others])
    passes = queries_of(gated)
    assert len({query for p in passes for query in p}) == N_CALLS
    assert len(passes) <= 3
    assert max(len(p) for p in passes) >= N_CALLS - 2


def test_a_call_whose_deadline_passes_while_it_waits_costs_no_pass(client: ServiceClient, gated: GatedEncoder) -> None:
    first = client.matches.Match.future(inline(0))
    gated.wait_for_pass()
    late = client.matches.Match.future(inline(1), timeout=0.3)
    assert late.code() is grpc.StatusCode.DEADLINE_EXCEEDED
    gated.let_through()
    assert first.result(20).filtered_size == 0
    assert client.matches.Match(inline(2)).filtered_size == 0
    assert [p for p in queries_of(gated) if p] == [["第0份：水质"], ["第2份：水质"]]


def test_a_full_queue_of_the_model_is_overload(client: ServiceClient, gated: GatedEncoder) -> None:
    with ThreadPoolExecutor(MORE_THAN_FIT) as callers:
        held = [callers.submit(client.matches.Match, inline(0))]
        gated.wait_for_pass()
        held += [callers.submit(client.matches.Match, inline(n)) for n in range(1, MORE_THAN_FIT)]
        refused: list[grpc.RpcError] = []
        while not refused:
            refused = [f.exception() for f in held if f.done() and f.exception()]
        gated.let_through()
    with pytest.raises(grpc.RpcError) as error:
        raise refused[0]
    assert error.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
    assert error_info(refusal(error)).reason == "OVERLOADED"


def test_an_import_and_a_query_at_the_same_time_are_both_answered(client: ServiceClient, gated: GatedEncoder) -> None:
    gated.let_through()
    with ThreadPoolExecutor(2) as callers:
        importing = callers.submit(
            import_all, client, *[item(f"postings/p{n}", f"水质化验员\n第{n}份：水质分析") for n in range(200)]
        )
        replies = [client.matches.Match(inline(n)) for n in range(20)]
        outcomes = [r.outcome for r in importing.result(60)]
    assert outcomes == [doc.WRITE_OUTCOME_CREATED] * 200
    assert all(reply.versions.model == "letters@1" for reply in replies)
    assert client.matches.Match(inline(0)).filtered_size == 200
