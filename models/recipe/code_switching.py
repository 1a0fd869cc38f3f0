"""Chinese sentences with English words in them, as postings have them (熟悉 cluster 运维), made from sentence pairs.

A Chinese dictionary word whose one-word gloss stands in the English side is replaced by that English word; the
sentence still means what the English side says, so that the teacher's target stays the same.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import ahocorasick
import numpy as np
import regex

from models.recipe.sources import DICTIONARY_SOURCES, Pair

SOURCE = "code-switched"
REPLACED_SHARE = 0.6
_HAN_WORD = regex.compile(r"\p{Han}{2,5}")
_ENGLISH_WORD = regex.compile(r"[A-Za-z][A-Za-z+#.-]{2,}")


def _glosses(pairs: list[Pair]) -> dict[str, set[str]]:
    glosses: dict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        if pair.source in DICTIONARY_SOURCES and _HAN_WORD.fullmatch(pair.translation):
            gloss = pair.english.lower().removeprefix("to ")
            if _ENGLISH_WORD.fullmatch(gloss):
                glosses[pair.translation].add(gloss)
    return glosses


def code_switched_pairs(pairs: list[Pair], seed: int) -> list[Pair]:
    """Return one code-switched pair for every Chinese sentence pair that allows it, in the order of the pairs.

    Args:
        pairs: Training pairs; the dictionary entries among them give the glosses.
        seed: Of the draw of the words to replace.
    """
    glosses = _glosses(pairs)
    words = ahocorasick.Automaton()
    for word in glosses:
        words.add_word(word, word)
    words.make_automaton()
    generator = np.random.default_rng(seed)
    switched: list[Pair] = []
    for pair in pairs:
        if pair.language != "zh" or pair.source in DICTIONARY_SOURCES:
            continue
        english = {word.lower(): word for word in _ENGLISH_WORD.findall(pair.english)}
        text = pair.translation
        for _, word in words.iter_long(pair.translation):
            found = sorted(glosses[word] & english.keys())
            if found and generator.random() < REPLACED_SHARE:
                text = text.replace(word, f" {english[found[0]]} ", 1)
        if text != pair.translation:
            switched.append(replace(pair, translation=" ".join(text.split()), source=SOURCE))
    return switched
