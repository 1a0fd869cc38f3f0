"""Goes on training the shipped static encoder on the material of ``tuning``: two minutes of one core.

What enters: ``skillmatch-static-256`` and the material of ``tuning_material``. What leaves: ``rows.npy`` in
``models/work/static-tuning``, (n, 256) float32, every ``SAVE_EVERY`` steps, and the checkpoint from which a run goes on.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import load_file
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional
from tqdm import tqdm

from models.recipe.examples import NO_TEACHER
from models.recipe.objective import info_nce, negatives_to_skip
from models.recipe.packaging import WEIGHTS_FILE, write_static_encoder
from models.recipe.places import MODELS, work_folder
from models.recipe.static_start import FloatArray
from models.recipe.token_table import MAX_TOKENS
from models.recipe.tuning import Kind, structure_loss
from models.recipe.tuning_material import Drawer, TuningBatch, TuningMaterial, load_tuning_material
from models.recipe.tuning_reference import COMPANION, START_DIMENSION, START_SHARE

SAVE_EVERY = 100
KINDS = (
    Kind("title", 0.42, 768),
    Kind("skill", 0.08, 512),
    Kind("sentence", 0.20, 400),
    Kind("broader", 0.06, 384),
    Kind("description", 0.08, 384),
    Kind("course-title", 0.04, 256),
    Kind("passage", 0.04, 384),
    Kind("sentences-de", 0.03, 768),
    Kind("sentences-zh", 0.03, 768),
    Kind("sentences-fr", 0.02, 768),
)


@dataclass(frozen=True)
class StaticTuningRecipe:
    """Settings of static tuning; all of them change the result.

    Attributes:
        steps: Number of batches.
        rate: Adam's peak learning rate, falling linearly to 0 after 20 steps of warming up.
        contrast, structure, anchor: Weights of InfoNCE, of the divergence from the reference's similarities, and of the
            cosine distance to the start's vector of the English text, on batches with a reference.
        seed: Of all draws.
    """

    steps: int = 400
    rate: float = 3e-3
    contrast: float = 0.5
    structure: float = 1.0
    anchor: float = 1.0
    seed: int = 29


def shipped_rows() -> FloatArray:
    """Return the (n, 256) float32 rows of the shipped static encoder.

    Raises:
        OSError: When its folder is missing.
    """
    tensors = load_file(MODELS / COMPANION / WEIGHTS_FILE)
    rows: FloatArray = tensors["embeddings"].astype(np.float32) * tensors["weights"][:, None]
    return rows


def shipped_tokenizer() -> Tokenizer:
    """Return the tokenizer of the shipped static encoder, which neither pads nor cuts."""
    tokenizer = Tokenizer.from_file(str(MODELS / COMPANION / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


class StaticTuner:
    """Runs the steps over one table of rows; holds what a checkpoint needs."""

    def __init__(self, recipe: StaticTuningRecipe, material: TuningMaterial, folder: Path) -> None:
        """Continue from the folder's checkpoint when there is one."""
        self.recipe = recipe
        self.folder = folder
        self.tokenizer = shipped_tokenizer()
        self.reference = torch.from_numpy(material.reference)
        self.drawer = Drawer(material)
        rows = torch.from_numpy(shipped_rows())
        self.table = nn.EmbeddingBag.from_pretrained(rows, freeze=False, mode="mean", sparse=True)
        self.optimizer: torch.optim.Optimizer = torch.optim.SparseAdam(list(self.table.parameters()), lr=recipe.rate)
        self.done = 0
        if (folder / "checkpoint.pt").exists():
            saved = torch.load(folder / "checkpoint.pt", weights_only=True)
            self.table.load_state_dict(saved["table"])
            self.optimizer.load_state_dict(saved["optimizer"])
            self.done = int(saved["done"])

    def run(self) -> None:
        """Train the remaining steps."""
        n = self.recipe.steps
        for step in tqdm(range(self.done, n), desc="static tuning", initial=self.done, total=n, mininterval=10):
            generator = np.random.default_rng((self.recipe.seed, step))
            weights = np.asarray([kind.weight for kind in KINDS])
            kind = KINDS[generator.choice(len(KINDS), p=weights / weights.sum())]
            batch = self.drawer.draw(kind.name, kind.size, generator)
            for group in self.optimizer.param_groups:
                group["lr"] = self.recipe.rate * min(1.0, (step + 1) / 20) * (1.0 - step / n)
            self.optimizer.zero_grad()
            self._loss(batch).backward()  # type: ignore[no-untyped-call]
            self.optimizer.step()
            self.done = step + 1
            if self.done % SAVE_EVERY == 0 or self.done == n:
                self._save()

    def _encode(self, texts: list[str]) -> torch.Tensor:
        encodings = self.tokenizer.encode_batch_fast(texts, add_special_tokens=False)
        ids = [encoding.ids[:MAX_TOKENS] or [0] for encoding in encodings]
        starts = np.cumsum([0, *(len(own) for own in ids[:-1])])
        flat = torch.tensor([token for own in ids for token in own])
        vectors: torch.Tensor = functional.normalize(self.table(flat, torch.from_numpy(starts)), dim=1)
        return vectors

    def _loss(self, batch: TuningBatch) -> torch.Tensor:
        left, right = self._encode(batch.left), self._encode(batch.right)
        rows = [torch.from_numpy(numbers) for numbers in (batch.left_reference, batch.right_reference)]
        known = rows[0] != NO_TEACHER
        left_ref, right_ref = (self.reference[row] for row in rows)
        skip = negatives_to_skip(left_ref, known, torch.from_numpy(batch.concept))
        contrast = info_nce(left, right, skip, torch.ones(len(left)))
        if not bool(known.all()):
            return contrast
        own = [ref[:, START_DIMENSION:] / (1.0 - START_SHARE) ** 0.5 for ref in (left_ref, right_ref)]
        cosine = ((left * own[0]).sum(dim=1).mean() + (right * own[1]).sum(dim=1).mean()) / 2.0
        structure = structure_loss(left, right, left_ref, right_ref)
        recipe = self.recipe
        loss: torch.Tensor = recipe.contrast * contrast + recipe.structure * structure + recipe.anchor * (1.0 - cosine)
        return loss

    def _save(self) -> None:
        partial = self.folder / "checkpoint.partial"
        state = {"table": self.table.state_dict(), "optimizer": self.optimizer.state_dict(), "done": self.done}
        torch.save(state, partial)
        partial.rename(self.folder / "checkpoint.pt")
        np.save(self.folder / "rows.npy", self.table.weight.detach().numpy())


