"""FAISS on a GPU against FAISS on the CPU. Skipped, with the reason, where there is none."""

from __future__ import annotations

import faiss
import numpy as np
import pytest

from matcher.index.config import IndexConfig
from matcher.index.faiss_index import FaissIndex
from matcher.index.protocol import Float32

pytestmark = [
    pytest.mark.skipif(not hasattr(faiss, "StandardGpuResources"), reason="the installed FAISS has no GPU support"),
    pytest.mark.skipif(hasattr(faiss, "StandardGpuResources") and faiss.get_num_gpus() < 1, reason="FAISS sees no GPU"),
]


def rows(n: int, seed: int) -> Float32:
    found = np.random.default_rng(seed).standard_normal((n, 128)).astype(np.float32)
    scaled: Float32 = found / np.linalg.norm(found, axis=1, keepdims=True)
    return scaled


def test_gpu_gives_the_cpu_ids_and_values_through_writes() -> None:
    on_gpu, on_cpu = (FaissIndex(128, IndexConfig(device=device)) for device in ("gpu", "cpu"))
    queries = rows(33, seed=1)
    for index in (on_gpu, on_cpu):
        index.add(np.arange(20_000), rows(20_000, seed=0))
        index.add(np.arange(20_000, 20_500), np.repeat(rows(1, seed=1), 500, axis=0))
    for step in range(4):
        for index in (on_gpu, on_cpu):
            if step == 1:
                index.add(np.arange(30_000, 30_100), rows(100, seed=2))
            if step == 2:
                index.remove(np.arange(0, 5000, 7))
            if step == 3:
                index.add(np.arange(100, 200), rows(100, seed=3))
        for k in (1, 10, 3000):
            found, expected = on_gpu.search(queries, k), on_cpu.search(queries, k)
            np.testing.assert_array_equal(found.ids, expected.ids)
            np.testing.assert_array_equal(found.similarities, expected.similarities)
    allowed = np.arange(0, 20_000, 3)
    np.testing.assert_array_equal(on_gpu.search(queries, 10, allowed).ids, on_cpu.search(queries, 10, allowed).ids)
    assert not on_gpu.needs_rebuild()
