"""The journey that drafts a micro-major: cohort of postings → demand → the courses that cover most of it per hour → a bundle.

Enters: a cohort, limits, a goal. Leaves: a `Design` with its value, a bound and whether it is proven, beside what a greedy planner
would have chosen. No course is invented: what no syllabus teaches stays named as not covered. Refuses: a cohort without postings
or without skills, limits that contradict each other or that no bundle meets (LIMITS_CONFLICT, with a smallest set of them), courses
that are not stored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from matcher.bundles import Bundles, Credits, Draft, covered_share, credits_of, read_courses
from matcher.credential_overlap import overlaps_with
from matcher.credential_records import Design, DesignQuery, LeftOut
from matcher.domain.bundle import BundleGoal, BundleLimits, BundleScore, Solved, TargetOccupation
from matcher.domain.document import Document, Kind
from matcher.domain.skill import SkillKind
from matcher.domain.target import CohortTarget, Target
from matcher.embed.call import current_call
from matcher.errors import InvalidRequest, ResourceNotFound
from matcher.field_paths import standing_at
from matcher.filtering import allowed_slots
from matcher.in_force import InForce, Present
from matcher.plan.bundle import FoundBundle, best_bundle, greedy_bundle
from matcher.plan.bundle_conflict import conflicting_limits
from matcher.plan.bundle_model import BundleModel
from matcher.plan.bundle_problem import GAIN_UNITS, BundleProblem
from matcher.plan.course_order import circular, course_order
from matcher.plan.prerequisite_courses import AskedCourse, CourseTitles
from matcher.solve_time import within_deadline
from matcher.store import DocumentStore
from matcher.target_occupations import target_occupations
from matcher.targeting import Targets
from matcher.taxonomy import OccupationSearch, Taxonomy

MAX_POOL = 400
"""Courses that a search chooses from; of more relevant ones those with most demand per hour are kept, and the reply says so."""
MAX_LEFT_OUT = 100
_NO_FIELD = frozenset({"general", "task-skills"})


@dataclass(frozen=True, slots=True, eq=False)
class _Pool:
    """Courses to choose from, by name ascending. `asked`: prerequisites; only those within the pool bind."""

    names: list[str]
    documents: dict[str, Document]
    credits: Credits
    asked: dict[str, tuple[AskedCourse, ...]]
    left_out: tuple[LeftOut, ...]


class CredentialDesign:
    """Drafts bundles.

    Args:
        store: where syllabi, postings and bundles rest.
        taxonomy: whose skills and occupations.
        present: the model in force, with the documents in memory.
        targets: resolves cohorts.
        bundles: computes what a draft comes to.
        occupations: finds occupations by title.
    """

    def __init__(
        self,
        store: DocumentStore,
        taxonomy: Taxonomy,
        present: Present,
        targets: Targets,
        bundles: Bundles,
        occupations: Callable[[], OccupationSearch],
    ) -> None:
        self._store = store
        self._taxonomy = taxonomy
        self._present = present
        self._targets = targets
        self._bundles = bundles
        self._occupations = occupations

    def design(self, query: DesignQuery) -> Design:
        """The best bundle for a cohort.

        Raises:
            InvalidRequest: limits that contradict each other, that no bundle meets, or a cohort that names no skill.
            ResourceNotFound: a posting or course that is named is not stored.
            InvalidFilter, EmptyCohort, IndexNotReady: as for `Targets.resolve`.
            DeadlineExceeded: no bundle was found in time.
        """
        check_limits(query.limits)
        with self._present.held() as in_force:
            target = self.target(in_force, query.cohort)
            pool = self._pool(in_force, query, target)
            problem = _problem(query, target, pool)
            with current_call().stepping_aside():  # other calls may run while CP-SAT works
                found = best_bundle(problem, within_deadline(query.time_limit_s))
            if found is None:
                raise _conflict(problem)
            return self._design(in_force, query, target, pool, problem, found)

    def target(self, in_force: InForce, cohort: CohortTarget) -> Target:
        """The demand of a cohort.

        Raises:
            InvalidRequest: its postings name no skill.
            ResourceNotFound, InvalidFilter, EmptyCohort, IndexNotReady: as for `Targets.resolve`.
        """
        with standing_at("cohort", of="target.cohort"):
            target = self._targets.resolve_with(in_force, cohort)
        if not target.requirements:
            raise InvalidRequest(
                "no skill was found in the postings of this cohort",
                reason="COHORT_NAMES_NO_SKILLS",
                field="cohort",
            )
        return target

    def occupations(self, in_force: InForce, cohort: CohortTarget) -> tuple[TargetOccupation, ...]:
        """Which occupations the postings of a cohort are of."""
        with standing_at("cohort", of="target.cohort"):
            postings = self._targets.cohort(in_force, cohort)
        titles, space = self._store.titles_of(Kind.POSTING), in_force.deriver.space
        asked = ((titles.get(name, ""), {space.ids[n] for n in p.demand_skills.tolist()}) for name, p in postings)
        return target_occupations(asked, self._occupations(), self._taxonomy)

    def _design(
        self,
        in_force: InForce,
        query: DesignQuery,
        target: Target,
        pool: _Pool,
        problem: BundleProblem,
        found: FoundBundle,
    ) -> Design:
        chosen = _ordered([pool.names[c] for c in found.chosen], pool)
        title = query.title or self._proposed_title(target, query.language)
        occupations = self.occupations(in_force, query.cohort)
        bundle = self._bundles.view(in_force, Draft(tuple(chosen), title), target, occupations)
        greedy = greedy_bundle(BundleModel(problem.gains(), problem.whole_hours(), problem))
        return Design(
            bundle=bundle,
            solved=Solved(
                query.goal,
                found.gain / GAIN_UNITS if query.goal is BundleGoal.COVERED else found.per_hour,
                found.bound,
                found.optimal,
                found.n_solves,
                len(pool.names),
                found.seconds,
            ),
            found=_score(target, pool, found.chosen),
            greedy=None if greedy is None else _score(target, pool, greedy),
            compared=self._compared(in_force, query, target) if query.compare else None,
            overlaps=overlaps_with(self._store, in_force, chosen),
            left_out=pool.left_out[:MAX_LEFT_OUT],
            versions=in_force.matching.versions(in_force.working_set.revision),
        )

    def _compared(self, in_force: InForce, query: DesignQuery, target: Target) -> BundleScore:
        """A bundle of the caller's own, held against the same demand; hours that a syllabus does not tell are 0 hours."""
        texts = read_courses(self._store, in_force, query.compare)
        unknown = [name for name in query.compare if name not in texts]
        if unknown:
            raise ResourceNotFound(f"no courses {', '.join(unknown)}", field="compare_courses")
        credit = credits_of(target.requirements, [t.profile for t in texts.values()], in_force.deriver.space).credit
        hours = sum(t.document.facts.hours or 0.0 for t in texts.values())
        return BundleScore(query.compare, covered_share(target.requirements, credit), hours)

    # --- what to choose from -------------------------------------------------------------------------------------

    def _pool(self, in_force: InForce, query: DesignQuery, target: Target) -> _Pool:
        names, row_ids, credits_ = self._relevant(in_force, query, target)
        limits = query.limits
        unknown = [name for name in limits.required if name not in set(names)]
        if unknown:
            raise ResourceNotFound(f"no courses {', '.join(unknown)}", field="limits.required_courses")
        titles = CourseTitles(self._store.titles_of(Kind.COURSE))
        place = {name: i for i, name in enumerate(names)}
        relevant = [n for i, n in enumerate(names) if credits_.credit[i].any() or n in limits.required]
        documents: dict[str, Document] = {}
        asked: dict[str, tuple[AskedCourse, ...]] = {}
        waiting = relevant
        while waiting:
            fetched = self._store.get_many([row_ids[place[name]] for name in waiting])
            for stored in fetched.values():
                name = stored.document.name
                documents[name] = stored.document
                asked[name] = titles.asked(stored.document.facts.prerequisites, name)
            before = {c for name in waiting if name in asked for a in asked[name] if a.firm for c in a.courses}
            waiting = sorted(before & place.keys() - documents.keys())
        kept, left_out = _kept(sorted(documents), documents, asked, limits)
        kept, beyond = _within_pool(kept, documents, asked, limits, credits_, place, target)
        rows = [place[name] for name in kept]
        return _Pool(
            kept,
            {name: documents[name] for name in kept},
            Credits(credits_.credit[rows], credits_.met_by[rows]),
            {name: asked[name] for name in kept},
            tuple(sorted((*left_out, *beyond), key=lambda out: (out.reason, out.course))),
        )

    def _relevant(self, in_force: InForce, query: DesignQuery, target: Target) -> tuple[list[str], list[int], Credits]:
        """All courses that pass the filter, by name, with their credit for the demand."""
        with in_force.working_set.reading() as shelves:
            shelf = shelves[Kind.COURSE]
            with standing_at("course_filter", of="filter"):
                slots = allowed_slots(shelf, query.course_filter)
            found = (shelf.catalog.slots_in_use() if slots is None else slots).tolist()
            found.sort(key=lambda s: shelf.catalog.names[s])
            names = [shelf.catalog.names[s] for s in found]
            row_ids = shelf.catalog.row_ids[found].tolist()
            profiles = shelf.catalog.profiles(np.array(found, dtype=np.int64))
        return names, row_ids, credits_of(target.requirements, profiles, in_force.deriver.space)

    def _proposed_title(self, target: Target, language: str) -> str:
        """The field that most of the hard demand is of, as the name of a micro-major."""
        weight: Counter[str] = Counter()
        for asked in target.requirements:
            field = self._taxonomy.get(asked.skill_id).field_code
            if asked.kind is not SkillKind.SOFT and field not in _NO_FIELD:
                weight[field] += asked.weight  # type: ignore[assignment]
        roots = {s.field_code: s for s in self._taxonomy if s.field_code in weight and self._taxonomy.is_root(s.id)}
        best = max((f for f in weight if f in roots), key=lambda f: (weight[f], f), default=None)
        label = roots[best].label(language) if best else ""
        return f"{label}微专业" if language == "zh" else f"Micro-major {label}".strip()


