"""What a reader should know about a query or a ranked document. Enters: profiles. Leaves: warnings with stable codes."""

from __future__ import annotations

from matcher.domain.document import ReadWarning
from matcher.match.profile import Profile


def sampled_warning() -> ReadWarning:
    """Says that a text is longer than the model reads; `Truncation` says by how much."""
    return ReadWarning(
        "TEXT_SAMPLED", "the model read an even sample of this very long text; skills were sought in all of it"
    )


def query_warnings(profile: Profile) -> tuple[ReadWarning, ...]:
    """What a reader should know about a query."""
    if len(profile.overlap_skills):
        return ()
    return (
        ReadWarning(
            "QUERY_NAMES_NO_SKILLS", "no skill was found in the query; the ranking rests on its title and text alone"
        ),
    )


def target_warnings(profile: Profile) -> tuple[ReadWarning, ...]:
    """What a reader should know about a ranked document."""
    if len(profile.overlap_skills):
        return ()
    return (
        ReadWarning("PROFILE_NAMES_NO_SKILLS", "no skill was found in this document, so no requirement counts as met"),
    )
