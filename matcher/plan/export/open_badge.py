"""A bundle as an Open Badges 3.0 Achievement (1EdTech, Open Badges Specification 3.0, final release): what a badge is given for.

Enters: a bundle to file. Leaves: the `Achievement` as JSON-LD. It is the definition, not a credential: a badge of a person
(`AchievementCredential`) is issued and signed by the college. `criteria.narrative` is Markdown by the specification, so its text
is escaped; all other strings are plain text. Skills are alignments, `targetCode` is the taxonomy's id.
"""

from __future__ import annotations

from typing import Final

from matcher.domain.bundle import BundleSkill
from matcher.plan.export.record import FiledBundle, Json, json_text, markdown, plain, taught_skills
from matcher.plan.export.sheet_words import LEVELS, WORDS

CONTEXT: Final = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
]
ACHIEVEMENT_TYPE: Final = "MicroCredential"
ALIGNMENT_TYPE: Final = "CFItem"  # an item of a competency framework; our taxonomy is exported as CASE


def open_badge_of(filed: FiledBundle, language: str) -> str:
    """The achievement as JSON text."""
    bundle = filed.bundle
    achievement: Json = {
        "@context": CONTEXT,
        "id": filed.address(filed.name or "credentials/draft"),
        "type": ["Achievement"],
        "achievementType": ACHIEVEMENT_TYPE,
        "name": plain(bundle.title),
        "description": _description(filed, language),
        "criteria": {"narrative": _narrative(filed, language)},
        "inLanguage": language,
        "alignment": [_alignment(filed, s, language) for s in taught_skills(bundle)],
    }
    if bundle.credits:
        achievement["creditsAvailable"] = bundle.credits
    if filed.issuer:
        achievement["creator"] = {
            "id": filed.address("issuer"),
            "type": ["Profile"],
            "name": plain(filed.issuer),
        }
    if bundle.occupations:
        named = [o.labels.get(language) or o.labels.get("en", "") for o in bundle.occupations if o.labels]
        achievement["tag"] = [plain(label) for label in named]
    if filed.name:
        achievement["humanCode"] = filed.name
    return json_text(achievement)


def _description(filed: FiledBundle, language: str) -> str:
    bundle, words = filed.bundle, WORDS[language]
    figures = words["figures"].format(n=len(bundle.courses), hours=bundle.hours)
    return plain(f"{bundle.summary} {figures}" if bundle.summary else f"{bundle.title}: {figures}")


def _narrative(filed: FiledBundle, language: str) -> str:
    """Which courses are to be passed, in order, and how each is assessed."""
    words = WORDS[language]
    lines = []
    for number, course in enumerate(filed.bundle.courses, start=1):
        hours = f" ({course.hours:g} {words['course_hours']})" if course.hours else ""
        said = words["separator"].join(e.quote for e in course.assessment) or words["no_assessment"]
        lines.append(f"{number}. {markdown(course.title or course.name)}{hours}: {markdown(said)}")
    return "\n".join(lines)


def _alignment(filed: FiledBundle, skill: BundleSkill, language: str) -> Json:
    label = skill.met_by_labels.get(language) or skill.met_by_labels.get("en") or skill.met_by
    alignment: Json = {
        "type": ["Alignment"],
        "targetCode": skill.met_by,
        "targetName": plain(label),
        "targetType": ALIGNMENT_TYPE,
        "targetUrl": filed.address(f"skills/{skill.met_by}"),
        "targetFramework": plain(filed.taxonomy),
    }
    if skill.taught_level:
        alignment["targetDescription"] = LEVELS[language][skill.taught_level]
    return alignment
