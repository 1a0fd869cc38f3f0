"""What survives: kill -9 during an import, SIGTERM, a restart from snapshots, a torn snapshot, another model.

One story of five starts of the real service is told once; each test reads its own part of it.
"""

from __future__ import annotations

import queue
import re
import signal
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import grpc
import pytest

from matcher._gen.skillmatch.v1 import document_pb2 as doc
from matcher._gen.skillmatch.v1 import match_pb2 as pb
from matcher._gen.skillmatch.v1 import status_pb2 as st
from matcher.config import Settings
from matcher.domain.document import Kind
from matcher.embed.encoder import EmbedConfig
from matcher.engine import Engine
from matcher.records import MatchQuery
from matcher.serve.client import ServiceClient, connect
from matcher.store.store import StoreConfig
from tests.faults.process import REPOSITORY, Service, run_matcher

DEMO = REPOSITORY / "demo" / "corpus"
KIND = {"candidates": doc.KIND_CANDIDATE, "postings": doc.KIND_POSTING, "courses": doc.KIND_COURSE}
POSTING = "postings/water-lab-analyst-zh-01"
BATCH = 64
CREATED, UNCHANGED = doc.WRITE_OUTCOME_CREATED, doc.WRITE_OUTCOME_UNCHANGED


def demo_items() -> dict[str, doc.ImportDocumentsRequest]:
    """The demo corpus, postings first, so that what the match asks for is among what survives."""
    files = sorted(DEMO.glob("*/*.txt"), key=lambda path: (path.parent.name != "postings", path))
    return {
        f"{path.parent.name}/{path.stem}": doc.ImportDocumentsRequest(
            document=doc.Document(name=f"{path.parent.name}/{path.stem}", text=path.read_text(encoding="utf-8"))
        )
        for path in files
    }


def match_reply(client: ServiceClient) -> pb.MatchResponse:
    request = pb.MatchRequest(query=pb.Query(name=POSTING), target_kind=doc.KIND_CANDIDATE, page_size=20)
    reply: pb.MatchResponse = client.matches.Match(request)
    reply.ClearField("decision")  # of each reply its own
    return reply


@dataclass
class Story:
    """What was seen on the way."""

    items: dict[str, doc.ImportDocumentsRequest]
    acknowledged: dict[str, int] = field(default_factory=dict)  # name → mentions, as answered before the kill
    status_after_kill: int = 0
    found: dict[str, doc.Document] = field(default_factory=dict)  # acknowledged documents after the restart
    matched: dict[str, pb.Match] = field(default_factory=dict)  # the same, found by a match
    second_import: dict[str, doc.ImportDocumentsResponse] = field(default_factory=dict)
    before: pb.MatchResponse | None = None
    during_drain: list[doc.ImportDocumentsResponse] = field(default_factory=list)
    drained_call: grpc.StatusCode | None = None
    new_call: grpc.StatusCode | None = None
    status_after_term: int | None = None
    from_snapshot: pb.MatchResponse | None = None
    snapshot_log: list[dict[str, object]] = field(default_factory=list)
    after_torn: pb.MatchResponse | None = None
    torn_log: list[dict[str, object]] = field(default_factory=list)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("faults") / "skillmatch.db"


