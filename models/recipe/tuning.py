"""Goes on training the shipped transformer on what it is weakest at, held to what it and the static encoder already know.

What enters: ``skillmatch-mini-384``, its reference (``tuning_reference``) and the material of ``tuning_material``. What leaves:
``models/work/tuning/checkpoint.pt`` every ``SAVE_EVERY`` steps; a run goes on after the last checkpoint and gives the weights of
an unbroken one. Needs no other step of the recipe.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch.nn import functional
from tqdm import tqdm

from models.recipe.body_student import MAX_PIECES, BodyStudent
from models.recipe.body_vocabulary import kept_teacher_pieces
from models.recipe.examples import NO_TEACHER
from models.recipe.objective import SCALE, info_nce, negatives_to_skip
from models.recipe.packaging import WEIGHTS_FILE
from models.recipe.places import MODELS, work_folder
from models.recipe.token_table import piece_id
from models.recipe.tuning_material import Drawer, TuningBatch, TuningMaterial, load_tuning_material
from models.recipe.tuning_reference import START, START_DIMENSION, START_SHARE, fast_format

SAVE_EVERY = 25
LONG_PIECES = 94
# Texts of one forward pass, sorted by length before: padding costs as much as text.
TEXTS_PER_PASS = 64


@dataclass(frozen=True)
class Kind:
    """A kind of batch: how often it is drawn (relative weight), how many pairs, and where a text is cut (pieces)."""

    name: str
    weight: float
    size: int
    max_pieces: int = MAX_PIECES


KINDS = (
    Kind("title", 0.50, 160, 16),
    Kind("skill", 0.06, 128, 18),
    Kind("sentence", 0.18, 80, 32),
    Kind("broader", 0.07, 48, 48),
    Kind("description", 0.03, 48, 48),
    Kind("course-title", 0.05, 40, 80),
    Kind("passage", 0.03, 40, 80),
    Kind("sentences-de", 0.05, 96, 32),
    Kind("sentences-zh", 0.02, 96, 32),
    Kind("sentences-fr", 0.01, 96, 32),
)


@dataclass(frozen=True)
class TuningRecipe:
    """Settings of tuning; all of them change the result.

    Attributes:
        steps: Number of batches.
        row_rate, kept_rate, body_rate: Adam's peak learning rates of the rows that this project added, the rows of
            all-MiniLM-L6-v2, and the body; they fall linearly to 0 after 40 steps of warming up.
        contrast: Weight of InfoNCE on batches with a reference (1 on the others).
        structure: Weight of the divergence from the reference's similarities.
        anchor: Weight of the cosine distance to the start's vector of the English text.
        seed: Of all draws.
    """

    steps: int = 320
    row_rate: float = 1e-3
    kept_rate: float = 2e-4
    body_rate: float = 8e-5
    contrast: float = 0.5
    structure: float = 1.0
    anchor: float = 1.0
    seed: int = 23


def start_student(tokenizer: Tokenizer) -> BodyStudent:
    """Return the shipped transformer as a student, float32 masters of its float16 weights.

    Raises:
        FileNotFoundError: When its folder is missing.
        ValueError: When its weights are not those of a student of this recipe.
    """
    weights = {name: value.float() for name, value in load_file(MODELS / START / WEIGHTS_FILE).items()}
    rows = weights.pop("embeddings.word_embeddings.weight").numpy()
    n_kept = len(kept_teacher_pieces())
    if len(rows) != tokenizer.get_vocab_size() or not 0 < n_kept < len(rows):
        raise ValueError(f"{MODELS / START} has {len(rows)} rows, its tokenizer {tokenizer.get_vocab_size()}")
    student = BodyStudent(rows[:n_kept].copy(), rows[n_kept:].copy(), fast_format())
    body = {name: value for name, value in weights.items() if "pooler" not in name}
    found = student.body.load_state_dict(body, strict=False)
    lacking = [name for name in found.missing_keys if "word_embeddings" not in name and "position_ids" not in name]
    if lacking or found.unexpected_keys:
        raise ValueError(f"{MODELS / START} lacks {lacking} and has {found.unexpected_keys} more")
    student.load_working_copy()
    return student


def divergence(student: torch.Tensor, reference: torch.Tensor, within: bool) -> torch.Tensor:
    """Return the mean Kullback-Leibler divergence (nats, ≥ 0) of the student's neighbours from the reference's.

    Args:
        student: (n, n) similarities of n texts to n others, in [-1, 1].
        reference: (n, n), the same pairs in the reference.
        within: Whether both sides are the same texts; a text is then left out of its own neighbours.
    """
    own = torch.eye(len(student), dtype=torch.bool) if within else torch.zeros(student.shape, dtype=torch.bool)
    logits, targets = ((SCALE * s).masked_fill(own, -1e4) for s in (student, reference))
    return functional.kl_div(
        functional.log_softmax(logits, dim=1),
        functional.log_softmax(targets, dim=1),
        reduction="batchmean",
        log_target=True,
    )


def structure_loss(
    left: torch.Tensor, right: torch.Tensor, left_ref: torch.Tensor, right_ref: torch.Tensor
) -> torch.Tensor:
    """Return the mean divergence over left–left, right–right, left–right and right–left.

    Args:
        left: (n, 384), rows unit length.
        right: The same, row-aligned.
        left_ref: (n, 640), rows unit length, row-aligned.
        right_ref: The same.
    """
    across, across_ref = left @ right.T, left_ref @ right_ref.T
    parts = [
        divergence(left @ left.T, left_ref @ left_ref.T, within=True),
        divergence(right @ right.T, right_ref @ right_ref.T, within=True),
        divergence(across, across_ref, within=False),
        divergence(across.T, across_ref.T, within=False),
    ]
    return torch.stack(parts).mean()


class Tuner:
    """Runs the steps over one student; holds what a checkpoint needs."""

    def __init__(self, recipe: TuningRecipe, material: TuningMaterial, folder: Path) -> None:
        """Continue from the folder's checkpoint when there is one."""
        self.recipe = recipe
        self.folder = folder
        self.tokenizer = Tokenizer.from_file(str(MODELS / START / "tokenizer.json"))
        self.student = start_student(self.tokenizer)
        self.reference = torch.from_numpy(material.reference)
        self.drawer = Drawer(material)
        self.done = 0
        student = self.student
        self.optimizers: list[torch.optim.Optimizer] = [
            torch.optim.SparseAdam(
                [
                    {"params": [student.new.weight], "lr": recipe.row_rate, "peak": recipe.row_rate},
                    {"params": [student.kept.weight], "lr": recipe.kept_rate, "peak": recipe.kept_rate},
                ]
            ),
            torch.optim.AdamW(
                [{"params": student.body_parameters(), "lr": recipe.body_rate, "peak": recipe.body_rate}],
                weight_decay=0.01,
                fused=True,
            ),
        ]
        if (folder / "checkpoint.pt").exists():
            saved = torch.load(folder / "checkpoint.pt", weights_only=True)
            student.load_state_dict(saved["student"])
            self.done = int(saved["done"])
            for optimizer, state in zip(self.optimizers, saved["optimizers"], strict=True):
                optimizer.load_state_dict(state)

    def run(self) -> None:
        """Train the remaining steps."""
        losses: dict[str, list[float]] = {}
        n = self.recipe.steps
        for step in tqdm(range(self.done, n), desc="tuning", initial=self.done, total=n, mininterval=10):
            self._set_rates(step)
            kind, batch = self._batch(step)
            self.student.load_working_copy()
            loss = self._loss(batch, kind.max_pieces)
            loss.backward()  # type: ignore[no-untyped-call]
            self.student.collect_gradients()
            for optimizer in self.optimizers:
                optimizer.step()
            losses.setdefault(kind.name, []).append(float(loss.detach()))
            self.done = step + 1
            if self.done % SAVE_EVERY == 0 or self.done == n:
                means = ", ".join(f"{name} {np.mean(values):.3f}" for name, values in sorted(losses.items()))
                tqdm.write(f"{self.done} of {n}: {means}")
                losses.clear()
                self._save()

    def _set_rates(self, step: int) -> None:
        share = min(1.0, (step + 1) / 40) * (1.0 - step / self.recipe.steps)
        for optimizer in self.optimizers:
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * share
            optimizer.zero_grad()

    def _batch(self, step: int) -> tuple[Kind, TuningBatch]:
        generator = np.random.default_rng((self.recipe.seed, step))
        weights = np.asarray([kind.weight for kind in KINDS])
        kind = KINDS[generator.choice(len(KINDS), p=weights / weights.sum())]
        return kind, self.drawer.draw(kind.name, kind.size, generator)

    def _encode(self, texts: list[str], max_pieces: int) -> torch.Tensor:
        """(n, 384) float32 vectors, rows unit length; texts of like length share a pass."""
        cls, sep = (piece_id(self.tokenizer, name) for name in ("[CLS]", "[SEP]"))
        encodings = self.tokenizer.encode_batch_fast(texts, add_special_tokens=False)
        tokens = [[cls, *encoding.ids[:max_pieces], sep] for encoding in encodings]
        order = sorted(range(len(texts)), key=lambda place: len(tokens[place]))
        parts = []
        for first in range(0, len(order), TEXTS_PER_PASS):
            rows = [tokens[place] for place in order[first : first + TEXTS_PER_PASS]]
            ids = torch.zeros((len(rows), len(rows[-1])), dtype=torch.int64)
            mask = torch.zeros_like(ids)
            for row, own in enumerate(rows):
                ids[row, : len(own)] = torch.tensor(own)
                mask[row, : len(own)] = 1
            parts.append(self.student(ids, mask))
        place_of = torch.empty(len(order), dtype=torch.int64)
        place_of[torch.tensor(order)] = torch.arange(len(order))
        return torch.cat(parts)[place_of]

    def _loss(self, batch: TuningBatch, max_pieces: int) -> torch.Tensor:
        both = self._encode(batch.left + batch.right, max_pieces)
        left, right = both[: len(batch.left)], both[len(batch.left) :]
        rows = [torch.from_numpy(numbers) for numbers in (batch.left_reference, batch.right_reference)]
        known = rows[0] != NO_TEACHER
        left_ref, right_ref = (self.reference[row] for row in rows)
        skip = negatives_to_skip(left_ref, known, torch.from_numpy(batch.concept))
        contrast = info_nce(left, right, skip, torch.ones(len(left)))
        if not bool(known.all()):
            return contrast
        towards = torch.stack(
            [self._distance(side, ref) for side, ref in ((left, left_ref), (right, right_ref))]
        ).mean()
        structure = structure_loss(left, right, left_ref, right_ref)
        recipe = self.recipe
        return recipe.contrast * contrast + recipe.structure * structure + recipe.anchor * towards

    def _distance(self, vectors: torch.Tensor, reference: torch.Tensor) -> torch.Tensor:
        """Mean cosine distance to the start's own vectors, the first part of the reference."""
        start = reference[:, :START_DIMENSION] / START_SHARE**0.5
        distance: torch.Tensor = 1.0 - (vectors * start).sum(dim=1).mean()
        return distance

    def _save(self) -> None:
        partial = self.folder / "checkpoint.partial"
        state = {
            "student": self.student.state_dict(),
            "optimizers": [optimizer.state_dict() for optimizer in self.optimizers],
            "done": self.done,
        }
        torch.save(state, partial)
        partial.rename(self.folder / "checkpoint.pt")


def tune(recipe: TuningRecipe, threads: int = 2) -> Path:
    """Train (or go on training) and return the checkpoint's path.

    Raises:
        OSError: When the shared data or a shipped encoder is missing.
    """
    torch.set_num_threads(threads)
    torch.manual_seed(recipe.seed)
    folder = work_folder("tuning")
    Tuner(recipe, load_tuning_material(), folder).run()
    return folder / "checkpoint.pt"
