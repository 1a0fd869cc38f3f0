"""What every vector index promises, and the checks that all of them make on what they are given.

Enters: row ids of the store (int64, `0 <= id <= MAX_ID`) and unit vectors (float32). Leaves: ranked ids with cosine
similarities. Refused with `InvalidRequest`: arrays of another shape or type, rows that are zero, not finite or not of unit
length, ids out of range. Nothing is normalised, clipped or cut on the way.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from matcher.errors import InvalidRequest

Float32: TypeAlias = NDArray[np.float32]
Int64: TypeAlias = NDArray[np.int64]

MAX_ID = 2**31 - 1
NO_ID = -1
# Normalising in float32 leaves |norm - 1| below 1e-6. A model that normalises in bfloat16 leaves up to 4e-3, which would
# move similarities in the third digit: such rows are refused, the caller normalises them again in float32.
UNIT_TOLERANCE = 1e-3


class Neighbours(NamedTuple):
    """Answer of a search, best first.

    Attributes:
        ids: (q, k) int64; `NO_ID` (-1) where fewer than k rows exist.
        similarities: (q, k) float32 cosine in [-1, 1] up to rounding, comparable between queries and between indexes;
            -inf where `ids` is -1.
    """

    ids: Int64
    similarities: Float32


class VectorIndex(Protocol):
    """Neighbours of unit vectors by cosine similarity.

    Safe for threads: any number of searches run at once; writes wait for them and for one another.
    """

    @property
    def dim(self) -> int:
        """Length of every vector."""
        ...

    @property
    def kind_name(self) -> str:
        """How rows are searched now: `exact`, `flat` (both exact) or `ivf_sq8` (approximate)."""
        ...

    @property
    def parameters(self) -> Mapping[str, int | float | str]:
        """What the answers depend on, for status pages and for replaying a match."""
        ...

    def __len__(self) -> int:
        """Number of rows."""
        ...

    def add(self, ids: Int64, vectors: Float32) -> None:
        """Add rows; an id that is already there is replaced; of an id given twice the last row counts.

        Args:
            ids: (n,) int64, `0 <= id <= MAX_ID`.
            vectors: (n, dim) float32, rows of unit length.

        Raises:
            InvalidRequest: reason INVALID_VECTOR or INVALID_VECTOR_ID; nothing is added then.
        """
        ...

    def remove(self, ids: Int64) -> int:
        """Remove rows and return how many of them were there; unknown ids are passed over.

        Raises:
            InvalidRequest: `ids` is not a one-dimensional array of integers.
        """
        ...

    def search(self, queries: Float32, k: int, allowed: Int64 | None = None) -> Neighbours:
        """The k most similar rows of each query; ties are broken by ascending id.

        Args:
            queries: (q, dim) float32, rows of unit length.
            k: at least 0.
            allowed: (m,) int64; only these ids compete (ids that are not in the index are passed over, repeated ones
                count once). The filter acts before the ranking: k answers come back if k allowed rows exist. `None`
                allows all, an empty array none.

        Raises:
            InvalidRequest: reason INVALID_VECTOR, INVALID_VECTOR_ID, or INVALID_REQUEST for a negative k.
        """
        ...

    def needs_rebuild(self) -> bool:
        """True when the rows have outgrown (or shrunk below) the present way of searching; answers stay right meanwhile."""
        ...

    def rebuild(self, queries: Float32 | None = None) -> None:
        """Go over to the way of searching that the size asks for; searches and writes go on during the call.

        Args:
            queries: (q, dim) float32 unit rows like those that will be asked, to tune recall on; own rows if `None`. Give
                them when documents of another kind will be asked: over 200k sentences in five languages, posting sentences
                found 0.93 of their neighbours when tuned on own rows, 0.96 when tuned on others of their kind (target
                0.95; skillmatch-static-256, 2026-11-22).

        Raises:
            InvalidRequest: reason INVALID_VECTOR.
        """
        ...

    def snapshot(self, folder: Path, *, model_id: str, revision: int) -> None:
        """Write the rows to `folder` so that they survive a crash at any moment, replacing the snapshot that was there.

        Writes to the index wait meanwhile, searches go on.

        Args:
            folder: made if missing.
            model_id: the model that made the vectors.
            revision: the store's revision that the rows stand for.

        Raises:
            OSError: the disk is full or the folder cannot be written; an earlier snapshot is still whole.
        """
        ...


def checked_rows(vectors: Float32, dim: int, field: str) -> Float32:
    """`vectors` as a contiguous (n, dim) float32 array of unit rows.

    Raises:
        InvalidRequest: reason INVALID_VECTOR; `field` names the argument, and the first row at fault.
    """
    if vectors.ndim != 2 or vectors.shape[1] != dim or vectors.dtype != np.float32:
        raise InvalidRequest(
            f"expected (n, {dim}) float32, got {vectors.shape} {vectors.dtype}",
            reason="INVALID_VECTOR",
            field=field,
            limit=f"dimension {dim}, float32",
        )
    norms = np.sqrt(np.einsum("nd,nd->n", vectors, vectors, dtype=np.float64))
    with np.errstate(invalid="ignore"):
        unit = np.abs(norms - 1.0) <= UNIT_TOLERANCE  # False for NaN and infinity too
    if not unit.all():
        row = int(np.argmin(unit))
        raise InvalidRequest(
            f"row {row} has norm {norms[row]:.6g}: a vector must be finite and of unit length",
            reason="INVALID_VECTOR",
            field=f"{field}[{row}]",
            limit=f"norm 1 ± {UNIT_TOLERANCE:g}",
        )
    return np.ascontiguousarray(vectors)


def checked_ids(ids: Int64, field: str) -> Int64:
    """`ids` as a one-dimensional int64 array, of any values.

    Raises:
        InvalidRequest: reason INVALID_VECTOR_ID; another shape or type.
    """
    if ids.ndim != 1 or ids.dtype != np.int64:
        raise InvalidRequest(
            f"expected (n,) int64, got {ids.shape} {ids.dtype}", reason="INVALID_VECTOR_ID", field=field, limit="int64"
        )
    return ids


def checked_new_ids(ids: Int64, n_rows: int) -> Int64:
    """`ids` of `n_rows` rows to be added.

    Raises:
        InvalidRequest: reason INVALID_VECTOR_ID; wrong shape, type or number, or an id out of range.
    """
    checked_ids(ids, "ids")
    if len(ids) != n_rows:
        raise InvalidRequest(f"{len(ids)} ids for {n_rows} vectors", reason="INVALID_VECTOR_ID", field="ids")
    outside = (ids < 0) | (ids > MAX_ID)
    if outside.any():
        raise InvalidRequest(
            f"id {int(ids[outside][0])} is out of range",
            reason="INVALID_VECTOR_ID",
            field=f"ids[{int(np.argmax(outside))}]",
            limit=f"0 <= id <= {MAX_ID}",
        )
    return ids


def checked_k(k: int) -> int:
    """`k` if it is at least 0.

    Raises:
        InvalidRequest: a negative k.
    """
    if k < 0:
        raise InvalidRequest(f"k is {k}", field="k", limit="k >= 0")
    return k


def no_neighbours(n_queries: int, k: int) -> Neighbours:
    """An answer of padding only, (n_queries, k)."""
    return Neighbours(np.full((n_queries, k), NO_ID, np.int64), np.full((n_queries, k), -np.inf, np.float32))
