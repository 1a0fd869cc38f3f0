"""The static recipe's promise: a run that was stopped and continued gives the weights of an unbroken run."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer

from models.recipe import static_training
from models.recipe.examples import TextList, all_label_texts, parallel_groups
from models.recipe.pieces import UNKNOWN, blank_tokenizer
from models.recipe.sources import Concept, Pair
from models.recipe.static_training import Material, StaticRecipe, epoch_batches, train_static
from models.recipe.token_table import tokenize

RECIPE = StaticRecipe(dimension=8, epochs=2, batch_pairs=8)
LETTERS = "abcdefghij"
HAN = "一二三四五六七八九十"


def tiny_tokenizer() -> Tokenizer:
    return blank_tokenizer([(UNKNOWN, 0.0), *(("▁" + letter, -1.0) for letter in LETTERS), *((h, -1.0) for h in HAN)])


def tiny_material(recipe: StaticRecipe, tokenizer: Tokenizer) -> Material:
    generator = np.random.default_rng(3)
    pairs = [
        Pair(f"{LETTERS[n % 10]} {LETTERS[m]}", HAN[n % 10] + HAN[m], "zh", "tatoeba")
        for n in range(10)
        for m in range(5)
    ]
    teacher_rows = {pair.english: row for row, pair in enumerate(pairs)}
    concepts = [Concept(str(n), "skill", {"en": (LETTERS[n], f"{LETTERS[n]} a")}, "") for n in range(1, 9)]
    texts = TextList()
    groups = parallel_groups(pairs, texts, teacher_rows)
    all_label_texts(concepts, texts)
    targets = generator.normal(size=(len(pairs), recipe.dimension)).astype(np.float32)
    targets /= np.linalg.norm(targets, axis=1, keepdims=True)
    start = generator.normal(size=(tokenizer.get_vocab_size(), recipe.dimension)).astype(np.float32)
    return Material(tokenize(list(texts.row_by_text), tokenizer), groups, concepts, texts, teacher_rows, targets, start)


def prepared_work(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SKILLMATCH_WORK", str(folder))
    monkeypatch.setattr(static_training, "load_material", tiny_material)
    (folder / "static").mkdir(parents=True)
    tiny_tokenizer().save(str(folder / "static" / "tokenizer.json"))
    return folder / "static"


def test_a_stopped_run_continues_to_the_weights_of_an_unbroken_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads = torch.get_num_threads()
    prepared_work(tmp_path / "unbroken", monkeypatch)
    unbroken = np.load(train_static(RECIPE, threads=1))

    work = prepared_work(tmp_path / "stopped", monkeypatch)
    save = static_training._checkpoint

    def save_and_stop(*arguments: object) -> None:
        save(*arguments)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(static_training, "_checkpoint", save_and_stop)
    with pytest.raises(KeyboardInterrupt):
        train_static(RECIPE, threads=1)
    after_one = np.load(work / "rows.npy")
    monkeypatch.setattr(static_training, "_checkpoint", save)
    continued = np.load(train_static(RECIPE, threads=1))
    torch.set_num_threads(threads)

    assert not np.array_equal(after_one, continued)
    np.testing.assert_array_equal(continued, unbroken)


def test_epochs_differ_from_each_other_and_not_from_themselves() -> None:
    def rows(epoch: int) -> list[list[int]]:
        return [batch.left.tolist() for batch in epoch_batches(tiny_material(RECIPE, tiny_tokenizer()), RECIPE, epoch)]

    assert rows(1) == rows(1)
    assert rows(1) != rows(2)
