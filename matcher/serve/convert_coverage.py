"""Coverage answers → proto. One function per message. Absent stays absent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from matcher._gen.skillmatch.v1 import coverage_pb2 as pb
from matcher.domain.coverage import (
    HARD,
    Alignment,
    Cell,
    CourseSet,
    CourseSummary,
    CoveringSets,
    GroupCoverage,
    MissingPrerequisite,
    PostingChange,
    RequirementCoverage,
    RequirementGroup,
    Shortfall,
    TaughtSkill,
    Teaching,
)
from matcher.domain.coverage_answers import (
    ComparedRequirement,
    CourseSimulated,
    Covered,
    PostingCovered,
    ProgrammeAudited,
    ProgrammesCompared,
    ProgrammeStanding,
    Standing,
)
from matcher.domain.match import RequirementStatus
from matcher.domain.skill import Proficiency
from matcher.serve.convert_match import evidence_to, versions_to
from matcher.serve.convert_target import target_requirement_to
from matcher.taxonomy import Taxonomy


class CoverageReplies:
    """Answers → replies, with labels of one taxonomy in one language."""

    def __init__(self, taxonomy: Taxonomy, language: str) -> None:
        self._taxonomy = taxonomy
        self._language = language

    def covered(self, found: PostingCovered) -> pb.CoverPostingResponse:
        """A matrix."""
        return pb.CoverPostingResponse(
            target=target_summary_to(found),
            requirements=self._requirements(found.rows),
            courses=[course_to(c) for c in found.courses],
            groups=groups_to(found.groups),
            sets=sets_to(found.sets),
            course_count=found.n_courses,
            helpful_course_count=found.n_helpful,
            explanation=found.explanation,
            versions=versions_to(found.versions),
        )

    def audited(self, found: ProgrammeAudited) -> pb.AuditProgrammeResponse:
        """An audit."""
        hard = {s: [r for r in found.rows if r.group in HARD and r.status is s] for s in RequirementStatus}
        apart = {g: [r for r in found.rows if r.group is g] for g in RequirementGroup}
        return pb.AuditProgrammeResponse(
            target=target_summary_to(found),
            courses=[course_to(c) for c in found.courses],
            alignment=alignment_to(found.alignment),
            groups=groups_to(found.groups),
            covered=self._requirements(hard[RequirementStatus.COVERED]),
            weakly_covered=self._requirements(hard[RequirementStatus.PARTIAL]),
            untaught=self._requirements(hard[RequirementStatus.MISSING]),
            soft_skills=self._requirements(apart[RequirementGroup.SOFT]),
            certificates=self._requirements(apart[RequirementGroup.CERTIFICATE]),
            undemanded=self._taught(found.undemanded),
            overlaps=self._taught(found.overlaps),
            missing_prerequisites=[self._prerequisite(p) for p in found.missing_prerequisites],
            prerequisite_count=found.n_prerequisites,
            explanation=found.explanation,
            versions=versions_to(found.versions),
        )

    def simulated(self, found: CourseSimulated) -> pb.SimulateCourseResponse:
        """An edit."""
        pairs = list(zip(found.before.rows, found.after.rows, strict=True))
        covered = RequirementStatus.COVERED
        return pb.SimulateCourseResponse(
            target=target_summary_to(found),
            before=standing_to(found.before),
            after=standing_to(found.after),
            requirements=[self._change(was, now) for was, now in pairs],
            newly_covered_skills=[_skill(now) for was, now in pairs if now.status is covered is not was.status],
            lost_skills=[_skill(now) for was, now in pairs if was.status is covered is not now.status],
            newly_covered_postings=[posting_to(c) for c in found.newly_covered],
            lost_postings=[posting_to(c) for c in found.lost],
            covered_from=found.covered_from,
            undefined_posting_count=found.n_undefined,
            explanation=found.explanation,
            versions=versions_to(found.versions),
        )

    def compared(self, found: ProgrammesCompared) -> pb.CompareProgrammesResponse:
        """A comparison."""
        return pb.CompareProgrammesResponse(
            target=target_summary_to(found),
            programmes=[self._programme(p) for p in found.programmes],
            requirements=[self._compared(c) for c in found.requirements],
            shared=self._taught(found.shared),
            explanation=found.explanation,
            versions=versions_to(found.versions),
        )

    def _requirements(self, rows: Iterable[RequirementCoverage]) -> list[pb.RequirementCoverage]:
        return [
            pb.RequirementCoverage(
                requirement=target_requirement_to(row.requirement, self._taxonomy, self._language),
                group=group_name(row.group),
                status=f"REQUIREMENT_STATUS_{row.status.name}",
                credit=row.credit,
                best_course=row.best_course,
                shortfall=shortfall_name(row.shortfall),
                cells=[cell_to(c) for c in row.cells],
            )
            for row in rows
        ]

    def _taught(self, skills: Iterable[TaughtSkill]) -> list[pb.TaughtSkill]:
        return [
            pb.TaughtSkill(
                skill=f"skills/{t.skill_id}",
                label=self._label(t.skill_id),
                kind=f"SKILL_KIND_{t.kind.name}",
                demand_weight=t.demand_weight,
                teaching=[teaching_to(one) for one in t.teaching],
            )
            for t in skills
        ]

    def _prerequisite(self, missing: MissingPrerequisite) -> pb.MissingPrerequisite:
        return pb.MissingPrerequisite(
            course=missing.course,
            status=f"PREREQUISITE_STATUS_{missing.status.name}",
            skill=f"skills/{missing.skill_id}" if missing.skill_id else "",
            label=self._label(missing.skill_id) if missing.skill_id else "",
            text=missing.text,
            level=level_name(missing.level),
            demand_evidence=[evidence_to(e) for e in missing.demand_evidence],
            taught_by=[teaching_to(one) for one in missing.taught_by],
        )

    def _change(self, was: RequirementCoverage, now: RequirementCoverage) -> pb.RequirementChange:
        return pb.RequirementChange(
            requirement=target_requirement_to(now.requirement, self._taxonomy, self._language),
            group=group_name(now.group),
            status_before=f"REQUIREMENT_STATUS_{was.status.name}",
            status_after=f"REQUIREMENT_STATUS_{now.status.name}",
            credit_before=was.credit,
            credit_after=now.credit,
            best_before=cell_to(was.cells[0]) if was.cells else None,
            best_after=cell_to(now.cells[0]) if now.cells else None,
        )

    def _programme(self, standing: ProgrammeStanding) -> pb.ComparedProgramme:
        return pb.ComparedProgramme(
            title=standing.title,
            courses=[course_to(c) for c in standing.courses],
            alignment=alignment_to(standing.alignment),
            groups=groups_to(standing.groups),
            only_here=self._taught(standing.only),
            hours=standing.hours,
            hours_unknown_count=standing.n_hours_unknown,
            hours_per_weight=standing.hours_per_weight,
        )

    def _compared(self, compared: ComparedRequirement) -> pb.ComparedRequirement:
        return pb.ComparedRequirement(
            requirement=target_requirement_to(compared.requirement, self._taxonomy, self._language),
            group=group_name(compared.group),
            programmes=[
                pb.ProgrammeCredit(status=f"REQUIREMENT_STATUS_{status.name}", credit=credit)
                for status, credit in zip(compared.statuses, compared.credits, strict=True)
            ],
        )

    def _label(self, skill_id: str) -> str:
        return self._taxonomy.get(skill_id).label(self._language)


def target_summary_to(found: Covered) -> pb.TargetSummary:
    """Which target was meant."""
    return pb.TargetSummary(
        name=found.target.name,
        title=found.target.title,
        posting_count=found.target.n_postings,
        requirement_count=len(found.target.requirements),
        left_out_count=found.n_left_out,
    )


def course_to(course: CourseSummary) -> pb.CoveringCourse:
    """A course."""
    return pb.CoveringCourse(
        course=course.name,
        title=course.title,
        hours=course.hours,
        term=course.term or 0,
        covered_count=course.n_covered,
        met_weight=course.met_weight,
    )


def cell_to(cell: Cell) -> pb.CoverageCell:
    """One course and one requirement."""
    return pb.CoverageCell(
        course=cell.course,
        status=f"REQUIREMENT_STATUS_{cell.status.name}",
        credit=cell.credit,
        met_by=f"skills/{cell.met_by}",
        level=level_name(cell.level),
        shortfall=shortfall_name(cell.shortfall),
        evidence=[evidence_to(e) for e in cell.evidence],
    )


def groups_to(groups: Sequence[GroupCoverage]) -> list[pb.GroupCoverage]:
    """Groups counted; an undefined coverage stays absent."""
    return [
        pb.GroupCoverage(
            group=group_name(g.group),
            required_count=g.n_required,
            covered_count=g.n_covered,
            partial_count=g.n_partial,
            missing_count=g.n_missing,
            weight=g.weight,
            met_weight=g.met_weight,
            coverage=g.coverage,
        )
        for g in groups
    ]


def sets_to(sets: CoveringSets) -> pb.CoveringSets:
    """The covering sets."""
    return pb.CoveringSets(
        to_cover_count=sets.n_to_cover,
        smallest=course_set_to(sets.exact),
        greedy=course_set_to(sets.greedy),
        is_smallest=sets.is_smallest,
        size_bound=sets.size_bound,
        has_least_hours=sets.has_least_hours,
        solve_s=sets.solve_s,
    )


def course_set_to(chosen: CourseSet) -> pb.CourseSet:
    """A set of courses."""
    return pb.CourseSet(courses=chosen.courses, hours=chosen.hours, hours_unknown_count=chosen.n_hours_unknown)


def alignment_to(alignment: Alignment) -> pb.Alignment:
    """A band with its count; undefined ones stay absent."""
    band = alignment.band
    return pb.Alignment(
        band="ALIGNMENT_BAND_UNSPECIFIED" if band is None else f"ALIGNMENT_BAND_{band.name}",
        without_evidence_count=alignment.n_without_evidence,
        required_count=alignment.n_required,
        share=alignment.share,
    )


def standing_to(standing: Standing) -> pb.CoverageStanding:
    """A programme before or after an edit."""
    return pb.CoverageStanding(
        courses=[course_to(c) for c in standing.courses],
        alignment=alignment_to(standing.alignment),
        groups=groups_to(standing.groups),
        covered_posting_count=standing.n_postings_covered,
    )


def teaching_to(teaching: Teaching) -> pb.Teaching:
    """That a course teaches a skill."""
    return pb.Teaching(
        course=teaching.course, level=level_name(teaching.level), evidence=[evidence_to(e) for e in teaching.evidence]
    )


def posting_to(change: PostingChange) -> pb.PostingChange:
    """A posting that crosses the threshold."""
    return pb.PostingChange(
        posting=change.posting, title=change.title, coverage_before=change.before, coverage_after=change.after
    )


def group_name(group: RequirementGroup) -> str:
    """Wire name of a group."""
    return f"REQUIREMENT_GROUP_{group.name}"


def shortfall_name(shortfall: Shortfall | None) -> str:
    """Wire name of a shortfall."""
    return "SHORTFALL_UNSPECIFIED" if shortfall is None else f"SHORTFALL_{shortfall.name}"


def level_name(level: Proficiency | None) -> str:
    """Wire name of a level; unknown is unspecified."""
    return "PROFICIENCY_UNSPECIFIED" if level is None else f"PROFICIENCY_{level.name}"


def _skill(row: RequirementCoverage) -> str:
    return f"skills/{row.requirement.skill_id}"
