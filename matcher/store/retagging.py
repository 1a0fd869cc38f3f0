"""The mentions of another taxonomy, found beside those in force and put in their place by one transaction.

Enters: which taxonomy is being gone over to, and the mentions that it gives. Leaves: which documents still lack them, and the
switch. A crash leaves either set in force, whole; what was found is kept and gone on with. Refuses (TaxonomyUpgradeRefused)
a switch while documents lack their mentions, and mentions for an upgrade that was given up.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import (
    Boolean,
    Column,
    Engine,
    ForeignKey,
    Integer,
    Select,
    Table,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from matcher.domain.skill import SkillMention
from matcher.errors import TaxonomyUpgradeRefused
from matcher.store.named_settings import read_setting, remove_setting, vector_set_in_force, write_setting
from matcher.store.records import StoredDocument
from matcher.store.rows import mention_rows, stored_documents
from matcher.store.schema import documents, mentions, metadata

UPGRADE, TAXONOMY = "taxonomy_upgrade", "taxonomy"
Retagged = tuple[StoredDocument, tuple[SkillMention, ...]]

# Which documents are done, from the text of which revision, and whether anything is other than it was.
retagged = Table(
    "retagged",
    metadata,
    Column("row_id", ForeignKey("documents.row_id", ondelete="CASCADE"), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("changed", Boolean, nullable=False),
)
# The mentions of those that changed; empty but during an upgrade.
retagged_mentions = mentions.to_metadata(metadata, name="retagged_mentions")


@dataclass(frozen=True, slots=True)
class SwitchedMentions:
    """What a switch did. `revision`: that of the documents that changed."""

    n_documents: int
    n_changed: int
    revision: int


class Retagging:
    """The mentions that are not in force. Safe to share between threads.

    Args:
        engine: begins reads.
        writer: begins write transactions.
        write_lock: held while one is open.
    """

    def __init__(self, engine: Engine, writer: Engine, write_lock: threading.Lock) -> None:
        self._engine = engine
        self._writer = writer
        self._write_lock = write_lock

    def begin(self, taxonomy: str) -> None:
        """Starts an upgrade, or goes on with the one under way when it is to the same version; another is forgotten."""
        with self._write_lock, self._writer.begin() as connection:
            if read_setting(connection, UPGRADE) != taxonomy:
                connection.execute(delete(retagged))
                connection.execute(delete(retagged_mentions))
                write_setting(connection, UPGRADE, taxonomy)

    def taxonomy(self) -> str | None:
        """The version that the upgrade under way leads to, None when there is none."""
        with self._engine.connect() as connection:
            return read_setting(connection, UPGRADE)

    def progress(self) -> tuple[int, int]:
        """(documents that have their new mentions, all documents)."""
        with self._engine.connect() as connection:
            total = connection.scalar(select(func.count()).select_from(documents)) or 0
            lacking = connection.scalar(select(func.count()).select_from(_lacking().subquery())) or 0
            return total - lacking, total

    def lacking(self, after: int, limit: int) -> list[StoredDocument]:
        """Documents whose new mentions are missing or of an older text: the first by row id above `after`."""
        with self._engine.connect() as connection:
            found = _lacking().where(documents.c.row_id > after).order_by(documents.c.row_id).limit(limit)
            return stored_documents(connection, connection.execute(found).all(), vector_set_in_force(connection))

    def put(self, items: Sequence[Retagged]) -> None:
        """Writes new mentions in one transaction; documents that were deleted meanwhile are left out.

        Raises:
            TaxonomyUpgradeRefused: no upgrade is under way any more.
        """
        with self._write_lock, self._writer.begin() as connection:
            if read_setting(connection, UPGRADE) is None:
                raise _no_upgrade()
            row_ids = [stored.row_id for stored, _ in items]
            living = set(connection.scalars(select(documents.c.row_id).where(documents.c.row_id.in_(row_ids))))
            kept = [(stored, found) for stored, found in items if stored.row_id in living]
            for table in (retagged, retagged_mentions):
                connection.execute(delete(table).where(table.c.row_id.in_(row_ids)))
            changed = [not stored_alike(stored.mentions, found) for stored, found in kept]
            rows = [
                {"row_id": stored.row_id, "revision": stored.revision, "changed": is_changed}
                for (stored, _), is_changed in zip(kept, changed, strict=True)
            ]
            if rows:
                connection.execute(insert(retagged), rows)
            found_rows = [
                row
                for (stored, found), is_changed in zip(kept, changed, strict=True)
                if is_changed
                for row in mention_rows(stored.row_id, found)
            ]
            if found_rows:
                connection.execute(insert(retagged_mentions), found_rows)

    def switch(self, taxonomy: str) -> SwitchedMentions:
        """Puts the new mentions in force with their taxonomy, in one transaction.

        Raises:
            TaxonomyUpgradeRefused: no upgrade to this version is under way, or a document lacks its mentions.
        """
        with self._write_lock, self._writer.begin() as connection:
            if read_setting(connection, UPGRADE) != taxonomy:
                raise _no_upgrade()
            if connection.execute(_lacking().limit(1)).first() is not None:
                raise TaxonomyUpgradeRefused(
                    "a document lacks mentions of the new taxonomy", reason="UPGRADE_INCOMPLETE"
                )
            revision = int(read_setting(connection, "revision") or 0)
            changed = select(retagged.c.row_id).where(retagged.c.changed)
            n_documents = connection.scalar(select(func.count()).select_from(retagged)) or 0
            n_changed = connection.scalar(select(func.count()).select_from(changed.subquery())) or 0
            if n_changed:
                revision += 1
                connection.execute(delete(mentions).where(mentions.c.row_id.in_(changed)))
                names = [column.name for column in mentions.c]
                connection.execute(insert(mentions).from_select(names, select(retagged_mentions)))
                connection.execute(update(documents).where(documents.c.row_id.in_(changed)).values(revision=revision))
                write_setting(connection, "revision", str(revision))
            write_setting(connection, TAXONOMY, taxonomy)
            remove_setting(connection, UPGRADE)
            connection.execute(delete(retagged))
            connection.execute(delete(retagged_mentions))
        return SwitchedMentions(n_documents, n_changed, revision)

    def abandon(self) -> None:
        """Gives the upgrade under way up; what was found is dropped, the mentions in force stay."""
        with self._write_lock, self._writer.begin() as connection:
            remove_setting(connection, UPGRADE)
            connection.execute(delete(retagged))
            connection.execute(delete(retagged_mentions))


def stored_alike(left: tuple[SkillMention, ...], right: tuple[SkillMention, ...]) -> bool:
    """Whether mentions of one document make the same rows."""
    return mention_rows(0, left) == mention_rows(0, right)


def _lacking() -> Select[tuple[object, ...]]:
    return (
        select(documents)
        .join(retagged, retagged.c.row_id == documents.c.row_id, isouter=True)
        .where(or_(retagged.c.row_id.is_(None), retagged.c.revision != documents.c.revision))
    )


def _no_upgrade() -> TaxonomyUpgradeRefused:
    return TaxonomyUpgradeRefused("no such taxonomy upgrade is under way", reason="NO_UPGRADE")
