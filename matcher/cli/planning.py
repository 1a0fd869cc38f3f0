"""`matcher plan`: which courses close the gap between a candidate and a target, in which term, and why no plan is better."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, TypeVar

import typer
from google.type.date_pb2 import Date
from rich.markup import escape

from matcher._gen.skillmatch.v1 import course_plan_pb2 as pb
from matcher._gen.skillmatch.v1 import document_pb2 as doc
from matcher.cli.app import (
    DEFAULT_ADDRESS,
    GAPS,
    Address,
    AsJson,
    Language,
    app,
    console,
    print_reply,
    query_of,
    service,
)
from matcher.cli.gaps import MinShare, To, ToCohort, ToOccupation, target_of
from matcher.cli.warnings import print_warning
from matcher.cli.words import sentence

T = TypeVar("T")
Words = list[str] | None
OBJECTIVES = {
    "closed": pb.PLAN_OBJECTIVE_MOST_CLOSED,
    "hours": pb.PLAN_OBJECTIVE_LEAST_HOURS,
    "cost": pb.PLAN_OBJECTIVE_LEAST_COST,
    "courses": pb.PLAN_OBJECTIVE_FEWEST_COURSES,
    "terms": pb.PLAN_OBJECTIVE_FEWEST_TERMS,
}
DELIVERIES = {
    "onsite": doc.DELIVERY_ONSITE,
    "online": doc.DELIVERY_ONLINE,
    "blended": doc.DELIVERY_BLENDED,
}
QUANTITIES = {
    "hours": pb.PLAN_QUANTITY_HOURS,
    "cost": pb.PLAN_QUANTITY_COST,
    "credits": pb.PLAN_QUANTITY_CREDITS,
}
FEN_PER_YUAN = 100


@app.command("plan", rich_help_panel=GAPS)
def plan_command(
    candidate: Annotated[str, typer.Argument(help="candidates/my-id, path of a résumé, or - for standard input")],
    to: To = "",
    occupation: ToOccupation = "",
    cohort: ToCohort = None,
    min_share: MinShare = 0.0,
    objective: Annotated[
        Words, typer.Option("--objective", help="closed, hours, cost, courses or terms; repeatable, in order")
    ] = None,
    max_hours: Annotated[float | None, typer.Option(help="teaching hours of all courses")] = None,
    max_cost: Annotated[float | None, typer.Option(help="price of all courses, yuan")] = None,
    max_credits: Annotated[float | None, typer.Option(help="credits of all courses, at most")] = None,
    min_credits: Annotated[float | None, typer.Option(help="credits of all courses, at least")] = None,
    max_courses: Annotated[int | None, typer.Option(help="number of courses")] = None,
    terms: Annotated[int | None, typer.Option(min=1, max=12, help="number of terms")] = None,
    term_start: Annotated[
        list[datetime] | None, typer.Option(formats=["%Y-%m-%d"], help="first day of a term; repeatable, ascending")
    ] = None,
    hours_per_term: Annotated[float | None, typer.Option(help="teaching hours of one term")] = None,
    known_dates: Annotated[bool, typer.Option("--known-dates", help="only courses with known start dates")] = False,
    practice: Annotated[float | None, typer.Option(min=0, max=1, help="practical share of the plan's hours")] = None,
    min_value: Annotated[float | None, typer.Option(help="gap weight that a course must close by itself")] = None,
    delivery: Annotated[Words, typer.Option(help="onsite, online or blended; repeatable")] = None,
    course_language: Annotated[Words, typer.Option(help="language of the syllabus, e.g. zh; repeatable")] = None,
    college: Annotated[Words, typer.Option(help="organisation as the syllabus names it; repeatable")] = None,
    completed: Annotated[Words, typer.Option(help="course taken already; repeatable")] = None,
    include: Annotated[Words, typer.Option(help="course that must be in; repeatable")] = None,
    exclude: Annotated[Words, typer.Option(help="course that must not be in; repeatable")] = None,
    allow_unknown: Annotated[
        Words, typer.Option(help="hours, cost or credits, of which courses may be silent; repeatable")
    ] = None,
    filter_text: Annotated[str, typer.Option("--filter", "-f", help="filter on the courses, e.g. hours <= 64")] = "",
    alternatives: Annotated[int, typer.Option(min=0, max=5, help="further plans")] = 1,
    left_out: Annotated[int, typer.Option(min=0, max=10, help="courses left out to explain")] = 3,
    limit_s: Annotated[float | None, typer.Option("--limit-s", help="most seconds to solve")] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="prerequisites that lead nowhere rule their course out")
    ] = False,
    soft_skills: Annotated[
        bool, typer.Option("--soft-skills", help="take courses for soft skills too, not only by the way")
    ] = False,
    language: Language = "zh",
    as_json: AsJson = False,
    address: Address = DEFAULT_ADDRESS,
) -> None:
    """Plan the courses that close a gap: provably best within the limits, by term, with the sentence behind each step."""
    limits = pb.PlanLimits(
        max_hours=max_hours,
        max_cost_fen=None if max_cost is None else round(max_cost * FEN_PER_YUAN),
        max_credits=max_credits,
        min_credits=min_credits,
        max_courses=max_courses,
        max_terms=terms,
        max_hours_per_term=hours_per_term,
        term_starts=[Date(year=d.year, month=d.month, day=d.day) for d in term_start or ()],
        require_known_dates=known_dates,
        min_practice_share=practice,
        min_course_value=min_value,
        deliveries=[_of(DELIVERIES, d, "--delivery") for d in delivery or ()],
        languages=course_language,
        organisations=college,
        completed=completed,
        must_include=include,
        must_exclude=exclude,
        allow_unknown=[_of(QUANTITIES, q, "--allow-unknown") for q in allow_unknown or ()],
    )
    request = pb.PlanCoursesRequest(
        candidate=query_of(candidate, "candidate"),
        target=target_of(to, occupation, cohort, min_share),
        filter=filter_text,
        limits=limits,
        objectives=[_of(OBJECTIVES, o, "--objective") for o in objective or ()],
        alternative_count=alternatives,
        left_out_count=left_out,
        solve_limit_s=limit_s,
        strict_prerequisites=strict,
        include_soft_skills=soft_skills,
        language=language,
    )
    with service(address) as client:
        print_reply(client.plans.PlanCourses(request), as_json, lambda r: _print_plan(r, language))


def _of(numbers: dict[str, T], word: str, option: str) -> T:
    """The wire number of a word.

    Raises:
        BadParameter: the word is none of those.
    """
    found = numbers.get(word.lower())
    if found is None:
        raise typer.BadParameter(f"{word!r} is none of {', '.join(numbers)}", param_hint=option)
    return found


def _print_plan(reply: pb.PlanCoursesResponse, language: str) -> None:
    console.print(escape(reply.explanation), highlight=False, soft_wrap=True)
    for warning in reply.warnings:
        print_warning(console, warning, language)
    solved = sentence("solved", language).format(
        n=reply.relevant_course_count, all=reply.course_count, s=reply.solve_s, open=reply.open_weight
    )
    console.print(f"[dim]{solved}[/dim]", highlight=False, soft_wrap=True)
