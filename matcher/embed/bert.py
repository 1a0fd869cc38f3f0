"""Transformers of BERT's kind with mean pooling on the CPU, by torch alone.

Enters: a sentence-transformers folder of a plain BERT (`is_plain_bert`). Leaves: the vectors that sentence-transformers gives (a
test holds the two together), at a third of the start-up time and half of the memory, because neither transformers nor
sentence-transformers is loaded. Equal texts of a call are read once, texts of like length together.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from matcher.embed.precision import number_format
from matcher.embed.registry import ModelEntry
from matcher.embed.vectors import unit_rows
from matcher.errors import InvalidConfig

WEIGHTS, TOKENIZER = "model.safetensors", "tokenizer.json"
_MODULES = (("Transformer", "Pooling"), ("Transformer", "Pooling", "Normalize"))
# Beyond this a tokenizer's limit is the placeholder that transformers writes for "none".
_NO_LIMIT = 1_000_000


@dataclass(frozen=True, slots=True)
class BertShape:
    """What the forward pass needs to know of a BERT. `max_tokens`: tokens read of one text, special ones included."""

    n_layers: int
    n_heads: int
    layer_norm_eps: float
    max_tokens: int


def is_plain_bert(folder: Path) -> bool:
    """Whether a model folder holds a BERT that `BertEncoder` computes exactly: GELU, absolute positions, mean pooling."""
    try:
        return _read_shape(folder) is not None
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return False


def _read_shape(folder: Path) -> BertShape | None:
    """The shape of the BERT in a folder; None for any other model."""
    modules = _json(folder / "modules.json")
    kinds = tuple(str(m["type"]).rpartition(".")[2] for m in modules)
    files_there = (folder / WEIGHTS).is_file() and (folder / TOKENIZER).is_file()
    if kinds not in _MODULES or modules[0]["path"] or not files_there:
        return None
    config, limits = _json(folder / "config.json"), _json(folder / "sentence_bert_config.json")
    is_plain = (
        config.get("model_type") == "bert"
        and config.get("hidden_act") == "gelu"
        and config.get("position_embedding_type", "absolute") == "absolute"
        and not config.get("is_decoder")
        and not limits.get("do_lower_case")
        and not _json(folder / "config_sentence_transformers.json").get("default_prompt_name")
        and _is_mean(_json(folder / modules[1]["path"] / "config.json"))
    )
    if not is_plain:
        return None
    limit = limits.get("max_seq_length") or _json(folder / "tokenizer_config.json").get("model_max_length") or _NO_LIMIT
    return BertShape(
        n_layers=int(config["num_hidden_layers"]),
        n_heads=int(config["num_attention_heads"]),
        layer_norm_eps=float(config["layer_norm_eps"]),
        max_tokens=min(int(limit), int(config["max_position_embeddings"])),
    )


def _is_mean(pooling: dict[str, Any]) -> bool:
    """Whether a pooling module takes the mean of all tokens and nothing else, in the old or the new spelling."""
    chosen = [name for name, value in pooling.items() if name.startswith("pooling_mode_") and value]
    return pooling.get("pooling_mode", "mean") == "mean" and chosen in ([], ["pooling_mode_mean_tokens"])


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


class BertEncoder:
    """A BERT on the CPU; implements `Encoder`. Safe to share between threads.

    Raises:
        InvalidConfig: the folder cannot be loaded, or its dimension is not the registered one.
    """

    def __init__(self, entry: ModelEntry, precision: str, batch_texts: int, batch_tokens: int, threads: int) -> None:
        import torch  # noqa: PLC0415  (seconds to import; commands that do not embed should not pay)

        torch.set_num_threads(threads)
        try:
            shape = _read_shape(entry.path)
            if shape is None:
                raise ValueError("no plain BERT")
            self._tokenizer = Tokenizer.from_file(str(entry.path / TOKENIZER))
            self._body = _Body(entry.path / WEIGHTS, shape, number_format(precision, "cpu"))
        except InvalidConfig:
            raise
        except Exception as error:  # tokenizers raises bare Exception for a broken file
            raise InvalidConfig(f"model folder {entry.path} cannot be loaded: {type(error).__name__}") from error
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._max_tokens = min(shape.max_tokens, entry.max_tokens or shape.max_tokens)
        self._model_id = entry.id
        self._batch_texts, self._batch_tokens = batch_texts, batch_tokens
        if entry.dimension not in (0, self._body.dimension):
            raise InvalidConfig(
                f"model {entry.id} gives {self._body.dimension} dimensions, registered are {entry.dimension}"
            )

    @property
    def model_id(self) -> str:
        """Name and weights digest, stored with the vectors."""
        return self._model_id

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._body.dimension

    @property
    def max_tokens(self) -> int:
        """Tokens read of one text, special tokens included."""
        return self._max_tokens

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of `texts`; see `Encoder.encode`. A text without any token gives the zero row."""
        place_by_text = {text: place for place, text in enumerate(dict.fromkeys(texts))}
        tokens = [self._cut(e.ids) for e in self._tokenizer.encode_batch_fast(list(place_by_text))]
        n_special = self._tokenizer.num_special_tokens_to_add(False)
        rows = np.zeros((len(tokens), self.dimension), dtype=np.float32)
        for places in self._passes([len(ids) for ids in tokens], n_special):
            rows[places] = self._body.vectors([tokens[place] for place in places])
        return unit_rows(rows[[place_by_text[text] for text in texts]])

    def token_counts(self, texts: Sequence[str]) -> NDArray[np.int64]:
        """Tokens of each text; see `Encoder.token_counts`."""
        return np.array([len(e.ids) for e in self._tokenizer.encode_batch_fast(list(texts))], dtype=np.int64)

    def _cut(self, ids: list[int]) -> list[int]:
        """The tokens that are read: the first ones, and the mark at the end."""
        return ids if len(ids) <= self._max_tokens else [*ids[: self._max_tokens - 1], ids[-1]]

    def _passes(self, lengths: list[int], n_special: int) -> Iterator[list[int]]:
        """Places of the texts of each forward pass, shortest first; texts of special tokens only are left out."""
        passing: list[int] = []
        for place in sorted(range(len(lengths)), key=lengths.__getitem__):
            if lengths[place] <= n_special:
                continue
            if len(passing) >= self._batch_texts or (len(passing) + 1) * lengths[place] > self._batch_tokens:
                if passing:
                    yield passing
                passing = []
            passing.append(place)
        if passing:
            yield passing


