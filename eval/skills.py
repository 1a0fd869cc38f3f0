"""`python -m eval skills`: how well skills are found in Chinese and English text, and how true the confidences are.

Enters: the gold set, the phrase pairs, SkillSkape and the demo corpus. Leaves: a Markdown report, development and test split
apart; with `--fit-calibration` a calibration file fitted on the development split. What is not there yet is skipped, and the
report says so. It refuses to list errors of the test split: who sees them tunes on them.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from eval.beir import is_ranking_set, read_ranking_set
from eval.encoder import data_folder
from eval.gates import broken_value_floors, read_skill_floors
from eval.report import provenance
from eval.skill_agreement import agreement
from eval.skill_calibration import MIN_CLAIMS, Outcome, calibration_toml, fit_table
from eval.skill_extractors import LINKING, NAMES, extractors, linker, shipped_way
from eval.skill_gold import GOLD_FOLDER, LANGUAGES, GoldMention, GoldText, read_annotation, read_texts
from eval.skill_pairs import pair_errors, pair_scores, read_pairs, resolve_pairs
from eval.skill_prediction import Prediction, predict
from eval.skill_report import (
    agreement_table,
    pairs_table,
    reliability_table,
    score_tables,
    skillskape_tables,
    throughput_table,
)
from eval.skill_scores import errors, is_right, score
from eval.skill_signs import Example, Recorder, cross_fitted, fit, log_loss, signs_toml
from eval.skill_throughput import measure
from eval.skillskape import SET_NAME, esco_folder, returned_by, score_rankings, score_returned
from matcher.domain.skill import FoundBy
from matcher.extract import SkillExtractor
from matcher.extract.calibration import DEFAULT_CALIBRATION, language_of
from matcher.extract.config import ExtractConfig
from matcher.extract.signs import DEFAULT_SIGNS
from matcher.taxonomy import Taxonomy, load_starter, load_taxonomy


class Split(StrEnum):
    """Which texts are judged. Values of the two are never mixed."""

    DEVELOPMENT = "development"
    TEST = "test"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class JudgedText:
    """A gold text with its mentions and what an extractor says of it."""

    text: GoldText
    gold: tuple[GoldMention, ...]
    prediction: Prediction


Values = dict[str, dict[str, float | None]]


def evaluate_skills(
    split: Annotated[Split, typer.Option(help="which texts are judged")] = Split.BOTH,
    list_errors: Annotated[bool, typer.Option("--errors", help="list every error, of the development split")] = False,
    quick: Annotated[bool, typer.Option(help="gold set and pairs, as shipped; check gates.toml")] = False,
    fit_calibration: Annotated[
        bool,
        typer.Option("--fit-calibration", help="fit on the development split, write the file, report nothing else"),
    ] = False,
    calibration: Annotated[Path, typer.Option(help="where the fitted tables are written")] = DEFAULT_CALIBRATION,
    signs: Annotated[Path, typer.Option(help="where the fitted weights of signs are written")] = DEFAULT_SIGNS,
    fit_release: Annotated[
        Path | None, typer.Option(help="fit on what this release finds, without topical names; default: the starter")
    ] = None,
    gold: Annotated[Path, typer.Option(help="folder of the gold set")] = GOLD_FOLDER,
    output: Annotated[Path | None, typer.Option(help="write the report here, too")] = None,
) -> None:
    """Judge the extraction of skills: F1, requirement types, levels, calibration, pairs, SkillSkape, throughput."""
    if list_errors and split is Split.TEST:
        raise typer.BadParameter("errors of the test split are never listed, because it must not be tuned on")
    taxonomy = load_starter()
    if fit_calibration:
        typer.echo(fit_and_write(gold, fit_release, calibration, signs))
        return
    ways = (shipped_way(),) if quick else (NAMES, LINKING)
    built = extractors(taxonomy, ways)
    lines = ["# Skill extraction", "", f"- taxonomy: {taxonomy.version}", *provenance()]
    values: Values = {}
    lines += gold_part(gold, taxonomy, built, split, list_errors, values)
    lines += agreement_part(gold)
    lines += pairs_part(gold / "pairs.tsv", taxonomy, built, split, list_errors, values)
    if not quick:
        lines += skillskape_part(data_folder())
        lines += throughput_part()
    report = "\n".join(lines) + "\n"
    sys.stdout.write(report)
    if output is not None:
        output.write_text(report, encoding="utf-8")
    if quick:
        check_floors(values)


def check_floors(values: Values) -> None:
    """Write every broken floor to standard error.

    Args:
        values: set → metric → value, of the test third and the pairs.

    Raises:
        typer.Exit: with code 1 when a floor does not hold.
    """
    broken = broken_value_floors(read_skill_floors(), values)
    for sentence in broken:
        typer.echo(f"gate: {sentence}", err=True)
    if broken:
        raise typer.Exit(1)


def splits_of(split: Split) -> list[tuple[str, bool]]:
    """(name, whether it is the test third) of what is judged."""
    both = [("test third", True), ("development", False)]
    return both if split is Split.BOTH else [both[0] if split is Split.TEST else both[1]]


def judge(folder: Path, taxonomy: Taxonomy, extractor: SkillExtractor, test: bool) -> list[JudgedText]:
    """All texts of one split with gold mentions and prediction.

    Raises:
        OSError, ValueError: the gold set cannot be read.
        MatcherError: a document cannot be read.
    """
    texts = read_texts(folder)
    gold = read_annotation(folder / "gold.tsv", texts, taxonomy)
    return [
        JudgedText(text, gold.get(text.id, ()), predict(extractor, text))
        for text in texts.values()
        if text.is_test is test
    ]


def missing(folder: Path, *names: str) -> str:
    """Why a part is skipped, "" when nothing is missing."""
    lacking = [name for name in names if not (folder / name).is_file()]
    return f"Skipped: {folder} holds no {' and no '.join(lacking)} yet." if lacking else ""


def outcomes(judged: Iterable[JudgedText], ways: Sequence[FoundBy] = tuple(FoundBy)) -> dict[str, list[Outcome]]:
    """Language of the words → (confidence, right) of claims found in one of some ways."""
    found: dict[str, list[Outcome]] = {language: [] for language in LANGUAGES}
    for item in judged:
        for claim in item.prediction.claims:
            if claim.found_by in ways:
                found[language_of(claim.surface)].append((claim.confidence, is_right(claim, item.gold)))
    return found


def gold_part(
    folder: Path,
    taxonomy: Taxonomy,
    built: dict[str, SkillExtractor],
    split: Split,
    list_errors: bool,
    values: Values,
) -> list[str]:
    """Scores, reliability and, for the development split, errors; fills `values` with the test third as shipped."""
    if reason := missing(folder, "gold.tsv"):
        return ["", "## gold set", "", reason]
    lines: list[str] = []
    for name, test in splits_of(split):
        judged = {way: judge(folder, taxonomy, extractor, test) for way, extractor in built.items()}
        scores = {
            (language, way): score((j.gold, j.prediction) for j in texts if j.text.language == language)
            for language in LANGUAGES
            for way, texts in judged.items()
        }
        lines += ["", f"## {name}", "", *score_tables(scores)]
        for way, texts in judged.items():
            lines += ["", f"### confidence, {name}, {way}", "", *reliability_table(outcomes(texts))]
        if test:
            for language in LANGUAGES:
                found = scores[language, shipped_way()]
                values[language] = {
                    "strict_f1": found.strict_f1,
                    "span_f1": found.span_f1,
                    "id_accuracy": found.id_accuracy,
                    "importance_accuracy": found.importance_accuracy,
                    "level_accuracy": found.level_accuracy,
                    "years_accuracy": found.years_accuracy,
                    "unknown_recall": found.unknown_recall,
                }
        elif list_errors:
            for way, texts in judged.items():
                lines += ["", f"### errors, {name}, {way}", ""]
                lines += [f"- {row}" for j in texts for row in errors(j.text.id, j.gold, j.prediction)]
    return lines


def agreement_part(folder: Path) -> list[str]:
    """Agreement of the two passes by split and language."""
    if reason := missing(folder, "pass-1.tsv", "pass-2.tsv"):
        return ["", "## annotators", "", reason]
    texts = read_texts(folder)
    first, second = (read_annotation(folder / name, texts) for name in ("pass-1.tsv", "pass-2.tsv"))
    found = {
        (name, language): agreement(
            first, second, [t.id for t in texts.values() if t.is_test is test and t.language == language]
        )
        for name, test in splits_of(Split.BOTH)
        for language in LANGUAGES
    }
    return ["", "## annotators: pass 1 against pass 2", "", *agreement_table(found)]


def pairs_part(
    path: Path,
    taxonomy: Taxonomy,
    built: dict[str, SkillExtractor],
    split: Split,
    list_errors: bool,
    values: Values,
) -> list[str]:
    """Share of phrase pairs with one id; fills `values` with that of the test third as shipped."""
    if not path.is_file():
        return ["", "## one skill, one id", "", f"Skipped: no {path}."]
    pairs = read_pairs(path, (skill.id for skill in taxonomy))
    resolved = {way: resolve_pairs(pairs, taxonomy, extractor) for way, extractor in built.items()}
    scores = {
        (name, way): pair_scores([r for r in found if r.pair.is_test is test])
        for name, test in splits_of(split)
        for way, found in resolved.items()
    }
    lines = ["", "## one skill, one id: phrase pairs in Chinese and English", "", *pairs_table(scores)]
    if ("test third", shipped_way()) in scores:
        values["pairs"] = {"same_id": scores["test third", shipped_way()].same}
    if list_errors:
        for way, found in resolved.items():
            lines += ["", f"### pairs apart, development, {way}", ""]
            lines += [f"- {row}" for row in pair_errors(r for r in found if not r.pair.is_test)]
    return lines


def skillskape_part(data: Path) -> list[str]:
    """SkillSkape's development set against ESCO."""
    title = ["", "## SkillSkape, development set (sentence → ESCO skill)", ""]
    folder, esco = data / "bench" / SET_NAME, esco_folder(data)
    if esco is None or not is_ranking_set(folder):
        return [*title, f"Skipped: needs {folder} and {data / 'taxonomy'}/esco-v* (set SKILLMATCH_DATA)."]
    ranking_set, taxonomy = read_ranking_set(folder), load_taxonomy(esco)
    by_names = extractors(taxonomy, (NAMES,))[NAMES]
    links = linker(taxonomy)
    ranked = {way: score_rankings(ranking_set, by_names, link) for way, link in ((NAMES, None), (LINKING, links))}
    returned = {
        way: score_returned(returned_by(extractor, ranking_set), ranking_set)
        for way, extractor in ((NAMES, by_names), (LINKING, by_names.with_linker(links)))
    }
    return [*title, *skillskape_tables(ranked, returned, len(ranking_set.queries))]


