"""Documents: what a résumé, a posting or a syllabus is to every later stage.

Enters: nothing; these are plain frozen values. Offsets are Unicode code points, half-open, into `Document.text`.
The text is already redacted: personal data is overwritten by `REDACTION_MARK`, one mark per code point, so an offset into
the stored text is also an offset into the text the client sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from matcher.domain.ladders import NumberedRung

REDACTION_MARK = "█"


class Kind(StrEnum):
    """What a document describes. The value is the singular word; `collection` is the AIP collection."""

    CANDIDATE = "candidate"
    POSTING = "posting"
    COURSE = "course"

    @property
    def collection(self) -> str:
        """Plural used in resource names: `candidates`, `postings`, `courses`."""
        return f"{self.value}s"


class EducationLevel(NumberedRung):
    """Ordered levels of formal education. Unknown is `None`, never a level."""

    SECONDARY = 1  # 初中, 高中, 中专, 职高, high school
    ASSOCIATE = 2  # 大专, 高职, associate degree, HND
    BACHELOR = 3  # 本科, bachelor
    MASTER = 4  # 硕士, master, MBA
    DOCTORATE = 5  # 博士, PhD


class Delivery(StrEnum):
    """How a course is taught or a post is worked."""

    ONSITE = "onsite"
    ONLINE = "online"
    BLENDED = "blended"


class SectionKind(StrEnum):
    """What a part of a document is about; decides how a skill named in it is read."""

    TITLE = "title"
    SUMMARY = "summary"
    DUTIES = "duties"
    REQUIREMENTS = "requirements"
    PREFERRED = "preferred"
    BENEFITS = "benefits"
    COMPANY = "company"
    EDUCATION = "education"
    EXPERIENCE = "experience"
    PROJECTS = "projects"
    SKILLS = "skills"
    CERTIFICATES = "certificates"
    OBJECTIVES = "objectives"
    CONTENT = "content"
    PREREQUISITES = "prerequisites"
    ASSESSMENT = "assessment"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open range of Unicode code points, `0 <= start < end`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """A run of the text with one purpose. Sections do not overlap, are in order, and cover the whole text."""

    kind: SectionKind
    span: Span
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Salary:
    """Pay before tax per month in minor units of the currency (CNY: fen). Either end may be unknown, not both."""

    currency: str
    monthly_min_minor: int | None
    monthly_max_minor: int | None


@dataclass(frozen=True, slots=True)
class Facts:
    """Structured fields of a document. `None` or empty means that the text does not say; it never means "none needed".

    `education`: a posting's minimum, a candidate's highest, a course's entry level.
    `experience_years`: a posting's minimum, a candidate's total, in years; 0.0 only if the text says so.
    `hours`: total teaching hours (学时) of a course; `credits`: 学分; `practice_share`: [0, 1] share of practical hours.
    `prerequisites`: what a course asks to be known beforehand, each as written.
    `region`: a place as canonical name (Chinese cities: Chinese short name, e.g. 上海; else the English name).
    `cost_fen`: price of a course in CNY fen, 0 only if it is said to be free; `start_dates`: days on which a course begins,
    ascending; `openings`: how many a posting or a run of a course takes, ≥ 1; `valid_from`, `valid_until`: first and last day
    on which it stands; `tags`: the client's own words for grouping, such as a programme, in the order given.
    `spans`: for facts found in the text, field name → where.
    """

    region: str | None = None
    education: EducationLevel | None = None
    experience_years: float | None = None
    salary: Salary | None = None
    hours: float | None = None
    credits: float | None = None
    practice_share: float | None = None
    delivery: Delivery | None = None
    prerequisites: tuple[str, ...] = ()
    organisation: str | None = None
    cost_fen: int | None = None
    start_dates: tuple[date, ...] = ()
    openings: int | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    tags: tuple[str, ...] = ()
    spans: Mapping[str, Span] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Redaction:
    """One piece of personal data that was cut: what it was (`phone`, `name`, …) and where it stood."""

    category: str
    span: Span


@dataclass(frozen=True, slots=True)
class Document:
    """A candidate, posting or course after reading and redaction, before skills are found.

    `name` is the resource name. `text` holds no personal data. `languages`: BCP-47 primary tags, most used first
    (`("zh", "en")` for mixed text). `content_hash`: SHA-256 hex over kind, given title, given facts and the text as sent
    (so that unchanged documents are recognised without storing what was cut).
    """

    kind: Kind
    id: str
    title: str
    text: str
    languages: tuple[str, ...]
    sections: tuple[Section, ...]
    facts: Facts
    content_hash: str
    redactions: tuple[Redaction, ...] = ()

    @property
    def name(self) -> str:
        """AIP resource name, for example `postings/water-lab-01`."""
        return f"{self.kind.collection}/{self.id}"


@dataclass(frozen=True, slots=True)
class RawDocument:
    """A document as a client gives it. Given fields win over parsed ones; `text` may be empty only if `content` is given.

    `content` with `media_type` (`text/plain`, `text/markdown`, `application/pdf`,
    `application/vnd.openxmlformats-officedocument.wordprocessingml.document`) is a file's bytes.
    `id` empty: derived from the content hash.
    """

    kind: Kind
    id: str = ""
    title: str = ""
    text: str = ""
    content: bytes = b""
    media_type: str = ""
    facts: Facts = Facts()


@dataclass(frozen=True, slots=True)
class ReadWarning:
    """Something to know about how a document was read. `code` is stable UPPER_SNAKE, `detail` has no personal text."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Truncation:
    """How much of a long document went into no vector. Skills are sought in all of the text in any case.

    `characters` and `tokens`: what was to be embedded, title included, boilerplate sections and redaction marks not; tokens in
    the model's own count. `characters_left_out`, `tokens_left_out`: what of it the model did not read, above 0 in one of them.
    """

    characters: int
    tokens: int
    characters_left_out: int
    tokens_left_out: int
