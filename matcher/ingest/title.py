"""The title of a document: what the post, the course or the wanted post is called.

Enters: the redacted text and its shadow. Leaves: a title and where it stands, or "" when the text has none. A labelled
title (职位名称：…, Job title: …) comes first, then the first line if it reads as a title. A sentence, a list item, a heading
or a line of facts is never a title. It refuses nothing.
"""

from __future__ import annotations

import re
from typing import Final

from matcher.domain.document import REDACTION_MARK, Kind, Span
from matcher.ingest.fold import fold
from matcher.ingest.headings import HEADINGS
from matcher.ingest.markup import strip_markup
from matcher.ingest.privacy import redact

_MAX_WIDTH: Final = 80  # in half-width columns: 80 letters or 40 Chinese characters
_LABELS: Final = {
    Kind.POSTING: re.compile(
        r"(?:^|[\n;。|【\[\s])(?:招聘职位|招聘岗位|职位名称|岗位名称|招聘职务|职务名称|职位|岗位|职务|job title"
        r"|position title|position|role|title|vacancy|post)[】\]]?\s?:\s*(?=\S)"
    ),
    Kind.CANDIDATE: re.compile(
        r"(?:^|[\n;。|【\[\s])(?:求职意向|求职目标|应聘职位|应聘岗位|意向职位|意向岗位|期望职位|期望岗位"
        r"|目标岗位|目标职位|求职岗位|意向|current title|desired position|target role|target position|position"
        r" sought|applying for|objective|career objective|position|job title)[】\]]?\s?[::]\s*(?=\S)"
    ),
    Kind.COURSE: re.compile(
        r"(?:^|[\n;。|【\[\s])(?:课程名称|课程名|课程中文名称|中文名称|课程|course title|course name|module"
        r" title|module name|course|module|title)[】\]]?\s?:\s*(?=\S)|(?:^|\n)\s*(?:课程标准|教学大纲|课程大纲"
        r"|course outline|course syllabus|syllabus|module descriptor|course specification)\s?[:—-]\s*(?=\S)"
    ),
}
_VALUE_END: Final = re.compile(
    r"[\n;。|│\t█【】\[\]]| {2,}|\u3000{2,}|\s(?=[\u4e00-\u9fff]{2,6}:)|(?=(?:工\s?作\s?地\s?[点址]"
    r"|工作(?:目标|内容|职责)|招聘人数|人数|\d\s?[.、]|地点|薪资|月薪|年薪|学历"
    r"|经验|岗位职责|任职|职责|课程代码|学时|学分))|\s(?=(?:salary|location|department|hours|credits|code)\s?:)"
)
_CUT: Final = re.compile(
    r"\s*(?:[|｜│\t█]|\s[-–—·•@]\s|——|—|\s{2,}|\u3000+|[】」](?=\S))\s*|\s*[(（](?=[^()（）]{0,40}(?:\d|remote"
    r"|hybrid|full|part|急聘|急招|五险|双休|若干|名[)）]))|[,，:：]?\s*(?=(?:[$£€¥￥]\s?\d"
    r"|\d[\d.,]*\s?[-~至—–]\s?\d[\d.,]*\s?(?:[kK千万]|元)|薪资|月薪|年薪|招聘?\d|\d+\s?名))"
    r"|[,，]\s?(?=(?:\d{1,4}|[一二两三四五六七八九十]|one|two|three|four|five|six|seven|eight|nine|ten)\s?(?:年"
    r"|届|years?\b)|现居|坐标|可接受)|\s(?=某)|\s/\s(?=\d)"
)
_LEAD: Final = re.compile(
    r"[\s#*=>■◆●★☆▶【\[「《\"'“-]*(?:(?:诚聘|急聘|急招|招聘|高薪诚聘|高薪招聘|现招聘|校招|社招|实习"
    r"|热招)\s?[:：】\]·-]\s*|急招|急聘|诚聘|招(?=[A-Za-z\u4e00-\u9fff])(?!聘|商|生|标|投|采))?"
)
_TRAIL: Final = " \t#*=:：】]」》\"'”—-–·,，;|"
_LIST_ITEM: Final = re.compile(
    r"\s*(?:[(（]?\d{1,2}\s?[.、)）．]\s?\D|[一二三四五六七八九十]、|[①-⑳•·▪]|[-*]\s(?!\*)|\d{4}[.年/-])"
)
_SENTENCE: Final = re.compile(r"[。；;！!？?]|\.\s*$|\.\s+[A-Z]|，.*，|[,，].*[,，].*[,，]|[,，]\s?(?:\d|有|能|会)")
_SENTENCE_ZH: Final = re.compile(
    r"^(?:负责|参与|协助|本岗位|我公司|你将|你会|应具备|具体|熟悉|熟练|掌握|精通|具有|具备|了解|本人|我们|我司|根据|通过|能够|在.{2,10}下|有.{2,})"
    r"|(?:优先|经验|以上学历|相关专业|毕业生|等工作|欢迎.*|要求|职责|责任|能力|说明)$|(?:及以上|以上学历|工作经验)"
)
_SENTENCE_EN: Final = re.compile(
    r"\b(?:is|are|was|were|have|has|will|would|seeks?|seeking|looking|includes?|covers?|introduces?|provides?"
    r"|offers?|we|you|i|my|our|this|students)\b",
    re.IGNORECASE,
)
_FACT_LINE: Final = re.compile(
    r"^(?:[\u4e00-\u9fff]{2,6}|(?i:e-?mail|phone|tel|mobile|name|address|location|date|code|level|credits|hours"
    r"|department|born|age|gender|education|contact|salary|region|employer|company))\s?[:：]|\d{4}\s?[-–—.年/]|@"
    r"|https?:|^学历|^课程代码"
)
_RESUME: Final = re.compile(
    r"(?:的|个人|求职)*(?:简历|履历)|(?:curriculum vitae|resume|résumé|\bcv\b)|基本信息|个人信息|个人资料"
    r"|personal (?:details|information|profile)",
    re.IGNORECASE,
)
_STUDENT: Final = re.compile(
    r"\d届|专业$|大专|中专|高职|硕士|博士|本科|毕业|姓名|学院|university|college\b", re.IGNORECASE
)
_COURSE_SUFFIX: Final = re.compile(
    r"[\s》]*[(（]?(?:课程标准|教学大纲|课程教学大纲|课程大纲|课程教学标准|教学标准|授课计划|课程简介|课程说明"
    r"|syllabus|course syllabus|module descriptor|course outline|course specification|module"
    r" specification)[)）]?\s*$",
    re.IGNORECASE,
)
_COURSE_CODE: Final = re.compile(r"^[A-Z]{1,6}(?:-[A-Z]{1,4})?[\s-]?\d{2,5}[A-Z]?\s*[:：·|–—-]?\s+(?=\S)")
_CODE_ONLY: Final = re.compile(r"^[A-Z]{1,6}[\s/-]?[\d.]{2,6}[A-Z]?$")
_WIDE: Final = re.compile("[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]")
_LABEL_CHARS: Final = 600
_FIRST_LINES: Final = 3


