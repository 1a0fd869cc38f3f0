"""Floors that an encoder's scores must not fall below: ``eval/gates.toml``, one table per registry id."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from eval.metrics import RankingScores

GATES_FILE = Path(__file__).with_name("gates.toml")
_METRICS = {
    "map": "mean_average_precision",
    "mrr": "mean_reciprocal_rank",
    "ndcg_at_10": "ndcg_at_10",
    "recall_at_10": "recall_at_10",
    "precision_at_1": "precision_at_1",
}


@dataclass(frozen=True, slots=True)
class Floor:
    """The lowest value (in [0, 1]) that a metric may have on a set."""

    set_name: str
    metric: str
    value: float


def read_floors(model: str, path: Path = GATES_FILE) -> list[Floor]:
    """Return the floors of a model, in file order; none when the file does not name it.

    Raises:
        OSError: When the file cannot be read.
        ValueError: When a metric is unknown or a floor is not in [0, 1].
    """
    floors = []
    for set_name, metrics in tomllib.loads(path.read_text(encoding="utf-8")).get("floors", {}).get(model, {}).items():
        for metric, value in metrics.items():
            if metric not in _METRICS:
                raise ValueError(f"{path}: unknown metric {metric!r} for {set_name}; known: {', '.join(_METRICS)}")
            if not 0.0 <= value <= 1.0:
                raise ValueError(f"{path}: floor {value} for {set_name}.{metric} is not in [0, 1]")
            floors.append(Floor(set_name, metric, float(value)))
    return floors


def broken_floors(floors: list[Floor], scores: dict[str, RankingScores]) -> list[str]:
    """Return one sentence per floor that does not hold; a set without scores breaks its floors.

    Args:
        floors: From ``read_floors``.
        scores: Scores by set name.
    """
    broken = []
    for floor in floors:
        if floor.set_name not in scores:
            broken.append(f"{floor.set_name}: no scores, but a floor of {floor.value} for {floor.metric}")
            continue
        value = float(getattr(scores[floor.set_name], _METRICS[floor.metric]))
        if value < floor.value:
            broken.append(f"{floor.set_name}: {floor.metric} {value:.3f} is below its floor of {floor.value}")
    return broken
