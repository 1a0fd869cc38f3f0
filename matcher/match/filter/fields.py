"""What a filter can ask about: each field with its type, its comparators and how its values are read.

Enters: a field's name and a value as written. Leaves: the value as the columns hold it (`columns.py`). Refused with
`BadValue`: a value of another type, an unknown enum value, a time or date that is not RFC 3339, an interval whose ends are the
wrong way round, a code that GB/T 2260 gives to no province or city.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TypeAlias

from matcher.domain.document import Delivery, EducationLevel, Kind
from matcher.match.filter.regions import UnknownCode, folded, region_named

EQUALITY = ("=", "!=")
ORDER = ("=", "!=", "<", "<=", ">", ">=")
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,15})?")
_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_BAND = re.compile(r"([0-9]{1,15}(?:\.[0-9]{1,15})?)?(-)?([0-9]{1,15}(?:\.[0-9]{1,15})?)?")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class FieldType(StrEnum):
    """How values of a field are written and compared."""

    NUMBER = "number"
    TIME = "time"
    ENUM = "enum"
    STRING = "string"  # compared whole, without regard to case and width
    TEXT = "text"  # `:` asks for a part of it
    PHRASE = "phrase"  # the same, for texts that many documents share
    REGION = "region"  # a place; `=` asks for what is the place or lies in it
    SET = "set"  # `:` asks for a member
    TAGS = "tags"  # a set whose members are compared without regard to case and width
    DATE = "date"
    DATES = "dates"  # a set of dates; an order asks for one of them, `:` also for one in an interval
    DAY = "day"  # `=` asks for documents that stand on the day
    BAND = "band"  # an interval of numbers; `:` asks whether another overlaps it
    EXACT = "exact"  # compared whole, as it is


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `codes`: enum value → number, in their order if they have one."""

    name: str
    type: FieldType
    comparators: tuple[str, ...]
    codes: dict[str, int]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, both included; None: open."""

    low: float | None
    high: float | None


Value: TypeAlias = float | str | Interval


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
        _plain("credential", FieldType.SET, (":", *EQUALITY), "skill id of a certificate"),
        _plain("tag", FieldType.TAGS, (":", *EQUALITY)),
        _plain("organisation", FieldType.PHRASE, (":", *EQUALITY)),
        _plain("region", FieldType.REGION, EQUALITY, "name or GB/T 2260 code"),
        _enumerated("education", EducationLevel, ORDER),
        _plain("experience_years", FieldType.NUMBER, ORDER, "years"),
        _plain("currency", FieldType.STRING, EQUALITY, "ISO 4217 code"),
        _plain("salary_min", FieldType.NUMBER, ORDER, "currency units per month"),
        _plain("salary_max", FieldType.NUMBER, ORDER, "currency units per month"),
        _plain("salary", FieldType.BAND, (":",), "currency units per month"),
        _plain("openings", FieldType.NUMBER, ORDER),
        _plain("cost", FieldType.NUMBER, ORDER, "CNY yuan"),
        _plain("hours", FieldType.NUMBER, ORDER, "teaching hours"),
        _plain("credits", FieldType.NUMBER, ORDER),
        _plain("practice_share", FieldType.NUMBER, ORDER, "share in [0, 1]"),
        _enumerated("delivery", Delivery, EQUALITY),
        _plain("start_date", FieldType.DATES, (":", "<", "<=", ">", ">=")),
        _plain("valid_from", FieldType.DATE, ORDER),
        _plain("valid_until", FieldType.DATE, ORDER),
        _plain("valid_on", FieldType.DAY, EQUALITY),
        _plain("create_time", FieldType.TIME, ORDER),
        _plain("update_time", FieldType.TIME, ORDER),
    )
}


def microseconds(time: datetime) -> int:
    """Microseconds from 1970-01-01T00:00Z to an aware `time`; a float64 holds them exactly from 1684 to 2255."""
    since = time - _EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def read_value(field: Field, written: str, *, quoted: bool) -> Value:
    """The value as columns hold it.

    A number, an enum's code, a date's ordinal or a time in microseconds as float; an `Interval`; else a string, of a region its
    canonical name.

    Raises:
        BadValue: it is not a value of this field.
    """
    reader = _READERS.get(field.type)
    if reader is not None:
        return reader(field, written)
    if field.type is FieldType.NUMBER:
        if quoted or not _NUMBER.fullmatch(written):
            raise BadValue(
                f"{field.name} is a number{f' ({field.unit})' if field.unit else ''}, written without quotes"
            )
        return float(written)
    if not written:
        raise BadValue(f"{field.name} cannot be compared with an empty string; {field.name}:* asks whether it is known")
    if field.type is FieldType.REGION:
        return _region(written)
    return written if field.type in (FieldType.SET, FieldType.EXACT) else folded(written)


def _code(field: Field, written: str) -> float:
    code = field.codes.get(written.upper())
    if code is None:
        raise BadValue(f"{field.name} is one of {', '.join(field.codes)}")
    return float(code)


def _time(field: Field, written: str) -> float:
    if _TIME.fullmatch(written):
        try:
            return float(microseconds(datetime.fromisoformat(written.upper())))
        except (ValueError, OverflowError):
            pass  # such as month 13: the same answer as to any other misspelt time
    raise BadValue(f'{field.name} is an RFC 3339 time such as "2026-11-22T08:00:00Z"')


def _date(field: Field, written: str) -> float:
    day = _ordinal(written)
    if day is None:
        raise BadValue(f"{field.name} is an RFC 3339 date such as 2026-11-22")
    return day


def _ordinal(written: str) -> float | None:
    if not _DATE.fullmatch(written):
        return None
    try:
        return float(date.fromisoformat(written).toordinal())
    except ValueError:  # such as month 13
        return None


def _dates(field: Field, written: str) -> Interval:
    """A day, or an interval of days as ISO 8601 writes it, `..` for an open end."""
    ends = written.split("/")
    found = [None if end == ".." else _ordinal(end) for end in ends]
    is_sound = len(ends) in (1, 2) and ends not in ([".."], ["..", ".."])
    if not is_sound or any(day is None and end != ".." for day, end in zip(found, ends, strict=True)):
        raise BadValue(
            f"{field.name} is a date such as 2027-03-01, after : also an interval such as 2027-02-15/2027-03-15"
        )
    return _interval(field, found[0], found[-1])


def _band(field: Field, written: str) -> Interval:
    match = _BAND.fullmatch(written)
    if match is None or not (match[1] or match[3]) or (match[3] and not match[2]):
        raise BadValue(f"{field.name} is a band ({field.unit}) such as 8000-12000, 8000-, -12000 or 10000")
    low, high = (None if end is None else float(end) for end in (match[1], match[3]))
    return _interval(field, low, high if match[2] else low)


def _interval(field: Field, low: float | None, high: float | None) -> Interval:
    if low is not None and high is not None and low > high:
        raise BadValue(f"{field.name} runs from its lower to its upper end")
    return Interval(low, high)


def _region(written: str) -> str:
    try:
        return region_named(written)
    except UnknownCode as error:
        raise BadValue(str(error)) from error


_READERS: dict[FieldType, Callable[[Field, str], float | Interval]] = {
    FieldType.ENUM: _code,
    FieldType.TIME: _time,
    FieldType.DATE: _date,
    FieldType.DAY: _date,
    FieldType.DATES: _dates,
    FieldType.BAND: _band,
}
