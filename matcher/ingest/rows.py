"""Byte streams → the rows or values in them: JSON Lines, JSON, CSV.

Enters: an open binary stream. Leaves: (line, value) one by one, never the whole file. A value that cannot be read comes as
an InvalidDocument in its place, so that those behind it are still read. It refuses nothing else itself.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, Final, cast

from matcher.errors import InvalidDocument
from matcher.ingest.decode import charset_of
from matcher.ingest.limits import MAX_CONTENT_BYTES

_SNIFF_BYTES: Final = 65_536
_CHUNK_CHARS: Final = 65_536

# Texts of up to 200,000 code points stand in one cell; the csv module's own limit of 128 KiB is process-wide.
csv.field_size_limit(max(csv.field_size_limit(), MAX_CONTENT_BYTES))


def json_lines(stream: BinaryIO) -> Iterator[tuple[int, Any]]:
    """Values of JSON Lines in UTF-8 with their 1-based line numbers; blank lines are passed over."""
    line = 0
    while raw := stream.readline(MAX_CONTENT_BYTES + 1):
        line += 1
        if len(raw) > MAX_CONTENT_BYTES:
            while raw and not raw.endswith(b"\n"):
                raw = stream.readline(MAX_CONTENT_BYTES)
            yield line, _bad("the line is too long", f"{MAX_CONTENT_BYTES} bytes", "TOO_LARGE")
        elif raw.strip():
            yield line, _json_value(raw)


def json_values(stream: BinaryIO) -> Iterator[tuple[int, Any]]:
    """Objects of a JSON file (one object, an array of them, or JSON-LD with @graph) and the line where each starts.

    After a value that is no JSON nothing more is read: where the next one would begin cannot be told.
    """
    with _decoded(stream) as text:
        yield from _values(text)


def _values(text: io.TextIOWrapper) -> Iterator[tuple[int, Any]]:
    decoder = json.JSONDecoder()
    buffer, line, in_array = "", 1, False
    while True:
        stripped = buffer.lstrip(" \t\r\n,\ufeff") if in_array else buffer.lstrip(" \t\r\n\ufeff")
        line += buffer.count("\n", 0, len(buffer) - len(stripped))
        buffer = stripped
        if not in_array and buffer.startswith("["):
            buffer, in_array = buffer[1:], True
            continue
        if in_array and buffer.startswith("]"):
            return
        value, end = _first_value(decoder, buffer)
        if end:
            for item in _graph(value):
                yield line, item
            line += buffer.count("\n", 0, end)
            buffer = buffer[end:]
            if not in_array:
                return
            continue
        # Read twice as much each time, so that a long object is not parsed again for every chunk.
        chunk = text.read(max(_CHUNK_CHARS, len(buffer)))
        if not chunk or len(buffer) + len(chunk) > MAX_CONTENT_BYTES:
            if buffer or chunk or in_array:
                yield (
                    line,
                    _bad("the file is no JSON, or a record is too long", f"{MAX_CONTENT_BYTES} characters a record"),
                )
            return
        buffer += chunk


def csv_rows(stream: BinaryIO) -> Iterator[tuple[int, Any]]:
    """Rows of a CSV file with a header row, as dicts, and the line on which each starts."""
    with _decoded(stream) as text:
        yield from _rows(text)


def _rows(text: io.TextIOWrapper) -> Iterator[tuple[int, Any]]:
    rows = csv.reader(text, strict=True)
    header = [name.strip() for name in next(rows, [])]
    while True:
        line = rows.line_num + 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error:
            yield line, _bad("the row breaks the CSV format", "RFC 4180")
            continue
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(header):
            yield line, _bad("the row has another number of cells than the header", f"{len(header)} cells")
        else:
            yield line, dict(zip(header, row, strict=True))


def _json_value(raw: bytes) -> Any:
    try:
        return json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return _bad("the line is not UTF-8", "UTF-8", "WRONG_ENCODING")
    except (ValueError, RecursionError):
        return _bad("the line is no JSON", "one JSON object per line")


def _first_value(decoder: json.JSONDecoder, buffer: str) -> tuple[Any, int]:
    """The JSON value at the start of `buffer` and where it ends; (None, 0) when it is not complete."""
    if not buffer.startswith(("{", "[", '"')):
        return None, 0
    try:
        return decoder.raw_decode(buffer)
    except (ValueError, RecursionError):
        return None, 0


def _graph(value: Any) -> list[Any]:
    graph = value.get("@graph") if isinstance(value, Mapping) else None
    return graph if isinstance(graph, list) else [value]


def _bad(message: str, limit: str, reason: str = "BAD_RECORD") -> InvalidDocument:
    return InvalidDocument(message, field="document", limit=limit, reason=reason)


def _decoded(stream: BinaryIO) -> io.TextIOWrapper:
    """Text of a byte stream, its charset told from the first 64 KiB."""
    buffered = io.BufferedReader(cast(io.RawIOBase, stream), _SNIFF_BYTES)
    head = buffered.peek(_SNIFF_BYTES)[:_SNIFF_BYTES]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return io.TextIOWrapper(buffered, encoding="utf-16", newline="")
    # The cut may fall inside a character: up to three bytes of it are left out.
    charset = next((name for cut in range(4) if (name := _charset(head[: len(head) - cut]))), "utf-8")
    return io.TextIOWrapper(buffered, encoding="utf-8-sig" if charset == "utf-8" else charset, newline="")


def _charset(head: bytes) -> str:
    try:
        return charset_of(head)
    except InvalidDocument:
        return ""
