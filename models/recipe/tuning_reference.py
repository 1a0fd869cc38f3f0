"""What tuning must not forget: the vectors of the shipped transformer and static encoder, side by side.

What enters: texts, and two encoders that ship. What leaves: ``models/work/tuning/reference-NNNN.npy``, (n, 640) float16, rows
of unit length, whose inner products are 0.7 × the transformer's similarity + 0.3 × the static encoder's: better than either
alone on titles and on linking sentences to skills (``models/README.md``), and too large to ship.
"""

from __future__ import annotations

import hashlib
import json

import numpy as np
import numpy.typing as npt
import torch
from sentence_transformers import SentenceTransformer
from tqdm import tqdm

from models.recipe.places import MODELS, work_folder

START = "skillmatch-mini-384"
COMPANION = "skillmatch-static-256"
START_SHARE = 0.7
START_DIMENSION = 384
CHUNK_TEXTS = 4096


def fast_format() -> torch.dtype:
    """Return bfloat16 where the processor multiplies matrices in it (AMX), else float32.

    Without AMX, avx512_bf16 alone is slower: 300 against 480 texts of 11 tokens a second (one core, 2026-11-30).
    """
    return torch.bfloat16 if torch.cpu.get_capabilities().get("amx_bf16") else torch.float32


def side_by_side(start: npt.NDArray[np.float32], companion: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return the rows of both as one row of unit length each.

    Args:
        start: (n, 384) float32, rows unit length.
        companion: (n, 256) float32, rows unit length; row-aligned.
    """
    return np.hstack([np.sqrt(START_SHARE) * start, np.sqrt(1.0 - START_SHARE) * companion]).astype(np.float32)


def _encode(texts: list[str], start: SentenceTransformer, companion: SentenceTransformer) -> npt.NDArray[np.float32]:
    vectors = []
    for model in (start, companion):
        with torch.no_grad():
            raw = model.encode(texts, batch_size=64, convert_to_tensor=True, show_progress_bar=False)
        vectors.append(torch.nn.functional.normalize(raw.float(), dim=1).numpy())
    return side_by_side(*vectors)


def reference_vectors(texts: list[str]) -> npt.NDArray[np.float16]:
    """Return (n, 640) float16 rows of the texts, made in chunks that are kept: a second call reads them.

    Chunks of another list of texts are made anew.

    Raises:
        OSError: When a shipped encoder is missing or the work folder cannot be written.
    """
    folder = work_folder("tuning")
    order = sorted(range(len(texts)), key=lambda row: (len(texts[row]), texts[row]))
    digest = hashlib.sha256(json.dumps(texts).encode()).hexdigest()[:12]
    models: list[SentenceTransformer] = []
    rows = np.zeros((len(texts), 640), dtype=np.float16)
    for start in tqdm(range(0, len(order), CHUNK_TEXTS), desc="reference", unit="chunk", mininterval=10):
        target = folder / f"reference-{digest}-{start // CHUNK_TEXTS:04d}.npy"
        places = order[start : start + CHUNK_TEXTS]
        if not target.exists():
            if not models:
                models = [SentenceTransformer(str(MODELS / name), device="cpu") for name in (START, COMPANION)]
                models[0] = models[0].to(fast_format())
            partial = target.with_suffix(".partial.npy")
            np.save(partial, _encode([texts[row] for row in places], *models).astype(np.float16))
            partial.rename(target)
        rows[places] = np.load(target)
    return rows
