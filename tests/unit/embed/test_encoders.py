"""What every encoder promises, held against the fake and the model that ships."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from threading import Thread

import numpy as np
import pytest

from matcher.embed import EmbedConfig, Encoder, load_encoder
from matcher.embed.encoder import SentenceEncoder
from matcher.embed.precision import number_format
from matcher.embed.registry import DEFAULT_REGISTRY, resolve_model
from matcher.embed.static import TEXTS_PER_GATHER, StaticEncoder
from matcher.embed.vectors import unit_rows
from matcher.errors import InvalidConfig
from tests.unit.embed.letter_encoder import LetterEncoder
from tests.unit.embed.small_models import tiny_transformer

TEXTS = ["water 水质 analysis", "bad cafe", "", "数字孪生 and a digital twin " * 200, "汉", "   ", "header\nabc"]


class EncoderContract:
    """Subclass with an `encoder` fixture to hold an implementation to the protocol."""

    @pytest.fixture
    def encoder(self) -> Encoder:
        raise NotImplementedError

    def test_rows_are_float32_of_unit_length_or_zero(self, encoder: Encoder) -> None:
        rows = encoder.encode(TEXTS)
        assert rows.dtype == np.float32
        assert rows.shape == (len(TEXTS), encoder.dimension)
        lengths = np.linalg.norm(rows, axis=1)
        assert [n for n, length in enumerate(lengths) if length == 0] == [2, 5]  # the texts without a word
        np.testing.assert_allclose(np.delete(lengths, [2, 5]), 1.0, atol=1e-6)

    def test_no_text_gives_no_row(self, encoder: Encoder) -> None:
        rows = encoder.encode([])
        assert rows.shape == (0, encoder.dimension)
        assert rows.dtype == np.float32

    def test_a_batch_equals_its_texts_one_by_one(self, encoder: Encoder) -> None:
        alone = np.concatenate([encoder.encode([text]) for text in TEXTS])
        np.testing.assert_allclose(encoder.encode(TEXTS), alone, atol=1e-6)

    def test_order_and_repetition_change_nothing(self, encoder: Encoder) -> None:
        rows = encoder.encode(TEXTS)
        np.testing.assert_allclose(encoder.encode(TEXTS[::-1] + TEXTS), np.concatenate([rows[::-1], rows]), atol=1e-6)

    def test_the_same_text_gives_the_same_row_again(self, encoder: Encoder) -> None:
        np.testing.assert_array_equal(encoder.encode(TEXTS), encoder.encode(TEXTS))

    def test_different_texts_differ(self, encoder: Encoder) -> None:
        a, b = encoder.encode([TEXTS[0], TEXTS[1]])
        assert float(a @ b) < 0.99

    def test_threads_may_share_it(self, encoder: Encoder) -> None:
        expected = encoder.encode(TEXTS)
        found: list[float] = []
        threads = [
            Thread(target=lambda: found.append(float(np.abs(encoder.encode(TEXTS) - expected).max()))) for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(found) == 4
        assert max(found) < 1e-6

    def test_tokens_are_counted_per_text_and_longer_texts_have_more(self, encoder: Encoder) -> None:
        counts = encoder.token_counts(["水质", "水质" * 300, "水质"])
        assert counts.dtype == np.int64
        assert counts[0] == counts[2] > 0
        assert counts[1] > 100 * (counts[0] - 2), "not cut at the model's limit"
        assert encoder.token_counts([]).shape == (0,)

    def test_the_id_names_the_weights(self, encoder: Encoder) -> None:
        name, _, version = encoder.model_id.partition("@")
        assert name
        assert version


class TestLetterEncoder(EncoderContract):
    @pytest.fixture
    def encoder(self) -> Encoder:
        return LetterEncoder()


@cache
def shipped() -> Encoder:
    """The default model; loading takes a second, so it is done once."""
    return load_encoder(EmbedConfig(device="cpu"))


class TestShippedModel(EncoderContract):
    @pytest.fixture
    def encoder(self) -> Encoder:
        return shipped()

    def test_has_the_registered_dimension(self, encoder: Encoder) -> None:
        assert encoder.dimension == 256
        assert encoder.max_tokens == 0

    def test_a_translation_is_nearer_than_another_subject(self, encoder: Encoder) -> None:
        pairs = [("水质化验员", "water quality laboratory technician"), ("软件测试工程师", "software test engineer")]
        rows = encoder.encode([text for pair in pairs for text in pair])
        similarity = rows[::2] @ rows[1::2].T
        assert similarity.argmax(axis=1).tolist() == [0, 1]

    def test_the_end_of_a_long_text_is_read(self, encoder: Encoder) -> None:
        long = "水质分析。" * 2000
        a, b = encoder.encode([long, long + "焊接工艺。" * 2000])
        assert float(a @ b) < 0.99


@cache
def shipped_through_sentence_transformers() -> Encoder:
    return SentenceEncoder(EmbedConfig(device="cpu"))


class TestSentenceTransformersModel(EncoderContract):
    @pytest.fixture
    def encoder(self) -> Encoder:
        return shipped_through_sentence_transformers()


@pytest.fixture(scope="module")
def transformer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_transformer(tmp_path_factory.mktemp("models") / "tiny", max_tokens=24)


def test_a_transformer_tells_its_limit_and_what_it_would_not_read(transformer: Path) -> None:
    encoder = SentenceEncoder(EmbedConfig(model=str(transformer), device="cpu"))
    assert (encoder.dimension, encoder.max_tokens) == (16, 24)
    assert encoder.token_counts(["水质化验员", "ab " * 50, ""]).tolist() == [7, 102, 2]
    long = "水质" * 11  # 22 characters and two marks
    a, b = encoder.encode([long, long + "焊接"])
    np.testing.assert_allclose(a, b, atol=1e-6)


def test_tokens_may_be_counted_while_texts_are_encoded(transformer: Path) -> None:
    encoder = SentenceEncoder(EmbedConfig(model=str(transformer), device="cpu"))
    errors: list[BaseException] = []

    def repeat(work: Callable[[list[str]], object]) -> None:
        try:
            for _ in range(60):
                work(["水质化验员", "ab" * 60])
        except BaseException as error:  # noqa: BLE001  (tokenizers panics are no Exception)
            errors.append(error)

    threads = [Thread(target=repeat, args=(work,)) for work in (encoder.encode, encoder.token_counts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


@pytest.mark.parametrize(("precision", "dtype"), [("fp32", "float32"), ("bf16", "bfloat16"), ("fp16", "float16")])
def test_a_precision_is_computed_in_and_changes_vectors_little(transformer: Path, precision: str, dtype: str) -> None:
    exact = SentenceEncoder(EmbedConfig(model=str(transformer), device="cpu", precision="fp32"))
    encoder = SentenceEncoder(EmbedConfig.model_validate({"model": str(transformer), "precision": precision}))
    assert {str(p.dtype) for p in encoder._model.parameters()} == {f"torch.{dtype}"}
    texts = ["水质化验员", "software tester", "焊接"]
    rows = encoder.encode(texts)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-6)
    assert float((rows * exact.encode(texts)).sum(axis=1).min()) > 0.999


def test_a_precision_left_to_choose_is_bf16_where_processor_or_gpu_computes_in_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import torch

    for has_bf16, on_gpu, on_cpu in (
        (True, torch.bfloat16, torch.bfloat16),
        (False, torch.float16, torch.float32),
    ):
        monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda including_emulation, has=has_bf16: has)
        monkeypatch.setattr(torch.cpu, "get_capabilities", lambda has=has_bf16: {"amx_bf16": has, "avx512_bf16": True})
        assert number_format("auto", "cuda") is on_gpu
        assert number_format("auto", "cpu") is on_cpu
        assert number_format("fp32", "cuda") is torch.float32


def test_cuda_that_is_not_there_is_refused_by_name(transformer: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    for model in (str(transformer), "skillmatch-static-256"):
        with pytest.raises(InvalidConfig, match="no CUDA device") as error:
            load_encoder(EmbedConfig(model=model, device="cuda"))
        assert error.value.field == "embed.device"


def test_the_static_encoder_gives_the_vectors_of_sentence_transformers() -> None:
    texts = [
        "熟悉 Kubernetes 集群运维",
        "",
        "water quality testing",
        "😀",
        "a" * 3000,
        "水质 化验 " * 500,
        "ＡＢＣ１２３ Ünïcode",
    ]
    static, reference = shipped(), shipped_through_sentence_transformers()
    assert isinstance(static, StaticEncoder)
    assert static.model_id == reference.model_id
    np.testing.assert_allclose(static.encode(texts), reference.encode(texts), atol=2e-5)


def test_more_texts_than_one_gather_come_back_in_order() -> None:
    texts = [f"课程 {n}" for n in range(TEXTS_PER_GATHER + 3)]
    rows = shipped().encode(texts)
    np.testing.assert_array_equal(rows[TEXTS_PER_GATHER:], shipped().encode(texts[TEXTS_PER_GATHER:]))


@pytest.mark.parametrize("broken", ["model.safetensors", "tokenizer.json"])
def test_a_broken_static_folder_is_refused(tmp_path: Path, broken: str) -> None:
    source = resolve_model("skillmatch-static-256").path
    folder = tmp_path / "model"
    shutil.copytree(source, folder)
    (folder / broken).write_bytes(b"{broken")
    with pytest.raises(InvalidConfig, match=str(folder)):
        load_encoder(EmbedConfig(model=str(folder)))


# --- rows ----------------------------------------------------------------------------------------------------------


def test_unit_rows_scale_zero_and_drop_what_is_not_finite() -> None:
    rows = np.array([[3, 4], [0, 0], [np.nan, 1], [np.inf, 1], [1e-20, 0], [-2, 0]], dtype=np.float32)
    got = unit_rows(rows)
    assert got.dtype == np.float32
    expected = np.array([[0.6, 0.8], [0, 0], [0, 0], [0, 0], [0, 0], [-1, 0]])
    np.testing.assert_allclose(got, expected, atol=1e-7)


def test_unit_rows_of_no_row() -> None:
    assert unit_rows(np.zeros((0, 3), np.float32)).shape == (0, 3)


# --- loading -------------------------------------------------------------------------------------------------------


def test_a_folder_that_is_no_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"no weights at all")
    (tmp_path / "modules.json").write_text("[{")
    with pytest.raises(InvalidConfig, match="cannot be loaded"):
        SentenceEncoder(EmbedConfig(model=str(tmp_path), device="cpu"))


def test_a_wrong_dimension_on_record_is_refused(tmp_path: Path) -> None:
    (tmp_path / "skillmatch-static-256").symlink_to(DEFAULT_REGISTRY.parent / "skillmatch-static-256")
    registry = tmp_path / "registry.toml"
    text = DEFAULT_REGISTRY.read_text(encoding="utf-8")
    assert "dimension = 256" in text
    registry.write_text(text.replace("dimension = 256", "dimension = 128"), encoding="utf-8")
    with pytest.raises(InvalidConfig, match="gives 256 dimensions, registered are 128"):
        SentenceEncoder(EmbedConfig(registry=registry, device="cpu"))
