"""Writes a trained encoder as a folder that ``SentenceTransformer(path)`` loads offline, and its registry entry.

The static encoder is stored as one int8 row and one float32 scale per piece (the layout that sentence-transformers
reads for Model2Vec models: ``embeddings`` and ``weights``): half the size of float16 at a cosine error below 1e-4.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import numpy.typing as npt
import sentence_transformers
import torch
from safetensors.numpy import save_file
from tokenizers import Tokenizer

WEIGHTS_FILE = "model.safetensors"


def quantize_rows(rows: npt.NDArray[np.float32]) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """Return (int8 values, float32 scale per row) with ``values * scale ≈ rows``; a zero row has scale 0.

    Args:
        rows: (n, dim) float32.
    """
    scale = np.abs(rows).max(axis=1) / 127.0
    values = np.rint(rows / np.where(scale > 0, scale, 1.0)[:, None]).astype(np.int8)
    return values, scale.astype(np.float32)


def write_module_list(folder: Path, modules: list[tuple[str, str]]) -> None:
    """Write ``modules.json`` and the model's settings.

    Args:
        folder: The model's folder.
        modules: (subfolder, class) of each module, in the order in which text passes through.

    Raises:
        OSError: When the folder cannot be written.
    """
    entries = [{"idx": n, "name": str(n), "path": path, "type": kind} for n, (path, kind) in enumerate(modules)]
    (folder / "modules.json").write_text(json.dumps(entries, indent=2) + "\n", encoding="utf-8")
    config = {
        "__version__": {"sentence_transformers": sentence_transformers.__version__, "pytorch": torch.__version__},
        "model_type": "SentenceTransformer",
        "prompts": {},
        "default_prompt_name": None,
        "similarity_fn_name": "cosine",
    }
    (folder / "config_sentence_transformers.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")


def write_static_encoder(rows: npt.NDArray[np.float32], tokenizer: Tokenizer, folder: Path) -> None:
    """Write tokenizer, quantized rows, normalisation and module list into the folder (created when missing).

    Args:
        rows: (n_pieces, dim) float32.
        tokenizer: Its row numbers are those of ``rows``.
        folder: Target; files of the same names are overwritten.

    Raises:
        OSError: When the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    values, scale = quantize_rows(rows)
    save_file({"embeddings": values, "weights": scale}, folder / WEIGHTS_FILE)
    (folder / WEIGHTS_FILE).chmod(0o644)  # safetensors writes private files
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    (folder / "1_Normalize").mkdir(exist_ok=True)
    (folder / "1_Normalize" / "config.json").write_text("{}\n", encoding="utf-8")
    write_module_list(
        folder,
        [
            ("", "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding"),
            ("1_Normalize", "sentence_transformers.base.modules.normalize.Normalize"),
        ],
    )


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal.

    Raises:
        OSError: When the file cannot be read.
    """
    return hashlib.sha256(path.read_bytes()).hexdigest()
