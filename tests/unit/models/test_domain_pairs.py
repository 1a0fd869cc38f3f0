"""In-domain training pairs: sentences, essential skills, passages, and batches made of neighbouring skills."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np

from matcher.extract import SkillExtractor
from matcher.taxonomy import load_starter
from models.recipe.domain_pairs import (
    TextPair,
    essential_pairs,
    mined_order,
    near_concepts,
    read_text_pairs,
    sentence_pairs,
    text_groups,
)
from models.recipe.examples import NO_CONCEPT, NO_TEACHER, TextList
from models.recipe.sources import Concept, read_chinese_labels, read_skill_sentences, read_starter_concepts

WELD = Concept("esco/weld", "skill", {"en": ("weld metal",)}, "")
WELDER = Concept("esco/welder", "occupation", {"en": ("welder",)}, "")


def test_each_sentence_is_paired_with_a_label_of_its_skill() -> None:
    texts = TextList()
    sentences = {"esco/weld": ("Join steel plates by arc.", "用电弧连接钢板。")}
    group = sentence_pairs([WELDER, WELD], sentences, texts, {"weld metal": 9}, np.random.default_rng(0))
    names = list(texts.row_by_text)
    assert [names[row] for row in group.left] == ["weld metal", "weld metal"]
    assert sorted(names[row] for row in group.right) == ["Join steel plates by arc.", "用电弧连接钢板。"]
    assert group.concept.tolist() == [1, 1]
    assert group.left_teacher.tolist() == [9, 9]
    assert group.right_teacher.tolist() == [NO_TEACHER, NO_TEACHER]


def test_an_occupation_stands_with_its_essential_skill_and_both_are_named() -> None:
    texts = TextList()
    group = essential_pairs([WELDER, WELD], {0: [1]}, texts, {}, np.random.default_rng(0))
    names = list(texts.row_by_text)
    assert (names[group.left[0]], names[group.right[0]]) == ("welder", "weld metal")
    assert (group.concept.tolist(), group.second.tolist()) == ([0], [1])


def write_corpus(root: Path) -> None:
    rows = {
        "courses-en": [{"title": "Data Structures", "text": "Lists and trees, written in Python."}],
        "courses-zh-en": [{"title": "网络课", "text": "讲授计算机网络。", "text_en": "Computer networks."}],
        "postings-zh": [{"field": "x", "text": "任职要求：1、熟悉Kubernetes集群运维和日常监控告警；2、本科及以上学历"}],
    }
    (root / "corpus").mkdir()
    for name, lines in rows.items():
        with gzip.open(root / "corpus" / f"{name}.jsonl.gz", "wt", encoding="utf-8") as out:
            out.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def test_passages_are_paired_with_the_skills_found_in_them_and_courses_with_their_title(tmp_path: Path) -> None:
    write_corpus(tmp_path)
    concepts = read_starter_concepts()
    extractor = SkillExtractor(load_starter())
    kept_or_cut = set()
    for seed in range(8):
        pairs = read_text_pairs(tmp_path, concepts, seed, extractor)
        titles = {pair.label for pair in pairs if pair.concept == NO_CONCEPT}
        assert titles == {"Data Structures", "网络课"}
        clauses = [p for p in pairs if p.concept != NO_CONCEPT and concepts[p.concept].uri == "starter:kubernetes"]
        assert all("学历" not in pair.text for pair in clauses)
        kept_or_cut |= {"Kubernetes" in pair.text for pair in clauses}
    assert kept_or_cut == {True, False}


def test_text_groups_name_the_skill_and_the_document() -> None:
    pairs = [TextPair("in Python", "Python", 3, 0), TextPair("lists, trees", "Data Structures", NO_CONCEPT, 0)]
    groups = {group.name: group for group in text_groups(pairs, TextList())}
    assert groups["text-skill"].concept.tolist() == [3]
    assert groups["text-title"].concept.tolist() == [NO_CONCEPT]
    assert groups["text-title"].second.tolist() == [0]


def test_mined_order_is_a_permutation_that_puts_neighbours_side_by_side() -> None:
    angles = np.concatenate([np.linspace(0.0, 0.1, 8), np.linspace(2.0, 2.1, 8)])
    near = near_concepts(np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32))
    assert all(set(row.tolist()) == set(range(8)) - {number} for number, row in enumerate(near[:8]))
    order = mined_order(np.arange(16), near, np.random.default_rng(0))
    assert sorted(order.tolist()) == list(range(16))
    assert {number // 8 for number in order[:8].tolist()} in ({0}, {1})


def test_a_concept_without_a_vector_is_its_own_neighbour() -> None:
    vectors = np.eye(10, dtype=np.float32)
    vectors[4] = 0
    assert set(near_concepts(vectors)[4].tolist()) == {4}


def test_our_chinese_esco_labels_and_sentences_are_whole() -> None:
    chinese, _ = read_chinese_labels()
    sentences = read_skill_sentences()
    assert len(chinese) >= 7000
    assert all(label.strip() == label != "" for labels in chinese.values() for label in labels)
    assert {uri.rpartition("/")[2] for uri in sentences} <= chinese.keys()
