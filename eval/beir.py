"""Reads a ranking set in BEIR layout: ``corpus.jsonl``, ``queries.jsonl``, ``qrels.tsv``, plain or gzip.

What enters: a folder. What leaves: a ``RankingSet``. It refuses missing files, rows without ``_id`` and ``text``,
and relevance judgements that name an unknown query or corpus item: a set half read would give figures that look right.
"""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast


@dataclass(frozen=True)
class RankingSet:
    """Queries, corpus and judgements; texts are keyed by id in file order, ``gains[query][item]`` is > 0."""

    name: str
    corpus: dict[str, str]
    queries: dict[str, str]
    gains: dict[str, dict[str, float]]

    @property
    def language(self) -> str:
        """The language of the queries: the first BCP-47 tag among the parts of the name, ``en`` when there is none."""
        for part in self.name.split("-"):
            if part in {"zh", "en", "de", "fr", "es"}:
                return part
        return "en"


def _open(folder: Path, name: str) -> IO[str]:
    for path in (folder / name, folder / f"{name}.gz"):
        if path.exists():
            return cast(
                IO[str],
                gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8"),
            )
    raise FileNotFoundError(f"{folder}: neither {name} nor {name}.gz")


def _texts(folder: Path, name: str) -> Iterator[tuple[str, str]]:
    with _open(folder, name) as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            row = json.loads(line)
            if "_id" not in row or "text" not in row:
                raise ValueError(f"{folder / name}, line {number}: needs _id and text")
            title = row.get("title") or ""
            yield str(row["_id"]), f"{title} {row['text']}".strip()


def is_ranking_set(folder: Path) -> bool:
    """Return whether the folder holds the three files of the BEIR layout."""
    names = ("corpus.jsonl", "queries.jsonl", "qrels.tsv")
    return all((folder / name).exists() or (folder / f"{name}.gz").exists() for name in names)


def read_ranking_set(folder: Path) -> RankingSet:
    """Read one set.

    Raises:
        FileNotFoundError: When a file of the layout is missing.
        ValueError: When a row lacks a field or a judgement names an unknown id.
    """
    corpus = dict(_texts(folder, "corpus.jsonl"))
    queries = dict(_texts(folder, "queries.jsonl"))
    gains: dict[str, dict[str, float]] = {}
    with _open(folder, "qrels.tsv") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows, None)
        for number, row in enumerate(rows, start=2):
            query, item, gain = row[0], row[1], float(row[2])
            if query not in queries or item not in corpus:
                raise ValueError(f"{folder / 'qrels.tsv'}, line {number}: unknown id in {row[:2]}")
            if gain > 0:
                gains.setdefault(query, {})[item] = gain
    return RankingSet(folder.name, corpus, queries, gains)
