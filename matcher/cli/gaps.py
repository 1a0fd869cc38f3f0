"""`matcher gap` and `matcher transitions`: what a text does not show of a target, and which occupations are near to it."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape

from matcher._gen.skillmatch.v1 import plan_pb2 as pb
from matcher._gen.skillmatch.v1 import target_pb2 as tgt
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
from matcher.cli.tables import narrow_table
from matcher.cli.warnings import print_warning
from matcher.cli.words import sentence, word

To = Annotated[str, typer.Option("--to", "-t", help="posting: resource name or path of a file")]
ToOccupation = Annotated[str, typer.Option("--occupation", "-o", help="occupations/data-analyst, or just data-analyst")]
ToCohort = Annotated[
    str | None, typer.Option("--cohort", "-c", help='filter on stored postings, e.g. region = "上海"; "": all of them')
]
MinShare = Annotated[
    float, typer.Option("--min-share", min=0, max=1, help="of a cohort: leave out skills that a smaller share asks for")
]


def target_of(to: str, occupation: str, cohort: str | None, min_share: float = 0.0) -> tgt.Target:
    """A target from the three options, of which one must be given.

    Raises:
        BadParameter: none or more than one is given.
    """
    if sum([bool(to), bool(occupation), cohort is not None]) != 1:
        raise typer.BadParameter("give one of --to, --occupation and --cohort")
    if to:
        return tgt.Target(posting=query_of(to, "posting"))
    if occupation:
        return tgt.Target(occupation=occupation_name(occupation))
    return tgt.Target(cohort=tgt.Cohort(filter=cohort or "", min_demand_share=min_share))


def occupation_name(text: str) -> str:
    """Resource name of an occupation, given with or without its collection."""
    return text if text.startswith("occupations/") else f"occupations/{text}"


@app.command("gap", rich_help_panel=GAPS)
def gap_command(
    candidate: Annotated[str, typer.Argument(help="candidates/my-id, path of a résumé, or - for standard input")],
    to: To = "",
    occupation: ToOccupation = "",
    cohort: ToCohort = None,
    min_share: MinShare = 0.0,
    language: Language = "zh",
    as_json: AsJson = False,
    address: Address = DEFAULT_ADDRESS,
) -> None:
    """Hold a candidate against a posting, an occupation or many postings: what is shown, and what the text does not say."""
    target = target_of(to, occupation, cohort, min_share)
    request = pb.AnalyzeGapRequest(candidate=query_of(candidate, "candidate"), target=target, language=language)
    with service(address) as client:
        print_reply(client.plans.AnalyzeGap(request), as_json, lambda r: _print_gap(r, language))


@app.command("transitions", rich_help_panel=GAPS)
def transitions_command(
    origin: Annotated[
        str, typer.Argument(help="candidates/my-id, path of a résumé, - for standard input, or occupations/my-id")
    ],
    top: Annotated[int, typer.Option("--top", "-n", min=1, max=50, help="transitions to return")] = 5,
    min_postings: Annotated[int, typer.Option(help="leave out occupations with fewer stored postings")] = 0,
    filter_text: Annotated[str, typer.Option("--filter", "-f", help="filter on the postings that count")] = "",
    exclude: Annotated[list[str] | None, typer.Option("--exclude", help="occupation to leave out; repeatable")] = None,
    growing: Annotated[
        list[str] | None, typer.Option("--growing", help="occupation that grows by your source; repeatable")
    ] = None,
    only_growing: Annotated[bool, typer.Option("--only-growing", help="only those that grow")] = False,
    plans: Annotated[int, typer.Option("--plans", min=0, max=5, help="course plans for so many of the first")] = 0,
    language: Language = "zh",
    as_json: AsJson = False,
    address: Address = DEFAULT_ADDRESS,
) -> None:
    """Find the occupations that are nearest to what a candidate or an occupation shows, with gap and stored demand."""
    request = pb.RecommendTransitionsRequest(
        max_transitions=top,
        min_postings=min_postings,
        posting_filter=filter_text,
        excluded_occupations=map(occupation_name, exclude or ()),
        growing_occupations=map(occupation_name, growing or ()),
        only_growing=only_growing,
        plan_count=plans,
        language=language,
    )
    if origin.startswith("occupations/"):
        request.occupation = origin
    else:
        request.candidate.CopyFrom(query_of(origin, "candidate"))
    with service(address) as client:
        print_reply(client.plans.RecommendTransitions(request), as_json, lambda r: _print_transitions(r, language))


def _print_gap(reply: pb.AnalyzeGapResponse, language: str) -> None:
    gap = reply.gap
    whom, what = gap.candidate or "inline", gap.target or f"{gap.posting_count} posting(s)"
    console.print(f"[bold]{escape(whom)} → {escape(what)}[/bold]  {escape(gap.target_title)}", soft_wrap=True)
    for warning in reply.warnings:
        print_warning(console, warning, language)
    console.print(escape(reply.explanation), highlight=False, soft_wrap=True)


def _print_transitions(reply: pb.RecommendTransitionsResponse, language: str) -> None:
    console.print(f"[bold]{escape(reply.origin_title)}[/bold]", soft_wrap=True)
    for warning in reply.warnings:
        print_warning(console, warning, language)
    for job in reply.present_jobs:
        told = sentence("present job", language).format(title=job.title, quote=job.evidence.sentence)
        console.print(escape(told), highlight=False, soft_wrap=True)
    table = narrow_table(language, "", "occupation", "title", "distance", "essential", "postings", "trend")
    for found in reply.transitions:
        totals = found.gap.totals
        table.add_row(
            str(found.rank),
            found.occupation.removeprefix("occupations/"),
            escape(found.title),
            f"{found.distance:.2f}",
            f"{totals.essential_coverage:.0%}" if totals.HasField("essential_coverage") else "—",
            str(found.demand.posting_count),
            word(pb.Trend.Name(found.demand.trend).removeprefix("TREND_").lower(), language),
        )
    console.print(table)
    for found in reply.transitions:
        console.print(escape(found.explanation), highlight=False, soft_wrap=True)
        if found.HasField("course_plan"):
            console.print(escape(found.course_plan.explanation), highlight=False, soft_wrap=True)
    counted = sentence("considered", language).format(
        n=reply.considered_count, postings=reply.posting_count, unnamed=reply.unnamed_posting_count
    )
    console.print(counted, highlight=False, soft_wrap=True)
