"""The command: what it refuses, what it skips, and that test and development never mix."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import typer

from eval.gates import Floor, broken_value_floors, read_skill_floors
from eval.skill_extractors import shipped_way
from eval.skill_gold import read_texts
from eval.skills import Split, Values, agreement_part, evaluate_skills, fit_and_write, gold_part, judge
from matcher.extract import SkillExtractor
from matcher.taxonomy import Taxonomy

Write = Callable[..., Path]
ROWS = [
    "s-zh-001\tJava\t1\tjava\tnone\tintermediate\t\t",
    "s-zh-001\tJava\t2\tjava\tnone\texpert\t\t",
    "s-zh-001\tPython\t1\tpython\tnone\texpert\t\t",
    "s-en-001\tPython\t1\tpython\tnone\tadvanced\t\t",
    "s-en-001\tZorblat\t1\t-\tnone\tbasic\t\t",
    "posting-zh-01\tJava\t2\tjava\tessential\tnone\t3\t",
]


def test_errors_of_the_test_split_are_refused() -> None:
    with pytest.raises(typer.BadParameter, match="never listed"):
        evaluate_skills(split=Split.TEST, list_errors=True)


def test_every_text_is_in_one_split(gold_folder: Write, taxonomy: Taxonomy, extractor: SkillExtractor) -> None:
    folder = gold_folder(gold=ROWS)
    ids = [[j.text.id for j in judge(folder, taxonomy, extractor, test)] for test in (True, False)]
    assert sorted(ids[0] + ids[1]) == sorted(read_texts(folder))
    assert all(text.is_test is (text.id in ids[0]) for text in read_texts(folder).values())


def test_errors_name_development_texts_only(gold_folder: Write, taxonomy: Taxonomy, extractor: SkillExtractor) -> None:
    # Nothing is marked, so that every claim on every text is an error.
    folder = gold_folder(gold=[])
    sentences = "".join(f"s-en-{n:03}\ten\tPython and Java.\n" for n in range(1, 31))
    (folder / "sentences.tsv").write_text("id\tlanguage\ttext\n" + sentences, encoding="utf-8")
    lines = gold_part(folder, taxonomy, {shipped_way(): extractor}, Split.BOTH, True, {})
    listed = {line.split()[1] for line in lines if line.startswith("- ")}
    texts = read_texts(folder)
    assert 0 < sum(text.is_test for text in texts.values()) < len(texts)
    assert listed == {text.id for text in texts.values() if not text.is_test}


def test_values_for_the_floors_are_those_of_the_test_third(
    gold_folder: Write, taxonomy: Taxonomy, extractor: SkillExtractor
) -> None:
    folder = gold_folder(gold=[f"s-en-{n:03}\tPython\t1\tpython\tnone\tnone\t\t" for n in range(1, 31)])
    texts = "".join(f"s-en-{n:03}\ten\tPython and Java.\n" for n in range(1, 31))
    (folder / "sentences.tsv").write_text("id\tlanguage\ttext\n" + texts, encoding="utf-8")
    values: Values = {}
    gold_part(folder, taxonomy, {shipped_way(): extractor}, Split.DEVELOPMENT, False, values)
    assert values == {}
    gold_part(folder, taxonomy, {shipped_way(): extractor}, Split.TEST, False, values)
    # per text one right claim, one claim too many, one marked: 2 · 1 / (1 + 2)
    assert values["en"]["strict_f1"] == pytest.approx(2 / 3)
    assert values["zh"]["strict_f1"] is None


def test_a_missing_gold_file_is_skipped_and_said(
    gold_folder: Write, taxonomy: Taxonomy, extractor: SkillExtractor
) -> None:
    folder = gold_folder(pass_1=ROWS)
    assert "no gold.tsv yet" in gold_part(folder, taxonomy, {"names": extractor}, Split.BOTH, False, {})[-1]
    assert agreement_part(folder)[-1].endswith("holds no pass-2.tsv yet.")
    with pytest.raises(typer.Exit):
        fit_and_write(folder, None, folder / "calibration.toml", folder / "signs.toml")
    assert not (folder / "calibration.toml").exists()


def test_agreement_stands_by_split_and_language(gold_folder: Write) -> None:
    rows = agreement_part(gold_folder(pass_1=ROWS, pass_2=ROWS))
    marked = [line.split(" | ")[2:5] for line in rows if line.startswith(("| test", "| development"))]
    assert len(marked) == 4
    assert sum(int(first) for first, _, _ in marked) == len(ROWS)
    assert {f1 for _, _, f1 in marked} <= {"1.000", "–"}


def test_skill_floors_are_read_strictly_and_an_undefined_value_breaks_one(tmp_path: Path) -> None:
    path = tmp_path / "gates.toml"
    path.write_text("[skills.zh]\nstrict_f1 = 0.85\n[skills.pairs]\nsame_id = 0.95\n")
    floors = read_skill_floors(path)
    assert floors == [Floor("zh", "strict_f1", 0.85), Floor("pairs", "same_id", 0.95)]
    assert broken_value_floors(floors, {"zh": {"strict_f1": 0.85}, "pairs": {"same_id": 0.96}}) == []
    assert broken_value_floors(floors, {"zh": {"strict_f1": None}, "pairs": {"same_id": 0.9}}) == [
        "zh: no scores, but a floor of 0.85 for strict_f1",
        "pairs: same_id 0.900 is below its floor of 0.95",
    ]
    path.write_text("[skills.zh]\nmap = 0.85\n")
    with pytest.raises(ValueError, match="unknown metric"):
        read_skill_floors(path)
