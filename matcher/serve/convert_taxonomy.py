"""Taxonomy values → proto. Enters: skills and occupations. Leaves: messages. Absent stays absent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from matcher._gen.skillmatch.v1 import taxonomy_pb2 as tax
from matcher.domain.document import EducationLevel
from matcher.domain.ladders import FirmGrade, ProfessionalTitle, QualificationLevel, WorkerGrade
from matcher.domain.occupation import Occupation, OccupationScheme, OccupationSkill
from matcher.domain.skill_relation import RelationType
from matcher.extract import RungMention
from matcher.taxonomy import Taxonomy

RELATION_TYPES = {
    RelationType.PREREQUISITE: tax.RELATION_TYPE_PREREQUISITE,
    RelationType.SUBSTITUTE: tax.RELATION_TYPE_SUBSTITUTE,
}
LADDERS = {
    WorkerGrade: tax.LADDER_WORKER_GRADE,
    QualificationLevel: tax.LADDER_QUALIFICATION_LEVEL,
    ProfessionalTitle: tax.LADDER_PROFESSIONAL_TITLE,
    EducationLevel: tax.LADDER_EDUCATION,
    FirmGrade: tax.LADDER_FIRM_GRADE,
}
SCHEMES = {
    OccupationScheme.ISCO_08: tax.OCCUPATION_SCHEME_ISCO_08,
    OccupationScheme.CN_2022: tax.OCCUPATION_SCHEME_CN_2022,
    OccupationScheme.ONET_SOC: tax.OCCUPATION_SCHEME_ONET_SOC,
}


def rungs_to(rungs: Iterable[RungMention]) -> list[tax.RungMention]:
    """Rungs of ladders named in a text."""
    return [
        tax.RungMention(
            ladder=LADDERS[type(mention.rung)],
            rung=mention.rung.name,
            firm=mention.rung.firm if isinstance(mention.rung, FirmGrade) else "",
            surface=mention.surface,
            start=mention.span.start,
            end=mention.span.end,
        )
        for mention in rungs
    ]


def skill_to(skill_id: str, taxonomy: Taxonomy) -> tax.Skill:
    """A taxonomy concept with its relations."""
    skill = taxonomy.get(skill_id)
    return tax.Skill(
        name=skill.name,
        kind=f"SKILL_KIND_{skill.kind.name}",
        field=skill.field_code,
        labels=localized(skill.labels),
        aliases=localized_lists(skill.aliases),
        broader=[f"skills/{parent}" for parent in skill.broader],
        definitions=localized(skill.definitions),
        relations=[
            tax.SkillRelation(type=RELATION_TYPES[r.type], skill=f"skills/{r.to_id}", strength=r.strength)
            for r in taxonomy.relations_of(skill_id)
        ],
        owner=skill.owner,
    )


def occupation_to(occupation: Occupation, taxonomy: Taxonomy, language: str) -> tax.Occupation:
    """An occupation; its skills are labelled in `language`."""
    return tax.Occupation(
        name=occupation.name,
        field=occupation.field_code,
        labels=localized(occupation.labels),
        aliases=localized_lists(occupation.aliases),
        essential=_skills_to(occupation.essential, taxonomy, language),
        optional=_skills_to(occupation.optional, taxonomy, language),
        definitions=localized(occupation.definitions),
        codes=[tax.OccupationCode(scheme=SCHEMES[scheme], code=code) for scheme, code in occupation.codes.items()],
    )


def localized(texts: Mapping[str, str]) -> list[tax.LocalizedText]:
    """One text per language."""
    return [tax.LocalizedText(language=language, text=text) for language, text in texts.items()]


def localized_lists(texts: Mapping[str, Iterable[str]]) -> list[tax.LocalizedText]:
    """Any number of texts per language."""
    return [tax.LocalizedText(language=language, text=text) for language, found in texts.items() for text in found]


def _skills_to(skills: Iterable[OccupationSkill], taxonomy: Taxonomy, language: str) -> list[tax.OccupationSkill]:
    return [
        tax.OccupationSkill(
            skill=f"skills/{s.skill_id}",
            label=taxonomy.get(s.skill_id).label(language),
            level=int(s.level or 0),  # type: ignore[arg-type]
        )
        for s in skills
    ]
