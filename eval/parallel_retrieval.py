"""Retrieval across languages on text that no recipe trains on: held-out sentence pairs and held-out ESCO concepts.

What enters: the held-out split of ``models.recipe.holdout``. What leaves: ``RankingSet``s, scored like any other:
bitext retrieval (a translation as query, its English sentence to be found among all held-out English sentences) and
label retrieval (a Chinese, German, French or Spanish label as query, the concept's English label to be found among all
of ESCO; the Chinese labels are ours).
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from eval.beir import RankingSet
from models.recipe.holdout import normal_form
from models.recipe.sources import Concept, Pair, read_concepts, read_parallel

# Sentences of the course, guide and glossary sources are misaligned in a few percent; these are reliable throughout.
BITEXT_SOURCES = frozenset({"tatoeba", "python-docs", "3AM", "tldr"})
MAX_BITEXT_QUERIES = 2000
MIN_ENGLISH_WORDS = 4


def _draw(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def bitext_set(held_out: list[Pair], language: str, limit: int = MAX_BITEXT_QUERIES) -> RankingSet:
    """Return the set ``bitext-<language>``: queries in the language, corpus in English.

    The corpus is every held-out English sentence, whatever language it is translated to; a query has one answer or more.

    Args:
        held_out: Held-out pairs from ``read_parallel``.
        language: BCP-47 tag of the queries.
        limit: Queries taken.

    Raises:
        ValueError: When the split holds no sentence pair of this language.
    """
    sentences = [p for p in held_out if p.source in BITEXT_SOURCES and len(p.english.split()) >= MIN_ENGLISH_WORDS]
    pairs = [pair for pair in sentences if pair.language == language]
    if not pairs:
        raise ValueError(f"no held-out sentence pair for {language!r}")
    # In the order of a hash, so that a smaller limit is a sample over all sources.
    drawn = sorted({normal_form(pair.translation) for pair in pairs}, key=_draw)[:limit]
    corpus = {normal_form(pair.english): pair.english for pair in sentences}
    queries: dict[str, str] = {}
    gains: dict[str, dict[str, float]] = {text: {} for text in drawn}
    for pair in pairs:
        text = normal_form(pair.translation)
        if text in gains:
            queries.setdefault(text, pair.translation)
            gains[text][normal_form(pair.english)] = 1.0
    return RankingSet(f"bitext-{language}-en", corpus, queries, gains)


def label_set(held_out: list[Concept], everything: list[Concept], kind: str, language: str) -> RankingSet:
    """Return the set ``esco-<kind>-<language>``: preferred labels as queries, English preferred labels as corpus.

    Args:
        held_out: Concepts whose labels are the queries.
        everything: Concepts whose English labels are the corpus, the held-out ones among them.
        kind: ``skill`` or ``occupation``.
        language: BCP-47 tag of the queries.

    Raises:
        ValueError: When no held-out concept has a label in this language.
    """
    corpus = {c.uri: c.labels["en"][0] for c in everything if c.kind == kind and c.labels.get("en")}
    queries = {c.uri: c.labels[language][0] for c in held_out if c.uri in corpus and c.labels.get(language)}
    if not queries:
        raise ValueError(f"no held-out {kind} with a label in {language!r}")
    return RankingSet(f"esco-{kind}-{language}-en", corpus, queries, {uri: {uri: 1.0} for uri in queries})


def held_out_sets(root: Path, limit: int = MAX_BITEXT_QUERIES) -> list[RankingSet]:
    """Return all sets that the shared data yields: bitext and ESCO labels for four languages.

    Raises:
        OSError: When the shared data cannot be read.
    """
    pairs = read_parallel(root)[1]
    training, held_out = read_concepts(root)
    sets = [bitext_set(pairs, language, limit) for language in ("zh", "de", "fr", "es")]
    everything = held_out + training
    labels = [(kind, language) for language in ("zh", "de", "fr", "es") for kind in ("occupation", "skill")]
    return sets + [label_set(held_out, everything, kind, language) for kind, language in labels]
