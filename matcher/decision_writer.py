"""Writes decisions beside the calls that make them: queued in memory, written in batches, all of them at a stop.

Enters: decisions, from any thread. Leaves: rows of the store. A match is never delayed or refused for the sake of its record:
when the queue is full, which takes a store that cannot be written for a while, the decision is not recorded, its reply carries
no name of one, and the log counts it. A kill or a power cut loses what was recorded since the last batch, at most
`flush_interval_s` and the time of one write.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Final

import structlog
from pydantic import BaseModel, ConfigDict, Field

from matcher.domain.decision import Decision

log = structlog.get_logger()
BATCH: Final = 256
DAY_S: Final = 86_400.0
CLEAN_EVERY_S: Final = 3600.0


class DecisionsConfig(BaseModel):
    """What is kept of the answers to Match."""

    model_config = ConfigDict(extra="forbid")

    enabled: bool = Field(True, description="record each answer of Match, so that it can be audited and replayed")
    retention_days: float = Field(
        183.0, gt=0, description="decisions older than this are deleted, days; looked after every hour"
    )
    max_queued: int = Field(
        20_000, ge=1, description="decisions that may wait to be written; beyond it an answer is not recorded"
    )
    flush_interval_s: float = Field(
        1.0, gt=0, le=60, description="how often decisions are written, seconds; what a crash may lose"
    )


class DecisionWriter:
    """A queue with a thread that empties it into the store. Safe to share between threads.

    Args:
        config: limits.
        write: writes a batch in one transaction.
        forget_before: deletes what was made before a moment, in seconds since 1970; returns how many.
    """

    def __init__(
        self,
        config: DecisionsConfig,
        write: Callable[[Sequence[Decision]], None],
        forget_before: Callable[[float], int],
    ) -> None:
        self._config = config
        self._write = write
        self._forget_before = forget_before
        self._queue: deque[Decision] = deque()
        self._writing = threading.Lock()
        self._starting = threading.Lock()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self.n_lost = 0

    def record(self, decision: Decision) -> bool:
        """Queues a decision; False when it will not be recorded."""
        if self._stopping.is_set() or len(self._queue) >= self._config.max_queued:
            self.n_lost += 1
            return False
        self._queue.append(decision)
        if self._thread is None:
            self._start()
        return True

    def flush(self) -> None:
        """Writes what was recorded before this call, so that it can be read back.

        Raises:
            Exception: of the store; what was not written stays queued.
        """
        with self._writing:
            while self._queue:
                batch = [self._queue.popleft() for _ in range(min(BATCH, len(self._queue)))]
                try:
                    self._write(batch)
                except BaseException:
                    self._queue.extendleft(reversed(batch))
                    raise

    def close(self) -> None:
        """Writes what is queued and ends the thread; what cannot be written is lost, and counted in the log."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()
        self._flush_or_log()
        if self._queue:
            log.error("decisions_lost", n=len(self._queue) + self.n_lost)

    def _start(self) -> None:
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="decisions", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        cleaned, told_lost = float("-inf"), 0
        while not self._stopping.wait(self._config.flush_interval_s):
            self._flush_or_log()
            if self.n_lost > told_lost:
                log.error("decisions_lost", n=self.n_lost - told_lost)
                told_lost = self.n_lost
            if time.monotonic() - cleaned > CLEAN_EVERY_S:
                cleaned = time.monotonic()
                self._clean()

    def _flush_or_log(self) -> None:
        try:
            self.flush()
        except Exception as error:  # noqa: BLE001  (a store that cannot be written now may be later; the next turn tries again)
            # the type only: the text of a database error quotes rows
            log.error("decisions_not_written", error=type(error).__name__, n_queued=len(self._queue))  # noqa: TRY400

    def _clean(self) -> None:
        try:
            n_deleted = self._forget_before(time.time() - self._config.retention_days * DAY_S)
        except Exception as error:  # noqa: BLE001  (as above)
            log.error("decisions_not_cleaned", error=type(error).__name__)  # noqa: TRY400
            return
        if n_deleted:
            log.info("decisions_expired", n=n_deleted)
