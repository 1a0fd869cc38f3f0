"""Differences between two releases, each kind by an example."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matcher.domain.occupation import Occupation
from matcher.domain.skill import Skill, SkillKind
from matcher.domain.skill_relation import RelationType, SkillRelation
from matcher.taxonomy import Taxonomy, TaxonomyDiff, diff_taxonomies, load_starter
from matcher.taxonomy.release_diff import AliasChange, Merged, Moved, Reclassified, Relabelled, Split


def skill(id_: str, zh: str, *aliases: str, broader: tuple[str, ...] = ("root",)) -> Skill:
    return Skill(id_, SkillKind.HARD, "f", {"zh": zh}, {"zh": aliases} if aliases else {}, broader)


ROOT = skill("root", "根", broader=())
WELD, TEST, OFFICE = (
    skill("weld", "焊接", "电焊", "气焊"),
    skill("test", "测试"),
    skill("office", "办公", "表格", "文档"),
)
OLD = [ROOT, WELD, TEST, OFFICE]


def changes(*new: Skill, old: list[Skill] | None = None) -> TaxonomyDiff:
    return diff_taxonomies(Taxonomy("t-1", old or OLD), Taxonomy("t-2", new))


def only(diff: TaxonomyDiff, *names: str) -> bool:
    return {name for name, count in diff.counts().items() if count} == set(names)


def test_equal_content_is_no_difference_whatever_the_release_is_called() -> None:
    diff = changes(*reversed(OLD))
    assert diff.is_empty
    assert (diff.old_version.split("+")[0], diff.new_version.split("+")[0]) == ("t-1", "t-2")


def test_skills_that_came_and_went() -> None:
    diff = changes(ROOT, WELD, OFFICE, skill("paint", "喷涂"))
    assert (diff.added, diff.removed) == (("paint",), ("test",))
    assert only(diff, "added", "removed")


def test_another_label() -> None:
    diff = changes(ROOT, WELD, replace(TEST, labels={"zh": "检测", "en": "testing"}), OFFICE)
    assert diff.relabelled == (Relabelled("test", "en", "", "testing"), Relabelled("test", "zh", "测试", "检测"))
    assert only(diff, "relabelled")


def test_another_place_in_the_tree() -> None:
    diff = changes(ROOT, WELD, replace(TEST, broader=("office", "root")), OFFICE)
    assert diff.moved == (Moved("test", ("root",), ("office", "root")),)
    assert only(diff, "moved")
    both = [replace(TEST, broader=("office", "root")) if s is TEST else s for s in OLD]
    assert changes(ROOT, WELD, replace(TEST, broader=("root", "office")), OFFICE, old=both).is_empty


def test_another_kind_field_or_definition() -> None:
    diff = changes(
        ROOT,
        replace(WELD, kind=SkillKind.TOOL),
        replace(TEST, field_code="g"),
        replace(OFFICE, definitions={"zh": "。"}),
    )
    assert diff.reclassified == (Reclassified("test", "hard, f", "hard, g"), Reclassified("weld", "hard, f", "tool, f"))
    assert diff.redefined == ("office",)
    assert only(diff, "reclassified", "redefined")


def test_aliases_that_came_and_went_and_one_that_became_exact() -> None:
    new = replace(WELD, aliases={"zh": ("电焊", "氩弧焊"), "en": ("MIG",)}, exact_forms=frozenset({"MIG"}))
    diff = changes(ROOT, new, TEST, OFFICE)
    assert diff.aliases == (AliasChange("weld", "en", ("=MIG",), ()), AliasChange("weld", "zh", ("氩弧焊",), ("气焊",)))
    again = changes(ROOT, replace(new, exact_forms=frozenset()), TEST, OFFICE, old=[ROOT, new, TEST, OFFICE])
    assert again.aliases == (AliasChange("weld", "en", ("MIG",), ("=MIG",)),)


def test_a_skill_whose_names_went_to_another_is_merged_into_it() -> None:
    diff = changes(ROOT, replace(WELD, aliases={"zh": ("电焊", "气焊", "测试")}), OFFICE)
    assert diff.merged == (Merged(("test",), "weld"),)
    assert diff.successor("test") == "weld"
    assert diff.successor("office") == ""


def test_two_skills_may_become_one_new_one() -> None:
    diff = changes(ROOT, OFFICE, skill("craft", "焊接", "电焊", "测试"))
    assert diff.merged == (Merged(("test", "weld"), "craft"),)
    assert diff.split == ()


def test_a_skill_that_lost_most_of_its_names_is_merged_into_none() -> None:
    diff = changes(ROOT, TEST, OFFICE, skill("gas", "气焊"))
    assert diff.merged == ()
    assert diff.removed == ("weld",)


@pytest.mark.parametrize("kept", [True, False])
def test_a_skill_whose_names_are_several_skills_now_is_split(kept: bool) -> None:
    parts = [skill("sheets", "表格"), skill("words", "文档")]
    rest = [skill("office", "办公")] if kept else []
    diff = changes(ROOT, WELD, TEST, *rest, *parts)
    assert diff.split == (Split("office", ("office", "sheets", "words") if kept else ("sheets", "words")),)


def test_an_alias_that_moved_between_skills_that_stayed_is_no_split() -> None:
    diff = changes(ROOT, replace(WELD, aliases={"zh": ("电焊",)}), replace(TEST, aliases={"zh": ("气焊",)}), OFFICE)
    assert (diff.split, diff.merged) == ((), ())
    assert only(diff, "aliases")


def test_relations_and_occupations_that_came_went_and_changed() -> None:
    def relation(to: str, strength: float) -> SkillRelation:
        return SkillRelation("weld", RelationType.SUBSTITUTE, to, strength)

    work = [Occupation(id_, "f", {"zh": id_}, {}) for id_ in ("a", "b")]
    old = Taxonomy("t-1", OLD, [relation("test", 0.5), relation("office", 0.5)], work)
    new = Taxonomy(
        "t-2",
        OLD,
        [relation("test", 0.6), SkillRelation("test", RelationType.PREREQUISITE, "weld", 1.0)],
        [replace(work[1], labels={"zh": "乙"}), Occupation("c", "f", {"zh": "c"}, {})],
    )
    diff = diff_taxonomies(old, new)
    assert diff.relations_added == ("prerequisite test → weld",)
    assert diff.relations_removed == ("substitute weld → office",)
    assert diff.relations_changed == ("substitute weld → test 0.5 → 0.6",)
    assert (diff.occupations_added, diff.occupations_removed, diff.occupations_changed) == (("c",), ("a",), ("b",))


def test_the_starter_does_not_differ_from_itself() -> None:
    assert diff_taxonomies(load_starter(), load_starter()).is_empty
