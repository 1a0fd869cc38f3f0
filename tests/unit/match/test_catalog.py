"""The catalog agrees with a plain dict through any history of writes."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.domain.document import Kind
from matcher.domain.skill import Skill, SkillKind
from matcher.domain.task_skill import TaskSkill
from matcher.match.catalog import FIRST_CAPACITY, PRIOR_DOCUMENTS, Catalog, Entry, rarity
from matcher.match.skillspace import SkillSpace
from matcher.taxonomy import Taxonomy
from tests.unit.match.small_world import IDS, NUMBER, SPACE, E, candidate, even_rarity, posting, rarity_of, side, vector

DIM = 2


def entry(row_id: int, revision: int, skills: list[str]) -> Entry:
    """A candidate whose vectors tell its row and revision."""
    of = candidate(dict.fromkeys(skills))
    return Entry(row_id, revision, f"candidates/{row_id}", side(of, vector(row_id, revision), vector(revision, row_id)))


operations = st.lists(
    st.tuples(st.booleans(), st.integers(1, 9), st.lists(st.sampled_from(IDS), max_size=4, unique=True)), max_size=40
)


@settings(max_examples=120, deadline=None)
@given(operations)
def test_catalog_agrees_with_a_dict_after_every_operation(history: list[tuple[bool, int, list[str]]]) -> None:
    catalog, model = Catalog(DIM), dict[int, Entry]()
    most = 0
    for revision, (is_put, row_id, skills) in enumerate(history, start=1):
        if is_put:
            was = catalog.slot_by_row_id.get(row_id)
            model[row_id] = entry(row_id, revision, skills)
            slot = catalog.put(model[row_id])
            assert was in (None, slot)  # replaced in place
        else:
            was = catalog.slot_by_row_id.get(row_id)
            assert catalog.remove(row_id) == was
            model.pop(row_id, None)
        most = max(most, len(model))
        _assert_equal(catalog, model)
        assert catalog.n_slots == most  # freed slots are used again


def _assert_equal(catalog: Catalog, model: dict[int, Entry]) -> None:
    assert len(catalog) == len(model)
    slots = catalog.slots_in_use()
    assert slots.tolist() == sorted(catalog.slot_by_row_id.values())
    assert sorted(catalog.row_ids[slots].tolist()) == sorted(model)
    together = catalog.pool(slots)
    for place, slot in enumerate(slots.tolist()):
        expected = model[int(catalog.row_ids[slot])]
        held = catalog.side(slot)
        assert catalog.names[slot] == expected.name
        assert catalog.revisions[slot] == expected.revision
        assert catalog.skills_named[slot] == len(expected.side.profile.overlap_skills)
        assert held.profile is expected.side.profile is together.profiles[place]
        for rows, vectors in [(held.title, together.titles[place]), (expected.side.title, held.title)]:
            assert rows.tolist() == vectors.tolist()
        assert held.body.tolist() == together.bodies[place].tolist() == expected.side.body.tolist()
    counts = catalog.skill_counts(len(SPACE))
    for skill in range(len(SPACE)):
        having = [r for r, e in model.items() if skill in e.side.profile.overlap_skills]
        assert catalog.with_skill(skill).tolist() == sorted(catalog.slot_by_row_id[r] for r in having)
        assert counts[skill] == len(having)


def test_catalog_grows_past_its_first_capacity_without_losing_a_row() -> None:
    catalog = Catalog(DIM)
    n = FIRST_CAPACITY * 2 + 5
    of = side(candidate({"sql": None}))
    for row_id in range(n):
        catalog.put(Entry(row_id, row_id + 1, str(row_id), type(of)(of.profile, vector(row_id, 0), vector(0, row_id))))
    assert len(catalog) == catalog.n_slots == n
    assert catalog.row_ids[:n].tolist() == list(range(n))
    assert catalog.revisions[:n].tolist() == list(range(1, n + 1))
    assert (catalog.row_ids[n:] == -1).all()
    assert (catalog.skills_named[:n] == 1).all()
    everyone = catalog.pool(catalog.slots_in_use())
    assert everyone.titles[:, 0].tolist() == everyone.bodies[:, 1].tolist() == list(range(n))
    assert len(catalog.with_skill(NUMBER["sql"])) == n


def test_a_removed_document_leaves_nothing_behind() -> None:
    catalog = Catalog(DIM)
    slot = catalog.put(entry(7, 1, ["sql"]))
    assert catalog.remove(7) == slot
    assert catalog.names[slot] == ""
    assert catalog.row_ids[slot] == -1
    assert catalog.skills_named[slot] == 0
    assert not catalog._titles.any()
    assert not catalog._bodies.any()
    with pytest.raises(IndexError):
        catalog.side(slot)
    with pytest.raises(IndexError):
        catalog.pool(np.array([slot]))
    assert catalog.remove(7) is None


def test_a_posting_is_found_by_what_it_demands() -> None:
    catalog = Catalog(DIM)
    catalog.put(Entry(1, 1, "postings/1", side(posting(("sql", E, None)))))
    assert catalog.side(0).profile.kind is Kind.POSTING
    assert catalog.with_skill(NUMBER["sql"]).tolist() == [0]


def test_rarity_by_hand() -> None:
    people, courses = Catalog(DIM), Catalog(DIM)
    people.put(entry(1, 1, ["sql", "python"]))
    people.put(entry(2, 1, ["sql"]))
    courses.put(entry(3, 1, ["sql"]))
    weight = rarity([people, courses], len(SPACE))
    assert weight.dtype == np.float32
    assert weight[NUMBER["sql"]] == pytest.approx(0.2)  # in all three
    assert weight[NUMBER["python"]] == pytest.approx(0.2 + 0.8 * math.log(4 / 2) / math.log(4))  # 0.6
    assert weight[NUMBER["welding"]] == pytest.approx(1.0)  # in none


def test_rarity_of_an_empty_store_is_even() -> None:
    assert rarity([Catalog(DIM)], 3).tolist() == [1.0, 1.0, 1.0]
    assert rarity([], 3).tolist() == [1.0, 1.0, 1.0]


def test_rarity_with_a_prior_by_hand() -> None:
    people = Catalog(DIM)
    people.put(entry(1, 1, ["sql"]))
    people.put(entry(2, 1, ["python"]))
    prevalence = np.zeros(len(SPACE), dtype=np.float32)
    prevalence[NUMBER["sql"]] = 0.5
    weight = rarity([people], len(SPACE), prevalence)
    n = 2 + PRIOR_DOCUMENTS
    for skill, df in (("sql", 1 + PRIOR_DOCUMENTS * 0.5), ("python", 1), ("welding", 0)):
        expected = 0.2 + 0.8 * math.log((n + 1) / (df + 1)) / math.log(n + 1)
        assert weight[NUMBER[skill]] == pytest.approx(expected)
    # named by one document each: only the prior tells the generic skill from the specific one
    assert weight[NUMBER["sql"]] < weight[NUMBER["python"]]


def test_a_prior_counts_in_an_empty_store_and_hardly_in_a_large_one() -> None:
    prevalence = np.array([1.0, 0.0, 0.0], dtype=np.float32)
    assert rarity([], 3, prevalence).tolist() == [pytest.approx(0.2), 1.0, 1.0]
    assert rarity([], 3, np.zeros(3, dtype=np.float32)).tolist() == [1.0, 1.0, 1.0]
    gaps = []
    for size in (10, 1000):
        large = Catalog(DIM)
        for row in range(size):
            large.put(entry(row, 1, ["sql"] if row % 10 == 0 else ["python"]))
        prior = np.zeros(len(SPACE), dtype=np.float32)
        prior[NUMBER["sql"]] = 1.0
        with_prior = rarity([large], len(SPACE), prior)[NUMBER["sql"]]
        gaps.append(float(rarity([large], len(SPACE))[NUMBER["sql"]] - with_prior))
    assert gaps[0] > 0.3
    assert 0 < gaps[1] < 0.1


def test_prevalence_is_relative_to_what_is_named_most() -> None:
    skills = [Skill(id_, SkillKind.HARD, "f", {"en": id_}, {}) for id_ in ("a", "b", "c")]
    tasks = [TaskSkill("类", "class", name, name, id_, n) for name, id_, n in (("甲", "a", 50), ("乙", "c", 200))]
    space = SkillSpace(Taxonomy("t", skills, task_skills=tasks))
    assert space.prevalence.tolist() == [0.25, 0.0, 1.0]
    assert SkillSpace(Taxonomy("t", skills)).prevalence.tolist() == [0.0, 0.0, 0.0]


def test_the_weight_of_what_a_document_names_follows_its_skills_and_their_weights() -> None:
    catalog = Catalog(2)
    for row, skills in enumerate((["sql", "python"], ["welding"])):
        catalog.put(Entry(row, 1, f"candidates/{row}", side(candidate(dict.fromkeys(skills)))))
    weights = rarity_of(sql=0.5, welding=0.25)
    assert catalog.named_weights(weights).tolist() == [1.5, 0.25]
    assert catalog.named_weights(weights) is catalog.named_weights(weights)
    assert catalog.named_weights(even_rarity()).tolist() == [2.0, 1.0]
    catalog.put(Entry(1, 2, "candidates/1", side(candidate({"welding": None, "it": None}))))
    assert catalog.named_weights(weights).tolist() == [1.5, 1.25]
    catalog.remove(0)
    assert catalog.named_weights(weights).tolist() == [0.0, 1.25]
