"""The index that the service runs on: exact while that is fast enough, then an inverted file with 8-bit codes (IVF-SQ8).

Enters and leaves: as `protocol.py` says. FAISS (`faiss.py`) nominates candidates; `ranking.py` scores and orders them from
the full rows, so similarities are the reference's to the bit, and in the exact kind so are the ids. Refused beyond the
protocol: `device = "gpu"` where FAISS has no GPU support or sees no GPU (`InvalidConfig`).

Memory per row: 4 x dim bytes, and dim more for the codes of an inverted file. A filter is never applied after the ranking:
few allowed rows are gathered and compared exactly, many go into a FAISS selector; an inverted file reads as many lists as the
local share of allowed rows asks for (`probes.py`), and where no number of lists is sure the search is exact.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from matcher.errors import InvalidRequest
from matcher.index import snapshot
from matcher.index.config import IndexConfig
from matcher.index.faiss import GpuRows, InvertedFile, knn, use_threads
from matcher.index.lock import ReadersWriterLock
from matcher.index.protocol import (
    NO_ID,
    Float32,
    Int64,
    Neighbours,
    checked_ids,
    checked_k,
    checked_new_ids,
    checked_rows,
    no_neighbours,
)
from matcher.index.ranking import ranked, rounding_slack, scanned, similarities
from matcher.index.slots import RowTable
from matcher.index.snapshot import Snapshot

_IVF_FILE = "ivf.faiss"
# Candidates beyond k that an exact search asks FAISS for, so that ties at the k-th place are seen. Copies of one document
# are common in a corpus (a posting published again); more than 16 of them cost a second pass, nothing else.
_SPARE = 16
_GPU_MAX_K = 2048  # GpuIndexFlat refuses more
_MIN_QUERIES = 32


class FaissIndex:
    """VectorIndex on FAISS. See the module's paragraph for how rows are searched.

    Args:
        dim: length of every vector, at least 1.
        config: see `IndexConfig`.

    Raises:
        InvalidConfig: a GPU is asked for and there is none.
    """

    def __init__(self, dim: int, config: IndexConfig) -> None:
        self._config = config
        self._table = RowTable(dim)
        self._lock = ReadersWriterLock()
        self._ivf: InvertedFile | None = None
        self._gpu = GpuRows(dim) if config.device == "gpu" else None

    @property
    def dim(self) -> int:
        """Length of every vector."""
        return self._table.dim

    @property
    def kind_name(self) -> str:
        """`flat` (exact) or `ivf_sq8`."""
        return "flat" if self._ivf is None else "ivf_sq8"

    @property
    def parameters(self) -> Mapping[str, int | float | str]:
        """Kind and device; of an inverted file also its lists and how many are read for which neighbour rank."""
        ivf = self._ivf
        plan = {} if ivf is None else {**ivf.plan.described(), "trained_rows": ivf.trained_rows}
        return {"kind": "flat" if ivf is None else "ivf_sq8", "device": self._config.device, **plan}

    def __len__(self) -> int:
        return self._table.n

    def add(self, ids: Int64, vectors: Float32) -> None:
        """See `VectorIndex.add`."""
        rows = checked_rows(vectors, self.dim, "vectors")
        checked_new_ids(ids, len(rows))
        with self._lock.writing():
            n_before = self._table.n
            slots = self._table.put(ids, rows)
            if self._ivf is not None:
                for slot in slots[slots < n_before].tolist():
                    self._ivf.drop(slot)
                self._ivf.add(slots, self._table.rows[slots])

    def remove(self, ids: Int64) -> int:
        """See `VectorIndex.remove`."""
        checked_ids(ids, "ids")
        n_removed = 0
        with self._lock.writing():
            for identifier in ids.tolist():
                moved = self._table.drop(identifier)
                if moved is None:
                    continue
                n_removed += 1
                if self._ivf is not None:
                    self._ivf.drop(moved[0])
                    if moved[0] != moved[1]:
                        self._ivf.rename(moved[1], moved[0])
        return n_removed

    def search(self, queries: Float32, k: int, allowed: Int64 | None = None) -> Neighbours:
        """See `VectorIndex.search`. With an inverted file, a row in a list that is not read may be missed."""
        queries = checked_rows(queries, self.dim, "queries")
        checked_k(k)
        if allowed is not None:
            checked_ids(allowed, "allowed")
        use_threads(self._config.search_threads)
        with self._lock.reading():
            slots = None if allowed is None else self._table.slots_of(allowed)
            if slots is not None and len(slots) == self._table.n:
                slots = None
            if not k or not len(queries) or not self._table.n or (slots is not None and not len(slots)):
                return no_neighbours(len(queries), k)
            if self._ivf is None:
                return self._search_exact(queries, k, slots)
            return self._search_lists(self._ivf, queries, k, slots)

    def needs_rebuild(self) -> bool:
        """True when the rows have outgrown the exact kind, or have doubled since training, or are few again."""
        n, ivf = self._table.n, self._ivf
        if ivf is None:
            return self._gpu is None and n > self._config.flat_max_rows
        return n > 2 * ivf.trained_rows or n < self._config.flat_max_rows // 2

    def rebuild(self, queries: Float32 | None = None) -> None:
        """See `VectorIndex.rebuild`. Holds a second copy of the rows during the call.

        Raises:
            InvalidRequest: reason INVALID_VECTOR; or fewer than 32 queries.
        """
        if queries is not None:
            queries = checked_rows(queries, self.dim, "queries")
            if len(queries) < _MIN_QUERIES:
                raise InvalidRequest(f"{len(queries)} queries", field="queries", limit=f"at least {_MIN_QUERIES}")
        with self._lock.still():
            clock, rows = self._table.clock, self._table.rows.copy()
        if self._gpu is not None or len(rows) <= self._config.flat_max_rows:
            with self._lock.writing():
                self._ivf = None
            return
        ivf = InvertedFile.built(rows, queries, self._config)
        with self._lock.writing():
            # Catch up with what was written during the training: slots that are gone, moved, replaced or new.
            changed = self._table.changed_since(clock)
            gone = np.arange(self._table.n, len(rows))
            for slot in np.concatenate([changed[changed < len(rows)], gone]).tolist():
                ivf.drop(slot)
            ivf.add(changed, self._table.rows[changed])
            self._ivf = ivf

    def snapshot(self, folder: Path, *, model_id: str, revision: int) -> None:
        """See `VectorIndex.snapshot`."""
        with self._lock.still():
            own_files = {} if self._ivf is None else {_IVF_FILE: self._ivf.write}
            snapshot.write(
                folder,
                self._table.ids,
                self._table.rows,
                model_id=model_id,
                revision=revision,
                kind_name=self.kind_name,
                parameters=self.parameters,
                own_files=own_files,
            )

    def restore(self, saved: Snapshot) -> None:
        """Take over a verified snapshot of any index; its inverted file only if it was tuned to the same recall.

        Raises:
            InvalidRequest: reason INVALID_VECTOR or INVALID_VECTOR_ID; rows of another dimension or not of unit length.
        """
        self.add(saved.ids, saved.rows)
        if self._gpu is None and _IVF_FILE in saved.manifest.files:
            ivf = InvertedFile.read(saved.folder / _IVF_FILE, saved.manifest.parameters, self._table.n)
            if ivf.plan.recall_target == self._config.recall_target:
                with self._lock.writing():
                    self._ivf = ivf

    def _search_exact(self, queries: Float32, k: int, slots: Int64 | None) -> Neighbours:
        table = self._table
        population = table.n if slots is None else len(slots)
        fetch = min(population, k + _SPARE)
        rough, found = self._nominated(queries, fetch, slots)
        best = ranked(table.ids[found], similarities(queries, table.rows[found]), k)
        if fetch < population:
            # A row that was not fetched may still equal the k-th: then, and only then, all rows are looked at.
            unsure = best.similarities[:, k - 1] <= rough[:, -1] + rounding_slack(table.dim)
            for i in np.flatnonzero(unsure).tolist():
                rows, ids = (table.rows, table.ids) if slots is None else (table.rows[slots], table.ids[slots])
                best.ids[i], best.similarities[i] = (part[0] for part in scanned(queries[i], rows, ids, k))
        return best

    def _nominated(self, queries: Float32, fetch: int, slots: Int64 | None) -> tuple[Float32, Int64]:
        """Float32 inner products and slots of the `fetch` best, (q, fetch) each."""
        rows = self._table.rows
        if slots is None:
            if self._gpu is not None and fetch <= _GPU_MAX_K:
                return self._gpu.search(self._table, queries, fetch)
            return knn(queries, rows, fetch, None)
        # Gathering copies each allowed row once for all queries (170 ns per row of 256); a selector reads them in place, but
        # costs 4 ns per row of the table and turns FAISS's batch path off. Break-even at 2 % allowed for one query, above
        # half for 32 (100k x 256, 2 cores, 2026-11-22).
        if len(slots) * 50 <= len(rows) * len(queries):
            rough, found = knn(queries, rows[slots], fetch, None)
            return rough, slots[found]
        return knn(queries, rows, fetch, slots)

    def _search_lists(self, ivf: InvertedFile, queries: Float32, k: int, slots: Int64 | None) -> Neighbours:
        table = self._table
        population = table.n if slots is None else len(slots)
        # Codes are rounded to 8 bits: twice k keeps what they put a few places too low.
        found = ivf.search(queries, k, min(population, 2 * k + _SPARE), slots)
        scores = similarities(queries, table.rows[found])
        best = ranked(np.where(found < 0, NO_ID, table.ids[found]), scores, k)
        thin = (found >= 0).sum(axis=1) < min(k, population)
        if found.shape[1] < population:
            # All spare candidates equal the k-th: there may be more copies of that row, with smaller ids.
            thin |= best.similarities[:, k - 1] == np.where(found < 0, -np.inf, scores).min(axis=1)
        if thin.any():
            best.ids[thin], best.similarities[thin] = self._search_exact(queries[thin], k, slots)
        return best
