"""A model swap over the wire and from the command line: watched, joined, refused, cancelled, told in the status."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import grpc
import pytest
from typer.testing import CliRunner

from matcher._gen.skillmatch.v1 import document_pb2 as doc
from matcher._gen.skillmatch.v1 import model_pb2 as md
from matcher._gen.skillmatch.v1 import status_pb2 as st
from matcher.cli import app
from matcher.config import ServerConfig, Settings
from matcher.engine import Engine
from matcher.serve.client import ServiceClient, connect, error_info
from matcher.store.store import StoreConfig
from tests.rpc.messages import import_all, item, match, refusal
from tests.rpc.running import running_server
from tests.unit.embed.small_models import narrow_model

N = 70
WIDE = {"COLUMNS": "300", "TERM": "dumb"}


@pytest.fixture(scope="module")
def narrow(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return narrow_model(tmp_path_factory.mktemp("models") / "narrow")


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return Engine(Settings(store=StoreConfig(path=tmp_path / "skillmatch.db")))


@pytest.fixture
def address(engine: Engine) -> Iterator[str]:
    with running_server(engine, ServerConfig(port=0, drain_s=5.0)) as started:
        with connect(started) as client:
            import_all(client, *[item(f"postings/p{n}", f"水质化验员\n熟悉水质分析，第{n}份") for n in range(N)])
        yield started


@pytest.fixture
def client(address: str) -> Iterator[ServiceClient]:
    with connect(address) as connected:
        yield connected


@pytest.fixture
def held(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """The next swap stops before its second batch until this is set."""
    let_go, put, calls = threading.Event(), engine.store.reembedding.put, list[int]()

    def put_held(items: Any) -> None:
        calls.append(len(items))
        if len(calls) == 2:
            assert let_go.wait(30)
        put(items)

    monkeypatch.setattr(engine.store.reembedding, "put", put_held)
    return let_go


def swap(client: ServiceClient, model: Path | str) -> Any:
    return client.models.SwapModel(md.SwapModelRequest(model=str(model)), timeout=60)


def status(client: ServiceClient) -> st.GetStatusResponse:
    found: st.GetStatusResponse = client.status.GetStatus(st.GetStatusRequest())
    return found


def until_embedding(stream: Any) -> md.ModelSwap:
    """The first progress in which documents are being embedded."""
    found: md.ModelSwap = next(r.swap for r in stream if r.swap.phase == md.SWAP_PHASE_EMBEDDING)
    return found


def test_a_swap_is_watched_to_its_end_and_the_new_model_answers(client: ServiceClient, narrow: Path) -> None:
    assert not status(client).HasField("model_swap")
    seen = [r.swap for r in swap(client, narrow)]
    phases = [s.phase for s in seen]
    assert phases == sorted(phases)
    last = seen[-1]
    assert (last.phase, last.embedded_count, last.document_count) == (md.SWAP_PHASE_DONE, N, N)
    assert [(c.name, c.floor) for c in last.checks] == [
        ("zh-en", 0.8),
        ("en-zh", 0.8),
        ("zh-zh", 0.55),
        ("en-en", 0.65),
    ]
    assert all(c.floor <= c.precision_at_1 <= 1 for c in last.checks)
    now = status(client)
    assert (now.dimension, now.versions.model) == (64, last.model)
    assert now.model_swap.phase == md.SWAP_PHASE_DONE
    assert match(client, "postings/p1", doc.KIND_POSTING).versions.model == last.model


def test_while_it_runs_the_old_model_answers_another_is_refused_and_the_same_is_joined(
    client: ServiceClient, narrow: Path, held: threading.Event, tmp_path: Path
) -> None:
    first = swap(client, narrow)
    until_embedding(first)
    assert status(client).dimension == 256
    assert status(client).model_swap.model.startswith("narrow@")
    assert match(client, "postings/p1", doc.KIND_POSTING).versions.model.startswith("skillmatch-static-256@")
    with pytest.raises(grpc.RpcError) as error:
        list(swap(client, narrow_model(tmp_path / "other", 96)))
    info = error_info(refusal(error))
    assert error.value.code() is grpc.StatusCode.FAILED_PRECONDITION
    assert (info.reason, info.metadata["running_model"][:7]) == ("SWAP_RUNNING", "narrow@")
    joined = swap(client, narrow)
    assert next(joined).swap.phase == md.SWAP_PHASE_EMBEDDING
    first.cancel()  # who breaks off the watching does not break off the swap
    held.set()
    assert list(joined)[-1].swap.phase == md.SWAP_PHASE_DONE


@pytest.mark.parametrize(
    ("model", "code", "reason"),
    [
        ("skillmatch-statik-256", grpc.StatusCode.INVALID_ARGUMENT, "MODEL_UNUSABLE"),
        ("/no/such/folder", grpc.StatusCode.INVALID_ARGUMENT, "MODEL_UNUSABLE"),
        ("", grpc.StatusCode.INVALID_ARGUMENT, "INVALID_REQUEST"),
        ("skillmatch-static-256", grpc.StatusCode.FAILED_PRECONDITION, "MODEL_IN_FORCE"),
    ],
)
def test_what_cannot_be_swapped_to_is_refused(
    client: ServiceClient, model: str, code: grpc.StatusCode, reason: str
) -> None:
    with pytest.raises(grpc.RpcError) as error:
        list(swap(client, model))
    assert (error.value.code(), error_info(refusal(error)).reason) == (code, reason)
    assert not status(client).HasField("model_swap")


def test_a_model_below_a_floor_ends_the_stream_with_its_reason(client: ServiceClient, tmp_path: Path) -> None:
    with pytest.raises(grpc.RpcError) as error:
        list(swap(client, narrow_model(tmp_path / "useless", 4)))
    assert (error.value.code(), error_info(refusal(error)).reason) == (
        grpc.StatusCode.FAILED_PRECONDITION,
        "MODEL_BELOW_FLOOR",
    )
    told = status(client)
    assert (told.dimension, told.model_swap.phase) == (256, md.SWAP_PHASE_FAILED)
    assert "floor 0.80" in told.model_swap.error


def test_a_stop_of_the_service_does_not_wait_for_the_swap(
    engine: Engine, narrow: Path, held: threading.Event, tmp_path: Path
) -> None:
    phases: list[int] = []
    with ExitStack() as outliving:
        with running_server(engine, ServerConfig(port=0, drain_s=20.0)) as address:
            client = outliving.enter_context(connect(address))
            import_all(client, *[item(f"postings/p{n}", f"水质化验员\n第{n}份") for n in range(N)])
            stream = swap(client, narrow)
            until_embedding(stream)
            threading.Timer(0.3, held.set).start()
            watched = threading.Thread(target=lambda: phases.extend(r.swap.phase for r in stream))
            watched.start()
            started = time.monotonic()
        assert time.monotonic() - started < 10
        watched.join(10)
    assert phases[-1] == md.SWAP_PHASE_PAUSED
    again = Engine(Settings(store=StoreConfig(path=tmp_path / "skillmatch.db")))
    assert again.store.reembedding.progress()[0] >= 32
    again.close()


# --- the command line ----------------------------------------------------------------------------------------------


def run(address: str, *arguments: str) -> Any:
    return CliRunner(env=WIDE).invoke(app, ["reembed", *arguments, "--address", address])


def test_the_command_line_swaps_and_says_what_it_did(address: str, narrow: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(narrow.parent)
    result = run(address, "--to", "narrow")  # a folder, named from where the command runs
    assert result.exit_code == 0, result.output
    assert "self-check: zh-en 1.00 (floor 0.80), en-zh" in result.output
    assert f"done: {N} documents in" in result.output
    shown = CliRunner(env=WIDE).invoke(app, ["status", "--address", address]).output
    assert "64 dimensions" in shown
    assert f"done, {N} of {N} documents" in shown
    again = run(address, "--to", str(narrow))
    assert (again.exit_code, "is in force already [MODEL_IN_FORCE]" in again.output) == (1, True)


def test_the_command_line_cancels(client: ServiceClient, address: str, narrow: Path, held: threading.Event) -> None:
    nothing = run(address, "--cancel")
    assert (nothing.exit_code, "[NO_SWAP]" in nothing.output) == (1, True)
    stream = swap(client, narrow)
    until_embedding(stream)
    threading.Timer(0.3, held.set).start()
    result = run(address, "--cancel")
    assert result.exit_code == 0, result.output
    assert "cancelled" in result.output
    assert list(stream)[-1].swap.phase == md.SWAP_PHASE_CANCELLED
    assert status(client).dimension == 256


@pytest.mark.parametrize(
    "arguments", [("--to", "x", "--cancel"), ("--to", "x", "--store", "y"), ("--cancel", "--config", "z")]
)
def test_the_command_line_refuses_what_does_not_go_together(arguments: tuple[str, ...]) -> None:
    result = run("127.0.0.1:1", *arguments)
    assert result.exit_code == 2
    assert "one at a time" in " ".join(result.output.split())
