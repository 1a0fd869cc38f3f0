"""What the model did not read of a long document is told in every reply that rests on it."""

from __future__ import annotations

from collections.abc import Callable

from matcher._gen.skillmatch.v1 import document_pb2 as doc
from matcher._gen.skillmatch.v1 import match_pb2 as pb
from matcher.embed.document import MAX_WINDOWS, WINDOW_CHARS
from matcher.serve.client import ServiceClient
from tests.rpc.messages import CANDIDATE, COURSE, get, import_all, item, match, query_of

NAME = "courses/very-long"
LINE = "掌握水质分析与化验的方法，" * 30 + "完成实验报告。\n"  # 397 characters: a window
N_LINES = MAX_WINDOWS + 50
LONG = "水质分析课程\n" + LINE * N_LINES


def check(truncation: doc.Truncation) -> None:
    """About 50 of 178 windows are left out, in characters as in tokens."""
    assert N_LINES * len(LINE) * 0.98 <= truncation.characters <= len(LONG)
    assert 48 * len(LINE) <= truncation.characters_left_out <= 52 * WINDOW_CHARS
    share = truncation.characters_left_out / truncation.characters
    assert 0 < truncation.tokens_left_out < truncation.tokens
    assert abs(truncation.tokens_left_out / truncation.tokens - share) < 0.02


def test_an_inline_document_tells_it_in_the_match(client: ServiceClient) -> None:
    reply = match(client, doc.Document(kind=COURSE, text=LONG), CANDIDATE)
    check(reply.query_truncation)
    assert "TEXT_SAMPLED" in {w.code for w in reply.warnings}
    short = match(client, doc.Document(kind=COURSE, text=LONG[:3000]), CANDIDATE)
    assert not short.HasField("query_truncation")
    assert "TEXT_SAMPLED" not in {w.code for w in short.warnings}


def test_a_stored_document_tells_it_at_import_again_at_the_next_and_when_read(
    client: ServiceClient, forget: Callable[[str], None]
) -> None:
    forget(NAME)
    for outcome in (doc.WRITE_OUTCOME_CREATED, doc.WRITE_OUTCOME_UNCHANGED):
        long, short = import_all(client, item(NAME, LONG), item("courses/digital-twin-zh-01", "数字孪生"))
        assert long.outcome == outcome
        check(long.truncation)
        assert "TEXT_SAMPLED" in {w.code for w in long.warnings}
        assert not short.HasField("truncation")
    check(get(client, NAME).truncation)
    assert not get(client, "courses/digital-twin-mix-01").HasField("truncation")
    request = doc.UpsertDocumentRequest(document=doc.Document(name=NAME, text=LONG + "完。"))
    check(client.documents.UpsertDocument(request).document.truncation)
    check(match(client, NAME, CANDIDATE).query_truncation)
    request.document.text = LONG[:3000]
    assert not client.documents.UpsertDocument(request).document.HasField("truncation")


def test_a_pair_tells_it_of_the_side_that_it_is_true_of(client: ServiceClient) -> None:
    request = pb.ExplainRequest(
        query=query_of("candidates/water-operator-zh-01"), target=query_of(doc.Document(kind=COURSE, text=LONG))
    )
    reply = client.matches.Explain(request)
    check(reply.target_truncation)
    assert not reply.HasField("query_truncation")
