"""ScreenCandidates over the wire: the scores, ranks and evidence of single calls, for all of a selection."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import grpc
import pytest

from matcher._gen.skillmatch.v1 import decision_pb2 as dec
from matcher._gen.skillmatch.v1 import document_pb2 as doc
from matcher._gen.skillmatch.v1 import match_pb2 as match_pb
from matcher._gen.skillmatch.v1 import screening_pb2 as pb
from matcher.serve.client import ServiceClient, error_info
from tests.rpc.messages import CANDIDATE, POSTING, explain, import_all, item, match, query_of, refusal

LAB = "postings/water-lab-analyst-zh-01"


def screened(
    client: ServiceClient, setup: pb.Screening, documents: Iterable[doc.Document] = ()
) -> list[pb.ScreenCandidatesResponse]:
    def requests() -> Iterator[pb.ScreenCandidatesRequest]:
        yield pb.ScreenCandidatesRequest(screening=setup)
        for document in documents:
            yield pb.ScreenCandidatesRequest(document=document)

    return list(client.screenings.ScreenCandidates(requests()))


def setup_of(query: str | doc.Document = LAB, **fields: object) -> pb.Screening:
    return pb.Screening(query=query_of(query), **fields)  # type: ignore[arg-type]


def matches_in(replies: list[pb.ScreenCandidatesResponse]) -> list[match_pb.Match]:
    return [c.match for r in replies if r.HasField("matches") for c in r.matches.candidates]


def test_all_candidates_are_ranked_as_match_ranks_them(client: ServiceClient, corpus: dict[str, str]) -> None:
    replies = screened(client, setup_of(evidence_count=20, language="en"))
    found = matches_in(replies)
    assert len(found) == sum(name.startswith("candidates/") for name in corpus)
    assert [m.rank for m in found] == list(range(1, len(found) + 1))
    single = match(client, LAB, CANDIDATE, page_size=20, language="en")
    assert found[:20] == list(single.matches), "requirements, quotes and explanation too"
    by_name = {m.name: m for m in found}
    for m in match(client, LAB, CANDIDATE, page_size=100, omit_evidence=True).matches:
        assert by_name[m.name].score == m.score
        assert by_name[m.name].breakdown == m.breakdown
        assert by_name[m.name].rank == m.rank
    assert not found[20].requirements
    summary = replies[-1].summary
    assert (summary.scored_count, summary.returned_count, summary.unscreened_count) == (len(found), len(found), 0)
    assert summary.versions == single.versions
    assert replies[0].progress.scored_count == len(found)


def test_a_pair_scores_as_explain_says(client: ServiceClient) -> None:
    (last,) = matches_in(screened(client, setup_of(names=["candidates/cnc-operator-zh-01"], language="en")))
    explained = explain(client, LAB, "candidates/cnc-operator-zh-01", language="en")
    last.rank = 0
    assert last == explained


def test_a_selection_by_filter_names_and_limit(client: ServiceClient) -> None:
    text = "education >= BACHELOR"
    passing = match(client, LAB, CANDIDATE, page_size=100, filter=text, omit_evidence=True)
    found = matches_in(screened(client, setup_of(filter=text)))
    assert [m.name for m in found] == [m.name for m in passing.matches]
    named = [passing.matches[4].name, passing.matches[1].name, "candidates/none-such"]
    replies = screened(client, setup_of(filter=text, names=named))
    assert [m.name for m in matches_in(replies)] == [named[1], named[0]]
    (gone,) = [r.unscreened for r in replies if r.HasField("unscreened")]
    assert (gone.name, error_info(gone.error).reason) == ("candidates/none-such", "RESOURCE_NOT_FOUND")
    assert replies[-1].summary.unscreened_count == 1
    assert len(matches_in(screened(client, setup_of(limit=3)))) == 3
    assert matches_in(screened(client, setup_of(filter="experience_years > 59"))) == []


def test_candidates_sent_along_score_as_stored_ones_and_are_not_kept(
    client: ServiceClient, corpus: dict[str, str]
) -> None:
    names = sorted(n for n in corpus if n.startswith("candidates/"))[:70]
    documents = [doc.Document(kind=CANDIDATE, text=corpus[n]) for n in names]
    documents.insert(3, doc.Document(kind=CANDIDATE))
    documents.insert(9, doc.Document(kind=POSTING, text="招聘水质化验员"))
    replies = screened(client, setup_of(sent_along=True, evidence_count=2, language="en"), documents)
    refused = {r.unscreened.item_index: r.unscreened.error for r in replies if r.HasField("unscreened")}
    assert {i: error_info(e).reason for i, e in refused.items()} == {3: "EMPTY_TEXT", 9: "INVALID_DOCUMENT"}
    candidates = [c for r in replies if r.HasField("matches") for c in r.matches.candidates]
    assert len(candidates) == 70
    position = {n: i for i, n in enumerate(n for n in [*names[:3], "", *names[3:8], "", *names[8:]])}
    inline = {c.item_index: c.match for c in candidates}
    for name in (names[0], names[20], names[69]):
        stored = explain(client, LAB, name)
        assert inline[position[name]].score == pytest.approx(stored.score, abs=1e-9)
    first = candidates[0].match
    assert first.requirements
    assert {e.document for r in first.requirements for e in r.supply_evidence} == {""}
    summary = replies[-1].summary
    assert (summary.scored_count, summary.unscreened_count, summary.decision) == (70, 2, "")
    assert [r.progress.scored_count for r in replies if r.HasField("progress")][-1] == 70


@pytest.mark.parametrize("fields", [{"filter": "education >= ASSOCIATE", "limit": 7}, {"names": ["by hand"]}])
def test_a_screening_is_recorded_and_replayed(
    client: ServiceClient, forget: Callable[[str], None], fields: dict[str, object]
) -> None:
    if "names" in fields:
        fields = {"names": [m.name for m in match(client, LAB, CANDIDATE, page_size=5).matches[1:]]}
    replies = screened(client, setup_of(LAB, **fields))
    name = replies[-1].summary.decision
    found = client.decisions.GetDecision(dec.GetDecisionRequest(name=name)).decision
    returned = matches_in(replies)
    assert [(e.name, e.rank, e.score) for e in found.entries] == [(m.name, m.rank, m.score) for m in returned]
    again = client.decisions.Replay(dec.ReplayRequest(name=name))
    assert again.reproduced
    newcomer = "candidates/screening-newcomer"
    forget(newcomer)
    import_all(client, item(newcomer, "求职意向：水质化验员\n大专。熟练掌握水质化验、离子色谱，会用LIMS系统。"))
    later = client.decisions.Replay(dec.ReplayRequest(name=name))
    assert [c.part for c in later.changes] == [dec.VERSION_PART_INDEX_REVISION]
    if "filter" in fields:
        assert newcomer in [d.name for d in later.differences]


def requests_of(*parts: dict[str, object]) -> Iterator[pb.ScreenCandidatesRequest]:
    return iter([pb.ScreenCandidatesRequest(**part) for part in parts])  # type: ignore[arg-type]


BAD: list[tuple[list[dict[str, object]], str, str]] = [
    ([], "INVALID_REQUEST", "screening"),
    ([{"document": doc.Document(kind=CANDIDATE, text="x")}], "INVALID_REQUEST", "screening"),
    ([{"screening": pb.Screening()}], "INVALID_REQUEST", "screening.query"),
    ([{"screening": setup_of("postings/none-such")}], "RESOURCE_NOT_FOUND", "screening.query.name"),
    ([{"screening": setup_of(filter="hours <")}], "INVALID_FILTER", "filter"),
    ([{"screening": setup_of(limit=-1)}], "INVALID_REQUEST", "screening.limit"),
    ([{"screening": setup_of(sent_along=True, filter="hours > 1")}], "INVALID_REQUEST", "screening.filter"),
]


@pytest.mark.parametrize(("parts", "reason", "field"), BAD)
def test_a_bad_setup_is_refused_by_name(
    client: ServiceClient, parts: list[dict[str, object]], reason: str, field: str
) -> None:
    with pytest.raises(grpc.RpcError) as error:
        list(client.screenings.ScreenCandidates(requests_of(*parts)))
    status = refusal(error)
    assert error_info(status).reason == reason
    assert error_info(status).metadata["field"] == field
