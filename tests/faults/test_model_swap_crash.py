"""kill -9 at every stage of a model swap: the next start has the old model or the new one, whole, and ends the swap."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import grpc
import pytest

from matcher._gen.skillmatch.v1 import document_pb2 as doc
from matcher._gen.skillmatch.v1 import match_pb2 as pb
from matcher._gen.skillmatch.v1 import model_pb2 as md
from matcher._gen.skillmatch.v1 import status_pb2 as st
from matcher.serve.client import ServiceClient, connect
from tests.faults.process import REPOSITORY, Service
from tests.unit.embed.small_models import narrow_model

DEMO = REPOSITORY / "demo" / "corpus"
POSTING = "postings/water-lab-analyst-zh-01"
OLD, NEW = 256, 64
LIMIT_S = 60.0
# The process ends itself as by kill -9 when a method of the class is called for the nth time: before it, or after it.
CRASH = """
import os, signal
from matcher.{module} import {of} as crashing
whole, calls = crashing.{method}, []
def crash(self, *a, **k):
    calls.append(1)
    if len(calls) < {n}:
        return whole(self, *a, **k)
    if not {before}:
        whole(self, *a, **k)
    os.kill(os.getpid(), signal.SIGKILL)
crashing.{method} = crash
"""


@dataclass(frozen=True)
class Moment:
    """Where the process is killed, and which model is in force at the next start before the swap goes on."""

    module: str
    of: str
    method: str
    n: int
    before: bool
    in_force: int


MOMENTS = {
    "while documents are embedded": Moment("store.reembedding", "Reembedding", "put", 4, True, OLD),
    "when all are embedded and the index is filled": Moment("working_set", "WorkingSet", "catch_up", 1, True, OLD),
    "before the switch is committed": Moment("store.reembedding", "Reembedding", "switch", 1, True, OLD),
    "after the switch is committed, before memory has it": Moment("in_force", "Present", "replace", 1, True, NEW),
    "while the old vectors are dropped": Moment("store.reembedding", "Reembedding", "drop_unused", 2, False, NEW),
}


@pytest.fixture(scope="module")
def narrow(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return narrow_model(tmp_path_factory.mktemp("models") / "narrow")


def answer(client: ServiceClient) -> list[tuple[str, float]]:
    request = pb.MatchRequest(query=pb.Query(name=POSTING), target_kind=doc.KIND_CANDIDATE, page_size=20)
    return [(m.name, round(m.score, 6)) for m in client.matches.Match(request).matches]


def status(client: ServiceClient) -> st.GetStatusResponse:
    found: st.GetStatusResponse = client.status.GetStatus(st.GetStatusRequest())
    return found


def swap_to(client: ServiceClient, model: Path) -> list[md.ModelSwap]:
    return [r.swap for r in client.models.SwapModel(md.SwapModelRequest(model=str(model)), timeout=LIMIT_S)]


@dataclass(frozen=True)
class World:
    """A store with the demo corpus, and what each model answers on it."""

    store: Path
    answers: dict[int, list[tuple[str, float]]]


@pytest.fixture(scope="module")
def world(narrow: Path, tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("world")
    store, swapped = folder / "skillmatch.db", folder / "swapped.db"
    service = Service(store)
    with connect(service.address) as client:
        items = (
            doc.ImportDocumentsRequest(
                document=doc.Document(name=f"{p.parent.name}/{p.stem}", text=p.read_text(encoding="utf-8"))
            )
            for p in sorted(DEMO.glob("*/*.txt"))
        )
        assert not any(r.HasField("error") for r in client.documents.ImportDocuments(items))
        answers = {OLD: answer(client)}
    service.signal(15)
    assert service.wait() == 0
    shutil.copy(store, swapped)
    service = Service(swapped)
    with connect(service.address) as client:
        assert swap_to(client, narrow)[-1].phase == md.SWAP_PHASE_DONE
        answers[NEW] = answer(client)
    service.kill()
    assert answers[OLD] != answers[NEW]
    return World(store, answers)


@pytest.fixture
def started() -> Iterator[Callable[..., Service]]:
    """Starts services; those that a failing test leaves running are ended after it."""
    services: list[Service] = []

    def start(store: Path, before: str = "") -> Service:
        services.append(Service(store, before=before))
        return services[-1]

    yield start
    for service in services:
        service.kill()


@pytest.mark.parametrize("moment", MOMENTS.values(), ids=MOMENTS)
def test_a_kill_leaves_one_model_whole_and_the_swap_ends_after_the_restart(
    world: World, narrow: Path, tmp_path: Path, moment: Moment, started: Callable[..., Service]
) -> None:
    store = tmp_path / "skillmatch.db"
    shutil.copy(world.store, store)
    service = started(store, CRASH.format(**vars(moment)))
    with connect(service.address) as client, pytest.raises(grpc.RpcError):
        swap_to(client, narrow)
    assert service.wait() == -9

    # started so that a swap cannot go on: what does the crash itself leave?
    service = started(store, "from matcher.model_swap import ModelSwap; ModelSwap.resume = lambda self: None")
    with connect(service.address) as client:
        assert status(client).dimension == moment.in_force
        assert answer(client) == world.answers[moment.in_force]
    service.kill()

    service = started(store)
    with connect(service.address) as client:
        ends = time.monotonic() + LIMIT_S
        while status(client).dimension != NEW or status(client).model_swap.phase not in {
            md.SWAP_PHASE_UNSPECIFIED,
            md.SWAP_PHASE_DONE,
        }:
            assert time.monotonic() < ends, status(client).model_swap
            assert answer(client) in world.answers.values(), "an answer is of one model, never of both"
        assert answer(client) == world.answers[NEW]
    service.signal(15)
    assert service.wait() == 0
    assert rows(store) == {"vectors": 0, "vectors_second": 294, "reembedded": 0}


def rows(store: Path) -> dict[str, int]:
    """Rows of the tables of vectors."""
    connection = sqlite3.connect(store)
    counts = {
        table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608  (our own names)
        for table in ("vectors", "vectors_second", "reembedded")
    }
    connection.close()
    return counts


def test_a_document_deleted_during_a_swap_leaves_no_vector_in_either_set(
    world: World, narrow: Path, tmp_path: Path, started: Callable[..., Service]
) -> None:
    store = tmp_path / "skillmatch.db"
    shutil.copy(world.store, store)
    crash = Moment("store.reembedding", "Reembedding", "put", 9, True, OLD)
    service = started(store, CRASH.format(**vars(crash)))
    with connect(service.address) as client, pytest.raises(grpc.RpcError):
        swap_to(client, narrow)
    service.wait()
    service = started(store, "from matcher.model_swap import ModelSwap; ModelSwap.resume = lambda self: None")
    with connect(service.address) as client:
        client.documents.DeleteDocument(doc.DeleteDocumentRequest(name=POSTING))
    service.kill()
    assert rows(store)["vectors"] == 293
    connection = sqlite3.connect(store)
    for table in ("vectors", "vectors_second", "reembedded", "truncations"):
        left = connection.execute(
            f"SELECT count(*) FROM {table} WHERE row_id NOT IN (SELECT row_id FROM documents)"  # noqa: S608
        ).fetchone()[0]
        assert (table, left) == (table, 0)
    connection.close()
