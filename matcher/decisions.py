"""The decisions journey: record what a match answered; read, list and replay it; take feedback on it.

Enters: answers of `Matching` and `Screening`, and questions about them. Leaves: decisions with their names of today, replays, what
became of feedback. Nothing personal is recorded: documents by row id, an inline query by the hash of its content, a filter on
candidates that compares free text (an id, a title, a tag) by its hash. The writing happens beside the call, see
decision_writer.py.
"""

from __future__ import annotations

import hashlib
import re
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from pydantic import TypeAdapter

from matcher.decision_writer import DecisionsConfig, DecisionWriter
from matcher.domain.decision import (
    ANONYMOUS,
    DecidedEntry,
    Decision,
    DecisionQuery,
    Feedback,
    FeedbackResult,
    Journey,
    Outcome,
)
from matcher.domain.document import Kind
from matcher.errors import InvalidRequest, ResourceNotFound
from matcher.paging import decode_token, encode_token, fingerprint
from matcher.records import MatchPage, MatchQuery
from matcher.screening import ScreeningQuery
from matcher.store import DocumentStore

MATCH_REQUEST: Final = TypeAdapter(MatchQuery)
SCREENING_REQUEST: Final = TypeAdapter(ScreeningQuery)
# Values of these fields are the client's own words, so a filter on candidates may hold a person's name in them.
_FREE_TEXT = re.compile(r"\b(id|name|title|tags?|organisation)\s*[:=!<>]")
_CALLER_CHARACTERS = re.compile(r"[^A-Za-z0-9._:-]")
_MAX_CALLER: Final = 64
_LANE_BITS: Final = 12


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """One page of decisions, newest first."""

    decisions: Sequence[Decision]
    next_page_token: str


@dataclass(frozen=True, slots=True)
class DecisionList:
    """Which decisions to list. `document`: resource name of one that asked or was returned, "": any."""

    query: DecisionQuery = field(default_factory=DecisionQuery)
    document: str = ""
    page_size: int = 50
    page_token: str = ""


