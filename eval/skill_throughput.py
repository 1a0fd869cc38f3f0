"""How many documents of 2,000 characters are searched for skills per second.

Enters: the demo corpus, its texts of one kind and language put one behind another and cut to length, half Chinese, half English.
Leaves: documents per second over one or more processes that work at the same time, each on one core. Reading the documents is not
timed; finding mentions and unknown phrases is. It refuses a corpus too small for the documents asked for.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from eval.demo_match import CORPUS, language_of
from eval.skill_extractors import extractors
from matcher.domain.document import Document, Kind, RawDocument
from matcher.errors import InvalidDocument
from matcher.ingest import RecordError, read_document, read_path
from matcher.taxonomy import load_starter

if TYPE_CHECKING:
    from multiprocessing.synchronize import Barrier

CHARACTERS: Final = 2000
DOCUMENTS: Final = 100
_ROUNDS: Final = 3
_READY_S: Final = 300.0
# One core per process is what is reported; the libraries below numpy would take all.
_ONE_THREAD: Final = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class Rate:
    """Documents per second of a number of processes together.

    `documents_per_s`: by the clock, lowered by other work on the machine. `documents_per_cpu_s`: by the processor time that the
    processes got, summed over them, which is what free cores would give.
    """

    way: str
    processes: int
    documents_per_s: float
    documents_per_cpu_s: float


def measure(way: str, processes: int) -> Rate:
    """The rate of an extractor, the best of three rounds of each process.

    Args:
        way: see `skill_extractors`.
        processes: each builds its own extractor and searches all documents.

    Raises:
        MatcherError: the model or the corpus cannot be read.
        ValueError: the corpus is too small.
    """
    context = multiprocessing.get_context("spawn")
    with (
        _one_thread(),
        ProcessPoolExecutor(processes, context, initializer=_start, initargs=(context.Barrier(processes),)) as pool,
    ):
        seconds = [future.result() for future in [pool.submit(_best_rounds_s, way) for _ in range(processes)]]
    return Rate(way, processes, sum(DOCUMENTS / s for s, _ in seconds), sum(DOCUMENTS / s for _, s in seconds))


def documents(n: int = DOCUMENTS, characters: int = CHARACTERS) -> list[Document]:
    """Documents of equal length from the demo corpus, Chinese and English in turn.

    Raises:
        InvalidDocument: a document cannot be read.
        ValueError: the corpus is too small.
    """
    texts: dict[tuple[str, Kind], list[str]] = {}
    cut: dict[str, list[RawDocument]] = {"zh": [], "en": []}
    for record in read_path(CORPUS):
        if isinstance(record, RecordError):
            raise InvalidDocument(f"{record.source}: {record.message}")
        language = language_of(record.document.id)
        if language in cut:
            # Files come as bytes; what is cut to length below is the text read from them.
            texts.setdefault((language, record.document.kind), []).append(read_document(record.document)[0].text)
    for (language, kind), found in sorted(texts.items()):
        joined = "\n\n".join(found)
        pieces = [joined[at : at + characters] for at in range(0, len(joined) - characters + 1, characters)]
        cut[language] += [RawDocument(kind=kind, id=f"{language}-{i}", text=piece) for i, piece in enumerate(pieces)]
    half = n // 2
    chosen = {language: _spread(raws, half) for language, raws in cut.items()}
    return [
        read_document(raw)[0] for pair in zip_longest(chosen["zh"], chosen["en"]) for raw in pair if raw is not None
    ]


def _spread(raws: list[RawDocument], n: int) -> list[RawDocument]:
    """`n` of a list at even distances, repeated where the list is shorter: a text is not searched faster the second time."""
    if not raws:
        raise ValueError(f"{CORPUS} is too small for documents of this length")
    return [raws[i * len(raws) // n] for i in range(n)]


_barrier: Barrier | None = None


def _start(barrier: Barrier) -> None:
    """Keeps what the processes wait on; it can be handed over at their start only."""
    global _barrier  # noqa: PLW0603 - the one way to give a pool's process something that cannot be sent with a task
    _barrier = barrier


def _best_rounds_s(way: str) -> tuple[float, float]:
    """Seconds of the fastest round over all documents, by the clock and of processor time; begun when all are ready."""
    if _barrier is None:
        raise RuntimeError("runs in a process of `measure` only")
    held = documents()
    extractor = extractors(load_starter(), (way,))[way]
    extractor.extract(held[0])
    _barrier.wait(_READY_S)
    wall_s, cpu_s = [], []
    for _ in range(_ROUNDS):
        started, used = time.perf_counter(), time.process_time()
        for document in held:
            extractor.extract(document)
        wall_s.append(time.perf_counter() - started)
        cpu_s.append(time.process_time() - used)
    return min(wall_s), min(cpu_s)


@contextmanager
def _one_thread() -> Iterator[None]:
    """Processes started meanwhile compute with one thread each."""
    before = {name: os.environ.get(name) for name in _ONE_THREAD}
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