def throughput_part() -> list[str]:
    """Documents per second by names and with linking, on one core and on two."""
    rates = [measure(way, processes) for way in (NAMES, LINKING) for processes in (1, 2)]
    load = os.getloadavg()[0]
    note = f"Load of the machine at the end, average of one minute: {load:.1f}; other work on it lowers the rates."
    return ["", "## throughput", "", *throughput_table(rates), "", note]


def fit_and_write(folder: Path, release: Path | None, calibration: Path, signs: Path) -> str:
    """Fit weights of signs and calibration tables on the development split, write both, and say on how many claims they rest.

    Names that were written with the development texts in view look surer there than they are. `release` is one from before
    they were written: its claims show how a name fares in a text that nobody had read when it was made. Tables are fitted on
    confidences from weights of other texts.

    Raises:
        typer.Exit: with code 1 when there is no gold set to fit on.
        OSError: a file cannot be written.
        MatcherError: the release cannot be loaded.
    """
    if reason := missing(folder, "gold.tsv"):
        typer.echo(reason, err=True)
        raise typer.Exit(1)
    found = examples_by_texts(folder, release)
    raw = cross_fitted(found)
    rows: dict[tuple[str, FoundBy], list[Outcome]] = {(language, FoundBy.ALIAS): [] for language in LANGUAGES}
    for value, example in zip(raw, found, strict=True):
        rows[example.language, FoundBy.ALIAS].append((value, example.right))
    tables = {key: fit_table(outcomes) for key, outcomes in rows.items()}
    calibration.write_text(calibration_toml(tables, {key: len(o) for key, o in rows.items()}), encoding="utf-8")
    signs.write_text(signs_toml(fit(found), len(found)), encoding="utf-8")
    lines = [f"- {language} {way}: {len(outcomes)} claims" for (language, way), outcomes in rows.items()]
    loss = log_loss(raw, found)
    lines.append(f"- log loss on texts that were not fitted on: {'–' if loss is None else f'{loss:.3f}'} nats")
    return "\n".join(
        [f"Wrote {calibration} and {signs}; a table of fewer than {MIN_CLAIMS} claims is the identity.", *lines]
    )


