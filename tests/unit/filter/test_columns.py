"""Which documents pass, against one slow and obvious evaluator per row."""

from __future__ import annotations

import operator
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.domain.document import Delivery, Document, EducationLevel, Facts, Kind, Salary
from matcher.errors import InvalidDocument
from matcher.match.filter import FactColumns, FactRow, parse_filter
from matcher.match.filter.syntax import And, Comparison, Expression, Known, Not, Or


def passing(text: str, *rows: FactRow, kind: Kind = Kind.POSTING) -> list[str]:
    columns = FactColumns(kind)
    for number, row in enumerate(rows):
        columns.put(number, row)
    return [rows[number].id for number in np.flatnonzero(parse_filter(text).mask(columns))]


LAB = FactRow(
    id="lab",
    title="水质化验员 Lab Technician",
    languages=("zh", "en"),
    skills=frozenset({"water-testing", "excel"}),
    region="上海",
    education=EducationLevel.ASSOCIATE,
    experience_years=1.0,
    currency="CNY",
    salary_min=6000.0,
    salary_max=9000.0,
    create_time=datetime(2026, 11, 1, tzinfo=UTC),
)
NURSE = FactRow(
    id="nurse",
    title="Registered Nurse",
    languages=("en",),
    skills=frozenset({"nursing"}),
    region="Berlin",
    education=EducationLevel.BACHELOR,
    experience_years=0.0,
    currency="EUR",
    salary_min=3200.0,
    delivery=Delivery.ONSITE,
    create_time=datetime(2026, 11, 1, 8, tzinfo=timezone(timedelta(hours=8))),
)
BARE = FactRow(id="bare")
ALL = ["lab", "nurse", "bare"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ALL),
        ("kind = POSTING", ALL),
        ("kind != POSTING", []),
        ("kind = course", []),
        ("id = nurse", ["nurse"]),
        ("id = Nurse", []),
        ("id != nurse", ["lab", "bare"]),
        ("region = 上海", ["lab"]),
        ("region = BERLIN", ["nurse"]),
        ("region != 上海", ["nurse"]),
        ("region = 广州", []),
        ("region != 广州", ["lab", "nurse"]),
        ("education <= ASSOCIATE", ["lab"]),
        ("education > ASSOCIATE", ["nurse"]),
        ("education != BACHELOR", ["lab"]),
        ("experience_years = 0", ["nurse"]),
        ("salary_min >= 3200", ["lab", "nurse"]),
        ("salary_max >= 0", ["lab"]),
        ("currency = cny AND salary_min < 8000", ["lab"]),
        ("delivery = ONSITE", ["nurse"]),
        ("language:zh", ["lab"]),
        ("language = en", ["lab", "nurse"]),
        ("language != zh", ["nurse"]),
        ("skill:excel", ["lab"]),
        ("skill:excel skill:water-testing", ["lab"]),
        ("skill:excel OR skill:nursing", ["lab", "nurse"]),
        ("skill:cobol", []),
        ("NOT skill:excel", ["nurse", "bare"]),
        ("skill != excel", ["nurse", "bare"]),
        ('title:"水质"', ["lab"]),
        ("title:nurse", ["nurse"]),
        ('title:"ｎｕｒｓｅ"', ["nurse"]),
        ('title = "registered nurse"', ["nurse"]),
        ("NOT title:nurse", ["lab"]),
        ('create_time = "2026-11-01T00:00:00Z"', ["lab", "nurse"]),
        ('create_time < "2026-11-01T08:00:00+08:00"', []),
        ('create_time > "2026-10-31T23:59:59.999999Z"', ["lab", "nurse"]),
        # Unknown is neither true nor false.
        ("NOT salary_max >= 9001", ["lab"]),
        ("NOT (salary_max > 1 AND education = BACHELOR)", ["lab"]),
        ("NOT (salary_max > 1 AND education = MASTER)", ["lab", "nurse"]),
        ("salary_max > 1 OR education = BACHELOR", ["lab", "nurse"]),
        ("hours > 1 OR NOT hours > 1", []),
        ("salary_max:*", ["lab"]),
        ("NOT salary_max:*", ["nurse", "bare"]),
        ("skill:* language:* title:* region:*", ["lab", "nurse"]),
        ("id:* kind:*", ALL),
    ],
)
def test_filter_passes_exactly(text: str, expected: list[str]) -> None:
    assert passing(text, LAB, NURSE, BARE) == expected


