"""Sentence encoders. Enters: any number of texts. Leaves: (n, dim) float32 rows of unit length, the zero row for no words.

Any sentence-transformers model is treated alike; which one is decided by id or path in the configuration.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field
from tokenizers import Tokenizer

from matcher.embed.batching import BatchingEncoder
from matcher.embed.bert import BertEncoder, is_plain_bert
from matcher.embed.precision import number_format
from matcher.embed.protocol import Encoder
from matcher.embed.registry import DEFAULT_REGISTRY, ModelEntry, resolve_model
from matcher.embed.side_by_side import SideBySideEncoder
from matcher.embed.static import StaticEncoder, is_static
from matcher.embed.vectors import unit_rows
from matcher.errors import InvalidConfig

CPU_BATCH_TOKENS, CUDA_BATCH_TOKENS = 512, 32768


class EmbedConfig(BaseModel):
    """Which model embeds, and how."""

    model_config = ConfigDict(extra="forbid")

    model: str = Field("skillmatch-static-256", description="registry id, or path of any sentence-transformers folder")
    registry: Path = Field(DEFAULT_REGISTRY, description="model registry file")
    device: Literal["auto", "cpu", "cuda"] = Field("auto", description="auto: CUDA when present; affects speed only")
    precision: Literal["auto", "fp32", "bf16", "fp16"] = Field(
        "auto",
        description="number format of a transformer model. auto: bf16 where the GPU computes in it or the processor has AMX "
        "(three times as many texts a second; avx512_bf16 alone is slower than fp32), else fp16 on CUDA and fp32 on the CPU. "
        "Static models compute in fp32 whatever stands here. Vectors change in the third decimal",
    )
    batch_size: int = Field(64, ge=1, le=4096, description="most texts per forward pass; affects speed and memory only")
    batch_tokens: int = Field(
        0,
        ge=0,
        description="most tokens per forward pass, padding included; affects speed and memory only. A query waits at most "
        "for the pass under way. 0: 512 on the CPU (all-MiniLM-L6-v2 on one core in fp32: 5,900 tokens/s at 512, 5,400 at "
        "2,048, 4,900 at 4,096; in bf16 14,000-17,000 at each; a pass of 512 takes 0.09 s or 0.035 s; 2026-11-22), 32,768 on "
        "CUDA (not measured)",
    )
    queue_texts: int = Field(
        4096,
        ge=1,
        description="texts that may wait for the model, of queries and of imports each, beyond which calls are refused "
        "(RESOURCE_EXHAUSTED with the time to wait)",
    )
    threads: int = Field(1, ge=1, description="CPU threads of one forward pass; affects speed only")


class SentenceEncoder:
    """A sentence-transformers model loaded from a local folder; nothing is fetched.

    Raises:
        InvalidConfig: the folder is no loadable model, or its dimension is not the registered one.
    """

    def __init__(self, config: EmbedConfig) -> None:
        import torch  # noqa: PLC0415  (seconds to import; commands that do not embed should not pay)
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415
        from transformers.utils import logging  # noqa: PLC0415

        entry = resolve_model(config.model, config.registry)
        # of weights being read; the log holds one JSON object a line
        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        torch.set_num_threads(config.threads)
        has_cuda = torch.cuda.is_available()
        if config.device == "cuda" and not has_cuda:
            raise InvalidConfig("embed.device is cuda, and this machine has no CUDA device", field="embed.device")
        device = config.device if config.device != "auto" else ("cuda" if has_cuda else "cpu")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                self._model = SentenceTransformer(str(entry.path), device=device, local_files_only=True)
            precision = "fp32" if is_static(entry.path) else config.precision
            self._model = self._model.to(number_format(precision, device))
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise InvalidConfig(f"model folder {entry.path} cannot be loaded: {type(error).__name__}") from error
        self._model_id = entry.id
        self._dimension = int(self._model.encode([""], show_progress_bar=False).shape[1])
        self._batch_size = config.batch_size
        self.on_cuda = device == "cuda"
        self._max_tokens = _token_limit(self._model, entry)
        # a tokenizer of its own: that of the model is set to cut and pad while another thread may be counting
        self._counter = _uncut_tokenizer(self._model.tokenizer)
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

    def token_counts(self, texts: Sequence[str]) -> NDArray[np.int64]:
        """Tokens of each text; see `Encoder.token_counts`."""
        special = self._max_tokens > 0
        encodings = self._counter.encode_batch_fast(list(texts), add_special_tokens=special)
        return np.array([len(e.ids) for e in encodings], dtype=np.int64)


def _token_limit(model: Any, entry: ModelEntry) -> int:
    """Tokens that a model reads of one text, 0 for no limit."""
    own_limit = getattr(model, "max_seq_length", None)
    return entry.max_tokens or (int(own_limit) if own_limit and math.isfinite(own_limit) else 0)


def _uncut_tokenizer(tokenizer: Any) -> Tokenizer:
    """A copy of a model's tokenizer that neither cuts nor pads.

    Raises:
        InvalidConfig: the model has no fast tokenizer.
    """
    fast = tokenizer if isinstance(tokenizer, Tokenizer) else getattr(tokenizer, "backend_tokenizer", None)
    if not isinstance(fast, Tokenizer):
        raise InvalidConfig("the model has no fast tokenizer (tokenizer.json), which the service counts tokens with")
    copy = Tokenizer.from_str(fast.to_str())
    copy.no_padding()
    copy.no_truncation()
    return copy


def load_encoder(config: EmbedConfig) -> Encoder:
    """The configured encoder; on the CPU a static one is loaded without torch, a plain BERT by torch alone.

    A model made of parts loads each of them in the same way.

    Raises:
        InvalidConfig: the model is unknown, or its folder cannot be loaded.
    """
    entry = resolve_model(config.model, config.registry)
    if entry.parts:
        own = [load_encoder(config.model_copy(update={"model": name})) for name, _ in entry.parts]
        return SideBySideEncoder(entry, own)
    if config.device != "cuda" and is_static(entry.path):
        return StaticEncoder(entry)
    if is_plain_bert(entry.path) and not _on_cuda(config.device):
        return BertEncoder(
            entry, config.precision, config.batch_size, config.batch_tokens or CPU_BATCH_TOKENS, config.threads
        )
    return SentenceEncoder(config)


def _on_cuda(device: str) -> bool:
    """Whether a configured device is a CUDA device, or would be refused for being none."""
    import torch  # noqa: PLC0415

    return device == "cuda" or (device == "auto" and torch.cuda.is_available())


def batched(encoder: Encoder, config: EmbedConfig) -> Encoder:
    """The encoder as concurrent calls should use it: a static one as it is, any other with shared forward passes.

    A static encoder reads a text in less time than a hand-over between threads takes, and gains nothing from company:
    docs/models.md has the measurement.
    """
    parts = encoder.encoders if isinstance(encoder, SideBySideEncoder) else (encoder,)
    if all(isinstance(part, StaticEncoder) for part in parts):
        return encoder
    on_cuda = any(isinstance(part, SentenceEncoder) and part.on_cuda for part in parts)
    return BatchingEncoder(
        encoder,
        batch_texts=config.batch_size,
        batch_tokens=config.batch_tokens or (CUDA_BATCH_TOKENS if on_cuda else CPU_BATCH_TOKENS),
        queue_texts=config.queue_texts,
    )
