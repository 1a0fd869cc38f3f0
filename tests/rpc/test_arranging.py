"""Near-duplicates, caps and diversification over the wire, and that they change nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import grpc
import pytest
from typer.testing import CliRunner

from matcher._gen.skillmatch.v1 import document_pb2 as doc
from matcher.cli import app
from matcher.serve.client import ServiceClient, error_info
from tests.rpc.messages import CANDIDATE, POSTING, import_all, match, refusal

ASKING = "candidates/water-lab-graduate-zh-01"
ORIGINAL = "postings/water-lab-analyst-zh-01"


@pytest.fixture
def reposted(client: ServiceClient, corpus: dict[str, str], forget: Callable[[str], None]) -> list[str]:
    """The lab posting put up twice more: by another firm as it is, and with a line added."""
    texts = {
        "postings/reposted-as-it-is": corpus[ORIGINAL],
        "postings/reposted-with-a-line": corpus[ORIGINAL] + "\n急聘，可立即到岗者联系。\n",
    }
    for name in texts:
        forget(name)
    items = [
        doc.ImportDocumentsRequest(
            document=doc.Document(name=name, text=text, facts=doc.Facts(organisation="Linjiang Waterworks"))
        )
        for name, text in texts.items()
    ]
    assert all(not r.HasField("error") for r in import_all(client, *items))
    return list(texts)


def test_repeats_are_told_with_the_best_of_them_and_have_no_rank_of_their_own(
    client: ServiceClient, reposted: list[str]
) -> None:
    plain = match(client, ASKING, POSTING, page_size=100)
    reply = match(client, ASKING, POSTING, page_size=100, collapse_duplicates=True)
    family = {ORIGINAL, *reposted}
    assert family <= {m.name for m in plain.matches}
    (first,) = (m for m in reply.matches if m.name in family)
    assert {r.name for r in first.repeats} == family - {first.name}
    assert all(0.6 <= r.similarity <= 1.0 for r in first.repeats)
    assert reply.collapsed_count == 2
    scores = {m.name: m.score for m in plain.matches}
    assert all(m.score == scores[m.name] for m in reply.matches if m.name in scores)
    assert [m.rank for m in reply.matches] == list(range(1, len(reply.matches) + 1))
    assert first.score == max(scores[name] for name in family)
    assert not any(m.repeats for m in plain.matches)
    assert plain.collapsed_count == 0


def test_the_threshold_is_the_callers(client: ServiceClient, reposted: list[str]) -> None:
    strict = match(client, ASKING, POSTING, collapse_duplicates=True, duplicate_similarity=1.0)
    assert strict.collapsed_count == 1  # the copy, not the one with a line more


def test_an_organisation_has_no_more_matches_than_asked_for(client: ServiceClient, reposted: list[str]) -> None:
    text = 'organisation = "linjiang waterworks"'
    assert match(client, ASKING, POSTING, filter=text).filtered_size == 2
    reply = match(client, ASKING, POSTING, filter=text, max_per_organisation=1)
    assert (len(reply.matches), reply.capped_count) == (1, 1)


def test_diversity_reorders_and_keeps_scores(client: ServiceClient, reposted: list[str]) -> None:
    plain = match(client, ASKING, POSTING, page_size=100)
    varied = match(client, ASKING, POSTING, page_size=100, diversity=0.5)
    assert {m.name: m.score for m in plain.matches} == {m.name: m.score for m in varied.matches}
    assert varied.matches[0].name == plain.matches[0].name
    family = {ORIGINAL, *reposted}
    second = [next(m.rank for m in reply.matches if m.name in family and m.rank > 1) for reply in (plain, varied)]
    assert second[1] > second[0]
    assert match(client, ASKING, POSTING, page_size=100, diversity=0.0).matches == plain.matches


def test_pages_of_an_arranged_ranking_follow_each_other(client: ServiceClient, reposted: list[str]) -> None:
    whole = match(client, ASKING, POSTING, page_size=20, collapse_duplicates=True, diversity=0.3, omit_evidence=True)
    options = {"page_size": 10, "collapse_duplicates": True, "diversity": 0.3, "omit_evidence": True}
    first = match(client, ASKING, POSTING, **options)
    second = match(client, ASKING, POSTING, page_token=first.next_page_token, **options)
    assert [m.name for m in [*first.matches, *second.matches]] == [m.name for m in whole.matches]
    with pytest.raises(grpc.RpcError) as caught:
        match(client, ASKING, POSTING, page_token=first.next_page_token, **{**options, "diversity": 0.4})
    assert error_info(refusal(caught)).reason == "PAGE_TOKEN_OF_ANOTHER_REQUEST"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"duplicate_similarity": 0.3}, "duplicate_similarity"),
        ({"duplicate_similarity": 1.5}, "duplicate_similarity"),
        ({"max_per_organisation": -1}, "max_per_organisation"),
        ({"diversity": 1.5}, "diversity"),
        ({"diversity": float("nan")}, "diversity"),
    ],
)
def test_options_out_of_range_are_refused_by_name(client: ServiceClient, fields: dict[str, float], field: str) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        match(client, ASKING, CANDIDATE, **fields)
    assert error_info(refusal(caught)).metadata["field"] == field


def test_the_fairness_command_ranks_by_the_service_and_compares_groups_here(
    address: str, client: ServiceClient, tmp_path: Path
) -> None:
    people = client.documents.ListDocuments(doc.ListDocumentsRequest(kind=CANDIDATE, page_size=1000)).documents
    best = {m.name for m in match(client, ORIGINAL, CANDIDATE, page_size=10, omit_evidence=True).matches}
    group_of = {d.name: "zh" if "-zh-" in d.name else "other" for d in people}
    file = tmp_path / "groups.csv"
    file.write_text("document,group\n" + "\n".join(f"{n},{g}" for n, g in group_of.items()), encoding="utf-8")
    arguments = ["fairness", str(file), "--query", ORIGINAL, "--top", "10", "--json", "--address", address]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    told = {
        g["group"]: (g["members"], g["selected"])
        for g in json.loads(result.stdout[result.stdout.index("{\n") :])["groups"]
    }
    expected = {
        group: (
            sum(g == group for g in group_of.values()),
            sum(name in best for name, g in group_of.items() if g == group),
        )
        for group in ("zh", "other")
    }
    assert told == expected
