"""What must hold of scores with every preset: skills before words, no skill held against a person, a next step worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from matcher.domain.document import Kind
from matcher.domain.skill import Proficiency
from matcher.errors import InvalidRequest
from matcher.match.profile import ESSENTIAL
from matcher.match.score import COLUMN, FOOTHOLD, Side, part_values, scores
from matcher.match.weights import MAX_WEIGHT, PARTS, load_weights
from tests.unit.match.profiles import courses, demands, educations, levels, skills, supplies, years
from tests.unit.match.small_world import (
    NUMBER,
    SPACE,
    Demand,
    E,
    candidate,
    even_rarity,
    pool,
    posting,
    profile,
    rarity_of,
    side,
    vector,
)

WEIGHTS = load_weights()
PRESETS = ["", *sorted(WEIGHTS.presets)]
presets = st.sampled_from(PRESETS)
rarities = st.lists(st.integers(200, 1000).map(lambda n: n / 1000), min_size=len(SPACE), max_size=len(SPACE)).map(
    lambda values: np.array(values, dtype=np.float32)
)


def score_of(query: Side, other: Side, rarity: NDArray[np.float32], preset: str = "") -> float:
    values = part_values(query, pool(other), SPACE, rarity)
    pair = WEIGHTS.chosen(preset, ()).pair(query.profile.kind, other.profile.kind)
    return float(scores(values, pair)[0])


def part_of(query: Side, other: Side, part: str, rarity: NDArray[np.float32] | None = None) -> float:
    values = part_values(query, pool(other), SPACE, even_rarity() if rarity is None else rarity)
    return float(values[0, COLUMN[part]])


@settings(max_examples=200, deadline=None)
@given(demands, supplies, skills, levels, rarities, presets)
def test_a_further_skill_never_lowers_a_candidates_score_for_a_posting(
    demand: list[Demand],
    supply: dict[str, Proficiency | None],
    skill: str,
    level: Proficiency | None,
    rarity: NDArray[np.float32],
    preset: str,
) -> None:
    asked = side(posting(*demand), vector(1, 0), vector(1, 0))
    more = supply if skill in supply else {**supply, skill: level}
    before, after = (score_of(asked, side(candidate(s)), rarity, preset) for s in (supply, more))
    assert after >= before - 1e-9


@settings(max_examples=200, deadline=None)
@given(demands, educations, years, rarities, presets, st.data())
def test_the_right_words_without_the_essential_skills_never_beat_the_skills_without_the_words(
    demand: list[Demand],
    education: object,
    experience: float | None,
    rarity: NDArray[np.float32],
    preset: str,
    data: st.DataObject,
) -> None:
    asked = side(posting(*demand), vector(1, 0), vector(1, 0))
    essential = asked.profile.demand_skills[
        (asked.profile.demand_importance == ESSENTIAL) & ~SPACE.soft[asked.profile.demand_skills]
    ]
    if not len(essential):
        return
    ids = {n: skill for skill, n in NUMBER.items()}
    skilled = candidate({ids[n]: Proficiency.EXPERT for n in essential.tolist()}, education, experience)  # type: ignore[arg-type]
    worded = candidate({}, education, experience)  # type: ignore[arg-type]
    words = side(worded, vector(1, 0), vector(1, 0))
    assert score_of(asked, side(skilled), rarity, preset) > score_of(asked, words, rarity, preset)


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("other", [Kind.CANDIDATE, Kind.COURSE])
def test_towards_a_posting_essential_skills_weigh_as_much_as_all_words(preset: str, other: Kind) -> None:
    pair = WEIGHTS.chosen(preset, ()).pair(Kind.POSTING, other)
    assert pair.essential_coverage >= pair.title_similarity + pair.text_similarity
    assert pair.essential_coverage > 4 * pair.soft_coverage


def test_what_a_candidate_can_do_besides_is_no_less_overlap() -> None:
    asked = side(posting(("sql", E, None), ("python", E, None)))
    assert part_of(asked, side(candidate({"sql": None})), "skill_overlap") == pytest.approx(0.5)
    assert part_of(asked, side(candidate({"sql": None, "welding": None})), "skill_overlap") == pytest.approx(0.5)
    course = side(
        profile(Kind.COURSE, (), {"sql": None, "welding": None})
    )  # of a course it tells how much else it is about
    assert part_of(asked, course, "skill_overlap") == pytest.approx(0.5)
    assert part_of(asked, side(profile(Kind.COURSE, (), {"sql": None})), "skill_overlap") == pytest.approx(
        1 / math.sqrt(2)
    )


def test_the_next_step_worked_by_hand() -> None:
    course = side(profile(Kind.COURSE, (), {"sql": None, "python": None, "welding": None, "cod-test": None}))
    rarity = rarity_of(welding=0.5, cod_test=0.5)  # sql and python weigh a third each, the others a sixth

    def step(**supply: None) -> float:
        return part_of(side(candidate({s.replace("_", "-"): None for s in supply})), course, "next_step", rarity)

    assert step(sql=None) == pytest.approx((1 - 1 / 3) / (1 - FOOTHOLD), abs=1e-6)
    assert step(welding=None) == pytest.approx((1 / 6) / FOOTHOLD * (1 - 1 / 6) / (1 - FOOTHOLD), abs=1e-6)
    assert step(mysql=None) == pytest.approx((1 - 0.95 / 3) / (1 - FOOTHOLD), abs=1e-6)  # a skill below sql gives 0.95
    assert step(negotiation=None) == 0.0
    assert step(sql=None, python=None, welding=None, cod_test=None) == 0.0
    assert math.isnan(step())
    assert math.isnan(part_of(side(candidate({"sql": None})), side(profile(Kind.COURSE)), "next_step"))


@settings(max_examples=150, deadline=None)
@given(courses, supplies, rarities)
def test_the_next_step_is_a_share_and_the_same_from_either_side(
    course: object, supply: dict[str, Proficiency | None], rarity: NDArray[np.float32]
) -> None:
    a, b = side(course), side(candidate(supply))  # type: ignore[arg-type]
    there, back = part_of(a, b, "next_step", rarity), part_of(b, a, "next_step", rarity)
    assert there == back or (math.isnan(there) and math.isnan(back))
    assert math.isnan(there) or 0.0 <= there <= 1.0


# --- presets and overrides -----------------------------------------------------------------------------------------


def test_a_preset_and_weights_of_a_request_take_the_place_of_the_fitted_and_are_told_in_the_version() -> None:
    college = WEIGHTS.chosen("college", ())
    assert college.pair(Kind.POSTING, Kind.COURSE) != WEIGHTS.pair(Kind.POSTING, Kind.COURSE)
    assert college.pair(Kind.POSTING, Kind.CANDIDATE) == WEIGHTS.pair(Kind.POSTING, Kind.CANDIDATE)
    assert college.version == f"{WEIGHTS.version}/college"
    own = WEIGHTS.chosen("college", (("title_similarity", 7.0), ("soft_coverage", 0.0)))
    pair = own.pair(Kind.POSTING, Kind.COURSE)
    assert (pair.title_similarity, pair.soft_coverage) == (7.0, 0.0)
    assert pair.intercept == college.pair(Kind.POSTING, Kind.COURSE).intercept
    assert own.version.startswith(f"{college.version}/")
    assert own.version == WEIGHTS.chosen("college", (("soft_coverage", 0.0), ("title_similarity", 7.0))).version
    assert own.version != WEIGHTS.chosen("college", (("title_similarity", 7.1), ("soft_coverage", 0.0))).version
    assert WEIGHTS.chosen("", ()) is WEIGHTS


@pytest.mark.parametrize(
    ("preset", "overrides", "field"),
    [
        ("recruiter", (), "preset"),
        ("", (("salary", 1.0),), "weights[salary]"),
        ("", (("intercept", 1.0),), "weights[intercept]"),
        ("", (("next_step", -0.1),), "weights[next_step]"),
        ("", (("next_step", math.nan),), "weights[next_step]"),
        ("", (("next_step", math.inf),), "weights[next_step]"),
        ("", (("next_step", MAX_WEIGHT + 1),), "weights[next_step]"),
        ("", (("next_step", 1.0), ("next_step", 1.0)), "weights[next_step]"),
    ],
)
def test_unknown_parts_and_presets_and_weights_out_of_range_are_refused(
    preset: str, overrides: tuple[tuple[str, float], ...], field: str
) -> None:
    with pytest.raises(InvalidRequest) as caught:
        WEIGHTS.chosen(preset, overrides)
    assert caught.value.field == field


def test_every_part_can_be_overridden() -> None:
    pair = WEIGHTS.chosen("", tuple((part, float(n)) for n, part in enumerate(PARTS))).pair(Kind.COURSE, Kind.COURSE)
    assert pair.vector() == [float(n) for n in range(len(PARTS))]
