"""What the extractor says of a gold text, in the gold set's own terms.

Enters: an extractor and gold texts. Leaves: claims (a place and a skill) and the places of unknown phrases. Skills that a
certificate implies are left out, since the text does not name them. Of a list with one head ("产品/架构/系统设计") the extractor
claims spans from each item's words to the head, while the gold set marks each item's own words: the part of such a span that
belongs to no other claim is taken. It refuses a document whose text reading changes in length, as its spans would be shifted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from eval.skill_gold import GoldText
from matcher.domain.document import RawDocument, Span
from matcher.domain.skill import FoundBy, Importance, Proficiency, SkillMention
from matcher.extract import SkillExtractor
from matcher.extract.extractor import Extraction
from matcher.ingest import read_document

_JOINT: Final = r"(?:[\s/、,，&|;；和与及或]|以及|\b(?:and|or|of)\b)*"
_LEADING: Final = re.compile(_JOINT)
_TRAILING: Final = re.compile(_JOINT + r"$")


@dataclass(frozen=True, slots=True)
class Claim:
    """A skill that the extractor sees at a place. `confidence` in (0, 1]."""

    span: Span
    surface: str
    skill_id: str
    importance: Importance
    level: Proficiency | None
    years: float | None
    confidence: float
    found_by: FoundBy


@dataclass(frozen=True, slots=True)
class Prediction:
    """Claims by place, no two with one span and skill; places of phrases that are in no taxonomy."""

    claims: tuple[Claim, ...]
    phrases: tuple[Span, ...]


def predict(extractor: SkillExtractor, text: GoldText) -> Prediction:
    """What the extractor finds: in sentences as plain text, in documents with their sections.

    Raises:
        InvalidDocument: a document cannot be read.
        ValueError: reading changed the length of a document.
    """
    if text.kind is None:
        return prediction_of(extractor.extract_plain(text.text), text.text)
    document, _ = read_document(RawDocument(kind=text.kind, id=text.id, text=text.text))
    if len(document.text) != len(text.text):
        raise ValueError(f"{text.id}: the text as read has another length, so that spans cannot be compared")
    return prediction_of(extractor.extract(document), text.text)


def prediction_of(extraction: Extraction, text: str) -> Prediction:
    """Claims and phrases of an extraction; of several claims with one span and skill the surest is kept."""
    mentions = [m for m in extraction.mentions if m.found_by is not FoundBy.IMPLIED]
    phrases = tuple(phrase.span for phrase in extraction.phrases)
    named = [*(m.span for m in mentions if m.found_by is FoundBy.ALIAS), *phrases]
    best: dict[tuple[int, int, str], Claim] = {}
    for mention in mentions:
        claim = _claim(mention, own_words(mention.span, named, text) if mention.found_by is FoundBy.ALIAS else None)
        key = (claim.span.start, claim.span.end, claim.skill_id)
        if key not in best or claim.confidence > best[key].confidence:
            best[key] = claim
    return Prediction(tuple(best[key] for key in sorted(best)), phrases)


def own_words(span: Span, others: Iterable[Span], text: str) -> Span:
    """The first part of a span that no shorter span inside or across it holds, without joints at its ends.

    A span that no other crosses stays as it is, as does one of which nothing would be left.

    Args:
        span: from an item's own words to the shared head, or from the shared modifier to them.
        others: places of all names and phrases; the span itself may be among them.
        text: what the spans are of.
    """
    shorter = [
        other
        for other in others
        if other.start < span.end and span.start < other.end and other.end - other.start < span.end - span.start
    ]
    for start, end in _free_parts(span, shorter) if shorter else ():
        leading = _LEADING.match(text, start, end)
        first = leading.end() if leading else start
        trailing = _TRAILING.search(text[first:end])
        last = first + trailing.start() if trailing else end
        if first < last:
            return Span(first, last)
    return span


def _free_parts(span: Span, taken: Sequence[Span]) -> list[tuple[int, int]]:
    parts, at = [], span.start
    for other in sorted(taken, key=lambda other: other.start):
        if other.start > at:
            parts.append((at, other.start))
        at = max(at, other.end)
    return [*parts, (at, span.end)] if at < span.end else parts


def _claim(mention: SkillMention, span: Span | None) -> Claim:
    return Claim(
        span or mention.span,
        mention.surface,
        mention.skill_id,
        mention.importance,
        mention.level,
        mention.years,
        mention.confidence,
        mention.found_by,
    )
