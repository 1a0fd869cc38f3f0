"""The order in which courses are taken: prerequisites first.

Enters: courses and what must, or had better, come before each. Leaves: an order, or the circle that forbids one. Refuses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set


def course_order(
    courses: Sequence[str], firm: Mapping[str, Set[str]], wished: Mapping[str, Set[str]] | None = None
) -> tuple[list[str], list[str]]:
    """Courses with their prerequisites first; of those that may come next the one that is first in `courses`.

    Args:
        courses: what to order, each once.
        firm: course → courses that must come before it; others than `courses` are ignored.
        wished: course → courses that had better come before it; kept where `firm` and the other wishes allow.

    Returns:
        (order, circle): all courses in order and no circle, or those before the circle and the courses that stand in it or
        behind it.
    """
    left = list(courses)
    order: list[str] = []
    while left:
        waiting = set(left)
        free = [c for c in left if not waiting.intersection(firm.get(c, frozenset()))]
        if not free:
            return order, left
        best = next((c for c in free if not waiting.intersection((wished or {}).get(c, frozenset()))), free[0])
        order.append(best)
        left.remove(best)
    return order, []


def circular(firm: Mapping[str, Set[str]]) -> set[str]:
    """Courses that presuppose themselves through others: those of every circle, not those behind one."""
    reach = {course: _reached(course, firm) for course in firm}
    return {course for course, found in reach.items() if course in found}


def _reached(course: str, firm: Mapping[str, Set[str]]) -> set[str]:
    found: set[str] = set()
    left = list(firm.get(course, ()))
    while left:
        other = left.pop()
        if other not in found:
            found.add(other)
            left.extend(firm.get(other, ()))
    return found