class _Body:
    """Embeddings and layers as tensors, and the forward pass over them."""

    def __init__(self, weights: Path, shape: BertShape, dtype: Any) -> None:
        from safetensors.torch import load_file  # noqa: PLC0415  (imports torch)

        stored = {name.removeprefix("bert."): value for name, value in load_file(weights).items()}
        # The table of words stays in the precision of the file and is widened as rows are used: half of the memory for float16.
        self._words = stored["embeddings.word_embeddings.weight"]
        self.dimension = int(self._words.shape[1])
        tensors = {
            name: value.to(dtype) for name, value in stored.items() if value.is_floating_point() and "word" not in name
        }
        self._places = (
            tensors["embeddings.position_embeddings.weight"] + tensors["embeddings.token_type_embeddings.weight"][0]
        )
        self._norm = tensors["embeddings.LayerNorm.weight"], tensors["embeddings.LayerNorm.bias"]
        self._layers = [_layer(tensors, f"encoder.layer.{n}.") for n in range(shape.n_layers)]
        self._shape = shape
        self._dtype = dtype

    def vectors(self, tokens: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        """(n, dim) float32 means over the tokens of each text, of any length."""
        import torch  # noqa: PLC0415

        lengths = [len(ids) for ids in tokens]
        longest = max(lengths)
        with torch.inference_mode():
            ids = torch.tensor([[*own, *[0] * (longest - len(own))] for own in tokens])
            read = torch.arange(longest)[None, :] < torch.tensor(lengths)[:, None]
            states = self._states(ids, None if min(lengths) == longest else read[:, None, None, :]).float()
            mean = (states * read[:, :, None]).sum(dim=1) / torch.tensor(lengths)[:, None]
        vectors: NDArray[np.float32] = mean.numpy()
        return vectors

    def _states(self, ids: Any, mask: Any) -> Any:
        """(n, length, dim) last hidden states; `mask`: (n, 1, 1, length) bool, True where there is a token, or None for all."""
        from torch.nn import functional  # noqa: PLC0415

        n, length = ids.shape
        size, eps, heads = (self.dimension,), self._shape.layer_norm_eps, self._shape.n_heads
        states = functional.embedding(ids, self._words).to(self._dtype) + self._places[:length]
        states = functional.layer_norm(states, size, *self._norm, eps)
        for layer in self._layers:
            parts = functional.linear(states, *layer.attention).view(n, length, 3, heads, -1).permute(2, 0, 3, 1, 4)
            seen = functional.scaled_dot_product_attention(parts[0], parts[1], parts[2], attn_mask=mask)
            seen = functional.linear(seen.transpose(1, 2).reshape(n, length, -1), *layer.output)
            states = functional.layer_norm(states + seen, size, *layer.output_norm, eps)
            inner = functional.gelu(functional.linear(states, *layer.widening))
            states = functional.layer_norm(states + functional.linear(inner, *layer.narrowing), size, *layer.norm, eps)
        return states


@dataclass(frozen=True, slots=True)
class _Layer:
    """(weight, bias) of each step of a layer; `attention` is query, key and value in one."""

    attention: tuple[Any, Any]
    output: tuple[Any, Any]
    output_norm: tuple[Any, Any]
    widening: tuple[Any, Any]
    narrowing: tuple[Any, Any]
    norm: tuple[Any, Any]


def _layer(tensors: dict[str, Any], prefix: str) -> _Layer:
    import torch  # noqa: PLC0415

    def pair(name: str) -> tuple[Any, Any]:
        return tensors[f"{prefix}{name}.weight"], tensors[f"{prefix}{name}.bias"]

    threefold = [pair(f"attention.self.{name}") for name in ("query", "key", "value")]
    return _Layer(
        attention=(torch.cat([weight for weight, _ in threefold]), torch.cat([bias for _, bias in threefold])),
        output=pair("attention.output.dense"),
        output_norm=pair("attention.output.LayerNorm"),
        widening=pair("intermediate.dense"),
        narrowing=pair("output.dense"),
        norm=pair("output.LayerNorm"),
    )
