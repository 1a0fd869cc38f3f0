"""The recipe's data steps: split, tokens, examples, glossary, packing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from models.recipe.code_switching import code_switched_pairs
from models.recipe.examples import TextList, concept_pairs, parallel_groups
from models.recipe.holdout import is_held_out_concept, is_held_out_sentence, normal_form
from models.recipe.packaging import quantize_rows, write_static_encoder
from models.recipe.pieces import UNKNOWN, blank_tokenizer
from models.recipe.sources import Concept, Pair
from models.recipe.token_table import piece_id, tokenize

WORDS = ["熟悉", "集群", "熟", "悉", "▁c++", "▁java", "▁", ",", "群"]


def small_tokenizer() -> Tokenizer:
    return blank_tokenizer([(UNKNOWN, 0.0), *((word, -1.0) for word in WORDS)])


def entry(english: str, chinese: str) -> Pair:
    return Pair(english, chinese, "zh", "cc-cedict")


def test_the_split_ignores_case_and_spacing_and_keeps_its_share() -> None:
    assert normal_form("  Two  Words ") == "two words"
    texts = [f"sentence number {n}" for n in range(20_000)]
    share = np.mean([is_held_out_sentence(text) for text in texts])
    assert share == pytest.approx(0.015, abs=0.003)
    assert all(is_held_out_sentence(t.upper()) == is_held_out_sentence(t) for t in texts[:500])
    assert np.mean([is_held_out_concept(f"uri/{n}") for n in range(20_000)]) == pytest.approx(0.03, abs=0.004)


def test_chinese_runs_are_split_into_words_and_plus_signs_stay_in_words() -> None:
    tokens = small_tokenizer().encode("熟悉C++,Java集群", add_special_tokens=False).tokens
    assert tokens == ["熟悉", "▁c++", ",", "▁java", "集群"]


def test_token_bags_hold_the_ids_of_the_rows_asked_for() -> None:
    table = tokenize(["熟悉", "", "java c++"], small_tokenizer())
    ids, offsets = table.bag(np.asarray([2, 0, 1]))
    one, java, cpp = (piece_id(small_tokenizer(), t) for t in ("熟悉", "▁java", "▁c++"))
    assert ids.tolist() == [java, cpp, one, 0]
    assert offsets.tolist() == [0, 2, 3]


def test_parallel_groups_keep_kinds_apart_and_demand_a_teacher_row() -> None:
    pairs = [entry("nurse", "护士"), Pair("A nurse.", "一个护士。", "zh", "tatoeba")]
    groups = parallel_groups(pairs, TextList(), {"nurse": 0, "A nurse.": 1})
    assert [group.name for group in groups] == ["dictionary-zh", "sentences-zh"]
    assert groups[1].right_teacher.tolist() == [1]
    with pytest.raises(KeyError):
        parallel_groups(pairs, TextList(), {"nurse": 0})


def test_concept_pairs_never_pair_a_label_with_itself_and_number_their_concept() -> None:
    concepts = [
        Concept("a", "skill", {"en": ("weld",)}, ""),
        Concept("b", "skill", {"en": ("weld", "join metal"), "de": ("schweißen",)}, ""),
        Concept("c", "occupation", {"en": ("welder", "metal joiner")}, ""),
    ]
    texts = TextList()
    group = concept_pairs(concepts, "skill", texts, {"weld": 4}, np.random.default_rng(0))
    assert len(group.left) > 0
    assert (group.left != group.right).all()
    assert set(group.concept.tolist()) == {1}


def test_quantized_rows_are_within_half_a_step_and_zero_rows_stay_zero() -> None:
    rows = np.random.default_rng(0).normal(size=(50, 16)).astype(np.float32)
    rows[3] = 0
    values, scale = quantize_rows(rows)
    assert np.abs(values * scale[:, None] - rows).max() <= scale.max() / 2 + 1e-7
    assert scale[3] == 0
    assert not values[3].any()


def test_a_packed_static_encoder_loads_and_gives_the_mean_of_its_rows(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer

    tokenizer = small_tokenizer()
    rows = np.random.default_rng(1).normal(size=(tokenizer.get_vocab_size(), 8)).astype(np.float32)
    write_static_encoder(rows, tokenizer, tmp_path / "model")
    vector = SentenceTransformer(str(tmp_path / "model"), device="cpu").encode(["熟悉集群"])[0]
    mean = rows[[piece_id(tokenizer, "熟悉"), piece_id(tokenizer, "集群")]].mean(axis=0)
    assert vector @ (mean / np.linalg.norm(mean)) == pytest.approx(1.0, abs=1e-3)
    assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-5)


def test_code_switching_replaces_a_word_by_its_gloss_in_the_english_side() -> None:
    sentence = Pair("Know the Cluster well.", "熟悉集群的人", "zh", "tatoeba")
    pairs = [entry("cluster", "集群"), entry("to know", "熟悉"), entry("absent", "的人"), sentence]
    switched = [pair.translation for seed in range(20) for pair in code_switched_pairs(pairs, seed)]
    assert set(switched) == {"熟悉 Cluster 的人", "Know 集群的人", "Know Cluster 的人"}
