"""Bytes of a text file → str.

Enters: the bytes of a text, Markdown or HTML file. Leaves: the text, without a byte order mark. Accepts UTF-8 with or
without mark, UTF-16 with mark, and GB18030 (with its subset GBK); other charsets only when charset-normalizer is sure.
Refuses (InvalidDocument): binary data, and bytes that are no text in any of these.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from charset_normalizer import from_bytes

from matcher.errors import InvalidDocument

_BINARY_SIGNATURES: Final = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\xd0\xcf\x11\xe0",
    b"\x7fELF",
    b"\x1f\x8b",
)
# More than this share of control bytes never occurs in real text; images and archives have 5–10 %.
_MAX_CONTROL_SHARE: Final = 0.01
_CONTROLS: Final = bytes(b for b in range(0x20) if b not in b"\t\n\v\f\r\x1b") + b"\x7f"
# GB18030 can decode almost any bytes. A real Chinese text decodes to mostly common characters, which the GB2312 plane
# (rows 0xB0–0xF7) holds; noise lands in rare four-byte and private areas.
_COMMON_HAN: Final = re.compile("[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef]")
_MIN_HAN_SHARE: Final = 0.85
_SNIFF_BYTES: Final = 65_536
_FIELD: Final = "document.content"


def decode(data: bytes, *, field: str = _FIELD) -> str:
    """Text of `data`.

    Args:
        data: the whole file.
        field: request field named in an error.

    Returns:
        The text, line ends as they are.

    Raises:
        InvalidDocument: binary content, or no charset fits.
    """
    for mark, charset in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return _strict(data[len(mark) :], charset, field)
    refuse_binary(data, field=field)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(charset_of(data, field=field))


def refuse_binary(data: bytes, *, field: str = _FIELD) -> None:
    """Raise when `data` is no text file: a known binary signature, NUL bytes or too many control bytes.

    Raises:
        InvalidDocument: `data` is binary.
    """
    head = data[:_SNIFF_BYTES]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if head.startswith(_BINARY_SIGNATURES) or b"\0" in data or controls > len(head) * _MAX_CONTROL_SHARE:
        raise InvalidDocument(
            "the content is binary, not text", field=field, limit="text only", reason="BINARY_CONTENT"
        )


def charset_of(data: bytes, *, field: str = _FIELD) -> str:
    """Codec name for non-binary bytes without a byte order mark.

    UTF-8 wins when it fits; then GB18030 if the result reads as Chinese; then charset-normalizer.

    Raises:
        InvalidDocument: nothing fits.
    """
    if _decodes(data, "utf-8") is not None:
        return "utf-8"
    chinese = _decodes(data, "gb18030")
    if chinese is not None:
        other = [char for char in chinese[:_SNIFF_BYTES] if char > "\x7f"]
        common = sum(1 for char in other if _COMMON_HAN.match(char))
        if other and common >= _MIN_HAN_SHARE * len(other) and _is_gb2312_dense(data):
            return "gb18030"
    best = from_bytes(data[:_SNIFF_BYTES]).best()
    if best is not None and best.encoding != "ascii" and _decodes(data, best.encoding) is not None:
        return best.encoding
    raise InvalidDocument(
        "the content is in no supported text encoding",
        field=field,
        limit="UTF-8, UTF-16 with byte order mark, GB18030",
        reason="WRONG_ENCODING",
    )


def _is_gb2312_dense(data: bytes) -> bool:
    """Whether most two-byte characters are level-1 or level-2 Hanzi or GB2312 punctuation, as in real Chinese."""
    pairs = re.findall(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]", data[:_SNIFF_BYTES])
    usual = sum(1 for pair in pairs if (0xB0 <= pair[0] <= 0xF7 or 0xA1 <= pair[0] <= 0xA3) and pair[1] >= 0xA1)
    return bool(pairs) and usual >= _MIN_HAN_SHARE * len(pairs)


def _decodes(data: bytes, charset: str) -> str | None:
    try:
        return data.decode(charset)
    except (UnicodeDecodeError, LookupError):
        return None


def _strict(data: bytes, charset: str, field: str) -> str:
    text = _decodes(data, charset)
    if text is None:
        raise InvalidDocument(
            f"the byte order mark says {charset}, but the bytes are not",
            field=field,
            limit=charset,
            reason="WRONG_ENCODING",
        )
    return text
