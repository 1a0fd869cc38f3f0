"""The documents journey: read → derive → store → make visible; get, list, delete.

Enters: raw documents. Leaves: results that are given only after the commit, and stored documents. Bad items carry their error;
good ones are kept. The one place that changes the store and the working set, in that order, under one lock.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from matcher.derive import Deriver
from matcher.domain.document import Document, Kind, RawDocument, ReadWarning
from matcher.errors import InvalidDocument, InvalidRequest, MatcherError, ResourceNotFound
from matcher.index.snapshot import discard
from matcher.ingest import read_document
from matcher.matching import allowed_slots
from matcher.paging import decode_token, encode_token, fingerprint
from matcher.records import DocumentPage, ImportItem, ImportResult
from matcher.store import DocumentStore, PreparedDocument, StoredDocument, WriteOutcome, WriteResult
from matcher.working_set import WorkingSet

REDERIVE_BATCH = 256
Fresh = dict[str, tuple[int, Document, tuple[ReadWarning, ...]]]
"""Name → (position in the batch, document, how it was read)."""


class Documents:
    """Stores, reads and deletes documents.

    Args:
        store: where they rest.
        deriver: tags and embeds them.
        working_set: where matches find them.
        snapshots: folder of the index snapshots.
        forget: called with the row id of each deleted document, to drop it from caches.
    """

    def __init__(
        self,
        store: DocumentStore,
        deriver: Deriver,
        working_set: WorkingSet,
        snapshots: Path,
        forget: Callable[[int], None],
    ) -> None:
        self._store = store
        self._deriver = deriver
        self._working_set = working_set
        self._snapshots = snapshots
        self._forget = forget
        self._writing = threading.Lock()
        self._rebuilding = threading.Lock()

    def import_documents(self, items: Sequence[ImportItem], seen: dict[str, str] | None = None) -> list[ImportResult]:
        """Reads, tags, embeds and stores a batch in one transaction; bad items carry their error, good ones are kept.

        The results are returned after the commit, in the order of `items`. Of two items with the same name the first is
        kept; the second is UNCHANGED when its content is the same and refused (DUPLICATE_ID) when it is not.

        Args:
            items: the batch.
            seen: content hash by name of the documents that earlier batches of the same import kept; added to.
        """
        seen = {} if seen is None else seen
        results: list[ImportResult | None] = [None] * len(items)
        fresh: Fresh = {}
        for position, item in enumerate(items):
            try:
                document, warnings = read_document(item.raw)
            except MatcherError as error:
                results[position] = ImportResult(name=_claimed_name(item.raw), error=error)
                continue
            first_hash = seen.setdefault(document.name, document.content_hash)
            if first_hash != document.content_hash:
                results[position] = ImportResult(name=document.name, error=_duplicate_id())
            elif document.name in fresh:
                results[position] = ImportResult(name=document.name, outcome=WriteOutcome.UNCHANGED, warnings=warnings)
            else:
                fresh[document.name] = (position, document, warnings)
        self._store_fresh(items, fresh, results)
        return [r for r in results if r is not None]

    def upsert(self, raw: RawDocument, request_id: str = "") -> tuple[StoredDocument, ImportResult]:
        """Stores one document and returns it as stored.

        Raises:
            InvalidDocument, InvalidRequest: the document or the request id is refused; nothing is written.
        """
        (result,) = self.import_documents([ImportItem(raw, request_id)])
        if result.error is not None:
            raise result.error
        return self.get(result.name), result

    def get(self, name: str) -> StoredDocument:
        """One stored document.

        Raises:
            ResourceNotFound: there is none of this name.
        """
        stored = self._store.get(name)
        if stored is None:
            raise ResourceNotFound(f"no document {name}", field="name")
        return stored

    def list_documents(self, kind: Kind, filter_text: str, page_size: int, page_token: str) -> DocumentPage:
        """One page of documents of a kind, by name ascending.

        Raises:
            InvalidFilter, InvalidPageToken: as their classes say.
        """
        request = fingerprint("list", kind.value, filter_text)
        after = decode_token(page_token, request) if page_token else ""
        with self._working_set.reading() as shelves:
            shelf = shelves[kind]
            slots = allowed_slots(shelf, filter_text)
            slots = shelf.catalog.slots_in_use() if slots is None else slots
            names = sorted((shelf.catalog.names[s], int(shelf.catalog.row_ids[s])) for s in slots.tolist())
        page = [(name, row_id) for name, row_id in names if name > after][: page_size + 1]
        more, page = len(page) > page_size, page[:page_size]
        found = self._store.get_many([row_id for _, row_id in page])
        token = encode_token(request, page[-1][0]) if more else ""
        return DocumentPage([found[row_id] for _, row_id in page if row_id in found], token, len(names))

    def delete(self, name: str) -> None:
        """Deletes a document for good.

        Raises:
            ResourceNotFound: there is none of this name.
        """
        with self._writing:
            deleted = self._store.delete(name)
            if deleted is None:
                raise ResourceNotFound(f"no document {name}", field="name")
            row_id, revision = deleted
            self._working_set.remove(Kind(name.partition("/")[0].removesuffix("s")), row_id, revision)
            self._forget(row_id)
            # a snapshot written before still holds the vector; the next one is written at shutdown
            discard(self._snapshots / name.partition("/")[0])

    def writes_held(self) -> AbstractContextManager[object]:
        """While the context lasts no document is stored or deleted; calls that would do so wait."""
        return self._writing

    def rederive(self) -> int:
        """Finds the skills of all stored documents again and embeds them again; returns how many there were.

        Each batch is one transaction, and what is done twice gives the same, so an interrupted run is simply run again.
        """
        done = 0
        batch: list[StoredDocument] = []
        for stored, _ in self._store.changed_since(0):
            batch.append(stored)
            if len(batch) == REDERIVE_BATCH:
                done += self._rederive(batch)
                batch = []
        return done + self._rederive(batch)

    def _store_fresh(self, items: Sequence[ImportItem], fresh: Fresh, results: list[ImportResult | None]) -> None:
        """Stores the documents that are new or changed and fills in their results."""
        to_write = self._undecided(items, fresh, results)
        derived = dict(zip(to_write, self._deriver.derive([fresh[name][1] for name in to_write]), strict=True))
        with self._writing:
            # asked again under the lock: another stream may have stored the same or used a request id meanwhile
            to_write = self._undecided(items, {name: fresh[name] for name in to_write}, results)
            batch = [
                PreparedDocument(document, derived[name].mentions, derived[name].vectors, items[position].request_id)
                for name in to_write
                for position, document, _ in [fresh[name]]
            ]
            written = self._store.write(batch) if batch else []
            if written:
                self._take_in(written)
        for name, result in zip(to_write, written, strict=True):
            position, _, warnings = fresh[name]
            extra = (_SAMPLED,) if derived[name].truncated else ()
            results[position] = ImportResult(
                name, result.outcome, warnings=warnings + extra, mention_count=len(derived[name].mentions)
            )

    def _undecided(self, items: Sequence[ImportItem], fresh: Fresh, results: list[ImportResult | None]) -> list[str]:
        """Names whose documents must be written; fills in the results of the others."""
        receipts = self._store.receipts([i.request_id for i in items if i.request_id])
        stored_hashes = self._store.content_hashes(list(fresh))
        to_write: list[str] = []
        keys: set[str] = set()
        for name, (position, document, warnings) in fresh.items():
            key = items[position].request_id
            receipt = receipts.get(key)
            other_content = receipt is not None and (receipt.name, receipt.content_hash) != (
                name,
                document.content_hash,
            )
            if (key and key in keys) or other_content:
                results[position] = ImportResult(name, error=_request_id_reused())
            elif receipt is not None:
                results[position] = ImportResult(name, receipt.outcome, warnings=warnings)
            elif stored_hashes.get(name) == document.content_hash:
                results[position] = ImportResult(name, WriteOutcome.UNCHANGED, warnings=warnings)
            else:
                to_write.append(name)
            keys.add(key)
        return to_write

    def _take_in(self, written: Sequence[WriteResult]) -> None:
        """Makes committed documents visible to the next match."""
        if not self._working_set.ready:
            return
        row_ids = [r.row_id for r in written]
        stored, vectors = self._store.get_many(row_ids), self._store.vectors_of(row_ids)
        self._working_set.apply([(stored[r], vectors[r]) for r in row_ids if r in stored], written[0].revision)
        if self._working_set.has_outgrown and not self._rebuilding.locked():
            threading.Thread(target=self._rebuild, name="rebuild-index", daemon=True).start()

    def _rebuild(self) -> None:
        """Rebuilds outgrown indexes beside running calls; a second call at the same time does nothing."""
        if self._rebuilding.acquire(blocking=False):
            try:
                self._working_set.rebuild_outgrown()
            finally:
                self._rebuilding.release()

    def _rederive(self, batch: Sequence[StoredDocument]) -> int:
        derived = self._deriver.derive([s.document for s in batch])
        if batch:
            self._store.replace_derived(
                [(s.row_id, found.mentions, found.vectors) for s, found in zip(batch, derived, strict=True)]
            )
        return len(batch)


_SAMPLED = ReadWarning(
    "TEXT_SAMPLED", "the model read an even sample of this very long text; skills were sought in all of it"
)


def _claimed_name(raw: RawDocument) -> str:
    """Name of an item that could not be read, empty when it has no usable id."""
    plain = (
        raw.id.isascii() and len(raw.id) <= 64 and raw.id.replace("-", "").replace(".", "").replace("_", "").isalnum()
    )
    return f"{raw.kind.collection}/{raw.id}" if plain else ""


def _duplicate_id() -> InvalidDocument:
    return InvalidDocument(
        "another document of this import has the same id and other content; the first was kept",
        reason="DUPLICATE_ID",
        field="document.name",
    )


def _request_id_reused() -> InvalidRequest:
    return InvalidRequest("this request id was used for other content", reason="REQUEST_ID_REUSED", field="request_id")
