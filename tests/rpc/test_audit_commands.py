"""`matcher decision`, `what-if`, `why-not`, `screen` and `assign` against the running service."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from matcher.cli import app
from matcher.serve.client import ServiceClient
from tests.rpc.messages import CANDIDATE, get, match

Run = Callable[..., str]
LAB = "postings/water-lab-analyst-zh-01"
CNC = "candidates/cnc-operator-zh-01"


@pytest.fixture
def run(address: str, client: ServiceClient, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("COLUMNS", "300")

    def invoke(*arguments: str, status: int = 0) -> str:
        result = CliRunner().invoke(app, [*arguments, "--address", address])
        assert result.exit_code == status, result.output
        return result.output

    return invoke


def test_a_decision_is_shown_listed_and_replayed(run: Run, client: ServiceClient) -> None:
    reply = match(client, LAB, CANDIDATE, page_size=3)
    shown = run("decision", "get", reply.decision)
    assert all(m.name in shown and f"{m.score:.3f}" in shown for m in reply.matches)
    assert reply.decision.removeprefix("decisions/") in run("decision", "list", "--document", LAB, "-n", "5")
    assert "reproduced" in run("decision", "replay", reply.decision)
    assert f'"name": "{reply.decision}"' in run("decision", "get", reply.decision, "--json")


def test_feedback_says_what_was_kept(run: Run, client: ServiceClient) -> None:
    reply = match(client, LAB, CANDIDATE, page_size=1)
    told = (reply.decision, reply.matches[0].name, "shortlisted")
    assert "counted" in run("decision", "feedback", *told)
    assert "stored" in run("decision", "feedback", *told, "--consent")
    assert "withdrawn" in run("decision", "feedback", *told, "--no-consent")
    assert "none of shortlisted" in run("decision", "feedback", *told[:2], "loved", status=2)


def test_what_if_and_why_not_answer_in_words(run: Run) -> None:
    changed = run("what-if", LAB, CNC, "--add", "water-lab-analysis:expert", "-l", "en", "--ask", "python", status=1)
    assert "UNKNOWN_SKILL" in changed
    changed = run("what-if", LAB, CNC, "--add", "python:expert", "--ask", "python", "-l", "en")
    assert "With “Python”" in changed
    assert "not asked → 1.00" in changed
    assert "Rank" in run("why-not", LAB, CNC, "-l", "en")
    assert "is none of" in run("what-if", LAB, CNC, "--add", "python:godlike", status=2)


def test_screening_stored_candidates_and_files(run: Run, client: ServiceClient, tmp_path: Path) -> None:
    shown = run("screen", LAB, "-n", "3", "--evidence", "1")
    for found in match(client, LAB, CANDIDATE, page_size=3).matches:
        assert f"{found.rank}. {found.name}" in shown
    folder = tmp_path / "candidates"
    folder.mkdir()
    (folder / "one.txt").write_text(get(client, CNC).text, encoding="utf-8")
    (folder / "two.txt").write_text("求职意向：水质化验员\n熟练掌握水质化验、离子色谱。", encoding="utf-8")
    shown = run("screen", LAB, str(folder))
    assert "1. document 1" in shown
    assert "2 scored, 0 not screened" in shown


def test_an_assignment_is_printed_with_who_is_left(run: Run) -> None:
    shown = run(
        "assign", "-c", 'skill:python', "-p", 'title:"测试"', "--openings", "postings/software-tester-zh-01=2",
        "--rule", "education >= SECONDARY => skill:python", "--mode", "stable",
    )  # fmt: skip
    assert "0 pairs would rather have each other" in shown
    assert "postings/software-tester-zh-01" in shown
    assert "is none of" in run("assign", "--mode", "fair", status=2)
    assert "is not written as" in run("assign", "--rule", "x", status=2)
