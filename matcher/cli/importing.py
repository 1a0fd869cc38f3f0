"""`matcher import`: files → import stream, with a progress bar, a line per bad item, and a summary."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from matcher._gen.skillmatch.v1 import document_pb2 as doc
from matcher.domain.document import Kind, RawDocument
from matcher.ingest import Record, RecordError, read_path
from matcher.serve.client import ServiceClient, one_line
from matcher.serve.convert import KINDS, facts_to


def import_paths(client: ServiceClient, paths: Sequence[Path], kind: str, console: Console, errors: Console) -> int:
    """Imports all documents below `paths` and prints what became of them; returns how many were refused."""
    sources: list[str] = []
    unreadable: list[RecordError] = []
    outcomes: Counter[str] = Counter()
    n_failed = 0
    started = time.monotonic()
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=errors, transient=True) as progress:
        task = progress.add_task("documents", total=None)
        requests = _requests(paths, Kind(kind) if kind else None, sources, unreadable)
        for response in client.documents.ImportDocuments(requests):
            progress.update(task, advance=1, total=len(sources))
            if response.HasField("error"):
                n_failed += 1
                errors.print(
                    f"[red]refused[/red] {escape(sources[response.item_index])}: {escape(one_line(response.error))}",
                    highlight=False,
                )
            else:
                outcomes[doc.WriteOutcome.Name(response.outcome).removeprefix("WRITE_OUTCOME_").lower()] += 1
    for record in unreadable:
        errors.print(
            f"[red]unreadable[/red] {escape(place_of(record))}: {escape(record.message)} [{record.reason}]",
            highlight=False,
        )
    seconds = time.monotonic() - started
    counts = ", ".join(f"{n} {word}" for word, n in sorted(outcomes.items())) or "nothing stored"
    console.print(
        f"{counts}, {n_failed + len(unreadable)} refused; {seconds:.1f} s, {len(sources) / max(seconds, 1e-9):.0f} documents/s",
        highlight=False,
    )
    return n_failed + len(unreadable)


def _requests(
    paths: Sequence[Path], kind: Kind | None, sources: list[str], unreadable: list[RecordError]
) -> Iterator[doc.ImportDocumentsRequest]:
    """Items as they are read; `sources` takes the place of each, `unreadable` what could not be read at all."""
    for path in paths:
        for record in read_path(path, kind):
            if isinstance(record, RecordError):
                unreadable.append(record)
                continue
            sources.append(place_of(record))
            yield doc.ImportDocumentsRequest(document=to_message(record.document))


def place_of(record: Record | RecordError) -> str:
    """File, and line where there is one."""
    return f"{record.source}:{record.line}" if record.line else record.source


def to_message(raw: RawDocument) -> doc.Document:
    """The wire form of a document as it was read from a file."""
    return doc.Document(
        name=f"{raw.kind.collection}/{raw.id}" if raw.id else "",
        kind=KINDS[raw.kind],
        title=raw.title,
        text=raw.text,
        content=raw.content,
        media_type=raw.media_type,
        facts=facts_to(raw.facts),
    )
