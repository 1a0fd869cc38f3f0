"""Document fields ↔ JSON text. What has no column of its own goes through here; unknown stays absent."""

from __future__ import annotations

import json
from datetime import date
from types import MappingProxyType
from typing import Any

from matcher.domain.document import (
    Delivery,
    Document,
    EducationLevel,
    Facts,
    Kind,
    Redaction,
    Salary,
    Section,
    SectionKind,
    Span,
)

SCALAR_FACTS = (
    "region",
    "education",
    "experience_years",
    "hours",
    "credits",
    "practice_share",
    "delivery",
    "organisation",
    "cost_fen",
    "openings",
)
DATE_FACTS = ("valid_from", "valid_until")


def encode_payload(document: Document) -> str:
    """JSON text of languages, sections, facts and redactions."""
    facts = document.facts
    encoded: dict[str, Any] = {k: v for k in SCALAR_FACTS if (v := getattr(facts, k)) is not None}
    if facts.salary is not None:
        salary = facts.salary
        encoded["salary"] = [salary.currency, salary.monthly_min_minor, salary.monthly_max_minor]
    encoded.update({k: day.isoformat() for k in DATE_FACTS if (day := getattr(facts, k)) is not None})
    if facts.start_dates:
        encoded["start_dates"] = [day.isoformat() for day in facts.start_dates]
    if facts.tags:
        encoded["tags"] = facts.tags
    if facts.prerequisites:
        encoded["prerequisites"] = facts.prerequisites
    if facts.spans:
        encoded["spans"] = {k: [s.start, s.end] for k, s in facts.spans.items()}
    payload = {
        "languages": document.languages,
        "sections": [[s.kind, s.span.start, s.span.end, s.heading] for s in document.sections],
        "facts": encoded,
        "redactions": [[r.category, r.span.start, r.span.end] for r in document.redactions],
    }
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":"))


def decode_facts(encoded: dict[str, Any]) -> Facts:
    """Inverse of the `facts` part of `encode_payload`."""
    values: dict[str, Any] = {k: encoded[k] for k in SCALAR_FACTS if k in encoded}
    if "education" in values:
        values["education"] = EducationLevel(values["education"])
    if "delivery" in values:
        values["delivery"] = Delivery(values["delivery"])
    if "salary" in encoded:
        values["salary"] = Salary(*encoded["salary"])
    values.update({k: date.fromisoformat(encoded[k]) for k in DATE_FACTS if k in encoded})
    values["start_dates"] = tuple(date.fromisoformat(day) for day in encoded.get("start_dates", ()))
    values["tags"] = tuple(encoded.get("tags", ()))
    spans = MappingProxyType({k: Span(*v) for k, v in encoded.get("spans", {}).items()})
    return Facts(prerequisites=tuple(encoded.get("prerequisites", ())), spans=spans, **values)


def decode_document(name: str, title: str, text: str, content_hash: str, payload: str) -> Document:
    """Rebuilds a document from its columns."""
    collection, _, document_id = name.partition("/")
    data = json.loads(payload)
    return Document(
        kind=Kind(collection.removesuffix("s")),
        id=document_id,
        title=title,
        text=text,
        languages=tuple(data["languages"]),
        sections=tuple(Section(SectionKind(k), Span(a, b), h) for k, a, b, h in data["sections"]),
        facts=decode_facts(data["facts"]),
        content_hash=content_hash,
        redactions=tuple(Redaction(c, Span(a, b)) for c, a, b in data["redactions"]),
    )
