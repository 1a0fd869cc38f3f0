"""Writes an encoder's scores as Markdown: one table per language, and on what machine, when and how they were got."""

from __future__ import annotations

import os
import platform
import shlex
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from eval.metrics import RankingScores


@dataclass(frozen=True)
class SetResult:
    """The scores of one set, or why there are none (``skipped``)."""

    name: str
    language: str
    scores: RankingScores | None
    skipped: str = ""


def _processor() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def _commit() -> str:
    try:
        found = subprocess.run(
            ["git", "rev-parse", "--short=12", "HEAD"],  # noqa: S607 - the user's own git
            capture_output=True,
            text=True,
            timeout=10,
            check=True,
        )
        return found.stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return "unknown"


def provenance() -> list[str]:
    """Return the Markdown lines that say date, machine, commit and command."""
    return [
        f"- date: {datetime.now(UTC):%Y-%m-%d}",
        f"- machine: {os.cpu_count()} × {_processor()}, Python {platform.python_version()}",
        f"- commit: {_commit()}",
        f"- command: `python -m eval {shlex.join(sys.argv[1:])}`",
    ]


def render(model: str, dimension: int, results: list[SetResult]) -> str:
    """Return the report as Markdown; sets in the order given, languages in order of first appearance."""
    lines = [f"# Encoder report: {model}", "", f"- dimension: {dimension}", *provenance(), ""]
    for language in dict.fromkeys(result.language for result in results):
        lines += [f"## {language}", "", "| set | queries | MAP | MRR | nDCG@10 | R@10 | P@1 |", "|---|" + "---:|" * 6]
        for result in (r for r in results if r.language == language):
            if result.scores is None:
                lines.append(f"| {result.name} | skipped: {result.skipped} | | | | | |")
                continue
            s = result.scores
            values = (s.mean_average_precision, s.mean_reciprocal_rank, s.ndcg_at_10, s.recall_at_10, s.precision_at_1)
            lines.append(f"| {result.name} | {s.n_queries} | " + " | ".join(f"{value:.3f}" for value in values) + " |")
        lines.append("")
    return "\n".join(lines)
