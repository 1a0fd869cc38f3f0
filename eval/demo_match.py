"""The demo corpus with its relevance judgements, as pairs that a ranking can be judged on.

Enters: `demo/corpus` and `eval/gold/demo-match/*.tsv` (query, document, grade 0–3; what is not listed counts 0). Each file
judges the documents of some fields only, so a query is ranked against the documents that its own file names. A third of the
queries, told by a hash of the name, is the test split: never tuned on.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matcher.config import load_settings
from matcher.domain.document import Kind, RawDocument
from matcher.engine import Engine
from matcher.errors import InvalidDocument
from matcher.ingest import RecordError, read_path
from matcher.match.score import Side, part_values
from matcher.records import ImportItem

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "demo" / "corpus"
GOLD = ROOT / "eval" / "gold" / "demo-match"
DIRECTIONS = ((Kind.POSTING, Kind.CANDIDATE), (Kind.POSTING, Kind.COURSE), (Kind.CANDIDATE, Kind.COURSE))
BATCH = 64


@dataclass(frozen=True, slots=True, eq=False)
class JudgedQuery:
    """One query against its pool.

    Attributes:
        name: resource name of the query.
        direction: (kind of the query, kind of the documents).
        documents: (n,) names, ascending.
        grades: (n,) float64, 0–3.
        parts: (n, N_PARTS) float32 part values, NaN where undefined.
        is_test: whether it belongs to the test split.
    """

    name: str
    direction: tuple[Kind, Kind]
    documents: list[str]
    grades: NDArray[np.float64]
    parts: NDArray[np.float32]
    is_test: bool


def language_of(name: str) -> str:
    """`zh`, `en` or `mix`, as the id says."""
    return name.split("-")[-2]


def is_test(query: str) -> bool:
    """Whether a query belongs to the test third."""
    return hashlib.sha256(query.encode()).digest()[0] % 3 == 0


def kind_of(name: str) -> Kind:
    """Kind of a resource name."""
    return Kind(name.partition("/")[0].removesuffix("s"))


@contextmanager
def demo_engine(
    model: str | None = None, weights: Path | None = None, folders: Sequence[Path] = (CORPUS,)
) -> Iterator[Engine]:
    """An engine over a temporary store that holds the demo corpus.

    Args:
        model: registry id or folder to embed with; None: the configured one.
        weights: score weights file; None: the configured one.
        folders: whose documents it holds.

    Raises:
        MatcherError: a demo document cannot be read, or model or weights cannot be loaded.
    """
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings()
        store = settings.store.model_copy(update={"path": Path(folder) / "demo.db"})
        embed = settings.embed if model is None else settings.embed.model_copy(update={"model": model})
        match = settings.match if weights is None else settings.match.model_copy(update={"weights": weights})
        engine = Engine(settings.model_copy(update={"store": store, "embed": embed, "match": match}))
        engine.load()
        raws = [raw for folder in folders for raw in _documents(folder)]
        for start in range(0, len(raws), BATCH):
            for result in engine.import_documents([ImportItem(raw) for raw in raws[start : start + BATCH]]):
                if result.error is not None:
                    raise result.error
        try:
            yield engine
        finally:
            engine.close()


def judged_queries(engine: Engine) -> list[JudgedQuery]:
    """All judged queries with the part values that the service's own scoring gives."""
    found = []
    for path in sorted(GOLD.glob("*.tsv")):
        grades = grades_of(path)
        pool_names = sorted({d for by_document in grades.values() for d in by_document} | set(grades))
        for query, by_document in sorted(grades.items()):
            for direction in DIRECTIONS:
                names = [n for n in pool_names if kind_of(n) is direction[1]]
                if kind_of(query) is direction[0] and any(by_document.get(n, 0) for n in names):
                    found.append(judged(engine, query, direction, names, by_document, is_test=is_test(query)))
    return found


def judged(
    engine: Engine,
    query: str,
    direction: tuple[Kind, Kind],
    names: list[str],
    by_document: Mapping[str, float],
    *,
    is_test: bool,
) -> JudgedQuery:
    """One query against the documents of these names, with the part values of the service's own scoring."""
    with engine.working_set.reading() as shelves:
        side = _side(engine, query)
        catalog = shelves[direction[1]].catalog
        slot_by_name = {name: slot for slot, name in enumerate(catalog.names)}
        slots = np.array([slot_by_name[n] for n in names], dtype=np.int64)
        parts = part_values(side, catalog.pool(slots), engine.deriver.space, engine.working_set.rarity())
    grades = np.array([by_document.get(n, 0) for n in names], dtype=np.float64)
    return JudgedQuery(query, direction, names, grades, parts, is_test)


def _side(engine: Engine, name: str) -> Side:
    catalog = engine.working_set.shelves[kind_of(name)].catalog
    return catalog.side(catalog.names.index(name))


def grades_of(path: Path) -> dict[str, dict[str, float]]:
    """Query → document → grade of a file of judgements."""
    grades: dict[str, dict[str, float]] = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        query, document, grade = line.split("\t")
        grades.setdefault(query, {})[document] = float(grade)
    return grades


def _documents(folder: Path) -> Iterator[RawDocument]:
    for record in read_path(folder):
        if isinstance(record, RecordError):
            raise InvalidDocument(f"{record.source}: {record.message}")
        yield record.document
