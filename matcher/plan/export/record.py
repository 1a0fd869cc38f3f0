"""What an export is made of, and text made safe for where it is put.

Enters: a bundle with the facts that stand beside it in a filing. Leaves: the same, and pieces of text that say nothing to a
Markdown reader, a browser or Word but themselves. Titles come from syllabi and postings of strangers and are hostile until shown
otherwise.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from matcher.domain.bundle import Bundle, BundleSkill
from matcher.domain.match import RequirementStatus

Json = dict[str, Any]

DEFAULT_BASE_URL: Final = "urn:skillmatch:"
"""Before resource names where the caller gives no address under which they are published."""
_CJK: Final = re.compile(r"[\u3400-\u9fff]")
# direction overrides can make a file name or a sentence read otherwise than it is
_BIDI: Final = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_MARKDOWN: Final = re.compile(r"[\\`*_{}\[\]<>#!|~&@^$]")
_LINK: Final = re.compile(r"(?i)(?<![a-z])(www)\.|(?<=[a-z])(:)(?=//)")


@dataclass(frozen=True, slots=True)
class FiledBundle:
    """A bundle to export. `name`: `credentials/{id}`, "" for a draft. `issuer`: who offers it, "" when not given.

    `base_url`: stands before resource names to make addresses of them; ends in `/` or `:`. `taxonomy`: version of the skill ids.
    `time`: when the figures were computed.
    """

    bundle: Bundle
    name: str
    issuer: str
    base_url: str
    taxonomy: str
    time: datetime

    def address(self, resource: str) -> str:
        """Address of a resource by its name."""
        return f"{self.base_url}{resource}"


def taught_skills(bundle: Bundle) -> list[BundleSkill]:
    """What a bundle teaches, each skill once: what it teaches of the demand, then what it teaches beside it."""
    taught = (s for s in bundle.skills if s.course and s.status is not RequirementStatus.MISSING)
    return list({s.met_by: s for s in reversed(list(taught))}.values())[::-1]


def plain(text: str) -> str:
    """One line without control and direction characters, as XML 1.0 and any reader takes it."""
    kept = (" " if c in "\r\n\t\v\f\x85\u2028\u2029" else c for c in text if c not in _BIDI)
    shown = "".join(c for c in kept if unicodedata.category(c) not in {"Cc", "Cs", "Cn"})
    return re.sub(r" {2,}", " ", shown).strip()


def markdown(text: str) -> str:
    """Text that Markdown (CommonMark with tables and autolinks) shows as it is: no markup, HTML, link or image."""
    escaped = _MARKDOWN.sub(lambda m: f"\\{m[0]}", plain(text))
    escaped = _LINK.sub(lambda m: f"{m[1]}\\." if m[1] else "\\:", escaped)
    return escaped.replace("\\<", "&lt;").replace("\\>", "&gt;").replace("\\&", "&amp;")


def language_of(text: str) -> str:
    """Tag of a title's language as far as its script tells: `zh` or `en`."""
    return "zh" if _CJK.search(text) else "en"


def localized(text: str) -> Json:
    """A language map of one text."""
    return {language_of(text): plain(text)}


def label_map(labels: Mapping[str, str]) -> Json:
    """A language map of labels."""
    return {tag: plain(label) for tag, label in sorted(labels.items())}


def json_text(value: Json) -> str:
    """JSON that may stand in a web page: `<`, `>` and `&` are written as escapes, which read the same."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e") + "\n"
