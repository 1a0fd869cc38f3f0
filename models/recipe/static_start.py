"""Where the static encoder's rows start: the teacher's vector of each piece, or of its dictionary glosses.

After Model2Vec's distillation: a piece that the teacher can read starts at the teacher's vector of it; a Chinese piece
at the mean of the teacher's vectors of its CC-CEDICT and HSK glosses, or of its characters. Rows are scaled by
smooth inverse frequency (Arora et al. 2017), so that function words start out weak.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import regex
import torch
from tokenizers import Tokenizer

from models.recipe.sources import DICTIONARY_SOURCES, Pair
from models.recipe.teacher import load_teacher
from models.recipe.token_table import TokenTable, piece_list

FloatArray = npt.NDArray[np.float32]
SIF_A = 1e-3
_HAN = regex.compile(r"\p{Han}")


def projection(vectors: npt.NDArray[np.float16], dimension: int) -> FloatArray:
    """Return the (384, dimension) float32 orthonormal basis of the teacher's strongest directions.

    Vectors are not centred: cosines, not variances, are to be kept.
    """
    sample = vectors[:: max(1, len(vectors) // 100_000)].astype(np.float32)
    _, basis = np.linalg.eigh(sample.T @ sample)
    return np.ascontiguousarray(basis[:, ::-1][:, :dimension]).astype(np.float32)


def _unit(rows: FloatArray) -> FloatArray:
    unit: FloatArray = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)
    return unit


def _gloss_means(pairs: list[Pair], teacher_rows: dict[str, int], targets: FloatArray) -> dict[str, FloatArray]:
    sums: dict[str, FloatArray] = {}
    for pair in pairs:
        row = teacher_rows.get(pair.english)
        if pair.source in DICTIONARY_SOURCES and row is not None:
            sums[pair.translation] = sums.get(pair.translation, np.zeros(targets.shape[1], np.float32)) + targets[row]
    return sums


def starting_rows(
    tokenizer: Tokenizer,
    pairs: list[Pair],
    teacher_rows: dict[str, int],
    targets: FloatArray,
    basis: FloatArray,
    table: TokenTable,
) -> FloatArray:
    """Return the (n_pieces, dimension) float32 starting table.

    Args:
        tokenizer: The static encoder's tokenizer.
        pairs: Training pairs (its dictionary entries give the glosses).
        teacher_rows: Row of ``targets`` by English text.
        targets: (n, dimension) float32, the teacher's vectors on the basis, rows unit length.
        basis: (384, dimension) float32 from ``projection``.
        table: Token ids of the training texts, for the frequencies.
    """
    pieces = piece_list(tokenizer)
    readable = [piece.removeprefix("▁") or "." for piece in pieces]
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        own = load_teacher().encode(readable, batch_size=256, convert_to_tensor=True).float().numpy()
    rows = _unit(own @ basis)
    glosses = _gloss_means(pairs, teacher_rows, targets)
    for row, piece in enumerate(pieces):
        if not _HAN.search(piece):
            continue
        found = [glosses[part] for part in (piece, *piece) if part in glosses]
        if piece in glosses:
            rows[row] = glosses[piece]
        elif found:
            rows[row] = np.mean(found, axis=0)
        else:
            rows[row] = 0.0
    counts = np.bincount(table.ids, minlength=len(pieces)).astype(np.float32)
    weight = SIF_A / (SIF_A + counts / counts.sum())
    scaled: FloatArray = (_unit(rows) * weight[:, None]).astype(np.float32)
    return scaled
