"""How long a solver may take for the call under way.

Enters: the seconds that a request allows. Leaves: less where the call's own deadline is nearer, so that the best answer found is
sent back in time instead of none.
"""

from __future__ import annotations

import time

from matcher.embed.call import current_call

CALL_SHARE, CALL_RESERVE_S = 0.8, 0.2
"""Of what is left of a call's deadline for solving; the rest is for quotes and the way back."""
LEAST_SOLVE_S = 0.02


def within_deadline(limit_s: float) -> float:
    """Seconds for solving: `limit_s`, less where the call's deadline is nearer, never less than `LEAST_SOLVE_S`."""
    deadline = current_call().deadline
    if deadline is None:
        return limit_s
    left_s = (deadline - time.monotonic()) * CALL_SHARE - CALL_RESERVE_S
    return max(LEAST_SOLVE_S, min(limit_s, left_s))
