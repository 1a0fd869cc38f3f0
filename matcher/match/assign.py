"""Who goes where: candidates to postings with a number of openings each, every candidate to one posting at most.

Enters: what each pair is worth, which pairs are allowed, and capacities. Leaves: a posting per candidate, or none. Two ways: the
assignment of greatest total worth (a minimum-cost flow, solved exactly), and the stable one that is best for the candidates
(deferred acceptance, Gale and Shapley 1962, with capacities), in which no candidate and posting both prefer each other to what
they have. The only module of this stage that may import ortools.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python import min_cost_flow

NOWHERE = -1
# Worths become whole numbers for the flow; pairs closer than this are taken as equal.
_SCALE = 1_000_000


def assign_optimal(
    worth: NDArray[np.float64], allowed: NDArray[np.bool_], capacities: NDArray[np.int64]
) -> NDArray[np.int64]:
    """(n,) column per row, NOWHERE for none: the sum of worths is greatest, to a millionth per pair.

    Args:
        worth: (n, m) in [0, 1].
        allowed: (n, m), pairs that may be made.
        capacities: (m,) ≥ 0, rows that a column takes.

    Raises:
        RuntimeError: the solver failed; it does not for inputs in these ranges.
    """
    n, m = worth.shape
    result = np.full(n, NOWHERE, dtype=np.int64)
    rows, columns = np.nonzero(allowed)
    if not len(rows):
        return result
    source, sink = n + m, n + m + 1
    flow = min_cost_flow.SimpleMinCostFlow()
    costs = -np.rint(worth[rows, columns] * _SCALE).astype(np.int64)
    pairs = flow.add_arcs_with_capacity_and_unit_cost(rows, n + columns, np.ones(len(rows), np.int64), costs)
    each, ones, zeros = np.arange(n), np.ones(n, np.int64), np.zeros(n, np.int64)
    flow.add_arcs_with_capacity_and_unit_cost(np.full(n, source), each, ones, zeros)
    # nobody need be assigned
    flow.add_arcs_with_capacity_and_unit_cost(each, np.full(n, sink), ones, zeros)
    flow.add_arcs_with_capacity_and_unit_cost(n + np.arange(m), np.full(m, sink), capacities, np.zeros(m, np.int64))
    flow.set_node_supply(source, n)
    flow.set_node_supply(sink, -n)
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise RuntimeError(f"the flow was not solved: {status}")
    taken = flow.flows(pairs) > 0
    result[rows[taken]] = columns[taken]
    return result


def assign_stable(
    wish: NDArray[np.float64], worth: NDArray[np.float64], allowed: NDArray[np.bool_], capacities: NDArray[np.int64]
) -> NDArray[np.int64]:
    """(n,) column per row, NOWHERE for none: no allowed pair would both rather have each other.

    Of all such assignments the one that every row likes best. Equal wishes go to the column of higher worth, then to the lower
    number; equal worths to the lower row number.

    Args:
        wish: (n, m), what a column is worth to a row.
        worth: (n, m), what a row is worth to a column.
        allowed: (n, m), pairs that may be made.
        capacities: (m,) ≥ 0, rows that a column takes.
    """
    n, m = wish.shape
    order = [
        sorted(np.flatnonzero(allowed[i]).tolist(), key=lambda j: (-wish[i, j], -worth[i, j], j)) for i in range(n)
    ]
    next_wish = [0] * n
    held: list[list[int]] = [[] for _ in range(m)]
    free = list(range(n - 1, -1, -1))
    while free:
        row = free.pop()
        if next_wish[row] >= len(order[row]):
            continue
        column = order[row][next_wish[row]]
        next_wish[row] += 1
        held[column].append(row)
        if len(held[column]) > capacities[column]:
            last = max(held[column], key=lambda i: (-worth[i, column], i))
            held[column].remove(last)
            free.append(last)
    result = np.full(n, NOWHERE, dtype=np.int64)
    for column, rows in enumerate(held):
        result[rows] = column
    return result


def blocking_pairs(
    assigned: NDArray[np.int64],
    wish: NDArray[np.float64],
    worth: NDArray[np.float64],
    allowed: NDArray[np.bool_],
    capacities: NDArray[np.int64],
) -> list[tuple[int, int]]:
    """Allowed pairs in which both strictly prefer each other to what they have; an opening left free counts as preferred."""
    found = []
    for row, column in zip(*(axis.tolist() for axis in np.nonzero(allowed)), strict=True):
        own = int(assigned[row])
        if own == column or (own != NOWHERE and wish[row, own] >= wish[row, column]):
            continue
        others = np.flatnonzero(assigned == column)
        if len(others) < capacities[column] or (len(others) and worth[others, column].min() < worth[row, column]):
            found.append((row, column))
    return found
