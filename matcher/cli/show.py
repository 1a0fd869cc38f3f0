"""Replies as tables for people. Enters: replies. Leaves: printed text; user text is escaped, so it cannot carry markup."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from matcher._gen.skillmatch.v1 import document_pb2 as doc
from matcher._gen.skillmatch.v1 import match_pb2 as pb
from matcher._gen.skillmatch.v1 import model_pb2 as md
from matcher._gen.skillmatch.v1 import status_pb2 as st
from matcher._gen.skillmatch.v1 import taxonomy_pb2 as tax
from matcher.cli.tables import narrow_table
from matcher.cli.warnings import print_warning
from matcher.cli.words import importance_word, level_word, word


def matches(console: Console, reply: pb.MatchResponse, language: str = "en") -> None:
    """Ranked documents, each with its explanation."""
    for warning in reply.warnings:
        print_warning(console, warning, language)
    if reply.HasField("query_truncation"):
        cut = reply.query_truncation
        console.print(
            f"[yellow]not read by the model: {cut.characters_left_out} of {cut.characters} characters, "
            f"{cut.tokens_left_out} of {cut.tokens} tokens[/yellow]",
            highlight=False,
        )
    if not reply.matches:
        console.print(f"no match ({reply.filtered_size} documents passed the filter)")
    if reply.HasField("filter_report"):
        filter_report(console, reply.filter_report, language)
    for match in reply.matches:
        title = escape(match.title or "—")
        console.print(
            f"[bold]{match.rank}. {escape(match.name)}[/bold]  {title}  [cyan]{match.score:.3f}[/cyan]", soft_wrap=True
        )
        if match.repeats:
            told = ", ".join(f"{r.name} ({r.similarity:.2f})" for r in match.repeats)
            console.print(f"repeated by {escape(told)}", highlight=False, soft_wrap=True)
        if match.explanation:
            console.print(escape(match.explanation), highlight=False, soft_wrap=True)
        for warning in match.warnings:
            print_warning(console, warning, language)
    v = reply.versions
    console.print(
        f"[dim]{v.model} · {v.taxonomy} · {v.weights} · index revision {v.index_revision}[/dim]",
        highlight=False,
        soft_wrap=True,
    )


def filter_report(console: Console, report: pb.FilterReport, language: str = "en") -> None:
    """Why a filter leaves nothing, condition by condition."""
    heads = ("condition", "pass it", "pass all others", "would let some pass")
    table = narrow_table(language, *heads, wraps=("condition", "would let some pass"))
    for clause in report.clauses:
        loosened = f"{escape(clause.loosened)} ({clause.passing_loosened})" if clause.loosened else ""
        table.add_row(escape(clause.text), str(clause.passing_alone), str(clause.passing_without), loosened)
    console.print(table)


def explained(console: Console, reply: pb.ExplainResponse, language: str = "en") -> None:
    """One pair, requirement by requirement."""
    match = reply.match
    console.print(
        f"[bold]{escape(match.name or 'inline document')}[/bold]  {escape(match.title)}  [cyan]{match.score:.3f}[/cyan]",
        soft_wrap=True,
    )
    heads = ("requirement", "need", "status", "credit", "demanded as", "shown as")
    table = narrow_table(language, *heads, wraps=("requirement", "demanded as", "shown as"))
    for r in match.requirements:
        table.add_row(
            escape(r.label),
            importance_word(r.importance, language),
            word(pb.RequirementStatus.Name(r.status).removeprefix("REQUIREMENT_STATUS_").lower(), language),
            f"{r.credit:.2f}",
            _quotes(r.demand_evidence),
            _quotes(r.supply_evidence),
        )
    console.print(table)
    console.print(escape(match.explanation), highlight=False, soft_wrap=True)


def mentions(console: Console, reply: tax.ExtractSkillsResponse, language: str = "en") -> None:
    """Skills found in a text."""
    notes = [_notes(m) for m in reply.mentions]
    columns = ["skill", "label", "text", "span", "need", "level", "confidence"]
    columns += ["notes"] if any(notes) else []
    table = narrow_table(language, *columns, wraps=("label", "text", "notes"))
    for m, note in zip(reply.mentions, notes, strict=True):
        table.add_row(
            m.skill.removeprefix("skills/"),
            escape(m.label),
            escape(m.surface),
            f"{m.start}-{m.end}",
            importance_word(m.importance, language),
            level_word(m.level, language),
            f"{m.confidence:.2f}",
            *([note] if any(notes) else []),
        )
    console.print(table)
    if reply.unlinked_phrases:
        console.print("in no taxonomy: " + ", ".join(f"{escape(p.surface)} @{p.start}" for p in reply.unlinked_phrases))
    for rung in reply.rungs:
        ladder = tax.Ladder.Name(rung.ladder).removeprefix("LADDER_").lower()
        console.print(
            f"{escape(rung.surface)} @{rung.start}: {ladder} {escape(rung.firm)} {rung.rung}".replace("  ", " ")
        )


def _notes(mention: tax.SkillMention) -> str:
    """Years, version, rank and way of finding, where there are any."""
    notes = [f"{mention.years:g} years"] if mention.HasField("years") else []
    if mention.version:
        notes.append(f"version {escape(mention.version)}")
    if mention.rank:
        notes.append(tax.Rank.Name(mention.rank).removeprefix("RANK_").lower())
    if mention.found_by == tax.FOUND_BY_LINKED:
        notes.append("by meaning")
    if mention.implied_by:
        notes.append(f"implied by {mention.implied_by}")
    if mention.wished:
        notes.append("wished for")
    return ", ".join(notes)


def skills(console: Console, reply: tax.SearchSkillsResponse) -> None:
    """Skills of the taxonomy."""
    table = narrow_table("en", "skill", "labels", "field", "score", wraps=["labels"])
    for result in reply.results:
        labels = " / ".join(label.text for label in result.skill.labels)
        table.add_row(
            result.skill.name.removeprefix("skills/"), escape(labels), result.skill.field, f"{result.score:.2f}"
        )
    console.print(table)


def documents(console: Console, reply: doc.ListDocumentsResponse) -> None:
    """Stored documents."""
    table = narrow_table("en", "name", "title", "about", wraps=["title", "about"])
    for d in reply.documents:
        education = doc.EducationLevel.Name(d.facts.education).removeprefix("EDUCATION_LEVEL_").lower()
        about = (" ".join(d.languages), d.facts.region, education if d.facts.education else "")
        table.add_row(d.name, escape(d.title), escape(", ".join(fact for fact in about if fact)))
    console.print(table)
    console.print(f"{len(reply.documents)} of {reply.total_size}")


def status(console: Console, reply: st.GetStatusResponse) -> None:
    """What the service holds."""
    v = reply.versions
    table = Table("what", "value", show_header=False)
    table.add_row("service", reply.service_version)
    table.add_row("model", f"{v.model}, {reply.dimension} dimensions")
    table.add_row("taxonomy", f"{v.taxonomy}, {reply.skill_count} skills")
    table.add_row("weights", v.weights)
    table.add_row("index revision", str(v.index_revision))
    for kind in reply.kinds:
        name = doc.Kind.Name(kind.kind).removeprefix("KIND_").lower() + "s"
        table.add_row(name, f"{kind.document_count} ({escape(kind.index)})")
    if reply.HasField("model_swap"):
        swap = reply.model_swap
        phase = md.SwapPhase.Name(swap.phase).removeprefix("SWAP_PHASE_").lower()
        told = f": {swap.error}" if swap.error else ""
        counted = f"{swap.embedded_count} of {swap.document_count} documents, {swap.elapsed_s:.0f} s"
        table.add_row("model swap", escape(f"to {swap.model}: {phase}, {counted}{told}"))
    table.add_row("up", f"{reply.uptime_s:.0f} s")
    table.add_row("resident memory", f"{reply.resident_bytes / 2**20:.0f} MiB")
    console.print(table)


def _quotes(evidence: object) -> str:
    return escape("\n".join(f"“{e.quote}” @{e.start}" for e in evidence))  # type: ignore[attr-defined]