class Decisions:
    """Records, reads and lists decisions, and takes feedback on them.

    Args:
        config: whether and how long they are kept.
        store: where they rest.
    """

    def __init__(self, config: DecisionsConfig, store: DocumentStore) -> None:
        self._enabled = config.enabled
        self._store = store
        self._writer = DecisionWriter(config, store.decisions.write, store.decisions.forget_before)
        self._lane: int | None = None  # taken with the first record: who only reads a store must not write to it
        self._numbering = threading.Lock()
        self._last_us = 0

    def recorded(self, query: MatchQuery | ScreeningQuery, page: MatchPage, caller: str) -> MatchPage:
        """The page with the name of its record; without one when decisions are not recorded or the queue is full."""
        if not self._enabled or page.decided is None:
            return page
        decision = self._decision(query, page, caller)
        return replace(page, decision=decision.name) if self._writer.record(decision) else page

    def flush(self) -> None:
        """Writes what is queued, so that another process can read it."""
        self._writer.flush()

    def get(self, name: str) -> Decision:
        """One decision by resource name.

        Raises:
            ResourceNotFound: there is none of this name, or no longer.
        """
        self._writer.flush()
        found = self._store.decisions.get(int(name.removeprefix("decisions/"), 16))
        if found is None:
            raise ResourceNotFound(f"no decision {name}; it may be older than decisions are kept", field="name")
        return found

    def listed(self, wanted: DecisionList) -> DecisionPage:
        """One page of decisions, newest first.

        Raises:
            ResourceNotFound: `document` names no stored document.
            InvalidRequest, InvalidPageToken: the times are the wrong way round; the token is of another request.
        """
        query = wanted.query
        if query.start is not None and query.end is not None and query.start >= query.end:
            raise InvalidRequest("end_time is not after start_time", field="end_time", limit="> start_time")
        request = fingerprint("decisions", query.caller, str(query.start), str(query.end), wanted.document)
        if wanted.page_token:
            query = replace(query, before=int(decode_token(wanted.page_token, request)))
        if wanted.document:
            query = replace(query, row_id=self._row_id(wanted.document))
        self._writer.flush()
        found = self._store.decisions.listed(query, wanted.page_size + 1)
        page, more = found[: wanted.page_size], len(found) > wanted.page_size
        return DecisionPage(page, encode_token(request, str(page[-1].number)) if more else "")

    def feedback(self, name: str, document: str, outcome: Outcome, caller: str, *, consent: bool) -> FeedbackResult:
        """Keeps what became of one match of a decision, or only counts it where the person did not consent.

        Raises:
            ResourceNotFound: no such decision.
            InvalidRequest: the decision did not return this document.
        """
        decision = self.get(name)
        entry = next((e for e in decision.entries if e.name == document), None)
        if entry is None or entry.row_id is None:
            raise InvalidRequest(
                "the decision did not return this document", reason="NOT_IN_DECISION", field="document"
            )
        return self._store.feedback.record(
            Feedback(
                decision=decision.number,
                query_row_id=decision.query_row_id,
                row_id=entry.row_id,
                query_kind=decision.query_kind,
                target_kind=decision.target_kind,
                outcome=outcome,
                caller=caller,
                time_s=time.time(),
                consent=consent,
            )
        )

    def close(self) -> None:
        """Writes what is not yet written."""
        self._writer.close()

    def _row_id(self, document: str) -> int:
        stored = self._store.get(document)
        if stored is None:
            raise ResourceNotFound(f"no document {document}", field="document")
        return stored.row_id

    def _decision(self, query: MatchQuery | ScreeningQuery, page: MatchPage, caller: str) -> Decision:
        decided = page.decided
        if decided is None:
            raise ValueError("a page without what it was decided on cannot be recorded")
        journey, request = _request(query)
        target_kind = query.target_kind if isinstance(query, MatchQuery) else Kind.CANDIDATE
        return Decision(
            number=self._number(),
            time_s=time.time(),
            caller=caller,
            query_kind=decided.query_kind,
            target_kind=target_kind,
            query_row_id=decided.query_row_id,
            query_hash=decided.query_hash,
            request=request,
            filter_text=None if is_withheld(target_kind, query.filter_text) else query.filter_text,
            filter_hash=hash_of(query.filter_text),
            offset=decided.offset,
            versions=page.versions,
            filtered_size=page.filtered_size,
            entries=tuple(
                DecidedEntry(match.rank, row_id, match.scored.score)
                for match, row_id in zip(page.matches, decided.row_ids, strict=True)
            ),
            journey=journey,
        )

    def _number(self) -> int:
        """Microseconds since 1970, each given out once, and the lane of this process, so that no two processes share a number."""
        with self._numbering:
            self._last_us = max(time.time_ns() // 1000, self._last_us + 1)
            if self._lane is None:
                self._lane = self._store.decisions.next_lane() % 2**_LANE_BITS
            return self._last_us << _LANE_BITS | self._lane


def _request(query: MatchQuery | ScreeningQuery) -> tuple[Journey, str]:
    """What made the decision, and its request as JSON without document, filter and names, which are recorded apart."""
    if isinstance(query, MatchQuery):
        return Journey.MATCH, MATCH_REQUEST.dump_json(query, exclude={"query", "filter_text", "page_token"}).decode()
    journey = Journey.SCREENING_OF_NAMED if query.names else Journey.SCREENING
    return journey, SCREENING_REQUEST.dump_json(query, exclude={"query", "filter_text", "names"}).decode()


def is_withheld(target_kind: Kind, filter_text: str) -> bool:
    """Whether a filter is recorded by its hash only: one on candidates that compares the client's own words."""
    return target_kind is Kind.CANDIDATE and _FREE_TEXT.search(filter_text) is not None


def hash_of(filter_text: str) -> str:
    """SHA-256 of a filter as written."""
    return hashlib.sha256(filter_text.encode()).hexdigest()


def caller_id(given: str) -> str:
    """A caller's name for the record: letters, digits and `._:-`, others replaced by `_`, at most 64; "": anonymous."""
    return _CALLER_CHARACTERS.sub("_", given.strip()[:_MAX_CALLER]) or ANONYMOUS
