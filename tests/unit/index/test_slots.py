"""Slots stay dense and right through any history of writes."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.index.slots import NO_SLOT, RowTable, SlotById

wide_ids = st.integers(0, 40) | st.integers(2**31 - 3, 2**31 - 1) | st.integers(4090, 4100)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.booleans(), wide_ids, st.integers(1, 9)), max_size=60))
def test_table_agrees_with_a_dict(history: list[tuple[bool, int, int]]) -> None:
    table, expected = RowTable(1), dict[int, float]()
    for is_put, identifier, value in history:
        if is_put:
            slots = table.put(np.array([identifier]), np.array([[value]], np.float32))
            assert table.ids[slots].tolist() == [identifier]
            expected[identifier] = value
        else:
            moved = table.drop(identifier)
            assert (moved is None) == (expected.pop(identifier, None) is None)
    assert dict(zip(table.ids.tolist(), table.rows[:, 0].tolist(), strict=True)) == expected
    asked = np.array([*expected, -7, 2**40, 41], np.int64)
    assert sorted(table.ids[table.slots_of(asked)].tolist()) == sorted(expected)


def test_drop_tells_which_row_moved() -> None:
    table = RowTable(1)
    table.put(np.array([10, 20, 30]), np.array([[1], [2], [3]], np.float32))
    assert table.drop(10) == (0, 2)
    assert table.drop(10) is None
    assert table.ids.tolist() == [30, 20]
    assert table.drop(20) == (1, 1)


def test_dropped_rows_are_overwritten_in_memory() -> None:
    table = RowTable(2)
    table.put(np.array([10, 20]), np.ones((2, 2), np.float32))
    table.drop(10)
    table.drop(20)
    assert not table._rows.any()


def test_changed_slots_are_told_since_a_moment() -> None:
    table = RowTable(1)
    table.put(np.arange(5), np.ones((5, 1), np.float32))
    then = table.clock
    assert table.changed_since(then).tolist() == []
    table.put(np.array([3]), np.ones((1, 1), np.float32))
    table.drop(1)
    assert table.changed_since(then).tolist() == [1, 3]  # row 4 moved to slot 1


def test_lone_huge_id_costs_a_page_not_a_table() -> None:
    slots = SlotById()
    slots.set(np.array([2**31 - 1]), np.array([0]))
    assert slots.get(np.array([2**31 - 1, 2**31 - 2, 0])).tolist() == [0, NO_SLOT, NO_SLOT]
    assert slots._pages.nbytes + slots._page_of.nbytes < 4_000_000
