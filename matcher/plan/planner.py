"""One function: from a problem to the best plan, what it leaves open, the next best ones, and why others are not in it.

Enters: a `PlanProblem`. Leaves: a `PlanOutcome`. Refuses with typed errors what check.py and pool.py name. The same problem gives
the same answer wherever the time suffices to prove it: one worker, a fixed seed, ties broken by hours, courses, terms and names.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from matcher.domain.plan import PlanOutcome, PlanProblem
from matcher.plan.check import check_problem
from matcher.plan.clock import Clock
from matcher.plan.pool import asks_full_closure, make_pool


def make_plan(problem: PlanProblem, waiting: Callable[[], AbstractContextManager[None]] = nullcontext) -> PlanOutcome:
    """The best plan of a problem.

    Args:
        problem: what to plan.
        waiting: what the thread stands in while the solver works, so that others may run.

    Raises:
        InvalidRequest: see `check_problem`; CYCLIC_PREREQUISITES, of a course that must be in.
        ResourceNotFound: a limit names a course that is not given.
    """
    check_problem(problem)
    clock = Clock(problem.limit_s)
    # here and not above: CP-SAT takes a second to import, and most processes never plan
    from matcher.plan.solving import Solving  # noqa: PLC0415

    pool = make_pool(problem)
    closing = pool.closable() if asks_full_closure(problem) else frozenset()
    return Solving(pool, closing, clock, waiting).outcome()
