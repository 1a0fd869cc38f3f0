"""GetOccupation, ListOccupations, SearchOccupations, and relations in GetSkill, over the wire."""

from __future__ import annotations

import grpc
import pytest

from matcher._gen.skillmatch.v1 import taxonomy_pb2 as tax
from matcher.serve.client import ServiceClient, error_info
from tests.rpc.messages import refusal


def test_an_occupation_names_its_skills_with_label_and_level(client: ServiceClient) -> None:
    request = tax.GetOccupationRequest(name="occupations/data-analyst", language="en")
    reply = client.taxonomy.GetOccupation(request)
    assert {(t.language, t.text) for t in reply.occupation.labels} == {("zh", "数据分析师"), ("en", "data analyst")}
    sql = {s.skill: s for s in reply.occupation.essential}["skills/sql"]
    assert (sql.label, sql.level) == ("SQL", tax.PROFICIENCY_PROFICIENT)
    assert {s.skill for s in reply.occupation.essential}.isdisjoint(s.skill for s in reply.occupation.optional)
    assert [(c.scheme, c.code) for c in reply.occupation.codes] == [(tax.OCCUPATION_SCHEME_ISCO_08, "2511")]
    assert reply.taxonomy_version.startswith("starter-")


@pytest.mark.parametrize(("language", "label"), [("", "数据分析"), ("zh", "数据分析"), ("en", "data analysis")])
def test_skills_of_an_occupation_are_labelled_in_the_language_asked_for(
    client: ServiceClient, language: str, label: str
) -> None:
    request = tax.GetOccupationRequest(name="occupations/data-analyst", language=language)
    essential = client.taxonomy.GetOccupation(request).occupation.essential
    assert {s.skill: s.label for s in essential}["skills/data-analysis"] == label


@pytest.mark.parametrize(
    ("title", "score"),
    [
        ("数据治理工程师", 1.0),
        ("Data Governance Engineer", 1.0),
        ("数据治理专家", 0.98),
        ("资深数据治理师（杭州）", 0.96),
    ],
)
def test_variants_of_a_title_find_one_occupation(client: ServiceClient, title: str, score: float) -> None:
    best = client.taxonomy.SearchOccupations(tax.SearchOccupationsRequest(query=title)).results[0]
    assert (best.occupation.name, best.score) == ("occupations/data-governance-engineer", score)
    assert best.matched_title


def test_a_misspelt_title_is_found(client: ServiceClient) -> None:
    best = client.taxonomy.SearchOccupations(tax.SearchOccupationsRequest(query="data govrnance enginer")).results[0]
    assert best.occupation.name == "occupations/data-governance-engineer"
    assert 0 < best.score < 0.6


def test_lists_and_searches_come_in_pages_without_gap_or_repeat(client: ServiceClient) -> None:
    whole = client.taxonomy.ListOccupations(tax.ListOccupationsRequest(page_size=1000))
    names = [o.name for o in whole.occupations]
    assert names == sorted(names)
    assert whole.total_size == len(names) > 4
    assert whole.next_page_token == ""
    paged, token = [], ""
    for _ in range(2):
        reply = client.taxonomy.ListOccupations(tax.ListOccupationsRequest(page_size=2, page_token=token))
        paged += [o.name for o in reply.occupations]
        token = reply.next_page_token
    assert paged == names[:4]
    with pytest.raises(grpc.RpcError) as error:
        client.taxonomy.ListOccupations(tax.ListOccupationsRequest(page_size=3, page_token=token))
    assert error_info(refusal(error)).reason == "PAGE_TOKEN_OF_ANOTHER_REQUEST"
    search = tax.SearchOccupationsRequest(query="工程师", page_size=2)
    first = client.taxonomy.SearchOccupations(search)
    search.page_token = first.next_page_token
    second = client.taxonomy.SearchOccupations(search)
    found = [r.occupation.name for r in (*first.results, *second.results)]
    assert len(set(found)) == 4


def test_a_list_may_be_of_one_field(client: ServiceClient) -> None:
    reply = client.taxonomy.ListOccupations(tax.ListOccupationsRequest(field="data-ai", page_size=1000))
    assert "occupations/data-analyst" in {o.name for o in reply.occupations}
    assert {o.field for o in reply.occupations} == {"data-ai"}
    assert client.taxonomy.ListOccupations(tax.ListOccupationsRequest(field="none")).total_size == 0


def test_an_unknown_occupation_is_not_found(client: ServiceClient) -> None:
    with pytest.raises(grpc.RpcError) as error:
        client.taxonomy.GetOccupation(tax.GetOccupationRequest(name="occupations/alchemist"))
    assert error.value.code() is grpc.StatusCode.NOT_FOUND


def test_a_skill_names_its_prerequisites_and_substitutes(client: ServiceClient) -> None:
    react = client.taxonomy.GetSkill(tax.GetSkillRequest(name="skills/react")).skill
    found = {(r.type, r.skill): r.strength for r in react.relations}
    assert found[tax.RELATION_TYPE_PREREQUISITE, "skills/javascript"] == 1.0
    assert 0 < found[tax.RELATION_TYPE_SUBSTITUTE, "skills/vue"] < 1
    assert react.owner == ""
