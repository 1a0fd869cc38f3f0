"""What candidates completed, within the store of documents.

Enters: completions of stored candidates. Leaves: acknowledged writes and stored completions. A completion hangs on the row of
its candidate and goes with it. Refuses: a request id used for other content, a second report of the same completion that
says otherwise.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, insert, select

from matcher.domain.bundle import Completion
from matcher.errors import InvalidRequest, ResourceExists, ResourceNotFound
from matcher.store.schema import completions, documents


class CompletionTable:
    """Reads and writes completions. Safe to share between threads; writes are serialised with those of documents.

    Args:
        engine: for reads.
        writer: for writes.
        write_lock: held while writing.
        wipe_log: empties the write-ahead log, so that what was deleted is nowhere on disk.
    """

    def __init__(
        self, engine: Engine, writer: Engine, write_lock: threading.Lock, wipe_log: Callable[[], None]
    ) -> None:
        self._engine = engine
        self._writer = writer
        self._write_lock = write_lock
        self._wipe_log = wipe_log

    def record(self, completion: Completion, request_id: str = "") -> Completion:
        """Stores a completion and returns it as stored; one that was reported before is returned as it was then.

        Reported before is what has the same request id, or the same candidate, subject and day.

        Raises:
            ResourceNotFound: the candidate is not stored.
            InvalidRequest: the request id was used for another completion.
            ResourceExists: the same completion is stored with another `verified_by`.
        """
        with self._write_lock, self._writer.begin() as connection:
            row_id = connection.scalar(select(documents.c.row_id).where(documents.c.name == completion.candidate))
            if row_id is None:
                raise ResourceNotFound(f"no document {completion.candidate}", field="candidate")
            known = _reported(connection, row_id, completion, request_id)
            if known is not None:
                return known
            connection.execute(insert(completions).values(_row(completion, row_id, request_id)))
        return completion

    def of_candidate(self, candidate: str) -> list[Completion]:
        """Completions of a candidate by day, then by when they were recorded, then by id; none for an unknown one."""
        query = _WITH_NAME.where(documents.c.name == candidate).order_by(
            completions.c.completed_on, completions.c.record_time, completions.c.completion_id
        )
        with self._engine.connect() as connection:
            return [_completion(row) for row in connection.execute(query)]

    def delete(self, candidate: str, completion_id: str) -> bool:
        """Deletes a completion for good; false when the candidate has none of this id."""
        with self._write_lock, self._writer.begin() as connection:
            row_id = connection.scalar(select(documents.c.row_id).where(documents.c.name == candidate))
            gone = connection.execute(
                delete(completions).where(completions.c.completion_id == completion_id, completions.c.row_id == row_id)
            )
            found = bool(gone.rowcount)
        if found:
            self._wipe_log()
        return found


_WITH_NAME = select(completions, documents.c.name).join(documents, documents.c.row_id == completions.c.row_id)


def _reported(connection: Connection, row_id: int, completion: Completion, request_id: str) -> Completion | None:
    """The completion as it was reported before, None when it was not."""
    if request_id:
        row = connection.execute(_WITH_NAME.where(completions.c.request_id == request_id)).first()
        if row is not None:
            if not _same_report(_completion(row), completion):
                raise InvalidRequest(
                    "this request id was used for another completion", reason="REQUEST_ID_REUSED", field="request_id"
                )
            return _completion(row)
    row = connection.execute(
        _WITH_NAME.where(
            completions.c.row_id == row_id,
            completions.c.subject == completion.subject,
            completions.c.completed_on == completion.completed_on.isoformat(),
        )
    ).first()
    if row is None:
        return None
    if not _same_report(_completion(row), completion):
        raise ResourceExists(
            "this completion is recorded with another `verified_by`; delete it first", field="verified_by"
        )
    return _completion(row)


def _same_report(one: Completion, other: Completion) -> bool:
    """Whether two completions say the same; id, time and the state of the syllabi come from the first report."""
    return replace(one, id="", record_time=_NEVER, courses=()) == replace(other, id="", record_time=_NEVER, courses=())


_NEVER = datetime.min.replace(tzinfo=UTC)


def _row(completion: Completion, row_id: int, request_id: str) -> dict[str, Any]:
    return {
        "completion_id": completion.id,
        "row_id": row_id,
        "subject": completion.subject,
        "courses": json.dumps(completion.courses),
        "completed_on": completion.completed_on.isoformat(),
        "verified_by": completion.verified_by,
        "request_id": request_id or None,
        "record_time": completion.record_time.timestamp(),
    }


def _completion(row: Row[Any]) -> Completion:
    return Completion(
        id=row.completion_id,
        candidate=row.name,
        subject=row.subject,
        courses=tuple((course, content_hash) for course, content_hash in json.loads(row.courses)),
        completed_on=date.fromisoformat(row.completed_on),
        verified_by=row.verified_by,
        record_time=datetime.fromtimestamp(row.record_time, UTC),
    )
