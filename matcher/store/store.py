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
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Connection, Row, create_engine, delete, event, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from matcher.domain.document import Kind, SectionKind, Span
from matcher.domain.skill import Importance, Proficiency, SkillMention
from matcher.errors import IndexModelMismatch, InvalidRequest
from matcher.store.codec import decode_document, encode_payload
from matcher.store.records import DocumentVectors, PreparedDocument, Receipt, StoredDocument, WriteOutcome, WriteResult
from matcher.store.schema import deletions, documents, mentions, metadata, receipts, settings, vectors

RECEIPT_LIFETIME_S = 7 * 24 * 3600
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
            results = [_write_one(connection, item, revision, now) for item in prepared]
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
                _write_derived(connection, row_id, found, document_vectors)
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
            return _stored(row, _mentions_of(connection, [row]).get(row.row_id, ()))

    def get_many(self, row_ids: Sequence[int]) -> dict[int, StoredDocument]:
        """Documents by row id; ids that are gone are left out."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(documents).where(documents.c.row_id.in_(row_ids))).all()
            found = _mentions_of(connection, rows)
            return {row.row_id: _stored(row, found.get(row.row_id, ())) for row in rows}

    def vectors_of(self, row_ids: Sequence[int]) -> dict[int, DocumentVectors]:
        """Vectors by row id; ids that are gone are left out."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(vectors).where(vectors.c.row_id.in_(row_ids)))
            return {r.row_id: DocumentVectors(_floats(r.title), _floats(r.body)) for r in rows}

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
                found = _mentions_of(connection, rows)
            for row in rows:
                yield (
                    _stored(row, found.get(row.row_id, ())),
                    DocumentVectors(_floats(row.title_vector), _floats(row.body_vector)),
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


def _write_one(connection: Connection, item: PreparedDocument, revision: int, now: float) -> WriteResult:
    document = item.document
    old = connection.execute(
        select(documents.c.row_id, documents.c.content_hash, documents.c.revision).where(
            documents.c.name == document.name
        )
    ).first()
    if old is not None and old.content_hash == document.content_hash:
        result = WriteResult(document.name, WriteOutcome.UNCHANGED, old.row_id, old.revision)
    else:
        result = _store(connection, item, old.row_id if old is not None else None, revision, now)
    if item.request_id:
        _keep_receipt(connection, item, result, now)
    return result


def _store(
    connection: Connection, item: PreparedDocument, old_row_id: int | None, revision: int, now: float
) -> WriteResult:
    document = item.document
    values = {
        "title": document.title,
        "text": document.text,
        "content_hash": document.content_hash,
        "payload": encode_payload(document),
        "revision": revision,
        "update_time": now,
    }
    if old_row_id is not None:
        connection.execute(update(documents).where(documents.c.row_id == old_row_id).values(**values))
        row_id, outcome = old_row_id, WriteOutcome.UPDATED
    else:
        inserted = connection.execute(
            insert(documents).values(name=document.name, kind=document.kind.value, create_time=now, **values)
        )
        row_id, outcome = int(inserted.inserted_primary_key[0]), WriteOutcome.CREATED  # type: ignore[index]
    _write_derived(connection, row_id, item.mentions, item.vectors)
    return WriteResult(document.name, outcome, row_id, revision)


def _write_derived(
    connection: Connection, row_id: int, found: tuple[SkillMention, ...], document_vectors: DocumentVectors
) -> None:
    connection.execute(delete(mentions).where(mentions.c.row_id == row_id))
    rows = [
        {
            "row_id": row_id,
            "position": position,
            "skill_id": m.skill_id,
            "start": m.span.start,
            "end": m.span.end,
            "confidence": m.confidence,
            "importance": m.importance.value,
            "level": None if m.level is None else int(m.level),
            "section": m.section.value,
        }
        for position, m in enumerate(found)
    ]
    if rows:
        connection.execute(insert(mentions), rows)
    blobs = {"title": _blob(document_vectors.title), "body": _blob(document_vectors.body)}
    statement = upsert(vectors).values(row_id=row_id, **blobs)
    connection.execute(statement.on_conflict_do_update(index_elements=["row_id"], set_=blobs))


def _keep_receipt(connection: Connection, item: PreparedDocument, result: WriteResult, now: float) -> None:
    connection.execute(delete(receipts).where(receipts.c.time < now - RECEIPT_LIFETIME_S))
    known = connection.execute(select(receipts).where(receipts.c.request_id == item.request_id)).first()
    if known is not None:
        if known.name != item.document.name or known.content_hash != item.document.content_hash:
            raise InvalidRequest(
                "this request id was used for other content", reason="REQUEST_ID_REUSED", field="request_id"
            )
        return
    connection.execute(
        insert(receipts).values(
            request_id=item.request_id,
            row_id=result.row_id,
            name=item.document.name,
            content_hash=item.document.content_hash,
            outcome=result.outcome.value,
            time=now,
        )
    )


def _mentions_of(connection: Connection, rows: Sequence[Row[Any]]) -> dict[int, tuple[SkillMention, ...]]:
    texts = {row.row_id: row.text for row in rows}
    found: dict[int, list[SkillMention]] = {}
    query = select(mentions).where(mentions.c.row_id.in_(list(texts))).order_by(mentions.c.row_id, mentions.c.position)
    for m in connection.execute(query):
        found.setdefault(m.row_id, []).append(
            SkillMention(
                skill_id=m.skill_id,
                surface=texts[m.row_id][m.start : m.end],
                span=Span(m.start, m.end),
                confidence=m.confidence,
                importance=Importance(m.importance),
                level=None if m.level is None else Proficiency(m.level),
                section=SectionKind(m.section),
            )
        )
    return {row_id: tuple(items) for row_id, items in found.items()}


def _stored(row: Row[Any], found: tuple[SkillMention, ...]) -> StoredDocument:
    return StoredDocument(
        row_id=row.row_id,
        revision=row.revision,
        document=decode_document(row.name, row.title, row.text, row.content_hash, row.payload),
        mentions=found,
        create_time=datetime.fromtimestamp(row.create_time, UTC),
        update_time=datetime.fromtimestamp(row.update_time, UTC),
    )


def _blob(vector: NDArray[np.float32]) -> bytes:
    return np.ascontiguousarray(vector, dtype="<f4").tobytes()


def _floats(blob: bytes) -> NDArray[np.float32]:
    return np.frombuffer(blob, dtype="<f4")
