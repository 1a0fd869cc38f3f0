"""How far two annotators who worked apart agree.

Enters: two annotations of the same texts. Leaves: F1 of one against the other, and Cohen's kappa of what both say of the places
that both marked. Values are None where nothing was to be measured.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from eval.skill_gold import Annotation
from eval.skill_scores import ratio


@dataclass(frozen=True, slots=True)
class Agreement:
    """F1 in [0, 1]; kappa in [-1, 1]: 0 is what chance alone would give, 1 is full agreement."""

    first: int
    second: int
    shared: int
    strict_f1: float | None
    span_f1: float | None
    skill_kappa: float | None
    importance_kappa: float | None
    level_kappa: float | None


def agreement(first: Annotation, second: Annotation, text_ids: Iterable[str]) -> Agreement:
    """Agreement over some texts; a skill that the taxonomy lacks is a label like the others."""
    n_first = n_second = n_same = 0
    shared = []
    for text_id in text_ids:
        left = {mention.span: mention for mention in first.get(text_id, ())}
        right = {mention.span: mention for mention in second.get(text_id, ())}
        n_first, n_second = n_first + len(left), n_second + len(right)
        both = [(left[span], right[span]) for span in left.keys() & right.keys()]
        n_same += sum(a.skill_id == b.skill_id for a, b in both)
        shared += both
    return Agreement(
        n_first,
        n_second,
        len(shared),
        ratio(2 * n_same, n_first + n_second),
        ratio(2 * len(shared), n_first + n_second),
        cohen_kappa([(a.skill_id, b.skill_id) for a, b in shared]),
        cohen_kappa([(a.importance, b.importance) for a, b in shared]),
        cohen_kappa([(a.level, b.level) for a, b in shared]),
    )


def cohen_kappa(labels: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Agreement beyond chance, (observed - expected) / (1 - expected) (Cohen 1960).

    Args:
        labels: of each item what the one and what the other says.

    Returns:
        In [-1, 1]; None without items, or when both give one and the same label to all, where chance explains everything.
    """
    n = len(labels)
    if not n:
        return None
    left, right = Counter(a for a, _ in labels), Counter(b for _, b in labels)
    agreed = sum(a == b for a, b in labels)
    # In whole numbers, so that "chance explains everything" is exact.
    by_chance = sum(count * right[label] for label, count in left.items())
    return ratio(n * agreed - by_chance, n * n - by_chance)
