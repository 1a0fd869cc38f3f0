"""A solver gets what the request allows, less where the call ends sooner."""

from __future__ import annotations

import time

import pytest

from matcher.embed.call import calling
from matcher.solve_time import CALL_RESERVE_S, CALL_SHARE, LEAST_SOLVE_S, within_deadline


def test_without_a_deadline_the_request_decides() -> None:
    with calling(deadline=None):
        assert within_deadline(2.0) == 2.0


@pytest.mark.parametrize(
    ("left_s", "expected"), [(100.0, 2.0), (1.0, CALL_SHARE - CALL_RESERVE_S), (-1.0, LEAST_SOLVE_S)]
)
def test_a_near_deadline_shortens_it_but_never_to_nothing(left_s: float, expected: float) -> None:
    with calling(deadline=time.monotonic() + left_s):
        assert within_deadline(2.0) == pytest.approx(expected, abs=0.05)
