"""Turns sources into numbered training examples: two texts that mean the same, and the teacher row of each.

What enters: parallel pairs and ESCO concepts. What leaves: ``Examples``, flat integer arrays over one text list, in
groups (one language or one kind of label each), so that the negatives of a batch are of the same kind as its pairs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields

import numpy as np
import numpy.typing as npt

from models.recipe.sources import Concept, Pair

IntArray = npt.NDArray[np.int64]
NO_TEACHER = -1
NO_CONCEPT = -1
KIND_BY_SOURCE = {"cc-cedict": "dictionary", "hsk": "dictionary", "esco-labels": "labels", "code-switched": "switched"}
# Labels drawn per concept and epoch: ESCO concepts have 1 to 60 labels, and a few must not crowd out the many.
PAIRS_PER_CONCEPT = {"occupation": 14, "skill": 6, "starter": 8}


@dataclass(frozen=True)
class Group:
    """Examples of one kind; each array is (n,) int64, row-aligned.

    Attributes:
        name: ``<kind>-<language>``, as it stands in the log.
        left, right: Rows of the text list.
        left_teacher, right_teacher: Rows of the teacher's vectors, or ``NO_TEACHER``.
        concept: Number of what the pair names; two examples with one number are never each other's negatives.
        second: Number of the other thing that a pair of two things names (an occupation and its skill), compared in
            the same way, or ``NO_CONCEPT``.
    """

    name: str
    left: IntArray
    right: IntArray
    left_teacher: IntArray
    right_teacher: IntArray
    concept: IntArray
    second: IntArray

    def take(self, rows: IntArray) -> Group:
        """Return the group with these examples only, in this order."""
        return Group(self.name, *(getattr(self, column.name)[rows] for column in fields(self)[1:]))


@dataclass
class TextList:
    """Numbers texts in order of first appearance."""

    row_by_text: dict[str, int] = field(default_factory=dict)

    def row(self, text: str) -> int:
        """Return the row of the text, a new one when it was not seen before."""
        return self.row_by_text.setdefault(text, len(self.row_by_text))


def group_of(name: str, rows: Sequence[tuple[int, ...]]) -> Group:
    """Return the group of these rows of five (the first columns of ``Group``) or six values."""
    whole = [(*row, NO_CONCEPT)[:6] for row in rows]
    columns = np.asarray(whole, dtype=np.int64).reshape(-1, 6).T
    return Group(name, *(np.ascontiguousarray(column) for column in columns))


def parallel_groups(pairs: list[Pair], texts: TextList, teacher_rows: dict[str, int]) -> list[Group]:
    """Return one group per language and kind (sentences, switched ones, entries, labels) of the parallel text.

    Raises:
        KeyError: When the teacher has not encoded an English side: its text list is older than the sources.
    """
    rows: dict[str, list[tuple[int, int, int, int, int]]] = {}
    for pair in pairs:
        kind = KIND_BY_SOURCE.get(pair.source, "sentences")
        teacher = teacher_rows[pair.english]
        english = texts.row(pair.english)
        rows.setdefault(f"{kind}-{pair.language}", []).append(
            (english, texts.row(pair.translation), teacher, teacher, english)
        )
    return [group_of(name, rows[name]) for name in sorted(rows)]


def concept_pairs(
    concepts: list[Concept], kind: str, texts: TextList, teacher_rows: dict[str, int], generator: np.random.Generator
) -> Group:
    """Draw pairs of labels of the same concept, in any two languages, for one epoch.

    The first label is drawn over languages first, so that German or French labels are as frequent as English ones.
    """
    rows: list[tuple[int, int, int, int, int]] = []
    for number, concept in enumerate(concepts):
        pool = [(language, label) for language, labels in concept.labels.items() for label in labels]
        if concept.kind != kind or len(pool) < 2 or not concept.labels.get("en"):
            continue
        fallback = teacher_rows.get(concept.labels["en"][0], NO_TEACHER)
        languages = list(concept.labels)
        for _ in range(min(PAIRS_PER_CONCEPT[kind], len(pool))):
            language = languages[generator.integers(len(languages))]
            own = concept.labels[language]
            label = own[generator.integers(len(own))]
            other_language, other = pool[generator.integers(len(pool))]
            if label == other:
                continue
            teachers = [
                teacher_rows.get(text, NO_TEACHER) if spoken == "en" else fallback
                for spoken, text in ((language, label), (other_language, other))
            ]
            rows.append((texts.row(label), texts.row(other), teachers[0], teachers[1], number))
    return group_of(f"concept-{kind}", rows)


def description_pairs(
    concepts: list[Concept], texts: TextList, teacher_rows: dict[str, int], generator: np.random.Generator
) -> Group:
    """Draw one (label in any language, English description) pair per concept, for one epoch."""
    rows: list[tuple[int, int, int, int, int]] = []
    for number, concept in enumerate(concepts):
        if not concept.description or not concept.labels.get("en"):
            continue
        languages = list(concept.labels)
        language = languages[generator.integers(len(languages))]
        label = concept.labels[language][generator.integers(len(concept.labels[language]))]
        fallback = teacher_rows.get(concept.labels["en"][0], NO_TEACHER)
        teacher = teacher_rows.get(label, NO_TEACHER) if language == "en" else fallback
        target = teacher_rows.get(concept.description, NO_TEACHER)
        rows.append((texts.row(label), texts.row(concept.description), teacher, target, number))
    return group_of("concept-description", rows)


def all_label_texts(concepts: list[Concept], texts: TextList) -> None:
    """Number every label and description, so that the text list is complete before the first epoch."""
    for concept in concepts:
        for labels in concept.labels.values():
            for label in labels:
                texts.row(label)
        if concept.description:
            texts.row(concept.description)
