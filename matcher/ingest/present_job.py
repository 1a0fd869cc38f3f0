"""What a résumé calls the job that is held today.

Enters: a candidate's document. Leaves: the words beside each date range that is still open (2020.08—至今, 2021 – present), cut into
parts of which one may be the title: employer and title stand on one line in no fixed order. It refuses nothing, and guesses
nothing where no range is open.
"""

from __future__ import annotations

import re
from typing import Final

from matcher.domain.document import Document, Span
from matcher.ingest.experience import JOB_RANGE, NO_JOBS
from matcher.ingest.fold import fold

MAX_CHARS_BESIDE: Final = 80
"""To either side of the range; what stands further away tells of the work."""
MAX_TITLE_CHARS: Final = 40
# a blank parts Chinese words, while English titles hold some
_BETWEEN: Final = re.compile(
    r"[,，;；:：|/／。、→()（）\t\u3000]|\.\s|\s[-–—]\s|\s{2,}|(?<=[\u4e00-\u9fff])\s|\s(?=[\u4e00-\u9fff])"
)
_LEADS_TO_WORK: Final = frozenset("：:；;。.、")


def present_job_words(document: Document) -> tuple[tuple[str, Span], ...]:
    """Parts of the lines that tell of a job held today, with where they stand, in the order of the text."""
    text, shadow = document.text, fold(document.text)
    found: list[tuple[str, Span]] = []
    for section in document.sections:
        if section.kind in NO_JOBS:
            continue
        for match in JOB_RANGE.finditer(shadow, section.span.start, section.span.end):
            if match["now"]:
                line_start = shadow.rfind("\n", 0, match.start()) + 1
                line_end = shadow.find("\n", match.end())
                line_end = len(shadow) if line_end < 0 else line_end
                found += _parts(text, max(line_start, match.start() - MAX_CHARS_BESIDE), match.start())
                found += _parts(text, match.end(), min(line_end, match.end() + MAX_CHARS_BESIDE))
    return tuple(found)


def _parts(text: str, start: int, end: int) -> list[tuple[str, Span]]:
    """What stands between the marks, up to the first that leads over to the work itself."""
    parts: list[tuple[str, Span]] = []
    position = start
    for mark in (*_BETWEEN.finditer(text, start, end), None):
        stop = mark.start() if mark else end
        words = text[position:stop].strip(" -–—~")
        if 1 < len(words) <= MAX_TITLE_CHARS:
            at = text.index(words, position)
            parts.append((words, Span(at, at + len(words))))
        if mark is None or (parts and mark[0].strip() in _LEADS_TO_WORK):
            break
        position = mark.end()
    return parts
