"""Sentence encoders. Enters: any number of texts. Leaves: (n, dim) float32 rows of unit length, the zero row for no words.

Any sentence-transformers model is treated alike; which one is decided by id or path in the configuration.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from matcher.embed.registry import DEFAULT_REGISTRY, resolve_model
from matcher.embed.static import StaticEncoder, is_static
from matcher.embed.vectors import unit_rows
from matcher.errors import InvalidConfig


class EmbedConfig(BaseModel):
    """Which model embeds, and how."""

    model_config = ConfigDict(extra="forbid")

    model: str = Field("skillmatch-static-256", description="registry id, or path of any sentence-transformers folder")
    registry: Path = Field(DEFAULT_REGISTRY, description="model registry file")
    device: Literal["auto", "cpu", "cuda"] = Field("auto", description="auto: CUDA when present; affects speed only")
    batch_size: int = Field(64, ge=1, le=4096, description="texts per forward pass; affects speed and memory only")
    threads: int = Field(1, ge=1, description="CPU threads of one forward pass; affects speed only")


class Encoder(Protocol):
    """What embeds texts. Implementations are safe to call from several threads."""

    @property
    def model_id(self) -> str:
        """Name and weights digest, stored with the vectors."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    @property
    def max_tokens(self) -> int:
        """Tokens read of one text; 0: no limit."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(len(texts), dimension) float32; rows have unit length, or are zero where a text has no known token."""


class SentenceEncoder:
    """A sentence-transformers model loaded from a local folder; nothing is fetched.

    Raises:
        InvalidConfig: the folder is no loadable model, or its dimension is not the registered one.
    """

    def __init__(self, config: EmbedConfig) -> None:
        import torch  # noqa: PLC0415  (seconds to import; commands that do not embed should not pay)
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415

        entry = resolve_model(config.model, config.registry)
        torch.set_num_threads(config.threads)
        device = config.device if config.device != "auto" else ("cuda" if torch.cuda.is_available() else "cpu")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                self._model = SentenceTransformer(str(entry.path), device=device, local_files_only=True)
            if device == "cpu":
                self._model = self._model.float()
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise InvalidConfig(f"model folder {entry.path} cannot be loaded: {type(error).__name__}") from error
        self._model_id = entry.id
        self._dimension = int(self._model.encode([""], show_progress_bar=False).shape[1])
        self._batch_size = config.batch_size
        own_limit = getattr(self._model, "max_seq_length", None)
        self._max_tokens = entry.max_tokens or (int(own_limit) if own_limit and math.isfinite(own_limit) else 0)
        if entry.dimension not in (0, self._dimension):
            raise InvalidConfig(
                f"model {entry.id} gives {self._dimension} dimensions, registered are {entry.dimension}"
            )

    @property
    def model_id(self) -> str:
        """Name and weights digest, stored with the vectors."""
        return self._model_id

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._dimension

    @property
    def max_tokens(self) -> int:
        """Tokens read of one text; 0: no limit."""
        return self._max_tokens

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of `texts`; see `Encoder.encode`."""
        if not texts:
            return np.zeros((0, self._dimension), dtype=np.float32)
        raw = self._model.encode(
            list(texts), batch_size=self._batch_size, show_progress_bar=False, convert_to_numpy=True
        )
        return unit_rows(np.asarray(raw, dtype=np.float32))


def load_encoder(config: EmbedConfig) -> Encoder:
    """The configured encoder; a static one on the CPU is loaded without torch.

    Raises:
        InvalidConfig: the model is unknown, or its folder cannot be loaded.
    """
    entry = resolve_model(config.model, config.registry)
    if config.device != "cuda" and is_static(entry.path):
        return StaticEncoder(entry)
    return SentenceEncoder(config)
