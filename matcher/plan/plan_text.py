"""A plan → a short text in Chinese or English. Every word and number comes from the structured outcome; nothing is added.

Enters: a `PlanOutcome`. Leaves: the text: what is proven, the courses term by term with what each closes and the sentence that says
so, what stays open, other plans, courses left out, limits in conflict. Refuses: no other language than `LANGUAGES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import groupby

from matcher.domain.plan import (
    Contribution,
    LeftOut,
    LeftOutReason,
    Objective,
    ObjectiveValue,
    Plan,
    PlannedCourse,
    PlanOutcome,
    Residual,
    ResidualReason,
)
from matcher.errors import InvalidRequest
from matcher.plan.plan_words import LIMIT_WORDS, WORDS

LANGUAGES = ("zh", "en")
BULLET = "\n  · "
MAX_RESIDUALS = 15  # per reason; a cohort asks for hundreds of skills
Label = Callable[[str], str]


def plan_text(outcome: PlanOutcome, label: Label, titles: Mapping[str, str], language: str) -> str:
    """The rendering of an outcome.

    Args:
        outcome: what was planned.
        label: skill id → label.
        titles: resource name → title of the courses named.
        language: `zh` or `en`.

    Raises:
        InvalidRequest: `language` is none of `LANGUAGES`.
    """
    if language not in LANGUAGES:
        raise InvalidRequest("plans are rendered in zh or en", field="language", limit="zh, en")
    return _Writer(outcome, label, titles, language).text()


class _Writer:
    def __init__(self, outcome: PlanOutcome, label: Label, titles: Mapping[str, str], language: str) -> None:
        self._outcome = outcome
        self._label = label
        self._titles = titles
        self._language = language
        self._words = WORDS[language]

    def text(self) -> str:
        """The whole text."""
        outcome = self._outcome
        lines = [self._head()]
        if outcome.plan is not None:
            lines += self._terms(outcome.plan)
        lines += self._residuals()
        for number, plan in enumerate(outcome.alternatives, 1):
            values = self._join(self._value(v) for v in plan.objectives)
            names = self._join(self._name(p.course.name) for p in plan.courses)
            lines.append(self._words["alternative"].format(number=number, values=values, courses=names))
        if outcome.left_out:
            items = "".join(BULLET + self._left_out(c) for c in outcome.left_out)
            lines.append(self._words["left_out"].format(items=items))
        return "\n".join(lines)

    def _head(self) -> str:
        outcome, words = self._outcome, self._words
        if outcome.plan is None:
            limits = self._limits(outcome.conflict)
            return words[outcome.status].format(limits=limits)
        plan = outcome.plan
        if not plan.courses:
            return words["empty"]
        values = self._join(self._value(v) for v in plan.objectives)
        n, unknown_hours, unknown_cost = len(plan.courses), plan.n_unknown_hours, plan.n_unknown_cost
        sums = [words["one_course" if n == 1 else "n_courses"].format(n=n)]
        sums.append(words["no_hours"] if unknown_hours == n else words["hours"].format(hours=plan.hours))
        if 0 < unknown_hours < n:
            sums.append(words["unknown_hours"].format(n=unknown_hours))
        sums.append(words["no_cost"] if unknown_cost == n else words["cost"].format(cost=plan.cost_fen / 100))
        if 0 < unknown_cost < n:
            sums.append(words["unknown_cost"].format(n=unknown_cost))
        sums.append(words["closed"].format(closed=plan.closed_weight))
        return words[outcome.status].format(values=values) + "\n" + self._join(sums)

    def _value(self, value: ObjectiveValue) -> str:
        scale = 0.01 if value.objective is Objective.LEAST_COST else 1.0
        known = self._words["value"].format(
            objective=self._words[value.objective],
            value=_number(value.value * scale),
            bound=_number(value.bound * scale),
        )
        return known if value.gap == 0 else known + self._words["gap"].format(gap=value.gap)

    def _terms(self, plan: Plan) -> list[str]:
        lines = []
        for term, courses in groupby(plan.courses, key=lambda p: p.term):
            items = "".join(BULLET + self._course(p) for p in courses)
            lines.append(self._words["term"].format(term=term, items=items))
        return lines

    def _course(self, planned: PlannedCourse) -> str:
        words, course = self._words, planned.course
        facts = [words["hours"].format(hours=course.hours)] if course.hours is not None else [words["no_hours"]]
        if course.cost_fen is not None:
            facts.append(words["cost"].format(cost=course.cost_fen / 100))
        line = words["course"].format(title=course.title or course.name, name=course.name, facts=self._join(facts))
        if planned.needed_for:
            line += words["needed_for"].format(courses=self._join(self._name(n) for n in planned.needed_for))
        closing = [self._contribution(c, "closes") for c in planned.contributions]
        besides = [self._contribution(c, "by_catch") for c in planned.by_catch]
        return line + "".join("\n      - " + one for one in (*closing, *besides))

    def _contribution(self, contribution: Contribution, words: str) -> str:
        quote = " ".join(contribution.evidence[0].sentence.split()) if contribution.evidence else ""
        by = contribution.met_by
        via = self._words["via"].format(label=self._label(by)) if by and by != contribution.skill_id else ""
        return self._words[words].format(
            label=self._label(contribution.skill_id),
            before=contribution.credit_before,
            after=contribution.credit_after,
            gain=contribution.gain,
            via=via,
            quote=self._words["quote"].format(quote=quote) if quote else "",
        )

    def _residuals(self) -> list[str]:
        lines = []
        for reason in ResidualReason:
            found = [r for r in self._outcome.residuals if r.reason is reason]
            if found:
                items = self._join(self._residual(r) for r in found[:MAX_RESIDUALS])
                more = self._words["more"].format(n=len(found) - MAX_RESIDUALS) if len(found) > MAX_RESIDUALS else ""
                lines.append(self._words[reason].format(items=items + more))
        return lines

    def _residual(self, residual: Residual) -> str:
        label = self._label(residual.item.skill_id)
        if residual.reason in (ResidualReason.NO_COURSE, ResidualReason.CERTIFICATE, ResidualReason.SOFT_SKILL):
            return label
        return self._words["best"].format(
            label=label, credit=residual.best_credit, course=self._name(residual.best_course)
        )

    def _left_out(self, left_out: LeftOut) -> str:
        words = self._words
        reason = words[left_out.reason].format(
            limits=self._limits(left_out.limits),
            objective=words[left_out.objective] if left_out.objective else "",
            loss=_number(left_out.loss * (0.01 if left_out.objective is Objective.LEAST_COST else 1.0)),
        )
        line = words["left"].format(name=self._name(left_out.course), value=left_out.value, reason=reason)
        if left_out.covered_by and left_out.reason in (LeftOutReason.LOSS, LeftOutReason.NO_GAIN):
            key = "covered" if left_out.is_covered else "partly_covered"
            line += words[key].format(courses=self._join(self._name(n) for n in left_out.covered_by))
        return line

    def _limits(self, names: tuple[str, ...]) -> str:
        words = LIMIT_WORDS[self._language]
        shown = []
        for name in names:
            field, _, course = name.partition(":")
            shown.append(words[field].format(course=self._name(course)) if course else words[field])
        return self._join(shown)

    def _name(self, course: str) -> str:
        title = self._titles.get(course, "")
        return self._words["named"].format(title=title) if title else course

    def _join(self, parts: Iterable[str]) -> str:
        return self._words["join"].join(parts)


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")
