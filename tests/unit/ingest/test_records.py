"""Import paths: every format, bad records reported with file and line, good ones kept."""

import gzip
import json
from pathlib import Path

import pytest

from matcher.domain.document import Delivery, EducationLevel, Kind, Salary
from matcher.errors import InvalidDocument
from matcher.ingest import Record, RecordError, read_document, read_path
from matcher.ingest import rows as row_streams
from matcher.ingest.records import id_of_path, kind_of_path
from matcher.ingest.structured import document_from_record


def read(path: Path, kind: Kind | None = None) -> tuple[list[Record], list[tuple[int, str]]]:
    """Good records, and (line, reason) of the bad ones."""
    items = list(read_path(path, kind))
    bad = [(item.line, item.reason) for item in items if isinstance(item, RecordError)]
    return [item for item in items if isinstance(item, Record)], bad


def test_folder_gives_one_document_per_file_with_kind_and_id_from_the_path(tmp_path: Path) -> None:
    for folder, name, text in (
        ("postings", "Lab-01.txt", "化验员"),
        ("courses", "IoT Basics.md", "# 物联网"),
        ("candidates", "张三.html", "<p>电工</p>"),
    ):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text(text, encoding="utf-8")
    (tmp_path / "postings" / ".hidden.txt").write_text("x", encoding="utf-8")
    (tmp_path / "postings" / "picture.png").write_bytes(b"x")
    records, bad = read(tmp_path)
    assert bad == []
    assert [(record.document.kind.value, record.document.id, record.document.media_type) for record in records] == [
        ("candidate", "", "text/html"),
        ("course", "iot-basics", "text/markdown"),
        ("posting", "lab-01", "text/plain"),
    ]
    assert [read_document(record.document)[0].text for record in records] == ["电工", "# 物联网", "化验员"]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("a/postings/x.txt", Kind.POSTING),
        ("courses/old/x.txt", Kind.COURSE),
        ("data/postings-zh.jsonl.gz", Kind.POSTING),
        ("candidate.csv", Kind.CANDIDATE),
        ("data/x.txt", None),
    ],
)
def test_kind_is_told_by_folder_or_file_name(path: str, kind: Kind | None) -> None:
    assert kind_of_path(Path(path)) is kind


@pytest.mark.parametrize(
    ("name", "document_id"),
    [
        ("Water_Lab 01.txt", "water_lab-01"),
        ("张三.pdf", ""),
        ("--a--.docx", "a"),
        ("x" * 80 + ".txt", "x" * 64),
        ("简历-v2.md", "v2"),
    ],
)
def test_id_is_the_sanitised_stem(name: str, document_id: str) -> None:
    assert id_of_path(Path(name)) == document_id


def test_jsonl_reports_bad_lines_and_keeps_good_ones(tmp_path: Path) -> None:
    lines = [
        b'{"text": "one"}',
        b"{broken",
        b"",
        b'{"text": ""}',
        b'["list"]',
        b"\xff\xfe{}",
        b'{"text": "seven", "kind": "robot"}',
        b'{"text": "eight", "kind": "course", "id": "c-8"}',
    ]
    path = tmp_path / "postings.jsonl"
    path.write_bytes(b"\n".join(lines))
    records, bad = read(path)
    assert [(record.line, record.document.kind.value, record.document.text) for record in records] == [
        (1, "posting", "one"),
        (8, "course", "eight"),
    ]
    assert bad == [(2, "BAD_RECORD"), (4, "EMPTY_TEXT"), (5, "BAD_RECORD"), (6, "WRONG_ENCODING"), (7, "UNKNOWN_KIND")]


def test_gzip_is_streamed_and_a_cut_file_keeps_what_came_before(tmp_path: Path) -> None:
    whole = gzip.compress(b"".join(b'{"text": "posting %d"}\n' % i for i in range(20_000)))
    path = tmp_path / "postings.jsonl.gz"
    path.write_bytes(whole)
    assert len(read(path)[0]) == 20_000
    path.write_bytes(whole[:-2_000])
    records, bad = read(path)
    assert 0 < len(records) < 20_000
    assert bad == [(0, "UNREADABLE_FILE")]


def test_overlong_line_is_refused_without_reading_it_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_streams, "MAX_CONTENT_BYTES", 100)
    path = tmp_path / "courses.jsonl"
    path.write_text('{"text": "' + "x" * 500 + '"}\n{"text": "short"}\n', encoding="utf-8")
    records, bad = read(path)
    assert [record.document.text for record in records] == ["short"]
    assert bad == [(1, "TOO_LARGE")]


