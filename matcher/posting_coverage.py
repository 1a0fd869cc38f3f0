"""Which postings of a target a set of courses covers, taken together as if one person had attended all of them.

Enters: the postings behind a target and pools of courses. Leaves: essential coverage per posting, the same number that a match
would show for such a person, and the postings that cross a threshold. An occupation has no postings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.domain.coverage import PostingChange
from matcher.domain.document import Facts, Kind
from matcher.domain.target import CohortTarget, PostingTarget, TargetQuery
from matcher.in_force import InForce
from matcher.match.profile import Profile, make_profile
from matcher.match.score import essential_coverage
from matcher.match.skillspace import SkillSpace
from matcher.programmes import CoursePool
from matcher.targeting import Targets, cohort_slots


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """The postings of a target, by name ascending. `titles` "" and `rows` (row id, revision) of those that are not read yet."""

    names: list[str]
    profiles: list[Profile]
    titles: list[str]
    rows: list[tuple[int, int]]


def postings_of(in_force: InForce, targets: Targets, query: TargetQuery) -> Postings:
    """The postings behind a target.

    Raises:
        MatcherError: as `Targets.resolve`.
    """
    if isinstance(query, PostingTarget):
        posting = targets.posting(in_force, query.posting, "target.posting")
        return Postings([posting.name], [posting.profile], [posting.document.title], [])
    if isinstance(query, CohortTarget):
        with in_force.working_set.reading() as shelves:
            shelf = shelves[Kind.POSTING]
            slots = cohort_slots(shelf, query, "target.cohort")
            catalog = shelf.catalog
            rows = zip(catalog.row_ids[slots].tolist(), catalog.revisions[slots].tolist(), strict=True)
            names = [catalog.names[s] for s in slots.tolist()]
            return Postings(names, catalog.profiles(slots), [""] * len(names), list(rows))
    return Postings([], [], [], [])


def coverage_of_postings(in_force: InForce, postings: Postings, pool: CoursePool) -> NDArray[np.float64]:
    """(p,) essential coverage of each posting by all courses together in [0, 1]; NaN for one that asks for nothing essential."""
    space = in_force.deriver.space
    with in_force.working_set.reading():
        rarity = in_force.working_set.rarity()
    return essential_coverage(all_taught(pool.profiles, space), postings.profiles, space, rarity)


def all_taught(profiles: Sequence[Profile], space: SkillSpace) -> Profile:
    """What the courses teach together: every skill at every level at which one of them teaches it.

    Levels are not merged: a level that is not stated is neither above nor below one that is.
    """
    nothing = make_profile(Kind.COURSE, (), {}, Facts(), space)
    skills = [p.supply_skills for p in (nothing, *profiles)]
    levels = [p.supply_levels for p in (nothing, *profiles)]
    return Profile(
        kind=Kind.COURSE,
        demand_skills=nothing.demand_skills,
        demand_importance=nothing.demand_importance,
        demand_levels=nothing.demand_levels,
        supply_skills=np.concatenate(skills),
        supply_levels=np.concatenate(levels),
        overlap_skills=nothing.overlap_skills,
        education=None,
        experience_years=None,
    )


def crossing(
    in_force: InForce,
    postings: Postings,
    before: NDArray[np.float64],
    after: NDArray[np.float64],
    covered_from: float,
) -> tuple[tuple[PostingChange, ...], tuple[PostingChange, ...]]:
    """(postings that become covered, postings that are no longer), each by change, greatest first, then by name."""
    was, will = before >= covered_from, after >= covered_from  # NaN is on neither side
    changed = np.flatnonzero(was != will).tolist()
    titles = _titles(in_force, postings, changed)
    changes = {at: PostingChange(postings.names[at], titles[at], float(before[at]), float(after[at])) for at in changed}
    ordered = sorted(changed, key=lambda at: (-abs(changes[at].after - changes[at].before), postings.names[at]))
    return tuple(changes[at] for at in ordered if will[at]), tuple(changes[at] for at in ordered if was[at])


def _titles(in_force: InForce, postings: Postings, places: Sequence[int]) -> dict[int, str]:
    """Titles of some postings; "" for one that was rewritten or deleted since."""
    if not postings.rows:
        return {place: postings.titles[place] for place in places}
    read = in_force.matching.explained_at(dict(postings.rows[place] for place in places))
    by_place = {place: read.get(postings.rows[place][0]) for place in places}
    return {place: found.document.title if found is not None else "" for place, found in by_place.items()}
