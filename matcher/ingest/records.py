"""Paths → records: the reader behind `matcher import PATH…`.

Enters: a file or a folder, and the kind when the caller knows it. Leaves, one by one: a Record (RawDocument, where it came
from, warnings) or a RecordError (file, line, what is wrong); a bad record never hides the good ones behind it. One document
per file: .txt .md .html .htm .pdf .docx. Many per file: .jsonl .jsonl.gz .json .json.gz .csv .csv.gz. Files are streamed;
at most one record is in memory. It refuses nothing itself: every refusal is a RecordError.
"""

from __future__ import annotations

import csv
import gzip
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, cast

from matcher.domain.document import Kind, RawDocument, ReadWarning
from matcher.errors import InvalidDocument, MatcherError
from matcher.ingest.files import DOCX, HTML, MARKDOWN, PDF, PLAIN
from matcher.ingest.limits import MAX_CONTENT_BYTES
from matcher.ingest.rows import csv_rows, json_lines, json_values
from matcher.ingest.structured import document_from_record, kind_named

MEDIA_TYPES: Final = {
    ".txt": PLAIN,
    ".text": PLAIN,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".html": HTML,
    ".htm": HTML,
    ".pdf": PDF,
    ".docx": DOCX,
}
_RECORD_FILES: Final = (".jsonl", ".ndjson", ".json", ".csv")
_MAX_ID_CHARS: Final = 64


@dataclass(frozen=True, slots=True)
class Record:
    """A document read from a file. `line` is 1-based, 0 for a file that is one document."""

    document: RawDocument
    source: str
    line: int = 0
    warnings: tuple[ReadWarning, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordError:
    """A record or file that could not be read. `reason` is stable UPPER_SNAKE; `message` holds no text of the document."""

    source: str
    line: int
    reason: str
    message: str
    field: str = ""


def read_path(path: Path, kind: Kind | None = None) -> Iterator[Record | RecordError]:
    """Records of a file, or of all readable files below a folder, in order of name.

    Args:
        path: file or folder.
        kind: kind of records that do not say it themselves; None to take it from a folder named postings, courses or
            candidates above the file, or from the file's name ("postings-zh.jsonl.gz").

    Yields:
        A Record or a RecordError per document; hidden files and files of other types in a folder are passed over.
    """
    if path.is_dir():
        for child in sorted(path.rglob("*")):
            if (
                child.is_file()
                and not any(part.startswith(".") for part in child.relative_to(path).parts)
                and _suffix(child)
            ):
                yield from _read_file(child, kind)
    elif not path.is_file():
        yield RecordError(str(path), 0, "NO_SUCH_FILE", "there is no such file or folder")
    elif not _suffix(path):
        yield RecordError(
            str(path), 0, "UNSUPPORTED_FILE", f"only {', '.join((*MEDIA_TYPES, *_RECORD_FILES))} (.gz) are read"
        )
    else:
        yield from _read_file(path, kind)


def _read_file(path: Path, kind: Kind | None) -> Iterator[Record | RecordError]:
    suffix = _suffix(path)
    kind = kind or kind_of_path(path)
    try:
        if suffix in MEDIA_TYPES:
            yield _one_document(path, MEDIA_TYPES[suffix], kind)
            return
        with _opened(path) as stream:
            reader = {".csv": csv_rows, ".json": json_values}.get(suffix, json_lines)
            for line, row in reader(stream):
                yield _record(path, line, row, kind)
    except InvalidDocument as error:
        yield _failure(path, 0, error)
    except (OSError, EOFError, zlib.error, csv.Error, UnicodeDecodeError) as error:
        # Broken archives and charsets end the file; what came before was already yielded.
        yield RecordError(
            str(path), 0, "UNREADABLE_FILE", f"the file breaks off or is damaged ({type(error).__name__})"
        )


def kind_of_path(path: Path) -> Kind | None:
    """Kind that the nearest folder name, or the first word of the file name, tells; None when neither does."""
    for part in reversed(path.parts[:-1]):
        kind = kind_named(part)
        if kind is not None:
            return kind
    return kind_named(re.split(r"[-_.\s]", path.name, maxsplit=1)[0])


def id_of_path(path: Path) -> str:
    """Id made of a file's stem: lower case, other characters as "-"; "" when nothing is left of it."""
    stem = re.sub(r"[^a-z0-9._-]+", "-", path.name[: len(path.name) - len(_suffix(path))].lower())
    return re.sub(r"-{2,}", "-", stem)[:_MAX_ID_CHARS].strip("._-")


def _one_document(path: Path, media_type: str, kind: Kind | None) -> Record | RecordError:
    if kind is None:
        return RecordError(
            str(path),
            0,
            "UNKNOWN_KIND",
            "neither folder nor option says whether it is a candidate, posting or course",
            "document.kind",
        )
    if path.stat().st_size > MAX_CONTENT_BYTES:
        return RecordError(
            str(path), 0, "TOO_LARGE", f"the file is larger than {MAX_CONTENT_BYTES} bytes", "document.content"
        )
    content = path.read_bytes()
    if not content.strip():
        return RecordError(str(path), 0, "EMPTY_TEXT", "the file is empty", "document.content")
    return Record(RawDocument(kind=kind, id=id_of_path(path), content=content, media_type=media_type), str(path))


def _record(path: Path, line: int, row: object, kind: Kind | None) -> Record | RecordError:
    try:
        if isinstance(row, InvalidDocument):
            raise row
        if not isinstance(row, Mapping):
            raise InvalidDocument(
                "the record is no object", field="document", limit="a JSON object", reason="BAD_RECORD"
            )
        document, warnings = document_from_record(row, kind)
    except MatcherError as error:
        return _failure(path, line, error)
    return Record(document, str(path), line, warnings)


def _failure(path: Path, line: int, error: MatcherError) -> RecordError:
    limit = f" (limit: {error.limit})" if error.limit else ""
    return RecordError(str(path), line, error.code, f"{error.message}{limit}", error.field)


def _opened(path: Path) -> BinaryIO:
    if path.name.lower().endswith(".gz"):
        return cast(BinaryIO, gzip.open(path, "rb"))
    return path.open("rb")


def _suffix(path: Path) -> str:
    """The suffix that says how a file is read, with ".gz" left on ("" when the file is not read)."""
    name = path.name.lower()
    bare = name.removesuffix(".gz")
    suffix = Path(bare).suffix
    if suffix in _RECORD_FILES:
        return suffix
    return suffix if suffix in MEDIA_TYPES and name == bare else ""
