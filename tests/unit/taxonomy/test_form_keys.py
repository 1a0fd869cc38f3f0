"""The short way to a key gives what folding gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.folding import fold_key
from matcher.taxonomy.form_keys import name_key

NAMES = st.text(st.sampled_from("abZ9 +#()/.&'-’\u3000Ａ數据库ßİé\u200b·，"), max_size=12)


@given(NAMES, st.booleans())
def test_a_name_has_the_key_that_folding_gives_it(name: str, keep_case: bool) -> None:
    assert name_key(name, keep_case=keep_case) == fold_key(name, keep_case=keep_case)


@pytest.mark.parametrize(
    "name", ["Machine Learning", "C++", "数据分析", "數據分析", "CI/CD", "Node.js", "A  B", "SQL 语言"]
)
def test_ordinary_names_have_the_key_that_folding_gives_them(name: str) -> None:
    assert name_key(name) == fold_key(name)
