"""The retrieval sets made from held-out text: whose text is query, whose is corpus, what counts as an answer."""

from __future__ import annotations

import pytest

from eval.parallel_retrieval import bitext_set, label_set
from models.recipe.sources import Concept, Pair

PAIRS = [
    Pair("She mends old shoes here.", "Sie flickt hier alte Schuhe.", "de", "tatoeba"),
    Pair("She repairs old shoes here.", "Sie flickt hier alte Schuhe.", "de", "tatoeba"),
    Pair("He bakes bread at night.", "Il cuit du pain la nuit.", "fr", "tatoeba"),
    Pair("Too short.", "Zu kurz.", "de", "tatoeba"),
    Pair("A dictionary entry of five words.", "词条", "zh", "cc-cedict"),
]


def test_bitext_queries_are_of_one_language_and_the_corpus_is_all_held_out_english() -> None:
    ranking_set = bitext_set(PAIRS, "de")
    assert ranking_set.language == "de"
    assert list(ranking_set.queries.values()) == ["Sie flickt hier alte Schuhe."]
    assert len(ranking_set.corpus) == 3
    answers = ranking_set.gains["sie flickt hier alte schuhe."]
    assert set(answers) == {"she mends old shoes here.", "she repairs old shoes here."}


def test_a_language_without_sentences_is_an_error_not_an_empty_set() -> None:
    with pytest.raises(ValueError, match="'zh'"):
        bitext_set(PAIRS, "zh")


def test_labels_of_held_out_concepts_search_the_whole_taxonomy() -> None:
    seen = Concept("uri/1", "skill", {"en": ("weld", "join"), "de": ("schweißen",)}, "")
    unseen = Concept("uri/2", "skill", {"en": ("bake",), "de": ("backen",)}, "")
    ranking_set = label_set([unseen], [unseen, seen], "skill", "de")
    assert ranking_set.queries == {"uri/2": "backen"}
    assert ranking_set.corpus == {"uri/2": "bake", "uri/1": "weld"}
    assert ranking_set.gains == {"uri/2": {"uri/2": 1.0}}
    with pytest.raises(ValueError, match="occupation"):
        label_set([unseen], [unseen, seen], "occupation", "de")
