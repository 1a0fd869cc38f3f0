"""`matcher plan` against the service: what a person reads, and what a program gets."""

from __future__ import annotations

import json
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from matcher.cli import app
from matcher.serve.client import ServiceClient

CLERK = "candidates/data-entry-clerk-zh-01"
TRAINER = "postings/ai-trainer-zh-01"
TRAINING = "courses/data-annotation-ai-training-zh-01"
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


def test_a_plan_is_read_by_a_person(run: CliRunner) -> None:
    order = ["plan", CLERK, "--to", TRAINER, "--max-hours", "96", "--terms", "2", "--hours-per-term", "70"]
    text = ok(run.invoke(app, [*order, "--objective", "closed", "--objective", "hours", "--alternatives", "1"]))
    assert "最优方案（已证明没有更好的）" in text
    assert "第 1 学期：" in text
    assert f"《数据标注与人工智能训练》（{TRAINING}；64 学时）" in text
    assert "备选 1：" in text
    assert "未入选的课程：" in text
    assert "证书须考取，课程不能代替：" in text


def test_a_plan_is_read_by_a_program_and_all_limits_arrive(run: CliRunner) -> None:
    order = ["plan", CLERK, "-t", TRAINER, "--json", "-l", "en", "--max-hours", "200", "--max-cost", "9000.5"]
    order += ["--allow-unknown", "cost", "--include", TRAINING, "--exclude", "courses/prompt-engineering-agents-zh-03"]
    order += ["--term-start", "2026-09-01", "--term-start", "2027-03-01", "--practice", "0.3", "--max-courses", "3"]
    reply = reply_of(ok(run.invoke(app, order)))
    names = [c["course"] for c in reply["plan"]["courses"]]
    assert TRAINING in names
    assert "courses/prompt-engineering-agents-zh-03" not in names
    assert len(names) <= 3
    assert reply["plan"]["practice_share"] >= 0.3
    assert any(w["code"] == "UNKNOWN_COST" for w in reply["warnings"])


def test_limits_in_conflict_are_read_by_a_person(run: CliRunner) -> None:
    text = ok(run.invoke(app, ["plan", CLERK, "-t", TRAINER, "-l", "en", "--max-hours", "20", "--objective", "hours"]))
    assert "No plan keeps all of these: the limit on hours; closing all that can be closed" in text


@pytest.mark.parametrize(
    ("order", "said"),
    [
        (["plan", CLERK], "give one of --to"),
        (["plan", CLERK, "-t", TRAINER, "--objective", "fun"], "is none of closed, hours, cost, courses, terms"),
        (["plan", CLERK, "-t", TRAINER, "--delivery", "train"], "is none of onsite, online, blended"),
    ],
)
def test_wrong_arguments_are_told(run: CliRunner, order: list[str], said: str) -> None:
    result = run.invoke(app, order)
    assert result.exit_code == 2
    assert said in " ".join(result.output.split())


def test_an_unknown_course_ends_with_a_readable_line(run: CliRunner) -> None:
    result = run.invoke(app, ["plan", CLERK, "-t", TRAINER, "--include", "courses/none"])
    assert result.exit_code == 1
    assert "no course courses/none" in result.output
