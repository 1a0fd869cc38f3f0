"""Paraphrases → skills by likeness of meaning, with abstention: "给老人做康复训练" → rehabilitation.

Enters: phrases that no name explains, an encoder, and the vectors of all names of the taxonomy. Leaves: per phrase at most a few
skills with their similarity, or none. It abstains below a threshold, and where an unrelated skill is nearly as like. It refuses
an encoder that does not give one vector per text. Only professional and soft skills are linked to: tools, standards, languages
and certificates have names.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from matcher.domain.skill import Skill, SkillKind
from matcher.domain.skill_forms import forms_of
from matcher.errors import InvalidConfig
from matcher.extract.config import LinkingConfig

LINKABLE: Final = frozenset({SkillKind.HARD, SkillKind.SOFT})
# Skills whose single names are looked at; the rest are ruled out by the mean of their names. Of 770 phrases of the demo corpus
# with a similarity of .62 or more, the best skill was among the first 12 by mean for 99.9 % (static encoder, 2026-11-23).
_SHORTLIST: Final = 12
# By how much the similarity to the best skill exceeds that to the best mean: below .205 for 99 % of the same phrases.
_GAP: Final = 0.21


class TextEncoder(Protocol):
    """What the linker needs of a model."""

    def encode(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        """(len(texts), dim) float32, rows of unit length or zero."""
        ...


@dataclass(frozen=True, slots=True)
class Link:
    """A skill that a phrase means. `similarity` in (0, 1]."""

    skill_id: str
    similarity: float


@dataclass(frozen=True, slots=True, eq=False)
class NameVectors:
    """Vectors of the names of all linkable skills.

    `skill_ids`: n skills ascending. `names`: (m, dim) float32, rows of unit length, by skill. `bounds`: (n + 1,) where the names
    of each skill begin. `means`: (n, dim) float32, the mean of a skill's
    names at unit length. `kin`: per skill the numbers of the skills
    broader or narrower than it or beside it.
    """

    skill_ids: tuple[str, ...]
    names: NDArray[np.float32]
    bounds: NDArray[np.int64]
    means: NDArray[np.float32]
    kin: tuple[frozenset[int], ...]


def name_vectors(
    skills: Iterable[Skill],
    taxonomy_version: str,
    encoder: TextEncoder,
    model_id: str,
    cache: Path | None = None,
    kinds: Set[SkillKind] = LINKABLE,
) -> NameVectors:
    """Vectors of the names of a taxonomy.

    Args:
        skills: the taxonomy, by ascending id.
        taxonomy_version: its release and content hash.
        encoder: the model.
        model_id: its name and digest; with the version it names the cached file.
        cache: folder of cached vectors; None: none is read or written.
        kinds: of the skills wanted; those that only head a field (narrower skills, no broader one) are left out.

    Raises:
        InvalidConfig: the taxonomy holds no linkable skill, or the encoder does not give one row per name.
    """
    everything = list(skills)
    above = {broader for skill in everything for broader in skill.broader}
    linkable = [skill for skill in everything if skill.kind in kinds and (skill.broader or skill.id not in above)]
    forms = [[form.text for form in forms_of(skill) if not form.is_exact] for skill in linkable]
    kept = [(skill, names) for skill, names in zip(linkable, forms, strict=True) if names]
    if not kept:
        raise InvalidConfig("the taxonomy holds no skill that a phrase could be linked to", field="extract.linking")
    texts = [name for _, names in kept for name in names]
    bounds = np.cumsum([0, *(len(names) for _, names in kept)])
    names = _cached(texts, encoder, _file(cache, f"{model_id} {taxonomy_version} {sorted(kinds)}"))
    means = np.add.reduceat(names, bounds[:-1], axis=0)
    lengths = np.linalg.norm(means, axis=1, keepdims=True)
    means = np.divide(means, lengths, out=np.zeros_like(means), where=lengths > 0)
    return NameVectors(tuple(s.id for s, _ in kept), names, bounds, means, _kin([s for s, _ in kept]))


class PhraseLinker:
    """Links phrases to skills. Built once; afterwards only read, so threads may share it.

    Args:
        encoder: the model that made `vectors`.
        vectors: of the taxonomy's names.
        config: threshold, margin and how many.
    """

    def __init__(self, encoder: TextEncoder, vectors: NameVectors, config: LinkingConfig) -> None:
        self._encoder = encoder
        self._vectors = vectors
        self._config = config

    def link(self, phrases: Sequence[str]) -> list[tuple[Link, ...]]:
        """Skills that each phrase means, most alike first, ties by id; empty where the linker abstains.

        The similarity is half that to the most alike name and half that to the mean of the skill's names: the first alone takes a
        chance likeness of one name for the skill, the second alone blurs wide skills.
        """
        if not phrases:
            return []
        floor = self._config.threshold - _GAP
        return [self._accepted(row) if row else () for row in self._nearest(phrases, _SHORTLIST, floor)]

    def nearest(self, phrases: Sequence[str], n: int) -> list[tuple[Link, ...]]:
        """The `n` skills most alike to each phrase, without abstention."""
        ids = self._vectors.skill_ids
        return [tuple(Link(ids[i], s) for i, s in row[:n]) for row in self._nearest(phrases, max(n, _SHORTLIST))]

    def _nearest(self, phrases: Sequence[str], n: int, floor: float = -1.0) -> list[list[tuple[int, float]]]:
        """Per phrase (number of skill, similarity), most alike first, ties by number.

        Args:
            phrases: any number.
            n: skills looked at by their single names, per phrase.
            floor: phrases whose best mean is below it are not looked at further and get none.
        """
        if not phrases:
            return []
        v = self._vectors
        encoded = np.asarray(self._encoder.encode(list(phrases)), dtype=np.float32)
        by_mean = encoded @ v.means.T
        n = min(n, by_mean.shape[1])
        found: list[list[tuple[int, float]]] = [[] for _ in phrases]
        kept = np.flatnonzero(by_mean.max(axis=1) >= floor)
        if not len(kept):
            return found
        # ascending numbers, so that a stable sort by similarity leaves ties in their order
        short = np.sort(np.argpartition(-by_mean[kept], n - 1, axis=1)[:, :n], axis=1)
        flat = short.ravel()
        counts = v.bounds[flat + 1] - v.bounds[flat]
        starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
        rows = np.arange(int(counts.sum())) + np.repeat(v.bounds[flat] - starts, counts)
        owners = np.repeat(np.repeat(kept, n), counts)
        by_name = np.maximum.reduceat(np.einsum("ij,ij->i", v.names[rows], encoded[owners]), starts).reshape(
            short.shape
        )
        similarity = (by_name + np.take_along_axis(by_mean[kept], short, axis=1)) / 2
        order = np.argsort(-similarity, axis=1, kind="stable")
        numbers, values = (np.take_along_axis(a, order, axis=1).tolist() for a in (short, similarity))
        for place, row, row_values in zip(kept.tolist(), numbers, values, strict=True):
            found[place] = list(zip(row, row_values, strict=True))
        return found

    def _accepted(self, row: list[tuple[int, float]]) -> tuple[Link, ...]:
        """The first skills of a row that are alike enough and stand clear of the first one that is neither taken nor their kin."""
        config = self._config
        best, similarity = row[0]
        if similarity < config.threshold:
            return ()
        taken = [(best, similarity)]
        for number, value in row[1:]:
            is_kin = number in self._vectors.kin[best]
            if is_kin and value >= config.threshold and len(taken) < config.per_clause:
                taken.append((number, value))
            elif not is_kin:
                if similarity - value < config.margin:
                    return ()
                break
        return tuple(Link(self._vectors.skill_ids[number], min(value, 1.0)) for number, value in taken)


def _kin(skills: Sequence[Skill]) -> tuple[frozenset[int], ...]:
    """Per skill the numbers of those above, below and beside it."""
    number_by_id = {skill.id: i for i, skill in enumerate(skills)}
    below: dict[str, set[int]] = {}
    for i, skill in enumerate(skills):
        for parent in skill.broader:
            below.setdefault(parent, set()).add(i)
    return tuple(
        frozenset(
            {number_by_id[p] for p in skill.broader if p in number_by_id}
            | {n for p in skill.broader for n in below[p]}
            | below.get(skill.id, set())
        )
        - {i}
        for i, skill in enumerate(skills)
    )


def _file(cache: Path | None, made_of: str) -> Path | None:
    if cache is None:
        return None
    return cache / f"names-{hashlib.sha256(made_of.encode()).hexdigest()[:16]}.npy"


def _cached(texts: Sequence[str], encoder: TextEncoder, file: Path | None) -> NDArray[np.float32]:
    """Vectors of texts, from the file when it is there and fits, else made and kept there."""
    if file is not None and file.is_file():
        kept: NDArray[np.float32] = np.load(file, allow_pickle=False)
        if kept.ndim == 2 and len(kept) == len(texts):
            return kept.astype(np.float32, copy=False)
    made = np.asarray(encoder.encode(list(texts)), dtype=np.float32)
    if made.ndim != 2 or len(made) != len(texts):
        raise InvalidConfig("the encoder does not give one vector per text", field="extract.linking")
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        partial = file.with_suffix(".part.npy")
        np.save(partial, made)
        partial.replace(file)
    return made
