"""The replay journey: a recorded decision made again with what is in force now, and how the two differ.

Enters: a decision, and what its record does not hold (the document of an inline query, a withheld filter), checked by hash.
Leaves: whether it was reproduced, which versions are others, and which documents stand elsewhere. Records nothing.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Final

from matcher.decisions import MATCH_REQUEST, SCREENING_REQUEST, hash_of
from matcher.domain.decision import Decision, Difference, Journey, Replay, VersionChange, VersionPart
from matcher.domain.document import RawDocument
from matcher.domain.match import Versions
from matcher.errors import InvalidRequest, ReplayRefused
from matcher.field_paths import standing_at
from matcher.in_force import InForce
from matcher.ingest import read_document
from matcher.matching import at_offset
from matcher.records import MatchPage, Query
from matcher.screening import Screening
from matcher.store import DocumentStore

# A score is rounded nowhere; two that differ by less come from another order of the same additions.
SAME_SCORE: Final = 1e-9


def replay(
    decision: Decision, document: RawDocument | None, filter_text: str | None, in_force: InForce, store: DocumentStore
) -> Replay:
    """Makes a decision again.

    Args:
        decision: as recorded.
        document: the inline query, where the decision had one; None: not sent.
        filter_text: the filter, where the record withholds it; None: not sent.
        in_force: what is in force.
        store: the documents.

    Raises:
        ReplayRefused: the query's document was deleted.
        InvalidRequest: something needed was not sent, or is not what the decision was made on.
        InvalidDocument: the document cannot be read.
    """
    if decision.query_is_deleted:
        raise ReplayRefused("the document that asked was deleted; the decision cannot be made again", field="name")
    query, filter_text = _query(decision, document), _filter(decision, filter_text)
    if decision.journey is Journey.MATCH:
        page = _matched(decision, query, filter_text, in_force)
    else:
        page = _screened(decision, query, filter_text, Screening(in_force, store))
    differences = _differences(decision, page)
    changes = _changes(decision.versions, page.versions)
    # a document that was deleted since has no name to be found again by
    whole = all(entry.row_id is not None for entry in decision.entries)
    return Replay(decision, whole and not differences, page.versions, changes, differences)


def _matched(decision: Decision, query: Query, filter_text: str, in_force: InForce) -> MatchPage:
    recorded = MATCH_REQUEST.validate_python({"query": "", **json.loads(decision.request)})
    again = replace(recorded, query=query, filter_text=filter_text, with_evidence=False)
    return in_force.matching.match(at_offset(again, decision.offset))


def _screened(decision: Decision, query: Query, filter_text: str, screening: Screening) -> MatchPage:
    """A screening again; of candidates that were named, those that were returned are screened, since the others are not kept."""
    recorded = SCREENING_REQUEST.validate_python({"query": "", **json.loads(decision.request)})
    named = decision.journey is Journey.SCREENING_OF_NAMED
    names = tuple(e.name for e in decision.entries if e.name) if named else ()
    again = replace(recorded, query=query, filter_text=filter_text, names=names, evidence_count=0)
    screened, _ = screening.stored(again, lambda *_: None)
    return screening.page(screened, screening.matches(screened, again, 0, screened.n_returned))


def _query(decision: Decision, document: RawDocument | None) -> Query:
    if not decision.query_is_inline:
        if document is not None:
            raise InvalidRequest("the decision was made on a stored document; send none", field="document")
        return decision.query_name
    if document is None:
        raise InvalidRequest(
            "the decision was made on a document that was sent along and not kept; send it again",
            reason="DOCUMENT_NEEDED",
            field="document",
        )
    with standing_at("document"):
        read, _ = read_document(document)
    if read.content_hash != decision.query_hash:
        raise InvalidRequest(
            "this is not the document that the decision was made on: its content hash differs",
            reason="DOCUMENT_DIFFERS",
            field="document",
        )
    return document


def _filter(decision: Decision, filter_text: str | None) -> str:
    if decision.filter_text is not None:
        if filter_text is not None and filter_text != decision.filter_text:
            raise InvalidRequest("the decision had another filter; send none", reason="FILTER_DIFFERS", field="filter")
        return decision.filter_text
    if filter_text is None:
        raise InvalidRequest(
            "the record withholds this filter, since it compares candidates with free text; send it again",
            reason="FILTER_NEEDED",
            field="filter",
        )
    if hash_of(filter_text) != decision.filter_hash:
        raise InvalidRequest(
            "the decision had another filter: its hash differs", reason="FILTER_DIFFERS", field="filter"
        )
    return filter_text


def _changes(was: Versions, now: Versions) -> tuple[VersionChange, ...]:
    pairs = ((part, str(getattr(was, part.value)), str(getattr(now, part.value))) for part in VersionPart)
    return tuple(VersionChange(part, old, new) for part, old, new in pairs if old != new)


def _differences(decision: Decision, page: MatchPage) -> tuple[Difference, ...]:
    """Documents that stand elsewhere or score otherwise, by old rank, then those that are new to the page by new rank."""
    now = {match.name: match for match in page.matches}
    found = []
    for entry in decision.entries:
        match = now.pop(entry.name, None) if entry.name else None
        if match is None:
            found.append(Difference(entry.name, entry.rank, entry.score, None, None))
        elif match.rank != entry.rank or abs(match.scored.score - (entry.score or 0.0)) > SAME_SCORE:
            found.append(Difference(entry.name, entry.rank, entry.score, match.rank, match.scored.score))
    found.extend(Difference(m.name, None, None, m.rank, m.scored.score) for m in now.values())
    return tuple(found)
