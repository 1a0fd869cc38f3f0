"""Threads of which few run at a time: one that waits for the model lends its turn to the next call.

Enters: work. Leaves: futures. With one turn the work runs as if there were one thread, save that many calls can wait for the
model at once, so that their texts share a forward pass. Refuses nothing; whoever submits bounds what is submitted.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from contextvars import Context, copy_context
from typing import Any

from matcher.embed.call import calling

Job = tuple[Future[Any], Callable[[], Any], Context]


class TurnPool:
    """Runs work with at most `turns` at a time; a thread is added only when one is lent away and others wait.

    A thread that wants its turn back goes before work that has not begun: what is nearest to its end is finished first.
    """

    def __init__(self, turns: int, name: str) -> None:
        self._name = name
        self._free = turns
        self._jobs: deque[Job] = deque()
        self._threads: list[threading.Thread] = []
        self._n_idle = self._n_returning = 0
        self._closed = False
        lock = threading.Lock()
        self._work, self._turn = threading.Condition(lock), threading.Condition(lock)

    def submit(self, work: Callable[[], Any]) -> Future[Any]:
        """Queues work; its context variables are those of the caller. A future that is cancelled in time never runs."""
        future: Future[Any] = Future()
        context = copy_context()
        with self._work:
            self._jobs.append((future, work, context))
            self._pass_on()
        return future

    def shutdown(self) -> None:
        """Drops work that has not begun and waits for what runs."""
        with self._work:
            self._closed = True
            for future, _, _ in self._jobs:
                future.cancel()
            self._jobs.clear()
            self._work.notify_all()
        for thread in self._threads:
            thread.join()

    @contextmanager
    def stepping_aside(self) -> Iterator[None]:
        """While a thread of this pool waits in it, its turn is another's."""
        with self._turn:
            self._free += 1
            self._pass_on()
        try:
            yield
        finally:
            with self._turn:
                self._n_returning += 1
                while not self._free:
                    self._turn.wait()
                self._n_returning -= 1
                self._free -= 1
                self._pass_on()

    def _pass_on(self) -> None:
        """Gives a free turn to who is next; call with the lock held."""
        if not self._free:
            return
        if self._n_returning:
            self._turn.notify()
        elif self._jobs and self._n_idle:
            self._work.notify()
        elif self._jobs:
            thread = threading.Thread(target=self._run, name=f"{self._name}-{len(self._threads)}", daemon=True)
            self._threads.append(thread)
            self._n_idle += 1
            thread.start()

    def _run(self) -> None:
        # counted as idle already by who started it
        with self._work:
            while True:
                while not self._closed and not (self._jobs and self._free and not self._n_returning):
                    self._work.wait()
                if self._closed:
                    return
                future, work, context = self._jobs.popleft()
                self._n_idle -= 1
                self._free -= 1
                self._pass_on()
                self._work.release()
                try:
                    self._finish(future, work, context)
                finally:
                    del future, work, context  # nothing of a request is kept while the thread is idle
                    self._work.acquire()
                    self._free += 1
                    self._n_idle += 1
                    self._pass_on()

    def _finish(self, future: Future[Any], work: Callable[[], Any], context: Context) -> None:
        if not future.set_running_or_notify_cancel():
            return
        try:
            future.set_result(context.run(self._work_in_turn, work))
        except BaseException as error:  # noqa: BLE001  (it belongs to who waits for the future)
            future.set_exception(error)

    def _work_in_turn(self, work: Callable[[], Any]) -> Any:
        with calling(stepping_aside=self.stepping_aside):
            return work()
