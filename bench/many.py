"""`python -m bench.many`: Match over many documents, and beside it an echo of replies of the same size; prints Markdown.

Enters: `../shared/data/corpus` and the demo corpus. From them n postings are made: each takes the clauses of one posting of
the corpus and replaces a third of them by clauses of others of the same branch, so that no two are alike and every skill, level
and quote is found by the real extractor. The demo candidates ask. Leaves: requests/s and latency with as many match processes
as cores, memory, and the ratio to the echo, measured in the same run. The store is kept (`--store`) for the next run.
"""

from __future__ import annotations

import asyncio
import gzip
import itertools
import json
import random
import re
import time
from collections.abc import Iterator, Sequence
from concurrent import futures
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Annotated, Any

import grpc
import typer

from bench.__main__ import DATA, ROOT, commit, machine
from bench.load import LoadResult, measure
from bench.service import ServiceProcess
from matcher._gen.skillmatch.v1 import document_pb2 as doc
from matcher._gen.skillmatch.v1 import match_pb2 as pb
from matcher._gen.skillmatch.v1 import status_pb2 as st
from matcher.config import Settings
from matcher.domain.document import Kind, RawDocument
from matcher.engine import Engine
from matcher.records import ImportItem
from matcher.serve.client import connect
from matcher.store.store import StoreConfig

SEED = 20261130
BATCH = 256
REPLACED = 1 / 3
CLAUSE = re.compile(r"[^。;；\n]+[。;；\n]?")
ECHO = "/bench.Echo/Echo"


def synthetic_postings(n: int) -> Iterator[RawDocument]:
    """N postings, the same ones every time."""
    rng = random.Random(SEED)  # noqa: S311  (a benchmark must repeat itself)
    clauses: dict[str, list[list[str]]] = {}
    with gzip.open(DATA / "corpus" / "postings-zh.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            clauses.setdefault(record["field"], []).append(CLAUSE.findall(record["text"]))
    branches = sorted(clauses)
    weights = [len(clauses[b]) for b in branches]
    for number in range(n):
        branch = rng.choices(branches, weights)[0]
        own = list(rng.choice(clauses[branch]))
        for place in range(len(own)):
            if rng.random() < REPLACED:
                own[place] = rng.choice(rng.choice(clauses[branch]) or own)
        yield RawDocument(Kind.POSTING, f"synthetic-{number:07d}", text=f"{''.join(own)}\n编号 {number}")


def demo_candidates() -> Iterator[RawDocument]:
    """The candidates of the demo corpus."""
    for path in sorted((ROOT / "demo" / "corpus" / "candidates").glob("*.txt")):
        yield RawDocument(Kind.CANDIDATE, path.stem, text=path.read_text(encoding="utf-8"))


def fill(store: Path, n: int) -> float | None:
    """Imports what the store lacks; documents/s of the import, None when it lacked nothing."""
    engine = Engine(Settings(store=StoreConfig(path=store)))
    engine.load()
    stored = engine.store.counts()[Kind.POSTING]
    items = itertools.chain(demo_candidates(), itertools.islice(synthetic_postings(n), stored, None))
    started, n_imported = time.monotonic(), 0
    while batch := [ImportItem(raw) for raw in itertools.islice(items, BATCH)]:
        n_imported += sum(r.error is None for r in engine.import_documents(batch))
    seconds = time.monotonic() - started
    engine.close()
    return n_imported / seconds if stored < n else None


async def _echo(content: bytes, _context: Any) -> bytes:
    return content


def serve_echo(port: Any) -> None:
    """A gRPC server that sends back what it gets, on a port that it writes into `port`; runs until it is killed."""

    async def run() -> None:
        server = grpc.aio.server()
        handler = grpc.unary_unary_rpc_method_handler(_echo)
        server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("bench.Echo", {"Echo": handler}),))
        port.value = server.add_insecure_port("127.0.0.1:0")
        await server.start()
        await server.wait_for_termination()

    asyncio.run(run())


def measure_echo(reply_bytes: int, clients: int, seconds: float) -> float:
    """Echoes/s of `reply_bytes` by one server process, the client in this one."""
    context = get_context("spawn")
    port = context.Value("i", 0)
    process = context.Process(target=serve_echo, args=(port,), daemon=True)
    process.start()
    while not port.value:
        time.sleep(0.05)
    try:
        return asyncio.run(_echo_rate(f"127.0.0.1:{port.value}", bytes(reply_bytes), clients, seconds))
    finally:
        process.kill()


