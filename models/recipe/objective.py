"""The training objective that both students share: in-batch InfoNCE plus the cosine to the teacher's vectors.

After "Making Monolingual Sentence Embeddings Multilingual using Knowledge Distillation" (Reimers & Gurevych 2020) and
InfoNCE (van den Oord et al. 2018, eq. 4) over both directions, with the near-synonyms that the teacher sees taken out
of the negatives.
"""

from __future__ import annotations

import torch
from torch.nn import functional

SCALE = 20.0
# Two English texts above this teacher cosine say the same: pushing them apart would teach noise.
SYNONYM_SIMILARITY = 0.85


def negatives_to_skip(teacher: torch.Tensor, has_teacher: torch.Tensor, *names: torch.Tensor) -> torch.Tensor:
    """Return an (n, n) bool mask of pairs (i, j), i ≠ j, that must not be used as negatives.

    Args:
        teacher: (n, dim) float32, rows unit length (any values where ``has_teacher`` is false).
        has_teacher: (n,) bool.
        names: (n,) int64 each, at least one; equal numbers ≥ 0 name the same thing, negative ones name nothing.
    """
    same = torch.zeros((len(has_teacher), len(has_teacher)), dtype=torch.bool, device=has_teacher.device)
    for name in names:
        same |= (name[:, None] == name[None, :]) & (name >= 0)[:, None]
    known = has_teacher[:, None] & has_teacher[None, :]
    near = known & ((teacher @ teacher.T) > SYNONYM_SIMILARITY)
    diagonal = torch.eye(len(has_teacher), dtype=torch.bool, device=has_teacher.device)
    return (same | near) & ~diagonal


def info_nce(left: torch.Tensor, right: torch.Tensor, skip: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    """Return the weighted mean InfoNCE loss of both directions (nats, ≥ 0).

    Args:
        left: (n, dim), rows unit length.
        right: The same; row i of one is the positive of row i of the other.
        skip: (n, n) bool from ``negatives_to_skip``.
        weight: (n,) float32 ≥ 0, one per pair.
    """
    logits = (SCALE * (left @ right.T)).float().masked_fill(skip, float("-inf"))
    target = torch.arange(len(left), device=left.device)
    there = functional.cross_entropy(logits, target, reduction="none")
    back = functional.cross_entropy(logits.T, target, reduction="none")
    return (weight * (there + back)).sum() / (2.0 * weight.sum().clamp(min=1.0))


def alignment_weight(student: torch.Tensor, teacher: torch.Tensor, worst_share: float) -> torch.Tensor:
    """Return (n,) float32 weights: 0 for the worst-aligned share of a batch by cosine to the teacher, else 1.

    This is the teacher's judgement of which pairs are misaligned; it means something once the student has learned.

    Args:
        student: (n, dim), rows unit length.
        teacher: The same, row-aligned.
        worst_share: Share of the batch to leave out, in [0, 1).
    """
    if worst_share == 0.0:
        return torch.ones(len(student), device=student.device)
    cosine = (student.detach() * teacher).sum(dim=1).float()
    return (cosine > torch.quantile(cosine, worst_share)).float()


def distance_to_teacher(student: torch.Tensor, teacher: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    """Return the weighted mean of 1 − cosine to the teacher (range [0, 2]); 0 when all weights are 0.

    Args:
        student: (n, dim), rows unit length.
        teacher: The same, row-aligned.
        weight: (n,) float32 ≥ 0; 0 where there is no teacher vector or the pair was judged misaligned.
    """
    cosine = (student * teacher).sum(dim=1)
    return (weight * (1.0 - cosine)).sum() / weight.sum().clamp(min=1.0)
