"""What is looked for in a text: every spelling of every skill, with its spelling variants, in one automaton.

Enters: skills. Leaves: an Aho–Corasick automaton over folded text whose values are `Pattern`s. Forms that fold to nothing
cannot be met in a text and are refused. The traps (phrases that contain a skill's name but do not mean it) go in too:
they win by length and are then dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import ahocorasick

from matcher.domain.folding import fold_key, needs_boundary
from matcher.domain.skill import Skill, SkillKind
from matcher.domain.skill_forms import SkillForm, forms_of
from matcher.errors import InvalidTaxonomy
from matcher.extract.needless_ends import is_needlessly_long
from matcher.extract.traps import TRAPS

# Priors by length of the form: a judgement, NOT calibrated yet (issue 4 fits them per language on the gold set).
_CONFIDENCE_BY_CJK_LENGTH: Final = {1: 0.4, 2: 0.75, 3: 0.88}
_CONFIDENCE_LONG_CJK: Final = 0.93
_CONFIDENCE_BY_LATIN_LENGTH: Final = {1: 0.6, 2: 0.72, 3: 0.82, 4: 0.86}
_CONFIDENCE_LONG_LATIN: Final = 0.92
_CONFIDENCE_MULTIWORD: Final = 0.95
_LABEL_BONUS: Final = 0.02
_VARIANT_FACTOR: Final = 0.97
# Prefixes that are written solid, with a hyphen, or apart.
_LOOSE_PREFIX: Final = re.compile(
    r"^(micro|multi|cyber|pre|post|co|re|e|sub|non|inter|bio|geo|photo|electro|hydro)[ ]?(?=[a-z]{5})"
)
# What the mainland and Taiwan call by different words, in simplified characters, which texts are folded to.
_TAIWAN: Final = (
    ("软件", "软体"), ("硬件", "硬体"), ("固件", "韧体"), ("数据库", "资料库"), ("数据", "资料"), ("程序", "程式"),
    ("网络", "网路"), ("服务器", "伺服器"), ("信息", "资讯"), ("人工智能", "人工智慧"), ("项目", "专案"), ("质量", "品质"),
    ("算法", "演算法"), ("接口", "介面"), ("界面", "介面"), ("图像", "影像"), ("视频", "影片"),
    ("移动", "行动"), ("用户", "使用者"),
)  # fmt: skip
_JOINED_MIN_CHARS: Final = 6
_VERSION_END: Final = re.compile(r"[ ]?v?\d{1,2}(?:\.(?:\d{1,2}|x))*$")
_PLURAL_MIN_CHARS: Final = 4


@dataclass(frozen=True, slots=True)
class Pattern:
    """A folded spelling. `skill_id` "" marks a trap.

    `exact`: the spelling with its case, "" when case does not matter. `lone_letter`: one Latin letter, which counts only
    in good company. `job_suffix`: with 师 behind it, it is a job title. `kind` and `field_code` are the skill's.
    """

    skill_id: str
    key: str
    exact: str
    confidence: float
    bound_left: bool
    bound_right: bool
    plural: bool
    version: bool
    lone_letter: bool
    job_suffix: bool
    kind: SkillKind
    field_code: str


def build_automaton(skills: Iterable[Skill], traps: Iterable[str] = TRAPS) -> Any:
    """Automaton over folded text; each value is a tuple of `Pattern`s with one key, in order of precedence.

    Where two skills share a spelling (possible in imported taxonomies), a label goes before an alias, a written form before
    a derived variant, then the lower skill id.

    Args:
        skills: whose names are looked for.
        traps: phrases that win by their length and name nothing, as in `traps.py`.

    Raises:
        InvalidTaxonomy: a form folds to nothing.
    """
    ranked: dict[str, dict[tuple[str, str], tuple[tuple[int, str], Pattern]]] = {}
    for rank, pattern in _all_patterns(skills, traps):
        # One skill or trap per (key, exact spelling): the one of the lowest rank.
        place = ranked.setdefault(pattern.key, {})
        slot = (pattern.key, pattern.exact)
        order = (rank, pattern.skill_id)
        if slot not in place or order < place[slot][0]:
            place[slot] = (order, pattern)
    automaton = ahocorasick.Automaton()
    for key in [key for key in ranked if _VERSION_END.search(key)]:
        if _only_adds_version(key, ranked):
            del ranked[key]
    for key in [key for key in ranked if _is_needless(key, ranked)]:
        del ranked[key]
    for key, place in ranked.items():
        # Exact spellings are tried first: `Go` the language before a plain `go`.
        entries = sorted(place.values(), key=lambda entry: (not entry[1].exact, entry[0]))
        automaton.add_word(key, tuple(pattern for _, pattern in entries))
    automaton.make_automaton()
    return automaton


def _only_adds_version(
    key: str, ranked: Mapping[str, Mapping[tuple[str, str], tuple[tuple[int, str], Pattern]]]
) -> bool:
    """Whether a spelling is another one of the same tool with a version behind it ("python 3" beside "python").

    It is left out: the version is read behind the shorter spelling, and "Python 3年经验" is no "Python 3".
    """
    shorter = ranked.get(_VERSION_END.sub("", key), {})
    owners = {pattern.skill_id for _, pattern in shorter.values() if pattern.version and not pattern.exact}
    return bool(owners) and owners == {pattern.skill_id for _, pattern in ranked[key].values()}


def _is_needless(key: str, ranked: Mapping[str, Mapping[tuple[str, str], tuple[tuple[int, str], Pattern]]]) -> bool:
    if any(rank == 1 for (rank, _), _ in ranked[key].values()):
        return False  # a label always leads to its skill
    is_tool = all(pattern.kind is SkillKind.TOOL for _, pattern in ranked[key].values())
    return is_needlessly_long(key, lambda name: _owners(ranked.get(name, {})), is_tool=is_tool)


def _owners(place: Mapping[tuple[str, str], tuple[tuple[int, str], Pattern]]) -> frozenset[str]:
    """Skills that a spelling names in any letter case."""
    return frozenset(pattern.skill_id for _, pattern in place.values() if not pattern.exact)


def bare_pattern(skill: Skill) -> Pattern:
    """A pattern that stands for a skill found in another way than by a name."""
    return Pattern(skill.id, "", "", 1.0, False, False, False, False, False, False, skill.kind, skill.field_code)


def _all_patterns(skills: Iterable[Skill], traps: Iterable[str]) -> Iterator[tuple[int, Pattern]]:
    """Patterns with their rank: traps 0, labels 1, aliases 2, variants 3."""
    for trap in traps:
        is_exact = trap.startswith("=")
        text = trap.removeprefix("=")
        yield 0, _pattern("", fold_key(text), text if is_exact else "", 1.0, SkillKind.HARD, "")
    for skill in skills:
        for form in forms_of(skill):
            key = fold_key(form.text)
            if not key.strip():
                raise InvalidTaxonomy(f"{skill.id}: a form in {form.language} folds to nothing", field="aliases")
            exact = fold_key(form.text, keep_case=True) if form.is_exact or _is_lone_letter(key) else ""
            confidence = _confidence(key, form, exact)
            yield 1 if form.is_label else 2, _pattern(skill.id, key, exact, confidence, skill.kind, skill.field_code)
            if not exact:
                for variant in sorted(_variants(key) - {key}):
                    reduced = confidence * _VARIANT_FACTOR
                    yield 3, _pattern(skill.id, variant, "", reduced, skill.kind, skill.field_code)


def _pattern(skill_id: str, key: str, exact: str, confidence: float, kind: SkillKind, field_code: str) -> Pattern:
    last = key[-1]
    latin_end = needs_boundary(last) and not last.isdigit()
    return Pattern(
        skill_id=skill_id,
        key=key,
        exact=exact,
        confidence=round(confidence, 4),
        bound_left=needs_boundary(key[0]) or key[0] == ".",
        bound_right=needs_boundary(last) or last in "+#",
        plural=latin_end and not exact and len(key) >= _PLURAL_MIN_CHARS and last != "s",
        version=bool(skill_id) and kind is SkillKind.TOOL and ((latin_end and len(key) >= 3) or last in "+#"),
        lone_letter=bool(skill_id) and _is_lone_letter(key),
        job_suffix=key.endswith("工程"),
        kind=kind,
        field_code=field_code,
    )


def _is_lone_letter(key: str) -> bool:
    return len(key) == 1 and needs_boundary(key)


def _confidence(key: str, form: SkillForm, exact: str) -> float:
    """Prior that a text that holds this spelling means the skill."""
    if needs_boundary(key[0]) or needs_boundary(key[-1]):
        prior = _CONFIDENCE_BY_LATIN_LENGTH.get(len(key), _CONFIDENCE_LONG_LATIN)
        if " " in key or any(char >= "\u2e80" for char in key):
            prior = _CONFIDENCE_MULTIWORD
        elif exact and len(key) > 1:
            prior = max(prior, 0.8)  # letter case already told it from the ordinary word
    else:
        prior = _CONFIDENCE_BY_CJK_LENGTH.get(len(key), _CONFIDENCE_LONG_CJK)
    return prior + (_LABEL_BONUS if form.is_label else 0.0)


def _variants(key: str) -> set[str]:
    """Other spellings of a plain form that change nothing of its meaning, all lower case and folded."""
    forms = {key}
    for here, there in _TAIWAN:
        if here in key:
            forms |= {form.replace(here, there) for form in forms}
    if not (key.isascii() and any(char.isalpha() for char in key)):
        return forms
    for old, new in (("isation", "ization"), ("ising", "izing"), ("modelling", "modeling"), ("labelling", "labeling")):
        forms |= {form.replace(old, new) for form in forms} | {form.replace(new, old) for form in forms}
    for old, new in ((" & ", " and "), ("&", " and "), (" and ", " & "), (".js", "js"), (".js", " js"), (" js", "js")):
        forms |= {form.replace(old, new) for form in forms if len(form) > len(old) + 1}
    if len(key) >= _JOINED_MIN_CHARS and key.count(" ") == 1:
        forms.add(key.replace(" ", ""))
    for form in tuple(forms):
        if match := _LOOSE_PREFIX.match(form):
            rest = form[match.end() :]
            forms |= {match[1] + rest, f"{match[1]} {rest}"}
    for form in tuple(forms):
        forms |= _number_variants(form)
    return forms


def _number_variants(form: str) -> set[str]:
    """Singular of a plural, plural in -ies, and `… test(s)` for `… testing`."""
    last_word = form.rsplit(" ", 1)[-1]
    found = set()
    if (
        len(last_word) >= 6
        and last_word.endswith("s")
        and not last_word.endswith(("ss", "us", "is", "ics", "ies", "os"))
    ):
        found.add(form[:-1])
    if len(last_word) >= 5 and last_word.endswith("y") and last_word[-2] not in "aeiou":
        found.add(f"{form[:-1]}ies")
    if " " in form and last_word == "testing":
        found.add(form[: -len("ing")])
    return found
