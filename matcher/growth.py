"""The growth file: how a candidate's gap to a target shrank with each completion.

Enters: a stored candidate and a target. Leaves: the start from the résumé alone, then one point per completion by day, each with
what it brought further and the sentences that prove it. Everything is computed anew from what is stored, résumé, syllabi and
target as they are now; no growth file is kept, so none outlives its candidate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.bundles import status_of_credit
from matcher.completions import Completions, Proof, with_completions
from matcher.domain.bundle import Completion
from matcher.domain.document import ReadWarning
from matcher.domain.gap import Gap
from matcher.domain.match import Evidence, RequirementStatus, Versions
from matcher.domain.target import TargetQuery
from matcher.errors import ResourceNotFound
from matcher.gap_analysis import GapAnalysis
from matcher.in_force import InForce, Present
from matcher.match.explain import Explained
from matcher.store import DocumentStore
from matcher.targeting import Targets

MIN_GAIN = 1e-9


@dataclass(frozen=True, slots=True)
class GrowthStep:
    """One requirement that a completion brought further. Credits in [0, 1]; `met_by`: the skill taught that gives the credit."""

    skill_id: str
    status_before: RequirementStatus
    status_after: RequirementStatus
    credit_before: float
    credit_after: float
    weight: float
    met_by: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class GrowthPoint:
    """How things stood after a completion, None at the start. `coverage` in [0, 1], None when nothing is asked."""

    completion: Completion | None
    open_weight: float
    coverage: float | None
    steps: tuple[GrowthStep, ...] = ()


@dataclass(frozen=True, slots=True)
class GrowthFile:
    """A candidate's way towards a target. `weight`: of all that is asked."""

    points: tuple[GrowthPoint, ...]
    weight: float
    versions: Versions
    warnings: tuple[ReadWarning, ...] = ()


class Growth:
    """Computes growth files.

    Args:
        store: where candidates rest.
        present: the model in force.
        targets: resolves what is asked.
        gaps: holds candidates against targets.
        completions: what candidates completed.
    """

    def __init__(
        self, store: DocumentStore, present: Present, targets: Targets, gaps: GapAnalysis, completions: Completions
    ) -> None:
        self._store = store
        self._present = present
        self._targets = targets
        self._gaps = gaps
        self._completions = completions

    def growth(self, candidate: str, query: TargetQuery) -> GrowthFile:
        """The growth file of a candidate.

        Raises:
            ResourceNotFound: the candidate is not stored.
            MatcherError: as for `Targets.resolve`.
        """
        stored = self._store.get(candidate)
        if stored is None:
            raise ResourceNotFound(f"no document {candidate}", field="candidate")
        with self._present.held() as in_force:
            target = self._targets.resolve_with(in_force, query)
            person = in_force.deriver.explained(candidate, stored.document, stored.mentions)
            proofs = self._completions.proofs(in_force, candidate)
            before = self._gaps.gap_of(in_force, person, target)
            points = [_point(None, before, ())]
            reported = self._store.completions.of_candidate(candidate)
            for n, completion in enumerate(reported, start=1):
                so_far = {c.id for c in reported[:n]}
                after = self._gap_with(in_force, person, [p for p in proofs if p.completion.id in so_far], before)
                points.append(_point(completion, after, _steps(before, after)))
                before = after
            versions = in_force.matching.versions(in_force.working_set.revision)
        warnings = (
            ()
            if target.requirements
            else (ReadWarning("TARGET_ASKS_NOTHING", "no skill was found in the target, so no coverage is defined"),)
        )
        return GrowthFile(tuple(points), before.weight, versions, warnings)

    def _gap_with(self, in_force: InForce, person: Explained, proofs: Sequence[Proof], before: Gap) -> Gap:
        return self._gaps.gap_of(in_force, with_completions(person, proofs), before.target)


def _point(completion: Completion | None, gap: Gap, steps: tuple[GrowthStep, ...]) -> GrowthPoint:
    coverage = 1.0 - gap.open_weight / gap.weight if gap.weight else None
    return GrowthPoint(completion, gap.open_weight, coverage, steps)


def _steps(before: Gap, after: Gap) -> tuple[GrowthStep, ...]:
    """Requirements whose credit rose, heaviest gain first, ties by skill id."""
    steps = [
        GrowthStep(
            skill_id=new.requirement.skill_id,
            status_before=status_of_credit(old.credit),
            status_after=status_of_credit(new.credit),
            credit_before=old.credit,
            credit_after=new.credit,
            weight=new.requirement.weight,
            met_by=new.met_by,
            evidence=new.evidence,
        )
        for old, new in zip(before.requirements, after.requirements, strict=True)
        if new.credit > old.credit + MIN_GAIN
    ]
    return tuple(sorted(steps, key=lambda s: (-s.weight * (s.credit_after - s.credit_before), s.skill_id)))
