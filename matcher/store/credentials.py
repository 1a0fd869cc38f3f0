"""Stored bundles of courses, within the store of documents.

Enters: bundles. Leaves: acknowledged writes and stored bundles. What a bundle comes to is not stored: it is computed from the
documents. Refuses: a second bundle of the same id (ResourceExists).
"""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, Row, delete, insert, select

from matcher.domain.bundle import Credential
from matcher.domain.target import CohortTarget
from matcher.errors import ResourceExists
from matcher.store.schema import credentials


class CredentialTable:
    """Reads and writes bundles. Safe to share between threads; writes are serialised with those of documents."""

    def __init__(self, engine: Engine, writer: Engine, write_lock: threading.Lock) -> None:
        self._engine = engine
        self._writer = writer
        self._write_lock = write_lock

    def create(self, credential: Credential) -> Credential:
        """Stores a bundle and returns it as stored; one that is stored with the same content already is returned as it is.

        Raises:
            ResourceExists: the id is taken by a bundle of other content.
        """
        with self._write_lock, self._writer.begin() as connection:
            row = connection.execute(select(credentials).where(credentials.c.credential_id == credential.id)).first()
            if row is None:
                connection.execute(insert(credentials).values(_row(credential)))
                return credential
        stored = _credential(row)
        if _row(stored) | {"create_time": 0.0} != _row(credential) | {"create_time": 0.0}:
            raise ResourceExists(f"{credential.name} exists with other content", field="credential_id")
        return stored

    def get(self, credential_id: str) -> Credential | None:
        """One bundle, or None."""
        with self._engine.connect() as connection:
            row = connection.execute(select(credentials).where(credentials.c.credential_id == credential_id)).first()
        return None if row is None else _credential(row)

    def all(self) -> list[Credential]:
        """All bundles, by id ascending."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(credentials).order_by(credentials.c.credential_id)).all()
        return [_credential(row) for row in rows]

    def delete(self, credential_id: str) -> bool:
        """Deletes a bundle; false when there was none."""
        with self._write_lock, self._writer.begin() as connection:
            gone = connection.execute(delete(credentials).where(credentials.c.credential_id == credential_id))
            return bool(gone.rowcount)


def _row(credential: Credential) -> dict[str, Any]:
    cohort = credential.cohort
    payload = {
        "courses": list(credential.courses),
        "cohort": None
        if cohort is None
        else {"filter": cohort.filter_text, "postings": list(cohort.postings), "min_share": cohort.min_share},
    }
    return {
        "credential_id": credential.id,
        "title": credential.title,
        "summary": credential.summary,
        "payload": json.dumps(payload, ensure_ascii=False, sort_keys=True),
        "create_time": credential.create_time.timestamp(),
    }


def _credential(row: Row[Any]) -> Credential:
    payload = json.loads(row.payload)
    cohort = payload["cohort"]
    return Credential(
        id=row.credential_id,
        title=row.title,
        courses=tuple(payload["courses"]),
        cohort=None if cohort is None else _cohort(cohort),
        summary=row.summary,
        create_time=datetime.fromtimestamp(row.create_time, UTC),
    )


def _cohort(stored: dict[str, Any]) -> CohortTarget:
    return CohortTarget(stored["filter"], tuple(stored["postings"]), stored["min_share"])
