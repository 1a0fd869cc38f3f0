"""SkillSkape's development set: English sentences, each with the ESCO skills that it speaks of, mostly without naming them.

Enters: the bench set in BEIR layout and the ESCO taxonomy. Leaves: R@10 and MRR of a ranking of skills (named ones first, the
surest first, then the most alike by embedding, to rank `DEPTH`), and micro precision, recall and F1 of the set of skills that an
extractor returns, over all sentences, those without a skill included. Source: Magron et al. 2024, "JobSkape".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from eval.beir import RankingSet
from eval.metrics import RankingScores, mean_scores
from eval.skill_scores import ratio
from matcher.domain.skill import FoundBy
from matcher.extract import SkillExtractor
from matcher.extract.linking import PhraseLinker

SET_NAME: Final = "skill-linking-en-skillskape-dev"
DEPTH: Final = 100


@dataclass(frozen=True, slots=True)
class ReturnedScores:
    """Micro precision, recall, F1 of returned skills, in [0, 1]; None where nothing was to be measured."""

    precision: float | None
    recall: float | None
    f1: float | None


def esco_folder(data: Path) -> Path | None:
    """The official English folder in the shared data, the last release; None when there is none."""
    found = sorted((data / "taxonomy").glob("esco-v*")) if (data / "taxonomy").is_dir() else []
    return found[-1] if found else None


def skill_id(uri: str) -> str:
    """Our id of an ESCO skill."""
    return f"esco-{uri.rpartition('/')[2]}"


def rank(named: Iterable[str], alike: Iterable[str]) -> list[str]:
    """Skill ids, each once: the named ones in the order given, then the alike ones; `DEPTH` at most."""
    return list(dict.fromkeys([*named, *alike]))[:DEPTH]


def score_rankings(ranking_set: RankingSet, extractor: SkillExtractor, linker: PhraseLinker | None) -> RankingScores:
    """R@10, MRR and the others over sentences with a skill; a skill below `DEPTH` counts as not found.

    Args:
        ranking_set: the sentences and their skills.
        extractor: by names.
        linker: ranks what names do not; None: only names are ranked.

    Raises:
        ValueError: no sentence has a skill.
    """
    rankings = []
    for query, gains in ranking_set.gains.items():
        relevant = {skill_id(uri) for uri in gains}
        mentions = sorted(extractor.extract_text(ranking_set.queries[query]), key=lambda m: -m.confidence)
        named = [m.skill_id for m in mentions if m.found_by is FoundBy.ALIAS]
        alike = linker.nearest([ranking_set.queries[query]], DEPTH)[0] if linker is not None else ()
        ranked = rank(named, [link.skill_id for link in alike])
        rankings.append((np.array([float(id_ in relevant) for id_ in ranked]), np.ones(len(relevant))))
    return mean_scores(rankings)


def score_returned(returned: Mapping[str, set[str]], ranking_set: RankingSet) -> ReturnedScores:
    """How right the returned sets are.

    Args:
        returned: sentence id → ids of returned skills; all sentences.
        ranking_set: the sentences and their skills.
    """
    right = n_returned = n_relevant = 0
    for query in ranking_set.queries:
        relevant = {skill_id(uri) for uri in ranking_set.gains.get(query, {})}
        right += len(relevant & returned[query])
        n_returned += len(returned[query])
        n_relevant += len(relevant)
    return ReturnedScores(ratio(right, n_returned), ratio(right, n_relevant), ratio(2 * right, n_returned + n_relevant))


def returned_by(extractor: SkillExtractor, ranking_set: RankingSet) -> dict[str, set[str]]:
    """Sentence id → ids of the skills that the extractor finds in it."""
    return {query: {m.skill_id for m in extractor.extract_text(text)} for query, text in ranking_set.queries.items()}
