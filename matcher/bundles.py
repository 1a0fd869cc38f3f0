"""What a set of courses comes to: hours, credits, order, assessment, and skills held against a target.

Enters: names of courses in order, and a resolved target or none. Leaves: a `Bundle` in which every figure is computed from what is
stored now, with quotes from syllabi and postings. A course that was deleted stays named and says nothing. It refuses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.domain.bundle import Bundle, BundleCourse, BundleSkill, TargetOccupation
from matcher.domain.document import Document, Facts, Kind, SectionKind, Span
from matcher.domain.match import Evidence, RequirementStatus
from matcher.domain.skill import Proficiency, SkillKind
from matcher.domain.target import Target, TargetRequirement
from matcher.in_force import InForce
from matcher.match.credit import COVERED_AT, PARTIAL_AT, credit_of_suppliers
from matcher.match.explain import MAX_QUOTES, Explained, evidence_of
from matcher.match.profile import Profile, make_profile
from matcher.match.skillspace import SkillSpace
from matcher.plan.prerequisite_courses import CourseTitles
from matcher.plan.sentences import sentences
from matcher.store import DocumentStore
from matcher.taxonomy import Taxonomy

MAX_BESIDE = 60
"""Skills listed that a bundle teaches beside its target."""
MAX_ELSEWHERE = 3
MAX_ASSESSMENT = 4
"""Sentences quoted of what a syllabus says of assessment."""
HEADING_MARKS = 5
CHUNK = 256
"""Requirements credited at once: memory grows with their number times the skills of all courses."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What is given of a bundle: courses in order, and words of people."""

    courses: tuple[str, ...]
    title: str
    summary: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Credits:
    """(n, r) credit of n courses for r requirements in [0, 1], and the skill that gave it, -1 for none."""

    credit: NDArray[np.float64]
    met_by: NDArray[np.int32]


class Bundles:
    """Computes bundles over the store.

    Args:
        store: where syllabi rest.
        taxonomy: whose skills.
    """

    def __init__(self, store: DocumentStore, taxonomy: Taxonomy) -> None:
        self._store = store
        self._taxonomy = taxonomy

    def view(
        self,
        in_force: InForce,
        draft: Draft,
        target: Target | None = None,
        occupations: tuple[TargetOccupation, ...] = (),
    ) -> Bundle:
        """What a draft comes to."""
        texts = read_courses(self._store, in_force, draft.courses)
        courses = _courses(draft.courses, texts)
        hours, credits_, practice = _totals(courses)
        requirements = target.requirements if target else ()
        space = in_force.deriver.space
        held = credits_of(requirements, [texts[n].profile for n in texts], space)
        courses = _with_additions(courses, list(texts), requirements, held)
        skills = self._demanded(in_force, requirements, held, texts)
        skills += self._beside(in_force, requirements, texts, skills)
        return Bundle(
            title=draft.title,
            summary=draft.summary,
            courses=courses,
            hours=hours,
            credits=credits_,
            practice_share=practice,
            untold=tuple(c.name for c in courses if c.stored and c.hours is None),
            occupations=occupations,
            skills=tuple(skills),
            n_postings=target.n_postings if target else 0,
            covered=covered_share(requirements, held.credit) if requirements else None,
        )

    def _demanded(
        self,
        in_force: InForce,
        requirements: Sequence[TargetRequirement],
        held: Credits,
        texts: Mapping[str, Explained],
    ) -> list[BundleSkill]:
        """One entry per requirement, heaviest first, then by id."""
        elsewhere = _taught_elsewhere(in_force, requirements, held, set(texts))
        names = list(texts)
        found = [
            self._demanded_skill(in_force.deriver.space, asked, held, row, texts, names, elsewhere.get(row, ()))
            for row, asked in enumerate(requirements)
        ]
        return sorted(found, key=lambda s: (-s.weight, s.skill_id))

    def _demanded_skill(
        self,
        space: SkillSpace,
        asked: TargetRequirement,
        held: Credits,
        row: int,
        texts: Mapping[str, Explained],
        names: Sequence[str],
        elsewhere: tuple[str, ...],
    ) -> BundleSkill:
        best = int(held.credit[:, row].argmax()) if names else -1
        credit = float(held.credit[best, row]) if names else 0.0
        course = texts[names[best]] if credit else None
        met_by = space.ids[int(held.met_by[best, row])] if credit else ""
        return BundleSkill(
            skill_id=asked.skill_id,
            labels=self._taxonomy.get(asked.skill_id).labels,
            kind=asked.kind,
            importance=asked.importance,
            asked_level=asked.level,
            taught_level=_taught_level(course.profile, space, met_by) if course else None,
            weight=asked.weight,
            demand_share=asked.demand_share,
            credit=credit,
            status=status_of_credit(credit),
            course=course.name if course else "",
            met_by=met_by,
            met_by_labels=self._taxonomy.get(met_by).labels if met_by else {},
            demand_evidence=asked.evidence,
            course_evidence=_quotes(course, met_by) if course else (),
            taught_elsewhere=elsewhere,
        )

    def _beside(
        self,
        in_force: InForce,
        requirements: Sequence[TargetRequirement],
        texts: Mapping[str, Explained],
        demanded: Sequence[BundleSkill],
    ) -> list[BundleSkill]:
        """Hard skills that the courses teach and that no requirement asks for, rarest first."""
        space = in_force.deriver.space
        with in_force.working_set.reading():
            rarity = in_force.working_set.rarity()
        used = {r.skill_id for r in requirements} | {s.met_by for s in demanded}
        taught: dict[str, Explained] = {}
        for text in texts.values():
            for skill_id in text.shown:
                if skill_id in space.number_by_id and skill_id not in used:
                    taught.setdefault(skill_id, text)
        apart = (SkillKind.SOFT, SkillKind.CERTIFICATE)
        hard = [s for s in taught if self._taxonomy.get(s).kind not in apart]
        chosen = sorted(hard, key=lambda s: (-float(rarity[space.number_by_id[s]]), s))[:MAX_BESIDE]
        return [self._beside_skill(skill_id, taught[skill_id], space) for skill_id in chosen]

    def _beside_skill(self, skill_id: str, course: Explained, space: SkillSpace) -> BundleSkill:
        skill = self._taxonomy.get(skill_id)
        return BundleSkill(
            skill_id=skill_id,
            labels=skill.labels,
            kind=skill.kind,
            importance=None,
            asked_level=None,
            taught_level=_taught_level(course.profile, space, skill_id),
            weight=0.0,
            demand_share=0.0,
            credit=0.0,
            status=None,
            course=course.name,
            met_by=skill_id,
            met_by_labels=skill.labels,
            course_evidence=_quotes(course, skill_id),
        )


