from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.skill import FoundBy
from matcher.errors import InvalidConfig
from matcher.extract import ExtractConfig, SkillExtractor
from matcher.extract.calibration import Calibration, load_calibration
from matcher.taxonomy import Taxonomy

LINE = "[[0.0, 0.0], [1.0, 1.0]]"


def toml(zh_alias: str = LINE) -> str:
    tables = {language: dict.fromkeys(("alias", "linked", "implied"), LINE) for language in ("zh", "en")}
    tables["zh"]["alias"] = zh_alias
    return "".join(f"[{k}]\n" + "".join(f"{way} = {t}\n" for way, t in v.items()) for k, v in tables.items())


def test_the_identity_changes_nothing_and_the_shipped_tables_never_turn_two_confidences_round(tmp_path: Path) -> None:
    file = tmp_path / "calibration.toml"
    file.write_text(toml(), encoding="utf-8")
    raws = (0.1234, 0.5, 0.9, 1.0)
    assert [load_calibration(file).confidence(raw, "Java", FoundBy.ALIAS) for raw in raws] == list(raws)
    shipped = load_calibration()
    for surface in ("Java", "爪哇"):
        calibrated = [shipped.confidence(raw, surface, FoundBy.ALIAS) for raw in raws]
        assert calibrated == sorted(calibrated)
        assert all(0 < value <= 1 for value in calibrated)


def test_confidence_is_read_off_the_line_between_the_points_of_language_and_way(tmp_path: Path) -> None:
    file = tmp_path / "calibration.toml"
    file.write_text(toml("[[0.0, 0.0], [0.5, 0.2], [0.9, 0.8], [1.0, 0.8]]"), encoding="utf-8")
    fitted = load_calibration(file)
    assert [fitted.confidence(raw, "爪哇", FoundBy.ALIAS) for raw in (0.25, 0.5, 0.7, 0.9, 0.95, 1.0)] == pytest.approx(
        [0.1, 0.2, 0.5, 0.8, 0.8, 0.8]
    )
    assert fitted.confidence(0.7, "Java", FoundBy.ALIAS) == 0.7
    assert fitted.confidence(0.7, "爪哇", FoundBy.LINKED) == 0.7
    assert fitted.confidence(0.00001, "爪哇", FoundBy.ALIAS) > 0


def test_mentions_carry_calibrated_confidence(wide_taxonomy: Taxonomy, tmp_path: Path) -> None:
    file = tmp_path / "calibration.toml"
    file.write_text(toml("[[0.0, 0.0], [1.0, 0.5]]"), encoding="utf-8")
    identity = tmp_path / "identity.toml"
    identity.write_text(toml(), encoding="utf-8")
    plain = SkillExtractor(wide_taxonomy, ExtractConfig(calibration=identity)).extract_text("数据库 Java")
    halved = SkillExtractor(wide_taxonomy, ExtractConfig(calibration=file)).extract_text("数据库 Java")
    assert halved[0].confidence == pytest.approx(plain[0].confidence / 2, abs=1e-4)
    assert halved[1].confidence == plain[1].confidence


@pytest.mark.parametrize(
    "text",
    [
        toml("[[0.0, 0.0]]"),
        toml("[[0.1, 0.0], [1.0, 1.0]]"),
        toml("[[0.0, 0.0], [0.9, 1.0]]"),
        toml("[[0.0, 0.5], [1.0, 0.4]]"),
        toml("[[0.0, 0.0], [1.0, 1.2]]"),
        toml("[[0.0, 0.0], [0.5, 0.1], [0.5, 0.2], [1.0, 1.0]]"),
        toml("[1, 2]"),
        "[zh]\nalias = [[0.0, 0.0], [1.0, 1.0]]\n",
        "[zh]\nguess = [[0.0, 0.0], [1.0, 1.0]]\n",
        "not toml",
    ],
)
def test_tables_that_do_not_rise_from_0_to_1_are_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "calibration.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidConfig):
        load_calibration(file)
    with pytest.raises(InvalidConfig):
        load_calibration(tmp_path / "none.toml")


@given(st.lists(st.floats(0.001, 0.999), max_size=5, unique=True), st.floats(0.0001, 1), st.floats(0.0001, 1))
def test_calibration_never_turns_two_confidences_round(raws: list[float], one: float, other: float) -> None:
    xs = [0.0, *sorted(raws), 1.0]
    table = [(x, i / len(xs)) for i, x in enumerate(xs)]
    line = [(0.0, 0.0), (1.0, 1.0)]
    points = {(lang, way): line for lang in ("zh", "en") for way in FoundBy} | {("en", FoundBy.ALIAS): table}
    calibration = Calibration(points)
    low, high = sorted((one, other))
    assert calibration.confidence(low, "a", FoundBy.ALIAS) <= calibration.confidence(high, "a", FoundBy.ALIAS) + 1e-4