def test_fact_row_takes_salary_in_currency_units() -> None:
    def row(salary: Salary) -> FactRow:
        document = Document(Kind.POSTING, "a", "", "", ("zh",), (), Facts(region="上海", salary=salary), "")
        return FactRow.of(document, ["python"])

    yuan, yen = row(Salary("CNY", 800_000, None)), row(Salary("JPY", None, 300_000))
    assert (yuan.salary_min, yuan.salary_max, yuan.currency) == (8000.0, None, "CNY")
    assert (yen.salary_min, yen.salary_max) == (None, 300_000.0)
    assert (yuan.region, yuan.languages) == ("上海", ("zh",))
    assert yuan.skills == {"python"}


def test_rows_can_be_replaced_removed_and_reused() -> None:
    columns = FactColumns(Kind.POSTING)
    columns.put(5, LAB)
    columns.put(2, NURSE)
    assert parse_filter("").mask(columns).tolist() == [False, False, True, False, False, True]
    columns.put(5, BARE)
    assert not parse_filter("skill:excel OR language:zh OR region = 上海 OR id = lab OR title:水质").mask(columns).any()
    columns.remove(2)
    columns.remove(2)
    columns.remove(99)
    assert not parse_filter("language:* OR skill:* OR title:*").mask(columns).any()
    assert np.flatnonzero(parse_filter("NOT language:*").mask(columns)).tolist() == [5]
    assert np.flatnonzero(parse_filter("NOT skill:nursing").mask(columns)).tolist() == [5]
    columns.put(2, LAB)
    assert np.flatnonzero(parse_filter("skill:excel language:zh id = lab").mask(columns)).tolist() == [2]


def test_document_that_moved_to_another_row_keeps_its_id() -> None:
    columns = FactColumns(Kind.POSTING)
    columns.put(0, LAB)
    columns.put(1, LAB)
    columns.remove(0)
    assert parse_filter("id = lab").mask(columns).tolist() == [False, True]


def test_time_without_zone_is_refused_and_changes_nothing() -> None:
    columns = FactColumns(Kind.POSTING)
    columns.put(0, LAB)
    with pytest.raises(InvalidDocument) as caught:
        columns.put(0, FactRow(id="x", update_time=datetime(2026, 1, 1)))
    assert caught.value.field == "update_time"
    assert parse_filter("id = lab").mask(columns).tolist() == [True]


def test_columns_grow_past_their_first_size() -> None:
    columns = FactColumns(Kind.COURSE)
    for row in range(3000):
        columns.put(row, FactRow(id=str(row), hours=float(row), skills=frozenset({"odd"} if row % 2 else ())))
    found = np.flatnonzero(parse_filter("hours >= 2990 skill:odd").mask(columns))
    assert found.tolist() == [2991, 2993, 2995, 2997, 2999]
    assert np.flatnonzero(parse_filter("skill:*").mask(columns)).tolist() == list(range(1, 3000, 2))


# A slow evaluator that shares nothing with the columns: True, False or None for one row.

