"""What a document may be: the limits, and the checks that hold a client's document to them.

Enters: a RawDocument or a text. Leaves: nothing, or the text's violations as InvalidDocument naming field and limit. It
repairs nothing: a document that breaks a limit is refused, never cut or padded.
"""

from __future__ import annotations

import math
import re
from typing import Final

from matcher.domain.document import REDACTION_MARK, Facts, Kind, RawDocument
from matcher.errors import InvalidDocument

# 200,000 code points are about 100 dense pages: the longest of 4,255 real documents has 45,000. Longer texts are books or mistakes.
MAX_TEXT_CHARS: Final = 200_000
MAX_CONTENT_BYTES: Final = 10 * 1024 * 1024
MAX_TITLE_CHARS: Final = 300
MAX_FACT_CHARS: Final = 300
MAX_PREREQUISITES: Final = 50
MAX_COST_FEN: Final = 10_000_000_000
MAX_OPENINGS: Final = 1_000_000
MAX_START_DATES: Final = 100
MAX_TAGS: Final = 50
MAX_EXPERIENCE_YEARS: Final = 80.0
MAX_HOURS: Final = 10_000.0
MAX_CREDITS: Final = 1_000.0

_ID: Final = re.compile(r"[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?")
ID_PATTERN: Final = f"^{_ID.pattern}$"
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MAX_CONTROL_SHARE: Final = 0.01
_LETTER_OR_DIGIT: Final = re.compile(r"[^\W_]")
# Two or more UTF-8 sequences of two to four bytes, each byte read as one Latin-1 or Windows-1252 character.
_MOJIBAKE: Final = re.compile("(?:[\u00c2-\u00df][\u0080-\u00bf]|[\u00e0-\u00ef][\u0080-\u00bf]{2}){3}")


def check_raw(raw: RawDocument) -> None:
    """Check everything but the text itself: kind, id, title, which of text and content is given, and given facts.

    Raises:
        InvalidDocument: naming the field (`document.id`, `document.facts.hours`, …) and the limit.
    """
    if not isinstance(raw.kind, Kind):
        raise InvalidDocument(
            "unknown kind", field="document.kind", limit="candidate, posting or course", reason="UNKNOWN_KIND"
        )
    check_id(raw.id)
    _check_short(raw.title, "document.title", MAX_TITLE_CHARS)
    if len(raw.content) > MAX_CONTENT_BYTES:
        raise InvalidDocument(
            "the content is too large", field="document.content", limit=f"{MAX_CONTENT_BYTES} bytes", reason="TOO_LARGE"
        )
    if raw.text and raw.content:
        raise InvalidDocument(
            "give text or content, not both", field="document.content", limit="one of text and content"
        )
    check_facts(raw.facts)


def check_id(document_id: str) -> None:
    """Accept "" (derive one) or an id of the allowed form.

    Raises:
        InvalidDocument: any other id.
    """
    if document_id and not _ID.fullmatch(document_id):
        raise InvalidDocument("the id has a wrong form", field="document.id", limit=ID_PATTERN, reason="BAD_ID")


def check_text(text: str, field: str = "document.text") -> None:
    """Hold a text to the limits: not empty, not too long, encodable, no binary, not in a wrong encoding.

    Raises:
        InvalidDocument: naming `field` and the limit.
    """
    if len(text) > MAX_TEXT_CHARS:
        raise InvalidDocument(
            "the text is too long", field=field, limit=f"{MAX_TEXT_CHARS} code points", reason="TOO_LARGE"
        )
    _check_encodable(text, field)
    if "\0" in text:
        raise InvalidDocument("the text holds NUL", field=field, limit="no NUL, text only", reason="BINARY_CONTENT")
    if len(_CONTROLS.findall(text)) > len(text) * _MAX_CONTROL_SHARE:
        raise InvalidDocument(
            "the text holds control characters, as binary data does",
            field=field,
            limit="1 % control characters",
            reason="BINARY_CONTENT",
        )
    if not _LETTER_OR_DIGIT.search(text):
        raise InvalidDocument(
            "the text is empty", field=field, limit="at least one letter or digit", reason="EMPTY_TEXT"
        )
    if not text.isascii() and max(text) <= "\u00ff" and _MOJIBAKE.search(text):
        raise InvalidDocument(
            "the text is UTF-8 that was read as Latin-1",
            field=field,
            limit="correctly decoded text",
            reason="WRONG_ENCODING",
        )


