"""How long a plan may be sought: as asked, and never past the deadline of the call."""

from __future__ import annotations

import time

import pytest

from matcher.domain.target import OccupationTarget
from matcher.embed.call import calling
from matcher.planning import CALL_RESERVE_S, CALL_SHARE, DEFAULT_SOLVE_S, LEAST_SOLVE_S, PlanQuery, solve_limit_s


def query(limit_s: float | None) -> PlanQuery:
    return PlanQuery("candidates/a", OccupationTarget("occupations/b"), solve_limit_s=limit_s)


def test_without_a_deadline_the_limit_is_as_asked() -> None:
    assert solve_limit_s(query(3.0)) == 3.0
    assert solve_limit_s(query(None)) == DEFAULT_SOLVE_S


@pytest.mark.parametrize(("limit_s", "deadline_s"), [(None, 5.0), (60.0, 5.0), (60.0, 1.0)])
def test_a_near_deadline_leaves_time_for_the_way_back(limit_s: float | None, deadline_s: float) -> None:
    with calling(deadline=time.monotonic() + deadline_s):
        found = solve_limit_s(query(limit_s))
    assert found == pytest.approx(deadline_s * CALL_SHARE - CALL_RESERVE_S, abs=0.05)


def test_a_limit_nearer_than_the_deadline_stands() -> None:
    with calling(deadline=time.monotonic() + 30):
        assert solve_limit_s(query(2.0)) == 2.0


def test_past_the_deadline_the_least_is_left() -> None:
    with calling(deadline=time.monotonic() - 1):
        assert solve_limit_s(query(None)) == LEAST_SOLVE_S
