"""Dynamic micro-batching: encode calls that run at the same time share forward passes.

Enters: calls of `encode` from any number of threads. Leaves: their rows, as the encoder behind gives them. While one pass
runs, the texts of other calls gather and make the next one, so nothing waits for company. Passes hold texts of similar
length, bounded in texts and in padded tokens. Queries go before imports, and one pass in five is an import's even so, so
neither starves. Refuses: more texts than the queue holds (Overloaded, with the time it takes to work them off), and calls
whose deadline has passed or cannot be met (DeadlineExceeded), always before a forward pass is spent on them.
"""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future

import numpy as np
import structlog
from numpy.typing import NDArray

from matcher.embed.call import Call, current_call
from matcher.embed.lanes import PASS_OVERHEAD_TOKENS, EncodeRequest, Lane, WaitingText, padded_tokens
from matcher.embed.protocol import Encoder
from matcher.errors import DeadlineExceeded, Overloaded, ShuttingDown

log = structlog.get_logger()
QUERY_PASSES_IN_A_ROW = 4
# Share of the newest pass in the running mean of seconds per token.
PACE_OF_NEWEST = 0.2
MIN_RETRY_S = 0.05


class BatchingEncoder:
    """Joins concurrent calls of an encoder; implements `Encoder`.

    Args:
        encoder: does the forward passes, called from one thread only.
        batch_texts: most texts of a pass.
        batch_tokens: most padded tokens of a pass: texts × tokens of the longest.
        queue_texts: most texts that may wait, for queries and for imports each; a call with more is taken when none waits.
    """

    def __init__(self, encoder: Encoder, *, batch_texts: int, batch_tokens: int, queue_texts: int) -> None:
        self.encoder = encoder
        self._batch_texts, self._batch_tokens, self._queue_texts = batch_texts, batch_tokens, queue_texts
        self._queries, self._imports = Lane(), Lane()
        self._gate = threading.Condition()
        self._numbers = itertools.count()
        self._query_passes = 0
        self._s_per_token: float | None = (
            None  # of padded tokens and the overhead of passes; None before the first pass
        )
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="encode", daemon=True)
        self._thread.start()

    @property
    def model_id(self) -> str:
        """Name and weights digest, stored with the vectors."""
        return self.encoder.model_id

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self.encoder.dimension

    @property
    def max_tokens(self) -> int:
        """Tokens read of one text; 0: no limit."""
        return self.encoder.max_tokens

    def token_counts(self, texts: Sequence[str]) -> NDArray[np.int64]:
        """Tokens of each text; see `Encoder.token_counts`. In the caller's thread, beside the passes."""
        return self.encoder.token_counts(texts)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of `texts`; see `Encoder.encode`. Waits for its turn.

        Raises:
            Overloaded: the queue is full.
            DeadlineExceeded: the deadline of the present call has passed or cannot be met.
            ShuttingDown: the encoder is closed.
        """
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        call = current_call()
        answer = self._admit(list(texts), call)
        with call.stepping_aside():
            return answer.result()

    def close(self) -> None:
        """Ends the thread after the pass under way; calls that wait are refused."""
        with self._gate:
            self._closed = True
            self._gate.notify_all()
        self._thread.join()

    # --- admission -----------------------------------------------------------------------------------------------

    def _admit(self, texts: list[str], call: Call) -> Future[NDArray[np.float32]]:
        counts = np.minimum(self.token_counts(texts), self.max_tokens or np.iinfo(np.int64).max).tolist()
        request = EncodeRequest(np.zeros((len(texts), self.dimension), np.float32), len(texts), call.deadline)
        with self._gate:
            lane = self._imports if call.bulk else self._queries
            if self._closed:
                raise ShuttingDown("the model is being shut down; try again")
            if len(lane) and len(lane) + len(texts) > self._queue_texts:
                raise Overloaded(
                    "more texts wait for the model than it reads in time; try again",
                    retry_delay_s=max(MIN_RETRY_S, self._seconds(lane.n_tokens) or 1.0),
                )
            _refuse_late(call.deadline, self._seconds(lane.n_tokens + sum(counts)))
            lane.put(
                [
                    WaitingText(request, position, text, count, next(self._numbers))
                    for position, (text, count) in enumerate(zip(texts, counts, strict=True))
                ]
            )
            self._gate.notify()
        return request.answer

    def _seconds(self, n_tokens: int) -> float | None:
        """Seconds that tokens take at the present pace, None before the first pass."""
        return None if self._s_per_token is None else n_tokens * self._s_per_token

    # --- passes --------------------------------------------------------------------------------------------------

    def _run(self) -> None:
        while (texts := self._next_pass()) is not None:
            started = time.monotonic()
            self._forward(texts)
            pace = (time.monotonic() - started) / (padded_tokens(texts) + PASS_OVERHEAD_TOKENS)
            with self._gate:
                known = self._s_per_token
                self._s_per_token = pace if known is None else known + PACE_OF_NEWEST * (pace - known)
        for lane in (self._queries, self._imports):
            for request in lane.requests():
                request.answer.set_exception(ShuttingDown("the model is being shut down; try again"))

    def _next_pass(self) -> list[WaitingText] | None:
        """Waits for texts and takes those of one pass, without those that come too late; None once closed."""
        with self._gate:
            while True:
                while not (self._queries or self._imports or self._closed):
                    self._gate.wait()
                if self._closed:
                    return None
                lane = self._next_lane()
                taken = lane.take(self._batch_texts, self._batch_tokens)
                expected_s = self._seconds(padded_tokens(taken) + PASS_OVERHEAD_TOKENS)
                for request in {id(t.request): t.request for t in taken}.values():
                    try:
                        _refuse_late(request.deadline, expected_s)
                    except DeadlineExceeded as error:
                        lane.drop(request)
                        request.answer.set_exception(error)
                if wanted := [t for t in taken if not t.request.answer.done()]:
                    return wanted

    def _next_lane(self) -> Lane:
        if not self._imports or (self._queries and self._query_passes < QUERY_PASSES_IN_A_ROW):
            self._query_passes += 1
            return self._queries
        self._query_passes = 0
        return self._imports

    def _forward(self, texts: list[WaitingText]) -> None:
        """One forward pass; its rows go to their requests.

        When it fails, each request is tried alone, so that what is wrong with one does not fail the others.
        """
        try:
            rows = self.encoder.encode([t.text for t in texts])
        except Exception as error:  # noqa: BLE001  (it belongs to the callers, and the thread must live)
            by_request: dict[int, list[WaitingText]] = {}
            for text in texts:
                by_request.setdefault(id(text.request), []).append(text)
            if len(by_request) > 1:
                for own in by_request.values():
                    self._forward(own)
                return
            request = texts[0].request
            with self._gate:
                self._queries.drop(request)
                self._imports.drop(request)
            request.answer.set_exception(error)
            return
        for row, text in zip(rows, texts, strict=True):
            text.request.rows[text.position] = row
            text.request.n_missing -= 1
            if not text.request.n_missing:
                text.request.answer.set_result(text.request.rows)


def _refuse_late(deadline: float | None, needed_s: float | None) -> None:
    """Refuses what cannot be done in time.

    Raises:
        DeadlineExceeded: the deadline has passed, or passes within the `needed_s` seconds.
    """
    if deadline is not None and time.monotonic() + (needed_s or 0.0) >= deadline:
        raise DeadlineExceeded("the deadline passes before the model can read the text")
