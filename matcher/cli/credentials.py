"""`matcher credential`, `matcher complete`, `matcher growth`: micro-majors, what candidates completed, and how gaps shrank."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from google.type.date_pb2 import Date
from rich.markup import escape

from matcher._gen.skillmatch.v1 import credential_pb2 as pb
from matcher._gen.skillmatch.v1 import target_pb2
from matcher.cli import show_credentials as show
from matcher.cli.app import DEFAULT_ADDRESS, GAPS, Address, AsJson, Language, app, console, print_reply, service

credential_app = typer.Typer(
    no_args_is_help=True, help="Micro-majors (微专业): draft from demand, store, stack, export."
)

Postings = Annotated[
    list[str] | None,
    typer.Option("--posting", "-p", help="posting of the cohort; repeat for more. None: all that pass"),
]
Filter = Annotated[str, typer.Option("--filter", "-f", help="AIP-160 filter on the cohort's postings")]
Courses = Annotated[list[str] | None, typer.Option("--course", "-c", help="course, in order; repeat for more")]
FORMATS = {
    "markdown": pb.EXPORT_FORMAT_MARKDOWN,
    "docx": pb.EXPORT_FORMAT_DOCX,
    "ctdl": pb.EXPORT_FORMAT_CTDL,
    "badge": pb.EXPORT_FORMAT_OPEN_BADGE,
}


@credential_app.command("design")
def design_command(
    posting: Postings = None,
    filter_text: Filter = "",
    title: Annotated[str, typer.Option(help="name of the bundle; empty: proposed from the field of the demand")] = "",
    min_courses: Annotated[int, typer.Option(help="at least so many courses")] = 0,
    max_courses: Annotated[int, typer.Option(help="at most so many courses")] = 0,
    max_hours: Annotated[float | None, typer.Option(help="at most so many teaching hours")] = None,
    min_practice: Annotated[float | None, typer.Option(help="at least this share of practical hours, 0-1")] = None,
    min_coverage: Annotated[float | None, typer.Option(help="at least this share of the demand covered, 0-1")] = None,
    most_covered: Annotated[bool, typer.Option("--most-covered", help="cover most demand, not most per hour")] = False,
    required: Annotated[list[str] | None, typer.Option("--require", help="course that must be in")] = None,
    excluded: Annotated[list[str] | None, typer.Option("--exclude", help="course that must not be in")] = None,
    compare: Annotated[list[str] | None, typer.Option("--compare", help="course of a bundle to compare with")] = None,
    course_filter: Annotated[str, typer.Option(help="AIP-160 filter on courses to choose from")] = "",
    language: Language = "zh",
    as_json: AsJson = False,
    address: Address = DEFAULT_ADDRESS,
) -> None:
    """Draft the bundle that covers most demand of a cohort of postings per teaching hour. Nothing is stored."""
    limits = pb.BundleLimits(
        min_courses=min_courses,
        max_courses=max_courses,
        max_hours=max_hours,
        min_practice_share=min_practice,
        min_coverage=min_coverage,
        required_courses=required or (),
        excluded_courses=excluded or (),
    )
    request = pb.DesignCredentialRequest(
        cohort=target_pb2.Cohort(filter=filter_text, postings=posting or ()),
        title=title,
        goal=pb.BUNDLE_GOAL_COVERED if most_covered else pb.BUNDLE_GOAL_PER_HOUR,
        limits=limits,
        course_filter=course_filter,
        compare_courses=compare or (),
        language=language,
    )
    with service(address) as client:
        print_reply(client.credentials.DesignCredential(request), as_json, lambda r: show.design(console, r))


@credential_app.command("create")
def create_command(
    title: Annotated[str, typer.Argument(help="name of the bundle")],
    course: Courses = None,
    posting: Postings = None,
    filter_text: Filter = "",
    name: Annotated[str, typer.Option(help="credentials/my-id; empty: an id is made of the content")] = "",
    summary: Annotated[str, typer.Option(help="a few words about it")] = "",
    language: Language = "zh",
    as_json: AsJson = False,
    address: Address = DEFAULT_ADDRESS,
) -> None:
    """Store a bundle of courses, in the order in which they are taken."""
    cohort = target_pb2.Cohort(filter=filter_text, postings=posting) if posting or filter_text else None
    credential = pb.Credential(name=name, title=title, courses=course or (), cohort=cohort, summary=summary)
    with service(address) as client:
        reply = client.credentials.CreateCredential(
            pb.CreateCredentialRequest(credential=credential, language=language)
        )
        print_reply(reply, as_json, lambda r: show.view(console, r.view))


@credential_app.command("get")
def get_command(
    name: Annotated[str, typer.Argument(help="credentials/smart-water")],
    language: Language = "zh",
    as_json: AsJson = False,
    address: Address = DEFAULT_ADDRESS,
) -> None:
    """Show a bundle with what it comes to now."""
    with service(address) as client:
        reply = client.credentials.GetCredential(pb.GetCredentialRequest(name=name, language=language))
        print_reply(reply, as_json, lambda r: show.view(console, r.view))


@credential_app.command("list")
def list_command(
    top: Annotated[int, typer.Option("--top", "-n", help="bundles to list, 1-1000")] = 50,
    as_json: AsJson = False,
    address: Address = DEFAULT_ADDRESS,
) -> None:
    """List the stored bundles."""
    with service(address) as client:
        reply = client.credentials.ListCredentials(pb.ListCredentialsRequest(page_size=top))
        print_reply(reply, as_json, lambda r: show.listing(console, r))


@credential_app.command("delete")
def delete_command(
    name: Annotated[str, typer.Argument(help="credentials/smart-water")], address: Address = DEFAULT_ADDRESS
) -> None:
    """Delete a bundle."""
    with service(address) as client:
        client.credentials.DeleteCredential(pb.DeleteCredentialRequest(name=name))
    console.print(f"deleted {escape(name)}")


@credential_app.command("stack")
def stack_command(
    candidate: Annotated[str, typer.Option("--candidate", help="a stored candidate, whose completions count")] = "",
    held: Annotated[list[str] | None, typer.Option("--held", help="a bundle that is held; repeat for more")] = None,
    as_json: AsJson = False,
    address: Address = DEFAULT_ADDRESS,
) -> None:
    """Show what is still needed for each stored bundle."""
    request = pb.StackCredentialsRequest(candidate=candidate, held_credentials=held or ())
    with service(address) as client:
        print_reply(client.credentials.StackCredentials(request), as_json, lambda r: show.steps(console, r))


@credential_app.command("export")
def export_command(
    name: Annotated[str, typer.Argument(help="credentials/smart-water")],
    written_as: Annotated[str, typer.Option("--format", help="markdown, docx, ctdl or badge")] = "markdown",
    out: Annotated[Path | None, typer.Option("--out", "-o", help="file or folder; none: standard output")] = None,
    issuer: Annotated[str, typer.Option(help="who offers it")] = "",
    base_url: Annotated[str, typer.Option(help="address under which resources are published")] = "",
    language: Language = "zh",
    address: Address = DEFAULT_ADDRESS,
) -> None:
    """Write a bundle as a filing sheet (备案表) or for programs (CTDL, Open Badges 3.0)."""
    if written_as not in FORMATS:
        raise typer.BadParameter(f"{written_as!r} is none of {', '.join(FORMATS)}")
    request = pb.ExportCredentialRequest(
        name=name, format=FORMATS[written_as], language=language, issuer=issuer, base_url=base_url
    )
    with service(address) as client:
        reply = client.credentials.ExportCredential(request)
    if out is None:
        sys.stdout.buffer.write(reply.content)
        return
    target = out / reply.filename if out.is_dir() else out
    target.write_bytes(reply.content)
    console.print(f"{len(reply.content)} bytes written to {escape(str(target))}", highlight=False, soft_wrap=True)


@app.command("complete", rich_help_panel=GAPS)
def complete_command(
    candidate: Annotated[str, typer.Argument(help="candidates/my-id")],
    subject: Annotated[str, typer.Argument(help="courses/my-id or credentials/my-id")],
    on: Annotated[datetime, typer.Option("--on", formats=["%Y-%m-%d"], help="day of completion")],
    verified_by: Annotated[str, typer.Option(help="office that vouches for it; no person")] = "",
    language: Language = "zh",
    as_json: AsJson = False,
    address: Address = DEFAULT_ADDRESS,
) -> None:
    """Record that a candidate completed a course or bundle; gaps and plans then count what it teaches."""
    completion = pb.Completion(subject=subject, completed_on=_day(on.date()), verified_by=verified_by)
    request = pb.RecordCompletionRequest(candidate=candidate, completion=completion, language=language)
    with service(address) as client:
        reply = client.credentials.RecordCompletion(request)
        print_reply(reply, as_json, lambda r: show.completion(console, r.view))


@app.command("completions", rich_help_panel=GAPS)
def completions_command(
    candidate: Annotated[str, typer.Argument(help="candidates/my-id")],
    delete: Annotated[str, typer.Option("--delete", help="id of a completion to delete for good")] = "",
    language: Language = "zh",
    as_json: AsJson = False,
    address: Address = DEFAULT_ADDRESS,
) -> None:
    """List what a candidate completed."""
    with service(address) as client:
        if delete:
            name = delete if "/" in delete else f"{candidate}/completions/{delete}"
            client.credentials.DeleteCompletion(pb.DeleteCompletionRequest(name=name))
            console.print(f"deleted {escape(name)}")
            return
        reply = client.credentials.ListCompletions(pb.ListCompletionsRequest(candidate=candidate, language=language))
        print_reply(reply, as_json, lambda r: show.completions(console, r))


@app.command("growth", rich_help_panel=GAPS)
def growth_command(
    candidate: Annotated[str, typer.Argument(help="candidates/my-id")],
    target: Annotated[str, typer.Argument(help="postings/my-id or occupations/my-id; empty with --filter")] = "",
    filter_text: Annotated[str, typer.Option("--filter", "-f", help="the target is the postings that pass")] = "",
    language: Language = "zh",
    as_json: AsJson = False,
    address: Address = DEFAULT_ADDRESS,
) -> None:
    """Show how a candidate's gap to a target shrank with each completion."""
    if bool(target) == bool(filter_text):
        raise typer.BadParameter("give a posting or an occupation, or --filter")
    request = pb.GetGrowthRequest(candidate=candidate, target=_target(target, filter_text), language=language)
    with service(address) as client:
        print_reply(client.credentials.GetGrowth(request), as_json, lambda r: show.growth(console, r))


def _target(name: str, filter_text: str) -> target_pb2.Target:
    if filter_text:
        return target_pb2.Target(cohort=target_pb2.Cohort(filter=filter_text))
    if name.startswith("occupations/"):
        return target_pb2.Target(occupation=name)
    message = target_pb2.Target()
    message.posting.name = name
    return message


def _day(day: date) -> Date:
    return Date(year=day.year, month=day.month, day=day.day)
