"""schema.org JSON-LD → a posting or a course.

Enters: a decoded JobPosting, Course or EducationalOccupationalProgram. Leaves: a RawDocument with the structured values as
given facts. Dropped: contacts, instructors, identifiers of persons, images. HTML in descriptions stays for `read_document` to
strip. Refuses (InvalidDocument): an object without any describing text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from matcher.domain.document import Delivery, EducationLevel, Facts, Kind, RawDocument, Salary
from matcher.errors import InvalidDocument
from matcher.ingest.markup import strip_markup

_UNITS: Final = {"HOUR": 174.0, "DAY": 21.75, "WEEK": 52 / 12, "MONTH": 1.0, "YEAR": 1 / 12}  # as in salary.py
_CREDENTIALS: Final = (
    ("doctor", EducationLevel.DOCTORATE),
    ("master", EducationLevel.MASTER),
    ("postgraduate", EducationLevel.MASTER),
    ("bachelor", EducationLevel.BACHELOR),
    ("associate", EducationLevel.ASSOCIATE),
    ("high school", EducationLevel.SECONDARY),
)
_MODES: Final = {
    "online": Delivery.ONLINE,
    "onsite": Delivery.ONSITE,
    "on-site": Delivery.ONSITE,
    "offline": Delivery.ONSITE,
    "blended": Delivery.BLENDED,
    "hybrid": Delivery.BLENDED,
}
_DURATION: Final = re.compile(r"P(?:(?P<days>\d+)D)?(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?)?")


def posting_from_json_ld(record: Mapping[str, Any]) -> RawDocument:
    """A posting of a JobPosting.

    Raises:
        InvalidDocument: no description, duties, qualifications or skills in it.
    """
    blocks = [
        (heading, _words(record.get(key)))
        for heading, key in (
            ("", "description"),
            ("Responsibilities", "responsibilities"),
            ("Requirements", "qualifications"),
            ("Requirements", "skills"),
            ("Requirements", "experienceRequirements"),
            ("Requirements", "educationRequirements"),
            ("Benefits", "jobBenefits"),
        )
    ]
    facts = Facts(
        region=_region(record.get("jobLocation")),
        education=_education(record.get("educationRequirements")),
        experience_years=_experience(record.get("experienceRequirements")),
        salary=_salary(record.get("baseSalary")),
        delivery=Delivery.ONLINE if "TELECOMMUTE" in str(record.get("jobLocationType")) else None,
        organisation=_name(record.get("hiringOrganization")),
    )
    return RawDocument(
        kind=Kind.POSTING, id=_identifier(record), title=_words(record.get("title")), text=_joined(blocks), facts=facts
    )


def course_from_json_ld(record: Mapping[str, Any]) -> RawDocument:
    """A course of a Course or EducationalOccupationalProgram.

    Raises:
        InvalidDocument: no description, teaching goals or prerequisites in it.
    """
    first = next(iter(_each(record.get("hasCourseInstance"))), {})
    blocks = [
        (heading, _words(record.get(key)))
        for heading, key in (
            ("", "description"),
            ("Learning outcomes", "teaches"),
            ("Topics", "syllabusSections"),
            ("Course content", "about"),
            ("Prerequisites", "coursePrerequisites"),
        )
    ]
    mode = str(first.get("courseMode") or record.get("educationalProgramMode") or "").lower().rsplit("/", 1)[-1]
    asked = record.get("coursePrerequisites")
    facts = Facts(
        hours=_hours(first.get("courseWorkload") or record.get("timeRequired")),
        credits=_number(record.get("numberOfCredits")),
        delivery=_MODES.get(mode),
        prerequisites=tuple(word for item in asked if (word := _words(item))) if isinstance(asked, list) else (),
        organisation=_name(record.get("provider")),
    )
    return RawDocument(
        kind=Kind.COURSE, id=_identifier(record), title=_words(record.get("name")), text=_joined(blocks), facts=facts
    )


def _joined(blocks: list[tuple[str, str]]) -> str:
    text, last = "", ""
    for heading, body in blocks:
        if body:
            gap = (
                "\n"
                if text and heading == last
                else f"\n\n{heading}\n"
                if text and heading
                else f"{heading}\n"
                if heading
                else ""
            )
            text, last = text + gap + body, heading
    if not text.strip():
        raise InvalidDocument(
            "the record has no text", field="document.text", limit="at least one letter or digit", reason="EMPTY_TEXT"
        )
    return text


def _words(value: object) -> str:
    """Text of a value: itself, its name or description, or a list of such; HTML is stripped, once more when it was escaped."""
    if isinstance(value, str):
        once = strip_markup(value) or value
        return (strip_markup(html.unescape(once)) or once).strip()
    if isinstance(value, list):
        return "\n".join(f"- {word}" for item in value if (word := _words(item)))
    if isinstance(value, Mapping):
        return _words(value.get("name") or value.get("description") or value.get("credentialCategory") or "")
    return ""


def _each(value: object) -> Iterator[Mapping[str, Any]]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, Mapping):
            yield item


def _identifier(record: Mapping[str, Any]) -> str:
    """The publisher's identifier when it has the form of an id, else "" (a derived id)."""
    given = record.get("identifier")
    given = given.get("value") if isinstance(given, Mapping) else given
    given = given if isinstance(given, str) else record.get("courseCode")
    lower = given.strip().lower().replace(" ", "-") if isinstance(given, str) else ""
    return lower if re.fullmatch(r"[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?", lower) else ""


def _name(value: object) -> str | None:
    if isinstance(value, str):
        return value.strip() or None
    return next(
        (name.strip() for item in _each(value) if isinstance(name := item.get("name"), str) and name.strip()), None
    )


def _region(value: object) -> str | None:
    for place in _each(value):
        address = place.get("address")
        if isinstance(address, str) and address.strip():
            return address.strip()
        if isinstance(address, Mapping):
            for key in ("addressLocality", "addressRegion", "addressCountry"):
                name = _name(address.get(key))
                if name:
                    return name
    return None


def _education(value: object) -> EducationLevel | None:
    """The lowest of the named credentials."""
    levels = [
        level
        for item in _each(value)
        for word, level in _CREDENTIALS
        if word in str(item.get("credentialCategory", "")).lower()
        and not (word == "doctor" and "postdoc" in str(item).lower())
    ]
    return min(levels, default=None)


def _experience(value: object) -> float | None:
    months = next((_number(item.get("monthsOfExperience")) for item in _each(value)), None)
    return None if months is None else round(months / 12, 2)


def _salary(value: object) -> Salary | None:
    for amount in _each(value):
        inner = next(_each(amount.get("value")), amount)
        factor = _UNITS.get(str(inner.get("unitText") or amount.get("unitText") or "").upper())
        low, high = _number(inner.get("minValue")), _number(inner.get("maxValue"))
        single = _number(inner.get("value")) if low is None and high is None else None
        low, high = (single, single) if single is not None else (low, high)
        currency = str(amount.get("currency") or inner.get("currency") or "").upper()
        if factor and currency and (low is not None or high is not None):
            minor = 1 if currency == "JPY" else 100
            return Salary(
                currency,
                None if low is None else round(low * factor * minor),
                None if high is None else round(high * factor * minor),
            )
    return None


def _hours(value: object) -> float | None:
    match = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if not match or match["days"]:
        return None
    return (int(match["hours"] or 0) + int(match["minutes"] or 0) / 60) or None


def _number(value: object) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, Mapping):
        return _number(value.get("value"))
    return float(value) if isinstance(value, str) and re.fullmatch(r"-?\d+(?:\.\d+)?", value.strip()) else None
