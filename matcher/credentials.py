"""The journeys of stored bundles: create, read, list, delete, stack and export.

Enters: bundles as people decide on them. Leaves: stored bundles, and what each comes to by the syllabi and postings as they
are now.
Refuses: courses that are not stored, a course named twice, an order that breaks prerequisites or that cannot be (a circle).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime

from matcher.bundles import Bundles, Draft, read_courses
from matcher.credential_design import CredentialDesign
from matcher.credential_overlap import overlaps_with
from matcher.credential_records import CredentialView, Exported, ExportFormat, NewCredential, Step
from matcher.domain.bundle import Credential, TargetOccupation
from matcher.domain.document import ReadWarning
from matcher.domain.target import Target
from matcher.errors import EmptyCohort, InvalidRequest, ResourceNotFound
from matcher.in_force import InForce, Present
from matcher.match.explain import Explained
from matcher.plan.course_order import course_order
from matcher.plan.export.ctdl import ctdl_of
from matcher.plan.export.docx import docx_of
from matcher.plan.export.filing_sheet import filing_sheet
from matcher.plan.export.markdown import markdown_of
from matcher.plan.export.open_badge import open_badge_of
from matcher.plan.export.record import DEFAULT_BASE_URL, FiledBundle
from matcher.plan.prerequisite_courses import CourseTitles
from matcher.store import DocumentStore
from matcher.taxonomy import Taxonomy

MAX_COURSES_OF_BUNDLE = 30
JSON_LD = "application/ld+json"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Credentials:
    """Keeps bundles.

    Args:
        store: where bundles and syllabi rest.
        taxonomy: whose skills.
        present: the model in force, with the documents in memory.
        bundles: computes what a bundle comes to.
        design: resolves cohorts.
    """

    def __init__(
        self, store: DocumentStore, taxonomy: Taxonomy, present: Present, bundles: Bundles, design: CredentialDesign
    ) -> None:
        self._store = store
        self._taxonomy = taxonomy
        self._present = present
        self._bundles = bundles
        self._design = design

    def create(self, new: NewCredential) -> CredentialView:
        """Stores a bundle; the same one again is the first one.

        Raises:
            InvalidRequest: a course named twice, an order that breaks prerequisites, a circle.
            ResourceNotFound: a course or a posting is not stored.
            ResourceExists: the id is taken by another bundle.
            InvalidFilter, EmptyCohort: the cohort cannot be resolved.
        """
        with self._present.held() as in_force:
            self._check_courses(in_force, new.courses)
            if new.cohort is not None:
                self._design.target(in_force, new.cohort)
            credential = Credential(
                id=new.id or _content_id(new),
                title=new.title,
                courses=new.courses,
                cohort=new.cohort,
                summary=new.summary,
                create_time=datetime.now(UTC),
            )
            return self._view(in_force, self._store.credentials.create(credential))

    def get(self, name: str) -> CredentialView:
        """A bundle with what it comes to now.

        Raises:
            ResourceNotFound: there is none of this name.
        """
        credential = self.stored(name)
        with self._present.held() as in_force:
            return self._view(in_force, credential)

    def stored(self, name: str, field: str = "name") -> Credential:
        """A bundle as it was stored.

        Raises:
            ResourceNotFound: there is none of this name.
        """
        found = self._store.credentials.get(name.removeprefix("credentials/"))
        if found is None:
            raise ResourceNotFound(f"no credential {name}", field=field)
        return found

    def all(self) -> Sequence[Credential]:
        """All bundles, by name ascending."""
        return self._store.credentials.all()

    def delete(self, name: str) -> None:
        """Deletes a bundle; completions of it keep the courses that it stood for.

        Raises:
            ResourceNotFound: there is none of this name.
        """
        if not self._store.credentials.delete(name.removeprefix("credentials/")):
            raise ResourceNotFound(f"no credential {name}", field="name")

    def stack(self, candidate: str, held: Sequence[str]) -> list[Step]:
        """What somebody still needs for each stored bundle: least hours left first, what is held already last; ties by name.

        Args:
            candidate: a stored candidate whose completions count, "" none.
            held: bundles that are held.

        Raises:
            ResourceNotFound: the candidate or a bundle is not stored.
        """
        completed = {course for name in held for course in self.stored(name, "held_credentials").courses}
        if candidate:
            if self._store.get(candidate) is None:
                raise ResourceNotFound(f"no document {candidate}", field="candidate")
            reported = self._store.completions.of_candidate(candidate)
            completed |= {course for completion in reported for course, _ in completion.courses}
        steps = [self._step(credential, completed) for credential in self.all()]
        return sorted(steps, key=lambda s: (s.is_held, not s.completed, s.hours_left, s.credential.id))

    def export(
        self, name: str, written_as: ExportFormat, language: str, issuer: str = "", base_url: str = ""
    ) -> Exported:
        """A bundle as a file, for people or for programs.

        Raises:
            ResourceNotFound: there is none of this name.
        """
        view = self.get(name)
        filed = FiledBundle(
            bundle=view.bundle,
            name=view.credential.name,
            issuer=issuer,
            base_url=_base(base_url),
            taxonomy=self._taxonomy.version,
            time=datetime.now(UTC),
        )
        stem = f"{view.credential.id}-{language}"
        if written_as is ExportFormat.DOCX:
            return Exported(docx_of(filing_sheet(filed, language)), DOCX, f"{stem}.docx")
        if written_as is ExportFormat.MARKDOWN:
            text = markdown_of(filing_sheet(filed, language))
            return Exported(text.encode(), "text/markdown; charset=utf-8", f"{stem}.md")
        if written_as is ExportFormat.CTDL:
            return Exported(ctdl_of(filed).encode(), JSON_LD, f"{view.credential.id}.ctdl.jsonld")
        return Exported(open_badge_of(filed, language).encode(), JSON_LD, f"{stem}.badge.jsonld")

    # --- parts ---------------------------------------------------------------------------------------------------

    def _view(self, in_force: InForce, credential: Credential) -> CredentialView:
        target, occupations, warnings = self._target(in_force, credential)
        draft = Draft(credential.courses, credential.title, credential.summary)
        bundle = self._bundles.view(in_force, draft, target, occupations)
        deleted = [c.name for c in bundle.courses if not c.stored]
        if deleted:
            warnings.append(ReadWarning("COURSE_DELETED", f"no longer stored: {', '.join(deleted)}"))
        if bundle.untold:
            warnings.append(ReadWarning("HOURS_UNKNOWN", f"no hours in the syllabus of {', '.join(bundle.untold)}"))
        return CredentialView(
            credential,
            bundle,
            overlaps_with(self._store, in_force, credential.courses, credential.id),
            in_force.matching.versions(in_force.working_set.revision),
            tuple(warnings),
        )

    def _target(
        self, in_force: InForce, credential: Credential
    ) -> tuple[Target | None, tuple[TargetOccupation, ...], list[ReadWarning]]:
        """The demand that a bundle was made for as it is now; a cohort whose postings have gone since demands nothing."""
        if credential.cohort is None:
            return None, (), []
        try:
            target = self._design.target(in_force, credential.cohort)
            return target, self._design.occupations(in_force, credential.cohort), []
        except (EmptyCohort, InvalidRequest, ResourceNotFound) as error:
            return None, (), [ReadWarning("COHORT_CHANGED", f"the cohort can no longer be resolved: {error.message}")]

    def _check_courses(self, in_force: InForce, courses: Sequence[str]) -> None:
        if not 1 <= len(courses) <= MAX_COURSES_OF_BUNDLE:
            raise InvalidRequest(
                "a bundle has at least one course and not too many",
                field="credential.courses",
                limit=f"1..{MAX_COURSES_OF_BUNDLE} courses",
            )
        twice = sorted({course for course in courses if courses.count(course) > 1})
        if twice:
            raise InvalidRequest(
                f"{', '.join(twice)} stands more than once", reason="DUPLICATE_COURSE", field="credential.courses"
            )
        texts = read_courses(self._store, in_force, courses)
        unknown = [course for course in courses if course not in texts]
        if unknown:
            raise ResourceNotFound(f"no courses {', '.join(unknown)}", field="credential.courses")
        _check_order(courses, texts)

    def _step(self, credential: Credential, completed: set[str]) -> Step:
        left = tuple(course for course in credential.courses if course not in completed)
        stored = (self._store.get(course) for course in left)
        return Step(
            credential,
            tuple(course for course in credential.courses if course in completed),
            left,
            sum(s.document.facts.hours or 0.0 for s in stored if s is not None),
        )


def _check_order(courses: Sequence[str], texts: dict[str, Explained]) -> None:
    """Refuses an order in which a course stands before one that its syllabus insists on."""
    titles = CourseTitles({name: text.document.title for name, text in texts.items()})
    firm = {
        name: {c for a in titles.asked(text.document.facts.prerequisites, name) if a.firm for c in a.courses}
        for name, text in texts.items()
    }
    order, circle = course_order(courses, firm)
    if circle:
        raise InvalidRequest(
            f"the prerequisites of {', '.join(circle)} run in a circle",
            reason="CYCLIC_PREREQUISITES",
            field="credential.courses",
        )
    if order != list(courses):
        raise InvalidRequest(
            f"a course stands before its prerequisite; this order is possible: {', '.join(order)}",
            reason="ORDER_BREAKS_PREREQUISITES",
            field="credential.courses",
        )


def _content_id(new: NewCredential) -> str:
    """An id made of what a bundle is, so that the same one gets the same."""
    cohort = None if new.cohort is None else [new.cohort.filter_text, list(new.cohort.postings), new.cohort.min_share]
    content = json.dumps([new.title, list(new.courses), cohort, new.summary], ensure_ascii=False)
    return f"mc-{hashlib.sha256(content.encode()).hexdigest()[:12]}"


def _base(base_url: str) -> str:
    if not base_url:
        return DEFAULT_BASE_URL
    return base_url if base_url.endswith(("/", ":")) else f"{base_url}/"
