"""How sure a mention is: the signs that are seen, their weights, and what is left out for being hardly right."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from matcher.domain.document import SectionKind
from matcher.domain.folding import fold
from matcher.domain.skill import Importance
from matcher.errors import InvalidConfig
from matcher.extract import ExtractConfig, SkillExtractor
from matcher.extract.calibration import LANGUAGES
from matcher.extract.forms import build_automaton
from matcher.extract.free_standing import is_free_left, is_free_right
from matcher.extract.signs import INTERCEPT, SIGNS, FieldShares, SignWeights, Surroundings, load_signs, signs_of
from matcher.extract.spotting import Spot, find_spots
from matcher.taxonomy import Taxonomy


def zeros(**given: float) -> dict[str, dict[str, float]]:
    return {language: {INTERCEPT: 0.0, **dict.fromkeys(SIGNS, 0.0), **given} for language in LANGUAGES}


def spots_of(taxonomy: Taxonomy, text: str) -> list[Spot]:
    return find_spots(text, fold(text), build_automaton(taxonomy))


def seen(taxonomy: Taxonomy, text: str, at: int = 0) -> dict[str, float]:
    spots = spots_of(taxonomy, text)
    around = Surroundings(SectionKind.SKILLS, Importance.NEGATED, False, True, False)
    signs = signs_of(spots[at], fold(text).aligned, around, FieldShares(spots))
    return dict(zip(SIGNS, signs, strict=True))


def test_signs_say_what_is_around_a_name(taxonomy: Taxonomy) -> None:
    signs = seen(taxonomy, "Java, Docker and 水质检测")
    assert signs["prior"] == pytest.approx(math.log(0.88 / 0.12), abs=0.2)
    assert signs["length"] == 2
    assert [n for n in ("tool", "study", "listed", "cued", "negated", "free_left", "free_right") if not signs[n]] == []
    assert [n for n in ("soft", "title", "company", "told", "lone", "general", "alone", "topical") if signs[n]] == []
    # of the two other skills one is of the field of Java
    assert signs["kin"] == 0.5
    assert seen(taxonomy, "Java")["alone"] == 1
    assert seen(taxonomy, "对Java厂")["free_right"] == 0


def test_soft_skills_and_languages_are_of_no_field(taxonomy: Taxonomy) -> None:
    spots = spots_of(taxonomy, "沟通能力, Java, Docker")
    assert FieldShares(spots).kin("software") == 1.0
    assert FieldShares([]).kin("software") == 0.0
    assert FieldShares([]).alone


@pytest.mark.parametrize(
    ("before", "behind", "left", "right"),
    [
        ("熟悉", "，", True, True),
        ("对接", "厂", False, False),
        ("knowledge of ", " and x", True, True),
        ("moves ", " models", False, False),
        ("", "", True, True),
    ],
)
def test_words_stand_free_between_signs_and_words_that_lead_in(
    before: str, behind: str, left: bool, right: bool
) -> None:
    text = fold(f"{before}印刷{behind}").aligned
    assert is_free_left(text, len(before)) is left
    assert is_free_right(text, len(before) + 2) is right


def test_confidence_is_the_logistic_of_weighted_signs() -> None:
    signs = tuple(float(i == SIGNS.index("tool")) for i in range(len(SIGNS)))
    weights = SignWeights(zeros(tool=1.0))
    assert weights.confidence(0.9, "Java", signs) == pytest.approx(1 / (1 + math.exp(-1)))
    assert weights.confidence(0.9, "Java", signs, 0.5) == pytest.approx(0.5 / (1 + math.exp(-1)))
    assert SignWeights({}).confidence(0.9, "Java", signs, 0.5) == pytest.approx(0.45)


def test_mentions_that_are_hardly_right_are_left_out(taxonomy: Taxonomy) -> None:
    text = "Java and 沟通能力"
    found = SkillExtractor(taxonomy).extract_text(text)
    assert len(found) == 2
    least = max(mention.confidence for mention in found)
    few = SkillExtractor(taxonomy, ExtractConfig(min_confidence=least)).extract_text(text)
    assert [mention.confidence for mention in few] == [least]


@pytest.mark.parametrize(
    "text", ["[zh]\nprior = 1.0\n", "[fr]\nprior = 1.0\n", "[zh]\nprior = 'x'\n", "zh = 1\n", "not toml"]
)
def test_weights_of_other_signs_are_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "signs.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidConfig):
        load_signs(file)
    with pytest.raises(InvalidConfig):
        load_signs(tmp_path / "none.toml")
    with pytest.raises(InvalidConfig, match="every language"):
        SignWeights({"zh": zeros()["zh"]})
