"""Cuts personal data out of a text without moving anything.

Enters: a text and what kind of document it is. Leaves: the text with every code point of personal data replaced by
REDACTION_MARK, and what was cut where. The length and every other code point stay, so offsets hold. It refuses nothing.
What counts as personal: contacts.py, names.py, personal.py; a posting's demands on traits: demands.py.
"""

from __future__ import annotations

from typing import Final

from matcher.domain.document import REDACTION_MARK, Kind, ReadWarning, Redaction, Span
from matcher.ingest.contacts import Find, find_contacts
from matcher.ingest.demands import find_demands
from matcher.ingest.fold import fold
from matcher.ingest.names import find_names
from matcher.ingest.personal import find_traits

DISCRIMINATORY: Final = "DISCRIMINATORY_REQUIREMENT_IGNORED"
_DEMANDS: Final = frozenset(
    {"demand_sex", "demand_age", "demand_looks", "demand_household", "demand_marital", "school_rank"}
)


def redact(text: str, kind: Kind) -> tuple[str, tuple[Redaction, ...]]:
    """Cut personal data from `text`.

    Args:
        text: the text as sent.
        kind: a candidate is searched for everything; a posting for contacts, names and demands on traits; a course for
            contacts and names.

    Returns:
        (redacted, redactions): `redacted` has the length of `text` and differs only inside the redactions, which are in
        order and do not overlap. Overlapping finds are joined under the category of the first one.
    """
    shadow = fold(text)
    finds: list[Find] = [
        *find_contacts(text, shadow, kind),
        *find_names(text, shadow, kind),
        *find_traits(text, shadow, kind),
    ]
    if kind is Kind.POSTING:
        finds += find_demands(shadow)
    if not finds:
        return text, ()
    redactions = _joined(text, finds)
    pieces, position = [], 0
    for redaction in redactions:
        span = redaction.span
        pieces += [text[position : span.start], REDACTION_MARK * (span.end - span.start)]
        position = span.end
    pieces.append(text[position:])
    return "".join(pieces), redactions


def demand_warnings(redactions: tuple[Redaction, ...]) -> tuple[ReadWarning, ...]:
    """The warning that a posting's demands on traits were ignored, naming the traits, or nothing."""
    traits = sorted(
        {redaction.category.removeprefix("demand_") for redaction in redactions if redaction.category in _DEMANDS}
    )
    if not traits:
        return ()
    return (ReadWarning(DISCRIMINATORY, f"demands on {', '.join(traits)} were cut and take no part in matching"),)


def _joined(text: str, finds: list[Find]) -> tuple[Redaction, ...]:
    """Non-overlapping redactions in order, without blanks at their ends."""
    joined: list[tuple[str, int, int]] = []
    for category, start, end in sorted(finds, key=lambda find: (find[1], -find[2], find[0])):
        while start < end and text[start].isspace():
            start += 1  # noqa: PLW2901
        while start < end and text[end - 1].isspace():
            end -= 1  # noqa: PLW2901
        if start == end:
            continue
        if joined and start < joined[-1][2]:
            first = joined[-1]
            joined[-1] = (first[0], first[1], max(first[2], end))
        else:
            joined.append((category, start, end))
    return tuple(Redaction(category, Span(start, end)) for category, start, end in joined)
