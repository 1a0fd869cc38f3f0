"""What a filter can ask about: each field with its type, its comparators and how its values are read.

Enters: a field's name and a value as written. Leaves: the value as the columns hold it (`columns.py`). Refused with
`BadValue`: a value of another type, an unknown enum value, a time that is not RFC 3339.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from matcher.domain.document import Delivery, EducationLevel, Kind

EQUALITY = ("=", "!=")
ORDER = ("=", "!=", "<", "<=", ">", ">=")
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,15})?")
_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class FieldType(StrEnum):
    """How values of a field are written and compared."""

    NUMBER = "number"
    TIME = "time"
    ENUM = "enum"
    STRING = "string"  # compared whole, without regard to case and width
    TEXT = "text"  # `:` asks for a part of it
    SET = "set"  # `:` asks for a member
    EXACT = "exact"  # compared whole, as it is


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `codes`: enum value → number, in their order if they have one."""

    name: str
    type: FieldType
    comparators: tuple[str, ...]
    codes: dict[str, int]
    unit: str = ""


class BadValue(ValueError):
    """A value does not fit its field; the message says what would. The parser turns it into `InvalidFilter`."""


def _enumerated(
    name: str, values: type[EducationLevel] | type[Delivery] | type[Kind], comparators: tuple[str, ...]
) -> Field:
    return Field(name, FieldType.ENUM, comparators, {value.name: number for number, value in enumerate(values, 1)})


def _plain(name: str, kind: FieldType, comparators: tuple[str, ...], unit: str = "") -> Field:
    return Field(name, kind, comparators, {}, unit)


FIELDS: dict[str, Field] = {
    field.name: field
    for field in (
        _plain("id", FieldType.EXACT, EQUALITY),
        _enumerated("kind", Kind, EQUALITY),
        _plain("title", FieldType.TEXT, (":", *EQUALITY)),
        _plain("language", FieldType.SET, (":", *EQUALITY), "BCP-47 primary tag"),
        _plain("skill", FieldType.SET, (":", *EQUALITY), "skill id"),
        _plain("region", FieldType.STRING, EQUALITY),
        _enumerated("education", EducationLevel, ORDER),
        _plain("experience_years", FieldType.NUMBER, ORDER, "years"),
        _plain("currency", FieldType.STRING, EQUALITY, "ISO 4217 code"),
        _plain("salary_min", FieldType.NUMBER, ORDER, "currency units per month"),
        _plain("salary_max", FieldType.NUMBER, ORDER, "currency units per month"),
        _plain("hours", FieldType.NUMBER, ORDER, "teaching hours"),
        _plain("credits", FieldType.NUMBER, ORDER),
        _plain("practice_share", FieldType.NUMBER, ORDER, "share in [0, 1]"),
        _enumerated("delivery", Delivery, EQUALITY),
        _plain("create_time", FieldType.TIME, ORDER),
        _plain("update_time", FieldType.TIME, ORDER),
    )
}


def folded(text: str) -> str:
    """`text` without differences of case and of width (full-width Latin letters and digits, half-width kana)."""
    return unicodedata.normalize("NFKC", text).casefold()


def microseconds(time: datetime) -> int:
    """Microseconds from 1970-01-01T00:00Z to an aware `time`; a float64 holds them exactly from 1684 to 2255."""
    since = time - _EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def read_value(field: Field, written: str, *, quoted: bool) -> float | str:
    """The value as columns hold it: a number, an enum's code or a time in microseconds as float, else a string.

    Raises:
        BadValue: it is not a value of this field.
    """
    if field.type is FieldType.NUMBER:
        if quoted or not _NUMBER.fullmatch(written):
            raise BadValue(
                f"{field.name} is a number{f' ({field.unit})' if field.unit else ''}, written without quotes"
            )
        return float(written)
    if field.type is FieldType.ENUM:
        code = field.codes.get(written.upper())
        if code is None:
            raise BadValue(f"{field.name} is one of {', '.join(field.codes)}")
        return float(code)
    if field.type is FieldType.TIME:
        return _time(field, written)
    if not written:
        raise BadValue(f"{field.name} cannot be compared with an empty string; {field.name}:* asks whether it is known")
    return folded(written) if field.type in (FieldType.STRING, FieldType.TEXT) else written


def _time(field: Field, written: str) -> float:
    if _TIME.fullmatch(written):
        try:
            return float(microseconds(datetime.fromisoformat(written.upper())))
        except (ValueError, OverflowError):
            pass  # such as month 13: the same answer as to any other misspelt time
    raise BadValue(f'{field.name} is an RFC 3339 time such as "2026-11-22T08:00:00Z"')
