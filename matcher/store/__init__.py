"""Documents, mentions and vectors at rest. Enters: prepared documents. Leaves: acknowledged writes and stored documents."""

from matcher.store.records import DocumentVectors, PreparedDocument, Receipt, StoredDocument, WriteOutcome, WriteResult
from matcher.store.store import DocumentStore, StoreConfig

__all__ = [
    "DocumentStore",
    "DocumentVectors",
    "PreparedDocument",
    "Receipt",
    "StoreConfig",
    "StoredDocument",
    "WriteOutcome",
    "WriteResult",
]
