"""Bytes become text, or a typed error: charsets, PDF, DOCX, HTML, hostile files."""

import io
import zipfile

import docx
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.errors import InvalidDocument
from matcher.ingest import files
from matcher.ingest.decode import decode
from matcher.ingest.files import DOCX, PDF, file_text
from matcher.ingest.fold import fold
from matcher.ingest.language import languages_of
from matcher.ingest.limits import MAX_CONTENT_BYTES
from matcher.ingest.markup import strip_markup

TEXT = "职位：软件测试工程师（8K以上）\nSoftware tester, café"


def pdf_of(*lines: str) -> bytes:
    """A one-page PDF with a standard font."""
    body = " T* ".join(f"({line}) Tj" for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 72 720 Td {body} ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, item in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    xref = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(
        b"%010d 00000 n \n" % offset for offset in offsets
    )
    return out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, xref)


def docx_of() -> bytes:
    document = docx.Document()
    document.add_paragraph("求职意向：电工")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "学历", "大专"
    document.add_paragraph("技能：PLC")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_supported_charsets_give_the_same_text(charset: str) -> None:
    text = TEXT.replace("é", "e")
    assert decode(text.encode(charset)) == text


def test_utf_16_big_endian_with_mark_is_read() -> None:
    assert decode(b"\xfe\xff" + TEXT.encode("utf-16-be")) == TEXT


def test_charset_detection_breaks_the_tie_for_western_text() -> None:
    text = "Techniker für Qualitätsprüfung gesucht. Prüfung der Anlagen, größere Maßnahmen, Übergabe an Kunden. " * 3
    assert decode(text.encode("cp1252")) == text


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n....", b"PK\x03\x04zip", b"abc\x00def", bytes(range(1, 9)) * 20, b"%PDF-1.7 x"]
)
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidDocument) as caught:
        decode(data)
    assert (caught.value.code, caught.value.field) == ("BINARY_CONTENT", "document.content")


def test_broken_mark_is_refused_as_wrong_encoding() -> None:
    with pytest.raises(InvalidDocument) as caught:
        decode(b"\xef\xbb\xbfabc\xff\xfe")
    assert caught.value.code == "WRONG_ENCODING"


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_give_text_or_a_typed_error(data: bytes) -> None:
    try:
        assert isinstance(decode(data), str)
    except InvalidDocument as error:
        assert error.code in {"BINARY_CONTENT", "WRONG_ENCODING"}  # noqa: PT017 - either outcome is allowed


def test_pdf_text_is_read() -> None:
    text = file_text(pdf_of("Water analyst", "Phone: 555-0100"), PDF)
    assert [line.strip() for line in text.splitlines()] == ["Water analyst", "Phone: 555-0100"]


def test_docx_paragraphs_and_tables_are_read_in_order() -> None:
    assert file_text(docx_of(), DOCX) == "求职意向：电工\n学历\t大专\n技能：PLC"


def test_type_is_judged_by_the_first_bytes_when_not_given() -> None:
    assert "Water" in file_text(pdf_of("Water"), "")
    assert file_text(docx_of(), "").startswith("求职意向")
    assert file_text("化验员".encode(), "") == "化验员"


def refused(content: bytes, media_type: str) -> str:
    with pytest.raises(InvalidDocument) as caught:
        file_text(content, media_type)
    assert caught.value.limit
    return caught.value.code


def test_hostile_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused(b"%PDF-1.4 broken", PDF) == "UNREADABLE_FILE"
    assert refused(pdf_of(""), PDF) == "EMPTY_TEXT"
    assert refused(b"PK\x03\x04 broken", DOCX) == "UNREADABLE_FILE"
    assert refused(b"x" * (MAX_CONTENT_BYTES + 1), "text/plain") == "TOO_LARGE"
    assert refused(b"x", "image/png") == "UNSUPPORTED_MEDIA_TYPE"
    monkeypatch.setattr(files, "MAX_PDF_PAGES", 0)
    assert refused(pdf_of("a"), PDF) == "TOO_LARGE"


def test_zip_without_a_word_document_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", "hello")
    assert refused(stream.getvalue(), DOCX) == "UNREADABLE_FILE"


