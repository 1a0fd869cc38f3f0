"""What the coverage journeys are asked."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.domain.document import RawDocument
from matcher.domain.target import TargetQuery
from matcher.programmes import ProgrammeQuery

COVERED_FROM = 0.8
"""Essential coverage from which a posting counts as covered, where a request does not say."""
SOLVE_LIMIT_S = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageQuery:
    """What all coverage journeys share. `language` of labels and explanation: zh or en."""

    target: TargetQuery
    with_evidence: bool = True
    language: str = "zh"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverQuery(CoverageQuery):
    """Which courses cover a target. `programme` None: all stored courses.

    `essential_only`, `accept_partial`: what the covering sets must cover; neither changes the matrix. `max_courses` ≥ 1 are shown.
    """

    programme: ProgrammeQuery | None = None
    essential_only: bool = False
    accept_partial: bool = False
    max_courses: int = 20
    solve_limit_s: float = SOLVE_LIMIT_S


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditQuery(CoverageQuery):
    """A programme held against a target."""

    programme: ProgrammeQuery


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulateQuery(CoverageQuery):
    """A programme with one course replaced, added (`replaces` "") or taken out (`course` None); nothing is stored.

    `programme` None: the course alone. `covered_from` in (0, 1]: essential coverage from which a posting counts as covered.
    """

    programme: ProgrammeQuery | None
    replaces: str
    course: RawDocument | None
    covered_from: float = COVERED_FROM


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareQuery(CoverageQuery):
    """Two or more programmes held against one target."""

    programmes: tuple[ProgrammeQuery, ...]
