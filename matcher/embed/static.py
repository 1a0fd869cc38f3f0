"""Static encoders without torch: a table of token rows, the mean of a text's rows, scaled to unit length.

Enters: a sentence-transformers folder whose modules are StaticEmbedding and at most Normalize. Leaves: the same vectors as
sentence-transformers gives (a test holds the two together), at a start of a tenth of a second and a third of the memory,
because neither torch nor transformers is loaded.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from matcher.embed.registry import ModelEntry
from matcher.embed.vectors import unit_rows
from matcher.errors import InvalidConfig

# Texts per gather: 1,024 texts of 400 characters touch about 200 MB of float32 rows.
TEXTS_PER_GATHER = 1024
STATIC_MODULES = ("StaticEmbedding", "Normalize")


def is_static(folder: Path) -> bool:
    """Whether a model folder holds a static encoder that `StaticEncoder` can load."""
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        kinds = tuple(str(m["type"]).rpartition(".")[2] for m in modules)
    except (OSError, ValueError, TypeError, KeyError):
        return False
    return kinds in {STATIC_MODULES, STATIC_MODULES[:1]} and (folder / "model.safetensors").is_file()


class StaticEncoder:
    """A static encoder; implements `Encoder`. Safe to share between threads.

    Raises:
        InvalidConfig: the folder cannot be loaded, or its dimension is not the registered one.
    """

    def __init__(self, entry: ModelEntry) -> None:
        try:
            tensors = load_file(entry.path / "model.safetensors")
            self._tokenizer = Tokenizer.from_file(str(entry.path / "tokenizer.json"))
            table = tensors["embedding.weight"] if "embedding.weight" in tensors else tensors["embeddings"]
        except (OSError, KeyError, SafetensorError) as error:
            raise InvalidConfig(f"model folder {entry.path} cannot be loaded: {type(error).__name__}") from error
        except Exception as error:  # tokenizers raises bare Exception for a broken file
            raise InvalidConfig(f"tokenizer of {entry.path} cannot be loaded") from error
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        # rows stay in the precision of the file and are widened as they are used: a quarter of the memory for int8
        self._table = table
        self._scale = tensors.get("weights")
        self._row_of_token = tensors.get("mapping")
        self._model_id = entry.id
        if entry.dimension not in (0, table.shape[1]):
            raise InvalidConfig(f"model {entry.id} gives {table.shape[1]} dimensions, registered are {entry.dimension}")

    @property
    def model_id(self) -> str:
        """Name and weights digest, stored with the vectors."""
        return self._model_id

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._table.shape[1])

    @property
    def max_tokens(self) -> int:
        """0: no limit."""
        return 0

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of `texts`; see `Encoder.encode`."""
        parts = [self._encode(texts[i : i + TEXTS_PER_GATHER]) for i in range(0, len(texts), TEXTS_PER_GATHER)]
        return np.concatenate(parts) if parts else np.zeros((0, self.dimension), dtype=np.float32)

    def token_counts(self, texts: Sequence[str]) -> NDArray[np.int64]:
        """Tokens of each text; see `Encoder.token_counts`."""
        encodings = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        return np.array([len(e.ids) for e in encodings], dtype=np.int64)

    def _encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        encodings = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        lengths = np.array([len(e.ids) for e in encodings])
        means = np.zeros((len(texts), self.dimension), dtype=np.float32)
        filled = np.flatnonzero(lengths)
        if len(filled):
            tokens = np.concatenate([np.array(encodings[i].ids, dtype=np.int64) for i in filled.tolist()])
            starts = np.concatenate([[0], np.cumsum(lengths[filled])[:-1]])
            means[filled] = np.add.reduceat(self._rows(tokens), starts, axis=0) / lengths[filled, None]
        return unit_rows(means)

    def _rows(self, tokens: NDArray[np.int64]) -> NDArray[np.float32]:
        """(n, dim) float32 rows of tokens."""
        places = tokens if self._row_of_token is None else self._row_of_token[tokens]
        rows: NDArray[np.float32] = self._table[places].astype(np.float32)
        if self._scale is not None:
            rows *= self._scale[tokens][:, None]
        return rows
