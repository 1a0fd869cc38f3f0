"""BERTs computed by torch alone: the vectors of sentence-transformers, and only for models that are computed exactly."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from matcher.embed import EmbedConfig, Encoder, SentenceEncoder, load_encoder
from matcher.embed.bert import BertEncoder, is_plain_bert
from matcher.embed.registry import resolve_model
from matcher.errors import InvalidConfig
from tests.unit.embed.small_models import tiny_transformer
from tests.unit.embed.test_encoders import EncoderContract

SHIPPED = "skillmatch-mini-384"
TEXTS = [
    "水质化验员",
    "Senior software engineer",
    "熟悉 Kubernetes 集群运维，负责质量管理体系。" * 3,
    "a" * 3000,
    "word " * 700,
    "ＡＢＣ１２３ Ünïcode 😀",
    "Vertriebsleiterin (m/w/d)",
    "responsable des ventes",
]


@cache
def shipped() -> Encoder:
    """The transformer that ships, in fp32; loading takes a second, so it is done once."""
    return load_encoder(EmbedConfig(model=SHIPPED, device="cpu", precision="fp32"))


class TestShippedTransformer(EncoderContract):
    @pytest.fixture
    def encoder(self) -> Encoder:
        return shipped()


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_transformer(tmp_path_factory.mktemp("models") / "tiny", max_tokens=24)


@pytest.mark.parametrize("model", [SHIPPED, "tiny"])
def test_vectors_are_those_of_sentence_transformers(model: str, tiny: Path) -> None:
    config = EmbedConfig(model=SHIPPED if model == SHIPPED else str(tiny), device="cpu", precision="fp32")
    own, reference = load_encoder(config), SentenceEncoder(config)
    assert isinstance(own, BertEncoder)
    assert (own.model_id, own.dimension, own.max_tokens) == (
        reference.model_id,
        reference.dimension,
        reference.max_tokens,
    )
    np.testing.assert_allclose(own.encode(TEXTS), reference.encode(TEXTS), atol=2e-6)
    np.testing.assert_array_equal(own.token_counts(TEXTS), reference.token_counts(TEXTS))


def test_bf16_changes_vectors_in_the_third_decimal() -> None:
    half = load_encoder(EmbedConfig(model=SHIPPED, device="cpu", precision="bf16"))
    cosine = (half.encode(TEXTS) * shipped().encode(TEXTS)).sum(axis=1)
    assert 0.9995 < float(cosine.min()) < 1.0


def test_small_passes_give_the_same_vectors_in_the_same_order(tiny: Path) -> None:
    entry = resolve_model(str(tiny))
    texts = [("水质" * (n % 9 + 1)) + str(n) for n in range(40)]
    wide, narrow = (BertEncoder(entry, "fp32", batch, tokens, threads=1) for batch, tokens in ((64, 4096), (3, 20)))
    np.testing.assert_allclose(narrow.encode(texts), wide.encode(texts), atol=1e-6)


def test_a_pass_holds_no_more_texts_and_tokens_than_configured(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = BertEncoder(resolve_model(str(tiny)), "fp32", 4, 40, threads=1)
    passes: list[tuple[int, int]] = []
    own = encoder._body.vectors

    def watched(tokens: Any) -> Any:
        passes.append((len(tokens), max(map(len, tokens))))
        return own(tokens)

    monkeypatch.setattr(encoder._body, "vectors", watched)
    encoder.encode(["水" * (n % 11 + 1) + str(n) for n in range(30)] + ["equal", "equal"])
    assert sum(n for n, _ in passes) == 31, "equal texts are read once"
    assert all(n <= 4 and n * longest <= 40 for n, longest in passes)
    assert [longest for _, longest in passes] == sorted(longest for _, longest in passes)


def _changed(folder: Path, target: Path, file: str, **values: object) -> Path:
    """A copy of a model folder with other settings in one file."""
    target.mkdir()
    for source in folder.rglob("*"):
        place = target / source.relative_to(folder)
        if source.is_dir():
            place.mkdir(exist_ok=True)
        else:
            place.symlink_to(source)
    settings = json.loads((folder / file).read_text(encoding="utf-8"))
    (target / file).unlink()
    (target / file).write_text(json.dumps(settings | values), encoding="utf-8")
    return target


def test_a_plain_bert_is_told_from_models_that_need_more(tiny: Path, tmp_path: Path) -> None:
    assert is_plain_bert(tiny)
    assert is_plain_bert(resolve_model(SHIPPED).path)
    assert not is_plain_bert(resolve_model("skillmatch-static-256").path)
    assert not is_plain_bert(tmp_path)
    others = {
        "other kind": _changed(tiny, tmp_path / "kind", "config.json", model_type="roberta"),
        "other activation": _changed(tiny, tmp_path / "activation", "config.json", hidden_act="gelu_new"),
        "relative places": _changed(tiny, tmp_path / "places", "config.json", position_embedding_type="relative_key"),
        "first token": _changed(tiny, tmp_path / "cls", "1_Pooling/config.json", pooling_mode="cls"),
        "two poolings": _changed(tiny, tmp_path / "two", "1_Pooling/config.json", pooling_mode_max_tokens=True),
        "a prompt": _changed(tiny, tmp_path / "prompt", "config_sentence_transformers.json", default_prompt_name="q"),
    }
    assert [name for name, folder in others.items() if is_plain_bert(folder)] == []


def test_a_folder_that_is_no_plain_bert_goes_to_sentence_transformers(tiny: Path, tmp_path: Path) -> None:
    folder = _changed(tiny, tmp_path / "cls", "1_Pooling/config.json", pooling_mode="cls")
    assert isinstance(load_encoder(EmbedConfig(model=str(folder), device="cpu")), SentenceEncoder)


@pytest.mark.parametrize("broken", ["model.safetensors", "tokenizer.json"])
def test_a_broken_folder_is_refused(tiny: Path, tmp_path: Path, broken: str) -> None:
    folder = _changed(tiny, tmp_path / "model", "config.json")
    (folder / broken).unlink()
    (folder / broken).write_bytes(b"{broken")
    with pytest.raises(InvalidConfig, match=str(folder)):
        load_encoder(EmbedConfig(model=str(folder), device="cpu"))
