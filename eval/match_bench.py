"""`python -m eval match --bench`: public ranking sets through the service's own Match, not the bare encoder.

Enters: the sets of `../shared/data/bench` (or the folder named by SKILLMATCH_DATA). Their items are imported as postings whose
text is the item, and each query is matched with them: a title as a posting, a course description as a course. Leaves: MAP,
nDCG@10 and R@10 of the best 200, which is as far as Match can be paged; what is not among them counts as not found. Skills are
extracted, parts weighed and documents retrieved as for any other document.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from eval.beir import RankingSet, read_ranking_set
from eval.metrics import RankingScores, mean_scores
from matcher.config import load_settings
from matcher.domain.document import Kind, RawDocument
from matcher.engine import Engine
from matcher.records import ImportItem, MatchQuery

ROOT = Path(__file__).resolve().parents[1]
BENCH = Path(os.environ.get("SKILLMATCH_DATA", ROOT.parent / "shared" / "data")) / "bench"
KIND_BY_SET = {
    "title-similarity-en": Kind.POSTING,
    "title-similarity-zh-dev": Kind.POSTING,
    "title-similarity-de": Kind.POSTING,
    "title-similarity-fr": Kind.POSTING,
    "course-skills-en-dev": Kind.COURSE,
}
BATCH = 256
PAGE = 100


def bench_report(model: str | None = None) -> str:
    """One row per set."""
    rows = ["## Public sets through Match", "", "| set | queries | MAP | nDCG@10 | R@10 |", "|---|---|---|---|---|"]
    for name, kind in KIND_BY_SET.items():
        if not (BENCH / name).is_dir():
            rows.append(f"| {name} | not at {BENCH} | | | |")
            continue
        ranking_set = read_ranking_set(BENCH / name)
        with engine_of(ranking_set, model) as engine:
            scores = scores_of(engine, ranking_set, kind)
        rows.append(
            f"| {name} | {len(ranking_set.gains)} | {scores.mean_average_precision:.3f} | {scores.ndcg_at_10:.3f} "
            f"| {scores.recall_at_10:.3f} |"
        )
    return "\n".join(rows)


@contextmanager
def engine_of(ranking_set: RankingSet, model: str | None) -> Iterator[Engine]:
    """An engine over a temporary store that holds the items of a set as postings, by their number in the file.

    Raises:
        MatcherError: an item is refused.
    """
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings()
        store = settings.store.model_copy(update={"path": Path(folder) / "bench.db"})
        embed = settings.embed if model is None else settings.embed.model_copy(update={"model": model})
        decisions = settings.decisions.model_copy(update={"enabled": False})
        engine = Engine(settings.model_copy(update={"store": store, "embed": embed, "decisions": decisions}))
        engine.load()
        items = [
            ImportItem(RawDocument(Kind.POSTING, f"item-{number}", title=text[:200], text=text))
            for number, text in enumerate(ranking_set.corpus.values())
        ]
        for start in range(0, len(items), BATCH):
            for result in engine.import_documents(items[start : start + BATCH]):
                if result.error is not None:
                    raise result.error
        try:
            yield engine
        finally:
            engine.close()


def scores_of(engine: Engine, ranking_set: RankingSet, kind: Kind) -> RankingScores:
    """Scores of the judged queries; an item that Match does not return is not found."""
    name_by_item = {item: f"postings/item-{number}" for number, item in enumerate(ranking_set.corpus)}
    rankings = []
    for query, gains in ranking_set.gains.items():
        gain_by_name = {name_by_item[item]: gain for item, gain in gains.items()}
        found = [gain_by_name.get(name, 0.0) for name in best_of(engine, ranking_set.queries[query], kind)]
        rankings.append((np.array(found), np.array(list(gain_by_name.values()))))
    return mean_scores(rankings)


def best_of(engine: Engine, text: str, kind: Kind) -> list[str]:
    """Names of the best 200 postings for a text."""
    raw = RawDocument(
        kind, title=text.split(". ", maxsplit=1)[0][:200] if kind is Kind.COURSE else text[:200], text=text
    )
    names: list[str] = []
    token = ""
    while True:
        query = MatchQuery(raw, Kind.POSTING, page_size=PAGE, page_token=token, with_evidence=False)
        page = engine.match(query)
        names += [match.name for match in page.matches]
        token = page.next_page_token
        if not token:
            return names
