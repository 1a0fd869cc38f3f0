"""The command line without a service: help, arguments that cannot be right, and what it says when nothing answers."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.rpc.status_pb2 import Status
from typer.testing import CliRunner

from matcher._gen.skillmatch.v1 import document_pb2 as doc
from matcher._gen.skillmatch.v1 import document_pb2_grpc as doc_grpc
from matcher._gen.skillmatch.v1 import match_pb2 as pb
from matcher._gen.skillmatch.v1 import match_pb2_grpc as pb_grpc
from matcher.cli import app
from matcher.cli.app import kind_number
from matcher.cli.hints import hint_of
from matcher.cli.serving import check_address
from matcher.errors import InvalidConfig, InvalidFilter, InvalidRequest, MatcherError, ResourceNotFound
from matcher.serve.client import one_line
from matcher.serve.edge import STATUS_DETAILS
from matcher.serve.status import status_of

COMMANDS = ("serve", "reembed", "import", "match", "explain", "get", "list", "delete", "skills", "status")
WIDE = {"COLUMNS": "300", "TERM": "dumb"}


@pytest.fixture
def runner() -> CliRunner:
    return CliRunner(env=WIDE)


@pytest.fixture
def nobody() -> str:
    """An address where nothing listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{taken.getsockname()[1]}"


class Refusing(doc_grpc.DocumentServiceServicer, pb_grpc.MatchServiceServicer):
    """Refuses to get, and matches with fixed words; keeps the match requests."""

    def __init__(self, status: Status) -> None:
        self.status = status
        self.requests: list[pb.MatchRequest] = []

    def GetDocument(self, request: doc.GetDocumentRequest, context: Any) -> doc.GetDocumentResponse:  # noqa: N802
        context.set_trailing_metadata(((STATUS_DETAILS, self.status.SerializeToString()),))
        code = next(c for c in grpc.StatusCode if c.value[0] == self.status.code)
        context.abort(code, self.status.message)
        raise AssertionError

    def Match(self, request: pb.MatchRequest, context: Any) -> pb.MatchResponse:  # noqa: N802
        self.requests.append(request)
        found = pb.Match(
            name="candidates/a", title="水质化验员 [bold]x[/bold]", rank=1, score=0.875, explanation="已满足：[甲]"
        )
        return pb.MatchResponse(matches=[found], filtered_size=3)

    def ImportDocuments(self, requests: Any, context: Any) -> Iterator[doc.ImportDocumentsResponse]:  # noqa: N802
        for index, request in enumerate(requests):
            if "Python" in request.document.content.decode() + request.document.text:
                yield doc.ImportDocumentsResponse(item_index=index, outcome=doc.WRITE_OUTCOME_CREATED)
            else:
                yield doc.ImportDocumentsResponse(item_index=index, error=self.status)


