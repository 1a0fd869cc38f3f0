"""What the filter language says, and where it says no."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from matcher.errors import InvalidFilter
from matcher.match.filter import Filter, parse_filter
from matcher.match.filter.fields import FIELDS
from matcher.match.filter.parser import MAX_COMPARISONS, MAX_DEPTH, MAX_LENGTH
from matcher.match.filter.syntax import And, Comparison, Expression, Known, Not, Or


def compared(field: str, comparator: str, value: float | str) -> Comparison:
    return Comparison(FIELDS[field], comparator, value)


A, B, C = (compared("hours", "=", float(i)) for i in (1, 2, 3))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hours = 1", A),
        ("  hours=1\t\n", A),
        ("hours = 1 AND hours = 2", And((A, B))),
        ("hours = 1 hours = 2", And((A, B))),
        ("hours = 1 OR hours = 2", Or((A, B))),
        ("hours = 1 AND hours = 2 OR hours = 3", And((A, Or((B, C))))),
        ("hours = 1 OR hours = 2 AND hours = 3", And((Or((A, B)), C))),
        ("hours = 1 hours = 2 OR hours = 3", And((A, Or((B, C))))),
        ("hours = 1 hours = 2 AND hours = 3", And((And((A, B)), C))),
        ("(hours = 1 AND hours = 2) OR hours = 3", Or((And((A, B)), C))),
        ("NOT hours = 1", Not(A)),
        ("-hours = 1", Not(A)),
        ("NOT hours = 1 OR hours = 2", Or((Not(A), B))),
        ("NOT (hours = 1 OR hours = 2)", Not(Or((A, B)))),
        ("NOT(hours = 1)", Not(A)),
        ("-(hours=1) -hours=2", And((Not(A), Not(B)))),
        ("((hours = 1))", A),
        ("hours:*", Known(FIELDS["hours"])),
        ("NOT salary_min : *", Not(Known(FIELDS["salary_min"]))),
    ],
)
def test_structure_follows_the_precedence_of_aip_160(text: str, expected: Expression) -> None:
    assert parse_filter(text) == Filter(expected)


@pytest.mark.parametrize("text", ["", " ", "\n\t　"])
def test_blank_filter_has_no_expression(text: str) -> None:
    assert parse_filter(text) == Filter(None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('region = "上海"', compared("region", "=", "上海")),
        ("region = 上海", compared("region", "=", "上海")),
        ("region != 'New York'", compared("region", "!=", "new york")),
        (r'title:"a \"quoted\" \\ word"', compared("title", ":", 'a "quoted" \\ word')),
        (r"title:'it\'s'", compared("title", ":", "it's")),
        ('title:"ＣＮＣ 操作工"', compared("title", ":", "cnc 操作工")),
        ('title:"AND"', compared("title", ":", "and")),
        ('title:"*"', compared("title", ":", "*")),
        ("skill:python", compared("skill", ":", "python")),
        ("skill:c++", compared("skill", ":", "c++")),
        ("language = zh", compared("language", "=", "zh")),
        ("id = water-lab.01", compared("id", "=", "water-lab.01")),
        ("kind = POSTING", compared("kind", "=", 2.0)),
        ("education >= bachelor", compared("education", ">=", 3.0)),
        ("delivery != ONLINE", compared("delivery", "!=", 2.0)),
        ("salary_min >= 8000", compared("salary_min", ">=", 8000.0)),
        ("practice_share < 0.5", compared("practice_share", "<", 0.5)),
        ("experience_years > -1", compared("experience_years", ">", -1.0)),
        ('create_time >= "2026-11-22T08:00:00Z"', compared("create_time", ">=", 1795334400e6)),
        ("create_time < 2026-11-22T08:00:00.5+08:00", compared("create_time", "<", 1795305600.5e6)),
    ],
)
def test_values_are_read_as_their_field_holds_them(text: str, expected: Comparison) -> None:
    assert parse_filter(text) == Filter(expected)


@pytest.mark.parametrize(
    ("text", "position", "message"),
    [
        ("hours", 6, "expected one of = != < <= > >= :* after hours"),
        ("hours >", 8, "expected a value of hours"),
        ("hours > AND hours = 2", 9, "expected a value of hours"),
        ("AND", 1, "expected a field"),
        ("hours = 1 OR", 13, "expected a field"),
        ("hours = 1 AND AND hours = 2", 15, "expected a field"),
        ("NOT NOT hours = 1", 5, "expected a field"),
        ("--hours = 1", 2, "unknown field"),
        ('"python"', 1, "expected a field, not a value"),
        ("(hours = 1", 1, "this parenthesis is not closed"),
        ("()", 2, "expected a field"),
        ("hours = 1)", 10, "no parenthesis to close"),
        ("hours == 1", 8, "expected a value of hours"),
        ("hours = 1, credits = 2", 10, "expected a space, AND or OR"),
        ('region = "a"region = "b"', 13, "expected a space, AND or OR"),
        ('region = "上海', 10, "not closed"),
        (r'region = "\n"', 10, "not closed, or has an escape"),
        ("hours = 1 and credits = 2", 11, "write AND in capitals"),
        ("regoin = 上海", 1, "did you mean region?"),
        ("学历 = MASTER", 1, "the fields are id, kind"),
        ("hours = 1 salary_mn > 5", 11, "did you mean salary_min?"),
        ("region < 上海", 8, "region is compared by = != :*"),
        ("delivery > ONLINE", 10, "delivery is compared by = != :*"),
        ("region : 上海", 8, "region is compared by = != :*"),
        ("skill > python", 7, "skill is compared by : = !="),
        ("hours = many", 9, "hours is a number (teaching hours)"),
        ('hours = "40"', 9, "without quotes"),
        ("hours = nan", 9, "hours is a number"),
        ("hours = 1e5", 9, "hours is a number"),
        ("education = PHD", 13, "SECONDARY, ASSOCIATE, BACHELOR, MASTER, DOCTORATE"),
        ("kind = job", 8, "CANDIDATE, POSTING, COURSE"),
        ('create_time > "2026-11-22"', 15, "RFC 3339"),
        ('create_time > "2026-13-22T00:00:00Z"', 15, "RFC 3339"),
        ('create_time > "2026-11-22T00:00:00"', 15, "RFC 3339"),
        ("create_time = 2026-02-30T00:00:00Z", 15, "RFC 3339"),
        ('region = ""', 10, "region:* asks"),
        ("region ＝ 上海", 8, "full-width, write ="),
        ("region = “上海”", 10, 'full-width, write "'),
        ("（hours = 1）", 1, "full-width, write ("),
    ],
)
def test_refusal_names_column_and_reason(text: str, position: int, message: str) -> None:
    with pytest.raises(InvalidFilter) as caught:
        parse_filter(text)
    assert message in caught.value.message
    assert (caught.value.position, caught.value.field) == (position, "filter")


def test_columns_are_counted_in_code_points() -> None:
    with pytest.raises(InvalidFilter) as caught:
        parse_filter('title:"👩🏽‍🔧水质" nope = 1')
    assert caught.value.position == len('title:"👩🏽‍🔧水质" ') + 1


def test_length_is_limited() -> None:
    longest = "hours = 1".ljust(MAX_LENGTH)
    assert parse_filter(longest) == Filter(A)
    with pytest.raises(InvalidFilter, match="2000 code points") as caught:
        parse_filter(longest + " ")
    assert caught.value.position == MAX_LENGTH + 1


def test_depth_is_limited() -> None:
    assert parse_filter("(" * MAX_DEPTH + "hours = 1" + ")" * MAX_DEPTH) == Filter(A)
    with pytest.raises(InvalidFilter, match="nested more than 32 deep") as caught:
        parse_filter("-(" * (MAX_DEPTH + 1) + "hours = 1" + ")" * (MAX_DEPTH + 1))
    assert caught.value.position == 2 * MAX_DEPTH + 2


def test_number_of_comparisons_is_limited() -> None:
    parse_filter(" ".join(["hours=1"] * MAX_COMPARISONS))
    with pytest.raises(InvalidFilter, match="at most 64 comparisons") as caught:
        parse_filter(" ".join(["hours=1"] * (MAX_COMPARISONS + 1)))
    assert caught.value.position == MAX_COMPARISONS * 8 + 1


signs = ["-", "(", ")", "=", "!=", "<=", ":", "*", '"', "'", "\\", " ", "\n", "，", "＝", ".", "\ud800", "\x00"]
words = ["AND", "OR", "NOT", "1", "2.5", "上海", "MASTER", "2026-11-22T08:00:00Z", '"x"', "region = a", "hours>3"]
pieces = st.sampled_from([*FIELDS, *signs, *words])


def column_of_refusal(text: str) -> int | None:
    try:
        parse_filter(text)
    except InvalidFilter as error:
        return error.position
    return None


@settings(max_examples=600, deadline=None)
@given(st.lists(pieces, max_size=25).map("".join) | st.text(st.characters(exclude_categories=()), max_size=60))
@example("hours = " + "9" * 400)
@example("\ud800 = 1")
@example("create_time = 9999-12-31T23:59:59-23:59")
@example("create_time = 0001-01-01T00:00:00+23:59")
def test_any_text_is_parsed_or_refused_with_a_column_inside_it(text: str) -> None:
    column = column_of_refusal(text)
    assert column is None or 1 <= column <= len(text) + 1
