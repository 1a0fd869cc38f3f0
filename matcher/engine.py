"""The service's table of contents: one function per journey, calling the stages in the order in which data flows.

Enters: domain values from the gRPC edge or the command line. Leaves: domain values. Knows nothing of gRPC.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import structlog

from matcher.config import Settings
from matcher.derive import Deriver
from matcher.domain.document import Document, Kind, RawDocument, ReadWarning
from matcher.domain.match import Match, Versions
from matcher.domain.skill import Skill, SkillMention
from matcher.embed import Encoder, load_encoder
from matcher.errors import InvalidDocument, InvalidRequest, MatcherError, ResourceNotFound
from matcher.field_paths import standing_at
from matcher.index.snapshot import discard
from matcher.ingest import read_document
from matcher.match.weights import load_weights
from matcher.matching import Matching, allowed_slots
from matcher.paging import decode_token, encode_token, fingerprint
from matcher.records import DocumentPage, ImportItem, ImportResult, MatchPage, MatchQuery, Pair, Status
from matcher.store import DocumentStore, PreparedDocument, StoredDocument, WriteOutcome
from matcher.taxonomy import SkillPage, SkillSearch, load_starter, load_taxonomy
from matcher.working_set import WorkingSet

log = structlog.get_logger()
REEMBED_BATCH = 256


class Engine:
    """Everything the service can do, over one store, one model and one taxonomy.

    Args:
        settings: the configuration.
        encoder: embeds texts; None loads the configured model.

    Raises:
        InvalidConfig, InvalidTaxonomy: from the constructor, when a part cannot be loaded.
        IndexModelMismatch: from `load`, when the stored vectors are of another model.
    """

    def __init__(self, settings: Settings, encoder: Encoder | None = None) -> None:
        self.settings = settings
        path = settings.taxonomy.path
        self.taxonomy = load_starter() if path is None else load_taxonomy(path)
        self.encoder = encoder or load_encoder(settings.embed)
        self.deriver = Deriver(self.taxonomy, self.encoder)
        self.store = DocumentStore(settings.store)
        self.working_set = WorkingSet(
            settings.index, self.encoder.dimension, self.deriver.space, self.deriver.profile_of_stored
        )
        self.matching = Matching(
            settings.match,
            self.deriver,
            self.taxonomy,
            load_weights(settings.match.weights),
            self.store,
            self.working_set,
            self.encoder.model_id,
        )
        self._search = SkillSearch(self.taxonomy)
        self._writing = threading.Lock()
        self._rebuilding = threading.Lock()

    @property
    def snapshots(self) -> Path:
        """Folder of the index snapshots, beside the store."""
        return self.settings.store.path.with_suffix(".index")

    @property
    def _snapshot_tag(self) -> str:
        """What a snapshot must agree with: the model, and the store whose rows it holds."""
        return f"{self.encoder.model_id}/{self.store.identity()}"

    # --- start and stop ------------------------------------------------------------------------------------------

    def load(self) -> None:
        """Binds the store to model and taxonomy and fills memory; after it matches are answered."""
        self.store.bind_model(self.encoder.model_id, self.encoder.dimension)
        stored_version = self.store.taxonomy_version()
        self.working_set.load(self.store, self._snapshot_tag, self.snapshots)
        if stored_version != self.taxonomy.version:
            if stored_version is not None and any(self.store.counts().values()):
                log.warning("mentions_of_another_taxonomy", stored=stored_version, loaded=self.taxonomy.version)
                self.rederive()
            self.store.bind_taxonomy(self.taxonomy.version)
        self.working_set.rebuild_outgrown()

    def close(self) -> None:
        """Writes index snapshots and closes the store."""
        if self.working_set.ready:
            self.working_set.snapshot(self.snapshots, self._snapshot_tag)
        self.store.close()

    def rederive(self) -> int:
        """Finds the skills of all stored documents again and embeds them again; returns how many there were.

        Used when the taxonomy or the model has changed. Resumable: each batch is one transaction, and what is done twice
        gives the same.
        """
        done = 0
        batch: list[StoredDocument] = []
        for stored, _ in self.store.changed_since(0):
            batch.append(stored)
            if len(batch) == REEMBED_BATCH:
                done += self._rederive(batch)
                batch = []
        done += self._rederive(batch)
        self.store.force_model(self.encoder.model_id, self.encoder.dimension)
        self.store.bind_taxonomy(self.taxonomy.version)
        self.working_set.load(self.store, self._snapshot_tag, self.snapshots)
        return done

    # --- documents -----------------------------------------------------------------------------------------------

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
        fresh: dict[str, tuple[int, Document, tuple[ReadWarning, ...]]] = {}
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
        stored = self.store.get(name)
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
        with self.working_set.reading() as shelves:
            shelf = shelves[kind]
            slots = allowed_slots(shelf, filter_text)
            slots = shelf.catalog.slots_in_use() if slots is None else slots
            names = sorted((shelf.catalog.names[s], int(shelf.catalog.row_ids[s])) for s in slots.tolist())
        page = [(name, row_id) for name, row_id in names if name > after][: page_size + 1]
        more, page = len(page) > page_size, page[:page_size]
        found = self.store.get_many([row_id for _, row_id in page])
        token = encode_token(request, page[-1][0]) if more else ""
        return DocumentPage([found[row_id] for _, row_id in page if row_id in found], token, len(names))

    def delete(self, name: str) -> None:
        """Deletes a document for good.

        Raises:
            ResourceNotFound: there is none of this name.
        """
        with self._writing:
            deleted = self.store.delete(name)
            if deleted is None:
                raise ResourceNotFound(f"no document {name}", field="name")
            row_id, revision = deleted
            self.working_set.remove(Kind(name.partition("/")[0].removesuffix("s")), row_id, revision)
            self.matching.forget(row_id)
            # a snapshot written before still holds the vector; the next one is written at shutdown
            discard(self.snapshots / name.partition("/")[0])

    # --- matches -------------------------------------------------------------------------------------------------

    def match(self, query: MatchQuery) -> MatchPage:
        """The documents of a kind that fit the query, best first; see `Matching.match`."""
        return self.matching.match(query)

    def explain(self, pair: Pair) -> tuple[Match, Versions]:
        """Score and evidence of one pair; see `Matching.explain`."""
        return self.matching.explain(pair)

    # --- skills --------------------------------------------------------------------------------------------------

    def extract_skills(self, text: str) -> tuple[SkillMention, ...]:
        """Skills that a text names, without storing it. Personal data is cut first.

        Raises:
            InvalidDocument: empty, too long, or no text.
        """
        with standing_at("text", of="document.text"):
            document, _ = read_document(RawDocument(kind=Kind.POSTING, text=text))
        return self.deriver.mentions(document)

    def search_skills(self, query: str, page_size: int, offset: int) -> SkillPage:
        """Skills by label or alias in any language, best first."""
        return self._search.search(query, page_size=page_size, offset=offset)

    def get_skill(self, name: str) -> Skill:
        """One skill by resource name.

        Raises:
            ResourceNotFound: no such skill.
        """
        return self.taxonomy.get(name.removeprefix("skills/"))

    # --- status --------------------------------------------------------------------------------------------------

    def status(self) -> Status:
        """Counts and versions."""
        with self.working_set.reading() as shelves:
            indexes = {
                kind: " ".join(f"{k}={v}" for k, v in shelf.index.parameters.items()) for kind, shelf in shelves.items()
            }
        versions = self.matching.versions(self.working_set.revision)
        return Status(versions, self.encoder.dimension, len(self.taxonomy), self.store.counts(), indexes)

    # --- steps ---------------------------------------------------------------------------------------------------

    def _store_fresh(
        self,
        items: Sequence[ImportItem],
        fresh: dict[str, tuple[int, Document, tuple[ReadWarning, ...]]],
        results: list[ImportResult | None],
    ) -> None:
        """Stores the documents that are new or changed and fills in their results."""
        receipts = self.store.receipts([i.request_id for i in items if i.request_id])
        stored_hashes = self.store.content_hashes(list(fresh))
        to_write: list[tuple[int, Document, tuple[ReadWarning, ...]]] = []
        keys: set[str] = set()
        for position, document, warnings in fresh.values():
            key = items[position].request_id
            receipt = receipts.get(key)
            if key and key in keys:  # two documents of one batch under one key: the second is refused, not the batch
                results[position] = ImportResult(name=document.name, error=_request_id_reused())
                continue
            keys.add(key)
            if receipt is not None and (receipt.name, receipt.content_hash) != (document.name, document.content_hash):
                results[position] = ImportResult(name=document.name, error=_request_id_reused())
            elif receipt is not None:
                results[position] = ImportResult(name=document.name, outcome=receipt.outcome, warnings=warnings)
            elif stored_hashes.get(document.name) == document.content_hash:
                results[position] = ImportResult(document.name, WriteOutcome.UNCHANGED, warnings=warnings)
            else:
                to_write.append((position, document, warnings))
        derived = self.deriver.derive([document for _, document, _ in to_write])
        batch = [
            PreparedDocument(document, found.mentions, found.vectors, items[position].request_id)
            for (position, document, _), found in zip(to_write, derived, strict=True)
        ]
        if not batch:
            return
        with self._writing:
            written = self.store.write(batch)
            changed = [r for r in written if r.outcome is not WriteOutcome.UNCHANGED]
            if changed:
                self._take_in([r.row_id for r in changed], changed[0].revision)
        for (position, _, warnings), found, result in zip(to_write, derived, written, strict=True):
            extra = (_SAMPLED,) if found.truncated else ()
            results[position] = ImportResult(
                result.name, result.outcome, warnings=warnings + extra, mention_count=len(found.mentions)
            )

    def _take_in(self, row_ids: Sequence[int], revision: int) -> None:
        """Makes committed documents visible to the next match."""
        if not self.working_set.ready:
            return
        stored, vectors = self.store.get_many(row_ids), self.store.vectors_of(row_ids)
        self.working_set.apply([(stored[r], vectors[r]) for r in row_ids if r in stored], revision)
        if self.working_set.has_outgrown and not self._rebuilding.locked():
            threading.Thread(target=self._rebuild, name="rebuild-index", daemon=True).start()

    def _rebuild(self) -> None:
        """Rebuilds outgrown indexes beside running calls; a second call at the same time does nothing."""
        if self._rebuilding.acquire(blocking=False):
            try:
                self.working_set.rebuild_outgrown()
            finally:
                self._rebuilding.release()

    def _rederive(self, batch: Sequence[StoredDocument]) -> int:
        derived = self.deriver.derive([s.document for s in batch])
        if batch:
            self.store.replace_derived(
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
