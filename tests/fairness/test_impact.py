"""Impact ratios worked by hand, what must hold of them, and the command that asks a running service."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from matcher.cli import app
from matcher.match.impact import FOUR_FIFTHS, GroupImpact, impact_ratios


def people(group: str, n: int, selected: int) -> list[tuple[str, bool]]:
    return [(group, place < selected) for place in range(n)]


def test_the_example_of_the_uniform_guidelines() -> None:
    # 48 of 80 and 12 of 40: 60 % against 30 %, half of it; four fifths of 60 % of 40 are 19.2, so 8 are missing
    report = impact_ratios(people("a", 80, 48) + people("b", 40, 12))
    assert report.groups == (GroupImpact("a", 80, 48, 1.0, 0), GroupImpact("b", 40, 12, 0.5, 8))
    assert [g.is_below for g in report.groups] == [False, True]


def test_exactly_four_fifths_is_kept() -> None:
    report = impact_ratios(people("a", 10, 5) + people("b", 10, 4))
    assert [(g.ratio, g.n_short) for g in report.groups] == [(1.0, 0), (pytest.approx(0.8), 0)]


def test_a_small_group_is_named_and_nothing_told_of_it_nor_compared_with_it() -> None:
    report = impact_ratios(people("a", 30, 3) + people("few", 9, 9) + people("b", 30, 3))
    assert report.suppressed == ("few",)
    assert [(g.group, g.ratio) for g in report.groups] == [("a", 1.0), ("b", 1.0)]
    assert impact_ratios(people("few", 9, 9), 9).suppressed == ()


def test_where_nobody_is_selected_there_is_no_ratio() -> None:
    assert impact_ratios(people("a", 20, 0)).groups == (GroupImpact("a", 20, 0, None, 0),)
    assert impact_ratios([]).groups == ()


@given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=60), st.integers(2, 12))
def test_a_group_is_below_exactly_when_its_ratio_is_and_the_shortfall_mends_it(
    outcomes: list[tuple[str, bool]], least: int
) -> None:
    report = impact_ratios(outcomes, least)
    for group in report.groups:
        assert group.n >= least
        assert group.is_below == (group.ratio is not None and group.ratio < FOUR_FIFTHS - 1e-9)
        if group.is_below:
            highest = max(g.rate for g in report.groups)
            assert (group.n_selected + group.n_short) / group.n >= FOUR_FIFTHS * highest - 1e-9
            assert (group.n_selected + group.n_short - 1) / group.n < FOUR_FIFTHS * highest
    assert {g.group for g in report.groups} | set(report.suppressed) == {g for g, _ in outcomes}


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["fairness", *arguments])
    return result.exit_code, result.output


def test_the_command_reads_outcomes_and_writes_json(tmp_path: Path) -> None:
    file = tmp_path / "outcomes.csv"
    rows = [f"{group},{int(selected)}" for group, selected in people("a", 80, 48) + people("b", 40, 12)]
    file.write_text("group,selected\n" + "\n".join(rows), encoding="utf-8")
    code, output = run(str(file), "--json")
    assert code == 0
    assert [(g["group"], g["ratio"], g["short"]) for g in json.loads(output)["groups"]] == [
        ("a", 1.0, 0),
        ("b", 0.5, 8),
    ]
    assert "below, 8 short" in run(str(file))[1]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("group\na", "lacks the columns"),
        ("group,selected\na,yes", "outcomes.csv:2: selected is 0 or 1"),
        ("group,selected\n,1", "outcomes.csv:2"),
    ],
)
def test_a_file_that_does_not_say_what_is_needed_is_refused_by_line(tmp_path: Path, text: str, problem: str) -> None:
    file = tmp_path / "outcomes.csv"
    file.write_text(text, encoding="utf-8")
    code, output = run(str(file))
    assert code == 2
    assert problem in " ".join(output.replace("│", " ").split())
