"""Phrase pairs, SkillSkape and the documents for throughput."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.beir import RankingSet
from eval.skill_pairs import Pair, pair_errors, pair_scores, read_pairs, resolve_pairs
from eval.skill_throughput import documents
from eval.skillskape import rank, returned_by, score_rankings, score_returned, skill_id
from matcher.extract import SkillExtractor
from matcher.taxonomy import Taxonomy, load_taxonomy

URI = "http://data.europa.eu/esco/skill/"


def test_pairs_lead_to_one_id_by_name_or_by_what_is_found_in_them(
    taxonomy: Taxonomy, extractor: SkillExtractor
) -> None:
    pairs = [
        Pair("压力测试", "load testing", "load-testing"),
        Pair("写Python脚本", "Python scripting", "java"),
        Pair("捏陶", "Java", ""),
        Pair("后端开发", "front-end development", "-"),
    ]
    resolved = resolve_pairs(pairs, taxonomy, extractor)
    assert [(r.zh_id, r.en_id) for r in resolved] == [
        ("load-testing", "load-testing"),
        ("python", "python"),
        (None, "java"),
        ("back-end", "front-end"),
    ]
    scores = pair_scores(resolved)
    assert (scores.same, scores.no_zh, scores.no_en, scores.different) == (0.5, 0.25, 0.0, 0.25)
    assert scores.right == 0.5
    assert [row.partition(",")[0] for row in pair_errors(resolved)] == [
        "写Python脚本",
        "捏陶 → nothing",
        "后端开发 → back-end",
    ]


def test_a_phrase_that_stands_twice_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "pairs.tsv"
    file.write_text("zh\ten\tskill\n焊接\twelding\t\n电焊\twelding\t\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"pairs\.tsv:3"):
        read_pairs(file)


def test_the_list_holds_300_pairs_of_a_chinese_and_an_english_phrase() -> None:
    pairs = read_pairs()
    assert len(pairs) == 300
    assert all(pair.en.isascii() for pair in pairs)
    assert sum(pair.zh.isascii() for pair in pairs) < 15, "a Chinese side may be a Latin name, but seldom"
    assert 70 <= sum(pair.is_test for pair in pairs) <= 130


@pytest.fixture(scope="module")
def esco(tmp_path_factory: pytest.TempPathFactory) -> SkillExtractor:
    file: Path = tmp_path_factory.mktemp("esco") / "small.csv"
    rows = "esco-u1,hard,software,,,Java\nesco-u2,hard,software,,,Python\nesco-u3,hard,water,,,brew beer\n"
    file.write_text("id,kind,field,broader,label_zh,label_en\n" + rows, encoding="utf-8")
    return SkillExtractor(load_taxonomy(file))


def test_skillskape_scores_by_hand(esco: SkillExtractor) -> None:
    # q1 names both of its skills; q2 names one that is not its own; q3 has none and names one.
    queries = {"q1": "Java and Python at work.", "q2": "They brew beer.", "q3": "Python is fun."}
    gains = {"q1": {f"{URI}u1": 1.0, f"{URI}u2": 1.0}, "q2": {f"{URI}u1": 1.0}}
    ranking_set = RankingSet("s", {}, queries, gains)
    returned = returned_by(esco, ranking_set)
    assert returned == {"q1": {"esco-u1", "esco-u2"}, "q2": {"esco-u3"}, "q3": {"esco-u2"}}
    found = score_returned(returned, ranking_set)
    assert (found.precision, found.recall, found.f1) == (2 / 4, 2 / 3, 4 / 7)
    ranked = score_rankings(ranking_set, esco, None)
    assert (ranked.n_queries, ranked.recall_at_10, ranked.mean_reciprocal_rank) == (2, 0.5, 0.5)


def test_named_skills_stand_before_alike_ones_and_none_stands_twice() -> None:
    assert rank(["b", "a", "b"], ["a", "c"]) == ["b", "a", "c"]
    assert skill_id(f"{URI}0005c151-5b5a") == "esco-0005c151-5b5a"


def test_documents_for_throughput_are_of_equal_length_and_half_chinese() -> None:
    found = documents(10, 2000)
    assert [len(document.text) for document in found] == [2000] * 10
    assert [document.id[:2] for document in found] == ["zh", "en"] * 5
