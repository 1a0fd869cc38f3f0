"""Documents ↔ rows: what one transaction writes for a document, and how rows become documents again.

Enters: an open transaction. Leaves: rows, or values read from them. Refuses: a request id used for other content.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from matcher.domain.document import SectionKind, Span, Truncation
from matcher.domain.skill import Importance, Proficiency, SkillMention
from matcher.errors import InvalidRequest
from matcher.store.codec import decode_document, encode_payload
from matcher.store.mention_details import decode_details, encode_details, write_phrases
from matcher.store.records import (
    DocumentVectors,
    PreparedDocument,
    StoredDocument,
    VectorSet,
    WriteOutcome,
    WriteResult,
)
from matcher.store.schema import VECTOR_TABLES, documents, mentions, receipts, truncations

RECEIPT_LIFETIME_S = 7 * 24 * 3600


def write_document(
    connection: Connection, item: PreparedDocument, revision: int, now: float, vector_set: VectorSet
) -> WriteResult:
    """Writes a document unless its content is stored already, and keeps the receipt of its request id."""
    document = item.document
    old = connection.execute(
        select(documents.c.row_id, documents.c.content_hash, documents.c.revision).where(
            documents.c.name == document.name
        )
    ).first()
    if old is not None and old.content_hash == document.content_hash:
        result = WriteResult(document.name, WriteOutcome.UNCHANGED, old.row_id, old.revision)
    else:
        result = _store(connection, item, old.row_id if old is not None else None, revision, now, vector_set)
    if item.request_id:
        _keep_receipt(connection, item, result, now)
    return result


def _store(
    connection: Connection,
    item: PreparedDocument,
    old_row_id: int | None,
    revision: int,
    now: float,
    vector_set: VectorSet,
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
    write_mentions(connection, row_id, item.mentions)
    write_phrases(connection, row_id, item.phrases)
    write_vectors(connection, row_id, item.vectors, item.truncation, vector_set)
    return WriteResult(document.name, outcome, row_id, revision)


def write_mentions(connection: Connection, row_id: int, found: tuple[SkillMention, ...]) -> None:
    """Replaces the mentions of a row."""
    connection.execute(delete(mentions).where(mentions.c.row_id == row_id))
    rows = mention_rows(row_id, found)
    if rows:
        connection.execute(insert(mentions), rows)


def mention_rows(row_id: int, found: tuple[SkillMention, ...]) -> list[dict[str, Any]]:
    """Mentions of a document as rows, in the order of its text."""
    return [
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
            "details": encode_details(m),
        }
        for position, m in enumerate(found)
    ]


def write_vectors(
    connection: Connection,
    row_id: int,
    document_vectors: DocumentVectors,
    truncation: Truncation | None,
    vector_set: VectorSet,
) -> None:
    """Replaces the vectors of a row in one of the two sets, and what they leave out."""
    blobs = {"title": _blob(document_vectors.title), "body": _blob(document_vectors.body)}
    statement = upsert(VECTOR_TABLES[vector_set]).values(row_id=row_id, **blobs)
    connection.execute(statement.on_conflict_do_update(index_elements=["row_id"], set_=blobs))
    own = (truncations.c.row_id == row_id, truncations.c.vector_set == vector_set.value)
    connection.execute(delete(truncations).where(*own))
    if truncation is not None:
        connection.execute(insert(truncations).values(row_id=row_id, vector_set=vector_set.value, **asdict(truncation)))


def truncations_of(connection: Connection, row_ids: Iterable[int], vector_set: VectorSet) -> dict[int, Truncation]:
    """What the vectors of a set leave out, by row id; rows of which all was read are not in it."""
    rows = connection.execute(
        select(truncations).where(truncations.c.row_id.in_(list(row_ids)), truncations.c.vector_set == vector_set.value)
    )
    return {r.row_id: Truncation(r.characters, r.tokens, r.characters_left_out, r.tokens_left_out) for r in rows}


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


def mentions_of(connection: Connection, rows: Sequence[Row[Any]]) -> dict[int, tuple[SkillMention, ...]]:
    """Mentions by row id, in the order of the text."""
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
                **decode_details(m.details),
            )
        )
    return {row_id: tuple(items) for row_id, items in found.items()}


def stored_documents(connection: Connection, rows: Sequence[Row[Any]], vector_set: VectorSet) -> list[StoredDocument]:
    """Rows of `documents` as values, in their order, with their mentions and what the vectors of a set leave out."""
    found = mentions_of(connection, rows)
    cut = truncations_of(connection, [row.row_id for row in rows], vector_set)
    return [_stored_document(row, found.get(row.row_id, ()), cut.get(row.row_id)) for row in rows]


def _stored_document(row: Row[Any], found: tuple[SkillMention, ...], truncation: Truncation | None) -> StoredDocument:
    return StoredDocument(
        row_id=row.row_id,
        revision=row.revision,
        document=decode_document(row.name, row.title, row.text, row.content_hash, row.payload),
        mentions=found,
        create_time=datetime.fromtimestamp(row.create_time, UTC),
        update_time=datetime.fromtimestamp(row.update_time, UTC),
        truncation=truncation,
    )


def _blob(vector: NDArray[np.float32]) -> bytes:
    return np.ascontiguousarray(vector, dtype="<f4").tobytes()


def floats(blob: bytes) -> NDArray[np.float32]:
    """(dim,) float32 view of a vector column."""
    return np.frombuffer(blob, dtype="<f4")
