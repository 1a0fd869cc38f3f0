"""The spellings of a skill, and which of them are traps that match exactly only.

Enters: a `Skill`. Leaves: its labels and aliases as one list. It refuses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from matcher.domain.skill import Skill


@dataclass(frozen=True, slots=True)
class SkillForm:
    """One spelling. `is_exact`: it names the skill only as a whole token in this letter case."""

    text: str
    language: str
    is_label: bool
    is_exact: bool


def forms_of(skill: Skill) -> list[SkillForm]:
    """Every spelling of `skill`: labels, then aliases by language, in the order of the source.

    A label that is repeated among the aliases as an exact form, in any letter case, is a trap itself and left out here: its
    exact twin stands for it.
    """
    traps = {form.casefold() for form in skill.exact_forms}
    forms = [
        SkillForm(label, language, is_label=True, is_exact=False)
        for language, label in skill.labels.items()
        if label.casefold() not in traps
    ]
    for language, aliases in skill.aliases.items():
        forms.extend(SkillForm(alias, language, False, alias in skill.exact_forms) for alias in aliases)
    return forms
