"""`matcher coverage` against a real service: tables for people, JSON for programs, arguments that cannot be right."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from google.protobuf.json_format import Parse
from typer.testing import CliRunner

from matcher._gen.skillmatch.v1 import coverage_pb2 as pb
from matcher.cli import app

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ".venv/bin/matcher coverage "
WATER = "courses/smart-water-basics-zh-01 courses/water-analysis-zh-01"
COHORT = "--cohort 'title:\"水\"'"


def run(command: str, address: str, code: int = 0) -> str:
    env = {"SKILLMATCH_ADDRESS": address, "COLUMNS": "300", "TERM": "dumb"}
    result = CliRunner().invoke(app, ["coverage", *shlex.split(command)], env=env)
    assert result.exit_code == code, result.output
    return result.output


def test_a_matrix_is_printed_with_its_courses_and_sets(address: str, imported: None) -> None:
    out = run("posting postings/software-tester-zh-01 -n 3 --essential --numbers --language en", address)
    assert "courses/software-testing-technology-zh-01 软件测试技术" in out
    assert "● 1.00" in out
    assert "Smallest set" in out
    assert "Greedy choice" in out


def test_an_audit_of_stored_and_sent_courses(address: str, imported: None, tmp_path: Path) -> None:
    path = tmp_path / "new.txt"
    path.write_text("水厂数据分析\n课程内容：熟练掌握SQL", encoding="utf-8")
    out = run(f"audit {WATER} {path} --title 智慧水务 {COHORT} --min-share 0", address)
    assert "专业“智慧水务”：3门课程" in out
    row = next(line for line in out.splitlines() if "SQL语言" in line)
    assert "●" in row
    assert "documents[0]" in row


def test_a_simulation_and_a_comparison(address: str, imported: None, tmp_path: Path) -> None:
    path = tmp_path / "new.txt"
    path.write_text("水厂数据分析\n课程内容：熟练掌握SQL", encoding="utf-8")
    out = run(f"simulate {WATER} --with {path} {COHORT} --covered-from 0.5", address)
    assert "SQL语言：0.00 → 1.00" in out
    assert "○ 0.00" in out
    names = WATER.replace(" ", ",")
    out = run(f"compare {names} 'title:\"电气\"' {COHORT} --language en", address)
    assert "Programme “no. 1”: 2 courses" in out
    assert "Taught here only" in out


def test_json_is_the_whole_reply(address: str, imported: None) -> None:
    out = run(f"audit {WATER} {COHORT} --json", address)
    # the service under test logs in this process
    reply = Parse(out[out.index("{\n") :], pb.AuditProgrammeResponse())
    assert [c.course for c in reply.courses] == WATER.split()
    assert reply.alignment.required_count > 0


@pytest.mark.parametrize("target", ["", "--posting postings/x --occupation data-analyst"])
def test_exactly_one_target_is_to_be_given(address: str, target: str) -> None:
    assert "give one of a posting, --cohort and --occupation" in run(f"audit {WATER} {target}", address, code=2)


def test_a_refusal_ends_the_command_with_its_reason(address: str, imported: None) -> None:
    assert "courses/no-such" in run(f"audit courses/no-such {COHORT}", address, code=1)


def test_the_commands_of_the_documentation_run(
    address: str, imported: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, corpus: dict[str, str]
) -> None:
    monkeypatch.chdir(ROOT)
    edited = tmp_path / "edited.txt"
    edited.write_text(corpus["courses/smart-water-basics-zh-01"] + "模块六 水样采集与保存", encoding="utf-8")
    lines = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8").splitlines()
    commands = [line.removeprefix(PROGRAM) for line in lines if line.startswith(PROGRAM)]
    assert [shlex.split(c)[0] for c in commands] == ["posting", "audit", "simulate", "compare"]
    for command in commands:
        assert "目标岗位" in run(command.replace("/tmp/edited.txt", str(edited)), address)  # noqa: S108
