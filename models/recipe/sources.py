"""Reads the parallel text and the ESCO taxonomy from the shared data folder.

What enters: ``parallel/en-*/*.tsv.gz`` and ``taxonomy/``. What leaves: plain tuples and dataclasses, cleaned of
white space runs. Nothing of ``bench/`` is read here: the bench sets are never training data.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from matcher.taxonomy import load_starter
from models.recipe.holdout import is_held_out_concept, is_held_out_sentence, normal_form
from models.recipe.places import REPOSITORY

LANGUAGES = ("zh", "de", "fr", "es")
# Entries, not sentences: a headword and its glosses.
DICTIONARY_SOURCES = frozenset({"cc-cedict", "hsk"})
MAX_CHARACTERS = 600
# Written for this project: ESCO has no Chinese labels.
CHINESE_LABELS = REPOSITORY / "matcher" / "taxonomy" / "esco_zh"
SENTENCES = REPOSITORY / "models" / "recipe" / "sentences" / "esco-skills.tsv"


@dataclass(frozen=True, slots=True)
class Pair:
    """One English text and its translation; ``language`` is the BCP-47 tag of the translation."""

    english: str
    translation: str
    language: str
    source: str


@dataclass(frozen=True, slots=True)
class Concept:
    """One ESCO skill or occupation, or a skill of the starter taxonomy (kind ``starter``).

    ``labels`` maps a language to its labels, the preferred one first.
    """

    uri: str
    kind: str
    labels: dict[str, tuple[str, ...]]
    description: str


def _clean(text: str) -> str:
    return " ".join(text.split())[:MAX_CHARACTERS]


def read_parallel_file(path: Path, language: str) -> Iterator[Pair]:
    """Yield the pairs of one file; lines without two different non-empty sides are left out.

    Raises:
        OSError: When the file cannot be read.
    """
    source = path.name.split(".")[0]
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as lines:
        for line in lines:
            english, _, translation = line.rstrip("\n").partition("\t")
            english, translation = _clean(english), _clean(translation)
            if english and translation and english != translation:
                yield Pair(english, translation, language, source)


def read_parallel(root: Path) -> tuple[list[Pair], list[Pair]]:
    """Return (training pairs, held-out pairs) over all languages, each pair once, in file order.

    A training pair with a side that also occurs in the held-out split is dropped, as is any pair that holds a label of
    a held-out ESCO concept. Dictionary entries are never held out: a word is what the sentences are made of.

    Raises:
        OSError: When a file cannot be read.
    """
    concept_labels = {
        normal_form(label) for concept in read_concepts(root)[1] for label in concept.labels.get("en", ())
    }
    training: list[Pair] = []
    held_out: list[Pair] = []
    for language in LANGUAGES:
        pairs: dict[tuple[str, str], Pair] = {}
        for path in sorted((root / "parallel" / f"en-{language}").glob("*.tsv.gz")):
            for pair in read_parallel_file(path, language):
                pairs.setdefault((pair.english, pair.translation), pair)
        outside = [
            pair
            for pair in pairs.values()
            if is_held_out_sentence(pair.english) and pair.source not in DICTIONARY_SOURCES
        ]
        unseen = {normal_form(pair.translation) for pair in outside} | {normal_form(pair.english) for pair in outside}
        held_out += outside
        training += [
            pair
            for pair in pairs.values()
            if unseen.isdisjoint((normal_form(pair.english), normal_form(pair.translation)))
            and normal_form(pair.english) not in concept_labels
        ]
    return training, held_out


def read_concepts(root: Path) -> tuple[list[Concept], list[Concept]]:
    """Return (training concepts, held-out concepts) of ESCO in file order, with our Chinese labels.

    Raises:
        OSError: When the taxonomy file cannot be read.
    """
    training: list[Concept] = []
    held_out: list[Concept] = []
    chinese, english = read_chinese_labels()
    with gzip.open(root / "taxonomy" / "esco_multilingual.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            uuid = row["uri"].rpartition("/")[2]
            labels: dict[str, tuple[str, ...]] = {}
            for language in ("en", *LANGUAGES):
                entry = row["labels"].get(language)
                forms = [entry["pref"] or "", *entry["alt"]] if entry else []
                forms += (
                    chinese.get(uuid, ()) if language == "zh" else english.get(uuid, ()) if language == "en" else ()
                )
                kept = tuple(label for label in dict.fromkeys(map(_clean, forms)) if label)
                if kept:
                    labels[language] = kept
            concept = Concept(row["uri"], row["kind"], labels, _clean(row.get("desc_en") or ""))
            (held_out if is_held_out_concept(concept.uri) else training).append(concept)
    return training, held_out


def read_chinese_labels() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Return (Chinese labels, further English job titles) by the UUID of the ESCO concept.

    Raises:
        OSError: When a file of ours is missing.
    """
    chinese: dict[str, tuple[str, ...]] = {}
    english: dict[str, tuple[str, ...]] = {}
    for name in ("occupations.tsv", "skills.tsv"):
        for line in (CHINESE_LABELS / name).read_text(encoding="utf-8").splitlines()[1:]:
            uuid, zh, *rest = line.split("\t")
            chinese[uuid] = tuple(zh.split("|"))
            if rest and rest[0]:
                english[uuid] = tuple(rest[0].split("|"))
    return chinese, english


def read_skill_sentences() -> dict[str, tuple[str, str]]:
    """Return (English sentence, Chinese sentence) that express an ESCO skill, by the skill's URI; written for this recipe.

    Raises:
        OSError: When the file is missing.
    """
    rows = (line.split("\t") for line in SENTENCES.read_text(encoding="utf-8").splitlines()[1:])
    return {f"http://data.europa.eu/esco/skill/{uuid}": (english, chinese) for uuid, english, chinese in rows}


def read_starter_concepts() -> list[Concept]:
    """Return the skills of the starter taxonomy with their labels and aliases in Chinese and English."""
    return [
        Concept(
            f"starter:{skill.id}",
            "starter",
            {
                language: tuple(dict.fromkeys((label, *(form.lstrip("=") for form in skill.aliases.get(language, ())))))
                for language, label in skill.labels.items()
            },
            skill.definitions.get("en", ""),
        )
        for skill in load_starter()
    ]


def read_essential_skills(root: Path) -> list[tuple[str, str]]:
    """Return (occupation URI, skill URI) for every essential relation of ESCO v1.1.1 in file order.

    Raises:
        OSError: When the relation file cannot be read.
    """
    path = root / "taxonomy" / "esco-v1.1.1" / "occupationSkillRelations.csv.gz"
    with gzip.open(path, "rb") as packed:
        rows = csv.DictReader(io.TextIOWrapper(packed, encoding="utf-8"))
        return [(row["occupationUri"], row["skillUri"]) for row in rows if row["relationType"] == "essential"]
