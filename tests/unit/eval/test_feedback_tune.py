"""Weights fitted to feedback: from a real store with consented outcomes to a file, which nothing but a person puts in force."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from eval.feedback_tune import MIN_OF_EACH, MIN_PAIRS, Outcomes, outcomes_by_pair, refit, tune_on_feedback
from matcher.config import Settings
from matcher.domain.decision import Feedback, Outcome
from matcher.domain.document import Kind, RawDocument
from matcher.engine import Engine
from matcher.errors import InvalidConfig
from matcher.match.weights import N_PARTS, PARTS, load_weights
from matcher.records import ImportItem
from matcher.store import StoreConfig

KEY = "candidate-posting"
SKILL = PARTS.index("essential_coverage")


def outcomes(n: int, seed: int = 7) -> Outcomes:
    """Pairs whose outcome follows the preferred coverage alone."""
    chance = np.random.default_rng(seed)
    values = chance.random((n, N_PARTS)).astype(np.float32)
    targets = (values[:, PARTS.index("preferred_coverage")] > 0.5).astype(np.float64)
    return Outcomes(values, targets)


def test_weights_move_to_what_decided_and_more_so_with_more_outcomes() -> None:
    base = load_weights().pairs[KEY]
    few, many = (refit(base, KEY, outcomes(n)) for n in (MIN_PAIRS, 2000))
    assert base.preferred_coverage < few.preferred_coverage < many.preferred_coverage
    assert many.text_similarity < base.text_similarity
    assert many.next_step == 0.0, "a part that the pair is not judged by"


def test_essential_skills_keep_weighing_at_least_as_much_as_the_words() -> None:
    chance = np.random.default_rng(3)
    values = chance.random((3000, N_PARTS)).astype(np.float32)
    found = Outcomes(values, (values[:, PARTS.index("title_similarity")] > 0.5).astype(np.float64))
    fitted = refit(load_weights().pairs[KEY], KEY, found)
    assert fitted.essential_coverage >= fitted.title_similarity + fitted.text_similarity - 2e-3


@pytest.mark.parametrize(
    ("targets", "enough"),
    [
        ([0.0] * MIN_OF_EACH + [1.0] * (MIN_PAIRS - MIN_OF_EACH), True),
        ([0.0] * (MIN_OF_EACH - 1) + [1.0] * MIN_PAIRS, False),
        ([0.0, 1.0] * (MIN_PAIRS // 2 - 1), False),
    ],
)
def test_a_pair_of_kinds_is_fitted_only_to_enough_outcomes(targets: list[float], enough: bool) -> None:
    assert Outcomes(np.zeros((len(targets), N_PARTS), np.float32), np.array(targets)).enough is enough


def store_with_feedback(path: Path, n: int) -> None:
    """n candidates of which those who know water analysis were hired for the posting and the others rejected."""
    engine = Engine(Settings(store=StoreConfig(path=path)))
    engine.load()
    posting = RawDocument(Kind.POSTING, "post", text="任职要求：必须熟练掌握水质化验、离子色谱。")
    people = [
        RawDocument(
            Kind.CANDIDATE, f"p{i}", text=f"第{i}号。" + ("水质化验，离子色谱。" if i % 2 else "直播带货，短视频剪辑。")
        )
        for i in range(n)
    ]
    engine.import_documents([ImportItem(raw) for raw in (posting, *people)])
    rows = {name: engine.get(name).row_id for name in ("postings/post", *(f"candidates/p{i}" for i in range(n)))}
    for i in range(n):
        told = [Outcome.SHORTLISTED, Outcome.HIRED] if i % 2 else [Outcome.REJECTED]
        for time_s, outcome in enumerate(told):
            engine.store.feedback.record(
                Feedback(
                    i, rows["postings/post"], rows[f"candidates/p{i}"], Kind.POSTING, Kind.CANDIDATE, outcome, "a",
                    float(time_s), consent=True,
                )
            )  # fmt: skip
    assert len(outcomes_by_pair(engine)[KEY].targets) == n, "one target per pair: the last outcome"
    engine.close()


def test_a_store_with_feedback_becomes_a_weights_file(tmp_path: Path) -> None:
    store, out = tmp_path / "live.db", tmp_path / "weights.toml"
    store_with_feedback(store, MIN_PAIRS + 2)
    before = store.read_bytes()
    tune_on_feedback(store, out)
    assert store.read_bytes() == before, "the store itself is not touched"
    fitted, base = load_weights(out), load_weights()
    assert fitted.name.startswith("feedback-")
    assert fitted.pairs[KEY].essential_coverage > base.pairs[KEY].essential_coverage
    assert fitted.pairs["course-posting"] == base.pairs["course-posting"]
    assert fitted.presets == base.presets
    assert f"on {MIN_PAIRS + 2} pairs" in out.read_text(encoding="utf-8")


def test_too_little_feedback_and_no_store_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidConfig, match="no store"):
        tune_on_feedback(tmp_path / "none.db", tmp_path / "weights.toml")
    store_with_feedback(tmp_path / "live.db", 4)
    with pytest.raises(InvalidConfig, match="too little feedback"):
        tune_on_feedback(tmp_path / "live.db", tmp_path / "weights.toml")
    assert not (tmp_path / "weights.toml").exists()
