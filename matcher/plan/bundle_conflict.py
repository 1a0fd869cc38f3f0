"""Which limits contradict each other.

Enters: a problem that no bundle meets. Leaves: a smallest set of its limits that no bundle meets, in the sense that without any
one of them there is a bundle; there may be other such sets.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from matcher.plan.bundle import best_bundle
from matcher.plan.bundle_problem import BundleProblem

TRY_S: Final = 2.0
Loosen = Callable[[BundleProblem], BundleProblem]

_LOOSENED: Final[dict[str, Loosen]] = {
    "min_practice_share": lambda p: replace(p, min_practice_share=None),
    "min_coverage": lambda p: replace(p, min_coverage=None),
    "max_hours": lambda p: replace(p, max_hours=None),
    "required_courses": lambda p: replace(p, required=frozenset()),
    "max_courses": lambda p: replace(p, max_courses=max(len(p.hours), p.min_courses)),
    "min_courses": lambda p: replace(p, min_courses=min(1, p.max_courses)),
}


def conflicting_limits(problem: BundleProblem) -> list[str]:
    """Names of limits that together forbid every bundle, as in `domain.bundle.BundleLimits`."""
    if not len(problem.hours):
        return ["courses"]
    conflict = []
    for name, loosen in _LOOSENED.items():
        looser = loosen(problem)
        if best_bundle(looser, TRY_S) is None:
            problem = looser  # it forbids nothing that the others do not
        else:
            conflict.append(name)
    return conflict or ["courses"]
