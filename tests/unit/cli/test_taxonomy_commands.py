"""`matcher taxonomy` and `matcher occupation` without a service."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs
from typer.testing import CliRunner

from matcher.cli import app, upgrading
from matcher.config import Settings
from matcher.domain.document import Kind, RawDocument
from matcher.engine import Engine
from matcher.records import ImportItem
from matcher.store import DocumentStore, StoreConfig
from matcher.taxonomy import load_starter, load_taxonomy
from tests.unit.taxonomy.small_release import SKILLS, write_release

WIDE = {"COLUMNS": "300", "TERM": "dumb"}


@pytest.fixture(autouse=True)
def _logs_apart(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Logs are configured once per process; bound to a runner's output they would outlive it."""
    monkeypatch.setattr(upgrading, "configure_logs", lambda: None)
    with capture_logs():
        yield


@pytest.fixture
def runner() -> CliRunner:
    return CliRunner(env=WIDE)


@pytest.fixture
def releases(tmp_path: Path) -> tuple[Path, Path]:
    new = SKILLS.replace("SQL语言", "SQL查询").replace("Postgres\n", "Postgres|PG database\n")
    return write_release(tmp_path / "t-1"), write_release(tmp_path / "t-2", skills=new)


@pytest.fixture
def store(tmp_path: Path, releases: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store tagged with the first release, which is the configured one."""
    monkeypatch.setenv("SKILLMATCH_TAXONOMY__PATH", str(releases[0]))
    path = tmp_path / "s.db"
    settings = Settings(store=StoreConfig(path=path))
    engine = Engine(settings)
    engine.load()
    texts = {Kind.POSTING: "招聘\n任职要求：熟悉PG database和MySQL", Kind.CANDIDATE: "技能：SQL语言"}
    items = [ImportItem(RawDocument(kind=kind, id="a-1", text=text)) for kind, text in texts.items()]
    assert all(result.error is None for result in engine.import_documents(items))
    engine.close()
    return path


def version_of(store: Path) -> str | None:
    opened = DocumentStore(StoreConfig(path=store))
    found = opened.taxonomy_version()
    opened.close()
    return found


def test_a_diff_is_told_in_words_and_as_json(runner: CliRunner, releases: tuple[Path, Path]) -> None:
    old, new = map(str, releases)
    told = runner.invoke(app, ["taxonomy", "diff", old, new])
    assert told.exit_code == 0
    assert "aliases: 2" in told.stdout
    assert "postgresql (en): +PG database" in told.stdout
    assert "sql (zh): +SQL查询 -SQL语言" in told.stdout
    as_json = json.loads(runner.invoke(app, ["taxonomy", "diff", old, new, "--json"]).stdout)
    assert [c["skill_id"] for c in as_json["aliases"]] == ["postgresql", "sql"]
    assert "no difference" in runner.invoke(app, ["taxonomy", "diff", old, old]).stdout


def test_a_broken_release_is_told_by_file_and_row(runner: CliRunner, tmp_path: Path) -> None:
    broken = write_release(tmp_path / "b", relations="from,type,to,strength\nsql,prerequisite,cobol,1\n")
    result = runner.invoke(app, ["taxonomy", "diff", "starter", str(broken)])
    assert result.exit_code == 1
    assert "relations.csv:2: to: no skill cobol" in result.stderr


def test_a_dry_run_reports_and_leaves_the_store(runner: CliRunner, releases: tuple[Path, Path], store: Path) -> None:
    before = version_of(store)
    arguments = ["taxonomy", "upgrade", "--to", str(releases[1]), "--store", str(store)]
    told = runner.invoke(app, [*arguments, "--dry-run"])
    assert told.exit_code == 0, told.output
    assert "2 of 2 documents would have other mentions" in told.stdout
    assert "nothing was written" in told.stdout
    assert "candidates and courses for 1 of 1 postings" in told.stdout
    found = json.loads(runner.invoke(app, [*arguments, "--dry-run", "--json"]).stdout)
    assert found["preview"]["n_changed"] == 2
    assert found["diff"]["old_version"] == before
    assert version_of(store) == before


def test_the_upgrade_tags_the_store_and_can_be_given_again(
    runner: CliRunner, releases: tuple[Path, Path], store: Path
) -> None:
    arguments = ["taxonomy", "upgrade", "--to", str(releases[1]), "--store", str(store)]
    first = runner.invoke(app, arguments)
    assert first.exit_code == 0, first.output
    assert "2 documents tagged with t-2+" in first.stdout
    assert "2 have other mentions" in first.stdout
    assert version_of(store) == load_taxonomy(releases[1]).version
    assert "0 have other mentions" in runner.invoke(app, arguments).stdout


def test_an_overlay_is_checked_with_every_conflict_named(
    runner: CliRunner, releases: tuple[Path, Path], tmp_path: Path
) -> None:
    folder = tmp_path / "tenants"
    folder.mkdir()
    header = "owner,id,kind,field,broader,label_zh,aliases_zh"
    rows = ["acme,acme--pipes,hard,water,software,管网巡检,", "acme,python,,,,,蟒蛇语言"]
    (folder / "acme.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    arguments = ["taxonomy", "overlay", str(folder), "--base", str(releases[0])]
    clean = runner.invoke(app, arguments)
    assert clean.exit_code == 0
    assert "1 skills and 1 aliases of tenants in effect, 0 without effect" in clean.stdout
    (folder / "acme.csv").write_text("\n".join([header, *rows, "acme,mysql,,,,,SQL语言|老库"]) + "\n", encoding="utf-8")
    conflict = runner.invoke(app, arguments)
    assert conflict.exit_code == 1
    assert "acme.csv:4: acme: name_taken: mysql: 'SQL语言', which sql has" in conflict.stdout


@pytest.mark.parametrize("form", ["release", "csv", "case"])
def test_an_export_reads_back(runner: CliRunner, releases: tuple[Path, Path], tmp_path: Path, form: str) -> None:
    target = tmp_path / {"release": "out", "csv": "out.csv", "case": "out.json"}[form]
    result = runner.invoke(
        app, ["taxonomy", "export", str(releases[0]), str(target), "--format", form, "--source", "tests"]
    )
    assert result.exit_code == 0, result.output
    assert list(load_taxonomy(target)) == list(load_taxonomy(releases[0]))


def test_an_unknown_format_is_refused(runner: CliRunner, tmp_path: Path) -> None:
    result = runner.invoke(app, ["taxonomy", "export", "starter", str(tmp_path / "x"), "--format", "rdf"])
    assert result.exit_code == 2


def test_case_goes_to_standard_output(runner: CliRunner, releases: tuple[Path, Path]) -> None:
    result = runner.invoke(app, ["taxonomy", "export", str(releases[0]), "-", "--format", "case"])
    assert json.loads(result.stdout)["CFDocument"]["title"] == "t-1"


def test_the_overlay_of_the_configuration_is_laid_over_the_taxonomy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "tenants"
    folder.mkdir()
    (folder / "a.csv").write_text(
        "owner,id,kind,field,broader,label_zh\nacme,acme--pipes,hard,water,,管网巡检专项\n", encoding="utf-8"
    )
    monkeypatch.setenv("SKILLMATCH_TAXONOMY__OVERLAY", str(folder))
    engine = Engine(Settings(store=StoreConfig(path=tmp_path / "s.db")))
    assert engine.taxonomy.get("acme--pipes").owner == "acme"
    assert len(engine.taxonomy) == len(load_starter()) + 1
    found = engine.extract("熟悉管网巡检专项工作").mentions
    assert [m.skill_id for m in found] == ["acme--pipes"]
    engine.close()
