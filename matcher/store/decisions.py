"""Decisions at rest. Enters: decisions in batches, deletions of documents. Leaves: decisions with the names of today.

A document that is deleted is overwritten in every decision within the transaction that deletes it. A decision that reaches the
store after a document of it was deleted is written without it, so the order of the two does not matter.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, delete, or_, select, update

from matcher.domain.decision import DecidedEntry, Decision, DecisionQuery, Journey
from matcher.domain.document import Kind
from matcher.domain.match import Versions
from matcher.store.decision_schema import decision_entries, decisions
from matcher.store.named_settings import read_setting, write_setting
from matcher.store.schema import documents

_FORGET_BATCH = 1000
_LANE = "decision_lane"
# The row may have been deleted between the match and this write; then nothing of it is written.
_INSERT_DECISION = (
    "INSERT INTO decisions (number, time, caller, query_kind, target_kind, query_row_id, query_hash, request, filter, "
    'filter_hash, "offset", model, taxonomy, weights, index_revision, filtered_size, journey) '
    "VALUES (?, ?, ?, ?, ?, (SELECT row_id FROM documents WHERE row_id = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_ENTRY = (
    "INSERT INTO decision_entries (number, rank, row_id, score) "
    "SELECT ?, ?, (SELECT row_id FROM documents WHERE row_id = ?), "
    "CASE WHEN EXISTS (SELECT 1 FROM documents WHERE row_id = ?) THEN ? END"
)


class DecisionRecords:
    """Decisions in the store. Safe to share between threads.

    Args:
        engine: begins reads.
        writer: begins write transactions.
        write_lock: held while one is open.
    """

    def __init__(self, engine: Engine, writer: Engine, write_lock: threading.Lock) -> None:
        self._engine = engine
        self._writer = writer
        self._write_lock = write_lock

    def next_lane(self) -> int:
        """A number that no one else was given: each process that records decisions numbers them in a lane of its own."""
        with self._write_lock, self._writer.begin() as connection:
            lane = int(read_setting(connection, _LANE) or 0) + 1
            write_setting(connection, _LANE, str(lane))
        return lane

    def write(self, batch: Sequence[Decision]) -> None:
        """Writes decisions in one transaction."""
        if not batch:
            return
        entries = [(d.number, e.rank, e.row_id, e.row_id, e.score) for d in batch for e in d.entries]
        with self._write_lock, self._writer.begin() as connection:
            connection.exec_driver_sql(_INSERT_DECISION, [tuple(_columns(d).values()) for d in batch])
            if entries:
                connection.exec_driver_sql(_INSERT_ENTRY, entries)

    def get(self, number: int) -> Decision | None:
        """One decision, None when there is none."""
        with self._engine.connect() as connection:
            found = _decisions(connection, select(decisions).where(decisions.c.number == number))
        return found[0] if found else None

    def listed(self, query: DecisionQuery, limit: int) -> list[Decision]:
        """The newest decisions that the query asks for, newest first, at most `limit`."""
        wanted = select(decisions)
        if query.caller:
            wanted = wanted.where(decisions.c.caller == query.caller)
        if query.start is not None:
            wanted = wanted.where(decisions.c.time >= query.start.timestamp())
        if query.end is not None:
            wanted = wanted.where(decisions.c.time < query.end.timestamp())
        if query.before is not None:
            wanted = wanted.where(decisions.c.number < query.before)
        if query.row_id is not None:
            returned = select(decision_entries.c.number).where(decision_entries.c.row_id == query.row_id)
            asked = decisions.c.query_row_id == query.row_id
            wanted = wanted.where(or_(asked, decisions.c.number.in_(returned)))
        with self._engine.connect() as connection:
            return _decisions(connection, wanted.order_by(decisions.c.number.desc()).limit(limit))

    def forget_before(self, time_s: float) -> int:
        """Deletes decisions made before a moment, in seconds since 1970; returns how many."""
        n_deleted = 0
        while True:
            oldest = select(decisions.c.number).where(decisions.c.time < time_s)
            with self._write_lock, self._writer.begin() as connection:
                rows = connection.scalars(oldest.order_by(decisions.c.number).limit(_FORGET_BATCH)).all()
                if rows:
                    connection.execute(delete(decisions).where(decisions.c.number.in_(rows)))
            n_deleted += len(rows)
            if len(rows) < _FORGET_BATCH:
                return n_deleted


def forget_in_decisions(connection: Connection, row_id: int, content_hash: str) -> None:
    """Overwrites a document that is being deleted in all decisions, within the transaction that deletes it.

    Also where the same content had been an inline query.
    """
    mine = decision_entries.c.row_id == row_id
    connection.execute(update(decision_entries).where(mine).values(row_id=None, score=None))
    connection.execute(update(decisions).where(decisions.c.query_row_id == row_id).values(query_row_id=None))
    connection.execute(update(decisions).where(decisions.c.query_hash == content_hash).values(query_hash=None))


def _columns(decision: Decision) -> dict[str, Any]:
    """In the order of `_INSERT_DECISION`; plain SQL, since compiling statements costs more than running them."""
    return {
        "number": decision.number,
        "time": decision.time_s,
        "caller": decision.caller,
        "query_kind": decision.query_kind.value,
        "target_kind": decision.target_kind.value,
        "query_row_id": decision.query_row_id,
        "query_hash": decision.query_hash or None,
        "request": decision.request,
        "filter": decision.filter_text,
        "filter_hash": decision.filter_hash,
        "offset": decision.offset,
        "model": decision.versions.model,
        "taxonomy": decision.versions.taxonomy,
        "weights": decision.versions.weights,
        "index_revision": decision.versions.index_revision,
        "filtered_size": decision.filtered_size,
        "journey": decision.journey.value,
    }


def _decisions(connection: Connection, wanted: Select[Any]) -> list[Decision]:
    """The decisions of a query, in its order, with the names that their documents have now."""
    rows = connection.execute(wanted).all()
    if not rows:
        return []
    chosen = decision_entries.c.number.in_([row.number for row in rows])
    entries: dict[int, list[DecidedEntry]] = {}
    joined = select(decision_entries, documents.c.name).outerjoin(
        documents, documents.c.row_id == decision_entries.c.row_id
    )
    for e in connection.execute(joined.where(chosen).order_by(decision_entries.c.number, decision_entries.c.rank)):
        entries.setdefault(e.number, []).append(DecidedEntry(e.rank, e.row_id, e.score, e.name or ""))
    asked = [row.query_row_id for row in rows if row.query_row_id is not None]
    named = connection.execute(select(documents.c.row_id, documents.c.name).where(documents.c.row_id.in_(asked)))
    name_by_row = {row.row_id: row.name for row in named}
    return [_decision(row, entries.get(row.number, []), name_by_row) for row in rows]


def _decision(row: Row[Any], entries: list[DecidedEntry], name_by_row: dict[int, str]) -> Decision:
    return Decision(
        number=row.number,
        time_s=row.time,
        caller=row.caller,
        query_kind=Kind(row.query_kind),
        target_kind=Kind(row.target_kind),
        query_row_id=row.query_row_id,
        query_hash=row.query_hash or "",
        request=row.request,
        filter_text=row.filter,
        filter_hash=row.filter_hash,
        offset=row.offset,
        versions=Versions(row.model, row.taxonomy, row.weights, row.index_revision),
        filtered_size=row.filtered_size,
        entries=tuple(entries),
        query_name=name_by_row.get(row.query_row_id, ""),
        journey=Journey(row.journey),
    )
