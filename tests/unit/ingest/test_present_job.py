"""The job that is held today, as a résumé words it: only beside a range that is still open, never from what the work is."""

from __future__ import annotations

import pytest

from matcher.domain.document import Kind, RawDocument
from matcher.ingest import present_job_words, read_document


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("2020.08—至今  某医保服务外包公司  数据录入员", ["某医保服务外包公司", "数据录入员"]),
        ("某在线教育公司   前端工程师   2023.03—至今", ["某在线教育公司", "前端工程师"]),
        (
            "2021.04—至今 某火电厂燃料部 采制化班班长：入厂煤采样、制样监督，安全检查",
            ["某火电厂燃料部", "采制化班班长"],
        ),
        ("2019.05至今　某零部件公司　成本会计→总账会计", ["某零部件公司", "成本会计", "总账会计"]),
        (
            "Network Engineer, Crestmont Bank, Changsha, 2020 – present",
            ["Network Engineer", "Crestmont Bank", "Changsha"],
        ),
        (
            "2021–present: CNC Machinist, aerospace subcontractor. Set up mills",
            ["CNC Machinist", "aerospace subcontractor"],
        ),
        ("2018.07—2020.07  某快递公司  客服文员", []),
        ("客服文员，做了两年", []),
    ],
)
def test_the_words_beside_an_open_range_are_parted(line: str, parts: list[str]) -> None:
    head = "工作经历" if any(c >= "\u4e00" for c in line) else "Work experience"
    document, _ = read_document(RawDocument(kind=Kind.CANDIDATE, text=f"{head}\n{line}\n"))
    found = present_job_words(document)
    assert [words for words, _ in found] == parts
    assert all(document.text[span.start : span.end] == words for words, span in found)


def test_studies_that_go_on_are_no_job() -> None:
    document, _ = read_document(RawDocument(kind=Kind.CANDIDATE, text="教育经历\n2023.09—至今  某大学  会计\n"))
    assert present_job_words(document) == ()
