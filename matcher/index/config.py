"""Settings of the vector index. Enters: configuration; leaves: one frozen model; unknown keys are refused."""

from __future__ import annotations

import os
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class IndexConfig(BaseModel):
    """How vectors are searched. No field but `recall_target` changes answers of an index below `flat_max_rows`."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    implementation: Literal["faiss", "exact"] = "faiss"
    """`faiss`, or `exact`: the NumPy reference, for tests and for checking answers (about 100 times slower)."""

    device: Literal["cpu", "gpu"] = "cpu"
    """`gpu` keeps a copy of all rows on the first GPU and searches there, exactly; needs a FAISS built with GPU support.
    Filtered searches run on the CPU in either case. Only affects speed."""

    flat_max_rows: int = Field(default=30_000, ge=1)
    """Up to this many rows every row is compared (exact); beyond, `needs_rebuild()` asks for an inverted file (IVF-SQ8).
    At 256 dimensions 100k rows take 4 ms a query on an idle core (MEASURED.md), more than all else of a match of a stored
    document; an inverted file was 8 times as fast on 100k and 20 times as fast on 200k real sentences, at recall 0.95
    (2026-11-22)."""

    recall_target: float = Field(default=0.95, gt=0.0, lt=1.0)
    """Share of the true neighbours that an inverted file must find, measured at build time on sampled queries, with the
    lower end of a 95 % interval. Higher is slower. Exact kinds find all."""

    search_threads: int = Field(default=1, ge=1)
    """OpenMP threads of one search. 1 is right when several clients ask at once: two threads under contention lose a
    factor of ten and more (MEASURED.md). Only affects speed."""

    build_threads: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1)
    """OpenMP threads while an inverted file is trained and filled. Only affects speed."""

    calibration_queries: int = Field(default=256, ge=32)
    """How many queries recall is measured on at build time. More make the interval narrower, so fewer lists are read."""

    seed: int = 20261122
    """Of the k-means training and of the sampling: the same rows in the same order give the same index."""