@contextmanager
def answering(servicer: Refusing) -> Iterator[str]:
    server = grpc.server(ThreadPoolExecutor(2))
    doc_grpc.add_DocumentServiceServicer_to_server(servicer, server)
    pb_grpc.add_MatchServiceServicer_to_server(servicer, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        yield f"127.0.0.1:{port}"
    finally:
        server.stop(None).wait()


def test_help_names_every_command_with_what_it_does(runner: CliRunner) -> None:
    shown = runner.invoke(app, ["--help"]).output
    assert "across languages, with evidence" in shown
    assert {name for name in COMMANDS if f" {name} " in shown} == set(COMMANDS)


@pytest.mark.parametrize(
    "arguments", [[name] for name in COMMANDS] + [["skills", s] for s in ("extract", "search", "get")]
)
def test_every_command_explains_itself(runner: CliRunner, arguments: list[str]) -> None:
    result = runner.invoke(app, [*arguments, "--help"])
    assert result.exit_code == 0
    assert "Usage:" in result.output
    assert len(result.output) > 150


@pytest.mark.parametrize(
    "arguments",
    [
        ["get", "postings/a"],
        ["match", "postings/a", "--to", "candidates"],
        ["explain", "postings/a", "candidates/b"],
        ["list", "courses"],
        ["delete", "postings/a"],
        ["skills", "extract", "熟悉Python"],
        ["skills", "search", "python"],
        ["skills", "get", "python"],
        ["status"],
    ],
)
def test_without_a_service_every_command_ends_with_3_and_says_what_to_do(
    runner: CliRunner, nobody: str, arguments: list[str]
) -> None:
    result = runner.invoke(app, [*arguments, "--address", nobody])
    assert result.exit_code == 3
    assert f"no service answers at {nobody}" in result.output
    assert "matcher serve" in result.output
    assert "Traceback" not in result.output


def test_an_import_without_a_service_ends_with_3(runner: CliRunner, nobody: str, tmp_path: Path) -> None:
    (tmp_path / "postings").mkdir()
    (tmp_path / "postings" / "a.txt").write_text("熟练掌握Python", encoding="utf-8")
    result = runner.invoke(app, ["import", str(tmp_path), "--address", nobody])
    assert result.exit_code == 3
    assert "no service answers" in result.output


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["match", "postings/a"], "--to"),
        (["match", "postings/a", "--to", "jobs"], "'jobs' is none of candidate, posting, course"),
        (["list", "jobs"], "none of candidate"),
        (["import", "/no/such/folder"], "does not exist"),
        (["import", ".", "--kind", "job"], "none of candidate"),
        (["match", "postings/a", "--to", "courses", "--top", "many"], "--top"),
        (["serve", "--port", "many"], "--port"),
        (["match", "postings/a", "--to", "courses", "--top", "1000"], "should be less than or equal to 100"),
        (["match", "postings/a", "--to", "courses", "-l", "fr"], "'fr' is none of zh, en"),
        (["plan", "candidates/a", "--to", "postings/b", "--terms", "13"], "should be less than or equal to 12"),
        (["skills", "search"], "Missing argument"),
        (["frobnicate"], "frobnicate"),
    ],
)
def test_arguments_that_cannot_be_right_end_with_2_and_are_named(
    runner: CliRunner, arguments: list[str], told: str
) -> None:
    result = runner.invoke(app, arguments)
    assert result.exit_code == 2
    assert told in result.output


@pytest.mark.parametrize("word", ["candidate", "Candidates", "CANDIDATE"])
def test_a_kind_is_read_in_singular_plural_and_any_case(word: str) -> None:
    assert kind_number(word) == doc.KIND_CANDIDATE


def test_a_refusal_ends_with_1_and_shows_message_and_reason_unharmed(runner: CliRunner) -> None:
    # a pattern in brackets and a closing tag, both of which the printer would take for markup
    told = "name: does not match `^(candidates|postings)/[a-z0-9]([a-z]{0,62}[/red])?$`"
    status = status_of(InvalidRequest(told, field="name", limit="[a-z]"), "id-1")
    with answering(Refusing(status)) as address:
        result = runner.invoke(app, ["get", "postings/a", "--address", address])
    assert result.exit_code == 1
    assert f"{told} [INVALID_REQUEST, limit: [a-z]]" in result.output


def test_a_refused_call_is_one_line_with_reason(runner: CliRunner) -> None:
    status = status_of(ResourceNotFound("no document postings/a", field="name"), "id-1")
    assert one_line(status) == "no document postings/a [RESOURCE_NOT_FOUND]"
    with answering(Refusing(status)) as address:
        result = runner.invoke(app, ["get", "postings/a", "--address", address])
    told = "no document postings/a [RESOURCE_NOT_FOUND]; `matcher list postings` shows what is stored"
    assert (result.exit_code, result.output.strip()) == (1, told)


@pytest.mark.parametrize(
    ("error", "hint"),
    [
        (ResourceNotFound("no course courses/x", field="name"), "`matcher list courses` shows what is stored"),
        (
            ResourceNotFound("no skill pyton in this taxonomy", field="name"),
            "`matcher skills search pyton` finds names",
        ),
        (
            ResourceNotFound("no occupation data-analist in this taxonomy", field="name"),
            "`matcher occupation search data analist` finds names",
        ),
        (InvalidFilter("unknown field", position=1), "docs/filter.md describes fields and operators"),
        (InvalidRequest("page_size: must be less", field="page_size"), ""),
    ],
)
def test_a_refusal_comes_with_what_helps(error: MatcherError, hint: str) -> None:
    assert hint_of(status_of(error, "id-1")) == hint


