"""A text as vectors may see it: without traces of who a person is.

Enters: a text from which personal data is cut already. Leaves: a shorter text in which it makes no difference how long the cut
pieces were, nor which pronoun, form of address or school stands there. It refuses nothing. Offsets do not hold in it, so it is for
embedding only; what is stored and quoted stays as it is.

The reader cuts names, sex, age and origin and marks what was cut by one sign per code point; a vector that weighs a passage by its
length would still tell a long name from a short one. Pronouns and schools are not cut from the stored text, since a counsellor
reads it; they may not count all the same.
"""

from __future__ import annotations

import re
from typing import Final

from matcher.domain.document import REDACTION_MARK

_CJK: Final = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f"
_CUT: Final = re.compile(rf"[ \t\u3000]*{REDACTION_MARK}[{REDACTION_MARK} \t\u3000]*")
_GAP: Final = "\ue000"  # of the private use area: stands in no text that was read
_GAP_IN_CHINESE: Final = re.compile(rf"(?<=[{_CJK}\n]){_GAP}(?=[{_CJK}\n])|^{_GAP}|{_GAP}$")
_PRONOUN: Final = re.compile(r"\b(?:he|she)(?:/(?:him|her|they))?\b", re.IGNORECASE)
_PRONOUN_OBJECT: Final = re.compile(r"\b(?:him|hers?|his)(?:self)?\b", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx)\b\.?\s?|先生|女士|小姐|太太")
_CHINESE_PRONOUN: Final = re.compile("(?<![其吉])[他她]们?(?!人)")  # 其他, 吉他 and 他人 speak of nobody's sex
# 某环境职业技术学院, 清华大学经济管理学院, 第一中学; what stands before the name in one run of characters goes with it
_SCHOOL: Final = re.compile(
    r"[\u4e00-\u9fff·（）()]{0,24}?[\u4e00-\u9fff](?:大学|学院|专科学校|职业学校|技工学校|技师学院|学校|中学|高中|职高|技校)"
    r"(?:[\u4e00-\u9fff]{0,12}(?:学院|分校|校区))?"
)
_SCHOOL_EN: Final = re.compile(
    r"(?:\b(?:The|the)\s)?(?:\b[A-Z][\w'.&-]*\s){0,5}"
    r"\b(?:University|College|Institute|Polytechnic|Academy|School|Universität|Hochschule|Université)\b"
    r"(?:\s(?:of|for|at|de|in)(?:\s(?:the|and|of|&|[A-Z][\w'.-]*)){1,5})?"
)


def without_marks(text: str) -> str:
    """The text with what was cut gone, however long it was."""
    return _GAP_IN_CHINESE.sub("", _CUT.sub(_GAP, text)).replace(_GAP, " ")


def impersonal(text: str) -> str:
    """A person's text without marks, pronouns' sex, forms of address and names of schools."""
    plain = _ADDRESS.sub("", without_marks(text))
    plain = _PRONOUN_OBJECT.sub("them", _PRONOUN.sub("they", plain))
    plain = _CHINESE_PRONOUN.sub("其", plain)
    return _SCHOOL_EN.sub("School", _SCHOOL.sub("学校", plain))
