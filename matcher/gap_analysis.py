"""The gap journey: candidate → skills shown; target → requirements; each requirement met, near, at a lower level, or not said.

Enters: a stored or inline candidate and a target. Leaves: a `Gap` with evidence on both sides. The credit rule is that of matching
(match/credit.py), applied to the target's requirements as if they were one posting's, so that a gap and a match agree. Plans
start from the same two steps: `candidate` and `gap_of`.

Refuses: a candidate that is a posting or a course (InvalidRequest, NO_CANDIDATE), and what `Targets` refuses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from matcher.completions import Completions, with_completions
from matcher.domain.document import Facts, Kind, RawDocument, ReadWarning
from matcher.domain.gap import Gap
from matcher.domain.match import Evidence, Versions
from matcher.domain.skill import Proficiency, SkillMention
from matcher.domain.target import Target, TargetQuery
from matcher.errors import InvalidRequest, ResourceNotFound
from matcher.field_paths import standing_at
from matcher.in_force import InForce, Present
from matcher.ingest import read_document
from matcher.match.credit import COVERED_AT, credit_of_suppliers
from matcher.match.explain import MAX_QUOTES, Explained, evidence_of, shown_evidence
from matcher.match.profile import Profile, make_profile
from matcher.match.skillspace import SkillSpace
from matcher.plan.gap import Met, Shown, make_gap
from matcher.plan.gap_text import gap_text
from matcher.records import Query
from matcher.store import DocumentStore
from matcher.targeting import Targets
from matcher.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class GapQuery:
    """A gap to analyse."""

    candidate: Query
    target: TargetQuery
    language: str = "zh"
    with_evidence: bool = True


@dataclass(frozen=True, slots=True)
class GapReply:
    """A gap with its rendering ("" without evidence), what decided it, and what a reader should know."""

    gap: Gap
    explanation: str
    versions: Versions
    warnings: tuple[ReadWarning, ...]


class GapAnalysis:
    """Holds candidates against targets.

    Args:
        store: where candidates rest.
        taxonomy: whose skills.
        present: the model in force, with the documents in memory.
        targets: resolves what is asked.
        completions: what stored candidates completed.
    """

    def __init__(
        self,
        store: DocumentStore,
        taxonomy: Taxonomy,
        present: Present,
        targets: Targets,
        completions: Completions,
    ) -> None:
        self.completions = completions
        self._store = store
        self._taxonomy = taxonomy
        self._present = present
        self._targets = targets

    def analyze(self, query: GapQuery) -> GapReply:
        """What of the target the candidate's text shows, and what it does not say.

        Raises:
            InvalidRequest: the candidate is none.
            ResourceNotFound, InvalidDocument: the candidate is not stored, or an inline one cannot be read.
            MatcherError: as for `Targets.resolve`.
        """
        with self._present.held() as in_force:
            person, warnings = self.candidate(in_force, query.candidate, "candidate")
            target = self._targets.resolve_with(in_force, query.target, query.language)
            gap = self.gap_of(in_force, person, target)
            versions = in_force.matching.versions(in_force.working_set.revision)
        warnings += target_warnings(target) + candidate_warnings(person.profile)
        if not query.with_evidence:
            return GapReply(without_evidence(gap), "", versions, warnings)
        text = gap_text(gap, lambda skill_id: self._taxonomy.get(skill_id).label(query.language), query.language)
        return GapReply(gap, text, versions, warnings)

    def candidate(self, in_force: InForce, query: Query, field: str) -> tuple[Explained, tuple[ReadWarning, ...]]:
        """A candidate with what is shown in it, and how an inline one was read; `field` is where the query stands.

        What a stored candidate completed counts as shown, with the syllabus quoted.

        Raises:
            InvalidRequest, ResourceNotFound, InvalidDocument: as for `analyze`.
        """
        is_candidate = (
            query.kind is Kind.CANDIDATE if isinstance(query, RawDocument) else query.startswith("candidates/")
        )
        if not is_candidate:
            raise InvalidRequest(
                "a gap is that of a candidate",
                reason="NO_CANDIDATE",
                field=field,
                limit="a document of kind candidate",
            )
        if isinstance(query, RawDocument):
            with standing_at(f"{field}.document"):
                document, warnings = read_document(query)
            return in_force.deriver.explained("", document, in_force.deriver.mentions(document)), warnings
        stored = self._store.get(query)
        if stored is None:
            raise ResourceNotFound(f"no document {query}", field=f"{field}.name")
        person = in_force.deriver.explained(query, stored.document, stored.mentions)
        return with_completions(person, self.completions.proofs(in_force, query)), ()

    def gap_of(self, in_force: InForce, person: Explained, target: Target) -> Gap:
        """A candidate held against a resolved target."""
        return held_against(target, person.profile, person, in_force.deriver.space)


def held_against(target: Target, profile: Profile, person: Explained | None, space: SkillSpace) -> Gap:
    """A profile held against a target; `person`: the text that it was drawn from, None: there is none to quote."""
    met = met_by_profile(target, profile, space)
    if person is None:
        return make_gap(target, met, Shown("", profile.education, profile.experience_years, {}, {}), COVERED_AT)
    used = {m.met_by for m in met if m.met_by}
    asked = {r.skill_id for r in target.requirements}
    able = {space.ids[number] for number in profile.supply_skills.tolist()}
    shown = Shown(
        name=person.name,
        education=profile.education,
        experience_years=profile.experience_years,
        evidence={s: shown_evidence(person, s) for s in used},
        denied={s: _quotes(person, person.denied[s]) for s in asked & person.denied.keys()},
        wished={s: _quotes(person, person.shown[s]) for s in asked & person.shown.keys() - able},
    )
    return make_gap(target, met, shown, COVERED_AT)


def _quotes(person: Explained, mentions: Sequence[SkillMention]) -> list[Evidence]:
    return [evidence_of(person, mention) for mention in mentions[:MAX_QUOTES]]


def met_by_profile(target: Target, profile: Profile, space: SkillSpace) -> list[Met]:
    """How the skills of a profile meet each requirement of a target, in its order, by the rule of match.credit."""
    demand = make_profile(Kind.POSTING, target.requirements, {}, Facts(), space)
    credit_rows, met_by = credit_of_suppliers(demand, [profile], space)
    level_by_skill = dict(zip(profile.supply_skills.tolist(), profile.supply_levels.tolist(), strict=True))
    met = []
    for asked, credit, by in zip(demand.demand_skills.tolist(), credit_rows[0], met_by[0].tolist(), strict=True):
        if by < 0:
            met.append(Met(0.0))
            continue
        had, worth = space.met_by(asked)
        level = level_by_skill[by]
        met.append(Met(float(credit), space.ids[by], float(worth[had == by][0]), Proficiency(level) if level else None))
    return met


def target_warnings(target: Target) -> tuple[ReadWarning, ...]:
    """Says that a target asks for nothing, so that no coverage is defined."""
    if target.requirements:
        return ()
    return (ReadWarning("TARGET_ASKS_NOTHING", "no skill was found in the target, so no coverage is defined"),)


def candidate_warnings(profile: Profile) -> tuple[ReadWarning, ...]:
    """Says that a candidate shows nothing, which is not that there is nothing."""
    if len(profile.supply_skills):
        return ()
    return (
        ReadWarning(
            "CANDIDATE_SHOWS_NO_SKILLS", "no skill was found in the candidate, so no requirement counts as met"
        ),
    )


def without_evidence(gap: Gap) -> Gap:
    """The gap without its quotes."""
    bare = tuple(
        replace(r, requirement=replace(r.requirement, evidence=()), evidence=(), denied_evidence=(), wished_evidence=())
        for r in gap.requirements
    )
    return replace(gap, requirements=bare)
