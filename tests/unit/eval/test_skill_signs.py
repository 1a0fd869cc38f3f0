"""The fit of sign weights: it finds the sign that decides, and texts are judged by weights that have not seen them."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.skill_signs import Example, Recorder, cross_fitted, fit, log_loss, signs_toml
from matcher.extract.signs import SIGNS, SignWeights, load_signs


def example(number: int, right: bool, **signs: float) -> Example:
    return Example(f"text-{number}", "en", tuple(signs.get(name, 0.0) for name in SIGNS), right)


def test_fit_weighs_the_sign_that_decides_and_no_other() -> None:
    weights = fit([example(i, i % 2 == 0, tool=float(i % 2 == 0), soft=float(i % 3 == 0)) for i in range(60)])
    assert weights["en"]["tool"] > 2
    assert abs(weights["en"]["soft"]) < 0.5
    assert weights["zh"]["tool"] == 0.0


def test_examples_that_agree_give_no_weights() -> None:
    assert fit([example(i, True, tool=1.0) for i in range(10)])["en"]["tool"] == 0.0


def test_cross_fitted_confidence_comes_from_the_other_texts() -> None:
    # one text says the opposite of all the others: its own claims must not have taught its weights
    others = [example(i, i % 2 == 0, tool=float(i % 2 == 0)) for i in range(80)]
    strange = [Example("strange", "en", e.signs, not e.right) for e in others[:20]]
    raw = cross_fitted([*others, *strange])
    wrong = [value for value, e in zip(raw[80:], strange, strict=True) if e.right]
    assert max(wrong) < 0.5


def test_log_loss_by_hand() -> None:
    assert log_loss([0.5, 0.5], [example(1, True), example(2, False)]) == pytest.approx(0.6931, abs=1e-4)
    assert log_loss([], []) is None


def test_recorder_leads_from_a_confidence_back_to_the_signs() -> None:
    recorder = Recorder()
    first, second = tuple(range(len(SIGNS))), tuple(range(1, len(SIGNS) + 1))
    values = [recorder.confidence(0.9, "Java", first), recorder.confidence(0.9, "爪哇", second, 0.5)]
    assert [recorder.signs_behind(value) for value in values] == [("en", first), ("zh", second)]
    recorder.forget()
    assert recorder.confidence(0.9, "x", second) == values[0]


def test_what_is_written_is_read(tmp_path: Path) -> None:
    weights = fit([example(i, i % 2 == 0, tool=float(i % 2 == 0)) for i in range(60)])
    file = tmp_path / "signs.toml"
    file.write_text(signs_toml(weights, 60), encoding="utf-8")
    signs = tuple(1.0 for _ in SIGNS)
    assert load_signs(file).confidence(1.0, "a", signs) == SignWeights(weights).confidence(1.0, "a", signs)
