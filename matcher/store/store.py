"""The document store: SQLAlchemy over SQLite in WAL mode.

Enters: prepared documents and deletions. Leaves: results that are sent only after the transaction is committed, and stored
documents. Each transaction that changes something takes the next revision; an index that knows its revision can ask for
what came after. Vectors stand in one of two sets; the other is filled when the model is swapped (reembedding.py). Refuses: a
store whose vectors were made by another model (IndexModelMismatch).
"""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Connection, create_engine, delete, event, func, insert, select

from matcher.domain.document import Kind, Truncation
from matcher.errors import IndexModelMismatch
from matcher.store.completions import CompletionTable
from matcher.store.credentials import CredentialTable
from matcher.store.decisions import DecisionRecords, forget_in_decisions
from matcher.store.feedback import FeedbackRecords
from matcher.store.mention_details import add_missing_columns, all_phrases, phrases_of
from matcher.store.named_settings import read_setting, vector_set_in_force, write_setting
from matcher.store.records import (
    DocumentVectors,
    PreparedDocument,
    Receipt,
    StoredDocument,
    StoredPhrase,
    VectorSet,
    WriteOutcome,
    WriteResult,
)
from matcher.store.reembedding import Reembedding
from matcher.store.retagging import Retagging
from matcher.store.rows import (
    RECEIPT_LIFETIME_S,
    floats,
    stored_documents,
    truncations_of,
    write_document,
)
from matcher.store.schema import VECTOR_TABLES, deletions, documents, metadata, receipts

