"""`python -m eval tune`: fits the score weights on the development queries and prints them as a weights file.

Enters: part values and grades of the development split. Leaves: TOML for `matcher/match/weights.toml`; it is never written by
itself. Logistic regression with weights >= 0 (so that no evidence for a match can lower its score) and a small L2 penalty; the
target is whether the pair is relevant (grade 2 or 3), so that a score reads as the chance that a person would shortlist it.
"""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import typer
from numpy.typing import NDArray
from scipy.optimize import minimize

from eval.demo_match import DIRECTIONS, JudgedQuery, demo_engine, judged_queries
from matcher.domain.document import Kind
from matcher.match.weights import PARTS, pair_key

# Grade → target. A grade 1 pair is related but would not be shortlisted; a small target keeps it above unrelated ones.
TARGET = np.array([0.0, 0.15, 0.85, 1.0])
L2 = 0.02
PARTS_BY_PAIR = {
    "candidate-posting": PARTS,
    "course-posting": tuple(p for p in PARTS if not p.endswith("_fit") and p != "soft_coverage"),
    "candidate-course": ("essential_coverage", "skill_overlap", "title_similarity", "text_similarity"),
}
# The demo pairs hardly differ in these parts, so the fit alone would set some of them to nothing. That a stated minimum of
# schooling, of years or of a soft skill is met must count for something; the floors are policy, not measurement.
FLOOR = {"education_fit": 0.25, "experience_fit": 0.25, "soft_coverage": 0.2}
# No judgements exist between documents of one kind. Their weights are a statement of intent: near-equal documents score high.
SAME_KIND = {"intercept": -6.0, "skill_overlap": 5.0, "title_similarity": 2.0, "text_similarity": 4.0}


def tune_match(
    model: str | None = typer.Option(None, help="embed with this registry id or folder; default: the configured model"),
) -> None:
    """Fit weights on the development split and print them."""
    with demo_engine(model) as engine:
        queries = [q for q in judged_queries(engine) if not q.is_test]
    typer.echo(
        f"# Fitted by `python -m eval tune` on {len(queries)} development queries, {datetime.now(UTC):%Y-%m-%d}."
    )
    typer.echo(f'name = "demo-{datetime.now(UTC):%Y%m%d}"')
    for direction in DIRECTIONS:
        key = pair_key(*direction)
        fitted = fit([q for q in queries if q.direction == direction], PARTS_BY_PAIR[key])
        typer.echo(_table(key, fitted))
    for kind in Kind:
        typer.echo(_table(pair_key(kind, kind), SAME_KIND))


def fit(queries: list[JudgedQuery], parts: tuple[str, ...]) -> dict[str, float]:
    """Intercept and weights by part, rounded to 3 decimals."""
    columns = [PARTS.index(p) for p in parts]
    values = np.nan_to_num(np.concatenate([q.parts[:, columns] for q in queries]).astype(np.float64))
    target = TARGET[np.concatenate([q.grades for q in queries]).astype(np.int64)]

    def loss(theta: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        logit = theta[0] + values @ theta[1:]
        probability = 1.0 / (1.0 + np.exp(-logit))
        cross_entropy = np.mean(np.logaddexp(0.0, logit) - target * logit)
        residual = (probability - target) / len(target)
        gradient = np.concatenate([[residual.sum()], values.T @ residual + 2 * L2 * theta[1:] / len(parts) / 10])
        return float(cross_entropy + L2 * (theta[1:] ** 2).sum() / len(parts) / 10), gradient

    bounds = [(None, None), *((FLOOR.get(p, 0.0), None) for p in parts)]
    result = minimize(loss, np.r_[-3.0, np.ones(len(parts))], jac=True, bounds=bounds, method="L-BFGS-B")
    return {"intercept": round(float(result.x[0]), 3)} | {
        p: round(float(w), 3) for p, w in zip(parts, result.x[1:], strict=True)
    }


def _table(key: str, values: dict[str, float]) -> str:
    rows = "\n".join(f"{name} = {value}" for name, value in values.items())
    return f"\n[pairs.{key}]\n{rows}"
