"""Whether a posting suits a candidate: only what both sides state counts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from matcher.domain.document import EducationLevel, Salary
from matcher.domain.match import CandidateFit, FitPart
from matcher.match.candidate_fit import both_sided, candidate_fit, education_use, experience_use, region_fit, salary_fit

SECONDARY, ASSOCIATE, BACHELOR, MASTER, DOCTORATE = EducationLevel


@dataclass(frozen=True)
class Side:
    education: EducationLevel | None = None
    experience_years: float | None = None
    region: str | None = None
    salary: Salary | None = None


def cny(low: int | None, high: int | None = None) -> Salary:
    return Salary("CNY", low, high)


def test_nothing_stated_is_no_fit() -> None:
    found = candidate_fit(Side(), Side(), None)
    assert found.value is None
    assert {part.value for part in found.parts} == {None}


def test_what_one_side_states_alone_counts_for_nothing() -> None:
    posting = Side(BACHELOR, 3.0, "上海", cny(800_000, 1_000_000))
    assert candidate_fit(posting, Side(), None).value is None
    assert candidate_fit(Side(), posting, None).value is None


def test_the_fit_is_the_mean_of_what_both_state() -> None:
    posting = Side(None, 4.0, "上海", cny(600_000, 800_000))
    candidate = Side(BACHELOR, 2.0, "北京", cny(1_000_000))
    found = candidate_fit(posting, candidate, 0.4)
    assert {part.part: part.value for part in found.parts} == {
        "salary": pytest.approx(0.8),
        "region": 0.0,
        "education": None,
        "experience": 0.5,
        "wish": 0.4,
    }
    assert found.value == pytest.approx((0.8 + 0.0 + 0.5 + 0.4) / 4)


@pytest.mark.parametrize(
    ("offered", "wanted", "fit"),
    [
        (cny(600_000, 800_000), cny(700_000), 1.0),
        (cny(600_000, 800_000), cny(1_000_000, 1_200_000), 0.8),
        (cny(500_000), cny(None, 1_000_000), 0.5),
        (cny(500_000), Salary("EUR", 100_000, None), None),
        (cny(500_000), cny(0), 1.0),
    ],
)
def test_pay(offered: Salary, wanted: Salary, fit: float | None) -> None:
    assert salary_fit(offered, wanted) == fit


@pytest.mark.parametrize(
    ("posting", "candidate", "fit"),
    [
        ("上海", "上海", 1.0),
        ("苏州", "江苏", 1.0),
        ("江苏", "苏州", 1.0),
        ("苏州", "无锡", 0.0),
        ("London", "london", 1.0),
    ],
)
def test_a_place_fits_what_lies_in_it_and_what_it_lies_in(posting: str, candidate: str, fit: float) -> None:
    assert region_fit(posting, candidate) == fit


@pytest.mark.parametrize(
    ("asked", "held", "fit"),
    [
        (BACHELOR, BACHELOR, 1.0),
        (BACHELOR, MASTER, 1.0),
        (BACHELOR, DOCTORATE, 0.5),
        (SECONDARY, MASTER, 0.0),
        (BACHELOR, ASSOCIATE, 0.5),
        (BACHELOR, SECONDARY, 0.0),
    ],
)
def test_schooling_is_neither_short_nor_wasted(asked: EducationLevel, held: EducationLevel, fit: float) -> None:
    assert education_use(asked, held) == fit


@pytest.mark.parametrize(
    ("asked", "held", "fit"), [(4, 2, 0.5), (3, 3, 1.0), (3, 8, 1.0), (3, 13, 0.5), (0, 20, 0.0), (0, 0, 1.0)]
)
def test_years_are_neither_short_nor_wasted(asked: float, held: float, fit: float) -> None:
    assert experience_use(asked, held) == pytest.approx(fit)


def test_an_unknown_fit_never_counts_as_agreement() -> None:
    fits = [CandidateFit((FitPart("wish", value),), value) for value in (1.0, 0.5, None, 0.0)]
    assert both_sided(np.full(4, 0.8), fits).tolist() == pytest.approx([0.8, 0.6, 0.4, 0.4])
