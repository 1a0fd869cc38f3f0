"""A service process under measurement: started on a store of its own, stopped politely or killed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

READY = re.compile(r"ready on (\S+:\d+) after")
START_LIMIT_S = 300.0
COMMAND = (sys.executable, "-c", "from matcher.cli import app; app()", "serve", "--port", "0", "--store")


class ServiceProcess:
    """A `matcher serve` process, with `variables` in its environment.

    `start_s`: seconds from the start of the process until matches are answered.

    Raises:
        RuntimeError: the process ended or was not ready in time; its last output is in the message.
    """

    def __init__(self, store: Path, variables: Mapping[str, str] = MappingProxyType({})) -> None:
        started = time.monotonic()
        environment = {**os.environ, **variables}
        self._process = subprocess.Popen([*COMMAND, str(store)], stderr=subprocess.PIPE, text=True, env=environment)
        self.process_id = self._process.pid
        self.address = self._wait_until_ready()
        self.start_s = time.monotonic() - started
        # the pipe must be drained, or a chatty service would block on its own log
        threading.Thread(target=self._drain, daemon=True).start()

    @property
    def pid(self) -> int:
        """Process id."""
        return self._process.pid

    def stop(self) -> float:
        """SIGTERM; returns seconds until the process has drained, written its snapshots and ended."""
        started = time.monotonic()
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(60)
        return time.monotonic() - started

    def kill(self) -> None:
        """SIGKILL."""
        self._process.kill()
        self._process.wait(60)

    def _wait_until_ready(self) -> str:
        seen: list[str] = []
        deadline = time.monotonic() + START_LIMIT_S
        for line in self._process.stderr or ():
            seen.append(line)
            if (match := READY.search(line)) is not None:
                return match[1]
            if time.monotonic() > deadline:
                break
        self._process.kill()
        raise RuntimeError("the service did not become ready:\n" + "".join(seen[-20:]))

    def _drain(self) -> None:
        for _ in self._process.stderr or ():
            pass
