"""The documents journey: read → derive → store → make visible; get, list, delete.

Enters: raw documents. Leaves: results that are given only after the commit, and stored documents. Bad items carry their error;
good ones are kept. The one place that changes the store and the working set, in that order, under one lock.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

from matcher.answer_warnings import sampled_warning
from matcher.derive import Derived
from matcher.domain.document import Document, Kind, RawDocument, ReadWarning
from matcher.embed.call import calling
from matcher.errors import InvalidDocument, InvalidRequest, MatcherError, ResourceNotFound
from matcher.filtering import allowed_slots
from matcher.in_force import InForce, Present
from matcher.index.snapshot import discard
from matcher.ingest import read_document
from matcher.paging import decode_token, encode_token, fingerprint
from matcher.records import DocumentPage, ImportItem, ImportResult
from matcher.store import DocumentStore, PreparedDocument, StoredDocument, WriteOutcome, WriteResult
from matcher.working_set import WorkingSet

Fresh = dict[str, tuple[int, Document, tuple[ReadWarning, ...]]]
"""Name → (position in the batch, document, how it was read)."""


class Documents:
    """Stores, reads and deletes documents.

    Args:
        store: where they rest.
        present: the model in force, which tags and embeds them, and the working set in which matches find them.
        snapshots: folder of the index snapshots.
    """

    def __init__(self, store: DocumentStore, present: Present, snapshots: Path) -> None:
        self._store = store
        self._present = present
        self._snapshots = snapshots
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
        return self._with_truncations([r for r in results if r is not None])

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
        with self._present.now.working_set.reading() as shelves:
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
            in_force = self._present.now
            in_force.working_set.remove(Kind(name.partition("/")[0].removesuffix("s")), row_id, revision)
            in_force.matching.forget(row_id)
            # a snapshot written before still holds the vector; the next one is written at shutdown
            discard(self._snapshots / name.partition("/")[0])

    def writes_held(self) -> AbstractContextManager[object]:
        """While the context lasts no document is stored or deleted; calls that would do so wait."""
        return self._writing

    def _store_fresh(self, items: Sequence[ImportItem], fresh: Fresh, results: list[ImportResult | None]) -> None:
        """Stores the documents that are new or changed and fills in their results."""
        written: list[WriteResult] | None = None
        while written is None:
            to_write = self._undecided(items, fresh, results)
            with self._present.held() as in_force:
                with calling(bulk=len(items) > 1):
                    found = in_force.deriver.derive([fresh[name][1] for name in to_write])
                derived = dict(zip(to_write, found, strict=True))
                with self._writing:
                    # asked again under the lock: another stream may have stored the same or used a request id meanwhile
                    to_write = self._undecided(items, {name: fresh[name] for name in to_write}, results)
                    written = self._write(items, fresh, to_write, derived, in_force)
        for name, result in zip(to_write, written, strict=True):
            position, _, warnings = fresh[name]
            n_mentions = len(derived[name].mentions)
            results[position] = ImportResult(name, result.outcome, warnings=warnings, mention_count=n_mentions)

    def _with_truncations(self, results: Sequence[ImportResult]) -> list[ImportResult]:
        """The results with what the model left out of each document, whether it was written now or before."""
        found = self._store.truncations([r.name for r in results if r.error is None])
        return [
            replace(r, truncation=found[r.name], warnings=(*r.warnings, sampled_warning()))
            if r.error is None and r.name in found
            else r
            for r in results
        ]

    def _write(
        self,
        items: Sequence[ImportItem],
        fresh: Fresh,
        to_write: Sequence[str],
        derived: Mapping[str, Derived],
        in_force: InForce,
    ) -> list[WriteResult] | None:
        """Writes in one transaction and makes it visible; call while writing. None: the vectors are of a model that was."""
        if self._present.now is not in_force:
            return None
        if not to_write:
            return []
        batch = [
            PreparedDocument(
                document,
                found.mentions,
                found.vectors,
                items[position].request_id,
                truncation=found.truncation,
                phrases=found.phrases,
            )
            for name in to_write
            for (position, document, _), found in [(fresh[name], derived[name])]
        ]
        written = self._store.write(batch)
        self._take_in(written, in_force.working_set)
        return written

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

    def _take_in(self, written: Sequence[WriteResult], working_set: WorkingSet) -> None:
        """Makes committed documents visible to the next match."""
        if not working_set.ready:
            return
        row_ids = [r.row_id for r in written]
        stored, vectors = self._store.get_many(row_ids), self._store.vectors_of(row_ids, working_set.vector_set)
        working_set.apply([(stored[r], vectors[r]) for r in row_ids if r in stored], written[0].revision)
        if working_set.has_outgrown and not self._rebuilding.locked():
            threading.Thread(target=self._rebuild, args=(working_set,), name="rebuild-index", daemon=True).start()

    def _rebuild(self, working_set: WorkingSet) -> None:
        """Rebuilds outgrown indexes beside running calls; a second call at the same time does nothing."""
        if self._rebuilding.acquire(blocking=False):
            try:
                working_set.rebuild_outgrown()
            finally:
                self._rebuilding.release()


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
