"""ExtractSkills, SearchSkills and GetSkill over the wire."""

from __future__ import annotations

import grpc
import pytest

from matcher._gen.skillmatch.v1 import taxonomy_pb2 as tax
from matcher.serve.client import ServiceClient, error_info
from tests.rpc.messages import refusal


def test_a_text_names_skills_with_spans_and_what_it_says_of_them(client: ServiceClient) -> None:
    text = "熟悉 Kubernetes 集群运维，有 Go 开发经验者优先，不要求英语"
    reply = client.taxonomy.ExtractSkills(tax.ExtractSkillsRequest(text=text))
    by_skill = {m.skill: m for m in reply.mentions}
    assert list(by_skill) == ["skills/kubernetes", "skills/go-programming", "skills/english"]
    assert all(text[m.start : m.end] == m.surface and 0 < m.confidence <= 1 for m in reply.mentions)
    assert by_skill["skills/kubernetes"].level == tax.PROFICIENCY_FAMILIAR
    assert by_skill["skills/go-programming"].importance == tax.IMPORTANCE_PREFERRED
    assert by_skill["skills/english"].importance == tax.IMPORTANCE_NEGATED
    assert reply.taxonomy_version.startswith("starter-")


def test_a_text_tells_years_version_what_a_certificate_implies_unknown_phrases_and_rungs(client: ServiceClient) -> None:
    text = "5年以上Java 8开发经验，熟悉FooBarQuux；持有PMP证书，高级工"
    reply = client.taxonomy.ExtractSkills(tax.ExtractSkillsRequest(text=text))
    by_skill = {m.skill: m for m in reply.mentions}
    java, implied = by_skill["skills/java"], by_skill["skills/project-management"]
    assert (java.years, java.version, java.found_by) == (5.0, "8", tax.FOUND_BY_ALIAS)
    assert not implied.HasField("years")
    assert (implied.found_by, implied.implied_by) == (tax.FOUND_BY_IMPLIED, "skills/pmp")
    assert text[implied.start : implied.end] == "PMP证书"
    assert [(p.surface, text[p.start : p.end]) for p in reply.unlinked_phrases] == [("FooBarQuux", "FooBarQuux")]
    assert [(r.ladder, r.rung, text[r.start : r.end]) for r in reply.rungs] == [
        (tax.LADDER_WORKER_GRADE, "SENIOR", "高级工")
    ]


@pytest.mark.parametrize(("language", "label"), [("", "英语"), ("zh", "英语"), ("en", "English")])
def test_labels_of_extracted_skills_are_in_the_language_asked_for(
    client: ServiceClient, language: str, label: str
) -> None:
    request = tax.ExtractSkillsRequest(text="Fluent English is required.", language=language)
    assert [m.label for m in client.taxonomy.ExtractSkills(request).mentions] == [label]


@pytest.mark.parametrize(
    ("query", "score"), [("Kubernetes", 1.0), ("kubernetes", 1.0), ("k8s", 0.98), ("容器编排", 0.98)]
)
def test_an_equal_label_is_found_first_and_an_equal_alias_nearly_so(
    client: ServiceClient, query: str, score: float
) -> None:
    best = client.taxonomy.SearchSkills(tax.SearchSkillsRequest(query=query)).results[0]
    assert (best.skill.name, best.score) == ("skills/kubernetes", score)


def test_a_misspelt_label_is_found_with_less_than_full_score(client: ServiceClient) -> None:
    best = client.taxonomy.SearchSkills(tax.SearchSkillsRequest(query="kubernets")).results[0]
    assert best.skill.name == "skills/kubernetes"
    assert 0.0 < best.score < 1.0


def test_search_pages_join_without_gap_or_repeat(client: ServiceClient) -> None:
    whole = client.taxonomy.SearchSkills(tax.SearchSkillsRequest(query="数据", page_size=9)).results
    paged: list[tax.SkillSearchResult] = []
    token = ""
    for _ in range(3):
        reply = client.taxonomy.SearchSkills(tax.SearchSkillsRequest(query="数据", page_size=3, page_token=token))
        paged += reply.results
        token = reply.next_page_token
    assert paged == list(whole)
    assert [r.score for r in paged] == sorted((r.score for r in paged), reverse=True)
    with pytest.raises(grpc.RpcError) as error:
        client.taxonomy.SearchSkills(tax.SearchSkillsRequest(query="水质", page_size=3, page_token=token))
    assert error_info(refusal(error)).reason == "PAGE_TOKEN_OF_ANOTHER_REQUEST"


def test_a_skill_names_its_labels_and_both_its_neighbours(client: ServiceClient) -> None:
    reply = client.taxonomy.GetSkill(tax.GetSkillRequest(name="skills/kubernetes"))
    assert {(t.language, t.text) for t in reply.skill.labels} == {("zh", "Kubernetes"), ("en", "Kubernetes")}
    assert reply.skill.kind == tax.SKILL_KIND_TOOL
    assert "skills/docker" in reply.skill.broader
    above = client.taxonomy.GetSkill(tax.GetSkillRequest(name="skills/docker"))
    assert "skills/kubernetes" in above.narrower
    assert list(above.narrower) == sorted(above.narrower)