def read_courses(store: DocumentStore, in_force: InForce, names: Sequence[str]) -> dict[str, Explained]:
    """Courses by name with what they teach; those that are not stored are left out."""
    found = {name: store.get(name) for name in names}
    return {
        name: in_force.deriver.explained(name, stored.document, stored.mentions)
        for name, stored in found.items()
        if stored is not None
    }


def status_of_credit(credit: float) -> RequirementStatus:
    """What a credit says, by the rule of matching."""
    if credit >= COVERED_AT:
        return RequirementStatus.COVERED
    return RequirementStatus.PARTIAL if credit >= PARTIAL_AT else RequirementStatus.MISSING


def credits_of(requirements: Sequence[TargetRequirement], suppliers: list[Profile], space: SkillSpace) -> Credits:
    """Credit of each course for each requirement, by the rule of match.credit, requirements in their order.

    A course earns no certificate, however often its syllabus names one: an examination does.
    """
    shape = (len(suppliers), len(requirements))
    credit, met_by = np.zeros(shape), np.full(shape, -1, dtype=np.int32)
    for start in range(0, len(requirements), CHUNK):
        part = slice(start, start + CHUNK)
        demand = make_profile(Kind.POSTING, requirements[part], {}, Facts(), space)
        found, by = credit_of_suppliers(demand, suppliers, space)
        # 0.9 as float32 is a little less than COVERED_AT; rounded, a credit compares as it reads
        credit[:, part], met_by[:, part] = np.round(found.astype(np.float64), 6), by
    certificates = [r.kind is SkillKind.CERTIFICATE for r in requirements]
    credit[:, certificates], met_by[:, certificates] = 0.0, -1
    return Credits(credit, met_by)


def covered_share(requirements: Sequence[TargetRequirement], credit: NDArray[np.float64]) -> float:
    """Share of the weight that the best of the courses meet, in [0, 1]: sum of weight × credit ÷ sum of weight."""
    weights = np.array([r.weight for r in requirements])
    best = credit.max(axis=0) if len(credit) else np.zeros(len(weights))
    return float((weights * best).sum() / weights.sum())


