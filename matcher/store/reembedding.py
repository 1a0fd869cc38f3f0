"""A second set of vectors, made beside the one in force and put in its place by one transaction.

Enters: which model is being swapped in, and the vectors that it makes. Leaves: which documents still lack them, and the switch.
A crash leaves either set in force, whole; what was made of the other is kept and gone on with. Refuses (ModelSwapRefused) a
switch while documents lack their vectors, and vectors for a swap that was cancelled.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import Engine, Select, delete, func, or_, select
from sqlalchemy.dialects.sqlite import insert as upsert

from matcher.domain.document import Truncation
from matcher.errors import ModelSwapRefused
from matcher.store.named_settings import (
    SWITCHES,
    n_switches,
    read_setting,
    remove_setting,
    vector_set_in_force,
    write_setting,
)
from matcher.store.records import DocumentVectors, StoredDocument
from matcher.store.rows import stored_documents, write_vectors
from matcher.store.schema import VECTOR_TABLES, documents, reembedded, truncations

SWAP, CHOSEN = "model_swap", "chosen_model"
Reembedded = tuple[StoredDocument, DocumentVectors, Truncation | None]


@dataclass(frozen=True, slots=True)
class SwapRecord:
    """A swap under way. `model`: registry id or folder; `model_id`: name and weights digest of what that was at the start."""

    model: str
    model_id: str


@dataclass(frozen=True, slots=True)
class ChosenModel:
    """The model that the last switch brought. `configured`: what the configuration named at that time."""

    configured: str
    model: str


class Reembedding:
    """The vectors that are not in force. Safe to share between threads.

    Args:
        engine: begins reads.
        writer: begins write transactions.
        write_lock: held while one is open.
    """

    def __init__(self, engine: Engine, writer: Engine, write_lock: threading.Lock) -> None:
        self._engine = engine
        self._writer = writer
        self._write_lock = write_lock

    def begin(self, record: SwapRecord) -> None:
        """Starts a swap, or goes on with the one under way when it is to the same model; another is forgotten."""
        with self._write_lock, self._writer.begin() as connection:
            text = json.dumps(asdict(record))
            if read_setting(connection, SWAP) != text:
                connection.execute(delete(reembedded))
                write_setting(connection, SWAP, text)

    def record(self) -> SwapRecord | None:
        """The swap under way, None when there is none."""
        with self._engine.connect() as connection:
            text = read_setting(connection, SWAP)
            return None if text is None else SwapRecord(**json.loads(text))

    def chosen(self) -> ChosenModel | None:
        """The model that the last switch brought, None before the first."""
        with self._engine.connect() as connection:
            text = read_setting(connection, CHOSEN)
            return None if text is None else ChosenModel(**json.loads(text))

    def n_switches(self) -> int:
        """How often the vectors were exchanged as a whole; an index of other vectors is told apart by it."""
        with self._engine.connect() as connection:
            return n_switches(connection)

    def progress(self) -> tuple[int, int]:
        """(documents that have their second vectors, all documents)."""
        with self._engine.connect() as connection:
            total = connection.scalar(select(func.count()).select_from(documents)) or 0
            lacking = connection.scalar(select(func.count()).select_from(_lacking().subquery())) or 0
            return total - lacking, total

    def lacking(self, after: int, limit: int) -> list[StoredDocument]:
        """Documents whose second vectors are missing or of an older text: the first by row id above `after`."""
        with self._engine.connect() as connection:
            found = _lacking().where(documents.c.row_id > after).order_by(documents.c.row_id).limit(limit)
            rows = connection.execute(found).all()
            return stored_documents(connection, rows, vector_set_in_force(connection))

    def put(self, items: Sequence[Reembedded]) -> None:
        """Writes second vectors in one transaction; documents that were deleted meanwhile are left out.

        Raises:
            ModelSwapRefused: no swap is under way any more.
        """
        with self._write_lock, self._writer.begin() as connection:
            if read_setting(connection, SWAP) is None:
                raise _no_swap()
            row_ids = [stored.row_id for stored, _, _ in items]
            living = set(connection.scalars(select(documents.c.row_id).where(documents.c.row_id.in_(row_ids))))
            other = vector_set_in_force(connection).other
            for stored, vectors, truncation in items:
                if stored.row_id in living:
                    write_vectors(connection, stored.row_id, vectors, truncation, other)
                    made = {"revision": stored.revision}
                    statement = upsert(reembedded).values(row_id=stored.row_id, **made)
                    connection.execute(statement.on_conflict_do_update(index_elements=["row_id"], set_=made))

    def switch(self, model_id: str, dimension: int, chosen: ChosenModel) -> None:
        """Puts the second vectors in force with their model, in one transaction.

        Raises:
            ModelSwapRefused: no swap is under way, or a document lacks its vectors.
        """
        with self._write_lock, self._writer.begin() as connection:
            if read_setting(connection, SWAP) is None:
                raise _no_swap()
            if connection.execute(_lacking().limit(1)).first() is not None:
                raise ModelSwapRefused("a document lacks vectors of the new model", reason="SWAP_INCOMPLETE")
            write_setting(connection, "model", f"{model_id}:{dimension}")
            write_setting(connection, SWITCHES, str(n_switches(connection) + 1))
            write_setting(connection, CHOSEN, json.dumps(asdict(chosen)))
            remove_setting(connection, SWAP)
            connection.execute(delete(reembedded))

    def abandon(self) -> None:
        """Ends the swap under way without a switch; `drop_unused` then drops what was made."""
        with self._write_lock, self._writer.begin() as connection:
            remove_setting(connection, SWAP)
            connection.execute(delete(reembedded))

    def drop_unused(self, limit: int) -> int:
        """Drops at most `limit` rows of the vectors that are not in force; none while a swap is under way. Returns how many."""
        with self._write_lock, self._writer.begin() as connection:
            if read_setting(connection, SWAP) is not None:
                return 0
            other = vector_set_in_force(connection).other
            table = VECTOR_TABLES[other]
            rows = list(connection.scalars(select(table.c.row_id).limit(limit)))
            if rows:
                connection.execute(delete(table).where(table.c.row_id.in_(rows)))
                connection.execute(
                    delete(truncations).where(truncations.c.row_id.in_(rows), truncations.c.vector_set == other.value)
                )
            return len(rows)


def _lacking() -> Select[tuple[object, ...]]:
    return (
        select(documents)
        .join(reembedded, reembedded.c.row_id == documents.c.row_id, isouter=True)
        .where(or_(reembedded.c.row_id.is_(None), reembedded.c.revision != documents.c.revision))
    )


def _no_swap() -> ModelSwapRefused:
    return ModelSwapRefused("no model swap is under way", reason="NO_SWAP")
