"""Random problems small enough to enumerate, and the enumeration: every choice of courses and terms, judged by the rules.

Nothing of `matcher.plan` is used here, so that the two can be held against each other.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from datetime import date, timedelta

from matcher.domain.document import Delivery
from matcher.domain.plan import (
    CourseOption,
    GapItem,
    Objective,
    PlanLimits,
    PlanProblem,
    Prerequisite,
    Quantity,
)

COVERED_AT = 0.9
CREDITS = (1.0, 1.0, 0.95, 0.85, 0.7, 0.5, 0.3)
STARTS = (date(2026, 3, 1), date(2026, 9, 1), date(2027, 3, 1))
OBJECTIVES = (
    (Objective.MOST_CLOSED,),
    (Objective.MOST_CLOSED,),
    (Objective.MOST_CLOSED, Objective.LEAST_HOURS),
    (Objective.MOST_CLOSED, Objective.FEWEST_TERMS, Objective.LEAST_COST),
    (Objective.LEAST_HOURS,),
    (Objective.LEAST_COST, Objective.FEWEST_COURSES),
    (Objective.FEWEST_COURSES, Objective.LEAST_HOURS),
    (Objective.FEWEST_TERMS, Objective.LEAST_HOURS),
)
Placed = dict[str, int]


def random_problem(seed: int) -> PlanProblem:
    """3 to 6 courses, 1 to 5 items, at most 3 terms; each kind of limit in about a quarter of the problems."""
    pick = random.Random(seed)  # noqa: S311
    n = pick.randint(3, 6)
    names = [f"courses/c{j}" for j in range(n)]
    skills = [f"s{i}" for i in range(pick.randint(1, 5))]
    items = tuple(GapItem(s, None, round(pick.uniform(0.1, 1), 3), pick.choice([0.0, 0.0, 0.3, 0.85])) for s in skills)
    courses = tuple(_course(pick, names, j, skills) for j in range(n))
    return PlanProblem(
        items=items,
        courses=courses,
        covered_at=COVERED_AT,
        limits=_limits(pick, names),
        objectives=pick.choice(OBJECTIVES),
        held_skills=frozenset({"known"}),
        limit_s=30.0,
    )


def _course(pick: random.Random, names: list[str], j: int, skills: list[str]) -> CourseOption:
    n_asked = pick.choice([0, 0, 1, 1, 2]) if j or pick.random() < 0.15 else 0
    return CourseOption(
        name=names[j],
        hours=None if pick.random() < 0.12 else pick.choice([16.0, 16.0, 24.0, 32.5, 40.0, 48.0]),
        cost_fen=None if pick.random() < 0.12 else pick.choice([0, 20_000, 50_000, 80_000]),
        credits=None if pick.random() < 0.12 else pick.choice([1.0, 2.0, 3.5]),
        practice_share=pick.choice([None, 0.2, 0.5, 0.75]),
        delivery=pick.choice([None, Delivery.ONSITE, Delivery.ONLINE, Delivery.ONLINE]),
        languages=pick.choice([("zh",), ("en",), ("zh", "en"), ()]),
        organisation=pick.choice([None, "north", "north", "south"]),
        start_dates=pick.choice(
            [(), (), (), (date(2026, 3, 9),), (date(2026, 9, 7), date(2027, 3, 8)), (date(2030, 1, 1),)]
        ),
        closes={s: pick.choice(CREDITS) for s in skills if pick.random() < 0.55},
        proves=frozenset(s for s in ("basics", "tools") if pick.random() < 0.25),
        prerequisites=tuple(_prerequisite(pick, names, j) for _ in range(n_asked)),
    )


def _prerequisite(pick: random.Random, names: list[str], j: int) -> Prerequisite:
    """Mostly of earlier courses; some run in circles, some are nowhere to be had."""
    others = [n for n in names if n != names[j]]
    earlier = names[:j] or others
    source = earlier if pick.random() < 0.8 else [*others, "courses/unknown"]
    return Prerequisite(
        tuple(pick.sample(source, pick.randint(1, min(2, len(source))))),
        tuple(pick.sample(["known", "basics", "tools"], 1)) if pick.random() < 0.2 else (),
    )


def _limits(pick: random.Random, names: list[str]) -> PlanLimits:
    def sometimes(*values: object, share: float = 0.25) -> object:
        return pick.choice(values) if pick.random() < share else None

    chosen = {n: pick.random() for n in names}
    values = {
        "max_hours": sometimes(48.0, 80.0, 120.0, share=0.4),
        "max_cost_fen": sometimes(50_000, 120_000),
        "max_credits": sometimes(3.0, 6.0, share=0.15),
        "min_credits": sometimes(1.0, 3.0, share=0.1),
        "max_courses": sometimes(1, 2, 3),
        "max_hours_per_term": sometimes(40.0, 48.0, 65.0, share=0.4),
        "min_practice_share": sometimes(0.3, 0.5),
        "min_course_value": sometimes(0.2, 0.4),
        "deliveries": sometimes((Delivery.ONLINE,), (Delivery.ONLINE, Delivery.ONSITE), share=0.15),
        "languages": sometimes(("zh",), share=0.15),
        "organisations": sometimes(("north",), ("north", "south"), share=0.1),
        "require_known_dates": sometimes(True, share=0.05),
        "completed": tuple(n for n, p in chosen.items() if p < 0.08),
        "must_include": tuple(n for n, p in chosen.items() if 0.08 <= p < 0.12),
        "must_exclude": tuple(n for n, p in chosen.items() if p >= 0.92),
        "allow_unknown": sometimes(
            frozenset(Quantity), frozenset({Quantity.HOURS}), frozenset({Quantity.COST}), share=0.6
        ),
    }
    if pick.random() < 0.35:
        values["term_starts"] = STARTS[: pick.randint(1, 3)]
    else:
        values["max_terms"] = pick.randint(1, 3)
    return PlanLimits(**{k: v for k, v in values.items() if v is not None})  # type: ignore[arg-type]


class Enumeration:
    """All plans of a problem that keep its limits, one by one. `closing`: skills that full closure asks for."""

    def __init__(self, problem: PlanProblem, closing: frozenset[str] | None = None) -> None:
        self.problem = problem
        self.limits = problem.limits
        self.courses = {c.name: c for c in problem.courses}
        self.done = [self.courses[n] for n in self.limits.completed]
        self.n_terms = self.limits.max_terms or len(self.limits.term_starts) or 3
        self.usable = self._usable()
        self.closing = self._closing() if closing is None else closing

    def plans(self) -> Iterator[Placed]:
        """Every plan that keeps the limits."""
        names = sorted(self.usable)
        for terms in itertools.product(range(self.n_terms + 1), repeat=len(names)):
            plan = {n: t for n, t in zip(names, terms, strict=True) if t}
            if self.keeps_limits(plan):
                yield plan

    def best(self, lacking: frozenset[str] | None = None) -> tuple[float, ...] | None:
        """Values of the best plan, objective by objective, all to be minimised; None without a plan."""
        values = [self.worth(plan) for plan in self.plans() if lacking is None or not lacking <= plan.keys()]
        return min(values, default=None)

    def least_hours(self, best: tuple[float, ...]) -> float:
        """Hours of the shortest of the plans that are worth `best`."""
        return min(self.value(Objective.LEAST_HOURS, plan) for plan in self.plans() if self.worth(plan) == best)

    def worth(self, plan: Placed) -> tuple[float, ...]:
        """Values of a plan, objective by objective, all to be minimised."""
        return tuple(self.value(o, plan) for o in self.problem.objectives)

    def value(self, objective: Objective, plan: Placed) -> float:
        """What a plan is worth, the smaller the better."""
        taken = [self.courses[n] for n in plan]
        if objective is Objective.MOST_CLOSED:
            return -round(sum(i.weight * (self.after(i, taken) - self.after(i, [])) for i in self.problem.items), 9)
        if objective is Objective.LEAST_HOURS:
            return sum(c.hours or 0 for c in taken)
        if objective is Objective.LEAST_COST:
            return sum(c.cost_fen or 0 for c in taken)
        return len(taken) if objective is Objective.FEWEST_COURSES else max(plan.values(), default=0)

    def after(self, item: GapItem, taken: list[CourseOption]) -> float:
        """How far an item is closed with courses."""
        credit = max([item.credit, *(c.closes.get(item.skill_id, 0.0) for c in [*self.done, *taken])])
        return 1.0 if credit >= COVERED_AT else credit

    def keeps_limits(self, plan: Placed) -> bool:
        """Whether a plan keeps every limit, term and prerequisite."""
        limits, taken = self.limits, [self.courses[n] for n in plan]
        hours = sum(c.hours or 0 for c in taken)
        practice = sum((c.hours or 0) * (c.practice_share or 0) for c in taken)
        all_credits = sum(c.credits or 0 for c in taken)
        loads = [
            sum(self.courses[n].hours or 0 for n, t in plan.items() if t == term) for term in range(1, self.n_terms + 1)
        ]
        return (
            all(n in plan for n in limits.must_include)
            and (limits.max_hours is None or hours <= limits.max_hours)
            and (limits.max_cost_fen is None or sum(c.cost_fen or 0 for c in taken) <= limits.max_cost_fen)
            and (limits.max_credits is None or all_credits <= limits.max_credits)
            and (limits.min_credits is None or all_credits >= limits.min_credits)
            and (limits.max_courses is None or len(taken) <= limits.max_courses)
            and (limits.max_hours_per_term is None or max(loads) <= limits.max_hours_per_term)
            and (limits.min_practice_share is None or practice >= limits.min_practice_share * hours - 1e-9)
            and all(self.offered(self.courses[n], t) for n, t in plan.items())
            and all(self._ready(n, plan) for n in plan)
            and all(self._has_purpose(n, plan) for n in plan)
            and all(self.after(i, taken) == 1.0 for i in self.problem.items if i.skill_id in self.closing)
        )

    def offered(self, course: CourseOption, term: int) -> bool:
        """Whether a course begins in a term."""
        starts = self.limits.term_starts
        if not starts or not course.start_dates:
            return True
        length = starts[-1] - starts[-2] if len(starts) > 1 else timedelta(183)
        ends = [*starts[1:], starts[-1] + length]
        return any(starts[term - 1] <= day < ends[term - 1] for day in course.start_dates)

    def _has_purpose(self, name: str, plan: Placed) -> bool:
        """Whether a course closes enough by itself, must be in, or may fulfil an open prerequisite of another in the plan."""
        course, done = self.courses[name], set(self.limits.completed)
        return self._worthwhile(course) or any(
            not self._fulfilled(p, done) and (name in p.courses or course.proves & set(p.skills))
            for other in plan
            if other != name
            for p in self.courses[other].prerequisites
        )

    def _worthwhile(self, course: CourseOption) -> bool:
        gain = sum(i.weight * (self.after(i, [course]) - self.after(i, [])) for i in self.problem.items)
        return course.name in self.limits.must_include or (
            gain > 0 and gain >= (self.limits.min_course_value or 0.0) - 1e-9
        )

    def _ready(self, name: str, plan: Placed) -> bool:
        before = {n for n, t in plan.items() if t < plan[name]} | set(self.limits.completed)
        return all(self._fulfilled(p, before) for p in self.courses[name].prerequisites)

    def _fulfilled(self, asked: Prerequisite, before: set[str]) -> bool:
        known = self.problem.held_skills.union(*(self.courses[n].proves for n in before))
        return bool(before & set(asked.courses) or known & set(asked.skills))

    def _usable(self) -> set[str]:
        """Courses that may be planned at all: allowed, to be reached, and of use."""
        allowed = {n for n in self.courses if n not in self.limits.completed and self._allowed(self.courses[n])}
        reached: set[str] = set()
        while True:
            new = {
                n
                for n in allowed - reached
                if all(self._fulfilled(p, reached | set(self.limits.completed)) for p in self.courses[n].prerequisites)
            }
            if not new:
                break
            reached |= new
        wanted = {n for n in reached if self._worthwhile(self.courses[n])}
        while True:
            asked = [
                p
                for n in wanted
                for p in self.courses[n].prerequisites
                if not self._fulfilled(p, set(self.limits.completed))
            ]
            more = {
                n
                for n in reached - wanted
                if any(n in p.courses or set(p.skills) & self.courses[n].proves for p in asked)
            }
            if not more:
                return wanted
            wanted |= more

    def _allowed(self, course: CourseOption) -> bool:
        limits, objectives = self.limits, self.problem.objectives
        rests = {
            Quantity.HOURS: course.hours is None
            and (
                any(x is not None for x in (limits.max_hours, limits.max_hours_per_term, limits.min_practice_share))
                or Objective.LEAST_HOURS in objectives
            ),
            Quantity.COST: course.cost_fen is None
            and (limits.max_cost_fen is not None or Objective.LEAST_COST in objectives),
            Quantity.CREDITS: course.credits is None and limits.max_credits is not None,
        }
        return not (
            course.name in limits.must_exclude
            or (limits.deliveries and course.delivery not in limits.deliveries)
            or (limits.languages and not set(course.languages) & set(limits.languages))
            or (limits.organisations and course.organisation not in limits.organisations)
            or (limits.require_known_dates and not course.start_dates)
            or any(is_unknown and q not in limits.allow_unknown for q, is_unknown in rests.items())
            or not any(self.offered(course, t) for t in range(1, (len(limits.term_starts) or 1) + 1))
        )

    def _closing(self) -> frozenset[str]:
        if self.problem.objectives[0] is Objective.MOST_CLOSED:
            return frozenset()
        return frozenset(
            i.skill_id
            for i in self.problem.items
            if self.after(i, []) < 1
            and any(self.after(i, [c]) == 1 for n in self.usable if self._worthwhile(c := self.courses[n]))
        )
