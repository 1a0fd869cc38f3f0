"""`matcher what-if` and `matcher why-not`: where a document would stand with other skills, and what keeps it away."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape

from matcher._gen.skillmatch.v1 import inquiry_pb2 as pb
from matcher._gen.skillmatch.v1 import taxonomy_pb2 as tax
from matcher.cli.app import (
    DEFAULT_ADDRESS,
    MATCHES,
    Address,
    AsJson,
    KindOption,
    Language,
    app,
    console,
    print_reply,
    query_of,
    service,
)

LEVELS = {name.removeprefix("PROFICIENCY_").lower(): number for name, number in tax.Proficiency.items() if number}
Filter = Annotated[str, typer.Option("--filter", "-f", help="filter of the ranking")]
Skills = list[str] | None


@app.command("what-if", rich_help_panel=MATCHES)
def what_if_command(
    query: Annotated[str, typer.Argument(help="whose ranking: resource name, path of a file, or -")],
    target: Annotated[str, typer.Argument(help="whose place: resource name or path of a file")],
    add: Annotated[
        Skills, typer.Option("--add", help="skill id that the target shows, with :level; repeatable")
    ] = None,
    remove: Annotated[Skills, typer.Option("--remove", help="skill id that the target lacks; repeatable")] = None,
    ask: Annotated[Skills, typer.Option("--ask", help="skill id that the query asks or shows; repeatable")] = None,
    drop: Annotated[Skills, typer.Option("--drop", help="skill id that the query drops; repeatable")] = None,
    kind: KindOption = "posting",
    target_kind: Annotated[str, typer.Option(help="what the second file is")] = "candidate",
    filter_text: Filter = "",
    language: Language = "zh",
    as_json: AsJson = False,
    address: Address = DEFAULT_ADDRESS,
) -> None:
    """Change skills of either side, score the full ranking again, and show where the target stood and would stand."""
    sides = {pb.CHANGED_SIDE_TARGET: (add, remove), pb.CHANGED_SIDE_QUERY: (ask, drop)}
    changes = [
        _change(side, text, removing)
        for side, lists in sides.items()
        for removing, texts in zip((False, True), lists, strict=True)
        for text in texts or ()
    ]
    request = pb.WhatIfRequest(
        query=query_of(query, kind),
        target=query_of(target, target_kind),
        filter=filter_text,
        changes=changes,
        language=language,
    )
    with service(address) as client:
        print_reply(client.inquiries.WhatIf(request), as_json, _what_if)


@app.command("why-not", rich_help_panel=MATCHES)
def why_not_command(
    query: Annotated[str, typer.Argument(help="whose ranking: resource name, path of a file, or -")],
    target: Annotated[str, typer.Argument(help="resource name of the document that is missed")],
    kind: KindOption = "posting",
    filter_text: Filter = "",
    top: Annotated[int, typer.Option("--top", "-n", help="how many are looked at, 1-200")] = 10,
    language: Language = "zh",
    as_json: AsJson = False,
    address: Address = DEFAULT_ADDRESS,
) -> None:
    """Say why a document is not among the best: filter, rank, distance to the cut-off, where it loses most."""
    request = pb.WhyNotRequest(
        query=query_of(query, kind), target=target, filter=filter_text, top=top, language=language
    )
    with service(address) as client:
        print_reply(
            client.inquiries.WhyNot(request),
            as_json,
            lambda r: console.print(escape(r.explanation), highlight=False, soft_wrap=True),
        )


def _change(side: pb.ChangedSide, text: str, removing: bool) -> pb.SkillChange:
    skill, _, level = text.removeprefix("skills/").partition(":")
    if level and level not in LEVELS:
        raise typer.BadParameter(f"{level!r} is none of {', '.join(LEVELS)}")
    return pb.SkillChange(side=side, skill=f"skills/{skill}", remove=removing, level=_level(level))


def _level(word: str) -> str:
    return f"PROFICIENCY_{word.upper() or 'UNSPECIFIED'}"


def _what_if(reply: pb.WhatIfResponse) -> None:
    console.print(escape(reply.explanation), highlight=False, soft_wrap=True)
    for c in reply.credits:
        old = f"{c.old_credit:.2f}" if c.HasField("old_credit") else "not asked"
        new = f"{c.new_credit:.2f}" if c.HasField("new_credit") else "not asked"
        console.print(f"  {escape(c.label)}: {old} → {new}", highlight=False)
