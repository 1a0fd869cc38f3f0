"""An encoder whose passes wait to be let through one by one, so that a test decides what gathers meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from tests.unit.embed.letter_encoder import LetterEncoder

T = TypeVar("T")
LIMIT_S = 10.0
BROKEN = "broken"


class GatedEncoder(LetterEncoder):
    """Letters, behind a gate. A text has as many tokens as characters. `BROKEN` in a text makes its pass fail."""

    def __init__(self) -> None:
        super().__init__()
        self.entered = threading.Semaphore(0)
        self._let_through = threading.Semaphore(0)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Waits to be let through."""
        self.entered.release()
        assert self._let_through.acquire(timeout=LIMIT_S)
        if any(BROKEN in text for text in texts):
            self.calls.append(list(texts))
            raise ValueError(BROKEN)
        return super().encode(texts)

    def token_counts(self, texts: Sequence[str]) -> NDArray[np.int64]:
        """A character is a token."""
        return np.array([len(text) for text in texts], dtype=np.int64)

    def let_through(self, n_passes: int = 1_000_000) -> None:
        """Opens the gate for so many passes."""
        self._let_through.release(n_passes)

    def wait_for_pass(self) -> None:
        """Returns once a pass has come to the gate."""
        assert self.entered.acquire(timeout=LIMIT_S)


class Caller:
    """A call in a thread of its own."""

    def __init__(self, work: Callable[[], NDArray[np.float32]]) -> None:
        self.error: Exception | None = None
        self.rows: NDArray[np.float32] | None = None
        self._work = work
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        try:
            self.rows = self._work()
        except Exception as error:  # noqa: BLE001  (handed to the test)
            self.error = error

    @property
    def is_done(self) -> bool:
        return not self._thread.is_alive()

    def end(self) -> Caller:
        self._thread.join(LIMIT_S)
        assert self.is_done
        return self
