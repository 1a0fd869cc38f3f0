"""Coverage → a short text in Chinese or English. Every word comes from the structured answer; nothing is added.

Enters: what a coverage journey found. Leaves: the text. Refuses: no other language than those of `coverage_words`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from matcher.domain.coverage import (
    HARD,
    Alignment,
    CourseSet,
    CourseSummary,
    GroupCoverage,
    MissingPrerequisite,
    PostingChange,
    RequirementCoverage,
    TaughtSkill,
)
from matcher.domain.coverage_answers import (
    CourseSimulated,
    Covered,
    PostingCovered,
    ProgrammeAudited,
    ProgrammesCompared,
    ProgrammeStanding,
    Standing,
)
from matcher.domain.match import RequirementStatus
from matcher.domain.target import TargetSource
from matcher.plan.coverage_words import Label, Words, text

COVERED, PARTIAL, MISSING = RequirementStatus.COVERED, RequirementStatus.PARTIAL, RequirementStatus.MISSING


def cover_text(found: PostingCovered, label: Label, language: str) -> str:
    """Coverage by group, the covering sets, what is covered in part, and what no course covers."""
    say = Words(label, language)
    missing = [say.skill(r.requirement.skill_id, r.requirement.level) for r in found.rows if r.status is MISSING]
    return text(
        _target(say, found),
        say("pool", n=found.n_courses, helpful=found.n_helpful),
        *_groups(say, found.groups),
        _sets(say, found),
        say.listed("partial", [_row(say, r) for r in found.rows if r.status is PARTIAL]),
        say.listed("uncovered", missing, inline=True),
    )


def audit_text(found: ProgrammeAudited, label: Label, language: str) -> str:
    """The band with its count, then what is covered, weak, untaught, undemanded, taught twice, and missing before."""
    say = Words(label, language)
    hard = [r for r in found.rows if r.group in HARD]
    not_shown = [say.skill(r.requirement.skill_id) for r in found.rows if r.group not in HARD and r.status is MISSING]
    return text(
        _programme(say, found.title or say("unnamed"), found.courses),
        _target(say, found),
        _alignment(say, found.alignment),
        *_groups(say, found.groups),
        say.listed("covered", [_row(say, r) for r in hard if r.status is COVERED]),
        say.listed("partial", [_row(say, r) for r in hard if r.status is PARTIAL]),
        say.listed("untaught", [_demanded(say, r) for r in hard if r.status is MISSING]),
        say.listed("apart", not_shown, inline=True),
        say.listed("undemanded", [say.skill(t.skill_id) for t in found.undemanded], inline=True),
        say.listed("overlaps", [_taught(say, t) for t in found.overlaps]),
        say.listed("prerequisites", [_prerequisite(say, p) for p in found.missing_prerequisites]),
    )


def simulate_text(found: CourseSimulated, label: Label, language: str) -> str:
    """Coverage before and after, requirements gained and lost, and postings that cross the threshold."""
    say = Words(label, language)
    pairs = list(zip(found.before.rows, found.after.rows, strict=True))
    gained = [_credit_change(say, was, now) for was, now in pairs if now.credit > was.credit]
    lost = [_credit_change(say, was, now) for was, now in pairs if now.credit < was.credit]
    return text(
        _target(say, found),
        *_groups_changed(say, found.before, found.after),
        _alignment_changed(say, found.before.alignment, found.after.alignment),
        say.listed("gained", gained) or say("gained_none"),
        say.listed("lost", lost),
        _postings(say, found),
        say.listed("newly", [_crossing(say, c) for c in found.newly_covered]),
        say.listed("no_longer", [_crossing(say, c) for c in found.lost]),
    )


def compare_text(found: ProgrammesCompared, label: Label, language: str) -> str:
    """Each programme with coverage, band, hours and what only it teaches, then what all teach."""
    say = Words(label, language)
    parts = [_target(say, found)]
    for number, programme in enumerate(found.programmes, 1):
        parts += [
            _programme(say, programme.title or say("numbered", n=number), programme.courses),
            _alignment(say, programme.alignment),
            *_groups(say, programme.groups),
            _hours_per_weight(say, programme),
            say.listed("only", [_starred(say, t) for t in programme.only], inline=True),
        ]
    return text(*parts, say.listed("shared", [_starred(say, t) for t in found.shared], inline=True))


def _target(say: Words, found: Covered) -> str:
    target = found.target
    phrase, untitled = {
        TargetSource.POSTING: ("of_posting", "untitled"),
        TargetSource.COHORT: ("of_cohort", "all_postings"),
        TargetSource.OCCUPATION: ("of_occupation", "untitled"),
    }[target.source]
    return say(
        phrase,
        title=target.title or target.name or say(untitled),
        n_postings=target.n_postings,
        n=len(target.requirements),
        left_out=say("left_out", n=found.n_left_out) if found.n_left_out else "",
    )


def _groups(say: Words, groups: Iterable[GroupCoverage]) -> list[str]:
    counted = [
        say(
            "group",
            group=say(g.group.value),
            coverage=say.share(g.coverage),
            n=g.n_required,
            covered=g.n_covered,
            partial=g.n_partial,
            missing=g.n_missing,
        )
        for g in groups
        if g.n_required
    ]
    return counted or [say("nothing_required")]


def _groups_changed(say: Words, before: Standing, after: Standing) -> list[str]:
    return [
        say("change", what=say(was.group.value), before=say.share(was.coverage), after=say.share(now.coverage))
        for was, now in zip(before.groups, after.groups, strict=True)
        if was.n_required
    ] or [say("nothing_required")]


def _sets(say: Words, found: PostingCovered) -> str:
    sets = found.sets
    if not sets.n_to_cover:
        return say("no_set")
    proof = say("proven") if sets.is_smallest else say("bound", bound=sets.size_bound)
    proof += say("least_hours") if sets.has_least_hours else ""
    exact = say("exact", n=sets.n_to_cover, set=_course_set(say, sets.exact, found.courses), proof=proof)
    return text(exact, say("greedy", set=_course_set(say, sets.greedy, found.courses)))


def _course_set(say: Words, chosen: CourseSet, courses: Iterable[CourseSummary]) -> str:
    title_by_name = {c.name: c.title for c in courses}
    titles = say.joined(title_by_name[name] or name for name in chosen.courses)
    return say("set", n=chosen.size, hours=say.hours(chosen.hours, chosen.n_hours_unknown), titles=titles)


def _programme(say: Words, title: str, courses: Sequence[CourseSummary]) -> str:
    known = [c.hours for c in courses if c.hours is not None]
    hours = say.hours(sum(known), len(courses) - len(known))
    return say("programme", title=title, n=len(courses), hours=hours)


def _alignment(say: Words, alignment: Alignment) -> str:
    if alignment.band is None:
        return say("no_band")
    return say(
        "band",
        band=say(alignment.band.value),
        without=alignment.n_without_evidence,
        required=alignment.n_required,
        share=say.share(alignment.share),
    )


def _alignment_changed(say: Words, before: Alignment, after: Alignment) -> str:
    return text(_alignment(say, before), "" if before == after else "→ " + _alignment(say, after))


def _row(say: Words, row: RequirementCoverage) -> str:
    """A requirement with the sentences that prove it on both sides, by the best of the courses shown."""
    requirement = row.requirement
    skill = say.skill(requirement.skill_id, requirement.level)
    if not row.cells:
        return skill
    cell = row.cells[0]
    why = (
        say(
            cell.shortfall.value,
            met_by=say.skill(cell.met_by),
            level=say.level(cell.level),
            credit=f"{cell.credit:.0%}",
        )
        if cell.shortfall
        else ""
    )
    demand, supply = say.quote(requirement.evidence), say.quote(cell.evidence)
    return say("row", skill=skill, why=why, demand=demand, course=cell.course, supply=supply)


def _demanded(say: Words, row: RequirementCoverage) -> str:
    requirement = row.requirement
    return say(
        "demanded",
        skill=say.skill(requirement.skill_id, requirement.level),
        importance=say(requirement.importance.value),
        share=say.share(requirement.demand_share),
        weight=f"{requirement.weight:.3f}",
        demand=say.quote(requirement.evidence),
    )


def _taught(say: Words, skill: TaughtSkill) -> str:
    courses = say.joined(say.course(t.course, t.level) for t in skill.teaching)
    return say("taught", skill=say.skill(skill.skill_id), courses=courses)


def _starred(say: Words, skill: TaughtSkill) -> str:
    return say.skill(skill.skill_id) + ("*" if skill.demand_weight else "")


def _prerequisite(say: Words, missing: MissingPrerequisite) -> str:
    return say(
        missing.status.value,
        course=missing.course,
        skill=say.skill(missing.skill_id, missing.level) if missing.skill_id else "",
        text=missing.text,
        by=say.joined(say.course(t.course, t.level) for t in missing.taught_by),
    )


def _credit_change(say: Words, was: RequirementCoverage, now: RequirementCoverage) -> str:
    requirement = now.requirement
    skill = say.skill(requirement.skill_id, requirement.level)
    return say("change", what=skill, before=f"{was.credit:.2f}", after=f"{now.credit:.2f}")


def _postings(say: Words, found: CourseSimulated) -> str:
    if not found.n_postings:
        return say("no_postings")
    return say(
        "postings",
        threshold=say.share(found.covered_from),
        before=found.before.n_postings_covered,
        after=found.after.n_postings_covered,
        n=found.n_postings,
        undefined=found.n_undefined,
    )


def _crossing(say: Words, change: PostingChange) -> str:
    what = " ".join(part for part in (change.posting, change.title) if part) or say("untitled")
    return say("change", what=what, before=say.share(change.before), after=say.share(change.after))


def _hours_per_weight(say: Words, programme: ProgrammeStanding) -> str:
    if programme.hours_per_weight is None:
        return say("no_per_weight")
    return say("per_weight", hours=f"{programme.hours_per_weight:.1f}")
