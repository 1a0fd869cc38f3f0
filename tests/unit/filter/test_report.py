"""Why a filter leaves nothing: the counts against filters without the clause, and the bound that would help."""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.domain.document import EducationLevel, Kind
from matcher.match.filter import ClauseEffect, FactColumns, FactRow, parse_filter, why_nothing

ROWS = [
    FactRow(id="a", region="苏州", hours=40.0, education=EducationLevel.BACHELOR, valid_until=date(2026, 12, 1)),
    FactRow(id="b", region="苏州", hours=64.0, education=EducationLevel.MASTER),
    FactRow(id="c", region="上海", hours=96.0, practice_share=0.1),
    FactRow(id="d", update_time=datetime(2026, 11, 2, 8, tzinfo=UTC)),
]


def columns_of(rows: list[FactRow]) -> FactColumns:
    columns = FactColumns(Kind.COURSE)
    for number, row in enumerate(rows):
        columns.put(number, row)
    return columns


def effects(text: str, *, without: int = -1) -> tuple[ClauseEffect, ...]:
    columns = columns_of(ROWS)
    among = columns.present.copy()
    if without >= 0:
        among[without] = False
    return why_nothing(text, columns, among)


def test_the_clause_that_stands_in_the_way_alone_is_told_and_what_would_let_the_next_through() -> None:
    assert effects("region = 江苏 AND hours >= 80") == (
        ClauseEffect("region = 江苏", 1, 2, 1),
        ClauseEffect("hours >= 80", 17, 1, 2, "hours >= 64", 1),
    )


def test_clauses_are_those_outside_parentheses_as_they_are_written() -> None:
    found = effects("(hours > 99 OR region = 广州)  NOT skill:python AND title:x")
    assert [(e.text, e.column) for e in found] == [
        ("(hours > 99 OR region = 广州)", 1),
        ("NOT skill:python", 30),
        ("title:x", 51),
    ]
    assert [(e.n_alone, e.n_without, e.loosened) for e in found] == [(0, 0, ""), (4, 0, ""), (0, 0, "")]


def test_bounds_are_written_as_a_filter_reads_them_and_let_through_what_they_say() -> None:
    for text, loosened in (
        ("education < SECONDARY", "education <= BACHELOR"),
        ("valid_until > 2027-01-01", "valid_until >= 2026-12-01"),
        ("practice_share > 0.9", "practice_share >= 0.1"),
        ('update_time < "2026-01-01T00:00:00Z"', 'update_time <= "2026-11-02T08:00:00+00:00"'),
    ):
        (effect,) = effects(text)
        assert (effect.loosened, effect.n_loosened) == (loosened, 1)
        assert int(parse_filter(loosened).mask(columns_of(ROWS)).sum()) == 1


def test_a_query_that_is_no_answer_to_itself_is_not_counted() -> None:
    assert effects("hours > 64", without=2) == (ClauseEffect("hours > 64", 1, 0, 3, "hours >= 64", 1),)


def test_an_empty_filter_has_no_clauses() -> None:
    assert effects("  ") == ()


clauses = st.sampled_from(
    [
        "hours >= 50",
        "hours < 20",
        "region = 上海",
        "region != 江苏",
        "NOT hours = 40",
        "(hours > 3 OR region = 苏州)",
        "cost:*",
    ]
)
rows = st.builds(
    FactRow,
    id=st.just("x"),
    region=st.sampled_from([None, "苏州", "上海", "London"]),
    hours=st.sampled_from([None, 10.0, 40.0, 64.0]),
    cost=st.sampled_from([None, 1.0]),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(clauses, min_size=1, max_size=4), st.lists(rows, max_size=8))
def test_counts_are_those_of_the_filters_they_speak_of(parts: list[str], documents: list[FactRow]) -> None:
    columns = columns_of(documents)

    def count(*filters: str) -> int:
        return int(parse_filter(" AND ".join(filters)).mask(columns).sum())

    for place, effect in enumerate(why_nothing(" AND ".join(parts), columns, columns.present)):
        others = [part for n, part in enumerate(parts) if n != place]
        assert effect.text == parts[place]
        assert (effect.n_alone, effect.n_without) == (count(parts[place]), count(*others))
        if effect.loosened:
            assert count(effect.loosened, *others) == effect.n_loosened > 0
            assert np.all(effect.n_loosened <= effect.n_without)
