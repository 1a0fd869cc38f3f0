"""What a model must show before it may be put in force: whole vectors, the same twice, and meanings told apart in each language.

Enters: an encoder and perhaps floors of its own. Leaves: one result per set, P@1 of finding the same thing in other words or in
the other language. Refuses (ModelSwapRefused) vectors that are not whole, and a model below a floor. Takes about a second.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.embed.protocol import Encoder
from matcher.errors import ModelSwapRefused

CHECK_FILE = Path(__file__).with_name("self_check.toml")
# name of a set → (column asked with, column found in)
SETS = {"zh-en": ("zh", "en"), "en-zh": ("en", "zh"), "zh-zh": ("zh_other", "zh"), "en-en": ("en_other", "en")}
# Vectors beyond this would make the index and the store larger than what the service was measured with.
MAX_DIMENSION = 4096
# A model that computes in fp16 on a GPU gives the same text the same vector to within this.
REPEAT_TOLERANCE = 2e-3


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One set of the self-check: precision at 1, [0, 1], and the floor that it must reach."""

    name: str
    precision_at_1: float
    floor: float

    @property
    def passed(self) -> bool:
        """Whether the floor is reached."""
        return self.precision_at_1 >= self.floor


def self_check(encoder: Encoder, floors: Mapping[str, float]) -> tuple[CheckResult, ...]:
    """Results of all sets; `floors` stand above those of self_check.toml.

    Raises:
        ModelSwapRefused: DIMENSION_UNSUPPORTED, or VECTORS_BROKEN.
    """
    if not 1 <= encoder.dimension <= MAX_DIMENSION:
        raise ModelSwapRefused(
            f"the model gives vectors of {encoder.dimension} dimensions",
            reason="DIMENSION_UNSUPPORTED",
            limit=f"1-{MAX_DIMENSION} dimensions",
        )
    content: dict[str, Any] = tomllib.loads(CHECK_FILE.read_text(encoding="utf-8"))
    columns = dict(zip(content["rows"]["columns"], zip(*content["rows"]["texts"], strict=True), strict=True))
    rows = {name: encoder.encode(texts) for name, texts in columns.items()}
    _check_whole(encoder, rows, list(columns["zh"]))
    limits = content["floors"] | dict(floors)
    return tuple(
        CheckResult(name, _precision_at_1(rows[asked], rows[found]), float(limits[name]))
        for name, (asked, found) in SETS.items()
    )


def refuse_below_floor(results: tuple[CheckResult, ...]) -> None:
    """Refuses a model that does not reach a floor.

    Raises:
        ModelSwapRefused: MODEL_BELOW_FLOOR, naming each set with what was measured.
    """
    failed = [r for r in results if not r.passed]
    if failed:
        told = ", ".join(f"{r.name} {r.precision_at_1:.2f} (floor {r.floor:.2f})" for r in failed)
        raise ModelSwapRefused(f"the model is below the floors of the self-check: {told}", reason="MODEL_BELOW_FLOOR")


def _check_whole(encoder: Encoder, rows: Mapping[str, NDArray[np.float32]], texts: list[str]) -> None:
    for found in rows.values():
        if found.shape[1] != encoder.dimension or not np.isfinite(found).all():
            raise ModelSwapRefused("the model gives vectors that are not whole", reason="VECTORS_BROKEN")
    if float(np.abs(encoder.encode(texts) - rows["zh"]).max()) > REPEAT_TOLERANCE:
        raise ModelSwapRefused("the model gives the same text another vector each time", reason="VECTORS_BROKEN")


def _precision_at_1(asked: NDArray[np.float32], found: NDArray[np.float32]) -> float:
    """Share of rows whose nearest is the row of the same number; a tie or a zero row is no hit."""
    similarity = asked @ found.T
    own = similarity.diagonal().copy()
    np.fill_diagonal(similarity, -np.inf)
    return float(np.mean(own > np.maximum(similarity.max(axis=1), 0.0)))
