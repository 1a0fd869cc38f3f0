"""The journeys of what candidates completed: record, list, delete; and how a completion counts.

Enters: a report that a stored candidate completed a course or bundle on a day. Leaves: separate, timestamped evidence, and
candidates with what it proves. A completed course shows what its syllabus teaches, at the level that the syllabus states; nothing
is inferred from a résumé, and matches stay as they are. A course proves no certificate that its syllabus names: an examination
does, and the résumé will tell. Refuses: candidates and subjects that are not stored, days to come,
personal data.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from matcher.bundles import read_courses
from matcher.credential_records import CompletionView, ProvedSkill
from matcher.domain.bundle import Completion
from matcher.domain.document import Kind, ReadWarning
from matcher.domain.match import Evidence
from matcher.domain.skill import Proficiency, SkillKind, SkillMention
from matcher.errors import InvalidRequest, ResourceNotFound
from matcher.in_force import InForce, Present
from matcher.ingest import redact
from matcher.match.credit import LEVEL_FACTOR
from matcher.match.explain import MAX_QUOTES, Explained, evidence_of
from matcher.match.profile import Profile
from matcher.match.skillspace import SkillSpace
from matcher.store import DocumentStore
from matcher.taxonomy import Taxonomy

EARLIEST = date(1950, 1, 1)
# A day begins up to 14 hours earlier elsewhere than in UTC.
_AHEAD = timedelta(hours=14)
# Levels by what they are worth as a showing, whatever is asked: 4 > 3 > unknown > 2 > 1, each at least as much as the next for
# every level asked; see match.credit.LEVEL_FACTOR. A test holds it.
_WORTH: NDArray[np.float32] = LEVEL_FACTOR.sum(axis=0)


@dataclass(frozen=True, slots=True)
class NewCompletion:
    """A completion to record. `subject`: name of a course or credential."""

    candidate: str
    subject: str
    completed_on: date
    verified_by: str = ""
    request_id: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Proof:
    """A course that counts for a candidate by a completion."""

    completion: Completion
    course: Explained


class Completions:
    """Keeps what candidates completed.

    Args:
        store: where completions, candidates and syllabi rest.
        taxonomy: whose skills.
        present: the model in force.
    """

    def __init__(self, store: DocumentStore, taxonomy: Taxonomy, present: Present) -> None:
        self._store = store
        self._taxonomy = taxonomy
        self._present = present

    def record(self, new: NewCompletion) -> CompletionView:
        """Stores a completion; one that was reported before is returned as it was then.

        Raises:
            ResourceNotFound: the candidate, the course or the credential is not stored.
            InvalidRequest: a day to come, personal data, a request id that was used otherwise.
            ResourceExists: the same completion is stored with another `verified_by`.
        """
        check_day(new.completed_on, datetime.now(UTC))
        check_verifier(new.verified_by)
        names = self._courses_of(new.subject)
        with self._present.held() as in_force:
            texts = self._read(in_force, names)
            if not texts:
                raise ResourceNotFound(f"no document {new.subject}", field="completion.subject")
            completion = Completion(
                id=uuid.uuid4().hex,
                candidate=new.candidate,
                subject=new.subject,
                courses=tuple((name, text.document.content_hash) for name, text in texts.items()),
                completed_on=new.completed_on,
                verified_by=new.verified_by,
                record_time=datetime.now(UTC),
            )
            return self._view(in_force, self._store.completions.record(completion, new.request_id))

    def of_candidate(self, candidate: str) -> list[CompletionView]:
        """Completions of a candidate by day.

        Raises:
            ResourceNotFound: the candidate is not stored.
        """
        if self._store.get(candidate) is None:
            raise ResourceNotFound(f"no document {candidate}", field="candidate")
        with self._present.held() as in_force:
            return [self._view(in_force, completion) for completion in self._store.completions.of_candidate(candidate)]

    def delete(self, name: str) -> None:
        """Deletes a completion for good.

        Raises:
            ResourceNotFound: there is none of this name.
        """
        candidate, _, completion_id = name.partition("/completions/")
        if not self._store.completions.delete(candidate, completion_id):
            raise ResourceNotFound(f"no completion {name}", field="name")

    def proofs(self, in_force: InForce, candidate: str) -> list[Proof]:
        """Courses that count for a candidate, by day; those that are no longer stored prove nothing."""
        found = self._store.completions.of_candidate(candidate)
        names = dict.fromkeys(course for completion in found for course, _ in completion.courses)
        texts = self._read(in_force, list(names))
        return [
            Proof(completion, texts[course])
            for completion in found
            for course, _ in completion.courses
            if course in texts
        ]

    def _read(self, in_force: InForce, names: Sequence[str]) -> dict[str, Explained]:
        """Courses by name with what completing them proves."""
        space = in_force.deriver.space
        texts = read_courses(self._store, in_force, names)
        return {name: without_certificates(text, space, self._taxonomy) for name, text in texts.items()}

    def _courses_of(self, subject: str) -> Sequence[str]:
        """Courses that a subject stands for.

        Raises:
            ResourceNotFound: no such credential.
        """
        collection, _, subject_id = subject.partition("/")
        if collection == "courses":
            return [subject]
        credential = self._store.credentials.get(subject_id)
        if credential is None:
            raise ResourceNotFound(f"no credential {subject}", field="completion.subject")
        return credential.courses

    def _view(self, in_force: InForce, completion: Completion) -> CompletionView:
        texts = self._read(in_force, [course for course, _ in completion.courses])
        warnings = []
        for course, content_hash in completion.courses:
            if course not in texts:
                warnings.append(ReadWarning("COURSE_DELETED", f"{course} is no longer stored and proves nothing"))
            elif texts[course].document.content_hash != content_hash:
                warnings.append(ReadWarning("SYLLABUS_CHANGED", f"{course} has another syllabus than then"))
        return CompletionView(completion, _proved(completion, list(texts.values())), tuple(warnings))


def without_certificates(course: Explained, space: SkillSpace, taxonomy: Taxonomy) -> Explained:
    """The course without the certificates that its syllabus names."""
    named = {s for s in course.shown if s in taxonomy and taxonomy.get(s).kind is SkillKind.CERTIFICATE}
    if not named:
        return course
    profile = course.profile
    kept = ~np.isin(profile.supply_skills, [space.number_by_id[s] for s in named if s in space.number_by_id])
    return replace(
        course,
        shown={s: mentions for s, mentions in course.shown.items() if s not in named},
        profile=replace(profile, supply_skills=profile.supply_skills[kept], supply_levels=profile.supply_levels[kept]),
    )


def with_completions(person: Explained, proofs: Sequence[Proof]) -> Explained:
    """The candidate with what completed courses prove: each skill that a syllabus teaches, shown at the level it states.

    Of a skill that is shown more than once the level that is worth most counts, so that every credit is the highest that the
    résumé or a course gives. A syllabus is quoted where it shows more than the résumé does; the quote names the completion.
    """
    if not proofs:
        return person
    shown = {skill_id: [m for m in mentions if not m.wished] for skill_id, mentions in person.shown.items()}
    own = {skill_id: _worth(mentions) for skill_id, mentions in shown.items() if mentions}
    best = dict(own)
    proven: dict[str, list[Evidence]] = {}
    for proof in proofs:
        for skill_id, mentions in proof.course.shown.items():
            worth = _worth(mentions)
            if worth <= own.get(skill_id, -1.0) or worth < best.get(skill_id, -1.0):
                continue
            if worth > best.get(skill_id, -1.0):
                best[skill_id], proven[skill_id] = worth, []
            quotes = (evidence_of(proof.course, mention) for mention in mentions[:MAX_QUOTES])
            proven[skill_id] += [replace(quote, completion=proof.completion.name) for quote in quotes]
    profile = merged_supply(person.profile, [proof.course.profile for proof in proofs])
    return replace(person, profile=profile, proven=proven)


def _worth(mentions: Sequence[SkillMention]) -> float:
    """What the highest level that mentions state is worth as a showing."""
    return float(_WORTH[int(max((m.level for m in mentions if m.level is not None), default=0))])


def merged_supply(profile: Profile, others: Sequence[Profile]) -> Profile:
    """The profile with what others show too: each skill once, at the level that is worth most."""
    skills = np.concatenate([profile.supply_skills, *(o.supply_skills for o in others)])
    levels = np.concatenate([profile.supply_levels, *(o.supply_levels for o in others)])
    order = np.lexsort((-_WORTH[levels], skills))
    skills, levels = skills[order], levels[order]
    first = np.ones(len(skills), dtype=bool)
    first[1:] = skills[1:] != skills[:-1]
    return replace(profile, supply_skills=skills[first], supply_levels=levels[first])


def check_day(day: date, now: datetime) -> None:
    """Refuses a day that has not begun anywhere, and one long past.

    Raises:
        InvalidRequest: names the field.
    """
    if not EARLIEST <= day <= (now + _AHEAD).date():
        raise InvalidRequest(
            "a completion is in the past",
            field="completion.completed_on",
            limit=f"{EARLIEST.isoformat()} to today",
        )


def check_verifier(text: str) -> None:
    """Refuses text in which the rules for résumés or for syllabi find personal data, or a line break.

    Raises:
        InvalidRequest: PERSONAL_DATA; the message does not repeat the text.
    """
    found = {r.category for kind in (Kind.CANDIDATE, Kind.COURSE) for r in redact(text, kind)[1]} if text else set()
    if found:
        raise InvalidRequest(
            f"name an office, not a person: {', '.join(sorted(found))} found",
            reason="PERSONAL_DATA",
            field="completion.verified_by",
        )


def _proved(completion: Completion, courses: Sequence[Explained]) -> tuple[ProvedSkill, ...]:
    """What the courses teach, by skill id."""
    proofs = [Proof(completion, course) for course in courses]
    levels: dict[str, list[Proficiency | None]] = {}
    quotes: dict[str, list[Evidence]] = {}
    for proof in proofs:
        for skill_id, mentions in proof.course.shown.items():
            told = [m.level for m in mentions if m.level is not None]
            levels.setdefault(skill_id, []).append(max(told, default=None))
            quotes.setdefault(skill_id, []).extend(evidence_of(proof.course, m) for m in mentions[:MAX_QUOTES])
    return tuple(
        ProvedSkill(
            skill_id,
            max(levels[skill_id], key=lambda level: _WORTH[int(level or 0)]),
            tuple(replace(q, completion=completion.name) for q in quotes[skill_id][:MAX_QUOTES]),
        )
        for skill_id in sorted(quotes)
    )
