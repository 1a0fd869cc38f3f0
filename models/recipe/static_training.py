"""Trains the static encoder: a token table whose mean is the text's vector, in the teacher's space.

What enters: the tokenizer of ``pieces``, the teacher's vectors, parallel text and ESCO. What leaves: a checkpoint per
epoch in ``models/work/static``; a run continues after the last one and gives the same weights as an unbroken run.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional
from tqdm import tqdm

from models.recipe.examples import (
    NO_TEACHER,
    Group,
    TextList,
    all_label_texts,
    concept_pairs,
    description_pairs,
    parallel_groups,
)
from models.recipe.glossary import Glossary, with_chinese_titles
from models.recipe.objective import alignment_weight, distance_to_teacher, info_nce, negatives_to_skip
from models.recipe.pieces import headwords, posting_texts, word_use
from models.recipe.places import data_root, work_folder
from models.recipe.sources import DICTIONARY_SOURCES, Concept, Pair, read_concepts, read_parallel
from models.recipe.static_start import FloatArray, projection, starting_rows
from models.recipe.teacher import read_vectors
from models.recipe.token_table import TokenTable, tokenize


@dataclass(frozen=True)
class StaticRecipe:
    """Settings of the static encoder; all of them change the result.

    Attributes:
        dimension: Values per vector.
        epochs: Passes over the weighted sources.
        batch_pairs: Pairs per step; each pair has the others as negatives.
        learning_rate: Of Adam, falling linearly to 0.
        seed: Of shuffling and label draws.
        group_share: Share of a group's pairs drawn per epoch, by group name (above 1: some twice; default 1).
        misaligned_share: Share of a sentence batch left out, from the second epoch on, as misaligned.
        concept_teacher_weight: Weight of the teacher's cosine on ESCO pairs, where human labels know better.
    """

    dimension: int = 256
    epochs: int = 6
    batch_pairs: int = 2048
    learning_rate: float = 0.01
    seed: int = 7
    group_share: tuple[tuple[str, float], ...] = (
        ("sentences-zh", 1.5),
        ("dictionary-zh", 0.8),
        ("sentences-de", 0.6),
        ("sentences-fr", 0.6),
        ("sentences-es", 0.6),
    )
    misaligned_share: float = 0.03
    concept_teacher_weight: float = 0.3


@dataclass
class Material:
    """All that training reads: texts as tokens, groups, targets ((n, dimension) float32, rows unit length)."""

    tokens: TokenTable
    groups: list[Group]
    concepts: list[Concept]
    texts: TextList
    teacher_rows: dict[str, int]
    targets: FloatArray
    start: FloatArray


def training_texts(seed: int) -> tuple[list[Pair], list[Concept]]:
    """Return the training pairs and the training concepts, occupations with rendered Chinese titles.

    Raises:
        OSError: When the shared data cannot be read.
    """
    root = data_root()
    pairs, concepts = read_parallel(root)[0], read_concepts(root)[0]
    chinese = [pair for pair in pairs if pair.language == "zh"]
    running = [pair.translation for pair in chinese if pair.source not in DICTIONARY_SOURCES]
    use = word_use(headwords(chinese), running + list(posting_texts(root)))
    return pairs, with_chinese_titles(concepts, Glossary(chinese, use), seed)


def load_material(recipe: StaticRecipe, tokenizer: Tokenizer) -> Material:
    """Read the sources, tokenize every text and compute the starting rows.

    Raises:
        FileNotFoundError: When the teacher's vectors or the shared data are missing.
    """
    pairs, concepts = training_texts(recipe.seed)
    teacher_rows, vectors = read_vectors()
    basis = projection(vectors, recipe.dimension)
    targets = vectors.astype(np.float32) @ basis
    targets /= np.maximum(np.linalg.norm(targets, axis=1, keepdims=True), 1e-6)
    texts = TextList()
    groups = parallel_groups(pairs, texts, teacher_rows)
    all_label_texts(concepts, texts)
    tokens = tokenize(list(texts.row_by_text), tokenizer)
    start = starting_rows(tokenizer, pairs, teacher_rows, targets, basis, tokens)
    return Material(tokens, groups, concepts, texts, teacher_rows, targets, start)


def epoch_batches(material: Material, recipe: StaticRecipe, epoch: int) -> list[Group]:
    """Return the batches of an epoch in order; a function of recipe and epoch alone."""
    generator = np.random.default_rng((recipe.seed, epoch))
    share = dict(recipe.group_share)
    drawn = [
        concept_pairs(material.concepts, "occupation", material.texts, material.teacher_rows, generator),
        concept_pairs(material.concepts, "skill", material.texts, material.teacher_rows, generator),
        description_pairs(material.concepts, material.texts, material.teacher_rows, generator),
    ]
    batches: list[Group] = []
    for group in (group for group in (*material.groups, *drawn) if len(group.left)):
        n_pairs = round(len(group.left) * share.get(group.name, 1.0))
        order = np.concatenate([generator.permutation(len(group.left)) for _ in range(-(-n_pairs // len(group.left)))])
        for first in range(0, n_pairs, recipe.batch_pairs):
            rows = order[first : min(first + recipe.batch_pairs, n_pairs)]
            if len(rows) >= recipe.batch_pairs // 4:
                batches.append(group.take(rows))
    return [batches[place] for place in generator.permutation(len(batches))]


def batch_loss(
    table: torch.nn.EmbeddingBag, batch: Group, material: Material, recipe: StaticRecipe, epoch: int
) -> torch.Tensor:
    """Return the loss of one batch (nats + cosine distance, ≥ 0)."""
    left = functional.normalize(table(*material.tokens.bag(batch.left)), dim=1)
    right = functional.normalize(table(*material.tokens.bag(batch.right)), dim=1)
    left_known = torch.from_numpy(batch.left_teacher != NO_TEACHER)
    right_known = torch.from_numpy(batch.right_teacher != NO_TEACHER)
    left_target = torch.from_numpy(material.targets[batch.left_teacher])
    right_target = torch.from_numpy(material.targets[batch.right_teacher])
    is_sentence = batch.name.startswith("sentences")
    keep = alignment_weight(right, right_target, recipe.misaligned_share if is_sentence and epoch else 0.0)
    skip = negatives_to_skip(left_target, left_known, torch.from_numpy(batch.concept))
    with torch.autocast("cpu", dtype=torch.bfloat16):
        contrast = info_nce(left, right, skip, keep)
    towards = distance_to_teacher(left, left_target, keep * left_known) + distance_to_teacher(
        right, right_target, keep * right_known
    )
    return contrast + towards * (recipe.concept_teacher_weight if batch.name.startswith("concept") else 1.0)


def _resume(folder: Path, table: torch.nn.EmbeddingBag, optimizer: torch.optim.Optimizer) -> int:
    checkpoint = folder / "checkpoint.pt"
    if not checkpoint.exists():
        return 0
    state = torch.load(checkpoint, weights_only=True)
    table.load_state_dict(state["table"])
    optimizer.load_state_dict(state["optimizer"])
    return int(state["epochs_done"])


def _checkpoint(folder: Path, table: torch.nn.EmbeddingBag, optimizer: torch.optim.Optimizer, done: int) -> None:
    partial = folder / "checkpoint.partial"
    torch.save({"table": table.state_dict(), "optimizer": optimizer.state_dict(), "epochs_done": done}, partial)
    partial.rename(folder / "checkpoint.pt")
    np.save(folder / "rows.npy", table.weight.detach().numpy().astype(np.float16))


def train_static(recipe: StaticRecipe, threads: int = 2) -> Path:
    """Train (or go on training) and return the path of the (n_pieces, dimension) float16 rows.

    Raises:
        FileNotFoundError: When ``pieces`` or ``teacher`` has not run.
    """
    folder = work_folder("static")
    torch.set_num_threads(threads)
    torch.manual_seed(recipe.seed)
    material = load_material(recipe, Tokenizer.from_file(str(folder / "tokenizer.json")))
    table = torch.nn.EmbeddingBag.from_pretrained(torch.from_numpy(material.start), mode="mean", freeze=False)
    optimizer = torch.optim.Adam(table.parameters(), lr=recipe.learning_rate, fused=True)
    for epoch in range(_resume(folder, table, optimizer), recipe.epochs):
        batches = epoch_batches(material, recipe, epoch)
        losses: dict[str, list[float]] = {}
        for step, batch in enumerate(tqdm(batches, desc=f"static, epoch {epoch + 1}", unit="step", mininterval=5)):
            progress = (epoch + step / len(batches)) / recipe.epochs
            optimizer.param_groups[0]["lr"] = recipe.learning_rate * (1.0 - progress)
            optimizer.zero_grad()
            loss = batch_loss(table, batch, material, recipe, epoch)
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            losses.setdefault(batch.name, []).append(float(loss.detach()))
        means = ", ".join(f"{name} {np.mean(values):.3f}" for name, values in sorted(losses.items()))
        tqdm.write(f"epoch {epoch + 1} of {recipe.epochs}: {means}")
        _checkpoint(folder, table, optimizer, epoch + 1)
    return folder / "rows.npy"
