"""Which sentence and which section a place of a text belongs to.

Enters: the aligned folded text and its sections. Leaves: bounds of sentences (a section always begins a new one) and kinds of
sections. It refuses nothing; text without sections belongs to OTHER.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise

from matcher.domain.document import Section, SectionKind
from matcher.extract.clauses import sentence_bounds, sentence_starts


class SectionMap:
    """Sentences and sections of one text."""

    def __init__(self, aligned: str, sections: tuple[Section, ...]) -> None:
        self._size = len(aligned)
        self._sections = sections
        self._section_starts = [section.span.start for section in sections]
        self._sentence_starts = sorted({*sentence_starts(aligned), *self._section_starts})

    def sentence_at(self, position: int) -> tuple[int, int]:
        """Bounds of the sentence that holds `position`."""
        return sentence_bounds(self._sentence_starts, position, self._size)

    def sentences(self) -> list[tuple[int, int, SectionKind]]:
        """Bounds of all sentences, each with its section, in order."""
        return [(a, b, self.section_at(a)) for a, b in pairwise([*self._sentence_starts, self._size]) if a < b]

    def section_at(self, position: int) -> SectionKind:
        """Kind of the section that holds `position`."""
        i = bisect_right(self._section_starts, position) - 1
        return self._sections[i].kind if i >= 0 else SectionKind.OTHER

    def section_start(self, position: int) -> int:
        """Where the section begins that holds `position`."""
        i = bisect_right(self._section_starts, position) - 1
        return self._section_starts[i] if i >= 0 else 0
