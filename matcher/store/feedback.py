"""Feedback at rest. Enters: what became of a match. Leaves: consented feedback by pair, and counts.

With consent the pair is kept, by row ids, until either document is deleted. Without consent nothing of the pair is kept, only
that there was one more of its sort on its day; what had been kept of the pair with consent is removed.
"""

from __future__ import annotations

import threading
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, delete, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from matcher.domain.decision import Feedback, FeedbackResult, Outcome
from matcher.store.decision_schema import feedback, feedback_counts
from matcher.store.schema import documents


class FeedbackRecords:
    """Feedback in the store. Safe to share between threads.

    Args:
        engine: begins reads.
        writer: begins write transactions.
        write_lock: held while one is open.
    """

    def __init__(self, engine: Engine, writer: Engine, write_lock: threading.Lock) -> None:
        self._engine = engine
        self._writer = writer
        self._write_lock = write_lock

    def record(self, given: Feedback) -> FeedbackResult:
        """Keeps or counts feedback in one transaction; the same told twice is kept once."""
        own = (feedback.c.decision == given.decision, feedback.c.row_id == given.row_id)
        with self._write_lock, self._writer.begin() as connection:
            if not given.consent:
                withdrawn = connection.execute(delete(feedback).where(*own)).rowcount
                _count(connection, given)
                return FeedbackResult.WITHDRAWN if withdrawn else FeedbackResult.COUNTED
            known = select(feedback.c.feedback_id).where(*own, feedback.c.outcome == given.outcome.value)
            if connection.scalar(known) is not None:
                return FeedbackResult.UNCHANGED
            connection.execute(
                insert(feedback).values(
                    decision=given.decision,
                    query_row_id=given.query_row_id,
                    row_id=given.row_id,
                    outcome=given.outcome.value,
                    caller=given.caller,
                    time=given.time_s,
                )
            )
            return FeedbackResult.STORED

    def pairs(self) -> list[tuple[int, int, Outcome]]:
        """(query row id, row id, outcome) of all consented feedback on stored queries, in the order in which it was told."""
        wanted = (
            select(feedback.c.query_row_id, feedback.c.row_id, feedback.c.outcome)
            .where(feedback.c.query_row_id.is_not(None))
            .order_by(feedback.c.time, feedback.c.feedback_id)
        )
        with self._engine.connect() as connection:
            return [(r.query_row_id, r.row_id, Outcome(r.outcome)) for r in connection.execute(wanted)]

    def of_document(self, name: str) -> list[Outcome]:
        """Outcomes kept of a document as the one that was returned, in the order in which they were told."""
        wanted = (
            select(feedback.c.outcome)
            .join(documents, documents.c.row_id == feedback.c.row_id)
            .where(documents.c.name == name)
            .order_by(feedback.c.time, feedback.c.feedback_id)
        )
        with self._engine.connect() as connection:
            return [Outcome(value) for value in connection.scalars(wanted)]

    def counts(self) -> dict[Outcome, int]:
        """How often each outcome was told without consent."""
        found: dict[Outcome, int] = {}
        with self._engine.connect() as connection:
            for row in connection.execute(select(feedback_counts)):
                found[Outcome(row.outcome)] = found.get(Outcome(row.outcome), 0) + row.n
        return found


def _count(connection: Connection, given: Feedback) -> None:
    statement = upsert(feedback_counts).values(
        day=datetime.fromtimestamp(given.time_s, UTC).date().isoformat(),
        query_kind=given.query_kind.value,
        target_kind=given.target_kind.value,
        outcome=given.outcome.value,
        n=1,
    )
    keys = ["day", "query_kind", "target_kind", "outcome"]
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_={"n": feedback_counts.c.n + 1}))
