"""read_document: one door, honest offsets, typed refusals, a hash that changes with what was given and nothing else."""

import math
import time
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.domain.document import EducationLevel, Facts, Kind, RawDocument, Salary, SectionKind
from matcher.errors import InvalidDocument
from matcher.ingest import MAX_CONTENT_BYTES, MAX_TEXT_CHARS, read_document

POSTING = (
    "招聘岗位：水质化验员\n工作地点：江苏省苏州市\n薪资：6000-8500元/月\n"
    "任职要求：\n1、男性优先，35岁以下；\n2、大专及以上，2年以上工作经验。"
)


def posting(text: str = POSTING, **changes: object) -> RawDocument:
    return replace(RawDocument(kind=Kind.POSTING, text=text), **changes)  # type: ignore[arg-type]


def refusal(raw: RawDocument) -> tuple[str, str]:
    with pytest.raises(InvalidDocument) as caught:
        read_document(raw)
    assert caught.value.limit, "a refusal names the limit"
    return caught.value.field, caught.value.code


def test_posting_is_read_as_a_whole() -> None:
    document, warnings = read_document(posting(id="lab-1"))
    assert (document.name, document.title, document.languages) == ("postings/lab-1", "水质化验员", ("zh",))
    assert document.text == POSTING.replace("男性优先", "████").replace("35岁以下", "█████")
    facts = document.facts
    assert (facts.region, facts.education, facts.experience_years) == ("苏州", EducationLevel.ASSOCIATE, 2.0)
    assert facts.salary == Salary("CNY", 600_000, 850_000)
    assert [section.kind for section in document.sections][-1] is SectionKind.REQUIREMENTS
    assert [(warning.code, warning.detail) for warning in warnings] == [
        ("DISCRIMINATORY_REQUIREMENT_IGNORED", "demands on age, sex were cut and take no part in matching")
    ]


def test_fact_spans_point_into_the_text() -> None:
    document, _ = read_document(posting())
    quotes = {name: document.text[span.start : span.end] for name, span in document.facts.spans.items()}
    assert quotes == {
        "region": "江苏省苏州",
        "salary": "6000-8500元/月",
        "education": "大专",
        "experience_years": "2年以上工作",
    }


def test_given_values_win_and_have_no_span() -> None:
    given_facts = Facts(
        region="Shanghai", education=EducationLevel.BACHELOR, experience_years=0.0, salary=Salary("CNY", 1, 2)
    )
    document, _ = read_document(posting(title="化验组长", facts=given_facts))
    assert document.title == "化验组长"
    assert (document.facts.region, document.facts.education, document.facts.experience_years) == (
        "上海",
        EducationLevel.BACHELOR,
        0.0,
    )
    assert document.facts.salary == Salary("CNY", 1, 2)
    assert dict(document.facts.spans) == {}


def test_unknown_facts_stay_unknown() -> None:
    document, _ = read_document(posting("维护水泵，会用万用表，听从安排。"))
    assert document.facts == Facts(spans=document.facts.spans)
    assert document.title == ""


def test_candidate_total_depends_only_on_the_given_day() -> None:
    raw = RawDocument(kind=Kind.CANDIDATE, text="工作经历\n2024.12-至今 某厂 电工")
    assert read_document(raw, as_of=date(2026, 11, 1))[0].facts.experience_years == 2.0
    assert read_document(raw, as_of=date(2027, 11, 1))[0].facts.experience_years == 3.0


def test_course_facts_are_read() -> None:
    text = "物联网技术应用\n学时：40　学分：2.5　实践占比60%\n授课方式：线上\n先修课程：电工基础、Python"
    document, _ = read_document(RawDocument(kind=Kind.COURSE, text=text))
    facts = document.facts
    assert (facts.hours, facts.credits, facts.practice_share, facts.prerequisites) == (
        40.0,
        2.5,
        0.6,
        ("电工基础", "Python"),
    )
    assert facts.delivery is not None
    assert facts.delivery.value == "online"


