"""The filing sheet (备案表) of a bundle as plain blocks, for any writer.

Enters: a bundle to file and a language. Leaves: headings, tables and lists with raw text; a writer escapes for its own format. What
a syllabus or posting does not say is shown as "—".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matcher.domain.bundle import BundleCourse, BundleSkill
from matcher.domain.match import Evidence, RequirementStatus
from matcher.domain.skill import Proficiency, SkillKind
from matcher.plan.export.record import FiledBundle
from matcher.plan.export.sheet_words import DELIVERIES, IMPORTANCES, LEVELS, STATUSES, WORDS

MAX_DEMAND_QUOTES = 40
"""Skills quoted from postings in section 7, heaviest first; the table of section 3 names all."""


@dataclass(frozen=True, slots=True)
class Heading:
    """Title of a section."""

    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; every row has as many cells as the header."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str


Block = Heading | Grid | Items | Paragraph


@dataclass(frozen=True, slots=True)
class Sheet:
    """A filing sheet, to be written from top to bottom."""

    title: str
    blocks: tuple[Block, ...]


def filing_sheet(filed: FiledBundle, language: str) -> Sheet:
    """The sheet of a bundle in `zh` or `en`."""
    return _Writer(filed, language).sheet()


class _Writer:
    def __init__(self, filed: FiledBundle, language: str) -> None:
        self._filed = filed
        self._bundle = filed.bundle
        self._language = language
        self._words = WORDS[language]
        self._title_by_course = {c.name: c.title or c.name for c in filed.bundle.courses}

    def sheet(self) -> Sheet:
        w = self._words
        demanded = [s for s in self._bundle.skills if s.status is not None]
        also = [s for s in self._bundle.skills if s.status is None]
        taught = [s for s in demanded if s.status is not RequirementStatus.MISSING]
        blocks: list[Block] = [Heading(w["basics"]), self._basics()]
        if self._bundle.occupations:
            blocks += [Heading(w["occupations"]), self._occupations()]
        blocks += [Heading(w["skills"]), self._skills(taught)]
        if also:
            names = w["separator"].join(self._label(s.labels) for s in also)
            blocks.append(Paragraph(f"{w['also']}: {names}"))
        blocks += [Heading(w["course_table"]), self._courses(), Heading(w["order"]), self._order()]
        blocks += [Heading(w["assessment"]), self._assessment()]
        quoted = [s for s in demanded if s.demand_evidence]
        if quoted:
            blocks += [Heading(w["demand"]), self._demand(quoted)]
        if demanded:
            blocks += [Heading(w["residual"]), *self._residual(demanded)]
        blocks += [Heading(w["notes"]), Paragraph(w["note"])]
        return Sheet(f"{self._bundle.title} — {w['form']}", tuple(blocks))

    def _basics(self) -> Grid:
        b, w = self._bundle, self._words
        rows = [(w["name"], b.title)]
        rows += [(w["id"], self._filed.name)] if self._filed.name else []
        rows += [(w["issuer"], self._filed.issuer)] if self._filed.issuer else []
        rows += [
            (w["courses"], str(len(b.courses))),
            (w["hours"], _number(b.hours)),
            (w["credits"], _number(b.credits)),
            (w["practice"], self._percent(b.practice_share)),
        ]
        if b.covered is not None:
            per_hour = b.covered / b.hours if b.hours else None
            rows += [
                (w["cohort"], str(b.n_postings)),
                (w["covered"], self._percent(b.covered)),
                (w["per_hour"], w["unknown"] if per_hour is None else f"{per_hour:.6f}"),
            ]
        rows += [(w["summary"], b.summary)] if b.summary else []
        rows += [
            (w["taxonomy"], self._filed.taxonomy),
            (w["computed"], self._filed.time.isoformat(timespec="seconds")),
        ]
        return Grid(("", ""), tuple(rows))

    def _occupations(self) -> Grid:
        w = self._words
        rows = tuple(
            (
                self._label(o.labels) if o.labels else w["unresolved"],
                str(o.n_postings),
                w["separator"].join(o.titles),
            )
            for o in self._bundle.occupations
        )
        return Grid((w["occupation"], w["postings"], w["titles"]), rows)

    def _skills(self, skills: Sequence[BundleSkill]) -> Grid:
        w, language = self._words, self._language
        header = (w["skill"], w["importance"], w["asked"], w["taught"], w["status"], w["share"], w["by"])
        rows = tuple(
            (
                self._label(s.labels),
                IMPORTANCES[language][s.importance] if s.importance else w["unknown"],
                self._level(s.asked_level),
                self._level(s.taught_level),
                STATUSES[language][s.status] if s.status else w["unknown"],
                self._percent(s.demand_share),
                self._title_by_course.get(s.course, s.course),
            )
            for s in skills
        )
        return Grid(header, rows)

    def _courses(self) -> Grid:
        w = self._words
        header = ("number", "course", "course_hours", "course_credits", "course_practice", "delivery")
        rows = tuple(
            (
                str(number),
                self._course_title(course),
                _number(course.hours),
                _number(course.credits),
                self._percent(course.practice_share),
                DELIVERIES[self._language][course.delivery] if course.delivery else w["unknown"],
            )
            for number, course in enumerate(self._bundle.courses, start=1)
        )
        return Grid(tuple(w[key] for key in header), rows)

    def _course_title(self, course: BundleCourse) -> str:
        if course.stored:
            return course.title or course.name
        return f"{course.name} ({self._words['deleted']})"

    def _order(self) -> Grid:
        w = self._words
        rows = tuple(
            (
                str(number),
                self._course_title(course),
                w["separator"].join(self._title_by_course[c] for c in course.after) or w["none"],
                w["separator"].join(course.entry) or w["none"],
            )
            for number, course in enumerate(self._bundle.courses, start=1)
        )
        return Grid((w["number"], w["course"], w["after"], w["entry"]), rows)

    def _assessment(self) -> Items:
        w = self._words
        return Items(
            tuple(
                f"{self._course_title(course)}: "
                + (w["separator"].join(_quoted(e.quote) for e in course.assessment) or w["no_assessment"])
                for course in self._bundle.courses
            )
        )

    def _demand(self, skills: Sequence[BundleSkill]) -> Items:
        return Items(
            tuple(
                f"{self._label(s.labels)} ({self._percent(s.demand_share)}): "
                + self._words["separator"].join(_cited(e) for e in s.demand_evidence)
                for s in skills[:MAX_DEMAND_QUOTES]
            )
        )

    def _residual(self, demanded: Sequence[BundleSkill]) -> list[Block]:
        w = self._words
        open_skills = [s for s in demanded if s.status is not RequirementStatus.COVERED]
        if not open_skills:
            return [Paragraph(w["no_residual"])]
        rows = tuple(
            (
                self._label(s.labels),
                self._level(s.asked_level),
                self._percent(s.demand_share),
                STATUSES[self._language][s.status] if s.status else w["unknown"],
                f"{w['elsewhere']}: {w['separator'].join(s.taught_elsewhere)}"
                if s.taught_elsewhere
                else w["no_course"],
            )
            for s in open_skills
        )
        return [Grid((w["skill"], w["asked"], w["share"], w["status"], w["summary"]), rows)]

    def _remedy(self, skill: BundleSkill) -> str:
        """Which stored courses would cover a skill better."""
        w = self._words
        if skill.kind is SkillKind.CERTIFICATE:
            return w["certificate"]
        if skill.taught_elsewhere:
            return f"{w['elsewhere']}: {w['separator'].join(skill.taught_elsewhere)}"
        return w["no_course"] if skill.status is RequirementStatus.MISSING else w["no_better"]

    def _label(self, labels: Mapping[str, str]) -> str:
        return labels.get(self._language) or labels.get("en") or next(iter(labels.values()), self._words["unknown"])

    def _level(self, level: Proficiency | None) -> str:
        return LEVELS[self._language][level] if level else self._words["unknown"]

    def _percent(self, share: float | None) -> str:
        return self._words["unknown"] if share is None else f"{share:.0%}"


def _number(value: float | None) -> str:
    return "—" if value is None else f"{value:g}"


def _quoted(text: str) -> str:
    return f"“{text}”"


def _cited(evidence: Evidence) -> str:
    return f"“{evidence.sentence or evidence.quote}” [{evidence.document}]"
