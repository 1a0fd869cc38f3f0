"""Occupations of a cohort: a title counts when the posting asks for a skill of that occupation's own field."""

from __future__ import annotations

import pytest

from matcher.config import Settings
from matcher.configured_taxonomy import configured_taxonomy
from matcher.domain.bundle import TargetOccupation
from matcher.target_occupations import target_occupations
from matcher.taxonomy import OccupationSearch, Taxonomy


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    return configured_taxonomy(Settings().taxonomy)


def found(taxonomy: Taxonomy, *postings: tuple[str, set[str]]) -> list[TargetOccupation]:
    return list(target_occupations(postings, OccupationSearch(taxonomy), taxonomy))


def test_titles_are_counted_by_occupation_most_postings_first(taxonomy: Taxonomy) -> None:
    operator, analyst = {"activated-sludge-process"}, {"reagent-preparation"}
    got = found(
        taxonomy,
        ("水质化验员", analyst),
        ("水处理运行工", operator),
        ("水处理运行工（污水厂）", operator),
        ("水处理运行工", operator),
    )
    assert [(o.id, o.n_postings, o.titles) for o in got] == [
        ("water-treatment-operator", 3, ("水处理运行工", "水处理运行工（污水厂）")),
        ("laboratory-analyst", 1, ("水质化验员",)),
    ]
    assert got[0].labels["en"] == "water treatment operator"


def test_a_title_without_a_skill_of_its_field_names_no_occupation(taxonomy: Taxonomy) -> None:
    (got,) = found(taxonomy, ("水处理运行工", {"python"}), ("集控值班员", {"dcs-operation", "operation-logging"}))
    assert (got.id, dict(got.labels), got.n_postings) == ("", {}, 2)


@pytest.mark.parametrize("title", ["", "   ", "***", "怪" * 500, "没有这种岗位"])
def test_what_is_no_title_is_counted_apart(taxonomy: Taxonomy, title: str) -> None:
    (got,) = found(taxonomy, (title, {"python"}))
    assert (got.id, got.n_postings) == ("", 1)
    assert all(t.strip() for t in got.titles)