def tune_static(recipe: StaticTuningRecipe, threads: int = 1) -> Path:
    """Train (or go on training) and return the path of the rows.

    Raises:
        OSError: When the shared data or a shipped encoder is missing.
    """
    torch.set_num_threads(threads)
    folder = work_folder("static-tuning")
    StaticTuner(recipe, load_tuning_material(), folder).run()
    return folder / "rows.npy"


def package_tuned_static(folder: Path, rows: Path, tuned_share: float) -> None:
    """Write the mean of the tuned rows and the shipped ones (Wortsman et al. 2022, "WiSE-FT") as a sentence-transformers folder.

    Args:
        folder: Target (created when missing).
        rows: (n, 256) float32 rows, as ``tune_static`` leaves them.
        tuned_share: Share of the tuned rows, in [0, 1].

    Raises:
        OSError: When the rows or the shipped encoder are missing.
        ValueError: When the share is out of range.
    """
    if not 0.0 <= tuned_share <= 1.0:
        raise ValueError(f"share {tuned_share} is not in [0, 1]")
    start = shipped_rows()
    mixed = start + tuned_share * (np.load(rows).astype(np.float32) - start)
    write_static_encoder(mixed, Tokenizer.from_file(str(MODELS / COMPANION / "tokenizer.json")), folder)
