"""The printed matrix: it keeps to the terminal's width, one line per requirement, and cuts no course silently."""

from __future__ import annotations

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from matcher._gen.skillmatch.v1 import coverage_pb2 as pb
from matcher._gen.skillmatch.v1 import match_pb2 as match_pb
from matcher._gen.skillmatch.v1 import target_pb2 as tgt
from matcher._gen.skillmatch.v1 import taxonomy_pb2 as tax
from matcher.cli.coverage_matrix import print_matrix

COVERED, PARTIAL, MISSING = (
    match_pb.REQUIREMENT_STATUS_COVERED,
    match_pb.REQUIREMENT_STATUS_PARTIAL,
    match_pb.REQUIREMENT_STATUS_MISSING,
)
LONG = "在线水质监测仪表安装调试"  # 24 columns
N_COURSES = 30


def row(
    label: str,
    status: match_pb.RequirementStatus,
    cells: dict[str, tuple[match_pb.RequirementStatus, float]],
    level: tax.Proficiency = tax.PROFICIENCY_UNSPECIFIED,
) -> pb.RequirementCoverage:
    return pb.RequirementCoverage(
        requirement=tgt.TargetRequirement(label=label, level=level),
        group=pb.REQUIREMENT_GROUP_ESSENTIAL,
        status=status,
        credit=max((credit for _, credit in cells.values()), default=0.0),
        cells=[pb.CoverageCell(course=c, status=s, credit=v) for c, (s, v) in cells.items()],
    )


@pytest.fixture
def reply() -> pb.CoverPostingResponse:
    courses = [
        pb.CoveringCourse(course=f"courses/c{n:02d}", title=f"课程{n}", met_weight=n, hours=32)
        for n in range(N_COURSES)
    ]
    rows = [
        row(LONG, COVERED, {"courses/c00": (COVERED, 1.0), "courses/c29": (PARTIAL, 0.3)}, tax.PROFICIENCY_FAMILIAR),
        row("责任心", MISSING, {}),
    ]
    sets = pb.CoveringSets(smallest=pb.CourseSet(courses=["courses/c00"]))
    return pb.CoverPostingResponse(requirements=rows, courses=courses, sets=sets)


def printed(reply: pb.CoverPostingResponse, width: int, language: str = "zh", *, numbers: bool = False) -> list[str]:
    out = io.StringIO()
    print_matrix(Console(file=out, width=width), reply, language, numbers=numbers)
    return [line.rstrip() for line in out.getvalue().splitlines()]


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("numbers", [False, True])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_requirement_is_one_line_that_fits_and_every_course_is_told_or_counted(
    reply: pb.CoverPostingResponse, width: int, numbers: bool, language: str
) -> None:
    lines = printed(reply, width, language, numbers=numbers)
    table, legend = lines[:4], lines[5:]
    assert all(cell_len(line) <= width for line in table)
    assert table[2].startswith(LONG)
    assert table[3].startswith("责任心")
    shown = [line for line in legend if "courses/" in line]
    left = [line for line in legend if "courses/" not in line]
    assert len(shown) + int("".join(c for c in "".join(left) if c.isdigit()) or "0") == N_COURSES


def test_a_wider_terminal_shows_more_courses(reply: pb.CoverPostingResponse) -> None:
    shown = [sum("courses/" in line for line in printed(reply, width)) for width in (80, 120, 200)]
    assert shown == [13, 27, 30]


def test_courses_of_the_smallest_set_stand_first_then_those_that_meet_most(reply: pb.CoverPostingResponse) -> None:
    lines = printed(reply, 80)
    assert [line.split()[1] for line in lines if "courses/" in line][:3] == [
        "courses/c00",
        "courses/c29",
        "courses/c28",
    ]
    assert lines[2].split()[:6] == [LONG, "必备", "熟悉", "●", "◐", "·"]
    assert lines[3].split()[-1] == "○"


def test_numbers_stand_beside_the_marks_when_asked_for(reply: pb.CoverPostingResponse) -> None:
    assert "● 1.00 ◐ 0.30 ·" in printed(reply, 80, "en", numbers=True)[2]
    assert "0.30" not in "".join(printed(reply, 80, "en")[:4])
