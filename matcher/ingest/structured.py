"""Structured records → RawDocument: flat records with our keys, JSON Resume, schema.org JobPosting and Course.

Enters: one decoded JSON object (or CSV row as strings) and the kind when the surroundings tell it. Leaves: a RawDocument and
warnings. Personal fields (name, e-mail, phone, address, photo, profiles, contacts, instructors, references) are dropped, not
copied. Refuses (InvalidDocument): a record of unknown kind or without text. Values that cannot be read as the fact that
they should be are left out with a warning; numbers out of range are refused later by `read_document`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from matcher.domain.document import Delivery, EducationLevel, Facts, Kind, RawDocument, ReadWarning, Salary
from matcher.errors import InvalidDocument
from matcher.ingest.fold import fold
from matcher.ingest.json_ld import course_from_json_ld, posting_from_json_ld
from matcher.ingest.json_resume import candidate_from_json_resume
from matcher.ingest.salary import find_salary

Read = tuple[RawDocument, tuple[ReadWarning, ...]]

_FACT_KEYS: Final = (
    "region",
    "education",
    "experience_years",
    "salary",
    "hours",
    "credits",
    "practice_share",
    "delivery",
    "prerequisites",
    "organisation",
    "cost_fen",
    "start_dates",
    "openings",
    "valid_from",
    "valid_until",
    "tags",
)
_KEYS: Final = frozenset({"id", "kind", "title", "text", "media_type", *_FACT_KEYS})
# Known from the shared corpora and without meaning here: the branch of a posting, and a second language of the same page.
_PASSED_OVER: Final = frozenset({"field", "text_en", "lang", "language"})
_SECOND_NAMES: Final = {
    "organization": "organisation",
    "company": "organisation",
    "description": "text",
    "content": "text",
    "name": "title",
    "location": "region",
    "experience": "experience_years",
    "validThrough": "valid_until",
    "vacancies": "openings",
}
_EDUCATION_WORDS: Final = {
    "secondary": EducationLevel.SECONDARY,
    "high school": EducationLevel.SECONDARY,
    "高中": EducationLevel.SECONDARY,
    "中专": EducationLevel.SECONDARY,
    "中职": EducationLevel.SECONDARY,
    "associate": EducationLevel.ASSOCIATE,
    "大专": EducationLevel.ASSOCIATE,
    "专科": EducationLevel.ASSOCIATE,
    "高职": EducationLevel.ASSOCIATE,
    "bachelor": EducationLevel.BACHELOR,
    "本科": EducationLevel.BACHELOR,
    "学士": EducationLevel.BACHELOR,
    "master": EducationLevel.MASTER,
    "硕士": EducationLevel.MASTER,
    "研究生": EducationLevel.MASTER,
    "doctorate": EducationLevel.DOCTORATE,
    "phd": EducationLevel.DOCTORATE,
    "博士": EducationLevel.DOCTORATE,
}
_KINDS: Final = {form: kind for kind in Kind for form in (kind.value, kind.collection)}


def kind_named(name: str) -> Kind | None:
    """The kind that a word names (`posting`, `postings`, …), or None."""
    return _KINDS.get(name.strip().lower())


def document_from_record(record: Mapping[str, Any], kind: Kind | None) -> Read:
    """RawDocument of one record.

    Args:
        record: a JSON object: ours, JSON Resume (has `basics` or `work`), or JSON-LD (has `@type`).
        kind: the kind that file or folder name; a record's own `kind` wins.

    Returns:
        (document, warnings about ignored keys and unreadable values).

    Raises:
        InvalidDocument: kind unknown, or no text in it.
    """
    types = {str(name).rsplit("/", 1)[-1] for name in _listed(record.get("@type"))}
    if "JobPosting" in types:
        return posting_from_json_ld(record), ()
    if types & {"Course", "EducationalOccupationalProgram"}:
        return course_from_json_ld(record), ()
    if isinstance(record.get("basics"), Mapping) or isinstance(record.get("work"), list):
        return candidate_from_json_resume(record), ()
    return _flat(record, kind)


def _flat(record: Mapping[str, Any], kind: Kind | None) -> Read:
    warnings: list[ReadWarning] = []
    values: dict[str, Any] = {}
    for key, value in record.items():
        name = _SECOND_NAMES.get(key, key)
        if name not in _KEYS:
            if key not in _PASSED_OVER and value not in (None, "", [], {}):
                warnings.append(ReadWarning("UNKNOWN_KEY", f"key {_shown(key)} was ignored"))
        elif name == key or record.get(name) in (None, ""):
            values[name] = value
    if values.get("kind") not in (None, ""):
        own = kind_named(str(values["kind"]))
        if own is None:
            raise InvalidDocument(
                "unknown kind", field="document.kind", limit="candidate, posting or course", reason="UNKNOWN_KIND"
            )
        kind = own
    if kind is None:
        raise InvalidDocument(
            "the record does not say its kind",
            field="document.kind",
            limit="candidate, posting or course",
            reason="UNKNOWN_KIND",
        )
    document = RawDocument(
        kind=kind,
        id=_text(values, "id", warnings),
        title=_text(values, "title", warnings),
        text=_text(values, "text", warnings),
        media_type=_text(values, "media_type", warnings),
        facts=_facts(values, warnings),
    )
    if not document.text.strip():
        raise InvalidDocument(
            "the record has no text", field="document.text", limit="at least one letter or digit", reason="EMPTY_TEXT"
        )
    return document, tuple(warnings)


def _facts(values: Mapping[str, Any], warnings: list[ReadWarning]) -> Facts:
    facts = Facts()
    for key in _FACT_KEYS:
        value = values.get(key)
        if value in (None, "", [], {}) or (isinstance(value, str) and not value.strip()):
            continue
        fact = _READERS[key](value)
        if fact is None:
            warnings.append(ReadWarning("UNREADABLE_FACT", f"the value of {key} could not be read and was left out"))
        else:
            facts = replace(facts, **{key: fact})
    return facts


def _number(value: object) -> float | None:
    """A number, also from text ("3", "1,5", "64学时"); a range or words are no single number."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value)
    match = re.fullmatch(
        r"\s*(-?\d+(?:[.,]\d{1,2})?|-?inf|nan)\s*(?:学分|学时|课时|小时|年|hours?|credits?|years?|ects|h)?\s*",
        fold(str(value)),
    )
    return float(match[1].replace(",", ".")) if match else None


