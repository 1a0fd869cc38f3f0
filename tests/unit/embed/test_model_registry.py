"""The registry finds models and refuses what is not the model on record."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from matcher.embed.registry import resolve_model
from matcher.errors import InvalidConfig

WEIGHTS = b"weights of a model"
DIGEST = hashlib.sha256(WEIGHTS).hexdigest()


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    """A registry of one good model and several broken ones, with their folders."""
    (tmp_path / "good").mkdir()
    (tmp_path / "good" / "model.safetensors").write_bytes(WEIGHTS)
    (tmp_path / "good" / "small.bin").write_bytes(b"x")
    (tmp_path / "bare").mkdir()
    path = tmp_path / "registry.toml"
    path.write_text(
        f"""
        [models."static-256"]
        path = "good"
        dimension = 256
        languages = ["zh", "en"]
        max_tokens = 512
        sha256 = "{DIGEST}"
        [models.exchanged]
        path = "good"
        dimension = 256
        sha256 = "{"0" * 64}"
        [models.absent]
        path = "nowhere"
        dimension = 256
        sha256 = "{DIGEST}"
        [models.unfinished]
        dimension = 256
        """,
        encoding="utf-8",
    )
    return path


def refusal(model: str, registry: Path) -> InvalidConfig:
    with pytest.raises(InvalidConfig) as caught:
        resolve_model(model, registry)
    return caught.value


def test_a_registered_model_is_found_with_its_facts(registry: Path) -> None:
    entry = resolve_model("static-256", registry)
    assert entry.id == f"static-256@{DIGEST[:8]}"
    assert entry.path == registry.parent / "good"
    assert (entry.dimension, entry.languages, entry.max_tokens) == (256, ("zh", "en"), 512)


def test_a_folder_is_named_by_itself_and_its_largest_weights(registry: Path) -> None:
    entry = resolve_model(str(registry.parent / "good"), registry)
    assert (entry.id, entry.dimension) == (f"good@{DIGEST[:8]}", 0)


def test_other_weights_give_another_id(registry: Path) -> None:
    before = resolve_model(str(registry.parent / "good"), registry).id
    (registry.parent / "good" / "model.safetensors").write_bytes(WEIGHTS + b"!")
    assert resolve_model(str(registry.parent / "good"), registry).id != before


def test_an_unknown_id_is_refused_with_the_nearest_known(registry: Path) -> None:
    error = refusal("static-265", registry)
    assert "nearest known: static-256" in error.message
    assert error.field == "embed.model"


def test_an_empty_registry_has_no_hint(tmp_path: Path) -> None:
    (tmp_path / "registry.toml").write_text("")
    assert "nearest" not in refusal("x", tmp_path / "registry.toml").message


def test_exchanged_weights_are_refused_with_both_digests(registry: Path) -> None:
    error = refusal("exchanged", registry)
    assert DIGEST in error.message
    assert "0" * 64 in error.message


@pytest.mark.parametrize("model", ["absent", "{parent}/bare", "{parent}/nowhere", "some/hub-name"])
def test_a_folder_without_weights_is_refused(registry: Path, model: str) -> None:
    error = refusal(model.format(parent=registry.parent), registry)
    assert "no model weights below" in error.message
    assert error.field == "embed.model"


def test_an_incomplete_entry_is_refused_naming_what_it_lacks(registry: Path) -> None:
    error = refusal("unfinished", registry)
    assert "lacks path, sha256" in error.message


def test_a_registry_that_is_missing_or_broken_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "registry.toml"
    assert "does not exist" in refusal("x", path).message
    for content in (b"[models", "名 = 1".encode("gbk")):
        path.write_bytes(content)
        error = refusal("x", path)
        assert "cannot be read" in error.message
        assert error.field == "embed.registry"
