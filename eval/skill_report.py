"""The Markdown tables of `python -m eval skills`.

Enters: scores. Leaves: lines. A value that is undefined, because nothing was to be measured, stands as "–", never as 0 or 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from eval.metrics import RankingScores
from eval.skill_agreement import Agreement
from eval.skill_calibration import Outcome, bands, calibration_error
from eval.skill_pairs import PairScores
from eval.skill_scores import SkillScores
from eval.skill_throughput import CHARACTERS, Rate
from eval.skillskape import ReturnedScores


def value(number: float | None) -> str:
    """Three decimals, "–" for undefined."""
    return "–" if number is None else f"{number:.3f}"


def table(columns: Sequence[str], rows: Iterable[Sequence[str | int | float | None]]) -> list[str]:
    """A Markdown table; floats with three decimals."""
    lines = [f"| {' | '.join(columns)} |", "|" + "---|" * len(columns)]
    for row in rows:
        cells = [str(cell) if isinstance(cell, str | int) else value(cell) for cell in row]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def score_tables(scores: Mapping[tuple[str, str], SkillScores]) -> list[str]:
    """What was found, and what was said of it.

    Args:
        scores: (language, way) → counts of one split.
    """
    found = [
        (
            language,
            way,
            s.texts,
            s.gold,
            s.claimed,
            s.strict_precision,
            s.strict_recall,
            s.strict_f1,
            s.span_f1,
            s.id_accuracy,
        )
        for (language, way), s in scores.items()
    ]
    said = [
        (
            language,
            way,
            s.right,
            s.importance_accuracy,
            s.level_accuracy,
            f"{value(s.named_level_accuracy)} of {s.levels_named}",
            f"{value(s.years_accuracy)} of {s.years_named}",
            f"{value(s.unknown_recall)} of {s.unknown}",
            f"{value(s.unknown_precision)} of {s.phrases}",
        )
        for (language, way), s in scores.items()
    ]
    return [
        *table(
            (
                "language",
                "found by",
                "texts",
                "gold",
                "claims",
                "strict P",
                "strict R",
                "strict F1",
                "span F1",
                "id on right spans",
            ),
            found,
        ),
        "",
        *table(
            (
                "language",
                "found by",
                "right claims",
                "requirement type",
                "level",
                "level where named",
                "years where named",
                "unknown: recall",
                "unknown: precision",
            ),
            said,
        ),
    ]


def agreement_table(found: Mapping[tuple[str, str], Agreement]) -> list[str]:
    """One row per (split, language)."""
    columns = (
        "split",
        "language",
        "pass 1",
        "pass 2",
        "F1",
        "span F1",
        "shared spans",
        "κ skill",
        "κ importance",
        "κ level",
    )
    return table(
        columns,
        [
            (
                split,
                language,
                a.first,
                a.second,
                a.strict_f1,
                a.span_f1,
                a.shared,
                a.skill_kappa,
                a.importance_kappa,
                a.level_kappa,
            )
            for (split, language), a in found.items()
        ],
    )


def reliability_table(outcomes: Mapping[str, Sequence[Outcome]]) -> list[str]:
    """Precision by band and the expected calibration error, by language of the words claimed."""
    rows = [
        (language, f"{band.low:.1f}–{band.low + 0.1:.1f}", band.claims, band.mean_confidence, band.precision)
        for language, found in outcomes.items()
        for band in bands(found)
    ]
    errors = ", ".join(f"{language} {value(calibration_error(found))}" for language, found in outcomes.items())
    columns = ("language of the words", "confidence", "claims", "mean confidence", "precision")
    return [*table(columns, rows), "", f"Expected calibration error: {errors}."]


def pairs_table(scores: Mapping[tuple[str, str], PairScores]) -> list[str]:
    """One row per (split, way)."""
    columns = (
        "split",
        "found by",
        "pairs",
        "one id",
        "zh to nothing",
        "en to nothing",
        "two ids",
        "one id, as annotated",
    )
    return table(
        columns,
        [(split, way, s.pairs, s.same, s.no_zh, s.no_en, s.different, s.right) for (split, way), s in scores.items()],
    )


def skillskape_tables(
    ranked: Mapping[str, RankingScores], returned: Mapping[str, ReturnedScores], n_sentences: int
) -> list[str]:
    """Ranking over sentences with a skill, and what is returned over all of them."""
    return [
        *table(
            ("ranked by", "sentences", "R@10", "MRR"),
            [(way, s.n_queries, s.recall_at_10, s.mean_reciprocal_rank) for way, s in ranked.items()],
        ),
        "",
        *table(
            ("returned by", "sentences", "precision", "recall", "F1"),
            [(way, n_sentences, s.precision, s.recall, s.f1) for way, s in returned.items()],
        ),
    ]


def throughput_table(rates: Iterable[Rate]) -> list[str]:
    """Documents per second by way and number of processes."""
    return table(
        (
            "found by",
            "processes, one core each",
            f"documents of {CHARACTERS:,} characters per s",
            "the same by processor time",
        ),
        [
            (rate.way, rate.processes, f"{rate.documents_per_s:.0f}", f"{rate.documents_per_cpu_s:.0f}")
            for rate in rates
        ],
    )