def test_file_content_is_read_like_text() -> None:
    by_text, _ = read_document(posting())
    by_file, _ = read_document(
        RawDocument(kind=Kind.POSTING, content=POSTING.encode("gb18030"), media_type="text/plain")
    )
    assert replace(by_file, facts=by_text.facts) == by_text


def test_html_is_stripped_with_a_warning_and_offsets_fit_the_stored_text() -> None:
    document, warnings = read_document(posting("<h1>QA Engineer</h1><script>steal()</script><p>Salary: 8-12K</p>"))
    assert document.text == "QA Engineer\nSalary: 8-12K"
    assert [warning.code for warning in warnings] == ["MARKUP_REMOVED"]
    span = document.facts.spans["salary"]
    assert document.text[span.start : span.end] == "8-12K"


def test_text_is_not_normalised() -> None:
    text = "ＱＡ　工程师\r\n熟悉ＪＡＶＡ\u00a0语言，é 与 é"
    assert read_document(posting(text))[0].text == text


def test_given_title_loses_the_name_with_a_warning() -> None:
    document, warnings = read_document(
        RawDocument(kind=Kind.CANDIDATE, title="张三的简历 - 电工", text="会修电机，懂PLC")
    )
    assert document.title == "电工"
    assert [warning.code for warning in warnings] == ["TITLE_REDACTED"]


def test_lost_characters_are_reported() -> None:
    _, warnings = read_document(posting("熟悉\ufffd\ufffd语言，会测试"))
    assert [(warning.code, warning.detail[:2]) for warning in warnings] == [("CHARACTERS_LOST", "2 ")]


@pytest.mark.parametrize(
    ("raw", "field", "code"),
    [
        (posting(""), "document.text", "EMPTY_TEXT"),
        (posting(" \n\t　…。"), "document.text", "EMPTY_TEXT"),
        (posting("测" * (MAX_TEXT_CHARS + 1)), "document.text", "TOO_LARGE"),
        (posting("", content=b"x" * (MAX_CONTENT_BYTES + 1)), "document.content", "TOO_LARGE"),
        (posting("a\0b"), "document.text", "BINARY_CONTENT"),
        (posting("\x01\x02\x03\x04 PNG data"), "document.text", "BINARY_CONTENT"),
        (posting("岗位\ud800职责"), "document.text", "WRONG_ENCODING"),
        (posting("èŒä½\x8dï¼š化验".encode().decode("latin-1")), "document.text", "WRONG_ENCODING"),
        (posting("岗位职责：检测".encode().decode("latin-1")), "document.text", "WRONG_ENCODING"),
        (posting("", content=b"\xff\xfe\xfd\x00\x01"), "document.content", "WRONG_ENCODING"),
        (posting("", content=b"a\x00b"), "document.content", "BINARY_CONTENT"),
        (posting("x", content=b"y"), "document.content", "INVALID_DOCUMENT"),
        (posting("", content=b"x y", media_type="image/png"), "document.media_type", "UNSUPPORTED_MEDIA_TYPE"),
        (posting("x y", media_type="application/pdf"), "document.media_type", "INVALID_DOCUMENT"),
        (posting("13800000000 hr@example.com"), "document.text", "EMPTY_AFTER_REDACTION"),
        (posting(title="a\ud800"), "document.title", "WRONG_ENCODING"),
        (posting(title="长" * 301), "document.title", "TOO_LARGE"),
        (posting(facts=Facts(hours=math.nan)), "document.facts.hours", "INVALID_DOCUMENT"),
        (posting(facts=Facts(credits=math.inf)), "document.facts.credits", "INVALID_DOCUMENT"),
        (posting(facts=Facts(experience_years=-1.0)), "document.facts.experience_years", "INVALID_DOCUMENT"),
        (posting(facts=Facts(practice_share=1.01)), "document.facts.practice_share", "INVALID_DOCUMENT"),
        (posting(facts=Facts(salary=Salary("CNY", 5, 4))), "document.facts.salary", "INVALID_DOCUMENT"),
        (posting(facts=Facts(salary=Salary("CNY", None, None))), "document.facts.salary", "INVALID_DOCUMENT"),
        (posting(facts=Facts(salary=Salary("yuan", 1, 2))), "document.facts.salary.currency", "INVALID_DOCUMENT"),
        (
            posting(facts=Facts(salary=Salary("CNY", -1, 2))),
            "document.facts.salary.monthly_min_minor",
            "INVALID_DOCUMENT",
        ),
        (posting(facts=Facts(region="x" * 301)), "document.facts.region", "TOO_LARGE"),
        (RawDocument(kind="job", text="x y"), "document.kind", "UNKNOWN_KIND"),  # type: ignore[arg-type]
    ],
)
def test_bad_input_is_refused_with_field_and_limit(raw: RawDocument, field: str, code: str) -> None:
    assert refusal(raw) == (field, code)


