"""`matcher reembed --to` and `--cancel`: a model swap in the running service, watched until it ends."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from matcher._gen.skillmatch.v1 import model_pb2 as md
from matcher.serve.client import ServiceClient

# Large models over many documents take hours; the server's own limit for streams is shorter.
WATCH_LIMIT_S = 7 * 24 * 3600.0
WORDS = {
    md.SWAP_PHASE_LOADING: "loading the model",
    md.SWAP_PHASE_CHECKING: "self-check",
    md.SWAP_PHASE_EMBEDDING: "embedding documents",
    md.SWAP_PHASE_SWITCHING: "switching",
    md.SWAP_PHASE_PAUSED: "paused: the service stops, the swap goes on at its next start",
    md.SWAP_PHASE_DONE: "done",
    md.SWAP_PHASE_FAILED: "failed",
    md.SWAP_PHASE_CANCELLED: "cancelled",
}


def swap_model(client: ServiceClient, model: str, console: Console, errors: Console) -> bool:
    """Starts or joins a swap and shows it until it ends; whether the new model answers then."""
    given = str(Path(model).resolve()) if Path(model).is_dir() else model
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    last = md.ModelSwap()
    with Progress(*columns, console=errors, transient=True) as progress:
        task = progress.add_task("starting", total=None)
        for response in client.models.SwapModel(md.SwapModelRequest(model=given), timeout=WATCH_LIMIT_S):
            if response.swap.checks and not last.checks:
                console.print(f"self-check: {_checks(response.swap)}", highlight=False, soft_wrap=True)
            if response.swap.phase != last.phase:
                _tell(response.swap, console)
            last = response.swap
            total = last.document_count or None
            progress.update(task, description=WORDS[last.phase], completed=last.embedded_count, total=total)
    return last.phase == md.SWAP_PHASE_DONE


def cancel_swap(client: ServiceClient, console: Console) -> bool:
    """Ends the swap under way; whether it did not come to a switch before."""
    swap = client.models.CancelModelSwap(md.CancelModelSwapRequest()).swap
    _tell(swap, console)
    return bool(swap.phase == md.SWAP_PHASE_CANCELLED)


def _tell(swap: md.ModelSwap, console: Console) -> None:
    """One line per phase."""
    counted = f": {swap.document_count} documents in {swap.elapsed_s:.1f} s" if swap.phase == md.SWAP_PHASE_DONE else ""
    console.print(escape(f"{swap.model}: {WORDS[swap.phase]}{counted}"), highlight=False, soft_wrap=True)


def _checks(swap: md.ModelSwap) -> str:
    return ", ".join(f"{c.name} {c.precision_at_1:.2f} (floor {c.floor:.2f})" for c in swap.checks)
