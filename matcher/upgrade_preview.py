"""What an upgrade of the taxonomy would change in a store, before anything is written.

Enters: settings, the taxonomy in force and the one to go over to. Leaves: how many documents would have other mentions, which
skills they would lose and gain, and how the ten best matches of a sample of postings would move. Mentions are counted over all
documents; rankings are compared for a sample, because each costs a match with either taxonomy. Refuses what opening the store
refuses. The store must not be written to meanwhile, or the two sides differ by that too.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from matcher.config import Settings
from matcher.derive import Deriver
from matcher.domain.document import Kind
from matcher.domain.skill import SkillMention
from matcher.embed import Encoder
from matcher.match.weights import load_weights
from matcher.matching import Matching
from matcher.records import MatchQuery
from matcher.store import DocumentStore, DocumentVectors, StoreConfig, StoredDocument, VectorSet, stored_alike
from matcher.taxonomy import Taxonomy
from matcher.working_set import WorkingSet

TOP = 10
DEFAULT_SAMPLE = 50
TARGETS = (Kind.CANDIDATE, Kind.COURSE)
MAX_SKILLS = 20
MAX_MOVES = 10
Ranking = tuple[str, ...]
"""Names, best first, at most `TOP`."""


@dataclass(frozen=True, slots=True)
class SkillChange:
    """How many documents would no longer name a skill, and how many would name it anew."""

    skill_id: str
    n_lost: int
    n_gained: int


@dataclass(frozen=True, slots=True)
class RankingChange:
    """The ten best of one kind for one posting, now and then. `moves`: places by which names moved, summed over both lists."""

    posting: str
    target_kind: str
    before: Ranking
    after: Ranking
    moves: int

    @property
    def entered(self) -> Ranking:
        """Names that would come in, best first."""
        return tuple(name for name in self.after if name not in self.before)

    @property
    def left(self) -> Ranking:
        """Names that would drop out, best first."""
        return tuple(name for name in self.before if name not in self.after)


@dataclass(frozen=True, slots=True)
class UpgradePreview:
    """What would change.

    `stored_version`: taxonomy that the stored mentions were found with; where it is not `old_version`, rankings before are made
    of those mentions with the credits of `old_version`. `n_sampled` of `n_postings` were matched against candidates and courses,
    two rankings each: `n_rankings`. `skills` and `rankings` list the greatest changes first, 20 and 10 at most.
    """

    stored_version: str
    old_version: str
    new_version: str
    n_documents: int
    n_changed: int
    changed_by_kind: dict[str, int]
    skills: tuple[SkillChange, ...]
    n_postings: int
    n_sampled: int
    n_rankings: int
    n_rankings_changed: int
    rankings: tuple[RankingChange, ...]

    def as_json(self) -> dict[str, Any]:
        """The same as JSON values."""
        return asdict(self)


class RetaggedStore(DocumentStore):
    """A store as another taxonomy would tag it: reads give the mentions of now, and nothing is written.

    Args:
        config: the store's.
        mentions_of: finds the skills of a document with the other taxonomy.
    """

    def __init__(self, config: StoreConfig, mentions_of: Callable[[StoredDocument], tuple[SkillMention, ...]]) -> None:
        super().__init__(config)
        self._mentions_of = mentions_of

    def get(self, name: str) -> StoredDocument | None:
        """One document by name, or None."""
        stored = super().get(name)
        return None if stored is None else self._retagged(stored)

    def get_many(self, row_ids: Sequence[int]) -> dict[int, StoredDocument]:
        """Documents by row id."""
        return {row_id: self._retagged(stored) for row_id, stored in super().get_many(row_ids).items()}

    def changed_since(
        self, revision: int, vector_set: VectorSet | None = None
    ) -> Iterator[tuple[StoredDocument, DocumentVectors]]:
        """Documents written after a revision."""
        for stored, vectors in super().changed_since(revision, vector_set):
            yield self._retagged(stored), vectors

    def _retagged(self, stored: StoredDocument) -> StoredDocument:
        return replace(stored, mentions=self._mentions_of(stored))


def preview_upgrade(
    settings: Settings, old: Taxonomy, new: Taxonomy, encoder: Encoder, sample: int = DEFAULT_SAMPLE
) -> UpgradePreview:
    """What going over from `old` to `new` would change.

    Args:
        settings: whose store, index and weights.
        old: the taxonomy in force.
        new: the taxonomy to go over to.
        encoder: the model in force; only its name and dimension matter, since stored documents are not embedded again.
        sample: postings whose rankings are compared, ≥ 0; they are spread evenly over all by name.

    Raises:
        IndexModelMismatch: the stored vectors are of another model.
    """
    store = DocumentStore(settings.store)
    try:
        store.bind_model(encoder.model_id, encoder.dimension)
        stored_version = store.taxonomy_version() or old.version
        counts = store.counts()
        before, postings = _rankings(settings, old, store, encoder, sample)
    finally:
        store.close()
    tally = _Tally(Deriver(new, encoder, settings.extract))
    retagged = RetaggedStore(settings.store, tally.mentions_of)
    try:
        after, _ = _rankings(settings, new, retagged, encoder, sample)
    finally:
        retagged.close()
    changes = [
        RankingChange(posting, kind.value, before[posting, kind], names, _moves(before[posting, kind], names))
        for (posting, kind), names in after.items()
        if before[posting, kind] != names
    ]
    changes.sort(key=lambda change: (-change.moves, change.posting, change.target_kind))
    return UpgradePreview(
        stored_version=stored_version,
        old_version=old.version,
        new_version=new.version,
        n_documents=sum(counts.values()),
        n_changed=sum(tally.changed.values()),
        changed_by_kind={kind.value: tally.changed[kind] for kind in Kind},
        skills=tally.greatest(),
        n_postings=counts[Kind.POSTING],
        n_sampled=len(postings),
        n_rankings=len(after),
        n_rankings_changed=len(changes),
        rankings=tuple(changes[:MAX_MOVES]),
    )


class _Tally:
    """Finds new mentions and counts, once for each document, what is other than stored."""

    def __init__(self, deriver: Deriver) -> None:
        self._deriver = deriver
        self._known: dict[int, tuple[SkillMention, ...]] = {}
        self._lost: Counter[str] = Counter()
        self._gained: Counter[str] = Counter()
        self.changed: Counter[Kind] = Counter()

    def mentions_of(self, stored: StoredDocument) -> tuple[SkillMention, ...]:
        known = self._known.get(stored.row_id)
        if known is not None:
            return known
        found = self._deriver.mentions(stored.document)
        is_same = stored_alike(found, stored.mentions)
        self._known[stored.row_id] = stored.mentions if is_same else found
        if not is_same:
            self.changed[stored.document.kind] += 1
            had, has = ({m.skill_id for m in mentions} for mentions in (stored.mentions, found))
            self._lost.update(had - has)
            self._gained.update(has - had)
        return self._known[stored.row_id]

    def greatest(self) -> tuple[SkillChange, ...]:
        changes = [SkillChange(id_, self._lost[id_], self._gained[id_]) for id_ in {*self._lost, *self._gained}]
        changes.sort(key=lambda change: (-change.n_lost - change.n_gained, change.skill_id))
        return tuple(changes[:MAX_SKILLS])


def _rankings(
    settings: Settings, taxonomy: Taxonomy, store: DocumentStore, encoder: Encoder, sample: int
) -> tuple[dict[tuple[str, Kind], Ranking], list[str]]:
    """The ten best of each kind for the sampled postings, and the names of these."""
    deriver = Deriver(taxonomy, encoder, settings.extract)
    working_set = WorkingSet(
        settings.index, encoder.dimension, deriver.space, deriver.profile_of_stored, store.vector_set()
    )
    with (
        tempfile.TemporaryDirectory() as nowhere
    ):  # without snapshots: approximate indexes must not differ by their history
        working_set.load(store, "", Path(nowhere))
    matching = Matching(
        settings.match, deriver, taxonomy, load_weights(settings.match.weights), store, working_set, encoder.model_id
    )
    with working_set.reading() as shelves:
        names = sorted(name for name in shelves[Kind.POSTING].catalog.names if name)
    postings = [names[i * len(names) // sample] for i in range(sample)] if sample < len(names) else names
    found = {}
    for posting in postings:
        for kind in TARGETS:
            page = matching.match(MatchQuery(posting, kind, page_size=TOP, with_evidence=False))
            found[posting, kind] = tuple(match.name for match in page.matches)
    return found, postings


def _moves(before: Ranking, after: Ranking) -> int:
    """Places moved, summed over all names of either list; one that is not in a list counts as standing just below it."""
    place_before, place_after = ({name: i for i, name in enumerate(names)} for names in (before, after))
    return sum(
        abs(place_before.get(name, len(before)) - place_after.get(name, len(after))) for name in {*before, *after}
    )
