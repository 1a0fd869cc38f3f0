"""Rows to unit length, in one place for every encoder."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

TINY = 1e-12


def unit_rows(matrix: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows scaled to unit length; rows of no length (and rows with a non-finite value) become zero."""
    matrix = np.where(np.isfinite(matrix).all(axis=1, keepdims=True), matrix, 0.0).astype(np.float32)
    norms = np.linalg.norm(matrix, axis=1, keepdims=True)
    return np.where(norms > TINY, matrix / np.maximum(norms, TINY), 0.0).astype(np.float32)
