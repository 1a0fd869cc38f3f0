"""What goes into the store and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from matcher.domain.document import Document, Kind, Span, Truncation
from matcher.domain.skill import SkillMention, UnlinkedPhrase


class VectorSet(StrEnum):
    """The two places for vectors: one is in force, the other is empty or being filled by a model swap."""

    FIRST = "vectors"
    SECOND = "vectors_second"

    @property
    def other(self) -> VectorSet:
        """The place that is not this one."""
        return VectorSet.SECOND if self is VectorSet.FIRST else VectorSet.FIRST


@dataclass(frozen=True, slots=True, eq=False)
class DocumentVectors:
    """Vectors of one document, each (dim,) float32 of unit length; `title` is zero when the document has no title."""

    title: NDArray[np.float32]
    body: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class PreparedDocument:
    """A document with everything derived from it, ready to be written. `request_id` empty: no receipt is kept."""

    document: Document
    mentions: tuple[SkillMention, ...]
    vectors: DocumentVectors
    request_id: str = ""
    truncation: Truncation | None = None
    phrases: tuple[UnlinkedPhrase, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as read back. `row_id` never changes while the document lives; `revision` is that of its last write.

    `truncation`: what of its text is in no vector of the model in force, None: all is. `phrases`: words that look like skills and
    are in no taxonomy; read by `DocumentStore.get` only, since no match asks for them.
    """

    row_id: int
    revision: int
    document: Document
    mentions: tuple[SkillMention, ...]
    create_time: datetime
    update_time: datetime
    truncation: Truncation | None = None
    phrases: tuple[UnlinkedPhrase, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredPhrase:
    """An unknown phrase in the text of its document."""

    row_id: int
    kind: Kind
    text: str
    span: Span
    cluster: str


class WriteOutcome(StrEnum):
    """What a write did."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class WriteResult:
    """Result of one written document."""

    name: str
    outcome: WriteOutcome
    row_id: int
    revision: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an earlier write under a request id did, and to which content."""

    name: str
    content_hash: str
    outcome: WriteOutcome
