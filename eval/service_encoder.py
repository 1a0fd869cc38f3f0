"""Models that only the service knows how to put together, as a ``TextEncoder``: registry entries made of parts."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from eval.sentence_encoder import SentenceEncoder
from matcher.embed import EmbedConfig, load_encoder
from matcher.embed.registry import DEFAULT_REGISTRY, resolve_model
from matcher.errors import InvalidConfig


def is_composed(model: str) -> bool:
    """Return whether a model is a registry entry made of parts, which sentence-transformers cannot load."""
    try:
        return bool(resolve_model(model, DEFAULT_REGISTRY).parts)
    except InvalidConfig:  # the word ``teacher``, or a name of sentence-transformers
        return False


class ServiceEncoder:
    """A model as the service loads it, in float32 on the CPU, with a cache of what it has encoded."""

    def __init__(self, model: str) -> None:
        """Load the model.

        Raises:
            InvalidConfig: When it is not in the registry or cannot be loaded.
        """
        self._encoder = load_encoder(EmbedConfig(model=model, device="cpu", precision="fp32"))
        self._vector_by_text: dict[str, npt.NDArray[np.float32]] = {}

    @property
    def dimension(self) -> int:
        """Values per vector."""
        return self._encoder.dimension

    def encode(self, texts: list[str]) -> npt.NDArray[np.float32]:
        """Return (n, dim) float32 vectors, rows unit length (all zero for a text without tokens)."""
        unseen = [text for text in dict.fromkeys(texts) if text not in self._vector_by_text]
        if unseen:
            self._vector_by_text.update(zip(unseen, self._encoder.encode(unseen), strict=True))
        return np.stack([self._vector_by_text[text] for text in texts])


def open_encoder(model: str) -> SentenceEncoder | ServiceEncoder:
    """Return the model under test: by sentence-transformers, or by the service where only that can load it.

    Raises:
        OSError: When no such model is there.
        InvalidConfig: When a part of a composed model cannot be loaded.
    """
    return ServiceEncoder(model) if is_composed(model) else SentenceEncoder(model)
