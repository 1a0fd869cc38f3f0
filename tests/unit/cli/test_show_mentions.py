"""What `matcher skills extract` prints."""

from __future__ import annotations

import io

from rich.console import Console

from matcher._gen.skillmatch.v1 import taxonomy_pb2 as tax
from matcher.cli import show

PLAIN = tax.SkillMention(
    skill="skills/java", label="Java", surface="Java", start=3, end=7, confidence=0.85, importance=tax.IMPORTANCE_STATED
)


def printed(reply: tax.ExtractSkillsResponse) -> str:
    stream = io.StringIO()
    show.mentions(Console(file=stream, width=200), reply)
    return stream.getvalue()


def test_years_version_rank_and_way_of_finding_are_noted() -> None:
    rich = tax.SkillMention(
        skill="skills/python", surface="PMP", years=2.5, version="3.x", rank=tax.RANK_PRIMARY,
        found_by=tax.FOUND_BY_IMPLIED, implied_by="skills/pmp",
    )  # fmt: skip
    text = printed(tax.ExtractSkillsResponse(mentions=[PLAIN, rich]))
    assert "notes" in text
    assert "2.5 years, version 3.x, primary, implied by skills/pmp" in text
    linked = tax.SkillMention(skill="skills/api", found_by=tax.FOUND_BY_LINKED)
    assert "by meaning" in printed(tax.ExtractSkillsResponse(mentions=[linked]))


def test_without_notes_there_is_no_column_for_them() -> None:
    assert "notes" not in printed(tax.ExtractSkillsResponse(mentions=[PLAIN]))


def test_unknown_phrases_and_rungs_follow_the_table_and_carry_no_markup() -> None:
    reply = tax.ExtractSkillsResponse(
        mentions=[PLAIN],
        unlinked_phrases=[tax.UnlinkedPhrase(surface="[red]Foo", start=9, end=17, cluster="u-1")],
        rungs=[tax.RungMention(ladder=tax.LADDER_FIRM_GRADE, rung="P6", firm="阿里", surface="P6", start=20, end=22)],
    )
    text = printed(reply)
    assert "in no taxonomy: [red]Foo @9" in text
    assert "P6 @20: firm_grade 阿里 P6" in text
