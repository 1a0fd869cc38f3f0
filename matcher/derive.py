"""What is derived from a document once it is read: skill mentions, vectors, and the profile that scoring reads.

Enters: documents. Leaves: mentions with spans, unit vectors, profiles. Everything here can be made again from the stored
text, which is what an upgrade of the taxonomy or the model does.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass

from matcher.domain.document import Document, Truncation
from matcher.domain.skill import Importance, SkillMention, UnlinkedPhrase
from matcher.embed import DocumentEmbedder, Encoder
from matcher.extract import (
    ExtractConfig,
    Extraction,
    PhraseLinker,
    SkillExtractor,
    derive_requirements,
    derive_supply,
    name_vectors,
)
from matcher.match.explain import Explained
from matcher.match.profile import Profile, make_profile
from matcher.match.skillspace import SkillSpace
from matcher.store import DocumentVectors, StoredDocument
from matcher.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True, eq=False)
class Derived:
    """What was found in one document. `truncation`: what of it is in no vector, None: all is."""

    mentions: tuple[SkillMention, ...]
    phrases: tuple[UnlinkedPhrase, ...]
    vectors: DocumentVectors
    truncation: Truncation | None


def phrase_linker(taxonomy: Taxonomy, extract: ExtractConfig, encoder: Encoder) -> PhraseLinker | None:
    """What links paraphrases with a model, None where the configuration does not want it."""
    linking = extract.linking
    if not linking.enabled:
        return None
    names = name_vectors(taxonomy, taxonomy.version, encoder, encoder.model_id, linking.cache)
    return PhraseLinker(encoder, names, linking)


class Deriver:
    """Tags, embeds and profiles documents with one taxonomy and one model.

    Args:
        taxonomy: whose skills.
        encoder: the model.
        extract: how skills are found; None: as by default.
    """

    def __init__(self, taxonomy: Taxonomy, encoder: Encoder, extract: ExtractConfig | None = None) -> None:
        self.space = SkillSpace(taxonomy)
        self._taxonomy = taxonomy
        self._extract = extract or ExtractConfig()
        self._extractor = SkillExtractor(taxonomy, self._extract, phrase_linker(taxonomy, self._extract, encoder))
        self._embedder = DocumentEmbedder(encoder)

    def with_encoder(self, encoder: Encoder) -> Deriver:
        """The same taxonomy with another model; what was made of the taxonomy is shared."""
        other = copy(self)
        other._embedder = DocumentEmbedder(encoder)
        other._extractor = self._extractor.with_linker(phrase_linker(self._taxonomy, self._extract, encoder))
        return other

    def mentions(self, document: Document) -> tuple[SkillMention, ...]:
        """Skills that a document names, in the order of its text."""
        return self._extractor.extract_skills(document)

    def extraction(self, document: Document) -> Extraction:
        """Skills that a document names, and words that look like skills and are in no taxonomy."""
        return self._extractor.extract(document)

    def derive(self, documents: Sequence[Document]) -> list[Derived]:
        """Mentions and vectors, one per document, in order; all texts go to the model in one call."""
        return [
            Derived(found.mentions, found.phrases, DocumentVectors(e.title, e.body), e.truncation)
            for found, e in zip(map(self.extraction, documents), self._embedder.embed(documents), strict=True)
        ]

    def profile(self, document: Document, mentions: tuple[SkillMention, ...]) -> Profile:
        """What scoring needs to know of a document."""
        requirements = derive_requirements(document.kind, mentions)
        supply = derive_supply(document.kind, mentions)
        return make_profile(document.kind, requirements, supply, document.facts, self.space)

    def profile_of_stored(self, stored: StoredDocument) -> Profile:
        """`profile` of a stored document."""
        return self.profile(stored.document, stored.mentions)

    def explained(self, name: str, document: Document, mentions: tuple[SkillMention, ...]) -> Explained:
        """A document with what explaining a match needs of it. `name` empty: inline."""
        kind = document.kind
        denied: dict[str, list[SkillMention]] = {}
        for mention in mentions:
            if mention.importance is Importance.NEGATED:
                denied.setdefault(mention.skill_id, []).append(mention)
        return Explained(
            name=name,
            document=document,
            profile=self.profile(document, mentions),
            demanded={r.skill_id: [mentions[i] for i in r.mentions] for r in derive_requirements(kind, mentions)},
            shown={s.skill_id: [mentions[i] for i in s.mentions] for s in derive_supply(kind, mentions).values()},
            denied=denied,
        )
