"""What `matcher taxonomy diff` and `upgrade` do and print. Holds the store itself, as `serve` does."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from matcher.cli.serving import settings_with
from matcher.configured_taxonomy import base_taxonomy, with_overlay
from matcher.derive import phrase_linker
from matcher.embed import load_encoder
from matcher.extract import SkillExtractor
from matcher.logs import configure_logs
from matcher.model_swap import embed_config
from matcher.retagging import retag
from matcher.store import DocumentStore
from matcher.taxonomy import OverlayReport, TaxonomyDiff, diff_taxonomies
from matcher.upgrade_preview import RankingChange, UpgradePreview, preview_upgrade

SHOWN = 10


def preview(to: str, sample: int, config: Path | None, store: Path | None, as_json: bool, console: Console) -> None:
    """Prints what an upgrade would change.

    Raises:
        MatcherError: a part cannot be loaded, or the stored vectors are of another model.
    """
    configure_logs()
    settings = settings_with(config, store)
    old_base, new_base = base_taxonomy(settings.taxonomy.path), base_taxonomy(to)
    diff = diff_taxonomies(old_base, new_base)
    old, _ = with_overlay(old_base, settings.taxonomy.overlay)
    new, report = with_overlay(new_base, settings.taxonomy.overlay, diff)
    opened = DocumentStore(settings.store)
    model = embed_config(settings.embed, opened)
    opened.close()
    found = preview_upgrade(settings, old, new, load_encoder(model), sample)
    if as_json:
        conflicts = [str(conflict) for conflict in report.conflicts]
        print_json({"diff": diff.as_json(), "overlay_without_effect": conflicts, "preview": found.as_json()})
        return
    print_diff(diff, console)
    _print_overlay(report, console)
    _print_preview(found, console)


def upgrade(to: str, config: Path | None, store: Path | None, console: Console, errors: Console) -> None:
    """Tags all stored documents with another taxonomy, with a progress bar.

    Raises:
        MatcherError: a part cannot be loaded.
    """
    configure_logs()
    settings = settings_with(config, store)
    base = base_taxonomy(to)
    taxonomy, report = with_overlay(base, settings.taxonomy.overlay)
    opened = DocumentStore(settings.store)
    linker = None
    if settings.extract.linking.enabled:
        linker = phrase_linker(taxonomy, settings.extract, load_encoder(embed_config(settings.embed, opened)))
    extractor = SkillExtractor(taxonomy, settings.extract, linker)
    columns = (SpinnerColumn(), TextColumn("documents"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    try:
        before = opened.taxonomy_version()
        with Progress(*columns, console=errors, transient=True) as progress:
            task = progress.add_task("documents", total=None)
            done = retag(
                opened,
                extractor.extract_skills,
                taxonomy.version,
                lambda n, total: progress.update(task, completed=n, total=total),
            )
    finally:
        opened.close()
    _print_overlay(report, console)
    console.print(
        f"{done.n_documents} documents tagged with {taxonomy.version} (before: {before}); "
        f"{done.n_changed} have other mentions. Configure it before the next start: \\[taxonomy] path",
        highlight=False,
        soft_wrap=True,
    )


def print_json(value: dict[str, Any]) -> None:
    """Prints JSON values to standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def print_diff(diff: TaxonomyDiff, console: Console) -> None:
    """One line per kind of difference with its count, and below it the first ten."""
    console.print(f"[bold]{diff.old_version} → {diff.new_version}[/bold]", highlight=False)
    if diff.is_empty:
        console.print("no difference")
    lines: dict[str, Iterable[str]] = {
        "added": diff.added,
        "removed": diff.removed,
        "relabelled": (f"{c.skill_id} ({c.language}): {c.old or '—'} → {c.new or '—'}" for c in diff.relabelled),
        "moved": (f"{c.skill_id}: {_ids(c.old)} → {_ids(c.new)}" for c in diff.moved),
        "reclassified": (f"{c.skill_id}: {c.old} → {c.new}" for c in diff.reclassified),
        "aliases": (
            f"{c.skill_id} ({c.language}):" + "".join(f" +{a}" for a in c.added) + "".join(f" -{a}" for a in c.removed)
            for c in diff.aliases
        ),
        "merged": (f"{_ids(c.old_ids)} → {c.new_id}" for c in diff.merged),
        "split": (f"{c.old_id} → {_ids(c.new_ids)}" for c in diff.split),
    }
    for name, count in diff.counts().items():
        if not count:
            continue
        console.print(f"{name.replace('_', ' ')}: {count}", highlight=False)
        shown = list(lines.get(name, getattr(diff, name)))
        for line in shown[:SHOWN]:
            console.print(f"  {escape(line)}", highlight=False, soft_wrap=True)
        if count > SHOWN:
            console.print(f"  … and {count - SHOWN} more (--json lists all)", highlight=False)


def _print_overlay(report: OverlayReport, console: Console) -> None:
    for conflict in report.conflicts[:SHOWN]:
        console.print(f"[yellow]overlay: {escape(str(conflict))}[/yellow]", highlight=False, soft_wrap=True)
    if len(report.conflicts) > SHOWN:
        console.print(f"[yellow]overlay: {len(report.conflicts) - SHOWN} more, see `matcher taxonomy overlay`[/yellow]")


def _print_preview(found: UpgradePreview, console: Console) -> None:
    by_kind = ", ".join(f"{n} {kind}s" for kind, n in found.changed_by_kind.items())
    console.print(
        f"[bold]{found.n_changed} of {found.n_documents} documents would have other mentions[/bold] ({by_kind})",
        highlight=False,
    )
    for change in found.skills[:SHOWN]:
        console.print(f"  {change.skill_id}: -{change.n_lost} +{change.n_gained} documents", highlight=False)
    console.print(
        f"[bold]{found.n_rankings_changed} of {found.n_rankings} top-10 lists would change[/bold] (a sample: candidates and "
        f"courses for {found.n_sampled} of {found.n_postings} postings, evenly spread by name)",
        highlight=False,
        soft_wrap=True,
    )
    if found.stored_version != found.old_version:
        console.print(
            f"[yellow]the stored mentions were found with {found.stored_version}; lists before are scored with "
            f"{found.old_version}[/yellow]",
            highlight=False,
            soft_wrap=True,
        )
    for ranking in found.rankings:
        console.print(f"  {escape(_moved(ranking))}", highlight=False, soft_wrap=True)
    console.print("nothing was written")


def _moved(ranking: RankingChange) -> str:
    told = [f"{ranking.posting} → {ranking.target_kind}s:"]
    told += [f"+{name}@{ranking.after.index(name) + 1}" for name in ranking.entered]
    told += [f"-{name}@{ranking.before.index(name) + 1}" for name in ranking.left]
    told.append(f"({ranking.moves} places moved)")
    return " ".join(told)


def _ids(ids: Iterable[str]) -> str:
    return " ".join(ids) or "—"
