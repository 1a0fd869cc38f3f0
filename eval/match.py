"""`python -m eval match`: how well the service ranks the judged demo pairs, beside simpler rankings of the same pairs.

Enters: the demo corpus and its judgements. Leaves: a Markdown report: nDCG@10, MAP and R@10 by direction and by language pair,
development and test split apart, and the calibration of scores. Relevant means grade 2 or 3 for MAP and R@10; nDCG uses grades.
"""

from __future__ import annotations

import itertools
import math
import platform
import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray

from eval.demo_match import JudgedQuery, demo_engine, judged_queries, language_of
from eval.metrics import RankingScores, mean_scores, ndcg
from matcher.engine import Engine
from matcher.match.score import COLUMN, scores
from matcher.match.weights import ScoreWeights

RELEVANT = 2
Ranker = Callable[[JudgedQuery], NDArray[np.float64]]
_TOKEN = re.compile(r"[a-z0-9+#.]+|[\u4e00-\u9fff]")
BM25_K1, BM25_B = 1.2, 0.75


def evaluate_match(
    details: bool = typer.Option(False, help="also list nDCG@10 of every test query"),
    model: str | None = typer.Option(None, help="embed with this registry id or folder; default: the configured model"),
    weights: Annotated[Path | None, typer.Option(help="score weights file; default: the configured one")] = None,
    gold: bool = typer.Option(False, help="the gold set of 40 postings instead of the demo judgements"),
    bench: bool = typer.Option(False, help="public ranking sets through Match instead; takes minutes"),
) -> None:
    """Rank judged pairs and print the report: the demo judgements, the gold set, or public ranking sets."""
    if gold or bench:
        typer.echo(other_report(model, weights, bench=bench))
        return
    with demo_engine(model, weights) as engine:
        queries = judged_queries(engine)
        fitted = engine.matching.weights
        rankers: dict[str, Ranker] = {
            "service": lambda q: service_scores(q, fitted),
            "bare encoder": lambda q: column(q, "text_similarity"),
            "skill overlap": lambda q: column(q, "skill_overlap"),
            "BM25 (bigrams, words)": bm25_ranker(engine, queries),
        }
        typer.echo(report(queries, rankers, engine, details))


def other_report(model: str | None, weights: Path | None, *, bench: bool) -> str:
    """The report of the gold set or of the public sets."""
    from eval.match_bench import bench_report  # noqa: PLC0415  (both import this module's rankings)
    from eval.match_gold import FOLDERS, gold_queries  # noqa: PLC0415
    from eval.match_gold_report import gold_report  # noqa: PLC0415

    if bench:
        return bench_report(model)
    with demo_engine(model, weights, FOLDERS) as engine:
        return gold_report(gold_queries(engine), engine)


def service_scores(query: JudgedQuery, weights: ScoreWeights) -> NDArray[np.float64]:
    """The scores that Match gives."""
    return scores(query.parts, weights.pair(*query.direction))


def column(query: JudgedQuery, part: str) -> NDArray[np.float64]:
    """One part alone; undefined counts as 0."""
    return np.nan_to_num(query.parts[:, COLUMN[part]].astype(np.float64))


def bm25_ranker(engine: Engine, queries: Sequence[JudgedQuery]) -> Ranker:
    """Okapi BM25 (Robertson & Zaragoza 2009) over Chinese character bigrams and Latin words of the redacted texts."""
    names = {q.name for q in queries} | {d for q in queries for d in q.documents}
    terms = {name: Counter(bm25_terms(engine.get(name).document.text)) for name in names}
    length = {name: sum(counts.values()) for name, counts in terms.items()}

    def rank(query: JudgedQuery) -> NDArray[np.float64]:
        n, mean = len(query.documents), np.mean([length[d] for d in query.documents])
        df = Counter(t for d in query.documents for t in terms[d])
        result = []
        for d in query.documents:
            norm = BM25_K1 * (1 - BM25_B + BM25_B * length[d] / mean)
            result.append(
                sum(
                    math.log(1 + (n - df[t] + 0.5) / (df[t] + 0.5)) * f * (BM25_K1 + 1) / (f + norm)
                    for t in terms[query.name]
                    if (f := terms[d].get(t, 0))
                )
            )
        return np.array(result)

    return rank


def bm25_terms(text: str) -> list[str]:
    """Latin words and Chinese character bigrams, lower case."""
    tokens = _TOKEN.findall(text.lower())
    words = [t for t in tokens if t.isascii()]
    pairs = [a + b for a, b in itertools.pairwise(tokens) if not a.isascii() and not b.isascii()]
    return words + pairs


def ranking_of(query: JudgedQuery, score: NDArray[np.float64]) -> NDArray[np.float64]:
    """Grades in rank order: highest score first, equal scores by name."""
    order = sorted(range(len(score)), key=lambda i: (-score[i], query.documents[i]))
    return query.grades[order]