def check_limits(limits: BundleLimits) -> None:
    """Refuses limits that contradict each other.

    Raises:
        InvalidRequest: names the field.
    """
    if limits.min_courses > limits.max_courses:
        raise InvalidRequest(
            "fewer courses at most than at least", field="limits.max_courses", limit=f">= {limits.min_courses}"
        )
    both = sorted(set(limits.required) & set(limits.excluded))
    if both:
        raise InvalidRequest(
            f"{', '.join(both)} must be in and must not be in",
            field="limits.excluded_courses",
            reason="LIMITS_CONFLICT",
        )


def _kept(
    names: Sequence[str],
    documents: dict[str, Document],
    asked: dict[str, tuple[AskedCourse, ...]],
    limits: BundleLimits,
) -> tuple[list[str], list[LeftOut]]:
    """Courses that can be chosen, and why the others cannot.

    Raises:
        InvalidRequest: a course that must be in is among the others.
    """
    firm = {name: {c for a in asked[name] if a.firm for c in a.courses} for name in names}
    circle = circular(firm)
    kept, left_out = [], []
    for name in names:
        reason = (
            "EXCLUDED"
            if name in limits.excluded
            else "NO_HOURS"
            if not documents[name].facts.hours
            else "CYCLIC_PREREQUISITES"
            if name in circle
            else ""
        )
        if reason and name in limits.required:
            raise InvalidRequest(
                f"{name} must be in and cannot be chosen: its syllabus tells no hours"
                if reason == "NO_HOURS"
                else f"{name} must be in and presupposes itself through {', '.join(sorted(circle - {name})) or 'itself'}",
                reason=reason,
                field="limits.required_courses",
            )
        if reason:
            left_out.append(LeftOut(name, reason))
        else:
            kept.append(name)
    return kept, left_out


