"""Places with what lies in them, pay that overlaps, dates, and sets: which documents pass, and where a value is refused."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.document import Document, Facts, Kind, Salary
from matcher.domain.places import named_places
from matcher.errors import InvalidFilter
from matcher.match.filter import FactColumns, FactRow, parse_filter
from matcher.match.filter.syntax import verdict


def columns_of(*rows: FactRow) -> FactColumns:
    columns = FactColumns(Kind.POSTING)
    for number, row in enumerate(rows):
        columns.put(number, row)
    return columns


def passing(text: str, *rows: FactRow) -> list[str]:
    return [rows[n].id for n in np.flatnonzero(parse_filter(text).mask(columns_of(*rows)))]


def told(text: str, row: FactRow) -> bool | None:
    """The verdict on one row: True, False or None for unknown."""
    expression = parse_filter(text).expression
    assert expression is not None
    found = verdict(expression, columns_of(row))
    return True if found.true[0] else False if found.false[0] else None


PLACES = [
    FactRow(id=name, region=name or None)
    for name in ("苏州", "南京", "江苏", "上海", "吉林市", "吉林", "延边", "仙桃", "London", "Leeds", "临江", "")
]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("江苏", ["苏州", "南京", "江苏"]),
        ("江苏省", ["苏州", "南京", "江苏"]),
        ("Jiangsu", ["苏州", "南京", "江苏"]),
        ("320000", ["苏州", "南京", "江苏"]),
        ('"320500"', ["苏州"]),
        ("苏州市", ["苏州"]),
        ("suzhou", ["苏州"]),
        ("昆山", ["苏州"]),  # as a document from there is read
        ("３２０５００", ["苏州"]),
        ("吉林", ["吉林市", "吉林", "延边"]),
        ("吉林市", ["吉林市"]),
        ("220200", ["吉林市"]),
        ("延边朝鲜族自治州", ["延边"]),
        ("湖北", ["仙桃"]),
        ("429004", ["仙桃"]),
        ("310000", ["上海"]),
        ("英国", ["London", "Leeds"]),
        ('"united kingdom"', ["London", "Leeds"]),
        ("伦敦", ["London"]),
        ("临江", ["临江"]),
        ("广西壮族自治区", []),
    ],
)
def test_a_place_is_asked_for_by_any_name_or_code_and_with_all_that_lies_in_it(asked: str, expected: list[str]) -> None:
    assert passing(f"region = {asked}", *PLACES) == expected


def test_a_province_alone_does_not_say_in_which_city_and_so_neither_passes_nor_passes_under_not() -> None:
    of_province = FactRow(id="x", region="江苏")
    assert told("region = 苏州", of_province) is None
    assert told("region != 苏州", of_province) is None
    assert told("region = 浙江", of_province) is False
    assert told("region != 江苏", FactRow(id="x", region="苏州")) is False
    assert told("region != 江苏", FactRow(id="x", region="London")) is True
    assert told("region = 江苏", FactRow(id="x")) is None


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("320583", "320500 is 苏州"),
        ("329900", "320000 is 江苏"),
        ("999999", "no code of a province or city in GB/T 2260"),
    ],
)
def test_a_code_that_no_city_has_is_refused_with_the_city_around_it(code: str, message: str) -> None:
    with pytest.raises(InvalidFilter, match=message) as caught:
        parse_filter(f"hours = 1 region = {code}")
    assert caught.value.position == 20


def test_the_gazetteer_holds_all_provinces_and_prefectures_once_each() -> None:
    codes = [named.place.code for named in named_places() if named.place.code]
    assert len(codes) == len(set(codes))
    assert sum(code.endswith("0000") for code in codes) == 34
    assert sum(code.endswith("00") and not code.endswith("0000") for code in codes) == 333
    by_name = {named.place.name: named.place for named in named_places()}
    for place in by_name.values():
        if place.code and place.within:
            assert by_name[place.within].code[:2] == place.code[:2]
            assert place.is_within(by_name[place.within])
    assert len(by_name) == len(named_places())
    assert by_name["格尔木"].is_within(by_name["海西州"])
    assert not by_name["海西州"].is_within(by_name["格尔木"])


ends = st.none() | st.integers(0, 12)


@given(ends, ends, ends, ends)
def test_pay_overlaps_as_far_as_every_way_of_filling_in_the_unknown_agrees(
    low: int | None, high: int | None, asked_low: int | None, asked_high: int | None
) -> None:
    if low is not None and high is not None and low > high:
        low, high = high, low
    if asked_low is not None and asked_high is not None and asked_low > asked_high:
        asked_low, asked_high = asked_high, asked_low
    if asked_low is None and asked_high is None:
        asked_low = 5
    text = f"salary:{'' if asked_low is None else asked_low}-{'' if asked_high is None else asked_high}"
    bands = [
        (a, b)
        for a in (range(-1, 30) if low is None else [low])
        for b in (range(-1, 30) if high is None else [high])
        if a <= b
    ]
    overlaps = {
        b >= (-1 if asked_low is None else asked_low) and a <= (99 if asked_high is None else asked_high)
        for a, b in bands
    }
    nothing_known = low is None and high is None
    expected = None if nothing_known or len(overlaps) > 1 else overlaps.pop()
    # an open end of the asked band with nothing on that side to compare is fulfilled by whatever is known
    assert told(text, FactRow(id="x", salary_min=low, salary_max=high)) is expected


@pytest.mark.parametrize("written", ["8000-12000", "8000-", "-12000", "10000", '"8000-12000"'])
def test_bands_are_written_with_one_or_two_ends(written: str) -> None:
    assert passing(f"salary:{written}", FactRow(id="a", salary_min=9000.0, salary_max=11000.0)) == ["a"]
    assert passing("salary:*", FactRow(id="a", salary_min=9000.0), FactRow(id="b")) == ["a"]


OPEN = FactRow(
    id="open",
    organisation="临江水务集团",
    tags=("智慧水务 Track", "2027"),
    credentials=frozenset({"cet-4"}),
    skills=frozenset({"cet-4", "python"}),
    openings=3,
    cost=0.0,
    valid_from=date(2026, 11, 1),
    valid_until=date(2026, 12, 31),
    start_dates=(date(2027, 3, 1), date(2027, 9, 1)),
)
HALF_OPEN = FactRow(id="half", organisation="Linjiang Water", valid_until=date(2026, 11, 15), cost=1999.5)
SILENT = FactRow(id="silent")
ALL = (OPEN, HALF_OPEN, SILENT)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("organisation:水务", ["open"]),
        ("organisation:WATER", ["half"]),
        ('organisation = "linjiang water"', ["half"]),
        ("organisation != 临江水务集团", ["half"]),
        ("tag:2027", ["open"]),
        ('tag:"智慧水务 track"', ["open"]),
        ("NOT tag:2028", ["open"]),
        ("tag:*", ["open"]),
        ("credential:cet-4", ["open"]),
        ("NOT credential:cet-4", ["half", "silent"]),
        ("credential:python", []),
        ("credential:*", ["open"]),
        ("NOT skill:python", ["half", "silent"]),
        ("openings >= 3", ["open"]),
        ("openings > 3", []),
        ("cost = 0", ["open"]),
        ("cost <= 1999.5", ["open", "half"]),
        ("NOT cost > 0", ["open"]),
        ("valid_on = 2026-11-30", ["open"]),
        ("valid_on = 2026-11-01 valid_on = 2026-12-31", ["open"]),
        ("valid_on = 2026-10-31", []),
        ("valid_on != 2026-11-30", ["half"]),  # it has ended; of `silent` nothing is known
        ("valid_on = 2026-11-10", ["open"]),  # when `half` began is unknown
        ("valid_on:*", ["open", "half"]),
        ("valid_from:*", ["open"]),
        ("valid_until < 2026-12-01", ["half"]),
        ('valid_until >= "2026-12-31"', ["open"]),
        ("start_date:2027-03-01", ["open"]),
        ("start_date:2027-03-02", []),
        ("NOT start_date:2027-03-02", ["open"]),
        ("start_date:2027-02-15/2027-03-15", ["open"]),
        ("start_date:2027-03-02/2027-08-31", []),
        ("start_date:2027-08-31/..", ["open"]),
        ("start_date:../2027-02-28", []),
        ("start_date > 2027-03-01", ["open"]),
        ("start_date > 2027-09-01", []),
        ("start_date <= 2027-03-01", ["open"]),
        ("start_date:*", ["open"]),
    ],
)
def test_facts_of_courses_and_postings_that_planning_needs_can_be_asked_for(text: str, expected: list[str]) -> None:
    assert passing(text, *ALL) == expected


@pytest.mark.parametrize(
    ("text", "position", "message"),
    [
        ("valid_on = 2026-13-01", 12, "RFC 3339 date"),
        ("valid_from >= 2026-11-22T08:00:00Z", 15, "RFC 3339 date"),
        ("valid_on < 2026-11-01", 10, "valid_on is compared by = !="),
        ("start_date:2027-03", 12, "2027-02-15/2027-03-15"),
        ("start_date:../..", 12, "2027-02-15/2027-03-15"),
        ("start_date:2027-04-01/2027-03-01", 12, "from its lower to its upper end"),
        ("start_date >= 2027-03-01/2027-04-01", 15, "by : only"),
        ("start_date = 2027-03-01", 12, "compared by : < <= > >="),
        ("salary = 8000", 8, "salary is compared by :"),
        ("salary:-", 8, "8000-12000"),
        ("salary:8k-12k", 8, "8000-12000"),
        ("salary:12000-8000", 8, "from its lower to its upper end"),
        ("cost = free", 8, "cost is a number (CNY yuan)"),
        ("tag > 2027", 5, "tag is compared by : = !="),
        ('tag:""', 5, "empty string"),
    ],
)
def test_refusals_name_the_column_and_what_would_do(text: str, position: int, message: str) -> None:
    with pytest.raises(InvalidFilter) as caught:
        parse_filter(text)
    assert message in caught.value.message
    assert caught.value.position == position


def test_a_fact_row_takes_the_facts_in_the_units_that_filters_use() -> None:
    facts = Facts(
        cost_fen=12_345,
        start_dates=(date(2027, 3, 1),),
        openings=2,
        valid_from=date(2026, 1, 1),
        organisation="X",
        tags=("a", "b"),
        salary=Salary("CNY", 800_000, None),
    )
    document = Document(Kind.COURSE, "c", "T", "T", ("zh",), (), facts, "hash")
    row = FactRow.of(document, {"cet-4", "python"}, credentials={"cet-4"})
    assert (row.cost, row.openings, row.organisation, row.tags) == (123.45, 2, "X", ("a", "b"))
    assert (row.valid_from, row.valid_until, row.start_dates) == (date(2026, 1, 1), None, (date(2027, 3, 1),))
    assert (set(row.skills), set(row.credentials)) == ({"cet-4", "python"}, {"cet-4"})


def test_a_row_that_is_removed_is_asked_for_in_vain_by_all_its_facts() -> None:
    columns = columns_of(OPEN)
    columns.remove(0)
    columns.put(1, SILENT)
    text = "tag:* OR credential:* OR organisation:水 OR start_date:* OR valid_on:* OR openings > 0 OR cost = 0"
    assert not parse_filter(text).mask(columns).any()
