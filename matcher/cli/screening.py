"""`matcher screen`: many candidates against one document in one call, stored ones or files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.progress import Progress

from matcher._gen.skillmatch.v1 import screening_pb2 as pb
from matcher.cli.app import (
    DEFAULT_ADDRESS,
    MATCHES,
    Address,
    AsJson,
    KindOption,
    Language,
    app,
    console,
    errors,
    print_reply,
    query_of,
    service,
)


@app.command("screen", rich_help_panel=MATCHES)
def screen_command(
    query: Annotated[str, typer.Argument(help="resource name (postings/my-id), path of a file, or -")],
    files: Annotated[
        list[Path] | None, typer.Argument(exists=True, help="files or folders of résumés; none: the stored candidates")
    ] = None,
    kind: KindOption = "posting",
    filter_text: Annotated[str, typer.Option("--filter", "-f", help="which stored candidates")] = "",
    limit: Annotated[int, typer.Option("--top", "-n", help="matches to show; all are scored. 0: all")] = 20,
    evidence: Annotated[int, typer.Option(help="the best so many come with their explanation")] = 3,
    language: Language = "zh",
    as_json: AsJson = False,
    address: Address = DEFAULT_ADDRESS,
) -> None:
    """Score every candidate against a posting; exit status 1 when some could not be screened."""
    setup = pb.Screening(
        query=query_of(query, kind),
        filter=filter_text,
        sent_along=bool(files),
        limit=limit,
        evidence_count=max(1, evidence),
        language=language,
    )
    n_unscreened = 0
    with service(address) as client, Progress(console=errors, transient=True) as bar:
        task = bar.add_task("screening", total=None)
        for reply in client.screenings.ScreenCandidates(_requests(setup, files or [])):
            if reply.HasField("progress"):
                bar.update(task, completed=reply.progress.scored_count, total=reply.progress.total_count or None)
            n_unscreened += reply.HasField("unscreened")
            print_reply(reply, as_json, _shown)
    if n_unscreened:
        raise typer.Exit(1)


def _requests(setup: pb.Screening, files: list[Path]) -> Iterator[pb.ScreenCandidatesRequest]:
    from matcher.cli.importing import to_message  # noqa: PLC0415
    from matcher.domain.document import Kind  # noqa: PLC0415
    from matcher.ingest import RecordError, read_path  # noqa: PLC0415

    yield pb.ScreenCandidatesRequest(screening=setup)
    for path in files:
        for record in read_path(path, Kind.CANDIDATE):
            if isinstance(record, RecordError):
                errors.print(f"[yellow]{escape(record.source)}: {escape(record.message)}[/yellow]", highlight=False)
            else:
                yield pb.ScreenCandidatesRequest(document=to_message(record.document))


def _shown(reply: pb.ScreenCandidatesResponse) -> None:
    for c in reply.matches.candidates:
        m = c.match
        name = m.name or f"document {c.item_index}"
        console.print(
            f"[bold]{m.rank}. {escape(name)}[/bold]  {escape(m.title or '—')}  [cyan]{m.score:.3f}[/cyan]",
            soft_wrap=True,
        )
        if m.explanation:
            console.print(escape(m.explanation), highlight=False, soft_wrap=True)
    if reply.HasField("unscreened"):
        u = reply.unscreened
        console.print(
            f"[yellow]{escape(u.name or f'document {u.item_index}')}: {escape(u.error.message)}[/yellow]",
            highlight=False,
        )
    if reply.HasField("summary"):
        s = reply.summary
        console.print(f"{s.scored_count} scored, {s.unscreened_count} not screened  {s.decision}", highlight=False)
