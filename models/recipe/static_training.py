"""Trains the static encoder: a token table whose mean is the text's vector, in the teacher's space.

What enters: the tokenizer of ``pieces``, the teacher's vectors, parallel text and ESCO. What leaves: a checkpoint per
epoch in ``models/work/static``; a run continues after the last one and gives the same weights as an unbroken run.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional
from tqdm import tqdm

from matcher.extract import SkillExtractor
from matcher.taxonomy import load_starter
from models.recipe.domain_pairs import (
    essential_pairs,
    mined_order,
    near_concepts,
    read_text_pairs,
    sentence_pairs,
    text_groups,
)
from models.recipe.examples import (
    NO_TEACHER,
    Group,
    IntArray,
    TextList,
    all_label_texts,
    concept_pairs,
    description_pairs,
    parallel_groups,
)
from models.recipe.objective import alignment_weight, distance_to_teacher, info_nce, negatives_to_skip
from models.recipe.places import data_root, work_folder
from models.recipe.sources import (
    Concept,
    Pair,
    read_concepts,
    read_essential_skills,
    read_parallel,
    read_skill_sentences,
    read_starter_concepts,
)
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
        concept_teacher_weight: Weight of the teacher's cosine on in-domain pairs, where human labels know better.
        mined_share: Share of the epochs of a skill group whose batches are made of neighbouring skills.
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
        ("concept-occupation", 2.0),
        ("concept-sentence", 4.0),
    )
    misaligned_share: float = 0.03
    concept_teacher_weight: float = 0.3
    mined_share: float = 0.5


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
    sentences: dict[str, tuple[str, str]] = field(default_factory=dict)
    essential: dict[int, list[int]] = field(default_factory=dict)
    near: IntArray | None = None


IN_DOMAIN = ("concept", "text")


def training_texts() -> tuple[list[Pair], list[Concept]]:
    """Return the training pairs, and the training concepts of ESCO followed by those of the starter taxonomy.

    Raises:
        OSError: When the shared data cannot be read.
    """
    root = data_root()
    return read_parallel(root)[0], read_concepts(root)[0] + read_starter_concepts()


def in_domain(
    concepts: list[Concept], texts: TextList, seed: int
) -> tuple[list[Group], dict[str, tuple[str, str]], dict[int, list[int]]]:
    """Return (groups of passages, sentences by skill URI, essential skills by occupation number); numbers their texts.

    Raises:
        OSError: When the shared data cannot be read.
    """
    root = data_root()
    pairs = read_text_pairs(root, concepts, seed, SkillExtractor(load_starter()))
    groups = text_groups(pairs, texts)
    number_by_uri = {concept.uri: number for number, concept in enumerate(concepts)}
    sentences = {uri: pair for uri, pair in read_skill_sentences().items() if uri in number_by_uri}
    for pair in sentences.values():
        for sentence in pair:
            texts.row(sentence)
    essential: dict[int, list[int]] = {}
    for occupation, skill in read_essential_skills(root):
        if occupation in number_by_uri and skill in number_by_uri:
            essential.setdefault(number_by_uri[occupation], []).append(number_by_uri[skill])
    return groups, sentences, essential


def concept_vectors(concepts: list[Concept], teacher_rows: dict[str, int], targets: FloatArray) -> FloatArray:
    """Return (n, dim) float32: the teacher's vector of each concept's English label; zero rows where it has none."""
    rows = [teacher_rows.get(concept.labels.get("en", ("",))[0], NO_TEACHER) for concept in concepts]
    vectors: FloatArray = np.where(np.asarray(rows)[:, None] == NO_TEACHER, 0.0, targets[rows]).astype(np.float32)
    return vectors


def load_material(recipe: StaticRecipe, tokenizer: Tokenizer) -> Material:
    """Read the sources, tokenize every text and compute the starting rows.

    Raises:
        FileNotFoundError: When the teacher's vectors or the shared data are missing.
    """
    pairs, concepts = training_texts()
    teacher_rows, vectors = read_vectors()
    basis = projection(vectors, recipe.dimension)
    targets = vectors.astype(np.float32) @ basis
    targets /= np.maximum(np.linalg.norm(targets, axis=1, keepdims=True), 1e-6)
    texts = TextList()
    groups = parallel_groups(pairs, texts, teacher_rows)
    all_label_texts(concepts, texts)
    passages, sentences, essential = in_domain(concepts, texts, recipe.seed)
    tokens = tokenize(list(texts.row_by_text), tokenizer)
    start = starting_rows(tokenizer, pairs, teacher_rows, targets, basis, tokens)
    near = near_concepts(concept_vectors(concepts, teacher_rows, targets))
    groups = groups + passages
    return Material(tokens, groups, concepts, texts, teacher_rows, targets, start, sentences, essential, near)


def _drawn(material: Material, generator: np.random.Generator) -> list[Group]:
    """The groups whose pairs are drawn anew for every epoch."""
    concepts, texts, teacher = material.concepts, material.texts, material.teacher_rows
    return [
        *(concept_pairs(concepts, kind, texts, teacher, generator) for kind in ("occupation", "skill", "starter")),
        description_pairs(concepts, texts, teacher, generator),
        sentence_pairs(concepts, material.sentences, texts, teacher, generator),
        essential_pairs(concepts, material.essential, texts, teacher, generator),
    ]


def _order(group: Group, material: Material, recipe: StaticRecipe, generator: np.random.Generator) -> IntArray:
    # Titles are left out: near occupations are what a title search wants to see side by side.
    is_skill = group.name.startswith("concept") and group.name not in ("concept-occupation", "concept-essential")
    if is_skill and material.near is not None and generator.random() < recipe.mined_share:
        return mined_order(group.concept, material.near, generator)
    return generator.permutation(len(group.left))


def epoch_batches(material: Material, recipe: StaticRecipe, epoch: int) -> list[Group]:
    """Return the batches of an epoch in order; a function of recipe and epoch alone."""
    generator = np.random.default_rng((recipe.seed, epoch))
    share = dict(recipe.group_share)
    batches: list[Group] = []
    for group in (group for group in (*material.groups, *_drawn(material, generator)) if len(group.left)):
        n_pairs = round(len(group.left) * share.get(group.name, 1.0))
        if n_pairs == 0:
            continue
        order = np.concatenate(
            [_order(group, material, recipe, generator) for _ in range(-(-n_pairs // len(group.left)))]
        )
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
    names = (torch.from_numpy(column) for column in (batch.concept, batch.second, batch.left, batch.right))
    skip = negatives_to_skip(left_target, left_known, *names)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        contrast = info_nce(left, right, skip, keep)
    towards = distance_to_teacher(left, left_target, keep * left_known) + distance_to_teacher(
        right, right_target, keep * right_known
    )
    return contrast + towards * (recipe.concept_teacher_weight if batch.name.startswith(IN_DOMAIN) else 1.0)


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
