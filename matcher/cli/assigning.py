"""`matcher assign`: candidates put to postings, all at once, each posting with as many as it has openings."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape

from matcher._gen.skillmatch.v1 import assignment_pb2 as pb
from matcher.cli.app import DEFAULT_ADDRESS, MATCHES, Address, AsJson, app, console, print_reply, service
from matcher.cli.tables import narrow_table

MODES = {"optimal": pb.ASSIGNMENT_MODE_OPTIMAL, "stable": pb.ASSIGNMENT_MODE_STABLE}


@app.command("assign", rich_help_panel=MATCHES)
def assign_command(
    candidates: Annotated[str, typer.Option("--candidates", "-c", help="filter on candidates; empty: all")] = "",
    postings: Annotated[str, typer.Option("--postings", "-p", help="filter on postings; empty: all")] = "",
    mode: Annotated[
        str, typer.Option(help="optimal: greatest total; stable: no pair would rather have each other")
    ] = "optimal",
    both_sided: Annotated[
        bool, typer.Option("--both-sided", help="count how far the posting suits the candidate")
    ] = False,
    openings: Annotated[
        list[str] | None, typer.Option(help="postings/my-id=3, before what it states itself; repeatable")
    ] = None,
    default_openings: Annotated[int, typer.Option(help="openings of a posting that states none")] = 1,
    rule: Annotated[
        list[str] | None, typer.Option(help="'FILTER ON POSTINGS => FILTER ON CANDIDATES' that must hold; repeatable")
    ] = None,
    min_score: Annotated[float, typer.Option(help="pairs of a lower score are not made, 0-1")] = 0.0,
    as_json: AsJson = False,
    address: Address = DEFAULT_ADDRESS,
) -> None:
    """Assign candidates to postings; a proposal from evidence, people decide."""
    if mode not in MODES:
        raise typer.BadParameter(f"{mode!r} is none of {', '.join(MODES)}")
    request = pb.AssignCandidatesRequest(
        candidates=pb.CandidateSelection(filter=candidates),
        postings=pb.PostingSelection(filter=postings),
        mode=MODES[mode],
        worth=pb.ASSIGNMENT_WORTH_BOTH_SIDED if both_sided else pb.ASSIGNMENT_WORTH_SCORE,
        openings=[_openings(text) for text in openings or ()],
        default_openings=default_openings,
        rules=[_rule(text) for text in rule or ()],
        min_score=min_score,
    )
    with service(address) as client:
        print_reply(client.assignments.AssignCandidates(request), as_json, _shown)


def _openings(text: str) -> pb.PostingOpenings:
    posting, _, number = text.partition("=")
    if not number.isdecimal():
        raise typer.BadParameter(f"{text!r} is not written as postings/my-id=3")
    return pb.PostingOpenings(posting=posting, openings=int(number))


def _rule(text: str) -> pb.PairRule:
    posting, arrow, candidate = text.partition("=>")
    if not arrow:
        raise typer.BadParameter(f"{text!r} is not written as 'FILTER ON POSTINGS => FILTER ON CANDIDATES'")
    return pb.PairRule(posting_filter=posting.strip(), candidate_filter=candidate.strip())


def _shown(reply: pb.AssignCandidatesResponse) -> None:
    table = narrow_table("en", "candidates/", "postings/", "score", "suits")
    for a in reply.assigned:
        fit = f"{a.candidate_fit:.2f}" if a.HasField("candidate_fit") else "—"
        table.add_row(
            a.candidate.removeprefix("candidates/"), a.posting.removeprefix("postings/"), f"{a.score:.3f}", fit
        )
    console.print(table)
    if reply.unassigned:
        left = narrow_table("en", "not assigned", "why", "worth most to", wraps=["why", "worth most to"])
        for u in reply.unassigned:
            reason = pb.UnassignedReason.Name(u.reason).removeprefix("UNASSIGNED_REASON_").lower().replace("_", " ")
            left.add_row(u.candidate, reason, escape(u.best_posting))
        console.print(left)
    free = sum(p.openings - p.taken for p in reply.postings)
    console.print(
        f"total {reply.total_worth:.3f}, {len(reply.assigned)} pairs, {free} openings free, "
        f"{reply.blocking_count} pairs would rather have each other",
        highlight=False,
    )