def _taught_elsewhere(
    in_force: InForce, requirements: Sequence[TargetRequirement], held: Credits, own: set[str]
) -> dict[int, tuple[str, ...]]:
    """Row of a requirement that is not covered → stored courses that teach it better, best first, ties by name."""
    best = held.credit.max(axis=0) if len(held.credit) else np.zeros(len(requirements))
    rows = [row for row in range(len(requirements)) if best[row] < COVERED_AT]
    if not rows:
        return {}
    with in_force.working_set.reading() as shelves:
        catalog = shelves[Kind.COURSE].catalog
        slots = catalog.slots_in_use()
        names = [catalog.names[s] for s in slots.tolist()]
        profiles = catalog.profiles(slots)
    if not names:
        return {}
    others = credits_of([requirements[row] for row in rows], profiles, in_force.deriver.space)
    found = {}
    for column, row in enumerate(rows):
        better = [i for i in np.flatnonzero(others.credit[:, column] > best[row]).tolist() if names[i] not in own]
        ordered = sorted(better, key=lambda i: (-others.credit[i, column], names[i]))
        found[row] = tuple(names[i] for i in ordered[:MAX_ELSEWHERE])
    return found


def _courses(names: Sequence[str], texts: Mapping[str, Explained]) -> tuple[BundleCourse, ...]:
    titles = CourseTitles({name: text.document.title for name, text in texts.items()})
    return tuple(
        _course(texts[name], titles) if name in texts else BundleCourse(name, "", stored=False) for name in names
    )


def _course(text: Explained, titles: CourseTitles) -> BundleCourse:
    facts = text.document.facts
    asked = titles.asked(facts.prerequisites, text.name)
    return BundleCourse(
        name=text.name,
        title=text.document.title,
        hours=facts.hours,
        credits=facts.credits,
        practice_share=facts.practice_share,
        delivery=facts.delivery,
        after=tuple(dict.fromkeys(course for a in asked for course in a.courses)),
        entry=tuple(a.text for a in asked if not a.courses),
        assessment=assessment_of(text.name, text.document),
    )


def assessment_of(name: str, document: Document) -> tuple[Evidence, ...]:
    """Sentences of the sections on assessment, in the order of the text, without headings."""
    found = []
    for section in document.sections:
        if section.kind is not SectionKind.ASSESSMENT:
            continue
        begin = section.span.start
        text = document.text[begin : section.span.end]
        for start, end in sentences(text):
            span = Span(begin + start, begin + end)
            quote = document.text[span.start : span.end]
            if not _is_heading(quote, section.heading):
                found.append(Evidence(name, span, quote, quote, 1.0))
    return tuple(found[:MAX_ASSESSMENT])


def _is_heading(quote: str, heading: str) -> bool:
    """Whether a line says nothing but the heading, with numbering and brackets: 「三、考核方式」."""
    return bool(heading) and heading in quote and len(quote) <= len(heading) + HEADING_MARKS


def _with_additions(
    courses: tuple[BundleCourse, ...], names: Sequence[str], requirements: Sequence[TargetRequirement], held: Credits
) -> tuple[BundleCourse, ...]:
    """The courses with what each adds to the covered demand."""
    if not requirements:
        return courses
    whole = covered_share(requirements, held.credit)
    adds = {
        name: max(0.0, whole - covered_share(requirements, np.delete(held.credit, row, axis=0)))
        for row, name in enumerate(names)
    }
    return tuple(replace(course, adds=adds.get(course.name)) for course in courses)


def _totals(courses: Sequence[BundleCourse]) -> tuple[float, float, float | None]:
    """Hours, credits, and share of practical hours among the courses that tell both."""
    hours = sum(c.hours or 0.0 for c in courses)
    told = [(c.hours, c.practice_share) for c in courses if c.hours and c.practice_share is not None]
    practice = sum(h * share for h, share in told) / sum(h for h, _ in told) if told else None
    return hours, sum(c.credits or 0.0 for c in courses), practice


def _quotes(course: Explained, skill_id: str) -> tuple[Evidence, ...]:
    return tuple(evidence_of(course, mention) for mention in course.shown.get(skill_id, ())[:MAX_QUOTES])


def _taught_level(profile: Profile, space: SkillSpace, skill_id: str) -> Proficiency | None:
    level = int(profile.supply_levels[profile.supply_skills == space.number_by_id[skill_id]][0])
    return Proficiency(level) if level else None
