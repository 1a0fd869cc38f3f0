"""Facts of all stored courses in memory, as planning needs them: what they cost, when they begin, and what they presuppose.

Enters: row ids and revisions of the courses of a working set, and the store. Leaves: one `CourseEntry` per course and the index
of their titles. It is a cache: only what changed since the last time is read again. Safe to share between threads. Refuses
nothing; a course that changed or went meanwhile is left out.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from matcher.domain.document import Facts, SectionKind, Span
from matcher.domain.skill import Importance
from matcher.plan.prerequisite_courses import CourseTitles
from matcher.plan.prerequisite_groups import Asked, NamedSkill, asked_of
from matcher.store import DocumentStore, StoredDocument

READ_BATCH = 500


@dataclass(frozen=True, slots=True)
class CourseEntry:
    """A stored course. `named`: skills that its prerequisites name."""

    name: str
    row_id: int
    title: str
    languages: tuple[str, ...]
    facts: Facts
    named: tuple[NamedSkill, ...]


class Courses:
    """The courses of one moment: entries by row id, and what their prerequisites lead to among them."""

    def __init__(self, entries: Mapping[int, CourseEntry]) -> None:
        self.entries = entries
        self._organisations = {e.name: e.facts.organisation for e in entries.values()}
        self._titles = CourseTitles({e.name: e.title for e in entries.values()})
        self._asked: dict[str, tuple[Asked, ...]] = {}

    def asked(self, entry: CourseEntry) -> tuple[Asked, ...]:
        """What the prerequisites of a course ask for; found once and kept."""
        if not entry.facts.prerequisites:
            return ()
        if entry.name not in self._asked:
            self._asked[entry.name] = asked_of(
                entry.name, entry.facts.prerequisites, entry.named, self._titles, self._organisations
            )
        return self._asked[entry.name]


class CourseBook:
    """The courses as they are now, kept from call to call.

    Args:
        store: where courses rest.
    """

    def __init__(self, store: DocumentStore) -> None:
        self._store = store
        self._entries: dict[int, tuple[int, CourseEntry]] = {}
        self._courses: Courses | None = None
        self._lock = threading.Lock()

    def at(self, revision_by_row: Mapping[int, int]) -> Courses:
        """The courses of these rows at these revisions."""
        with self._lock:
            gone = [r for r, (at, _) in self._entries.items() if revision_by_row.get(r) != at]
            for row_id in gone:
                del self._entries[row_id]
            missing = [r for r in revision_by_row if r not in self._entries]
            for row_id, stored in self._read(missing):
                if stored.revision == revision_by_row[row_id]:
                    self._entries[row_id] = (stored.revision, _entry(stored))
            if self._courses is None or gone or missing:
                self._courses = Courses({r: e for r, (_, e) in self._entries.items()})
            return self._courses

    def _read(self, row_ids: Sequence[int]) -> list[tuple[int, StoredDocument]]:
        left, found = iter(row_ids), []
        while batch := list(islice(left, READ_BATCH)):
            found += list(self._store.get_many(batch).items())
        return found


def _entry(stored: StoredDocument) -> CourseEntry:
    document = stored.document
    asked = document.facts.spans.get("prerequisites")
    named = tuple(
        NamedSkill(m.surface, m.skill_id, m.level)
        for m in stored.mentions
        if m.importance is not Importance.NEGATED
        and (m.section is SectionKind.PREREQUISITES or (asked is not None and _within(m.span, asked)))
    )
    return CourseEntry(
        document.name,
        stored.row_id,
        document.title,
        document.languages,
        document.facts,
        named if document.facts.prerequisites else (),
    )


def _within(span: Span, outer: Span) -> bool:
    return outer.start <= span.start and span.end <= outer.end
