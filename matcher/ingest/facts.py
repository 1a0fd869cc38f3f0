"""Structured facts of a document: what the text says about region, education, experience, pay, hours and more.

Enters: the redacted text, its shadow, its sections, and the facts that the client gave. Leaves: Facts in which given
values win, parsed ones follow with their spans, and what the text does not say stays None. It refuses nothing: given
values were checked by limits.py. Each theme has its own module.
"""

from __future__ import annotations

import re
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from matcher.domain.document import Facts, Kind, Section, Span
from matcher.ingest.course import find_credits, find_delivery, find_hours, find_practice_share
from matcher.ingest.education import find_education
from matcher.ingest.experience import find_experience
from matcher.ingest.prerequisites import find_prerequisites
from matcher.ingest.region import canonical_region, find_region
from matcher.ingest.salary import find_salary

_ORGANISATION: Final = re.compile(
    r"(?:^|[\n|;。])\s*(?:[*#-]\s*)?(?:公司名称|企业名称|单位名称|招聘单位|招聘公司|用人单位|开课单位|开课院校"
    r"|所属大学|开课学校|学校|公司|(?<![a-z])(?:company|employer|organisation|organization|offered by|university"
    r"|school|institution|provider))\s?:\s*([^\n;。|,，\t█]{2,60}?)(?=\s*(?:[\n;。|,，\t█(]|\.\s|\s-\s|\s{2}"
    r"|\s(?=[^\s:]{2,6}:)|$))"
)

_ORGANISATION_LABELS: Final = (
    "名称:",
    "单位:",
    "公司:",
    "院校:",
    "大学:",
    "学校:",
    "company:",
    "employer:",
    "organisation:",
    "organization:",
    "by:",
    "university:",
    "school:",
    "institution:",
    "provider:",
    "** :",
    "**:",
    " :",
)


def parse_facts(text: str, shadow: str, kind: Kind, sections: tuple[Section, ...], given: Facts, as_of: date) -> Facts:
    """Facts of a document.

    Args:
        text: the redacted text.
        shadow: `fold(text)`.
        kind: which facts a document of this kind can state.
        sections: its sections.
        given: facts from the client; each that is set wins and gets no span.
        as_of: the day that "present" means.

    Returns:
        The facts; `spans` has an entry for each fact found in the text.
    """
    values: dict[str, Any] = {}
    spans: dict[str, Span] = {}

    def keep(name: str, found: tuple[Any, Span] | None) -> None:
        if found is not None:
            values[name], spans[name] = found

    if given.region is None:
        keep("region", find_region(text, shadow, kind))
    if given.education is None:
        keep("education", find_education(shadow, kind, sections))
    if given.experience_years is None:
        keep("experience_years", find_experience(shadow, kind, sections, as_of))
    if given.salary is None and kind is not Kind.COURSE:
        keep("salary", find_salary(shadow, kind))
    if given.organisation is None and kind is not Kind.CANDIDATE:
        keep("organisation", _find_organisation(text, shadow))
    if given.delivery is None and kind is not Kind.CANDIDATE:
        keep("delivery", find_delivery(shadow, kind))
    if kind is Kind.COURSE:
        if given.hours is None:
            keep("hours", find_hours(shadow))
        if given.credits is None:
            keep("credits", find_credits(shadow))
        if given.practice_share is None:
            hours = given.hours if given.hours is not None else values.get("hours")
            keep("practice_share", find_practice_share(shadow, hours))
        if not given.prerequisites:
            keep("prerequisites", find_prerequisites(text, shadow))
    return _merged(given, values, spans)


def _merged(given: Facts, values: dict[str, Any], spans: dict[str, Span]) -> Facts:
    def pick(name: str) -> Any:
        return values.get(name, getattr(given, name))

    return Facts(
        region=canonical_region(given.region) if given.region else values.get("region"),
        education=pick("education"),
        experience_years=pick("experience_years"),
        salary=pick("salary"),
        hours=pick("hours"),
        credits=pick("credits"),
        practice_share=pick("practice_share"),
        delivery=pick("delivery"),
        prerequisites=pick("prerequisites"),
        organisation=pick("organisation"),
        cost_fen=given.cost_fen,
        start_dates=tuple(sorted(set(given.start_dates))),
        openings=given.openings,
        valid_from=given.valid_from,
        valid_until=given.valid_until,
        tags=tuple(dict.fromkeys(given.tags)),
        spans=MappingProxyType(spans),
    )


def _find_organisation(text: str, shadow: str) -> tuple[str, Span] | None:
    if not any(label in shadow for label in _ORGANISATION_LABELS):
        return None
    match = _ORGANISATION.search(shadow)
    if not match:
        return None
    span = Span(*match.span(1))
    return text[span.start : span.end].strip("* "), span
