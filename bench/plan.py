"""`python -m bench.plan`: times the exact course plan on generated courses; prints Markdown.

Enters: nothing but a seed. Leaves: a table of sizes and objectives with value, bound, gap and times, the greedy plan beside it,
and what is answered when the time is far too short. The courses are invented: chains of prerequisites within a college, either-or
across colleges, hours and prices as syllabi have them, an eighth silent about one of them.
"""

from __future__ import annotations

import random
import time
from dataclasses import replace
from datetime import UTC, datetime

import typer

from bench.__main__ import commit, machine
from matcher.domain.plan import (
    CourseOption,
    GapItem,
    Objective,
    PlanLimits,
    PlanOutcome,
    PlanProblem,
    Prerequisite,
)
from matcher.domain.skill import Proficiency
from matcher.match.credit import COVERED_AT
from matcher.plan.greedy import greedy_terms
from matcher.plan.planner import make_plan
from matcher.plan.pool import make_pool
from matcher.plan.worth import closed_weight

SEED = 20261130
N_ITEMS, N_TERMS = 40, 6
HOURS = (16, 24, 32, 32, 40, 48, 48, 56, 64, 64, 72, 80, 96, 120)
CREDITS = (1.0, 1.0, 1.0, 0.95, 0.85, 0.8, 0.7, 0.57, 0.5, 0.3)
LIMITS = PlanLimits(
    max_hours=480, max_terms=N_TERMS, max_hours_per_term=120, min_practice_share=0.4, max_cost_fen=600_000
)

LOADED = PlanLimits(max_terms=N_TERMS, max_hours_per_term=60, min_practice_share=0.4)


def generated(n_courses: int, seed: int = SEED) -> PlanProblem:
    """A problem of `n_courses` relevant courses, 40 gap skills, 6 terms."""
    pick = random.Random(seed)  # noqa: S311  (a benchmark, not a secret)
    items = tuple(
        GapItem(
            f"skill-{i:02}",
            pick.choice([None, *Proficiency]),
            round(pick.uniform(0.05, 1.0), 3),
            pick.choice([0, 0, 0, 0.3, 0.5]),
        )
        for i in range(N_ITEMS)
    )
    courses: list[CourseOption] = []
    for j in range(n_courses):
        college = f"college {pick.randrange(max(1, n_courses // 40))}"
        topic = pick.randrange(N_ITEMS)
        # a course teaches neighbours of its topic, as syllabi do
        taught = {(topic + pick.randrange(6)) % N_ITEMS for _ in range(pick.randint(1, 6))}
        hours = None if pick.random() < 0.06 else float(pick.choice(HOURS))
        courses.append(
            CourseOption(
                name=f"courses/c-{j:05}",
                title=f"course {j}",
                hours=hours,
                cost_fen=None if pick.random() < 0.06 else int((hours or 48) * pick.choice([0, 800, 1500, 2500])),
                credits=None if hours is None else hours / 16,
                practice_share=pick.choice([None, 0.2, 0.4, 0.5, 0.6, 0.8]),
                organisation=college,
                closes={f"skill-{i:02}": pick.choice(CREDITS) for i in sorted(taught)},
                prerequisites=_prerequisites(pick, courses, college),
            )
        )
    return PlanProblem(items, tuple(courses), COVERED_AT, LIMITS, limit_s=10.0)


def _prerequisites(pick: random.Random, courses: list[CourseOption], college: str) -> tuple[Prerequisite, ...]:
    """None for half of the courses; else one or two, of the same college where it has courses, a third either-or."""
    own = [c.name for c in courses if c.organisation == college]
    if not own or pick.random() < 0.5:
        return ()
    found = []
    for _ in range(pick.choice([1, 1, 2])):
        ways = {pick.choice(own)}
        if pick.random() < 0.33:
            ways.add(pick.choice(courses).name)
        found.append(Prerequisite(tuple(sorted(ways))))
    return tuple(found)


def measured(problem: PlanProblem) -> tuple[PlanOutcome, float, float]:
    """Outcome, wall seconds, processor seconds."""
    wall, processor = time.perf_counter(), time.process_time()
    outcome = make_plan(problem)
    return outcome, time.perf_counter() - wall, time.process_time() - processor


def row(name: str, problem: PlanProblem) -> str:
    """One line of the table."""
    outcome, wall_s, processor_s = measured(problem)
    n = len(problem.courses)
    if outcome.plan is None:
        return f"| {name} | {n} | {outcome.status} ({', '.join(outcome.conflict)}) | – | – | – | {wall_s:.2f} | {processor_s:.2f} |"
    values = "; ".join(f"{v.objective} {v.value:.3f} (bound {v.bound:.3f})" for v in outcome.plan.objectives)
    gaps = "; ".join(f"{v.gap:.2%}" for v in outcome.plan.objectives)
    pool = make_pool(problem)
    greedy = greedy_terms(pool)
    beside = "no plan"
    if greedy is not None:
        hours = sum(pool.courses[j].hours or 0.0 for j in greedy)
        beside = f"{closed_weight(pool, greedy):.3f} in {hours:g} h"
    chosen = f"{len(outcome.plan.courses)} courses, {outcome.plan.hours:g} h"
    return f"| {name} | {n} | {outcome.status}: {values} | {gaps} | {chosen} | {beside} | {wall_s:.2f} | {processor_s:.2f} |"


def main(seed: int = SEED) -> None:
    """Measure and print."""
    lines = [
        f"Measured {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, `python -m bench.plan`, {machine()}, commit {commit()}.",
        "",
        "| problem | courses | answer | gap | plan | greedy | wall s | processor s |",
        "|---|---|---|---|---|---|---|---|",
    ]
    closed, hours = Objective.MOST_CLOSED, Objective.LEAST_HOURS
    make_plan(replace(generated(20, seed)))  # imports the solver
    for n in (500, 5000):
        base = generated(n, seed)
        lines += [
            row("most closed, all limits, 6 terms", base),
            row("most closed, then least hours", replace(base, objectives=(closed, hours))),
            row(
                "least hours for full closure, 6 terms",
                replace(base, objectives=(hours,), limits=PlanLimits(max_terms=N_TERMS)),
            ),
            row("most closed, then fewest terms", replace(base, objectives=(closed, Objective.FEWEST_TERMS))),
            row("most closed, 60 hours a term", replace(base, limits=LOADED)),
            row("most closed, all limits, in 50 ms", replace(base, limit_s=0.05)),
            row("most closed, all limits, in 0.5 s", replace(base, limit_s=0.5)),
        ]
    typer.echo("\n".join(lines))


if __name__ == "__main__":
    typer.run(main)
