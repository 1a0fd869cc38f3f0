"""Documents to store: one with every field set, and a builder of small ones."""

from __future__ import annotations

import hashlib
from types import MappingProxyType

import numpy as np

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
from matcher.domain.skill import Importance, Proficiency, SkillMention
from matcher.store import DocumentVectors, PreparedDocument

DIM = 4

FULL = Document(
    kind=Kind.COURSE,
    id="digital-twin-01",
    title="数字孪生 Digital Twin 🌊 “O'Reilly”; DROP TABLE documents;--",
    text="课程█████目标：\n掌握Python。\tCafé naïve ﬁn 𝒳\x00 \u2028end 😀",
    languages=("zh", "en"),
    sections=(
        Section(SectionKind.OBJECTIVES, Span(0, 11), "课程目标"),
        Section(SectionKind.CONTENT, Span(11, 40)),
    ),
    facts=Facts(
        region="上海",
        education=EducationLevel.ASSOCIATE,
        experience_years=0.0,
        salary=Salary("CNY", 800000, None),
        hours=48.5,
        credits=3.0,
        practice_share=0.625,
        delivery=Delivery.BLENDED,
        prerequisites=("高等数学", "C语言 “基础”"),
        organisation="某某学院",
        spans=MappingProxyType({"region": Span(0, 2), "hours": Span(3, 7)}),
    ),
    content_hash="ab" * 32,
    redactions=(Redaction("name", Span(2, 7)), Redaction("phone", Span(8, 9))),
)
_START = FULL.text.index("Python")
FULL_MENTIONS = (
    SkillMention(
        "python",
        "Python",
        Span(_START, _START + 6),
        0.875,
        Importance.ESSENTIAL,
        Proficiency.FAMILIAR,
        SectionKind.OBJECTIVES,
    ),
    SkillMention(
        "emoji", "😀", Span(len(FULL.text) - 1, len(FULL.text)), 0.1, Importance.STATED, None, SectionKind.OTHER
    ),
)


def vectors(first: float) -> DocumentVectors:
    """Two vectors that tell which document they are of."""
    title, body = np.full(DIM, first, np.float32), np.arange(DIM, dtype=np.float32) + np.float32(first)
    return DocumentVectors(title, body)


def small(
    document_id: str, text: str = "熟悉Python", *, kind: Kind = Kind.CANDIDATE, title: str = "t", number: float = 1.0
) -> PreparedDocument:
    """A document whose content hash follows from its text, with one mention of its first word."""
    document = Document(
        kind=kind,
        id=document_id,
        title=title,
        text=text,
        languages=("zh",),
        sections=(Section(SectionKind.SKILLS, Span(0, len(text))),),
        facts=Facts(),
        content_hash=hashlib.sha256(f"{kind}{title}{text}".encode()).hexdigest(),
    )
    mention = SkillMention("python", text[:2], Span(0, 2), 0.9, Importance.STATED, None, SectionKind.SKILLS)
    return PreparedDocument(document, (mention,), vectors(number))
