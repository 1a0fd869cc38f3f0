"""`python -m bench.screening`: 5,000 résumés screened against one posting in one call; prints Markdown.

Enters: the demo corpus, whose résumés are recombined line by line into invented ones. Leaves: wall and CPU seconds of the service
for scores alone, with evidence for the best 100, and with evidence for all; and for 32 résumés of them the largest difference to
the score that Explain gives. The client is this process, the service another.
"""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bench.__main__ import ROOT, SEED, commit, machine
from bench.service import ServiceProcess
from matcher._gen.skillmatch.v1 import document_pb2 as doc
from matcher._gen.skillmatch.v1 import match_pb2 as match_pb
from matcher._gen.skillmatch.v1 import screening_pb2 as pb
from matcher.serve.client import ServiceClient, connect

POSTING = "postings/water-lab-analyst-zh-01"
REPEATS = 3
N_EXPLAINED = 32
CASES = (("scores only", 1), ("evidence for the best 100", 100), ("evidence for all", 0))


def main(
    n: int = typer.Option(5000, help="résumés"),
    store: Annotated[
        Path | None, typer.Option(help="keep the store here; what it has already is not stored again")
    ] = None,
) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        service = ServiceProcess(store or Path(folder) / "screening.db")
        with connect(service.address) as client:
            started = time.monotonic()
            for reply in client.documents.ImportDocuments(_documents(n)):
                if reply.HasField("error"):
                    raise typer.BadParameter(f"{reply.name}: {reply.error.message}")
            lines = [
                f"Measured {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, `python -m bench.screening`, {machine()}, commit {commit()}.",
                "",
                f"{n} résumés imported in {time.monotonic() - started:.1f} s, then screened against one posting:",
                "",
                "| answer | wall s (first, best of the next) | CPU s of the service (first, best) | reply MB |",
                "|---|---|---|---|",
            ]
            for title, evidence in CASES:
                runs = [_screen(client, service.pid, evidence or n) for _ in range(REPEATS)]
                walls, cpus, sizes = zip(*runs, strict=True)
                lines.append(
                    f"| {title} | {walls[0]:.2f}, {min(walls[1:]):.2f} | {cpus[0]:.2f}, {min(cpus[1:]):.2f} "
                    f"| {sizes[0] / 1e6:.1f} |"
                )
            lines += ["", f"Largest difference to Explain over {N_EXPLAINED} résumés: {_difference(client):.1e}"]
        service.stop()
    typer.echo("\n".join(lines))


def _screen(client: ServiceClient, pid: int, evidence: int) -> tuple[float, float, int]:
    setup = pb.Screening(query=match_pb.Query(name=POSTING), evidence_count=evidence)
    started, cpu = time.monotonic(), _cpu_s(pid)
    size = sum(r.ByteSize() for r in client.screenings.ScreenCandidates(_requests(setup)))
    return time.monotonic() - started, _cpu_s(pid) - cpu, size


def _difference(client: ServiceClient) -> float:
    """Largest difference between a score of a screening and that of the pair by itself."""
    setup = pb.Screening(query=match_pb.Query(name=POSTING), evidence_count=1)
    replies = client.screenings.ScreenCandidates(_requests(setup))
    found = [c.match for r in replies if r.HasField("matches") for c in r.matches.candidates]
    chosen = random.Random(SEED).sample(found, N_EXPLAINED)  # noqa: S311
    largest = 0.0
    for match in chosen:
        pair = match_pb.ExplainRequest(query=match_pb.Query(name=POSTING), target=match_pb.Query(name=match.name))
        largest = max(largest, abs(client.matches.Explain(pair).match.score - match.score))
    return largest


def _requests(setup: pb.Screening) -> Iterator[pb.ScreenCandidatesRequest]:
    yield pb.ScreenCandidatesRequest(screening=setup)


def _documents(n: int) -> Iterator[doc.ImportDocumentsRequest]:
    """The posting, and résumés of 10 to 30 lines drawn from those of the demo corpus."""
    corpus = ROOT / "demo" / "corpus"
    posting = (corpus / f"{POSTING}.txt").read_text(encoding="utf-8")
    yield doc.ImportDocumentsRequest(document=doc.Document(name=POSTING, text=posting))
    paths = sorted((corpus / "candidates").glob("*.txt"))
    lines = [line for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    chance = random.Random(SEED)  # noqa: S311
    for number in range(n):
        text = "\n".join(chance.sample(lines, chance.randint(10, 30)))
        yield doc.ImportDocumentsRequest(document=doc.Document(name=f"candidates/made-{number:05d}", text=text))


def _cpu_s(pid: int) -> float:
    """User and system seconds that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    typer.run(main)
