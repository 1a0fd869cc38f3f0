"""Which stored courses a syllabus presupposes, from its prerequisites as they are written.

Enters: titles of courses and the items of `Facts.prerequisites`. Leaves: per item the courses that bear its title, and whether the
syllabus insists on it. An item names a course only when its words are that course's title, whole: 「电工基础」 is not found in
「设备电气控制与检修」. What no stored course is titled stays with no course; it is an entry requirement, never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from matcher.domain.folding import fold_key

_BRACKETED: Final = re.compile(r"[(（【\[].*?[)）】\]]")
# 「ACC 2101 Intermediate Accounting I」, "Unit 14: Electronics Assembly"
_CODE: Final = re.compile(r"^(?:[A-Z]{2,5} ?\d{2,4}[A-Za-z]?|Unit \d{1,3})[: ]\s*")
_SUFFIX: Final = re.compile(r"(?:课程标准|课程大纲|教学大纲|课程)$")
# "recommended", 「建议」: the syllabus does not insist. 「或」, "or equivalent", "permission": something outside the catalogue
# does too.
_LOOSE: Final = re.compile(
    r"建议|优先|更佳|推荐|或|同等|均可|即可|recommended|helpful|preferred|desirable|equivalent|permission|consent"
    r"|(?<![a-z])or(?![a-z])|(?<![a-z])equal(?![a-z])"
)
# what follows a title in an item: 「Python程序设计或同等基础」, "SWT 120 Software Testing or equivalent"
_ALTERNATIVE: Final = re.compile(r"(?:\s*(?:或|/)|\s+or\s+|\s+recommended|\s+helpful|\s+preferred).*$", re.IGNORECASE)
_BILINGUAL: Final = re.compile(r"(.*[\u3400-\u9fff])[ /]+([A-Za-z][A-Za-z &,'-]{5,})")
_MARKS: Final = re.compile(r"[《》“”\"]")
_MIN_TITLE_CHARS: Final = 2


@dataclass(frozen=True, slots=True)
class AskedCourse:
    """One prerequisite. `courses`: names of those that meet it, any one will do, ascending; empty: none is stored.

    `firm`: the syllabus insists on it and names no way around.
    """

    text: str
    courses: tuple[str, ...]
    firm: bool


class CourseTitles:
    """Courses by every form of their titles: whole, without brackets, without course code, each language of a bilingual title.

    Args:
        title_by_name: resource name → title.
    """

    def __init__(self, title_by_name: Mapping[str, str]) -> None:
        self._names_by_form: dict[str, list[str]] = {}
        for name in sorted(title_by_name):
            for form in _forms(title_by_name[name]):
                self._names_by_form.setdefault(form, []).append(name)

    def named(self, title: str) -> tuple[str, ...]:
        """Courses of this title, ascending."""
        found = {name for form in _forms(title) for name in self._names_by_form.get(form, ())}
        return tuple(sorted(found))

    def asked(self, prerequisites: Sequence[str], course: str) -> tuple[AskedCourse, ...]:
        """What the prerequisites of `course`, as written, ask for; a course does not presuppose itself."""
        return tuple(
            AskedCourse(
                text,
                tuple(n for n in self.named(text) if n != course),
                firm=not _LOOSE.search(fold_key(text)),
            )
            for text in prerequisites
        )


def _forms(title: str) -> tuple[str, ...]:
    """Folded forms of a title, without repeats."""
    whole = _MARKS.sub(" ", title).strip()
    bare = _BRACKETED.sub(" ", whole).strip()
    plain = _ALTERNATIVE.sub("", bare).strip()
    forms = [whole, bare, plain]
    forms += [_CODE.sub("", form) for form in (bare, plain)]
    forms += [_SUFFIX.sub("", form).strip() for form in (bare, plain)]
    forms += [half for form in (bare, plain) for half in _languages(form)]
    return tuple(dict.fromkeys(key for form in forms if len(key := fold_key(form)) >= _MIN_TITLE_CHARS))


def _languages(form: str) -> list[str]:
    """The two halves of a bilingual title: 「个案工作 Social Casework」."""
    halves = _BILINGUAL.fullmatch(form)
    return [half.strip(" /") for half in halves.groups()] if halves else []
