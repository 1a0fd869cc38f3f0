"""What planned courses give of requirements for which no course is planned, such as soft skills.

Enters: an outcome that was planned without them. Leaves: the same outcome with `by_catch` of each course, and those that stay open
among the residuals. No sum, objective or bound changes. It refuses nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from matcher.domain.plan import CourseOption, GapItem, Plan, PlanOutcome, Residual, ResidualReason
from matcher.plan.answer import best_of, contributions
from matcher.plan.pool import items_after


def with_by_catch(
    outcome: PlanOutcome,
    apart: Sequence[GapItem],
    courses: Sequence[CourseOption],
    completed: Sequence[str],
    covered_at: float,
) -> PlanOutcome:
    """The outcome with what its plans give of requirements that it was not planned for.

    Args:
        outcome: planned without `apart`.
        apart: these requirements, with the candidate's credit.
        courses: all courses there were to choose from.
        completed: names of those taken already.
        covered_at: credit from which a requirement counts as closed.
    """
    items = items_after(tuple(apart), [c for c in courses if c.name in completed])
    plan = _told(outcome.plan, items, covered_at) if outcome.plan else None
    alternatives = tuple(_told(a, items, covered_at) for a in outcome.alternatives)
    residuals = (*outcome.residuals, *_open(plan, items, tuple(courses), covered_at))
    return replace(outcome, plan=plan, alternatives=alternatives, residuals=residuals)


def _told(plan: Plan, items: tuple[GapItem, ...], covered_at: float) -> Plan:
    """The plan with what each course adds to those before it."""
    credit = [item.credit for item in items]
    # contributions raise `credit`, so that each course is held against those before it
    return replace(
        plan,
        courses=tuple(replace(p, by_catch=contributions(p.course, items, credit, covered_at)) for p in plan.courses),
    )


def _open(
    plan: Plan | None, items: tuple[GapItem, ...], courses: tuple[CourseOption, ...], covered_at: float
) -> list[Residual]:
    """Those that stay open, heaviest first, then by skill."""
    taken = [p.course for p in plan.courses] if plan else []
    found = []
    for item in items:
        credit = max([item.credit, *(c.closes.get(item.skill_id, 0.0) for c in taken)])
        if credit < covered_at:
            best_credit, best_course = best_of(courses, item)
            found.append(Residual(item, credit, ResidualReason.SOFT_SKILL, best_credit, best_course))
    return sorted(found, key=lambda r: (-r.item.weight, r.item.skill_id))