@pytest.mark.parametrize("indent", [None, 1])
def test_json_array_is_read_object_by_object(
    tmp_path: Path, indent: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(row_streams, "_CHUNK_CHARS", 16)
    path = tmp_path / "courses.json"
    path.write_text(
        json.dumps([{"title": "甲", "text": "课程一"}, 5, {"text": "课程二 ]}"}], ensure_ascii=False, indent=indent),
        encoding="utf-8",
    )
    items = list(read_path(path))
    assert [item.document.text for item in items if isinstance(item, Record)] == ["课程一"]
    assert isinstance(items[-1], RecordError)


def test_single_json_object_and_array_of_objects(tmp_path: Path) -> None:
    one, many = tmp_path / "posting.json", tmp_path / "postings.json"
    one.write_text('{"text": "岗位"}', encoding="utf-8-sig")
    many.write_text('[{"text": "甲"},\n {"text": "乙"}]', encoding="gb18030")
    assert [record.document.text for record in read(one)[0]] == ["岗位"]
    assert [(record.line, record.document.text) for record in read(many)[0]] == [(1, "甲"), (2, "乙")]


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_rows_with_quotes_line_breaks_and_facts(tmp_path: Path, charset: str) -> None:
    path = tmp_path / "courses.csv"
    rows = (
        'id,title,text,hours,credits,prerequisites\nc1,物联网,"第一行，\n第二行",48,3学分,电工;编程\n'
        'c2,坏行\nc3,数据,统计基础,,"3 OR 4",\n'
    )
    path.write_bytes(rows.encode(charset))
    records, bad = read(path)
    assert [(record.line, record.document.id, record.document.text) for record in records] == [
        (2, "c1", "第一行，\n第二行"),
        (5, "c3", "统计基础"),
    ]
    assert bad == [(4, "BAD_RECORD")]
    facts = records[0].document.facts
    assert (facts.hours, facts.credits, facts.prerequisites) == (48.0, 3.0, ("电工", "编程"))
    assert records[1].document.facts.credits is None
    assert [warning.code for warning in records[1].warnings] == ["UNREADABLE_FACT"]


def test_given_facts_are_read_and_unknown_keys_warned_about() -> None:
    record = {
        "kind": "posting",
        "text": "测试",
        "salary": "8-12K",
        "education": "本科",
        "experience_years": "3年",
        "delivery": "online",
        "practice_share": "60%",
        "colour": "red",
        "field": "it",
        "text_en": "test",
    }
    document, warnings = document_from_record(record, None)
    facts = document.facts
    assert facts.salary == Salary("CNY", 800_000, 1_200_000)
    assert (facts.education, facts.experience_years, facts.delivery, facts.practice_share) == (
        EducationLevel.BACHELOR,
        3.0,
        Delivery.ONLINE,
        0.6,
    )
    assert [(warning.code, warning.detail) for warning in warnings] == [("UNKNOWN_KEY", "key colour was ignored")]


def test_nan_in_a_record_is_refused_when_read() -> None:
    document, _ = document_from_record(json.loads('{"text": "课程", "hours": NaN}'), Kind.COURSE)
    with pytest.raises(InvalidDocument) as caught:
        read_document(document)
    assert caught.value.field == "document.facts.hours"


def test_missing_kind_file_and_type_are_reported(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    (tmp_path / "b.exe").write_text("x", encoding="utf-8")
    (tmp_path / "empty.txt").write_text(" ", encoding="utf-8")
    assert read(tmp_path / "a.txt")[1] == [(0, "UNKNOWN_KIND")]
    assert read(tmp_path / "b.exe")[1] == [(0, "UNSUPPORTED_FILE")]
    assert read(tmp_path / "none.txt")[1] == [(0, "NO_SUCH_FILE")]
    assert read(tmp_path / "empty.txt", Kind.COURSE)[1] == [(0, "EMPTY_TEXT")]


RESUME = {
    "basics": {
        "name": "Jane Doe",
        "label": "Data Analyst",
        "email": "demo@example.com",
        "phone": "555-0100",
        "url": "https://example.org/jane",
        "image": "me.jpg",
        "summary": "Analyst for retail.",
        "location": {"address": "4 Elm Close", "postalCode": "LS1", "city": "Leeds"},
        "profiles": [{"url": "https://linkedin.com/in/jane"}],
    },
    "work": [
        {
            "name": "Northbridge",
            "position": "Analyst",
            "startDate": "2019-01-01",
            "endDate": "2020-12-31",
            "highlights": ["Built dashboards"],
        }
    ],
    "education": [
        {
            "institution": "Lakeshore University",
            "area": "Statistics",
            "studyType": "Bachelor",
            "startDate": "2015-09-01",
            "endDate": "2018-06-01",
        }
    ],
    "skills": [{"name": "SQL", "level": "Advanced", "keywords": ["PostgreSQL"]}],
    "references": [{"name": "John Roe", "reference": "Great."}],
}


def test_json_resume_becomes_a_candidate_without_personal_fields() -> None:
    document, _ = document_from_record(RESUME, None)
    assert document.text == (
        "Data Analyst\n\nSummary\nAnalyst for retail.\n\nWork experience\n"
        "2019-01 - 2020-12, Analyst, Northbridge\n- Built dashboards\n\n"
        "Education\n2015-09 - 2018-06, Bachelor, Statistics, Lakeshore University\n\nSkills\nSQL, Advanced\nPostgreSQL"
    )
    assert (document.kind, document.title, document.facts.region) == (Kind.CANDIDATE, "Data Analyst", "Leeds")
    read_back, _ = read_document(document)
    assert (read_back.facts.education, read_back.facts.experience_years) == (EducationLevel.BACHELOR, 2.0)
    assert [section.kind.value for section in read_back.sections][1:] == [
        "summary",
        "experience",
        "education",
        "skills",
    ]


def test_job_posting_json_ld_becomes_a_posting_with_given_facts() -> None:
    record = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": "Lab Analyst",
        "description": "&lt;p&gt;Test &lt;b&gt;water&lt;/b&gt;.&lt;/p&gt;",
        "qualifications": ["Titration", "LIMS"],
        "jobLocation": {"@type": "Place", "address": {"addressLocality": "Leeds", "streetAddress": "4 Elm Close"}},
        "baseSalary": {"currency": "GBP", "value": {"minValue": 24000, "maxValue": 30000, "unitText": "YEAR"}},
        "educationRequirements": {"credentialCategory": "bachelor degree"},
        "experienceRequirements": {"monthsOfExperience": 24},
        "hiringOrganization": {"name": "Tidewell"},
        "applicationContact": {"name": "Jane Doe", "email": "jane@example.com"},
        "identifier": {"value": "LAB 7"},
    }
    document, _ = document_from_record(record, None)
    assert (document.kind, document.id, document.title) == (Kind.POSTING, "lab-7", "Lab Analyst")
    assert document.text == "Test water.\n\nRequirements\n- Titration\n- LIMS\nbachelor degree"
    facts = document.facts
    assert facts.salary == Salary("GBP", 200_000, 250_000)
    assert (facts.region, facts.education, facts.experience_years, facts.organisation) == (
        "Leeds",
        EducationLevel.BACHELOR,
        2.0,
        "Tidewell",
    )


def test_course_json_ld_becomes_a_course_without_its_teacher() -> None:
    record = {
        "@type": ["Course", "Thing"],
        "name": "IoT",
        "description": "Sensors and MQTT.",
        "teaches": ["Read a sensor"],
        "coursePrerequisites": ["Python", {"name": "Circuits"}],
        "numberOfCredits": 3,
        "provider": {"name": "Tidewell College"},
        "hasCourseInstance": [
            {"courseMode": "online", "courseWorkload": "PT40H", "instructor": {"name": "Jane Doe"}},
        ],
    }
    document, _ = document_from_record(record, None)
    facts = document.facts
    assert (facts.hours, facts.credits, facts.delivery, facts.prerequisites) == (
        40.0,
        3.0,
        Delivery.ONLINE,
        ("Python", "Circuits"),
    )
    assert (
        document.text
        == "Sensors and MQTT.\n\nLearning outcomes\n- Read a sensor\n\nPrerequisites\n- Python\n- Circuits"
    )


def test_json_ld_graph_gives_each_of_its_objects(tmp_path: Path) -> None:
    path = tmp_path / "page.json"
    path.write_text(
        json.dumps(
            {
                "@graph": [
                    {"@type": "Course", "name": "A", "description": "About a"},
                    {"@type": "JobPosting", "title": "B", "description": "Do b"},
                ]
            }
        ),
        encoding="utf-8",
    )
    assert [(record.document.kind.value, record.document.title) for record in read(path)[0]] == [
        ("course", "A"),
        ("posting", "B"),
    ]
