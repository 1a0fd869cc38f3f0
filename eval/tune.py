"""`python -m eval tune`: fits the score weights on the development queries and prints them as a weights file.

Enters: part values and grades of the development split. Leaves: TOML for `matcher/match/weights.toml`; it is never written by
itself. Logistic regression with weights >= 0 (so that no evidence for a match can lower its score) and a small L2 penalty; the
target is whether the pair is relevant (grade 2 or 3), so that a score reads as the chance that a person would shortlist it.
Towards a posting the essential skills weigh at least as much as title and text together, so that the right words without the
skills never beat the skills without the words. Presets are multiples of the fitted weights, by policy, with intercepts fitted.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray
from scipy.optimize import brentq, minimize

from eval.demo_match import DIRECTIONS, JudgedQuery, demo_engine, judged_queries
from matcher.domain.document import Kind
from matcher.match.weights import PARTS, pair_key

# Grade → target. A grade 1 pair is related but would not be shortlisted; a small target keeps it above unrelated ones.
TARGET = np.array([0.0, 0.15, 0.85, 1.0])
L2 = 0.02
PARTS_BY_PAIR = {
    "candidate-posting": tuple(p for p in PARTS if p != "next_step"),
    "course-posting": tuple(p for p in PARTS if not p.endswith("_fit") and p not in ("soft_coverage", "next_step")),
    "candidate-course": ("essential_coverage", "skill_overlap", "next_step", "title_similarity", "text_similarity"),
}
WORDS = ("title_similarity", "text_similarity")
# The demo pairs hardly differ in these parts, so the fit alone would set some of them to nothing. That a stated minimum of
# schooling, of years or of a soft skill is met must count for something; the floors are policy, not measurement.
FLOOR = {"education_fit": 0.25, "experience_fit": 0.25, "soft_coverage": 0.2}
# Who asks for what, as multiples of the fitted weights. A portal shortlists, which is what the weights were fitted to. A college
# asks what a course covers, whatever it is called. A counsellor plans ahead: former titles, schooling and years decide little, soft
# skills and the next step more.
PRESETS: dict[str, dict[str, dict[str, float]]] = {
    "portal": {},
    "college": {
        "course-posting": {
            "essential_coverage": 1.25,
            "preferred_coverage": 1.25,
            "title_similarity": 0.25,
            "text_similarity": 0.5,
        }
    },
    "counsellor": {
        "candidate-posting": {
            "title_similarity": 0.0,
            "education_fit": 0.5,
            "experience_fit": 0.0,
            "soft_coverage": 3.0,
        },
        "candidate-course": {"next_step": 1.5, "skill_overlap": 0.0, "title_similarity": 0.0},
    },
}
# No judgements exist between documents of one kind. Their weights are a statement of intent: near-equal documents score high.
SAME_KIND = {"intercept": -6.0, "skill_overlap": 5.0, "title_similarity": 2.0, "text_similarity": 4.0}


def tune_match(
    model: str | None = typer.Option(None, help="embed with this registry id or folder; default: the configured model"),
    feedback: Annotated[
        Path | None, typer.Option(help="fit to the feedback in this store instead; see docs/decisions.md")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="with --feedback: file to write the weights to")] = None,
) -> None:
    """Fit weights on the development split and print them, or to the feedback in a store and write them."""
    if feedback is not None or out is not None:
        from eval.feedback_tune import tune_on_feedback  # noqa: PLC0415  (it imports this module)

        if feedback is None or out is None:
            raise typer.BadParameter("--feedback and --out go together")
        tune_on_feedback(feedback, out)
        return
    with demo_engine(model) as engine:
        queries = [q for q in judged_queries(engine) if not q.is_test]
    typer.echo(
        f"# Fitted by `python -m eval tune` on {len(queries)} development queries, {datetime.now(UTC):%Y-%m-%d}."
    )
    typer.echo(f'name = "demo-{datetime.now(UTC):%Y%m%d}"')
    by_pair = {pair_key(*d): [q for q in queries if q.direction == d] for d in DIRECTIONS}
    fitted = {key: fit(judged, PARTS_BY_PAIR[key]) for key, judged in by_pair.items()}
    for key, weights in fitted.items():
        typer.echo(_table(f"pairs.{key}", weights))
    for kind in Kind:
        typer.echo(_table(f"pairs.{pair_key(kind, kind)}", SAME_KIND))
    for preset, multiples in PRESETS.items():
        if not multiples:
            typer.echo(f"\n[presets.{preset}]")
        for key, factors in multiples.items():
            scaled = {p: round(w * factors.get(p, 1.0), 3) for p, w in fitted[key].items() if p != "intercept"}
            typer.echo(_table(f"presets.{preset}.{key}", {"intercept": balanced(by_pair[key], scaled)} | scaled))


def fit(queries: list[JudgedQuery], parts: tuple[str, ...]) -> dict[str, float]:
    """Intercept and weights by part, rounded to 3 decimals.

    Where the pair is judged by requirements, the weight of the essential skills is fitted as what it has above that of the words,
    at least nothing: the weights are `mix @ theta`.
    """
    values, target = _judgements(queries, parts)
    mix = np.eye(len(parts))
    if "preferred_coverage" in parts:
        mix[parts.index("essential_coverage"), [parts.index(p) for p in WORDS]] = 1.0
    values = values @ mix
    ridge = mix.T @ mix * L2 / len(parts) / 10

    def loss(theta: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        logit = theta[0] + values @ theta[1:]
        probability = 1.0 / (1.0 + np.exp(-logit))
        cross_entropy = np.mean(np.logaddexp(0.0, logit) - target * logit)
        residual = (probability - target) / len(target)
        gradient = np.concatenate([[residual.sum()], values.T @ residual + 2 * ridge @ theta[1:]])
        return float(cross_entropy + theta[1:] @ ridge @ theta[1:]), gradient

    bounds = [(None, None), *((FLOOR.get(p, 0.0), None) for p in parts)]
    result = minimize(loss, np.r_[-3.0, np.ones(len(parts))], jac=True, bounds=bounds, method="L-BFGS-B")
    return {"intercept": round(float(result.x[0]), 3)} | {
        p: round(float(w), 3) for p, w in zip(parts, mix @ result.x[1:], strict=True)
    }


def balanced(queries: list[JudgedQuery], weights: dict[str, float]) -> float:
    """The intercept with which scores are on average what the target is, rounded to 3 decimals."""
    values, target = _judgements(queries, tuple(weights))
    contributions = values @ np.array(list(weights.values()))

    def excess(intercept: float) -> float:
        return float(np.mean(1.0 / (1.0 + np.exp(-intercept - contributions))) - target.mean())

    return round(float(brentq(excess, -20.0, 20.0)), 3)


def _judgements(queries: list[JudgedQuery], parts: tuple[str, ...]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(n, parts) values, 0 where undefined, and (n,) targets of all judged pairs."""
    columns = [PARTS.index(p) for p in parts]
    values = np.nan_to_num(np.concatenate([q.parts[:, columns] for q in queries]).astype(np.float64))
    # a grade of the gold set is the mean of two passes and may lie between two
    return values, np.interp(np.concatenate([q.grades for q in queries]), np.arange(len(TARGET)), TARGET)


def _table(key: str, values: dict[str, float]) -> str:
    rows = "\n".join(f"{name} = {value}" for name, value in values.items())
    return f"\n[{key}]\n{rows}"
