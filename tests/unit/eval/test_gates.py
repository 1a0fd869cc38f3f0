"""Floors: read strictly, and broken ones named."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.gates import GATES_FILE, Floor, broken_floors, read_floors
from eval.metrics import RankingScores


def scores(value: float) -> RankingScores:
    return RankingScores(value, value, value, value, value, n_queries=3)


def test_floors_are_read_per_model(tmp_path: Path) -> None:
    path = tmp_path / "gates.toml"
    path.write_text('[floors."m".titles]\nmap = 0.5\nprecision_at_1 = 0.7\n[floors."other".titles]\nmap = 0.9\n')
    assert read_floors("m", path) == [Floor("titles", "map", 0.5), Floor("titles", "precision_at_1", 0.7)]
    assert read_floors("absent", path) == []


@pytest.mark.parametrize("line", ["mapp = 0.5", "map = 1.5", "map = -0.1"])
def test_an_unknown_metric_or_impossible_floor_is_refused(tmp_path: Path, line: str) -> None:
    path = tmp_path / "gates.toml"
    path.write_text(f'[floors."m".titles]\n{line}\n')
    with pytest.raises(ValueError, match="titles"):
        read_floors("m", path)


def test_a_score_below_its_floor_and_a_missing_set_are_named() -> None:
    floors = [Floor("titles", "map", 0.5), Floor("absent", "map", 0.1)]
    assert broken_floors(floors, {"titles": scores(0.5)})[0].startswith("absent")
    broken = broken_floors(floors[:1], {"titles": scores(0.499)})
    assert broken == ["titles: map 0.499 is below its floor of 0.5"]


def test_every_shipped_model_has_floors() -> None:
    import tomllib

    registry = tomllib.loads((GATES_FILE.parents[1] / "models" / "registry.toml").read_text(encoding="utf-8"))
    for model in registry["models"]:
        assert read_floors(model), f"{model} ships without floors"