def check_not_blank(redacted: str) -> None:
    """Refuse a text of which only redaction marks and punctuation are left.

    Raises:
        InvalidDocument: nothing readable is left.
    """
    if not _LETTER_OR_DIGIT.search(redacted.replace(REDACTION_MARK, "")):
        raise InvalidDocument(
            "nothing is left of the text once personal data is cut",
            field="document.text",
            limit="at least one letter or digit that is not personal data",
            reason="EMPTY_AFTER_REDACTION",
        )


def check_facts(facts: Facts) -> None:
    """Hold given facts to their ranges.

    Raises:
        InvalidDocument: NaN, infinite, negative or too large numbers, a salary without or with crossed ends, long texts.
    """
    _check_number(facts.experience_years, "experience_years", MAX_EXPERIENCE_YEARS)
    _check_number(facts.hours, "hours", MAX_HOURS)
    _check_number(facts.credits, "credits", MAX_CREDITS)
    _check_number(facts.practice_share, "practice_share", 1.0)
    _check_short(facts.region or "", "document.facts.region", MAX_FACT_CHARS)
    _check_short(facts.organisation or "", "document.facts.organisation", MAX_FACT_CHARS)
    if len(facts.prerequisites) > MAX_PREREQUISITES:
        raise InvalidDocument(
            "too many prerequisites", field="document.facts.prerequisites", limit=f"{MAX_PREREQUISITES} items"
        )
    _check_whole(facts.cost_fen, "cost_fen", 0, MAX_COST_FEN)
    _check_whole(facts.openings, "openings", 1, MAX_OPENINGS)
    _check_count(facts.start_dates, "start_dates", MAX_START_DATES)
    _check_count(facts.tags, "tags", MAX_TAGS)
    for tag in facts.tags:
        if not tag.strip():
            raise InvalidDocument("a tag is empty", field="document.facts.tags", limit="at least one character")
        _check_short(tag, "document.facts.tags", MAX_FACT_CHARS)
    if facts.valid_from and facts.valid_until and facts.valid_from > facts.valid_until:
        raise InvalidDocument(
            "the last valid day is before the first", field="document.facts.valid_until", limit=">= valid_from"
        )
    for item in facts.prerequisites:
        _check_short(item, "document.facts.prerequisites", MAX_FACT_CHARS)
    if facts.salary is not None:
        _check_salary(facts.salary.currency, facts.salary.monthly_min_minor, facts.salary.monthly_max_minor)


def _check_salary(currency: str, low: int | None, high: int | None) -> None:
    field = "document.facts.salary"
    if not re.fullmatch("[A-Z]{3}", currency):
        raise InvalidDocument(
            "the currency is no ISO 4217 code", field=f"{field}.currency", limit="three capital letters"
        )
    if low is None and high is None:
        raise InvalidDocument("a salary needs a minimum or a maximum", field=field, limit="at least one end")
    for name, value in (("monthly_min_minor", low), ("monthly_max_minor", high)):
        if value is not None and (not math.isfinite(value) or value < 0):
            raise InvalidDocument(
                "a salary is negative or no number", field=f"{field}.{name}", limit=">= 0 minor units"
            )
    if low is not None and high is not None and low > high:
        raise InvalidDocument("the salary's minimum is above its maximum", field=field, limit="minimum <= maximum")


def _check_number(value: float | None, name: str, highest: float) -> None:
    if value is not None and not (math.isfinite(value) and 0.0 <= value <= highest):
        raise InvalidDocument(
            "a number is out of range", field=f"document.facts.{name}", limit=f"[0, {highest:g}], finite"
        )


def _check_whole(value: int | None, name: str, lowest: int, highest: int) -> None:
    if value is not None and not lowest <= value <= highest:
        raise InvalidDocument(
            "a number is out of range", field=f"document.facts.{name}", limit=f"[{lowest}, {highest}]"
        )


def _check_count(values: tuple[object, ...], name: str, most: int) -> None:
    if len(values) > most:
        raise InvalidDocument("too many items", field=f"document.facts.{name}", limit=f"{most} items")


def _check_short(value: str, field: str, longest: int) -> None:
    if len(value) > longest:
        raise InvalidDocument("the value is too long", field=field, limit=f"{longest} code points", reason="TOO_LARGE")
    if "\0" in value:
        raise InvalidDocument("the value holds NUL", field=field, limit="no NUL", reason="BINARY_CONTENT")
    _check_encodable(value, field)


def _check_encodable(value: str, field: str) -> None:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InvalidDocument(
            "the text holds lone surrogates",
            field=field,
            limit="valid Unicode",
            reason="WRONG_ENCODING",
            position=str(error.start),
        ) from None
