"""Ingest: bytes or text → `Document`.

Enters: a `RawDocument`, or a path to import from. Leaves: a redacted `Document` with title, sections, facts and languages,
and warnings. Refuses with `InvalidDocument`, naming field and limit. `read_document` is the stage; `read_path` turns files
into the `RawDocument`s that it takes.
"""

from matcher.ingest.limits import ID_PATTERN, MAX_CONTENT_BYTES, MAX_TEXT_CHARS
from matcher.ingest.present_job import present_job_words
from matcher.ingest.privacy import DISCRIMINATORY, redact
from matcher.ingest.read import read_document
from matcher.ingest.records import Record, RecordError, read_path

__all__ = [
    "DISCRIMINATORY",
    "ID_PATTERN",
    "MAX_CONTENT_BYTES",
    "MAX_TEXT_CHARS",
    "Record",
    "RecordError",
    "present_job_words",
    "read_document",
    "read_path",
    "redact",
]