def find_title(text: str, shadow: str, kind: Kind) -> tuple[str, Span | None]:
    """Title found in a text.

    Args:
        text: the redacted text.
        shadow: `fold(text)`.
        kind: a candidate's title is the post wanted or held.

    Returns:
        (title, span) with `title` found in `text[span.start:span.end]`; ("", None) when the text has none.
    """
    for match in _LABELS[kind].finditer(shadow, 0, _LABEL_CHARS) if ":" in shadow or kind is Kind.COURSE else ():
        end_match = _VALUE_END.search(shadow, match.end())
        end = end_match.start() if end_match else len(text)
        found = _accepted(text, match.end(), min(end, match.end() + 120), kind, labelled=True)
        if found:
            return found
    position = 0
    for _ in range(_FIRST_LINES):
        while position < len(text) and text[position] in " \t\r\n\u3000\ufeff":
            position += 1
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        line = text[position:end]
        if not line or len(line) > 400:
            break
        found = _accepted(text, position, end, kind, labelled=False)
        if found:
            return found
        if not _is_passed_over(line):
            break
        position = end + 1
    return "", None


def plain_title(given: str, kind: Kind) -> str:
    """A given title without markup and personal data; "" when nothing else is in it."""
    bare = strip_markup(given) or given
    redacted, redactions = redact(bare.strip(), kind)
    if not redactions:
        return redacted
    left = re.sub(rf"{REDACTION_MARK}+", " ", redacted)
    left = _RESUME.sub("", left) if kind is Kind.CANDIDATE else left
    return re.sub(r"\s{2,}", " ", left).strip(_TRAIL + "_（）()")


