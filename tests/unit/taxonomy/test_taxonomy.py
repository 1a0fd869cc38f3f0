from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.skill import Skill, SkillKind
from matcher.errors import InvalidTaxonomy, ResourceNotFound
from matcher.taxonomy import load_starter
from matcher.taxonomy.cycles import find_cycle
from matcher.taxonomy.taxonomy import Taxonomy


def skill(id_: str, *broader: str, kind: SkillKind = SkillKind.HARD, label: str = "") -> Skill:
    return Skill(id_, kind, "f", {"en": label or id_}, {}, broader)


# root ← databases ← sql ← mysql ← innodb; root ← talking (soft) ← negotiating (soft)
TREE = [
    skill("innodb", "mysql"),
    skill("mysql", "sql"),
    skill("sql", "databases"),
    skill("databases", "root"),
    skill("root"),
    skill("talking", "root", kind=SkillKind.SOFT),
    skill("negotiating", "talking", kind=SkillKind.SOFT),
    skill("alone"),
]


@pytest.fixture
def taxonomy() -> Taxonomy:
    return Taxonomy("t-1", TREE)


def test_iteration_is_in_id_order_whatever_the_input_order(taxonomy: Taxonomy) -> None:
    assert [s.id for s in taxonomy] == sorted(s.id for s in TREE)
    assert len(taxonomy) == 8
    assert "sql" in taxonomy
    assert "oracle" not in taxonomy


def test_version_names_release_and_content(taxonomy: Taxonomy) -> None:
    name, digest = taxonomy.version.split("+")
    assert (name, len(digest)) == ("t-1", 8)
    assert int(digest, 16) >= 0
    assert Taxonomy("t-1", reversed(TREE)).version == taxonomy.version
    assert Taxonomy("t-1", [*TREE[:-1], skill("alone", label="Alone")]).version != taxonomy.version


def test_unknown_skill_is_not_found_by_name(taxonomy: Taxonomy) -> None:
    for ask in (taxonomy.get, taxonomy.related, taxonomy.broader, taxonomy.narrower, taxonomy.is_root):
        with pytest.raises(ResourceNotFound) as caught:
            ask("oracle")
        assert caught.value.field == "name"


def test_closure_gives_depth_by_the_shortest_way(taxonomy: Taxonomy) -> None:
    assert dict(taxonomy.broader("innodb")) == {"mysql": 1, "sql": 2, "databases": 3, "root": 4}
    assert list(taxonomy.broader("innodb", max_depth=2)) == ["mysql", "sql"]
    assert dict(taxonomy.narrower("databases")) == {"sql": 1, "mysql": 2, "innodb": 3}
    assert dict(taxonomy.broader("alone")) == {}
    double = Taxonomy("d", [skill("a", "b", "c"), skill("b", "c"), skill("c")])
    assert dict(double.broader("a")) == {"b": 1, "c": 1}


@pytest.mark.parametrize(
    ("required", "expected"),
    [
        ("mysql", {"mysql": 1.0, "innodb": 0.95, "sql": 0.3, "databases": 0.15}),
        ("databases", {"databases": 1.0, "sql": 0.95, "mysql": 0.85}),
        ("root", {"root": 1.0}),
        ("negotiating", {"negotiating": 1.0}),
        ("talking", {"talking": 1.0, "negotiating": 0.95}),
        ("alone", {"alone": 1.0}),
    ],
)
def test_credit_is_high_below_low_above_and_none_through_roots_or_soft_skills(
    taxonomy: Taxonomy, required: str, expected: Mapping[str, float]
) -> None:
    assert dict(taxonomy.related(required)) == expected
    assert list(taxonomy.related(required)) == sorted(expected, key=lambda id_: (-expected[id_], id_))


@pytest.mark.parametrize(
    ("skills", "field"),
    [
        ([], ""),
        ([skill("a"), skill("b"), skill("a")], "id"),
        ([skill("a", "zz")], "broader"),
        ([skill("a", "b"), skill("b", "c"), skill("c", "a")], "broader"),
        ([skill("a", "a")], "broader"),
    ],
)
def test_broken_sets_are_refused(skills: list[Skill], field: str) -> None:
    with pytest.raises(InvalidTaxonomy) as caught:
        Taxonomy("bad", skills)
    assert caught.value.field == field


@given(st.dictionaries(st.integers(0, 12), st.lists(st.integers(0, 12), max_size=3), max_size=13))
def test_found_cycle_is_a_cycle_and_none_is_missed(graph: dict[int, list[int]]) -> None:
    edges = {str(node): tuple(map(str, above)) for node, above in graph.items()}
    cycle = find_cycle(edges)
    if cycle:
        assert cycle[0] == cycle[-1]
        assert all(above in edges.get(node, ()) for node, above in pairwise(cycle))
    else:
        left = {node: set(above) & set(edges) for node, above in edges.items()}
        while left:
            tops = {node for node, above in left.items() if not above}
            assert tops, "no cycle was found, but no node is without a broader one"
            left = {node: above - tops for node, above in left.items() if node not in tops}


def test_a_certificate_is_met_by_no_skill_but_a_skill_is_met_by_its_certificate() -> None:
    starter = load_starter()
    analyst = next(
        s for s in starter if s.kind is SkillKind.CERTIFICATE and s.broader and s.label("zh") == "化学检验员证书"
    )
    assert all(starter.get(other).kind is SkillKind.CERTIFICATE for other in starter.related(analyst.id))
    assert starter.related(analyst.broader[0])[analyst.id] == 0.95
