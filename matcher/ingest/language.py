"""Which languages a text is written in.

Enters: a text. Leaves: BCP-47 primary tags, most used first; ("und",) for a text without letters. Scripts decide where a
script means a language (Han, kana, Hangul, …); py3langid decides among languages in Latin letters. It refuses nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from py3langid.langid import MODEL_FILE, LanguageIdentifier

_MINORITY_SHARE: Final = 0.15
_SAMPLE_CHARS: Final = 4_000
# Below this many Latin letters a statistical guess is noise ("C++, SQL"); such text is nearly always English terms.
_MIN_LETTERS_TO_GUESS: Final = 40
_SCRIPTS: Final = (
    ("ja", re.compile("[\u3040-\u30ff]+")),
    ("ko", re.compile("[\uac00-\ud7af\u1100-\u11ff]+")),
    ("ru", re.compile("[\u0400-\u04ff]+")),
    ("ar", re.compile("[\u0600-\u06ff]+")),
    ("th", re.compile("[\u0e00-\u0e7f]+")),
    ("el", re.compile("[\u0370-\u03ff]+")),
    ("he", re.compile("[\u0590-\u05ff]+")),
    ("hi", re.compile("[\u0900-\u097f]+")),
)
_HAN: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_LATIN: Final = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+")
_OTHER_SCRIPT: Final = re.compile("[\u0370-\u06ff\u0900-\u097f\u0e00-\u0e7f\u1100-\u11ff\u3040-\u30ff\uac00-\ud7af]")
# Languages of résumés and postings that are likely here; without the limit short technical texts become Latin or Maltese.
_ENGLISH: Final = (" the ", " and ", " of ", " to ", " with ", " for ")
_WORDS_PER_ENGLISH: Final = 10
_LATIN_LANGUAGES: Final = (
    "en",
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "nl",
    "pl",
    "sv",
    "da",
    "no",
    "fi",
    "cs",
    "tr",
    "vi",
    "id",
    "ro",
    "hu",
)


def languages_of(text: str) -> tuple[str, ...]:
    """Languages of `text`, most used first.

    A second language is listed when it has at least 15 % of the letters (one Chinese character counts as one letter).
    Only the first 4,000 code points are looked at.

    Returns:
        One or more primary tags, for example ("zh",), ("zh", "en"), ("und",).
    """
    sample = text[:_SAMPLE_CHARS]
    counts: dict[str, int] = {}
    words = _LATIN.findall(sample)
    n_latin = sum(map(len, words))
    if not sample.isascii():
        counts["zh"] = sum(map(len, _HAN.findall(sample)))
        if _OTHER_SCRIPT.search(sample):
            for tag, script in _SCRIPTS:
                counts[tag] = sum(map(len, script.findall(sample)))
            # Japanese is written with Han too; kana beside Han means that the Han are kanji.
            if counts["ja"] > 0.2 * counts["zh"]:
                counts["ja"] += counts.pop("zh")
    total = sum(counts.values()) + n_latin
    if n_latin >= _MINORITY_SHARE * total and n_latin:
        mostly_latin = n_latin > 0.5 * total and n_latin >= _MIN_LETTERS_TO_GUESS
        counts[_latin_language(" ".join(words)) if mostly_latin else "en"] = n_latin
    ranked = sorted(
        ((n, tag) for tag, n in counts.items() if n and n >= _MINORITY_SHARE * total),
        key=lambda pair: (-pair[0], pair[1]),
    )
    return tuple(tag for _, tag in ranked) or ("und",)


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(_LATIN_LANGUAGES))
    return identifier


def _latin_language(text: str) -> str:
    padded = f" {text.lower()} "
    # The model takes 80 µs; English shows itself by its commonest words, which no other language here has.
    if sum(padded.count(word) for word in _ENGLISH) * _WORDS_PER_ENGLISH >= padded.count(" "):
        return "en"
    tag: str = _identifier().classify(text)[0]
    return tag
