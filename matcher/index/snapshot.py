"""Index rows at rest: written so that a crash at any moment leaves the old snapshot or the new one, never half of one.

Enters: ids, rows, what model and store revision they stand for, and files of the index's own. Leaves: the same, verified, or
a `SnapshotRefused` that says why (missing, torn, of another model, stale …): a snapshot is a cache, so a bad one is a reason
to rebuild from the store and no error. Data goes to a temporary folder, is fsynced and renamed; then `manifest.json`, which
names that folder and the checksums, is replaced by one rename.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from matcher.index.protocol import Float32, Int64

FORMAT = 1
MANIFEST = "manifest.json"
_IDS = "ids.npy"
_ROWS = "rows.npy"
_DATA_PREFIX = "data-"
_CHUNK_BYTES = 1 << 20


class SnapshotProblem(StrEnum):
    """Why a snapshot cannot be used."""

    MISSING = "missing"  # none was ever finished in this folder
    TORN = "torn"  # a file is missing, cut or altered
    OTHER_FORMAT = "other_format"  # written by another version of this code
    OTHER_MODEL = "other_model"  # vectors of another embedding model
    OTHER_DIMENSION = "other_dimension"
    STALE = "stale"  # older than the oldest change that can be replayed
    AHEAD = "ahead"  # newer than the store: the store was set back


@dataclass(frozen=True, slots=True)
class SnapshotRefused:
    """A snapshot that cannot be used. `detail` is one English sentence for a log; it has no personal text."""

    problem: SnapshotProblem
    detail: str


class FileRecord(BaseModel):
    """Size and SHA-256 of one data file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    n_bytes: int = Field(ge=0)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class Manifest(BaseModel):
    """What `manifest.json` says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: int
    """Version of this layout."""
    data: str = Field(pattern=rf"^{_DATA_PREFIX}[0-9a-f]{{32}}$")
    """Folder of the data files, beside the manifest."""
    model_id: str
    """The model that made the vectors."""
    dim: int = Field(ge=1)
    """Length of every vector."""
    revision: int = Field(ge=0)
    """The store's revision that the rows stand for."""
    count: int = Field(ge=0)
    """Number of rows."""
    kind_name: str
    """How the index searched its rows when it was written."""
    parameters: dict[str, int | float | str]
    """`VectorIndex.parameters` at that time."""
    files: dict[str, FileRecord]
    """Data files by name."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A verified snapshot: `ids` (n,) int64, `rows` (n, dim) float32, and the folder of the index's own files."""

    manifest: Manifest
    ids: Int64
    rows: Float32
    folder: Path


def write(
    folder: Path,
    ids: Int64,
    rows: Float32,
    *,
    model_id: str,
    revision: int,
    kind_name: str,
    parameters: Mapping[str, int | float | str],
    own_files: Mapping[str, Callable[[Path], None]] | None = None,
) -> None:
    """Write a snapshot into `folder`, replacing the one that is there; only its owner may read it.

    Args:
        folder: made if missing.
        ids: (n,) int64.
        rows: (n, dim) float32.
        model_id: the model that made the vectors.
        revision: the store's revision that the rows stand for.
        kind_name: see `VectorIndex`.
        parameters: see `VectorIndex`.
        own_files: file name → what writes the file at the path that it is given.

    Raises:
        OSError: the disk is full or the folder cannot be written; the earlier snapshot is still whole.
    """
    folder.mkdir(parents=True, exist_ok=True)
    data = f"{_DATA_PREFIX}{uuid.uuid4().hex}"
    temporary = folder / f".{data}"
    temporary.mkdir(mode=0o700)
    try:
        np.save(temporary / _IDS, ids, allow_pickle=False)
        np.save(temporary / _ROWS, rows, allow_pickle=False)
        for name, write_file in (own_files or {}).items():
            write_file(temporary / name)
        files = {path.name: _recorded(path) for path in sorted(temporary.iterdir())}
        _fsync(temporary)
        temporary.rename(folder / data)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
    manifest = Manifest(
        format=FORMAT,
        data=data,
        model_id=model_id,
        dim=rows.shape[1],
        revision=revision,
        count=len(ids),
        kind_name=kind_name,
        parameters=dict(parameters),
        files=files,
    )
    _replace(folder / MANIFEST, manifest.model_dump_json(indent=2) + "\n")
    _remove_data(folder, keep=data)


