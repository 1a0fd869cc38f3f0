"""How bundles, completions and growth are printed for people. Text of documents is escaped: it may look like rich markup."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from matcher._gen.skillmatch.v1 import credential_pb2 as pb
from matcher._gen.skillmatch.v1 import match_pb2
from matcher._gen.skillmatch.v1 import taxonomy_pb2 as tax
from matcher.cli.tables import narrow_table

MAX_SKILLS = 15


def design(console: Console, reply: pb.DesignCredentialResponse) -> None:
    """A draft with its proof."""
    bundle(console, reply.bundle)
    solution = reply.solution
    unit = "covered demand" if solution.goal == pb.BUNDLE_GOAL_COVERED else "covered demand per hour"
    proof = "proven best" if solution.optimal else f"bound {solution.bound:.6f}"
    _line(
        console, f"{unit}: {solution.value:.6f}, {proof}, of {solution.course_count} courses, {solution.solve_s:.2f} s"
    )
    table = narrow_table("en", "bundle", "covered", "hours", "per hour", "courses")
    for label, score in (("found", reply.found), ("greedy", reply.greedy), ("compared", reply.compared)):
        if score.courses:
            names = " ".join(name.removeprefix("courses/") for name in score.courses)
            row = (label, f"{score.covered:.4f}", f"{score.hours:g}", f"{score.covered_per_hour:.6f}", names)
            table.add_row(*row)
    console.print(table)
    _overlaps(console, reply.overlaps)
    for reason in sorted({out.reason for out in reply.left_out}):
        names = " ".join(o.course.removeprefix("courses/") for o in reply.left_out if o.reason == reason)
        _line(console, f"left out, {reason}: {names}")


def view(console: Console, shown: pb.CredentialView) -> None:
    """A stored bundle."""
    _line(console, shown.credential.name)
    bundle(console, shown.bundle)
    _overlaps(console, shown.overlaps)
    for warning in shown.warnings:
        console.print(f"[yellow]{escape(warning.code)}: {escape(warning.detail)}[/yellow]", soft_wrap=True)


def bundle(console: Console, shown: pb.Bundle) -> None:
    """What a set of courses comes to."""
    practice = f", {shown.practice_share:.0%} practice" if shown.HasField("practice_share") else ""
    covered = f", covers {shown.covered:.0%} of {shown.posting_count} postings" if shown.HasField("covered") else ""
    console.print(f"[bold]{escape(shown.title)}[/bold]", highlight=False, soft_wrap=True)
    _line(console, f"{shown.hours:g} hours, {shown.credits:g} credits{practice}{covered}")
    for occupation in shown.occupations:
        label = occupation.label or "(no occupation found)"
        _line(console, f"  · {label} ({occupation.posting_count}): {'; '.join(occupation.titles)}")
    table = narrow_table(
        "en", "", "course", "hours", "credits", "adds", "after", "assessment", wraps=["course", "assessment"]
    )
    for number, course in enumerate(shown.courses, start=1):
        table.add_row(
            str(number),
            escape(course.title or f"{course.course} (deleted)"),
            f"{course.hours:g}" if course.HasField("hours") else "—",
            f"{course.credits:g}" if course.HasField("credits") else "—",
            f"{course.adds:.3f}" if course.HasField("adds") else "—",
            escape(" ".join(name.removeprefix("courses/") for name in course.after)),
            escape("; ".join(evidence.quote for evidence in course.assessment)),
        )
    console.print(table)
    _skills(console, shown)


def _skills(console: Console, shown: pb.Bundle) -> None:
    demanded = [s for s in shown.skills if s.status]
    for status, title in (
        (match_pb2.REQUIREMENT_STATUS_COVERED, "covered"),
        (match_pb2.REQUIREMENT_STATUS_PARTIAL, "partly covered"),
    ):
        found = [s.label for s in demanded if s.status == status]
        if found:
            _line(console, f"{title} ({len(found)}): {_cut(found)}")
    missing = [s for s in demanded if s.status == match_pb2.REQUIREMENT_STATUS_MISSING]
    elsewhere = [s.label for s in missing if s.taught_elsewhere]
    certificates = [s.label for s in missing if s.kind == tax.SKILL_KIND_CERTIFICATE]
    nowhere = [s.label for s in missing if not s.taught_elsewhere and s.label not in certificates]
    if elsewhere:
        _line(console, f"taught by other courses ({len(elsewhere)}): {_cut(elsewhere)}")
    if nowhere:
        _line(console, f"no course covers this ({len(nowhere)}): {_cut(nowhere)}")
    if certificates:
        _line(console, f"earned by examination, not by a course ({len(certificates)}): {_cut(certificates)}")


def listing(console: Console, reply: pb.ListCredentialsResponse) -> None:
    """Stored bundles."""
    table = Table("credential", "title", "courses")
    for credential in reply.credentials:
        names = " ".join(name.removeprefix("courses/") for name in credential.courses)
        table.add_row(credential.name, escape(credential.title), names)
    console.print(table)
    console.print(f"{len(reply.credentials)} of {reply.total_size}")


def steps(console: Console, reply: pb.StackCredentialsResponse) -> None:
    """What is left of each bundle."""
    table = Table("credential", "title", "completed", "left", "hours left")
    for step in reply.steps:
        done = " ".join(name.removeprefix("courses/") for name in step.completed_courses)
        left = "held" if step.held else " ".join(name.removeprefix("courses/") for name in step.courses_left)
        table.add_row(step.credential, escape(step.title), done, left, f"{step.hours_left:g}")
    console.print(table)


def completion(console: Console, shown: pb.CompletionView) -> None:
    """A completion with what it proves."""
    done = shown.completion
    verified = f", verified by {done.verified_by}" if done.verified_by else ""
    _line(console, f"{_day(done)} {done.subject}{verified} ({done.name.rpartition('/')[2]})")
    told = [f"{s.label} {_level(s.level)}".strip() for s in shown.proved_skills]
    _line(console, f"  proves {len(told)} skills: {_cut(told)}")
    for warning in shown.warnings:
        console.print(f"[yellow]{escape(warning.code)}: {escape(warning.detail)}[/yellow]", soft_wrap=True)


def completions(console: Console, reply: pb.ListCompletionsResponse) -> None:
    """What a candidate completed."""
    for shown in reply.completions:
        completion(console, shown)
    console.print(f"{len(reply.completions)} completions")


def growth(console: Console, reply: pb.GetGrowthResponse) -> None:
    """A growth file."""
    table = Table("after", "open weight", "coverage", "brought further")
    for point in reply.points:
        after = f"{_day(point.completion)} {point.completion.subject}" if point.HasField("completion") else "start"
        coverage = f"{point.coverage:.1%}" if point.HasField("coverage") else "—"
        gained = [f"{s.label} {s.credit_before:.0%} → {s.credit_after:.0%}" for s in point.steps]
        table.add_row(after, f"{point.open_weight:.2f}", coverage, escape(_cut(gained)))
    console.print(table)
    _line(console, f"all weight {reply.weight:.2f}")


def _overlaps(console: Console, overlaps: Iterable[pb.BundleOverlap]) -> None:
    for overlap in overlaps:
        shared = " ".join(name.removeprefix("courses/") for name in overlap.shared_courses) or "no course"
        _line(
            console,
            f"shares with {overlap.credential} ({overlap.title}): {shared}; {len(overlap.shared_skills)} skills",
        )


def _cut(items: list[str]) -> str:
    more = f"; … {len(items) - MAX_SKILLS} more" if len(items) > MAX_SKILLS else ""
    return "; ".join(items[:MAX_SKILLS]) + more


def _level(level: tax.Proficiency) -> str:
    return f"({tax.Proficiency.Name(level).removeprefix('PROFICIENCY_').lower()})" if level else ""


def _day(done: pb.Completion) -> str:
    day = done.completed_on
    return f"{day.year:04}-{day.month:02}-{day.day:02}"


def _line(console: Console, text: str) -> None:
    console.print(escape(text), highlight=False, soft_wrap=True)
