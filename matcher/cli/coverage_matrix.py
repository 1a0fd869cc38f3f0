"""The matrix of requirements and courses, as wide as the terminal: one line per requirement, one narrow column per course.

Enters: a CoverPosting reply. Leaves: a printed table and the names behind its column numbers. Courses that do not fit are
counted, never cut.
"""

from __future__ import annotations

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from matcher._gen.skillmatch.v1 import coverage_pb2 as pb
from matcher._gen.skillmatch.v1 import match_pb2 as match_pb
from matcher.cli.words import group_word, level_word, sentence, word

LABEL_COLUMNS = 24
"""Of a label; a quarter of a terminal that is wider than four times this."""
STATUS_MARKS = {
    match_pb.REQUIREMENT_STATUS_COVERED: "[green]●[/green]",
    match_pb.REQUIREMENT_STATUS_PARTIAL: "[yellow]◐[/yellow]",
    match_pb.REQUIREMENT_STATUS_MISSING: "[red]○[/red]",
}
NOTHING = "[dim]·[/dim]"


def print_matrix(console: Console, reply: pb.CoverPostingResponse, language: str, *, numbers: bool) -> None:
    """Prints the matrix with as many courses as fit, those of the smallest set first.

    Args:
        console: where to.
        reply: what the service found.
        language: of the words around it.
        numbers: whether cells show credits beside their marks.
    """
    courses = _ordered(reply)
    head = Table(box=box.SIMPLE_HEAD, padding=0, pad_edge=False, show_edge=False, highlight=False)
    facts = [_facts(row, language) for row in reply.requirements]
    names = [word(w, language) for w in ("requirement", "need", "level")]
    if not any(level for _, _, level in facts):
        facts, names = [(label, need) for label, need, _ in facts], names[:2]
    total = word("all", language)
    widths = [max(cell_len(text) for text in column) for column in zip(names, *facts, strict=True)]
    widths[0] = min(widths[0], max(LABEL_COLUMNS, console.width // 4))
    cell = len("● 0.00") if numbers else max(2, len(str(len(courses))))
    room = console.width - sum(w + 1 for w in widths) - max(cell_len(total), cell if numbers else 1)
    fitting = courses[: max(1, room // (cell + 1))]
    for name, width in zip(names, widths, strict=True):
        head.add_column(name, width=width, no_wrap=True)
    head.columns += [Column(str(n), no_wrap=True, width=cell) for n in range(1, len(fitting) + 1)]
    head.add_column(total, no_wrap=True)
    for row, fact in zip(reply.requirements, facts, strict=True):
        marks = {c.course: _mark(c.status, c.credit, numbers) for c in row.cells}
        cells = (marks.get(c.course, NOTHING) for c in fitting)
        head.add_row(*map(escape, fact), *cells, _mark(row.status, row.credit, numbers))
    console.print(head)
    _print_legend(console, fitting, len(courses), language)


def _ordered(reply: pb.CoverPostingResponse) -> list[pb.CoveringCourse]:
    """Courses of the smallest set first, then those that meet most weight."""
    smallest = set(reply.sets.smallest.courses)
    return sorted(reply.courses, key=lambda c: (c.course not in smallest, -c.met_weight, c.course))


def _facts(row: pb.RequirementCoverage, language: str) -> tuple[str, ...]:
    return row.requirement.label, group_word(row.group, language), level_word(row.requirement.level, language)


def _mark(status: match_pb.RequirementStatus, credit: float, numbers: bool) -> str:
    return f"{STATUS_MARKS[status]} {credit:.2f}" if numbers else STATUS_MARKS[status]


def _print_legend(console: Console, shown: list[pb.CoveringCourse], n_courses: int, language: str) -> None:
    marks = zip(STATUS_MARKS.values(), ("covered", "in part", "not shown"), strict=True)
    console.print("  ".join(f"{mark} {word(name, language)}" for mark, name in marks), highlight=False)
    for number, course in enumerate(shown, 1):
        hours = (
            f"{course.hours:g} {word('h', language)}"
            if course.HasField("hours")
            else word("hours not stated", language)
        )
        line = f"{number:>2} {course.course} {escape(course.title)}, {hours}"
        console.print(line, highlight=False, soft_wrap=True)
    if left := n_courses - len(shown):
        told = sentence("no room", language).format(n=left)
        console.print(f"[dim]{told}[/dim]", highlight=False, soft_wrap=True)
