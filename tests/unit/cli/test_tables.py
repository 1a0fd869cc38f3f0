"""Tables at 80 columns: a name is whole, so that it can be copied into the next command; heads speak the reply's language."""

from __future__ import annotations

import io

from rich.cells import cell_len
from rich.console import Console

from matcher._gen.skillmatch.v1 import document_pb2 as doc
from matcher._gen.skillmatch.v1 import match_pb2 as pb
from matcher._gen.skillmatch.v1 import taxonomy_pb2 as tax
from matcher.cli import show

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
