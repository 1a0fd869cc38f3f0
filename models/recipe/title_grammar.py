"""Job titles in five languages, composed of fields, roles and ranks that were written for this recipe.

What enters: ``titles/*.tsv`` (its README tells who wrote them). What leaves: ``Concept``s of kind ``title`` whose labels say
the same in all languages. German makes one word of field and role (Vertriebsleiter), French joins two by a preposition: a
student that has seen each part in much company reads titles that no list holds.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from models.recipe.sources import Concept

TITLES = Path(__file__).resolve().parent / "titles"
RANKED_SHARE = 0.4
_NO_FIELD = ("head of",)

Row = Mapping[str, str]


def read_rows(name: str) -> list[Row]:
    """Return the rows of one file of ``titles/`` by column.

    Raises:
        OSError: When the file is missing.
        ValueError: When a row has more or fewer cells than the header.
    """
    header, *lines = (TITLES / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    columns = header.split("\t")
    return [dict(zip(columns, line.split("\t"), strict=True)) for line in lines]


def german_compound(prefix: str, role: str) -> str:
    """Return field and role as one word: ``Vertriebs`` + ``leiter`` → ``Vertriebsleiter``, ``IT-`` + ``leiter`` → ``IT-Leiter``."""
    if prefix.endswith("-"):
        return prefix + role[:1].upper() + role[1:]
    return prefix + role


def joined(field: Row, role: Row) -> Row:
    """Return the whole title of a role in a field, with the columns of ``whole.tsv``."""
    feminine = role["fr_feminine"]
    english = f"{role['en']} {field['en']}" if role["en"] in _NO_FIELD else f"{field['en']} {role['en']}"
    return {
        "en": english,
        "zh": field["zh"] + role["zh"],
        "de": german_compound(field["de_prefix"], role["de"]),
        "de_feminine": german_compound(field["de_prefix"], role["de_feminine"]),
        "de_apart": f"{role['de'][:1].upper()}{role['de'][1:]} {field['de']}",
        "fr": f"{role['fr']} {field['fr']}",
        "fr_feminine": f"{feminine} {field['fr']}",
        "es": f"{role['es']} {field['es']}",
    }


def ranked(title: Row, rank: Row) -> Row:
    """Return the title with a rank, in every column that the rank has a form for."""
    feminine = {column for column in title if column.endswith("_feminine")}
    return {
        column: rank[column if column in feminine else column[:2]].replace("{}", text) for column, text in title.items()
    }


def as_concept(number: int, title: Row) -> Concept:
    """Return the title as a concept; German and French have both genders, equal ones once."""
    labels: dict[str, tuple[str, ...]] = {}
    for language, columns in itertools.groupby(sorted(title), key=lambda column: column[:2]):
        labels[language] = tuple(dict.fromkeys(title[column] for column in columns))
    return Concept(f"title:{number}", "title", labels, "")


def _titles(n_composed: int, generator: np.random.Generator) -> Iterator[Row]:
    whole, fields, roles, ranks = (read_rows(name) for name in ("whole", "fields", "roles", "ranks"))
    yield from whole
    for title in whole:
        for place in generator.choice(len(ranks), 2, replace=False):
            yield ranked(title, ranks[place])
    for place in generator.permutation(len(fields) * len(roles))[:n_composed]:
        title = joined(fields[place // len(roles)], roles[place % len(roles)])
        if generator.random() < RANKED_SHARE:
            title = ranked(title, ranks[generator.integers(len(ranks))])
        yield title


def composed_titles(n_composed: int, seed: int) -> list[Concept]:
    """Return all whole titles, two ranked forms of each, and ``n_composed`` titles of field and role, 4 in 10 with a rank.

    Args:
        n_composed: At most fields × roles.
        seed: Of the draw.

    Raises:
        OSError: When a file of ours is missing.
    """
    generator = np.random.default_rng(seed)
    by_english: dict[str, Row] = {}
    for title in _titles(n_composed, generator):
        by_english.setdefault(title["en"], title)
    return [as_concept(number, title) for number, title in enumerate(by_english.values())]
