"""A turn is lent while its thread waits for the model, and no more work runs at a time than there are turns."""

from __future__ import annotations

import threading
import time
from concurrent.futures import CancelledError
from contextvars import ContextVar

import pytest

from matcher.embed.call import current_call
from matcher.serve.turns import TurnPool

LIMIT_S = 10.0
WORD: ContextVar[str] = ContextVar("word", default="")


class Counted:
    """Work that counts how many of its kind run at once."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.running = self.most = 0

    def __enter__(self) -> None:
        with self.lock:
            self.running += 1
            self.most = max(self.most, self.running)

    def __exit__(self, *_: object) -> None:
        with self.lock:
            self.running -= 1


@pytest.mark.parametrize("turns", [1, 3])
def test_no_more_runs_at_a_time_than_there_are_turns(turns: int) -> None:
    pool, counted = TurnPool(turns, "t"), Counted()

    def work(n: int) -> int:
        with counted:
            time.sleep(0.005)
        return n

    futures = [pool.submit(lambda n=n: work(n)) for n in range(20)]  # type: ignore[misc]
    assert [f.result(LIMIT_S) for f in futures] == list(range(20))
    assert counted.most == turns
    assert len(pool._threads) == turns
    pool.shutdown()


def test_calls_that_wait_for_the_model_wait_at_the_same_time_and_come_back_one_by_one() -> None:
    pool, counted, all_wait = TurnPool(1, "t"), Counted(), threading.Barrier(5)

    def work() -> str:
        with counted:
            pass
        with current_call().stepping_aside():
            all_wait.wait(LIMIT_S)  # passed only if all five wait at once
        with counted:
            time.sleep(0.005)
        return "done"

    assert [f.result(LIMIT_S) for f in [pool.submit(work) for _ in range(5)]] == ["done"] * 5
    assert counted.most == 1
    pool.shutdown()


def test_who_has_its_answer_goes_before_work_that_has_not_begun() -> None:
    pool, order = TurnPool(1, "t"), list[str]()
    answered, blocked, second_runs = threading.Event(), threading.Event(), threading.Event()

    def first() -> None:
        with current_call().stepping_aside():
            answered.wait(LIMIT_S)
        order.append("first")

    def second() -> None:
        second_runs.set()
        blocked.wait(LIMIT_S)

    futures = [pool.submit(first), pool.submit(second), pool.submit(lambda: order.append("third"))]
    assert second_runs.wait(LIMIT_S)
    answered.set()
    while not pool._n_returning:
        time.sleep(0.001)
    blocked.set()
    for future in futures:
        future.result(LIMIT_S)
    assert order == ["first", "third"]
    pool.shutdown()


def test_an_error_reaches_the_caller_and_gives_the_turn_back() -> None:
    pool = TurnPool(1, "t")

    def broken() -> None:
        with current_call().stepping_aside():
            raise ValueError("x")

    with pytest.raises(ValueError, match="x"):
        pool.submit(broken).result(LIMIT_S)
    assert pool.submit(lambda: 7).result(LIMIT_S) == 7
    pool.shutdown()


def test_work_sees_the_context_of_its_caller() -> None:
    pool = TurnPool(1, "t")
    token = WORD.set("mine")
    future = pool.submit(WORD.get)
    WORD.reset(token)
    assert future.result(LIMIT_S) == "mine"
    assert pool.submit(WORD.get).result(LIMIT_S) == ""
    pool.shutdown()


def test_a_future_cancelled_in_time_never_runs_and_a_shutdown_drops_what_waits() -> None:
    pool, let_go, ran = TurnPool(1, "t"), threading.Event(), list[int]()
    held = pool.submit(lambda: let_go.wait(LIMIT_S))
    cancelled, dropped = pool.submit(lambda: ran.append(1)), pool.submit(lambda: ran.append(2))
    assert cancelled.cancel()
    closing = threading.Thread(target=pool.shutdown)
    closing.start()
    with pytest.raises(CancelledError):
        dropped.result(LIMIT_S)
    let_go.set()
    assert held.result(LIMIT_S) is True
    closing.join(LIMIT_S)
    assert ran == []