@pytest.fixture(scope="module")
def story(store: Path) -> Iterator[Story]:
    told = Story(demo_items())
    with ExitStack() as running:

        def started() -> Service:
            service = Service(store)
            running.callback(service.kill)
            return service

        _kill_during_import(started(), told)
        _restart_and_drain(started(), told)
        _restart_from_snapshot(started(), told)
        for rows in (store.with_suffix(".index") / "candidates").glob("data-*/rows.npy"):
            content = rows.read_bytes()
            rows.write_bytes(content[: len(content) // 2])
        _restart_after_torn_snapshot(started(), told)
        yield told


def _kill_during_import(service: Service, told: Story) -> None:
    with connect(service.address) as client:
        call = client.documents.ImportDocuments(iter(told.items.values()))
        with pytest.raises(grpc.RpcError):  # noqa: PT012  (the stream is read until the kill breaks it)
            for response in call:
                told.acknowledged[response.name] = response.mention_count
                if len(told.acknowledged) == BATCH + 1:
                    # the second batch is committed, its results on their way; the third is being worked on
                    told.status_after_kill = service.kill()


def _restart_and_drain(service: Service, told: Story) -> None:
    with connect(service.address) as client:
        for name in told.acknowledged:
            told.found[name] = client.documents.GetDocument(doc.GetDocumentRequest(name=name)).document
            request = pb.MatchRequest(
                query=pb.Query(document=told.items[name].document),
                target_kind=KIND[name.partition("/")[0]],
                filter=f'id = "{name.partition("/")[2]}"',
                omit_evidence=True,
            )
            request.query.document.ClearField("name")
            request.query.document.kind = request.target_kind
            told.matched[name] = client.matches.Match(request).matches[0]
        responses = client.documents.ImportDocuments(iter(told.items.values()))
        told.second_import = {response.name: response for response in responses}
        told.before = match_reply(client)

        outgoing: queue.Queue[doc.ImportDocumentsRequest | None] = queue.Queue()
        call = client.documents.ImportDocuments(iter(outgoing.get, None))
        first, last = list(told.items.values())[:2]
        outgoing.put(first)
        told.during_drain.append(next(call))
        service.signal(signal.SIGTERM)
        service.wait_for(re.compile("draining"))
        with connect(service.address) as late:
            try:
                late.status.GetStatus(st.GetStatusRequest(), timeout=5)
            except grpc.RpcError as error:
                told.new_call = error.code()
        outgoing.put(last)
        outgoing.put(None)
        told.during_drain += call
        told.drained_call = call.code()
    told.status_after_term = service.wait()


def _restart_from_snapshot(service: Service, told: Story) -> None:
    with connect(service.address) as client:
        told.from_snapshot = match_reply(client)
    service.kill()
    told.snapshot_log = service.log


def _restart_after_torn_snapshot(service: Service, told: Story) -> None:
    with connect(service.address) as client:
        told.after_torn = match_reply(client)
    service.signal(signal.SIGTERM)
    service.wait()
    told.torn_log = service.log


def test_the_kill_came_in_the_middle_of_the_import(story: Story) -> None:
    assert story.status_after_kill == -signal.SIGKILL
    assert BATCH < len(story.acknowledged) < len(story.items)


def test_every_acknowledged_document_survives_the_kill_with_its_mentions(story: Story) -> None:
    assert set(story.found) == set(story.acknowledged)
    assert {n: len(d.mentions) for n, d in story.found.items()} == story.acknowledged
    assert all(n > 0 for n in story.acknowledged.values())


def test_every_acknowledged_document_is_found_by_its_vectors_after_the_kill(story: Story) -> None:
    for name, found in story.matched.items():
        similarity = {p.part: p.value for p in found.breakdown.parts}["text_similarity"]
        assert found.name == name
        assert similarity > 0.99, "the stored vector is that of its own text"


def test_the_next_import_completes_and_leaves_the_acknowledged_as_they_are(story: Story) -> None:
    assert list(story.second_import) == list(story.items)
    assert not any(r.HasField("error") for r in story.second_import.values())
    assert {story.second_import[name].outcome for name in story.acknowledged} == {UNCHANGED}
    outcomes = [r.outcome for r in story.second_import.values()]
    assert set(outcomes) == {CREATED, UNCHANGED}
    # what was committed is at most one batch ahead of what was acknowledged
    assert outcomes.count(UNCHANGED) <= len(story.acknowledged) + 2 * BATCH


def test_sigterm_lets_a_running_call_finish_and_exits_0(story: Story) -> None:
    assert [r.outcome for r in story.during_drain] == [UNCHANGED, UNCHANGED]
    assert [r.item_index for r in story.during_drain] == [0, 1]
    assert story.drained_call is grpc.StatusCode.OK
    assert story.status_after_term == 0


def test_a_new_call_is_refused_while_draining(story: Story) -> None:
    assert story.new_call is grpc.StatusCode.UNAVAILABLE


def test_a_restart_reads_the_snapshot_and_answers_as_before(story: Story) -> None:
    assert story.before is not None
    assert len(story.before.matches) == 20
    assert story.from_snapshot == story.before
    assert not [line for line in story.snapshot_log if line["event"] == "index_snapshot_not_used"]


def test_a_torn_snapshot_is_not_used_and_the_answer_is_the_same(story: Story) -> None:
    refused = [(line["kind"], line["problem"]) for line in story.torn_log if line["event"] == "index_snapshot_not_used"]
    assert refused == [("candidate", "torn")]
    assert story.after_torn == story.before


def test_logs_hold_no_text_of_documents(story: Story) -> None:
    keys = {key for line in (*story.snapshot_log, *story.torn_log) for key in line}
    assert keys <= {"event", "level", "timestamp", "method", "code", "duration_ms", "kind", "problem", "seconds"}


def test_another_model_is_refused_with_the_command_that_repairs_it(story: Story, store: Path, tmp_path: Path) -> None:
    model = small_model(tmp_path / "small-model")
    other = {"SKILLMATCH_EMBED__MODEL": str(model)}
    refused = run_matcher("serve", "--store", str(store), "--port", "0", **other)
    assert refused.returncode == 1
    assert "matcher reembed" in refused.stderr
    assert "small-model@" in refused.stderr
    assert "skillmatch-static-256@" in refused.stderr
    assert "Traceback" not in refused.stderr
    repaired = run_matcher("reembed", "--store", str(store), **other)
    assert (repaired.returncode, f"{len(story.items)} documents embedded with small-model@" in repaired.stderr) == (
        0,
        True,
    )
    settings = Settings(store=StoreConfig(path=store), embed=EmbedConfig(model=str(model)))
    engine = Engine(settings)
    engine.load()
    found = engine.match(MatchQuery(POSTING, Kind.CANDIDATE, page_size=20))
    counts = engine.status().counts
    engine.close()
    assert (engine.encoder.dimension, found.versions.model.partition("@")[0]) == (16, "small-model")
    assert counts == {kind: sum(n.startswith(kind.collection) for n in story.items) for kind in Kind}
    similarities = [p.value for m in found.matches for p in m.scored.parts if p.part == "text_similarity"]
    assert len(set(similarities)) > 1, "the vectors are those of the new model, not zeros"


def small_model(folder: Path) -> Path:
    """A real sentence-transformers model of 16 dimensions over single characters."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Split

    texts = "".join(item.document.text for item in demo_items().values())
    vocabulary = {character: number for number, character in enumerate(["[UNK]", *sorted(set(texts))])}
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token="[UNK]"))  # noqa: S106  (a token of text)
    tokenizer.pre_tokenizer = Split("", "isolated")
    torch.manual_seed(7)
    embedding = StaticEmbedding(tokenizer, embedding_weights=torch.randn(len(vocabulary), 16))
    SentenceTransformer(modules=[embedding], device="cpu").save(str(folder))
    return folder