ORDER = {"=": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
days = [date(2026, 1, 1), date(2026, 6, 1)]
times = [datetime(2026, 1, day, tzinfo=UTC) for day in (1, 2, 3)]


def fact(row: FactRow, kind: Kind, field: str) -> Any:
    if field == "kind":
        return list(Kind).index(kind) + 1
    if field == "language":
        return row.languages or None
    if field == "skill":
        return row.skills
    if field == "credential":
        return row.credentials
    if field == "tag":
        return {tag.lower() for tag in row.tags} or None
    if field in ("valid_from", "valid_until"):
        day = row.valid_from if field == "valid_from" else row.valid_until
        return None if day is None else day.toordinal()
    value = getattr(row, field)
    if isinstance(value, datetime):
        return value.timestamp() * 1e6
    if isinstance(value, Delivery):
        return list(Delivery).index(value) + 1
    if field in ("region", "currency", "title", "organisation"):
        return value.lower() if value else None
    return value


def truth(expression: Expression, row: FactRow, kind: Kind) -> bool | None:
    match expression:
        case Not(part):
            inner = truth(part, row, kind)
            return None if inner is None else not inner
        case And(parts):
            verdicts = [truth(part, row, kind) for part in parts]
            return False if False in verdicts else None if None in verdicts else True
        case Or(parts):
            verdicts = [truth(part, row, kind) for part in parts]
            return True if True in verdicts else None if None in verdicts else False
        case Known(field):
            stated = fact(row, kind, field.name)
            return bool(stated) if field.name in ("skill", "credential") else stated is not None
        case Comparison(field, comparator, value):
            stated = fact(row, kind, field.name)
            if stated is None:
                return None
            if field.name in ("language", "skill", "credential", "tag"):
                return (value in stated) != (comparator == "!=")
            return value in stated if comparator == ":" else bool(ORDER[comparator](stated, cast(Any, value)))


few_numbers = st.sampled_from([0.0, 0.5, 1.0, 2.0, 100.0])
fact_rows = st.builds(
    FactRow,
    id=st.sampled_from(["a", "b", "c"]),
    title=st.sampled_from(["", "Nurse", "水质化验员", "nurse 水质"]),
    languages=st.lists(st.sampled_from(["zh", "en"]), unique=True).map(tuple),
    skills=st.frozensets(st.sampled_from(["p", "q", "r"])),
    region=st.none() | st.sampled_from(["上海", "Berlin"]),
    education=st.none() | st.sampled_from(EducationLevel),
    experience_years=st.none() | few_numbers,
    currency=st.none() | st.sampled_from(["CNY", "EUR"]),
    salary_min=st.none() | few_numbers,
    salary_max=st.none() | few_numbers,
    hours=st.none() | few_numbers,
    credits=st.none() | few_numbers,
    practice_share=st.none() | few_numbers,
    delivery=st.none() | st.sampled_from(Delivery),
    cost=st.none() | few_numbers,
    openings=st.none() | st.sampled_from([1, 2, 100]),
    valid_from=st.none() | st.sampled_from(days),
    valid_until=st.none() | st.sampled_from(days),
    organisation=st.sampled_from([None, "Works", "waterworks"]),
    tags=st.lists(st.sampled_from(["A", "b"]), unique=True).map(tuple),
    credentials=st.frozensets(st.sampled_from(["p", "q"])),
    create_time=st.none() | st.sampled_from(times),
    update_time=st.none() | st.sampled_from(times),
)
order = st.sampled_from(list(ORDER))
equality = st.sampled_from(["=", "!="])
numeric = ["cost", "openings", "experience_years", "salary_min", "salary_max", "hours", "credits", "practice_share"]
every_field = [
    *numeric,
    "region",
    "currency",
    "education",
    "delivery",
    "create_time",
    "title",
    "language",
    "skill",
    "credential",
    "tag",
    "organisation",
    "valid_from",
    "id",
    "kind",
]


def joined(*parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(*parts).map("".join)


comparisons = st.one_of(
    joined(st.sampled_from(numeric), order, few_numbers.map(str)),
    joined(st.just("education"), order, st.sampled_from([level.name for level in EducationLevel])),
    joined(st.just("delivery"), equality, st.sampled_from([d.name for d in Delivery])),
    joined(st.just("kind"), equality, st.sampled_from([k.name for k in Kind])),
    joined(st.just("region"), equality, st.sampled_from(["上海", "berlin", "X"])),
    joined(st.just("currency"), equality, st.sampled_from(["CNY", "usd"])),
    joined(
        st.sampled_from(["create_time", "update_time"]), order, st.sampled_from([f'"{t.isoformat()}"' for t in times])
    ),
    joined(st.just("title"), st.sampled_from([":", "=", "!="]), st.sampled_from(["nurse", "水质", '"nurse 水质"'])),
    joined(st.sampled_from(["valid_from", "valid_until"]), order, st.sampled_from([day.isoformat() for day in days])),
    joined(st.just("organisation"), st.sampled_from([":", "=", "!="]), st.sampled_from(["works", "WATERWORKS"])),
    joined(st.sampled_from(["tag", "credential"]), st.sampled_from([":", "=", "!="]), st.sampled_from(["a", "p"])),
    joined(st.just("language"), st.sampled_from([":", "=", "!="]), st.sampled_from(["zh", "de"])),
    joined(st.just("skill"), st.sampled_from([":", "=", "!="]), st.sampled_from(["p", "q", "z"])),
    joined(st.just("id"), equality, st.sampled_from(["a", "z"])),
    joined(st.sampled_from(every_field), st.just(":*")),
)
filters = st.recursive(
    comparisons,
    lambda inner: st.one_of(
        joined(st.sampled_from(["NOT (", "-(", "("]), inner, st.just(")")),
        joined(inner, st.sampled_from([" AND ", " OR ", " "]), inner),
    ),
    max_leaves=8,
)


@settings(max_examples=400, deadline=None)
@given(filters, st.lists(fact_rows, max_size=12), st.sampled_from(Kind), st.lists(st.integers(0, 11), max_size=3))
def test_columns_agree_with_the_slow_evaluator(text: str, rows: list[FactRow], kind: Kind, removed: list[int]) -> None:
    # Ids are unique in a store; keep the first row of each.
    rows = [row for number, row in enumerate(rows) if row.id not in {other.id for other in rows[:number]}]
    columns = FactColumns(kind)
    for number, row in enumerate(rows):
        columns.put(number, row)
    for number in removed:
        columns.remove(number)
    parsed = parse_filter(text)
    assert parsed.expression is not None
    expected = [n not in removed and truth(parsed.expression, row, kind) is True for n, row in enumerate(rows)]
    assert parsed.mask(columns).tolist() == expected