def _within_pool(
    kept: list[str],
    documents: dict[str, Document],
    asked: dict[str, tuple[AskedCourse, ...]],
    limits: BundleLimits,
    credits_: Credits,
    place: dict[str, int],
    target: Target,
) -> tuple[list[str], list[LeftOut]]:
    """The `MAX_POOL` courses with most demand per hour, with what they presuppose; and those beyond."""
    if len(kept) <= MAX_POOL:
        return kept, []
    weights = np.array([r.weight for r in target.requirements])
    rate = {name: float(credits_.credit[place[name]] @ weights) / (documents[name].facts.hours or 1.0) for name in kept}
    available = set(kept)
    chosen = set(limits.required)
    for name in sorted(kept, key=lambda n: (-rate[n], n)):
        if len(chosen) >= MAX_POOL:
            break
        waiting = [name]
        while waiting:
            course = waiting.pop()
            if course in available and course not in chosen:
                chosen.add(course)
                waiting += [c for a in asked[course] if a.firm for c in a.courses]
    return sorted(chosen), [LeftOut(name, "BEYOND_POOL") for name in kept if name not in chosen]


def _problem(query: DesignQuery, target: Target, pool: _Pool) -> BundleProblem:
    number = {name: i for i, name in enumerate(pool.names)}
    facts = [pool.documents[name].facts for name in pool.names]
    hours = np.array([f.hours or 0.0 for f in facts])
    limits = query.limits
    return BundleProblem(
        credit=pool.credits.credit,
        weight=np.array([r.weight for r in target.requirements]),
        hours=hours,
        practice_hours=hours * np.array([f.practice_share or 0.0 for f in facts]),
        prerequisites=[_groups(pool.asked[name], number) for name in pool.names],
        min_courses=limits.min_courses,
        max_courses=limits.max_courses,
        max_hours=limits.max_hours,
        min_practice_share=limits.min_practice_share,
        min_coverage=limits.min_coverage,
        required=frozenset(number[name] for name in limits.required),
        goal=query.goal,
    )