def summary(queries: Sequence[JudgedQuery], ranker: Ranker) -> tuple[float, RankingScores] | None:
    """(mean nDCG@10 over grades, binary metrics at `RELEVANT`); None when no query is left.

    Queries without any document of grade 2 or more count for nDCG only.
    """
    ranked = [(q, ranking_of(q, ranker(q))) for q in queries]
    if not ranked:
        return None
    gain = float(np.mean([ndcg(grades, q.grades) for q, grades in ranked]))
    binary = [
        ((grades >= RELEVANT).astype(np.float64), np.ones(int((q.grades >= RELEVANT).sum())))
        for q, grades in ranked
        if (q.grades >= RELEVANT).any()
    ]
    return (gain, mean_scores(binary)) if binary else None


def report(queries: Sequence[JudgedQuery], rankers: dict[str, Ranker], engine: Engine, details: bool) -> str:
    """The whole report in Markdown."""
    versions = engine.matching.versions(engine.working_set.revision)
    lines = [
        f"# Match quality, {datetime.now(UTC):%Y-%m-%d}",
        "",
        f"`python -m eval match`, {platform.machine()}, model {versions.model}, taxonomy {versions.taxonomy}, weights "
        f"{versions.weights}. Demo corpus, judged once by the writers of its documents, each within their own fields.",
    ]
    for split, wanted in (("test third", True), ("development", False)):
        chosen = [q for q in queries if q.is_test is wanted]
        lines += ["", f"## {split}: {len(chosen)} queries", "", *direction_table(chosen, rankers)]
    lines += ["", "## language pairs, all queries, service", "", *language_table(queries, rankers["service"])]
    lines += [
        "",
        "## calibration, test third",
        "",
        *calibration_table([q for q in queries if q.is_test], rankers["service"]),
    ]
    if details:
        lines += ["", "## nDCG@10 by test query", ""]
        for q in sorted((q for q in queries if q.is_test), key=lambda q: q.name):
            value = ndcg(ranking_of(q, rankers["service"](q)), q.grades)
            lines.append(f"- {value:.3f} {q.name} → {q.direction[1].collection}")
    return "\n".join(lines)


def direction_table(queries: Sequence[JudgedQuery], rankers: dict[str, Ranker]) -> list[str]:
    """One row per direction and ranking."""
    rows = ["| direction | ranking | queries | nDCG@10 | MAP | R@10 |", "|---|---|---|---|---|---|"]
    for direction in sorted({q.direction for q in queries}):
        chosen = [q for q in queries if q.direction == direction]
        for name, ranker in rankers.items():
            if (found := summary(chosen, ranker)) is not None:
                gain, binary = found
                rows.append(
                    f"| {direction[0].value} → {direction[1].value} | {name} | {len(chosen)} | {gain:.3f} "
                    f"| {binary.mean_average_precision:.3f} | {binary.recall_at_10:.3f} |"
                )
    return rows


def language_table(queries: Sequence[JudgedQuery], ranker: Ranker) -> list[str]:
    """nDCG@10 with the pool narrowed to one language, by language of query and document."""
    rows = ["| query → documents | queries | nDCG@10 |", "|---|---|---|"]
    for left in ("zh", "en"):
        for right in ("zh", "en"):
            narrowed = [n for q in queries if language_of(q.name) == left and (n := narrow(q, right)) is not None]
            if (found := summary(narrowed, ranker)) is not None:
                rows.append(f"| {left} → {right} | {len(narrowed)} | {found[0]:.3f} |")
    return rows


def narrow(query: JudgedQuery, language: str) -> JudgedQuery | None:
    """The query against the documents of one language; None when none of them is graded above 0."""
    keep = [i for i, name in enumerate(query.documents) if language_of(name) == language]
    if not query.grades[keep].any():
        return None
    names = [query.documents[i] for i in keep]
    return JudgedQuery(query.name, query.direction, names, query.grades[keep], query.parts[keep], query.is_test)


def calibration_table(queries: Sequence[JudgedQuery], ranker: Ranker) -> list[str]:
    """Score band → share of grade 2 or 3 among its pairs, and the expected calibration error over the bands."""
    score = np.concatenate([ranker(q) for q in queries])
    relevant = np.concatenate([q.grades >= RELEVANT for q in queries])
    rows = ["| score | pairs | mean score | share relevant |", "|---|---|---|---|"]
    error = 0.0
    for low in np.arange(0.0, 1.0, 0.1):
        band = (score >= low) & (score < low + 0.1)
        if band.any():
            gap = abs(float(score[band].mean()) - float(relevant[band].mean()))
            error += gap * band.sum() / len(score)
            rows.append(
                f"| {low:.1f}–{low + 0.1:.1f} | {band.sum()} | {score[band].mean():.2f} | {relevant[band].mean():.2f} |"
            )
    return [*rows, "", f"Expected calibration error {error:.3f}."]
