"""The service's table of contents: one function per journey, calling the stages in the order in which data flows.

Enters: domain values from the gRPC edge or the command line. Leaves: domain values. Knows nothing of gRPC.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import structlog

from matcher.config import Settings
from matcher.derive import Deriver
from matcher.documents import Documents
from matcher.domain.document import Kind, RawDocument
from matcher.domain.match import Match, Versions
from matcher.domain.skill import Skill, SkillMention
from matcher.embed import Encoder, load_encoder
from matcher.field_paths import standing_at
from matcher.ingest import read_document
from matcher.match.weights import load_weights
from matcher.matching import Matching
from matcher.records import DocumentPage, ImportItem, ImportResult, MatchPage, MatchQuery, Pair, Status
from matcher.store import DocumentStore, StoredDocument
from matcher.taxonomy import SkillPage, SkillSearch, load_starter, load_taxonomy
from matcher.working_set import WorkingSet

log = structlog.get_logger()


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
        self.documents = Documents(self.store, self.deriver, self.working_set, self.snapshots, self.matching.forget)

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
        """Binds the store to model and taxonomy and fills memory; after it matches are answered.

        Writes wait meanwhile: one that is committed after the store was read and before memory is ready would be in the
        store and invisible to matches.
        """
        with self.documents.writes_held():
            self._load()

    def _load(self) -> None:
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
        """Tags and embeds all stored documents with the present taxonomy and model; returns how many there were.

        Until it is done the store refuses to be served with any model, so an interrupted run cannot leave vectors of two
        models side by side unnoticed.
        """
        self.store.begin_reembedding()
        done = self.documents.rederive()
        self.store.end_reembedding(self.encoder.model_id, self.encoder.dimension)
        self.store.bind_taxonomy(self.taxonomy.version)
        self.working_set.load(self.store, self._snapshot_tag, self.snapshots)
        return done

    # --- documents -----------------------------------------------------------------------------------------------

    def import_documents(self, items: Sequence[ImportItem], seen: dict[str, str] | None = None) -> list[ImportResult]:
        """Stores a batch in one transaction; bad items carry their error, good ones are kept; see `Documents`."""
        return self.documents.import_documents(items, seen)

    def upsert(self, raw: RawDocument, request_id: str = "") -> tuple[StoredDocument, ImportResult]:
        """Stores one document and returns it as stored; see `Documents`."""
        return self.documents.upsert(raw, request_id)

    def get(self, name: str) -> StoredDocument:
        """One stored document; see `Documents`."""
        return self.documents.get(name)

    def list_documents(self, kind: Kind, filter_text: str, page_size: int, page_token: str) -> DocumentPage:
        """One page of documents of a kind, by name ascending; see `Documents`."""
        return self.documents.list_documents(kind, filter_text, page_size, page_token)

    def delete(self, name: str) -> None:
        """Deletes a document for good; see `Documents`."""
        self.documents.delete(name)

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
