"""The one definition of similarity and of order that all indexes share.

Enters: query vectors and candidate rows. Leaves: similarities that depend on the two vectors only (not on the position of
the row, on the batch or on the BLAS in use), and rankings with ties broken by ascending id. Matrix products differ in the
last bits between batch sizes; ranking by them would break ties at random, so they only nominate candidates here.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.index.protocol import NO_ID, Float32, Int64, Neighbours, no_neighbours

# Doubles held at once while rescoring: 32 MiB, small enough not to matter beside the rows themselves.
_CHUNK_VALUES = 4_194_304


def similarities(queries: Float32, rows: Float32) -> Float32:
    """Cosine of each query with its own candidates, summed in float64 and rounded once.

    Args:
        queries: (q, dim) float32 unit rows.
        rows: (q, c, dim) float32 unit rows; candidates of each query.

    Returns:
        (q, c) float32; equal vectors give equal bits wherever they stand.
    """
    n_queries, n_rows, dim = rows.shape
    found = np.empty((n_queries, n_rows), np.float32)
    step = max(1, _CHUNK_VALUES // max(1, n_rows * dim))
    for start in range(0, n_queries, step):
        part = slice(start, start + step)
        found[part] = np.multiply(rows[part], queries[part, None, :], dtype=np.float64).sum(axis=-1)
    return found


def rounding_slack(dim: int) -> float:
    """How far a float32 inner product of unit vectors may lie from the true one, either way, doubled.

    The bound is dim x 2^-24 (Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., section 3.1).
    """
    return 2.0 * dim * 2.0**-24


def ranked(ids: Int64, scores: Float32, k: int) -> Neighbours:
    """The k best of (q, c) candidates by falling similarity, then ascending id; -1 ids sort last; padded to k."""
    n_queries, n_candidates = ids.shape
    by_id = np.argsort(ids, axis=1, kind="stable")
    scores = np.take_along_axis(np.where(ids == NO_ID, np.float32(-np.inf), scores), by_id, axis=1)
    order = np.argsort(-scores, axis=1, kind="stable")[:, :k]
    best = no_neighbours(n_queries, k)
    kept = min(k, n_candidates)
    best.ids[:, :kept] = np.take_along_axis(np.take_along_axis(ids, by_id, axis=1), order, axis=1)
    best.similarities[:, :kept] = np.take_along_axis(scores, order, axis=1)
    return best


def scanned(query: Float32, rows: Float32, ids: Int64, k: int) -> Neighbours:
    """The k best of `rows` for one query by looking at all of them: right for any number of ties.

    Args:
        query: (dim,) float32.
        rows: (n, dim) float32, n >= k >= 1.
        ids: (n,) int64, the id of each row.
        k: how many.

    Returns:
        Neighbours of shape (1, k).
    """
    # einsum, not @: BLAS threads of several searches at once thrash (6 ms for what takes 0.3; 2 cores, 2026-11-22).
    rough = np.einsum("nd,d->n", rows, query)
    kth = np.partition(rough, len(rough) - k)[len(rough) - k]
    contenders: NDArray[np.intp] = np.flatnonzero(rough >= kth - rounding_slack(len(query)))
    exact = similarities(query[None, :], rows[contenders][None, :, :])
    return ranked(ids[contenders][None, :], exact, k)
