"""`python -m eval tune --feedback STORE --out FILE`: fits the score weights to what became of matches, from those in force on.

Enters: a store with consented feedback (RecordFeedback) on pairs whose documents are still there. Leaves: a weights file for
`match.weights`, to be read, judged (`python -m eval match`) and configured by a person; nothing runs it by itself. The store is
copied first, so a running service is not disturbed and nothing in it is changed.

Logistic regression as in `eval.tune`, with the weights in force as prior: few outcomes move them little. A pair of kinds with too
few outcomes keeps its weights, and presets keep theirs. Feedback is known only of what was shown, which was ranked by the old
weights, and its judgements are those of the people who gave it: the fit takes over their blind spots. So look at what changed.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import numpy as np
import typer
from numpy.typing import NDArray
from scipy.optimize import minimize

from eval.tune import FLOOR, PARTS_BY_PAIR, WORDS
from matcher.config import load_settings
from matcher.domain.decision import Outcome
from matcher.domain.document import Kind
from matcher.engine import Engine
from matcher.errors import InvalidConfig
from matcher.match.score import Side, part_values
from matcher.match.weights import PARTS, PairWeights, ScoreWeights, load_weights, pair_key

TARGET: Final = {
    Outcome.REJECTED: 0.0,
    Outcome.SHORTLISTED: 0.85,
    Outcome.HIRED: 1.0,
    Outcome.ENROLLED: 1.0,
    Outcome.COMPLETED: 1.0,
}
# Below these a fit says more of chance than of people.
MIN_PAIRS, MIN_OF_EACH = 50, 10
# How many outcomes one unit of squared change of a weight must be worth.
PRIOR_PAIRS: Final = 5.0


@dataclass(frozen=True, slots=True, eq=False)
class Outcomes:
    """Judged pairs of one pair of kinds. `values`: (n, N_PARTS) float32, NaN where undefined; `targets`: (n,) in [0, 1]."""

    values: NDArray[np.float32]
    targets: NDArray[np.float64]

    @property
    def enough(self) -> bool:
        """Whether there are enough of them, for and against."""
        n_for = int((self.targets > 0.5).sum())
        return len(self.targets) >= MIN_PAIRS and min(n_for, len(self.targets) - n_for) >= MIN_OF_EACH


def tune_on_feedback(store: Path, out: Path) -> None:
    """Fits the weights to the feedback in a store and writes them.

    Raises:
        InvalidConfig: there is no such store, or no pair of kinds has enough outcomes.
    """
    with copied(store) as copy, engine_of(copy) as engine:
        base = engine.matching.weights
        by_pair = outcomes_by_pair(engine)
    fitted = {key: refit(base.pairs[key], key, found) for key, found in by_pair.items() if found.enough}
    for key, found in sorted(by_pair.items()):
        told = (
            "fitted"
            if key in fitted
            else f"left as it is: fewer than {MIN_PAIRS}, or than {MIN_OF_EACH} for or against"
        )
        typer.echo(f"{key}: {len(found.targets)} pairs, {told}")
    if not fitted:
        raise InvalidConfig(f"{store} holds too little feedback to fit weights to", field="feedback")
    n_pairs = sum(len(by_pair[key].targets) for key in fitted)
    out.write_text(weights_file(base, fitted, n_pairs), encoding="utf-8")
    typer.echo(
        f"{load_weights(out).version} written to {out}; judge it with `python -m eval match` before it is configured"
    )


@contextmanager
def copied(store: Path) -> Iterator[Path]:
    """A copy of a store as it is now, deleted afterwards; the store may be in use.

    Raises:
        InvalidConfig: there is no such store.
    """
    if not store.is_file():
        raise InvalidConfig(f"there is no store {store}", field="feedback")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.db"
        with (
            closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(copy)) as to,
        ):
            source.backup(to)
        yield copy


@contextmanager
def engine_of(copy: Path) -> Iterator[Engine]:
    """An engine over a copied store, with the configured model."""
    settings = load_settings()
    store = settings.store.model_copy(update={"path": copy})
    decisions = settings.decisions.model_copy(update={"enabled": False})
    engine = Engine(settings.model_copy(update={"store": store, "decisions": decisions}))
    try:
        engine.load()
        yield engine
    finally:
        engine.close()


def outcomes_by_pair(engine: Engine) -> dict[str, Outcomes]:
    """What became of matches, by pair of kinds; of several outcomes of one match the last one counts."""
    last = {(query, target): outcome for query, target, outcome in engine.store.feedback.pairs()}
    values: dict[str, list[NDArray[np.float32]]] = {}
    targets: dict[str, list[float]] = {}
    with engine.working_set.reading() as shelves:
        rarity = engine.working_set.rarity()

        def side_of(row_id: int) -> tuple[Kind, Side, int] | None:
            for kind, shelf in shelves.items():
                slot = shelf.catalog.slot_by_row_id.get(row_id)
                if slot is not None:
                    return kind, shelf.catalog.side(slot), slot
            return None

        for (query, target), outcome in last.items():
            asked, returned = side_of(query), side_of(target)
            if asked is None or returned is None:
                continue
            pool = shelves[returned[0]].catalog.pool(np.array([returned[2]]))
            key = pair_key(asked[0], returned[0])
            values.setdefault(key, []).append(part_values(asked[1], pool, engine.deriver.space, rarity)[0])
            targets.setdefault(key, []).append(TARGET[outcome])
    return {key: Outcomes(np.stack(rows), np.array(targets[key])) for key, rows in values.items()}


def refit(base: PairWeights, key: str, found: Outcomes) -> PairWeights:
    """Weights of a pair of kinds, fitted to outcomes around those it has: sum of cross-entropies + PRIOR_PAIRS × squared change.

    Parts that the pair is not judged by keep weighing nothing; essential skills keep weighing at least as much as the words, where
    the pair is judged by requirements.
    """
    parts = PARTS_BY_PAIR.get(key) or tuple(p for p in PARTS if getattr(base, p) > 0)
    columns = [PARTS.index(p) for p in parts]
    mix = np.eye(len(parts))
    if "preferred_coverage" in parts:
        mix[parts.index("essential_coverage"), [parts.index(p) for p in WORDS]] = 1.0
    values = np.nan_to_num(found.values[:, columns].astype(np.float64)) @ mix
    before = np.array([getattr(base, p) for p in parts])
    start = np.r_[base.intercept, np.maximum(0.0, np.linalg.solve(mix, before))]

    def loss(theta: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        logit = theta[0] + values @ theta[1:]
        change = np.r_[theta[0] - base.intercept, mix @ theta[1:] - before]
        entropy = np.sum(np.logaddexp(0.0, logit) - found.targets * logit)
        residual = 1.0 / (1.0 + np.exp(-logit)) - found.targets
        pull = 2 * PRIOR_PAIRS * np.r_[change[0], mix.T @ change[1:]]
        return float(entropy + PRIOR_PAIRS * change @ change), np.r_[residual.sum(), values.T @ residual] + pull

    bounds = [(None, None), *((FLOOR.get(p, 0.0), None) for p in parts)]
    result = minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B")
    weights = {p: round(float(w), 3) for p, w in zip(parts, mix @ result.x[1:], strict=True)}
    return PairWeights(intercept=round(float(result.x[0]), 3), **weights)


def weights_file(base: ScoreWeights, fitted: dict[str, PairWeights], n_pairs: int) -> str:
    """TOML of the weights in force with the fitted pairs in their place."""
    day = datetime.now(UTC)
    lines = [
        f"# Fitted by `python -m eval tune --feedback` on {n_pairs} pairs ({', '.join(sorted(fitted))}), {day:%Y-%m-%d},",
        f"# starting from {base.version}.",
        f'name = "feedback-{day:%Y%m%d}"',
    ]
    for key, pair in {**base.pairs, **fitted}.items():
        lines += _table(f"pairs.{key}", pair)
    for preset, pairs in base.presets.items():
        if not pairs:
            lines += ["", f"[presets.{preset}]"]
        for key, pair in pairs.items():
            lines += _table(f"presets.{preset}.{key}", pair)
    return "\n".join(lines) + "\n"


def _table(key: str, pair: PairWeights) -> Iterable[str]:
    told = {"intercept": pair.intercept} | {p: getattr(pair, p) for p in PARTS if p in pair.model_fields_set}
    return ["", f"[{key}]", *(f"{name} = {value}" for name, value in told.items())]
