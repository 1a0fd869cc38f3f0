"""`matcher fairness`: impact ratios of a ranking over groups that the caller supplies.

Enters: a CSV file of people and groups that stays on this machine: the service is asked for the ranking only, and never hears of
groups. Leaves: a table, or JSON. Refused: a file without the columns, a document twice, a document that is not ranked.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from matcher._gen.skillmatch.v1 import document_pb2 as doc
from matcher._gen.skillmatch.v1 import match_pb2 as pb
from matcher.cli.app import DEFAULT_ADDRESS, MATCHES, Address, AsJson, KindOption, app, console, query_of, service
from matcher.match.impact import MIN_GROUP, ImpactReport, impact_ratios
from matcher.serve.client import ServiceClient

MAX_TOP = 200
PAGE = 100


@app.command("fairness", rich_help_panel=MATCHES)
def fairness_command(
    groups: Annotated[Path, typer.Argument(help="CSV: `document,group`, or `group,selected` (0/1) without a query")],
    query: Annotated[str, typer.Option("--query", "-q", help="posting: resource name or path of a file")] = "",
    kind: KindOption = "posting",
    top: Annotated[int, typer.Option("--top", "-n", min=1, max=MAX_TOP, help="who is among so many is selected")] = 20,
    filter_text: Annotated[str, typer.Option("--filter", "-f", help="AIP-160 filter on the candidates")] = "",
    min_group: Annotated[int, typer.Option(min=2, help="groups with fewer members are suppressed")] = MIN_GROUP,
    as_json: AsJson = False,
    address: Address = DEFAULT_ADDRESS,
) -> None:
    """Compare the share selected of each group with the highest (four-fifths rule). Groups are read here and sent nowhere."""
    if query:
        group_of = read_groups(groups)
        with service(address) as client:
            selected = best(client, pb.MatchRequest(query=query_of(query, kind), filter=filter_text), top)
        outcomes = [(group, name in selected) for name, group in group_of.items()]
    else:
        outcomes = read_outcomes(groups)
    report = impact_ratios(outcomes, min_group)
    if as_json:
        console.print_json(json.dumps(as_dict(report), ensure_ascii=False))
    else:
        print_report(report)


def best(client: ServiceClient, request: pb.MatchRequest, top: int) -> set[str]:
    """Names of the candidates ranked first, at most `top`."""
    request.target_kind = doc.KIND_CANDIDATE
    request.omit_evidence = True
    request.page_size = min(top, PAGE)
    names: list[str] = []
    while len(names) < top:
        reply = client.matches.Match(request)
        names += [match.name for match in reply.matches]
        request.page_token = reply.next_page_token
        if not reply.next_page_token:
            break
    return set(names[:top])


def read_groups(path: Path) -> Mapping[str, str]:
    """Resource name of a candidate → group."""
    found: dict[str, str] = {}
    for line, row in _rows(path, {"document", "group"}):
        name = row["document"] if row["document"].startswith("candidates/") else f"candidates/{row['document']}"
        if name in found:
            raise typer.BadParameter(f"{path.name}:{line}: {name} stands there twice")
        found[name] = row["group"]
    return found


def read_outcomes(path: Path) -> list[tuple[str, bool]]:
    """(group, selected) of each line."""
    found = []
    for line, row in _rows(path, {"group", "selected"}):
        if row["selected"] not in ("0", "1"):
            raise typer.BadParameter(f"{path.name}:{line}: selected is 0 or 1")
        found.append((row["group"], row["selected"] == "1"))
    return found


def _rows(path: Path, columns: set[str]) -> list[tuple[int, dict[str, str]]]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"{path} cannot be read: {type(error).__name__}") from error
    reader = csv.DictReader(lines)
    if not columns <= set(reader.fieldnames or ()):
        raise typer.BadParameter(f"{path.name} lacks the columns {', '.join(sorted(columns))}")
    found = []
    for line, row in enumerate(reader, 2):
        cells = {column: (row[column] or "").strip() for column in columns}
        if not all(cells.values()):
            raise typer.BadParameter(f"{path.name}:{line}: {', '.join(sorted(columns))} must all be given")
        found.append((line, cells))
    return found


def as_dict(report: ImpactReport) -> dict[str, object]:
    """The report for programs."""
    return {
        "groups": [
            {
                "group": g.group,
                "members": g.n,
                "selected": g.n_selected,
                "rate": round(g.rate, 6),
                "ratio": None if g.ratio is None else round(g.ratio, 6),
                "below_four_fifths": g.is_below,
                "short": g.n_short,
            }
            for g in report.groups
        ],
        "suppressed": list(report.suppressed),
        "min_group": report.min_group,
    }


def print_report(report: ImpactReport) -> None:
    """The report for people."""
    table = Table("group", "members", "selected", "rate", "ratio to the highest", "four fifths")
    for g in report.groups:
        verdict = f"below, {g.n_short} short" if g.is_below else "kept"
        ratio = "—" if g.ratio is None else f"{g.ratio:.2f}"
        table.add_row(escape(g.group), str(g.n), str(g.n_selected), f"{g.rate:.3f}", ratio, verdict)
    console.print(table)
    if report.suppressed:
        told = escape(", ".join(report.suppressed))
        console.print(f"suppressed, fewer than {report.min_group} members: {told}", highlight=False, soft_wrap=True)
