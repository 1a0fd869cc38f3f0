"""Retrieval: what is scored at all, and how little the best ten lose by it."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from matcher.domain.document import Kind
from matcher.index.exact import ExactIndex
from matcher.match.catalog import Catalog, Entry, rarity
from matcher.match.profile import Profile
from matcher.match.retrieve import Neighbours, RetrieveConfig, retrieve
from matcher.match.score import Side, part_values, scores
from matcher.match.skillspace import SkillSpace
from matcher.match.weights import load_weights
from matcher.taxonomy import load_starter
from tests.unit.match.small_world import SPACE, E, candidate, even_rarity, posting, side, vector

NOTHING = np.zeros(0, dtype=np.int64)
BODY = vector(1, 0)


class Recorded:
    """Neighbours that give fixed row ids and keep what they were asked."""

    def __init__(self, *row_ids: int) -> None:
        self.row_ids = np.array(row_ids, dtype=np.int64)
        self.asked: list[tuple[int, list[int] | None]] = []

    def __call__(self, vector: NDArray[np.float32], k: int, allowed: NDArray[np.int64] | None) -> NDArray[np.int64]:
        self.asked.append((k, None if allowed is None else allowed.tolist()))
        return self.row_ids


def catalog_of(*skills_by_row: list[str]) -> Catalog:
    """Candidates with row ids 100, 101, … in slots 0, 1, …"""
    catalog = Catalog(2)
    for place, skills in enumerate(skills_by_row):
        catalog.put(Entry(100 + place, 1, f"candidates/{place}", side(candidate(dict.fromkeys(skills)))))
    return catalog


def retrieved(
    catalog: Catalog,
    neighbours: Neighbours,
    allowed: NDArray[np.int64] | None = None,
    query: Profile | None = None,
    body: NDArray[np.float32] = BODY,
    rarity: NDArray[np.float32] | None = None,
    target: Kind = Kind.CANDIDATE,
    **config: int,
) -> list[int]:
    """Slots retrieved for a posting that asks for sql."""
    weights = even_rarity() if rarity is None else rarity
    settings = RetrieveConfig(**{"pool_size": 1, **config})
    query = posting(("sql", E, None)) if query is None else query
    slots = retrieve(query, body, catalog, allowed, neighbours, SPACE, weights, settings, target)
    assert slots.dtype == np.int64
    return list(slots.tolist())


def test_dense_neighbours_and_sharers_of_skills_are_united_in_ascending_order() -> None:
    catalog = catalog_of(["welding"], ["mysql"], ["welding"], ["databases"], ["welding"])
    assert retrieved(catalog, Recorded(104, 101)) == [1, 3, 4]


def test_neighbours_that_the_catalog_does_not_hold_are_passed_over() -> None:
    catalog = catalog_of(["welding"], ["welding"], ["welding"])
    assert retrieved(catalog, Recorded(102, -1, 999)) == [2]


def test_filtered_slots_reach_the_index_as_row_ids_and_nothing_else_comes_back() -> None:
    catalog = catalog_of(["sql"], ["sql"], ["welding"], ["welding"])
    neighbours = Recorded(103)
    assert retrieved(catalog, neighbours, np.array([1, 2, 3]), dense=7) == [1, 3]
    assert neighbours.asked == [(7, [101, 102, 103])]


def test_without_a_filter_the_index_is_asked_without_ids() -> None:
    neighbours = Recorded()
    retrieved(catalog_of(["sql"], ["sql"]), neighbours)
    assert neighbours.asked == [(100, None)]


def test_a_small_filtered_set_is_scored_whole() -> None:
    catalog = catalog_of(*[["welding"]] * 6)
    neighbours = Recorded(100)
    assert retrieved(catalog, neighbours, np.array([1, 3, 5]), pool_size=3) == [1, 3, 5]
    assert retrieved(catalog, neighbours, NOTHING, pool_size=3) == []
    assert retrieved(catalog, neighbours, pool_size=6) == [0, 1, 2, 3, 4, 5]
    assert neighbours.asked == []
    assert retrieved(catalog, neighbours, np.array([1, 3, 5]), pool_size=2) == [0]  # one more than fits: asked


def test_a_removed_document_is_not_scored_even_when_all_are() -> None:
    catalog = catalog_of(["sql"], ["sql"], ["sql"])
    catalog.remove(101)
    assert retrieved(catalog, Recorded(), pool_size=10) == [0, 2]


def test_a_query_without_text_is_answered_by_its_skills() -> None:
    neighbours = Recorded(100)
    assert retrieved(catalog_of(["welding"], ["sql"]), neighbours, body=vector(0, 0)) == [1]
    assert neighbours.asked == []


def test_a_query_without_skills_is_answered_by_its_text() -> None:
    assert retrieved(catalog_of(["welding"], ["sql"]), Recorded(100), query=posting()) == [0]


def test_a_query_with_neither_finds_nothing() -> None:
    assert retrieved(catalog_of(["welding"], ["sql"]), Recorded(100), query=posting(), body=vector(0, 0)) == []


def test_soft_skills_alone_retrieve_nobody() -> None:
    query = posting(("communication", E, None))
    assert retrieved(catalog_of(["communication"], ["sql"]), Recorded(), query=query) == []


def test_heavier_shared_skills_come_first() -> None:
    catalog = catalog_of(["databases"], ["python"], ["sql"], ["sql", "python"], ["welding"])
    query = posting(("sql", E, None), ("python", E, None))
    # weights: databases 0.3 (of kin to sql), python 1, sql 1, both 2
    assert retrieved(catalog, Recorded(), query=query, skills=1) == [3]
    assert retrieved(catalog, Recorded(), query=query, skills=3) == [1, 2, 3]
    assert retrieved(catalog, Recorded(), query=query, skills=9) == [0, 1, 2, 3]
    assert retrieved(catalog, Recorded(), query=query, skills=0) == []


def test_what_else_a_candidate_can_do_is_no_reason_to_pass_them_over() -> None:
    many = ["sql", "python", "welding", "water", "cod-test", "it"]
    query = posting(("sql", E, None), ("python", E, None))
    assert retrieved(catalog_of(["sql"], many, ["welding"]), Recorded(), query=query, skills=1) == [1]


def test_a_posting_that_asks_for_much_else_does_not_crowd_out_one_that_fits() -> None:
    catalog = Catalog(2)
    for place, skills in enumerate((["sql", "python", "welding", "water", "it"], ["sql"], ["welding"])):
        demand = [(skill, E, None) for skill in skills]
        catalog.put(Entry(100 + place, 1, f"postings/{place}", side(posting(*demand))))
    found = retrieved(catalog, Recorded(), query=candidate({"sql": None}), target=Kind.POSTING, postings=1)
    assert found == [1]  # all it asks for, against a fifth


def test_equal_weights_are_cut_by_row_id_whatever_the_slots() -> None:
    catalog = catalog_of(*[["sql"]] * 40)
    catalog.remove(100)
    catalog.put(Entry(500, 1, "candidates/late", side(candidate({"sql": None}))))  # takes slot 0
    assert retrieved(catalog, Recorded(), skills=3) == [1, 2, 3]


def test_k_beyond_the_catalog_is_allowed() -> None:
    index = ExactIndex(2)
    index.add(np.array([100, 101]), np.array([[1, 0], [0, 1]], dtype=np.float32))
    got = retrieved(
        catalog_of(["welding"], ["welding"]), lambda v, k, ids: index.search(v[None, :], k, ids).ids[0], dense=50
    )
    assert got == [0, 1]


@pytest.mark.parametrize("field", ["dense", "pool_size"])
def test_config_refuses_to_score_nothing(field: str) -> None:
    with pytest.raises(ValueError, match=field):
        RetrieveConfig(**{field: 0})


# --- recall --------------------------------------------------------------------------------------------------------

N_DOCUMENTS, N_QUERIES, DIM = 3000, 40, 64


class Synthetic:
    """Documents of 60 occupations over the starter taxonomy: skills and vectors scatter about those of the occupation."""

    def __init__(self, seed: int, *, texts_follow_skills: bool) -> None:
        self.rng = np.random.default_rng(seed)
        self.space = SkillSpace(load_starter())
        self.hard = np.flatnonzero(~self.space.soft)
        self.skills = [self.rng.choice(self.hard, 25, replace=False) for _ in range(60)]
        self.centres = self.rng.standard_normal((60, DIM)) * texts_follow_skills

    def document(self, kind: Kind) -> Side:
        """A random document of a random occupation; a fifth of its skills are of no occupation."""
        occupation = int(self.rng.integers(60))
        n_own, n_other = self.rng.integers(2, 13), self.rng.integers(0, 4)
        own = self.rng.choice(self.skills[occupation], n_own, replace=False)
        named = np.unique(np.concatenate([own, self.rng.choice(self.hard, n_other)])).astype(np.int32)
        levels = self.rng.integers(0, 5, len(named)).astype(np.int8)
        none = np.zeros(0, np.int32)
        demand, supply = (named, none) if kind is Kind.POSTING else (none, named)
        profile = Profile(
            kind=kind,
            demand_skills=demand,
            demand_importance=(self.rng.random(len(demand)) < 0.3).astype(np.int8),
            demand_levels=levels[: len(demand)],
            supply_skills=supply,
            supply_levels=levels[: len(supply)],
            overlap_skills=named,
            education=None,
            experience_years=None,
        )
        return Side(profile, self._near(occupation), self._near(occupation))

    def _near(self, occupation: int) -> NDArray[np.float32]:
        raw = self.centres[occupation] + self.rng.standard_normal(DIM)
        unit: NDArray[np.float32] = (raw / np.linalg.norm(raw)).astype(np.float32)
        return unit


@pytest.mark.parametrize("texts_follow_skills", [True, False])
@pytest.mark.parametrize(
    ("asked", "sought"),
    [(Kind.POSTING, Kind.CANDIDATE), (Kind.CANDIDATE, Kind.POSTING), (Kind.CANDIDATE, Kind.CANDIDATE)],
)
def test_retrieval_keeps_the_top_ten_of_scoring_everything(
    asked: Kind, sought: Kind, texts_follow_skills: bool
) -> None:
    world = Synthetic(20261122, texts_follow_skills=texts_follow_skills)
    catalog, index = Catalog(DIM), ExactIndex(DIM)
    for row_id in range(N_DOCUMENTS):
        catalog.put(Entry(row_id, 1, str(row_id), world.document(sought)))
    everyone = catalog.slots_in_use()
    index.add(everyone, catalog.pool(everyone).bodies)
    weight = rarity([catalog], len(world.space))
    pair = load_weights().pair(asked, sought)
    kept = 0
    for _ in range(N_QUERIES):
        query = world.document(asked)
        score = scores(part_values(query, catalog.pool(everyone), world.space, weight), pair)
        best = set(np.lexsort((everyone, -score))[:10].tolist())
        found = retrieve(
            query.profile,
            query.body,
            catalog,
            None,
            lambda v, k, ids: index.search(v[None, :], k, ids).ids[0],
            world.space,
            weight,
            RetrieveConfig(),
            sought,
        )
        assert len(found) <= 900
        kept += len(best & set(found.tolist()))
    assert kept / (10 * N_QUERIES) >= 0.98
