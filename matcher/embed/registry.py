"""The model registry: which models are known by id, and what each of them needs.

Enters: `models/registry.toml`. Leaves: `ModelEntry` values with absolute paths. Refuses: unknown ids, missing folders, weights
whose SHA-256 is not the one on record (a torn download or a silent exchange would make stored vectors meaningless).
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from rapidfuzz import process

from matcher.errors import InvalidConfig

DEFAULT_REGISTRY = Path(__file__).resolve().parents[2] / "models" / "registry.toml"
SHARE_TOLERANCE = 1e-6
WEIGHT_NAMES = ("*.safetensors", "*.bin", "*.onnx")


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """A model as configured. `id` is stored with the vectors. `max_tokens` 0: no limit.

    `is_folder`: named by its path, not by a registry id.
    `parts`: models whose vectors stand side by side in this one's, each with its share of the similarity; shares add up to 1.
    Such a model has no folder of its own, its `path` is that of the registry.
    `floors`: own floors of the self-check by set; sets that it does not name keep the floors of self_check.toml.
    """

    id: str
    path: Path
    dimension: int
    languages: tuple[str, ...]
    max_tokens: int
    is_folder: bool = False
    parts: tuple[tuple[str, float], ...] = ()
    floors: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))


def resolve_model(model: str, registry: Path = DEFAULT_REGISTRY) -> ModelEntry:
    """Finds a model by registry id or by path to a sentence-transformers folder.

    Raises:
        InvalidConfig: no such id or folder, a registry that breaks its format, or weights that are not those on record.
    """
    if "/" in model or Path(model).is_dir():
        return _unregistered(Path(model))
    if not registry.is_file():
        raise InvalidConfig(f"model registry {registry} does not exist", field="embed.registry")
    try:
        models: dict[str, Any] = tomllib.loads(registry.read_text(encoding="utf-8")).get("models", {})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InvalidConfig(f"model registry {registry} cannot be read: {error}", field="embed.registry") from error
    if model not in models:
        near = process.extractOne(model, list(models)) if models else None
        hint = f"; nearest known: {near[0]}" if near else ""
        raise InvalidConfig(f"model {model!r} is not in {registry}{hint}", field="embed.model")
    entry = models[model]
    digest, path, parts = (
        _composed(model, models, registry) if "parts" in entry else _of_a_folder(model, entry, registry)
    )
    return ModelEntry(
        id=f"{model}@{digest[:8]}",
        path=path,
        dimension=int(entry["dimension"]),
        languages=tuple(entry.get("languages", ())),
        max_tokens=int(entry.get("max_tokens", 0)),
        floors=MappingProxyType({name: float(floor) for name, floor in entry.get("self_check", {}).items()}),
        parts=parts,
    )


def _of_a_folder(
    model: str, entry: Mapping[str, Any], registry: Path
) -> tuple[str, Path, tuple[tuple[str, float], ...]]:
    """(digest, path, no parts) of a model with weights of its own.

    Raises:
        InvalidConfig: the entry is incomplete, or the weights are not those on record.
    """
    _refuse_lacking(model, entry, ("path", "sha256", "dimension"), registry)
    path = registry.parent / entry["path"]
    found = _weights_digest(path)
    if found != entry["sha256"]:
        raise InvalidConfig(
            f"weights of model {model!r} have SHA-256 {found}, on record is {entry['sha256']}", field="embed.model"
        )
    return found, path, ()


def _composed(model: str, models: Mapping[str, Any], registry: Path) -> tuple[str, Path, tuple[tuple[str, float], ...]]:
    """(digest over the parts and their shares, folder of the registry, parts) of a model made of others.

    Raises:
        InvalidConfig: the entry is incomplete, a part is unknown or made of parts itself, or the shares do not add up to 1.
    """
    entry = models[model]
    _refuse_lacking(model, entry, ("dimension",), registry)
    parts = tuple((str(name), float(share)) for name, share in entry["parts"].items())
    wrong = [name for name, share in parts if name not in models or "parts" in models[name] or not 0.0 < share < 1.0]
    if wrong or abs(sum(share for _, share in parts) - 1.0) > SHARE_TOLERANCE:
        told = (
            f"parts {', '.join(wrong)} are unknown, made of parts, or have no share in (0, 1)"
            if wrong
            else "shares do not add up to 1"
        )
        raise InvalidConfig(f"model {model!r} in {registry}: {told}", field="embed.registry")
    ids = [f"{resolve_model(name, registry).id} {share:.6f}" for name, share in parts]
    return hashlib.sha256("\n".join(ids).encode()).hexdigest(), registry.parent, parts


def _refuse_lacking(model: str, entry: Mapping[str, Any], needed: Sequence[str], registry: Path) -> None:
    lacking = [key for key in needed if key not in entry]
    if lacking:
        raise InvalidConfig(f"model {model!r} in {registry} lacks {', '.join(lacking)}", field="embed.registry")


def _unregistered(path: Path) -> ModelEntry:
    """A folder that the registry does not know; its id is made of its name and its weights."""
    digest = _weights_digest(path)
    return ModelEntry(
        id=f"{path.resolve().name}@{digest[:8]}", path=path, dimension=0, languages=(), max_tokens=0, is_folder=True
    )


def _weights_digest(path: Path) -> str:
    """SHA-256 of the largest weight file below `path`, lower-case hexadecimal."""
    files = [f for pattern in WEIGHT_NAMES for f in path.rglob(pattern)] if path.is_dir() else []
    if not files:
        raise InvalidConfig(f"no model weights below {path}", field="embed.model")
    largest = max(files, key=lambda f: (f.stat().st_size, str(f)))
    with largest.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
