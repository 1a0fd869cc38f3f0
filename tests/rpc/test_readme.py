"""The README is true: its commands run against a real service, and the reply that it shows is the reply that comes."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from matcher.cli import app

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROGRAM = ".venv/bin/matcher "
COMMANDS = [line.removeprefix(PROGRAM) for line in README.splitlines() if line.startswith(PROGRAM)]


def run(command: str, address: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "400")
    result = CliRunner().invoke(app, shlex.split(command), env={"SKILLMATCH_ADDRESS": address})
    assert result.exit_code == 0, result.output
    return result.output


def test_the_readme_shows_commands() -> None:
    journeys = {"match", "import", "explain", "skills", "list", "status"}
    planning = {"gap", "plan", "transitions", "coverage", "credential"}
    assert {shlex.split(c)[0] for c in COMMANDS} == journeys | planning


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_readme_runs(
    command: str, address: str, imported: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(run(command, address, monkeypatch).splitlines()) >= 1


def test_the_reply_in_the_readme_is_the_reply(address: str, imported: None, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = re.search(r"```\n(1\. candidates/.*?)\n```", README, flags=re.DOTALL)
    assert shown is not None
    lines = [line.rstrip() for line in shown[1].splitlines() if "more]" not in line]
    got = [line.rstrip() for line in run(COMMANDS[0], address, monkeypatch).splitlines()]
    # the last line names the index revision, which depends on how the documents were imported
    assert [line for line in lines[:-1] if line not in got] == []
