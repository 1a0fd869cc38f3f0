"""What `matcher taxonomy suggest` does and prints. Reads the store itself, beside a running service or without one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from matcher.cli.serving import settings_with
from matcher.config import Settings
from matcher.configured_taxonomy import base_taxonomy, configured_taxonomy
from matcher.domain.skill import SkillKind
from matcher.embed import load_encoder
from matcher.errors import InvalidTaxonomy
from matcher.extract import PhraseLinker, SkillExtractor, name_vectors
from matcher.logs import configure_logs
from matcher.model_swap import embed_config
from matcher.store import DocumentStore, StoredPhrase
from matcher.suggest import suggest
from matcher.suggestion_review import apply_review, review_csv
from matcher.taxonomy import Taxonomy


def list_suggestions(
    config: Path | None,
    store: Path | None,
    out: Path | None,
    min_documents: int,
    limit: int,
    rescan: bool,
    console: Console,
) -> None:
    """Writes the list to a file or to standard output.

    Raises:
        MatcherError: a part cannot be loaded.
    """
    configure_logs()
    settings = settings_with(config, store)
    taxonomy = configured_taxonomy(settings.taxonomy)
    opened = DocumentStore(settings.store)
    try:
        phrases = _found_again(opened, taxonomy, settings) if rescan else opened.phrases()
        found = suggest(phrases, taxonomy, _nearest(settings, opened, taxonomy), min_documents, limit)
    finally:
        opened.close()
    text = review_csv(found, taxonomy)
    if out is None:
        sys.stdout.write(text)
    else:
        out.write_text(text, encoding="utf-8")
        console.print(f"{len(found)} suggestions written to {escape(str(out))}", highlight=False, soft_wrap=True)


def apply_suggestions(
    file: Path, owner: str, reviewer: str, into: Path | None, config: Path | None, console: Console
) -> None:
    """Writes the approved rows of a reviewed list into an overlay folder.

    Raises:
        MatcherError: the list is refused, or there is no folder to write to.
    """
    configure_logs()
    settings = settings_with(config, None)
    folder = into or settings.taxonomy.overlay
    if folder is None:
        raise InvalidTaxonomy("no overlay folder is configured ([taxonomy] overlay); give --into", field="into")
    applied = apply_review(file, owner, reviewer, folder, base_taxonomy(settings.taxonomy.path))
    for conflict in applied.report.conflicts:
        console.print(f"[yellow]{escape(str(conflict))}[/yellow]", highlight=False, soft_wrap=True)
    console.print(
        f"{len(applied.skills)} skills and {len(applied.aliases)} aliases written to {escape(str(applied.file))}; restart the "
        "service with this overlay and its documents are tagged again",
        highlight=False,
        soft_wrap=True,
    )


def _found_again(store: DocumentStore, taxonomy: Taxonomy, settings: Settings) -> Iterator[StoredPhrase]:
    """Phrases of all stored texts as they would be found now."""
    extractor = SkillExtractor(taxonomy, settings.extract)
    for stored, _ in store.changed_since(0):
        document = stored.document
        for phrase in extractor.extract(document).phrases:
            yield StoredPhrase(stored.row_id, document.kind, document.text, phrase.span, phrase.cluster)


def _nearest(settings: Settings, store: DocumentStore, taxonomy: Taxonomy) -> PhraseLinker:
    encoder = load_encoder(embed_config(settings.embed, store))
    linking = settings.extract.linking
    names = name_vectors(taxonomy, taxonomy.version, encoder, encoder.model_id, linking.cache, set(SkillKind))
    return PhraseLinker(encoder, names, linking)
