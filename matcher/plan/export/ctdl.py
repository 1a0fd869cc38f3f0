"""A bundle as CTDL-style JSON-LD (Credential Transparency Description Language, Credential Engine, 2024 releases).

Enters: a bundle to file. Leaves: a graph of one `ceterms:MicroCredential` and its `ceterms:Course`s. "Style": identifiers (CTID)
are made of our names and are in no registry, and what the registry asks for and no text says (owner's CTID, web page) is left
out, not invented.
"""

from __future__ import annotations

import uuid
from typing import Final

from matcher.domain.bundle import BundleCourse, BundleSkill
from matcher.plan.export.record import (
    FiledBundle,
    Json,
    json_text,
    label_map,
    language_of,
    localized,
    plain,
    taught_skills,
)

CONTEXT: Final = "https://credreg.net/ctdl/schema/context/json"
NAMESPACE: Final = uuid.UUID("0b9f8a52-6c7e-5d43-9a1e-3f6f1f1b7c55")


def ctdl_of(filed: FiledBundle) -> str:
    """The graph as JSON text. Labels stand in every language that the taxonomy has; titles in their own."""
    bundle_courses = [c for c in filed.bundle.courses if c.stored]
    graph: Json = {"@context": CONTEXT, "@graph": [_credential(filed), *(_course(filed, c) for c in bundle_courses)]}
    return json_text(graph)


def ctid(address: str) -> str:
    """Identifier of a resource, the same for the same address."""
    return f"ce-{uuid.uuid5(NAMESPACE, address)}"


def _credential(filed: FiledBundle) -> Json:
    bundle = filed.bundle
    address = filed.address(filed.name or "credentials/draft")
    credential: Json = {
        "@id": address,
        "@type": "ceterms:MicroCredential",
        "ceterms:ctid": ctid(address),
        "ceterms:name": localized(bundle.title),
        "ceterms:description": localized(bundle.summary or bundle.title),
        "ceterms:inLanguage": sorted({language_of(c.title) for c in bundle.courses if c.title}),
        "ceterms:hasPart": [filed.address(c.name) for c in bundle.courses],
        "ceterms:requires": [
            {
                "@type": "ceterms:ConditionProfile",
                "ceterms:targetLearningOpportunity": [filed.address(c.name) for c in bundle.courses],
                "ceterms:targetCompetency": [_alignment(filed, s) for s in taught_skills(filed.bundle)],
            }
        ],
        "ceterms:occupationType": [
            {
                "@type": "ceterms:CredentialAlignmentObject",
                "ceterms:targetNode": filed.address(f"occupations/{o.id}"),
                "ceterms:targetNodeName": label_map(o.labels),
                "ceterms:frameworkName": {"en": plain(filed.taxonomy)},
            }
            for o in bundle.occupations
            if o.id
        ],
    }
    if bundle.hours:
        credential["ceterms:estimatedDuration"] = [_duration(bundle.hours)]
    if bundle.credits:
        credential["ceterms:creditValue"] = [_credits(bundle.credits)]
    if filed.issuer:
        credential["ceterms:offeredBy"] = [
            {"@type": "ceterms:CredentialOrganization", "ceterms:name": localized(filed.issuer)}
        ]
    return credential


def _course(filed: FiledBundle, course: BundleCourse) -> Json:
    address = filed.address(course.name)
    taught = [s for s in taught_skills(filed.bundle) if s.course == course.name]
    found: Json = {
        "@id": address,
        "@type": "ceterms:Course",
        "ceterms:ctid": ctid(address),
        "ceterms:name": localized(course.title or course.name),
        "ceterms:teaches": [_alignment(filed, s) for s in taught],
    }
    if course.hours:
        found["ceterms:estimatedDuration"] = [_duration(course.hours)]
    if course.credits:
        found["ceterms:creditValue"] = [_credits(course.credits)]
    if course.after or course.entry:
        found["ceterms:prerequisite"] = [_prerequisite(filed, course)]
    if course.assessment:
        told = " ".join(plain(e.quote) for e in course.assessment)
        found["ceterms:assessmentMethodDescription"] = localized(told)
    return found


def _alignment(filed: FiledBundle, skill: BundleSkill) -> Json:
    alignment: Json = {
        "@type": "ceterms:CredentialAlignmentObject",
        "ceterms:targetNode": filed.address(f"skills/{skill.met_by}"),
        "ceterms:targetNodeName": label_map(skill.met_by_labels),
        "ceterms:codedNotation": skill.met_by,
        "ceterms:frameworkName": {"en": plain(filed.taxonomy)},
    }
    if skill.weight:
        alignment["ceterms:weight"] = round(skill.weight, 6)
    return alignment


def _prerequisite(filed: FiledBundle, course: BundleCourse) -> Json:
    profile: Json = {"@type": "ceterms:ConditionProfile"}
    if course.after:
        profile["ceterms:targetLearningOpportunity"] = [filed.address(name) for name in course.after]
    if course.entry:
        profile["ceterms:condition"] = {language_of(" ".join(course.entry)): [plain(e) for e in course.entry]}
    return profile


def _duration(hours: float) -> Json:
    """Teaching hours as an ISO 8601 duration."""
    whole, part = divmod(round(hours * 60), 60)
    return {
        "@type": "ceterms:DurationProfile",
        "ceterms:exactDuration": f"PT{whole}H{part}M" if part else f"PT{whole}H",
    }


def _credits(credits_: float) -> Json:
    return {
        "@type": "ceterms:ValueProfile",
        "schema:value": credits_,
        "ceterms:description": {"zh": "学分", "en": "credits"},
    }
