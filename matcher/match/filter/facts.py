"""Facts of one document as filters ask for them: flat, in the units that people write.

Enters: a document and the ids of its skills. Leaves: a `FactRow`. It refuses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from matcher.domain.document import Delivery, Document, EducationLevel

# ISO 4217 currencies without minor units; all others that postings use have two decimals.
_NO_MINOR_UNITS = frozenset({"CLP", "ISK", "JPY", "KRW", "VND", "XAF", "XOF", "XPF"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRow:
    """Facts of one document. `None` or empty: the document does not say.

    `salary_min`, `salary_max`: currency units (not minor units) per month. `cost`: CNY yuan. `practice_share`: [0, 1].
    `skills`, `credentials`: ids; the latter are those of the former that are certificates. Times have a zone.
    """

    id: str
    title: str = ""
    languages: tuple[str, ...] = ()
    skills: frozenset[str] = frozenset()
    region: str | None = None
    education: EducationLevel | None = None
    experience_years: float | None = None
    currency: str | None = None
    salary_min: float | None = None
    salary_max: float | None = None
    hours: float | None = None
    credits: float | None = None
    practice_share: float | None = None
    delivery: Delivery | None = None
    cost: float | None = None
    start_dates: tuple[date, ...] = ()
    openings: int | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    organisation: str | None = None
    tags: tuple[str, ...] = ()
    credentials: frozenset[str] = frozenset()
    create_time: datetime | None = None
    update_time: datetime | None = None

    @classmethod
    def of(
        cls,
        document: Document,
        skills: Iterable[str],
        *,
        credentials: Iterable[str] = (),
        create_time: datetime | None = None,
        update_time: datetime | None = None,
    ) -> FactRow:
        """Facts of a document that shows or demands `skills` (ids), among them `credentials`."""
        facts, salary = document.facts, document.facts.salary
        units = 1.0 if salary is not None and salary.currency in _NO_MINOR_UNITS else 100.0
        low, high = (None, None) if salary is None else (salary.monthly_min_minor, salary.monthly_max_minor)
        return cls(
            id=document.id,
            title=document.title,
            languages=document.languages,
            skills=frozenset(skills),
            region=facts.region,
            education=facts.education,
            experience_years=facts.experience_years,
            currency=None if salary is None else salary.currency,
            salary_min=None if low is None else low / units,
            salary_max=None if high is None else high / units,
            hours=facts.hours,
            credits=facts.credits,
            practice_share=facts.practice_share,
            delivery=facts.delivery,
            cost=None if facts.cost_fen is None else facts.cost_fen / 100.0,
            start_dates=facts.start_dates,
            openings=facts.openings,
            valid_from=facts.valid_from,
            valid_until=facts.valid_until,
            organisation=facts.organisation,
            tags=facts.tags,
            credentials=frozenset(credentials),
            create_time=create_time,
            update_time=update_time,
        )
