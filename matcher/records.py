"""What the engine takes and gives, beyond domain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matcher.domain.document import Kind, RawDocument, ReadWarning
from matcher.domain.match import Match, Versions
from matcher.errors import MatcherError
from matcher.store import StoredDocument, WriteOutcome

Query = str | RawDocument
"""A document to match: the name of a stored one, or an inline one."""


@dataclass(frozen=True, slots=True)
class ImportItem:
    """One document to import. `request_id` empty: no receipt."""

    raw: RawDocument
    request_id: str = ""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What became of one item: an outcome, or an error."""

    name: str
    outcome: WriteOutcome | None = None
    error: MatcherError | None = None
    warnings: tuple[ReadWarning, ...] = ()
    mention_count: int = 0


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """One page of a listing. `total` counts all that pass the filter."""

    documents: Sequence[StoredDocument]
    next_page_token: str
    total: int


@dataclass(frozen=True, slots=True)
class MatchQuery:
    """A match to make. `page_size` 1–100."""

    query: Query
    target_kind: Kind
    filter_text: str = ""
    page_size: int = 10
    page_token: str = ""
    with_evidence: bool = True
    language: str = "zh"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents to explain."""

    query: Query
    target: Query
    language: str = "zh"


@dataclass(frozen=True, slots=True)
class MatchPage:
    """One page of matches. `filtered_size`: documents of the kind that passed the filter."""

    matches: Sequence[Match]
    next_page_token: str
    filtered_size: int
    versions: Versions
    warnings: tuple[ReadWarning, ...] = ()


@dataclass(frozen=True, slots=True)
class Status:
    """What the service holds."""

    versions: Versions
    dimension: int
    n_skills: int
    counts: Mapping[Kind, int]
    indexes: Mapping[Kind, str]
