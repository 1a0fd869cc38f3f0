"""Tables of decisions and of feedback on them. Documents are named by row id only; see domain/decision.py."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from matcher.store.schema import metadata

decisions = Table(
    "decisions",
    metadata,
    Column("number", Integer, primary_key=True, comment="ascending in time"),
    Column("time", Float, nullable=False, comment="seconds since 1970-01-01 UTC"),
    Column("caller", String(64), nullable=False),
    Column("query_kind", String(16), nullable=False),
    Column("target_kind", String(16), nullable=False),
    Column("query_row_id", Integer, index=True, comment="NULL: inline, or deleted since"),
    Column(
        "query_hash", String(64), index=True, comment="content hash of an inline query; NULL: stored, or deleted since"
    ),
    Column("request", Text, nullable=False, comment="JSON: the other fields of the request"),
    Column("filter", Text, comment="NULL: withheld"),
    Column("filter_hash", String(64), nullable=False),
    Column("offset", Integer, nullable=False),
    Column("model", Text, nullable=False),
    Column("taxonomy", Text, nullable=False),
    Column("weights", Text, nullable=False),
    Column("index_revision", Integer, nullable=False),
    Column("filtered_size", Integer, nullable=False),
    Column("journey", String(24), nullable=False),
)
Index("decisions_caller", decisions.c.caller, decisions.c.number)

# The row id of a deleted document is overwritten by NULL, its score with it: what stays says that somebody stood there.
decision_entries = Table(
    "decision_entries",
    metadata,
    Column("number", ForeignKey("decisions.number", ondelete="CASCADE"), primary_key=True),
    Column("rank", Integer, primary_key=True),
    Column("row_id", Integer, index=True, comment="NULL: deleted since"),
    Column("score", Float, comment="NULL: deleted since"),
    sqlite_with_rowid=False,
)

# Outlives its decision, which the retention ends; ends with either document.
feedback = Table(
    "feedback",
    metadata,
    Column("feedback_id", Integer, primary_key=True, autoincrement=True),
    Column("decision", Integer, nullable=False),
    Column("query_row_id", ForeignKey("documents.row_id", ondelete="CASCADE"), index=True, comment="NULL: inline"),
    Column("row_id", ForeignKey("documents.row_id", ondelete="CASCADE"), nullable=False, index=True),
    Column("outcome", String(16), nullable=False),
    Column("caller", String(64), nullable=False),
    Column("time", Float, nullable=False, comment="seconds since 1970-01-01 UTC"),
    UniqueConstraint("decision", "row_id", "outcome"),
)

# Feedback without consent: how often, of no one in particular.
feedback_counts = Table(
    "feedback_counts",
    metadata,
    Column("day", String(10), primary_key=True, comment="UTC, YYYY-MM-DD"),
    Column("query_kind", String(16), primary_key=True),
    Column("target_kind", String(16), primary_key=True),
    Column("outcome", String(16), primary_key=True),
    Column("n", Integer, nullable=False),
    sqlite_with_rowid=False,
)