async def _echo_rate(address: str, content: bytes, clients: int, seconds: float) -> float:
    n = 0
    async with grpc.aio.insecure_channel(address) as channel:
        call = channel.unary_unary(ECHO)
        await call(content)
        started = time.monotonic()

        async def client() -> None:
            nonlocal n
            while time.monotonic() < started + seconds:
                await call(content)
                n += 1

        await asyncio.gather(*(client() for _ in range(clients)))
        return n / (time.monotonic() - started)


def requests_of(names: Sequence[str], filter_text: str = "") -> list[pb.MatchRequest]:
    """Ten postings with evidence for each candidate."""
    return [
        pb.MatchRequest(query=pb.Query(name=n), target_kind=doc.KIND_POSTING, page_size=10, filter=filter_text)
        for n in names
    ]


def row(what: str, result: LoadResult, echo: float) -> str:
    """One row of the table."""
    return (
        f"| {what} | {result.clients} | {result.requests_per_s:.0f} | {result.p50_ms:.1f} | {result.p99_ms:.1f} "
        f"| {result.reply_bytes / 1024:.0f} | {echo:.0f} | 1 : {echo / result.requests_per_s:.1f} |"
    )


def resident_mib(process_id: int) -> float:
    """Resident memory of a process and its children, shared pages counted once (proportional set size), MiB."""
    family = [process_id, *(int(p) for t in Path(f"/proc/{process_id}/task").iterdir() for p in _children(t))]
    return sum(_pss_kib(p) for p in family) / 1024


def _children(task: Path) -> list[str]:
    return (task / "children").read_text(encoding="ascii").split()


def _pss_kib(process_id: int) -> int:
    for line in Path(f"/proc/{process_id}/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0


def main(
    documents: Annotated[int, typer.Option(help="postings to match with")] = 100_000,
    store: Annotated[Path, typer.Option(help="where they are kept between runs")] = Path("var/bench-many.db"),
    processes: Annotated[int, typer.Option(help="match processes; 0: the service answers itself")] = 2,
    seconds: Annotated[float, typer.Option(help="duration of each load run")] = 10.0,
    *,
    only_fill: Annotated[bool, typer.Option(help="import and stop")] = False,
) -> None:
    """Measure and print."""
    with futures.ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        rate = pool.submit(fill, store, documents).result()
    if only_fill:
        return
    names = [f"candidates/{raw.id}" for raw in demo_candidates()]
    lines = [
        f"Measured {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, `python -m bench.many`, {machine()}, commit {commit()}.",
        "",
    ]
    lines += ["| what | figure |", "|---|---|", f"| postings, match processes | {documents}, {processes} |"]
    if rate is not None:
        lines.append(f"| import | {rate:.0f} documents/s |")
    service = ServiceProcess(store, {"SKILLMATCH_SERVER__MATCH_PROCESSES": str(processes)})
    lines.append(f"| start-up | {service.start_s:.1f} s |")
    table = [
        "| Match, top 10 with evidence | clients | requests/s | p50 ms | p99 ms | reply KB | echo/s of that size | ratio |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for clients in (1, 4, 8, 16):
        result = measure(service.address, requests_of(names), clients, seconds)
        table.append(row("all", result, measure_echo(round(result.reply_bytes), clients, seconds / 4)))
    filtered = measure(service.address, requests_of(names, "experience_years <= 3"), 8, seconds)
    table.append(
        row("filter experience_years <= 3", filtered, measure_echo(round(filtered.reply_bytes), 8, seconds / 4))
    )
    with connect(service.address) as client:
        kinds = client.status.GetStatus(st.GetStatusRequest()).kinds
    lines.append(f"| memory of all processes (PSS) | {resident_mib(service.process_id):.0f} MiB |")
    lines += [
        f"| index of {doc.Kind.Name(k.kind)} ({k.document_count}) | {k.index} |" for k in kinds if k.document_count
    ]
    service.stop()
    typer.echo("\n".join([*lines, "", *table]))


if __name__ == "__main__":
    typer.run(main)
