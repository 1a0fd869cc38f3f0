"""Proto ↔ domain, one function per message. Enters: checked messages. Leaves: domain values, and back.

Absent stays absent in both directions. Refuses (InvalidDocument) a document whose kind is missing or contradicts its name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from google.protobuf.timestamp_pb2 import Timestamp
from google.type.date_pb2 import Date

from matcher._gen.skillmatch.v1 import document_pb2 as doc
from matcher._gen.skillmatch.v1 import taxonomy_pb2 as tax
from matcher.domain.document import (
    Delivery,
    EducationLevel,
    Facts,
    Kind,
    RawDocument,
    ReadWarning,
    Salary,
    SectionKind,
    Truncation,
)
from matcher.domain.skill import SkillMention, UnlinkedPhrase
from matcher.errors import InvalidDocument
from matcher.store import StoredDocument, WriteOutcome
from matcher.taxonomy import Taxonomy

KINDS = {
    Kind.CANDIDATE: doc.KIND_CANDIDATE,
    Kind.POSTING: doc.KIND_POSTING,
    Kind.COURSE: doc.KIND_COURSE,
}
KIND_BY_NUMBER = {number: kind for kind, number in KINDS.items()}
OUTCOMES = {
    WriteOutcome.CREATED: doc.WRITE_OUTCOME_CREATED,
    WriteOutcome.UPDATED: doc.WRITE_OUTCOME_UPDATED,
    WriteOutcome.UNCHANGED: doc.WRITE_OUTCOME_UNCHANGED,
}
DELIVERIES = {
    Delivery.ONSITE: doc.DELIVERY_ONSITE,
    Delivery.ONLINE: doc.DELIVERY_ONLINE,
    Delivery.BLENDED: doc.DELIVERY_BLENDED,
}
DELIVERY_BY_NUMBER = {number: delivery for delivery, number in DELIVERIES.items()}
SCALARS = ("region", "experience_years", "hours", "credits", "practice_share", "organisation", "cost_fen", "openings")
DAYS = ("valid_from", "valid_until")


def section_name(kind: SectionKind) -> str:
    """Wire name of a section kind; OTHER is unspecified."""
    return "SECTION_KIND_UNSPECIFIED" if kind is SectionKind.OTHER else f"SECTION_KIND_{kind.name}"


def raw_document(message: doc.Document) -> RawDocument:
    """An input document.

    Raises:
        InvalidDocument: KIND_MISSING, or KIND_CONTRADICTS_NAME.
    """
    collection, _, document_id = message.name.partition("/")
    named = Kind(collection.removesuffix("s")) if document_id else None
    given = KIND_BY_NUMBER.get(message.kind)
    kind = named or given
    if kind is None:
        raise InvalidDocument(
            "say what the document is: give `kind`, or a `name` such as postings/my-id",
            reason="KIND_MISSING",
            field="document.kind",
            limit="candidate, posting or course",
        )
    if given is not None and given is not kind:
        raise InvalidDocument("`kind` contradicts `name`", reason="KIND_CONTRADICTS_NAME", field="document.kind")
    return RawDocument(
        kind=kind,
        id=document_id,
        title=message.title,
        text=message.text,
        content=message.content,
        media_type=message.media_type,
        facts=facts_from(message.facts),
    )


def facts_from(message: doc.Facts) -> Facts:
    """Given facts; absent ones are unknown."""
    salary = None
    if message.HasField("salary"):
        ends = [getattr(message.salary, f) if message.salary.HasField(f) else None for f in _SALARY_ENDS]
        if ends != [None, None]:
            salary = Salary(message.salary.currency, *ends)
    scalars: dict[str, Any] = {name: getattr(message, name) for name in SCALARS if message.HasField(name)}
    days: dict[str, Any] = {name: _day(getattr(message, name), name) for name in DAYS if message.HasField(name)}
    return Facts(
        education=EducationLevel(message.education) if message.education else None,
        delivery=DELIVERY_BY_NUMBER.get(message.delivery),
        salary=salary,
        prerequisites=tuple(message.prerequisites),
        start_dates=tuple(_day(day, "start_dates") for day in message.start_dates),
        tags=tuple(message.tags),
        **days,
        **scalars,
    )


def _day(message: Date, field: str) -> date:
    """A day of the calendar.

    Raises:
        InvalidDocument: there is no such day, such as the 30th of February or one without a year.
    """
    try:
        return date(message.year, message.month, message.day)
    except ValueError:
        raise InvalidDocument(
            "a date is no day of the calendar", field=f"document.facts.{field}", limit="year 1-9999, month and day"
        ) from None


def _date_to(day: date) -> Date:
    return Date(year=day.year, month=day.month, day=day.day)


_SALARY_ENDS: tuple[str, str] = ("monthly_min_minor", "monthly_max_minor")


def facts_to(facts: Facts) -> doc.Facts:
    """Known facts; unknown ones stay absent."""
    message = doc.Facts(
        prerequisites=facts.prerequisites, start_dates=map(_date_to, facts.start_dates), tags=facts.tags
    )
    for name in DAYS:
        if (day := getattr(facts, name)) is not None:
            getattr(message, name).CopyFrom(_date_to(day))
    for name in SCALARS:
        if (value := getattr(facts, name)) is not None:
            setattr(message, name, value)
    if facts.education is not None:
        message.education = int(facts.education)  # type: ignore[assignment]
    if facts.delivery is not None:
        message.delivery = DELIVERIES[facts.delivery]
    if facts.salary is not None:
        message.salary.currency = facts.salary.currency
        for end in _SALARY_ENDS:
            if (amount := getattr(facts.salary, end)) is not None:
                setattr(message.salary, end, amount)
    return message


def document_summary(stored: StoredDocument) -> doc.Document:
    """A stored document without text, sections and mentions, as listings show it."""
    document = stored.document
    return doc.Document(
        name=document.name,
        kind=KINDS[document.kind],
        title=document.title,
        facts=facts_to(document.facts),
        languages=document.languages,
        content_hash=document.content_hash,
        create_time=_timestamp(stored.create_time),
        update_time=_timestamp(stored.update_time),
    )


def document_full(stored: StoredDocument, taxonomy: Taxonomy, language: str = "zh") -> doc.Document:
    """A stored document with everything."""
    message = document_summary(stored)
    document = stored.document
    if (truncation := truncation_to(stored.truncation)) is not None:
        message.truncation.CopyFrom(truncation)
    message.text = document.text
    message.mentions.extend(mentions_to(stored.mentions, taxonomy, language))
    message.unlinked_phrases.extend(phrases_to(stored.phrases))
    for section in document.sections:
        span = doc.Span(start=section.span.start, end=section.span.end)
        message.sections.add(kind=section_name(section.kind), span=span, heading=section.heading)
    for redaction in document.redactions:
        span = doc.Span(start=redaction.span.start, end=redaction.span.end)
        message.redactions.add(category=redaction.category, span=span)
    return message


def mentions_to(mentions: Iterable[SkillMention], taxonomy: Taxonomy, language: str) -> list[tax.SkillMention]:
    """Mentions with labels; one whose skill left the taxonomy is labelled by its words."""
    return [
        tax.SkillMention(
            skill=f"skills/{m.skill_id}",
            label=taxonomy.get(m.skill_id).label(language) if m.skill_id in taxonomy else m.surface,
            surface=m.surface,
            start=m.span.start,
            end=m.span.end,
            confidence=m.confidence,
            importance=f"IMPORTANCE_{m.importance.name}",
            level=int(m.level or 0),  # type: ignore[arg-type]
            years=m.years,
            version=m.version,
            rank=f"RANK_{m.rank.name}" if m.rank else tax.RANK_UNSPECIFIED,
            found_by=f"FOUND_BY_{m.found_by.name}",
            implied_by=f"skills/{m.implied_by}" if m.implied_by else "",
            wished=m.wished,
        )
        for m in mentions
    ]


def phrases_to(phrases: Iterable[UnlinkedPhrase]) -> list[tax.UnlinkedPhrase]:
    """Words that look like skills and are in no taxonomy."""
    return [
        tax.UnlinkedPhrase(surface=p.surface, start=p.span.start, end=p.span.end, cluster=p.cluster) for p in phrases
    ]


def truncation_to(truncation: Truncation | None) -> doc.Truncation | None:
    """What of a text the model did not read; None, which leaves the field absent, when it read all."""
    return None if truncation is None else doc.Truncation(**asdict(truncation))


def warnings_to(warnings: Iterable[ReadWarning]) -> list[doc.Warning]:
    """Warnings."""
    return [doc.Warning(code=w.code, detail=w.detail) for w in warnings]


def _timestamp(moment: datetime) -> Timestamp:
    message = Timestamp()
    message.FromDatetime(moment)
    return message
