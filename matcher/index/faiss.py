"""All that is asked of FAISS: brute force, the inverted file, rows on a GPU. The only module that imports faiss.

Enters: contiguous float32 unit rows and slots, already checked. Leaves: slots of the likely nearest rows, with float32 inner
products that are good to nominate candidates, not to rank them. Refused: a GPU where FAISS has none (`InvalidConfig`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import Any

import faiss as faiss_library
import numpy as np
from numpy.typing import NDArray

from matcher.errors import InvalidConfig
from matcher.index.config import IndexConfig
from matcher.index.probes import RANKS, ProbePlan, calibrated
from matcher.index.protocol import Float32, Int64
from matcher.index.slots import RowTable

faiss: Any = faiss_library  # its type stubs leave out half of what is called here and misname the rest

_ASSIGN_ROWS = 65_536
_TRAIN_ROWS_PER_LIST = 64
_COUNTED_SLOTS = 32_768
_PLANNED_QUERIES = 64
# Nanoseconds on one core of the 2-core machine (256 dimensions, 2026-11-22), for the choice between reading lists (each entry
# is tested, allowed ones are compared), after planning which, and gathering the allowed rows to compare them all. Rough: they
# decide how fast an answer comes, not what it is worth.
_SELECT_NS, _CODE_NS, _PLAN_NS = 3.0, 25.0, 150_000.0
_GATHER_NS, _COMPARE_NS, _COMPARE_MANY_NS = 150.0, 20.0, 5.0


def use_threads(n_threads: int) -> None:
    """Set the OpenMP threads of FAISS calls made by the calling thread."""
    faiss.omp_set_num_threads(n_threads)


def knn(queries: Float32, rows: Float32, k: int, slots: Int64 | None) -> tuple[Float32, Int64]:
    """The k rows of largest inner product, by comparing all, or all of `slots`.

    Args:
        queries: (q, dim) float32, contiguous.
        rows: (n, dim) float32, contiguous.
        k: 1 <= k <= number of rows that compete.
        slots: (m,) int64, the rows that compete; `None` for all.

    Returns:
        Inner products (q, k) float32, falling, and slots (q, k) int64; order among equals is FAISS's own.
    """
    if slots is None:
        rough, found = faiss.knn(queries, rows, k, faiss.METRIC_INNER_PRODUCT)
        return rough, found
    rough = np.empty((len(queries), k), np.float32)
    found = np.empty((len(queries), k), np.int64)
    bits = _bits(slots, len(rows))
    pointers = (faiss.swig_ptr(array) for array in (queries, rows))
    results = (faiss.swig_ptr(array) for array in (rough, found))
    faiss.knn_inner_product(
        *pointers, rows.shape[1], len(queries), len(rows), k, *results, faiss.IDSelectorBitmap(bits)
    )
    return rough, found


def _bits(slots: Int64, n: int) -> NDArray[np.uint8]:
    mark = np.zeros(n, np.bool_)
    mark[slots] = True
    return np.packbits(mark, bitorder="little")


class InvertedFile:
    """IVF-SQ8 over slots: k-means lists of 8-bit codes of the residuals. The lock of the index guards it."""

    def __init__(self, ivf: Any, plan: ProbePlan, trained_rows: int, list_of: NDArray[np.int32]) -> None:
        self.plan = plan
        self.trained_rows = trained_rows
        self._ivf = ivf
        self._lists = faiss.downcast_InvertedLists(ivf.invlists)
        self._list_of = list_of  # list of each slot; longer than there are slots, so that appending is cheap
        self._sizes = np.zeros(ivf.nlist, np.int64)

    @classmethod
    def built(cls, rows: Float32, queries: Float32 | None, config: IndexConfig) -> InvertedFile:
        """Train on a sample of `rows`, add them all as slots 0, 1, …, and measure how many lists must be read."""
        faiss.omp_set_num_threads(config.build_threads)
        n, dim = rows.shape
        generator = np.random.default_rng(config.seed)
        # 4 sqrt(n) lists balance ranking the centroids against reading lists; below 39 rows a list k-means is starved.
        n_lists = max(1, min(2 ** round(math.log2(4 * math.sqrt(n))), n // 39))
        quantizer = faiss.IndexFlatIP(dim)
        ivf = faiss.IndexIVFScalarQuantizer(
            quantizer, dim, n_lists, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
        )
        quantizer.this.disown()
        ivf.own_fields = True
        ivf.cp.spherical, ivf.cp.niter, ivf.cp.seed = True, 10, config.seed & 0x7FFFFFFF
        ivf.cp.min_points_per_centroid, ivf.cp.max_points_per_centroid = 1, _TRAIN_ROWS_PER_LIST
        n_train = min(n, n_lists * _TRAIN_ROWS_PER_LIST)
        ivf.train(rows[np.sort(generator.choice(n, n_train, replace=False))])
        built = cls(ivf, ProbePlan((1,), (n_lists,), n_lists, config.recall_target), n, np.zeros(0, np.int32))
        built.add(np.arange(n), rows)
        built.plan = built._measured(rows, queries, generator, config)
        return built

    def _measured(
        self, rows: Float32, queries: Float32 | None, generator: np.random.Generator, config: IndexConfig
    ) -> ProbePlan:
        depth = min(RANKS[-1], max(RANKS[0], len(rows) // 4), len(rows) - 1)
        if queries is None:
            own = np.sort(generator.choice(len(rows), min(len(rows), config.calibration_queries), replace=False))
            queries = rows[own]
            _, found = knn(queries, rows, depth + 1, None)
            # A row asked for itself finds itself in the first list, which says nothing of the queries to come.
            order = np.argsort(found == own[:, None], axis=1, kind="stable")
            neighbours = np.take_along_axis(found, order, axis=1)[:, :depth]
        else:
            queries = queries[np.sort(generator.permutation(len(queries))[: config.calibration_queries])]
            _, neighbours = knn(queries, rows, depth, None)
        lists = self._list_of[neighbours].astype(np.int64)
        return calibrated(lists, self._ivf.quantizer.search(queries, self.plan.n_lists)[1], config.recall_target)

    def add(self, slots: Int64, rows: Float32) -> None:
        """Add rows under slots that are not in it."""
        if not len(slots):
            return
        missing = int(slots.max()) + 1 - len(self._list_of)
        if missing > 0:
            room = max(missing, len(self._list_of) // 2)
            self._list_of = np.concatenate([self._list_of, np.full(room, -1, np.int32)])
        for start in range(0, len(slots), _ASSIGN_ROWS):
            part = np.ascontiguousarray(rows[start : start + _ASSIGN_ROWS])
            labels = np.ascontiguousarray(slots[start : start + _ASSIGN_ROWS], np.int64)
            _, nearest = self._ivf.quantizer.search(part, 1)
            lists = np.ascontiguousarray(nearest[:, 0])
            pointers = (faiss.swig_ptr(array) for array in (part, labels, lists))
            self._ivf.add_core(len(part), *pointers)
            self._list_of[labels] = lists
            self._sizes += np.bincount(lists, minlength=len(self._sizes))

    def drop(self, slot: int) -> None:
        """Remove a slot: the last entry of its list takes its place."""
        number, place = self._place(slot)
        last = self._lists.list_size(number) - 1
        if place != last:
            code = self._lists.get_single_code(number, last)
            self._lists.update_entry(number, place, self._lists.get_single_id(number, last), code)
        self._lists.resize(number, last)
        self._ivf.ntotal -= 1
        self._sizes[number] = last
        self._list_of[slot] = -1

    def rename(self, old: int, new: int) -> None:
        """Let the entry of slot `old` stand for slot `new`, which is not in it."""
        number, place = self._place(old)
        self._lists.update_entry(number, place, new, self._lists.get_single_code(number, place))
        self._list_of[new], self._list_of[old] = number, -1

    def _place(self, slot: int) -> tuple[int, int]:
        number = int(self._list_of[slot])
        labels = faiss.rev_swig_ptr(self._lists.get_ids(number), self._lists.list_size(number))
        return number, int(np.flatnonzero(labels == slot)[0])

    def search(self, queries: Float32, k: int, fetch: int, slots: Int64 | None) -> Int64:
        """Slots of the `fetch` best by their codes, (q, fetch) int64, to find the k nearest among them.

        -1 where the lists that were read hold fewer; nothing but -1 for a query that an exact search serves better.

        Args:
            queries: (q, dim) float32, contiguous.
            k: neighbours wanted, at least 1; decides how many lists are read.
            fetch: slots to return, at least k.
            slots: (m,) int64, ascending: the rows that compete; `None` for all.
        """
        if slots is not None:
            return self._search_allowed(queries, k, fetch, slots)
        n_lists = float(self.plan.lists_for(np.array([k], np.float64))[0])
        if math.isinf(n_lists):
            return np.full((len(queries), fetch), -1, np.int64)
        _, found = self._ivf.search(queries, fetch, params=faiss.SearchParametersIVF(nprobe=int(n_lists)))
        return np.asarray(found, np.int64)

    def _search_allowed(self, queries: Float32, k: int, fetch: int, slots: Int64) -> Int64:
        found = np.full((len(queries), fetch), -1, np.int64)
        exact_ns = len(slots) * (_GATHER_NS / len(queries) + (_COMPARE_NS if len(queries) < 20 else _COMPARE_MANY_NS))
        if exact_ns < _PLAN_NS:
            return found
        # Counting every 2nd, 3rd … allowed row is enough to know where they are, and cheap however many there are.
        stride = max(1, len(slots) // _COUNTED_SLOTS)
        allowed = np.bincount(self._list_of[slots[::stride]], minlength=self.plan.n_lists) * stride
        selector = faiss.IDSelectorBitmap(_bits(slots, int(slots[-1]) + 1))
        for start in range(0, len(queries), _PLANNED_QUERIES):
            part = slice(start, start + _PLANNED_QUERIES)
            nearness, order = self._ivf.quantizer.search(queries[part], self.plan.lists[-1])
            sizes = self._sizes[order]
            stops = self.plan.stops(k, allowed[order], sizes)
            n_read = np.take_along_axis(np.cumsum(sizes, axis=1), np.maximum(stops - 1, 0)[:, None], axis=1)[:, 0]
            lists_ns = n_read * (_SELECT_NS + len(slots) / self._ivf.ntotal * _CODE_NS)
            stops[lists_ns > exact_ns] = 0
            if stops.any():
                self._read_lists(queries[part], order, nearness, stops, selector, found[part])
        return found

    def _read_lists(
        self, queries: Float32, order: Int64, nearness: Float32, stops: Int64, selector: Any, found: Int64
    ) -> None:
        """Fill `found` from the first `stops` lists of each query."""
        n_probe = int(stops.max())
        probed = np.where(np.arange(n_probe) < stops[:, None], order[:, :n_probe], -1)  # FAISS passes over -1
        inputs = [queries, probed, np.ascontiguousarray(nearness[:, :n_probe])]
        rough = np.empty(found.shape, np.float32)
        query_ptr, probed_ptr, nearness_ptr, rough_ptr, found_ptr = (faiss.swig_ptr(a) for a in [*inputs, rough, found])
        self._ivf.search_preassigned_c(
            len(queries),
            query_ptr,
            found.shape[1],
            probed_ptr,
            nearness_ptr,
            rough_ptr,
            found_ptr,
            False,
            faiss.SearchParametersIVF(sel=selector, nprobe=n_probe),
        )

    def write(self, path: Path) -> None:
        """Write lists and codes to a file."""
        faiss.write_index(self._ivf, str(path))

    @classmethod
    def read(cls, path: Path, parameters: Mapping[str, int | float | str], n: int) -> InvertedFile:
        """Read what `write` wrote for slots 0 … n-1, with the parameters that the manifest keeps.

        The file's checksum has been verified: it is what this class wrote.
        """
        ivf = faiss.read_index(str(path))
        read = cls(ivf, ProbePlan.from_described(parameters), int(parameters["trained_rows"]), np.full(n, -1, np.int32))
        for number in range(ivf.nlist):
            size = read._lists.list_size(number)
            if size:
                read._list_of[faiss.rev_swig_ptr(read._lists.get_ids(number), size)] = number
                read._sizes[number] = size
        return read


class GpuRows:
    """A copy of all rows on the first GPU, brought up to date by the first search after a write.

    Raises:
        InvalidConfig: FAISS has no GPU support, or sees no GPU.
    """

    def __init__(self, dim: int) -> None:
        if not hasattr(faiss, "StandardGpuResources"):
            raise InvalidConfig(
                "device is gpu, but the installed FAISS has no GPU support: install a GPU build or set device to cpu",
                field="index.device",
            )
        if faiss.get_num_gpus() < 1:
            raise InvalidConfig("device is gpu, but FAISS sees no GPU", field="index.device")
        self._resources = faiss.StandardGpuResources()
        self._index = faiss.GpuIndexFlatIP(self._resources, dim)
        self._clock = -1
        self._one_at_a_time = Lock()  # GPU indexes do not allow concurrent searches on one resource

    def search(self, table: RowTable, queries: Float32, k: int) -> tuple[Float32, Int64]:
        """As `knn` over all rows of `table`; the caller holds off writers. k <= 2048."""
        with self._one_at_a_time:
            if self._clock != table.clock:
                self._catch_up(table)
            rough, found = self._index.search(queries, k)
            return rough, found

    def _catch_up(self, table: RowTable) -> None:
        n_known = self._index.ntotal
        changed = table.changed_since(self._clock)
        if table.n < n_known or (len(changed) and changed[0] < n_known):
            self._index.reset()  # rows were replaced or moved: GPU rows cannot be written in place
            n_known = 0
        if table.n > n_known:
            self._index.add(table.rows[n_known:])
        self._clock = table.clock
