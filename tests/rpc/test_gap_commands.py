"""`matcher gap` and `matcher transitions` against the service: what a person reads, and what a program gets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from matcher.cli import app
from matcher.serve.client import ServiceClient

CLERK = "candidates/data-entry-clerk-zh-01"
TRAINER = "postings/ai-trainer-zh-01"
pytestmark = pytest.mark.usefixtures("client")


@pytest.fixture
def run(address: str, client: ServiceClient) -> CliRunner:
    return CliRunner(env={"COLUMNS": "200", "TERM": "dumb", "SKILLMATCH_ADDRESS": address})


def ok(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return result.stdout


def reply_of(stdout: str) -> Any:
    """The JSON of a reply; the server of these tests logs to the same stream."""
    return json.JSONDecoder().raw_decode(stdout, stdout.index("{\n"))[0]


def test_a_gap_is_read_by_a_person(run: CliRunner) -> None:
    text = ok(run.invoke(app, ["gap", CLERK, "--to", TRAINER]))
    assert f"{CLERK} → {TRAINER}" in text
    assert "学历：要求大专，体现大专（满足）" in text
    assert "证书与资格 · 文本未体现 (1)" in text


def test_a_gap_of_files_is_read_by_a_program(run: CliRunner, corpus: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "cv.txt").write_text(corpus[CLERK], encoding="utf-8")
    (tmp_path / "post.txt").write_text(corpus[TRAINER], encoding="utf-8")
    stored = reply_of(ok(run.invoke(app, ["gap", CLERK, "-t", TRAINER, "--json"])))
    read = reply_of(ok(run.invoke(app, ["gap", f"{tmp_path}/cv.txt", "-t", f"{tmp_path}/post.txt", "--json"])))
    assert read["gap"]["totals"] == stored["gap"]["totals"]


def test_a_gap_to_many_postings_and_to_an_occupation(run: CliRunner) -> None:
    many = ["gap", CLERK, "--cohort", 'id = "ai-trainer-zh-01"', "--min-share", "0.6", "-l", "en"]
    assert "1 posting(s)" in ok(run.invoke(app, many))
    assert "occupations/data-entry-clerk" in ok(run.invoke(app, ["gap", CLERK, "-o", "data-entry-clerk"]))


@pytest.mark.parametrize("options", [[], ["--to", TRAINER, "--occupation", "data-analyst"], ["-o", "x", "-c", ""]])
def test_one_target_must_be_named(run: CliRunner, options: list[str]) -> None:
    result = run.invoke(app, ["gap", CLERK, *options])
    assert result.exit_code == 2
    assert "--cohort" in result.output


def test_a_refusal_is_one_line(run: CliRunner) -> None:
    result = run.invoke(app, ["gap", CLERK, "--cohort", "education = DOCTORATE"])
    assert result.exit_code == 1
    assert "EMPTY_COHORT" in result.output


def test_transitions_are_listed_nearest_first(run: CliRunner) -> None:
    text = ok(run.invoke(app, ["transitions", CLERK, "-n", "3", "--min-postings", "1"]))
    assert max(text.index("ai-trainer"), text.index("data-annotation-engineer")) < text.index("\n3 ")
    assert "趋势未知" in text
    assert "对不上任何职业" in text


def test_transitions_of_an_occupation_the_caller_names(run: CliRunner) -> None:
    options = ["--growing", "ai-trainer", "--only-growing", "--json"]
    reply = reply_of(ok(run.invoke(app, ["transitions", "occupations/data-entry-clerk", *options])))
    assert reply["origin_title"] == "数据录入员"
    # its essential skills show nothing of training AI, so there is no way to tell how near it is
    assert "transitions" not in reply


def test_what_is_excluded_is_not_listed(run: CliRunner) -> None:
    text = ok(run.invoke(app, ["transitions", CLERK, "-n", "1", "--exclude", "data-entry-clerk"]))
    assert "data-entry-clerk" not in text
