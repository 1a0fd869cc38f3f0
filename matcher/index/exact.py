"""The reference: NumPy compares every query with every allowed row, in float64, and sorts them all.

Enters and leaves: as `protocol.py` says. Slow on purpose (about 100 ms per query at 100k x 256) and short enough to be read
at a glance: `faiss.py` is held to its ids and values by tests/congruence.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from matcher.index import snapshot
from matcher.index.lock import ReadersWriterLock
from matcher.index.protocol import (
    Float32,
    Int64,
    Neighbours,
    checked_ids,
    checked_k,
    checked_new_ids,
    checked_rows,
    no_neighbours,
)


class ExactIndex:
    """VectorIndex over a dict of rows; implements the protocol literally.

    Args:
        dim: length of every vector, at least 1.
    """

    kind_name = "exact"

    def __init__(self, dim: int) -> None:
        self._dim = dim
        self._row_by_id: dict[int, Float32] = {}
        self._lock = ReadersWriterLock()

    @property
    def dim(self) -> int:
        """Length of every vector."""
        return self._dim

    @property
    def parameters(self) -> Mapping[str, int | float | str]:
        """Nothing but the kind: the answers depend on the rows alone."""
        return {"kind": self.kind_name}

    def __len__(self) -> int:
        return len(self._row_by_id)

    def add(self, ids: Int64, vectors: Float32) -> None:
        """See `VectorIndex.add`."""
        rows = checked_rows(vectors, self._dim, "vectors")
        with self._lock.writing():
            for identifier, row in zip(checked_new_ids(ids, len(rows)).tolist(), rows, strict=True):
                self._row_by_id[identifier] = row.copy()

    def remove(self, ids: Int64) -> int:
        """See `VectorIndex.remove`."""
        with self._lock.writing():
            return sum(
                self._row_by_id.pop(identifier, None) is not None for identifier in checked_ids(ids, "ids").tolist()
            )

    def search(self, queries: Float32, k: int, allowed: Int64 | None = None) -> Neighbours:
        """See `VectorIndex.search`."""
        queries = checked_rows(queries, self._dim, "queries")
        best = no_neighbours(len(queries), checked_k(k))
        wanted = None if allowed is None else frozenset(checked_ids(allowed, "allowed").tolist())
        with self._lock.reading():
            ids, rows = self._sorted_rows(wanted)
        n = min(k, len(ids))
        for i, query in enumerate(queries):
            cosines = np.multiply(rows, query, dtype=np.float64).sum(axis=1).astype(np.float32)
            order = np.argsort(-cosines, kind="stable")[:n]  # ids ascend, so a stable sort breaks ties by id
            best.ids[i, :n] = ids[order]
            best.similarities[i, :n] = cosines[order]
        return best

    def needs_rebuild(self) -> bool:
        """Never: there is nothing to train."""
        return False

    def rebuild(self, queries: Float32 | None = None) -> None:
        """Nothing to do; `queries` are checked all the same.

        Raises:
            InvalidRequest: reason INVALID_VECTOR.
        """
        if queries is not None:
            checked_rows(queries, self._dim, "queries")

    def snapshot(self, folder: Path, *, model_id: str, revision: int) -> None:
        """See `VectorIndex.snapshot`."""
        with self._lock.still():
            ids, rows = self._sorted_rows(None)
            snapshot.write(
                folder, ids, rows, model_id=model_id, revision=revision, kind_name=self.kind_name, parameters={}
            )

    def _sorted_rows(self, wanted: frozenset[int] | None) -> tuple[Int64, Float32]:
        ids = sorted(self._row_by_id if wanted is None else self._row_by_id.keys() & wanted)
        rows = np.array([self._row_by_id[i] for i in ids], np.float32).reshape(len(ids), self._dim)
        return np.array(ids, np.int64), rows
