"""JSON Resume (jsonresume.org, schema 1.0) → a candidate.

Enters: a decoded JSON Resume object. Leaves: a RawDocument whose text has a heading per part, so that sections are found
again. Dropped: name, e-mail, phone, street and postal code, photo, web pages, profiles, references, interests. Refuses
(InvalidDocument): a résumé without any text in the parts that are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from matcher.domain.document import Facts, Kind, RawDocument
from matcher.errors import InvalidDocument

_HEADINGS: Final = {
    "summary": ("Summary", "个人简介"),
    "work": ("Work experience", "工作经历"),
    "volunteer": ("Volunteer experience", "志愿经历"),
    "education": ("Education", "教育背景"),
    "projects": ("Projects", "项目经验"),
    "skills": ("Skills", "专业技能"),
    "certificates": ("Certificates", "证书"),
    "awards": ("Awards", "荣誉奖项"),
    "languages": ("Languages", "语言能力"),
}
_HEADS: Final = {
    "work": ("position", "name"),
    "volunteer": ("position", "organization"),
    "education": ("studyType", "area", "institution"),
    "projects": ("name",),
    "skills": ("name", "level"),
    "certificates": ("name", "issuer", "date"),
    "awards": ("title", "awarder", "date"),
    "languages": ("language", "fluency"),
}
_LISTS: Final = ("highlights", "courses", "keywords")


def candidate_from_json_resume(record: Mapping[str, Any]) -> RawDocument:
    """A candidate of a JSON Resume.

    Args:
        record: the decoded object; unknown keys are ignored, as its schema allows any.

    Returns:
        The candidate; title from `basics.label`, region from `basics.location`.

    Raises:
        InvalidDocument: nothing to read in it.
    """
    basics = record.get("basics")
    basics = basics if isinstance(basics, Mapping) else {}
    parts = [(name, list(_part_lines(record, name))) for name in _HEADS]
    summary = _word(basics.get("summary"))
    if summary:
        parts.insert(0, ("summary", [summary]))
    words = "".join(line for _, lines in parts for line in lines)
    chinese = sum("\u4e00" <= char <= "\u9fff" for char in words) > len(words) / 5
    blocks = ["\n".join([_HEADINGS[name][chinese], *lines]) for name, lines in parts if lines]
    title = _word(basics.get("label"))
    if not blocks and not title:
        raise InvalidDocument(
            "the résumé has no text", field="document.text", limit="at least one letter or digit", reason="EMPTY_TEXT"
        )
    location = basics.get("location")
    location = location if isinstance(location, Mapping) else {}
    region = _word(location.get("city")) or _word(location.get("region"))
    return RawDocument(
        kind=Kind.CANDIDATE,
        title=title,
        text="\n\n".join(([title] if title else []) + blocks),
        facts=Facts(region=region or None),
    )


def _part_lines(record: Mapping[str, Any], name: str) -> Iterator[str]:
    entries = record.get(name)
    for entry in entries if isinstance(entries, list) else ():
        if not isinstance(entry, Mapping):
            continue
        head = [word for key in _HEADS[name] if (word := _word(entry.get(key)))]
        dates = _dates(entry)
        if head or dates:
            yield ", ".join(([dates] if dates else []) + head)
        for key in ("description", "summary"):
            if text := _word(entry.get(key)):
                yield text
        for key in _LISTS:
            items = (
                [word for item in entry.get(key) or () if (word := _word(item))]
                if isinstance(entry.get(key), list)
                else []
            )
            if items:
                yield ", ".join(items) if key == "keywords" else "\n".join(f"- {item}" for item in items)


def _dates(entry: Mapping[str, Any]) -> str:
    """Write "2019-07 - 2021-06"; an entry with a start only goes on until now."""
    start, end = _word(entry.get("startDate"))[:7], _word(entry.get("endDate"))[:7]
    if not start:
        return end
    return f"{start} - {end or 'present'}"


def _word(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
