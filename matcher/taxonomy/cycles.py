"""Cycles in a directed graph over ids, such as "is narrower than" or "comes before".

Enters: edges. Leaves: one cycle, or nothing.
"""

from __future__ import annotations

from collections.abc import Mapping


def find_cycle(above_by_id: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """A cycle as ids, first repeated at the end; empty when there is none.

    Args:
        above_by_id: id → ids it points to; ids that are no key are taken as tops.
    """
    done: set[str] = set()
    for root in sorted(above_by_id):
        path: list[str] = []
        on_path: set[str] = set()
        stack: list[tuple[str, bool]] = [(root, False)]
        while stack:
            id_, leaving = stack.pop()
            if leaving:
                path.pop()
                on_path.discard(id_)
                done.add(id_)
            elif id_ in on_path:
                return (*path[path.index(id_) :], id_)
            elif id_ not in done:
                path.append(id_)
                on_path.add(id_)
                stack.append((id_, True))
                stack.extend((parent, False) for parent in reversed(above_by_id.get(id_, ())))
    return ()