def examples_by_texts(folder: Path, release: Path | None) -> list[Example]:
    """Claims by name in the development texts, with their signs and outcomes.

    Args:
        folder: of the gold set.
        release: taxonomy whose names are looked for, without topical ones; None: the starter with them.
    """
    recorder = Recorder()
    with tempfile.TemporaryDirectory() as temporary:
        identity, no_names = Path(temporary) / "identity.toml", Path(temporary) / "none.csv"
        identity.write_text(calibration_toml({}, {}), encoding="utf-8")
        no_names.write_text("fields,skill,names_zh,names_en\n", encoding="utf-8")
        config = ExtractConfig(calibration=identity, min_confidence=0.0)
        if release is not None:
            config = ExtractConfig(calibration=identity, min_confidence=0.0, topical_names=no_names)
        taxonomy = load_starter() if release is None else load_taxonomy(release)
        extractor = SkillExtractor(taxonomy, config).with_signs(recorder)
    texts = read_texts(folder)
    gold = read_annotation(folder / "gold.tsv", texts)
    found = []
    for text in texts.values():
        if not text.is_test:
            recorder.forget()
            for claim in predict(extractor, text).claims:
                language, values = recorder.signs_behind(claim.confidence)
                found.append(Example(text.id, language, values, is_right(claim, gold.get(text.id, ()))))
    return found
