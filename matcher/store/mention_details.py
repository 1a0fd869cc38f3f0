"""What a mention says beyond its skill and place ↔ JSON text, and unknown phrases ↔ rows.

Enters: mentions and phrases. Leaves: values of one nullable column (most mentions have none, and rows of older stores lack them
all: both read as "nothing said"), and rows of `phrases`. It refuses nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, inspect, select, text

from matcher.domain.document import Kind, SectionKind, Span
from matcher.domain.skill import FoundBy, Rank, SkillMention, UnlinkedPhrase
from matcher.store.records import StoredPhrase
from matcher.store.schema import documents, metadata, phrases

_READ_BATCH = 2000


def encode_details(mention: SkillMention) -> str | None:
    """JSON text of years, version, rank, way of finding, certificate and wish; None when the mention has none of them."""
    details: dict[str, Any] = {}
    if mention.years is not None:
        details["years"] = mention.years
    if mention.version:
        details["version"] = mention.version
    if mention.rank is not None:
        details["rank"] = mention.rank.value
    if mention.found_by is not FoundBy.ALIAS:
        details["found_by"] = mention.found_by.value
    if mention.implied_by:
        details["implied_by"] = mention.implied_by
    if mention.wished:
        details["wished"] = True
    return json.dumps(details, ensure_ascii=False, separators=(",", ":")) if details else None


def decode_details(encoded: str | None) -> dict[str, Any]:
    """Keyword arguments of `SkillMention` for what `encode_details` kept."""
    if encoded is None:
        return {}
    details: dict[str, Any] = json.loads(encoded)
    if "rank" in details:
        details["rank"] = Rank(details["rank"])
    if "found_by" in details:
        details["found_by"] = FoundBy(details["found_by"])
    return details


def add_missing_columns(writer: Engine) -> None:
    """Gives tables of an older store the nullable columns that were added since; does nothing to a store of today."""
    with writer.begin() as connection:
        found = inspect(connection)
        for table in metadata.sorted_tables:
            present = {column["name"] for column in found.get_columns(table.name)}
            for column in table.columns:
                if column.name not in present:
                    kind = column.type.compile(writer.dialect)
                    connection.execute(text(f'ALTER TABLE "{table.name}" ADD COLUMN "{column.name}" {kind}'))


def write_phrases(connection: Connection, row_id: int, found: tuple[UnlinkedPhrase, ...]) -> None:
    """Replaces the unknown phrases of a row."""
    connection.execute(delete(phrases).where(phrases.c.row_id == row_id))
    rows = [
        {
            "row_id": row_id,
            "position": position,
            "start": phrase.span.start,
            "end": phrase.span.end,
            "cluster": phrase.cluster,
            "section": phrase.section.value,
        }
        for position, phrase in enumerate(found)
    ]
    if rows:
        connection.execute(insert(phrases), rows)


def phrases_of(connection: Connection, row_id: int, document_text: str) -> tuple[UnlinkedPhrase, ...]:
    """Unknown phrases of a row, in the order of its text."""
    rows = connection.execute(select(phrases).where(phrases.c.row_id == row_id).order_by(phrases.c.position))
    return tuple(
        UnlinkedPhrase(document_text[r.start : r.end], Span(r.start, r.end), r.cluster, SectionKind(r.section))
        for r in rows
    )


def all_phrases(engine: Engine) -> Iterator[StoredPhrase]:
    """Unknown phrases of all documents with their documents' texts, by row id and place, in bounded memory."""
    last = (0, -1)
    while True:
        with engine.connect() as connection:
            place = (phrases.c.row_id, phrases.c.position)
            rows = connection.execute(
                select(phrases, documents.c.kind, documents.c.text)
                .join(documents, documents.c.row_id == phrases.c.row_id)
                .where((place[0] > last[0]) | ((place[0] == last[0]) & (place[1] > last[1])))
                .order_by(*place)
                .limit(_READ_BATCH)
            ).all()
        yield from _stored(rows)
        if len(rows) < _READ_BATCH:
            return
        last = (rows[-1].row_id, rows[-1].position)


def _stored(rows: Iterable[Any]) -> Iterator[StoredPhrase]:
    for r in rows:
        yield StoredPhrase(r.row_id, Kind(r.kind), r.text, Span(r.start, r.end), r.cluster)
