"""Credit of substitutes and prerequisites, beside the credit that the tree gives."""

from __future__ import annotations

import pytest

from matcher.domain.skill import Skill, SkillKind
from matcher.domain.skill_relation import RelationType, SkillRelation
from matcher.errors import InvalidTaxonomy
from matcher.taxonomy import Taxonomy

SUBSTITUTE, PREREQUISITE = RelationType.SUBSTITUTE, RelationType.PREREQUISITE


def skill(id_: str, *broader: str, kind: SkillKind = SkillKind.HARD) -> Skill:
    return Skill(id_, kind, "f", {"en": id_}, {}, broader)


SKILLS = [
    skill("root"),
    skill("web", "root"),
    skill("vue", "web"),
    skill("nuxt", "vue"),
    skill("react", "web"),
    skill("next", "react"),
    skill("languages", kind=SkillKind.LANGUAGE),
    skill("english", "languages", kind=SkillKind.LANGUAGE),
    skill("cet-6", "english", kind=SkillKind.CERTIFICATE),
]


def credits_of(required: str, *relations: SkillRelation) -> dict[str, float]:
    return dict(Taxonomy("t", SKILLS, relations).related(required))


def test_without_relations_credit_is_that_of_the_tree() -> None:
    assert credits_of("vue") == {"vue": 1.0, "nuxt": 0.95, "web": 0.3}


def test_a_substitute_gives_its_strength_one_way_and_one_step_only() -> None:
    relation = SkillRelation("vue", SUBSTITUTE, "react", 0.6)
    assert credits_of("vue", relation) == {"vue": 1.0, "nuxt": 0.95, "react": 0.6, "web": 0.3}
    assert credits_of("react", relation) == {"react": 1.0, "next": 0.95, "web": 0.3}
    chain = (relation, SkillRelation("react", SUBSTITUTE, "next", 1.0))
    assert "next" not in credits_of("vue", *chain)


@pytest.mark.parametrize(("strength", "credit"), [(0.2, 0.3), (0.5, 0.5), (1.0, 1.0)])
def test_where_the_tree_gives_credit_too_the_greater_counts(strength: float, credit: float) -> None:
    assert credits_of("vue", SkillRelation("vue", SUBSTITUTE, "web", strength))["web"] == credit


def test_credits_stay_in_order_of_worth() -> None:
    found = Taxonomy("t", SKILLS, [SkillRelation("vue", SUBSTITUTE, "react", 0.97)]).related("vue")
    assert list(found) == ["vue", "react", "nuxt", "web"]


def test_a_prerequisite_gives_no_credit_either_way() -> None:
    relation = SkillRelation("next", PREREQUISITE, "vue", 1.0)
    assert credits_of("next", relation) == credits_of("next")
    assert credits_of("vue", relation) == credits_of("vue")


def test_a_certificate_may_stand_in_for_a_language_and_the_other_way_round() -> None:
    assert credits_of("cet-6", SkillRelation("cet-6", SUBSTITUTE, "english", 0.5))["english"] == 0.5


@pytest.mark.parametrize(
    ("relations", "field"),
    [
        ([SkillRelation("vue", SUBSTITUTE, "svelte", 0.5)], "to"),
        ([SkillRelation("vue", SUBSTITUTE, "react", 1.5)], "strength"),
        ([SkillRelation("vue", SUBSTITUTE, "react", 0.5), SkillRelation("vue", SUBSTITUTE, "react", 0.6)], "to"),
        ([SkillRelation("vue", SUBSTITUTE, "root", 0.5)], "to"),
        ([SkillRelation("root", SUBSTITUTE, "vue", 0.5)], "to"),
        ([SkillRelation("cet-6", SUBSTITUTE, "vue", 0.5)], "to"),
        ([SkillRelation("vue", PREREQUISITE, "react", 1.0), SkillRelation("react", PREREQUISITE, "vue", 1.0)], "to"),
    ],
)
def test_relations_that_contradict_the_skills_are_refused(relations: list[SkillRelation], field: str) -> None:
    with pytest.raises(InvalidTaxonomy) as caught:
        Taxonomy("t", SKILLS, relations)
    assert caught.value.field == field
