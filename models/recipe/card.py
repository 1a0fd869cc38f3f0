"""Writes the part of a model card that must not be typed by hand: training data with licence and SHA-256."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from models.recipe.packaging import sha256_of
from models.recipe.sources import LANGUAGES

# By source, as data/README.md names them.
LICENCES = {
    "tatoeba": "CC-BY 2.0 FR",
    "python-docs": "CC0",
    "cc-cedict": "CC-BY-SA 4.0",
    "esco-labels": "CC-BY 4.0",
    "esco_multilingual": "CC-BY 4.0",
    "occupationSkillRelations": "CC-BY 4.0",
    "3AM": "3AM captions, see data/README.md",
    "cs-self-learning": "MIT",
    "tldr": "CC-BY 4.0",
    "hf-course": "Apache-2.0",
    "yii2-guide": "BSD",
    "opensource-guide": "CC-BY 4.0",
    "cncf-glossary": "CC-BY 4.0",
    "hsk": "HSK lists, see data/README.md",
    "AZD-for-beginners": "course texts, see data/README.md",
    "Security-101": "course texts, see data/README.md",
    "edgeai-for-beginners": "course texts, see data/README.md",
    "postings-zh": "Apache-2.0 (vocabulary only)",
    "courses-zh-en": "MIT (vocabulary only)",
    "courses-en": "MIT (vocabulary only)",
}


def _training_files(root: Path) -> Iterator[Path]:
    for language in LANGUAGES:
        yield from sorted((root / "parallel" / f"en-{language}").glob("*.tsv.gz"))
    yield root / "taxonomy" / "esco_multilingual.jsonl.gz"
    yield from sorted((root / "corpus").glob("*.jsonl.gz"))


def data_table(root: Path) -> str:
    """Return a Markdown table of every file that training reads: path under the data root, licence, SHA-256.

    Raises:
        OSError: When a file cannot be read.
        KeyError: When a source has no licence on record: add it before training on it.
    """
    rows = ["| file | licence | sha256 |", "|---|---|---|"]
    for path in _training_files(root):
        licence = LICENCES[path.name.split(".")[0]]
        rows.append(f"| {path.relative_to(root)} | {licence} | `{sha256_of(path)}` |")
    return "\n".join(rows)
