"""Models on CUDA: the GPU is found, the number format is its own, and vectors agree with the CPU's. Needs a GPU."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from matcher.embed import EmbedConfig, SentenceEncoder, batched, load_encoder
from matcher.embed.batching import BatchingEncoder
from matcher.embed.encoder import CUDA_BATCH_TOKENS
from tests.unit.embed.small_models import tiny_transformer

torch = pytest.importorskip("torch")
if not torch.cuda.is_available():
    pytest.skip("this machine has no CUDA device", allow_module_level=True)

TEXTS = ["水质化验员", "software tester", "焊接" * 20, "", "ab cd"] * 40


@pytest.fixture(scope="module")
def transformer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_transformer(tmp_path_factory.mktemp("models") / "tiny")


def test_auto_takes_the_gpu_and_its_number_format(transformer: Path) -> None:
    encoder = load_encoder(EmbedConfig(model=str(transformer)))
    assert isinstance(encoder, SentenceEncoder)
    assert encoder.on_cuda
    (dtype,) = {p.dtype for p in encoder._model.parameters()}
    has_bf16 = torch.cuda.is_bf16_supported(including_emulation=False)
    assert dtype is (torch.bfloat16 if has_bf16 else torch.float16)
    assert {p.device.type for p in encoder._model.parameters()} == {"cuda"}


@pytest.mark.parametrize(("precision", "least"), [("fp32", 0.99999), ("bf16", 0.999), ("fp16", 0.9999)])
def test_vectors_agree_with_those_of_the_cpu(transformer: Path, precision: str, least: float) -> None:
    config = {"model": str(transformer), "precision": precision}
    on_cpu = SentenceEncoder(EmbedConfig(model=str(transformer), device="cpu", precision="fp32")).encode(TEXTS)
    on_gpu = SentenceEncoder(EmbedConfig.model_validate(config | {"device": "cuda"})).encode(TEXTS)
    assert on_gpu.dtype == np.float32
    assert float((on_cpu * on_gpu).sum(axis=1).min()) > least


def test_passes_on_the_gpu_are_larger(transformer: Path) -> None:
    encoder = batched(load_encoder(EmbedConfig(model=str(transformer))), EmbedConfig())
    assert isinstance(encoder, BatchingEncoder)
    assert encoder._batch_tokens == CUDA_BATCH_TOKENS
    encoder.close()


def test_the_static_model_runs_on_the_gpu_when_told_to(transformer: Path) -> None:
    on_gpu = load_encoder(EmbedConfig(device="cuda"))
    assert isinstance(on_gpu, SentenceEncoder)
    on_cpu = load_encoder(EmbedConfig(device="cpu"))
    assert float((on_gpu.encode(TEXTS[:3]) * on_cpu.encode(TEXTS[:3])).sum(axis=1).min()) > 0.999
