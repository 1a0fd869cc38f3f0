"""The credit rule: hand-worked examples, and the same rule from either end."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.domain.skill import Proficiency
from matcher.match.credit import LEVEL_FACTOR, PARTIAL_AT, credit_of_demanders, credit_of_suppliers
from matcher.match.profile import Profile
from tests.unit.match.profiles import candidates, postings
from tests.unit.match.small_world import IDS, NUMBER, SPACE, TAXONOMY, E, candidate, posting

AWARE, FAMILIAR, PROFICIENT, EXPERT = Proficiency
Level = Proficiency | None


def credit_of(required: str, level: Level, shown: dict[str, Level]) -> tuple[float, str]:
    """Credit of one demand by one supplier, and the skill that gave it ("" for none)."""
    credit, met_by = credit_of_suppliers(posting((required, E, level)), [candidate(shown)], SPACE)
    return round(float(credit[0, 0]), 6), IDS[met_by[0, 0]] if met_by[0, 0] >= 0 else ""


@pytest.mark.parametrize(
    ("required", "level", "shown", "credit", "by"),
    [
        ("sql", None, {"sql": None}, 1.0, "sql"),
        ("sql", None, {"sql": AWARE}, 1.0, "sql"),  # a demand without a level is met by any showing
        ("sql", None, {"mysql": None}, 0.95, "mysql"),  # one narrower
        ("databases", None, {"mysql": None}, 0.85, "mysql"),  # two narrower
        ("sql", None, {"databases": None}, 0.3, "databases"),  # one broader
        ("mysql", None, {"databases": EXPERT}, 0.0, ""),  # two broader: 0.15 proves nothing
        ("mysql", None, {"postgres": EXPERT}, 0.0, ""),  # a sibling is not related
        ("databases", None, {"it": EXPERT}, 0.0, ""),  # a root gives nothing
        ("it", None, {"python": EXPERT}, 0.0, ""),  # and takes nothing
        ("negotiation", None, {"communication": None}, 0.0, ""),
        ("sql", None, {"welding": EXPERT}, 0.0, ""),
        ("sql", PROFICIENT, {"sql": None}, 0.85, "sql"),  # level unstated: never a full match of a level above familiar
        ("sql", FAMILIAR, {"sql": None}, 1.0, "sql"),
        ("sql", FAMILIAR, {"sql": AWARE}, 0.7, "sql"),
        ("sql", PROFICIENT, {"sql": FAMILIAR}, 0.8, "sql"),
        ("sql", PROFICIENT, {"sql": EXPERT}, 1.0, "sql"),
        ("sql", EXPERT, {"sql": PROFICIENT}, 0.85, "sql"),
        ("sql", EXPERT, {"sql": AWARE}, 0.3, "sql"),
        ("sql", EXPERT, {"mysql": FAMILIAR}, 0.57, "mysql"),  # 0.95 × 0.6
        ("sql", PROFICIENT, {"databases": None}, 0.255, "databases"),  # 0.3 × 0.85, just enough
        ("sql", PROFICIENT, {"databases": FAMILIAR}, 0.0, ""),  # 0.3 × 0.8 is below PARTIAL_AT
        ("sql", EXPERT, {"sql": AWARE, "mysql": EXPERT}, 0.95, "mysql"),  # the best of several counts
        ("sql", None, {"postgres": None, "mysql": None}, 0.95, "mysql"),  # a tie goes to the lowest number
        ("databases", None, {"sql": None, "databases": None, "mysql": None}, 1.0, "databases"),
    ],
)
def test_credit_worked_by_hand(required: str, level: Level, shown: dict[str, Level], credit: float, by: str) -> None:
    assert credit_of(required, level, shown) == (credit, by)


def test_level_factor_never_falls_with_the_level_shown_nor_rises_with_the_level_demanded() -> None:
    stated = LEVEL_FACTOR[:, 1:]
    assert (np.diff(stated, axis=1) >= 0).all()
    assert (np.diff(LEVEL_FACTOR, axis=0) <= 0).all()


def test_each_supplier_gets_its_own_credit() -> None:
    demand = posting(("sql", E, None), ("python", E, EXPERT))
    suppliers = [candidate({"welding": None}), candidate(), candidate({"python": None, "sql": None}), candidate()]
    credit, met_by = credit_of_suppliers(demand, suppliers, SPACE)
    assert credit.tolist() == [[0, 0], [0, 0], [1, 0.75], [0, 0]]
    assert met_by.tolist() == [[-1, -1], [-1, -1], [NUMBER["sql"], NUMBER["python"]], [-1, -1]]


def test_empty_profiles_earn_and_ask_nothing() -> None:
    some = candidate({"sql": None})
    for demand, suppliers in [(posting(), [some]), (posting(("sql", E, None)), []), (posting(), [])]:
        credit, met_by = credit_of_suppliers(demand, suppliers, SPACE)
        assert credit.shape == met_by.shape == (len(suppliers), len(demand.demand_skills))
    credit, met_by = credit_of_suppliers(posting(("sql", E, None)), [candidate(), candidate()], SPACE)
    assert credit.tolist() == [[0.0], [0.0]]
    assert met_by.tolist() == [[-1], [-1]]
    flat, lengths = credit_of_demanders(candidate(), [posting(("sql", E, None)), posting()], SPACE)
    assert flat.tolist() == [0.0]
    assert lengths.tolist() == [1, 0]
    flat, lengths = credit_of_demanders(some, [posting(), posting()], SPACE)
    assert len(flat) == lengths.sum() == 0
    assert credit_of_demanders(some, [], SPACE)[0].tolist() == []


def by_the_rule(demand: Profile, supply: Profile) -> list[float]:
    """The rule as the module states it, in plain Python."""
    result = []
    for skill, level in zip(demand.demand_skills, demand.demand_levels, strict=True):
        related = TAXONOMY.related(IDS[skill])
        each = [
            np.float32(related.get(IDS[s], 0.0)) * LEVEL_FACTOR[level, h]
            for s, h in zip(supply.supply_skills, supply.supply_levels, strict=True)
        ]
        best = max(each, default=np.float32(0))
        result.append(float(best) if best >= PARTIAL_AT else 0.0)
    return result


@settings(max_examples=150, deadline=None)
@given(st.lists(postings, max_size=4), st.lists(candidates, max_size=4))
def test_both_ends_follow_the_rule_exactly(demanders: list[Profile], suppliers: list[Profile]) -> None:
    expected = {(i, j): by_the_rule(d, s) for (i, d), (j, s) in product(enumerate(demanders), enumerate(suppliers))}
    for i, demand in enumerate(demanders):
        credit, met_by = credit_of_suppliers(demand, suppliers, SPACE)
        assert credit.tolist() == [expected[i, j] for j in range(len(suppliers))]
        assert ((met_by >= 0) == (credit > 0)).all()
        assert not ((credit > 0) & (credit < PARTIAL_AT)).any()
    for j, supply in enumerate(suppliers):
        flat, lengths = credit_of_demanders(supply, demanders, SPACE)
        assert flat.tolist() == [c for i in range(len(demanders)) for c in expected[i, j]]
        assert lengths.tolist() == [len(d.demand_skills) for d in demanders]


@settings(max_examples=100, deadline=None)
@given(postings, candidates)
def test_met_by_alone_gives_the_same_credit(demand: Profile, supply: Profile) -> None:
    credit, met_by = credit_of_suppliers(demand, [supply], SPACE)
    levels = dict(zip(supply.supply_skills.tolist(), supply.supply_levels.tolist(), strict=True))
    for row in np.flatnonzero(met_by[0] >= 0):
        level = levels[int(met_by[0, row])]
        alone = candidate({IDS[met_by[0, row]]: Proficiency(level) if level else None})
        assert credit_of_suppliers(demand, [alone], SPACE)[0][0, row] == credit[0, row]
