"""`python -m bench.recall`: how much of the best ten of scoring everything retrieval keeps; prints Markdown.

Enters: the demo corpus and 100,000 synthetic documents (see synthetic.py). Leaves: per direction the share of the ten documents
with the highest scores, all features of all documents computed, that are among those retrieved: by the service's
configuration, and by one that retrieves at most 200. Of the demo corpus at most 50 are retrieved, since 200 would be all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import numpy as np
import typer
from numpy.typing import NDArray

from bench.synthetic import World
from eval.demo_match import demo_engine
from matcher.domain.document import Kind
from matcher.full_ranking import rank_all
from matcher.index.config import IndexConfig
from matcher.match.catalog import rarity
from matcher.match.retrieve import RetrieveConfig, retrieve
from matcher.match.score import Side
from matcher.match.skillspace import SkillSpace
from matcher.match.weights import load_weights
from matcher.working_set import Shelf

SEED = 20261130
DIRECTIONS = (
    (Kind.POSTING, Kind.CANDIDATE),
    (Kind.CANDIDATE, Kind.POSTING),
    (Kind.POSTING, Kind.COURSE),
    (Kind.CANDIDATE, Kind.COURSE),
)
TOP = 10
SMALL = RetrieveConfig(dense=50, skills=150, postings=150, pool_size=1)
DEMO = RetrieveConfig(dense=20, skills=30, postings=30, pool_size=1)


def main(
    n: int = typer.Option(100_000, help="synthetic documents"),
    n_queries: int = typer.Option(20, help="queries per direction"),
    flat_max_rows: int = typer.Option(
        IndexConfig().flat_max_rows, help="beyond: an inverted file, as in a larger service"
    ),
) -> None:
    """Measure and print."""
    rows = ["| documents | direction | queries | retrieved | recall of the top 10 |", "|---|---|---|---|---|"]
    rows += demo_rows()
    world = World(SEED)
    for asked, sought in DIRECTIONS:
        shelf = world.shelf(sought, n, IndexConfig(flat_max_rows=flat_max_rows))
        queries = [world.document(asked).side for _ in range(n_queries)]
        for kept, size in recalls(shelf, queries, world.space, (RetrieveConfig(), SMALL)):
            rows.append(f"| {n} synthetic | {asked.value} → {sought.value} | {n_queries} | {size:.0f} | {kept:.3f} |")
            typer.echo(rows[-1], err=True)
    typer.echo("\n".join([f"`python -m bench.recall`, {datetime.now(UTC):%Y-%m-%d}", "", *rows]))


def demo_rows() -> list[str]:
    """Every demo document asks for the others."""
    rows = []
    with demo_engine() as engine, engine.working_set.reading() as shelves:
        for asked, sought in DIRECTIONS:
            catalog = shelves[asked].catalog
            queries = [catalog.side(slot) for slot in catalog.slots_in_use().tolist()]
            weight = engine.working_set.rarity()
            ((kept, size),) = recalls(shelves[sought], queries, engine.deriver.space, (DEMO,), weight)
            documents = f"{len(shelves[sought].catalog)} demo"
            rows.append(f"| {documents} | {asked.value} → {sought.value} | {len(queries)} | {size:.0f} | {kept:.3f} |")
    return rows


def recalls(
    shelf: Shelf,
    queries: list[Side],
    space: SkillSpace,
    configs: Sequence[RetrieveConfig],
    weight: NDArray[np.float32] | None = None,
    allowed: NDArray[np.int64] | None = None,
) -> list[tuple[float, float]]:
    """Per configuration (share of the best ten that is retrieved, mean number of documents retrieved)."""
    if weight is None:
        weight = rarity([shelf.catalog], len(space))
    everyone = shelf.catalog.slots_in_use() if allowed is None else allowed
    neighbours, weights = neighbours_of(shelf), load_weights()
    n_best, kept, sizes = 0, [0] * len(configs), [0] * len(configs)
    for query in queries:
        pair = weights.pair(query.profile.kind, shelf.facts.kind)
        ranking = rank_all(query, shelf, everyone, space, weight, pair)
        best = set(ranking.slots[ranking.order()[:TOP]].tolist())
        n_best += len(best)
        for place, config in enumerate(configs):
            found = retrieve(
                query.profile, query.body, shelf.catalog, allowed, neighbours, space, weight, config, shelf.facts.kind
            )
            kept[place] += len(best & set(found.tolist()))
            sizes[place] += len(found)
    return [(k / n_best, size / len(queries)) for k, size in zip(kept, sizes, strict=True)]


def neighbours_of(shelf: Shelf) -> Callable[[NDArray[np.float32], int, NDArray[np.int64] | None], NDArray[np.int64]]:
    """The search that the service makes."""

    def neighbours(vector: NDArray[np.float32], k: int, ids: NDArray[np.int64] | None) -> NDArray[np.int64]:
        found: NDArray[np.int64] = shelf.index.search(vector[None, :], k, ids).ids[0]
        return found

    return neighbours


if __name__ == "__main__":
    typer.run(main)
