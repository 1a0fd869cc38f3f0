"""Document → title vector and body vector.

A body is embedded by section, so that a long text is read to its end whatever the model's token limit: each section is cut
into windows at sentence ends, none longer than the model reads, and the body vector is the length-weighted mean of their
vectors. Boilerplate sections (benefits, about the company), redaction marks and, in a person's text, pronouns and schools are
left out: they say nothing of what is to be matched. What goes into no vector all the same, because a text has more windows than
are read, is counted and told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.domain.document import Document, Kind, SectionKind, Truncation
from matcher.domain.impersonal import impersonal, without_marks
from matcher.embed.protocol import Encoder
from matcher.embed.vectors import unit_rows

BOILERPLATE = frozenset({SectionKind.BENEFITS, SectionKind.COMPANY})
# About 100 tokens of English, up to 400 of Chinese; windows that are more than the model reads are cut further. A static
# model has no limit, but a mean over windows costs it nothing.
WINDOW_CHARS = 400
# A document longer than this many windows is sampled evenly: 128 × 400 characters is a 30-page syllabus. Counted before
# windows are cut further, so that every model reads the same part of a text.
MAX_WINDOWS = 128
_BREAK = re.compile(r"(?<=[。！？!?；;\n])|(?<=\.)(?=\s)")
_WORD_END = re.compile(r"(?<=[\s，、,])")


@dataclass(frozen=True, slots=True, eq=False)
class Embedded:
    """Vectors of one document, each (dim,) float32; `title` is zero when there is no title. `truncation` None: all was read."""

    title: NDArray[np.float32]
    body: NDArray[np.float32]
    truncation: Truncation | None


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a text that the model reads at once. `n_tokens` 0: not counted, since the model has no limit."""

    text: str
    n_tokens: int = 0


class DocumentEmbedder:
    """Embeds whole documents with any encoder, all of a batch in one call to it."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder

    def embed(self, documents: Sequence[Document]) -> list[Embedded]:
        """One result per document, in order."""
        titles = [[title] if (title := _embeddable(d, d.title)) else [] for d in documents]
        bodies = [body_windows(d) for d in documents]
        kept = [[windows[place] for place in _even_sample(len(windows))] for windows in bodies]
        fitted = list(self._fitted(titles + kept))
        titles_read, bodies_read = fitted[: len(documents)], fitted[len(documents) :]
        rows = iter(self.encoder.encode([w.text for windows in fitted for w in windows]))
        title_vectors = [self._mean(windows, rows) for windows in titles_read]
        return [
            Embedded(title_vector, self._mean(body_read, rows), self._truncation(body, title_read + body_read))
            for title_vector, title_read, body, body_read in zip(
                title_vectors, titles_read, bodies, bodies_read, strict=True
            )
        ]

    def _fitted(self, parts: Sequence[Sequence[str]]) -> Iterator[list[Window]]:
        """Per document its texts as windows that the model reads whole; the tokens of all are counted in one call."""
        if not self.encoder.max_tokens:
            yield from ([Window(text) for text in texts] for texts in parts)
            return
        counts = iter(self.encoder.token_counts([text for texts in parts for text in texts]).tolist())
        for texts in parts:
            yield [window for text in texts for window in self._halved(Window(text, next(counts)))]

    def _halved(self, window: Window) -> list[Window]:
        """The window, or its halves, cut again until the model reads each of them whole."""
        if window.n_tokens <= self.encoder.max_tokens or len(window.text) == 1:
            return [window]
        halves = [half.strip() for half in _halves(window.text)]
        halves = [half for half in halves if half]
        counts = self.encoder.token_counts(halves).tolist()
        return [
            part
            for half, n_tokens in zip(halves, counts, strict=True)
            for part in self._halved(Window(half, int(n_tokens)))
        ]

    def _mean(self, windows: Sequence[Window], rows: Iterator[NDArray[np.float32]]) -> NDArray[np.float32]:
        """(dim,) float32 unit mean of the next rows, one per window, weighted by the root of its length; zero for none."""
        if not windows:
            return np.zeros(self.encoder.dimension, dtype=np.float32)
        own = np.stack([next(rows) for _ in windows])
        if len(own) == 1:
            single: NDArray[np.float32] = own[0]
            return single
        weights = np.sqrt([len(w.text) for w in windows]).astype(np.float32)
        mean: NDArray[np.float32] = unit_rows((weights @ own)[None, :])[0]
        return mean

    def _truncation(self, body: list[str], read: list[Window]) -> Truncation | None:
        """What was not read of a document of these body windows; None when all was."""
        limit = self.encoder.max_tokens
        cut = sum(max(0, w.n_tokens - limit) for w in read) if limit else 0
        if len(body) <= MAX_WINDOWS and not cut:
            return None
        kept = set(_even_sample(len(body)))
        left_out = [text for place, text in enumerate(body) if place not in kept]
        n_left_out = int(self.encoder.token_counts(left_out).sum()) + cut
        texts = [w.text for w in read]
        n_read = sum(w.n_tokens for w in read) - cut if limit else int(self.encoder.token_counts(texts).sum())
        n_characters_left_out = sum(map(len, left_out))
        return Truncation(
            characters=n_characters_left_out + sum(map(len, texts)),
            tokens=n_left_out + n_read,
            characters_left_out=n_characters_left_out,
            tokens_left_out=n_left_out,
        )


def body_windows(document: Document) -> list[str]:
    """The parts of the body that are embedded, each at most about `WINDOW_CHARS` characters, in order."""
    windows: list[str] = []
    for section in document.sections:
        if section.kind in BOILERPLATE:
            continue
        windows.extend(_split(_embeddable(document, document.text[section.span.start : section.span.end])))
    return windows


def _embeddable(document: Document, text: str) -> str:
    """A part of a document's text as the model may see it."""
    return (impersonal(text) if document.kind is Kind.CANDIDATE else without_marks(text)).strip()


def _even_sample(n_windows: int) -> list[int]:
    """Places of at most `MAX_WINDOWS` of so many windows, evenly spread, the first and the last among them."""
    if n_windows <= MAX_WINDOWS:
        return list(range(n_windows))
    return [i * (n_windows - 1) // (MAX_WINDOWS - 1) for i in range(MAX_WINDOWS)]


def _split(text: str) -> list[str]:
    windows: list[str] = []
    current = ""
    for sentence in _BREAK.split(text):
        if current and len(current) + len(sentence) > WINDOW_CHARS:
            windows.append(current)
            current = ""
        current += sentence
        while len(current) > WINDOW_CHARS:
            windows.append(current[:WINDOW_CHARS])
            current = current[WINDOW_CHARS:]
    windows.append(current)
    return [w.strip() for w in windows if w.strip()]


def _halves(text: str) -> tuple[str, str]:
    """A text in two, at the sentence end nearest to its middle, else at the nearest word end, else in the middle."""
    middle = len(text) // 2
    for pattern in (_BREAK, _WORD_END):
        ends = [m.end() for m in pattern.finditer(text) if len(text) // 4 <= m.end() <= len(text) * 3 // 4 and m.end()]
        if ends:
            middle = min(ends, key=lambda end: abs(end - len(text) // 2))
            break
    return text[:middle], text[middle:]
