"""The target journey: a posting, a cohort of postings or an occupation → weighted requirements.

Enters: a `TargetQuery`. Leaves: a `Target`, the one form in which gaps, plans, coverage and credentials take what is demanded.

    target = engine.targets.resolve(CohortTarget(filter_text='title:"数据"'))
    for requirement in target.requirements: ...  # essential first, heaviest first

A journey that reads more than the target, and must see one model throughout, holds what is in force itself and calls
`resolve_with(in_force, query)`. `field` is where the target stands in the caller's request, for errors. From the wire:
`serve.convert_target.target_from`; to the wire: `target_requirement_to`.

Refuses: what is no posting (InvalidRequest, TARGET_IS_NO_POSTING), unknown names (ResourceNotFound, which names them), a cohort
without postings (EmptyCohort). A target that asks for nothing is not refused: its `requirements` are empty, and whatever is
computed from it must be undefined, not met.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from matcher.domain.document import EducationLevel, Kind, RawDocument
from matcher.domain.match import Evidence
from matcher.domain.skill import Importance, Proficiency
from matcher.domain.target import (
    CohortTarget,
    OccupationTarget,
    PostingTarget,
    Target,
    TargetQuery,
    TargetRequirement,
    TargetSource,
    requirement_weight,
)
from matcher.errors import EmptyCohort, InvalidRequest, ResourceNotFound
from matcher.field_paths import standing_at
from matcher.filtering import allowed_slots
from matcher.in_force import InForce, Present
from matcher.ingest import read_document
from matcher.match.explain import MAX_QUOTES, Explained, evidence_of
from matcher.match.profile import Profile
from matcher.plan.demand import Demand, asking, demand_of, quoted_postings, satisfying_half
from matcher.store import DocumentStore
from matcher.target_cache import TargetCache
from matcher.taxonomy import Taxonomy
from matcher.working_set import Shelf

N_QUOTED = 200
"""Requirements of a cohort that are quoted, heaviest first: thousands of postings name thousands of skills once."""
N_NAMED_IN_ERROR = 10
CACHED_COHORTS = 32


class Targets:
    """Resolves what people, courses and programmes are held against.

    Args:
        store: where postings rest.
        taxonomy: whose skills and occupations.
        present: the model in force, with the postings in memory.
    """

    def __init__(self, store: DocumentStore, taxonomy: Taxonomy, present: Present) -> None:
        self._store = store
        self._taxonomy = taxonomy
        self._present = present
        self._cache = TargetCache(CACHED_COHORTS)

    def resolve(self, query: TargetQuery, language: str = "zh", field: str = "target") -> Target:
        """The requirements of a target; `language` is that of an occupation's title.

        Raises:
            ResourceNotFound: no such posting or occupation; of a cohort the first unknown names are named.
            InvalidRequest: what should be a posting is a candidate or a course.
            InvalidDocument: an inline posting cannot be read.
            InvalidFilter: a cohort's filter does not parse or type-check.
            EmptyCohort: no posting passes it.
            IndexNotReady: documents are still being loaded.
        """
        with self._present.held() as in_force:
            return self.resolve_with(in_force, query, language, field)

    def resolve_with(
        self, in_force: InForce, query: TargetQuery, language: str = "zh", field: str = "target"
    ) -> Target:
        """`resolve` on the model and the documents that the caller holds."""
        match query:
            case PostingTarget(posting):
                return self._of_posting(in_force, self.posting(in_force, posting, f"{field}.posting"))
            case CohortTarget():
                return self._of_cohort(in_force, query, f"{field}.cohort")
            case OccupationTarget(name):
                return self._of_occupation(in_force, name, language, f"{field}.occupation")

    def posting(self, in_force: InForce, posting: str | RawDocument, field: str) -> Explained:
        """A stored or inline posting with its mentions; its name is "" when it is inline.

        Raises:
            ResourceNotFound, InvalidRequest, InvalidDocument: as for `resolve`.
        """
        is_posting = (
            posting.kind is Kind.POSTING if isinstance(posting, RawDocument) else posting.startswith("postings/")
        )
        if not is_posting:
            raise InvalidRequest(
                "a target is a posting; a candidate or a course asks for nothing",
                reason="TARGET_IS_NO_POSTING",
                field=field,
                limit="a document of kind posting",
            )
        if isinstance(posting, RawDocument):
            with standing_at(f"{field}.document"):
                document, _ = read_document(posting)
            return in_force.deriver.explained("", document, in_force.deriver.mentions(document))
        stored = self._store.get(posting)
        if stored is None:
            raise ResourceNotFound(f"no document {posting}", field=f"{field}.name")
        return in_force.deriver.explained(posting, stored.document, stored.mentions)

    def first_days(self, in_force: InForce, query: CohortTarget, field: str = "target") -> NDArray[np.float64]:
        """(n,) first days of a cohort's postings as ordinals, NaN where not stated.

        Raises:
            ResourceNotFound, InvalidFilter, EmptyCohort, IndexNotReady: as for `resolve`.
        """
        with in_force.working_set.reading() as shelves:
            shelf = shelves[Kind.POSTING]
            days: NDArray[np.float64] = shelf.facts.numbers("valid_from")[cohort_slots(shelf, query, f"{field}.cohort")]
            return days

    def cohort(self, in_force: InForce, query: CohortTarget, field: str = "cohort") -> list[tuple[str, Profile]]:
        """Names and profiles of the postings of a cohort, by name.

        Raises:
            ResourceNotFound, InvalidFilter, EmptyCohort, IndexNotReady: as for `resolve`.
        """
        with in_force.working_set.reading() as shelves:
            shelf = shelves[Kind.POSTING]
            slots = cohort_slots(shelf, query, field)
            return [
                (shelf.catalog.names[s], p) for s, p in zip(slots.tolist(), shelf.catalog.profiles(slots), strict=True)
            ]

    def _of_posting(self, in_force: InForce, posting: Explained) -> Target:
        demand = demand_of([posting.profile], len(in_force.deriver.space))
        quotes = {
            skill_id: [evidence_of(posting, mention) for mention in mentions[:MAX_QUOTES]]
            for skill_id, mentions in posting.demanded.items()
        }
        facts = posting.document.facts
        return Target(
            source=TargetSource.POSTING,
            name=posting.name,
            title=posting.document.title,
            n_postings=1,
            requirements=self._requirements(in_force, demand, self._rarity(in_force), quotes),
            education=facts.education,
            experience_years=facts.experience_years,
        )

    def _of_cohort(self, in_force: InForce, query: CohortTarget, field: str) -> Target:
        working_set = in_force.working_set
        with working_set.reading() as shelves:
            revision, rarity = working_set.revision, working_set.rarity()
            kept = self._cache.get(working_set, revision, query)
            if kept is not None:
                return kept
            catalog = shelves[Kind.POSTING].catalog
            slots = cohort_slots(shelves[Kind.POSTING], query, field)
            profiles = catalog.profiles(slots)
            rows = list(zip(catalog.row_ids[slots].tolist(), catalog.revisions[slots].tolist(), strict=True))
        demand = demand_of(profiles, len(in_force.deriver.space))
        plain = self._requirements(in_force, demand, rarity, {}, query.min_share)
        quotes = _quotes(in_force, plain, profiles, rows)
        target = Target(
            source=TargetSource.COHORT,
            name="",
            title=query.filter_text,
            n_postings=len(profiles),
            requirements=tuple(replace(r, evidence=quotes[r.skill_id]) if r.skill_id in quotes else r for r in plain),
            education=_education_of(profiles),
            experience_years=satisfying_half(p.experience_years for p in profiles if p.experience_years is not None),
        )
        self._cache.put(working_set, revision, query, target)
        return target

    def _of_occupation(self, in_force: InForce, name: str, language: str, field: str) -> Target:
        with standing_at(field, of="name"):
            occupation = self._taxonomy.occupation(name.removeprefix("occupations/"))
        rarity = self._rarity(in_force)
        number_by_id = in_force.deriver.space.number_by_id
        requirements = [
            self._requirement(s.skill_id, importance, s.level, 1.0, float(rarity[number_by_id[s.skill_id]]), ())
            for importance, skills in (
                (Importance.ESSENTIAL, occupation.essential),
                (Importance.PREFERRED, occupation.optional),
            )
            for s in skills
        ]
        return Target(TargetSource.OCCUPATION, occupation.name, occupation.label(language), 0, _ordered(requirements))

    def _requirements(
        self,
        in_force: InForce,
        demand: Demand,
        rarity: NDArray[np.float32],
        quotes: Mapping[str, Sequence[Evidence]],
        min_share: float = 0.0,
    ) -> tuple[TargetRequirement, ...]:
        """The requirements that a demand comes to, those of a smaller share left out."""
        space = in_force.deriver.space
        columns = zip(demand.skills.tolist(), demand.is_essential, demand.levels, demand.shares.tolist(), strict=True)
        return _ordered(
            [
                self._requirement(
                    space.ids[skill],
                    Importance.ESSENTIAL if essential else Importance.PREFERRED,
                    Proficiency(int(level)) if level else None,
                    share,
                    float(rarity[skill]),
                    tuple(quotes.get(space.ids[skill], ())),
                )
                for skill, essential, level, share in columns
                if share >= min_share
            ]
        )

    def _requirement(
        self,
        skill_id: str,
        importance: Importance,
        level: Proficiency | None,
        share: float,
        rarity: float,
        evidence: tuple[Evidence, ...],
    ) -> TargetRequirement:
        kind = self._taxonomy.get(skill_id).kind
        weight = requirement_weight(importance, kind, share, rarity)
        return TargetRequirement(skill_id, kind, importance, level, share, rarity, weight, evidence)

    @staticmethod
    def _rarity(in_force: InForce) -> NDArray[np.float32]:
        with in_force.working_set.reading():
            return in_force.working_set.rarity()


def _quotes(
    in_force: InForce,
    requirements: Sequence[TargetRequirement],
    profiles: Sequence[Profile],
    rows: Sequence[tuple[int, int]],
) -> dict[str, tuple[Evidence, ...]]:
    """Skill id → quotes of the heaviest requirements. A posting rewritten since its `rows` (row id, revision) is not quoted."""
    space = in_force.deriver.space
    heaviest = sorted(requirements, key=lambda r: (-r.weight, r.skill_id))[:N_QUOTED]
    numbers = [space.number_by_id[r.skill_id] for r in heaviest]
    chosen = quoted_postings(asking(profiles, numbers, len(space)), MAX_QUOTES)
    places = sorted({place for found in chosen.values() for place in found})
    documents = in_force.matching.explained_at({rows[p][0]: rows[p][1] for p in places})
    return {
        space.ids[skill]: tuple(
            evidence_of(documents[rows[p][0]], documents[rows[p][0]].demanded[space.ids[skill]][0])
            for p in found
            if rows[p][0] in documents
        )
        for skill, found in chosen.items()
    }


def cohort_slots(shelf: Shelf, query: CohortTarget, field: str) -> NDArray[np.int64]:
    """Slots of a cohort's postings, ascending by name: the same store gives the same quotes, however memory was filled."""
    with standing_at(f"{field}.filter", of="filter"):
        allowed = allowed_slots(shelf, query.filter_text)
    slots = shelf.catalog.slots_in_use() if allowed is None else allowed
    if query.postings:
        slots = np.intersect1d(slots, _named_slots(shelf, query.postings, f"{field}.postings"))
    if not len(slots):
        raise EmptyCohort(
            "no stored posting passes the filter" if query.filter_text else "no posting is stored", field=field
        )
    names = [shelf.catalog.names[s] for s in slots.tolist()]
    order: NDArray[np.int64] = slots[sorted(range(len(names)), key=names.__getitem__)]
    return order


def _named_slots(shelf: Shelf, names: Sequence[str], field: str) -> NDArray[np.int64]:
    in_use = shelf.catalog.slots_in_use().tolist()
    slot_by_name = {shelf.catalog.names[s]: s for s in in_use}
    unknown = [name for name in names if name not in slot_by_name]
    if unknown:
        shown = ", ".join(unknown[:N_NAMED_IN_ERROR])
        more = f" and {len(unknown) - N_NAMED_IN_ERROR} more" if len(unknown) > N_NAMED_IN_ERROR else ""
        raise ResourceNotFound(f"no postings {shown}{more}", field=field)
    return np.array(sorted({slot_by_name[name] for name in names}), dtype=np.int64)


def _education_of(profiles: Sequence[Profile]) -> EducationLevel | None:
    return satisfying_half(p.education for p in profiles if p.education is not None)


def _ordered(requirements: Sequence[TargetRequirement]) -> tuple[TargetRequirement, ...]:
    """Essential first, then by weight descending, then by skill id."""
    return tuple(sorted(requirements, key=lambda r: (r.importance is not Importance.ESSENTIAL, -r.weight, r.skill_id)))
