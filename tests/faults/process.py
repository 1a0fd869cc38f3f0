"""The command line in processes of its own, as a user runs it, so that it can be killed.

Enters: arguments of `matcher`. Leaves: a running service with its address and its log, or a finished command.
"""

from __future__ import annotations

import json
import os
import queue
import re
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[2]
# what the console script runs, without relying on one being installed
MATCHER = (sys.executable, "-c", "from matcher.cli import app; app()")
READY = re.compile(r"ready on (\S+:\d+)", re.IGNORECASE)
# far above what a start takes, for machines that do other work beside the tests
START_LIMIT_S = 240.0


def environment(**extra: str) -> dict[str, str]:
    """This process's environment without settings of the service; COLUMNS keeps messages on one line."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("SKILLMATCH_")}
    return kept | {"COLUMNS": "500", "PYTHONPATH": str(REPOSITORY)} | extra


def run_matcher(*arguments: str, **extra: str) -> subprocess.CompletedProcess[str]:
    """A command that ends by itself; never raises for its exit status."""
    return subprocess.run(  # noqa: S603  (our own command line)
        [*MATCHER, *arguments], env=environment(**extra), capture_output=True, text=True, timeout=120, check=False
    )


class Service:
    """`matcher serve` on a free port; usable once `address` is known, which the constructor waits for."""

    def __init__(self, store: Path, *, before: str = "", **extra: str) -> None:
        """Starts it; `before` is Python that the process runs first, to crash at a chosen moment."""
        self.lines: list[str] = []
        self._process = subprocess.Popen(  # noqa: S603  (our own command line)
            [*MATCHER[:2], f"{before}\n{MATCHER[2]}", "serve", "--store", str(store), "--port", "0"],
            env=environment(**extra),
            stderr=subprocess.PIPE,
            text=True,
        )
        self._new: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        try:
            self.address = self.wait_for(READY, START_LIMIT_S)[1]
        except queue.Empty:
            self.kill()
            raise

    def wait_for(self, pattern: re.Pattern[str], limit_s: float = 20.0) -> re.Match[str]:
        """The first line from now on that matches; everything read stays in `lines`."""
        ends = time.monotonic() + limit_s
        while True:
            line = self._new.get(timeout=max(0.01, ends - time.monotonic()))
            if found := pattern.search(line):
                return found

    def signal(self, number: int) -> None:
        self._process.send_signal(number)

    def wait(self, limit_s: float = 30.0) -> int:
        """Exit status once it has ended."""
        status = self._process.wait(limit_s)
        self._reader.join(5)
        if self._process.stderr is not None:
            self._process.stderr.close()
        return status

    def kill(self) -> int:
        """Ends it at once, as a crash does."""
        self._process.kill()
        return self.wait()

    @property
    def log(self) -> list[dict[str, Any]]:
        """Log lines written so far."""
        return [json.loads(line) for line in self.lines if line.startswith("{")]

    def _read(self) -> None:
        for line in self._process.stderr or ():
            self.lines.append(line.rstrip("\n"))
            self._new.put(line)
