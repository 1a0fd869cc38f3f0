"""How long a solver may take: as asked, and never past the deadline of the call."""

from __future__ import annotations

import time

import pytest

from matcher.embed.call import calling
from matcher.solve_time import CALL_RESERVE_S, CALL_SHARE, LEAST_SOLVE_S, within_deadline


def test_without_a_deadline_the_limit_is_as_asked() -> None:
    assert within_deadline(3.0) == 3.0


@pytest.mark.parametrize("deadline_s", [5.0, 1.0])
def test_a_near_deadline_leaves_time_for_the_way_back(deadline_s: float) -> None:
    with calling(deadline=time.monotonic() + deadline_s):
        found = within_deadline(60.0)
    assert found == pytest.approx(deadline_s * CALL_SHARE - CALL_RESERVE_S, abs=0.05)


def test_a_limit_nearer_than_the_deadline_stands() -> None:
    with calling(deadline=time.monotonic() + 30):
        assert within_deadline(2.0) == 2.0


def test_past_the_deadline_the_least_is_left() -> None:
    with calling(deadline=time.monotonic() - 1):
        assert within_deadline(10.0) == LEAST_SOLVE_S
