"""Word-by-word Chinese for ESCO labels, which have none: a reverse dictionary from the CC-CEDICT and HSK glosses.

English titles and skills are built as Chinese ones are (modifier before head, verb before object), so that a label
whose every word or phrase has a gloss can be rendered piece by piece: textile designer → 纺织品设计师. The rendering
is noisy; it teaches which parts of a Chinese title carry its meaning, not fluent Chinese.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import replace

import numpy as np
import regex

from models.recipe.sources import DICTIONARY_SOURCES, Concept, Pair

_PARENTHESIS = regex.compile(r"\([^)]*\)")
_HAN_ONLY = regex.compile(r"\p{Han}{1,6}")
_WORDS = regex.compile(r"[a-z][a-z'-]*|[^\sa-z]+")
# Words that order an English phrase in a way that Chinese does not follow.
_REORDERING = frozenset(
    ("of", "for", "in", "on", "with", "to", "from", "by", "at", "into", "the", "using", "between", "against", "over")
)
_DROPPED = frozenset({"a", "an", "and", "or", "&", "/", ",", "-"})
MAX_PHRASE_WORDS = 4
MAX_CHOICES = 3


def _gloss_form(gloss: str) -> str:
    plain = " ".join(_PARENTHESIS.sub(" ", gloss.lower()).split())
    return plain.removeprefix("to ").removeprefix("a ").removeprefix("an ").removeprefix("the ")


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


class Glossary:
    """English phrase → Chinese words, the likeliest first."""

    def __init__(self, pairs: list[Pair], use: Counter[str]) -> None:
        """Read the dictionary entries among the pairs.

        Args:
            pairs: Training pairs.
            use: How often each Chinese word stands in running text; common words are likelier renderings.
        """
        senses: Counter[str] = Counter()
        weights: dict[str, dict[str, float]] = defaultdict(dict)
        for pair in pairs:
            word = pair.translation
            if pair.source not in DICTIONARY_SOURCES or not _HAN_ONLY.fullmatch(word):
                continue
            senses[word] += 1
            weight = math.log2(2.0 + use[word]) / senses[word]
            gloss = _gloss_form(pair.english)
            if gloss and len(gloss.split()) <= MAX_PHRASE_WORDS:
                weights[gloss][word] = max(weight, weights[gloss].get(word, 0.0))
        self._words = {
            gloss: sorted(found.items(), key=lambda item: (-item[1], item[0]))[:MAX_CHOICES]
            for gloss, found in weights.items()
        }

    def _choices(self, phrase: list[str]) -> list[tuple[str, float]]:
        joined = " ".join(phrase)
        singular = " ".join([*phrase[:-1], _singular(phrase[-1])])
        return self._words.get(joined) or self._words.get(singular) or []

    def render(self, label: str, generator: np.random.Generator) -> str | None:
        """Return one Chinese rendering of the label, or None when a word has no gloss or the order would differ.

        Phrases are matched longest first; among a phrase's words one is drawn, in proportion to its likelihood.
        """
        words = [word for word in _WORDS.findall(label.lower()) if word not in _DROPPED]
        if not words or any(word in _REORDERING for word in words):
            return None
        parts: list[str] = []
        place = 0
        while place < len(words):
            for length in range(min(MAX_PHRASE_WORDS, len(words) - place), 0, -1):
                choices = self._choices(words[place : place + length])
                if choices:
                    weights = np.asarray([weight for _, weight in choices])
                    parts.append(choices[int(generator.choice(len(choices), p=weights / weights.sum()))][0])
                    place += length
                    break
            else:
                return None
        return "".join(parts)


def with_chinese_titles(concepts: list[Concept], glossary: Glossary, seed: int) -> list[Concept]:
    """Return the concepts, occupations with rendered Chinese labels (``labels["zh"]``) where there are any.

    Skills are left alone: verbs have too many senses (fit door → 适门).
    """
    generator = np.random.default_rng(seed)
    titled = []
    for concept in concepts:
        english = concept.labels.get("en", ()) if concept.kind == "occupation" else ()
        rendered = [glossary.render(label, generator) for label in english]
        chinese = tuple(dict.fromkeys(label for label in rendered if label))
        titled.append(replace(concept, labels=concept.labels | {"zh": chinese}) if chinese else concept)
    return titled
