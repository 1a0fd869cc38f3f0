"""Match processes beside the service: the same answers, every acknowledged write seen, and nothing lost when one dies."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import grpc
import pytest

from matcher._gen.skillmatch.v1 import decision_pb2 as dec
from matcher._gen.skillmatch.v1 import document_pb2 as doc
from matcher._gen.skillmatch.v1 import match_pb2 as pb
from matcher.config import ServerConfig, Settings
from matcher.engine import Engine
from matcher.serve.client import ServiceClient, connect
from matcher.store.store import StoreConfig
from tests.rpc.running import running_server

N_PROCESSES = 2
POSTING = "postings/water-lab-analyst-zh-01"


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory, corpus: dict[str, str]) -> Iterator[ServiceClient]:
    """A service with two match processes over the water documents of the demo corpus."""
    settings = Settings(
        store=StoreConfig(path=tmp_path_factory.mktemp("beside") / "skillmatch.db"),
        server=ServerConfig(port=0, match_processes=N_PROCESSES),
    )
    with running_server(Engine(settings), settings.server) as address, connect(address) as client:
        items = (
            doc.ImportDocumentsRequest(document=doc.Document(name=n, text=t))
            for n, t in corpus.items()
            if "water" in n or "lab" in n
        )
        assert all(not r.HasField("error") for r in client.documents.ImportDocuments(items))
        yield client


def children() -> list[int]:
    """Match processes of this test process."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((path / "stat").read_text().rsplit(")", 1)[1].split()[1])
            command = (path / "cmdline").read_bytes()
        except OSError:
            continue
        if parent == os.getpid() and b"matcher.serve.match_process" in command:
            found.append(int(path.name))
    return found


def match(client: ServiceClient, name: str = POSTING, kind: doc.Kind = doc.KIND_CANDIDATE) -> pb.MatchResponse:
    response: pb.MatchResponse = client.matches.Match(pb.MatchRequest(query=pb.Query(name=name), target_kind=kind))
    return response


def plain(response: pb.MatchResponse) -> pb.MatchResponse:
    """Without the name of the record, which is new each time."""
    copy = pb.MatchResponse()
    copy.CopyFrom(response)
    copy.decision = ""
    return copy


def test_the_processes_answer_what_the_service_itself_answers(
    beside: ServiceClient, tmp_path: Path, corpus: dict[str, str]
) -> None:
    assert len(children()) == N_PROCESSES
    from_processes = [plain(match(beside)) for _ in range(2 * N_PROCESSES)]
    engine = Engine(Settings(store=StoreConfig(path=tmp_path / "alone.db")))
    with running_server(engine, ServerConfig(port=0)) as address, connect(address) as alone:
        items = [
            doc.ImportDocumentsRequest(document=doc.Document(name=n, text=t))
            for n, t in corpus.items()
            if "water" in n or "lab" in n
        ]
        list(alone.documents.ImportDocuments(iter(items)))
        expected = plain(match(alone))
    assert expected.matches
    assert from_processes == [expected] * len(from_processes)


def test_an_acknowledged_write_is_in_the_next_match_of_every_process(
    beside: ServiceClient, corpus: dict[str, str]
) -> None:
    text = corpus["candidates/water-lab-graduate-zh-01"].replace("2022", "2021")
    for turn in range(3):
        name = f"candidates/twin-{turn}"
        document = doc.Document(name=name, text=f"{text}\n补充 {turn}")
        beside.documents.UpsertDocument(doc.UpsertDocumentRequest(document=document))
        answers = [{m.name for m in match(beside).matches} for _ in range(2 * N_PROCESSES)]
        assert all(name in names for names in answers)
        beside.documents.DeleteDocument(doc.DeleteDocumentRequest(name=name))
        answers = [{m.name for m in match(beside).matches} for _ in range(2 * N_PROCESSES)]
        assert all(name not in names for names in answers)


def test_errors_come_through_with_their_reason(beside: ServiceClient) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        match(beside, "postings/there-is-none")
    assert caught.value.code() is grpc.StatusCode.NOT_FOUND
    request = pb.MatchRequest(query=pb.Query(name=POSTING), target_kind=doc.KIND_COURSE, filter="hours <<< 3")
    with pytest.raises(grpc.RpcError) as caught:
        beside.matches.Match(request)
    assert caught.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    (answer,) = beside.matches.BatchMatch(pb.BatchMatchRequest(requests=[request]))
    assert answer.error.code == grpc.StatusCode.INVALID_ARGUMENT.value[0]


def test_a_decision_made_in_a_process_can_be_read_at_once(beside: ServiceClient) -> None:
    for _ in range(2 * N_PROCESSES):
        name = match(beside).decision
        found = beside.decisions.GetDecision(dec.GetDecisionRequest(name=name))
        assert found.decision.name == name


def test_inline_queries_and_explain_and_batches_are_answered(beside: ServiceClient, corpus: dict[str, str]) -> None:
    inline = pb.Query(document=doc.Document(kind=doc.KIND_POSTING, text=corpus[POSTING]))
    request = pb.MatchRequest(query=inline, target_kind=doc.KIND_CANDIDATE, page_size=3)
    best = beside.matches.Match(request).matches[0]
    assert best.name == match(beside).matches[0].name
    (batched,) = beside.matches.BatchMatch(pb.BatchMatchRequest(requests=[request]))
    assert batched.response.matches[0] == best
    explained = beside.matches.Explain(pb.ExplainRequest(query=inline, target=pb.Query(name=best.name)))
    assert explained.match.score == pytest.approx(best.score, abs=1e-9)


def test_a_killed_process_costs_no_answer_and_is_replaced(beside: ServiceClient) -> None:
    before = children()
    for victim in before:
        os.kill(victim, signal.SIGKILL)
    assert all(match(beside).matches for _ in range(2 * N_PROCESSES))
    until = time.monotonic() + 120
    while not (len(now := children()) == N_PROCESSES and not set(now) & set(before)):
        assert time.monotonic() < until
        assert match(beside).matches
        time.sleep(0.1)
    assert match(beside).matches
