"""`matcher decision`: recorded answers read, listed and replayed, and feedback on them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from google.protobuf.timestamp_pb2 import Timestamp
from rich.markup import escape
from rich.table import Table

from matcher._gen.skillmatch.v1 import decision_pb2 as pb
from matcher._gen.skillmatch.v1 import document_pb2 as doc
from matcher.cli.app import DEFAULT_ADDRESS, Address, AsJson, console, kind_number, print_reply, service
from matcher.cli.tables import narrow_table

decision_app = typer.Typer(no_args_is_help=True, help="Read, list and replay recorded answers of Match; give feedback.")


def _full_name(text: str) -> str:
    return text if "/" in text else f"decisions/{text}"


Name = Annotated[str, typer.Argument(callback=_full_name, help="decisions/… as the answer named it")]
Moment = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"], help="UTC")]


@decision_app.command("get")
def get_command(name: Name, as_json: AsJson = False, address: Address = DEFAULT_ADDRESS) -> None:
    """Show one decision: who asked, what, and what was returned."""
    with service(address) as client:
        print_reply(
            client.decisions.GetDecision(pb.GetDecisionRequest(name=name)), as_json, lambda r: _shown(r.decision)
        )


@decision_app.command("list")
def list_command(
    caller: Annotated[str, typer.Option(help="only those of this caller")] = "",
    document: Annotated[str, typer.Option(help="only those that this document asked for or was returned by")] = "",
    since: Moment = None,
    until: Moment = None,
    top: Annotated[int, typer.Option("--top", "-n", help="decisions to list, 1-1000")] = 20,
    as_json: AsJson = False,
    address: Address = DEFAULT_ADDRESS,
) -> None:
    """List decisions, newest first."""
    request = pb.ListDecisionsRequest(caller=caller, document=document, page_size=top)
    for field, moment in (("start_time", since), ("end_time", until)):
        if moment is not None:
            getattr(request, field).CopyFrom(_timestamp(moment))
    with service(address) as client:
        print_reply(client.decisions.ListDecisions(request), as_json, _listed)


@decision_app.command("replay")
def replay_command(
    name: Name,
    document: Annotated[Path | None, typer.Option(exists=True, help="the file that was the inline query")] = None,
    kind: Annotated[str, typer.Option("--kind", "-k", help="what the file is")] = "posting",
    filter_text: Annotated[str | None, typer.Option("--filter", "-f", help="the filter, where it is withheld")] = None,
    as_json: AsJson = False,
    address: Address = DEFAULT_ADDRESS,
) -> None:
    """Make a decision again and say what changed. Exit status 1 when it does not come out the same."""
    request = pb.ReplayRequest(name=name, filter=filter_text)
    if document is not None:
        request.document.CopyFrom(doc.Document(kind=kind_number(kind), content=document.read_bytes()))
    with service(address) as client:
        reply = client.decisions.Replay(request)
    print_reply(reply, as_json, _replayed)
    if not reply.reproduced:
        raise typer.Exit(1)


@decision_app.command("feedback")
def feedback_command(
    name: Name,
    document: Annotated[str, typer.Argument(help="a document that the decision returned")],
    outcome: Annotated[str, typer.Argument(help="shortlisted, rejected, hired, enrolled or completed")],
    consent: Annotated[
        bool, typer.Option("--consent/--no-consent", help="the person agreed that this is kept")
    ] = False,
    as_json: AsJson = False,
    address: Address = DEFAULT_ADDRESS,
) -> None:
    """Tell what became of a match. Without --consent it is only counted."""
    number = f"FEEDBACK_OUTCOME_{outcome.upper()}"
    if not dict(pb.FeedbackOutcome.items()).get(number):
        raise typer.BadParameter(f"{outcome!r} is none of shortlisted, rejected, hired, enrolled, completed")
    request = pb.RecordFeedbackRequest(decision=name, document=document, outcome=number, consent=consent)
    with service(address) as client:
        print_reply(
            client.decisions.RecordFeedback(request),
            as_json,
            lambda r: console.print(pb.FeedbackResult.Name(r.result).removeprefix("FEEDBACK_RESULT_").lower()),
        )


def _timestamp(moment: datetime) -> Timestamp:
    message = Timestamp()
    message.FromDatetime(moment)
    return message


def _query(decision: pb.Decision) -> str:
    if decision.query_deleted:
        return "(deleted)"
    return decision.query or f"inline {doc.Kind.Name(decision.query_kind)[5:].lower()} {decision.query_hash[:12]}…"


def _shown(decision: pb.Decision) -> None:
    journey = pb.DecisionJourney.Name(decision.journey).removeprefix("DECISION_JOURNEY_").lower()
    filter_text = "(withheld)" if decision.filter_withheld else decision.filter or "none"
    v = decision.versions
    table = Table("what", "value", show_header=False)
    table.add_row("made", f"{decision.create_time.ToJsonString()} by {escape(decision.caller)}, {journey}")
    table.add_row("query", escape(_query(decision)))
    table.add_row("filter", escape(filter_text))
    table.add_row("options", escape(decision.options))
    table.add_row("versions", f"{v.model} · {v.taxonomy} · {v.weights} · index revision {v.index_revision}")
    console.print(table)
    entries = Table("rank", "document", "score")
    for e in decision.entries:
        entries.add_row(str(e.rank), "(deleted)" if e.deleted else e.name, "" if e.deleted else f"{e.score:.3f}")
    console.print(entries)


def _listed(reply: pb.ListDecisionsResponse) -> None:
    table = narrow_table("en", "decisions/", "made (UTC)", "caller", "query", "returned", wraps=["query", "caller"])
    for d in reply.decisions:
        made = f"{d.create_time.ToDatetime(UTC):%Y-%m-%d %H:%M:%S}"
        table.add_row(d.name.removeprefix("decisions/"), made, escape(d.caller), escape(_query(d)), str(len(d.entries)))
    console.print(table)


def _replayed(reply: pb.ReplayResponse) -> None:
    console.print("reproduced" if reply.reproduced else "[yellow]not reproduced[/yellow]")
    for c in reply.changes:
        part = pb.VersionPart.Name(c.part).removeprefix("VERSION_PART_").lower()
        console.print(f"{part}: {c.was} → {c.now}", highlight=False)
    if reply.differences:
        table = Table("document", "then", "now")
        for d in reply.differences:
            then = f"{d.old_rank} ({d.old_score:.3f})" if d.HasField("old_score") else "—"
            now = f"{d.new_rank} ({d.new_score:.3f})" if d.HasField("new_score") else "—"
            table.add_row(d.name or "(deleted)", then, now)
        console.print(table)
