"""Tables at 80 columns: a name is whole, so that it can be copied into the next command; heads speak the reply's language."""

from __future__ import annotations

import io

import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from rich.cells import cell_len
from rich.console import Console

from matcher._gen.skillmatch.v1 import decision_pb2 as dn
from matcher._gen.skillmatch.v1 import document_pb2 as doc
from matcher._gen.skillmatch.v1 import match_pb2 as pb
from matcher._gen.skillmatch.v1 import taxonomy_pb2 as tax
from matcher.cli import decisions, show
from matcher.cli.warnings import warning_text

NAME = "postings/charging-field-technician-en-01"


def console() -> tuple[Console, io.StringIO]:
    stream = io.StringIO()
    return Console(file=stream, width=80), stream


def test_names_of_documents_are_whole_beside_long_titles() -> None:
    facts = doc.Facts(region="Melbourne", education=doc.EDUCATION_LEVEL_BACHELOR)
    listed = doc.Document(name=NAME, title="Field Service Technician, " * 4, languages=["en"], facts=facts)
    out, stream = console()
    show.documents(out, doc.ListDocumentsResponse(documents=[listed], total_size=1))
    assert any(line.split()[:1] == [NAME] for line in stream.getvalue().splitlines())
    assert "Melbourne" in stream.getvalue()
    assert all(cell_len(line) <= 80 for line in stream.getvalue().splitlines())


def test_ids_of_skills_are_whole_beside_long_labels() -> None:
    labels = [
        tax.LocalizedText(language="zh", text="灾备与备份恢复"),
        tax.LocalizedText(language="en", text="backup and recovery " * 3),
    ]
    skill = tax.Skill(name="skills/backup-disaster-recovery", labels=labels, field="network-security")
    out, stream = console()
    show.skills(out, tax.SearchSkillsResponse(results=[tax.SkillSearchResult(skill=skill, score=0.9)]))
    assert any(line.startswith("backup-disaster-recovery ") for line in stream.getvalue().splitlines())


def test_a_chinese_reply_has_chinese_heads_and_statuses() -> None:
    row = pb.RequirementMatch(
        label="数据清洗", importance=tax.IMPORTANCE_ESSENTIAL, status=pb.REQUIREMENT_STATUS_PARTIAL, credit=0.3
    )
    reply = pb.ExplainResponse(match=pb.Match(name="candidates/a", title="甲", score=0.5, requirements=[row]))
    out, stream = console()
    show.explained(out, reply, "zh")
    assert stream.getvalue().splitlines()[1].split() == ["要求", "需要", "状态", "折算", "岗位原文", "简历或课程原文"]
    assert stream.getvalue().splitlines()[3].split() == ["数据清洗", "必备", "部分", "0.30"]
    out, stream = console()
    show.explained(out, reply, "en")
    assert "essential  partial  0.30" in stream.getvalue()


def test_warnings_speak_the_language_of_the_reply_and_unknown_ones_stay() -> None:
    silent = doc.Warning(code="UNKNOWN_COST", detail="cost of 2 planned courses are unknown: courses/a, courses/b")
    assert warning_text(silent, "zh") == "以下课程价格未说明，按 0 计：courses/a, courses/b"
    assert warning_text(silent, "en") == silent.detail
    other = doc.Warning(code="SYLLABUS_CHANGED", detail="courses/a has another syllabus than then")
    assert warning_text(other, "zh") == other.detail


def test_names_of_decisions_are_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    out, stream = console()
    monkeypatch.setattr(decisions, "console", out)
    made = Timestamp(seconds=1_796_000_000)
    decision = dn.Decision(name="decisions/661828df30b9027e", create_time=made, caller="anonymous", query=NAME)
    decisions._listed(dn.ListDecisionsResponse(decisions=[decision]))
    (row, *_) = [line for line in stream.getvalue().splitlines() if "2026-11-30" in line]
    assert row.split()[:4] == ["661828df30b9027e", "2026-11-30", "00:53:20", "anonymous"]
