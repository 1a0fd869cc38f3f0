"""A file's bytes → its text: PDF, DOCX, HTML, Markdown and plain text.

Enters: bytes and a media type (or "" to judge by the first bytes). Leaves: the text, not yet redacted. Refuses
(InvalidDocument): encrypted or broken files, files without text (scans), too many pages, archives that unpack to more
than the limit, and media types that are not read here.
"""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import ParseError

import docx
import pypdfium2
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml import etree

from matcher.errors import InvalidDocument
from matcher.ingest.decode import decode
from matcher.ingest.limits import MAX_CONTENT_BYTES, MAX_TEXT_CHARS

PDF: Final = "application/pdf"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HTML: Final = "text/html"
MARKDOWN: Final = "text/markdown"
PLAIN: Final = "text/plain"

MAX_PDF_PAGES: Final = 200
MAX_UNPACKED_BYTES: Final = 64 * 1024 * 1024
MAX_ARCHIVE_ENTRIES: Final = 2_000
_FIELD: Final = "document.content"
# PDFium is not safe to call from two threads at once.
_PDFIUM: Final = threading.Lock()
_GLYPHS: Final = str.maketrans({"\r": None, "\x02": "-", "\ufffe": "-", "\x00": None, "\ufeff": None})


def file_text(content: bytes, media_type: str) -> str:
    """Text of a file.

    Args:
        content: the whole file.
        media_type: its media type, parameters allowed; "" to judge by the first bytes.

    Returns:
        Its text; HTML still with its markup.

    Raises:
        InvalidDocument: unsupported type, or a file that cannot be read within the limits.
    """
    if len(content) > MAX_CONTENT_BYTES:
        raise InvalidDocument(
            "the file is too large", field=_FIELD, limit=f"{MAX_CONTENT_BYTES} bytes", reason="TOO_LARGE"
        )
    kind = media_type.partition(";")[0].strip().lower()
    if not kind:
        kind = PDF if content.startswith(b"%PDF-") else DOCX if content.startswith(b"PK\x03\x04") else PLAIN
    if kind == PDF:
        return _pdf_text(content)
    if kind == DOCX:
        return _docx_text(content)
    if kind in {PLAIN, MARKDOWN, HTML, "application/xhtml+xml", "text/x-markdown"}:
        return decode(content)
    raise InvalidDocument(
        "this media type is not read",
        field="document.media_type",
        limit=f"{PLAIN}, {MARKDOWN}, {HTML}, {PDF}, {DOCX}",
        reason="UNSUPPORTED_MEDIA_TYPE",
    )


def _pdf_text(content: bytes) -> str:
    with _PDFIUM:
        try:
            pdf = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            encrypted = "password" in str(error).lower()
            raise _unreadable("PDF", "is encrypted" if encrypted else "is broken") from None
        try:
            if len(pdf) > MAX_PDF_PAGES:
                raise InvalidDocument(
                    "the PDF has too many pages", field=_FIELD, limit=f"{MAX_PDF_PAGES} pages", reason="TOO_LARGE"
                )
            text = _joined_pages(pdf)
        except pypdfium2.PdfiumError:
            raise _unreadable("PDF", "is broken") from None
        finally:
            pdf.close()
    if not text.strip():
        raise InvalidDocument(
            "the PDF holds no text; a scan needs text recognition first",
            field=_FIELD,
            limit="at least one letter or digit",
            reason="EMPTY_TEXT",
        )
    return text


def _joined_pages(pdf: pypdfium2.PdfDocument) -> str:
    pages: list[str] = []
    n_chars = 0
    for index in range(len(pdf)):
        page = pdf[index]
        text_page = page.get_textpage()
        pages.append(text_page.get_text_bounded().translate(_GLYPHS))
        text_page.close()
        page.close()
        n_chars += len(pages[-1])
        if n_chars > MAX_TEXT_CHARS:
            raise InvalidDocument(
                "the PDF's text is too long", field=_FIELD, limit=f"{MAX_TEXT_CHARS} code points", reason="TOO_LARGE"
            )
    return "\n".join(pages)


def _docx_text(content: bytes) -> str:
    _check_archive(content)
    try:
        document = docx.Document(io.BytesIO(content))
        lines = list(_block_lines(document.element.body))
    except InvalidDocument:
        raise
    except (
        KeyError,
        ValueError,
        AttributeError,
        OSError,
        EOFError,
        zipfile.BadZipFile,
        ParseError,
        etree.XMLSyntaxError,
        OpcError,
    ):
        raise _unreadable("DOCX", "is broken or no Word document") from None
    return "\n".join(lines)


def _check_archive(content: bytes) -> None:
    """Refuse archives that are broken, encrypted, or unpack to more than the limit.

    The sizes in the directory bound what zipfile will really unpack: it stops at them and then fails on the checksum.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise _unreadable("DOCX", "is broken") from None
    if any(entry.flag_bits & 1 for entry in entries):
        raise _unreadable("DOCX", "is encrypted")
    if len(entries) > MAX_ARCHIVE_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        raise InvalidDocument(
            "the DOCX unpacks to too much", field=_FIELD, limit=f"{MAX_UNPACKED_BYTES} bytes", reason="TOO_LARGE"
        )


def _block_lines(parent: etree._Element) -> Iterator[str]:
    """Lines of a body or table cell in reading order: a paragraph is a line, a table row a line with tabs between cells."""
    for child in parent:
        if child.tag == qn("w:p"):
            yield _paragraph_text(child)
            for box in child.iter(qn("w:txbxContent")):
                # A text box is stored twice, for new and for old readers; the fallback repeats it.
                if not any(True for _ in box.iterancestors(_FALLBACK)):
                    yield from _block_lines(box)
        elif child.tag == qn("w:tbl"):
            for row in child.iter(qn("w:tr")):
                if next(row.iterancestors(qn("w:tbl"))) is child:
                    yield "\t".join(_cell_texts(row))
        elif child.tag == qn("w:sdt"):
            for content in child.iterchildren(qn("w:sdtContent")):
                yield from _block_lines(content)


_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def _cell_texts(row: etree._Element) -> Iterator[str]:
    for cell in row.iterchildren(qn("w:tc")):
        yield "\n".join(line for line in _block_lines(cell) if line)


def _paragraph_text(paragraph: etree._Element) -> str:
    pieces: list[str] = []
    for node in paragraph.iter(qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:cr")):
        if next(node.iterancestors(qn("w:p"))) is not paragraph:
            continue
        pieces.append((node.text or "") if node.tag == qn("w:t") else "\t" if node.tag == qn("w:tab") else "\n")
    return "".join(pieces)


def _unreadable(what: str, why: str) -> InvalidDocument:
    return InvalidDocument(
        f"the {what} {why}", field=_FIELD, limit=f"a readable {what} without password", reason="UNREADABLE_FILE"
    )