def _share(value: object) -> float | None:
    if isinstance(value, str) and (match := re.fullmatch(r"\s*(\d{1,3}(?:\.\d+)?)\s*%\s*", fold(value))):
        return float(match[1]) / 100
    return _number(value)


def _education(value: object) -> EducationLevel | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return EducationLevel(value) if value in {level.value for level in EducationLevel} else None
    folded = fold(str(value))
    return next((level for word, level in _EDUCATION_WORDS.items() if word in folded), None)


def _delivery(value: object) -> Delivery | None:
    return next((delivery for delivery in Delivery if delivery.value == str(value).strip().lower()), None)


def _salary(value: object) -> Salary | None:
    if isinstance(value, Mapping):
        low, high = _number(value.get("monthly_min_minor") or ""), _number(value.get("monthly_max_minor") or "")
        if low is None and high is None:
            return None
        return Salary(
            str(value.get("currency") or "CNY"), None if low is None else int(low), None if high is None else int(high)
        )
    found = find_salary(f"薪资:{fold(str(value))}", Kind.POSTING)
    return found[0] if found else None


def _prerequisites(value: object) -> tuple[str, ...] | None:
    parts = value if isinstance(value, list) else re.split(r"[、,，;；|]", str(value))
    return tuple(part.strip() for part in map(str, parts) if part.strip()) or None


def _whole(value: object) -> int | None:
    number = _number(value)
    return int(number) if number is not None and number.is_integer() else None


def _day(value: object) -> date | None:
    match = re.match(r"\s*(\d{4}-\d{2}-\d{2})(?!\d)", fold(str(value)))
    try:
        return date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None


def _days(value: object) -> tuple[date, ...] | None:
    parts = value if isinstance(value, list) else re.split(r"[、,，;；|\s]+", str(value).strip())
    days = [_day(part) for part in parts]
    return tuple(day for day in days if day is not None) if all(days) else None


def _tags(value: object) -> tuple[str, ...] | None:
    parts = value if isinstance(value, list) else re.split(r"[、,，;；|]", str(value))
    return tuple(part.strip() for part in map(str, parts) if part.strip()) or None


def _words(value: object) -> str | None:
    return str(value).strip() or None if isinstance(value, str) else None


_READERS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "region": _words,
    "education": _education,
    "experience_years": _number,
    "salary": _salary,
    "hours": _number,
    "credits": _number,
    "practice_share": _share,
    "delivery": _delivery,
    "prerequisites": _prerequisites,
    "organisation": _words,
    "cost_fen": _whole,
    "start_dates": _days,
    "openings": _whole,
    "valid_from": _day,
    "valid_until": _day,
    "tags": _tags,
}


def _text(values: Mapping[str, Any], key: str, warnings: list[ReadWarning]) -> str:
    value = values.get(key)
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if key == "id" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if key == "text":
        raise InvalidDocument("the text is no string", field="document.text", limit="a string")
    warnings.append(ReadWarning("UNREADABLE_FACT", f"the value of {key} is no text and was left out"))
    return ""


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _shown(key: str) -> str:
    """A key as it may stand in a message: keys can hold anything, also personal text."""
    return key if re.fullmatch(r"[A-Za-z_@$][\w@$.-]{0,40}", key) else "with unusual characters"
