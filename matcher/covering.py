"""The coverage journeys: which courses cover a target, how a programme stands to it, what an edit of a course would change.

Enters: a target and courses, stored or sent along. Leaves: coverage per requirement with quotes from both sides, and what follows
from it. Every credit comes from `crediting`, the rule of matching. Nothing is stored. Refuses what `targeting` and `programmes`
refuse.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from matcher.coverage_queries import AuditQuery, CompareQuery, CoverageQuery, CoverQuery, SimulateQuery
from matcher.crediting import Matrix, ToCover, covering_sets
from matcher.domain.coverage import HARD, alignment_of, counted
from matcher.domain.coverage_answers import (
    CourseSimulated,
    PostingCovered,
    ProgrammeAudited,
    ProgrammesCompared,
    Standing,
)
from matcher.domain.match import Versions
from matcher.domain.target import CohortTarget, Target, TargetRequirement
from matcher.in_force import InForce, Present
from matcher.missing_prerequisites import check_prerequisites
from matcher.plan.coverage import COVERED, PARTIAL, shown_courses
from matcher.plan.coverage_text import audit_text, compare_text, cover_text, simulate_text
from matcher.posting_coverage import coverage_of_postings, crossing, postings_of
from matcher.programmes import CoursePool, before_and_after, explained, pool_of_all, pool_of_programme
from matcher.side_by_side import programmes_beside, requirements_beside, shared_skills
from matcher.solve_time import within_deadline
from matcher.targeting import Targets
from matcher.taught_skills import TaughtSkills
from matcher.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """What a query asks for, resolved. `all_requirements`: also those that too few postings ask for to be in `target`."""

    in_force: InForce
    target: Target
    all_requirements: tuple[TargetRequirement, ...]

    @property
    def n_left_out(self) -> int:
        """Requirements that fewer postings ask for than the query's share."""
        return len(self.all_requirements) - len(self.target.requirements)

    def matrix(self, pool: CoursePool) -> Matrix:
        """A pool held against the target."""
        return Matrix(self.in_force.deriver.space, pool, self.target.requirements)


