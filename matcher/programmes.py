"""Sets of courses: a programme as a caller names it, or all that is stored → courses with what they teach.

Enters: a `ProgrammeQuery`. Leaves: a `CoursePool`, by course name ascending. Refuses: unknown courses (ResourceNotFound, which
names them), a document that is no course, two syllabi of one name, a programme without courses or with too many (InvalidRequest).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

from matcher.domain.document import Kind, RawDocument
from matcher.errors import IndexNotReady, InvalidDocument, InvalidRequest, ResourceNotFound
from matcher.field_paths import standing_at
from matcher.filtering import allowed_slots
from matcher.in_force import InForce
from matcher.ingest import read_document
from matcher.match.explain import Explained
from matcher.match.profile import Profile
from matcher.working_set import Shelf

MAX_COURSES = 200
"""Of one programme: a degree has 40 to 80."""
N_NAMED_IN_ERROR = 10
NEW_COURSE = "course"
"""What a further syllabus without a name is called: its place in the request."""


@dataclass(frozen=True, slots=True)
class ProgrammeQuery:
    """A programme: the stored courses named, those that the filter passes (none for ""), and syllabi sent along.

    `terms`: term 1 and above by course, as the pool calls it (see `CoursePool.names`).
    """

    title: str = ""
    courses: tuple[str, ...] = ()
    filter_text: str = ""
    documents: tuple[RawDocument, ...] = ()
    terms: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, eq=False)
class CoursePool:
    """Courses to hold against a target; all lists (c,), by name ascending.

    `names`: resource names; of a syllabus sent along without one its place in the request, such as `documents[0]`. `hours`,
    `terms`: None where unknown. `at_hand`: position → text and mentions of the courses that are read already. `stored`: position →
    (row id, revision) of the others.
    """

    names: list[str]
    profiles: list[Profile]
    hours: list[float | None]
    terms: list[int | None]
    at_hand: dict[int, Explained]
    stored: Mapping[int, tuple[int, int]] = field(default_factory=lambda: MappingProxyType({}))

    def __len__(self) -> int:
        return len(self.names)


def pool_of_all(in_force: InForce) -> CoursePool:
    """All stored courses; their texts are read only when `explained` asks for them."""
    with in_force.working_set.reading() as shelves:
        shelf = shelves[Kind.COURSE]
        slots = _by_name(shelf, shelf.catalog.slots_in_use().tolist())
        at = np.array(slots, dtype=np.int64)
        return CoursePool(
            names=[shelf.catalog.names[s] for s in slots],
            profiles=shelf.catalog.profiles(at),
            hours=[None if np.isnan(h) else float(h) for h in shelf.facts.numbers("hours")[at]],
            terms=[None] * len(slots),
            at_hand={},
            stored=dict(enumerate(_rows(shelf, slots))),
        )


def pool_of_programme(in_force: InForce, query: ProgrammeQuery, field: str) -> CoursePool:
    """The courses of a programme, all of them read. `field`: where it stands in the request.

    Raises:
        ResourceNotFound: a course that is named is not stored; the first unknown names are named.
        InvalidFilter, InvalidDocument: as their classes say.
        InvalidRequest: EMPTY_PROGRAMME, PROGRAMME_TOO_LARGE, DUPLICATE_COURSE, or TERM_WITHOUT_COURSE.
    """
    with in_force.working_set.reading() as shelves:
        shelf = shelves[Kind.COURSE]
        slots = _slots(shelf, query, field)
        _check_size(len(slots) + len(query.documents), query, field)
        rows = _rows(shelf, slots)
        names = [shelf.catalog.names[s] for s in slots]
    found = _all_explained(in_force, rows)
    courses = {name: found[row_id] for name, (row_id, _) in zip(names, rows, strict=True)}
    for number, raw in enumerate(query.documents):
        place = f"{field}.documents[{number}]"
        name = _name_of(raw, f"documents[{number}]")
        if name in courses:
            raise InvalidRequest(
                f"{name} is in the programme twice", reason="DUPLICATE_COURSE", field=place, limit="each course once"
            )
        courses[name] = inline_course(in_force, raw, place)
    return _pool(courses, query.terms, field)


def inline_course(in_force: InForce, raw: RawDocument, field: str) -> Explained:
    """A syllabus that is sent along, read and not stored.

    Raises:
        InvalidDocument: it is no course, or cannot be read.
    """
    with standing_at(field):
        if raw.kind is not Kind.COURSE:
            raise InvalidDocument(
                "a programme is made of courses; this document is of another kind",
                reason="NOT_A_COURSE",
                field="document.kind",
                limit="a document of kind course",
            )
        document, _ = read_document(raw)
    return in_force.deriver.explained("", document, in_force.deriver.mentions(document))


def before_and_after(
    in_force: InForce, programme: ProgrammeQuery | None, replaces: str, raw: RawDocument | None
) -> tuple[CoursePool, CoursePool]:
    """A programme before and after an edit of one course.

    Args:
        in_force: the model and the documents.
        programme: None: the course to be replaced alone, or nothing.
        replaces: the course that `raw` takes the place of, "" for a further one.
        raw: the new syllabus, None: the course is taken out.

    Raises:
        ResourceNotFound: `replaces` is not in the programme.
        InvalidRequest: NO_EDIT, nothing is replaced, added or taken out; DUPLICATE_COURSE, a further course has the name of one
            that is there; and as `pool_of_programme`.
        InvalidDocument: as `inline_course`.
    """
    if raw is None and not replaces:
        raise InvalidRequest(
            "nothing is edited: send a syllabus, name the course that it replaces, or name a course to take out",
            reason="NO_EDIT",
            field="course",
        )
    if programme is not None:
        before = pool_of_programme(in_force, programme, "programme")
    elif replaces:
        with standing_at("replaces", of="alone.courses"):
            before = pool_of_programme(in_force, ProgrammeQuery(courses=(replaces,)), "alone")
    else:
        before = CoursePool([], [], [], [], {})
    if replaces and replaces not in before.names:
        raise ResourceNotFound(f"no course {replaces} in the programme", field="replaces")
    name = replaces or _name_of(raw, NEW_COURSE)
    if not replaces and name in before.names:
        raise InvalidRequest(
            f"{name} is in the programme already; name it in `replaces` to put the new syllabus in its place",
            reason="DUPLICATE_COURSE",
            field="course.name",
            limit="each course once",
        )
    course = None if raw is None else inline_course(in_force, raw, "course")
    return before, _with_course(before, name, course)


def explained(in_force: InForce, pool: CoursePool, positions: Sequence[int]) -> dict[int, Explained]:
    """Text and mentions of some courses of a pool.

    Raises:
        IndexNotReady: COURSES_REWRITTEN, one changed since the pool was made; what was computed from it has no proof any more.
    """
    found = {p: pool.at_hand[p] for p in positions if p in pool.at_hand}
    wanted = {p: pool.stored[p] for p in positions if p not in found}
    read = _all_explained(in_force, list(wanted.values()))
    return found | {p: read[row_id] for p, (row_id, _) in wanted.items()}


def _name_of(raw: RawDocument | None, place: str) -> str:
    return f"{raw.kind.collection}/{raw.id}" if raw is not None and raw.id else place


def _with_course(pool: CoursePool, name: str, course: Explained | None) -> CoursePool:
    """The pool with one course put in, in place of the one of this name where there is one; None: taken out."""
    courses = {n: pool.at_hand[i] for i, n in enumerate(pool.names) if n != name}
    if course is not None:
        courses[name] = course
    terms = {n: term for n, term in zip(pool.names, pool.terms, strict=True) if term is not None and n in courses}
    return _pool(courses, terms, "")


def _pool(courses: Mapping[str, Explained], terms: Mapping[str, int], field: str) -> CoursePool:
    unknown = [name for name in terms if name not in courses]
    if unknown:
        raise InvalidRequest(
            f"a term is given for what is no course of the programme: {_shown(unknown)}",
            reason="TERM_WITHOUT_COURSE",
            field=f"{field}.terms",
        )
    names = sorted(courses)
    return CoursePool(
        names=names,
        profiles=[courses[n].profile for n in names],
        hours=[courses[n].document.facts.hours for n in names],
        terms=[terms.get(n) for n in names],
        at_hand={i: courses[n] for i, n in enumerate(names)},
    )


def _slots(shelf: Shelf, query: ProgrammeQuery, field: str) -> list[int]:
    """Slots of the stored courses of a programme, by name ascending."""
    chosen: set[int] = set()
    if query.filter_text.strip():
        with standing_at(f"{field}.filter", of="filter"):
            allowed = allowed_slots(shelf, query.filter_text)
        chosen.update(() if allowed is None else allowed.tolist())
    if query.courses:
        slot_by_name = {shelf.catalog.names[s]: s for s in shelf.catalog.slots_in_use().tolist()}
        unknown = [name for name in query.courses if name not in slot_by_name]
        if unknown:
            raise ResourceNotFound(f"no courses {_shown(unknown)}", field=f"{field}.courses")
        chosen.update(slot_by_name[name] for name in query.courses)
    return _by_name(shelf, chosen)


def _check_size(n_courses: int, query: ProgrammeQuery, field: str) -> None:
    if not n_courses:
        raise InvalidRequest(
            "no stored course passes the programme's filter"
            if query.filter_text.strip()
            else "a programme needs courses: name stored ones, give a filter, or send syllabi along",
            reason="EMPTY_PROGRAMME",
            field=field,
            limit="1 course at the least",
        )
    if n_courses > MAX_COURSES:
        raise InvalidRequest(
            f"the programme has {n_courses} courses",
            reason="PROGRAMME_TOO_LARGE",
            field=field,
            limit=f"{MAX_COURSES} courses",
        )


def _by_name(shelf: Shelf, slots: Iterable[int]) -> list[int]:
    return sorted(slots, key=lambda s: shelf.catalog.names[s])


def _rows(shelf: Shelf, slots: Sequence[int]) -> list[tuple[int, int]]:
    """(row id, revision) of each slot."""
    return [(int(shelf.catalog.row_ids[s]), int(shelf.catalog.revisions[s])) for s in slots]


def _all_explained(in_force: InForce, rows: Sequence[tuple[int, int]]) -> dict[int, Explained]:
    found = in_force.matching.explained_at(dict(rows))
    if len(found) < len(rows):
        raise IndexNotReady("a course was rewritten while it was read; try again", reason="COURSES_REWRITTEN")
    return found


def _shown(names: Sequence[str]) -> str:
    """The first of many names, for an error."""
    more = f" and {len(names) - N_NAMED_IN_ERROR} more" if len(names) > N_NAMED_IN_ERROR else ""
    return ", ".join(names[:N_NAMED_IN_ERROR]) + more
