from __future__ import annotations

import time
from collections import Counter

import pytest

from matcher.domain.skill import SkillKind
from matcher.domain.skill_relation import RelationType
from matcher.taxonomy import Taxonomy, load_starter

FIELDS = {
    "software", "data-ai", "network-security", "electronics-chips", "mechatronics-cnc", "electric-vehicles", "water-environment",
    "logistics-ecommerce", "finance-accounting", "health-care", "tourism-hospitality", "social-work", "general",
}  # fmt: skip


@pytest.fixture(scope="module")
def starter() -> Taxonomy:
    return load_starter()


def test_starter_has_its_fields_each_with_at_least_65_skills_and_one_root(starter: Taxonomy) -> None:
    per_field = Counter(skill.field_code for skill in starter)
    assert set(per_field) >= FIELDS
    assert min(per_field.values()) >= 65
    roots = Counter(skill.field_code for skill in starter if starter.is_root(skill.id))
    assert {field: n for field, n in roots.items() if n != 1} == {}


def test_every_skill_has_both_labels_and_every_skill_but_roots_a_broader_one(starter: Taxonomy) -> None:
    assert [s.id for s in starter if set(s.labels) != {"zh", "en"}] == []
    assert [s.id for s in starter if not s.broader and not starter.is_root(s.id)] == []


def test_all_kinds_occur_and_aliases_are_three_a_skill(starter: Taxonomy) -> None:
    assert {skill.kind for skill in starter} == set(SkillKind)
    assert sum(len(forms) for skill in starter for forms in skill.aliases.values()) >= 3 * len(starter)


def test_version_says_starter_and_content(starter: Taxonomy) -> None:
    assert starter.version.startswith("starter-1+")
    assert load_starter().version == starter.version


def test_occupations_relations_and_task_skills_ship_with_it(starter: Taxonomy) -> None:
    assert all(set(o.labels) == {"zh", "en"} and o.essential for o in starter.occupations)
    assert {r.type for r in starter.relations} == set(RelationType)
    assert {t.category_zh for t in starter.task_skills} <= {
        "设计", "分析", "测试", "维护", "开发", "优化", "管理", "培训", "研发", "运营"
    }  # fmt: skip
    counts = starter.posting_counts()
    assert counts["requirements-analysis"] == max(counts.values()) == 8844
    assert counts["data-analysis"] == 6985
    assert "python" not in counts


def test_a_database_stands_in_for_another_but_what_comes_before_does_not(starter: Taxonomy) -> None:
    credit = starter.related("mysql")
    assert 0.25 <= credit["postgresql"] < 0.9
    assert starter.relations_of("spring-boot")[0].to_id == "java"
    java = {r.to_id: r.type for r in starter.relations_of("spring-boot")}["java"]
    assert java is RelationType.PREREQUISITE


def test_it_loads_in_less_than_0_4_s_of_processor_time() -> None:
    taken = []
    for _ in range(3):
        started = time.process_time()
        load_starter()
        taken.append(time.process_time() - started)
    assert min(taken) < 0.4
