"""`matcher credential`, `complete`, `completions`, `growth` against a running service, as a person would type them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from matcher.cli import app
from matcher.config import ServerConfig, Settings
from matcher.domain.document import Kind, RawDocument
from matcher.engine import Engine
from matcher.records import ImportItem
from matcher.store import StoreConfig
from tests.rpc.running import running_server

TEXTS = {
    "candidates/li": "求职意向：数据分析师\n技能\n了解SQL；熟练掌握Excel",
    "postings/analyst": "数据分析师[bold]\n任职要求\n熟练掌握SQL\n熟悉Python\n熟练使用Excel\n持低压电工证者优先",
    "courses/sql": "《SQL数据库》课程大纲\n学时：40\n学分：2\n课程目标\n熟练掌握SQL查询\n考核方式\n上机100%",
    "courses/python": "《Python程序设计》课程大纲\n学时：60\n课程目标\n熟练掌握Python\n考核方式\n期末考试",
}
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    engine = Engine(Settings(store=StoreConfig(path=tmp_path_factory.mktemp("cli") / "c.db")))
    with running_server(engine, ServerConfig(port=0)) as started:
        items = [
            ImportItem(RawDocument(kind=Kind(name.partition("s/")[0]), id=name.partition("/")[2], text=text))
            for name, text in TEXTS.items()
        ]
        assert not [r.error for r in engine.import_documents(items) if r.error]
        yield started


@pytest.fixture
def run(address: str) -> Run:
    runner = CliRunner(env={"COLUMNS": "300", "TERM": "dumb", "SKILLMATCH_ADDRESS": address})

    def called(*arguments: str) -> Result:
        return runner.invoke(app, list(arguments))

    return called


def json_of(result: Result) -> Any:
    """The JSON that a command printed; the server, which runs in this process, logs a line before it."""
    return json.loads(result.stdout[result.stdout.index("{\n") :])


def test_a_bundle_is_drafted_stored_exported_and_deleted(run: Run, tmp_path: Path) -> None:
    drafted = run("credential", "design", "-p", "postings/analyst", "--min-courses", "2", "--max-courses", "2")
    assert drafted.exit_code == 0
    assert "100 hours, 2 credits" in drafted.stdout
    assert "proven best, of 2 courses" in drafted.stdout
    assert "no course covers this (1): Excel" in drafted.stdout
    assert "earned by examination, not by a course (1): 低压电工证" in drafted.stdout
    stored = run(
        "credential", "create", "数据[red]", "-c", "courses/sql", "-c", "courses/python", "--name", "credentials/d"
    )
    assert "数据[red]" in stored.stdout
    assert "credentials/d" in run("credential", "list").stdout
    assert "上机100%" in run("credential", "get", "credentials/d").stdout
    assert "0 of 1" not in run("credential", "list").stdout
    file = tmp_path / "d.docx"
    assert "bytes written" in run("credential", "export", "credentials/d", "--format", "docx", "-o", str(file)).stdout
    assert file.read_bytes()[:2] == b"PK"
    badge = json_of(run("credential", "export", "credentials/d", "--format", "badge"))
    assert badge["type"] == ["Achievement"]
    assert run("credential", "export", "credentials/d", "--format", "pdf").exit_code == 2
    assert "deleted credentials/d" in run("credential", "delete", "credentials/d").stdout
    gone = run("credential", "get", "credentials/d")
    assert (gone.exit_code, "RESOURCE_NOT_FOUND" in gone.output) == (1, True)


def test_completions_and_growth_are_shown(run: Run) -> None:
    done = run("complete", "candidates/li", "courses/sql", "--on", "2026-06-30", "--verified-by", "教务处", "--json")
    assert done.exit_code == 0
    name = json_of(done)["view"]["completion"]["name"]
    listed = run("completions", "candidates/li").stdout
    assert "2026-06-30 courses/sql, verified by 教务处" in listed
    assert "SQL语言 (proficient)" in listed
    growth = run("growth", "candidates/li", "postings/analyst").stdout
    assert "2026-06-30 courses/sql" in growth
    assert "SQL语言 50% → 100%" in growth
    assert run("growth", "candidates/li").exit_code == 2
    assert "deleted" in run("completions", "candidates/li", "--delete", name.rpartition("/")[2]).stdout
    assert "0 completions" in run("completions", "candidates/li").stdout
    assert run("complete", "candidates/li", "courses/sql", "--on", "30.06.2026").exit_code == 2


def test_what_is_left_of_each_bundle_is_shown(run: Run) -> None:
    run("credential", "create", "数据", "-c", "courses/sql", "-c", "courses/python", "--name", "credentials/e")
    run("complete", "candidates/li", "courses/sql", "--on", "2026-06-30")
    told = run("credential", "stack", "--candidate", "candidates/li").stdout
    (row,) = [line for line in told.splitlines() if "credentials/e" in line]
    assert [cell.strip() for cell in row.strip("│ ").split("│")] == ["credentials/e", "数据", "sql", "python", "60"]
