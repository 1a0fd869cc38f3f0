"""The inquiry journey: what if a document had other skills, and why is a document not among the best.

Enters: a query and a document of the ranked kind, with the filter of the ranking asked about. Leaves: where the document stands
in the full ranking, and what keeps it from standing higher. Scores come from the functions that Match ranks with. Rarities of
skills stay as they are while a change is tried out, and so do texts: only the skills of a document change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from matcher.domain.inquiry import (
    ChangedSide,
    CreditChange,
    FailedClause,
    PartCost,
    SkillChange,
    Standing,
    WhatIfAnswer,
    WhyNotAnswer,
    WhyNotReason,
)
from matcher.errors import InvalidRequest, ResourceNotFound
from matcher.filtering import allowed_slots
from matcher.full_ranking import FullRanking, pair_values, rank_all
from matcher.in_force import InForce
from matcher.match.changed import changed_profile
from matcher.match.credit import credit_of_suppliers
from matcher.match.filter import parse_filter
from matcher.match.filter.syntax import verdict
from matcher.match.inquiry_text import Label, what_if_text, why_not_text
from matcher.match.retrieve import retrieve
from matcher.match.score import Side, demanding_side, requirement_weights, scored, scores
from matcher.matching import MAX_RANKED, Resolved
from matcher.records import ChosenWeights, MatchQuery, Query
from matcher.taxonomy import Taxonomy
from matcher.working_set import Shelf

MAX_MISSING = 5


@dataclass(frozen=True, slots=True)
class WhatIfQuery:
    """What would become of `target` in the ranking of its kind for `query`."""

    query: Query
    target: Query
    changes: tuple[SkillChange, ...]
    filter_text: str = ""
    language: str = "zh"
    chosen: ChosenWeights = field(default_factory=ChosenWeights)


@dataclass(frozen=True, slots=True)
class WhyNotQuery:
    """Why the stored document `target` is not among the best `k` of its kind for `query`; `collapse` as in `MatchQuery`."""

    query: Query
    target: str
    k: int = 10
    filter_text: str = ""
    language: str = "zh"
    chosen: ChosenWeights = field(default_factory=ChosenWeights)
    collapse: float = 0.0


class Inquiries:
    """Answers questions about rankings with the model in force; see the module."""

    def __init__(self, in_force: InForce, taxonomy: Taxonomy) -> None:
        self._in_force = in_force
        self._matching = in_force.matching
        self._space = in_force.deriver.space
        self._taxonomy = taxonomy
        self._weights = in_force.matching.weights

    def what_if(self, asked: WhatIfQuery) -> WhatIfAnswer:
        """Standing of the target before and after the changes.

        Raises:
            ResourceNotFound, InvalidDocument: as for `Matching.match`, for either side.
            InvalidFilter: as its class says.
            InvalidRequest: a changed skill is not in the taxonomy.
        """
        self._weights = asked.chosen.of(self._matching.weights)
        for position, change in enumerate(asked.changes):
            if change.skill_id not in self._space.number_by_id:
                raise InvalidRequest(
                    f"no skill skills/{change.skill_id}", reason="UNKNOWN_SKILL", field=f"changes[{position}].skill"
                )
        query = self._matching.resolve(asked.query, "query")
        target = self._matching.resolve(asked.target, "target")
        new_query = self._changed(query.side, asked.changes, ChangedSide.QUERY)
        new_target = self._changed(target.side, asked.changes, ChangedSide.TARGET)
        working_set = self._in_force.working_set
        with working_set.reading() as shelves:
            shelf, rarity = shelves[target.side.profile.kind], working_set.rarity()
            own = shelf.catalog.slot_by_row_id.get(target.row_id, -1)
            slots, passes = _others(shelf, asked.filter_text, query.row_id, own)
            before = self._standing(query.side, target, target.side, shelf, slots, rarity)
            after = self._standing(new_query, target, new_target, shelf, slots, rarity)
            revision = working_set.revision
        changed = self._credit_changes((query.side, target.side), (new_query, new_target))
        name = target.explained.name
        answer = WhatIfAnswer(name, before, after, changed, passes, self._matching.versions(revision, self._weights))
        text = what_if_text(answer, asked.changes, self._label(asked.language), asked.language)
        return replace(answer, explanation=text)

    def why_not(self, asked: WhyNotQuery) -> WhyNotAnswer:
        """What keeps the target from the best k.

        Raises:
            ResourceNotFound, InvalidDocument: as for `Matching.match`, for either side.
            InvalidFilter: as its class says.
        """
        self._weights = asked.chosen.of(self._matching.weights)
        query = self._matching.resolve(asked.query, "query")
        target = self._matching.resolve(asked.target, "target")
        working_set = self._in_force.working_set
        with working_set.reading() as shelves:
            shelf, rarity = shelves[target.side.profile.kind], working_set.rarity()
            own = shelf.catalog.slot_by_row_id.get(target.row_id, -1)
            if own < 0:
                raise ResourceNotFound(f"no document {asked.target}", field="target")
            failed = _failed_clauses(shelf, asked.filter_text, own)
            slots, _ = _others(shelf, asked.filter_text, query.row_id, own)
            others = self._rank_all(query.side, shelf, slots, rarity)
            values = pair_values(query.side, target.side, self._space, rarity)
            standing = self._placed(query.side, target, values, others)
            retrieved = own in self._retrieved(query, shelf, np.append(slots, own), rarity)
            # of the others in their order, the one that the target would have to overtake
            order = others.order()
            cutoff = order[asked.k - 1] if len(order) >= asked.k else None
            cutoff_side = None if cutoff is None else shelf.catalog.side(int(others.slots[cutoff]))
            duplicate_of = self._stands_for(asked, shelf, own, standing, others)
            revision = working_set.revision
        answer = WhyNotAnswer(
            target_name=asked.target,
            reason=_reason(failed, duplicate_of, retrieved=retrieved, rank=standing.rank, k=asked.k),
            standing=standing,
            k=asked.k,
            cutoff_name="" if cutoff is None else others.names[cutoff],
            cutoff_score=None if cutoff is None else float(others.scores[cutoff]),
            failed=failed,
            retrieved=retrieved,
            costs=() if cutoff is None else self._costs(query.side, target.side, values[0], others.values[cutoff]),
            missing=() if cutoff_side is None else self._missing(query.side, target.side, cutoff_side, rarity),
            versions=self._matching.versions(revision, self._weights),
            duplicate_of=duplicate_of,
        )
        return replace(answer, explanation=why_not_text(answer, self._label(asked.language), asked.language))

    def _changed(self, side: Side, changes: Sequence[SkillChange], of: ChangedSide) -> Side:
        return replace(side, profile=changed_profile(side.profile, [c for c in changes if c.side is of], self._space))

    def _rank_all(self, side: Side, shelf: Shelf, slots: NDArray[np.int64], rarity: NDArray[np.float32]) -> FullRanking:
        weights = self._weights.pair(side.profile.kind, shelf.facts.kind)
        return rank_all(side, shelf, slots, self._space, rarity, weights)

    def _standing(
        self,
        query: Side,
        target: Resolved,
        target_side: Side,
        shelf: Shelf,
        slots: NDArray[np.int64],
        rarity: NDArray[np.float32],
    ) -> Standing:
        others = self._rank_all(query, shelf, slots, rarity)
        return self._placed(query, target, pair_values(query, target_side, self._space, rarity), others)

    def _placed(self, query: Side, target: Resolved, values: NDArray[np.float32], others: FullRanking) -> Standing:
        weights = self._weights.pair(query.profile.kind, target.side.profile.kind)
        score = float(scores(values, weights)[0])
        rank = others.rank_of(score, target.explained.name)
        return Standing(scored(values[0], score, weights), rank, len(others) + 1)

    def _retrieved(
        self, query: Resolved, shelf: Shelf, allowed: NDArray[np.int64], rarity: NDArray[np.float32]
    ) -> NDArray[np.int64]:
        """Slots that Match would score of those allowed."""
        return retrieve(
            query.side.profile,
            query.side.body,
            shelf.catalog,
            np.sort(allowed),
            lambda vector, k, ids: shelf.index.search(vector[None, :], k, ids).ids[0],
            self._space,
            rarity,
            self._matching.retrieve_config,
            shelf.facts.kind,
        )

    def _stands_for(self, asked: WhyNotQuery, shelf: Shelf, own: int, standing: Standing, others: FullRanking) -> str:
        """Name of the better document that the target nearly repeats, "" when there is none or repeats are not collapsed."""
        better = others.order()[: standing.rank - 1]
        if not asked.collapse or standing.rank > MAX_RANKED:
            return ""
        slots = np.append(others.slots[better], own)
        shape = MatchQuery(asked.query, shelf.facts.kind, collapse=asked.collapse)
        arranged = self._matching.arranger.arranged(shape, shelf, slots, np.zeros(len(slots)), list(range(len(slots))))
        name = shelf.catalog.names[own]
        for row_id, repeats in arranged.repeats.items():
            if name in [repeat for repeat, _ in repeats]:
                return shelf.catalog.names[shelf.catalog.slot_by_row_id[row_id]]
        return ""

    def _costs(
        self, query: Side, target: Side, values: NDArray[np.float32], cutoff: NDArray[np.float32]
    ) -> tuple[PartCost, ...]:
        weights = self._weights.pair(query.profile.kind, target.profile.kind)
        pairs = zip(scored(values, 0.0, weights).parts, scored(cutoff, 0.0, weights).parts, strict=True)
        costs = [PartCost(mine.part, mine.contribution, other.contribution) for mine, other in pairs]
        return tuple(sorted((c for c in costs if c.cost > 0), key=lambda c: -c.cost))

    def _credits(self, query: Side, target: Side) -> dict[int, float]:
        """Credit by skill demanded, empty where neither side demands."""
        demanding = demanding_side(query.profile.kind, target.profile.kind)
        if demanding is None:
            return {}
        demand, supply = (query, target) if demanding is query.profile.kind else (target, query)
        credit, _ = credit_of_suppliers(demand.profile, [supply.profile], self._space)
        return dict(zip(demand.profile.demand_skills.tolist(), credit[0].tolist(), strict=True))

    def _credit_changes(self, old: tuple[Side, Side], new: tuple[Side, Side]) -> tuple[CreditChange, ...]:
        before, after = self._credits(*old), self._credits(*new)
        return tuple(
            CreditChange(self._space.ids[skill], before.get(skill), after.get(skill))
            for skill in dict.fromkeys([*before, *after])
            if before.get(skill) != after.get(skill)
        )

    def _missing(self, query: Side, target: Side, cutoff: Side, rarity: NDArray[np.float32]) -> tuple[str, ...]:
        """Skills that the query demands and the document at the cut-off meets better, by what they weigh."""
        if demanding_side(query.profile.kind, target.profile.kind) is not query.profile.kind:
            return ()
        mine, theirs = self._credits(query, target), self._credits(query, cutoff)
        weight = dict(zip(mine, requirement_weights(query.profile, rarity).tolist(), strict=True))
        behind = {s: (theirs[s] - mine[s]) * weight[s] for s in mine if theirs[s] > mine[s]}
        return tuple(self._space.ids[s] for s in sorted(behind, key=lambda s: -behind[s])[:MAX_MISSING])

    def _label(self, language: str) -> Label:
        return lambda skill_id: self._taxonomy.get(skill_id).label(language)


def _others(shelf: Shelf, filter_text: str, query_row_id: int, own: int) -> tuple[NDArray[np.int64], bool]:
    """Slots that pass the filter, without the query's and the target's own; and whether the target's passes."""
    allowed = allowed_slots(shelf, filter_text)
    slots = shelf.catalog.slots_in_use() if allowed is None else allowed
    mine = shelf.catalog.slot_by_row_id.get(query_row_id, -1)
    return slots[(slots != own) & (slots != mine)], bool(own < 0 or (slots == own).any())


def _failed_clauses(shelf: Shelf, filter_text: str, slot: int) -> tuple[FailedClause, ...]:
    failed = []
    for clause in parse_filter(filter_text).clauses:
        told = verdict(clause.expression, shelf.facts)
        if not told.true[slot]:
            text = filter_text[clause.start : clause.end]
            failed.append(FailedClause(text, clause.start + 1, unknown=not told.false[slot]))
    return tuple(failed)


def _reason(failed: Sequence[FailedClause], duplicate_of: str, *, retrieved: bool, rank: int, k: int) -> WhyNotReason:
    if failed:
        return WhyNotReason.FILTERED
    if not retrieved:
        return WhyNotReason.NOT_RETRIEVED
    if duplicate_of:
        return WhyNotReason.NEAR_DUPLICATE
    return WhyNotReason.RETURNED if rank <= k else WhyNotReason.BELOW_CUTOFF
