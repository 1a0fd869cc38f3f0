"""What tuning reads beside the sources of the other steps: titles in single forms, starter occupations, broader skills, frames.

What enters: ESCO, the starter taxonomy and the composed titles. What leaves: ``Concept``s, and the texts that go with them.
"""

from __future__ import annotations

import csv
import gzip
import io
from dataclasses import replace
from pathlib import Path

from matcher.taxonomy import load_starter
from models.recipe.sources import Concept

# Sentences of postings around a skill, written for this recipe: they say nothing about which skill it is.
FRAMES = {
    "en": (
        "We are looking for someone who can {}.",
        "You will {} as part of a small team.",
        "Proven ability to {} is required for this position.",
        "The ideal candidate has several years of practice in {}.",
        "Your tasks: {} and report on the results.",
        "Solid knowledge of {} is a must.",
        "Experience with {} would be an advantage.",
        "In this role you {} every day and keep improving how it is done.",
        "Our team needs a colleague with a strong background in {} and excellent attention to detail.",
        "A successful applicant shows that they can {}, also under time pressure.",
        "Must be familiar with {}.",
        "Responsibilities include: {}.",
    ),
    "zh": (
        "熟悉{}。",
        "负责{}相关工作。",
        "具备较强的{}能力。",
        "有{}经验者优先。",
        "能够独立完成{}。",
        "掌握{}的基本方法，工作认真负责。",
        "参与{}，并按时提交结果。",
        "三年以上{}工作经验，有团队合作精神。",
    ),
    "de": ("Sie bringen Erfahrung in {} mit.", "Kenntnisse: {}.", "Ihre Aufgabe: {}."),
    "fr": ("Vous maîtrisez : {}.", "Expérience souhaitée : {}.", "Vos missions : {}."),
    "es": ("Se requiere experiencia en {}.", "Funciones: {}.", "Conocimientos de {}."),
}


def plain_forms(concept: Concept, n_labels: int) -> Concept:
    """Return the concept with ``n_labels`` a language at most, none of two genders (``Koch/Köchin``) where others exist."""
    labels = {}
    for language, forms in concept.labels.items():
        single = tuple(form for form in forms if "/" not in form)
        labels[language] = (single or forms)[:n_labels]
    return replace(concept, labels=labels)


def starter_occupations() -> list[Concept]:
    """Return the occupations of the starter taxonomy with their Chinese and English titles."""
    return [
        Concept(
            f"starter-occupation:{occupation.id}",
            "occupation",
            {
                language: (label, *(form.lstrip("=") for form in occupation.aliases.get(language, ())))
                for language, label in occupation.labels.items()
            },
            "",
        )
        for occupation in load_starter().occupations
    ]


def read_broader(root: Path) -> dict[str, tuple[str, ...]]:
    """Return the English labels of the groups and skills that each ESCO skill stands under, by its URI.

    Raises:
        OSError: When a file cannot be read.
    """
    folder = root / "taxonomy" / "esco-v1.1.1"

    def rows(name: str) -> list[dict[str, str]]:
        with gzip.open(folder / f"{name}.csv.gz", "rb") as packed:
            return list(csv.DictReader(io.TextIOWrapper(packed, encoding="utf-8")))

    label = {row["conceptUri"]: row["preferredLabel"] for name in ("skillGroups_en", "skills_en") for row in rows(name)}
    found: dict[str, tuple[str, ...]] = {}
    for row in rows("broaderRelationsSkillPillar"):
        if row["conceptUri"] in label and row["broaderUri"] in label:
            found[row["conceptUri"]] = (*found.get(row["conceptUri"], ()), label[row["broaderUri"]])
    return found