def test_errors_are_one_line_in_a_narrow_terminal(nobody: str) -> None:
    result = CliRunner(env={"COLUMNS": "40", "TERM": "dumb"}).invoke(app, ["status", "--address", nobody])
    assert len(result.output.strip().splitlines()) == 1


@pytest.mark.parametrize("command", [["get"], ["delete"], ["match", "--to", "courses"], ["explain", "postings/a"]])
def test_what_is_neither_a_file_nor_a_name_is_told_before_any_call(
    runner: CliRunner, nobody: str, command: list[str]
) -> None:
    result = runner.invoke(app, [*command, "no/such.txt", "--address", nobody])
    assert result.exit_code == 2
    assert "'no/such.txt' is neither a file here nor a name such as postings/my-id" in result.output


def test_a_taken_port_ends_serve_before_anything_is_loaded(runner: CliRunner, tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        result = runner.invoke(app, ["serve", "--port", str(port), "--store", str(tmp_path / "a.db")])
        assert result.exit_code == 1
        assert f"127.0.0.1:{port} is taken" in result.output
        assert "--port" in result.output
        assert not (tmp_path / "a.db").exists()
    check_address("127.0.0.1", port)


def test_a_host_of_another_machine_is_told() -> None:
    with pytest.raises(InvalidConfig, match=r"192\.0\.2\.1:0 cannot be used"):
        check_address("192.0.2.1", 0)


def test_match_sends_what_was_asked_and_prints_titles_as_they_are(runner: CliRunner) -> None:
    servicer = Refusing(Status())
    asked = [
        "match",
        "postings/a",
        "--to",
        "candidates",
        "--filter",
        "hours <= 8",
        "-n",
        "7",
        "-l",
        "en",
        "--no-evidence",
    ]
    with answering(servicer) as address:
        result = runner.invoke(app, [*asked, "--address", address])
    assert result.exit_code == 0
    assert "1. candidates/a  水质化验员 [bold]x[/bold]  0.875" in result.output
    assert "已满足：[甲]" in result.output
    assert servicer.requests == [
        pb.MatchRequest(
            query=pb.Query(name="postings/a"),
            target_kind=doc.KIND_CANDIDATE,
            filter="hours <= 8",
            page_size=7,
            language="en",
            omit_evidence=True,
        )
    ]


@pytest.mark.parametrize("source", ["file", "standard input"])
def test_match_takes_a_file_or_standard_input_as_an_inline_document(
    runner: CliRunner, tmp_path: Path, source: str
) -> None:
    servicer, text = Refusing(Status()), "求职意向：水质化验员"
    path = tmp_path / "cv.txt"
    path.write_text(text, encoding="utf-8")
    query = str(path) if source == "file" else "-"
    with answering(servicer) as address:
        arguments = ["match", query, "--kind", "candidate", "--to", "postings", "--json", "--address", address]
        result = runner.invoke(app, arguments, input=text)
    assert result.exit_code == 0
    assert '"title": "水质化验员 [bold]x[/bold]"' in result.output
    sent = servicer.requests[0].query.document
    assert sent.kind == doc.KIND_CANDIDATE
    assert (sent.content.decode() if source == "file" else sent.text) == text


def test_import_counts_what_became_of_the_items_and_names_refused_files(runner: CliRunner, tmp_path: Path) -> None:
    folder = tmp_path / "postings"
    folder.mkdir()
    for name, text in (("good", "熟练掌握Python"), ("also-good", "Python 必须"), ("bad[red]", "!!")):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    status = status_of(InvalidRequest("the text is empty", field="document.text", limit="one letter"), "id-1")
    with answering(Refusing(status)) as address:
        result = runner.invoke(app, ["import", str(folder), "--address", address])
    assert result.exit_code == 1
    assert f"refused {folder}/bad[red].txt: the text is empty [INVALID_REQUEST, limit: one letter]" in result.output
    assert "2 created, 1 refused; " in result.output
