"""A real gRPC server in this process, on a free port, in an event loop of its own thread.

Enters: an engine (or a stand-in with the methods that a test calls) and a server configuration. Leaves: its address, for as
long as the context lasts; then the server drains and closes the engine.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from matcher.config import ServerConfig
from matcher.serve.server import MatcherServer


@contextmanager
def running_server(engine: Any, config: ServerConfig, *, load: bool = True) -> Iterator[str]:
    """Serves `engine` at the yielded `host:port`.

    Args:
        engine: what answers.
        config: limits; its port is best 0.
        load: fill the engine first; without it health stays NOT_SERVING.
    """
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="server-under-test")
    thread.start()
    server: MatcherServer | None = None
    try:
        server = asyncio.run_coroutine_threadsafe(_started(engine, config, load), loop).result(60)
        yield f"{config.host}:{server.port}"
    finally:
        if server is not None:
            asyncio.run_coroutine_threadsafe(server.stop(), loop).result(60)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _started(engine: Any, config: ServerConfig, load: bool) -> MatcherServer:
    # made inside the loop: a grpc.aio server belongs to the loop in which it is made
    server = MatcherServer(engine, config)
    await server.start()
    if load:
        await server.load()
    return server
