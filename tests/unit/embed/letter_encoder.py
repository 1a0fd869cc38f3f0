"""A fake encoder whose vectors can be foretold: how often each letter occurs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.embed.vectors import unit_rows

LETTERS = "abcdefgh汉字水数"


class LetterEncoder:
    """Implements `Encoder`; a text without a known letter is the zero row. `calls` keeps what was asked."""

    model_id = "letters@1"
    dimension = len(LETTERS)
    max_tokens = 0

    def __init__(self) -> None:
        self.calls: list[list[str]] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Counts of letters, scaled to unit length."""
        self.calls.append(list(texts))
        counts = [[text.count(letter) for letter in LETTERS] for text in texts]
        return unit_rows(np.array(counts, dtype=np.float32).reshape(len(texts), self.dimension))

    def token_counts(self, texts: Sequence[str]) -> NDArray[np.int64]:
        """A letter is a token."""
        return np.array([sum(text.count(letter) for letter in LETTERS) for text in texts], dtype=np.int64)
