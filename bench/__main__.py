"""`python -m bench`: imports the shared corpus into a fresh service and measures it; prints Markdown.

Enters: `../shared/data/corpus` (or the folder named by SKILLMATCH_DATA). Leaves: import rate, memory, start-up times, and Match
latency and throughput with evidence at several numbers of clients. The client is this process, the service another.
"""

from __future__ import annotations

import os
import platform
import random
import subprocess
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import typer

from bench.crash import crash_rows
from bench.load import LoadResult, measure
from bench.service import ServiceProcess
from matcher._gen.skillmatch.v1 import document_pb2 as doc
from matcher._gen.skillmatch.v1 import match_pb2 as pb
from matcher._gen.skillmatch.v1 import status_pb2 as st
from matcher.cli.importing import to_message
from matcher.domain.document import Kind
from matcher.ingest import RecordError, read_path
from matcher.serve.client import ServiceClient, connect

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("SKILLMATCH_DATA", ROOT.parent / "shared" / "data"))
FILES = (
    ("postings-zh.jsonl.gz", Kind.POSTING),
    ("courses-en.jsonl.gz", Kind.COURSE),
    ("courses-zh-en.jsonl.gz", Kind.COURSE),
)
CLIENTS = (1, 8, 32)
N_QUERIES = 300
SEED = 20261122


def main(seconds: float = typer.Option(10.0, help="duration of each load run")) -> None:
    """Measure and print."""
    if not (DATA / "corpus").is_dir():
        typer.echo(f"no corpus at {DATA / 'corpus'}; set SKILLMATCH_DATA to the folder that holds corpus/", err=True)
        raise typer.Exit(2)
    lines = [f"Measured {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, `make bench`, {machine()}, commit {commit()}.", ""]
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "bench.db"
        service = ServiceProcess(store)
        lines += ["| what | figure |", "|---|---|", f"| start-up, empty store | {service.start_s:.1f} s |"]
        with connect(service.address) as client:
            lines += import_all(client, store)
            requests = match_requests(client)
        rows = [("stored posting → courses", r) for r in runs(service.address, requests["stored"], seconds)]
        rows += [("inline posting → courses", r) for r in runs(service.address, requests["inline"], seconds)]
        rows += [("stored posting → courses, filter", r) for r in runs(service.address, requests["filtered"], seconds)]
        with connect(service.address) as client:
            resident = client.status.GetStatus(st.GetStatusRequest()).resident_bytes
        lines.append(f"| resident memory after the load runs | {resident / 2**20:.0f} MiB |")
        lines.append(f"| stop (drain, snapshots) | {service.stop():.1f} s |")
        service = ServiceProcess(store)
        lines.append(f"| start-up, from snapshot | {service.start_s:.1f} s |")
        service.kill()
        lines += crash_rows(Path(folder) / "crash.db", corpus_requests)
    typer.echo("\n".join([*lines, "", *load_table(rows)]))


def import_all(client: ServiceClient, store: Path) -> list[str]:
    """Imports all files in one stream; table rows."""
    n, refused, started = 0, 0, time.monotonic()
    for response in client.documents.ImportDocuments(corpus_requests()):
        n += 1
        refused += response.HasField("error")
    seconds = time.monotonic() - started
    status = client.status.GetStatus(st.GetStatusRequest())
    counts = ", ".join(f"{k.document_count} {doc.Kind.Name(k.kind)[5:].lower()}s" for k in status.kinds)
    return [
        f"| import of {n} documents ({counts} stored, {refused} refused) | {seconds:.1f} s, {n / seconds:.0f} documents/s |",
        f"| resident memory after import | {status.resident_bytes / 2**20:.0f} MiB |",
        f"| store on disk | {sum(p.stat().st_size for p in store.parent.glob('bench.db*') if p.is_file()) / 2**20:.0f} MiB |",
    ]


def corpus_requests() -> Iterator[doc.ImportDocumentsRequest]:
    """All documents of the shared corpus."""
    for name, kind in FILES:
        for record in read_path(DATA / "corpus" / name, kind):
            if isinstance(record, RecordError):
                raise typer.BadParameter(f"{record.source}:{record.line}: {record.message}")
            yield doc.ImportDocumentsRequest(document=to_message(record.document))


def match_requests(client: ServiceClient) -> dict[str, list[pb.MatchRequest]]:
    """Requests for ten courses with evidence: by name, with the text along, and under a filter that most courses fail."""
    listed = client.documents.ListDocuments(doc.ListDocumentsRequest(kind=doc.KIND_POSTING, page_size=1000)).documents
    names = [d.name for d in random.Random(SEED).sample(list(listed), N_QUERIES)]  # noqa: S311
    texts = [client.documents.GetDocument(doc.GetDocumentRequest(name=n)).document.text for n in names]
    return {
        "stored": [_ten_courses(pb.Query(name=n)) for n in names],
        "inline": [_ten_courses(pb.Query(document=doc.Document(kind=doc.KIND_POSTING, text=t))) for t in texts],
        "filtered": [_ten_courses(pb.Query(name=n), "credits >= 12") for n in names],
    }


def _ten_courses(query: pb.Query, filter_text: str = "") -> pb.MatchRequest:
    return pb.MatchRequest(query=query, target_kind=doc.KIND_COURSE, page_size=10, filter=filter_text)


def runs(address: str, requests: list[pb.MatchRequest], seconds: float) -> list[LoadResult]:
    """One load run per number of clients."""
    return [measure(address, requests, clients, seconds) for clients in CLIENTS]


def load_table(rows: list[tuple[str, LoadResult]]) -> list[str]:
    """Load runs as Markdown."""
    table = [
        "| Match, top 10 with evidence | clients | requests/s | p50 ms | p99 ms | reply KB |",
        "|---|---|---|---|---|---|",
    ]
    for name, r in rows:
        table.append(
            f"| {name} | {r.clients} | {r.requests_per_s:.0f} | {r.p50_ms:.1f} | {r.p99_ms:.1f} | {r.reply_bytes / 1024:.0f} |"
        )
    return table


def machine() -> str:
    """Processor, cores and Python."""
    names = [line.split(":", 1)[1].strip() for line in _cpuinfo() if line.startswith("model name")]
    return f"{names[0] if names else platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def _cpuinfo() -> list[str]:
    path = Path("/proc/cpuinfo")
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def commit() -> str:
    """Short hash of HEAD, `unknown` outside a checkout."""
    found = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return found.stdout.strip() or "unknown"


if __name__ == "__main__":
    typer.run(main)
