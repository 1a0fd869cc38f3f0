"""The document store: SQLAlchemy over SQLite in WAL mode.

Enters: prepared documents and deletions. Leaves: results that are sent only after the transaction is committed, and stored
documents. Each transaction that changes something takes the next revision; an index that knows its revision can ask for
what came after. Refuses: a store whose vectors were made by another model (IndexModelMismatch).
"""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Connection, create_engine, delete, event, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from matcher.domain.document import Kind
from matcher.domain.skill import SkillMention
from matcher.errors import IndexModelMismatch
from matcher.store.records import DocumentVectors, PreparedDocument, Receipt, StoredDocument, WriteOutcome, WriteResult
from matcher.store.rows import (
    RECEIPT_LIFETIME_S,
    floats,
    mentions_of,
    stored_document,
    write_derived,
    write_document,
)
from matcher.store.schema import deletions, documents, metadata, receipts, settings, vectors

READ_BATCH = 500
REEMBEDDING = "re-embedding"


class StoreConfig(BaseModel):
    """Where documents are kept."""

    model_config = ConfigDict(extra="forbid")

    path: Path = Field(Path("var/skillmatch.db"), description="SQLite file; its folder is created when absent")
    busy_timeout_s: float = Field(10.0, gt=0, description="how long a write waits for another process's write, seconds")


