"""The directions of DESIGN.md: who may import whom, and which libraries stay behind which door.

Every module of `matcher/` is parsed, not imported, so that an import inside a function counts too.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[3] / "matcher"
MAX_LINES = 400

STAGES = frozenset({"ingest", "extract", "taxonomy", "embed", "index", "store", "match", "plan"})
# The modules beside the folders (engine, matching, derive, config …) put the stages together; the edge stands above them.
ABOVE_STAGES = frozenset(path.stem for path in PACKAGE.glob("*.py")) - {"__init__", "errors"}
EDGE = frozenset({"serve", "cli"})
# module → what it imports against the rule, and why. Empty: there is no exception.
EXCEPTIONS: dict[str, dict[str, str]] = {}

# library → the only modules (by prefix) that may import it
DOORS = {
    "grpc": ("matcher.serve", "matcher.cli"),
    "grpc_health": ("matcher.serve",),
    "grpc_reflection": ("matcher.serve",),
    "grpc_status": ("matcher.serve",),
    "google": ("matcher.serve", "matcher.cli"),
    "faiss": ("matcher.index.faiss",),
    "torch": ("matcher.embed",),
    "sentence_transformers": ("matcher.embed",),
    "transformers": ("matcher.embed",),
    "sqlalchemy": ("matcher.store",),
    "ortools": ("matcher.plan", "matcher.match.assign"),
    "typer": ("matcher.cli",),
}


def modules() -> list[Path]:
    """Every module that people write; generated code is not theirs."""
    return [path for path in sorted(PACKAGE.rglob("*.py")) if "_gen" not in path.relative_to(PACKAGE).parts]


def dotted(path: Path) -> str:
    """Dotted name of a module, a package by its own name."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(source: str) -> Iterator[str]:
    """Dotted names that a source imports, anywhere in it; of `from x import y` the name `x.y`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = "." * node.level + (node.module or "")
            yield from (f"{origin}.{alias.name}" for alias in node.names)


def layer(name: str) -> str:
    """Second part of a dotted name of ours: the folder or top-level module; "" for the package itself."""
    parts = name.split(".")
    is_known = len(parts) > 1 and parts[1] in STAGES | ABOVE_STAGES | EDGE | {"domain", "errors", "_gen"}
    return parts[1] if is_known else ""


def may_import(module: str, name: str) -> bool:
    """Whether a module of ours may import a name of ours."""
    own, other = layer(module), layer(name)
    if own == "domain":
        return other == "domain"
    if own == "errors":
        return False
    if own in STAGES:
        return other in {"domain", "errors", own}
    if own in ABOVE_STAGES:
        return other not in EDGE | {"_gen"}
    return own == "cli" or other != "cli"


def outside_its_door(module: str, name: str) -> bool:
    """Whether a module imports a library that others are to keep."""
    doors = DOORS.get(name.split(".", maxsplit=1)[0])
    return doors is not None and not any(module == d or module.startswith((f"{d}.", f"{d}_")) for d in doors)


def is_wrong(module: str, name: str) -> bool:
    """Whether a module must not import a name; relative imports hide where they lead and are wrong everywhere."""
    if name.split(".", maxsplit=1)[0] == PACKAGE.name:
        return not may_import(module, name) and name not in EXCEPTIONS.get(module, {})
    return name.startswith(".") or outside_its_door(module, name)


def violations(module: str, source: str) -> list[str]:
    """What a module imports against the rules."""
    return [name for name in imported(source) if is_wrong(module, name)]


MODULES = modules()
each_module = pytest.mark.parametrize("path", MODULES, ids=dotted)


@each_module
def test_a_module_imports_only_what_its_place_allows(path: Path) -> None:
    assert violations(dotted(path), path.read_text(encoding="utf-8")) == []


@each_module
def test_a_module_opens_with_its_docstring(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@each_module
def test_a_module_is_short_enough_to_read(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES


@each_module
def test_nothing_is_imported_by_a_computed_name(path: Path) -> None:
    names = {n.id for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Name)}
    assert not names & {"__import__", "import_module"}


def test_every_module_has_a_place() -> None:
    folders = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}
    assert folders == STAGES | EDGE | {"domain", "_gen"}
    assert {dotted(path) for path in MODULES if not layer(dotted(path))} == {"matcher"}
    assert {"engine", "matching", "config"} <= ABOVE_STAGES


def test_no_exception_outlives_its_need() -> None:
    for module, allowed in EXCEPTIONS.items():
        path = PACKAGE.parent / Path(*module.split("."))
        found = set(imported(path.with_suffix(".py").read_text(encoding="utf-8")))
        assert set(allowed) <= found


@pytest.mark.parametrize(
    ("module", "source", "found"),
    [
        ("matcher.domain.skill", "from matcher.domain.document import Span", []),
        ("matcher.domain.skill", "from matcher.errors import InvalidDocument", ["matcher.errors.InvalidDocument"]),
        ("matcher.errors", "from matcher.domain.document import Kind", ["matcher.domain.document.Kind"]),
        ("matcher.match.score", "from matcher.match.profile import Profile", []),
        ("matcher.match.score", "import matcher.store.store", ["matcher.store.store"]),
        ("matcher.match.score", "from matcher import engine", ["matcher.engine"]),
        ("matcher.match.score", "def f():\n    from matcher.config import Settings", ["matcher.config.Settings"]),
        ("matcher.engine", "from matcher.match.score import Pool", []),
        ("matcher.engine", "from matcher.serve import convert", ["matcher.serve.convert"]),
        ("matcher.engine", "import grpc", ["grpc"]),
        ("matcher.serve.edge", "import grpc\nfrom matcher.engine import Engine", []),
        ("matcher.serve.edge", "from matcher.cli import app", ["matcher.cli.app"]),
        ("matcher.index.exact", "import faiss", ["faiss"]),
        ("matcher.index.faiss", "import faiss as faiss_library", []),
        ("matcher.index.faiss_index", "import faiss", []),
        ("matcher.embed.encoder", "import torch.nn", []),
        ("matcher.embedding", "import torch", ["torch"]),
        ("matcher.match.score", "from sentence_transformers import util", ["sentence_transformers.util"]),
        ("matcher.match.score", "from . import profile", ["..profile"]),
    ],
)
def test_the_check_tells_right_from_wrong(module: str, source: str, found: list[str]) -> None:
    assert violations(module, source) == found
