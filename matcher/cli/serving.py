"""The commands that hold the engine themselves: serve and reembed."""

from __future__ import annotations

import asyncio
import errno
import socket
import time
from pathlib import Path

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import track

from matcher.config import Settings, load_settings
from matcher.domain.document import RawDocument
from matcher.embed import load_encoder
from matcher.engine import Engine
from matcher.errors import InvalidConfig, MatcherError
from matcher.ingest import RecordError, read_path
from matcher.logs import configure_logs
from matcher.records import ImportItem
from matcher.serve.server import MatcherServer

DEMO_BATCH = 64

FIRST_REQUESTS = """
[bold]Ready on {address}[/bold] after {seconds:.1f} s. Three requests to try, from another terminal in this folder:

  1. Who fits a posting? (a Chinese posting; candidates in Chinese and English)
     [cyan].venv/bin/matcher match postings/water-lab-analyst-zh-01 --to candidates[/cyan]
  2. Which short courses cover a posting? Filtered before ranking, explained in English
     [cyan].venv/bin/matcher match postings/ai-trainer-zh-01 --to courses --filter 'hours <= 80' --language en[/cyan]
  3. Which skills does a text name, and how does it ask for them?
     [cyan].venv/bin/matcher skills extract '熟悉 Kubernetes 集群运维，有 Go 开发经验者优先，不要求英语'[/cyan]
"""


def settings_with(config: Path | None, store: Path | None, port: int | None = None) -> Settings:
    """Configured settings with the command line's on top."""
    settings = load_settings(config)
    if store is not None:
        settings = settings.model_copy(update={"store": settings.store.model_copy(update={"path": store})})
    if port is not None:
        settings = settings.model_copy(update={"server": settings.server.model_copy(update={"port": port})})
    return settings


def serve(config: Path | None, port: int | None, store: Path | None, demo: Path | None, console: Console) -> None:
    """Runs the service until a signal; loads the demo corpus first when asked to.

    Raises:
        Exit: status 1 when a part cannot be loaded; the reason is printed.
    """
    started = time.monotonic()
    try:
        settings = settings_with(config, store, port)
        check_address(settings.server.host, settings.server.port)
        configure_logs()
        engine = Engine(settings)
        if demo is not None:
            load_demo(engine, demo, console)

        def on_ready(bound_port: int) -> None:
            address = f"{settings.server.host}:{bound_port}"
            if demo is not None:
                console.print(
                    FIRST_REQUESTS.format(address=address, seconds=time.monotonic() - started),
                    highlight=False,
                    soft_wrap=True,
                )
            else:
                console.print(f"ready on {address} after {time.monotonic() - started:.1f} s", highlight=False)

        async def run() -> None:
            # grpc.aio binds a server to the event loop it is made in
            await MatcherServer(engine, settings.server).run(on_ready)

        asyncio.run(run())
    except (MatcherError, RuntimeError) as error:
        console.print(f"[red]{escape(str(error))}[/red]", highlight=False, soft_wrap=True)
        raise typer.Exit(1) from error


def check_address(host: str, port: int) -> None:
    """Finds out that an address cannot be listened on before anything is loaded.

    Raises:
        InvalidConfig: another program listens there, or the host is none of this machine's.
    """
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            # as gRPC does: an address that was left a moment ago is free
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except OSError as error:
        taken = (
            "is taken, perhaps by another service" if error.errno == errno.EADDRINUSE else f"cannot be used: {error}"
        )
        raise InvalidConfig(
            f"{host}:{port} {taken}; stop what listens there, or give another --port", field="server.port"
        ) from error


def load_demo(engine: Engine, folder: Path, console: Console) -> None:
    """Imports a folder into the engine before it serves; what is stored already is left as it is."""
    engine.store.bind_model(engine.encoder.model_id, engine.encoder.dimension)
    raws: list[RawDocument] = []
    for record in read_path(folder):
        if isinstance(record, RecordError):
            console.print(f"[yellow]{record.source}: {record.message}[/yellow]", highlight=False)
        else:
            raws.append(record.document)
    batches = [raws[i : i + DEMO_BATCH] for i in range(0, len(raws), DEMO_BATCH)]
    for batch in track(batches, "demo corpus", console=console, transient=True):
        for result in engine.import_documents([ImportItem(raw) for raw in batch]):
            if result.error is not None:
                console.print(f"[yellow]{result.name}: {escape(str(result.error))}[/yellow]", highlight=False)


def reembed(config: Path | None, store: Path | None, console: Console) -> None:
    """Embeds and tags all stored documents with the configured model and taxonomy.

    Raises:
        Exit: status 1 when a part cannot be loaded.
    """
    configure_logs()
    try:
        settings = settings_with(config, store)
        # the configured model, also where a swap has put another in force
        engine = Engine(settings, load_encoder(settings.embed))
        n_documents = sum(engine.store.counts().values())
        with console.status(f"embedding {n_documents} documents with {engine.encoder.model_id}"):
            done = engine.rederive()
        engine.close()
    except MatcherError as error:
        console.print(f"[red]{escape(str(error))}[/red]", highlight=False, soft_wrap=True)
        raise typer.Exit(1) from error
    console.print(f"{done} documents embedded with {engine.encoder.model_id}, tagged with {engine.taxonomy.version}")
