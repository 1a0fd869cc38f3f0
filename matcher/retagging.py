"""The retagging journey: the skills of all stored documents found again with another taxonomy, put in force in one step.

Enters: a store, what finds mentions, and the taxonomy's version. Leaves: the store tagged with that version. All that is found
is in the store beside the mentions in force, so a crash or a stop loses one batch at most and the next run goes on; until
the last step the store is as it was. Vectors stay as they are. Writes must wait while the last step is taken, or be caught up
by another round: what was written after its batch is found again first.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from matcher.domain.document import Document
from matcher.domain.skill import SkillMention
from matcher.errors import TaxonomyUpgradeRefused
from matcher.store import DocumentStore, SwitchedMentions

BATCH = 256
MentionsOf = Callable[[Document], tuple[SkillMention, ...]]
Progress = Callable[[int, int], None]
"""(documents done, all documents), called after each batch."""


def retag(
    store: DocumentStore, mentions_of: MentionsOf, taxonomy: str, on_progress: Progress | None = None
) -> SwitchedMentions:
    """Finds the skills of all stored documents again and puts them in force with their taxonomy.

    Args:
        store: whose documents.
        mentions_of: finds the skills that a document names, with the taxonomy.
        taxonomy: its version.
        on_progress: told after each batch; None: nobody.
    """
    store.retagging.begin(taxonomy)
    while True:
        last = 0
        while batch := store.retagging.lacking(last, BATCH):
            store.retagging.put([(stored, mentions_of(stored.document)) for stored in batch])
            last = batch[-1].row_id
            if on_progress is not None:
                on_progress(*store.retagging.progress())
        # another process wrote a document since the last round looked
        with suppress(TaxonomyUpgradeRefused):
            return store.retagging.switch(taxonomy)
        if store.retagging.taxonomy() != taxonomy:
            raise TaxonomyUpgradeRefused("the upgrade was given up by another process", reason="NO_UPGRADE")
