"""A model made of others: its similarity is the weighted mean of theirs, its registry entry is checked like any other."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from eval.service_encoder import ServiceEncoder, is_composed, open_encoder
from matcher.embed import EmbedConfig, Encoder, batched, load_encoder
from matcher.embed.batching import BatchingEncoder
from matcher.embed.registry import DEFAULT_REGISTRY, resolve_model
from matcher.embed.side_by_side import SideBySideEncoder
from matcher.errors import InvalidConfig
from tests.unit.embed.test_encoders import EncoderContract

PAIR = "skillmatch-pair-640"
TEXTS = [
    "水质化验员",
    "water quality technician",
    "Vertriebsleiterin",
    "responsable des ventes",
    "熟悉 Kubernetes 运维",
]


def config(model: str) -> EmbedConfig:
    return EmbedConfig(model=model, device="cpu", precision="fp32")


@cache
def pair() -> Encoder:
    """The pair that ships; loading takes a second, so it is done once."""
    return load_encoder(config(PAIR))


class TestPair(EncoderContract):
    @pytest.fixture
    def encoder(self) -> Encoder:
        return pair()


def test_similarity_is_the_weighted_mean_of_the_parts() -> None:
    own, mini, static = (
        load_encoder(config(name)).encode(TEXTS) for name in (PAIR, "skillmatch-mini-384", "skillmatch-titles-256")
    )
    np.testing.assert_allclose(own @ own.T, 0.7 * mini @ mini.T + 0.3 * static @ static.T, atol=1e-5)


def test_a_text_that_one_part_knows_nothing_of_is_told_by_the_other() -> None:
    unknown = "\u3007"  # no piece of the static model
    static = load_encoder(config("skillmatch-titles-256")).encode([unknown, TEXTS[0]])
    rows = pair().encode([unknown, TEXTS[0]])
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-6)
    if not static[0].any():
        assert not rows[0, 384:].any()


def test_the_tightest_part_tells_what_is_read() -> None:
    mini = load_encoder(config("skillmatch-mini-384"))
    assert (pair().dimension, pair().max_tokens) == (640, mini.max_tokens)
    np.testing.assert_array_equal(pair().token_counts(TEXTS), mini.token_counts(TEXTS))


def test_calls_share_passes_because_a_part_needs_it() -> None:
    assert isinstance(batched(pair(), config(PAIR)), BatchingEncoder)


def test_two_static_parts_are_not_batched(tmp_path: Path) -> None:
    registry = _registry(tmp_path, '"a" = 0.5, "b" = 0.5', dimension=512)
    encoder = load_encoder(EmbedConfig(model="both", registry=registry, device="cpu"))
    assert isinstance(encoder, SideBySideEncoder)
    assert batched(encoder, config(PAIR)) is encoder
    alone = load_encoder(config("skillmatch-static-256")).encode(TEXTS)
    np.testing.assert_allclose(encoder.encode(TEXTS)[:, :256] * 2**0.5, alone, atol=1e-6)


def _registry(folder: Path, parts: str, dimension: int = 512) -> Path:
    """A registry with the shipped static model under two names and a model made of parts."""
    source = resolve_model("skillmatch-static-256", DEFAULT_REGISTRY)
    shutil.copytree(source.path, folder / "static")
    digest = DEFAULT_REGISTRY.read_text(encoding="utf-8").split('path = "skillmatch-static-256"')[1]
    digest = digest.split('sha256 = "')[1].split('"')[0]
    entry = f'path = "static"\ndimension = 256\nsha256 = "{digest}"\n'
    content = f"[models.a]\n{entry}[models.b]\n{entry}[models.both]\ndimension = {dimension}\nparts = {{ {parts} }}\n"
    content += '[models.nested]\ndimension = 768\nparts = { "both" = 0.5, "a" = 0.5 }\n'
    (folder / "registry.toml").write_text(content, encoding="utf-8")
    return folder / "registry.toml"


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ('"a" = 0.5, "missing" = 0.5', "parts missing are unknown"),
        ('"a" = 0.5, "b" = 0.6', "shares do not add up to 1"),
        ('"a" = 1.0, "b" = 0.0', "parts a, b are unknown, made of parts, or have no share"),
    ],
)
def test_wrong_parts_are_refused(tmp_path: Path, parts: str, said: str) -> None:
    registry = _registry(tmp_path, parts)
    with pytest.raises(InvalidConfig, match=said) as error:
        resolve_model("both", registry)
    assert error.value.field == "embed.registry"


def test_parts_of_parts_and_a_wrong_dimension_are_refused(tmp_path: Path) -> None:
    registry = _registry(tmp_path, '"a" = 0.5, "b" = 0.5', dimension=300)
    with pytest.raises(InvalidConfig, match="parts both"):
        resolve_model("nested", registry)
    with pytest.raises(InvalidConfig, match="gives 512 dimensions, registered are 300"):
        load_encoder(EmbedConfig(model="both", registry=registry, device="cpu"))


def test_other_shares_are_another_model(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    even = resolve_model("both", _registry(tmp_path / "one", '"a" = 0.5, "b" = 0.5')).id
    uneven = resolve_model("both", _registry(tmp_path / "two", '"a" = 0.6, "b" = 0.4')).id
    assert even.split("@")[0] == uneven.split("@")[0] == "both"
    assert even != uneven


def test_the_harness_opens_a_composed_model_as_the_service_does() -> None:
    assert is_composed(PAIR)
    assert not is_composed("skillmatch-mini-384")
    assert not is_composed("teacher")
    encoder = open_encoder(PAIR)
    assert isinstance(encoder, ServiceEncoder)
    np.testing.assert_allclose(
        encoder.encode([TEXTS[1], TEXTS[1], TEXTS[0]])[1:], pair().encode(TEXTS[1::-1]), atol=1e-6
    )


def test_the_tuned_static_model_is_loaded_like_the_one_it_came_from() -> None:
    tuned, start = (load_encoder(config(name)) for name in ("skillmatch-titles-256", "skillmatch-static-256"))
    assert (tuned.dimension, tuned.max_tokens) == (start.dimension, start.max_tokens) == (256, 0)
    cosine = (tuned.encode(TEXTS) * start.encode(TEXTS)).sum(axis=1)
    assert 0.6 < float(cosine.min()) < float(cosine.max()) < 0.999, "the same space, other rows"
