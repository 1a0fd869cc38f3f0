"""What embedding reads of a person's text: no pronoun's sex, no school, no length of what was cut; everything else stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.document import REDACTION_MARK
from matcher.domain.impersonal import impersonal, without_marks


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (
            "She led it; he and her team saw him. His, hers, himself.",
            "they led it; they and them team saw them. them, them, them.",
        ),
        ("The shed, the theme, Sheila, history", "The shed, the theme, Sheila, history"),
        ("他们和她负责其他工作", "其和其负责其他工作"),
        ("推荐人：王女士，Ms. Li, Mr Wang", "推荐人：王，Li, Wang"),
        ("2012-2016  清华大学经济管理学院  会计", "2012-2016  学校  会计"),
        ("毕业于西岭信息工程学院软件工程专业", "学校软件工程专业"),
        ("B.Sc., University of Applied Sciences, 2016", "B.Sc., School, 2016"),
        ("Massachusetts Institute of Technology, MSc", "School, MSc"),
        ("熟练掌握水质化验，会用LIMS", "熟练掌握水质化验，会用LIMS"),
        ("Trained school staff at a college of nursing", "Trained school staff at a college of nursing"),
    ],
)
def test_a_text_is_read_without_who_the_person_is(text: str, read: str) -> None:
    assert impersonal(text) == read


@given(st.integers(1, 12), st.integers(1, 12))
def test_marks_of_any_length_read_the_same(n: int, m: int) -> None:
    form = "姓名：{0}  电话：{0}\nName: {0} {0}, born {0}\n{0}"
    assert without_marks(form.format(REDACTION_MARK * n)) == without_marks(form.format(REDACTION_MARK * m))


@given(st.text("abc 水质\n，.", max_size=40))
def test_a_text_without_marks_stays_as_it_is(text: str) -> None:
    assert without_marks(text) == text
