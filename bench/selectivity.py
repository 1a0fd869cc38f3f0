"""`python -m bench.selectivity`: what a filter costs in recall; prints Markdown.

Enters: 100,000 synthetic documents (see synthetic.py) and filters that 50, 10, 1 and 0.1 % of them pass, through the filter
language, the vector index and retrieval of the service. Leaves, per filter: recall@10 of the vector search against comparing
every allowed row, and of the final ten against scoring every allowed document. One filter cuts across occupations, one keeps
whole occupations and so may leave nothing near the query.
"""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import typer
from numpy.typing import NDArray

from bench.recall import SEED, TOP, recalls
from bench.synthetic import World
from matcher.domain.document import Kind
from matcher.filtering import allowed_slots
from matcher.index.config import IndexConfig
from matcher.match.retrieve import RetrieveConfig
from matcher.match.score import Side
from matcher.working_set import Shelf

SELECTIVITIES = (0.5, 0.1, 0.01, 0.001)


def main(
    n: int = typer.Option(100_000, help="synthetic documents"),
    n_queries: int = typer.Option(20, help="queries per filter"),
    flat_max_rows: int = typer.Option(
        IndexConfig().flat_max_rows, help="beyond: an inverted file, as in a larger service"
    ),
) -> None:
    """Measure and print."""
    world = World(SEED)
    shelf = world.shelf(Kind.POSTING, n, IndexConfig(flat_max_rows=flat_max_rows))
    queries = [world.document(Kind.CANDIDATE).side for _ in range(n_queries)]
    rows = ["| filter | documents | vector recall@10 | final recall@10 |", "|---|---|---|---|"]
    for text in filters(shelf):
        allowed = allowed_slots(shelf, text)
        slots = shelf.catalog.slots_in_use() if allowed is None else allowed
        ((final, _),) = recalls(shelf, queries, world.space, (RetrieveConfig(),), allowed=allowed)
        rows.append(f"| {text or 'none'} | {len(slots)} | {vector_recall(shelf, queries, slots):.3f} | {final:.3f} |")
        typer.echo(rows[-1], err=True)
    index = " ".join(f"{k}={v}" for k, v in shelf.index.parameters.items())
    typer.echo("\n".join([f"`python -m bench.selectivity`, {datetime.now(UTC):%Y-%m-%d}, index: {index}", "", *rows]))


def filters(shelf: Shelf) -> list[str]:
    """No filter, then filters that the wanted shares of the documents pass."""
    occupations = np.sort(shelf.facts.numbers("hours"))[::-1]
    across = [f"salary_min < {share}" for share in SELECTIVITIES]
    whole = [f"hours >= {occupations[int(len(occupations) * share) - 1]:.0f}" for share in SELECTIVITIES]
    return ["", *across, *whole]


def vector_recall(shelf: Shelf, queries: list[Side], slots: NDArray[np.int64]) -> float:
    """Share of the ten true neighbours among the allowed rows that the index finds."""
    ids, bodies = shelf.catalog.row_ids[slots], shelf.catalog.bodies_at(slots)
    k = min(TOP, len(slots))
    kept = 0
    for query in queries:
        true = ids[np.lexsort((ids, -(bodies @ query.body)))[:k]]
        found = shelf.index.search(query.body[None, :], k, None if len(ids) == len(shelf.catalog) else ids).ids[0]
        kept += len(set(true.tolist()) & set(found.tolist()))
    return kept / (k * len(queries))


if __name__ == "__main__":
    typer.run(main)
