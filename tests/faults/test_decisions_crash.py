"""What a kill and a stop leave of decisions: a kill loses at most those of the last interval, a stop none.

One story of two starts of the real service is told once; each test reads its own part of it.
"""

from __future__ import annotations

import signal
import time
from dataclasses import dataclass, field

import pytest

from matcher._gen.skillmatch.v1 import decision_pb2 as dec
from matcher._gen.skillmatch.v1 import document_pb2 as doc
from matcher._gen.skillmatch.v1 import match_pb2 as pb
from matcher.config import Settings
from matcher.domain.decision import DecisionQuery
from matcher.serve.client import ServiceClient, connect
from matcher.store import DocumentStore, StoreConfig
from tests.faults.process import Service
from tests.faults.test_crash_and_restart import POSTING, demo_items

INTERVAL_S = Settings().decisions.flush_interval_s
# how long one write may take on a machine that does other work
WRITE_S = 2.0


@dataclass
class Story:
    """What was seen on the way; names of decisions in the order in which they were answered."""

    early: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    after_kill: list[str] = field(default_factory=list)
    reproduced: list[bool] = field(default_factory=list)
    last: list[str] = field(default_factory=list)
    after_stop: list[str] = field(default_factory=list)


def decided(client: ServiceClient) -> str:
    request = pb.MatchRequest(query=pb.Query(name=POSTING), target_kind=doc.KIND_CANDIDATE, page_size=5)
    name: str = client.matches.Match(request).decision
    return name


def listed(client: ServiceClient) -> list[str]:
    """Oldest first."""
    reply = client.decisions.ListDecisions(dec.ListDecisionsRequest(page_size=1000))
    return [d.name for d in reply.decisions][::-1]


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    store = tmp_path_factory.mktemp("decisions") / "skillmatch.db"
    told = Story()
    service = Service(store)
    try:
        with connect(service.address) as client:
            items = demo_items()
            few = [items[POSTING], *[i for n, i in items.items() if n.startswith("candidates/")][:30]]
            list(client.documents.ImportDocuments(iter(few)))
            told.early = [decided(client) for _ in range(20)]
            time.sleep(INTERVAL_S + WRITE_S)
            told.late = [decided(client) for _ in range(20)]
    finally:
        service.kill()
    service = Service(store)
    try:
        with connect(service.address) as client:
            told.after_kill = listed(client)
            told.reproduced = [client.decisions.Replay(dec.ReplayRequest(name=n)).reproduced for n in told.early[:3]]
            told.last = [decided(client) for _ in range(20)]
        service.signal(signal.SIGTERM)
        service.wait()
    except BaseException:
        service.kill()
        raise
    opened = DocumentStore(StoreConfig(path=store))
    told.after_stop = [d.name for d in opened.decisions.listed(DecisionQuery(), 1000)][::-1]
    opened.close()
    return told


def test_a_kill_loses_no_decision_that_is_older_than_the_interval(story: Story) -> None:
    assert len(set(story.early)) == 20
    assert story.after_kill[:20] == story.early


def test_what_a_kill_loses_is_the_end_of_what_was_answered(story: Story) -> None:
    survived = story.after_kill[20:]
    assert survived == story.late[: len(survived)]


def test_a_decision_is_replayed_by_the_next_process(story: Story) -> None:
    assert story.reproduced == [True] * 3


def test_a_stop_writes_every_decision(story: Story) -> None:
    assert len(set(story.last)) == 20
    assert story.after_stop == [*story.after_kill, *story.last]