@pytest.mark.parametrize("document_id", ["A", "-a", "a-", ".", "a b", "岗位", "a" * 65, "a/b", "a\n"])
def test_ids_of_another_form_are_refused(document_id: str) -> None:
    assert refusal(posting(id=document_id)) == ("document.id", "BAD_ID")


@pytest.mark.parametrize("document_id", ["a", "0", "a.b_c-d", "a" * 64, "water-lab-01"])
def test_ids_of_the_allowed_form_are_kept(document_id: str) -> None:
    assert read_document(posting(id=document_id))[0].id == document_id


def test_largest_text_is_accepted() -> None:
    assert len(read_document(posting("测" * MAX_TEXT_CHARS))[0].text) == MAX_TEXT_CHARS


def test_errors_hold_no_text_of_the_document() -> None:
    with pytest.raises(InvalidDocument) as caught:
        read_document(posting("13800000000"))
    assert "13800000000" not in str(caught.value)


def test_derived_id_is_the_head_of_the_content_hash() -> None:
    document, _ = read_document(posting())
    assert document.id == f"h-{document.content_hash[:16]}"
    assert len(document.content_hash) == 64


def test_hash_changes_with_kind_title_facts_and_text_only() -> None:
    base = read_document(posting())[0].content_hash
    assert read_document(posting(id="other"))[0].content_hash == base
    changed = [
        RawDocument(kind=Kind.COURSE, text=POSTING),
        posting(title="化验员"),
        posting(facts=Facts(hours=1.0)),
        posting(POSTING + " "),
        posting(POSTING.replace("男性", "女性")),
    ]
    hashes = {read_document(raw)[0].content_hash for raw in changed}
    assert len(hashes | {base}) == 6


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=120), st.sampled_from(list(Kind)))
def test_any_text_gives_a_sound_document_or_a_typed_error(text: str, kind: Kind) -> None:
    try:
        document, _ = read_document(RawDocument(kind=kind, text=text), as_of=date(2026, 11, 1))
    except InvalidDocument as error:
        assert error.field == "document.text"  # noqa: PT017 - either outcome is allowed
        return
    assert document.sections[-1].span.end == len(document.text)
    assert all(0 <= span.start < span.end <= len(document.text) for span in document.facts.spans.values())


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize(
    "unit",
    [
        "本科",
        "Bachelor ",
        "3年经验，",
        "1-",
        "$1",
        "学时 1",
        "2019.01-",
        "岗位职责",
        "先修课程：a、",
        "上海 ",
        "Aa Bb ",
        "<p>",
        "a",
    ],
)
def test_hostile_repetition_is_read_in_linear_time(unit: str, kind: Kind) -> None:
    """A pattern that backtracks over the whole text takes minutes here, a linear one milliseconds."""
    raw = RawDocument(kind=kind, text="x " + (unit * 20_000)[:20_000])
    started = time.perf_counter()
    read_document(raw)
    assert time.perf_counter() - started < 5.0
