"""The weights of signs: a logistic regression of "is this claim right?" on what `matcher.extract.signs` sees of it.

Enters: signs and outcomes of claims, by text. Leaves: weights for `matcher/extract/signs.toml`, and the raw confidences that texts
get from weights fitted on the other texts, which is what calibration is fitted on. A fit is penalised maximum likelihood (ridge,
`PENALTY` on every weight but the intercept) by Newton's method; texts are dealt to `N_FOLDS` folds by a hash of their id.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matcher.extract.calibration import LANGUAGES, language_of
from matcher.extract.signs import INTERCEPT, SIGNS, SignWeights

PENALTY: Final = 2.0
N_FOLDS: Final = 8
# By judgement, where no claim of a fit is topical: such a name is surer than its length says, but no surer than others.
UNFITTED: Final = {"topical": 0.35}
_STEPS: Final = 30
_DIGITS: Final = 3
# Confidences are told apart by their fourth digit.
_STEP: Final = 1e-4


@dataclass(frozen=True, slots=True)
class Example:
    """A claim by a name: the text it is of, the language of its words, its signs, and whether it was right."""

    text_id: str
    language: str
    signs: tuple[float, ...]
    right: bool


class Recorder(SignWeights):
    """Weights that give every mention a confidence of its own and keep its signs, so that a claim leads back to them."""

    def __init__(self) -> None:
        super().__init__({})
        self._seen: list[tuple[str, tuple[float, ...]]] = []

    def confidence(self, prior: float, surface: str, signs: Sequence[float], factor: float = 1.0) -> float:
        """The number of the mention in the text, in steps of 1e-4."""
        del prior, factor
        self._seen.append((language_of(surface), tuple(float(sign) for sign in signs)))
        return len(self._seen) * _STEP

    def forget(self) -> None:
        """Begins a new text."""
        self._seen.clear()

    def signs_behind(self, confidence: float) -> tuple[str, tuple[float, ...]]:
        """Language and signs of the mention that got this confidence since the last `forget`."""
        return self._seen[round(confidence / _STEP) - 1]


def fit(examples: Sequence[Example]) -> dict[str, dict[str, float]]:
    """Weights by language, rounded to three digits; a language without claims that were right and wrong gets zeros."""
    weights = {}
    for language in LANGUAGES:
        rows = [example for example in examples if example.language == language]
        beta = _ridge_logistic(
            np.array([row.signs for row in rows], dtype=np.float64).reshape(len(rows), len(SIGNS)),
            np.array([row.right for row in rows], dtype=np.float64),
        )
        weights[language] = {
            name: round(float(value), _DIGITS) for name, value in zip((INTERCEPT, *SIGNS), beta, strict=True)
        }
        for name, weight in UNFITTED.items():
            if not any(row.signs[SIGNS.index(name)] for row in rows):
                weights[language][name] = weight
    return weights


def cross_fitted(examples: Sequence[Example]) -> list[float]:
    """Raw confidence of each example by weights that were fitted without its fold."""
    folds = [_fold(example.text_id) for example in examples]
    raw = [0.0] * len(examples)
    for fold in sorted(set(folds)):
        weights = SignWeights(fit([e for e, f in zip(examples, folds, strict=True) if f != fold]))
        for i, (example, f) in enumerate(zip(examples, folds, strict=True)):
            if f == fold:
                surface = "汉" if example.language == "zh" else "a"
                raw[i] = weights.confidence(1.0, surface, example.signs)
    return raw


def log_loss(raw: Sequence[float], examples: Sequence[Example]) -> float | None:
    """Mean negative log likelihood in nats; None without examples."""
    if not examples:
        return None
    p = np.clip(np.array(raw), 1e-6, 1 - 1e-6)
    right = np.array([example.right for example in examples])
    return float(-np.mean(np.where(right, np.log(p), np.log(1 - p))))


def signs_toml(weights: Mapping[str, Mapping[str, float]], n_examples: int) -> str:
    """The file that `matcher.extract.signs.load_signs` reads."""
    lines = [
        "# Weights of the signs that a mention's confidence rests on, by language of its words: a logistic regression on the",
        "# development split (`python -m eval skills --fit-calibration`).",
        f"# {datetime.now(UTC):%Y-%m-%d}, {n_examples} claims, ridge {PENALTY}.",
    ]
    for language in LANGUAGES:
        lines += ["", f"[{language}]", *(f"{name} = {weights[language][name]}" for name in (INTERCEPT, *SIGNS))]
    return "\n".join(lines) + "\n"


def _fold(text_id: str) -> int:
    return int(hashlib.blake2b(f"fold:{text_id}".encode(), digest_size=8).hexdigest(), 16) % N_FOLDS


def _ridge_logistic(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """(1 + n signs,) weights, the intercept first; zeros where all outcomes are the same."""
    beta = np.zeros(x.shape[1] + 1)
    if not 0 < y.sum() < len(y):
        return beta
    x = np.hstack([np.ones((len(x), 1)), x])
    ridge = np.diag([0.0, *[PENALTY] * (x.shape[1] - 1)])
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-x @ beta))
        gradient = x.T @ (y - p) - ridge @ beta
        beta = beta + np.linalg.solve((x.T * (p * (1 - p))) @ x + ridge, gradient)
    return beta