def _groups(asked: Sequence[AskedCourse], number: dict[str, int]) -> list[list[int]]:
    """Firm prerequisites that a course of the pool meets; the others stay entry requirements, which the draft lists."""
    groups = ([number[c] for c in a.courses if c in number] for a in asked if a.firm)
    return [group for group in groups if group]


def _ordered(chosen: Sequence[str], pool: _Pool) -> list[str]:
    """Prerequisites first; of those that may come next the one that most others build on, ties by name."""
    firm = {name: {c for a in pool.asked[name] if a.firm for c in a.courses} for name in chosen}
    wished = {name: {c for a in pool.asked[name] for c in a.courses} for name in chosen}
    n_built_on = Counter(before for name in chosen for before in wished[name])
    order, _ = course_order(sorted(chosen, key=lambda name: (-n_built_on[name], name)), firm, wished)
    return order


def _score(target: Target, pool: _Pool, chosen: Sequence[int]) -> BundleScore:
    hours = sum(pool.documents[pool.names[c]].facts.hours or 0.0 for c in chosen)
    covered = covered_share(target.requirements, pool.credits.credit[list(chosen)])
    return BundleScore(tuple(pool.names[c] for c in chosen), covered, hours)


def _conflict(problem: BundleProblem) -> InvalidRequest:
    names = conflicting_limits(replace(problem, goal=BundleGoal.COVERED))
    return InvalidRequest(
        f"no bundle of the stored courses meets these limits together: {', '.join(names)}",
        reason="LIMITS_CONFLICT",
        field="limits",
        limits=", ".join(names),
    )
