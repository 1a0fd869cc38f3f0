"""Personal data of a résumé: it reaches no reply, no log line and no byte on disk."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from matcher._gen.skillmatch.v1 import document_pb2 as doc
from matcher.engine import Engine
from matcher.serve.client import ServiceClient
from tests.rpc.messages import CANDIDATE, POSTING, explain, get, import_all, item, match

POSTING_NAME = "postings/water-lab-analyst-zh-01"
# invented; the ID number has a valid check digit, so that it is what it looks like
RESUMES = {
    "zh": (
        "姓名：欧阳雪莹\n性别：女  出生年月：1998.07\n电话：13912345678  邮箱：ouyang.xueying@example.com\n"
        "身份证号：11010519491231002X\n求职意向：水质化验员\n"
        "工作经历：2019.07-2023.06 某检测公司 化验员，熟练掌握水质化验、离子色谱，会用LIMS系统，熟悉GB/T 5750。",
        ["欧阳雪莹", "13912345678", "ouyang.xueying", "11010519491231002X", "1998.07"],
    ),
    "en": (
        "Rosalind Thistlewood\nPhone: +44 7700 900123 | rosalind.t@example.org\nDate of birth: 12 March 1990\n"
        "Laboratory analyst\nExperience: 2016-2022 water laboratory analysis, ion chromatography, LIMS, spectrophotometry.",
        ["Thistlewood", "7700 900123", "rosalind.t@", "12 March 1990"],
    ),
}


def bytes_on_disk(store: Path) -> bytes:
    """Everything the service has written: database, write-ahead log, snapshots."""
    files = [path for path in store.parent.rglob("*") if path.is_file()]
    assert store in files
    return b"".join(path.read_bytes() for path in files)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_personal_data_reaches_no_reply_no_log_and_no_file(
    client: ServiceClient,
    engine: Engine,
    forget: Callable[[str], None],
    caplog: pytest.LogCaptureFixture,
    language: str,
) -> None:
    text, personal = RESUMES[language]
    name = f"candidates/rpc-private-{language}"
    forget(name)
    caplog.set_level(logging.DEBUG)
    with capture_logs() as lines:
        (result,) = import_all(client, item(name, text))
        stored = get(client, name)
        inline = doc.Document(kind=CANDIDATE, text=text)
        found = match(client, POSTING_NAME, CANDIDATE, page_size=20)
        replies = [
            result,
            stored,
            found,
            match(client, name, POSTING),
            match(client, inline, POSTING, language="en"),
            explain(client, POSTING_NAME, name),
            explain(client, POSTING_NAME, inline),
        ]
    assert not result.HasField("error")
    assert name in [m.name for m in found.matches], "the evidence of this résumé is among what is searched"
    told = "".join(str(reply) for reply in replies) + repr(lines) + caplog.text
    told += "".join(reply.SerializeToString().decode("utf-8", "replace") for reply in replies)
    on_disk = bytes_on_disk(engine.settings.store.path)
    for piece in personal:
        assert piece not in told
        assert piece.encode() not in on_disk
        assert piece.encode("utf-16-le") not in on_disk
    assert len(stored.text) == len(text)
    assert {"phone", "email"} <= {r.category for r in stored.redactions}
    assert any(m.skill == "skills/lims" for m in stored.mentions), "what is no personal data is kept"
