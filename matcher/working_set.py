"""The documents in memory: per kind a catalog, a vector index and fact columns, kept in step with the store.

Enters: rows of the store at start and after each committed write. Leaves: what match and list read, under one lock, so that a
reader sees all of a write or nothing of it. It is a cache: whatever is lost here is rebuilt from the store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import structlog
from numpy.typing import NDArray

from matcher.domain.document import Kind
from matcher.domain.skill import Importance
from matcher.errors import IndexNotReady
from matcher.index.factory import IndexConfig, load_index, make_index
from matcher.index.lock import ReadersWriterLock
from matcher.index.protocol import VectorIndex
from matcher.index.snapshot import SnapshotRefused
from matcher.match.catalog import Catalog, Entry, rarity
from matcher.match.filter import FactColumns, FactRow
from matcher.match.profile import Profile
from matcher.match.score import Side
from matcher.match.skillspace import SkillSpace
from matcher.store import DocumentStore, DocumentVectors, StoredDocument, VectorSet

log = structlog.get_logger()
ProfileOf = Callable[[StoredDocument], Profile]
LOAD_BATCH = 2000
MIN_TUNING_QUERIES, MAX_TUNING_QUERIES = 64, 512


@dataclass(slots=True, eq=False)
class Shelf:
    """All documents of one kind."""

    catalog: Catalog
    index: VectorIndex
    facts: FactColumns


class WorkingSet:
    """Documents of all kinds in memory, with the vectors of one model.

    `vector_set`: where those vectors stand in the store, for as long as this working set is used.

    Raises:
        IndexNotReady: from `reading`, before `load` or `catch_up` is done.
    """

    def __init__(
        self,
        config: IndexConfig,
        dimension: int,
        space: SkillSpace,
        profile_of: ProfileOf,
        vector_set: VectorSet = VectorSet.FIRST,
    ) -> None:
        self.vector_set = vector_set
        self._config = config
        self._dimension = dimension
        self._space = space
        self._profile_of = profile_of
        self._lock = ReadersWriterLock()
        self.ready = False
        self.revision = 0
        self.shelves: dict[Kind, Shelf] = self._empty_shelves()
        self._rarity: tuple[int, NDArray[np.float32]] | None = None

    @contextmanager
    def reading(self) -> Iterator[dict[Kind, Shelf]]:
        """The shelves, unchanged while the context lasts."""
        if not self.ready:
            raise IndexNotReady("the index is being loaded; try again in a few seconds")
        with self._lock.reading():
            yield self.shelves

    def profile_at_hand(self, stored: StoredDocument) -> Profile | None:
        """The profile of a document as it is held here, None when another revision is."""
        with self._lock.reading():
            catalog = self.shelves[stored.document.kind].catalog
            slot = catalog.slot_by_row_id.get(stored.row_id)
            if slot is None or catalog.revisions[slot] != stored.revision:
                return None
            return catalog.side(slot).profile

    def rarity(self) -> NDArray[np.float32]:
        """(skills,) weight of each skill at the present revision; call while reading."""
        if self._rarity is None or self._rarity[0] != self.revision:
            catalogs = [shelf.catalog for shelf in self.shelves.values()]
            self._rarity = (self.revision, rarity(catalogs, len(self._space), self._space.prevalence))
        return self._rarity[1]

    def load(self, store: DocumentStore, tag: str, snapshots: Path) -> None:
        """Fills memory from the store; vector indexes come from their snapshots where those are usable and are caught up."""
        revision = store.revision()
        self.vector_set = store.vector_set()
        with self._lock.writing():
            self.shelves = self._empty_shelves()
            snapshot_revision = {}
            for kind, shelf in self.shelves.items():
                found = load_index(
                    self._config,
                    snapshots / kind.collection,
                    dim=self._dimension,
                    model_id=tag,
                    newest_revision=revision,
                )
                if isinstance(found, SnapshotRefused):
                    log.info("index_snapshot_not_used", kind=kind.value, problem=found.problem.value)
                else:
                    shelf.index, snapshot_revision[kind] = found
            for kind, row_id in store.deleted_since(min(snapshot_revision.values(), default=0)):
                self.shelves[kind].index.remove(np.array([row_id], dtype=np.int64))
            for batch in _batches(store.changed_since(0, self.vector_set)):
                self._put(batch, snapshot_revision)
            self.revision = revision
            self.ready = True

    def catch_up(self, store: DocumentStore, revision: int) -> list[int]:
        """Takes in what was written and deleted after this working set's revision; the first time, all there is.

        Returns the row ids of what was deleted.

        `revision`: the vectors of all documents up to it are made; what is newer is taken in again by the next call.
        """
        with self._lock.writing():
            deleted = list(store.deleted_since(self.revision))
            for kind, row_id in deleted:
                self._remove(kind, row_id)
            for batch in _batches(store.changed_since(self.revision, self.vector_set)):
                self._put(batch, {})
            self.revision = revision
            self.ready = True
            return [row_id for _, row_id in deleted]

    def apply(self, written: Iterable[tuple[StoredDocument, DocumentVectors]], revision: int) -> None:
        """Takes in documents that were committed at `revision`."""
        with self._lock.writing():
            self._put(list(written), {})
            self.revision = max(self.revision, revision)

    def remove(self, kind: Kind, row_id: int, revision: int) -> None:
        """Forgets a document whose deletion was committed at `revision`."""
        with self._lock.writing():
            self._remove(kind, row_id)
            self.revision = max(self.revision, revision)

    def _remove(self, kind: Kind, row_id: int) -> None:
        shelf = self.shelves[kind]
        slot = shelf.catalog.remove(row_id)
        if slot is not None:
            shelf.facts.remove(slot)
        shelf.index.remove(np.array([row_id], dtype=np.int64))

    @property
    def has_outgrown(self) -> bool:
        """Whether an index asks to be rebuilt."""
        return any(shelf.index.needs_rebuild() for shelf in self.shelves.values())

    def rebuild_outgrown(self) -> None:
        """Goes over to the kind of index that the size asks for; searches and writes go on meanwhile."""
        for kind, shelf in self.shelves.items():
            if shelf.index.needs_rebuild():
                shelf.index.rebuild(self._likely_queries(kind))

    def _likely_queries(self, kind: Kind) -> NDArray[np.float32] | None:
        """Body vectors of the other kinds, which are what this kind is asked with; None when there are too few to tune on."""
        with self._lock.reading():
            found = [s.catalog.bodies(MAX_TUNING_QUERIES) for k, s in self.shelves.items() if k is not kind]
        queries = np.concatenate(found)
        return queries if len(queries) >= MIN_TUNING_QUERIES else None

    def snapshot(self, snapshots: Path, tag: str) -> None:
        """Writes the vector indexes to disk at the present revision."""
        with self._lock.still():
            revision = self.revision
            for kind, shelf in self.shelves.items():
                if len(shelf.index):
                    shelf.index.snapshot(snapshots / kind.collection, model_id=tag, revision=revision)

    def _empty_shelves(self) -> dict[Kind, Shelf]:
        return {
            kind: Shelf(Catalog(self._dimension), make_index(self._config, self._dimension), FactColumns(kind))
            for kind in Kind
        }

    def _put(self, items: list[tuple[StoredDocument, DocumentVectors]], snapshot_revision: dict[Kind, int]) -> None:
        """Adds rows; those that a snapshot of their kind already holds are not added to its index again."""
        for kind in Kind:
            shelf = self.shelves[kind]
            mine = [(s, v) for s, v in items if s.document.kind is kind]
            for stored, vectors in mine:
                side = Side(self._profile_of(stored), vectors.title, vectors.body)
                slot = shelf.catalog.put(Entry(stored.row_id, stored.revision, stored.document.name, side))
                shelf.facts.put(slot, fact_row(stored, self._space.certificates))
            fresh = [(s, v) for s, v in mine if s.revision > snapshot_revision.get(kind, -1)]
            # a document without any known word has no vector to be found by; its skills still find it
            absent = [s.row_id for s, v in fresh if not v.body.any()]
            if absent:
                shelf.index.remove(np.array(absent, dtype=np.int64))
            with_vector = [(s.row_id, v.body) for s, v in fresh if v.body.any()]
            if with_vector:
                ids = np.array([row_id for row_id, _ in with_vector], dtype=np.int64)
                shelf.index.add(ids, np.stack([body for _, body in with_vector]).astype(np.float32))


def _batches(
    items: Iterable[tuple[StoredDocument, DocumentVectors]],
) -> Iterator[list[tuple[StoredDocument, DocumentVectors]]]:
    """The items, `LOAD_BATCH` at a time."""
    left = iter(items)
    while batch := list(islice(left, LOAD_BATCH)):
        yield batch


def fact_row(stored: StoredDocument, certificates: frozenset[str]) -> FactRow:
    """What filters may ask of a document; a skill that the text denies, or only wishes for, is none of its skills."""
    skills = {m.skill_id for m in stored.mentions if m.importance is not Importance.NEGATED and not m.wished}
    return FactRow.of(
        stored.document,
        skills,
        credentials=skills & certificates,
        create_time=stored.create_time,
        update_time=stored.update_time,
    )
