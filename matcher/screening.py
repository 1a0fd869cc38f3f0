"""The screening journey: every candidate of a selection scored against one document, ranked, and explained as far as asked.

Enters: a query, and stored candidates by filter and names, or candidates that are sent along. Leaves: a ranking of all of them,
then matches slice by slice, so that thousands of explanations need not be held at once. Scores and evidence come from the
functions of Match. What cannot be screened is told one by one; the others are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from matcher.answer_warnings import query_warnings, target_warnings
from matcher.domain.document import Kind, RawDocument
from matcher.domain.match import Match
from matcher.embed.call import calling
from matcher.errors import InvalidDocument, MatcherError, ResourceNotFound
from matcher.filtering import allowed_slots
from matcher.full_ranking import rank_all
from matcher.in_force import InForce
from matcher.ingest import read_document
from matcher.match.explain import Explained
from matcher.match.profile import Profile
from matcher.match.score import Pool, part_values, scored, scores
from matcher.match.weights import N_PARTS
from matcher.matching import Ranked, Resolved
from matcher.records import ChosenWeights, MatchPage, MatchQuery, Query
from matcher.store import DocumentStore

Told = Callable[[int, int], None]
"""Hears (scored so far, to score)."""


@dataclass(frozen=True, slots=True)
class ScreeningQuery:
    """What to screen against, and which stored candidates; `names` empty: all that the filter passes. `limit` 0: all."""

    query: Query
    filter_text: str = ""
    names: tuple[str, ...] = ()
    limit: int = 0
    evidence_count: int = 100
    language: str = "zh"
    chosen: ChosenWeights = field(default_factory=ChosenWeights)

    @property
    def shape(self) -> MatchQuery:
        """The match that shows one candidate of the screening."""
        return MatchQuery(
            self.query,
            Kind.CANDIDATE,
            self.filter_text,
            language=self.language,
            preset=self.chosen.preset,
            weights=self.chosen.weights,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Screened:
    """A finished ranking. `ranked` holds those to be returned in their order; `n_scored` counts all.

    `profiles`: of those to be returned, in their order. `sent`: explained documents by their key in `ranked.row_ids`, for
    candidates that were sent along; None: stored ones.
    """

    resolved: Resolved
    ranked: Ranked
    n_scored: int
    profiles: list[Profile]
    sent: dict[int, Explained] | None = None

    @property
    def n_returned(self) -> int:
        """Matches to be returned."""
        return len(self.ranked.row_ids)


class Screening:
    """Screens candidates with the model in force; see the module."""

    def __init__(self, in_force: InForce, store: DocumentStore) -> None:
        self._in_force = in_force
        self._store = store
        self._matching = in_force.matching
        self._space = in_force.deriver.space

    def stored(self, asked: ScreeningQuery, told: Told) -> tuple[Screened, list[tuple[str, MatcherError]]]:
        """Ranks stored candidates; beside it the names that are not stored.

        Raises:
            ResourceNotFound, InvalidDocument, InvalidFilter: as for `Matching.match`.
        """
        resolved = self._matching.resolve(asked.query, "screening.query")
        working_set = self._in_force.working_set
        with working_set.reading() as shelves:
            shelf, rarity = shelves[Kind.CANDIDATE], working_set.rarity()
            catalog = shelf.catalog
            slots = allowed_slots(shelf, asked.filter_text)
            slots = catalog.slots_in_use() if slots is None else slots
            slots = slots[slots != catalog.slot_by_row_id.get(resolved.row_id, -1)]
            missing: list[tuple[str, MatcherError]] = []
            if asked.names:
                slot_by_name = {name: slot for slot, name in enumerate(catalog.names) if name}
                missing = [(n, ResourceNotFound(f"no document {n}")) for n in asked.names if n not in slot_by_name]
                chosen = [slot_by_name[n] for n in asked.names if n in slot_by_name]
                slots = np.intersect1d(slots, np.array(chosen, dtype=np.int64))
            all_weights = asked.chosen.of(self._matching.weights)
            weights = all_weights.pair(resolved.side.profile.kind, Kind.CANDIDATE)
            n = len(slots)
            ranking = rank_all(resolved.side, shelf, slots, self._space, rarity, weights, lambda done: told(done, n))
            order = np.array(ranking.order(), dtype=np.int64)[: asked.limit or None]
            ranked = Ranked(
                row_ids=catalog.row_ids[slots[order]].tolist(),
                revisions=catalog.revisions[slots[order]].tolist(),
                values=ranking.values[order],
                scores=ranking.scores[order],
                first_rank=1,
                more=False,
                filtered_size=n,
                revision=working_set.revision,
                rarity=rarity,
                weights=all_weights,
            )
            profiles = catalog.profiles(slots[order])
        return Screened(resolved, ranked, n, profiles), missing

    def sent(self, asked: ScreeningQuery) -> SentCandidates:
        """Takes in candidates that are sent along; see `SentCandidates`.

        Raises:
            ResourceNotFound, InvalidDocument: of the query.
            InvalidRequest: unknown preset or weights.
        """
        asked.chosen.of(self._matching.weights)
        return SentCandidates(self._in_force, asked, self._matching.resolve(asked.query, "screening.query"))

    def matches(self, screened: Screened, asked: ScreeningQuery, start: int, stop: int) -> list[tuple[int, Match]]:
        """(key, match) of the ranks `start` to `stop`, 0-based, half-open; those that were deleted meanwhile are left out.

        The key is the row id of a stored candidate and the position of one that was sent along.
        """
        part = _part(screened.ranked, start, stop)
        if start >= asked.evidence_count:
            return self._bare(screened, part, screened.profiles[start:stop])
        if screened.sent is not None:
            found = {key: screened.sent[key] for key in part.row_ids}
        else:
            found = self._matching.explained_at(dict(zip(part.row_ids, part.revisions, strict=True)))
        return self._matching.matches_of(screened.resolved, part, found, asked.shape)

    def _bare(self, screened: Screened, part: Ranked, profiles: Sequence[Profile]) -> list[tuple[int, Match]]:
        """Matches without evidence, for which no document need be read whole."""
        if screened.sent is None:
            titled = self._store.titles(part.row_ids)
        else:
            titled = {key: (part.revision, "", screened.sent[key].document.title) for key in part.row_ids}
        weights = part.weights.pair(screened.resolved.side.profile.kind, Kind.CANDIDATE)
        found = []
        for place, (key, revision, profile) in enumerate(zip(part.row_ids, part.revisions, profiles, strict=True)):
            revision_now, name, title = titled.get(key, (-1, "", ""))
            if revision_now == revision:
                told = scored(part.values[place], part.scores[place], weights)
                warnings = target_warnings(profile)
                found.append(
                    (key, Match(name, Kind.CANDIDATE, title, part.first_rank + place, told, warnings=warnings))
                )
        return found

    def page(self, screened: Screened, returned: Sequence[tuple[int, Match]]) -> MatchPage:
        """What was returned as one page, for its record."""
        resolved, ranked = screened.resolved, screened.ranked
        return MatchPage(
            matches=[match for _, match in returned],
            next_page_token="",
            filtered_size=screened.n_scored,
            versions=self._matching.versions(ranked.revision, ranked.weights),
            warnings=resolved.warnings + query_warnings(resolved.explained.profile),
            truncation=resolved.truncation,
            decided=resolved.decided([key for key, _ in returned], 0),
        )


class SentCandidates:
    """Candidates that are sent along: each batch is read, tagged, embedded and scored as it comes.

    Rarities are those of the stored documents when the first batch is scored; a candidate of a screening does not change them.
    """

    def __init__(self, in_force: InForce, asked: ScreeningQuery, resolved: Resolved) -> None:
        self._in_force = in_force
        self._asked = asked
        self._resolved = resolved
        with in_force.working_set.reading():
            self._rarity, self._revision = in_force.working_set.rarity(), in_force.working_set.revision
        self._explained: dict[int, Explained] = {}
        self._values: list[NDArray[np.float32]] = []

    @property
    def n_scored(self) -> int:
        """Candidates scored so far."""
        return len(self._explained)

    def add(self, documents: Sequence[tuple[int, RawDocument]]) -> list[tuple[int, MatcherError]]:
        """Scores a batch of (position, document); returns those that cannot be read, with the reason."""
        read, refused = [], []
        for position, raw in documents:
            try:
                if raw.kind is not Kind.CANDIDATE:
                    raise InvalidDocument("only candidates are screened", field="document.kind", limit="candidate")
                read.append((position, read_document(raw)[0]))
            except MatcherError as error:
                refused.append((position, error))
        if read:
            deriver = self._in_force.deriver
            with calling(bulk=True):
                derived = deriver.derive([document for _, document in read])
            explained = [
                deriver.explained("", document, found.mentions)
                for (_, document), found in zip(read, derived, strict=True)
            ]
            pool = Pool(
                [e.profile for e in explained],
                np.stack([d.vectors.title for d in derived]),
                np.stack([d.vectors.body for d in derived]),
            )
            self._values.append(part_values(self._resolved.side, pool, deriver.space, self._rarity))
            self._explained.update(zip((position for position, _ in read), explained, strict=True))
        return refused

    def screened(self) -> Screened:
        """The ranking of all that were added; equal scores by position."""
        matching = self._in_force.matching
        chosen = self._asked.chosen.of(matching.weights)
        weights = chosen.pair(self._resolved.side.profile.kind, Kind.CANDIDATE)
        positions = np.array(list(self._explained), dtype=np.int64)
        values = np.concatenate([np.zeros((0, N_PARTS), np.float32), *self._values])
        score = scores(values, weights)
        order = np.lexsort((positions, -score))[: self._asked.limit or None]
        ranked = Ranked(
            row_ids=positions[order].tolist(),
            revisions=[self._revision] * len(order),
            values=values[order],
            scores=score[order],
            first_rank=1,
            more=False,
            filtered_size=len(positions),
            revision=self._revision,
            rarity=self._rarity,
            weights=chosen,
        )
        profiles = [self._explained[key].profile for key in ranked.row_ids]
        return Screened(self._resolved, ranked, len(positions), profiles, dict(self._explained))


def _part(ranked: Ranked, start: int, stop: int) -> Ranked:
    """The ranks `start` to `stop`, 0-based, half-open."""
    return replace(
        ranked,
        row_ids=ranked.row_ids[start:stop],
        revisions=ranked.revisions[start:stop],
        values=ranked.values[start:stop],
        scores=ranked.scores[start:stop],
        first_rank=start + 1,
    )
