"""Tables. One row id per document joins them; deleting the document deletes its mentions and vectors with it."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text

from matcher.store.records import VectorSet

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
    Column(
        "details",
        Text,
        comment="JSON: years, version, rank, found_by, implied_by, wished (mention_details.py); mostly NULL",
    ),
    sqlite_with_rowid=False,
)

# Words that look like skills and are in no taxonomy; their text is that of the document.
phrases = Table(
    "phrases",
    metadata,
    Column("row_id", ForeignKey("documents.row_id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True, comment="order in the text"),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("cluster", String(16), nullable=False),
    Column("section", String(16), nullable=False),
    sqlite_with_rowid=False,
)


def _vector_table(name: str) -> Table:
    return Table(
        name,
        metadata,
        Column("row_id", ForeignKey("documents.row_id", ondelete="CASCADE"), primary_key=True),
        Column("title", LargeBinary, nullable=False, comment="dim little-endian float32"),
        Column("body", LargeBinary, nullable=False, comment="dim little-endian float32"),
    )


# One of the two is in force, the other is empty or being filled with the vectors of another model (reembedding.py).
VECTOR_TABLES = {VectorSet.FIRST: _vector_table("vectors"), VectorSet.SECOND: _vector_table("vectors_second")}

# Which rows of the vector table that is not in force are made, from the text of which revision.
reembedded = Table(
    "reembedded",
    metadata,
    Column("row_id", ForeignKey("documents.row_id", ondelete="CASCADE"), primary_key=True),
    Column("revision", Integer, nullable=False),
)

# Documents of which the model did not read all; most have no row.
truncations = Table(
    "truncations",
    metadata,
    Column("row_id", ForeignKey("documents.row_id", ondelete="CASCADE"), primary_key=True),
    Column("vector_set", String(16), primary_key=True),
    Column("characters", Integer, nullable=False),
    Column("tokens", Integer, nullable=False),
    Column("characters_left_out", Integer, nullable=False),
    Column("tokens_left_out", Integer, nullable=False),
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

# Bundles of courses. They name courses and postings without a foreign key: a bundle outlives a syllabus that is taken out of it.
credentials = Table(
    "credentials",
    metadata,
    Column("credential_id", String(64), primary_key=True),
    Column("title", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("payload", Text, nullable=False, comment="JSON: courses in order, cohort (credentials.py)"),
    Column("create_time", Float, nullable=False, comment="seconds since 1970-01-01 UTC"),
)

# What a candidate completed. Deleting the candidate deletes it; nothing else is kept of a growth file.
completions = Table(
    "completions",
    metadata,
    Column("completion_id", String(32), primary_key=True),
    Column("row_id", ForeignKey("documents.row_id", ondelete="CASCADE"), nullable=False, index=True),
    Column("subject", String(80), nullable=False, comment="name of the course or credential"),
    Column(
        "courses", Text, nullable=False, comment="JSON: [course, content hash of its syllabus then] (completions.py)"
    ),
    Column("completed_on", String(10), nullable=False, comment="ISO 8601 day"),
    Column("verified_by", Text, nullable=False),
    Column("request_id", String(64), unique=True, comment="NULL: none was given"),
    Column("record_time", Float, nullable=False, comment="seconds since 1970-01-01 UTC"),
)

settings = Table(
    "settings",
    metadata,
    Column("key", String(32), primary_key=True),
    Column("value", Text, nullable=False),
)
