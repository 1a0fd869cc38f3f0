"""Order of courses: prerequisites first, wishes where they can be kept, circles named."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from matcher.plan.course_order import circular, course_order


def test_prerequisites_come_first_and_the_rest_keeps_its_order() -> None:
    assert course_order(["d", "a", "c", "b"], {"d": {"b", "c"}, "b": {"a"}}) == (["a", "c", "b", "d"], [])


def test_what_is_not_among_the_courses_is_not_waited_for() -> None:
    assert course_order(["b", "a"], {"b": {"z"}}) == (["b", "a"], [])


def test_a_wish_is_kept_unless_it_contradicts() -> None:
    assert course_order(["b", "a"], {}, {"b": {"a"}}) == (["a", "b"], [])
    assert course_order(["b", "a"], {"a": {"b"}}, {"b": {"a"}}) == (["b", "a"], [])
    assert course_order(["a", "b"], {}, {"a": {"b"}, "b": {"a"}}) == (["a", "b"], [])


def test_a_circle_is_told_with_what_stands_behind_it() -> None:
    firm = {"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"c"}}
    assert course_order(["e", "a", "b", "c", "d"], firm) == (["e"], ["a", "b", "c", "d"])
    assert circular(firm) == {"a", "b", "c"}
    assert circular({"a": {"a"}}) == {"a"}


@given(st.integers(2, 8), st.data())
def test_every_order_keeps_every_firm_prerequisite(n: int, data: st.DataObject) -> None:
    names = [f"c{i}" for i in range(n)]
    firm = {
        name: set(data.draw(st.lists(st.sampled_from(names[:i]), max_size=3))) if i else set()
        for i, name in enumerate(names)
    }
    shuffled = data.draw(st.permutations(names))
    order, circle = course_order(shuffled, firm, {names[0]: {names[-1]}})
    assert circle == []
    assert sorted(order) == sorted(names)
    assert all(order.index(before) < order.index(c) for c in names for before in firm[c])
