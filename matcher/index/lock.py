"""A readers-writer lock in three grades: many readers, one writer, and a keeper of the present state.

Nothing enters or leaves; it refuses nothing. A waiting writer lets no new reader in, so that steady searching cannot starve
writes. Not re-entrant.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition, Lock


class ReadersWriterLock:
    """Guards an index: searches hold `reading`, writes hold `writing`, snapshots hold `still`."""

    def __init__(self) -> None:
        self._one_writer = Lock()
        self._gate = Condition(Lock())
        self._n_readers = 0
        self._writer_wants_in = False

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Shared with other readers and with `still`; excludes `writing`."""
        with self._gate:
            while self._writer_wants_in:
                self._gate.wait()
            self._n_readers += 1
        try:
            yield
        finally:
            with self._gate:
                self._n_readers -= 1
                if not self._n_readers:
                    self._gate.notify_all()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Excludes everyone else."""
        with self._one_writer:
            with self._gate:
                self._writer_wants_in = True
                while self._n_readers:
                    self._gate.wait()
            try:
                yield
            finally:
                with self._gate:
                    self._writer_wants_in = False
                    self._gate.notify_all()

    @contextmanager
    def still(self) -> Iterator[None]:
        """Nothing changes while it is held, and readers go on: excludes `writing` and other `still`."""
        with self._one_writer:
            yield