def _is_passed_over(line: str) -> bool:
    """Whether a title may still follow below: a line of redacted or résumé-heading words says nothing."""
    rest = _RESUME.sub("", line.replace(REDACTION_MARK, ""))
    return len(re.findall(r"[^\W_]", rest)) <= 2 or REDACTION_MARK in line or rest.lstrip().startswith("姓名")


def _accepted(text: str, start: int, end: int, kind: Kind, *, labelled: bool) -> tuple[str, Span] | None:
    """The title in `text[start:end]`, or None when that is none."""
    line = text[start:end]
    if not labelled and _LIST_ITEM.match(line):
        return None
    lead = _LEAD.match(line)
    offset = lead.end() if lead else 0
    body = line[offset:]
    if kind is Kind.COURSE and (code := _COURSE_CODE.match(body)):
        offset += code.end()
        body = line[offset:]
    if kind is Kind.CANDIDATE and (
        head := re.match(r"[\s█|·,，—–-]*(?:(?:个人|求职)?简历|resume|cv)?[\s█|·,，—–:-]*", body, re.IGNORECASE)
    ):
        offset += head.end()
        body = line[offset:]
    cut = _CUT.search(body)
    while cut and (cut.start() == 0 or _CODE_ONLY.match(body[: cut.start()].strip())):
        if cut.end() == 0:
            break
        offset += cut.end()
        body = line[offset:]
        cut = _CUT.search(body)
    title = body[: cut.start()] if cut else body
    if kind is Kind.COURSE:
        title = _COURSE_SUFFIX.sub("", title)
    title = title.rstrip(_TRAIL)
    if title.count("(") > title.count(")") or title.count("（") > title.count("）"):
        title = re.sub(r"\s*[(（][^()（）]*$", "", title)
    if title.count("(") < title.count(")") or title.count("（") < title.count("）"):
        title = title.rstrip(")）")
    if not _reads_as_title(title, line, body[len(title) :], kind, labelled=labelled):
        return None
    begin = start + offset
    return title, Span(begin, begin + len(title))


def _reads_as_title(title: str, line: str, rest: str, kind: Kind, *, labelled: bool) -> bool:
    if len(title) < 2 or len(title) + len(_WIDE.findall(title)) > _MAX_WIDTH or REDACTION_MARK in title:
        return False
    if not re.search(r"[^\W\d_]{2}|[^\W\d_a-zA-Z]", title):
        return False
    folded = fold(title)
    if folded.strip() in HEADINGS[kind] or _RESUME.fullmatch(title.strip()) or _LIST_ITEM.match(title):
        return False
    if _SENTENCE.search(title) or _SENTENCE_ZH.search(title):
        return False
    if len(title.split()) > 3 and _SENTENCE_EN.search(title):
        return False
    if kind is Kind.CANDIDATE and _STUDENT.search(title):
        return False
    return labelled or not (
        _FACT_LINE.search(title) or re.match(r"\s?[:：]", rest) or line.rstrip().endswith((":", "："))
    )
