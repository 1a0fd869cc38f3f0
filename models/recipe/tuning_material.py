"""What tuning trains on: titles in every language, skills with their sentences, courses, and sentence pairs against forgetting.

What enters: ESCO, the starter taxonomy, composed titles, our example sentences, the shared corpus and the parallel text. What
leaves: ``TuningBatch``es of one kind each, drawn anew for every step; titles and skills know the row of their reference.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.extract import SkillExtractor
from matcher.taxonomy import load_starter
from models.recipe.domain_pairs import near_concepts, read_text_pairs
from models.recipe.examples import NO_CONCEPT, NO_TEACHER, IntArray
from models.recipe.places import data_root
from models.recipe.sources import (
    DICTIONARY_SOURCES,
    Concept,
    read_concepts,
    read_parallel,
    read_skill_sentences,
    read_starter_concepts,
)
from models.recipe.static_start import FloatArray
from models.recipe.title_grammar import composed_titles
from models.recipe.tuning_reference import reference_vectors
from models.recipe.tuning_sources import FRAMES, plain_forms, read_broader, starter_occupations

N_COMPOSED = 7_000
TITLE_LABELS, SKILL_LABELS = 6, 3  # per language: every text costs a reference
# German and French titles are what the start is weakest at; English is what it must not lose.
LANGUAGE_WEIGHT = {"de": 0.3, "fr": 0.27, "zh": 0.2, "en": 0.18, "es": 0.05}
CLUSTERED_SHARE = 0.5
FRAMED_SHARE = 0.3
# Titles carry these marks in practice, and they mean nothing.
_GENDER_MARKS = {"de": (" (m/w/d)", " (w/m/d)"), "fr": (" (H/F)", " H/F")}
_MARKED_SHARE = 0.06
LABEL_DRAWS = 3


@dataclass(frozen=True)
class TuningBatch:
    """Pairs of texts that belong together.

    Attributes:
        kind: As it stands in the log.
        left, right: n texts each, row-aligned.
        left_reference, right_reference: (n,) int64 rows of the reference, or ``NO_TEACHER``.
        concept: (n,) int64; equal numbers ≥ 0 are never each other's negatives.
    """

    kind: str
    left: list[str]
    right: list[str]
    left_reference: IntArray
    right_reference: IntArray
    concept: IntArray


@dataclass(frozen=True)
class Pool:
    """Concepts of one kind, and for each the numbers of its nearest ones: (n, ``NEIGHBOURS``) int64."""

    concepts: list[Concept]
    near: IntArray

    def draw(self, size: int, generator: np.random.Generator) -> IntArray:
        """Return ``size`` different numbers (all of a smaller pool): half of the time clusters of neighbours, else any."""
        size = min(size, len(self.concepts))
        if generator.random() >= CLUSTERED_SHARE:
            return generator.choice(len(self.concepts), size, replace=False)
        seeds = generator.choice(len(self.concepts), size, replace=False)
        clusters = np.hstack([seeds[:, None], self.near[seeds]]).ravel()
        return np.asarray(list(dict.fromkeys(clusters.tolist()))[:size], dtype=np.int64)


@dataclass(frozen=True)
class FixedPair:
    """Two texts that belong together; ``concept`` as in ``TuningBatch``."""

    left: str
    right: str
    concept: int = NO_CONCEPT


@dataclass(frozen=True)
class TuningMaterial:
    """All that tuning reads; ``reference`` is (n, 640) float32, rows unit length, ``reference_row`` maps texts to its rows."""

    reference: FloatArray
    reference_row: dict[str, int]
    titles: Pool
    skills: Pool
    sentences: dict[str, tuple[str, str]]
    fixed: dict[str, list[FixedPair]]


def _reference_texts(titles: list[Concept], skills: list[Concept], sentences: dict[str, tuple[str, str]]) -> list[str]:
    texts = {text for concept in (*titles, *skills) for text in concept.labels.get("en", ())}
    for pair in sentences.values():
        texts.update(pair)
    return sorted(texts)


def _pool(concepts: list[Concept], reference: FloatArray, row_by_text: dict[str, int]) -> Pool:
    vectors = reference[[row_by_text[concept.labels["en"][0]] for concept in concepts]]
    return Pool(concepts, near_concepts(vectors))


def _fixed(skills: list[Concept]) -> dict[str, list[FixedPair]]:
    root = data_root()
    fixed: dict[str, list[FixedPair]] = {}
    for pair in read_parallel(root)[0]:
        if pair.source not in DICTIONARY_SOURCES and pair.source != "esco-labels" and len(pair.english) < 160:
            fixed.setdefault(f"sentences-{pair.language}", []).append(FixedPair(pair.english, pair.translation))
    broader = read_broader(root)
    number: dict[str, int] = {}
    for concept in skills:
        for label in broader.get(concept.uri, ()):
            text = f"{concept.labels['en'][0]}. {concept.description}"
            fixed.setdefault("broader", []).append(FixedPair(label, text, number.setdefault(label, len(number))))
        if concept.description:
            fixed.setdefault("description", []).append(FixedPair(concept.labels["en"][0], concept.description))
    starter = [concept for concept in skills if concept.kind == "starter"]
    for found in read_text_pairs(root, starter, 7, SkillExtractor(load_starter())):
        kind = "course-title" if found.concept == NO_CONCEPT else "passage"
        concept_number = found.document if found.concept == NO_CONCEPT else found.concept
        fixed.setdefault(kind, []).append(FixedPair(found.label, found.text, concept_number))
    return fixed


def load_tuning_material() -> TuningMaterial:
    """Read the sources and compute (or read back) the reference.

    Raises:
        OSError: When the shared data or a shipped encoder is missing.
    """
    concepts = read_concepts(data_root())[0]
    occupations = [c for c in concepts if c.kind == "occupation"] + starter_occupations()
    titles = [
        plain_forms(c, TITLE_LABELS) for c in (*occupations, *composed_titles(N_COMPOSED, seed=7)) if c.labels.get("en")
    ]
    skills = [*(c for c in concepts if c.kind != "occupation"), *read_starter_concepts()]
    skills = [plain_forms(c, SKILL_LABELS) for c in skills if c.labels.get("en")]
    known = {concept.uri for concept in skills}
    sentences = {uri: pair for uri, pair in read_skill_sentences().items() if uri in known}
    texts = _reference_texts(titles, skills, sentences)
    reference = reference_vectors(texts).astype(np.float32)
    row_by_text = {text: row for row, text in enumerate(texts)}
    title_pool, skill_pool = (_pool(group, reference, row_by_text) for group in (titles, skills))
    return TuningMaterial(reference, row_by_text, title_pool, skill_pool, sentences, _fixed(skills))


class Drawer:
    """Draws batches; a function of the material and the generator's state alone."""

    def __init__(self, material: TuningMaterial) -> None:
        self._material = material
        self._with_sentence = {
            number for number, concept in enumerate(material.skills.concepts) if concept.uri in material.sentences
        }

    def draw(self, kind: str, size: int, generator: np.random.Generator) -> TuningBatch:
        """Return about ``size`` pairs of a kind: ``title``, ``skill``, ``sentence``, or a name of the fixed ones.

        Raises:
            KeyError: When the kind is unknown.
        """
        if kind == "title":
            return self._labels(kind, self._material.titles, size, generator)
        if kind == "skill":
            return self._labels(kind, self._material.skills, size, generator)
        if kind == "sentence":
            return self._sentences(size, generator)
        pairs = self._material.fixed[kind]
        chosen = [pairs[place] for place in generator.choice(len(pairs), size, replace=False)]
        nothing = np.full(size, NO_TEACHER)
        concept = np.asarray([pair.concept for pair in chosen])
        return TuningBatch(kind, [p.left for p in chosen], [p.right for p in chosen], nothing, nothing, concept)

    def _label(self, concept: Concept, generator: np.random.Generator) -> tuple[str, str]:
        languages = list(concept.labels)
        weights = np.asarray([LANGUAGE_WEIGHT[language] for language in languages])
        language = languages[generator.choice(len(languages), p=weights / weights.sum())]
        forms = concept.labels[language]
        return language, forms[generator.integers(len(forms))]

    def _row(self, concept: Concept, language: str, label: str) -> int:
        """The reference of an English label is its own, that of any other language the preferred English one's."""
        return self._material.reference_row[label if language == "en" else concept.labels["en"][0]]

    def _labels(self, kind: str, pool: Pool, size: int, generator: np.random.Generator) -> TuningBatch:
        numbers = pool.draw(size, generator)
        sides: tuple[list[str], list[str]] = ([], [])
        rows: tuple[list[int], list[int]] = ([], [])
        for number in numbers:
            drawn = [self._label(pool.concepts[number], generator) for _ in range(LABEL_DRAWS)]
            # the first label, and the first that differs from it; a concept of one label stands for itself
            for texts, references, (language, label) in zip(
                sides, rows, (drawn[0], next((d for d in drawn if d != drawn[0]), drawn[0])), strict=True
            ):
                references.append(self._row(pool.concepts[number], language, label))
                marks = _GENDER_MARKS.get(language) if kind == "title" and generator.random() < _MARKED_SHARE else None
                texts.append(label + (marks[generator.integers(len(marks))] if marks else ""))
        return TuningBatch(kind, *sides, np.asarray(rows[0]), np.asarray(rows[1]), numbers)

    def _sentences(self, size: int, generator: np.random.Generator) -> TuningBatch:
        pool = self._material.skills
        numbers = np.asarray([n for n in pool.draw(size * 2, generator) if n in self._with_sentence][:size])
        left, right = [], []
        rows: tuple[list[int], list[int]] = ([], [])
        for number in numbers:
            concept = pool.concepts[number]
            language, label = self._label(concept, generator)
            left.append(label)
            rows[0].append(self._row(concept, language, label))
            if generator.random() < FRAMED_SHARE:
                language, inner = self._label(concept, generator)
                frames = FRAMES[language]
                right.append(frames[generator.integers(len(frames))].format(inner))
                rows[1].append(self._row(concept, language, inner))
            else:
                right.append(self._material.sentences[concept.uri][int(generator.random() < 0.35)])
                rows[1].append(self._material.reference_row[right[-1]])
        return TuningBatch("sentence", left, right, np.asarray(rows[0]), np.asarray(rows[1]), numbers)
