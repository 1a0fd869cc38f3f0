"""Decisions: what a match answered, kept so that it can be audited and replayed, and what became of it.

Enters: nothing; plain frozen values. They hold row ids, scores and versions, never a text, a title or a name: the names of stored
documents are looked up when a decision is read, so that a deleted person is in none of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from matcher.domain.document import Kind
from matcher.domain.match import Versions

ANONYMOUS = "anonymous"
"""Who asked, where the caller did not say."""


class Journey(StrEnum):
    """What made a decision: a match, or a screening of all that a filter passes or of candidates that were named."""

    MATCH = "match"
    SCREENING = "screening"
    SCREENING_OF_NAMED = "screening_of_named"


@dataclass(frozen=True, slots=True)
class DecidedEntry:
    """One document that was returned. `row_id` and `score` None: it was deleted since. `name`: "" until read, and when deleted."""

    rank: int
    row_id: int | None
    score: float | None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """One page of a ranking as it was answered, or all of a screening.

    `number`: unique, ascending in time. `time_s`: seconds since 1970-01-01 UTC. `query_row_id` None and `query_hash` "": the
    query was deleted since; of the two an inline query has only the hash of its content. `request`: the other fields of the
    request, as JSON. `filter_text` None: withheld, because it compares candidates with free text; `filter_hash` tells it again.
    `offset`: documents on the pages before.
    """

    number: int
    time_s: float
    caller: str
    query_kind: Kind
    target_kind: Kind
    query_row_id: int | None
    query_hash: str
    request: str
    filter_text: str | None
    filter_hash: str
    offset: int
    versions: Versions
    filtered_size: int
    entries: tuple[DecidedEntry, ...]
    query_name: str = ""
    journey: Journey = Journey.MATCH

    @property
    def name(self) -> str:
        """Resource name, `decisions/` and 16 hexadecimal digits."""
        return f"decisions/{self.number:016x}"

    @property
    def query_is_inline(self) -> bool:
        """Whether the query was sent along and its document never stored."""
        return self.query_row_id is None and bool(self.query_hash)

    @property
    def query_is_deleted(self) -> bool:
        """Whether the query's document is gone."""
        return self.query_row_id is None and not self.query_hash


@dataclass(frozen=True, slots=True)
class DecisionQuery:
    """Which decisions to list, newest first. `before`: only those of smaller numbers. Times are [start, end), None: open."""

    caller: str = ""
    start: datetime | None = None
    end: datetime | None = None
    row_id: int | None = None
    before: int | None = None


class Outcome(StrEnum):
    """What became of a match, as the caller tells."""

    SHORTLISTED = "shortlisted"
    REJECTED = "rejected"
    HIRED = "hired"
    ENROLLED = "enrolled"
    COMPLETED = "completed"


@dataclass(frozen=True, slots=True)
class Feedback:
    """What became of one match of a decision. `query_row_id` None: the query was inline. `consent`: of the person concerned."""

    decision: int
    query_row_id: int | None
    row_id: int
    query_kind: Kind
    target_kind: Kind
    outcome: Outcome
    caller: str
    time_s: float
    consent: bool


class FeedbackResult(StrEnum):
    """What was kept of feedback."""

    STORED = "stored"
    UNCHANGED = "unchanged"
    COUNTED = "counted"
    WITHDRAWN = "withdrawn"


class VersionPart(StrEnum):
    """What decides an answer, one by one."""

    MODEL = "model"
    TAXONOMY = "taxonomy"
    WEIGHTS = "weights"
    INDEX_REVISION = "index_revision"


@dataclass(frozen=True, slots=True)
class VersionChange:
    """One version that is another now."""

    part: VersionPart
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One document that stands elsewhere or scores otherwise now. Rank None: not on that page. `name` "": deleted since."""

    name: str
    old_rank: int | None
    old_score: float | None
    new_rank: int | None
    new_score: float | None


@dataclass(frozen=True, slots=True)
class Replay:
    """A decision made again with what is in force now."""

    decision: Decision
    reproduced: bool
    versions: Versions
    changes: tuple[VersionChange, ...]
    differences: tuple[Difference, ...]
