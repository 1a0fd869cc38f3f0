"""Documents are read to their end, without boilerplate and without the marks of what was cut."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from matcher.domain.document import REDACTION_MARK, Document, Facts, Kind, Section, SectionKind, Span, Truncation
from matcher.embed import DocumentEmbedder
from matcher.embed.document import BOILERPLATE, MAX_WINDOWS, WINDOW_CHARS, body_windows
from matcher.embed.vectors import unit_rows
from tests.unit.embed.letter_encoder import LetterEncoder


def document(*parts: tuple[SectionKind, str], title: str = "") -> Document:
    """A document of the given sections."""
    sections, start = [], 0
    for kind, text in parts:
        if text:
            sections.append(Section(kind, Span(start, start + len(text))))
        start += len(text)
    text = "".join(text for _, text in parts)
    return Document(Kind.POSTING, "p", title, text, ("zh",), tuple(sections), Facts(), "00")


def plain(text: str, title: str = "") -> Document:
    """A document of one section."""
    return document((SectionKind.CONTENT, text), title=title)


def blackened(text: str) -> str:
    """What of a text must be read: all but blanks and marks."""
    return "".join(text.replace(REDACTION_MARK, " ").split())


# --- windows -------------------------------------------------------------------------------------------------------


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(alphabet="ab汉 。.!;\n█", max_size=900), max_size=4))
def test_windows_cover_the_text_in_order_within_their_size(texts: list[str]) -> None:
    made = document(*[(SectionKind.DUTIES, text) for text in texts])
    windows = body_windows(made)
    assert all(0 < len(w) <= WINDOW_CHARS for w in windows)
    assert blackened("".join(windows)) == blackened(made.text)
    assert not any(REDACTION_MARK in w for w in windows)


def test_windows_end_where_sentences_end() -> None:
    sentence = "掌握水质分析的方法" * 20 + "。"  # 181 characters
    assert [len(w) for w in body_windows(plain(sentence * 5))] == [362, 362, 181]
    english = ("word " * 30).strip() + ". "  # 151 characters
    windows = body_windows(plain(english * 4))
    assert [w[-1] for w in windows] == [".", "."]
    assert ". word" in windows[0]  # sentences of one window stay apart


def test_a_text_without_any_end_is_cut_at_the_size() -> None:
    assert [len(w) for w in body_windows(plain("水" * 950))] == [WINDOW_CHARS, WINDOW_CHARS, 150]


def test_sections_never_share_a_window() -> None:
    made = document((SectionKind.DUTIES, "做水。"), (SectionKind.REQUIREMENTS, "会水。"))
    assert body_windows(made) == ["做水。", "会水。"]


@pytest.mark.parametrize("kind", sorted(BOILERPLATE))
def test_boilerplate_is_left_out(kind: SectionKind) -> None:
    made = document((SectionKind.DUTIES, "做水。"), (kind, "五险一金"), (SectionKind.OTHER, "其他"))
    assert body_windows(made) == ["做水。", "其他"]


@pytest.mark.parametrize("n", [1, 2, 7])
def test_what_was_cut_leaves_no_trace_of_its_length(n: int) -> None:
    assert body_windows(plain(f"请联系{REDACTION_MARK * n}老师{REDACTION_MARK * n}")) == ["请联系老师"]
    assert body_windows(plain(f"Ask {REDACTION_MARK * n} Mill, {REDACTION_MARK * n} 岁")) == ["Ask Mill, 岁"]


def test_a_text_of_nothing_but_marks_has_no_window() -> None:
    assert body_windows(plain(REDACTION_MARK * 30)) == []


# --- vectors -------------------------------------------------------------------------------------------------------


def test_vectors_by_hand() -> None:
    embedder = DocumentEmbedder(LetterEncoder())
    made = document((SectionKind.DUTIES, "a" * 9), (SectionKind.REQUIREMENTS, "b" * 16), title="水")
    (got,) = embedder.embed([made])
    assert got.title.tolist() == [float(letter == "水") for letter in "abcdefgh汉字水数"]
    np.testing.assert_allclose(got.body[:2], [0.6, 0.8], atol=1e-6)  # weighted by √9 and √16
    assert not got.body[2:].any()
    assert got.truncation is None


def test_no_title_and_no_body_are_zero() -> None:
    embedder = DocumentEmbedder(LetterEncoder())
    (got,) = embedder.embed([document((SectionKind.BENEFITS, "abc"))])
    assert got.title.tolist() == got.body.tolist() == [0.0] * embedder.encoder.dimension
    assert got.truncation is None
    assert embedder.embed([]) == []


def test_a_batch_is_one_call_and_equals_single_documents() -> None:
    encoder = LetterEncoder()
    embedder = DocumentEmbedder(encoder)
    batch = [
        plain("abc。" * 300, title="a"),
        plain("", title="汉字"),
        plain("水数" * 700),
        document((SectionKind.COMPANY, "abc"), title="b"),
        plain("xyz", title="xyz"),
    ]
    together = embedder.embed(batch)
    assert len(encoder.calls) == 1
    for made, got in zip(batch, together, strict=True):
        (alone,) = embedder.embed([made])
        np.testing.assert_allclose(got.title, alone.title, atol=1e-6)
        np.testing.assert_allclose(got.body, alone.body, atol=1e-6)
        for row in (got.title, got.body):
            assert row.dtype == np.float32
            length = float(np.linalg.norm(row))
            assert length == 0 or length == pytest.approx(1, abs=1e-6)


def test_a_document_of_just_enough_windows_is_read_whole() -> None:
    encoder = LetterEncoder()
    (got,) = DocumentEmbedder(encoder).embed([plain("水" * WINDOW_CHARS * MAX_WINDOWS)])
    assert len(encoder.calls[0]) == MAX_WINDOWS
    assert got.truncation is None


@pytest.mark.parametrize("n_windows", [MAX_WINDOWS + 1, MAX_WINDOWS * 2, 1000])
def test_a_very_long_document_is_sampled_evenly_and_flagged(n_windows: int) -> None:
    texts = [f"{n:04d}".ljust(WINDOW_CHARS, "x") for n in range(n_windows)]
    encoder = LetterEncoder()
    (got,) = DocumentEmbedder(encoder).embed([plain("".join(texts))])
    assert got.truncation is not None
    read = [int(text[:4]) for text in encoder.calls[0]]
    assert len(read) == MAX_WINDOWS  # as much as is allowed, however little is too much
    gaps = np.diff(read)
    assert (read[0], read[-1]) == (0, n_windows - 1)
    assert gaps.min() >= 1
    assert gaps.max() - gaps.min() <= 1


# --- a model with a token limit --------------------------------------------------------------------------------------


class Limited(LetterEncoder):
    """Reads 100 letters of a text, and forgets the rest as a transformer does."""

    max_tokens = 100

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        assert all(n <= self.max_tokens for n in self.token_counts(texts)), "the model would have cut this text"
        return super().encode(texts)


@pytest.mark.parametrize(
    "text",
    ["水" * 950, "水汉。" * 300, "abc defg, " * 90, "水质 a.b c 汉字！" * 60, "ab\n" * 400],
    ids=["no end", "sentences", "words", "mixed", "lines"],
)
def test_a_text_of_more_tokens_than_the_model_reads_is_cut_further_and_read_to_its_end(text: str) -> None:
    encoder = Limited()
    (got,) = DocumentEmbedder(encoder).embed([plain(text, title="汉字水数" * 40)])
    assert got.truncation is None
    assert blackened("".join(encoder.calls[0])) == blackened("汉字水数" * 40 + text)
    assert got.title.any()


def test_windows_that_fit_are_left_as_they_are() -> None:
    limited, unlimited = Limited(), LetterEncoder()
    made = plain("xyz " * 900 + "水质。" * 20)  # letters that the model has no token for
    DocumentEmbedder(limited).embed([made])
    DocumentEmbedder(unlimited).embed([made])
    assert limited.calls == unlimited.calls


def test_a_cut_falls_on_a_sentence_end_near_the_middle() -> None:
    encoder = Limited()
    sentence = "水" * 30 + "。"
    DocumentEmbedder(encoder).embed([plain(sentence * 6)])  # 180 tokens in one window
    assert encoder.calls[0] == [sentence * 3] * 2


def test_what_a_sample_leaves_out_is_counted_in_characters_and_in_tokens() -> None:
    n_windows = MAX_WINDOWS + 72
    text = "".join(("水" * 10).ljust(WINDOW_CHARS, "x") for _ in range(n_windows))
    for encoder in (LetterEncoder(), Limited()):
        (got,) = DocumentEmbedder(encoder).embed([plain(text, title="汉字")])
        assert got.truncation == Truncation(
            characters=2 + n_windows * WINDOW_CHARS,
            tokens=2 + n_windows * 10,
            characters_left_out=72 * WINDOW_CHARS,
            tokens_left_out=72 * 10,
        )


def test_a_model_with_a_limit_reads_the_same_part_of_a_very_long_text_as_one_without() -> None:
    text = "".join(("水" * 300).ljust(WINDOW_CHARS, "x") for _ in range(MAX_WINDOWS + 72))
    limited, unlimited = Limited(), LetterEncoder()
    (a,), (b,) = (DocumentEmbedder(encoder).embed([plain(text)]) for encoder in (limited, unlimited))
    assert blackened("".join(limited.calls[0])) == blackened("".join(unlimited.calls[0]))
    assert a.truncation == b.truncation


def test_a_character_of_more_tokens_than_the_model_reads_is_told() -> None:
    class Wordy(LetterEncoder):
        max_tokens = 3

        def token_counts(self, texts: Sequence[str]) -> NDArray[np.int64]:
            return np.array([5 * len(text) for text in texts], dtype=np.int64)

    (got,) = DocumentEmbedder(Wordy()).embed([plain("水字")])
    assert got.truncation == Truncation(characters=2, tokens=10, characters_left_out=0, tokens_left_out=4)


def test_a_mean_that_cancels_out_is_zero() -> None:
    class Opposed(LetterEncoder):
        def encode(self, texts: object) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
            row = np.zeros((1, self.dimension), np.float32)
            row[0, 0] = 1.0
            return np.concatenate([unit_rows(row), unit_rows(-row)])

    made = document((SectionKind.DUTIES, "aaaa"), (SectionKind.REQUIREMENTS, "bbbb"))
    (got,) = DocumentEmbedder(Opposed()).embed([made])
    assert not got.body.any()
