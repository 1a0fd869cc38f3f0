"""The assignment journey: stored candidates and postings chosen, every allowed pair scored, then all of them assigned at once.

Enters: two selections, openings, what is forbidden, and how to decide. Leaves: who goes where, who goes nowhere and why, which
postings stay open. Scores are those of Match. Refuses (InvalidRequest) more pairs than can be scored while a caller waits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from matcher.domain.assignment import (
    Assigned,
    Assignment,
    AssignmentMode,
    Filled,
    Unassigned,
    UnassignedReason,
    Worth,
)
from matcher.domain.document import Kind
from matcher.errors import InvalidRequest, MatcherError, ResourceNotFound
from matcher.filtering import allowed_slots
from matcher.in_force import InForce
from matcher.match.assign import NOWHERE, assign_optimal, assign_stable, blocking_pairs
from matcher.match.candidate_fit import both_sided, candidate_fits
from matcher.match.score import part_values, scores
from matcher.records import ChosenWeights
from matcher.working_set import Shelf

MAX_PAIRS = 200_000


@dataclass(frozen=True, slots=True)
class Selection:
    """Stored documents of a kind: those of `names` (all when empty) that the filter passes."""

    filter_text: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PairRule:
    """Candidates that `candidate_filter` does not pass are put to no posting that `posting_filter` passes."""

    posting_filter: str
    candidate_filter: str


@dataclass(frozen=True, slots=True)
class AssignmentQuery:
    """What to assign. `openings`: by posting, before what the posting states; else `default_openings`.

    Pairs of a score below `min_score` are not made.
    """

    candidates: Selection
    postings: Selection
    openings: Mapping[str, int] = field(default_factory=dict)
    default_openings: int = 1
    rules: tuple[PairRule, ...] = ()
    forbidden: tuple[tuple[str, str], ...] = ()
    min_score: float = 0.0
    mode: AssignmentMode = AssignmentMode.OPTIMAL
    worth: Worth = Worth.SCORE
    chosen: ChosenWeights = field(default_factory=ChosenWeights)


@dataclass(frozen=True, slots=True, eq=False)
class _Pairs:
    """n candidates by m postings. `fits`: (n, m) float64, NaN where unknown; `allowed`: without the minimum score.

    A posting goes by `scores`, a candidate by `wish`: the score with how far the posting suits it. `worth`: what is summed.
    """

    candidates: list[str]
    postings: list[str]
    capacities: NDArray[np.int64]
    scores: NDArray[np.float64]
    fits: NDArray[np.float64]
    wish: NDArray[np.float64]
    worth: NDArray[np.float64]
    allowed: NDArray[np.bool_]
    revision: int


def assign(query: AssignmentQuery, in_force: InForce) -> Assignment:
    """Assigns candidates to postings.

    Raises:
        InvalidFilter: as its class says, naming the filter at fault.
        ResourceNotFound: a selection, the openings or a forbidden pair name a document that is not stored.
        InvalidRequest: more than `MAX_PAIRS` pairs.
    """
    pairs = _scored_pairs(query, in_force)
    possible = pairs.allowed & (pairs.scores >= query.min_score)
    if query.mode is AssignmentMode.OPTIMAL:
        found = assign_optimal(pairs.worth, possible, pairs.capacities)
    else:
        found = assign_stable(pairs.wish, pairs.scores, possible, pairs.capacities)
    n_taken = np.bincount(found[found != NOWHERE], minlength=len(pairs.postings))
    assigned = tuple(_assigned(pairs, row, int(column)) for row, column in enumerate(found) if column != NOWHERE)
    return Assignment(
        mode=query.mode,
        worth=query.worth,
        assigned=assigned,
        unassigned=tuple(_unassigned(pairs, possible, row) for row in np.flatnonzero(found == NOWHERE).tolist()),
        postings=tuple(
            Filled(name, int(capacity), int(taken))
            for name, capacity, taken in zip(pairs.postings, pairs.capacities, n_taken, strict=True)
        ),
        total_worth=sum(a.worth for a in assigned),
        n_blocking=len(blocking_pairs(found, pairs.wish, pairs.scores, possible, pairs.capacities)),
        versions=in_force.matching.versions(pairs.revision, query.chosen.of(in_force.matching.weights)),
    )


def _scored_pairs(query: AssignmentQuery, in_force: InForce) -> _Pairs:
    working_set, space = in_force.working_set, in_force.deriver.space
    with working_set.reading() as shelves:
        people, posts = shelves[Kind.CANDIDATE], shelves[Kind.POSTING]
        rows = _chosen(people, query.candidates, "candidates")
        columns = _chosen(posts, query.postings, "postings")
        if len(rows) * len(columns) > MAX_PAIRS:
            raise InvalidRequest(
                f"{len(rows)} candidates by {len(columns)} postings are too many pairs; narrow a filter",
                field="candidates",
                limit=f"{MAX_PAIRS} pairs",
            )
        allowed = _allowed(query, people, posts, rows, columns)
        pool, rarity = people.catalog.pool(rows), working_set.rarity()
        weights = query.chosen.of(in_force.matching.weights).pair(Kind.CANDIDATE, Kind.POSTING)
        score, fits, wish = (np.zeros((len(rows), len(columns))) for _ in range(3))
        for column, slot in enumerate(columns.tolist()):
            side = posts.catalog.side(slot)
            values = part_values(side, pool, space, rarity)
            told = candidate_fits(side, pool, values)
            score[:, column] = scores(values, weights)
            fits[:, column] = [np.nan if fit.value is None else fit.value for fit in told]
            wish[:, column] = both_sided(score[:, column], told)
        return _Pairs(
            candidates=[people.catalog.names[s] for s in rows.tolist()],
            postings=[posts.catalog.names[s] for s in columns.tolist()],
            capacities=_capacities(query, posts, columns),
            scores=score,
            fits=fits,
            wish=wish,
            worth=wish if query.worth is Worth.BOTH_SIDED else score,
            allowed=allowed,
            revision=working_set.revision,
        )


def _chosen(shelf: Shelf, selection: Selection, field_name: str) -> NDArray[np.int64]:
    """Slots of a selection, by name ascending, so that ties go the same way after a restart."""
    slots = _passing(shelf, selection.filter_text, f"{field_name}.filter")
    names = shelf.catalog.names
    if selection.names:
        wanted = [_slot(shelf, name, f"{field_name}.names") for name in selection.names]
        slots = np.intersect1d(slots, np.array(wanted, dtype=np.int64))
    return np.array(sorted(slots.tolist(), key=lambda s: names[s]), dtype=np.int64)


def _passing(shelf: Shelf, filter_text: str, field_name: str) -> NDArray[np.int64]:
    try:
        slots = allowed_slots(shelf, filter_text)
    except MatcherError as error:
        error.field = field_name
        error.violations = tuple((field_name, what) for _, what in error.violations)
        raise
    return shelf.catalog.slots_in_use() if slots is None else slots


def _slot(shelf: Shelf, name: str, field_name: str) -> int:
    slot = shelf.catalog.slot_by_name.get(name)
    if slot is None:
        raise ResourceNotFound(f"no document {name}", field=field_name)
    return slot


def _allowed(
    query: AssignmentQuery, people: Shelf, posts: Shelf, rows: NDArray[np.int64], columns: NDArray[np.int64]
) -> NDArray[np.bool_]:
    allowed = np.ones((len(rows), len(columns)), dtype=bool)
    for number, rule in enumerate(query.rules):
        place = f"rules[{number}]"
        strict = np.isin(columns, _passing(posts, rule.posting_filter, f"{place}.posting_filter"))
        passing = np.isin(rows, _passing(people, rule.candidate_filter, f"{place}.candidate_filter"))
        allowed[np.ix_(~passing, strict)] = False
    for number, (candidate, posting) in enumerate(query.forbidden):
        place = f"forbidden[{number}]"
        row = rows == _slot(people, candidate, f"{place}.candidate")
        column = columns == _slot(posts, posting, f"{place}.posting")
        allowed[np.ix_(row, column)] = False
    return allowed


def _capacities(query: AssignmentQuery, posts: Shelf, columns: NDArray[np.int64]) -> NDArray[np.int64]:
    """Openings per posting: as given, else as stated, else the default."""
    stated = posts.facts.numbers("openings")[columns]
    capacities = np.where(np.isnan(stated), query.default_openings, stated).astype(np.int64)
    for name, openings in query.openings.items():
        capacities[columns == _slot(posts, name, "openings")] = openings
    return capacities


def _assigned(pairs: _Pairs, row: int, column: int) -> Assigned:
    fit = float(pairs.fits[row, column])
    return Assigned(
        candidate=pairs.candidates[row],
        posting=pairs.postings[column],
        score=float(pairs.scores[row, column]),
        worth=float(pairs.worth[row, column]),
        candidate_fit=None if np.isnan(fit) else fit,
    )


def _unassigned(pairs: _Pairs, possible: NDArray[np.bool_], row: int) -> Unassigned:
    if possible[row].any():
        best = int(np.argmax(np.where(possible[row], pairs.worth[row], -1.0)))
        worth = float(pairs.worth[row, best])
        return Unassigned(pairs.candidates[row], UnassignedReason.CAPACITY, pairs.postings[best], worth)
    reason = UnassignedReason.BELOW_MINIMUM if pairs.allowed[row].any() else UnassignedReason.NO_ALLOWED_PAIR
    return Unassigned(pairs.candidates[row], reason, "", None)
