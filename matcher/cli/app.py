"""`matcher`: one command per journey. All but `serve` and `reembed` without `--to` talk to a running service.

Enters: arguments. Leaves: tables for people, or JSON (`--json`) for programs. Exit status 1: the service refused; 2: wrong
arguments; 3: no service at the address.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import grpc
import typer
from google.protobuf.json_format import MessageToJson
from google.protobuf.message import Message
from rich.console import Console
from rich.markup import escape

from matcher._gen.skillmatch.v1 import document_pb2 as doc
from matcher._gen.skillmatch.v1 import match_pb2 as pb
from matcher._gen.skillmatch.v1 import status_pb2 as st
from matcher._gen.skillmatch.v1 import taxonomy_pb2 as tax
from matcher.cli import show
from matcher.cli.hints import hint_of
from matcher.serve.client import ServiceClient, connect, one_line, status_of_call

# the panels of `matcher --help`, in the order in which a newcomer needs them
SERVICE, MATCHES, GAPS = "Service", "Matches, screening and assignment", "Gaps and course plans of a candidate"
PROGRAMMES, DOCUMENTS, TAXONOMY = "Courses and programmes", "Stored documents", "Skills and occupations"
app = typer.Typer(
    no_args_is_help=True,
    help="Match candidates, courses and job postings across languages, with evidence.\n\n"
    "Start the service with `matcher serve`, fill it with `matcher import PATH`, then ask: `matcher match`, "
    "`matcher explain`, `matcher skills`.",
    pretty_exceptions_enable=False,
)
skills_app = typer.Typer(no_args_is_help=True, help="Find skills in a text or in the taxonomy.")
app.add_typer(skills_app, name="skills", rich_help_panel=TAXONOMY)

console = Console()
errors = Console(stderr=True)

Address = Annotated[str, typer.Option("--address", "-a", envvar="SKILLMATCH_ADDRESS", help="host:port of the service")]


def _known_language(text: str) -> str:
    if text not in LANGUAGES:
        raise typer.BadParameter(f"{text!r} is none of {', '.join(LANGUAGES)}")
    return text


LANGUAGES = ("zh", "en")
Language = Annotated[
    str,
    typer.Option("--language", "-l", callback=_known_language, help="language of labels and explanations: zh or en"),
]
AsJson = Annotated[bool, typer.Option("--json", help="print the reply as JSON")]
KindOption = Annotated[str, typer.Option("--kind", "-k", help="what the file is: candidate, posting or course")]
DEFAULT_ADDRESS = "127.0.0.1:50051"
DOCUMENT_NAME = re.compile(r"(candidates|postings|courses)/[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?")
KIND_NUMBERS = {
    "candidate": doc.KIND_CANDIDATE,
    "posting": doc.KIND_POSTING,
    "course": doc.KIND_COURSE,
}


def kind_number(text: str) -> doc.Kind:
    """Kind of a word, singular or plural.

    Raises:
        BadParameter: the word is no kind.
    """
    number = KIND_NUMBERS.get(text.lower().removesuffix("s"))
    if number is None:
        raise typer.BadParameter(f"{text!r} is none of candidate, posting, course")
    return number


@contextmanager
def service(address: str) -> Iterator[ServiceClient]:
    """A client whose errors end the command with a readable line."""
    try:
        with connect(address) as client:
            yield client
    except grpc.RpcError as error:
        status = status_of_call(error)
        if status.code == grpc.StatusCode.UNAVAILABLE.value[0] and not status.details:
            errors.print(
                f"[red]no service answers at {escape(address)}[/red]; start it with `matcher serve`, or give --address",
                highlight=False,
                soft_wrap=True,
            )
            raise typer.Exit(3) from error
        hint = hint_of(status)
        told = f"[red]{escape(one_line(status))}[/red]" + (f"; {escape(hint)}" if hint else "")
        errors.print(told, highlight=False, soft_wrap=True)
        raise typer.Exit(1) from error


def print_reply(reply: Message, as_json: bool, table: Callable[[Any], None]) -> None:
    """Prints a reply as JSON or by its own function."""
    if as_json:
        sys.stdout.write(MessageToJson(reply, preserving_proto_field_name=True, ensure_ascii=False) + "\n")
    else:
        table(reply)


def query_of(text: str, kind: str) -> pb.Query:
    """A query from a resource name, the path of a file, or `-` for standard input.

    Raises:
        BadParameter: it is neither.
    """
    path = Path(text)
    if text == "-":
        return pb.Query(document=doc.Document(kind=kind_number(kind), text=sys.stdin.read()))
    if path.is_file():
        return pb.Query(document=doc.Document(kind=kind_number(kind), content=path.read_bytes()))
    return pb.Query(name=document_name(text))


def document_name(text: str) -> str:
    """The name of a stored document.

    Raises:
        BadParameter: it cannot be one.
    """
    if DOCUMENT_NAME.fullmatch(text):
        return text
    raise typer.BadParameter(
        f"{text!r} is neither a file here nor a name such as postings/my-id (`matcher list postings` shows names)"
    )


@app.command("serve", rich_help_panel=SERVICE)
def serve_command(
    config: Annotated[Path | None, typer.Option(help="configuration file (TOML); see docs/configuration.md")] = None,
    port: Annotated[int | None, typer.Option(help="TCP port, instead of the configured one")] = None,
    store: Annotated[Path | None, typer.Option(help="SQLite file, instead of the configured one")] = None,
    demo: Annotated[Path | None, typer.Option(help="folder with a demo corpus to load before serving")] = None,
) -> None:
    """Run the service until SIGTERM or Ctrl-C, then drain: running calls finish, new ones are refused."""
    from matcher.cli.serving import serve  # noqa: PLC0415  (loads torch; the other commands should start at once)

    serve(config, port, store, demo, errors)


@app.command("reembed", rich_help_panel=SERVICE)
def reembed_command(
    to: Annotated[
        str, typer.Option("--to", help="swap the running service to this model: registry id, or path of a folder")
    ] = "",
    cancel: Annotated[bool, typer.Option("--cancel", help="end the swap under way; the model in force stays")] = False,
    config: Annotated[Path | None, typer.Option(help="configuration file (TOML), without --to")] = None,
    store: Annotated[Path | None, typer.Option(help="SQLite file instead of the configured one, without --to")] = None,
    address: Address = DEFAULT_ADDRESS,
) -> None:
    """Embed all stored documents again.

    With --to the running service goes over to another model: it answers with the old one until all is embedded, then switches in
    one step. Ctrl-C ends the watching, not the swap; `matcher status` shows it, --cancel ends it. Without --to this command
    embeds and tags with the configured model and taxonomy itself; stop the service first.
    """
    if (to or cancel) and (config or store or (to and cancel)):
        raise typer.BadParameter(
            "--to and --cancel go to the running service, one at a time, without --config and --store"
        )
    if not (to or cancel):
        from matcher.cli.serving import reembed  # noqa: PLC0415

        reembed(config, store, errors)
        return
    from matcher.cli.swapping import cancel_swap, swap_model  # noqa: PLC0415

    with service(address) as client:
        ended_well = cancel_swap(client, console) if cancel else swap_model(client, to, console, errors)
    if not ended_well:
        raise typer.Exit(1)


@app.command("import", rich_help_panel=SERVICE)
def import_command(
    paths: Annotated[
        list[Path],
        typer.Argument(exists=True, help="files or folders: txt, md, html, pdf, docx, json, jsonl(.gz), csv"),
    ],
    kind: Annotated[
        str, typer.Option("--kind", "-k", help="what the documents are; else told by folder name or `kind` field")
    ] = "",
    address: Address = DEFAULT_ADDRESS,
) -> None:
    """Import documents; bad ones are reported with file and reason, good ones kept. Safe to repeat and to resume."""
    from matcher.cli.importing import import_paths  # noqa: PLC0415

    if kind:
        kind_number(kind)
    with service(address) as client:
        n_failed = import_paths(client, paths, kind.lower().removesuffix("s"), console, errors)
    if n_failed:
        raise typer.Exit(1)


@app.command("match", rich_help_panel=MATCHES)
def match_command(
    query: Annotated[
        str, typer.Argument(help="resource name (postings/my-id), path of a file, or - for standard input")
    ],
    to: Annotated[str, typer.Option("--to", "-t", help="what to rank: candidates, postings or courses")],
    kind: KindOption = "posting",
    filter_text: Annotated[
        str, typer.Option("--filter", "-f", help='e.g. region = "上海" AND education <= ASSOCIATE')
    ] = "",
    top: Annotated[int, typer.Option("--top", "-n", min=1, max=100, help="matches to return")] = 5,
    language: Language = "zh",
    evidence: Annotated[bool, typer.Option(help="with requirements, quotes and explanation")] = True,
    collapse: Annotated[bool, typer.Option("--collapse", help="tell near-duplicates with the best of them")] = False,
    per_organisation: Annotated[int, typer.Option(help="at most so many of one employer or college; 0: any")] = 0,
    diversity: Annotated[
        float, typer.Option(min=0, max=1, help="0-1: what resembles a better match comes later")
    ] = 0.0,
    preset: Annotated[str, typer.Option(help="weights: portal, college or counsellor; none: the fitted ones")] = "",
    weight: Annotated[list[str] | None, typer.Option(help="part=log-odds, e.g. title_similarity=0; repeatable")] = None,
    as_json: AsJson = False,
    address: Address = DEFAULT_ADDRESS,
) -> None:
    """Rank the documents that fit a posting, course or candidate, with evidence."""
    request = pb.MatchRequest(
        query=query_of(query, kind),
        target_kind=kind_number(to),
        filter=filter_text,
        page_size=top,
        language=language,
        omit_evidence=not evidence,
        collapse_duplicates=collapse,
        max_per_organisation=per_organisation,
        diversity=diversity,
        preset=preset,
        weights=weights_of(weight or []),
    )
    with service(address) as client:
        print_reply(client.matches.Match(request), as_json, lambda r: show.matches(console, r, language))


def weights_of(given: list[str]) -> dict[str, float]:
    """`part=number` options as a map."""
    found: dict[str, float] = {}
    for one in given:
        part, _, number = one.partition("=")
        try:
            found[part.strip()] = float(number)
        except ValueError as error:
            raise typer.BadParameter(f"{one!r} is not part=number, e.g. title_similarity=0") from error
    return found


@app.command("explain", rich_help_panel=MATCHES)
def explain_command(
    query: Annotated[str, typer.Argument(help="resource name, path of a file, or -")],
    target: Annotated[str, typer.Argument(help="resource name or path of a file")],
    query_kind: KindOption = "posting",
    target_kind: Annotated[str, typer.Option(help="what the second file is")] = "candidate",
    language: Language = "zh",
    as_json: AsJson = False,
    address: Address = DEFAULT_ADDRESS,
) -> None:
    """Explain one pair: every requirement covered, partly covered or not shown, with quotes from both texts."""
    request = pb.ExplainRequest(
        query=query_of(query, query_kind), target=query_of(target, target_kind), language=language
    )
    with service(address) as client:
        print_reply(client.matches.Explain(request), as_json, lambda r: show.explained(console, r, language))


@app.command("get", rich_help_panel=DOCUMENTS)
def get_command(
    name: Annotated[str, typer.Argument(help="resource name, e.g. courses/digital-twin-zh-01")],
    address: Address = DEFAULT_ADDRESS,
) -> None:
    """Print a stored document as JSON: text without personal data, sections, facts, skills with their spans."""
    with service(address) as client:
        print_reply(client.documents.GetDocument(doc.GetDocumentRequest(name=document_name(name))), True, console.print)


@app.command("list", rich_help_panel=DOCUMENTS)
def list_command(
    kind: Annotated[str, typer.Argument(help="candidates, postings or courses")],
    filter_text: Annotated[str, typer.Option("--filter", "-f", help="AIP-160 filter")] = "",
    top: Annotated[int, typer.Option("--top", "-n", min=1, max=1000, help="documents to list")] = 50,
    as_json: AsJson = False,
    address: Address = DEFAULT_ADDRESS,
) -> None:
    """List stored documents of a kind."""
    request = doc.ListDocumentsRequest(kind=kind_number(kind), filter=filter_text, page_size=top)
    with service(address) as client:
        print_reply(client.documents.ListDocuments(request), as_json, lambda r: show.documents(console, r))


@app.command("delete", rich_help_panel=DOCUMENTS)
def delete_command(
    name: Annotated[str, typer.Argument(help="resource name")], address: Address = DEFAULT_ADDRESS
) -> None:
    """Delete a document, its skills and its vectors for good."""
    with service(address) as client:
        client.documents.DeleteDocument(doc.DeleteDocumentRequest(name=document_name(name)))
    console.print(f"deleted {name}")


@skills_app.command("extract")
def extract_command(
    text: Annotated[str, typer.Argument(help="the text, or - for standard input")],
    language: Language = "zh",
    as_json: AsJson = False,
    address: Address = DEFAULT_ADDRESS,
) -> None:
    """Find the skills that a text names: where, how demanded, at which level."""
    request = tax.ExtractSkillsRequest(text=sys.stdin.read() if text == "-" else text, language=language)
    with service(address) as client:
        print_reply(client.taxonomy.ExtractSkills(request), as_json, lambda r: show.mentions(console, r, language))


@skills_app.command("search")
def search_command(
    query: Annotated[str, typer.Argument(help="label or alias in any language, also misspelt")],
    top: Annotated[int, typer.Option("--top", "-n", min=1, max=100, help="skills to return")] = 10,
    as_json: AsJson = False,
    address: Address = DEFAULT_ADDRESS,
) -> None:
    """Search the taxonomy."""
    request = tax.SearchSkillsRequest(query=query, page_size=top)
    with service(address) as client:
        print_reply(client.taxonomy.SearchSkills(request), as_json, lambda r: show.skills(console, r))


@skills_app.command("get")
def skill_command(
    name: Annotated[str, typer.Argument(help="skills/python, or just python")], address: Address = DEFAULT_ADDRESS
) -> None:
    """Print one skill as JSON."""
    request = tax.GetSkillRequest(name=name if name.startswith("skills/") else f"skills/{name}")
    with service(address) as client:
        print_reply(client.taxonomy.GetSkill(request), True, console.print)


@app.command("status", rich_help_panel=SERVICE)
def status_command(as_json: AsJson = False, address: Address = DEFAULT_ADDRESS) -> None:
    """Show what the service holds and which versions answer."""
    with service(address) as client:
        print_reply(client.status.GetStatus(st.GetStatusRequest()), as_json, lambda r: show.status(console, r))