READ_BATCH = 500


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
        add_missing_columns(self._writer)
        self.reembedding = Reembedding(self._engine, self._writer, self._write_lock)
        self.retagging = Retagging(self._engine, self._writer, self._write_lock)
        self.credentials = CredentialTable(self._engine, self._writer, self._write_lock)
        self.completions = CompletionTable(self._engine, self._writer, self._write_lock, self._wipe_log)
        self.decisions = DecisionRecords(self._engine, self._writer, self._write_lock)
        self.feedback = FeedbackRecords(self._engine, self._writer, self._write_lock)

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
            bound = read_setting(connection, "model")
            if bound == wanted:
                return
            if bound is not None and connection.scalar(select(func.count()).select_from(documents)):
                raise IndexModelMismatch(
                    f"stored vectors were made by model {bound}, the configured model is {wanted}; "
                    f"run `matcher reembed` to re-embed all documents, or configure the old model",
                    stored_model=bound,
                    configured_model=wanted,
                )
            write_setting(connection, "model", wanted)

    def identity(self) -> str:
        """Random name given to this store when it was made; a snapshot of another store is told apart by it."""
        with self._write_lock, self._engine.begin() as connection:
            found = read_setting(connection, "identity")
            if found is None:
                found = uuid.uuid4().hex
                write_setting(connection, "identity", found)
            return found

    def taxonomy_version(self) -> str | None:
        """Version of the taxonomy that the stored mentions were found with; None for an empty store."""
        with self._engine.connect() as connection:
            return read_setting(connection, "taxonomy")

    def bind_taxonomy(self, version: str) -> None:
        """Records the taxonomy version of the mentions that are written from now on."""
        with self._write_lock, self._writer.begin() as connection:
            write_setting(connection, "taxonomy", version)

    def vector_set(self) -> VectorSet:
        """Where the vectors in force stand."""
        with self._engine.connect() as connection:
            return vector_set_in_force(connection)

    def revision(self) -> int:
        """Number of the last committed change, 0 for a new store."""
        with self._engine.connect() as connection:
            return int(read_setting(connection, "revision") or 0)

    # --- writes --------------------------------------------------------------------------------------------------

    def write(self, prepared: Sequence[PreparedDocument]) -> list[WriteResult]:
        """Writes documents in one transaction and returns once it is committed; all are stored or none.

        A document whose content hash is already stored under its name is UNCHANGED and is not written.
        """
        now = time.time()
        with self._write_lock, self._writer.begin() as connection:
            revision = int(read_setting(connection, "revision") or 0) + 1
            vector_set = vector_set_in_force(connection)
            results = [write_document(connection, item, revision, now, vector_set) for item in prepared]
            if any(r.outcome is not WriteOutcome.UNCHANGED for r in results):
                write_setting(connection, "revision", str(revision))
        if self._log_holds_deleted:
            self._wipe_log()
        return results

    def delete(self, name: str) -> tuple[int, int] | None:
        """Deletes a document for good. Returns (row id, revision), or None when there was none."""
        with self._write_lock, self._writer.begin() as connection:
            row = connection.execute(select(documents).where(documents.c.name == name)).first()
            if row is None:
                return None
            forget_in_decisions(connection, row.row_id, row.content_hash)
            revision = int(read_setting(connection, "revision") or 0) + 1
            connection.execute(delete(documents).where(documents.c.row_id == row.row_id))
            connection.execute(insert(deletions).values(row_id=row.row_id, kind=row.kind, revision=revision))
            write_setting(connection, "revision", str(revision))
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

    def truncations(self, names: Sequence[str]) -> dict[str, Truncation]:
        """What the vectors in force leave out of the documents of these names; those of which all was read are left out."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(documents.c.row_id, documents.c.name).where(documents.c.name.in_(names)))
            name_by_row = {row.row_id: row.name for row in rows}
            found = truncations_of(connection, name_by_row, vector_set_in_force(connection))
            return {name_by_row[row_id]: truncation for row_id, truncation in found.items()}

    def get(self, name: str) -> StoredDocument | None:
        """One document by name, or None."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(documents).where(documents.c.name == name)).all()
            found = stored_documents(connection, rows, vector_set_in_force(connection))
            if not found:
                return None
            unknown = phrases_of(connection, found[0].row_id, found[0].document.text)
            return replace(found[0], phrases=unknown) if unknown else found[0]

    def titles_of(self, kind: Kind) -> dict[str, str]:
        """Title by name of all documents of a kind, by name ascending."""
        query = select(documents.c.name, documents.c.title).where(documents.c.kind == kind.value)
        with self._engine.connect() as connection:
            return {row.name: row.title for row in connection.execute(query.order_by(documents.c.name))}

    def get_many(self, row_ids: Sequence[int]) -> dict[int, StoredDocument]:
        """Documents by row id; ids that are gone are left out."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(documents).where(documents.c.row_id.in_(row_ids))).all()
            found = stored_documents(connection, rows, vector_set_in_force(connection))
            return {stored.row_id: stored for stored in found}

    def titles(self, row_ids: Sequence[int]) -> dict[int, tuple[int, str, str]]:
        """(revision, name, title) by row id; ids that are gone are left out."""
        wanted = select(documents.c.row_id, documents.c.revision, documents.c.name, documents.c.title)
        with self._engine.connect() as connection:
            rows = connection.execute(wanted.where(documents.c.row_id.in_(row_ids)))
            return {r.row_id: (r.revision, r.name, r.title) for r in rows}

    def vectors_of(self, row_ids: Sequence[int], vector_set: VectorSet | None = None) -> dict[int, DocumentVectors]:
        """Vectors of a set (None: that in force) by row id; ids that are gone are left out."""
        with self._engine.connect() as connection:
            table = VECTOR_TABLES[vector_set or vector_set_in_force(connection)]
            rows = connection.execute(select(table).where(table.c.row_id.in_(row_ids)))
            return {r.row_id: DocumentVectors(floats(r.title), floats(r.body)) for r in rows}

    def changed_since(
        self, revision: int, vector_set: VectorSet | None = None
    ) -> Iterator[tuple[StoredDocument, DocumentVectors]]:
        """Documents written after `revision` (0: all) that have vectors in a set (None: that in force when asked).

        By ascending row id, in bounded memory.
        """
        last, chosen = 0, vector_set or self.vector_set()
        table = VECTOR_TABLES[chosen]
        while True:
            with self._engine.connect() as connection:
                rows = connection.execute(
                    select(documents, table.c.title.label("title_vector"), table.c.body.label("body_vector"))
                    .join(table, table.c.row_id == documents.c.row_id)
                    .where(documents.c.revision > revision, documents.c.row_id > last)
                    .order_by(documents.c.row_id)
                    .limit(READ_BATCH)
                ).all()
                found = stored_documents(connection, rows, chosen)
            for row, stored in zip(rows, found, strict=True):
                yield stored, DocumentVectors(floats(row.title_vector), floats(row.body_vector))
            if len(rows) < READ_BATCH:
                return
            last = rows[-1].row_id

    def phrases(self) -> Iterator[StoredPhrase]:
        """Unknown phrases of all documents, by row id and place, in bounded memory."""
        return all_phrases(self._engine)

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
