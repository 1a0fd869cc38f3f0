"""Tables. One row id per document joins them; deleting the document deletes its mentions and vectors with it."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text

metadata = MetaData()

documents = Table(
    "documents",
    metadata,
    Column("row_id", Integer, primary_key=True, autoincrement=True),
    Column("name", String(80), nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("payload", Text, nullable=False, comment="JSON: languages, sections, facts, redactions (codec.py)"),
    Column("revision", Integer, nullable=False, index=True),
    Column("create_time", Float, nullable=False, comment="seconds since 1970-01-01 UTC"),
    Column("update_time", Float, nullable=False, comment="seconds since 1970-01-01 UTC"),
    # row ids of deleted documents are never given out again, so a late index cannot mistake one document for another
    sqlite_autoincrement=True,
)
Index("documents_kind_name", documents.c.kind, documents.c.name)

mentions = Table(
    "mentions",
    metadata,
    Column("row_id", ForeignKey("documents.row_id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True, comment="order in the text"),
    Column("skill_id", String(64), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("importance", String(16), nullable=False),
    Column("level", Integer),
    Column("section", String(16), nullable=False),
    sqlite_with_rowid=False,
)

vectors = Table(
    "vectors",
    metadata,
    Column("row_id", ForeignKey("documents.row_id", ondelete="CASCADE"), primary_key=True),
    Column("title", LargeBinary, nullable=False, comment="dim little-endian float32"),
    Column("body", LargeBinary, nullable=False, comment="dim little-endian float32"),
)

# Row ids only: the name of a deleted person is kept nowhere.
deletions = Table(
    "deletions",
    metadata,
    Column("row_id", Integer, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("revision", Integer, nullable=False, index=True),
)

receipts = Table(
    "receipts",
    metadata,
    Column("request_id", String(64), primary_key=True),
    Column("row_id", ForeignKey("documents.row_id", ondelete="CASCADE"), nullable=False),
    Column("name", String(80), nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("time", Float, nullable=False, index=True),
)

settings = Table(
    "settings",
    metadata,
    Column("key", String(32), primary_key=True),
    Column("value", Text, nullable=False),
)