class Covering:
    """Holds courses against targets.

    Args:
        present: the model in force, with the documents in memory.
        targets: resolves what is to be covered.
        taxonomy: whose skills.
    """

    def __init__(self, present: Present, targets: Targets, taxonomy: Taxonomy) -> None:
        self._present = present
        self._targets = targets
        self._taxonomy = taxonomy

    def cover(self, query: CoverQuery) -> PostingCovered:
        """Which courses cover a target: the matrix, and the smallest set of courses.

        Raises:
            MatcherError: as `Targets.resolve` and `pool_of_programme`.
        """
        with self._present.held() as in_force:
            held = self._held(in_force, query)
            pool = (
                pool_of_all(in_force)
                if query.programme is None
                else pool_of_programme(in_force, query.programme, "programme")
            )
            matrix = held.matrix(pool)
            sets = covering_sets(pool, matrix, _to_cover(query), within_deadline(query.solve_limit_s))
            always = [pool.names.index(name) for name in {*sets.exact.courses, *sets.greedy.courses}]
            shown = shown_courses(matrix.credits, matrix.weights, always, query.max_courses)
            texts = explained(in_force, pool, shown)
            rows = matrix.rows(shown, texts if query.with_evidence else {})
            result = PostingCovered(
                target=held.target,
                n_left_out=held.n_left_out,
                versions=self._versions(in_force),
                rows=rows,
                courses=matrix.summaries(shown, texts),
                groups=counted(rows),
                sets=sets,
                n_courses=len(pool),
                n_helpful=len(matrix.credits.helpful()),
            )
        return replace(result, explanation=cover_text(result, self._label(query), query.language))

    def audit(self, query: AuditQuery) -> ProgrammeAudited:
        """How a programme stands to a target.

        Raises:
            MatcherError: as `Targets.resolve` and `pool_of_programme`.
        """
        with self._present.held() as in_force:
            held = self._held(in_force, query)
            pool = pool_of_programme(in_force, query.programme, "programme")
            standing = self._standing(held, pool, query)
            taught = self._taught(held, pool, query)
            n_by_skill = {skill: len(courses) for skill, courses in taught.courses_by_skill.items()}
            checked = check_prerequisites(in_force.deriver.space, pool, with_evidence=query.with_evidence)
            result = ProgrammeAudited(
                target=held.target,
                n_left_out=held.n_left_out,
                versions=self._versions(in_force),
                title=query.programme.title,
                courses=standing.courses,
                rows=tuple(sorted(standing.rows, key=lambda r: (-r.requirement.weight, r.requirement.skill_id))),
                groups=standing.groups,
                alignment=standing.alignment,
                undemanded=taught.described(s for s in n_by_skill if not taught.weight(s)),
                overlaps=taught.described(s for s, n in n_by_skill.items() if n >= 2),
                missing_prerequisites=checked.missing,
                n_prerequisites=checked.n_checked,
            )
        return replace(result, explanation=audit_text(result, self._label(query), query.language))

    def simulate(self, query: SimulateQuery) -> CourseSimulated:
        """What an edit of one course would change. Nothing is stored.

        Raises:
            ResourceNotFound: the course to replace is not in the programme.
            InvalidRequest: NO_EDIT, or DUPLICATE_COURSE, a new course has the name of one that is there.
            MatcherError: as `Targets.resolve` and `pool_of_programme`.
        """
        with self._present.held() as in_force:
            held = self._held(in_force, query)
            before, after = before_and_after(in_force, query.programme, query.replaces, query.course)
            postings = postings_of(in_force, self._targets, query.target)
            was = coverage_of_postings(in_force, postings, before)
            will = coverage_of_postings(in_force, postings, after)
            newly, lost = crossing(in_force, postings, was, will, query.covered_from)
            result = CourseSimulated(
                target=held.target,
                n_left_out=held.n_left_out,
                versions=self._versions(in_force),
                before=self._standing(held, before, query, n_covered=int((was >= query.covered_from).sum())),
                after=self._standing(held, after, query, n_covered=int((will >= query.covered_from).sum())),
                covered_from=query.covered_from,
                newly_covered=newly,
                lost=lost,
                n_postings=len(postings.names),
                n_undefined=int(np.isnan(was).sum()),
            )
        return replace(result, explanation=simulate_text(result, self._label(query), query.language))

    def compare(self, query: CompareQuery) -> ProgrammesCompared:
        """How programmes differ before one target.

        Raises:
            MatcherError: as `Targets.resolve` and `pool_of_programme`.
        """
        with self._present.held() as in_force:
            held = self._held(in_force, query)
            pools = [
                pool_of_programme(in_force, programme, f"programmes[{number}]")
                for number, programme in enumerate(query.programmes)
            ]
            taught = [self._taught(held, pool, query) for pool in pools]
            standings = [self._standing(held, pool, query) for pool in pools]
            result = ProgrammesCompared(
                target=held.target,
                n_left_out=held.n_left_out,
                versions=self._versions(in_force),
                programmes=programmes_beside([p.title for p in query.programmes], standings, taught),
                requirements=requirements_beside(standings),
                shared=shared_skills(taught),
            )
        return replace(result, explanation=compare_text(result, self._label(query), query.language))

    def _held(self, in_force: InForce, query: CoverageQuery) -> Held:
        """The target as the query wants it, and all that it asks for: what few postings ask for is not undemanded."""
        asked, min_share = query.target, 0.0
        if isinstance(asked, CohortTarget):
            asked, min_share = replace(asked, min_share=0.0), asked.min_share
        target = self._targets.resolve_with(in_force, asked, query.language)
        kept = tuple(r for r in target.requirements if r.demand_share >= min_share)
        return Held(in_force, replace(target, requirements=kept), target.requirements)

    def _standing(self, held: Held, pool: CoursePool, query: CoverageQuery, n_covered: int = 0) -> Standing:
        matrix, everyone = held.matrix(pool), range(len(pool))
        rows = matrix.rows(everyone, pool.at_hand if query.with_evidence else {})
        courses = matrix.summaries(everyone, pool.at_hand)
        return Standing(courses, rows, counted(rows), alignment_of(rows), n_covered)

    def _taught(self, held: Held, pool: CoursePool, query: CoverageQuery) -> TaughtSkills:
        space = held.in_force.deriver.space
        return TaughtSkills(space, self._taxonomy, pool, held.all_requirements, with_evidence=query.with_evidence)

    def _label(self, query: CoverageQuery) -> Callable[[str], str]:
        return lambda skill_id: self._taxonomy.get(skill_id).label(query.language)

    @staticmethod
    def _versions(in_force: InForce) -> Versions:
        return in_force.matching.versions(in_force.working_set.revision)


def _to_cover(query: CoverQuery) -> ToCover:
    return ToCover(HARD[:1] if query.essential_only else HARD, PARTIAL if query.accept_partial else COVERED)
