"""How much of a limit of time is left. Enters: seconds. Leaves: seconds. Refuses nothing."""

from __future__ import annotations

import time


class Clock:
    """Seconds that are left of a limit."""

    def __init__(self, limit_s: float) -> None:
        self._started = time.monotonic()
        self._limit_s = limit_s

    @property
    def passed_s(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._started

    @property
    def left_s(self) -> float:
        """Seconds until the limit, ≥ 0."""
        return max(0.0, self._limit_s - self.passed_s)

    def share(self, share: float) -> Clock:
        """A clock over a share in (0, 1] of what is left."""
        return Clock(self.left_s * share)
