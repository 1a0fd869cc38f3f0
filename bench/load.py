"""Load on Match: n concurrent clients, each sending the next request when its answer is there.

Enters: an address, requests, a number of clients, a duration. Leaves: latencies in ms. The first requests of each client are
warm-up and are not counted.
"""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import grpc
import numpy as np

from matcher._gen.skillmatch.v1 import match_pb2 as pb
from matcher._gen.skillmatch.v1.match_pb2_grpc import MatchServiceStub

WARM_UP = 5


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What one load run measured. Latencies in ms; `reply_bytes`: mean size of a reply."""

    clients: int
    n_requests: int
    requests_per_s: float
    p50_ms: float
    p99_ms: float
    reply_bytes: float


def measure(address: str, requests: Sequence[pb.MatchRequest], clients: int, seconds: float) -> LoadResult:
    """Runs the load.

    Raises:
        AioRpcError: a request failed; a benchmark with errors in it would measure something else.
    """
    return asyncio.run(_measure(address, requests, clients, seconds))


async def _measure(address: str, requests: Sequence[pb.MatchRequest], clients: int, seconds: float) -> LoadResult:
    latencies: list[float] = []
    sizes: list[int] = []
    cycle = itertools.cycle(requests)
    async with grpc.aio.insecure_channel(address) as channel:
        stub = MatchServiceStub(channel)
        await asyncio.gather(*(_warm_up(stub, cycle) for _ in range(clients)))
        started = time.monotonic()
        until = started + seconds
        await asyncio.gather(*(_client(stub, cycle, until, latencies, sizes) for _ in range(clients)))
        elapsed = time.monotonic() - started
    p50, p99 = np.percentile(latencies, [50, 99])
    return LoadResult(clients, len(latencies), len(latencies) / elapsed, float(p50), float(p99), float(np.mean(sizes)))


async def _warm_up(stub: MatchServiceStub, cycle: Iterator[pb.MatchRequest]) -> None:
    for _ in range(WARM_UP):
        await stub.Match(next(cycle))


async def _client(
    stub: MatchServiceStub, cycle: Iterator[pb.MatchRequest], until: float, latencies: list[float], sizes: list[int]
) -> None:
    while time.monotonic() < until:
        request = next(cycle)
        started = time.monotonic()
        reply = await stub.Match(request)
        latencies.append((time.monotonic() - started) * 1000)
        sizes.append(reply.ByteSize())
