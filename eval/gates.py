"""Floors that scores must not fall below: ``eval/gates.toml``, one table per registry id of an encoder, and ``skills``."""

from __future__ import annotations

import tomllib
from collections.abc import Container, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.metrics import RankingScores

GATES_FILE = Path(__file__).with_name("gates.toml")
_METRICS = {
    "map": "mean_average_precision",
    "mrr": "mean_reciprocal_rank",
    "ndcg_at_10": "ndcg_at_10",
    "recall_at_10": "recall_at_10",
    "precision_at_1": "precision_at_1",
}
# Of `python -m eval skills`: zh and en are the test third of the gold set, pairs that of the phrase pairs.
_SKILL_METRICS = (
    "strict_f1",
    "span_f1",
    "id_accuracy",
    "importance_accuracy",
    "level_accuracy",
    "years_accuracy",
    "unknown_recall",
    "same_id",
)


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
    return _floors(tomllib.loads(path.read_text(encoding="utf-8")).get("floors", {}).get(model, {}), _METRICS, path)


def read_skill_floors(path: Path = GATES_FILE) -> list[Floor]:
    """Return the floors of skill extraction, in file order.

    Raises:
        OSError: When the file cannot be read.
        ValueError: When a metric is unknown or a floor is not in [0, 1].
    """
    return _floors(tomllib.loads(path.read_text(encoding="utf-8")).get("skills", {}), _SKILL_METRICS, path)


def _floors(tables: Mapping[str, Mapping[str, Any]], known: Container[str], path: Path) -> list[Floor]:
    floors = []
    for set_name, metrics in tables.items():
        for metric, value in metrics.items():
            if metric not in known:
                raise ValueError(f"{path}: unknown metric {metric!r} for {set_name}")
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
    return broken_value_floors(
        floors,
        {
            name: {metric: getattr(score, attribute) for metric, attribute in _METRICS.items()}
            for name, score in scores.items()
        },
    )


def broken_value_floors(floors: list[Floor], values: Mapping[str, Mapping[str, float | None]]) -> list[str]:
    """Return one sentence per floor that does not hold; a value that is missing or undefined breaks its floor.

    Args:
        floors: From ``read_floors`` or ``read_skill_floors``.
        values: Set name → metric → value, None where nothing was to be measured.
    """
    broken = []
    for floor in floors:
        value = values.get(floor.set_name, {}).get(floor.metric)
        if value is None:
            broken.append(f"{floor.set_name}: no scores, but a floor of {floor.value} for {floor.metric}")
        elif value < floor.value:
            broken.append(f"{floor.set_name}: {floor.metric} {value:.3f} is below its floor of {floor.value}")
    return broken
