"""The self-check lets good models through, says what it measured, and keeps out what would break the service."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from matcher.embed import EmbedConfig, Encoder, load_encoder
from matcher.embed.self_check import CHECK_FILE, MAX_DIMENSION, SETS, CheckResult, refuse_below_floor, self_check
from matcher.errors import ModelSwapRefused
from tests.unit.embed.letter_encoder import LetterEncoder

CONTENT: dict[str, Any] = tomllib.loads(CHECK_FILE.read_text(encoding="utf-8"))
ROWS: list[list[str]] = CONTENT["rows"]["texts"]


class Oracle(LetterEncoder):
    """Knows which row of the check a text stands in, save for the first `n_wrong` texts of a column."""

    def __init__(self, wrong_column: int = 0, n_wrong: int = 0) -> None:
        super().__init__()
        self.dimension = len(ROWS)
        self._row = {text: n for n, texts in enumerate(ROWS) for text in texts}
        for n in range(n_wrong):
            self._row[ROWS[n][wrong_column]] = n + 1

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.eye(self.dimension, dtype=np.float32)[[self._row[text] for text in texts]]


def refusal(encoder: Encoder) -> ModelSwapRefused:
    with pytest.raises(ModelSwapRefused) as error:
        self_check(encoder, {})
    return error.value


def test_no_text_of_the_check_stands_twice_and_every_set_has_a_floor() -> None:
    assert {len(row) for row in ROWS} == {4}
    assert Counter(text for row in ROWS for text in row).most_common(1)[0][1] == 1
    assert set(CONTENT["floors"]) == set(SETS)


def test_precision_at_1_by_hand() -> None:
    assert {r.name: r.precision_at_1 for r in self_check(Oracle(), {})} == dict.fromkeys(SETS, 1.0)
    # ten of the English texts point to the row after their own: each misses as a query, and so does who looks for it
    found = {r.name: r.precision_at_1 for r in self_check(Oracle(1, 10), {})}
    n = len(ROWS)
    assert found["en-zh"] == pytest.approx((n - 10) / n)
    # of the Chinese queries the eleventh finds two texts of equal rank, which is no hit
    assert found["zh-en"] == pytest.approx((n - 11) / n)
    assert found["zh-zh"] == 1.0


def test_the_shipped_model_passes_every_floor() -> None:
    results = self_check(load_encoder(EmbedConfig(device="cpu")), {})
    refuse_below_floor(results)
    assert [r.name for r in results] == list(SETS)
    assert min(r.precision_at_1 - r.floor for r in results) > 0.1


def test_floors_of_a_model_stand_above_those_of_the_file() -> None:
    results = {r.name: r for r in self_check(Oracle(), {"zh-zh": 0.99})}
    assert (results["zh-zh"].floor, results["en-en"].floor) == (0.99, CONTENT["floors"]["en-en"])


def test_a_floor_is_reached_when_it_is_met_exactly() -> None:
    refuse_below_floor((CheckResult("zh-en", 0.8, 0.8),))
    with pytest.raises(ModelSwapRefused) as error:
        refuse_below_floor((CheckResult("zh-en", 0.79, 0.8), CheckResult("en-en", 0.9, 0.8)))
    assert error.value.code == "MODEL_BELOW_FLOOR"
    assert "zh-en 0.79 (floor 0.80)" in error.value.message
    assert "en-en" not in error.value.message


@pytest.mark.parametrize("dimension", [0, MAX_DIMENSION + 1])
def test_a_dimension_that_the_service_does_not_take_is_refused(dimension: int) -> None:
    encoder = LetterEncoder()
    encoder.dimension = dimension
    error = refusal(encoder)
    assert error.code == "DIMENSION_UNSUPPORTED"
    assert error.limit == f"1-{MAX_DIMENSION} dimensions"


def test_vectors_that_are_not_whole_or_not_repeatable_are_refused() -> None:
    class Holes(LetterEncoder):
        def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
            return super().encode(texts) * np.float32(np.nan)

    class Random(LetterEncoder):
        def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
            return np.random.default_rng().random((len(texts), self.dimension), dtype=np.float32)

    class OtherLength(LetterEncoder):
        def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
            return super().encode(texts)[:, 1:]

    assert [refusal(e).code for e in (Holes(), Random(), OtherLength())] == ["VECTORS_BROKEN"] * 3


def test_a_model_without_any_meaning_is_below_the_floors() -> None:
    with pytest.raises(ModelSwapRefused):
        refuse_below_floor(self_check(LetterEncoder(), {}))
