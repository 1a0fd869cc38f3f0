"""Settings: defaults, file, environment; what is not known or not allowed is refused by name."""

from __future__ import annotations

import ast
import inspect
import os
import textwrap
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from pydantic import BaseModel

from matcher.config import Settings, load_settings
from matcher.errors import InvalidConfig


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in [v for v in os.environ if v.upper().startswith("SKILLMATCH_")]:
        monkeypatch.delenv(variable)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "service.toml"
    path.write_text(
        '[server]\nport = 6000\nhost = "0.0.0.0"\n[match.retrieve]\ndense = 50\n[store]\npath = "数据/库.db"\n',
        encoding="utf-8",
    )
    return path


def refusal(path: Path | None = None) -> InvalidConfig:
    with pytest.raises(InvalidConfig) as caught:
        load_settings(path)
    return caught.value


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "bad.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_defaults() -> None:
    found = load_settings()
    assert found == Settings()
    assert (found.server.host, found.server.port) == ("127.0.0.1", 50051)
    assert found.store.path == Path("var/skillmatch.db")
    assert found.embed.model == "skillmatch-static-256"
    retrieve = found.match.retrieve
    assert (retrieve.dense, retrieve.skills, retrieve.postings, retrieve.pool_size) == (100, 300, 600, 500)
    assert found.taxonomy.path is None


def test_a_file_changes_what_it_names_and_nothing_else(file: Path) -> None:
    found = load_settings(file)
    assert (found.server.port, found.server.host, found.server.workers) == (6000, "0.0.0.0", 1)  # noqa: S104
    assert (found.match.retrieve.dense, found.match.retrieve.skills) == (50, 300)
    assert found.store.path == Path("数据/库.db")


def test_the_environment_wins_over_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SKILLMATCH_SERVER__PORT", "7000")
    monkeypatch.setenv("SKILLMATCH_MATCH__RETRIEVE__SKILLS", "9")
    monkeypatch.setenv("SKILLMATCH_TAXONOMY__PATH", "esco")
    found = load_settings(file)
    assert (found.server.port, found.server.host) == (7000, "0.0.0.0")  # noqa: S104
    assert (found.match.retrieve.dense, found.match.retrieve.skills) == (50, 9)
    assert found.taxonomy.path == Path("esco")


def test_a_variable_names_the_file_unless_one_is_given(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SKILLMATCH_CONFIG", str(file))
    assert load_settings().server.port == 6000
    assert load_settings(written(tmp_path, "[server]\nport = 1234")).server.port == 1234


@pytest.mark.parametrize(
    ("text", "field", "nearest"),
    [
        ("[server]\nprot = 1", "server.prot", "port"),
        ("[sever]\nport = 1", "sever", "server"),
        ("[match.retrieve]\npoolsize = 1", "match.retrieve.poolsize", "pool_size"),
        ('[embed]\nmodl = "x"', "embed.modl", "model"),
        ("[store]\nbusy_timeout = 1", "store.busy_timeout", "busy_timeout_s"),
        ("[index]\nrecall = 0.5", "index.recall", "recall_target"),
    ],
)
def test_an_unknown_key_is_refused_with_the_nearest_known(tmp_path: Path, text: str, field: str, nearest: str) -> None:
    error = refusal(written(tmp_path, text))
    assert error.field == field
    assert error.message.endswith(f"nearest known key: {nearest}")


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("[server]\nport = 70000", "server.port"),
        ("[server]\nport = -1", "server.port"),
        ('[server]\nport = "http"', "server.port"),
        ("[server]\ndefault_deadline_s = 0", "server.default_deadline_s"),
        ("server = 5", "server"),
        ("[match.retrieve]\ndense = 0", "match.retrieve.dense"),
        ('[embed]\ndevice = "tpu"', "embed.device"),
        ("[index]\nrecall_target = 1.0", "index.recall_target"),
    ],
)
def test_a_bad_value_is_refused_naming_its_key(tmp_path: Path, text: str, field: str) -> None:
    error = refusal(written(tmp_path, text))
    assert error.field == field
    assert error.message.startswith(f"{field}: ")
    assert "nearest" not in error.message


@pytest.mark.parametrize(
    ("variable", "value", "named"),
    [
        ("SKILLMATCH_SERVER__PORT", "many", "server.port"),
        ("SKILLMATCH_SERVER__PROT", "1", "nearest known key: port"),
        ("SKILLMATCH_SEVER__PORT", "1", "nearest known key: server"),
        ("skillmatch_sever__port", "1", "nearest known key: server"),
        ("SKILLMATCH_SERVER", "{port", "server"),
    ],
)
def test_a_bad_variable_is_refused(variable: str, value: str, named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable, value)
    assert named in refusal().message


def test_variables_of_others_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SKILLMATCH_DATA", "/data")
    monkeypatch.setenv("OTHER_SEVER__PORT", "1")
    assert load_settings() == Settings()


@pytest.mark.parametrize("content", [b"[server", "名 = 1".encode("gbk")])
def test_a_file_that_does_not_parse_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.toml"
    path.write_bytes(content)
    error = refusal(path)
    assert error.field == "config"
    assert str(path) in error.message


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "No such file" in refusal(tmp_path / "none.toml").message


def models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A settings model and those of its tables."""
    yield model
    for field in model.model_fields.values():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from models(field.annotation)


def documented_below(model: type[BaseModel]) -> set[str]:
    """Fields that are followed by a docstring in the source."""
    (body,) = ast.parse(textwrap.dedent(inspect.getsource(model))).body
    assert isinstance(body, ast.ClassDef)
    return {
        field.target.id
        for field, below in pairwise(body.body)
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant)
    }


@pytest.mark.parametrize("model", list(models(Settings)))
def test_every_setting_says_what_it_does(model: type[BaseModel]) -> None:
    assert model.__doc__
    assert model.model_config.get("extra") == "forbid"
    silent = {name for name, field in model.model_fields.items() if not field.description} - documented_below(model)
    tables = {name for name in silent if isinstance(model.model_fields[name].annotation, type)}
    # the tables of the root are described by their own classes
    assert silent == (tables if model is Settings else set())
