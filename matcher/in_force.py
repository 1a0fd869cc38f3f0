"""The model that answers, with all that rests on its vectors. One object, so that it is exchanged in one step.

Enters: an encoder and what was made with it. Leaves: the parts, to calls that hold it for as long as they run. A call that began
before a switch ends on the model it began with; `wait_until_unused` tells when the last of them has.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from matcher.derive import Deriver
from matcher.embed import Encoder
from matcher.matching import Matching
from matcher.working_set import WorkingSet


@dataclass(slots=True, eq=False)
class InForce:
    """One model and what rests on it. `n_calls`: calls that hold it now, `n_answered`: all that have held it."""

    encoder: Encoder
    deriver: Deriver
    working_set: WorkingSet
    matching: Matching
    n_calls: int = 0
    n_answered: int = 0

    @property
    def tag(self) -> str:
        """Tells these vectors apart from those of another model and from those before the last swap."""
        return f"{self.encoder.model_id}/{self.working_set.vector_set.value}"


class Present:
    """What is in force now. Safe to share between threads."""

    def __init__(self, in_force: InForce) -> None:
        self._in_force = in_force
        self._gate = threading.Condition()

    @property
    def now(self) -> InForce:
        """What is in force at this moment; held by nobody, so for one look or under the lock of writes only."""
        return self._in_force

    @contextmanager
    def held(self) -> Iterator[InForce]:
        """What is in force now, kept whole while the context lasts."""
        with self._gate:
            in_force = self._in_force
            in_force.n_calls += 1
        try:
            yield in_force
        finally:
            with self._gate:
                in_force.n_calls -= 1
                in_force.n_answered += 1
                self._gate.notify_all()

    def replace(self, in_force: InForce) -> InForce:
        """Puts another in force and returns the one that was."""
        with self._gate:
            before, self._in_force = self._in_force, in_force
            return before

    def wait_until_unused(self, in_force: InForce) -> None:
        """Returns once no call holds it any more."""
        with self._gate:
            while in_force.n_calls:
                self._gate.wait()