def read(
    folder: Path, *, dim: int, model_id: str, oldest_revision: int = 0, newest_revision: int | None = None
) -> Snapshot | SnapshotRefused:
    """The snapshot in `folder`, every byte verified, or the reason why it cannot be used.

    Args:
        folder: where `write` wrote.
        dim: the configured model's vector length.
        model_id: the configured model.
        oldest_revision: the store can replay all changes after this revision; an older snapshot is stale.
        newest_revision: the store's present revision; a snapshot beyond it is refused. `None` skips this check.
    """
    manifest = _manifest(folder)
    if isinstance(manifest, SnapshotRefused):
        return manifest
    refused = _unfit(manifest, dim, model_id, oldest_revision, newest_revision)
    if refused is not None:
        return refused
    data = folder / manifest.data
    try:
        for name, record in manifest.files.items():
            if _recorded(data / name, sync=False) != record:
                return SnapshotRefused(SnapshotProblem.TORN, f"{name} differs from its checksum")
        ids = np.load(data / _IDS, allow_pickle=False)
        rows = np.load(data / _ROWS, allow_pickle=False)
    except (OSError, ValueError) as error:
        return SnapshotRefused(SnapshotProblem.TORN, f"a data file cannot be read: {type(error).__name__}")
    if ids.shape != (manifest.count,) or rows.shape != (manifest.count, dim):
        return SnapshotRefused(SnapshotProblem.TORN, "the data files disagree with the manifest's count")
    return Snapshot(manifest, ids, rows, data)


def discard(folder: Path) -> None:
    """Remove the snapshot, for example because a person in it was deleted; a folder without one is left as it is.

    Raises:
        OSError: a file cannot be removed.
    """
    (folder / MANIFEST).unlink(missing_ok=True)
    if folder.is_dir():
        _fsync(folder)
        _remove_data(folder, keep="")


def _manifest(folder: Path) -> Manifest | SnapshotRefused:
    try:
        content = json.loads((folder / MANIFEST).read_text("utf-8"))
    except FileNotFoundError:
        return SnapshotRefused(SnapshotProblem.MISSING, f"{folder} has no {MANIFEST}")
    except (OSError, ValueError) as error:
        return SnapshotRefused(SnapshotProblem.TORN, f"{MANIFEST} cannot be read: {type(error).__name__}")
    written = content.get("format") if isinstance(content, dict) else None
    if isinstance(written, int) and written != FORMAT:
        return SnapshotRefused(SnapshotProblem.OTHER_FORMAT, f"format {written}, this version reads {FORMAT}")
    try:
        return Manifest.model_validate(content)
    except ValidationError as error:
        return SnapshotRefused(SnapshotProblem.TORN, f"{MANIFEST} has {error.error_count()} invalid fields")


def _unfit(
    manifest: Manifest, dim: int, model_id: str, oldest_revision: int, newest_revision: int | None
) -> SnapshotRefused | None:
    if manifest.model_id != model_id:
        return SnapshotRefused(SnapshotProblem.OTHER_MODEL, f"vectors of {manifest.model_id}, not of {model_id}")
    if manifest.dim != dim:
        return SnapshotRefused(SnapshotProblem.OTHER_DIMENSION, f"{manifest.dim} dimensions, not {dim}")
    if manifest.revision < oldest_revision:
        return SnapshotRefused(
            SnapshotProblem.STALE, f"revision {manifest.revision}; changes are kept from {oldest_revision} on"
        )
    if newest_revision is not None and manifest.revision > newest_revision:
        return SnapshotRefused(
            SnapshotProblem.AHEAD, f"revision {manifest.revision}; the store is at {newest_revision}"
        )
    return None


def _recorded(path: Path, *, sync: bool = True) -> FileRecord:
    digest = hashlib.sha256()
    n_bytes = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
            n_bytes += len(chunk)
    if sync:
        _fsync(path)
    return FileRecord(n_bytes=n_bytes, sha256=digest.hexdigest())


def _replace(path: Path, text: str) -> None:
    temporary = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    try:
        temporary.write_text(text, "utf-8")
        _fsync(temporary)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _fsync(path.parent)


def _remove_data(folder: Path, keep: str) -> None:
    # Also what crashed writers left behind: nothing but the manifest's own folder is ever needed.
    for pattern in (f"{_DATA_PREFIX}*", f".{_DATA_PREFIX}*"):
        for path in folder.glob(pattern):
            if path.name != keep:
                shutil.rmtree(path)


def _fsync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
