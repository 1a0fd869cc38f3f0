"""`matcher occupation`: occupations of the running service's taxonomy, searched by title and shown with their skills."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape

from matcher._gen.skillmatch.v1 import taxonomy_pb2 as tax
from matcher.cli.app import DEFAULT_ADDRESS, Address, AsJson, Language, console, print_reply, service
from matcher.cli.tables import narrow_table
from matcher.cli.words import level_word, word

occupation_app = typer.Typer(no_args_is_help=True, help="Find occupations by title, and the skills that they ask for.")


@occupation_app.command("search")
def search_command(
    query: Annotated[str, typer.Argument(help="title in any language, also misspelt or with a rank before it")],
    top: Annotated[int, typer.Option("--top", "-n", min=1, max=100, help="occupations to return")] = 10,
    language: Language = "zh",
    as_json: AsJson = False,
    address: Address = DEFAULT_ADDRESS,
) -> None:
    """Search occupations by title."""
    request = tax.SearchOccupationsRequest(query=query, page_size=top, language=language)
    with service(address) as client:
        print_reply(client.taxonomy.SearchOccupations(request), as_json, lambda r: _print_found(r, language))


@occupation_app.command("show")
def show_command(
    name: Annotated[str, typer.Argument(help="occupations/data-analyst, or just data-analyst")],
    language: Language = "zh",
    as_json: AsJson = False,
    address: Address = DEFAULT_ADDRESS,
) -> None:
    """Show one occupation with its essential and optional skills."""
    full = name if name.startswith("occupations/") else f"occupations/{name}"
    with service(address) as client:
        reply = client.taxonomy.GetOccupation(tax.GetOccupationRequest(name=full, language=language))
        print_reply(reply, as_json, lambda r: _print_one(r, language))


@occupation_app.command("list")
def list_command(
    field: Annotated[str, typer.Option("--field", "-f", help="field of work, e.g. data-ai; empty: all")] = "",
    top: Annotated[int, typer.Option("--top", "-n", min=1, max=1000, help="occupations to list")] = 50,
    as_json: AsJson = False,
    address: Address = DEFAULT_ADDRESS,
) -> None:
    """List occupations."""
    request = tax.ListOccupationsRequest(field=field, page_size=top)
    with service(address) as client:
        print_reply(client.taxonomy.ListOccupations(request), as_json, _print_list)


def _print_found(reply: tax.SearchOccupationsResponse, language: str) -> None:
    table = narrow_table(language, "occupation", "titles", "fits", "score", wraps=["titles", "fits"])
    for result in reply.results:
        labels = " / ".join(label.text for label in result.occupation.labels)
        table.add_row(
            _bare(result.occupation.name), escape(labels), escape(result.matched_title), f"{result.score:.2f}"
        )
    console.print(table)


def _print_list(reply: tax.ListOccupationsResponse) -> None:
    table = narrow_table("en", "occupation", "titles", "field", wraps=["titles", "field"])
    for found in reply.occupations:
        table.add_row(_bare(found.name), escape(" / ".join(label.text for label in found.labels)), found.field)
    console.print(table)
    console.print(f"{len(reply.occupations)} of {reply.total_size}")


def _print_one(reply: tax.GetOccupationResponse, language: str) -> None:
    found = reply.occupation
    console.print(f"[bold]{escape(' / '.join(label.text for label in found.labels))}[/bold]  {found.name}")
    for alias_language in sorted({alias.language for alias in found.aliases}):
        aliases = "; ".join(alias.text for alias in found.aliases if alias.language == alias_language)
        console.print(f"{alias_language}: {escape(aliases)}", highlight=False, soft_wrap=True)
    for definition in found.definitions:
        console.print(escape(definition.text), highlight=False, soft_wrap=True)
    table = narrow_table(language, "skill", "label", "need", "level", wraps=["label"])
    for need, skills in (("essential", found.essential), ("optional", found.optional)):
        for item in skills:
            facts = (escape(item.label), word(need, language), level_word(item.level, language))
            table.add_row(item.skill.removeprefix("skills/"), *facts)
    console.print(table)


def _bare(name: str) -> str:
    """What `matcher occupation show` takes."""
    return name.removeprefix("occupations/")
