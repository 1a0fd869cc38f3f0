"""Writes `docs/configuration.md` from the settings' own fields; with `--check` fails when the file is stale."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from matcher.config import Settings

TARGET = Path(__file__).resolve().parents[1] / "docs" / "configuration.md"
ROOT = str(Path(__file__).resolve().parents[1])
HEAD = """# Configuration

`matcher serve --config FILE` reads a TOML file with one table per component; `SKILLMATCH_<TABLE>__<KEY>` in the environment
wins, for example `SKILLMATCH_SERVER__PORT=50052`. Unknown keys are refused with the nearest known one. Written by
`python tools/config_reference.py`.
"""


def rows(model: type[BaseModel], prefix: str) -> list[str]:
    """Markdown of one table and of the tables below it."""
    lines = [
        f"\n## [{prefix}]\n",
        inspect.cleandoc(model.__doc__ or ""),
        "",
        "| key | default | what it does |",
        "|---|---|---|",
    ]
    nested: list[str] = []
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            nested += rows(kind, f"{prefix}.{name}")
            continue
        default = "required" if field.default is PydanticUndefined else str(field.default).replace(ROOT + "/", "")
        if field.default_factory is not None:
            default = "all cores" if "threads" in name else "—"
        description = " ".join((field.description or "").split())
        lines.append(f"| `{name}` | `{default}` | {description} |")
    return [*lines, *nested]


def main() -> int:
    """Writes or checks; returns the exit status."""
    parts = [HEAD]
    for name, field in Settings.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            parts += rows(kind, name)
    text = "\n".join(parts).rstrip() + "\n"
    if "--check" in sys.argv[1:]:
        stale = not TARGET.exists() or TARGET.read_text(encoding="utf-8") != text
        print("docs/configuration.md is stale, run `make stubs`" if stale else "docs/configuration.md: up to date")
        return int(stale)
    TARGET.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
