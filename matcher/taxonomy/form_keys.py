"""Which spelling leads to which skill. Two spellings with one key are the same name.

Enters: names. Leaves: keys of their forms. Forms that match exactly have keys of their own, because `Go` and `go` are two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from matcher.domain.chinese_variants import TRADITIONAL
from matcher.domain.folding import fold_key
from matcher.domain.skill import Skill
from matcher.domain.skill_forms import SkillForm, forms_of

# ASCII words one blank apart, or signs without any blank; no hyphen. Of such a name folding changes the letter case only,
# unless it is written in traditional characters. Nine names in ten are plain, and loading is twice as fast for it.
_PLAIN: Final = re.compile(r"[!-,.-~]+(?: [!-,.-~]+)*|[!-,.-~\u4e00-\u9fff]+")
_TRADITIONAL: Final = frozenset(TRADITIONAL)


def name_key(name: str, *, keep_case: bool = False) -> str:
    """`fold_key` of a name, by a shorter way where the name is plain."""
    if _PLAIN.fullmatch(name) and _TRADITIONAL.isdisjoint(name):
        return name if keep_case else name.lower()
    return fold_key(name, keep_case=keep_case)


def form_key(form: SkillForm) -> str:
    """What a spelling is compared by: folded as texts are, with letter case and a `=` before where it matches exactly."""
    return f"={name_key(form.text, keep_case=True)}" if form.is_exact else name_key(form.text)


def holders(skills: Iterable[Skill]) -> dict[str, str]:
    """Key → id of the first skill, in the order given, that has a form of this key."""
    found: dict[str, str] = {}
    for skill in skills:
        for form in forms_of(skill):
            found.setdefault(form_key(form), skill.id)
    return found
