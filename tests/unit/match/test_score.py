"""Part values worked by hand, and what must hold of every score."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from matcher.domain.document import EducationLevel, Kind
from matcher.domain.skill import Importance, Proficiency
from matcher.match.profile import Profile
from matcher.match.score import (
    COLUMN,
    Side,
    demanding_side,
    education_fit,
    experience_fit,
    part_values,
    requirement_groups,
    scored,
    scores,
)
from matcher.match.weights import N_PARTS, PARTS, PairWeights, load_weights
from tests.unit.match.profiles import (
    candidates,
    courses,
    demands,
    educations,
    levels,
    postings,
    skills,
    supplies,
    years,
)
from tests.unit.match.small_world import (
    IDS,
    NUMBER,
    SPACE,
    Demand,
    E,
    P,
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
EXPERT, PROFICIENT = Proficiency.EXPERT, Proficiency.PROFICIENT
COVERAGES = [COLUMN["essential_coverage"], COLUMN["preferred_coverage"], COLUMN["soft_coverage"]]
rarities = st.lists(st.integers(200, 1000).map(lambda n: n / 1000), min_size=len(SPACE), max_size=len(SPACE)).map(
    lambda values: np.array(values, dtype=np.float32)
)
DIM = 16


def random_vector(seed: int) -> NDArray[np.float32]:
    """(DIM,) unit vector; zero for seeds divisible by five."""
    if seed % 5 == 0:
        return np.zeros(DIM, dtype=np.float32)
    raw = np.random.default_rng(seed).standard_normal(DIM).astype(np.float32)
    unit: NDArray[np.float32] = raw / np.linalg.norm(raw)
    return unit


def sides(profiles: st.SearchStrategy[Profile]) -> st.SearchStrategy[Side]:
    seeds = st.integers(0, 999)
    return st.builds(lambda p, a, b: Side(p, random_vector(a), random_vector(b)), profiles, seeds, seeds)


any_side = sides(postings) | sides(candidates) | sides(courses)


def values_of(a: Side, b: Side, rarity: NDArray[np.float32]) -> NDArray[np.float32]:
    """Part values of one pair."""
    row: NDArray[np.float32] = part_values(a, pool(b), SPACE, rarity)[0]
    return row


def score_of(a: Side, b: Side, rarity: NDArray[np.float32]) -> float:
    """Score of one pair under the shipped weights."""
    weights = WEIGHTS.pair(a.profile.kind, b.profile.kind)
    return float(scores(values_of(a, b, rarity)[None, :], weights)[0])


# --- hand-worked ---------------------------------------------------------------------------------------------------


def test_every_part_worked_by_hand() -> None:
    demand = posting(
        ("sql", E, PROFICIENT),
        ("python", E, None),
        ("water-analysis", P, None),
        ("communication", E, None),
        education=EducationLevel.BACHELOR,
        years=3,
    )
    supply = candidate({"mysql": EXPERT, "python": None, "cod-test": None}, EducationLevel.ASSOCIATE, 2)
    a = side(demand, vector(1, 0), vector(1, 0))
    b = side(supply, vector(0.6, 0.8), vector(-1, 0))
    got = dict(zip(PARTS, values_of(a, b, rarity_of(sql=0.5)).tolist(), strict=True))
    expected = {
        "essential_coverage": (0.5 * 0.95 + 1.0 * 1.0) / 1.5,  # communication is soft and stands apart
        "preferred_coverage": 0.95,
        "soft_coverage": 0.0,
        # python is shared; the posting names one skill of weight 0.5 and three of 1
        "skill_overlap": 1 / 3.25,
        "next_step": math.nan,  # between a candidate and a course only
        "title_similarity": 0.6,
        "text_similarity": 0.0,  # a negative cosine is no agreement
        "education_fit": 0.5,
        "experience_fit": 2 / 3,
    }
    assert got == pytest.approx(expected, abs=1e-6, nan_ok=True)


def test_course_prerequisites_are_demanded_of_a_candidate_and_its_teaching_meets_a_posting() -> None:
    course = profile(Kind.COURSE, [("python", E, None)], {"sql": None})
    person, job = candidate({"python": None}), posting(("sql", E, None), ("python", E, None))
    rarity = even_rarity()
    assert values_of(side(course), side(person), rarity)[COLUMN["essential_coverage"]] == 1.0
    assert values_of(side(job), side(course), rarity)[COLUMN["essential_coverage"]] == 0.5
    # what the course is about is sql, which the candidate lacks; the posting is about sql and python
    assert values_of(side(course), side(person), rarity)[COLUMN["skill_overlap"]] == 0.0
    assert values_of(side(job), side(course), rarity)[COLUMN["skill_overlap"]] == pytest.approx(1 / math.sqrt(2))
    assert math.isnan(values_of(side(job), side(course), rarity)[COLUMN["education_fit"]])


def test_equals_are_not_held_to_requirements() -> None:
    job = posting(("sql", E, None), education=EducationLevel.BACHELOR, years=1)
    got = values_of(side(job), side(job), even_rarity())
    assert [PARTS[i] for i in np.flatnonzero(~np.isnan(got))] == ["skill_overlap"]
    assert got[COLUMN["skill_overlap"]] == 1.0


@pytest.mark.parametrize(
    ("left", "right", "demanding"),
    [
        (Kind.POSTING, Kind.CANDIDATE, Kind.POSTING),
        (Kind.CANDIDATE, Kind.POSTING, Kind.POSTING),
        (Kind.COURSE, Kind.POSTING, Kind.POSTING),
        (Kind.CANDIDATE, Kind.COURSE, Kind.COURSE),
        (Kind.COURSE, Kind.COURSE, None),
    ],
)
def test_demanding_side(left: Kind, right: Kind, demanding: Kind | None) -> None:
    assert demanding_side(left, right) is demanding


def test_what_no_text_says_is_undefined() -> None:
    assert np.isnan(values_of(side(posting()), side(candidate()), even_rarity())).all()


def test_empty_pool_gives_an_empty_matrix() -> None:
    empty = pool(side(candidate()))
    none = type(empty)([], empty.titles[:0], empty.bodies[:0])
    assert part_values(side(posting(("sql", E, None))), none, SPACE, even_rarity()).shape == (0, N_PARTS)
    assert scores(np.zeros((0, N_PARTS), np.float32), WEIGHTS.pair(Kind.POSTING, Kind.CANDIDATE)).shape == (0,)


SECONDARY, ASSOCIATE, BACHELOR, MASTER, DOCTORATE = EducationLevel


@pytest.mark.parametrize(
    ("asked", "held", "fit"),
    [
        (BACHELOR, BACHELOR, 1.0),
        (BACHELOR, DOCTORATE, 1.0),
        (BACHELOR, ASSOCIATE, 0.5),
        (BACHELOR, SECONDARY, 0.0),
        (DOCTORATE, MASTER, 0.5),
        (SECONDARY, None, math.nan),
        (None, DOCTORATE, math.nan),
        (None, None, math.nan),
    ],
)
def test_education_fit(asked: EducationLevel | None, held: EducationLevel | None, fit: float) -> None:
    assert education_fit([posting(education=asked)], [candidate(education=held)]) == pytest.approx([fit], nan_ok=True)


@pytest.mark.parametrize(
    ("asked", "held", "fit"),
    [
        (3, 3, 1.0),
        (3, 10, 1.0),
        (3, 1.5, 0.5),
        (3, 0, 0.0),
        (3, None, math.nan),
        (0, None, 1.0),
        (0, 0, 1.0),
        (None, 5, math.nan),
        (None, None, math.nan),
    ],
)
def test_experience_fit(asked: float | None, held: float | None, fit: float) -> None:
    assert experience_fit([posting(years=asked)], [candidate(years=held)]) == pytest.approx([fit], nan_ok=True)


def test_score_is_the_logistic_of_the_weighted_parts() -> None:
    weights = PairWeights(intercept=-2.0, essential_coverage=3.0, text_similarity=1.0, soft_coverage=5.0)
    row = np.full((1, N_PARTS), np.nan, dtype=np.float32)
    row[0, COLUMN["essential_coverage"]] = 0.5
    row[0, COLUMN["text_similarity"]] = 0.25
    row[0, COLUMN["title_similarity"]] = 1.0  # weighs nothing
    (score,) = scores(row, weights)
    assert score == pytest.approx(1 / (1 + math.exp(2.0 - 1.5 - 0.25)), abs=1e-15)
    breakdown = scored(row[0], score, weights)
    assert [(p.part, p.value, p.weight, p.contribution) for p in breakdown.parts] == [
        ("essential_coverage", 0.5, 3.0, 1.5),
        ("soft_coverage", None, 5.0, 0.0),
        ("text_similarity", 0.25, 1.0, 0.25),
    ]


def test_groups_part_the_demands() -> None:
    demand = posting(("sql", E, None), ("python", P, None), ("communication", P, None), ("negotiation", E, None))
    masks = requirement_groups(demand, SPACE)
    assert {part: mask.tolist() for part, mask in masks.items()} == {
        "essential_coverage": [True, False, False, False],
        "preferred_coverage": [False, True, False, False],
        "soft_coverage": [False, False, True, True],
    }


# --- what must hold of every pair ----------------------------------------------------------------------------------


@settings(max_examples=150, deadline=None)
@given(any_side, any_side, rarities)
def test_a_pair_scores_the_same_from_either_side(a: Side, b: Side, rarity: NDArray[np.float32]) -> None:
    np.testing.assert_array_equal(values_of(a, b, rarity), values_of(b, a, rarity))
    assert score_of(a, b, rarity) == score_of(b, a, rarity)


@settings(max_examples=150, deadline=None)
@given(any_side, any_side, rarities)
def test_parts_are_shares_and_recompute_to_the_score(a: Side, b: Side, rarity: NDArray[np.float32]) -> None:
    values = values_of(a, b, rarity)
    known = values[~np.isnan(values)]
    assert ((known >= 0) & (known <= 1)).all()
    result = scored(values, score_of(a, b, rarity), WEIGHTS.pair(a.profile.kind, b.profile.kind))
    log_odds = result.intercept + sum(p.contribution for p in result.parts)
    assert result.score == pytest.approx(1 / (1 + math.exp(-log_odds)), abs=1e-15)
    assert all(p.weight > 0 for p in result.parts)


@settings(max_examples=100, deadline=None)
@given(any_side, st.data(), rarities)
def test_other_members_of_a_pool_change_nothing(query: Side, data: st.DataObject, rarity: NDArray[np.float32]) -> None:
    members = data.draw(
        st.sampled_from([postings, candidates, courses]).flatmap(lambda s: st.lists(sides(s), min_size=1, max_size=6))
    )
    together = part_values(query, pool(*members), SPACE, rarity)
    alone = np.stack([values_of(query, member, rarity) for member in members])
    np.testing.assert_array_equal(together, alone)
    weights = WEIGHTS.pair(query.profile.kind, members[0].profile.kind)
    assert scores(together, weights).tolist() == [float(scores(row[None, :], weights)[0]) for row in alone]


def test_equal_documents_score_equal_wherever_they_stand_in_a_large_pool() -> None:
    rng = np.random.default_rng(7)
    vectors = rng.standard_normal((997, 256)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    twin = candidate({"mysql": None, "python": EXPERT, "cod-test": None}, EducationLevel.BACHELOR, 2.7)
    members = [side(candidate({IDS[i % len(IDS)]: None}), v, v) for i, v in enumerate(vectors)]
    places = [0, 1, 5, 8, 500, 996]
    for place in places:
        members[place] = side(twin, vectors[3], vectors[4])
    job = posting(("sql", E, None), ("python", E, PROFICIENT), ("water-analysis", E, None), years=4)
    values = part_values(side(job, vectors[10], vectors[11]), pool(*members), SPACE, rarity_of(sql=0.37, python=0.61))
    assert len({values[p].tobytes() for p in places}) == 1
    assert len(set(scores(values, WEIGHTS.pair(Kind.POSTING, Kind.CANDIDATE))[places].tolist())) == 1


def test_rounding_does_not_tell_the_sides_apart() -> None:
    """Sums in single precision would differ in the sixth digit in 10 of these 600 pairs."""
    rng = np.random.default_rng(11)
    hard = [s for s in IDS if not SPACE.soft[NUMBER[s]]]
    rarity = rng.uniform(0.2, 1, len(SPACE)).astype(np.float32)
    jobs = [side(posting(*[(s, E, Proficiency(int(rng.integers(1, 5)))) for s in hard])) for _ in range(600)]
    person = side(candidate({s: Proficiency(int(rng.integers(1, 5))) for s in hard[:-2]}))
    asked_by_jobs = np.stack([part_values(job, pool(person), SPACE, rarity)[0] for job in jobs])
    np.testing.assert_array_equal(part_values(person, pool(*jobs), SPACE, rarity), asked_by_jobs)


@settings(max_examples=100, deadline=None)
@given(demands, supplies, rarities)
def test_the_order_of_skills_changes_nothing(
    demand: list[Demand], supply: dict[str, Proficiency | None], rarity: NDArray[np.float32]
) -> None:
    turned = list(reversed(demand))
    other = dict(reversed(supply.items()))
    np.testing.assert_array_equal(
        values_of(side(posting(*demand)), side(candidate(supply)), rarity),
        values_of(side(posting(*turned)), side(candidate(other)), rarity),
    )


# --- missing data never counts as agreement ------------------------------------------------------------------------


@settings(max_examples=150, deadline=None)
@given(sides(postings) | sides(courses), sides(candidates), rarities)
def test_an_empty_profile_raises_no_part_and_never_beats_one_with_data(
    query: Side, full: Side, rarity: NDArray[np.float32]
) -> None:
    empty = side(candidate(), dim=DIM)
    with_data, without = values_of(query, full, rarity), values_of(query, empty, rarity)
    assert (np.nan_to_num(without) <= np.nan_to_num(with_data)).all()
    assert score_of(query, empty, rarity) <= score_of(query, full, rarity)


@settings(max_examples=150, deadline=None)
@given(demands, supplies, skills, levels, rarities)
def test_another_skill_shown_never_lowers_a_coverage(
    demand: list[Demand],
    supply: dict[str, Proficiency | None],
    skill: str,
    level: Proficiency | None,
    rarity: NDArray[np.float32],
) -> None:
    more = {skill: level, **supply}
    job = side(posting(*demand))
    before = values_of(job, side(candidate(supply)), rarity)[COVERAGES]
    after = values_of(job, side(candidate(more)), rarity)[COVERAGES]
    assert (np.isnan(before) == np.isnan(after)).all()
    assert (np.nan_to_num(after) >= np.nan_to_num(before)).all()


@settings(max_examples=150, deadline=None)
@given(demands.filter(bool), supplies, levels, rarities, st.data())
def test_showing_a_demanded_skill_never_lowers_the_score(
    demand: list[Demand],
    supply: dict[str, Proficiency | None],
    level: Proficiency | None,
    rarity: NDArray[np.float32],
    data: st.DataObject,
) -> None:
    asked = data.draw(st.sampled_from([skill for skill, _, _ in demand]))
    job = side(posting(*demand))
    before = score_of(job, side(candidate(supply)), rarity)
    # parts are rounded to 6 digits, so each may fall by one unit of the last
    assert score_of(job, side(candidate({asked: level, **supply})), rarity) >= before - 1e-6


@settings(max_examples=150, deadline=None)
@given(demands, supplies, skills, st.sampled_from([E, P]), rarities)
def test_another_unmet_requirement_never_raises_a_coverage_that_was_defined(
    demand: list[Demand],
    supply: dict[str, Proficiency | None],
    skill: str,
    importance: Importance,
    rarity: NDArray[np.float32],
) -> None:
    related = set(SPACE.met_by(NUMBER[skill])[0].tolist())
    unable = {s: level for s, level in supply.items() if NUMBER[s] not in related}
    fewer = [d for d in demand if d[0] != skill]
    person = side(candidate(unable))
    before = values_of(side(posting(*fewer)), person, rarity)[COVERAGES]
    after = values_of(side(posting(*fewer, (skill, importance, None))), person, rarity)[COVERAGES]
    assert (np.nan_to_num(after) <= np.nan_to_num(before)).all()


@settings(max_examples=60, deadline=None)
@given(demands, supplies, educations, years, educations, years)
def test_a_fact_left_unsaid_by_the_candidate_never_raises_the_score(
    demand: list[Demand],
    supply: dict[str, Proficiency | None],
    asked: EducationLevel | None,
    asked_years: float | None,
    held: EducationLevel | None,
    held_years: float | None,
) -> None:
    job = side(posting(*demand, education=asked, years=asked_years))
    told = score_of(job, side(candidate(supply, held, held_years)), even_rarity())
    assert score_of(job, side(candidate(supply)), even_rarity()) <= told
