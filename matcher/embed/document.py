"""Document → title vector and body vector.

A body is embedded by section, so that a long text is read to its end whatever the model's token limit: each section is cut
into windows at sentence ends, and the body vector is the length-weighted mean of their vectors. Boilerplate sections
(benefits, about the company) and redaction marks are left out: they say nothing of what is to be matched.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.domain.document import REDACTION_MARK, Document, SectionKind
from matcher.embed.encoder import Encoder
from matcher.embed.vectors import unit_rows

BOILERPLATE = frozenset({SectionKind.BENEFITS, SectionKind.COMPANY})
# About 200 tokens of either script for the transformer models that read 256; a static model has no limit but a mean over
# windows costs it nothing.
WINDOW_CHARS = 400
# A document longer than this many windows is sampled evenly: 128 × 400 characters is a 30-page syllabus.
MAX_WINDOWS = 128
_BREAK = re.compile(r"(?<=[。！？!?；;\n])|(?<=\.)(?=\s)")


@dataclass(frozen=True, slots=True, eq=False)
class Embedded:
    """Vectors of one document, each (dim,) float32; `title` is zero when there is no title. `truncated`: not all text was read."""

    title: NDArray[np.float32]
    body: NDArray[np.float32]
    truncated: bool


class DocumentEmbedder:
    """Embeds whole documents with any encoder, all of a batch in one call to it."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder

    def embed(self, documents: Sequence[Document]) -> list[Embedded]:
        """One result per document, in order."""
        windows_by_document = [body_windows(d) for d in documents]
        texts = [d.title for d in documents if d.title]
        n_titles = len(texts)
        kept = [_even_sample(windows) for windows in windows_by_document]
        texts.extend(w for windows in kept for w in windows)
        vectors = self.encoder.encode(texts)
        titles = iter(vectors[:n_titles])
        results, offset = [], n_titles
        zero = np.zeros(self.encoder.dimension, dtype=np.float32)
        for document, windows, read in zip(documents, windows_by_document, kept, strict=True):
            title = next(titles) if document.title else zero
            rows = vectors[offset : offset + len(read)]
            offset += len(read)
            results.append(Embedded(title, _weighted_mean(rows, read, zero), truncated=len(read) < len(windows)))
        return results


def body_windows(document: Document) -> list[str]:
    """The parts of the body that are embedded, each at most about `WINDOW_CHARS` characters, in order."""
    windows: list[str] = []
    for section in document.sections:
        if section.kind in BOILERPLATE:
            continue
        text = document.text[section.span.start : section.span.end].replace(REDACTION_MARK, " ").strip()
        windows.extend(_split(text))
    return windows


def _even_sample(windows: list[str]) -> list[str]:
    """At most `MAX_WINDOWS` of the windows, evenly spread, the first and the last among them."""
    if len(windows) <= MAX_WINDOWS:
        return windows
    return [windows[i * (len(windows) - 1) // (MAX_WINDOWS - 1)] for i in range(MAX_WINDOWS)]


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


def _weighted_mean(rows: NDArray[np.float32], texts: Sequence[str], zero: NDArray[np.float32]) -> NDArray[np.float32]:
    if not len(rows):
        return zero
    weights = np.sqrt([len(t) for t in texts]).astype(np.float32)
    mean: NDArray[np.float32] = unit_rows((weights @ rows)[None, :])[0]
    return mean
