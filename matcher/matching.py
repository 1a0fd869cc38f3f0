"""The match journey: query → filter → retrieve → score → explain, and the same for one pair.

Enters: a stored or inline document and what to rank. Leaves: matches with evidence and the versions that decided them. One
code path scores a ranked document and an explained pair, so the two can never disagree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.answer_warnings import query_warnings, sampled_warning, target_warnings
from matcher.arranging import AS_RANKED, Arranged, Arranger
from matcher.config import MatchConfig
from matcher.derive import Deriver
from matcher.domain.document import Kind, RawDocument, ReadWarning, Truncation
from matcher.domain.match import BothSided, CandidateFit, Match, Versions
from matcher.errors import ResourceNotFound
from matcher.field_paths import standing_at
from matcher.filtering import allowed_slots, filter_effects
from matcher.ingest import read_document
from matcher.match.candidate_fit import both_sided, candidate_fits
from matcher.match.credit import credit_of_suppliers
from matcher.match.explain import Explained, Met, additional_skills, explain_requirements, shared_skills
from matcher.match.filter import ClauseEffect
from matcher.match.render import render
from matcher.match.retrieve import RetrieveConfig, retrieve
from matcher.match.score import Pool, Side, demanding_side, part_values, scored, scores
from matcher.match.weights import ScoreWeights
from matcher.paging import decode_offset, encode_token, fingerprint
from matcher.records import Decided, MatchPage, MatchQuery, Pair, PairExplained, Query
from matcher.revision_cache import RevisionCache
from matcher.store import DocumentStore
from matcher.taxonomy import Taxonomy
from matcher.working_set import WorkingSet

MAX_RANKED = 200
RACE_RETRIES = 3


@dataclass(frozen=True, slots=True, eq=False)
class Resolved:
    """A query ready to be matched. `row_id` -1: inline. `warnings`: how an inline document was read."""

    side: Side
    explained: Explained
    row_id: int
    truncation: Truncation | None
    warnings: tuple[ReadWarning, ...] = ()

    def decided(self, row_ids: Sequence[int], offset: int) -> Decided:
        """What a page for this query rests on."""
        stored, document = self.row_id >= 0, self.explained.document
        query_hash = "" if stored else document.content_hash
        return Decided(document.kind, self.row_id if stored else None, query_hash, tuple(row_ids), offset)


@dataclass(frozen=True, slots=True, eq=False)
class Ranked:
    """The page of a ranking as computed under the lock: nothing here changes when documents do."""

    row_ids: list[int]
    revisions: list[int]
    values: NDArray[np.float32]
    scores: NDArray[np.float64]
    first_rank: int
    more: bool
    filtered_size: int
    revision: int
    rarity: NDArray[np.float32]
    weights: ScoreWeights
    arranged: Arranged = AS_RANKED
    fits: Sequence[CandidateFit] = ()
    by_both: NDArray[np.float64] | None = None
    filter_effects: tuple[ClauseEffect, ...] = ()


class Matching:
    """Makes matches over the working set of one model; evidence comes from the store, decoded documents are kept."""

    def __init__(
        self,
        config: MatchConfig,
        deriver: Deriver,
        taxonomy: Taxonomy,
        weights: ScoreWeights,
        store: DocumentStore,
        working_set: WorkingSet,
        model_id: str,
    ) -> None:
        self._config = config
        self._deriver = deriver
        self._taxonomy = taxonomy
        self.weights = weights
        self._store = store
        self._working_set = working_set
        self._model_id = model_id
        self._cache: RevisionCache[Explained] = RevisionCache(config.cached_documents)
        self.arranger = Arranger(self.explained_at)
        self._queries: RevisionCache[Resolved] = RevisionCache(config.cached_documents)

    def with_model(self, deriver: Deriver, working_set: WorkingSet, model_id: str) -> Matching:
        """The same over the working set of another model; the decoded documents are shared."""
        other = copy(self)
        other._deriver, other._working_set, other._model_id = deriver, working_set, model_id
        other._queries = RevisionCache(self._config.cached_documents)  # they hold vectors
        return other

    def match(self, query: MatchQuery) -> MatchPage:
        """The documents of a kind that fit the query: highest score first, equal scores by name.

        Raises:
            ResourceNotFound: the query names no stored document.
            InvalidDocument: an inline query cannot be read.
            InvalidRequest: a weight or preset that there is not.
            InvalidFilter, InvalidPageToken: as their classes say.
        """
        request = _fingerprint(query)
        offset = decode_offset(query.page_token, request)
        resolved = self._resolve(query.query, "query")
        ranked, stored = self._ranked_with_documents(resolved, query, offset)
        matches = self.matches_of(resolved, ranked, stored, query)
        token = encode_token(request, str(offset + query.page_size)) if ranked.more else ""
        warnings = resolved.warnings + query_warnings(resolved.explained.profile)
        versions = self.versions(ranked.revision, ranked.weights)
        decided = resolved.decided([row_id for row_id, _ in matches], offset)
        return MatchPage(
            [match for _, match in matches],
            token,
            ranked.filtered_size,
            versions,
            warnings,
            resolved.truncation,
            ranked.filter_effects,
            ranked.arranged.n_collapsed,
            ranked.arranged.n_capped,
            decided,
        )

    def matches_of(
        self, resolved: Resolved, ranked: Ranked, documents: Mapping[int, Explained], shape: MatchQuery
    ) -> list[tuple[int, Match]]:
        """(row id, match) of the ranked documents in their order, those that are not among `documents` left out."""
        present = [(position, documents[r]) for position, r in enumerate(ranked.row_ids) if r in documents]
        met = self._met_by_page(resolved, [target for _, target in present], shape)
        return [
            (
                ranked.row_ids[position],
                self._match(resolved, target, ranked, position, shape, met[i] if met else None),
            )
            for i, (position, target) in enumerate(present)
        ]

    def explain(self, pair: Pair) -> PairExplained:
        """Score and evidence of one pair, whether or not it would be ranked among the best.

        Raises:
            ResourceNotFound, InvalidDocument: as for `match`, for either side.
        """
        query, target = self._resolve(pair.query, "query"), self._resolve(pair.target, "target")
        with self._working_set.reading():
            rarity, revision = self._working_set.rarity(), self._working_set.revision
        weights = self.weights.chosen(pair.preset, pair.weights)
        pair_weights = weights.pair(query.side.profile.kind, target.side.profile.kind)
        pool = Pool([target.side.profile], target.side.title[None, :], target.side.body[None, :])
        values = part_values(query.side, pool, self._deriver.space, rarity)
        score = scores(values, pair_weights)
        ranked = Ranked([target.row_id], [revision], values, score, 0, False, 1, revision, rarity, weights)
        shape = MatchQuery(pair.query, target.side.profile.kind, language=pair.language)
        match = self._match(query, target.explained, ranked, 0, shape)
        return PairExplained(match, self.versions(revision, weights), query.truncation, target.truncation)

    @property
    def retrieve_config(self) -> RetrieveConfig:
        """How many documents are scored per query."""
        return self._config.retrieve

    def resolve(self, query: Query, field: str) -> Resolved:
        """A document ready to be matched; `field` is where it stands in its request.

        Raises:
            ResourceNotFound, InvalidDocument: as for `match`.
        """
        return self._resolve(query, field)

    def versions(self, revision: int, weights: ScoreWeights | None = None) -> Versions:
        """What decides an answer at an index revision; `weights`: those that a request chose."""
        return Versions(self._model_id, self._taxonomy.version, (weights or self.weights).version, revision)

    def forget(self, row_id: int) -> None:
        """Drops a deleted document from the cache."""
        self._cache.forget(row_id)
        self._queries.forget(row_id)

    def _resolve(self, query: Query, field: str) -> Resolved:
        if isinstance(query, RawDocument):
            with standing_at(f"{field}.document"):
                document, warnings = read_document(query)
            (derived,) = self._deriver.derive([document])
            explained = self._deriver.explained("", document, derived.mentions)
            side = Side(explained.profile, derived.vectors.title, derived.vectors.body)
            cut = (sampled_warning(),) if derived.truncation is not None else ()
            return Resolved(side, explained, -1, derived.truncation, warnings + cut)
        row_id, revision = self._revision_at_hand(query)
        known = self._queries.get(row_id, revision)
        return known or self._resolve_stored(query, field)

    def _revision_at_hand(self, name: str) -> tuple[int, int]:
        """(row id, revision) of a document as the working set holds it, (-1, -1) when it does not."""
        with self._working_set.reading() as shelves:
            for shelf in shelves.values():
                slot = shelf.catalog.slot_by_name.get(name)
                if slot is not None:
                    return int(shelf.catalog.row_ids[slot]), int(shelf.catalog.revisions[slot])
        return -1, -1

    def _resolve_stored(self, query: str, field: str) -> Resolved:
        stored = self._store.get(query)
        # of this model, also when another is put in force meanwhile
        own_set = self._working_set.vector_set
        vectors = self._store.vectors_of([stored.row_id], own_set) if stored is not None else {}
        if stored is None or stored.row_id not in vectors:
            raise ResourceNotFound(f"no document {query}", field=f"{field}.name")
        explained = self._deriver.explained(query, stored.document, stored.mentions)
        found = vectors[stored.row_id]
        side = Side(explained.profile, found.title, found.body)
        resolved = Resolved(side, explained, stored.row_id, stored.truncation)
        self._queries.put(stored.row_id, stored.revision, resolved)
        return resolved

    def _rank(self, resolved: Resolved, query: MatchQuery, offset: int) -> Ranked:
        """Filters, retrieves and scores under the lock; returns the rows of one page."""
        side, weights = resolved.side, self.weights.chosen(query.preset, query.weights)
        with self._working_set.reading() as shelves:
            shelf, rarity = shelves[query.target_kind], self._working_set.rarity()
            allowed = allowed_slots(shelf, query.filter_text)
            own = shelf.catalog.slot_by_row_id.get(resolved.row_id, -1)
            if own >= 0 and allowed is not None:
                allowed = allowed[allowed != own]
            slots = retrieve(
                side.profile,
                side.body,
                shelf.catalog,
                allowed,
                lambda vector, k, ids: shelf.index.search(vector[None, :], k, ids).ids[0],
                self._deriver.space,
                rarity,
                self._config.retrieve,
                query.target_kind,
            )
            slots = slots[slots != own]
            pool = shelf.catalog.pool(slots)
            values = part_values(side, pool, self._deriver.space, rarity)
            score = scores(values, weights.pair(side.profile.kind, query.target_kind))
            fits = (
                candidate_fits(side, pool, values, query.target_kind) if query.both_sided is not BothSided.OFF else []
            )
            by_both = both_sided(score, fits) if query.both_sided is BothSided.RANK else None
            key = score if by_both is None else by_both
            names = [shelf.catalog.names[s] for s in slots.tolist()]
            order = sorted(range(len(slots)), key=lambda i: (-key[i], names[i]))[:MAX_RANKED]
            arranged = self.arranger.arranged(query, shelf, slots, key, order)
            order = arranged.positions
            page = np.array(order[offset : offset + query.page_size], dtype=np.int64)
            n_filtered = len(shelf.catalog) - (own >= 0) if allowed is None else len(allowed)
            return Ranked(
                row_ids=shelf.catalog.row_ids[slots[page]].tolist(),
                revisions=shelf.catalog.revisions[slots[page]].tolist(),
                values=values[page],
                scores=score[page],
                first_rank=offset + 1,
                more=offset + query.page_size < len(order),
                filtered_size=n_filtered,
                revision=self._working_set.revision,
                rarity=rarity,
                weights=weights,
                arranged=arranged,
                fits=[fits[i] for i in page] if fits else [],
                by_both=None if by_both is None else by_both[page],
                filter_effects=filter_effects(shelf, query.filter_text, own) if n_filtered == 0 else (),
            )

    def _ranked_with_documents(
        self, resolved: Resolved, query: MatchQuery, offset: int
    ) -> tuple[Ranked, dict[int, Explained]]:
        """A ranking and the documents of its page at the very revisions that were scored.

        A document rewritten between the two steps would give evidence that its score does not rest on; then both are done
        again. Under steady rewriting of the same page the stale documents are left out after the last try.
        """
        for _ in range(RACE_RETRIES):
            ranked = self._rank(resolved, query, offset)
            documents = self.explained_at(dict(zip(ranked.row_ids, ranked.revisions, strict=True)))
            if len(documents) == len(ranked.row_ids):
                break
        return ranked, documents

    def explained_at(self, revision_by_row: Mapping[int, int]) -> dict[int, Explained]:
        """Decoded documents by row id, as they were at their revisions; those that changed or went since are left out."""
        found = {r: e for r, revision in revision_by_row.items() if (e := self._cache.get(r, revision)) is not None}
        missing = [r for r in revision_by_row if r not in found]
        for row_id, stored in (self._store.get_many(missing) if missing else {}).items():
            if stored.revision == revision_by_row[row_id]:
                found[row_id] = self._deriver.explained(stored.document.name, stored.document, stored.mentions)
                self._cache.put(row_id, stored.revision, found[row_id])
        return found

    def _met_by_page(self, query: Resolved, targets: list[Explained], shape: MatchQuery) -> list[Met]:
        """Where the query makes the demands: how each document of the page meets them, computed at once."""
        if not shape.with_evidence or not targets:
            return []
        kind = query.explained.document.kind
        if demanding_side(kind, shape.target_kind) is not kind:
            return []
        profiles = [t.profile for t in targets]
        return list(zip(*credit_of_suppliers(query.explained.profile, profiles, self._deriver.space), strict=True))

    def _match(
        self,
        query: Resolved,
        target: Explained,
        ranked: Ranked,
        position: int,
        shape: MatchQuery,
        met: Met | None = None,
    ) -> Match:
        kinds = query.explained.document.kind, target.document.kind
        weights = ranked.weights.pair(*kinds)
        result = Match(
            name=target.name,
            kind=target.document.kind,
            title=target.document.title,
            rank=ranked.first_rank + position if ranked.first_rank else 0,
            scored=scored(ranked.values[position], ranked.scores[position], weights),
            repeats=ranked.arranged.repeats.get(ranked.row_ids[position], ()),
            warnings=target_warnings(target.profile),
            candidate_fit=ranked.fits[position] if ranked.fits else None,
            both_sided_score=None if ranked.by_both is None else float(ranked.by_both[position]),
        )
        if not shape.with_evidence:
            return result
        space, demanding = self._deriver.space, demanding_side(*kinds)
        target_demands = demanding is target.document.kind
        demand, supply = (target, query.explained) if target_demands else (query.explained, target)
        requirements = explain_requirements(demand, supply, space, ranked.rarity, met) if demanding else ()
        # between a posting and another kind the requirements say already what is shared
        shared = () if demanding is Kind.POSTING else shared_skills(query.explained, target, space, ranked.rarity)
        # a course demands its prerequisites only; what a reader asks of it is what it would teach this person anew
        asking, showing = (supply, demand) if demanding is Kind.COURSE else (demand, supply)
        additional = additional_skills(asking, showing, space, shared)
        result = replace(result, requirements=requirements, shared=shared, additional=additional)
        text = render(result, lambda s: self._taxonomy.get(s).label(shape.language), shape.language)
        return replace(result, explanation=text)


def at_offset(query: MatchQuery, offset: int) -> MatchQuery:
    """The query for the page that begins after `offset` documents."""
    return replace(query, page_token=encode_token(_fingerprint(query), str(offset)) if offset else "")


def _fingerprint(query: MatchQuery) -> str:
    """What a page token of a match is tied to."""
    source = query.query if isinstance(query.query, str) else repr(query.query)
    return fingerprint(
        "match",
        source,
        query.target_kind.value,
        query.filter_text,
        str(query.page_size),
        query.language,
        str(query.with_evidence),
        query.preset,
        str(query.weights),
        f"{query.collapse} {query.max_per_organisation} {query.diversity}",
        query.both_sided.value,
    )