def test_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 3_000_000)
    monkeypatch.setattr(files, "MAX_UNPACKED_BYTES", 2_000_000)
    monkeypatch.setattr(docx, "Document", lambda _: pytest.fail("unpacked"))
    assert refused(stream.getvalue(), DOCX) == "TOO_LARGE"


def test_xml_entity_bomb_does_not_expand() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "AAAAAAAAAA"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx_of())) as source, zipfile.ZipFile(stream, "w") as target:
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename == "word/document.xml":
                data = bomb + data[data.index(b"<w:document") :].replace("技能".encode(), b"&b;")
            target.writestr(entry, data)
    try:
        text = file_text(stream.getvalue(), DOCX)
    except InvalidDocument:
        return
    assert "AAAA" not in text


def test_encrypted_pdf_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(_: object) -> None:
        raise pypdfium2.PdfiumError("Failed to load document (PDFium: Incorrect password error).")

    monkeypatch.setattr(pypdfium2, "PdfDocument", locked)
    with pytest.raises(InvalidDocument, match="encrypted"):
        file_text(b"%PDF-1.4", PDF)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>岗位职责</p><ul><li>写代码</li><li>测试</li></ul>", "岗位职责\n写代码\n测试"),
        ("A<br>B<br/>C", "A\nB\nC"),
        ("<b>C++</b> &amp; <i>C#</i> &lt;10 人", "C++ & C# <10 人"),
        ("<script>alert(1)</script>Hi<style>p{}</style><!-- x -->", "Hi"),
        ("<table><tr><td>学历</td><td>大专</td></tr></table>", "学历 大专"),
        ('<a href="x" onclick="a>b">link</a>', "link"),
        ("<p>use vector<int> here</p>", "use vector<int> here"),
        ("<p>x</p>broken <b", "x\nbroken <b"),
        ("<script>never closed", ""),
    ],
)
def test_markup_becomes_plain_text(markup: str, text: str) -> None:
    assert strip_markup(markup) == text


@pytest.mark.parametrize(
    "text",
    [
        "vector<int> a < b > c",
        "熟悉<div>和<canvas>标签",
        "x <- y, List<String>",
        "见 <https://example.com>",
        "a & b &amp; c",
    ],
)
def test_text_that_only_mentions_tags_is_no_markup(text: str) -> None:
    assert strip_markup(text) is None


@pytest.mark.parametrize("unit", ["<p ", '<a href="', "<!--", "<script", "&lt;", "<p><", "</"])
def test_hostile_markup_is_stripped_in_linear_time(unit: str) -> None:
    result = strip_markup((unit * 60_000)[:150_000] + "</p>", declared=True)
    assert result is not None
    assert len(result) <= 150_004


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("aＡ１：（İſ學歷\u3000–’ß😀中\n"), max_size=40))
def test_shadow_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_shadow_is_lower_case_ascii_and_simplified() -> None:
    assert fold("學歷：ＢＡ（１）–") == "学历:ba(1)-"


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("负责软件测试，编写用例", ("zh",)),
        ("We test software and write the cases for the team", ("en",)),
        ("熟悉 Kubernetes 集群运维，掌握 Docker 与 Linux", ("en", "zh")),
        ("负责软件测试工作，编写测试用例，跟踪缺陷，整理文档，使用 Jira", ("zh",)),
        ("Wir suchen einen Techniker für die Prüfung der Anlagen in unserem Werk", ("de",)),
        ("Nous recherchons un technicien pour le contrôle des installations de la société", ("fr",)),
        ("ソフトウェアのテストを担当し、仕様書を作成します", ("ja",)),
        ("소프트웨어 테스트를 담당합니다", ("ko",)),
        ("12345 !!", ("und",)),
        ("C++, SQL", ("en",)),
    ],
)
def test_languages_by_share_of_letters(text: str, languages: tuple[str, ...]) -> None:
    assert languages_of(text) == languages


def test_minority_language_counts_from_fifteen_percent() -> None:
    assert languages_of("中" * 85 + "a" * 15) == ("zh", "en")
    assert languages_of("中" * 86 + "a" * 14) == ("zh",)
