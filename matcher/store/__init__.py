"""Documents, mentions and vectors at rest. Enters: prepared documents. Leaves: acknowledged writes and stored documents."""

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
from matcher.store.reembedding import ChosenModel, SwapRecord
from matcher.store.retagging import SwitchedMentions, stored_alike
from matcher.store.store import DocumentStore, StoreConfig

__all__ = [
    "ChosenModel",
    "DocumentStore",
    "DocumentVectors",
    "PreparedDocument",
    "Receipt",
    "StoreConfig",
    "StoredDocument",
    "StoredPhrase",
    "SwapRecord",
    "SwitchedMentions",
    "VectorSet",
    "WriteOutcome",
    "WriteResult",
    "stored_alike",
]
