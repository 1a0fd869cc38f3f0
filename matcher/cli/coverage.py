"""`matcher coverage`: which courses cover a posting, how a programme stands to many, what an edit or another programme changes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from matcher._gen.skillmatch.v1 import coverage_pb2 as pb
from matcher._gen.skillmatch.v1 import document_pb2 as doc
from matcher._gen.skillmatch.v1 import target_pb2 as tgt
from matcher.cli.app import DEFAULT_ADDRESS, Address, AsJson, Language, console, print_reply, query_of, service
from matcher.cli.coverage_matrix import STATUS_MARKS, print_matrix
from matcher.cli.tables import narrow_table
from matcher.cli.words import group_word, level_word, word

coverage_app = typer.Typer(
    no_args_is_help=True,
    help="Hold courses and programmes against postings.\n\n"
    "A programme is given by courses (resource names or paths of syllabus files) and by --filter on stored courses; what it is "
    "held against by --posting, --cohort (a filter on postings) or --occupation.",
)

Courses = Annotated[list[str] | None, typer.Argument(help="courses of the programme: resource names, paths of syllabi")]
CourseFilter = Annotated[
    str, typer.Option("--filter", "-f", help='stored courses that belong to the programme, e.g. title:"水"')
]
Posting = Annotated[
    str, typer.Option("--posting", "-p", help="held against a posting: resource name or path of a file")
]
CohortFilter = Annotated[
    str | None, typer.Option("--cohort", "-c", help='held against postings, e.g. title:"水"; "": all')
]
Occupation = Annotated[str, typer.Option("--occupation", "-o", help="held against an occupation")]
MinShare = Annotated[
    float,
    typer.Option("--min-share", help="of a cohort: leave out skills that a smaller share of its postings asks for"),
]


@coverage_app.command("posting")
def posting_command(
    target: Annotated[
        str, typer.Argument(help="posting to cover: resource name or path of a file; none with --cohort")
    ] = "",
    course_filter: CourseFilter = "",
    course: Annotated[list[str] | None, typer.Option("--course", help="only these courses; repeat the option")] = None,
    cohort: CohortFilter = None,
    occupation: Occupation = "",
    min_share: MinShare = 0.0,
    essential: Annotated[
        bool, typer.Option("--essential", help="the sets need not cover preferred requirements")
    ] = False,
    partial: Annotated[bool, typer.Option("--partial", help="for the sets, covered in part is enough")] = False,
    top: Annotated[
        int,
        typer.Option(
            "--top", "-n", min=1, max=200, help="courses in the matrix, printed as far as they fit the terminal"
        ),
    ] = 20,
    numbers: Annotated[bool, typer.Option("--numbers", help="credits in the cells, beside their marks")] = False,
    language: Language = "zh",
    as_json: AsJson = False,
    address: Address = DEFAULT_ADDRESS,
) -> None:
    """Which courses cover a posting: matrix, smallest set of courses, greedy set, and what no course covers."""
    programme = _programme(course or [], course_filter, "") if course or course_filter else None
    request = pb.CoverPostingRequest(
        target=_target(target, cohort, occupation, min_share),
        programme=programme,
        essential_only=essential,
        accept_partial=partial,
        max_courses=top,
        with_evidence=True,
        language=language,
    )
    with service(address) as client:
        reply = client.coverage.CoverPosting(request)
        print_reply(reply, as_json, lambda r: _print_covering(r, language, numbers=numbers))


@coverage_app.command("audit")
def audit_command(
    courses: Courses = None,
    course_filter: CourseFilter = "",
    title: Annotated[str, typer.Option("--title", "-t", help="name of the programme")] = "",
    posting: Posting = "",
    cohort: CohortFilter = None,
    occupation: Occupation = "",
    min_share: MinShare = 0.05,
    language: Language = "zh",
    as_json: AsJson = False,
    address: Address = DEFAULT_ADDRESS,
) -> None:
    """How a programme stands to postings: covered, weak, untaught, undemanded, taught twice, prerequisites missing."""
    request = pb.AuditProgrammeRequest(
        programme=_programme(courses or [], course_filter, title),
        target=_target(posting, cohort, occupation, min_share),
        language=language,
    )
    with service(address) as client:
        print_reply(client.coverage.AuditProgramme(request), as_json, lambda r: _print_audit(r, language))


@coverage_app.command("simulate")
def simulate_command(
    courses: Courses = None,
    course_filter: CourseFilter = "",
    replace: Annotated[
        str, typer.Option("--replace", "-r", help="the course that is edited; without --with: taken out")
    ] = "",
    new: Annotated[Path | None, typer.Option("--with", "-w", exists=True, help="file of the new syllabus")] = None,
    covered_from: Annotated[
        float, typer.Option(help="essential coverage from which a posting counts as covered")
    ] = 0.8,
    posting: Posting = "",
    cohort: CohortFilter = None,
    occupation: Occupation = "",
    min_share: MinShare = 0.0,
    language: Language = "zh",
    as_json: AsJson = False,
    address: Address = DEFAULT_ADDRESS,
) -> None:
    """What an edit of a syllabus would change. Nothing is stored."""
    request = pb.SimulateCourseRequest(
        programme=_programme(courses or [], course_filter, "") if courses or course_filter else None,
        replaces=replace,
        course=None if new is None else doc.Document(kind=doc.KIND_COURSE, content=new.read_bytes()),
        target=_target(posting, cohort, occupation, min_share),
        covered_from=covered_from,
        language=language,
    )
    with service(address) as client:
        print_reply(client.coverage.SimulateCourse(request), as_json, lambda r: _print_simulation(r, language))


@coverage_app.command("compare")
def compare_command(
    programmes: Annotated[
        list[str],
        typer.Argument(help="two or more programmes, each a filter on courses, or course names with commas between"),
    ],
    posting: Posting = "",
    cohort: CohortFilter = None,
    occupation: Occupation = "",
    min_share: MinShare = 0.0,
    language: Language = "zh",
    as_json: AsJson = False,
    address: Address = DEFAULT_ADDRESS,
) -> None:
    """How programmes differ: coverage, band, hours per covered weight, what only one teaches."""
    request = pb.CompareProgrammesRequest(
        programmes=[_named_or_filtered(text) for text in programmes],
        target=_target(posting, cohort, occupation, min_share),
        language=language,
    )
    with service(address) as client:
        print_reply(client.coverage.CompareProgrammes(request), as_json, lambda r: _print_comparison(r, language))


def _target(posting: str, cohort: str | None, occupation: str, min_share: float) -> tgt.Target:
    """What is to be met.

    Raises:
        BadParameter: not exactly one of the three is given.
    """
    if [bool(posting), cohort is not None, bool(occupation)].count(True) != 1:
        raise typer.BadParameter("give one of a posting, --cohort and --occupation")
    if posting:
        return tgt.Target(posting=query_of(posting, "posting"))
    if occupation:
        return tgt.Target(occupation=occupation if "/" in occupation else f"occupations/{occupation}")
    return tgt.Target(cohort=tgt.Cohort(filter=cohort or "", min_demand_share=min_share))


def _programme(courses: Iterable[str], course_filter: str, title: str) -> pb.Programme:
    """Stored courses, files and a filter."""
    programme = pb.Programme(title=title, filter=course_filter)
    for course in courses:
        path = Path(course)
        if path.is_file():
            programme.documents.add(kind=doc.KIND_COURSE, content=path.read_bytes())
        else:
            programme.courses.append(course)
    return programme


def _named_or_filtered(text: str) -> pb.Programme:
    is_names = text.startswith("courses/") or Path(text.split(",", maxsplit=1)[0]).is_file()
    return _programme(text.split(","), "", "") if is_names else _programme([], text, text)


def _print_covering(reply: pb.CoverPostingResponse, language: str, *, numbers: bool) -> None:
    print_matrix(console, reply, language, numbers=numbers)
    _print_text(reply.explanation)


def _print_audit(reply: pb.AuditProgrammeResponse, language: str) -> None:
    table = narrow_table(language, "requirement", "need", "level", "share", "weight", "", "by")
    lists = (reply.covered, reply.weakly_covered, reply.untaught, reply.soft_skills, reply.certificates)
    for row in (row for rows in lists for row in rows):
        table.add_row(
            escape(row.requirement.label),
            group_word(row.group, language),
            level_word(row.requirement.level, language),
            f"{row.requirement.demand_share:.0%}",
            f"{row.requirement.weight:.3f}",
            STATUS_MARKS[row.status],
            escape(row.best_course.removeprefix("courses/")),
        )
    console.print(table)
    _print_text(reply.explanation)


def _print_simulation(reply: pb.SimulateCourseResponse, language: str) -> None:
    changed = [r for r in reply.requirements if r.credit_before != r.credit_after]
    if changed:
        table = narrow_table(language, "requirement", "need", "before", "after")
        for row in changed:
            table.add_row(
                escape(row.requirement.label),
                group_word(row.group, language),
                f"{STATUS_MARKS[row.status_before]} {row.credit_before:.2f}",
                f"{STATUS_MARKS[row.status_after]} {row.credit_after:.2f}",
            )
        console.print(table)
    _print_text(reply.explanation)


def _print_comparison(reply: pb.CompareProgrammesResponse, language: str) -> None:
    names = [p.title or f"{word('no.', language)} {number}" for number, p in enumerate(reply.programmes, 1)]
    table = narrow_table(language, "requirement", "need", "weight")
    for name in names:
        table.add_column(escape(name))
    for row in reply.requirements:
        marks = (f"{STATUS_MARKS[p.status]} {p.credit:.2f}" for p in row.programmes)
        need = group_word(row.group, language)
        table.add_row(escape(row.requirement.label), need, f"{row.requirement.weight:.3f}", *marks)
    console.print(table)
    _print_text(reply.explanation)


def _print_text(text: str) -> None:
    console.print(escape(text), highlight=False, soft_wrap=True)
