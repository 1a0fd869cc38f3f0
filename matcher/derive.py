"""What is derived from a document once it is read: skill mentions, vectors, and the profile that scoring reads.

Enters: documents. Leaves: mentions with spans, unit vectors, profiles. Everything here can be made again from the stored
text, which is what an upgrade of the taxonomy or the model does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.domain.document import Document
from matcher.domain.skill import SkillMention
from matcher.embed import DocumentEmbedder, Encoder
from matcher.extract import SkillExtractor, derive_requirements, derive_supply
from matcher.match.explain import Explained
from matcher.match.profile import Profile, make_profile
from matcher.match.skillspace import SkillSpace
from matcher.store import DocumentVectors, StoredDocument
from matcher.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True, eq=False)
class Derived:
    """What was found in one document. `truncated`: the model read an even sample of a very long text."""

    mentions: tuple[SkillMention, ...]
    vectors: DocumentVectors
    truncated: bool


class Deriver:
    """Tags, embeds and profiles documents with one taxonomy and one model."""

    def __init__(self, taxonomy: Taxonomy, encoder: Encoder) -> None:
        self.space = SkillSpace(taxonomy)
        self._extractor = SkillExtractor(taxonomy)
        self._embedder = DocumentEmbedder(encoder)

    def mentions(self, document: Document) -> tuple[SkillMention, ...]:
        """Skills that a document names, in the order of its text."""
        return self._extractor.extract_skills(document)

    def derive(self, documents: Sequence[Document]) -> list[Derived]:
        """Mentions and vectors, one per document, in order; all texts go to the model in one call."""
        embedded = self._embedder.embed(documents)
        return [
            Derived(self.mentions(d), DocumentVectors(e.title, e.body), e.truncated)
            for d, e in zip(documents, embedded, strict=True)
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
        return Explained(
            name=name,
            document=document,
            profile=self.profile(document, mentions),
            demanded={r.skill_id: [mentions[i] for i in r.mentions] for r in derive_requirements(kind, mentions)},
            shown={s.skill_id: [mentions[i] for i in s.mentions] for s in derive_supply(kind, mentions).values()},
        )
