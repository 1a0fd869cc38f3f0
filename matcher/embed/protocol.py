"""What the service asks of a model: vectors of texts, and how many tokens a text has. Every encoder is used through this."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


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
        """Tokens read of one text, special tokens included; 0: no limit."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(len(texts), dimension) float32; rows have unit length, or are zero where a text has no known token."""

    def token_counts(self, texts: Sequence[str]) -> NDArray[np.int64]:
        """(len(texts),) tokens of each text uncut, special tokens included: beyond `max_tokens` the model would not read on."""
