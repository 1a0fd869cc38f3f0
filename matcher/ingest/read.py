"""RawDocument → Document: the one way in.

Enters: a document as a client gives it, as text or as a file's bytes. Leaves: a redacted Document with title, sections,
facts and languages, and warnings about how it was read. Refuses (InvalidDocument, naming field and limit): bad ids and
facts, empty, oversized, binary or wrongly encoded content, unreadable files, and texts of personal data only.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from matcher.domain.document import REDACTION_MARK, Document, Kind, RawDocument, ReadWarning
from matcher.errors import InvalidDocument
from matcher.ingest.facts import parse_facts
from matcher.ingest.files import HTML, file_text
from matcher.ingest.fold import fold
from matcher.ingest.identity import content_hash, derived_id
from matcher.ingest.language import languages_of
from matcher.ingest.limits import check_not_blank, check_raw, check_text
from matcher.ingest.markup import strip_markup
from matcher.ingest.privacy import demand_warnings, redact
from matcher.ingest.sections import split_sections
from matcher.ingest.title import find_title, plain_title

_TEXT_TYPES: Final = re.compile(r"(?:text/[a-z0-9.+-]+)?(?:\s*;.*)?", re.IGNORECASE)


def read_document(raw: RawDocument, *, as_of: date | None = None) -> tuple[Document, tuple[ReadWarning, ...]]:
    """Read one document.

    Args:
        raw: the document; given title and facts win over what the text says.
        as_of: the day that "present" in a résumé's date ranges means; today when None.

    Returns:
        (document, warnings). Offsets in the document are code points of `Document.text`, which equals the sent text but
        for redaction marks; of HTML and of files they are offsets into the text read from them.

    Raises:
        InvalidDocument: see the module's first paragraph.
    """
    check_raw(raw)
    sent, warnings = _text_of(raw)
    digest = content_hash(raw, raw.text or sent)
    redacted, redactions = redact(sent, raw.kind)
    if redactions:
        check_not_blank(redacted)
    warnings += demand_warnings(redactions)
    shadow = fold(redacted)
    title, title_span = (
        (plain_title(raw.title, raw.kind), None) if raw.title.strip() else find_title(redacted, shadow, raw.kind)
    )
    if raw.title.strip() and title != raw.title.strip():
        warnings += (ReadWarning("TITLE_REDACTED", "the given title held personal data or markup, which was cut"),)
    sections = split_sections(redacted, shadow, raw.kind, title_span)
    facts = parse_facts(redacted, shadow, raw.kind, sections, raw.facts, as_of or date.today())
    document = Document(
        kind=raw.kind,
        id=raw.id or derived_id(digest),
        title=title,
        text=redacted,
        languages=languages_of(redacted),
        sections=sections,
        facts=facts,
        content_hash=digest,
        redactions=redactions,
    )
    return document, warnings


def _text_of(raw: RawDocument) -> tuple[str, tuple[ReadWarning, ...]]:
    """The text to read, checked, and what the reader should know about it."""
    field = "document.content" if raw.content else "document.text"
    if raw.content:
        text = file_text(raw.content, raw.media_type)
    elif _TEXT_TYPES.fullmatch(raw.media_type):
        text = raw.text
    else:
        raise InvalidDocument(
            "this media type needs content, not text", field="document.media_type", limit="text/* with text"
        )
    check_text(text, field)
    warnings: tuple[ReadWarning, ...] = ()
    bare = strip_markup(text, declared=raw.media_type.lower().startswith(HTML))
    if bare is not None and bare != text:
        text = bare
        warnings += (ReadWarning("MARKUP_REMOVED", "HTML was removed; offsets refer to the text without it"),)
        check_text(text, field)
    n_lost = text.count("\ufffd")
    if n_lost:
        warnings += (
            ReadWarning("CHARACTERS_LOST", f"{n_lost} characters were already replaced by U+FFFD when the text came"),
        )
    if raw.kind is not Kind.CANDIDATE and REDACTION_MARK in text:
        warnings += (ReadWarning("ALREADY_REDACTED", "the text came with redaction marks in it"),)
    return text, warnings
