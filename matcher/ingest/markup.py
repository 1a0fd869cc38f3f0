"""HTML → plain text.

Enters: a text that is or may be HTML. Leaves: its words, block elements on their own lines, entities resolved; or None
when the text is not markup. Scripts, styles and comments are dropped whole. It refuses nothing: broken markup gives the
text that is left. Only names of real HTML elements count as tags, so that `vector<int>` and `a < b` survive.
"""

from __future__ import annotations

import html
import re
from typing import Final

_BLOCKS: Final = (
    "address|article|aside|blockquote|body|br|caption|dd|div|dl|dt|fieldset|figure|footer|form|h[1-6]|head|header"
    "|hr|html|li|main|nav|ol|option|p|pre|section|select|table|tbody|tfoot|thead|title|tr|ul"
)
_INLINE: Final = (
    "a|abbr|b|big|bdi|bdo|button|center|cite|code|col|colgroup|del|dfn|em|font|i|iframe|img|input|ins|kbd|label"
    "|link|mark|meta|noscript|object|path|q|s|samp|small|span|strike|strong|sub|sup|svg|td|th|time|tt|u|var|video"
    "|wbr"
)
_DROPPED: Final = re.compile(
    r"<(script|style|template|iframe|object|svg)\b[^>]{0,2000}>.*?</\1\s*>|<(?:script|style)\b.*|<!--.*?(?:-->"
    r"|\Z)|<!doctype[^>]{0,500}>|<\?xml[^>]{0,500}>|<!\[CDATA\[|\]\]>",
    re.IGNORECASE | re.DOTALL,
)
# Attribute values may hold ">", so quoted runs are skipped whole; the bounds keep a lone "<p" from scanning the file.
_TAG: Final = re.compile(
    rf"</?({_BLOCKS}|{_INLINE})(?=[\s/>])(?:[^<>\"']|\"[^\"<]{{0,2000}}\"|'[^'<]{{0,2000}}'){{0,500}}>", re.IGNORECASE
)
_BLOCK_NAME: Final = re.compile(rf"(?:{_BLOCKS})\Z", re.IGNORECASE)
# A mention of `<div>` in a front-end posting is no markup; a closing tag, a line break or a document type is.
_EVIDENCE: Final = re.compile(
    rf"</(?:{_BLOCKS}|{_INLINE})\s*>|<(?:br|hr)\s*/?>|<!doctype html|<(?:script|style)\b|<(?:img|p|a|div|span)\s[^<>]{{0,500}}=",
    re.IGNORECASE,
)
_CELL: Final = re.compile(r"<t[dh]\b", re.IGNORECASE)
_SPACES: Final = re.compile(r"[ \t\xa0]{2,}")
_LINES: Final = re.compile(r"[ \t]*\n[ \t]*(?:\n[ \t]*)*")


def strip_markup(text: str, *, declared: bool = False) -> str | None:
    """Plain text of HTML, or None when `text` is not HTML.

    Args:
        text: the text as sent.
        declared: whether the client said that it is HTML; then it is stripped without further evidence.

    Returns:
        The text without markup, or None when there was none to remove. Offsets into it are not offsets into `text`.
    """
    if not declared and ("<" not in text or not _EVIDENCE.search(text)):
        return None
    bare = _DROPPED.sub(" ", text)
    bare = _TAG.sub(_replacement, bare)
    bare = html.unescape(bare)
    return _LINES.sub("\n", _SPACES.sub(" ", bare)).strip()


def _replacement(match: re.Match[str]) -> str:
    if _BLOCK_NAME.match(match[1]):
        return "\n"
    return " " if _CELL.match(match[0]) else ""
