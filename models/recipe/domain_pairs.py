"""In-domain pairs beyond labels: sentences and their skill, occupations and their essential skills, texts and theirs.

What enters: our example sentences, ESCO's relations, and course and posting texts of the shared corpus in which the
starter taxonomy finds skills. What leaves: ``Group``s. In half of the text pairs the words that gave the skill away are
cut, so that the rest of the text has to lead to it.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import regex

from matcher.extract import SkillExtractor
from models.recipe.examples import NO_CONCEPT, NO_TEACHER, Group, IntArray, TextList, group_of
from models.recipe.sources import MAX_CHARACTERS, Concept

ESSENTIAL_PER_OCCUPATION = 8
NEIGHBOURS = 7
_CLAUSE = regex.compile(r"[;；。!！\n]|(?<!\d)\d{1,2}\s*[、.)）]")
_MARKUP = regex.compile(r"[#*`>\[\]]+|\(https?://[^)]*\)|<https?://[^>]*>")


@dataclass(frozen=True)
class TextPair:
    """A text (a posting's clause or a course's description) and what it is about: a skill, or its title.

    ``concept`` is the number of the skill among the concepts, or ``NO_CONCEPT`` for a title; ``document`` numbers texts.
    """

    text: str
    label: str
    concept: int
    document: int


def _label(concept: Concept, generator: np.random.Generator) -> tuple[str, str]:
    languages = list(concept.labels)
    language = languages[generator.integers(len(languages))]
    own = concept.labels[language]
    return language, own[generator.integers(len(own))]


def _teacher(concept: Concept, language: str, label: str, rows: dict[str, int]) -> int:
    english = concept.labels.get("en", ("",))[0]
    return rows.get(label if language == "en" else english, NO_TEACHER)


def sentence_pairs(
    concepts: list[Concept],
    sentences: dict[str, tuple[str, str]],
    texts: TextList,
    teacher_rows: dict[str, int],
    generator: np.random.Generator,
) -> Group:
    """Draw, for each sentence of ours, one label of its skill in any language, for one epoch."""
    rows: list[tuple[int, ...]] = []
    for number, concept in enumerate(concepts):
        for sentence in sentences.get(concept.uri, ()):
            language, label = _label(concept, generator)
            teacher = _teacher(concept, language, label, teacher_rows)
            rows.append((texts.row(label), texts.row(sentence), teacher, NO_TEACHER, number))
    return group_of("concept-sentence", rows)


def essential_pairs(
    concepts: list[Concept],
    essential: dict[int, list[int]],
    texts: TextList,
    teacher_rows: dict[str, int],
    generator: np.random.Generator,
) -> Group:
    """Draw up to ``ESSENTIAL_PER_OCCUPATION`` essential skills per occupation, labels in any language, for one epoch."""
    rows: list[tuple[int, ...]] = []
    for occupation, skills in essential.items():
        for skill in generator.permutation(skills)[:ESSENTIAL_PER_OCCUPATION]:
            sides = [(concepts[number], *_label(concepts[number], generator)) for number in (occupation, int(skill))]
            known = [_teacher(concept, language, label, teacher_rows) for concept, language, label in sides]
            rows.append((texts.row(sides[0][2]), texts.row(sides[1][2]), *known, occupation, int(skill)))
    return group_of("concept-essential", rows)


def _plain(text: str) -> str:
    return " ".join(_MARKUP.sub(" ", text).split())


def _read_texts(root: Path) -> list[tuple[str, list[str]]]:
    """(title or "", passages) of every course and posting; postings are cut into clauses."""
    documents: list[tuple[str, list[str]]] = []
    for name in ("courses-en", "courses-zh-en", "postings-zh"):
        with gzip.open(root / "corpus" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                if name == "postings-zh":
                    clauses = [_plain(clause) for clause in _CLAUSE.split(row["text"])]
                    documents.append(("", [clause[:MAX_CHARACTERS] for clause in clauses if len(clause) >= 8]))
                else:
                    title = row["title"]
                    passages = [row["text"], *([row["text_en"]] if row.get("text_en") else [])]
                    documents.append((title, [f"{title}. {_plain(text)}"[:MAX_CHARACTERS] for text in passages]))
    return documents


def read_text_pairs(root: Path, concepts: list[Concept], seed: int, extractor: SkillExtractor) -> list[TextPair]:
    """Return the pairs of passage and skill, and of course text and title, in file order.

    Args:
        root: The shared data folder.
        concepts: All training concepts, those of the starter taxonomy (URIs ``starter:<id>``) among them.
        seed: Of the draw of labels and of the passages whose giveaway words are cut.
        extractor: Finds the skills of the starter taxonomy.

    Raises:
        OSError: When the corpus cannot be read.
    """
    number_by_uri = {concept.uri: number for number, concept in enumerate(concepts)}
    generator = np.random.default_rng(seed)
    pairs: list[TextPair] = []
    for document, (title, passages) in enumerate(_read_texts(root)):
        for passage in passages:
            if title:
                pairs.append(TextPair(passage.removeprefix(f"{title}. "), title, NO_CONCEPT, document))
            spans: dict[str, list[tuple[int, int]]] = {}
            for mention in extractor.extract_text(passage):
                spans.setdefault(mention.skill_id, []).append((mention.span.start, mention.span.end))
            for skill_id, found in sorted(spans.items()):
                number = number_by_uri[f"starter:{skill_id}"]
                text = passage
                if generator.random() < 0.5:
                    for begin, end in sorted(found, reverse=True):
                        text = f"{text[:begin]} {text[end:]}"
                if len(text.strip()) >= 8:
                    pairs.append(
                        TextPair(" ".join(text.split()), _label(concepts[number], generator)[1], number, document)
                    )
    return pairs


def text_groups(pairs: list[TextPair], texts: TextList) -> list[Group]:
    """Return the groups ``text-skill`` and ``text-title``; none of these texts has a teacher vector."""
    rows: dict[str, list[tuple[int, ...]]] = {"text-skill": [], "text-title": []}
    for pair in pairs:
        name = "text-title" if pair.concept == NO_CONCEPT else "text-skill"
        sides = (texts.row(pair.label), texts.row(pair.text))
        rows[name].append((*sides, NO_TEACHER, NO_TEACHER, pair.concept, pair.document))
    return [group_of(name, found) for name, found in rows.items() if found]


def near_concepts(vectors: np.ndarray) -> IntArray:
    """Return (n, ``NEIGHBOURS``) int64: the nearest other concepts of each, by cosine.

    Args:
        vectors: (n, dim) float32, one row per concept, rows unit length, or zero where nothing is known of the concept:
            it is then its own neighbour.
    """
    near = np.zeros((len(vectors), NEIGHBOURS), dtype=np.int64)
    for start in range(0, len(vectors), 2048):
        block = vectors[start : start + 2048] @ vectors.T
        block[np.arange(len(block)), np.arange(start, start + len(block))] = -2.0
        top = np.argpartition(-block, NEIGHBOURS, axis=1)[:, :NEIGHBOURS]
        near[start : start + len(block)] = top
    unknown = np.flatnonzero(~vectors.any(axis=1))
    near[unknown] = unknown[:, None]
    return near


def mined_order(concept: IntArray, near: IntArray, generator: np.random.Generator) -> IntArray:
    """Return an order of the examples in which an example is followed by unused ones of its nearest concepts.

    A batch cut from this order holds hard negatives: the skills that are easily confused stand against each other.

    Args:
        concept: (n,) int64 numbers of the examples' concepts.
        near: From ``near_concepts``.
        generator: Of the order in which clusters are opened.
    """
    waiting: dict[int, list[int]] = {}
    for row in generator.permutation(len(concept)):
        waiting.setdefault(int(concept[row]), []).append(int(row))
    order: list[int] = []
    used = np.zeros(len(concept), dtype=bool)
    for row in generator.permutation(len(concept)):
        if used[row]:
            continue
        order.append(int(row))
        used[row] = True
        for neighbour in near[concept[row]]:
            rows = waiting.get(int(neighbour), [])
            while rows and used[rows[-1]]:
                rows.pop()
            if rows:
                order.append(rows.pop())
                used[order[-1]] = True
    return np.asarray(order, dtype=np.int64)
