"""Several encoders as one: their vectors side by side, so that its similarity is the weighted mean of theirs.

Enters: texts. Leaves: unit rows whose inner product is Σ share × similarity of each part. A transformer and a static encoder err on
different texts: the first on rare words, the second on word order (docs/models.md has the figures).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.embed.protocol import Encoder
from matcher.embed.registry import ModelEntry
from matcher.embed.vectors import unit_rows
from matcher.errors import InvalidConfig


class SideBySideEncoder:
    """Encoders side by side; implements `Encoder`. As safe to share between threads as its parts.

    Raises:
        InvalidConfig: the dimensions of the parts do not add up to the registered one.
    """

    def __init__(self, entry: ModelEntry, encoders: Sequence[Encoder]) -> None:
        self._encoders = tuple(encoders)
        self._scales = [share**0.5 for _, share in entry.parts]
        self._model_id = entry.id
        self._dimension = sum(encoder.dimension for encoder in self._encoders)
        # What the part with the tightest limit does not read has to be told, and cut into windows, for all of them.
        self._tightest = min(self._encoders, key=lambda encoder: encoder.max_tokens or float("inf"))
        if entry.dimension not in (0, self._dimension):
            raise InvalidConfig(
                f"model {entry.id} gives {self._dimension} dimensions, registered are {entry.dimension}"
            )

    @property
    def encoders(self) -> tuple[Encoder, ...]:
        """The parts, in the order in which their values stand in a row."""
        return self._encoders

    @property
    def model_id(self) -> str:
        """Name and a digest of the parts and their shares, stored with the vectors."""
        return self._model_id

    @property
    def dimension(self) -> int:
        """Length of a vector: those of the parts added up."""
        return self._dimension

    @property
    def max_tokens(self) -> int:
        """Tokens that the part with the tightest limit reads of one text; 0: none has a limit."""
        return self._tightest.max_tokens

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of `texts`; see `Encoder.encode`. A text that one part knows nothing of is told by the others alone."""
        rows = [scale * encoder.encode(texts) for scale, encoder in zip(self._scales, self._encoders, strict=True)]
        return unit_rows(np.hstack(rows))

    def token_counts(self, texts: Sequence[str]) -> NDArray[np.int64]:
        """Tokens of each text as the part with the tightest limit counts them; see `Encoder.token_counts`."""
        return self._tightest.token_counts(texts)