class DocumentStore:
    """Reads and writes documents. Safe to share between threads; writes are serialised.

    Raises:
        IndexModelMismatch: from `bind_model`, when the stored vectors are of another model.
    """

    def __init__(self, config: StoreConfig) -> None:
        config.path.parent.mkdir(parents=True, exist_ok=True)
        self._engine = create_engine(f"sqlite:///{config.path}", connect_args={"timeout": config.busy_timeout_s})
        event.listen(self._engine, "connect", _set_pragmas)
        event.listen(self._engine, "begin", _begin)
        self._writer = self._engine.execution_options(writes=True)
        self._write_lock = threading.Lock()
        self._log_holds_deleted = False
        metadata.create_all(self._writer)

    def close(self) -> None:
        """Closes all connections; the last one folds the write-ahead log into the file."""
        self._engine.dispose()

    # --- settings ------------------------------------------------------------------------------------------------

    def bind_model(self, model_id: str, dimension: int) -> None:
        """Ties the store to the model of its vectors; an empty store takes the new model.

        Raises:
            IndexModelMismatch: the store holds vectors of another model or dimension.
        """
        wanted = f"{model_id}:{dimension}"
        with self._write_lock, self._writer.begin() as connection:
            bound = _setting(connection, "model")
            if bound == wanted:
                return
            if bound == REEMBEDDING:
                raise IndexModelMismatch(
                    "re-embedding was interrupted, so the stored vectors may be of two models; "
                    "run `matcher reembed` again",
                    configured_model=wanted,
                )
            if bound is not None and connection.scalar(select(func.count()).select_from(documents)):
                raise IndexModelMismatch(
                    f"stored vectors were made by model {bound}, the configured model is {wanted}; "
                    f"run `matcher reembed` to re-embed all documents, or configure the old model",
                    stored_model=bound,
                    configured_model=wanted,
                )
            _set(connection, "model", wanted)

    def identity(self) -> str:
        """Random name given to this store when it was made; a snapshot of another store is told apart by it."""
        with self._write_lock, self._engine.begin() as connection:
            found = _setting(connection, "identity")
            if found is None:
                found = uuid.uuid4().hex
                _set(connection, "identity", found)
            return found

    def taxonomy_version(self) -> str | None:
        """Version of the taxonomy that the stored mentions were found with; None for an empty store."""
        with self._engine.connect() as connection:
            return _setting(connection, "taxonomy")

    def bind_taxonomy(self, version: str) -> None:
        """Records the taxonomy version of the mentions that are written from now on."""
        with self._write_lock, self._writer.begin() as connection:
            _set(connection, "taxonomy", version)

    def revision(self) -> int:
        """Number of the last committed change, 0 for a new store."""
        with self._engine.connect() as connection:
            return int(_setting(connection, "revision") or 0)

    # --- writes --------------------------------------------------------------------------------------------------

    def write(self, prepared: Sequence[PreparedDocument]) -> list[WriteResult]:
        """Writes documents in one transaction and returns once it is committed; all are stored or none.

        A document whose content hash is already stored under its name is UNCHANGED and is not written.
        """
        now = time.time()
        with self._write_lock, self._writer.begin() as connection:
            revision = int(_setting(connection, "revision") or 0) + 1
            results = [write_document(connection, item, revision, now) for item in prepared]
            if any(r.outcome is not WriteOutcome.UNCHANGED for r in results):
                _set(connection, "revision", str(revision))
        if self._log_holds_deleted:
            self._wipe_log()
        return results

    def replace_derived(self, items: Sequence[tuple[int, tuple[SkillMention, ...], DocumentVectors]]) -> None:
        """Replaces mentions and vectors of existing rows in one transaction, leaving the documents as they are."""
        with self._write_lock, self._writer.begin() as connection:
            revision = int(_setting(connection, "revision") or 0) + 1
            for row_id, found, document_vectors in items:
                write_derived(connection, row_id, found, document_vectors)
                connection.execute(update(documents).where(documents.c.row_id == row_id).values(revision=revision))
            _set(connection, "revision", str(revision))

    def begin_reembedding(self) -> None:
        """Marks the vectors as being replaced: from here until `end_reembedding`, `bind_model` refuses every model."""
        with self._write_lock, self._engine.begin() as connection:
            _set(connection, "model", REEMBEDDING)

    def end_reembedding(self, model_id: str, dimension: int) -> None:
        """Records that all vectors are now of this model; only re-embedding may say so."""
        with self._write_lock, self._engine.begin() as connection:
            _set(connection, "model", f"{model_id}:{dimension}")

    def delete(self, name: str) -> tuple[int, int] | None:
        """Deletes a document for good. Returns (row id, revision), or None when there was none."""
        with self._write_lock, self._writer.begin() as connection:
            row = connection.execute(
                select(documents.c.row_id, documents.c.kind).where(documents.c.name == name)
            ).first()
            if row is None:
                return None
            revision = int(_setting(connection, "revision") or 0) + 1
            connection.execute(delete(documents).where(documents.c.row_id == row.row_id))
            connection.execute(insert(deletions).values(row_id=row.row_id, kind=row.kind, revision=revision))
            _set(connection, "revision", str(revision))
        self._wipe_log()
        return int(row.row_id), revision

    def _wipe_log(self) -> None:
        """Empties the write-ahead log, which still holds old pages after secure_delete wiped those of the file.

        A reader that is under way longer than the busy timeout prevents it; the next write tries again.
        """
        self._log_holds_deleted = True
        connection = self._engine.raw_connection()
        try:
            busy, _, _ = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            connection.close()
        self._log_holds_deleted = bool(busy)

    # --- reads ---------------------------------------------------------------------------------------------------

    def content_hashes(self, names: Sequence[str]) -> dict[str, str]:
        """Content hash by name for those of `names` that are stored."""
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(documents.c.name, documents.c.content_hash).where(documents.c.name.in_(names))
            )
            return {row.name: row.content_hash for row in rows}

    def receipts(self, request_ids: Sequence[str]) -> dict[str, Receipt]:
        """Receipts of the last 7 days by request id for those of `request_ids` that were used."""
        oldest = time.time() - RECEIPT_LIFETIME_S
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(receipts).where(receipts.c.request_id.in_(request_ids), receipts.c.time >= oldest)
            )
            return {r.request_id: Receipt(r.name, r.content_hash, WriteOutcome(r.outcome)) for r in rows}

    def get(self, name: str) -> StoredDocument | None:
        """One document by name, or None."""
        with self._engine.connect() as connection:
            row = connection.execute(select(documents).where(documents.c.name == name)).first()
            if row is None:
                return None
            return stored_document(row, mentions_of(connection, [row]).get(row.row_id, ()))

    def get_many(self, row_ids: Sequence[int]) -> dict[int, StoredDocument]:
        """Documents by row id; ids that are gone are left out."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(documents).where(documents.c.row_id.in_(row_ids))).all()
            found = mentions_of(connection, rows)
            return {row.row_id: stored_document(row, found.get(row.row_id, ())) for row in rows}

    def vectors_of(self, row_ids: Sequence[int]) -> dict[int, DocumentVectors]:
        """Vectors by row id; ids that are gone are left out."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(vectors).where(vectors.c.row_id.in_(row_ids)))
            return {r.row_id: DocumentVectors(floats(r.title), floats(r.body)) for r in rows}

    def changed_since(self, revision: int) -> Iterator[tuple[StoredDocument, DocumentVectors]]:
        """Documents written after `revision` (0: all), by ascending row id, in bounded memory."""
        last = 0
        while True:
            with self._engine.connect() as connection:
                rows = connection.execute(
                    select(documents, vectors.c.title.label("title_vector"), vectors.c.body.label("body_vector"))
                    .join(vectors, vectors.c.row_id == documents.c.row_id)
                    .where(documents.c.revision > revision, documents.c.row_id > last)
                    .order_by(documents.c.row_id)
                    .limit(READ_BATCH)
                ).all()
                found = mentions_of(connection, rows)
            for row in rows:
                yield (
                    stored_document(row, found.get(row.row_id, ())),
                    DocumentVectors(floats(row.title_vector), floats(row.body_vector)),
                )
            if len(rows) < READ_BATCH:
                return
            last = rows[-1].row_id

    def deleted_since(self, revision: int) -> list[tuple[Kind, int]]:
        """(kind, row id) of documents deleted after `revision`."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(deletions).where(deletions.c.revision > revision))
            return [(Kind(r.kind), r.row_id) for r in rows]

    def counts(self) -> dict[Kind, int]:
        """Stored documents by kind."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(documents.c.kind, func.count()).group_by(documents.c.kind))
            found = {Kind(kind): int(count) for kind, count in rows}
        return {kind: found.get(kind, 0) for kind in Kind}


def _set_pragmas(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late, see `_begin`
    cursor = connection.cursor()
    # FULL: an acknowledged write survives power loss too; batches make its cost small.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", "cache_size=-65536"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """Starts a transaction before its first read.

    A write holds the file's write lock before it reads the revision, so that two processes never take the same one; the
    reads of one call see one state, so that mentions always belong to the text they are returned with.
    """
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


def _setting(connection: Connection, key: str) -> str | None:
    return connection.scalar(select(settings.c.value).where(settings.c.key == key))


def _set(connection: Connection, key: str, value: str) -> None:
    statement = upsert(settings).values(key=key, value=value)
    connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": value}))
