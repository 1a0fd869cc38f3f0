"""The gold set of matching: 40 postings against 121 candidates and 120 courses, graded 0–3 in two independent passes.

Enters: the demo corpus and the documents of `eval/gold/match`, the grades of both passes, and the split of the postings. Leaves:
judged queries whose grades are the mean of the passes, and how far the passes agree. A third of the postings, half of it Chinese
and half English, is the test split: never tuned on.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.demo_match import CORPUS, JudgedQuery, grades_of, judged
from matcher.domain.document import Kind
from matcher.engine import Engine

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "eval" / "gold" / "match"
FOLDERS = (CORPUS, GOLD / "documents")
PASSES = ("pass-1.tsv", "pass-2.tsv")
POOL_KINDS = (Kind.CANDIDATE, Kind.COURSE)
HIGHEST_GRADE = 3

Grades = dict[str, dict[str, float]]
"""Posting → document → grade; what is not listed has grade 0."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two passes agree on all pairs of postings and documents of one kind.

    `weighted_kappa`: Cohen's kappa with quadratic weights (Cohen 1968), [-1, 1]; `same`: share of the pairs to which at
    least one pass gave a grade above 0 on which both give the same; `near`: share of them that differ by 1 at most.
    """

    n_pairs: int
    n_graded: int
    weighted_kappa: float
    same: float
    near: float


def gold_grades() -> Grades:
    """Mean of the two passes. No pair differs by more than 1, so none needed a third look."""
    passes = [grades_of(GOLD / name) for name in PASSES]
    found: Grades = {}
    for posting in split_by_posting():
        documents = {d for grades in passes for d in grades.get(posting, {})}
        found[posting] = {d: sum(g.get(posting, {}).get(d, 0.0) for g in passes) / len(passes) for d in documents}
    return found


def split_by_posting() -> dict[str, str]:
    """Posting → `test` or `development`."""
    lines = (GOLD / "postings.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return dict(line.split("\t") for line in lines)


def gold_queries(engine: Engine) -> list[JudgedQuery]:
    """All postings in both directions, each against all documents of the kind, with the parts of the service's scoring."""
    grades, split = gold_grades(), split_by_posting()
    found = []
    for kind in POOL_KINDS:
        names = pool_names(engine, kind)
        for posting, by_document in sorted(grades.items()):
            query = judged(engine, posting, (Kind.POSTING, kind), names, by_document, is_test=split[posting] == "test")
            found.append(query)
    return found


def pool_names(engine: Engine, kind: Kind) -> list[str]:
    """All documents of a kind, by name."""
    with engine.working_set.reading() as shelves:
        catalog = shelves[kind].catalog
        return sorted(catalog.names[slot] for slot in catalog.slots_in_use().tolist())


def agreement(engine: Engine, kind: Kind) -> Agreement:
    """Agreement of the passes over all pairs with documents of one kind."""
    passes = [grades_of(GOLD / name) for name in PASSES]
    pairs = [(p, d) for p in split_by_posting() for d in pool_names(engine, kind)]
    left, right = (np.array([grades.get(p, {}).get(d, 0.0) for p, d in pairs]) for grades in passes)
    graded = (left > 0) | (right > 0)
    gap = np.abs(left - right)[graded]
    return Agreement(
        len(pairs), int(graded.sum()), weighted_kappa(left, right), float((gap == 0).mean()), float((gap <= 1).mean())
    )


def weighted_kappa(left: NDArray[np.float64], right: NDArray[np.float64]) -> float:
    """Cohen's kappa with quadratic weights over grades 0–3: 1 - observed / expected squared difference.

    >>> float(weighted_kappa(np.array([0.0, 3.0]), np.array([0.0, 3.0])))
    1.0
    """
    n_grades = HIGHEST_GRADE + 1
    observed = float(((left - right) ** 2).mean())
    shares = [np.bincount(grades.astype(int), minlength=n_grades) / len(grades) for grades in (left, right)]
    squared = (np.arange(n_grades)[:, None] - np.arange(n_grades)[None, :]) ** 2
    expected = float((np.outer(*shares) * squared).sum())
    return 1.0 - observed / expected if expected else 1.0
