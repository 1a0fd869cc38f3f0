"""The BEIR loader and the ranking of a set, on a set small enough to rank by hand."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from eval.beir import is_ranking_set, read_ranking_set
from eval.ranking import score_ranking_set


class PlaneEncoder:
    """Puts each text at a known angle, in degrees, on the unit circle."""

    def __init__(self, **degrees: float) -> None:
        self._degrees = degrees

    def encode(self, texts: list[str]) -> np.ndarray:
        angles = np.radians([self._degrees[text] for text in texts])
        return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def write_set(folder: Path, qrels: str, packed: bool) -> Path:
    files = {
        "corpus.jsonl": "".join(json.dumps({"_id": x, "text": x}) + "\n" for x in ("near", "far", "nurse", "middle")),
        "queries.jsonl": "".join(json.dumps({"_id": x, "text": x}) + "\n" for x in ("nurse", "unjudged")),
        "qrels.tsv": "query-id\tcorpus-id\tscore\n" + qrels,
    }
    folder.mkdir()
    for name, text in files.items():
        if packed:
            (folder / f"{name}.gz").write_bytes(gzip.compress(text.encode()))
        else:
            (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("packed", [True, False])
def test_a_set_is_scored_over_its_whole_corpus_and_its_judged_queries(tmp_path: Path, packed: bool) -> None:
    folder = write_set(tmp_path / "titles-zh", "nurse\tnear\t1\nnurse\tfar\t1\nnurse\tmiddle\t0\n", packed)
    ranking_set = read_ranking_set(folder)
    assert ranking_set.language == "zh"
    scores = score_ranking_set(PlaneEncoder(nurse=0, near=10, middle=20, far=90, unjudged=5), ranking_set)
    # ranking: nurse (not judged relevant), near, middle, far; relevant near and far: (1/2 + 2/4) / 2
    assert scores.n_queries == 1
    assert scores.mean_average_precision == pytest.approx(1 / 2)
    assert scores.mean_reciprocal_rank == pytest.approx(1 / 2)
    assert scores.precision_at_1 == 0.0


def test_equal_similarities_rank_in_corpus_order(tmp_path: Path) -> None:
    ranking_set = read_ranking_set(write_set(tmp_path / "titles", "nurse\tfar\t1\n", False))
    scores = score_ranking_set(PlaneEncoder(nurse=0, near=0, middle=0, far=0), ranking_set)
    # corpus order: near, far, nurse, middle
    assert scores.mean_average_precision == pytest.approx(1 / 2)


def test_an_unknown_id_in_the_judgements_is_refused_with_its_line(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "titles", "nurse\tnear\t1\nnurse\tabsent\t1\n", False)
    with pytest.raises(ValueError, match=r"line 3: unknown id .*absent"):
        read_ranking_set(folder)


def test_a_folder_without_judgements_is_no_ranking_set(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "titles", "", False)
    assert is_ranking_set(folder)
    (folder / "qrels.tsv").unlink()
    assert not is_ranking_set(folder)
    with pytest.raises(FileNotFoundError, match="qrels"):
        read_ranking_set(folder)
