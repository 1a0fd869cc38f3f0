"""Settings to index. Enters: an `IndexConfig`, a dimension, perhaps a snapshot folder; leaves: the index that they describe.

Refused: `device = "gpu"` without a GPU (`InvalidConfig`). A snapshot that cannot be used is a value, not an error: the caller
then fills an empty index from the store.
"""

from __future__ import annotations

from pathlib import Path

from matcher.index import snapshot
from matcher.index.config import IndexConfig
from matcher.index.exact import ExactIndex
from matcher.index.faiss_index import FaissIndex
from matcher.index.protocol import VectorIndex
from matcher.index.snapshot import SnapshotRefused

__all__ = ["IndexConfig", "load_index", "make_index"]


def make_index(config: IndexConfig, dim: int) -> VectorIndex:
    """An empty index for vectors of length `dim` (at least 1).

    Raises:
        InvalidConfig: `device` is `gpu` and there is none.
    """
    return ExactIndex(dim) if config.implementation == "exact" else FaissIndex(dim, config)


def load_index(
    config: IndexConfig,
    folder: Path,
    *,
    dim: int,
    model_id: str,
    oldest_revision: int = 0,
    newest_revision: int | None = None,
) -> tuple[VectorIndex, int] | SnapshotRefused:
    """The index saved in `folder` and the store's revision that it stands for, or the reason why it cannot be used.

    Args:
        config: a snapshot of any implementation serves any other; an inverted file is kept if its recall target is the
            configured one, else `needs_rebuild()` asks for a new one.
        folder: where `VectorIndex.snapshot` wrote.
        dim: the configured model's vector length.
        model_id: the configured model.
        oldest_revision: the store can replay all changes after this revision.
        newest_revision: the store's present revision; `None` if not known.

    Raises:
        InvalidConfig: `device` is `gpu` and there is none.
    """
    saved = snapshot.read(
        folder, dim=dim, model_id=model_id, oldest_revision=oldest_revision, newest_revision=newest_revision
    )
    if isinstance(saved, SnapshotRefused):
        return saved
    if config.implementation == "exact":
        exact = ExactIndex(dim)
        exact.add(saved.ids, saved.rows)
        return exact, saved.manifest.revision
    index = FaissIndex(dim, config)
    index.restore(saved)
    return index, saved.manifest.revision
