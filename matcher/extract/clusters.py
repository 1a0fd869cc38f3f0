"""Clusters of phrases that no taxonomy knows: one id for the spellings of one thing.

Enters: phrases. Leaves: the id of each, made from its normalised spelling alone, so that it is the same in every document and
release; and, over many phrases, groups of near-duplicates by character bigrams. It refuses nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from matcher.domain.folding import fold_key

# Words that say only what sort of thing is meant: "Foobar软件" and "Foobar" are one.
_GENERIC: Final = re.compile(
    r"(?:等?(?:软件|工具|框架|平台|系统|技术|语言|知识|相关|软件工具|开发工具))+$"
    r"|(?<=[a-z0-9]) (?:software|tools?|framework|platform|systems?|technology|technologies|language|library)$"
)
_VERSION: Final = re.compile(r"(?<=[a-z])[ ]?v?\d{1,2}(?:\.(?:\d{1,2}|x))*$")
_DROPPED: Final = re.compile(r"[\s\-_./'’·]+")
_PLURAL: Final = re.compile(r"(?<=[a-rt-z])s$")
_ID_CHARS: Final = 12
# Share of common bigrams (Dice) from which on two spellings are one thing. By judgement: 云原生架构 / 云原生架构设计 .89,
# langchain / langchian .67, 供应链金融 / 供应链管理 .5.
NEAR: Final = 0.66


@dataclass(frozen=True, slots=True)
class Group:
    """Near-duplicates. `cluster`: id of the most frequent member, among equals the lowest; `members`: all ids, sorted."""

    cluster: str
    members: tuple[str, ...]


def normalised(phrase: str) -> str:
    """Spelling without what does not tell two things apart: case, width, blanks, hyphens, plural, version, generic endings."""
    key = fold_key(phrase)
    for pattern in (_GENERIC, _VERSION):
        shorter = pattern.sub("", key).strip()
        key = shorter if len(shorter) > 1 else key
    plain = _DROPPED.sub("", key)
    return _PLURAL.sub("", plain) if len(plain) > 4 and plain.isascii() else plain or key


def cluster_id(phrase: str) -> str:
    """Stable id of a phrase's normalised spelling: `u-` and 12 hex digits of its SHA-256."""
    return "u-" + hashlib.sha256(normalised(phrase).encode()).hexdigest()[:_ID_CHARS]


def group_clusters(counts: Mapping[str, int]) -> list[Group]:
    """Groups of phrases, the most frequent first; phrases alike by `NEAR` of their bigrams share one.

    The most frequent phrase heads a group and draws in what is alike to it (not to its followers, so that no chain of small steps
    joins what is far apart). The result depends on the phrases and their counts only, never on their order.

    Args:
        counts: phrase → how often it was met.
    """
    by_form: dict[str, int] = Counter()
    for phrase, count in counts.items():
        by_form[normalised(phrase)] += count
    ordered = sorted(by_form, key=lambda form: (-by_form[form], form))
    grams = {form: _bigrams(form) for form in ordered}
    heads_by_gram: dict[str, list[str]] = defaultdict(list)
    followers: dict[str, list[str]] = {}
    for form in ordered:
        near = Counter(head for gram in grams[form] for head in heads_by_gram[gram])
        best = max(
            near, key=lambda head: (_dice(near[head], grams[head], grams[form]), -ordered.index(head)), default=""
        )
        if best and _dice(near[best], grams[best], grams[form]) >= NEAR:
            followers[best].append(form)
            continue
        followers[form] = [form]
        for gram in grams[form]:
            heads_by_gram[gram].append(form)
    return [Group(cluster_id(head), tuple(sorted(map(cluster_id, forms)))) for head, forms in followers.items()]


def _bigrams(form: str) -> frozenset[str]:
    framed = f"^{form}$"
    return frozenset(framed[i : i + 2] for i in range(len(framed) - 1))


def _dice(common: int, one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * common / (len(one) + len(other))
