from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.chinese_variants import SIMPLIFIED, TRADITIONAL
from matcher.domain.folding import fold, fold_key, needs_boundary


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ｊａｖａ　開發", "java开发"),
        ("Java 开发", "java开发"),
        ("深度\n学习", "深度学习"),
        ("深度\n\n学习", "深度\n学习"),
        ("micro-services", "micro services"),
        ("micro‑services", "micro services"),
        ("develop-\nment", "development"),
        ("data  \n analysis", "data analysis"),
        ("data - analysis", "data-analysis"),
        ("C++ / C#", "c++ / c#"),
        ("ﬁnance Straße", "finance strasse"),
        ("cafe\u0301", "caf\u00e9"),
        ("ⅣⅤ ①", "iv v 1".replace(" v", "v")),
        ("’s", "'s"),
        ("", ""),
    ],
)
def test_spellings_that_differ_in_form_only_fold_to_one(text: str, folded: str) -> None:
    assert fold(text).text == folded


def test_case_can_be_kept() -> None:
    assert fold_key(" Ｇｏ-Lang ", keep_case=True) == "Go Lang"


@pytest.mark.parametrize(
    ("text", "origins"),
    [
        ("a  b", [0, 1, 3]),
        ("学\n习", [0, 2]),
        ("ﬁx", [0, 0, 1]),
        ("e\u0301 x", [0, 2, 3]),
        ("深 度-\nab c", [0, 2, 3, 5, 6, 7, 8]),
    ],
)
def test_every_folded_position_leads_back_to_its_source(text: str, origins: list[int]) -> None:
    folded = fold(text)
    assert [folded.original(i) for i in range(len(folded.text))] == origins


@given(st.text(max_size=60))
def test_map_is_ascending_within_the_text_and_aligned_keeps_the_length(text: str) -> None:
    folded = fold(text)
    origins = [folded.original(i) for i in range(len(folded.text))]
    assert origins == sorted(origins)
    assert all(0 <= origin < len(text) for origin in origins)
    assert len(folded.aligned) == len(text)


@given(st.text(alphabet=st.sampled_from("aZ ＡＢ開学\n-9é．"), max_size=30))
def test_plain_letters_lead_back_to_a_letter_that_folds_to_them(text: str) -> None:
    folded = fold(text)
    for position, char in enumerate(folded.text):
        if char.isalnum():
            source = text[folded.original(position)]
            assert fold(source).text == char or unicodedata.normalize("NFKC", source).casefold() == char


def test_words_of_spaced_scripts_need_boundaries_and_chinese_does_not() -> None:
    assert [char for char in "aÄя9中あ한，.+" if needs_boundary(char)] == ["a", "Ä", "я", "9"]


def test_variant_table_is_one_to_one_and_ends_in_simplified_characters() -> None:
    assert len(TRADITIONAL) == len(SIMPLIFIED) == len(set(TRADITIONAL))
    assert not set(TRADITIONAL) & set(SIMPLIFIED)
    assert fold("數據庫與雲計算、機電體化").text == "数据库与云计算、机电体化"
